//! The rules as logic: what is true of every commission, and a commission that shows it where not.
//!
//! Knows nothing of wording.

mod about;
mod cells;
mod claims;
mod coverage;
mod diagram;
mod difference;
mod example;
mod fitting;
mod insight;
mod ledger;
mod logic;
mod meeting;
pub mod mutation;
mod predicate;
mod proofs;
mod ranking;
mod reading;
mod space;
mod steps;
mod suggest;
mod turning;
mod view;

pub use about::ClaimKind;
pub use coverage::{
    Boundary, Coverage, Covered, Edge, Gap, Side as Stand, Witness, coverage, witnesses,
};
pub use difference::{
    Allowed, Change, Compared, Difference, Differences, Doubtful, Equivalence, FigureSpell, Plain,
    Range, Shared, Shown, Side, Spell, Turn, Turned, Two, Unproved, changes_between, differences,
    differences_between, is_equivalent,
};
pub use example::Example;
pub use insight::{Almanac, Bound, Day, Envelope, Insight, Opening, Unlock};
pub use ledger::{Claim, Owner, Reason, Refutation, Verdict};
pub use proofs::{Layered, Proofs, prove};
pub use suggest::{Suggestion, Suggestions, suggest};
