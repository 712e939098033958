//! The rules as logic: what is true of every commission, and a commission that shows it where not.
//!
//! Knows nothing of wording.

mod about;
mod cells;
mod claims;
mod diagram;
mod example;
mod ledger;
mod logic;
mod predicate;
mod proofs;
mod reading;
mod space;
mod view;

pub use about::ClaimKind;
pub use example::Example;
pub use ledger::{Claim, Owner, Reason, Refutation, Verdict};
pub use proofs::{Layered, Proofs, prove};
