//! Which of the open routes to take, by the stated preferences.
//!
//! A route is recommended only when no fact still unknown could change that: it is open, nothing
//! open or unsettled may be preferred over it, and each other such route is surely behind an open
//! one.

use std::collections::BTreeSet;

use super::answer::{Known, ModelFinding, Recommendation, RouteFinding, Standing, Undecided};
use super::evaluation::Evaluation;
use crate::pack::{Candidate, FactId, ModelId, Preference, PreferenceId, RouteId};

/// The preferences of the packs that apply or may, each with whether it holds.
pub(super) struct Ranking {
    rows: Vec<Ranked>,
}

/// One preference, with its result.
pub(super) struct Ranked {
    preference: PreferenceId,
    above: Vec<Candidate>,
    below: Vec<Candidate>,
    holds: Known,
    waits: BTreeSet<FactId>,
}

/// Evaluates every preference that is in force; those that speak of a route do so of those they
/// rank first.
pub(super) fn ranking(evaluation: &Evaluation<'_>, routes: &[RouteFinding<'_>]) -> Ranking {
    let mut rows = Vec::new();
    for (id, preference) in evaluation.book().preferences.iter() {
        let Some((above, below)) = ranked(preference, routes) else { continue };
        let Some((holds, waits)) = holds(evaluation, id) else { continue };
        if holds != Known::No {
            rows.push(Ranked { preference: id, above, below, holds, waits });
        }
    }
    Ranking { rows }
}

/// Whether a preference that is in force holds, and what that waits for.
pub(super) fn holds(
    evaluation: &Evaluation<'_>,
    id: PreferenceId,
) -> Option<(Known, BTreeSet<FactId>)> {
    let preference = &evaluation.book().preferences[id];
    let is_out = evaluation.are_out_of_force(&preference.tests);
    if is_out || !evaluation.is_in_force(preference.in_force) {
        return None;
    }
    let mut holds = evaluation.applies(preference.pack);
    let mut waits = evaluation.gate_waits(preference.pack).facts;
    for test in evaluation.tests(preference.pack, &preference.tests) {
        holds = both(holds, test.holds);
        waits.extend(test.reads.waits);
    }
    let holds = holds.or_foreseen(evaluation.foreseen(), |by| by.preference(id));
    Some((holds, waits))
}

/// What a preference ranks above what, of that which is not barred; `None` where it ranks nothing.
pub(super) fn ranked(
    preference: &Preference,
    routes: &[RouteFinding<'_>],
) -> Option<(Vec<Candidate>, Vec<Candidate>)> {
    let is_candidate = |candidate: &Candidate| match candidate {
        Candidate::Route(route) => is_open_or_unsettled(routes, *route),
        Candidate::Model(_) => true,
    };
    let above: Vec<Candidate> = preference.above.iter().copied().filter(is_candidate).collect();
    let below: Vec<Candidate> = preference.below.iter().copied().filter(is_candidate).collect();
    (!above.is_empty() && !below.is_empty()).then_some((above, below))
}

fn both(a: Known, b: Known) -> Known {
    match (a, b) {
        (Known::No, _) | (_, Known::No) => Known::No,
        (Known::Yes, Known::Yes) => Known::Yes,
        _ => Known::Unknown,
    }
}

fn is_open_or_unsettled(routes: &[RouteFinding<'_>], route: RouteId) -> bool {
    routes.iter().any(|finding| finding.route == route && finding.standing != Standing::Barred)
}

impl Ranking {
    /// The preferences that put one candidate before another.
    fn between(&self, above: Candidate, below: Candidate) -> impl Iterator<Item = &Ranked> {
        self.rows.iter().filter(move |row| row.above.contains(&above) && row.below.contains(&below))
    }

    fn surely(&self, above: Candidate, below: Candidate) -> Option<PreferenceId> {
        self.between(above, below).find(|row| row.holds == Known::Yes).map(|row| row.preference)
    }

    fn possibly(&self, above: Candidate, below: Candidate) -> bool {
        self.between(above, below).next().is_some()
    }

    /// What undecided preferences wait for.
    pub(super) fn waits(&self) -> impl Iterator<Item = &BTreeSet<FactId>> {
        self.rows.iter().filter(|row| row.holds == Known::Unknown).map(|row| &row.waits)
    }

    /// The one of `sure` that comes out first whatever the rest of `all` turn out to be, with the
    /// preference that puts each other behind.
    fn first(
        &self,
        sure: &[Candidate],
        all: &[Candidate],
    ) -> Option<(Candidate, Vec<(Candidate, PreferenceId)>)> {
        let behind = |candidate: Candidate| {
            let above = sure.iter().filter(|above| **above != candidate);
            above.filter_map(|above| self.surely(*above, candidate)).next()
        };
        for first in sure {
            let others = || all.iter().copied().filter(|other| other != first);
            if others().any(|other| self.possibly(other, *first)) {
                continue;
            }
            let mut ahead_of = Vec::new();
            for other in others() {
                let reason = self.surely(*first, other).or_else(|| behind(other));
                ahead_of.extend(reason.map(|reason| (other, reason)));
            }
            if ahead_of.len() == others().count() {
                return Some((*first, ahead_of));
            }
        }
        None
    }

    /// The candidates that no sure one is surely before.
    fn left(&self, sure: &[Candidate], all: &[Candidate]) -> Vec<Candidate> {
        let is_left = |candidate: &Candidate| {
            !sure
                .iter()
                .any(|above| above != candidate && self.surely(*above, *candidate).is_some())
        };
        let left: Vec<Candidate> = all.iter().copied().filter(is_left).collect();
        // Preferences that hold in a circle rank nothing.
        if left.is_empty() { all.to_vec() } else { left }
    }
}

/// Chooses, or says why it can't.
pub(super) fn recommend(
    evaluation: &Evaluation<'_>,
    routes: &[RouteFinding<'_>],
    models: &[ModelFinding<'_>],
    ranking: &Ranking,
) -> Recommendation {
    let of = |wanted: &[Standing]| -> Vec<Candidate> {
        let found = routes.iter().filter(|finding| wanted.contains(&finding.standing));
        found.map(|finding| Candidate::Route(finding.route)).collect()
    };
    let open = of(&[Standing::Open]);
    let all = of(&[Standing::Open, Standing::Unsettled]);
    if all.is_empty() {
        let undecided =
            if has_rules(evaluation) { Undecided::NoneLawful } else { Undecided::NoRules };
        return Recommendation::Undecided(undecided);
    }
    if let Some((Candidate::Route(route), ahead_of)) = ranking.first(&open, &all) {
        let model = model(models, ranking, route);
        let ahead_of =
            ahead_of.into_iter().filter_map(|(other, reason)| Some((route_of(other)?, reason)));
        return Recommendation::Take { route, model, ahead_of: ahead_of.collect() };
    }
    if let Some(unbeaten) = evaluation.foreseen().and_then(|by| by.unbeaten()) {
        return foreseen(&unbeaten, models, ranking);
    }
    let left = ranking.left(&open, &all);
    let left: Vec<RouteId> = left.into_iter().filter_map(route_of).collect();
    let mut waits = BTreeSet::new();
    for finding in routes.iter().filter(|finding| left.contains(&finding.route)) {
        if finding.standing == Standing::Unsettled {
            waits.extend(finding.tests.iter().flat_map(|test| &test.reads.waits));
        }
    }
    for row in ranking.rows.iter().filter(|row| row.holds == Known::Unknown) {
        waits.extend(&row.waits);
    }
    if open.len() == all.len() && ranking.rows.iter().all(|row| row.holds == Known::Yes) {
        return Recommendation::Undecided(Undecided::Tie(left));
    }
    Recommendation::Undecided(Undecided::Waits(left, waits))
}

/// What is recommended where no unknown fact can change which routes come out unbeaten.
fn foreseen(
    unbeaten: &[RouteId],
    models: &[ModelFinding<'_>],
    ranking: &Ranking,
) -> Recommendation {
    match unbeaten {
        [route] => {
            let model = model(models, ranking, *route);
            Recommendation::Take { route: *route, model, ahead_of: Vec::new() }
        }
        tied => Recommendation::Undecided(Undecided::Tie(tied.to_vec())),
    }
}

/// Whether some pack that says to whom it applies applies, or none says so.
fn has_rules(evaluation: &Evaluation<'_>) -> bool {
    let in_force = || evaluation.packs().iter().filter(|pack| pack.is_in_force);
    let has_gates = in_force().any(|pack| pack.gate.is_some());
    let applies =
        || in_force().filter_map(|pack| pack.gate.as_ref()).any(|gate| gate.holds != Known::No);
    in_force().next().is_some() && (!has_gates || applies())
}

fn route_of(candidate: Candidate) -> Option<RouteId> {
    match candidate {
        Candidate::Route(route) => Some(route),
        Candidate::Model(_) => None,
    }
}

/// The model to name with a route: the one that fits and comes first among those it can carry.
fn model(models: &[ModelFinding<'_>], ranking: &Ranking, route: RouteId) -> Option<ModelId> {
    let carried =
        models.iter().filter(|model| model.carried_by.iter().any(|(carrier, _)| *carrier == route));
    let carried: Vec<&ModelFinding<'_>> = carried.filter(|model| model.fits != Known::No).collect();
    let of = |models: &mut dyn Iterator<Item = &&ModelFinding<'_>>| -> Vec<Candidate> {
        models.map(|model| Candidate::Model(model.model)).collect()
    };
    let sure = of(&mut carried.iter().filter(|model| model.fits == Known::Yes));
    let all = of(&mut carried.iter());
    match ranking.first(&sure, &all)?.0 {
        Candidate::Model(model) => Some(model),
        Candidate::Route(_) => None,
    }
}

/// The routes that the rest of the answer is about: the one recommended, or those still in play.
pub(super) fn candidates(recommendation: &Recommendation) -> Vec<RouteId> {
    match recommendation {
        Recommendation::Take { route, .. } => vec![*route],
        Recommendation::Undecided(Undecided::Tie(routes) | Undecided::Waits(routes, _)) => {
            routes.clone()
        }
        Recommendation::Undecided(Undecided::NoRules | Undecided::NoneLawful) => Vec::new(),
    }
}
