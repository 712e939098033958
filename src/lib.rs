//! Clearway.
pub mod decide;
pub mod diagnostic;
pub mod facts;
pub mod graph;
pub mod pack;
pub mod quantity;
pub mod source;
pub mod syntax;
