//! The clauses of an item, sorted: which have a place in it, and what speaks of what.

use super::super::citation::{Citation, Cited, address};
use super::super::errors;
use super::super::rulebook::{DatedWords, Doubt, Test};
use super::Reading;
use crate::diagnostic::Diagnostic;
use crate::quantity::InForce;
use crate::source::{Span, Spanned};
use crate::syntax::tree::{
    self, Clause, Conditional, Item, Keyword, Line, Names, Provision, Word, Words,
};

/// A clause with the words below that speak of it.
pub(super) struct Entry<'t> {
    pub(super) line: &'t Line,
    pub(super) says: Option<String>,
    pub(super) otherwise: Option<String>,
    pub(super) doubts: Vec<Doubt>,
}

/// The clauses of an item.
pub(super) struct Clauses<'t> {
    /// The item's first line.
    pub(super) span: Span,
    pub(super) entries: Vec<Entry<'t>>,
    /// The citations of the whole item.
    pub(super) citations: Vec<Citation>,
    /// Where sources are cited, anywhere in the item.
    pub(super) sources: Vec<Span>,
    /// The period of the whole item.
    pub(super) in_force: InForce,
    /// The doubts of the whole item.
    pub(super) doubts: Vec<Doubt>,
}

/// What an item can say only once.
const ONCE: [&str; 19] = [
    "version",
    "in force",
    "applies when",
    "ask",
    "help",
    "judgement",
    "because",
    "calendar",
    "from … to …",
    "as at",
    "commission",
    "dated by",
    "kind",
    "force",
    "stage",
    "left to layers",
    "may be chosen",
    "mandatory",
    "sum of",
];

/// Whether an item can say something only once; each provision of a list has its own judgement.
fn is_said_once(keyword: Keyword, clause: &Clause) -> bool {
    ONCE.contains(&called(clause)) && keyword != Keyword::Provisions
}

/// A clause as a person would call it.
fn called(clause: &Clause) -> &'static str {
    match clause {
        Clause::Version(_) => "version",
        Clause::InForce => "in force",
        Clause::Words(words, _) => words.spelling(),
        Clause::Names(names, _) => names.spelling(),
        Clause::Condition(conditional, ..) => conditional.spelling(),
        Clause::Case(..) => "a case",
        Clause::Due(..) => "due",
        Clause::Between(..) => "from … to …",
        Clause::Length(..) => "a length",
        Clause::LeftToLayers => "left to layers",
        Clause::MayBeChosen => "may be chosen",
        Clause::Mandatory => "mandatory",
        Clause::Option(..) => "an option",
        Clause::Listed(..) => "a provision",
        Clause::Row(..) => "a row",
        Clause::AsAt(_) => "as at",
        Clause::Given => "given",
        Clause::Assign(..) => "a fact's value",
        Clause::Expect(_) => "expect",
        Clause::Citations => "citations",
    }
}

/// Whether `says`, `otherwise` and `doubt` below a clause speak of it.
fn can_be_spoken_of(clause: &Clause) -> bool {
    match clause {
        Clause::Condition(..)
        | Clause::Case(..)
        | Clause::Due(..)
        | Clause::Length(..)
        | Clause::Row(..) => true,
        Clause::Version(_)
        | Clause::InForce
        | Clause::Words(..)
        | Clause::Names(..)
        | Clause::Between(..)
        | Clause::LeftToLayers
        | Clause::MayBeChosen
        | Clause::Mandatory
        | Clause::Option(..)
        | Clause::Listed(..)
        | Clause::AsAt(_)
        | Clause::Given
        | Clause::Assign(..)
        | Clause::Expect(_)
        | Clause::Citations => false,
    }
}

impl Reading {
    /// Sorts the clauses of an item; says which have no place in it and which are there twice.
    pub(super) fn clauses<'t>(&mut self, item: &'t Spanned<Item>) -> Clauses<'t> {
        let keyword = item.node.header.keyword;
        let mut citations = self.citations(&item.node.citations);
        let (mut entries, mut doubts): (Vec<Entry<'t>>, Vec<Doubt>) = (Vec::new(), Vec::new());
        let mut in_force = InForce::ALWAYS;
        for line in &item.node.lines {
            let clause = &line.clause.node;
            if matches!(clause, Clause::Citations) {
                citations.extend(self.citations(&line.citations));
                continue;
            }
            if let Clause::Words(words @ (Words::Says | Words::Otherwise | Words::Doubt), text) =
                clause
            {
                match entries.last_mut().filter(|entry| can_be_spoken_of(&entry.line.clause.node)) {
                    Some(entry) => add_words(entry, *words, text),
                    None if *words == Words::Doubt => {
                        doubts.push(Doubt { words: text.node.clone() });
                    }
                    None => self
                        .diagnostics
                        .push(errors::words_about_nothing(words.spelling(), line.clause.span)),
                }
                continue;
            }
            if !keyword.clauses().contains(&called(clause)) {
                let name = called(clause);
                self.diagnostics.push(errors::misplaced_clause(keyword, name, line.clause.span));
                continue;
            }
            let first =
                entries.iter().find(|entry| called(&entry.line.clause.node) == called(clause));
            if let Some(first) = first.filter(|_| is_said_once(keyword, clause)) {
                let (name, first) = (called(clause), first.line.clause.span);
                self.diagnostics.push(errors::repeated_clause(
                    &format!("`{name}`"),
                    line.clause.span,
                    first,
                ));
                continue;
            }
            if let (Clause::InForce, Some(period)) = (clause, &line.in_force) {
                in_force = period.node;
                citations.extend(self.citations(&line.citations));
            }
            entries.push(Entry { line, says: None, otherwise: None, doubts: Vec::new() });
        }
        let written = item.node.lines.iter().flat_map(|line| &line.citations);
        let written = item.node.citations.iter().chain(written);
        let sources = written.map(|citation| citation.source.span).collect();
        Clauses { span: item.span, entries, citations, sources, in_force, doubts }
    }

    /// Whether an item cites a source that could not be found, which has been said.
    pub(super) fn cites_the_lost(&self, clauses: &Clauses<'_>) -> bool {
        let mut said = self.diagnostics.iter().filter_map(Diagnostic::span);
        said.any(|span| clauses.sources.contains(&span))
    }

    /// Resolves citations, one for each provision.
    pub(super) fn citations(&mut self, written: &[tree::Citation]) -> Vec<Citation> {
        let mut citations = Vec::new();
        for citation in written {
            // A line may be read for its item and for itself: what is lost is told once.
            let place = Some(citation.source.span);
            if self.diagnostics.iter().any(|told| told.span() == place) {
                continue;
            }
            let Some(source) = self.source(&citation.source) else { continue };
            let Some(law) = self.source_of(source) else { continue };
            if citation.provisions.is_empty() {
                let (label, url) = (law.0.clone(), address(&law.1, None));
                let provision = String::new();
                citations.push(Citation::new(Cited { source, provision, label, url }));
            }
            for provision in &citation.provisions {
                if let Some(unit) = unknown_unit(&provision.node) {
                    self.diagnostics.push(errors::bad_citation(provision.span, unit));
                }
                let written = provision.node.as_seen();
                let label = format!("{}, {written}", law.0);
                let url = address(&law.1, Some(&provision.node));
                citations.push(Citation::new(Cited { source, provision: written, label, url }));
            }
        }
        citations
    }

    /// A line's citations, or the item's where the line has none.
    pub(super) fn cited(&mut self, line: &Line, clauses: &Clauses<'_>) -> Vec<Citation> {
        let own = self.citations(&line.citations);
        let cited = if own.is_empty() { clauses.citations.clone() } else { own };
        if cited.is_empty() && line.citations.is_empty() {
            self.diagnostics.push(errors::no_citation(called(&line.clause.node), line.clause.span));
        }
        cited
    }

    /// The tests among an item's clauses of a keyword.
    pub(super) fn tests(&mut self, clauses: &Clauses<'_>, keywords: &[Conditional]) -> Vec<Test> {
        let mut tests = Vec::new();
        for entry in &clauses.entries {
            let Clause::Condition(keyword, condition, guard) = &entry.line.clause.node else {
                continue;
            };
            if !keywords.contains(keyword) {
                continue;
            }
            let citations = self.cited(entry.line, clauses);
            let condition = self.condition(condition);
            let guard = guard.as_ref().map(|guard| self.condition(guard));
            let (Some(condition), Some(guard)) =
                (condition, guard.map_or(Some(None), |guard| guard.map(Some)))
            else {
                continue;
            };
            let is_bar = *keyword == Conditional::BarredWhen;
            let condition =
                if is_bar { super::super::Condition::Not(Box::new(condition)) } else { condition };
            tests.push(Test {
                condition,
                guard,
                says: entry.says.clone(),
                otherwise: entry.otherwise.clone(),
                doubts: entry.doubts.clone(),
                in_force: period(entry.line),
                citations,
                pack: self.pack,
                span: entry.line.clause.span,
            });
        }
        tests
    }
}

impl Clauses<'_> {
    /// Whether a condition was written, whether or not it could be understood.
    pub(super) fn has_condition(&self) -> bool {
        self.entries.iter().any(|entry| matches!(entry.line.clause.node, Clause::Condition(..)))
    }

    /// The words of a keyword, where only one can hold; a second is joined to the first.
    pub(super) fn words(&self, wanted: Words) -> Option<String> {
        let all: Vec<String> =
            self.all_words(wanted).into_iter().map(|words| words.words).collect();
        (!all.is_empty()).then(|| all.join(" "))
    }

    /// All words of a keyword, with their periods.
    pub(super) fn all_words(&self, wanted: Words) -> Vec<DatedWords> {
        let words = self.entries.iter().filter_map(|entry| {
            let Clause::Words(words, text) = &entry.line.clause.node else { return None };
            let dated = || DatedWords { words: text.node.clone(), in_force: period(entry.line) };
            (*words == wanted).then(dated)
        });
        words.collect()
    }

    /// The names of a keyword.
    pub(super) fn names(&self, wanted: Names) -> Vec<Word> {
        let names = self.entries.iter().filter_map(|entry| {
            let Clause::Names(keyword, names) = &entry.line.clause.node else { return None };
            (*keyword == wanted).then(|| names.clone())
        });
        names.flatten().collect()
    }
}

/// The period at the end of a line.
pub(super) fn period(line: &Line) -> InForce {
    line.in_force.as_ref().map_or(InForce::ALWAYS, |period| period.node)
}

fn add_words(entry: &mut Entry<'_>, words: Words, text: &Word) {
    if words == Words::Doubt {
        entry.doubts.push(Doubt { words: text.node.clone() });
    } else if words == Words::Says {
        entry.says = Some(text.node.clone());
    } else {
        entry.otherwise = Some(text.node.clone());
    }
}

/// The units in which provisions are counted.
const UNITS: [&str; 27] = [
    "s",
    "ss",
    "section",
    "sections",
    "sch",
    "schs",
    "schedule",
    "para",
    "paras",
    "paragraph",
    "reg",
    "regs",
    "regulation",
    "art",
    "arts",
    "article",
    "row",
    "rows",
    "part",
    "chapter",
    "annex",
    "rule",
    "rules",
    "page",
    "table",
    "note",
    "point",
];

pub(super) fn unknown_unit(provision: &Provision) -> Option<&str> {
    match provision {
        Provision::Heading(_) => None,
        Provision::Parts(parts) => {
            parts.iter().map(|part| part.unit.as_str()).find(|unit| !UNITS.contains(unit))
        }
    }
}
