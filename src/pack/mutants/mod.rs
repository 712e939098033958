//! Small changes to rules, by which scenarios are tried: rules that a change leaves as right as
//! before, to every scenario, are rules that nobody has tested.
//!
//! Only what decides is changed: no scenario, note, sentence, doubt or citation. What can't be
//! seen in an answer is left alone too: days of holidays, the words of documents.

mod apply;
mod gather;
mod twists;

use super::condition::{Condition, Value};
use super::rulebook::Rulebook;
use super::table::{
    AmountId, DecisionId, DocumentId, ListId, ModelId, PackId, PeriodId, PreferenceId, RouteId,
};
use crate::quantity::{Date, Duration, InForce, Percentage};
use crate::source::Span;
use crate::syntax::tree::{Comparison, Counting};

pub use apply::mutated;
pub use gather::mutants;
pub use twists::{literals, shares};

/// A small change to a rule. It knows where it goes, and holds no rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// The thing changed.
    pub owner: Owner,
    /// The clause of it.
    pub part: Part,
    /// Where the clause is written.
    pub span: Span,
    /// What is changed.
    pub change: Change,
}

/// What holds clauses that decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// A pack.
    Pack(PackId),
    /// An amount.
    Amount(AmountId),
    /// A list of codes.
    List(ListId),
    /// A decision.
    Decision(DecisionId),
    /// A route.
    Route(RouteId),
    /// A model.
    Model(ModelId),
    /// A document.
    Document(DocumentId),
    /// A period.
    Period(PeriodId),
    /// A preference.
    Preference(PreferenceId),
}

/// A clause of a thing, by its place among those of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The thing as a whole.
    Whole,
    /// `needs`, `barred when`, `fits when`, `when`; of a pack `applies when`.
    Test(usize),
    /// A `gate` of a model.
    Gate(usize),
    /// A case.
    Case(usize),
    /// A row of an amount or list.
    Row(usize),
    /// A due rule.
    Due(usize),
    /// A length of a period.
    Length(usize),
}

/// What is changed in a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is taken out.
    Dropped,
    /// A test's guard is taken out, so that it makes no exception.
    Unguarded,
    /// It is in force at another time.
    Dated(InForce),
    /// A case gives another outcome.
    Outcome(usize),
    /// A row has another figure.
    Figure(Value),
    /// A due rule or a length counts out another time.
    Lasting(Duration),
    /// A due rule or a length counts its first day in the other way.
    Counting(Counting),
    /// A period's second event falls on its last day in place of after it, or after it in place
    /// of on it.
    Until,
    /// A preference ranks the other way round.
    Reversed,
    /// A route no longer carries a model.
    Carrier(usize),
    /// Something in its condition, or in its guard's, which is found by going down these limbs.
    Twisted(Slot, Vec<usize>, Twist),
}

/// Which condition of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// Its own.
    Condition,
    /// Its guard's.
    Guard,
}

/// What is changed in a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Twist {
    /// It compares in another way.
    Comparison(Comparison),
    /// The literal of this place, among `literals`, is another.
    Literal(usize, Value),
    /// The percentage of this place, among those of which a share is taken, is another.
    Share(usize, Percentage),
    /// All limbs must hold in place of one, or one in place of all.
    Connective,
    /// So many limbs must hold.
    Count(u32),
    /// It holds where it didn't.
    Negated,
    /// The limb of this place is taken out.
    LimbDropped(usize),
    /// The option, outcome, route or model of this place is taken out.
    OptionDropped(usize),
}

impl Mutant {
    /// Whether it only moves the boundary of a comparison: `<` to `<=`, `>=` to `>`.
    #[must_use]
    pub fn is_boundary(&self, book: &Rulebook) -> bool {
        let Change::Twisted(_, _, Twist::Comparison(new)) = &self.change else { return false };
        match self.condition(book) {
            Some(Condition::Compare(old, ..) | Condition::Gap(_, old, _)) => {
                twists::boundary(*old).contains(new)
            }
            _ => false,
        }
    }

    /// The condition that is changed, as it was.
    #[must_use]
    pub fn condition<'b>(&self, book: &'b Rulebook) -> Option<&'b Condition> {
        let Change::Twisted(slot, path, _) = &self.change else { return None };
        let clause = gather::clauses(book, self.owner).into_iter().find(|c| c.part == self.part)?;
        let whole = match slot {
            Slot::Condition => clause.condition?,
            Slot::Guard => clause.guard?,
        };
        twists::inner(whole, path)
    }

    /// The clause's whole condition, as it was.
    #[must_use]
    pub fn clause<'b>(&self, book: &'b Rulebook) -> Option<&'b Condition> {
        gather::clauses(book, self.owner).into_iter().find(|c| c.part == self.part)?.condition
    }

    /// When the clause is in force, as it was.
    #[must_use]
    pub fn in_force(&self, book: &Rulebook) -> Option<InForce> {
        let clauses = gather::clauses(book, self.owner);
        Some(clauses.into_iter().find(|clause| clause.part == self.part)?.in_force)
    }

    /// Whether an answer as at this date can differ by it, law to come aside: only if the clause is
    /// read at the date, before or after the change.
    #[must_use]
    pub fn can_tell_on(&self, book: &Rulebook, date: Date) -> bool {
        let own = self.in_force(book).unwrap_or(InForce::ALWAYS);
        let is_read = match &self.change {
            Change::Dated(new) => own.holds_on(date) != new.holds_on(date),
            // Without a test that was not in force a thing may be unconditional.
            Change::Dropped => true,
            Change::Unguarded
            | Change::Outcome(_)
            | Change::Figure(_)
            | Change::Lasting(_)
            | Change::Counting(_)
            | Change::Until
            | Change::Reversed
            | Change::Carrier(_)
            | Change::Twisted(..) => own.holds_on(date),
        };
        let lives = self.lives(book);
        is_read && lives.iter().all(|life| life.holds_on(date))
    }

    /// Whether the change is none: it moves a day on which the clause's pack is not in force.
    #[must_use]
    pub fn is_idle(&self, book: &Rulebook) -> bool {
        let (Change::Dated(new), Some(old)) = (&self.change, self.in_force(book)) else {
            return false;
        };
        let within = |period: InForce, life: InForce| {
            let part = period.within(life);
            match (part.first_day(), part.until) {
                (Some(from), Some(until)) if until <= from => None,
                (from, until) => Some((from, until)),
            }
        };
        let lives = self.lives(book);
        lives.iter().any(|life| {
            let is_dated = life.first_day().is_some() && old.first_day().is_some();
            is_dated && within(old, *life) == within(*new, *life)
        })
    }

    /// The periods in which the clause is read at all: the lives of its packs.
    fn lives(&self, book: &Rulebook) -> Vec<InForce> {
        let of = |pack: PackId| book.packs[pack].in_force;
        match self.owner {
            // A figure or code is read wherever it is used, and a pack's own life is what changes.
            Owner::Amount(_) | Owner::List(_) => Vec::new(),
            Owner::Pack(_) if self.part == Part::Whole => Vec::new(),
            Owner::Route(route) => {
                let Part::Test(place) = self.part else { return vec![of(book.routes[route].pack)] };
                let layer = book.routes[route].tests.get(place).map(|test| of(test.pack));
                std::iter::once(of(book.routes[route].pack)).chain(layer).collect()
            }
            Owner::Pack(_)
            | Owner::Decision(_)
            | Owner::Model(_)
            | Owner::Document(_)
            | Owner::Period(_)
            | Owner::Preference(_) => vec![of(self.owner.pack(book))],
        }
    }
}

impl Owner {
    /// The pack that holds it.
    #[must_use]
    pub fn pack(self, book: &Rulebook) -> PackId {
        match self {
            Self::Pack(id) => id,
            Self::Amount(id) => book.amounts[id].pack,
            Self::List(id) => book.lists[id].pack,
            Self::Decision(id) => book.decisions[id].pack,
            Self::Route(id) => book.routes[id].pack,
            Self::Model(id) => book.models[id].pack,
            Self::Document(id) => book.documents[id].pack,
            Self::Period(id) => book.periods[id].pack,
            Self::Preference(id) => book.preferences[id].pack,
        }
    }
}
