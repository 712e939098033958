//! A pack's own form: its JSON Schema, and the reading of a commission by it.
//!
//! The schema decides what is valid; this finds the words for what it refuses, and reads what a
//! schema can't: days of the calendar, codes of the vocabulary, parts of a penny, bounds.

use std::collections::BTreeSet;

use jsonschema::Validator;
use serde_json::{Map, Value as Json};

use super::Commission;
use super::errors::{self, Subject};
use super::json::{self, Document, shortened};
use super::places::{Group, Place, RESERVED, places};
use super::plain::Plain;
use super::schema::schema;
use super::value;
use crate::diagnostic::Diagnostic;
use crate::pack::{Fact, FactId, FactKind, Rulebook, Thing, Value};

/// How many mistakes are told at once: a bound on the work that a hostile text can ask for.
const TOLD_MAX: usize = 200;

/// What a commission may hold under one set of rules, ready to read any number of them.
#[derive(Debug)]
pub struct Form {
    schema: Json,
    validator: Option<Validator>,
    places: Group,
    plain: Plain,
}

impl Form {
    /// The form for the facts of these rules.
    #[must_use]
    pub fn new(book: &Rulebook) -> Self {
        let places = places(book);
        let schema = schema(book, &places);
        let validator = jsonschema::validator_for(&schema);
        debug_assert!(validator.is_ok(), "the schema of any rulebook is a schema");
        let plain = Plain::new(book, &places);
        Self { schema, validator: validator.ok(), places, plain }
    }

    /// The JSON Schema (draft 2020-12) of a commission.
    #[must_use]
    pub const fn schema(&self) -> &Json {
        &self.schema
    }

    /// Reads a commission, `book` being the rules that the form was made for. What could be read
    /// is returned even where something else is wrong, and every mistake is told, in the order
    /// written.
    #[must_use]
    pub fn read(&self, book: &Rulebook, text: &str) -> (Commission, Vec<Diagnostic>) {
        let document = match json::read(text) {
            Ok(document) => document,
            Err(diagnostic) => return (Commission::default(), vec![*diagnostic]),
        };
        let Json::Object(members) = &document.root else {
            return (Commission::default(), vec![errors::not_an_object(&document.root)]);
        };
        let refused = self.refused(&document.root);
        let mut reading = Reading {
            book,
            document: &document,
            refused,
            keys: Vec::new(),
            commission: Commission::default(),
            told: Vec::new(),
            n_untold: 0,
        };
        reading.members(members, &self.places);
        reading.totals();
        reading.finish()
    }

    /// Reads a commission in which all is as it should be, the same as `read` reads it and sooner;
    /// none where anything is wrong or only unusual, of which `read` then says what.
    #[must_use]
    pub fn read_plain(&self, book: &Rulebook, text: &str) -> Option<Commission> {
        self.plain.read(book, text)
    }

    /// The places that the schema refuses, as JSON pointers.
    fn refused(&self, root: &Json) -> BTreeSet<String> {
        let Some(validator) = &self.validator else { return BTreeSet::new() };
        if validator.is_valid(root) {
            return BTreeSet::new();
        }
        validator.iter_errors(root).map(|error| error.instance_path().to_string()).collect()
    }
}

/// A commission as it is being read.
struct Reading<'r> {
    book: &'r Rulebook,
    document: &'r Document,
    refused: BTreeSet<String>,
    /// The keys that lead to where the reading is.
    keys: Vec<String>,
    commission: Commission,
    told: Vec<Diagnostic>,
    n_untold: usize,
}

impl Reading<'_> {
    fn finish(self) -> (Commission, Vec<Diagnostic>) {
        let mut told = self.told;
        if self.n_untold > 0
            && let Some(last) = told.pop()
        {
            told.push(errors::and_more(last, self.n_untold));
        }
        (self.commission, told)
    }

    /// Learns the totals whose parts are all given, and tells of those that don't agree with their
    /// parts, which count as unknown.
    fn totals(&mut self) {
        let book = self.book;
        let facts = &self.commission.facts;
        for (id, total) in book.totals(|fact| facts.get(fact)) {
            match total {
                Ok(value) => self.commission.facts.learn(id, value),
                Err(fault) => {
                    let told = errors::sum(book, id, &self.commission.facts, &fault);
                    self.commission.facts.forget(id);
                    self.tell(|_| vec![told]);
                }
            }
        }
    }

    fn members(&mut self, members: &Map<String, Json>, group: &Group) {
        let is_top = self.keys.is_empty();
        for (key, json) in members {
            self.keys.push(shortened(key));
            if self.document.repeated.contains(&self.keys) {
                self.tell(|reading| vec![errors::duplicate_key(&reading.path())]);
            }
            match group.members.get(key) {
                _ if is_top && RESERVED.contains(&key.as_str()) => self.reserved(key, json),
                Some(Place::Fact(fact)) => self.fact(*fact, json),
                Some(Place::Group(group)) => self.group(group, json),
                None => {
                    self.tell(|reading| vec![reading.unknown(key, group)]);
                    self.repeated_within();
                }
            }
            self.keys.pop();
        }
    }

    fn group(&mut self, group: &Group, json: &Json) {
        match json {
            Json::Object(members) => self.members(members, group),
            Json::Null if self.document.repeated.contains(&self.keys) => {}
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Array(_) => {
                let first = group.members.keys().next().map(String::as_str);
                self.tell(|reading| vec![errors::not_a_group(&reading.path(), json, first)]);
            }
        }
        if !json.is_object() {
            self.repeated_within();
        }
    }

    fn fact(&mut self, id: FactId, json: &Json) {
        let fact = &self.book.facts[id];
        let subject = Subject { path: &fact.name, kind: &fact.kind, ask: Some(&fact.ask) };
        if let Some(value) = self.value(subject, json) {
            self.commission.facts.learn(id, value);
        }
    }

    /// A value, where the schema and the reading both take it.
    fn value(&mut self, subject: Subject<'_>, json: &Json) -> Option<Value> {
        self.repeated_within();
        match value::read(subject.kind, json) {
            Err(fault) => {
                self.tell(|_| errors::refused(subject, json, &fault));
                None
            }
            Ok(_) if self.is_refused() => {
                let form = value::meant(subject.kind, json);
                self.tell(|_| vec![errors::wrong_form(subject, json, form.as_ref())]);
                None
            }
            Ok(value) => value,
        }
    }

    /// A key that is no fact.
    fn reserved(&mut self, key: &str, json: &Json) {
        if key == "as_at" {
            let subject = Subject { path: key, kind: &FactKind::Date, ask: None };
            if let Some(Value::Date(date)) = self.value(subject, json) {
                self.commission.as_at = Some(date);
            }
            return;
        }
        self.repeated_within();
        if self.is_refused() {
            let wanted = if key == "notes" { "words, or a list of words" } else { "words" };
            self.tell(|_| vec![errors::not_words(key, json, wanted)]);
        } else if key == "title" {
            self.commission.title = json.as_str().map(str::to_owned);
        }
    }

    fn unknown(&self, key: &str, group: &Group) -> Diagnostic {
        let path = self.path();
        let dotted = self.fact_of(&path).filter(|_| key.contains('.'));
        errors::unknown_fact(&path, dotted, self.nearest(key, group))
    }

    fn fact_of(&self, name: &str) -> Option<&Fact> {
        match self.book.names.get(name)? {
            Thing::Fact(id) => Some(&self.book.facts[*id]),
            Thing::Pack(_)
            | Thing::Source(_)
            | Thing::Amount(_)
            | Thing::List(_)
            | Thing::Calendar(_)
            | Thing::Event(_)
            | Thing::Decision(_)
            | Thing::Route(_)
            | Thing::Model(_)
            | Thing::Document(_)
            | Thing::Period(_) => None,
        }
    }

    /// The name most like a key, with its fact: one beside it, else one anywhere.
    fn nearest(&self, key: &str, group: &Group) -> Option<(String, Option<&Fact>)> {
        let (key, path) = (shortened(key), self.path());
        let above = self.keys.len().saturating_sub(1);
        let stem: String = self.keys.iter().take(above).map(|part| format!("{part}.")).collect();
        let reserved = RESERVED.iter().copied().filter(|_| stem.is_empty());
        let beside = closest(&key, group.members.keys().map(String::as_str).chain(reserved));
        let tail = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
        let facts = || self.book.facts.rows().map(|fact| fact.name.as_str());
        let name = match beside {
            Some(name) => format!("{stem}{name}"),
            None => {
                let same_tail = || facts().find(|name| tail(name) == tail(&key));
                closest(&path, facts()).or_else(same_tail)?.to_owned()
            }
        };
        let fact = self.fact_of(&name);
        Some((name, fact))
    }

    /// Tells of keys given twice inside a value, where no fact is.
    fn repeated_within(&mut self) {
        let (document, here) = (self.document, self.keys.clone());
        let within =
            document.repeated.range(here.clone()..).take_while(|keys| keys.starts_with(&here));
        for keys in within.filter(|keys| keys.len() > here.len()) {
            self.tell(|_| vec![errors::duplicate_key(&keys.join("."))]);
        }
    }

    /// Whether the schema refuses this place or one in it.
    fn is_refused(&self) -> bool {
        let keys = self.keys.iter().map(|key| key.replace('~', "~0").replace('/', "~1"));
        let pointer: String = keys.map(|key| format!("/{key}")).collect();
        let inside = format!("{pointer}/");
        self.refused.contains(&pointer)
            || self
                .refused
                .range(inside.clone()..)
                .next()
                .is_some_and(|next| next.starts_with(&inside))
    }

    fn path(&self) -> String {
        self.keys.join(".")
    }

    /// Tells of mistakes, so long as not too many have been told.
    fn tell(&mut self, diagnostics: impl FnOnce(&Self) -> Vec<Diagnostic>) {
        if self.told.len() >= TOLD_MAX {
            self.n_untold += 1;
            return;
        }
        let diagnostics = diagnostics(self);
        self.told.extend(diagnostics);
    }
}

/// The name that a word was probably meant for: at most a third of it is otherwise.
fn closest<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let measured = names.map(|name| (strsim::damerau_levenshtein(word, name), name));
    let (distance, name) = measured.min_by_key(|(distance, _)| *distance)?;
    (distance <= word.chars().count().div_ceil(3)).then_some(name)
}
