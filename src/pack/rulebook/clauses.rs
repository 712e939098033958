//! Every clause that can hold or fail, or that begins or ends on a day, with what names it.

use super::super::citation::Citation;
use super::super::condition::Condition;
use super::super::table::{
    DecisionId, DocumentId, ModelId, PackId, PeriodId, PreferenceId, RouteId,
};
use super::{Rulebook, Test};
use crate::quantity::InForce;
use crate::source::Span;

/// A clause by what it belongs to and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClauseRef {
    /// What it belongs to.
    pub of: ClauseOf,
    /// Which of its clauses.
    pub part: ClausePart,
}

/// What a clause belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClauseOf {
    /// A pack: its gate.
    Pack(PackId),
    /// The cases of a decision.
    Decision(DecisionId),
    /// The tests of a route.
    Route(RouteId),
    /// The tests of a model.
    Model(ModelId),
    /// The design gates of a model.
    Gates(ModelId),
    /// The conditions of a document.
    Document(DocumentId),
    /// The due rules of a document.
    Due(DocumentId),
    /// The conditions of a period.
    Period(PeriodId),
    /// The lengths of a period.
    Lengths(PeriodId),
    /// The conditions of a preference.
    Preference(PreferenceId),
}

/// Which clause of a thing: its place is counted from nought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClausePart {
    /// The time in which the whole thing is in force.
    Life,
    /// A test, case, due rule or length.
    Condition(usize),
    /// What says when a test is asked at all.
    Guard(usize),
}

/// A clause as it is written.
#[derive(Clone, Copy, Debug)]
pub struct ClauseRow<'b> {
    /// What names it.
    pub id: ClauseRef,
    /// The pack that wrote it: a layer's, where a layer narrowed a route.
    pub pack: PackId,
    /// Where it is written.
    pub span: Span,
    /// When it is in force.
    pub in_force: InForce,
    /// What it says; `None` for a life, for `otherwise`, and where nothing is asked.
    pub condition: Option<&'b Condition>,
    /// Its citations.
    pub citations: &'b [Citation],
}

impl ClauseOf {
    /// Whether its clauses are tried in turn, up to the first that holds.
    #[must_use]
    pub const fn is_tried_in_turn(self) -> bool {
        match self {
            Self::Decision(_) | Self::Due(_) | Self::Lengths(_) => true,
            Self::Pack(_)
            | Self::Route(_)
            | Self::Model(_)
            | Self::Gates(_)
            | Self::Document(_)
            | Self::Period(_)
            | Self::Preference(_) => false,
        }
    }
}

impl Rulebook {
    /// Every clause, in the order of kinds, ids and places.
    #[must_use]
    pub fn clauses(&self) -> Vec<ClauseRow<'_>> {
        let mut rows = Rows(Vec::new());
        for (id, pack) in self.packs.iter() {
            let of = ClauseOf::Pack(id);
            rows.life(of, id, pack.span, pack.in_force, &pack.citations);
            rows.tests(of, pack.gate.as_slice());
        }
        self.cases(&mut rows);
        for (id, route) in self.routes.iter() {
            let of = ClauseOf::Route(id);
            rows.life(of, route.pack, route.span, route.in_force, &route.citations);
            rows.tests(of, &route.tests);
        }
        for (id, model) in self.models.iter() {
            let of = ClauseOf::Model(id);
            rows.life(of, model.pack, model.span, model.in_force, &model.citations);
            rows.tests(of, &model.tests);
            rows.tests(ClauseOf::Gates(id), &model.gates);
        }
        self.papers(&mut rows);
        for (id, preference) in self.preferences.iter() {
            let (of, life) = (ClauseOf::Preference(id), preference.in_force);
            rows.life(of, preference.pack, preference.span, life, &preference.citations);
            rows.tests(of, &preference.tests);
        }
        rows.0
    }

    /// What a clause's thing is called and titled; a preference has no name, and is titled by its
    /// reason.
    #[must_use]
    pub fn called(&self, of: ClauseOf) -> (&str, &str) {
        match of {
            ClauseOf::Pack(id) => (&self.packs[id].name, &self.packs[id].title),
            ClauseOf::Decision(id) => (&self.decisions[id].name, &self.decisions[id].title),
            ClauseOf::Route(id) => (&self.routes[id].name, &self.routes[id].title),
            ClauseOf::Model(id) | ClauseOf::Gates(id) => {
                (&self.models[id].name, &self.models[id].title)
            }
            ClauseOf::Document(id) | ClauseOf::Due(id) => {
                (&self.documents[id].name, &self.documents[id].title)
            }
            ClauseOf::Period(id) | ClauseOf::Lengths(id) => {
                (&self.periods[id].name, &self.periods[id].title)
            }
            ClauseOf::Preference(id) => ("", &self.preferences[id].because),
        }
    }

    /// A test of a thing, where its clauses are tests.
    #[must_use]
    pub fn test_of(&self, clause: ClauseRef) -> Option<&Test> {
        let (ClausePart::Condition(place) | ClausePart::Guard(place)) = clause.part else {
            return None;
        };
        let tests: &[Test] = match clause.of {
            ClauseOf::Pack(id) => self.packs[id].gate.as_slice(),
            ClauseOf::Route(id) => &self.routes[id].tests,
            ClauseOf::Model(id) => &self.models[id].tests,
            ClauseOf::Gates(id) => &self.models[id].gates,
            ClauseOf::Document(id) => &self.documents[id].tests,
            ClauseOf::Period(id) => &self.periods[id].tests,
            ClauseOf::Preference(id) => &self.preferences[id].tests,
            ClauseOf::Decision(_) | ClauseOf::Due(_) | ClauseOf::Lengths(_) => return None,
        };
        tests.get(place)
    }

    fn cases<'b>(&'b self, rows: &mut Rows<'b>) {
        for (id, decision) in self.decisions.iter() {
            for (place, case) in decision.cases.iter().enumerate() {
                rows.0.push(ClauseRow {
                    id: ClauseRef {
                        of: ClauseOf::Decision(id),
                        part: ClausePart::Condition(place),
                    },
                    pack: decision.pack,
                    span: case.span,
                    in_force: case.in_force,
                    condition: case.condition.as_ref(),
                    citations: &case.citations,
                });
            }
        }
    }

    fn papers<'b>(&'b self, rows: &mut Rows<'b>) {
        for (id, document) in self.documents.iter() {
            let of = ClauseOf::Document(id);
            rows.life(of, document.pack, document.span, document.in_force, &document.citations);
            rows.tests(of, &document.tests);
            for (place, due) in document.due.iter().enumerate() {
                rows.0.push(ClauseRow {
                    id: ClauseRef { of: ClauseOf::Due(id), part: ClausePart::Condition(place) },
                    pack: document.pack,
                    span: due.span,
                    in_force: due.in_force,
                    condition: due.condition.as_ref(),
                    citations: &due.citations,
                });
            }
        }
        for (id, period) in self.periods.iter() {
            let of = ClauseOf::Period(id);
            rows.life(of, period.pack, period.span, period.in_force, &period.citations);
            rows.tests(of, &period.tests);
            for (place, length) in period.lengths.iter().enumerate() {
                rows.0.push(ClauseRow {
                    id: ClauseRef { of: ClauseOf::Lengths(id), part: ClausePart::Condition(place) },
                    pack: period.pack,
                    span: length.span,
                    in_force: length.in_force,
                    condition: length.condition.as_ref(),
                    citations: &length.citations,
                });
            }
        }
    }
}

/// The clauses so far.
struct Rows<'b>(Vec<ClauseRow<'b>>);

impl<'b> Rows<'b> {
    /// The life of a thing that has not always been in force.
    fn life(
        &mut self,
        of: ClauseOf,
        pack: PackId,
        span: Span,
        in_force: InForce,
        citations: &'b [Citation],
    ) {
        if in_force != InForce::ALWAYS {
            let id = ClauseRef { of, part: ClausePart::Life };
            self.0.push(ClauseRow { id, pack, span, in_force, condition: None, citations });
        }
    }

    fn tests(&mut self, of: ClauseOf, tests: &'b [Test]) {
        for (place, test) in tests.iter().enumerate() {
            let parts = [
                (ClausePart::Guard(place), test.guard.as_ref()),
                (ClausePart::Condition(place), Some(&test.condition)),
            ];
            for (part, condition) in parts.into_iter().filter(|(_, part)| part.is_some()) {
                self.0.push(ClauseRow {
                    id: ClauseRef { of, part },
                    pack: test.pack,
                    span: test.span,
                    in_force: test.in_force,
                    condition,
                    citations: &test.citations,
                });
            }
        }
    }
}
