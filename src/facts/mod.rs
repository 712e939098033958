//! A commission read against a pack: what is known of each fact, the unknown kept unknown.
//!
//! Knows nothing of evaluation.

mod errors;
mod form;
mod json;
mod not_json;
mod places;
mod schema;
#[cfg(test)]
mod tests;
mod value;
mod write;

use std::collections::BTreeMap;

use crate::pack::{FactId, Value};
use crate::quantity::Date;

pub use form::Form;
pub use json::{COMMISSION_BYTES_MAX, NESTING_MAX, check_nesting};
pub use write::{commission_json, value_json};

/// A commission as read: the facts, with what stands beside them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commission {
    /// What its authors call it.
    pub title: Option<String>,
    /// The date asked about: when the procurement begins.
    pub as_at: Option<Date>,
    /// What is known.
    pub facts: Facts,
}

/// What is known about a commission. A fact that is not here is unknown, never false.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    known: BTreeMap<FactId, Value>,
}

impl Facts {
    /// Nothing known.
    #[must_use]
    pub const fn none() -> Self {
        Self { known: BTreeMap::new() }
    }

    /// What is known of a fact.
    #[must_use]
    pub fn get(&self, fact: FactId) -> Option<&Value> {
        self.known.get(&fact)
    }

    /// Learns a fact.
    pub fn learn(&mut self, fact: FactId, value: Value) {
        self.known.insert(fact, value);
    }

    /// Forgets a fact.
    fn forget(&mut self, fact: FactId) {
        self.known.remove(&fact);
    }

    /// Every known fact.
    pub fn iter(&self) -> impl Iterator<Item = (FactId, &Value)> {
        self.known.iter().map(|(fact, value)| (*fact, value))
    }
}

impl FromIterator<(FactId, Value)> for Facts {
    fn from_iter<T: IntoIterator<Item = (FactId, Value)>>(known: T) -> Self {
        Self { known: known.into_iter().collect() }
    }
}
