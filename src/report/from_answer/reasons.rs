//! Tests, decisions, routes and models in words.

use std::collections::BTreeSet;

use crate::decide::{
    CaseFinding, DecisionFinding, Ground, Known, Missing, ModelFinding, Reads, RouteFinding,
    Standing, TestFinding,
};
use crate::pack::{Case, Citation, DecisionId, Doubt, FactId, PackId, RouteId, Test};
use crate::quantity::InForce;

use super::{Telling, citations, holds};
use crate::report::wire;
use crate::report::words;

/// That tests come out so together, though each may still go either way.
fn foreseen(known: Known) -> wire::Test {
    let (says, otherwise) = match known {
        Known::Yes => (words::foreseen(Known::Yes), None),
        Known::No | Known::Unknown => {
            (words::foreseen(Known::Unknown), Some(words::foreseen(Known::No)))
        }
    };
    wire::Test {
        says: says.to_owned(),
        holds: holds(known),
        otherwise: otherwise.map(str::to_owned),
        facts: Vec::new(),
        decisions: Vec::new(),
        amounts: Vec::new(),
        missing: Vec::new(),
        citations: Vec::new(),
        doubts: Vec::new(),
    }
}

impl Telling<'_> {
    pub(super) fn test(&self, finding: &TestFinding<'_>) -> wire::Test {
        match finding.ground {
            Ground::PackInForce(pack) => self.pack_in_force(pack),
            Ground::RouteInForce(id) => {
                let route = &self.book.routes[id];
                self.life(&route.title, route.in_force, &route.citations)
            }
            Ground::Gate(test) | Ground::Test(test) => self.written_test(test, finding),
            Ground::Foreseen => foreseen(finding.holds),
        }
    }

    /// That a pack is in force at the date.
    pub(super) fn pack_in_force(&self, pack: PackId) -> wire::Test {
        let pack = &self.book.packs[pack];
        self.life(&pack.title, pack.in_force, &pack.citations)
    }

    fn life(&self, title: &str, in_force: InForce, cited: &[Citation]) -> wire::Test {
        let as_at = self.answer.as_at;
        let is_in_force = in_force.holds_on(as_at);
        let known = if is_in_force { Known::Yes } else { Known::No };
        let says = match is_in_force {
            true => words::in_force(title, in_force, as_at),
            false => format!("{title} is in force on {}.", crate::quantity::date_in_words(as_at)),
        };
        wire::Test {
            says,
            holds: holds(known),
            otherwise: (!is_in_force).then(|| words::out_of_force(title, in_force, as_at)),
            facts: Vec::new(),
            decisions: Vec::new(),
            amounts: Vec::new(),
            missing: Vec::new(),
            citations: citations(cited),
            doubts: Vec::new(),
        }
    }

    fn written_test(&self, test: &Test, finding: &TestFinding<'_>) -> wire::Test {
        let says = match finding.holds {
            Known::Yes => self.wording.test_found(test),
            Known::No | Known::Unknown => self.wording.test(test),
        };
        let otherwise = match finding.holds {
            Known::No => Some(self.wording.test_refuted(test)),
            Known::Yes | Known::Unknown => None,
        };
        wire::Test {
            says,
            holds: holds(finding.holds),
            otherwise,
            facts: self.used_facts(&finding.reads.facts),
            decisions: self.used_decisions(&finding.reads.decisions),
            amounts: self.used_amounts(&finding.reads),
            missing: self.missing(&finding.reads.missing),
            citations: citations(test.citations.iter().chain(&finding.reads.limbs)),
            doubts: doubts(&test.doubts),
        }
    }

    fn used_facts(&self, facts: &BTreeSet<FactId>) -> Vec<wire::UsedFact> {
        let facts = facts.iter().map(|id| {
            let fact = &self.book.facts[*id];
            let value = self.answer.facts.get(*id).map(|value| words::value(&fact.kind, value));
            wire::UsedFact { fact: fact.name.clone(), title: fact.title.clone(), value }
        });
        facts.collect()
    }

    fn used_decisions(&self, decisions: &BTreeSet<DecisionId>) -> Vec<wire::UsedDecision> {
        let decisions = decisions.iter().map(|id| {
            let decision = &self.book.decisions[*id];
            let found = self.answer.decisions.iter().find(|finding| finding.decision == *id);
            let outcome = match found.map(|finding| finding.possible.as_slice()) {
                Some([only]) => decision.outcomes.get(*only).map(|outcome| outcome.title.clone()),
                Some(_) | None => None,
            };
            let (name, title) = (decision.name.clone(), decision.title.clone());
            wire::UsedDecision { decision: name, title, outcome }
        });
        decisions.collect()
    }

    fn used_amounts(&self, reads: &Reads) -> Vec<wire::UsedAmount> {
        let amounts = reads.amounts.iter().map(|(id, figures)| {
            let amount = &self.book.amounts[*id];
            let value = self.wording.figures_said(*id, figures);
            wire::UsedAmount { amount: amount.name.clone(), title: amount.title.clone(), value }
        });
        amounts.collect()
    }

    pub(super) fn decisions(&self) -> Vec<wire::Decision> {
        self.answer.decisions.iter().map(|finding| self.decision(finding)).collect()
    }

    fn decision(&self, finding: &DecisionFinding) -> wire::Decision {
        let decision = &self.book.decisions[finding.decision];
        let outcome = |place: &usize| decision.outcomes.get(*place);
        let settled = match finding.possible.as_slice() {
            [only] => outcome(only).map(|outcome| outcome.name.clone()),
            _ => None,
        };
        let outcomes = finding.possible.iter().filter_map(outcome).map(|outcome| wire::Outcome {
            outcome: outcome.name.clone(),
            title: outcome.title.clone(),
        });
        let tests = finding.cases.iter().filter_map(|case| {
            let rule = decision.cases.get(case.case)?;
            let outcome = decision.outcomes.get(rule.outcome)?;
            Some(wire::Case { outcome: outcome.name.clone(), test: self.case(rule, case) })
        });
        wire::Decision {
            decision: decision.name.clone(),
            title: decision.title.clone(),
            outcome: settled,
            outcomes: outcomes.collect(),
            tests: tests.collect(),
            waits_for: self.fact_names(&finding.waits),
            missing: self.missing(&finding.missing),
        }
    }

    fn case(&self, case: &Case, finding: &CaseFinding) -> wire::Test {
        let says = match (&case.says, &case.condition, finding.holds) {
            (Some(says), _, _) => says.clone(),
            (None, None, _) => "In every other case.".to_owned(),
            (None, Some(condition), Known::Yes) => self.wording.sentence_found(condition),
            (None, Some(condition), Known::No | Known::Unknown) => self.wording.sentence(condition),
        };
        let otherwise = match (&case.condition, finding.holds) {
            (Some(condition), Known::No) => Some(self.wording.sentence_refuted(condition)),
            (Some(_), Known::Yes | Known::Unknown) | (None, _) => None,
        };
        wire::Test {
            says,
            holds: holds(finding.holds),
            otherwise,
            facts: self.used_facts(&finding.reads.facts),
            decisions: self.used_decisions(&finding.reads.decisions),
            amounts: self.used_amounts(&finding.reads),
            missing: self.missing(&finding.reads.missing),
            citations: citations(case.citations.iter().chain(&finding.reads.limbs)),
            doubts: doubts(&case.doubts),
        }
    }

    pub(super) fn routes(&self) -> Vec<wire::Route> {
        self.answer.routes.iter().map(|finding| self.route(finding)).collect()
    }

    fn route(&self, finding: &RouteFinding<'_>) -> wire::Route {
        let route = &self.book.routes[finding.route];
        let (waits, missing) = match finding.standing {
            Standing::Unsettled => (self.matters(&waits(finding.tests.iter())), missing(finding)),
            // What can't change a route's standing is not waited for.
            Standing::Open | Standing::Barred => (BTreeSet::new(), BTreeSet::new()),
        };
        wire::Route {
            route: route.name.clone(),
            title: route.title.clone(),
            pack: self.book.packs[route.pack].name.clone(),
            standing: standing(finding.standing),
            note: route.note.clone(),
            tests: finding.tests.iter().map(|test| self.test(test)).collect(),
            waits_for: self.fact_names(&waits),
            missing: self.missing(&missing),
        }
    }

    pub(super) fn models(&self) -> Vec<wire::Model> {
        self.answer.models.iter().map(|finding| self.model(finding)).collect()
    }

    fn model(&self, finding: &ModelFinding<'_>) -> wire::Model {
        let model = &self.book.models[finding.model];
        let carried_by = finding.carried_by.iter().map(|(id, carrier)| wire::Carrier {
            route: self.book.routes[*id].name.clone(),
            title: self.book.routes[*id].title.clone(),
            standing: standing(*carrier),
        });
        wire::Model {
            model: model.name.clone(),
            title: model.title.clone(),
            fits: holds(finding.fits),
            tests: finding.tests.iter().map(|test| self.test(test)).collect(),
            carried_by: carried_by.collect(),
            gates: finding.gates.iter().map(|test| self.test(test)).collect(),
            note: model.note.clone(),
        }
    }

    pub(super) fn candidates(&self, routes: &[RouteId]) -> Vec<wire::Candidate> {
        let routes = routes.iter().map(|id| &self.book.routes[*id]);
        let named = |route: &crate::pack::Route| wire::Candidate {
            route: route.name.clone(),
            title: route.title.clone(),
        };
        routes.map(named).collect()
    }
}

/// The unknown facts that unsettled tests wait for.
fn waits<'t>(tests: impl Iterator<Item = &'t TestFinding<'t>>) -> BTreeSet<FactId> {
    tests.flat_map(|test| test.reads.waits.iter().copied()).collect()
}

/// What a route's unsettled tests wait for that no fact can give.
pub(super) fn missing(finding: &RouteFinding<'_>) -> BTreeSet<Missing> {
    finding.tests.iter().flat_map(|test| test.reads.missing.iter().copied()).collect()
}

pub(in crate::report) const fn standing(standing: Standing) -> wire::Standing {
    match standing {
        Standing::Open => wire::Standing::Open,
        Standing::Barred => wire::Standing::Barred,
        Standing::Unsettled => wire::Standing::Unsettled,
    }
}

fn doubts(doubts: &[Doubt]) -> Vec<String> {
    doubts.iter().map(|doubt| doubt.words.clone()).collect()
}
