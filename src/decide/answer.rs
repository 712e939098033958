//! What the engine says of a commission.

use std::collections::BTreeSet;

use crate::facts::Facts;
use crate::graph::Graph;
use crate::pack::{
    AmountId, CalendarId, Citation, DecisionId, DocumentId, Due, EventRef, FactId, LengthRow,
    ListId, ModelId, PackId, PeriodId, PreferenceId, RouteId, Test, Value,
};
use crate::quantity::{Beginning, Date};

/// Yes, no, or not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// It holds, whatever the unknown facts are.
    Yes,
    /// It fails, whatever the unknown facts are.
    No,
    /// It waits for facts.
    Unknown,
}

/// The whole answer. It borrows the graph, whose words its reports need.
#[derive(Clone, Debug)]
pub struct Answer<'g> {
    /// The rules it went by.
    pub graph: &'g Graph,
    /// What the commission is called, where its authors call it anything.
    pub title: Option<String>,
    /// The date asked about.
    pub as_at: Date,
    /// The facts as understood.
    pub facts: Facts,
    /// Every pack: whether it is in force and whether it applies.
    pub packs: Vec<PackFinding<'g>>,
    /// Every decision of the packs in force, in the order tried.
    pub decisions: Vec<DecisionFinding>,
    /// Every route of the packs in force.
    pub routes: Vec<RouteFinding<'g>>,
    /// Every model of the packs in force.
    pub models: Vec<ModelFinding<'g>>,
    /// What to do.
    pub recommendation: Recommendation,
    /// What to prepare.
    pub checklist: Vec<ChecklistItem<'g>>,
    /// The earliest dates.
    pub timetable: Timetable<'g>,
    /// The unknown facts that unsettled tests use, most used first.
    pub questions: Vec<Question>,
    /// The doubts that the answer turned on.
    pub doubts: Vec<DoubtFinding>,
    /// Law made but not yet in force that would change the answer.
    pub coming: Vec<Coming>,
}

/// What a test read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// The facts it read itself, known or not.
    pub facts: BTreeSet<FactId>,
    /// The decisions it read.
    pub decisions: BTreeSet<DecisionId>,
    /// The amounts it read, each with the figures still possible (`None`: the law gives none).
    pub amounts: Vec<(AmountId, Vec<Option<Value>>)>,
    /// The rows of lists that held the code asked about, as places among their list's rows.
    pub rows: BTreeSet<(ListId, usize)>,
    /// The unknown facts it waits for, its own and those of the decisions it read.
    pub waits: BTreeSet<FactId>,
    /// What it waits for that no fact can give, its own and that of the decisions it read.
    pub missing: BTreeSet<Missing>,
    /// The citations of the limbs that decided it.
    pub limbs: Vec<Citation>,
}

/// What a test waits for that no fact can give, at the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// A pack whose decision or amount is read, and which is not in force.
    Pack(PackId),
    /// A decision none of whose cases is in force.
    Decision(DecisionId),
    /// An amount that has no figure.
    Amount(AmountId),
}

/// What a test rests on.
#[derive(Clone, Copy, Debug)]
pub enum Ground<'g> {
    /// That its pack is in force at the date.
    PackInForce(PackId),
    /// That the route is in force at the date.
    RouteInForce(RouteId),
    /// That the pack applies.
    Gate(&'g Test),
    /// A test written in the rules.
    Test(&'g Test),
    /// That its tests come out so together, whatever the unknown facts are, though each by itself
    /// may still go either way: proved.
    Foreseen,
}

/// A test with its result.
#[derive(Clone, Debug)]
pub struct TestFinding<'g> {
    /// What it rests on.
    pub ground: Ground<'g>,
    /// Whether it holds.
    pub holds: Known,
    /// What it read.
    pub reads: Reads,
}

/// Reasons: at least one test, the first being that the pack is in force.
#[derive(Clone, Debug)]
pub struct Reasons<'g> {
    first: TestFinding<'g>,
    rest: Vec<TestFinding<'g>>,
}

/// Whether a route may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Every test holds.
    Open,
    /// A test fails.
    Barred,
    /// No test fails, and one waits for facts.
    Unsettled,
}

/// A pack at the date.
#[derive(Clone, Debug)]
pub struct PackFinding<'g> {
    /// The pack.
    pub pack: PackId,
    /// Whether it is in force at the date.
    pub is_in_force: bool,
    /// Its gate, if it is in force and has one.
    pub gate: Option<TestFinding<'g>>,
}

/// A decision with the outcomes still possible.
#[derive(Clone, Debug)]
pub struct DecisionFinding {
    /// The decision.
    pub decision: DecisionId,
    /// The outcomes still possible, in the order of their cases; one where it is settled. Empty
    /// where no case is in force.
    pub possible: Vec<usize>,
    /// The cases tried, as places among its cases.
    pub cases: Vec<CaseFinding>,
    /// The unknown facts it waits for.
    pub waits: BTreeSet<FactId>,
    /// What it waits for that no fact can give.
    pub missing: BTreeSet<Missing>,
}

/// A case with its result.
#[derive(Clone, Debug)]
pub struct CaseFinding {
    /// Its place among the decision's cases.
    pub case: usize,
    /// Whether it holds.
    pub holds: Known,
    /// What it read.
    pub reads: Reads,
}

/// A route with its tests.
#[derive(Clone, Debug)]
pub struct RouteFinding<'g> {
    /// The route.
    pub route: RouteId,
    /// Whether it may be used.
    pub standing: Standing,
    /// Why.
    pub tests: Reasons<'g>,
}

/// A model with its tests.
#[derive(Clone, Debug)]
pub struct ModelFinding<'g> {
    /// The model.
    pub model: ModelId,
    /// Whether the commission is one.
    pub fits: Known,
    /// Why.
    pub tests: Reasons<'g>,
    /// The routes that can carry it and are not barred.
    pub carried_by: Vec<(RouteId, Standing)>,
    /// What its design shows of what a good one shows.
    pub gates: Vec<TestFinding<'g>>,
}

/// What to do.
#[derive(Clone, Debug)]
pub enum Recommendation {
    /// This route, and perhaps this model.
    Take {
        /// The route.
        route: RouteId,
        /// The fitting model that it carries, if there is one to name.
        model: Option<ModelId>,
        /// Each other open or unsettled route, with the preference that puts it behind.
        ahead_of: Vec<(RouteId, PreferenceId)>,
    },
    /// Nothing yet.
    Undecided(Undecided),
}

/// What is recommended, without its reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// This route.
    Take(RouteId),
    /// No pack is in force at the date, or none applies.
    NoRules,
    /// Every route is barred.
    NoneLawful,
    /// Several routes are open, and no preference ranks them.
    Tie,
    /// It waits for facts.
    Waits,
}

/// Why nothing is recommended.
#[derive(Clone, Debug)]
pub enum Undecided {
    /// No pack is in force at the date.
    NoRules,
    /// Every route is barred.
    NoneLawful,
    /// These are open, and no preference ranks them: choose.
    Tie(Vec<RouteId>),
    /// It waits for facts: these routes may yet be the one.
    Waits(Vec<RouteId>, BTreeSet<FactId>),
}

/// Something to prepare.
#[derive(Clone, Debug)]
pub enum ChecklistItem<'g> {
    /// A document.
    Document(DocumentFinding<'g>),
    /// A document that the law forbids.
    Forbidden(BanFinding<'g>),
    /// The reasons of a judgement that mattered are to be recorded.
    RecordReasons(FactId),
}

/// A document that is or may be needed.
#[derive(Clone, Debug)]
pub struct DocumentFinding<'g> {
    /// The document.
    pub document: DocumentId,
    /// Yes: needed on every candidate route. Unknown: needed only if facts or the route chosen
    /// turn out so.
    pub needed: Known,
    /// The candidate routes on which it is or may be needed.
    pub routes: Vec<RouteId>,
    /// The unknown facts it waits for.
    pub waits: BTreeSet<FactId>,
    /// What it waits for that no fact can give.
    pub missing: BTreeSet<Missing>,
    /// The due rules that apply or may, each with its last day where the dates are known.
    pub due: Vec<(&'g Due, Option<Date>)>,
}

/// A document that must not exist, or may turn out so. It says nothing of whether the document is
/// needed: where it is that too, the law asks for what it forbids.
#[derive(Clone, Debug)]
pub struct BanFinding<'g> {
    /// The document.
    pub document: DocumentId,
    /// Yes: forbidden on every candidate route. Unknown: forbidden only if facts or the route
    /// chosen turn out so.
    pub forbidden: Known,
    /// The candidate routes on which it is or may be forbidden.
    pub routes: Vec<RouteId>,
    /// The unknown facts it waits for.
    pub waits: BTreeSet<FactId>,
    /// What forbids it, or may.
    pub tests: Vec<&'g Test>,
}

/// The earliest dates, from the date asked about on.
#[derive(Clone, Debug, Default)]
pub struct Timetable<'g> {
    /// The route it is for, if one is recommended.
    pub route: Option<RouteId>,
    /// Events in the order of their dates.
    pub events: Vec<EventFinding>,
    /// Periods that apply or may.
    pub periods: Vec<PeriodFinding<'g>>,
}

/// An event with its date.
#[derive(Clone, Debug)]
pub struct EventFinding {
    /// The event.
    pub event: EventRef,
    /// The date given, or the earliest that the periods before it allow.
    pub date: Option<Date>,
    /// Whether the date was given as a fact.
    pub is_given: bool,
    /// Whether a period before it applies only if facts turn out so.
    pub is_conditional: bool,
}

/// A period with its dates.
#[derive(Clone, Debug)]
pub struct PeriodFinding<'g> {
    /// The period.
    pub period: PeriodId,
    /// Whether it applies: yes or unknown.
    pub applies: Known,
    /// Its length.
    pub length: &'g LengthRow,
    /// The day on which it counts from, where that is known.
    pub starts: Option<Date>,
    /// Its last day, where that is known.
    pub ends: Option<Date>,
    /// The calendar of its working days, if it counts in them.
    pub calendar: Option<CalendarId>,
    /// Whether its days run past what the calendar's holidays cover.
    pub is_past_calendar: bool,
}

/// A fact to ask for.
#[derive(Clone, Debug)]
pub struct Question {
    /// The fact.
    pub fact: FactId,
    /// How much of what the answer leaves open waits for it: unsettled tests, cases and papers, or,
    /// where the answer is proved, what it says and that is not settled.
    pub n_waiting: usize,
}

/// A doubt that the answer turned on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubtFinding {
    /// What is doubtful.
    pub words: String,
    /// Where it comes from: the citations of what it is about.
    pub citations: Vec<Citation>,
    /// What it is about.
    pub about: About,
}

/// What a doubt is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A pack's gate.
    Pack(PackId),
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
    /// An amount.
    Amount(AmountId),
    /// A list.
    List(ListId),
}

/// What would change if the procurement began on or after a later date.
#[derive(Clone, Debug)]
pub struct Coming {
    /// The day, or a day not yet appointed.
    pub from: Beginning,
    /// What changes.
    pub changes: Vec<Change>,
}

/// A difference between two answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A pack comes into or goes out of force.
    Pack(PackId, bool),
    /// A decision's outcomes.
    Decision(DecisionId, Vec<usize>, Vec<usize>),
    /// A route's standing; `None` where its pack is not in force.
    Route(RouteId, Option<Standing>, Option<Standing>),
    /// The route recommended.
    Recommendation(Option<RouteId>, Option<RouteId>),
    /// Whether a document is needed.
    Document(DocumentId, Known, Known),
    /// Whether a document is forbidden.
    Ban(DocumentId, Known, Known),
}

impl From<&Recommendation> for Advice {
    fn from(recommendation: &Recommendation) -> Self {
        match recommendation {
            Recommendation::Take { route, .. } => Self::Take(*route),
            Recommendation::Undecided(Undecided::NoRules) => Self::NoRules,
            Recommendation::Undecided(Undecided::NoneLawful) => Self::NoneLawful,
            Recommendation::Undecided(Undecided::Tie(_)) => Self::Tie,
            Recommendation::Undecided(Undecided::Waits(..)) => Self::Waits,
        }
    }
}

impl<'g> Reasons<'g> {
    pub(super) const fn new(first: TestFinding<'g>, rest: Vec<TestFinding<'g>>) -> Self {
        Self { first, rest }
    }

    /// Adds that the tests come out so together.
    pub(super) fn foresee(&mut self, holds: Known) {
        self.rest.push(TestFinding { ground: Ground::Foreseen, holds, reads: Reads::default() });
    }

    /// Every test, in the order of the rules.
    pub fn iter(&self) -> impl Iterator<Item = &TestFinding<'g>> {
        std::iter::once(&self.first).chain(&self.rest)
    }

    /// Yes if every test holds, no if one fails, else unknown.
    #[must_use]
    pub fn hold(&self) -> Known {
        let worst = self.iter().map(|test| test.holds).max_by_key(|holds| match holds {
            Known::Yes => 0,
            Known::Unknown => 1,
            Known::No => 2,
        });
        worst.unwrap_or(Known::Yes)
    }
}

impl Known {
    /// The other way round.
    #[must_use]
    pub const fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }
}

impl Answer<'_> {
    /// The same answer, about a commission that is called this.
    #[must_use]
    pub fn about(self, title: Option<String>) -> Self {
        Self { title, ..self }
    }

    /// The route recommended, if one is.
    #[must_use]
    pub fn route(&self) -> Option<RouteId> {
        match &self.recommendation {
            Recommendation::Take { route, .. } => Some(*route),
            Recommendation::Undecided(_) => None,
        }
    }
}
