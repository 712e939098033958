//! The tree of a rule file as it was written: items, clauses, conditions, comments.
//!
//! Nothing here is resolved or checked; comparing two trees that could be read whole ignores where
//! they were written.

use crate::quantity::{Beginning, Date, Duration, InForce, Money, Percentage};
use crate::source::{Span, Spanned};

/// A name or word with its place.
pub type Word = Spanned<String>;

/// A whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// The `//!` lines at its head, without the mark.
    pub doc: Vec<String>,
    /// Its items in the order written.
    pub items: Vec<Spanned<Item>>,
    /// Comments after the last item.
    pub remarks: Vec<String>,
    /// The items of which a line could not be read, and the text that is no item, each from its
    /// first byte to its last.
    pub unread: Vec<Span>,
    /// What may be the names of items, options and outcomes that are not there, because the line
    /// that begins with it could not be read.
    pub lost: Vec<String>,
    /// Whether the file's pack is one of those.
    pub is_pack_lost: bool,
}

/// One item: `route light_touch "…"` with its clauses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Comments on the lines above, without their marks.
    pub remarks: Vec<String>,
    /// The first line.
    pub header: Header,
    /// Citations at the end of the first line.
    pub citations: Vec<Citation>,
    /// A comment at the end of the first line.
    pub trailing: Option<String>,
    /// The indented lines below.
    pub lines: Vec<Line>,
}

/// The first line of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// What kind of item it is.
    pub keyword: Keyword,
    /// Its name; `prefer` and `scenario` have none.
    pub name: Option<Word>,
    /// Its title.
    pub title: Option<Word>,
    /// What only its kind has.
    pub tail: Tail,
}

/// The kinds of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keyword {
    /// `pack`
    Pack,
    /// `source`
    Source,
    /// `fact`
    Fact,
    /// `amount`
    Amount,
    /// `list`
    List,
    /// `calendar`
    Calendar,
    /// `event`
    Event,
    /// `decision`
    Decision,
    /// `route`
    Route,
    /// `model`
    Model,
    /// `document`
    Document,
    /// `period`
    Period,
    /// `prefer`
    Prefer,
    /// `scenario`
    Scenario,
    /// `narrow route`
    NarrowRoute,
    /// `fill amount`
    FillAmount,
    /// `fill list`
    FillList,
    /// `provisions`: the provisions of an instrument.
    Provisions,
}

/// The part of a first line that only some kinds of items have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tail {
    /// Nothing.
    None,
    /// `on uk.pa23`: the pack that a layer sits on.
    On(Word),
    /// `ukpga/2023/54`: where legislation.gov.uk keeps a source.
    Legislation(Word),
    /// `at "https://…"`: the page of a source.
    Page(Word),
    /// `: money including VAT`, with the class of an amount: `by authority.class`.
    Kind(Spanned<Kind>, Option<Word>),
    /// `a, b over c, d`.
    Over(Vec<Word>, Vec<Word>),
}

/// The type of a fact, amount or list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `yes or no`
    YesNo,
    /// `one of`, the options being clauses.
    OneOf,
    /// `some of`, the options being clauses.
    SomeOf,
    /// `whole number`
    Number(Bounds),
    /// `percentage`
    Percentage(Bounds),
    /// `money`, with or without VAT where that matters.
    Money(Option<VatBasis>, Bounds),
    /// `date`
    Date,
    /// `duration`
    Duration,
    /// `text`
    Text,
    /// `CPV code`
    Cpv,
    /// `CPV codes`, of a list.
    CpvList,
    /// `dates`, of a list.
    DateList,
}

/// `from 0 to 100`: both ends included.
pub type Bounds = Option<Box<(Spanned<Literal>, Spanned<Literal>)>>;

/// Whether a figure of money has VAT in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VatBasis {
    /// `including VAT`
    Including,
    /// `excluding VAT`
    Excluding,
}

/// A clause on its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Comments on the lines above, without their marks.
    pub remarks: Vec<String>,
    /// The clause.
    pub clause: Spanned<Clause>,
    /// When it is in force.
    pub in_force: Option<Spanned<InForce>>,
    /// Its citations.
    pub citations: Vec<Citation>,
    /// A comment at the end of its last line.
    pub trailing: Option<String>,
}

/// What a line of an item says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clause {
    /// `version 2026.11.1`
    Version(Word),
    /// `in force from 2025-02-24`, the period being the line's.
    InForce,
    /// `ask "…"` and the other clauses of words.
    Words(Words, Word),
    /// `use uk.common, uk.psr` and the other clauses of names.
    Names(Names, Vec<Word>),
    /// `needs …`, `when …`; the second condition is the guard of `needs … when …`.
    Condition(Conditional, Condition, Option<Condition>),
    /// `covered "Covered procurement" when …`
    Case(Word, Option<Word>, Applies),
    /// `due within 30 days after contract_entered when …`
    Due(DueRule, Option<Applies>),
    /// `from tender_notice to tenders_due`; `true` for `before` in place of `to`.
    Between(Word, Word, Until),
    /// `at least 8 working days beginning with the day when …`
    Length(Length, Option<Applies>),
    /// `left to layers`
    LeftToLayers,
    /// `may be chosen`: the authority is free to choose the fact.
    MayBeChosen,
    /// `mandatory`: an open route that the law leaves no choice but to take.
    Mandatory,
    /// `local_authority "A council"`
    Option(Word, Word),
    /// `s.41 "Direct award"`: a provision of an instrument, and what it is about.
    Listed(Spanned<Provision>, Word),
    /// `central £139,688 from …`
    Row(Option<Word>, Vec<Spanned<Entry>>),
    /// `as at 2026-03-02`
    AsAt(Spanned<Date>),
    /// `given`
    Given,
    /// `contract.value is £3m`
    Assign(Word, Spanned<Assigned>),
    /// `expect route open_procedure open`
    Expect(Expectation),
    /// `[act s.41(1)]` alone: the citations are the line's.
    Citations,
}

/// The clauses of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Words {
    /// `ask`: the question that a person is asked.
    Ask,
    /// `help`: how to answer it.
    Help,
    /// `note`: what a reader should know.
    Note,
    /// `evidence`: the paper that proves it.
    Evidence,
    /// `contains`: what a document must say.
    Contains,
    /// `because`: the reason of a preference.
    Because,
    /// `says`: the sentence of the test or case above.
    Says,
    /// `otherwise`: what a person is told when the test above fails.
    Otherwise,
    /// `doubt`: what is unsettled or unverified in the clause above.
    Doubt,
    /// `publish`: where a document is published.
    Publish,
    /// `judgement`: what the authority must reason and record.
    Judgement,
    /// `out`: why a provision is deliberately not encoded.
    Out,
}

/// The clauses of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Names {
    /// `extent`: the nations.
    Extent,
    /// `use`: the packs used.
    Use,
    /// `carried by`: the routes that can carry a model.
    CarriedBy,
    /// `holidays`: the lists of days that are no working days.
    Holidays,
    /// `kind` of a document.
    Kind,
    /// `force` of a document.
    Force,
    /// `stage` of a document.
    Stage,
    /// `calendar`: how working days are counted.
    Calendar,
    /// `dated by`: the fact that gives an event's date.
    DatedBy,
    /// `commission`: the file that holds a scenario's facts.
    Commission,
    /// `excludes`: the routes that are never open together with this one.
    Excludes,
    /// `sum of`: the facts that a fact is the sum of.
    SumOf,
}

/// The clauses of conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conditional {
    /// `needs`: a test of a route.
    Needs,
    /// `barred when`: a test that must fail.
    BarredWhen,
    /// `forbidden when`: the law forbids a document.
    ForbiddenWhen,
    /// `fits when`: a test of a model.
    FitsWhen,
    /// `gate`: a test of a model's design.
    Gate,
    /// `applies when`: the gate of a pack.
    AppliesWhen,
    /// `when`: the condition of a document, period or preference.
    When,
}

/// When a case, due rule or length applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applies {
    /// `when …`
    When(Condition),
    /// `otherwise`
    Otherwise,
}

/// Where the second event of a period stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// `to`: on its last day.
    To,
    /// `before`: after it has run out.
    Before,
}

/// How the first day counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// `beginning with`: the day itself is the first.
    BeginningWith,
    /// `after`: the next day is the first.
    After,
}

/// When a document is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DueRule {
    /// `"in words"`
    Words(Word),
    /// `before EVENT`
    Before(Word),
    /// `with EVENT`
    With(Word),
    /// `within 30 days after EVENT`
    Within(Spanned<Duration>, Counting, Word),
    /// `as soon as practicable after EVENT`
    Soon(Word),
}

/// How long a period is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Length {
    /// `none`: there is no such period.
    None,
    /// `at least 8 working days beginning with the day`
    Days(Limit, Spanned<Duration>, Counting, Ending),
}

/// What happens to a period that ends on a day that is no working day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It ends then.
    AsCounted,
    /// `rolling to a working day`: it ends on the next working day.
    Rolling,
}

/// Whether a length is a least, a most or exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// `at least`
    AtLeast,
    /// `at most`
    AtMost,
    /// `exactly`
    Exactly,
}

/// A row's figure, code, codes or day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// `£663,540`, `85312400`, `2025-12-25`
    Literal(Literal),
    /// `85000000 to 85323000`
    CodeRange(String, String),
    /// `98133000 with descendants`
    CodeFamily(String),
    /// `none`: the law gives no figure.
    None,
}

/// What a scenario gives a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assigned {
    /// `yes` or `no`
    YesNo(bool),
    /// An option.
    Word(String),
    /// `(a, b)`: options of a `some of` fact.
    Set(Vec<Word>),
    /// A figure, date or text.
    Literal(Literal),
}

/// What a scenario expects of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// `decision D is X`, or `undecided`.
    Decision(Word, Option<Word>),
    /// `route R open`
    RouteOpen(Word),
    /// `route R barred by [citation]`
    RouteBarred(Word, Vec<Citation>),
    /// `route R unsettled`
    RouteUnsettled(Word),
    /// `no recommendation`
    NoRecommendation,
    /// `recommendation R as M`
    Recommendation(Word, Option<Word>),
    /// `model M fits`, `does not fit` or `unsettled`
    Model(Word, Fit),
    /// `document D required`, `not required`, `conditional` or `forbidden`
    Document(Word, Need),
    /// `document D due 2026-09-28`
    DocumentDue(Word, Spanned<Date>),
    /// `date EVENT 2026-04-16`
    Date(Word, Spanned<Date>),
    /// `question F`
    Question(Word),
    /// `doubt [citation]`
    Doubt(Vec<Citation>),
    /// `coming 2026-01-01`
    Coming(Spanned<Date>),
}

/// Whether a model is expected to fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// `fits`
    Fits,
    /// `does not fit`
    DoesNotFit,
    /// `unsettled`
    Unsettled,
}

/// Whether a document is expected to be needed, or forbidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// `required`
    Required,
    /// `not required`
    NotRequired,
    /// `conditional`
    Conditional,
    /// `forbidden`
    Forbidden,
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// `a and b and c`, `a or b`; at least two operands.
    Chain(Connective, Vec<Spanned<Self>>),
    /// `all of`, `any of`, `at least 2 of` with the limbs below.
    Limbs(Quantifier, Vec<Limb>),
    /// `not a`
    Not(Box<Spanned<Self>>),
    /// `a >= £5m`, `coverage is covered`, `need.co_design`
    Test(Spanned<Quantity>, Check),
    /// A limb or operand that could not be read; its diagnostic has been given.
    Unreadable,
}

/// `and` or `or`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connective {
    /// `and`
    And,
    /// `or`
    Or,
}

/// How many limbs must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// `all of`
    AllOf,
    /// `any of`
    AnyOf,
    /// `at least N of`
    AtLeast(u32),
}

/// A limb of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limb {
    /// Comments on the lines above.
    pub remarks: Vec<String>,
    /// What it says.
    pub condition: Spanned<Condition>,
    /// Its citations.
    pub citations: Vec<Citation>,
    /// A comment at the end of its line.
    pub trailing: Option<String>,
}

/// What is asked of a quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// Nothing: a yes/no fact alone.
    Bare,
    /// `>= £5m`
    Compare(Comparison, Spanned<Quantity>),
    /// `is X`, or `is not X` where `true`.
    Is(bool, Spanned<Assigned>),
    /// `is known`
    Known,
    /// `in LIST`, or `not in LIST` where `true`.
    In(bool, Word),
    /// `in (a, b)`, or `not in (a, b)` where `true`.
    Among(bool, Vec<Word>),
    /// `includes X`
    Includes(Word),
}

/// How two quantities are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<`
    Under,
    /// `<=`
    AtOrUnder,
    /// `>`
    Over,
    /// `>=`
    AtOrOver,
}

/// A figure, or what gives one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A fact, amount or decision.
    Name(String),
    /// A figure, date or text.
    Literal(Literal),
    /// `as_at`: the date asked about.
    AsAt,
    /// `a + b - c`
    Sum(Box<Spanned<Self>>, Vec<(Sign, Spanned<Self>)>),
    /// `25% of a`
    Share(Percentage, Box<Spanned<Self>>),
    /// `time from a to b`
    Gap(Box<Spanned<Self>>, Box<Spanned<Self>>),
    /// `time since a`
    Since(Box<Spanned<Self>>),
}

/// `+` or `-`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `+`
    Plus,
    /// `-`
    Minus,
}

/// A figure, date or text as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// `£207,720`
    Money(Money),
    /// `2025-02-24`
    Date(Date),
    /// `25%`
    Percentage(Percentage),
    /// `5 years`
    Duration(Duration),
    /// `250`
    Number(u64),
    /// `85312400`
    Code(String),
    /// `"…"`
    Text(String),
}

/// A citation: `act s.41(1), sch.5 para.3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The source.
    pub source: Word,
    /// The provisions in it; none cites the whole source.
    pub provisions: Vec<Spanned<Provision>>,
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Provision {
    /// `sch.5 para.3(2)`
    Parts(Vec<Part>),
    /// `"Objectives"`: a heading of guidance.
    Heading(String),
}

/// A part of a provision: `s.33(1)(b)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// `s`, `reg`, `sch`, `para` …
    pub unit: String,
    /// The number as written, without brackets: `33`, `42A`, `15-17`.
    pub number: String,
    /// What is in the brackets after it: `1`, `b`.
    pub limbs: Vec<String>,
    /// What is in the brackets at the end of a range: the `3` of `s.1(1)-(3)`.
    pub last_limbs: Vec<String>,
}

impl Provision {
    /// The provision as a reader sees it: `s.33(1)(b)`, `sch.2 para.7(2)` or a heading.
    #[must_use]
    pub fn as_seen(&self) -> String {
        match self {
            Self::Heading(heading) => format!("“{heading}”"),
            Self::Parts(parts) => parts.iter().map(Part::as_written).collect::<Vec<_>>().join(" "),
        }
    }
}

impl Part {
    /// The part as written: `s.33(1)(b)`.
    #[must_use]
    pub fn as_written(&self) -> String {
        let bracketed =
            |limbs: &[String]| limbs.iter().map(|limb| format!("({limb})")).collect::<String>();
        let dash = if self.last_limbs.is_empty() { "" } else { "-" };
        let (limbs, last) = (bracketed(&self.limbs), bracketed(&self.last_limbs));
        format!("{}.{}{limbs}{dash}{last}", self.unit, self.number)
    }
}

impl Header {
    /// The first line of an item with this name and title.
    #[must_use]
    pub const fn new(
        keyword: Keyword,
        name: Option<Word>,
        title: Option<Word>,
        tail: Tail,
    ) -> Self {
        Self { keyword, name, title, tail }
    }
}

impl Keyword {
    /// The keyword as written.
    #[must_use]
    pub const fn spelling(self) -> &'static str {
        match self {
            Self::Pack => "pack",
            Self::Source => "source",
            Self::Fact => "fact",
            Self::Amount => "amount",
            Self::List => "list",
            Self::Calendar => "calendar",
            Self::Event => "event",
            Self::Decision => "decision",
            Self::Route => "route",
            Self::Model => "model",
            Self::Document => "document",
            Self::Period => "period",
            Self::Prefer => "prefer",
            Self::Scenario => "scenario",
            Self::NarrowRoute => "narrow route",
            Self::FillAmount => "fill amount",
            Self::FillList => "fill list",
            Self::Provisions => "provisions",
        }
    }

    /// What may stand in such an item, each by the words it begins with, or as a person would call
    /// it. The lines below a clause that speak of it are not among them.
    #[must_use]
    pub const fn clauses(self) -> &'static [&'static str] {
        match self {
            Self::Pack => {
                &["version", "extent", "in force", "use", "applies when", "calendar", "note"]
            }
            Self::Source | Self::Event => &["dated by", "note"],
            Self::Fact => &[
                "an option",
                "ask",
                "help",
                "judgement",
                "evidence",
                "may be chosen",
                "sum of",
                "note",
            ],
            Self::Amount | Self::List => &["a row", "left to layers", "in force", "note"],
            Self::FillAmount | Self::FillList => &["a row", "note"],
            Self::Calendar => &["holidays", "note"],
            Self::Decision => &["a case", "note"],
            Self::Route => &["needs", "barred when", "excludes", "mandatory", "in force", "note"],
            Self::NarrowRoute => &["needs", "barred when", "note"],
            Self::Model => &["fits when", "carried by", "gate", "in force", "note"],
            Self::Document => &[
                "kind",
                "force",
                "stage",
                "publish",
                "when",
                "forbidden when",
                "due",
                "contains",
                "in force",
                "note",
            ],
            Self::Period => &["from … to …", "when", "a length", "calendar", "in force", "note"],
            Self::Prefer => &["when", "because", "in force", "note"],
            Self::Provisions => &["a provision", "out", "judgement", "note"],
            Self::Scenario => &["as at", "commission", "given", "a fact's value", "expect", "note"],
        }
    }

    /// What may stand in such an item, as part of a sentence.
    #[must_use]
    pub fn holds(self) -> String {
        let about = match self {
            Self::Source
            | Self::Event
            | Self::Fact
            | Self::Calendar
            | Self::Scenario
            | Self::Provisions => "",
            Self::Pack
            | Self::Amount
            | Self::List
            | Self::Decision
            | Self::Route
            | Self::Model
            | Self::Document
            | Self::Period
            | Self::Prefer
            | Self::NarrowRoute
            | Self::FillAmount
            | Self::FillList => "; and says, otherwise or doubt below what they are about",
        };
        format!("{} holds: {}{about}", self.in_a_sentence(), self.clauses().join(", "))
    }

    /// The keyword as part of a sentence: ``a `fact` ``, ``an `event` ``.
    #[must_use]
    pub fn in_a_sentence(self) -> String {
        let article = if self.spelling().starts_with(['a', 'e']) { "an" } else { "a" };
        format!("{article} `{}`", self.spelling())
    }
}

impl Words {
    /// The keyword as written.
    #[must_use]
    pub const fn spelling(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Help => "help",
            Self::Note => "note",
            Self::Evidence => "evidence",
            Self::Contains => "contains",
            Self::Because => "because",
            Self::Says => "says",
            Self::Otherwise => "otherwise",
            Self::Doubt => "doubt",
            Self::Publish => "publish",
            Self::Judgement => "judgement",
            Self::Out => "out",
        }
    }

    /// Whether the clause speaks of the one above it.
    #[must_use]
    pub const fn is_about_line_above(self) -> bool {
        matches!(self, Self::Says | Self::Otherwise | Self::Doubt | Self::Out)
    }
}

impl Names {
    /// The keyword as written.
    #[must_use]
    pub const fn spelling(self) -> &'static str {
        match self {
            Self::Extent => "extent",
            Self::Use => "use",
            Self::CarriedBy => "carried by",
            Self::Holidays => "holidays",
            Self::Kind => "kind",
            Self::Force => "force",
            Self::Stage => "stage",
            Self::Calendar => "calendar",
            Self::DatedBy => "dated by",
            Self::Commission => "commission",
            Self::Excludes => "excludes",
            Self::SumOf => "sum of",
        }
    }
}

impl Conditional {
    /// The keyword as written.
    #[must_use]
    pub const fn spelling(self) -> &'static str {
        match self {
            Self::Needs => "needs",
            Self::BarredWhen => "barred when",
            Self::ForbiddenWhen => "forbidden when",
            Self::FitsWhen => "fits when",
            Self::Gate => "gate",
            Self::AppliesWhen => "applies when",
            Self::When => "when",
        }
    }
}

impl Comparison {
    /// The same comparison with its sides changed over.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::Under => Self::Over,
            Self::AtOrUnder => Self::AtOrOver,
            Self::Over => Self::Under,
            Self::AtOrOver => Self::AtOrUnder,
        }
    }

    /// The mark as written.
    #[must_use]
    pub const fn spelling(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Under => "<",
            Self::AtOrUnder => "<=",
            Self::Over => ">",
            Self::AtOrOver => ">=",
        }
    }
}

impl Connective {
    /// The word as written.
    #[must_use]
    pub const fn spelling(self) -> &'static str {
        match self {
            Self::And => "and",
            Self::Or => "or",
        }
    }
}

/// `from 2025-02-24 until 2026-01-01` as written.
#[must_use]
pub fn in_force_as_written(in_force: InForce) -> String {
    let from = match in_force.from {
        Beginning::Always => String::new(),
        Beginning::On(date) => format!("from {date}"),
        Beginning::NotAppointed => "from a day to be appointed".to_owned(),
    };
    let until = in_force.until.map_or_else(String::new, |date| format!("until {date}"));
    [from, until].iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}
