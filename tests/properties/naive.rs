//! A second evaluator, deliberately naive: every fact is known, so a condition is true or false, a
//! decision has one outcome and a route is open or barred. Written from the design and from the
//! rules of the language, not from `decide`.

pub(super) mod days;

use std::cell::RefCell;
use std::cmp::Ordering;

use clearway::facts::Facts;
use clearway::pack::{
    AmountId, Candidate, Class, Condition, DecisionId, DocumentId, FactId, Figure, Id, Limb,
    ListId, ListRows, ModelId, PackId, Quantity, RouteId, Rulebook, Sign, Term, Test, Value,
};
use clearway::quantity::{CpvCode, Date, Duration, InForce};
use clearway::syntax::tree::Comparison;

const MILLION: i128 = 1_000_000;

/// A commission of which everything is known, at a date.
pub(super) struct World<'w> {
    book: &'w Rulebook,
    facts: &'w Facts,
    as_at: Date,
    /// The outcomes already found: a decision may be asked for often.
    found: RefCell<Vec<Option<Option<usize>>>>,
}

/// What a quantity comes to. Figures are in millionths: of a penny, of one, of the whole.
#[derive(Clone, Copy, Debug)]
enum Sum {
    Figure(i128),
    Day(days::Day),
    Length(Duration),
}

impl<'w> World<'w> {
    pub(super) fn new(book: &'w Rulebook, facts: &'w Facts, as_at: Date) -> Self {
        Self { book, facts, as_at, found: RefCell::new(vec![None; book.decisions.len()]) }
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

    pub(super) fn is_open(&self, route: RouteId) -> bool {
        let route = &self.book.routes[route];
        let is_there = self.is_law(route.pack, route.in_force) && self.gate(route.pack);
        is_there && route.tests.iter().all(|test| self.passes(test, None))
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

    /// Whether what stands under `when` is so: where every `when` that was written is yet to come
    /// or gone by, there is nothing yet, or no longer, for it to be so of.
    fn is_conditioned_on(&self, tests: &[Test], route: Option<RouteId>) -> bool {
        let is_there =
            tests.is_empty() || tests.iter().any(|test| self.is_law(test.pack, test.in_force));
        is_there && tests.iter().all(|test| self.passes(test, route))
    }

    /// The open route that nothing open is preferred over, where every other is behind an open one.
    pub(super) fn recommended(&self) -> Option<RouteId> {
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
            Condition::ModelIs(models) => models.iter().any(|model| self.fits(*model)),
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

    /// A comparison with a figure that the law doesn't give is no.
    fn compares(&self, left: &Quantity, comparison: Comparison, right: &Quantity) -> bool {
        let (Some(left), Some(right)) = (self.sum(left), self.sum(right)) else { return false };
        let order = match (left, right) {
            (Sum::Figure(left), Sum::Figure(right)) | (Sum::Day(left), Sum::Day(right)) => {
                left.cmp(&right)
            }
            (Sum::Length(left), Sum::Length(right)) => self.longer(left, right),
            _ => return false,
        };
        is_so(comparison, order)
    }

    /// Months with months and days with days by their number, otherwise by the day on which each
    /// ends if it begins on the date asked about.
    fn longer(&self, left: Duration, right: Duration) -> Ordering {
        match (parts(left), parts(right)) {
            ((left, 0), (right, 0)) | ((0, left), (0, right)) => left.cmp(&right),
            _ => {
                let start = days::from_date(self.as_at);
                after(start, left, 1).cmp(&after(start, right, 1))
            }
        }
    }

    /// The time from one day to another is at most a length if the other day is no later than the
    /// length after the one.
    fn gap(
        &self,
        from: &Quantity,
        to: &Quantity,
        comparison: Comparison,
        length: &Quantity,
    ) -> bool {
        match (self.sum(from), self.sum(to), self.sum(length)) {
            (Some(Sum::Day(from)), Some(Sum::Day(to)), Some(Sum::Length(length))) => {
                is_so(comparison, to.cmp(&after(from, length, 1)))
            }
            _ => false,
        }
    }

    fn sum(&self, quantity: &Quantity) -> Option<Sum> {
        let mut sum: Option<Sum> = None;
        for (sign, term) in &quantity.terms {
            let times = if *sign == Sign::Plus { 1 } else { -1 };
            let term = self.term(term)?;
            sum = Some(match (sum, term) {
                (None, Sum::Figure(figure)) => Sum::Figure(times * figure),
                (None, other) => other,
                (Some(Sum::Figure(sum)), Sum::Figure(figure)) => Sum::Figure(sum + times * figure),
                (Some(Sum::Day(day)), Sum::Length(length)) => Sum::Day(after(day, length, times)),
                (Some(_), _) => return None,
            });
        }
        sum
    }

    fn term(&self, term: &Term) -> Option<Sum> {
        match term {
            Term::Figure(figure) => self.figure(figure),
            Term::Share(percentage, figures) => {
                let mut whole = 0;
                for (sign, figure) in figures {
                    let Sum::Figure(figure) = self.figure(figure)? else { return None };
                    whole += if *sign == Sign::Plus { figure } else { -figure };
                }
                // Every figure here is a whole number of pence or units, so nothing is lost.
                Some(Sum::Figure(whole / MILLION * i128::from(percentage.millionths())))
            }
        }
    }

    fn figure(&self, figure: &Figure) -> Option<Sum> {
        match figure {
            Figure::Literal(value) => sum_of(value),
            Figure::Fact(fact) => sum_of(self.value(*fact)?),
            Figure::Amount(amount) => sum_of(self.amount(*amount)?),
            Figure::AsAt => Some(Sum::Day(days::from_date(self.as_at))),
        }
    }

    /// The figure in force for the class of this commission.
    fn amount(&self, amount: AmountId) -> Option<&Value> {
        let amount = &self.book.amounts[amount];
        let class = match amount.class {
            None => None,
            Some(Class::Decision(decision)) => Some(self.outcome(decision)?),
            Some(Class::Fact(fact)) => match self.value(fact)? {
                Value::Choice(option) => Some(*option),
                _ => return None,
            },
        };
        let mut rows = amount
            .rows
            .iter()
            .filter(|row| row.class == class && self.is_law(amount.pack, row.in_force));
        rows.next()?.value.as_ref()
    }
}

fn sum_of(value: &Value) -> Option<Sum> {
    match value {
        Value::Number(number) => Some(Sum::Figure(i128::from(*number) * MILLION)),
        Value::Percentage(percentage) => Some(Sum::Figure(percentage.millionths().into())),
        Value::Money(money) => Some(Sum::Figure(i128::from(money.pence()) * MILLION)),
        Value::Date(date) => Some(Sum::Day(days::from_date(*date))),
        Value::Duration(duration) => Some(Sum::Length(*duration)),
        Value::YesNo(_)
        | Value::Choice(_)
        | Value::Choices(_)
        | Value::Text(_)
        | Value::Code(_) => None,
    }
}

/// The months and the days of a length, read from how it is written.
pub(super) fn parts(length: Duration) -> (i128, i128) {
    let (mut months, mut n_days) = (0, 0);
    let written = length.to_string();
    let mut words = written.split(' ');
    while let (Some(count), Some(unit)) = (words.next(), words.next()) {
        let count: i128 = count.parse().unwrap_or(0);
        match unit.trim_end_matches('s') {
            "year" => months += 12 * count,
            "month" => months += count,
            _ => n_days += count,
        }
    }
    (months, n_days)
}

/// The day a length after another, or before it: months first, then days.
pub(super) fn after(day: days::Day, length: Duration, times: i128) -> days::Day {
    let (months, n_days) = parts(length);
    days::add_months(day, times * months) + times * n_days
}

fn is_so(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::Equal => order == Ordering::Equal,
        Comparison::Under => order == Ordering::Less,
        Comparison::AtOrUnder => order != Ordering::Greater,
        Comparison::Over => order == Ordering::Greater,
        Comparison::AtOrOver => order != Ordering::Less,
    }
}
