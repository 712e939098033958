//! The rules as they are meant: every kind of item, with names resolved.

mod clauses;
mod facts;
mod instrument;
mod law;
mod papers;
mod scenario;
mod sums;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use clauses::{ClauseOf, ClausePart, ClauseRef, ClauseRow};
pub use facts::{
    Amount, AmountRow, Calendar, Choice, Class, CodeRow, Event, EventRef, Fact, FactKind,
    Judgement, List, ListRows, Outcome,
};
pub use instrument::{Citing, Instrument, Listed, Mark, Standing};
pub use law::{
    Candidate, Case, Decision, Doubt, ExcludedRoute, Mandatory, Model, Preference, Route, Test,
};
pub use papers::{
    DatedWords, Document, DocumentKind, Due, DueRule, Force, LengthRow, Period, Stage,
};
pub use scenario::{Expectation, Scenario};
pub use sums::{Sum, SumFault, Worked};

use super::citation::Citation;
use super::condition::Condition;
use super::table::{
    AmountId, CalendarId, DecisionId, DocumentId, EventId, FactId, ListId, ModelId, PackId,
    PeriodId, PreferenceId, RouteId, ScenarioId, SourceId, Table,
};
use crate::quantity::InForce;
use crate::source::Span;

/// All packs read together, with everything in them.
#[derive(Clone, Debug)]
pub struct Rulebook {
    /// The packs, each after those it uses.
    pub packs: Table<PackId, Pack>,
    /// Acts, regulations, notices and guidance.
    pub sources: Table<SourceId, SourceOfLaw>,
    /// Facts.
    pub facts: Table<FactId, Fact>,
    /// Figures fixed by law.
    pub amounts: Table<AmountId, Amount>,
    /// Sets of codes or days.
    pub lists: Table<ListId, List>,
    /// Calendars of working days.
    pub calendars: Table<CalendarId, Calendar>,
    /// Events.
    pub events: Table<EventId, Event>,
    /// Named questions of law.
    pub decisions: Table<DecisionId, Decision>,
    /// Lawful ways to award.
    pub routes: Table<RouteId, Route>,
    /// Commercial shapes.
    pub models: Table<ModelId, Model>,
    /// What must or should exist.
    pub documents: Table<DocumentId, Document>,
    /// Time limits and clocks.
    pub periods: Table<PeriodId, Period>,
    /// Reasons to recommend one open route over another.
    pub preferences: Table<PreferenceId, Preference>,
    /// Facts with the answer expected.
    pub scenarios: Table<ScenarioId, Scenario>,
    /// Instruments whose provisions are listed; shared, since no change to rules touches them.
    pub instruments: Arc<Vec<Instrument>>,
    /// What each name means.
    pub names: BTreeMap<String, Thing>,
}

/// What a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A pack.
    Pack(PackId),
    /// A source.
    Source(SourceId),
    /// A fact.
    Fact(FactId),
    /// An amount.
    Amount(AmountId),
    /// A list.
    List(ListId),
    /// A calendar.
    Calendar(CalendarId),
    /// An event.
    Event(EventId),
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
}

/// A body of law or policy: `pack uk.pa23 "Procurement Act 2023"`.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Where it is declared.
    pub span: Span,
    /// Its version, as its authors count.
    pub version: String,
    /// The nations it extends to.
    pub extent: Vec<String>,
    /// When it is in force.
    pub in_force: InForce,
    /// The packs it uses, the base of a layer among them.
    pub uses: Vec<PackId>,
    /// The pack that a layer sits on.
    pub base: Option<PackId>,
    /// What must hold for its routes and documents to apply at all.
    pub gate: Option<Test>,
    /// How its working days are counted.
    pub calendar: Option<CalendarId>,
    /// Its citations.
    pub citations: Vec<Citation>,
    /// The BLAKE3 digest of its files, in hexadecimal.
    pub digest: String,
}

/// An Act, regulation, notice or guidance.
#[derive(Clone, Debug)]
pub struct SourceOfLaw {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// `ukpga/2023/54` on legislation.gov.uk, or the address of its page.
    pub address: String,
}

impl Rulebook {
    /// The name of an event or document.
    #[must_use]
    pub fn event_name(&self, event: EventRef) -> &str {
        match event {
            EventRef::Event(id) => &self.events[id].name,
            EventRef::Document(id) => &self.documents[id].name,
        }
    }

    /// The title of an event or document.
    #[must_use]
    pub fn event_title(&self, event: EventRef) -> &str {
        match event {
            EventRef::Event(id) => &self.events[id].title,
            EventRef::Document(id) => &self.documents[id].title,
        }
    }

    /// The options or outcomes that an amount's rows are by.
    #[must_use]
    pub fn class_choices(&self, class: Class) -> &[Choice] {
        match class {
            Class::Fact(fact) => self.facts[fact].kind.choices(),
            Class::Decision(decision) => &self.decisions[decision].outcomes,
        }
    }

    /// Every condition in every rule.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        fn of(test: &Test) -> impl Iterator<Item = &Condition> {
            std::iter::once(&test.condition).chain(&test.guard)
        }
        let gates = self.packs.rows().filter_map(|pack| pack.gate.as_ref()).flat_map(of);
        let cases = self.decisions.rows().flat_map(|decision| &decision.cases);
        let routes = self.routes.rows().flat_map(|route| &route.tests).flat_map(of);
        let models = self
            .models
            .rows()
            .flat_map(|model| model.tests.iter().chain(&model.gates))
            .flat_map(of);
        let documents = self.documents.rows().flat_map(|document| {
            let due = document.due.iter().filter_map(|due| due.condition.as_ref());
            document.tests.iter().chain(&document.forbidden).flat_map(of).chain(due)
        });
        let periods = self.periods.rows().flat_map(|period| {
            let lengths = period.lengths.iter().filter_map(|row| row.condition.as_ref());
            period.tests.iter().flat_map(of).chain(lengths)
        });
        let preferences =
            self.preferences.rows().flat_map(|preference| &preference.tests).flat_map(of);
        let cases = cases.filter_map(|case| case.condition.as_ref());
        gates
            .chain(cases)
            .chain(routes)
            .chain(models)
            .chain(documents)
            .chain(periods)
            .chain(preferences)
    }

    /// The outcomes a decision has, for the pages that name them.
    #[must_use]
    pub fn outcome(&self, decision: DecisionId, outcome: usize) -> Option<&Outcome> {
        self.decisions[decision].outcomes.get(outcome)
    }
}
