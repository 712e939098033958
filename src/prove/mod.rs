//! What can be said of rules without a commission: how well their scenarios test them.
//!
//! Knows nothing of wording.

mod coverage;
mod steps;
mod suggest;

pub use coverage::{Boundary, Coverage, Covered, Edge, Gap, Side, Witness, coverage, witnesses};
pub use suggest::{Suggestion, Suggestions, suggest};
