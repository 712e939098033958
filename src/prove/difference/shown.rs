//! A commission for which something differs: the smallest found, put to the ordinary evaluator in
//! both versions.

use super::super::example::{Way, facts_of, first_way};
use super::super::fitting::{Fitting, Names};
use super::super::space::kind_name;
use super::super::view::View;
use super::compare::Found;
use super::meaning::{due_meaning, length_meaning};
use super::sides::{Sides, paired};
use super::{Change, Turn, Two};
use crate::decide::{Known, Standing, Trial};
use crate::facts::Facts;
use crate::pack::{
    Candidate, Condition, DecisionId, DocumentId, Fact, FactId, ModelId, PackId, PeriodId, RouteId,
    Rulebook, Test, Value,
};
use crate::quantity::InForce;

/// One commission as both versions read it.
#[derive(Clone, Debug)]
pub(super) struct Commission {
    pub(super) old: Facts,
    pub(super) new: Facts,
}

/// A commission for which the difference is confirmed; none where none could be made.
pub(super) fn shown(sides: &Sides<'_>, found: &Found) -> Option<Commission> {
    let shared = shared_facts(sides);
    let holds = |commission: &Commission| {
        let mut old = Put::new(sides.old.view, &commission.old);
        let mut new = Put::new(sides.new.view, &commission.new);
        agrees(found, &mut old, &mut new)
    };
    let commission = first_way(sides.old, &found.set, &|way| {
        let of_way = |with_rest| of_way(sides, &shared, way, with_rest);
        [false, true].into_iter().map(of_way).find(|commission| holds(commission))
    })?;
    Some(least(&shared, commission, &holds))
}

/// The facts that are one in both versions.
fn shared_facts(sides: &Sides<'_>) -> Vec<(FactId, FactId)> {
    let (old, new) = (sides.old.book(), sides.new.book());
    let pairs = paired(&old.facts, &new.facts, |fact: &Fact| &fact.name);
    let both = pairs.into_iter().filter_map(|(_, two)| Some((two.old?, two.new?)));
    both.filter(|(a, b)| kind_name(&old.facts[*a].kind) == kind_name(&new.facts[*b].kind)).collect()
}

/// The commission that goes this way in both versions.
fn of_way(
    sides: &Sides<'_>,
    shared: &[(FactId, FactId)],
    way: &Way,
    with_rest: bool,
) -> Commission {
    let books = (sides.old.book(), sides.new.book());
    let mut new = facts_of(sides.new, way, with_rest);
    let mut old = facts_of(sides.old, way, with_rest);
    for (a, b) in shared {
        if let Some(value) = new.get(*b) {
            old.learn(*a, said(value, (books.1, *b), (books.0, *a)));
        } else if let Some(value) = old.get(*a) {
            new.learn(*b, said(value, (books.0, *a), (books.1, *b)));
        }
    }
    let names = |place: usize, fact: FactId| -> Names {
        let is_it = |(a, b): &&(FactId, FactId)| if place == 0 { *a == fact } else { *b == fact };
        match shared.iter().find(is_it) {
            Some((a, b)) => vec![(0, *a), (1, *b)],
            None => vec![(place, fact)],
        }
    };
    let fitting = Fitting::new(vec![sides.old, sides.new], way, &names);
    let mut fitted = fitting.fitted(vec![old.clone(), new.clone()]).into_iter();
    Commission { old: fitted.next().unwrap_or(old), new: fitted.next().unwrap_or(new) }
}

/// A value of a fact in one version as the other has it: options by their names.
fn said(value: &Value, from: (&Rulebook, FactId), to: (&Rulebook, FactId)) -> Value {
    let (from, to) = (&from.0.facts[from.1].kind, &to.0.facts[to.1].kind);
    let place = |place: &usize| {
        let name = &from.choices().get(*place)?.name;
        to.choices().iter().position(|choice| choice.name == *name)
    };
    match value {
        Value::Choice(option) => Value::Choice(place(option).unwrap_or(*option)),
        Value::Choices(options) => Value::Choices(options.iter().filter_map(place).collect()),
        Value::YesNo(_)
        | Value::Number(_)
        | Value::Percentage(_)
        | Value::Money(_)
        | Value::Date(_)
        | Value::Duration(_)
        | Value::Text(_)
        | Value::Code(_) => value.clone(),
    }
}

/// The commission without any fact that can be left out.
fn least(
    shared: &[(FactId, FactId)],
    mut left: Commission,
    holds: &dyn Fn(&Commission) -> bool,
) -> Commission {
    let without = |facts: &Facts, out: Option<FactId>| -> Facts {
        let kept = facts.iter().filter(|(fact, _)| Some(*fact) != out);
        kept.map(|(fact, value)| (fact, value.clone())).collect()
    };
    let mut facts: Vec<Two<FactId>> = Vec::new();
    for (fact, _) in left.new.iter() {
        let old = shared.iter().find(|(_, new)| *new == fact).map(|(old, _)| *old);
        facts.push(Two { old, new: Some(fact) });
    }
    let only_old = left.old.iter().filter(|(fact, _)| !shared.iter().any(|(old, _)| old == fact));
    facts.extend(only_old.map(|(fact, _)| Two { old: Some(fact), new: None }));
    for fact in facts.into_iter().rev() {
        let tried =
            Commission { old: without(&left.old, fact.old), new: without(&left.new, fact.new) };
        if holds(&tried) {
            left = tried;
        }
    }
    left
}

/// A commission put to the rules of a day.
struct Put<'g> {
    view: View<'g>,
    trial: Trial<'g>,
}

/// Whether something holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    Yes,
    No,
    /// The rules leave it open though every fact it waits for is known.
    LeftOpen,
    /// It waits for facts.
    Waits,
}

/// Whether both versions say of the commission what is said to differ.
fn agrees(found: &Found, old: &mut Put<'_>, new: &mut Put<'_>) -> bool {
    let route = found.route.and_then(|two| Some((two.old?, two.new?)));
    match found.change {
        Change::Applies(two, turn) => turned(turn, old.applies(two.old), new.applies(two.new)),
        Change::Open(two, turn) => turned(turn, old.open(two.old), new.open(two.new)),
        Change::Fits(two, turn) => turned(turn, old.fits(two.old), new.fits(two.new)),
        Change::Preferred(above, below, turn) => {
            let both = |put: &mut Put<'_>, above, below| put.stands(above) && put.stands(below);
            both(old, above.old, below.old)
                && both(new, above.new, below.new)
                && turned(
                    turn,
                    old.preferred(above.old, below.old),
                    new.preferred(above.new, below.new),
                )
        }
        Change::Gates(two) => {
            let (Some(a), Some(b)) = (two.old, two.new) else { return false };
            let fit = old.fits(two.old) == Held::Yes && new.fits(two.new) == Held::Yes;
            let (a, b) = (old.gates(a), new.gates(b));
            fit && a.is_some() && b.is_some() && a != b
        }
        Change::Outcome(two, before, after) => {
            old.outcomes(two.old) == before.map(|it| vec![it]).unwrap_or_default()
                && new.outcomes(two.new) == after.map(|it| vec![it]).unwrap_or_default()
        }
        Change::Needed(two, turn) => route.is_some_and(|(a, b)| {
            old.open(Some(a)) == Held::Yes
                && new.open(Some(b)) == Held::Yes
                && turned(turn, old.needed(two.old, a), new.needed(two.new, b))
        }),
        Change::Banned(two, turn) => route.is_some_and(|(a, b)| {
            old.open(Some(a)) == Held::Yes
                && new.open(Some(b)) == Held::Yes
                && turned(turn, old.banned(two.old, a), new.banned(two.new, b))
        }),
        Change::Due(two, before, after) => route.is_some_and(|(a, b)| {
            old.open(Some(a)) == Held::Yes
                && new.open(Some(b)) == Held::Yes
                && old.due(two.old, a).is_some_and(|due| due == old.due_at(two.old, before))
                && new.due(two.new, b).is_some_and(|due| due == new.due_at(two.new, after))
        }),
        Change::Length(two, before, after) => route.is_some_and(|(a, b)| {
            old.open(Some(a)) == Held::Yes
                && new.open(Some(b)) == Held::Yes
                && old.length(two.old, a).is_some_and(|it| it == old.length_at(two.old, before))
                && new.length(two.new, b).is_some_and(|it| it == new.length_at(two.new, after))
        }),
    }
}

fn turned(turn: Turn, old: Held, new: Held) -> bool {
    match turn {
        Turn::Begins => new == Held::Yes && old == Held::No,
        Turn::Ends => old == Held::Yes && new == Held::No,
        Turn::LeftOpen => {
            let is_known = old != Held::Waits && new != Held::Waits;
            is_known && (old == Held::LeftOpen) != (new == Held::LeftOpen)
        }
    }
}

const fn held(known: Known) -> Held {
    match known {
        Known::Yes => Held::Yes,
        Known::No => Held::No,
        Known::Unknown => Held::Waits,
    }
}

impl<'g> Put<'g> {
    fn new(view: View<'g>, facts: &Facts) -> Self {
        Self { view, trial: view.trial(facts) }
    }

    const fn book(&self) -> &'g Rulebook {
        self.view.book()
    }

    fn applies(&self, pack: Option<PackId>) -> Held {
        pack.map_or(Held::No, |pack| held(self.trial.applies(pack)))
    }

    fn open(&self, route: Option<RouteId>) -> Held {
        let Some(route) = route else { return Held::No };
        match self.trial.route(route) {
            Standing::Open => Held::Yes,
            Standing::Barred => Held::No,
            Standing::Unsettled if self.trial.is_route_stuck(route) => Held::LeftOpen,
            Standing::Unsettled => Held::Waits,
        }
    }

    fn fits(&mut self, model: Option<ModelId>) -> Held {
        model.map_or(Held::No, |model| held(self.trial.model(model)))
    }

    fn stands(&mut self, candidate: Option<Candidate>) -> bool {
        match candidate {
            Some(Candidate::Route(route)) => self.open(Some(route)) == Held::Yes,
            Some(Candidate::Model(model)) => self.fits(Some(model)) == Held::Yes,
            None => false,
        }
    }

    fn preferred(&self, above: Option<Candidate>, below: Option<Candidate>) -> Held {
        let (Some(above), Some(below)) = (above, below) else { return Held::No };
        let preferences = self.book().preferences.iter();
        let ranking = preferences
            .filter(|(_, it)| it.above.contains(&above) && it.below.contains(&below))
            .map(|(id, _)| self.trial.preference(id));
        held(ranking.fold(Known::No, either))
    }

    fn outcomes(&self, decision: Option<DecisionId>) -> Vec<usize> {
        decision.map(|decision| self.trial.outcomes(decision)).unwrap_or_default()
    }

    fn needed(&mut self, document: Option<DocumentId>, route: RouteId) -> Held {
        document.map_or(Held::No, |document| held(self.trial.document(document, route)))
    }

    fn banned(&mut self, document: Option<DocumentId>, route: RouteId) -> Held {
        document.map_or(Held::No, |document| held(self.trial.ban(document, route)))
    }

    /// What the due rule at a place comes to.
    fn due_at(&self, document: Option<DocumentId>, place: Option<usize>) -> Option<String> {
        let rules = &self.book().documents[document?];
        Some(due_meaning(self.book(), rules, rules.due.get(place?)?))
    }

    /// What the due rule that applies comes to; none outside where that waits.
    fn due(&mut self, document: Option<DocumentId>, route: RouteId) -> Option<Option<String>> {
        let id = document?;
        if self.needed(document, route) != Held::Yes {
            return None;
        }
        let (book, view) = (self.book(), self.view);
        let rules = &book.documents[id];
        for due in rules.due.iter().filter(|due| view.is_in_force(due.in_force)) {
            match self.holds(due.condition.as_ref(), route) {
                Known::Yes => return Some(Some(due_meaning(book, rules, due))),
                Known::No => {}
                Known::Unknown => return None,
            }
        }
        Some(None)
    }

    fn length_at(&self, period: Option<PeriodId>, place: Option<usize>) -> Option<String> {
        let rules = &self.book().periods[period?];
        length_meaning(self.book(), rules, rules.lengths.get(place?)?)
    }

    /// What the length that a period has comes to; none outside where that waits.
    fn length(&mut self, period: Option<PeriodId>, route: RouteId) -> Option<Option<String>> {
        let Some(id) = period else { return Some(None) };
        let (book, view) = (self.book(), self.view);
        let rules = &book.periods[id];
        match self.conditioned(rules.pack, rules.in_force, &rules.tests, route) {
            Known::Yes => {}
            Known::No => return Some(None),
            Known::Unknown => return None,
        }
        for row in rules.lengths.iter().filter(|row| view.is_in_force(row.in_force)) {
            match self.holds(row.condition.as_ref(), route) {
                Known::Yes => return Some(length_meaning(book, rules, row)),
                Known::No => {}
                Known::Unknown => return None,
            }
        }
        Some(None)
    }

    fn holds(&mut self, condition: Option<&Condition>, route: RouteId) -> Known {
        condition.map_or(Known::Yes, |condition| self.trial.condition(condition, Some(route)))
    }

    fn conditioned(
        &mut self,
        pack: PackId,
        in_force: InForce,
        tests: &'g [Test],
        route: RouteId,
    ) -> Known {
        if !self.view.is_in_force(in_force) || self.view.are_out_of_force(tests) {
            return Known::No;
        }
        let tests: Vec<&Test> = self.view.tests(tests).collect();
        let mut all = self.trial.applies(pack);
        for test in tests {
            all = either(all.not(), self.counting(pack, test, Some(route)).not()).not();
        }
        all
    }

    /// A test as it counts: a layer's only where the layer applies, and any where its guard holds.
    fn counting(&mut self, owner: PackId, test: &Test, route: Option<RouteId>) -> Known {
        let mut holds = self.trial.condition(&test.condition, route);
        if let Some(guard) = &test.guard {
            holds = either(self.trial.condition(guard, route).not(), holds);
        }
        if test.pack == owner { holds } else { either(self.trial.applies(test.pack).not(), holds) }
    }

    /// How the gates of a model come out; none where one waits.
    fn gates(&mut self, model: ModelId) -> Option<Vec<Known>> {
        let rules = &self.book().models[model];
        let tests: Vec<&Test> = self.view.tests(&rules.gates).collect();
        let mut gates: Vec<Known> =
            tests.into_iter().map(|test| self.counting(rules.pack, test, None)).collect();
        gates.sort_unstable();
        (!gates.contains(&Known::Unknown)).then_some(gates)
    }
}

const fn either(a: Known, b: Known) -> Known {
    match (a, b) {
        (Known::Yes, _) | (_, Known::Yes) => Known::Yes,
        (Known::Unknown, _) | (_, Known::Unknown) => Known::Unknown,
        (Known::No, Known::No) => Known::No,
    }
}
