//! The rules as they are meant: every kind of item, with names resolved.

use std::collections::BTreeMap;

use super::citation::Citation;
use super::condition::{CodeSet, Condition, Value};
use super::table::{
    AmountId, CalendarId, DecisionId, DocumentId, EventId, FactId, ListId, ModelId, PackId,
    PeriodId, PreferenceId, RouteId, ScenarioId, SourceId, Table,
};
use crate::quantity::{Date, Duration, InForce, Money, Percentage};
use crate::source::Span;
use crate::syntax::tree::{Counting, Ending, Fit, Limit, Need, Until, VatBasis};

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

/// Something to be known about the commission.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its dotted name, which is also its place in a commission's JSON.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// What may be known of it.
    pub kind: FactKind,
    /// The question that a person is asked.
    pub ask: String,
    /// How to answer.
    pub help: Option<String>,
    /// What must be reasoned, where the fact is the authority's to decide.
    pub judgement: Option<Judgement>,
    /// The papers that prove it.
    pub evidence: Vec<String>,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// That a fact is the authority's to decide.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// What must be reasoned and recorded.
    pub words: String,
    /// Its citations, the fact's where it has none.
    pub citations: Vec<Citation>,
}

/// What may be known of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// `yes or no`
    YesNo,
    /// `one of`
    OneOf(Vec<Choice>),
    /// `some of`
    SomeOf(Vec<Choice>),
    /// `whole number`, from the least to the most.
    Number(u64, u64),
    /// `percentage`, from the least to the most.
    Percentage(Percentage, Percentage),
    /// `money`, with its VAT basis, from the least to the most.
    Money(Option<VatBasis>, Money, Money),
    /// `date`
    Date,
    /// `duration`
    Duration,
    /// `text`
    Text,
    /// `CPV code`
    Cpv,
}

/// An option of a fact or an outcome of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
}

/// An outcome of a decision.
pub type Outcome = Choice;

/// A figure fixed by law.
#[derive(Clone, Debug)]
pub struct Amount {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// Its type, never `OneOf`, `SomeOf`, `YesNo`, `Text` or `Cpv`.
    pub kind: FactKind,
    /// What its rows are by.
    pub class: Option<Class>,
    /// Its figures.
    pub rows: Vec<AmountRow>,
    /// Whether a layer is to give the figures.
    pub is_left_to_layers: bool,
}

/// What the rows of an amount are by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The options of a fact.
    Fact(FactId),
    /// The outcomes of a decision.
    Decision(DecisionId),
}

/// One figure of an amount.
#[derive(Clone, Debug)]
pub struct AmountRow {
    /// The option or outcome that it is for.
    pub class: Option<usize>,
    /// The figure; `None` where the law gives none.
    pub value: Option<Value>,
    /// When it is in force.
    pub in_force: InForce,
    /// Its citations.
    pub citations: Vec<Citation>,
    /// What is doubtful about it.
    pub doubts: Vec<Doubt>,
    /// Where it is written.
    pub span: Span,
}

/// A set of codes or days.
#[derive(Clone, Debug)]
pub struct List {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// The days that it speaks of, for a list of days.
    pub in_force: InForce,
    /// What it holds.
    pub rows: ListRows,
    /// Whether a layer is to give the rows.
    pub is_left_to_layers: bool,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// What a list holds.
#[derive(Clone, Debug)]
pub enum ListRows {
    /// `CPV codes`
    Codes(Vec<CodeRow>),
    /// `dates`, in order.
    Dates(Vec<Date>),
}

/// A row of codes.
#[derive(Clone, Debug)]
pub struct CodeRow {
    /// The codes.
    pub codes: Vec<CodeSet>,
    /// When they are in force.
    pub in_force: InForce,
    /// Their citations.
    pub citations: Vec<Citation>,
    /// What is doubtful about them.
    pub doubts: Vec<Doubt>,
    /// Where they are written.
    pub span: Span,
}

/// How working days are counted: all days but Saturdays, Sundays and holidays.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// The lists of days that are no working days.
    pub holidays: Vec<ListId>,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// Something that happens on a day.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// The fact that gives its day.
    pub dated_by: Option<FactId>,
}

/// What a period or a due rule counts from or to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventRef {
    /// An event.
    Event(EventId),
    /// The publication or signing of a document.
    Document(DocumentId),
}

/// A named question of law.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its name.
    pub name: String,
    /// Its title, the question.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// Its outcomes, in the order of their first case.
    pub outcomes: Vec<Outcome>,
    /// Its cases, tried in order.
    pub cases: Vec<Case>,
    /// What a reader should know.
    pub note: Option<String>,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// A case of a decision.
#[derive(Clone, Debug)]
pub struct Case {
    /// The outcome it gives.
    pub outcome: usize,
    /// Its condition; `None` for `otherwise`.
    pub condition: Option<Condition>,
    /// Its sentence, where the author gave one.
    pub says: Option<String>,
    /// What is doubtful about it.
    pub doubts: Vec<Doubt>,
    /// When it is in force.
    pub in_force: InForce,
    /// Its citations.
    pub citations: Vec<Citation>,
    /// Where it is written.
    pub span: Span,
}

/// That the law is unsettled or was not verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// What is doubtful.
    pub words: String,
}

/// A condition with its sentence and citations.
#[derive(Clone, Debug)]
pub struct Test {
    /// What must hold, `barred when` already turned round.
    pub condition: Condition,
    /// When it must hold at all.
    pub guard: Option<Condition>,
    /// Its sentence, where the author gave one.
    pub says: Option<String>,
    /// What a person is told when it fails.
    pub otherwise: Option<String>,
    /// What is doubtful about it.
    pub doubts: Vec<Doubt>,
    /// When it is in force.
    pub in_force: InForce,
    /// Its citations.
    pub citations: Vec<Citation>,
    /// The pack that wrote it: a layer's, where a layer narrowed the route.
    pub pack: PackId,
    /// Where it is written.
    pub span: Span,
}

/// A lawful way to award.
#[derive(Clone, Debug)]
pub struct Route {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// What a reader should know.
    pub note: Option<String>,
    /// Its tests.
    pub tests: Vec<Test>,
    /// When it is in force.
    pub in_force: InForce,
    /// What is doubtful about the whole.
    pub doubts: Vec<Doubt>,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// A commercial shape that needs a route to carry it.
#[derive(Clone, Debug)]
pub struct Model {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// What a reader should know.
    pub note: Option<String>,
    /// What makes a commission one.
    pub tests: Vec<Test>,
    /// The routes that can carry it.
    pub carried_by: Vec<RouteId>,
    /// What a good design of it shows.
    pub gates: Vec<Test>,
    /// When it is in force.
    pub in_force: InForce,
    /// What is doubtful about the whole.
    pub doubts: Vec<Doubt>,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// Words that hold for a time.
#[derive(Clone, Debug)]
pub struct DatedWords {
    /// The words.
    pub words: String,
    /// When they hold.
    pub in_force: InForce,
}

/// What sort of paper a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentKind {
    /// `notice`
    Notice,
    /// `record`
    Record,
    /// `assessment`
    Assessment,
    /// `approval`
    Approval,
    /// `agreement`
    Agreement,
    /// `letter`
    Letter,
    /// `statement`
    Statement,
}

/// What makes a document needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Force {
    /// `law`: it must exist.
    Law,
    /// `policy`: whoever the policy binds must have it.
    Policy,
    /// `practice`: it should exist.
    Practice,
}

/// When in the life of a commission a document belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// `plan`
    Plan,
    /// `define`
    Define,
    /// `procure`
    Procure,
    /// `award`
    Award,
    /// `manage`
    Manage,
}

/// Anything that must or should exist.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// What sort of paper it is.
    pub kind: DocumentKind,
    /// What makes it needed.
    pub force: Force,
    /// When it belongs.
    pub stage: Stage,
    /// Where it is published.
    pub publish: Vec<DatedWords>,
    /// When it is needed: all of these.
    pub tests: Vec<Test>,
    /// When it is due: the first that applies.
    pub due: Vec<Due>,
    /// What it must say.
    pub contains: Vec<DatedWords>,
    /// What a reader should know.
    pub note: Option<String>,
    /// When it is in force.
    pub in_force: InForce,
    /// What is doubtful about the whole.
    pub doubts: Vec<Doubt>,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// A due rule of a document.
#[derive(Clone, Debug)]
pub struct Due {
    /// The rule.
    pub rule: DueRule,
    /// When it applies; `None` for `otherwise` or always.
    pub condition: Option<Condition>,
    /// When it is in force.
    pub in_force: InForce,
    /// Its citations.
    pub citations: Vec<Citation>,
    /// What is doubtful about it.
    pub doubts: Vec<Doubt>,
}

/// When a document is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DueRule {
    /// `"in words"`
    Words(String),
    /// `before EVENT`
    Before(EventRef),
    /// `with EVENT`
    With(EventRef),
    /// `within 30 days after EVENT`
    Within(Duration, Counting, EventRef),
    /// `as soon as practicable after EVENT`
    Soon(EventRef),
}

/// A time limit or clock between two events.
#[derive(Clone, Debug)]
pub struct Period {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// The event it counts from.
    pub from: EventRef,
    /// The event it counts to.
    pub to: EventRef,
    /// Whether the second event falls on its last day or after it.
    pub until: Until,
    /// When it applies: all of these.
    pub tests: Vec<Test>,
    /// How long it is: the first that applies.
    pub lengths: Vec<LengthRow>,
    /// How its working days are counted.
    pub calendar: Option<CalendarId>,
    /// What a reader should know.
    pub note: Option<String>,
    /// When it is in force.
    pub in_force: InForce,
    /// What is doubtful about the whole.
    pub doubts: Vec<Doubt>,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// A length of a period.
#[derive(Clone, Debug)]
pub struct LengthRow {
    /// The length; `None` where there is no such period.
    pub length: Option<(Limit, Duration, Counting, Ending)>,
    /// When it applies; `None` for `otherwise` or always.
    pub condition: Option<Condition>,
    /// When it is in force.
    pub in_force: InForce,
    /// Its citations.
    pub citations: Vec<Citation>,
    /// What is doubtful about it.
    pub doubts: Vec<Doubt>,
}

/// A stated reason to recommend one open route, or one fitting model, over another.
#[derive(Clone, Debug)]
pub struct Preference {
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// What is preferred.
    pub above: Vec<Candidate>,
    /// What it is preferred over.
    pub below: Vec<Candidate>,
    /// When it holds: all of these.
    pub tests: Vec<Test>,
    /// Why.
    pub because: String,
    /// When it is in force.
    pub in_force: InForce,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// What a preference ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Candidate {
    /// A route.
    Route(RouteId),
    /// A model.
    Model(ModelId),
}

/// Facts and the expected answer.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its title: a proposition of law.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// The date asked about.
    pub as_at: Date,
    /// The facts, in the order written.
    pub given: Vec<(FactId, Value)>,
    /// What is expected, each with its place.
    pub expectations: Vec<(Expectation, Span)>,
    /// The commission that holds the same facts.
    pub commission: Option<String>,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// What a scenario expects of the answer.
#[derive(Clone, Debug)]
pub enum Expectation {
    /// A decision's outcome, or that it is undecided.
    Decision(DecisionId, Option<usize>),
    /// A route is open.
    RouteOpen(RouteId),
    /// A route is barred by tests with these citations.
    RouteBarred(RouteId, Vec<Citation>),
    /// A route is unsettled.
    RouteUnsettled(RouteId),
    /// Nothing is recommended.
    NoRecommendation,
    /// A route is recommended, perhaps as a model.
    Recommendation(RouteId, Option<ModelId>),
    /// A model fits, doesn't, or is unsettled.
    Model(ModelId, Fit),
    /// A document is required, not required, or conditional.
    Document(DocumentId, Need),
    /// A document is due on a day.
    DocumentDue(DocumentId, Date),
    /// An event falls on a day at the earliest.
    Date(EventRef, Date),
    /// A fact is asked for.
    Question(FactId),
    /// A doubt with one of these citations is given.
    Doubt(Vec<Citation>),
    /// The answer would change if the start slipped to this day.
    Coming(Date),
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
            document.tests.iter().flat_map(of).chain(due)
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

impl FactKind {
    /// The options of a fact that has some.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::OneOf(choices) | Self::SomeOf(choices) => choices,
            Self::YesNo
            | Self::Number(..)
            | Self::Percentage(..)
            | Self::Money(..)
            | Self::Date
            | Self::Duration
            | Self::Text
            | Self::Cpv => &[],
        }
    }
}
