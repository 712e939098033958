//! What to do, and why, in words.

use std::collections::BTreeSet;

use crate::decide::{Ground, Known, Missing, Recommendation, Standing, TestFinding, Undecided};
use crate::pack::{FactId, ModelId, PreferenceId, RouteId};
use crate::quantity::date_in_words;

use super::reasons::missing;
use super::{Telling, citations};
use crate::report::wire::{self, UndecidedKind};
use crate::report::{from_standings, words};

impl Telling<'_> {
    pub(super) fn recommendation(&self) -> wire::Recommendation {
        match &self.answer.recommendation {
            Recommendation::Take { route, model, ahead_of } => self.take(*route, *model, ahead_of),
            Recommendation::Undecided(undecided) => {
                wire::Recommendation::Undecided { undecided: self.undecided(undecided) }
            }
        }
    }

    fn take(
        &self,
        id: RouteId,
        model: Option<ModelId>,
        ahead_of: &[(RouteId, PreferenceId)],
    ) -> wire::Recommendation {
        let route = &self.book.routes[id];
        let mut because = self.grounds(id);
        let mut behind = Vec::new();
        for (other, preference) in ahead_of {
            let (other, preference) =
                (&self.book.routes[*other], &self.book.preferences[*preference]);
            let citations = citations(&preference.citations);
            if !because.iter().any(|reason| reason.says == preference.because) {
                let says = preference.because.clone();
                because.push(wire::Because { says, citations: citations.clone() });
            }
            behind.push(wire::Behind {
                route: other.name.clone(),
                title: other.title.clone(),
                because: preference.because.clone(),
                citations,
            });
        }
        wire::Recommendation::Take {
            route: route.name.clone(),
            title: route.title.clone(),
            model: model.map(|model| self.book.models[model].name.clone()),
            model_title: model.map(|model| self.book.models[model].title.clone()),
            because,
            ahead_of: behind,
        }
    }

    /// What makes a route lawful: its own tests, or else its pack's, or else that it is in force.
    fn grounds(&self, route: RouteId) -> Vec<wire::Because> {
        let finding = self.answer.routes.iter().find(|finding| finding.route == route);
        let met = finding.iter().flat_map(|finding| finding.tests.iter());
        let met: Vec<&TestFinding<'_>> = met.filter(|test| test.holds == Known::Yes).collect();
        let depth_max = met.iter().map(|test| depth(test.ground)).max().unwrap_or(0);
        let deepest = met.into_iter().filter(|test| depth(test.ground) == depth_max);
        let deepest = deepest.filter(|test| match test.ground {
            Ground::Gate(written) | Ground::Test(written) => !self.wording.is_idle(written),
            Ground::PackInForce(_) | Ground::RouteInForce(_) | Ground::Foreseen => true,
        });
        let reasons = deepest.map(|test| {
            let wire::Test { says, citations, .. } = self.test(test);
            wire::Because { says, citations }
        });
        reasons.collect()
    }

    fn undecided(&self, undecided: &Undecided) -> wire::Undecided {
        let kind = from_standings::kind(undecided);
        let (routes, waits): (&[RouteId], BTreeSet<FactId>) = match undecided {
            Undecided::NoRules | Undecided::NoneLawful => (&[], BTreeSet::new()),
            Undecided::Tie(routes) => (routes, BTreeSet::new()),
            Undecided::Waits(routes, waits) => (routes, self.matters(waits)),
        };
        let missing = match undecided {
            Undecided::Waits(..) => self.missing(&self.missing_for(routes)),
            Undecided::NoRules | Undecided::NoneLawful | Undecided::Tie(_) => Vec::new(),
        };
        wire::Undecided {
            why: self.why(kind, &waits, &missing),
            kind,
            between: self.candidates(routes),
            waits_for: self.fact_names(&waits),
            missing,
        }
    }

    /// What the unsettled of these routes wait for that no fact can give.
    fn missing_for(&self, routes: &[RouteId]) -> BTreeSet<Missing> {
        let findings = self.answer.routes.iter().filter(|found| routes.contains(&found.route));
        let unsettled = findings.filter(|found| found.standing == Standing::Unsettled);
        unsettled.flat_map(missing).collect()
    }

    fn why(
        &self,
        kind: UndecidedKind,
        waits: &BTreeSet<FactId>,
        missing: &[wire::Missing],
    ) -> String {
        let as_at = date_in_words(self.answer.as_at);
        let has_law = self.answer.packs.iter().any(|pack| pack.is_in_force && pack.gate.is_some());
        match kind {
            UndecidedKind::NoRules if has_law => {
                format!("None of the rules held here govern this commission on {as_at}.")
            }
            UndecidedKind::NoRules => format!("There are no rules here for {as_at}."),
            UndecidedKind::NoneLawful => {
                "No route is lawful on these facts: something stands in the way of each.".to_owned()
            }
            UndecidedKind::Tie => {
                "Several routes are lawful and no rule prefers one of them: choose.".to_owned()
            }
            UndecidedKind::Waits if waits.is_empty() && !missing.is_empty() => {
                let missing: Vec<String> = missing.iter().map(|one| one.says.clone()).collect();
                format!("Nothing can be recommended yet: it waits for {}.", words::and(&missing))
            }
            UndecidedKind::Waits if waits.is_empty() => {
                "Nothing can be recommended yet: no rule says which of these routes to prefer."
                    .to_owned()
            }
            UndecidedKind::Waits => {
                format!(
                    "Nothing can be recommended yet: it depends on {}.",
                    self.facts_waited_for(waits)
                )
            }
        }
    }

    /// The titles of the facts waited for, the most useful first.
    fn facts_waited_for(&self, waits: &BTreeSet<FactId>) -> String {
        let asked = self.asked().iter().map(|question| question.fact);
        let useful: Vec<FactId> = asked.filter(|fact| waits.contains(fact)).collect();
        let rest = waits.iter().copied().filter(|fact| !useful.contains(fact));
        let facts = useful.iter().copied().chain(rest);
        words::a_few_facts(&facts.map(|fact| self.quoted(fact)).collect::<Vec<_>>())
    }

    pub(super) fn quoted(&self, fact: FactId) -> String {
        format!("“{}”", self.book.facts[fact].title)
    }
}

/// How near a test stands to the route itself: the nearest tests say most.
const fn depth(ground: Ground<'_>) -> usize {
    match ground {
        Ground::PackInForce(_) | Ground::RouteInForce(_) => 0,
        Ground::Gate(_) => 1,
        Ground::Test(_) | Ground::Foreseen => 2,
    }
}
