//! What can be claimed of rules as a whole, beyond the answer to one commission.
//!
//! Knows nothing of wording, files or terminals.

pub mod mutation;
