//! What each name means, and which names a pack sees.

use std::collections::{BTreeMap, BTreeSet};

use super::super::errors;
use super::super::rulebook::{Choice, EventRef, Thing};
use super::super::table::{
    AmountId, CalendarId, DecisionId, FactId, Id, ListId, ModelId, PackId, RouteId, SourceId, id,
};
use super::packs::Packs;
use super::{Held, Reading};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::tree::{Clause, Item, Keyword, Kind, Tail, Word};

/// What is known of a name before its item is read.
pub(super) struct Declared {
    pub(super) thing: Thing,
    pub(super) pack: PackId,
    pub(super) span: Span,
    /// The type of a fact, amount or list.
    pub(super) kind: Option<Kind>,
    /// The options of a fact or outcomes of a decision.
    pub(super) choices: Vec<Choice>,
}

/// All names, and what each pack sees.
pub(super) struct Names {
    pub(super) declared: BTreeMap<String, Declared>,
    /// Names whose second declaration was refused: nothing more is said of them.
    refused: BTreeSet<(u32, u32)>,
    visible: Vec<Vec<PackId>>,
}

/// What a commission's JSON keeps for itself at its top level.
const RESERVED: [&str; 3] = ["title", "notes", "as_at"];

/// Declares every item that has a name.
pub(super) fn declare(
    packs: &Packs<'_>,
    held: &[Held<'_>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Names {
    let (declared, refused) = (BTreeMap::new(), BTreeSet::new());
    let mut names = Names { declared, refused, visible: packs.visible() };
    for (place, pack) in packs.found.iter().enumerate() {
        let (kind, choices) = (None, Vec::new());
        let (thing, span) = (Thing::Pack(id(place)), pack.name.span);
        let declared = Declared { thing, pack: id(place), span, kind, choices };
        names.declared.insert(pack.name.node.clone(), declared);
    }
    let mut counts: BTreeMap<Keyword, usize> = BTreeMap::new();
    for held in held {
        let item = &held.item.node;
        let Some(name) = &item.header.name else { continue };
        let count = counts.entry(item.header.keyword).or_default();
        let Some(thing) = thing(item.header.keyword, *count) else { continue };
        if let Some(twin) = names.declared.get(&name.node) {
            let is_on_base =
                packs.found.get(held.pack.place()).is_some_and(|pack| pack.base == Some(twin.pack));
            diagnostics.push(errors::duplicate_name(name, twin.span, is_on_base));
            names.refused.insert((name.span.start, name.span.end));
            continue;
        }
        let first = name.node.split('.').next().unwrap_or_default();
        if item.header.keyword == Keyword::Fact && RESERVED.contains(&first) {
            diagnostics.push(errors::name_is_reserved(name, first));
        }
        if let Some((prefix, other)) = names.prefix_clash(name, item.header.keyword) {
            diagnostics.push(errors::name_is_a_prefix(name, &prefix, other));
        }
        *count += 1;
        let declared = Declared {
            thing,
            pack: held.pack,
            span: name.span,
            kind: match &item.header.tail {
                Tail::Kind(kind, _) => Some(kind.node.clone()),
                Tail::None
                | Tail::On(_)
                | Tail::Legislation(_)
                | Tail::Page(_)
                | Tail::Over(..) => None,
            },
            choices: choices(item),
        };
        names.declared.insert(name.node.clone(), declared);
    }
    names
}

fn thing(keyword: Keyword, place: usize) -> Option<Thing> {
    Some(match keyword {
        Keyword::Source => Thing::Source(id(place)),
        Keyword::Fact => Thing::Fact(id(place)),
        Keyword::Amount => Thing::Amount(id(place)),
        Keyword::List => Thing::List(id(place)),
        Keyword::Calendar => Thing::Calendar(id(place)),
        Keyword::Event => Thing::Event(id(place)),
        Keyword::Decision => Thing::Decision(id(place)),
        Keyword::Route => Thing::Route(id(place)),
        Keyword::Model => Thing::Model(id(place)),
        Keyword::Document => Thing::Document(id(place)),
        Keyword::Period => Thing::Period(id(place)),
        Keyword::Pack
        | Keyword::Prefer
        | Keyword::Scenario
        | Keyword::NarrowRoute
        | Keyword::FillAmount
        | Keyword::FillList
        | Keyword::Provisions => return None,
    })
}

/// The options of a fact or the outcomes of a decision, titled by what gives it a title, if any does.
fn choices(item: &Item) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for line in &item.lines {
        let (name, title) = if let Clause::Option(name, title) = &line.clause.node {
            (name, Some(title))
        } else if let Clause::Case(name, title, _) = &line.clause.node {
            (name, title.as_ref())
        } else {
            continue;
        };
        let words = title.map_or_else(|| name.node.replace('_', " "), |title| title.node.clone());
        match choices.iter_mut().find(|choice| choice.name == name.node) {
            Some(choice) if title.is_some() => choice.title = words,
            Some(_) => {}
            None => choices.push(Choice { name: name.node.clone(), title: words }),
        }
    }
    choices
}

impl Names {
    /// A fact whose whole name is the beginning of another's would need two places in the JSON.
    fn prefix_clash(&self, name: &Word, keyword: Keyword) -> Option<(String, Span)> {
        if keyword != Keyword::Fact {
            return None;
        }
        let is_fact = |declared: &&Declared| matches!(declared.thing, Thing::Fact(_));
        let above = name.node.match_indices('.').filter_map(|(dot, _)| name.node.get(..dot));
        let above = above.filter_map(|prefix| {
            Some((prefix.to_owned(), self.declared.get(prefix).filter(is_fact)?.span))
        });
        let stem = format!("{}.", name.node);
        let below = self.declared.range(stem.clone()..).next();
        let below = below.filter(|(other, declared)| other.starts_with(&stem) && is_fact(declared));
        let below = below.map(|(other, declared)| (other.clone(), declared.span));
        above.chain(below).next()
    }

    /// Whether an item's declaration was refused because its name is taken.
    pub(super) fn is_refused(&self, name: &Word) -> bool {
        self.refused.contains(&(name.span.start, name.span.end))
            && self.declared.get(&name.node).is_some_and(|twin| twin.span != name.span)
    }

    fn is_visible(&self, from: PackId, pack: PackId) -> bool {
        self.visible.get(from.place()).is_some_and(|seen| seen.contains(&pack))
    }
}

impl Reading {
    /// What a name means, if it means anything that this pack sees.
    pub(super) fn thing(&mut self, wanted: &str, name: &Word) -> Option<Thing> {
        let Some(declared) = self.names.declared.get(&name.node) else {
            let seen = self
                .names
                .declared
                .iter()
                .filter(|(_, other)| self.names.is_visible(self.pack, other.pack));
            let seen: Vec<&str> = seen.map(|(name, _)| name.as_str()).collect();
            let diagnostic = errors::unknown_name(wanted, name, &seen);
            self.diagnostics.push(diagnostic);
            return None;
        };
        if !self.names.is_visible(self.pack, declared.pack) {
            let pack = &self.book.packs[declared.pack].name;
            let diagnostic = errors::name_not_visible(name, pack, &self.book.packs[self.pack].name);
            self.diagnostics.push(diagnostic);
            return None;
        }
        Some(declared.thing)
    }

    pub(super) fn wrong_kind<T>(&mut self, wanted: &str, name: &Word, thing: Thing) -> Option<T> {
        let declared = self.names.declared.get(&name.node).map(|declared| declared.span);
        self.diagnostics.push(errors::wrong_kind_of_name(wanted, name, thing, declared));
        None
    }

    pub(super) fn fact(&mut self, name: &Word) -> Option<FactId> {
        let thing = self.thing("fact", name)?;
        let Thing::Fact(id) = thing else { return self.wrong_kind("fact", name, thing) };
        Some(id)
    }

    pub(super) fn route(&mut self, name: &Word) -> Option<RouteId> {
        let thing = self.thing("route", name)?;
        let Thing::Route(id) = thing else { return self.wrong_kind("route", name, thing) };
        Some(id)
    }

    pub(super) fn model(&mut self, name: &Word) -> Option<ModelId> {
        let thing = self.thing("model", name)?;
        let Thing::Model(id) = thing else { return self.wrong_kind("model", name, thing) };
        Some(id)
    }

    pub(super) fn decision(&mut self, name: &Word) -> Option<DecisionId> {
        let thing = self.thing("decision", name)?;
        let Thing::Decision(id) = thing else { return self.wrong_kind("decision", name, thing) };
        Some(id)
    }

    pub(super) fn amount(&mut self, name: &Word) -> Option<AmountId> {
        let thing = self.thing("amount", name)?;
        let Thing::Amount(id) = thing else { return self.wrong_kind("amount", name, thing) };
        Some(id)
    }

    pub(super) fn list(&mut self, name: &Word) -> Option<ListId> {
        let thing = self.thing("list", name)?;
        let Thing::List(id) = thing else { return self.wrong_kind("list", name, thing) };
        Some(id)
    }

    pub(super) fn calendar(&mut self, name: &Word) -> Option<CalendarId> {
        let thing = self.thing("calendar", name)?;
        let Thing::Calendar(id) = thing else { return self.wrong_kind("calendar", name, thing) };
        Some(id)
    }

    pub(super) fn source(&mut self, name: &Word) -> Option<SourceId> {
        let thing = self.thing("source", name)?;
        let Thing::Source(id) = thing else { return self.wrong_kind("source", name, thing) };
        Some(id)
    }

    pub(super) fn event(&mut self, name: &Word) -> Option<EventRef> {
        let thing = self.thing("event", name)?;
        match thing {
            Thing::Event(id) => Some(EventRef::Event(id)),
            Thing::Document(id) => Some(EventRef::Document(id)),
            Thing::Pack(_)
            | Thing::Source(_)
            | Thing::Fact(_)
            | Thing::Amount(_)
            | Thing::List(_)
            | Thing::Calendar(_)
            | Thing::Decision(_)
            | Thing::Route(_)
            | Thing::Model(_)
            | Thing::Period(_) => self.wrong_kind("event", name, thing),
        }
    }

    /// The place of an option or outcome among a thing's choices.
    pub(super) fn choice(&mut self, owner: &str, word: &Word) -> Option<usize> {
        let choices = self
            .names
            .declared
            .get(owner)
            .map(|declared| declared.choices.as_slice())
            .unwrap_or_default();
        let place = choices.iter().position(|choice| choice.name == word.node);
        if place.is_none() {
            let diagnostic = errors::unknown_option(owner, word, choices);
            self.diagnostics.push(diagnostic);
        }
        place
    }
}
