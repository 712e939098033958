//! What each claim of the prover says of one commission, by the naive evaluator.

use std::collections::BTreeSet;

use clearway::facts::Facts;
use clearway::pack::{
    Candidate, Condition, DecisionId, DocumentId, FactId, FactKind, Id, ListId, ListRows, ModelId,
    PackId, PeriodId, PreferenceId, RouteId, Rulebook, Test, Value, walk,
};
use clearway::prove::{Claim, Owner};
use clearway::quantity::{CpvCode, Date};

use super::super::naive::World;
use super::Moment;

/// What is to be seen of a commission, each thing looked at once.
pub(super) struct Seen<'w> {
    world: World<'w>,
    /// By place of their ids.
    stand: Vec<Option<bool>>,
    fit: Vec<Option<bool>>,
    rank: Vec<Option<bool>>,
}

impl<'w> Seen<'w> {
    pub(super) fn of(book: &'w Rulebook, facts: &'w Facts, moment: Moment) -> Self {
        let world = moment.world(book, facts);
        Self {
            stand: book.routes.ids().map(|route| world.stands(route)).collect(),
            fit: book.models.ids().map(|model| world.fits(model)).collect(),
            rank: book.preferences.ids().map(|preference| world.ranks(preference)).collect(),
            world,
        }
    }

    fn book(&self) -> &'w Rulebook {
        self.world.book()
    }

    fn stands(&self, route: RouteId) -> Option<bool> {
        self.stand.get(route.place()).copied().flatten()
    }

    fn fits(&self, model: ModelId) -> bool {
        self.fit.get(model.place()) == Some(&Some(true))
    }

    fn ranks(&self, preference: PreferenceId) -> bool {
        self.rank.get(preference.place()) == Some(&Some(true))
    }

    fn is_open(&self, route: RouteId) -> bool {
        self.stands(route) == Some(true)
    }

    fn is_candidate(&self, candidate: Candidate) -> bool {
        match candidate {
            Candidate::Route(route) => self.is_open(route),
            Candidate::Model(model) => self.fits(model),
        }
    }

    fn open(&self) -> impl Iterator<Item = RouteId> {
        self.book().routes.ids().filter(|route| self.is_open(*route))
    }

    /// Whether a claim about every commission fails for this one: `None` where the rules leave open
    /// whether it does. Also `None`, of nothing, for claims that are not about every commission.
    pub(super) fn breaks(&self, claim: &Claim) -> Option<bool> {
        match claim {
            Claim::Decided(decision) => {
                let pack = self.book().decisions[*decision].pack;
                match (self.world.applies(pack), self.world.outcomes(*decision).len()) {
                    (Some(false), _) | (_, 1) => Some(false),
                    (applies, _) => applies,
                }
            }
            Claim::Settled(route) => Some(self.stands(*route).is_none()),
            Claim::SomeRouteOpen(pack) => {
                let is_any_open = self.open().next().is_some();
                let are_all_barred = self.stand.iter().all(|stands| *stands == Some(false));
                match self.world.applies(*pack) {
                    Some(false) => Some(false),
                    _ if is_any_open => Some(false),
                    Some(true) if are_all_barred => Some(true),
                    _ => None,
                }
            }
            Claim::Exclusive(one, other) | Claim::OneMandatory(one, other) => {
                Some(self.is_open(*one) && self.is_open(*other))
            }
            Claim::NoDoubleBind(document) => Some(self.open().any(|route| {
                let needs = self.world.needs(*document, route) == Some(true);
                needs && self.world.forbids(*document, route)
            })),
            Claim::OneLaw(nation) => match nation {
                Some((fact, option))
                    if self.world.value(*fact) != Some(&Value::Choice(*option)) =>
                {
                    Some(false)
                }
                _ => self.has_not_one_law(),
            },
            Claim::WithinExtent(pack) => {
                let extent = &self.book().packs[*pack].extent;
                let Some(fact) = nation(self.book()) else { return Some(false) };
                let Some(Value::Choice(place)) = self.world.value(fact) else { return Some(false) };
                let options = self.book().facts[fact].kind.choices();
                let is_within = options.get(*place).is_some_and(|it| extent.contains(&it.name));
                if is_within { Some(false) } else { self.world.applies(*pack) }
            }
            Claim::NoCircle(preferences) => Some(self.circles().contains(preferences)),
            Claim::CaseCounts(..)
            | Claim::TestCounts(..)
            | Claim::RouteCounts(_)
            | Claim::ModelCounts(_)
            | Claim::DocumentCounts(_)
            | Claim::DueCounts(..)
            | Claim::LengthCounts(..)
            | Claim::PreferenceCounts(_)
            | Claim::ListWhole(_)
            | Claim::OpensNothing(..)
            | Claim::DropsNothing(..)
            | Claim::ShortensNothing(..)
            | Claim::Matters(_) => None,
        }
    }

    fn has_not_one_law(&self) -> Option<bool> {
        let laws = laws(self.book());
        let n = |wanted| laws.iter().filter(|it| self.world.applies(**it) == wanted).count();
        let named = named(self.book(), &laws);
        let is_named = named.iter().any(|(decision, outcomes)| {
            let possible = self.world.outcomes(*decision);
            !possible.is_empty() && possible.iter().all(|outcome| outcomes.contains(outcome))
        });
        let may_be_named = named.iter().any(|(decision, outcomes)| {
            self.world.outcomes(*decision).iter().any(|outcome| outcomes.contains(outcome))
        });
        match (n(Some(true)), n(None)) {
            (2.., _) => Some(true),
            (0, 0) if is_named => Some(true),
            (0, _) if may_be_named => None,
            (sure, open) if sure + open > 1 => None,
            _ => Some(false),
        }
    }

    /// The preferences of every circle in which open routes, or fitting models, are ranked.
    pub(super) fn circles(&self) -> BTreeSet<Vec<PreferenceId>> {
        let mut ranked: Vec<(Candidate, Candidate, PreferenceId)> = Vec::new();
        for (id, preference) in self.book().preferences.iter().filter(|(id, _)| self.ranks(*id)) {
            let above = preference.above.iter().filter(|above| self.is_candidate(**above));
            ranked.extend(
                above.flat_map(|above| {
                    preference.below.iter().map(move |below| (*above, *below, id))
                }),
            );
        }
        let mut circles = BTreeSet::new();
        for (start, ..) in &ranked {
            from(*start, *start, &ranked, &mut Vec::new(), &mut circles);
        }
        circles
    }

    /// Whether this commission bears out a claim that some commission does.
    pub(super) fn bears_out(&self, claim: &Claim) -> bool {
        let book = self.book();
        match claim {
            Claim::CaseCounts(decision, place) => self.is_caught(*decision, *place),
            Claim::TestCounts(owner, place) => self.fails_test(*owner, *place),
            Claim::RouteCounts(route) => self.is_open(*route),
            Claim::ModelCounts(model) => {
                let carriers = &book.models[*model].carried_by;
                self.fits(*model) && carriers.iter().any(|route| self.is_open(*route))
            }
            Claim::DocumentCounts(document) => {
                self.open().any(|route| self.world.needs(*document, route) == Some(true))
            }
            Claim::DueCounts(document, place) => self.open().any(|route| {
                let rows = book.documents[*document].due.iter();
                self.world.needs(*document, route) == Some(true)
                    && self.first(rows.map(|due| (due.in_force, &due.condition)), route)
                        == Some(*place)
            }),
            Claim::LengthCounts(period, place) => self.open().any(|route| {
                let rows = book.periods[*period].lengths.iter();
                self.world.runs(*period, route) == Some(true)
                    && self.first(rows.map(|row| (row.in_force, &row.condition)), route)
                        == Some(*place)
            }),
            Claim::PreferenceCounts(preference) => {
                let rules = &book.preferences[*preference];
                let is_any =
                    |of: &[Candidate]| of.iter().any(|candidate| self.is_candidate(*candidate));
                self.ranks(*preference) && is_any(&rules.above) && is_any(&rules.below)
            }
            Claim::Decided(_)
            | Claim::Settled(_)
            | Claim::SomeRouteOpen(_)
            | Claim::Exclusive(..)
            | Claim::OneMandatory(..)
            | Claim::NoDoubleBind(_)
            | Claim::OneLaw(_)
            | Claim::WithinExtent(_)
            | Claim::ListWhole(_)
            | Claim::OpensNothing(..)
            | Claim::DropsNothing(..)
            | Claim::ShortensNothing(..)
            | Claim::NoCircle(_)
            | Claim::Matters(_) => false,
        }
    }

    /// Whether a case is reached and may hold.
    fn is_caught(&self, decision: DecisionId, place: usize) -> bool {
        let may = |case| self.world.case(decision, case) != Some(false);
        let surely = |case| {
            self.world.case_is_law(decision, case) && self.world.case(decision, case) == Some(true)
        };
        self.world.case_is_law(decision, place) && may(place) && !(0..place).any(surely)
    }

    /// The first row in force that holds.
    fn first<'r>(
        &self,
        rows: impl Iterator<Item = (clearway::quantity::InForce, &'r Option<Condition>)>,
        route: RouteId,
    ) -> Option<usize> {
        let holds = |condition: &Option<Condition>| {
            let holds = |it: &Condition| self.world.holds(it, Some(route)) == Some(true);
            condition.as_ref().is_none_or(holds)
        };
        let mut rows = rows.enumerate();
        rows.find(|(_, (in_force, condition))| self.world.holds_now(*in_force) && holds(condition))
            .map(|(place, _)| place)
    }

    /// Whether the commission fails a test of something that is there for it.
    fn fails_test(&self, owner: Owner, place: usize) -> bool {
        let book = self.book();
        let fails = |test: Option<&Test>, route| {
            test.is_some_and(|test| self.world.passes(test, route) == Some(false))
        };
        let holds = |condition: &Condition| self.world.holds(condition, None);
        let is_there = |pack: PackId, in_force| {
            self.world.is_law(pack, in_force) && self.world.gate(pack) == Some(true)
        };
        let on_a_route = |test: Option<&Test>| self.open().any(|route| fails(test, Some(route)));
        match owner {
            // Also while the pack is not in force: a decision that hands over on its last day fails
            // its gate from then on.
            Owner::Pack(pack) => book.packs[pack].gate.as_ref().is_some_and(|gate| {
                let is_asked = gate.guard.as_ref().is_none_or(|guard| holds(guard) == Some(true));
                is_asked && holds(&gate.condition) == Some(false)
            }),
            Owner::Route(id) => {
                let route = &book.routes[id];
                is_there(route.pack, route.in_force) && fails(route.tests.get(place), None)
            }
            Owner::Model(id) => {
                let model = &book.models[id];
                is_there(model.pack, model.in_force) && fails(model.tests.get(place), None)
            }
            Owner::Document(id) => {
                let document = &book.documents[id];
                is_there(document.pack, document.in_force) && on_a_route(document.tests.get(place))
            }
            Owner::Period(id) => {
                let period = &book.periods[id];
                is_there(period.pack, period.in_force) && on_a_route(period.tests.get(place))
            }
            Owner::Preference(id) => {
                let preference = &book.preferences[id];
                is_there(preference.pack, preference.in_force)
                    && fails(preference.tests.get(place), None)
            }
        }
    }

    /// Everything in an answer that a fact could change, each yes or not.
    pub(super) fn answer(&self) -> Vec<bool> {
        let book = self.book();
        let mut answer: Vec<bool> = Vec::new();
        answer.extend(book.routes.ids().map(|route| self.is_open(route)));
        answer.extend(book.models.ids().map(|model| self.fits(model)));
        answer.extend(book.preferences.ids().map(|preference| self.ranks(preference)));
        for route in book.routes.ids() {
            answer.extend(book.documents.ids().flat_map(|document| self.paper(document, route)));
            answer.extend(book.periods.ids().flat_map(|period| self.clock(period, route)));
            for (id, model) in book.models.iter() {
                let is_carried = model.carried_by.contains(&route);
                let is_shown = is_carried && self.is_open(route) && self.fits(id);
                answer.extend(
                    model
                        .gates
                        .iter()
                        .map(|gate| is_shown && self.world.passes(gate, None) == Some(true)),
                );
            }
        }
        answer
    }

    fn paper(&self, document: DocumentId, route: RouteId) -> Vec<bool> {
        let rules = &self.book().documents[document];
        let is_needed = self.is_open(route) && self.world.needs(document, route) == Some(true);
        let due = rules.due.iter().map(|due| {
            is_needed && self.world.holds_now(due.in_force) && self.row(&due.condition, route)
        });
        let is_forbidden = self.is_open(route) && self.world.forbids(document, route);
        [is_needed, is_forbidden].into_iter().chain(due).collect()
    }

    fn clock(&self, period: PeriodId, route: RouteId) -> Vec<bool> {
        let rules = &self.book().periods[period];
        let runs = self.is_open(route) && self.world.runs(period, route) == Some(true);
        let lengths = rules.lengths.iter().map(|row| {
            runs && self.world.holds_now(row.in_force) && self.row(&row.condition, route)
        });
        std::iter::once(runs).chain(lengths).collect()
    }

    fn row(&self, condition: &Option<Condition>, route: RouteId) -> bool {
        let holds = |it: &Condition| self.world.holds(it, Some(route)) == Some(true);
        condition.as_ref().is_none_or(holds)
    }

    /// The claims that must be made at the moment, whatever the commission.
    pub(super) fn claimed(&self) -> Vec<Claim> {
        let (book, world) = (self.book(), &self.world);
        let mut claims = Vec::new();
        for (id, decision) in book.decisions.iter() {
            let cases = (0..decision.cases.len()).filter(|case| world.case_is_law(id, *case));
            claims.extend(cases.map(|case| Claim::CaseCounts(id, case)));
            claims.extend(world.is_in_force(decision.pack).then_some(Claim::Decided(id)));
        }
        for (id, route) in book.routes.iter() {
            claims.push(Claim::Settled(id));
            claims
                .extend(world.is_law(route.pack, route.in_force).then_some(Claim::RouteCounts(id)));
        }
        for (id, it) in book.models.iter() {
            claims.extend(world.is_law(it.pack, it.in_force).then_some(Claim::ModelCounts(id)));
        }
        for (id, it) in book.documents.iter() {
            claims.extend(world.is_law(it.pack, it.in_force).then_some(Claim::DocumentCounts(id)));
        }
        for (id, it) in book.preferences.iter() {
            claims
                .extend(world.is_law(it.pack, it.in_force).then_some(Claim::PreferenceCounts(id)));
        }
        claims.extend(self.circles().into_iter().map(Claim::NoCircle));
        claims
    }
}

/// Follows rankings back to where they began.
fn from(
    start: Candidate,
    here: Candidate,
    ranked: &[(Candidate, Candidate, PreferenceId)],
    path: &mut Vec<(Candidate, PreferenceId)>,
    circles: &mut BTreeSet<Vec<PreferenceId>>,
) {
    for (_, below, preference) in ranked.iter().filter(|(above, ..)| *above == here) {
        if path.iter().any(|(seen, _)| seen == below) {
            continue;
        }
        path.push((*below, *preference));
        if *below == start {
            let preferences: BTreeSet<PreferenceId> = path.iter().map(|(_, id)| *id).collect();
            circles.insert(preferences.into_iter().collect());
        } else {
            from(start, *below, ranked, path, circles);
        }
        path.pop();
    }
}

/// The packs that say to whom they apply and have routes of their own, layers apart.
fn laws(book: &Rulebook) -> Vec<PackId> {
    let governs = |(id, pack): &(PackId, &clearway::pack::Pack)| {
        let has_routes = book.routes.rows().any(|route| route.pack == *id);
        pack.gate.is_some() && pack.base.is_none() && has_routes
    };
    book.packs.iter().filter(governs).map(|(id, _)| id).collect()
}

/// The outcomes that the gates of laws speak of.
fn named(book: &Rulebook, laws: &[PackId]) -> Vec<(DecisionId, Vec<usize>)> {
    let mut named = Vec::new();
    for gate in laws.iter().filter_map(|pack| book.packs[*pack].gate.as_ref()) {
        walk(&gate.condition, &mut |condition| {
            if let Condition::Outcome(decision, outcomes) = condition {
                named.push((*decision, outcomes.clone()));
            }
        });
    }
    named
}

/// The fact whose options are the nations that laws extend to.
fn nation(book: &Rulebook) -> Option<FactId> {
    let laws = laws(book);
    let extents: Vec<&String> = laws.iter().flat_map(|pack| &book.packs[*pack].extent).collect();
    let names_all = |kind: &FactKind| {
        let has = |name: &&&String| kind.choices().iter().any(|choice| choice.name == ***name);
        matches!(kind, FactKind::OneOf(_)) && extents.iter().filter(has).count() == extents.len()
    };
    if extents.is_empty() {
        return None;
    }
    book.facts.iter().find(|(_, fact)| names_all(&fact.kind)).map(|(id, _)| id)
}

/// Whether every code is on a list at most once on each of these days, and never off it between
/// two days on which it is on.
pub(super) fn is_whole(book: &Rulebook, list: ListId, days: &[Date]) -> bool {
    let ListRows::Codes(rows) = &book.lists[list].rows else { return true };
    let bounds = rows.iter().flat_map(|row| row.codes.iter().map(|codes| codes.bounds()));
    let codes: BTreeSet<CpvCode> =
        bounds.flat_map(|(first, last)| [Some(first), last.next()]).flatten().collect();
    codes.into_iter().all(|code| {
        let n_on = |day: &Date| {
            let sets = rows.iter().filter(|row| row.in_force.holds_on(*day));
            sets.flat_map(|row| &row.codes).filter(|codes| codes.contains(code)).count()
        };
        let counts: Vec<usize> = days.iter().map(n_on).collect();
        let mut spells: Vec<bool> = counts.iter().map(|count| *count > 0).collect();
        spells.dedup();
        let n_spells = spells.iter().filter(|is_on| **is_on).count();
        counts.iter().all(|count| *count < 2) && n_spells < 2
    })
}
