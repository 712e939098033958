//! The tree of a rule file as written: parse it with recovery, print it in one layout.
//!
//! Knows nothing of meaning: a name is a name whether or not anything has it. Only `parse` knows
//! the grammar.

mod errors;
mod parse;
mod print;
pub mod tree;

pub use parse::{NESTING_MAX, SOURCE_BYTES_MAX, parse};
pub use print::{citation_as_written, print};
