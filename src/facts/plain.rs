//! A commission in which nothing needs a second look, read in one pass and without a tree of JSON.
//!
//! Anything that is wrong, or only unusual, is left to `Form::read`, which finds the words for it.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use foldhash::fast::FixedState;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;

use super::json::COMMISSION_BYTES_MAX;
use super::places::{Group, Place};
use super::value::{self, Fault, place_of, within};
use super::{Commission, Facts};
use crate::pack::{Choice, FactId, FactKind, Rulebook, Value};

/// Where each key leads, ready to be looked up.
#[derive(Debug, Default)]
pub(super) struct Plain {
    root: Keys,
    /// How many keys there are in all groups together.
    n_keys: usize,
    n_facts: usize,
    has_sums: bool,
}

/// The keys of an object, in the order in which the rules tell of their facts: whoever fills in a
/// commission from a form keeps to it, and then each key is where it is first looked for.
#[derive(Debug, Default)]
struct Keys {
    keys: Vec<Entry>,
    by_name: HashMap<Box<str>, usize, FixedState>,
}

#[derive(Debug)]
struct Entry {
    name: Box<str>,
    /// A number of its own, by which a key given twice is noticed.
    number: usize,
    lead: Lead,
}

/// What a key leads to.
#[derive(Debug)]
enum Lead {
    Fact(FactId),
    Group(Keys),
    Title,
    AsAt,
    /// Something that decides nothing.
    Words,
}

impl Plain {
    pub(super) fn new(book: &Rulebook, places: &Group) -> Self {
        let mut n_keys = 0;
        let mut root = Keys::of(places, &mut n_keys);
        for (key, lead) in [
            ("title", Lead::Title),
            ("as_at", Lead::AsAt),
            ("notes", Lead::Words),
            ("$schema", Lead::Words),
        ] {
            root.add(key, &mut n_keys, lead);
        }
        let has_sums = book.facts.rows().any(|fact| fact.sum.is_some());
        Self { root, n_keys, n_facts: book.facts.len(), has_sums }
    }

    /// The commission, exactly as `Form::read` reads it; none where there is anything to say of it.
    pub(super) fn read(&self, book: &Rulebook, text: &str) -> Option<Commission> {
        if text.len() > COMMISSION_BYTES_MAX {
            return None;
        }
        let mut reading = Reading {
            book,
            commission: Commission {
                facts: Facts::with_room(self.n_facts),
                ..Commission::default()
            },
            seen: vec![0; self.n_keys.div_ceil(64)],
        };
        let mut reader = serde_json::Deserializer::from_str(text);
        Members { keys: &self.root, reading: &mut reading }.deserialize(&mut reader).ok()?;
        reader.end().ok()?;
        let mut commission = reading.commission;
        if self.has_sums {
            let totals = book.totals(|fact| commission.facts.get(fact));
            for (fact, total) in totals {
                commission.facts.learn(fact, total.ok()?);
            }
        }
        Some(commission)
    }
}

impl Keys {
    fn of(group: &Group, n_keys: &mut usize) -> Self {
        let mut members: Vec<_> = group.members.iter().collect();
        members.sort_by_key(|(_, place)| place.first());
        let mut keys = Self::default();
        for (key, place) in members {
            let lead = match place {
                Place::Fact(fact) => Lead::Fact(*fact),
                Place::Group(group) => Lead::Group(Self::of(group, n_keys)),
            };
            keys.add(key, n_keys, lead);
        }
        keys
    }

    /// Adds a key, in the place of another of its name.
    fn add(&mut self, name: &str, n_keys: &mut usize, lead: Lead) {
        let entry = Entry { name: name.into(), number: *n_keys, lead };
        *n_keys += 1;
        let at = *self.by_name.entry(name.into()).or_insert(self.keys.len());
        match self.keys.get_mut(at) {
            Some(other) => *other = entry,
            None => self.keys.push(entry),
        }
    }

    /// The place of a key, looked for at a likely one first.
    fn find(&self, name: &str, likely: usize) -> Option<usize> {
        if self.keys.get(likely).is_some_and(|entry| *entry.name == *name) {
            return Some(likely);
        }
        self.by_name.get(name).copied()
    }
}

/// A commission as it is being read.
struct Reading<'b> {
    book: &'b Rulebook,
    commission: Commission,
    /// The keys already met, by bits.
    seen: Vec<u64>,
}

impl Reading<'_> {
    /// Notes a key; says whether it is the first of its name.
    fn is_first(&mut self, number: usize) -> bool {
        let bit = 1_u64 << (number % 64);
        let Some(word) = self.seen.get_mut(number / 64) else { return false };
        let is_first = *word & bit == 0;
        *word |= bit;
        is_first
    }
}

/// Something to look at a second time. Nobody is told: `Form::read` says what it is.
fn unusual<E: Error>() -> E {
    E::custom("")
}

/// The members of an object.
struct Members<'k, 'r, 'b> {
    keys: &'k Keys,
    reading: &'r mut Reading<'b>,
}

impl<'de> DeserializeSeed<'de> for Members<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Members<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let Self { keys, reading } = self;
        let mut likely = 0;
        while let Some(at) = members.next_key_seed(Key { keys, likely })? {
            let entry = keys.keys.get(at).ok_or_else(unusual)?;
            likely = at + 1;
            if !reading.is_first(entry.number) {
                return Err(unusual());
            }
            match &entry.lead {
                Lead::Group(keys) => members.next_value_seed(Members { keys, reading })?,
                Lead::Fact(fact) => {
                    let kind = &reading.book.facts[*fact].kind;
                    let facts = &mut reading.commission.facts;
                    let learn = |value| facts.learn(*fact, value);
                    members.next_value_seed(Written { kind, learn })?;
                }
                Lead::AsAt => {
                    let as_at = &mut reading.commission.as_at;
                    let learn = |value| {
                        if let Value::Date(day) = value {
                            *as_at = Some(day);
                        }
                    };
                    members.next_value_seed(Written { kind: &FactKind::Date, learn })?;
                }
                Lead::Title => reading.commission.title = members.next_value()?,
                Lead::Words => {
                    members.next_value::<Option<String>>()?;
                }
            }
        }
        Ok(())
    }
}

/// A key, looked up: its place among these.
struct Key<'k> {
    keys: &'k Keys,
    likely: usize,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<usize, D::Error> {
        reader.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<usize, E> {
        self.keys.find(key, self.likely).ok_or_else(unusual)
    }
}

/// What is written of a fact of a kind, and who is told of it unless it is that nothing is known.
///
/// The value is told of where it is read: to hand it back through all that reads JSON would be to
/// move it half a dozen times.
struct Written<'k, F: FnOnce(Value)> {
    kind: &'k FactKind,
    learn: F,
}

impl<F: FnOnce(Value)> Written<'_, F> {
    fn value<E: Error>(self, value: Result<Option<Value>, Fault>) -> Result<(), E> {
        if let Some(value) = value.map_err(|_| unusual())? {
            (self.learn)(value);
        }
        Ok(())
    }
}

impl<'de, F: FnOnce(Value)> DeserializeSeed<'de> for Written<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de, F: FnOnce(Value)> Visitor<'de> for Written<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, yes: bool) -> Result<(), E> {
        if !matches!(self.kind, FactKind::YesNo) {
            return Err(unusual());
        }
        (self.learn)(Value::YesNo(yes));
        Ok(())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        if let FactKind::Number(least, most) = self.kind {
            let number = within(number, *least, *most).map_err(|_| unusual())?;
            (self.learn)(Value::Number(number));
            return Ok(());
        }
        let value = value::read(self.kind, &Json::from(number));
        self.value(value)
    }

    fn visit_str<E: Error>(self, words: &str) -> Result<(), E> {
        if let FactKind::OneOf(choices) = self.kind {
            let place = place_of(choices, words).ok_or_else(unusual)?;
            (self.learn)(Value::Choice(place));
            return Ok(());
        }
        if !matches!(self.kind, FactKind::Text) && !is_tight(words) {
            return Err(unusual());
        }
        let value = value::read_words(self.kind, words);
        self.value(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let FactKind::SomeOf(choices) = self.kind else { return Err(unusual()) };
        let mut chosen = BTreeSet::new();
        while let Some(place) = items.next_element_seed(OneOf(choices))? {
            if !chosen.insert(place) {
                return Err(unusual());
            }
        }
        (self.learn)(Value::Choices(chosen));
        Ok(())
    }
}

/// An option by its name.
struct OneOf<'k>(&'k [Choice]);

impl<'de> DeserializeSeed<'de> for OneOf<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<usize, D::Error> {
        reader.deserialize_str(self)
    }
}

impl Visitor<'_> for OneOf<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an option")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        place_of(self.0, name).ok_or_else(unusual)
    }
}

/// Whether words are written with single spaces within and none about, as the schema wants figures
/// written; reading alone would take them otherwise too.
fn is_tight(words: &str) -> bool {
    let is_figure = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    let is_mark = |byte: u8| matches!(byte, b',' | b'.' | b'%' | b'-');
    let mut parts = words.split(' ');
    let n_parts = parts.clone().count();
    let is_part = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| is_figure(byte) || is_mark(byte))
            && (n_parts == 1 || part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    };
    parts.all(is_part)
}
