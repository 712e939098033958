//! What a clause is called, where it stands, what it says and where it turns.

use crate::pack::{ClauseOf, ClausePart, ClauseRef, Condition, Rulebook, comparisons_in};
use crate::prove::{Covered, Edge, Stand as Side};
use crate::quantity::date_in_words;
use crate::report::words::{Wording, capital, stopped, test_in_words};
use crate::source::Sources;
use crate::syntax::tree::in_force_as_written;

/// The rules with the text they were read from.
#[derive(Clone, Copy)]
pub(in crate::report) struct Named<'a> {
    book: &'a Rulebook,
    sources: &'a Sources,
}

impl<'a> Named<'a> {
    pub(in crate::report) const fn new(book: &'a Rulebook, sources: &'a Sources) -> Self {
        Self { book, sources }
    }

    /// The file and line of a clause: `town/pack.way:17`.
    pub(in crate::report) fn place(&self, covered: &Covered) -> String {
        let (file, line) = self.file_and_line(covered);
        format!("{file}:{line}")
    }

    pub(super) fn file_and_line(&self, covered: &Covered) -> (&'a str, usize) {
        let source = self.sources.get(covered.span.file);
        source
            .map_or(("", 0), |source| (source.path(), source.line_and_column(covered.span.start).0))
    }

    /// The thing that a clause belongs to: `route quotes`.
    pub(in crate::report) fn called(&self, covered: &Covered) -> String {
        let name = self.book.called(covered.id.of).0;
        match covered.id.of {
            ClauseOf::Pack(_) => format!("pack {name}"),
            ClauseOf::Decision(id) => match self.outcome(covered.id) {
                Some(outcome) => {
                    format!("decision {}, case {outcome}", self.book.decisions[id].name)
                }
                None => format!("decision {name}"),
            },
            ClauseOf::Route(_) => format!("route {name}"),
            ClauseOf::Model(_) => format!("model {name}"),
            ClauseOf::Gates(_) => format!("model {name}, design gate"),
            ClauseOf::Document(_) => format!("document {name}"),
            ClauseOf::Due(_) => format!("document {name}, due rule"),
            ClauseOf::Period(_) => format!("period {name}"),
            ClauseOf::Lengths(_) => format!("period {name}, length"),
            ClauseOf::Preference(_) => "preference".to_owned(),
        }
    }

    /// The outcome of a case.
    pub(in crate::report) fn outcome(&self, id: ClauseRef) -> Option<&'a str> {
        let (ClauseOf::Decision(decision), ClausePart::Condition(place)) = (id.of, id.part) else {
            return None;
        };
        let decision = &self.book.decisions[decision];
        let outcome = decision.outcomes.get(decision.cases.get(place)?.outcome)?;
        Some(&outcome.name)
    }

    /// What a clause says, as a sentence.
    pub(in crate::report) fn says(&self, covered: &Covered) -> String {
        let wording = Wording::of_rules(self.book);
        let (condition, says) = self.written(covered.id);
        match (covered.id.part, self.book.test_of(covered.id), condition, says) {
            (ClausePart::Life, ..) => self.life(covered.id),
            (ClausePart::Guard(_), _, Some(guard), _) => {
                format!("Asked only if {}", stopped(&wording.inside(guard)))
            }
            (_, Some(test), _, _) => test_in_words(self.book, test),
            (_, None, _, Some(says)) => says.to_owned(),
            (_, None, Some(condition), None) => wording.sentence(condition),
            (_, None, None, None) => "In every other case.".to_owned(),
        }
    }

    fn life(&self, id: ClauseRef) -> String {
        let rows = self.book.clauses();
        let life =
            rows.iter().find(|row| row.id == id).map(|row| in_force_as_written(row.in_force));
        format!("In force {}.", life.unwrap_or_default())
    }

    /// A clause's condition, and its author's sentence where there is one.
    pub(in crate::report) fn written(
        &self,
        id: ClauseRef,
    ) -> (Option<&'a Condition>, Option<&'a str>) {
        let (ClausePart::Condition(place) | ClausePart::Guard(place)) = id.part else {
            return (None, None);
        };
        match id.of {
            ClauseOf::Decision(decision) => {
                let case = self.book.decisions[decision].cases.get(place);
                let says = case.and_then(|case| case.says.as_deref());
                (case.and_then(|case| case.condition.as_ref()), says)
            }
            ClauseOf::Due(document) => {
                let due = self.book.documents[document].due.get(place);
                (due.and_then(|due| due.condition.as_ref()), None)
            }
            ClauseOf::Lengths(period) => {
                let length = self.book.periods[period].lengths.get(place);
                (length.and_then(|length| length.condition.as_ref()), None)
            }
            ClauseOf::Pack(_)
            | ClauseOf::Route(_)
            | ClauseOf::Model(_)
            | ClauseOf::Gates(_)
            | ClauseOf::Document(_)
            | ClauseOf::Period(_)
            | ClauseOf::Preference(_) => {
                let test = self.book.test_of(id);
                let says = test.and_then(|test| test.says.as_deref());
                let condition = test.and_then(|test| match id.part {
                    ClausePart::Guard(_) => test.guard.as_ref(),
                    ClausePart::Life | ClausePart::Condition(_) => Some(&test.condition),
                });
                (condition, says)
            }
        }
    }

    /// Where a scenario stands on a side of a boundary of a clause.
    pub(in crate::report) fn edge(&self, id: ClauseRef, edge: &Edge, side: Side) -> String {
        match edge {
            Edge::Comparison(place, rows) => {
                let comparisons = self.written(id).0.map(comparisons_in).unwrap_or_default();
                let wording = Wording::of_rules(self.book);
                let comparison = comparisons.get(*place);
                let words = comparison.map(|comparison| wording.boundary(comparison, rows, side));
                capital(&words.unwrap_or_default())
            }
            Edge::Begins(day) => match (side, day.yesterday()) {
                (Side::JustUnder, Ok(before)) => {
                    format!("The day before it is in force, {}", date_in_words(before))
                }
                _ => format!("The first day on which it is in force, {}", date_in_words(*day)),
            },
            Edge::Ends(day) => match (side, day.yesterday()) {
                (Side::JustUnder, Ok(last)) => {
                    format!("The last day on which it is in force, {}", date_in_words(last))
                }
                _ => format!("The first day on which it no longer is, {}", date_in_words(*day)),
            },
        }
    }
}
