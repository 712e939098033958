//! Where each fact stands in a commission's JSON: its dotted name, as objects in objects.

use std::collections::BTreeMap;

use crate::pack::{FactId, Rulebook};

/// The keys of a commission that are no facts.
pub(super) const RESERVED: [&str; 4] = ["$schema", "title", "notes", "as_at"];

/// What a key leads to.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// A fact.
    Fact(FactId),
    /// Facts whose names go on.
    Group(Group),
}

/// Facts whose names begin alike, by the next part of their names.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub(super) members: BTreeMap<String, Place>,
}

/// The places of all facts.
pub(super) fn places(book: &Rulebook) -> Group {
    let mut root = Group::default();
    for (id, fact) in book.facts.iter() {
        let parts: Vec<&str> = fact.name.split('.').collect();
        root.add(&parts, id);
    }
    root
}

impl Place {
    /// The first of the facts here.
    pub(super) fn first(&self) -> Option<FactId> {
        match self {
            Self::Fact(fact) => Some(*fact),
            Self::Group(group) => group.members.values().filter_map(Self::first).min(),
        }
    }
}

impl Group {
    /// Adds a fact. Of two facts that would hold one another, which compiled rules can't have, the
    /// first keeps its place.
    fn add(&mut self, parts: &[&str], fact: FactId) {
        let Some((first, rest)) = parts.split_first() else { return };
        if rest.is_empty() {
            self.members.entry((*first).to_owned()).or_insert(Place::Fact(fact));
            return;
        }
        let fresh = || Place::Group(Self::default());
        match self.members.entry((*first).to_owned()).or_insert_with(fresh) {
            Place::Group(group) => group.add(rest, fact),
            Place::Fact(_) => {}
        }
    }
}
