//! The rules of one day as sets of commissions: where each condition holds, which outcomes each
//! decision has, which routes are open, what is needed on them.
//!
//! A commission here is complete: every fact is known. Then a condition is yes or no, save where
//! the rules themselves leave a gap: a decision of a pack that is not in force, an amount without
//! a figure.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::cells::Scale;
use super::diagram::{Bit, Diagrams, GaveUp, Set};
use super::predicate::{Comparing, Taken, amounts_of, figures_of, is_relation, key};
use super::ranking::{Ranked, ranked};
use super::space::Space;
use super::view::View;
use crate::decide::{Known, Scalar, scalar};
use crate::facts::Facts;
use crate::graph::Node;
use crate::pack::{
    AmountId, Class, Condition, DecisionId, DocumentId, FactId, Id, Limb, ModelId, PackId,
    PeriodId, PreferenceId, RouteId, Rulebook, Test, Value, walk,
};
use crate::quantity::InForce;

/// Where a condition holds, and where the rules leave open whether it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Truth {
    pub(super) yes: Set,
    pub(super) gap: Set,
}

impl Truth {
    fn given(&self, known: &[(Bit, bool)]) -> Self {
        Self { yes: self.yes.given(known), gap: self.gap.given(known) }
    }
}

/// A decision as sets: where each outcome can be its outcome.
#[derive(Clone, Debug)]
pub(super) struct Decided {
    /// By outcome: more than one for a commission only where the rules leave a gap.
    pub(super) can: Vec<Set>,
    /// Where no case gives an outcome.
    pub(super) none: Set,
    /// By case in force: its place, the commissions that reach it, and those of which it holds.
    pub(super) cases: Vec<(usize, Set, Truth)>,
}

/// The rules of one day as sets. Threads may share it: what is made when it is first asked for, one
/// of them makes for all.
pub(super) struct Logic<'g> {
    pub(super) view: View<'g>,
    /// The place of the view among those of the space.
    number: usize,
    /// What is known of every commission that is looked at: the sets are of those alone.
    known: Vec<(Bit, bool)>,
    /// The same rules for more commissions, with what more is known here: what is asked for first
    /// here is made from what it is there.
    wider: Option<Wider<'g>>,
    pub(super) space: Arc<Space>,
    pub(super) diagrams: Arc<Diagrams>,
    /// By place of their ids; `None` for packs not in force.
    decisions: Cells<Option<Decided>>,
    applying: Cells<Truth>,
    routes: Cells<Truth>,
    models: Cells<Truth>,
    preferences: Cells<Result<Truth, GaveUp>>,
    /// The comparisons of several facts, each with its dimension.
    relations: OnceLock<Vec<(usize, &'g Condition)>>,
    outcomes: Kept<(DecisionId, Vec<usize>)>,
    /// By what the document's tests see of the route considered, for they ask nothing else of it.
    documents: Kept<(DocumentId, Vec<bool>)>,
    ranked: OnceLock<Result<Ranked, GaveUp>>,
}

/// Truths kept as they are found, by what was asked.
#[derive(Debug)]
struct Kept<K>(Mutex<BTreeMap<K, Truth>>);

/// Rules for more commissions, and what is known of fewer.
type Wider<'g> = (Arc<Logic<'g>>, Vec<(Bit, bool)>);

/// What is made when it is first asked for, by place of an id.
type Cells<T> = Box<[OnceLock<T>]>;

fn cells<T>(n: usize) -> Cells<T> {
    (0..n).map(|_| OnceLock::new()).collect()
}

impl<K> Default for Kept<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Ord> Kept<K> {
    fn get(&self, asked: &K) -> Option<Truth> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(asked).cloned()
    }

    fn keep(&self, asked: K, truth: &Truth) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(asked, truth.clone());
    }
}

impl<'g> Logic<'g> {
    /// The rules of a view, which is this one of its space's.
    pub(super) fn new(
        view: View<'g>,
        number: usize,
        space: &Arc<Space>,
        diagrams: &Arc<Diagrams>,
    ) -> Result<Self, GaveUp> {
        Self::of(view, number, space, diagrams, &|_| true)
    }

    /// Those of the rules that are wanted, which must hold whatever they use: the rest says
    /// nothing.
    pub(super) fn of(
        view: View<'g>,
        number: usize,
        space: &Arc<Space>,
        diagrams: &Arc<Diagrams>,
        is_wanted: &dyn Fn(Node) -> bool,
    ) -> Result<Self, GaveUp> {
        let book = view.book();
        let mut logic = Self::empty(view, number, space, diagrams);
        for decision in view.graph.order().iter().filter(|id| is_wanted(Node::Decision(**id))) {
            let decided = logic.decide(*decision)?;
            put(&mut logic.decisions, decision.place(), decided);
        }
        for pack in book.packs.ids() {
            let applying = logic.pack(pack)?;
            put(&mut logic.applying, pack.place(), applying);
        }
        for route in book.routes.ids().filter(|id| is_wanted(Node::Route(*id))) {
            let open = logic.open(route)?;
            put(&mut logic.routes, route.place(), open);
        }
        for model in book.models.ids().filter(|id| is_wanted(Node::Model(*id))) {
            let fits = logic.fit(model)?;
            put(&mut logic.models, model.place(), fits);
        }
        Ok(logic)
    }

    /// Rules of which nothing is made yet, for all commissions.
    fn empty(view: View<'g>, number: usize, space: &Arc<Space>, diagrams: &Arc<Diagrams>) -> Self {
        let book = view.book();
        Self {
            view,
            number,
            known: Vec::new(),
            wider: None,
            space: Arc::clone(space),
            diagrams: Arc::clone(diagrams),
            decisions: cells(book.decisions.len()),
            applying: cells(book.packs.len()),
            routes: cells(book.routes.len()),
            models: cells(book.models.len()),
            preferences: cells(book.preferences.len()),
            relations: OnceLock::new(),
            outcomes: Kept::default(),
            documents: Kept::default(),
            ranked: OnceLock::new(),
        }
    }

    /// The same rules for the commissions of which this is known: every set is then smaller, and
    /// what is made of them is made sooner.
    pub(super) fn given(self: &Arc<Self>, known: &[(Bit, bool)]) -> Arc<Self> {
        let empty = Self::empty(self.view, self.number, &self.space, &self.diagrams);
        Arc::new(Self {
            known: self.known.iter().chain(known).copied().collect(),
            wider: Some((Arc::clone(self), known.to_vec())),
            ..empty
        })
    }

    /// What is in a cell, or else what it is for more commissions, for these.
    fn cell<'c, T>(
        &'c self,
        cells: &'c Cells<T>,
        place: usize,
        there: impl FnOnce(&Self, &[(Bit, bool)]) -> T,
    ) -> Option<&'c T> {
        let cell = cells.get(place)?;
        match &self.wider {
            Some((wider, known)) => Some(cell.get_or_init(|| there(wider, known))),
            None => cell.get(),
        }
    }

    pub(super) const fn book(&self) -> &'g Rulebook {
        self.view.book()
    }

    pub(super) const fn number(&self) -> usize {
        self.number
    }

    /// The dimension of a comparison of several facts.
    pub(super) fn relation(&self, condition: &Condition) -> Option<usize> {
        let is_known = matches!(condition, Condition::Known(_)) && self.view.is_partial;
        if !is_known && !is_relation(self.view, condition) {
            return None;
        }
        self.space.relation(&key(self.view, condition))
    }

    /// The comparisons of several facts, each with its dimension.
    pub(super) fn relations(&self) -> &[(usize, &'g Condition)] {
        if let Some((wider, _)) = &self.wider {
            return wider.relations();
        }
        self.relations.get_or_init(|| {
            let mut relations = BTreeMap::new();
            for condition in self.view.conditions() {
                walk(condition, &mut |condition| {
                    if let Some(dimension) = self.relation(condition) {
                        relations.entry(dimension).or_insert(condition);
                    }
                });
            }
            relations.into_iter().collect()
        })
    }

    /// How the values of a fact in order are numbered.
    pub(super) fn scale(&self, fact: FactId) -> Option<Scale> {
        Some(Scale::of(&self.book().facts[fact].kind, self.view.as_at)?.0)
    }

    fn always(&self) -> Truth {
        Truth { yes: self.diagrams.everything(), gap: self.diagrams.nothing() }
    }

    fn never(&self) -> Truth {
        Truth { yes: self.diagrams.nothing(), gap: self.diagrams.nothing() }
    }

    fn open_question(&self) -> Truth {
        Truth { yes: self.diagrams.nothing(), gap: self.diagrams.everything() }
    }

    fn sure(&self, yes: Set) -> Truth {
        Truth { yes, gap: self.diagrams.nothing() }
    }

    fn constant(&self, holds: bool) -> Truth {
        if holds { self.always() } else { self.never() }
    }

    /// Where it surely fails.
    pub(super) fn no(&self, truth: &Truth) -> Result<Set, GaveUp> {
        Ok(self.diagrams.or(&truth.yes, &truth.gap)?.not())
    }

    pub(super) fn not(&self, truth: &Truth) -> Result<Truth, GaveUp> {
        Ok(Truth { yes: self.no(truth)?, gap: truth.gap.clone() })
    }

    pub(super) fn and(&self, a: &Truth, b: &Truth) -> Result<Truth, GaveUp> {
        let yes = self.diagrams.and(&a.yes, &b.yes)?;
        if a.gap.is_nothing() && b.gap.is_nothing() {
            return Ok(self.sure(yes));
        }
        let (may_a, may_b) = (self.may(a)?, self.may(b)?);
        let may = self.diagrams.and(&may_a, &may_b)?;
        let gap = self.diagrams.minus(&may, &yes)?;
        Ok(Truth { yes, gap })
    }

    pub(super) fn or(&self, a: &Truth, b: &Truth) -> Result<Truth, GaveUp> {
        let yes = self.diagrams.or(&a.yes, &b.yes)?;
        if a.gap.is_nothing() && b.gap.is_nothing() {
            return Ok(self.sure(yes));
        }
        let gap = self.diagrams.or(&a.gap, &b.gap)?;
        Ok(Truth { gap: self.diagrams.minus(&gap, &yes)?, yes })
    }

    /// Where it holds or may.
    pub(super) fn may(&self, truth: &Truth) -> Result<Set, GaveUp> {
        self.diagrams.or(&truth.yes, &truth.gap)
    }

    /// Whether every commission of which these facts are known is in a set, as far as facts alone say.
    pub(super) fn is_sure(&self, set: &Set, facts: &Facts) -> bool {
        let bits = facts.iter().flat_map(|(fact, value)| self.space.bits(self.number, fact, value));
        let left = set.given(&bits.collect::<Vec<_>>());
        self.diagrams.for_some(&left, &self.space.relation_bits()).is_everything()
    }

    /// A decision, where its pack is in force.
    pub(super) fn decision(&self, decision: DecisionId) -> Option<&Decided> {
        let narrowed = |decided: &Decided, known: &[(Bit, bool)]| Decided {
            can: decided.can.iter().map(|can| can.given(known)).collect(),
            none: decided.none.given(known),
            cases: Vec::new(),
        };
        let decided = self.cell(&self.decisions, decision.place(), |wider, known| {
            wider.decision(decision).map(|decided| narrowed(decided, known))
        });
        decided.and_then(Option::as_ref)
    }

    /// Where a pack is in force and applies.
    pub(super) fn applies(&self, pack: PackId) -> Truth {
        let applying = self
            .cell(&self.applying, pack.place(), |wider, known| wider.applies(pack).given(known));
        applying.cloned().unwrap_or_else(|| self.never())
    }

    /// Where a route is open.
    pub(super) fn route(&self, route: RouteId) -> Truth {
        let open =
            self.cell(&self.routes, route.place(), |wider, known| wider.route(route).given(known));
        open.cloned().unwrap_or_else(|| self.never())
    }

    /// Which routes come out unbeaten.
    pub(super) fn ranked(&self) -> Result<&Ranked, GaveUp> {
        self.ranked.get_or_init(|| ranked(self)).as_ref().map_err(|gave_up| *gave_up)
    }

    /// Where a commission is a model.
    pub(super) fn model(&self, model: ModelId) -> Truth {
        let fits =
            self.cell(&self.models, model.place(), |wider, known| wider.model(model).given(known));
        fits.cloned().unwrap_or_else(|| self.never())
    }

    fn decide(&self, decision: DecisionId) -> Result<Option<Decided>, GaveUp> {
        let rules = &self.book().decisions[decision];
        if !self.view.is_pack_in_force(rules.pack) {
            return Ok(None);
        }
        let mut can = vec![self.diagrams.nothing(); rules.outcomes.len()];
        let mut cases = Vec::new();
        let mut reached = self.diagrams.everything();
        for (place, case) in rules.cases.iter().enumerate() {
            if !self.view.is_in_force(case.in_force) {
                continue;
            }
            let holds = match &case.condition {
                None => self.always(),
                Some(condition) => self.condition(condition, None)?,
            };
            let taken = self.diagrams.and(&reached, &self.may(&holds)?)?;
            if let Some(can) = can.get_mut(case.outcome) {
                *can = self.diagrams.or(can, &taken)?;
            }
            let left = self.diagrams.minus(&reached, &holds.yes)?;
            cases.push((place, reached, holds));
            reached = left;
        }
        let mut some = self.diagrams.nothing();
        for can in &can {
            some = self.diagrams.or(&some, can)?;
        }
        Ok(Some(Decided { can, none: some.not(), cases }))
    }

    fn pack(&self, pack: PackId) -> Result<Truth, GaveUp> {
        let rules = &self.book().packs[pack];
        match &rules.gate {
            _ if !self.view.is_in_force(rules.in_force) => Ok(self.never()),
            None => Ok(self.always()),
            Some(gate) => self.test(gate, None),
        }
    }

    /// Where a test holds: everywhere that its guard fails.
    pub(super) fn test(&self, test: &Test, route: Option<RouteId>) -> Result<Truth, GaveUp> {
        let holds = self.condition(&test.condition, route)?;
        match &test.guard {
            None => Ok(holds),
            Some(guard) => {
                let guard = self.condition(guard, route)?;
                self.or(&self.not(&guard)?, &holds)
            }
        }
    }

    /// A test of something in a pack, as it counts there: a layer's only where the layer applies.
    pub(super) fn counting(
        &self,
        owner: PackId,
        test: &Test,
        route: Option<RouteId>,
    ) -> Result<Truth, GaveUp> {
        let holds = self.test(test, route)?;
        if test.pack == owner {
            return Ok(holds);
        }
        self.or(&self.not(&self.applies(test.pack))?, &holds)
    }

    fn all_of(
        &self,
        owner: PackId,
        tests: &'g [Test],
        first: Truth,
        route: Option<RouteId>,
    ) -> Result<Truth, GaveUp> {
        let mut all = first;
        for test in self.view.tests(tests) {
            if all.yes.is_nothing() && all.gap.is_nothing() {
                break;
            }
            all = self.and(&all, &self.counting(owner, test, route)?)?;
        }
        Ok(all)
    }

    fn there(&self, pack: PackId, in_force: InForce, tests: &[Test]) -> Truth {
        if !self.view.is_in_force(in_force) || self.view.are_out_of_force(tests) {
            return self.never();
        }
        self.applies(pack)
    }

    fn open(&self, route: RouteId) -> Result<Truth, GaveUp> {
        let rules = &self.book().routes[route];
        let there = if self.view.is_in_force(rules.in_force) {
            self.applies(rules.pack)
        } else {
            self.never()
        };
        self.all_of(rules.pack, &rules.tests, there, None)
    }

    fn fit(&self, model: ModelId) -> Result<Truth, GaveUp> {
        let rules = &self.book().models[model];
        let there = self.there(rules.pack, rules.in_force, &rules.tests);
        self.all_of(rules.pack, &rules.tests, there, None)
    }

    /// Where a preference is in force and holds, whether or not its routes are open.
    pub(super) fn preference(&self, preference: PreferenceId) -> Result<Truth, GaveUp> {
        let rules = &self.book().preferences[preference];
        let made = || {
            let there = self.there(rules.pack, rules.in_force, &rules.tests);
            self.all_of(rules.pack, &rules.tests, there, None)
        };
        let Some(cell) = self.preferences.get(preference.place()) else { return made() };
        let holds = cell.get_or_init(|| {
            let there =
                self.wider.as_ref().map(|(wider, known)| (wider.preference(preference), known));
            match there {
                Some((Ok(holds), known)) => Ok(holds.given(known)),
                Some((Err(GaveUp), _)) | None => made(),
            }
        });
        holds.clone()
    }

    /// Where a document is needed on a route, whether or not the route is open.
    pub(super) fn document(&self, document: DocumentId, route: RouteId) -> Result<Truth, GaveUp> {
        let rules = &self.book().documents[document];
        let seen = (document, self.seen_of(route, &rules.tests));
        if let Some(needed) = self.documents.get(&seen) {
            return Ok(needed);
        }
        let there = self.there(rules.pack, rules.in_force, &rules.tests);
        let needed = self.all_of(rules.pack, &rules.tests, there, Some(route))?;
        self.documents.keep(seen, &needed);
        Ok(needed)
    }

    /// What tests see of a route considered: how each question about it comes out.
    fn seen_of(&self, route: RouteId, tests: &[Test]) -> Vec<bool> {
        let mut seen = Vec::new();
        let conditions = tests.iter().flat_map(|test| test.guard.iter().chain([&test.condition]));
        for condition in conditions {
            walk(condition, &mut |condition| match condition {
                Condition::RouteIs(routes) => seen.push(routes.contains(&route)),
                Condition::ModelIs(models) => {
                    let carries =
                        |model: &ModelId| self.book().models[*model].carried_by.contains(&route);
                    seen.extend(models.iter().map(carries));
                }
                Condition::All(_)
                | Condition::Any(_)
                | Condition::AtLeast(..)
                | Condition::Not(_)
                | Condition::Yes(_)
                | Condition::OneOf(..)
                | Condition::Includes(..)
                | Condition::TextIs(..)
                | Condition::CodeIs(..)
                | Condition::InList(..)
                | Condition::Known(_)
                | Condition::Outcome(..)
                | Condition::Compare(..)
                | Condition::Gap(..) => {}
            });
        }
        seen
    }

    /// Where a document is forbidden on a route, whether or not the route is open: any one of its
    /// bans suffices.
    pub(super) fn ban(&self, document: DocumentId, route: RouteId) -> Result<Truth, GaveUp> {
        let rules = &self.book().documents[document];
        let mut any = self.never();
        for test in self.view.tests(&rules.forbidden) {
            any = self.or(&any, &self.test(test, Some(route))?)?;
        }
        self.and(&self.there(rules.pack, rules.in_force, &rules.tests), &any)
    }

    /// Where a period applies on a route, whether or not the route is open.
    pub(super) fn period(&self, period: PeriodId, route: RouteId) -> Result<Truth, GaveUp> {
        let rules = &self.book().periods[period];
        let there = self.there(rules.pack, rules.in_force, &rules.tests);
        self.all_of(rules.pack, &rules.tests, there, Some(route))
    }

    /// Where a condition holds, while a route is considered.
    pub(super) fn condition(
        &self,
        condition: &Condition,
        route: Option<RouteId>,
    ) -> Result<Truth, GaveUp> {
        Ok(match condition {
            Condition::All(limbs) => {
                let mut all = self.always();
                for limb in limbs {
                    all = self.and(&all, &self.condition(&limb.condition, route)?)?;
                }
                all
            }
            Condition::Any(limbs) => {
                let mut any = self.never();
                for limb in limbs {
                    any = self.or(&any, &self.condition(&limb.condition, route)?)?;
                }
                any
            }
            Condition::AtLeast(count, limbs) => self.at_least(*count, limbs, route)?,
            Condition::Not(inner) => self.not(&self.condition(inner, route)?)?,
            Condition::Yes(fact) => self.in_cells(*fact, |cell| cell == 1)?,
            Condition::OneOf(fact, options) => {
                let places = self.space.options(self.number, *fact).unwrap_or_default();
                let wanted: Vec<usize> =
                    options.iter().filter_map(|option| places.get(*option).copied()).collect();
                self.in_cells(*fact, |cell| wanted.contains(&cell))?
            }
            Condition::Includes(fact, option) => {
                let set = self.space.includes(&self.diagrams, self.number, *fact, *option);
                self.sure(set.map_or_else(|| self.diagrams.nothing(), |set| set.given(&self.known)))
            }
            Condition::TextIs(fact, text) => self.of_value(*fact, &Value::Text(text.clone()))?,
            Condition::CodeIs(fact, code) => self.of_value(*fact, &Value::Code(*code))?,
            Condition::InList(_, list) if self.view.is_open(*list) => self.open_question(),
            Condition::InList(fact, list) => {
                let sets = self.view.codes(*list);
                let values = self.space.values(self.number, self.book(), *fact);
                let is_on = |cell: usize| {
                    matches!(values.get(cell), Some(Value::Code(code))
                        if sets.iter().any(|set| set.contains(*code)))
                };
                self.in_cells(*fact, is_on)?
            }
            Condition::Known(_) => match self.relation(condition) {
                Some(known) => self.sure(self.cells(known, |cell| cell == 1)?),
                None => self.always(),
            },
            Condition::Outcome(decision, outcomes) => self.outcome(*decision, outcomes)?,
            Condition::RouteIs(routes) => match route {
                Some(route) => self.constant(routes.contains(&route)),
                None => self.open_question(),
            },
            Condition::ModelIs(models) => self.is_model(models, route)?,
            Condition::Compare(..) | Condition::Gap(..) => self.comparison(condition)?,
        })
    }

    fn in_cells(&self, fact: FactId, passes: impl Fn(usize) -> bool) -> Result<Truth, GaveUp> {
        let Some(dimension) = self.space.dimension(self.number, fact) else {
            return Ok(self.open_question());
        };
        Ok(self.sure(self.cells(dimension, passes)?))
    }

    /// The commissions looked at whose dimension is in cells that pass.
    fn cells(&self, dimension: usize, passes: impl Fn(usize) -> bool) -> Result<Set, GaveUp> {
        Ok(self.space.cells(&self.diagrams, dimension, passes)?.given(&self.known))
    }

    fn of_value(&self, fact: FactId, value: &Value) -> Result<Truth, GaveUp> {
        let dimension = self.space.dimension(self.number, fact);
        let dimension = dimension.and_then(|place| self.space.dimensions().get(place));
        let Some(cell) = dimension.and_then(|dimension| dimension.cells.cell(value, &[])) else {
            return Ok(self.open_question());
        };
        self.in_cells(fact, |other| other == cell)
    }

    fn at_least(
        &self,
        count: u32,
        limbs: &[Limb],
        route: Option<RouteId>,
    ) -> Result<Truth, GaveUp> {
        // By number of limbs that hold so far, up to the count: at least so many.
        let mut so_many: Vec<Truth> = vec![self.always()];
        so_many.extend((0..count).map(|_| self.never()));
        for limb in limbs {
            let holds = self.condition(&limb.condition, route)?;
            let mut next = vec![self.always()];
            for (fewer, as_many) in so_many.iter().zip(so_many.iter().skip(1)) {
                next.push(self.or(as_many, &self.and(fewer, &holds)?)?);
            }
            so_many = next;
        }
        Ok(so_many.pop().unwrap_or_else(|| self.always()))
    }

    fn outcome(&self, decision: DecisionId, outcomes: &[usize]) -> Result<Truth, GaveUp> {
        let asked = (decision, outcomes.to_vec());
        if let Some(known) = self.outcomes.get(&asked) {
            return Ok(known);
        }
        let Some(decided) = self.decision(decision) else { return Ok(self.open_question()) };
        let (mut within, mut without) = (self.diagrams.nothing(), self.diagrams.nothing());
        for (outcome, can) in decided.can.iter().enumerate() {
            let side = if outcomes.contains(&outcome) { &mut within } else { &mut without };
            *side = self.diagrams.or(side, can)?;
        }
        let both = self.diagrams.and(&within, &without)?;
        let truth = Truth {
            yes: self.diagrams.minus(&within, &without)?,
            gap: self.diagrams.or(&both, &decided.none)?,
        };
        self.outcomes.keep(asked, &truth);
        Ok(truth)
    }

    /// A commission is of a model where the model fits, and the route considered can carry it.
    fn is_model(&self, models: &[ModelId], route: Option<RouteId>) -> Result<Truth, GaveUp> {
        let mut any = self.never();
        for model in models {
            let carriers = &self.book().models[*model].carried_by;
            if route.is_none_or(|route| carriers.contains(&route)) {
                any = self.or(&any, &self.model(*model))?;
            }
        }
        Ok(any)
    }

    /// A comparison: for each figure that its amounts can have, where they have it and it holds.
    fn comparison(&self, condition: &Condition) -> Result<Truth, GaveUp> {
        let comparing = Comparing::new(self.view, condition);
        let facts = figures_of(condition);
        let mut choices: Vec<(Set, Taken<AmountId>)> =
            vec![(self.diagrams.everything(), Vec::new())];
        for amount in amounts_of(condition) {
            let figures = self.figures(amount)?;
            let mut next = Vec::new();
            for (before, taken) in &choices {
                for (value, set) in &figures {
                    let mut taken = taken.clone();
                    taken.push((amount, *value));
                    next.push((self.diagrams.and(before, set)?, taken));
                }
            }
            choices = next;
        }
        let (mut yes, mut no) = (self.diagrams.nothing(), self.diagrams.nothing());
        for (set, amounts) in choices {
            let (holds, fails) = self.compared(&comparing, condition, &facts, &amounts)?;
            yes = self.diagrams.or(&yes, &self.diagrams.and(&set, &holds)?)?;
            no = self.diagrams.or(&no, &self.diagrams.and(&set, &fails)?)?;
        }
        // Where two figures are possible at once and come out otherwise, the rules leave a gap.
        let both = self.diagrams.and(&yes, &no)?;
        let neither = self.diagrams.or(&yes, &no)?.not();
        Ok(Truth {
            yes: self.diagrams.minus(&yes, &both)?,
            gap: self.diagrams.or(&both, &neither)?,
        })
    }

    /// Where a comparison holds and where it fails, its amounts being so.
    fn compared(
        &self,
        comparing: &Comparing<'_>,
        condition: &Condition,
        facts: &[FactId],
        amounts: &Taken<AmountId>,
    ) -> Result<(Set, Set), GaveUp> {
        let is_none = amounts.iter().any(|(_, value)| value.is_none());
        let split = |known: Known| {
            (
                self.diagrams.constant(known == Known::Yes),
                self.diagrams.constant(known == Known::No),
            )
        };
        match facts {
            _ if is_none => Ok(split(Known::No)),
            [] => Ok(split(comparing.holds(&Vec::new(), amounts))),
            [fact] if !is_relation(self.view, condition) => {
                let values = self.space.values(self.number, self.book(), *fact);
                let known: Vec<Known> = values
                    .iter()
                    .map(|value| comparing.holds(&vec![(*fact, scalar(value))], amounts))
                    .collect();
                let of = |wanted: Known| {
                    let passes = |cell: usize| known.get(cell) == Some(&wanted);
                    Ok(self.in_cells(*fact, passes)?.yes)
                };
                Ok((of(Known::Yes)?, of(Known::No)?))
            }
            _ => {
                let relation = self.space.relation(&key(self.view, condition));
                let Some(relation) = relation else { return Ok(split(Known::Unknown)) };
                let holds = self.cells(relation, |cell| cell == 1)?;
                Ok((holds.clone(), holds.not()))
            }
        }
    }

    /// The figures that an amount can have, each with the commissions for which it has it.
    fn figures(&self, amount: AmountId) -> Result<Vec<(Option<Scalar>, Set)>, GaveUp> {
        let class = self.book().amounts[amount].class;
        let mut figures: Vec<(Option<Scalar>, Set)> = Vec::new();
        for row in self.view.rows(amount) {
            let set = match (class, row.class) {
                (None, _) => self.diagrams.everything(),
                (Some(Class::Fact(fact)), Some(place)) => {
                    let places = self.space.options(self.number, fact).unwrap_or_default();
                    let wanted = places.get(place).copied();
                    self.in_cells(fact, |cell| Some(cell) == wanted)?.yes
                }
                (Some(Class::Decision(decision)), Some(place)) => {
                    let can = self.decision(decision).and_then(|decided| decided.can.get(place));
                    can.cloned().unwrap_or_else(|| self.diagrams.nothing())
                }
                (Some(_), None) => self.diagrams.nothing(),
            };
            let value = row.value.as_ref().and_then(scalar);
            match figures.iter_mut().find(|(known, _)| *known == value) {
                Some((_, known)) => *known = self.diagrams.or(known, &set)?,
                None => figures.push((value, set)),
            }
        }
        Ok(figures)
    }
}

fn put<T>(cells: &mut Cells<T>, place: usize, made: T) {
    if let Some(cell) = cells.get_mut(place) {
        *cell = OnceLock::from(made);
    }
}
