//! A commission read against a pack: what is known of each fact, the unknown kept unknown.
//!
//! Knows nothing of evaluation.

mod errors;
mod form;
mod json;
mod not_json;
mod places;
mod plain;
mod schema;
#[cfg(test)]
mod tests;
mod value;
mod write;

use crate::pack::{FactId, Id, Value};
use crate::quantity::Date;

pub use form::Form;
pub(crate) use json::read_json;
pub use json::{COMMISSION_BYTES_MAX, NESTING_MAX, check_nesting};
pub(crate) use not_json::not_json;
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
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// By place of their ids; nothing is said of facts past the end.
    known: Vec<Option<Value>>,
}

impl Facts {
    /// Nothing known.
    #[must_use]
    pub const fn none() -> Self {
        Self { known: Vec::new() }
    }

    /// Nothing known yet, with room for so many facts.
    fn with_room(n_facts: usize) -> Self {
        let mut known = Vec::new();
        known.resize_with(n_facts, || None);
        Self { known }
    }

    /// What is known of a fact.
    #[must_use]
    pub fn get(&self, fact: FactId) -> Option<&Value> {
        self.known.get(fact.place())?.as_ref()
    }

    /// Learns a fact.
    // Where nothing was known, which is nearly always, the value is written where it is to be, and
    // not first where it would have to be read again to be moved.
    #[inline(always)]
    pub fn learn(&mut self, fact: FactId, value: Value) {
        match self.known.get_mut(fact.place()) {
            Some(known @ None) => *known = Some(value),
            Some(_) | None => self.learn_anew(fact, value),
        }
    }

    /// Learns a fact of which something is known, or for which there is no room yet.
    #[cold]
    fn learn_anew(&mut self, fact: FactId, value: Value) {
        if self.known.len() <= fact.place() {
            self.known.resize(fact.place() + 1, None);
        }
        if let Some(known) = self.known.get_mut(fact.place()) {
            *known = Some(value);
        }
    }

    /// Forgets a fact.
    fn forget(&mut self, fact: FactId) {
        if let Some(known) = self.known.get_mut(fact.place()) {
            *known = None;
        }
    }

    /// Every known fact.
    pub fn iter(&self) -> impl Iterator<Item = (FactId, &Value)> {
        let known = (0..).zip(&self.known);
        known.filter_map(|(number, value)| Some((FactId::new(number), value.as_ref()?)))
    }
}

impl PartialEq for Facts {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Facts {}

impl FromIterator<(FactId, Value)> for Facts {
    fn from_iter<T: IntoIterator<Item = (FactId, Value)>>(known: T) -> Self {
        let mut facts = Self::none();
        known.into_iter().for_each(|(fact, value)| facts.learn(fact, value));
        facts
    }
}
