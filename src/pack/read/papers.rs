//! Reads documents, periods, events, calendars and preferences.

use super::super::errors;
use super::super::rulebook::{
    Calendar, Candidate, Document, DocumentKind, Due, DueRule, Event, Force, LengthRow, Period,
    Preference, Stage, Thing,
};
use super::Reading;
use super::clauses::{Clauses, period};
use crate::source::Spanned;
use crate::syntax::tree::{
    self, Applies, Clause, Conditional, Item, Keyword, Length, Names, Tail, Word, Words,
};

impl Reading {
    pub(super) fn calendar_item(&mut self, item: &Spanned<Item>) -> Calendar {
        let clauses = self.clauses(item);
        let (name, title) = self.titled(item);
        // A calendar's citation usually stands beside its holidays.
        let beside = item.node.lines.iter().map(|line| self.citations(&line.citations));
        let citations: Vec<_> = beside.flatten().collect();
        if citations.is_empty() {
            self.needs_citation(Keyword::Calendar, &clauses);
        }
        let holidays = clauses.names(Names::Holidays);
        let holidays = holidays.iter().filter_map(|name| self.list(name)).collect();
        Calendar { name, title, pack: self.pack, span: item.span, holidays, citations }
    }

    pub(super) fn event_item(&mut self, item: &Spanned<Item>) -> Event {
        let clauses = self.clauses(item);
        let (name, title) = self.titled(item);
        let dated_by = clauses.names(Names::DatedBy);
        let dated_by = dated_by.first().and_then(|fact| {
            let id = self.fact(fact)?;
            let kind =
                self.names.declared.get(&fact.node).and_then(|declared| declared.kind.clone());
            if kind == Some(tree::Kind::Date) {
                return Some(id);
            }
            self.diagnostics.push(errors::wrong_check(fact, "a date", fact.span));
            None
        });
        Event { name, title, pack: self.pack, span: item.span, dated_by }
    }

    pub(super) fn document_item(&mut self, item: &Spanned<Item>) -> Document {
        let clauses = self.clauses(item);
        let (name, title) = self.titled(item);
        let citations = self.document_citations(&clauses);
        Document {
            name,
            title,
            pack: self.pack,
            span: item.span,
            kind: self.word_of(&clauses, Names::Kind, &KINDS).unwrap_or(DocumentKind::Record),
            force: self.word_of(&clauses, Names::Force, &FORCES).unwrap_or(Force::Law),
            stage: self.word_of(&clauses, Names::Stage, &STAGES).unwrap_or(Stage::Plan),
            publish: clauses.all_words(Words::Publish),
            tests: self.tests(&clauses, &[Conditional::When]),
            due: self.due(&clauses, &citations),
            contains: clauses.all_words(Words::Contains),
            note: clauses.words(Words::Note),
            in_force: clauses.in_force,
            citations,
            doubts: clauses.doubts,
        }
    }

    /// A document's own citations, or those of its first condition.
    fn document_citations(&mut self, clauses: &Clauses<'_>) -> Vec<super::super::Citation> {
        if !clauses.citations.is_empty() {
            return clauses.citations.clone();
        }
        let when = clauses
            .entries
            .iter()
            .find(|entry| matches!(entry.line.clause.node, Clause::Condition(..)));
        let cited = when.map(|entry| self.citations(&entry.line.citations)).unwrap_or_default();
        if cited.is_empty() {
            self.needs_citation(Keyword::Document, clauses);
        }
        cited
    }

    /// The meaning of the one word of a clause such as `force law`.
    fn word_of<T: Copy>(
        &mut self,
        clauses: &Clauses<'_>,
        clause: Names,
        meanings: &[(&str, T)],
    ) -> Option<T> {
        let words = clauses.names(clause);
        let Some(word) = words.first() else {
            let diagnostic =
                errors::missing_clause(Keyword::Document, clause.spelling(), clauses.span);
            self.diagnostics.push(diagnostic);
            return None;
        };
        if let Some(second) = words.get(1) {
            self.diagnostics.push(errors::repeated_clause(
                clause.spelling(),
                second.span,
                word.span,
            ));
        }
        let meaning = meanings.iter().find(|(spelling, _)| *spelling == word.node);
        if meaning.is_none() {
            let all: Vec<&str> = meanings.iter().map(|(spelling, _)| *spelling).collect();
            self.diagnostics.push(errors::unknown_word(clause.spelling(), word, &all));
        }
        meaning.map(|(_, meaning)| *meaning)
    }

    /// The due rules; one without citations of its own has the document's.
    fn due(&mut self, clauses: &Clauses<'_>, cited: &[super::super::Citation]) -> Vec<Due> {
        let mut due = Vec::new();
        for entry in &clauses.entries {
            let Clause::Due(rule, applies) = &entry.line.clause.node else { continue };
            let own = self.citations(&entry.line.citations);
            let citations = if own.is_empty() { cited.to_vec() } else { own };
            let rule = match rule {
                tree::DueRule::Words(words) => Some(DueRule::Words(words.node.clone())),
                tree::DueRule::Before(event) => self.event(event).map(DueRule::Before),
                tree::DueRule::With(event) => self.event(event).map(DueRule::With),
                tree::DueRule::Soon(event) => self.event(event).map(DueRule::Soon),
                tree::DueRule::Within(duration, counting, event) => {
                    self.event(event).map(|event| DueRule::Within(duration.node, *counting, event))
                }
            };
            let (Some(rule), Some(condition)) = (rule, self.applies(applies.as_ref())) else {
                continue;
            };
            let in_force = period(entry.line);
            let (doubts, span) = (entry.doubts.clone(), entry.line.clause.span);
            due.push(Due { rule, condition, in_force, citations, doubts, span });
        }
        due
    }

    /// The condition of a row; `None` inside for `otherwise` and for none at all.
    #[expect(clippy::option_option, reason = "outside: could it be read; inside: is there one")]
    fn applies(&mut self, applies: Option<&Applies>) -> Option<Option<super::super::Condition>> {
        match applies {
            None | Some(Applies::Otherwise) => Some(None),
            Some(Applies::When(condition)) => self.condition(condition).map(Some),
        }
    }

    pub(super) fn period_item(&mut self, item: &Spanned<Item>) -> Option<Period> {
        let clauses = self.clauses(item);
        let (name, title) = self.titled(item);
        let between = clauses.entries.iter().find_map(|entry| {
            let Clause::Between(from, to, until) = &entry.line.clause.node else { return None };
            Some((from, to, *until))
        });
        let Some((from, to, until)) = between else {
            let diagnostic =
                errors::missing_clause(Keyword::Period, "`from EVENT to EVENT`", item.span);
            self.diagnostics.push(diagnostic);
            return None;
        };
        let (from, to) = (self.event(from), self.event(to));
        let lengths = self.lengths(&clauses);
        if lengths.is_empty() {
            let diagnostic = errors::missing_clause(
                Keyword::Period,
                "a length: `at least 10 days after the day`",
                item.span,
            );
            self.diagnostics.push(diagnostic);
        }
        let own = clauses.names(Names::Calendar).first().and_then(|name| self.calendar(name));
        Some(Period {
            name,
            title,
            pack: self.pack,
            span: item.span,
            from: from?,
            to: to?,
            until,
            tests: self.tests(&clauses, &[Conditional::When]),
            lengths,
            calendar: own.or(self.book.packs[self.pack].calendar),
            note: clauses.words(Words::Note),
            in_force: clauses.in_force,
            doubts: clauses.doubts,
            citations: clauses.citations,
        })
    }

    fn lengths(&mut self, clauses: &Clauses<'_>) -> Vec<LengthRow> {
        let mut rows = Vec::new();
        for entry in &clauses.entries {
            let Clause::Length(length, applies) = &entry.line.clause.node else { continue };
            let citations = self.cited(entry.line, clauses);
            let Some(condition) = self.applies(applies.as_ref()) else { continue };
            let length = match length {
                Length::None => None,
                Length::Days(limit, duration, counting, ending) => {
                    Some((*limit, duration.node, *counting, *ending))
                }
            };
            let (in_force, doubts) = (period(entry.line), entry.doubts.clone());
            let span = entry.line.clause.span;
            rows.push(LengthRow { length, condition, in_force, citations, doubts, span });
        }
        rows
    }

    pub(super) fn preference_item(&mut self, item: &Spanned<Item>) -> Option<Preference> {
        let clauses = self.clauses(item);
        let Tail::Over(above, below) = &item.node.header.tail else { return None };
        let (above, below) = (self.candidates(above), self.candidates(below));
        let because = clauses.words(Words::Because);
        if because.is_none() {
            self.diagnostics.push(errors::missing_clause(Keyword::Prefer, "because", item.span));
        }
        let tests = self.tests(&clauses, &[Conditional::When]);
        let mut citations = clauses.citations.clone();
        citations.extend(tests.iter().flat_map(|test| test.citations.clone()));
        citations.sort();
        citations.dedup();
        if citations.is_empty() {
            self.needs_citation(Keyword::Prefer, &clauses);
        }
        Some(Preference {
            pack: self.pack,
            span: item.span,
            above,
            below,
            tests,
            because: because.unwrap_or_default(),
            in_force: clauses.in_force,
            citations,
        })
    }

    fn candidates(&mut self, names: &[Word]) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        for name in names {
            let Some(thing) = self.thing("route or model", name) else { continue };
            let candidate = match thing {
                Thing::Route(route) => Some(Candidate::Route(route)),
                Thing::Model(model) => Some(Candidate::Model(model)),
                Thing::Pack(_)
                | Thing::Source(_)
                | Thing::Fact(_)
                | Thing::Amount(_)
                | Thing::List(_)
                | Thing::Calendar(_)
                | Thing::Event(_)
                | Thing::Decision(_)
                | Thing::Document(_)
                | Thing::Period(_) => self.wrong_kind("route or model", name, thing),
            };
            candidates.extend(candidate);
        }
        candidates
    }
}

/// The words of `kind`.
const KINDS: [(&str, DocumentKind); 7] = [
    ("notice", DocumentKind::Notice),
    ("record", DocumentKind::Record),
    ("assessment", DocumentKind::Assessment),
    ("approval", DocumentKind::Approval),
    ("agreement", DocumentKind::Agreement),
    ("letter", DocumentKind::Letter),
    ("statement", DocumentKind::Statement),
];

/// The words of `force`.
const FORCES: [(&str, Force); 3] =
    [("law", Force::Law), ("policy", Force::Policy), ("practice", Force::Practice)];

/// The words of `stage`.
const STAGES: [(&str, Stage); 5] = [
    ("plan", Stage::Plan),
    ("define", Stage::Define),
    ("procure", Stage::Procure),
    ("award", Stage::Award),
    ("manage", Stage::Manage),
];
