//! A second evaluator, deliberately naive: every fact is known, so a condition is true or false, a
//! decision has one outcome and a route is open or barred, save where the rules themselves leave
//! it open: they use a decision or an amount of a pack that is not in force. Then it is `None`.
//! Written from the design and from the rules of the language, not from `decide`.

pub(super) mod days;
pub(super) mod quantities;

use std::cell::{OnceCell, RefCell};

use clearway::facts::Facts;
use clearway::pack::{
    Candidate, Condition, DecisionId, DocumentId, FactId, Id, Limb, ListId, ListRows, ModelId,
    PackId, PeriodId, PreferenceId, RouteId, Rulebook, Test, Value,
};
use clearway::quantity::{CpvCode, Date, InForce};

/// A commission of which everything is known, at a date.
pub(super) struct World<'w> {
    book: &'w Rulebook,
    facts: &'w Facts,
    as_at: Date,
    is_as_if_appointed: bool,
    /// The outcomes already found: a decision may be asked for often.
    found: RefCell<Vec<Option<Vec<usize>>>>,
    recommended: OnceCell<Option<RouteId>>,
}

impl<'w> World<'w> {
    pub(super) fn new(book: &'w Rulebook, facts: &'w Facts, as_at: Date) -> Self {
        let found = RefCell::new(vec![None; book.decisions.len()]);
        let recommended = OnceCell::new();
        Self { book, facts, as_at, is_as_if_appointed: false, found, recommended }
    }

    /// The same, were every day still to be appointed long past.
    pub(super) fn once_appointed(self) -> Self {
        Self { is_as_if_appointed: true, ..self }
    }

    /// The same, were this the outcome of a decision whatever its cases say.
    pub(super) fn supposing(self, decision: DecisionId, outcome: usize) -> Self {
        if let Some(found) = self.found.borrow_mut().get_mut(decision.place()) {
            *found = Some(vec![outcome]);
        }
        self
    }

    pub(super) const fn book(&self) -> &'w Rulebook {
        self.book
    }

    pub(super) fn holds_now(&self, period: InForce) -> bool {
        let period = if self.is_as_if_appointed { period.as_if_appointed() } else { period };
        period.holds_on(self.as_at)
    }

    pub(super) fn is_in_force(&self, pack: PackId) -> bool {
        self.holds_now(self.book.packs[pack].in_force)
    }

    /// Whether a clause of a pack is law at the date.
    pub(super) fn is_law(&self, pack: PackId, in_force: InForce) -> bool {
        self.is_in_force(pack) && self.holds_now(in_force)
    }

    /// Whether a pack's `applies when` holds; it does where there is none.
    pub(super) fn gate(&self, pack: PackId) -> Option<bool> {
        self.book.packs[pack].gate.as_ref().map_or(Some(true), |gate| self.passes(gate, None))
    }

    /// Whether a pack is law and applies.
    pub(super) fn applies(&self, pack: PackId) -> Option<bool> {
        if self.is_in_force(pack) { self.gate(pack) } else { Some(false) }
    }

    /// The outcome of the first case in force that holds; none where the pack is not in force.
    pub(super) fn outcome(&self, decision: DecisionId) -> Option<usize> {
        match self.outcomes(decision).as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// The outcomes that a decision can have: several only where a case is left open.
    pub(super) fn outcomes(&self, decision: DecisionId) -> Vec<usize> {
        let place = decision.place();
        let found = self.found.borrow().get(place).cloned().flatten();
        found.unwrap_or_else(|| {
            let mut outcomes = Vec::new();
            for (place, case) in self.book.decisions[decision].cases.iter().enumerate() {
                let holds = match self.case_is_law(decision, place) {
                    true => self.case(decision, place),
                    false => Some(false),
                };
                if holds != Some(false) && !outcomes.contains(&case.outcome) {
                    outcomes.push(case.outcome);
                }
                if holds == Some(true) {
                    break;
                }
            }
            if let Some(kept) = self.found.borrow_mut().get_mut(place) {
                *kept = Some(outcomes.clone());
            }
            outcomes
        })
    }

    pub(super) fn case_is_law(&self, decision: DecisionId, case: usize) -> bool {
        let decision = &self.book.decisions[decision];
        decision.cases.get(case).is_some_and(|case| self.is_law(decision.pack, case.in_force))
    }

    /// Whether a case's condition holds, whatever the cases before it.
    pub(super) fn case(&self, decision: DecisionId, case: usize) -> Option<bool> {
        let condition =
            self.book.decisions[decision].cases.get(case).and_then(|case| case.condition.as_ref());
        condition.map_or(Some(true), |condition| self.holds(condition, None))
    }

    /// `needs A when B`: if B then A. What is no law at the date asks for nothing.
    pub(super) fn passes(&self, test: &Test, route: Option<RouteId>) -> Option<bool> {
        if !self.is_law(test.pack, test.in_force) {
            return Some(true);
        }
        let is_asked = test.guard.as_ref().map(|guard| self.holds(guard, route));
        let is_spared = not(is_asked.unwrap_or(Some(true)));
        any([is_spared, self.holds(&test.condition, route)])
    }

    /// A test of something in a pack, which a layer's is only where the layer applies.
    pub(super) fn passes_in(
        &self,
        owner: PackId,
        test: &Test,
        route: Option<RouteId>,
    ) -> Option<bool> {
        let is_spared = if test.pack == owner { Some(false) } else { not(self.gate(test.pack)) };
        any([is_spared, self.passes(test, route)])
    }

    /// Whether a route is open: `None` where the rules leave it open whether it is.
    pub(super) fn stands(&self, route: RouteId) -> Option<bool> {
        let rules = &self.book.routes[route];
        if !self.is_law(rules.pack, rules.in_force) {
            return Some(false);
        }
        let tests = rules.tests.iter().map(|test| self.passes_in(rules.pack, test, None));
        all(std::iter::once(self.gate(rules.pack)).chain(tests))
    }

    pub(super) fn is_open(&self, route: RouteId) -> bool {
        self.stands(route) == Some(true)
    }

    pub(super) fn fits(&self, model: ModelId) -> Option<bool> {
        let model = &self.book.models[model];
        self.is_so((model.pack, model.in_force), &model.tests, None)
    }

    /// Whether a document must exist if this route is taken.
    pub(super) fn needs(&self, document: DocumentId, route: RouteId) -> Option<bool> {
        let document = &self.book.documents[document];
        self.is_so((document.pack, document.in_force), &document.tests, Some(route))
    }

    /// Whether a period runs if this route is taken.
    pub(super) fn runs(&self, period: PeriodId, route: RouteId) -> Option<bool> {
        let period = &self.book.periods[period];
        self.is_so((period.pack, period.in_force), &period.tests, Some(route))
    }

    /// Whether a preference holds, be its routes open or not.
    pub(super) fn ranks(&self, preference: PreferenceId) -> Option<bool> {
        let preference = &self.book.preferences[preference];
        self.is_so((preference.pack, preference.in_force), &preference.tests, None)
    }

    /// Whether a document must not exist if this route is taken: any one ban suffices.
    pub(super) fn forbids(&self, document: DocumentId, route: RouteId) -> bool {
        let document = &self.book.documents[document];
        let is_there = self.is_law(document.pack, document.in_force)
            && self.gate(document.pack) == Some(true)
            && self.is_there(&document.tests);
        is_there
            && document.forbidden.iter().any(|ban| {
                self.is_law(ban.pack, ban.in_force)
                    && self.holds(&ban.condition, Some(route)) == Some(true)
            })
    }

    /// Whether what stands under `when` is so: where every `when` that was written is yet to come
    /// or gone by, there is nothing yet, or no longer, for it to be so of.
    fn is_there(&self, tests: &[Test]) -> bool {
        tests.is_empty() || tests.iter().any(|test| self.is_law(test.pack, test.in_force))
    }

    fn is_so(
        &self,
        (pack, in_force): (PackId, InForce),
        tests: &[Test],
        route: Option<RouteId>,
    ) -> Option<bool> {
        if !self.is_there(tests) || !self.is_law(pack, in_force) {
            return Some(false);
        }
        let tests = tests.iter().map(|test| self.passes_in(pack, test, route));
        all(std::iter::once(self.gate(pack)).chain(tests))
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
        self.book.preferences.iter().any(|(id, preference)| {
            preference.above.contains(&Candidate::Route(above))
                && preference.below.contains(&Candidate::Route(below))
                && self.ranks(id) == Some(true)
        })
    }

    /// Whether a condition holds while a route is considered.
    pub(super) fn holds(&self, condition: &Condition, route: Option<RouteId>) -> Option<bool> {
        let of = |limbs: &[Limb]| -> Vec<Option<bool>> {
            limbs.iter().map(|limb| self.holds(&limb.condition, route)).collect()
        };
        match condition {
            Condition::All(limbs) => all(of(limbs)),
            Condition::Any(limbs) => any(of(limbs)),
            Condition::AtLeast(least, limbs) => at_least(*least as usize, &of(limbs)),
            Condition::Not(inner) => not(self.holds(inner, route)),
            Condition::Yes(fact) => Some(self.value(*fact) == Some(&Value::YesNo(true))),
            Condition::OneOf(fact, options) => Some(
                options.iter().any(|option| self.value(*fact) == Some(&Value::Choice(*option))),
            ),
            Condition::Includes(fact, option) => Some(
                matches!(self.value(*fact), Some(Value::Choices(chosen)) if chosen.contains(option)),
            ),
            Condition::TextIs(fact, text) => {
                Some(self.value(*fact) == Some(&Value::Text(text.clone())))
            }
            Condition::CodeIs(fact, code) => Some(self.value(*fact) == Some(&Value::Code(*code))),
            Condition::InList(fact, list) => Some(
                matches!(self.value(*fact), Some(Value::Code(code)) if self.is_listed(*code, *list)),
            ),
            Condition::Known(fact) => Some(self.value(*fact).is_some()),
            Condition::Outcome(decision, outcomes) => {
                same(self.outcomes(*decision).iter().map(|outcome| outcomes.contains(outcome)))
            }
            Condition::RouteIs(routes) => route.map(|route| routes.contains(&route)),
            Condition::ModelIs(models) => any(models.iter().map(|model| {
                let is_carried = |route| self.book.models[*model].carried_by.contains(&route);
                if route.is_none_or(is_carried) { self.fits(*model) } else { Some(false) }
            })),
            Condition::Compare(comparison, left, right) => self.compares(left, *comparison, right),
            Condition::Gap(dates, comparison, length) => {
                self.gap(&dates.0, &dates.1, *comparison, length)
            }
        }
    }

    pub(super) fn value(&self, fact: FactId) -> Option<&Value> {
        self.facts.get(fact)
    }

    /// A code covers itself, a range all between its ends, a family all that begin alike.
    fn is_listed(&self, code: CpvCode, list: ListId) -> bool {
        let list = &self.book.lists[list];
        let ListRows::Codes(rows) = &list.rows else { return false };
        let rows = rows.iter().filter(|row| self.holds_now(row.in_force));
        rows.flat_map(|row| &row.codes).any(|set| set.contains(code))
    }
}

fn not(truth: Option<bool>) -> Option<bool> {
    truth.map(|truth| !truth)
}

/// True if all are, false if one is.
fn all(truths: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    not(any(truths.into_iter().map(not)))
}

/// True if one is, false if all are.
fn any(truths: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let mut any = Some(false);
    for truth in truths {
        match truth {
            Some(true) => return truth,
            Some(false) => {}
            None => any = None,
        }
    }
    any
}

fn at_least(count: usize, truths: &[Option<bool>]) -> Option<bool> {
    let n = |wanted| truths.iter().filter(|truth| **truth == wanted).count();
    match n(Some(true)) {
        n_true if n_true >= count => Some(true),
        n_true if n_true + n(None) < count => Some(false),
        _ => None,
    }
}

/// What they are if they are all the same; `None` where they are not, or there are none.
fn same(mut truths: impl Iterator<Item = bool>) -> Option<bool> {
    let first = truths.next()?;
    truths.all(|truth| truth == first).then_some(first)
}
