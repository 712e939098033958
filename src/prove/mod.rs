//! The rules as logic: what is true of every commission, and a commission that shows it where not.
//!
//! Knows nothing of wording.

mod cells;
mod claims;
mod diagram;
mod difference;
mod example;
mod ledger;
mod logic;
mod predicate;
mod proofs;
mod space;
mod view;

pub use difference::{
    Allowed, Change, Compared, Difference, Differences, Doubtful, Equivalence, FigureSpell, Plain,
    Range, Shared, Shown, Side, Spell, Turn, Turned, Two, Unproved, changes_between, differences,
    differences_between, is_equivalent,
};
pub use example::Example;
pub use ledger::{Claim, Owner, Reason, Refutation, Verdict};
pub use proofs::{Layered, Proofs, prove};
