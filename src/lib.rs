//! Clearway.
pub mod diagnostic;
pub mod pack;
pub mod quantity;
pub mod source;
pub mod syntax;
