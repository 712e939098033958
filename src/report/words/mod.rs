//! Sentences for a commissioner who is no lawyer.
//!
//! A test's sentence is its author's, or else is worded from its condition with the titles of what
//! it reads. Words are made from the rules and, where there is one, an answer, which tells the
//! figures; nothing is decided here.

mod boundaries;
mod conditions;
mod figures;
mod joining;
mod names;
mod pruning;
mod ranges;
mod times;
mod values;

#[cfg(test)]
mod tests;

use crate::decide::{Answer, Known};
use crate::pack::{Condition, FactId, Rulebook, Test, Value};

pub(super) use joining::{a_few_facts, and, capital, or, small, stopped};
pub(super) use names::{decision_said, kind, missing, not_to_be};
pub(super) use ranges::range;
pub(super) use times::{in_force, length, out_of_force};
pub(super) use values::value;

/// Returns the sentence of a condition, as the rules alone tell it.
#[must_use]
pub fn sentence(book: &Rulebook, condition: &Condition) -> String {
    Wording::of_rules(book).sentence(condition)
}

/// Returns what is known of a fact, as people write it.
#[must_use]
pub fn value_in_words(book: &Rulebook, fact: FactId, value: &Value) -> String {
    values::value(&book.facts[fact].kind, value)
}

/// Returns the sentence of a test: its author's, or else one worded from its condition.
#[must_use]
pub fn test_in_words(book: &Rulebook, test: &Test) -> String {
    Wording::of_rules(book).test(test)
}

/// That tests come out so together, though each may still go either way.
pub(super) const fn foreseen(known: Known) -> &'static str {
    match known {
        Known::Yes => "Whatever the facts still unknown turn out to be, its tests are all met.",
        Known::No => "Whatever the facts still unknown turn out to be, one of its tests fails.",
        Known::Unknown => "Its tests can all be met.",
    }
}

/// What sentences are made from.
#[derive(Clone, Copy)]
pub(super) struct Wording<'a> {
    book: &'a Rulebook,
    /// The answer whose figures the sentences tell.
    answer: Option<&'a Answer<'a>>,
}

/// How a condition is to be said.
#[derive(Clone, Copy)]
struct Voice {
    turn: Turn,
    place: Place,
    footing: Footing,
}

/// Whether the condition or its opposite is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Straight,
    Turned,
}

/// Whether the words stand as a sentence of their own or inside one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Alone,
    Inside,
}

/// Whether the words only put the case, or tell what was found, figures and all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Footing {
    Supposed,
    Found,
}

impl<'a> Wording<'a> {
    /// Words from the rules alone.
    pub(super) const fn of_rules(book: &'a Rulebook) -> Self {
        Self { book, answer: None }
    }

    /// Words that tell the figures of an answer.
    pub(super) fn of_answer(answer: &'a Answer<'a>) -> Self {
        Self { book: answer.graph.book(), answer: Some(answer) }
    }

    /// The sentence of a condition.
    pub(super) fn sentence(&self, condition: &Condition) -> String {
        self.spoken(condition, Voice::ALONE)
    }

    /// The sentence of a condition that was found to hold.
    pub(super) fn sentence_found(&self, condition: &Condition) -> String {
        self.spoken(condition, Voice::ALONE.found())
    }

    /// The sentence of the opposite of a condition, which was found to fail.
    pub(super) fn sentence_refuted(&self, condition: &Condition) -> String {
        self.spoken(condition, Voice::ALONE.turned().found())
    }

    fn spoken(&self, condition: &Condition, voice: Voice) -> String {
        capital(&stopped(&self.clause(condition, voice)))
    }

    /// A condition as a part of a sentence: after "if", say.
    pub(super) fn inside(&self, condition: &Condition) -> String {
        self.clause(condition, Voice::ALONE.inside())
    }

    /// The sentence of a test, as it was written or as its condition says.
    pub(super) fn test(&self, test: &Test) -> String {
        match (&test.says, self.open_guard(test)) {
            (Some(says), Some(guard)) => format!("If {}: {says}", self.inside(guard)),
            (Some(says), None) => says.clone(),
            (None, Some(guard)) => self.guarded(guard, test),
            (None, None) => self.sentence(&test.condition),
        }
    }

    /// The sentence of a test that was found to hold.
    pub(super) fn test_found(&self, test: &Test) -> String {
        match (&test.says, self.open_guard(test)) {
            // It may hold because its guard does not, so its condition is not told as found.
            (_, Some(_)) | (Some(_), None) => self.test(test),
            (None, None) => self.sentence_found(&test.condition),
        }
    }

    /// What is so where a test fails: its author's words, or else its condition turned round.
    pub(super) fn test_refuted(&self, test: &Test) -> String {
        match &test.otherwise {
            Some(otherwise) => otherwise.clone(),
            None => self.sentence_refuted(&test.condition),
        }
    }

    fn guarded(&self, guard: &Condition, test: &Test) -> String {
        format!("If {}, then {}.", self.inside(guard), self.inside(&test.condition))
    }

    /// The guard of a test, if it must be told: what an author says takes it in already, but in an
    /// answer it is told unless it plainly holds, lest a test that asks nothing here seem to.
    fn open_guard<'t>(&self, test: &'t Test) -> Option<&'t Condition> {
        let guard = test.guard.as_ref()?;
        match (self.answer, &test.says) {
            (None, Some(_)) => None,
            (None, None) => Some(guard),
            (Some(_), _) => (self.plainly(guard) != Some(true)).then_some(guard),
        }
    }

    /// Whether a test plainly asks nothing here, its guard not holding.
    pub(super) fn is_idle(&self, test: &Test) -> bool {
        test.guard.as_ref().is_some_and(|guard| self.plainly(guard) == Some(false))
    }
}

impl Voice {
    const ALONE: Self =
        Self { turn: Turn::Straight, place: Place::Alone, footing: Footing::Supposed };

    const fn turned(self) -> Self {
        let turn = match self.turn {
            Turn::Straight => Turn::Turned,
            Turn::Turned => Turn::Straight,
        };
        Self { turn, ..self }
    }

    const fn straight(self) -> Self {
        Self { turn: Turn::Straight, ..self }
    }

    const fn inside(self) -> Self {
        Self { place: Place::Inside, ..self }
    }

    const fn found(self) -> Self {
        Self { footing: Footing::Found, ..self }
    }

    const fn supposed(self) -> Self {
        Self { footing: Footing::Supposed, ..self }
    }

    /// A title where it is spoken of: bare at the start of a sentence, in quotes inside one.
    fn title(self, title: &str) -> String {
        match self.place {
            Place::Alone => title.to_owned(),
            Place::Inside => format!("“{title}”"),
        }
    }

    /// Words that begin a clause: with a capital at the start of a sentence.
    fn opening(self, words: &str) -> String {
        match self.place {
            Place::Alone => capital(words),
            Place::Inside => words.to_owned(),
        }
    }
}
