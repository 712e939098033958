//! A second evaluator, deliberately naive: every fact is known, so a condition is true or false, a
//! decision has one outcome and a route is open or barred. Written from the design and from the
//! rules of the language, not from `decide`.

pub(super) mod days;
pub(super) mod quantities;

use std::cell::{OnceCell, RefCell};

use clearway::facts::Facts;
use clearway::pack::{
    Candidate, Condition, DecisionId, DocumentId, FactId, Id, Limb, ListId, ListRows, ModelId,
    PackId, RouteId, Rulebook, Test, Value,
};
use clearway::quantity::{CpvCode, Date, InForce};

/// A commission of which everything is known, at a date.
pub(super) struct World<'w> {
    book: &'w Rulebook,
    facts: &'w Facts,
    as_at: Date,
    /// The outcomes already found: a decision may be asked for often.
    found: RefCell<Vec<Option<Option<usize>>>>,
    recommended: OnceCell<Option<RouteId>>,
}

impl<'w> World<'w> {
    pub(super) fn new(book: &'w Rulebook, facts: &'w Facts, as_at: Date) -> Self {
        let found = RefCell::new(vec![None; book.decisions.len()]);
        Self { book, facts, as_at, found, recommended: OnceCell::new() }
    }

    pub(super) const fn book(&self) -> &'w Rulebook {
        self.book
    }

    pub(super) fn is_in_force(&self, pack: PackId) -> bool {
        self.book.packs[pack].in_force.holds_on(self.as_at)
    }

    /// Whether a clause of a pack is law at the date.
    fn is_law(&self, pack: PackId, in_force: InForce) -> bool {
        self.is_in_force(pack) && in_force.holds_on(self.as_at)
    }

    /// Whether a pack's `applies when` holds; it does where there is none.
    pub(super) fn gate(&self, pack: PackId) -> bool {
        self.book.packs[pack].gate.as_ref().is_none_or(|gate| self.passes(gate, None))
    }

    /// The outcome of the first case in force that holds; none where the pack is not in force.
    pub(super) fn outcome(&self, decision: DecisionId) -> Option<usize> {
        let place = decision.place();
        let found = self.found.borrow().get(place).copied().flatten();
        found.unwrap_or_else(|| {
            let cases = 0..self.book.decisions[decision].cases.len();
            let holding = cases
                .filter(|case| self.case_is_law(decision, *case))
                .find(|case| self.case(decision, *case));
            let outcome = holding
                .and_then(|case| Some(self.book.decisions[decision].cases.get(case)?.outcome));
            if let Some(kept) = self.found.borrow_mut().get_mut(place) {
                *kept = Some(outcome);
            }
            outcome
        })
    }

    pub(super) fn case_is_law(&self, decision: DecisionId, case: usize) -> bool {
        let decision = &self.book.decisions[decision];
        decision.cases.get(case).is_some_and(|case| self.is_law(decision.pack, case.in_force))
    }

    /// Whether a case's condition holds, whatever the cases before it.
    pub(super) fn case(&self, decision: DecisionId, case: usize) -> bool {
        let condition =
            self.book.decisions[decision].cases.get(case).and_then(|case| case.condition.as_ref());
        condition.is_none_or(|condition| self.holds(condition, None))
    }

    /// `needs A when B`: if B then A. What is no law at the date asks for nothing.
    pub(super) fn passes(&self, test: &Test, route: Option<RouteId>) -> bool {
        let is_law = self.is_law(test.pack, test.in_force);
        let is_asked = is_law && test.guard.as_ref().is_none_or(|guard| self.holds(guard, route));
        !is_asked || self.holds(&test.condition, route)
    }

    /// A route's test, which a layer's is only where the layer applies.
    pub(super) fn passes_test(&self, route: RouteId, test: &Test) -> bool {
        let is_layers = test.pack != self.book.routes[route].pack;
        (is_layers && !self.gate(test.pack)) || self.passes(test, None)
    }

    pub(super) fn is_open(&self, route: RouteId) -> bool {
        let rules = &self.book.routes[route];
        let is_there = self.is_law(rules.pack, rules.in_force) && self.gate(rules.pack);
        is_there && rules.tests.iter().all(|test| self.passes_test(route, test))
    }

    pub(super) fn fits(&self, model: ModelId) -> bool {
        let model = &self.book.models[model];
        let is_there = self.is_law(model.pack, model.in_force) && self.gate(model.pack);
        is_there && self.is_conditioned_on(&model.tests, None)
    }

    /// Whether a document must exist if this route is taken.
    pub(super) fn needs(&self, document: DocumentId, route: RouteId) -> bool {
        let document = &self.book.documents[document];
        let is_there = self.is_law(document.pack, document.in_force) && self.gate(document.pack);
        is_there && self.is_conditioned_on(&document.tests, Some(route))
    }

    /// Whether a document must not exist if this route is taken: any one ban suffices.
    pub(super) fn forbids(&self, document: DocumentId, route: RouteId) -> bool {
        let document = &self.book.documents[document];
        let is_there = self.is_law(document.pack, document.in_force)
            && self.gate(document.pack)
            && self.is_there(&document.tests);
        is_there
            && document.forbidden.iter().any(|ban| {
                self.is_law(ban.pack, ban.in_force) && self.holds(&ban.condition, Some(route))
            })
    }

    /// Whether what stands under `when` is so: where every `when` that was written is yet to come
    /// or gone by, there is nothing yet, or no longer, for it to be so of.
    fn is_conditioned_on(&self, tests: &[Test], route: Option<RouteId>) -> bool {
        self.is_there(tests) && tests.iter().all(|test| self.passes(test, route))
    }

    fn is_there(&self, tests: &[Test]) -> bool {
        tests.is_empty() || tests.iter().any(|test| self.is_law(test.pack, test.in_force))
    }

    /// The open route that nothing open is preferred over, where every other is behind an open one.
    pub(super) fn recommended(&self) -> Option<RouteId> {
        *self.recommended.get_or_init(|| self.first_of_the_open())
    }

    fn first_of_the_open(&self) -> Option<RouteId> {
        let open: Vec<RouteId> =
            self.book.routes.ids().filter(|route| self.is_open(*route)).collect();
        let is_behind =
            |route: &RouteId| open.iter().any(|other| self.is_preferred(*other, *route));
        let (behind, ahead): (Vec<RouteId>, Vec<RouteId>) =
            open.iter().partition(|route| is_behind(route));
        match ahead.as_slice() {
            [one] if behind.len() + 1 == open.len() => Some(*one),
            _ => None,
        }
    }

    fn is_preferred(&self, above: RouteId, below: RouteId) -> bool {
        self.book.preferences.rows().any(|preference| {
            self.is_law(preference.pack, preference.in_force)
                && self.gate(preference.pack)
                && preference.above.contains(&Candidate::Route(above))
                && preference.below.contains(&Candidate::Route(below))
                && self.is_conditioned_on(&preference.tests, None)
        })
    }

    fn holds(&self, condition: &Condition, route: Option<RouteId>) -> bool {
        let count =
            |limbs: &[Limb]| limbs.iter().filter(|limb| self.holds(&limb.condition, route)).count();
        match condition {
            Condition::All(limbs) => count(limbs) == limbs.len(),
            Condition::Any(limbs) => count(limbs) > 0,
            Condition::AtLeast(least, limbs) => count(limbs) >= *least as usize,
            Condition::Not(inner) => !self.holds(inner, route),
            Condition::Yes(fact) => self.value(*fact) == Some(&Value::YesNo(true)),
            Condition::OneOf(fact, options) => {
                options.iter().any(|option| self.value(*fact) == Some(&Value::Choice(*option)))
            }
            Condition::Includes(fact, option) => {
                matches!(self.value(*fact), Some(Value::Choices(chosen)) if chosen.contains(option))
            }
            Condition::TextIs(fact, text) => self.value(*fact) == Some(&Value::Text(text.clone())),
            Condition::CodeIs(fact, code) => self.value(*fact) == Some(&Value::Code(*code)),
            Condition::InList(fact, list) => {
                matches!(self.value(*fact), Some(Value::Code(code)) if self.is_listed(*code, *list))
            }
            Condition::Known(fact) => self.value(*fact).is_some(),
            Condition::Outcome(decision, outcomes) => {
                self.outcome(*decision).is_some_and(|outcome| outcomes.contains(&outcome))
            }
            Condition::RouteIs(routes) => route.is_some_and(|route| routes.contains(&route)),
            Condition::ModelIs(models) => models.iter().any(|model| {
                let is_carried = |route| self.book.models[*model].carried_by.contains(&route);
                self.fits(*model) && route.is_none_or(is_carried)
            }),
            Condition::Compare(comparison, left, right) => self.compares(left, *comparison, right),
            Condition::Gap(dates, comparison, length) => {
                self.gap(&dates.0, &dates.1, *comparison, length)
            }
        }
    }

    fn value(&self, fact: FactId) -> Option<&Value> {
        self.facts.get(fact)
    }

    /// A code covers itself, a range all between its ends, a family all that begin alike.
    fn is_listed(&self, code: CpvCode, list: ListId) -> bool {
        let list = &self.book.lists[list];
        let ListRows::Codes(rows) = &list.rows else { return false };
        let rows = rows.iter().filter(|row| row.in_force.holds_on(self.as_at));
        rows.flat_map(|row| &row.codes).any(|set| set.contains(code))
    }
}
