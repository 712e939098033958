//! Tables of things by typed number.

use std::marker::PhantomData;
use std::ops::Index;

/// The number of a thing in its table.
pub trait Id: Copy {
    /// The id of this number.
    fn new(number: u32) -> Self;
    /// The number as a place in a table.
    fn place(self) -> usize;
}

macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $name:ident,)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl Id for $name {
            fn new(number: u32) -> Self {
                Self(number)
            }

            fn place(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

ids! {
    /// A pack.
    PackId,
    /// A source of law.
    SourceId,
    /// A fact.
    FactId,
    /// An amount.
    AmountId,
    /// A list of codes or days.
    ListId,
    /// A calendar of working days.
    CalendarId,
    /// An event.
    EventId,
    /// A decision.
    DecisionId,
    /// A route.
    RouteId,
    /// A model.
    ModelId,
    /// A document.
    DocumentId,
    /// A period.
    PeriodId,
    /// A preference.
    PreferenceId,
    /// A scenario.
    ScenarioId,
}

/// Things in the order of their ids. An id is made only by the table that it indexes.
#[derive(Clone, Debug)]
pub struct Table<I, T> {
    rows: Vec<T>,
    ids: PhantomData<I>,
}

impl<I: Id, T> Table<I, T> {
    /// The table of these things, numbered in their order.
    #[must_use]
    pub const fn new(rows: Vec<T>) -> Self {
        Self { rows, ids: PhantomData }
    }

    /// Every thing with its id.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (I, &T)> {
        self.rows.iter().enumerate().map(|(place, row)| (id(place), row))
    }

    /// Every id.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + use<I, T> {
        (0..self.rows.len()).map(id)
    }

    /// Every thing.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.rows.iter()
    }

    /// The number of things.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether the table holds nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Changes a thing.
    pub(super) fn get_mut(&mut self, id: I) -> Option<&mut T> {
        self.rows.get_mut(id.place())
    }
}

/// The id of a place; a table of four thousand million things is out of reach of source limits.
pub(super) fn id<I: Id>(place: usize) -> I {
    I::new(u32::try_from(place).unwrap_or(u32::MAX))
}

impl<I: Id, T> Index<I> for Table<I, T> {
    type Output = T;

    #[expect(
        clippy::indexing_slicing,
        reason = "an id is made only for a place that its table has"
    )]
    fn index(&self, id: I) -> &T {
        &self.rows[id.place()]
    }
}
