//! Syntax trees as an author could have written them: every kind of item, clause and condition,
//! in no sensible order.

use clearway::quantity::{Beginning, Date, Duration, InForce, Money, Percentage};
use clearway::source::{Sources, Span, Spanned};
use clearway::syntax::tree::{
    Applies, Assigned, Bounds, Check, Citation, Clause, Comparison, Condition, Conditional,
    Connective, Counting, DueRule, Ending, Entry, Expectation, File, Fit, Header, Item, Keyword,
    Kind, Length, Limb, Limit, Line, Literal, Names, Need, Part, Provision, Quantifier, Quantity,
    Sign, Tail, Until, VatBasis, Word, Words,
};
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::{collection, option, sample};

/// A whole file.
pub(super) fn file() -> impl Strategy<Value = File> {
    let doc = collection::vec(remark(), 0..3);
    let items = collection::vec(item().prop_map(at_no_place), 0..4);
    (doc, items, remarks()).prop_map(|(doc, items, remarks)| File {
        doc,
        items,
        remarks,
        ..File::default()
    })
}

/// A thing at a place that doesn't matter: trees are the same wherever they are written.
fn at_no_place<T>(node: T) -> Spanned<T> {
    let sources = Sources::single("", "");
    let file = sources.iter().next().map(|(file, _)| file).expect("there is one file");
    Spanned::new(node, Span::new(file, 0..0))
}

fn placed<T: std::fmt::Debug>(
    strategy: impl Strategy<Value = T>,
) -> impl Strategy<Value = Spanned<T>> {
    strategy.prop_map(at_no_place)
}

// Words

/// A name; words that mean something elsewhere are names too where they stand alone.
fn name() -> impl Strategy<Value = String> {
    const LIKELY: [&str; 15] = [
        "open",
        "date",
        "none",
        "before",
        "after",
        "with",
        "text",
        "question",
        "exactly",
        "number",
        "layers",
        "unsettled",
        "mandatory",
        "sum",
        "may",
    ];
    prop_oneof![
        4 => "x[a-z_]{0,8}(\\.[a-z][a-z0-9_]{0,8}){0,2}",
        1 => sample::select(&LIKELY[..]).prop_map(str::to_owned),
    ]
}

fn word() -> impl Strategy<Value = Word> {
    placed(name())
}

fn words(n_most: usize) -> impl Strategy<Value = Vec<Word>> {
    collection::vec(word(), 1..=n_most)
}

/// Prose with every mark that might be taken for something else.
fn prose() -> impl Strategy<Value = String> {
    collection::vec("[A-Za-z0-9£,.;:()/\\\\\"'’é漢%=>\\[\\]-]{1,12}", 0..24)
        .prop_map(|words| words.join(" "))
}

fn prose_word() -> impl Strategy<Value = Word> {
    placed(prose())
}

fn remark() -> impl Strategy<Value = String> {
    "[ a-z!/\"\\[\\]]{0,30}".prop_map(|remark: String| remark.trim_end().to_owned())
}

fn remarks() -> impl Strategy<Value = Vec<String>> {
    prop_oneof![4 => Just(Vec::new()), 1 => collection::vec(remark(), 1..3)]
}

fn trailing() -> impl Strategy<Value = Option<String>> {
    prop_oneof![6 => Just(None), 1 => remark().prop_map(Some)]
}

// Citations

fn citation() -> impl Strategy<Value = Citation> {
    let provisions = collection::vec(placed(provision()), 0..3);
    (word(), provisions).prop_map(|(source, provisions)| Citation { source, provisions })
}

fn provision() -> impl Strategy<Value = Provision> {
    prop_oneof![
        5 => collection::vec(part(), 1..3).prop_map(Provision::Parts),
        1 => prose().prop_map(Provision::Heading),
    ]
}

fn part() -> impl Strategy<Value = Part> {
    let unit =
        sample::select(vec!["s", "reg", "sch", "para", "art", "row"]).prop_map(str::to_owned);
    let limbs = |n_most: usize| collection::vec("[a-z0-9]{1,2}", 0..=n_most);
    (unit, "[1-9][0-9]?[A-Z]?(-[1-9][0-9]?)?", limbs(2), limbs(2)).prop_map(
        |(unit, number, limbs, last_limbs)| {
            let last_limbs = if limbs.is_empty() { Vec::new() } else { last_limbs };
            Part { unit, number, limbs, last_limbs }
        },
    )
}

fn citations() -> impl Strategy<Value = Vec<Citation>> {
    prop_oneof![1 => Just(Vec::new()), 2 => some_citations()]
}

fn some_citations() -> impl Strategy<Value = Vec<Citation>> {
    collection::vec(citation(), 1..3)
}

// Figures

fn date() -> impl Strategy<Value = Date> {
    (1900_i16..2100, 1_i8..=12, 1_i8..=28)
        .prop_map(|(year, month, day)| Date::new(year, month, day).expect("the calendar holds it"))
}

fn duration() -> impl Strategy<Value = Duration> {
    prop_oneof![
        (0_u32..1200).prop_map(Duration::from_months),
        (0_u32..4000).prop_map(Duration::from_days),
        (1_u32..400).prop_map(Duration::from_working_days),
        (1_u32..60, 1_u32..60).prop_map(|(months, days)| {
            Duration::read(&format!("{months} months {days} days")).expect("a duration")
        }),
    ]
}

fn money() -> impl Strategy<Value = Money> {
    prop_oneof![(0_i64..=Money::MAX.pence()), (0_i64..50_000_000).prop_map(|pounds| pounds * 100)]
        .prop_map(Money::from_pence)
}

fn percentage() -> impl Strategy<Value = Percentage> {
    let most = Percentage::MAX.millionths();
    prop_oneof![0..=most, (0_i64..=100).prop_map(|hundredths| hundredths * 10_000)]
        .prop_map(Percentage::from_millionths)
}

/// A figure of any type; words in quotes only where they can't be taken for a title.
fn figure() -> impl Strategy<Value = Literal> {
    prop_oneof![
        money().prop_map(Literal::Money),
        date().prop_map(Literal::Date),
        percentage().prop_map(Literal::Percentage),
        duration().prop_map(Literal::Duration),
        // Eight digits look like a code.
        prop_oneof![0..1_000_000_u64, 10_000_000..100_000_000_u64, any::<u64>()]
            .prop_map(Literal::Number),
        "[0-9]{8}(-[0-9])?".prop_map(Literal::Code),
    ]
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![6 => figure(), 1 => prose().prop_map(Literal::Text)]
}

fn in_force() -> impl Strategy<Value = InForce> {
    let from = prop_oneof![3 => date().prop_map(Beginning::On), 1 => Just(Beginning::NotAppointed)];
    prop_oneof![
        3 => (from, option::of(date())).prop_map(|(from, until)| InForce { from, until }),
        1 => date().prop_map(|until| InForce { from: Beginning::Always, until: Some(until) }),
    ]
}

fn period() -> impl Strategy<Value = Option<Spanned<InForce>>> {
    prop_oneof![2 => Just(None), 1 => placed(in_force()).prop_map(Some)]
}

// Conditions

fn term() -> impl Strategy<Value = Quantity> {
    let plain = || {
        prop_oneof![
            4 => name().prop_map(Quantity::Name),
            2 => literal().prop_map(Quantity::Literal),
            1 => Just(Quantity::AsAt),
        ]
    };
    let boxed = move || placed(plain()).prop_map(Box::new);
    prop_oneof![
        6 => plain(),
        1 => sample::select(vec!["route", "model"]).prop_map(|word| Quantity::Name(word.to_owned())),
        1 => (percentage(), boxed()).prop_map(|(share, whole)| Quantity::Share(share, whole)),
        1 => (boxed(), boxed()).prop_map(|(from, to)| Quantity::Gap(from, to)),
        1 => boxed().prop_map(Quantity::Since),
    ]
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let sign = prop_oneof![Just(Sign::Plus), Just(Sign::Minus)];
    let rest = collection::vec((sign, placed(term())), 1..3);
    let sum = (placed(term()), rest).prop_map(|(first, rest)| Quantity::Sum(Box::new(first), rest));
    let sum = sum.boxed();
    let share = (percentage(), placed(sum.clone()))
        .prop_map(|(share, whole)| Quantity::Share(share, Box::new(whole)));
    prop_oneof![6 => term(), 1 => sum, 1 => share]
}

fn assigned() -> impl Strategy<Value = Assigned> {
    prop_oneof![
        any::<bool>().prop_map(Assigned::YesNo),
        name().prop_map(Assigned::Word),
        literal().prop_map(Assigned::Literal),
    ]
}

fn check() -> impl Strategy<Value = Check> {
    let comparison = sample::select(vec![
        Comparison::Equal,
        Comparison::Under,
        Comparison::AtOrUnder,
        Comparison::Over,
        Comparison::AtOrOver,
    ]);
    prop_oneof![
        Just(Check::Bare),
        (comparison, placed(quantity()))
            .prop_map(|(comparison, other)| Check::Compare(comparison, other)),
        (any::<bool>(), placed(assigned())).prop_map(|(is_not, value)| Check::Is(is_not, value)),
        Just(Check::Known),
        (any::<bool>(), word()).prop_map(|(is_not, list)| Check::In(is_not, list)),
        (any::<bool>(), words(3)).prop_map(|(is_not, names)| Check::Among(is_not, names)),
        word().prop_map(Check::Includes),
    ]
}

/// A condition on one line.
fn chain() -> BoxedStrategy<Condition> {
    let test = (placed(quantity()), check()).prop_map(|(left, check)| Condition::Test(left, check));
    let connective = || prop_oneof![Just(Connective::And), Just(Connective::Or)];
    test.prop_recursive(3, 12, 3, move |inner| {
        let operands = collection::vec(placed(inner.clone()), 2..4);
        prop_oneof![
            placed(inner).prop_map(|operand| Condition::Not(Box::new(operand))),
            (connective(), operands)
                .prop_map(|(connective, operands)| Condition::Chain(connective, operands)),
        ]
    })
    .boxed()
}

/// A condition with its limbs on the lines below. A comment beside the last of them is the
/// clause's own, or that of the list around it.
fn limbs() -> BoxedStrategy<Condition> {
    let quantifier = prop_oneof![
        Just(Quantifier::AllOf),
        Just(Quantifier::AnyOf),
        (1_u32..2000).prop_map(Quantifier::AtLeast),
    ];
    let list = move |conditions: BoxedStrategy<Condition>| {
        let limb = (remarks(), placed(conditions), citations(), trailing()).prop_map(
            |(remarks, condition, citations, trailing)| Limb {
                remarks,
                condition,
                citations,
                trailing,
            },
        );
        (quantifier.clone(), collection::vec(limb, 1..4)).prop_map(|(quantifier, mut limbs)| {
            if let Some(last) = limbs.last_mut() {
                last.trailing = None;
            }
            Condition::Limbs(quantifier, limbs)
        })
    };
    let flat = list(chain()).boxed();
    let nested = list(prop_oneof![2 => chain(), 1 => flat.clone()].boxed());
    prop_oneof![flat, nested].boxed()
}

fn condition() -> impl Strategy<Value = Condition> {
    prop_oneof![3 => chain(), 1 => limbs()]
}

fn applies() -> impl Strategy<Value = Applies> {
    prop_oneof![3 => condition().prop_map(Applies::When), 1 => Just(Applies::Otherwise)]
}

// Clauses

fn clause() -> BoxedStrategy<Clause> {
    prop_oneof![words_clause(), names_clause(), condition_clause(), times_clause(), row_clause()]
        .boxed()
}

fn words_clause() -> impl Strategy<Value = Clause> {
    let keyword = sample::select(vec![
        Words::Ask,
        Words::Help,
        Words::Note,
        Words::Evidence,
        Words::Contains,
        Words::Because,
        Words::Says,
        Words::Otherwise,
        Words::Doubt,
        Words::Publish,
        Words::Judgement,
    ]);
    prop_oneof![
        5 => (keyword, prose_word()).prop_map(|(keyword, prose)| Clause::Words(keyword, prose)),
        1 => (word(), prose_word()).prop_map(|(name, title)| Clause::Option(name, title)),
    ]
}

fn names_clause() -> impl Strategy<Value = Clause> {
    let keyword = sample::select(vec![
        Names::Extent,
        Names::Use,
        Names::CarriedBy,
        Names::Holidays,
        Names::Kind,
        Names::Force,
        Names::Stage,
        Names::Calendar,
        Names::DatedBy,
        Names::Commission,
        Names::Excludes,
        Names::SumOf,
    ]);
    (keyword, words(9)).prop_map(|(keyword, names)| Clause::Names(keyword, names))
}

fn condition_clause() -> impl Strategy<Value = Clause> {
    let keyword = || {
        sample::select(vec![
            Conditional::Needs,
            Conditional::BarredWhen,
            Conditional::ForbiddenWhen,
            Conditional::FitsWhen,
            Conditional::Gate,
            Conditional::AppliesWhen,
            Conditional::When,
        ])
    };
    // Outside a decision `none when …` is a length, and there is no such period.
    let outcome = word().prop_filter("an outcome", |name| name.node != "none");
    let guarded = (keyword(), chain(), option::of(chain()));
    prop_oneof![
        2 => guarded.prop_map(|(keyword, chain, guard)| Clause::Condition(keyword, chain, guard)),
        2 => (keyword(), limbs()).prop_map(|(keyword, limbs)| Clause::Condition(keyword, limbs, None)),
        1 => (outcome, option::of(prose_word()), applies())
            .prop_map(|(outcome, title, applies)| Clause::Case(outcome, title, applies)),
    ]
}

fn times_clause() -> impl Strategy<Value = Clause> {
    let counting = || prop_oneof![Just(Counting::BeginningWith), Just(Counting::After)];
    let rule = prop_oneof![
        prose_word().prop_map(DueRule::Words),
        word().prop_map(DueRule::Before),
        word().prop_map(DueRule::With),
        word().prop_map(DueRule::Soon),
        (placed(duration()), counting(), word())
            .prop_map(|(duration, counting, event)| { DueRule::Within(duration, counting, event) }),
    ];
    let limit = prop_oneof![Just(Limit::AtLeast), Just(Limit::AtMost), Just(Limit::Exactly)];
    let ending = prop_oneof![Just(Ending::AsCounted), Just(Ending::Rolling)];
    let days = (limit, placed(duration()), counting(), ending).prop_map(
        |(limit, duration, counting, ending)| Length::Days(limit, duration, counting, ending),
    );
    let until = prop_oneof![Just(Until::To), Just(Until::Before)];
    prop_oneof![
        (rule, option::of(applies())).prop_map(|(rule, applies)| Clause::Due(rule, applies)),
        (days, option::of(applies())).prop_map(|(days, applies)| Clause::Length(days, applies)),
        (word(), word(), until).prop_map(|(from, to, until)| Clause::Between(from, to, until)),
        Just(Clause::InForce),
    ]
}

fn row_clause() -> impl Strategy<Value = Clause> {
    let code = || "[0-9]{8}";
    let entry = prop_oneof![
        4 => figure().prop_map(Entry::Literal),
        1 => (code(), code()).prop_map(|(first, last)| Entry::CodeRange(first, last)),
        1 => code().prop_map(Entry::CodeFamily),
        1 => Just(Entry::None),
    ];
    let entries = collection::vec(placed(entry), 1..9);
    prop_oneof![
        3 => (option::of(word()), entries).prop_map(|(class, entries)| Clause::Row(class, entries)),
        1 => Just(Clause::LeftToLayers),
        1 => Just(Clause::MayBeChosen),
        1 => Just(Clause::Mandatory),
        1 => placed("[0-9]{1,4}(\\.[0-9]{1,2}){0,2}(-[a-z]{1,4})?".boxed()).prop_map(Clause::Version),
        1 => Just(Clause::Citations),
    ]
}

fn scenario_clause() -> BoxedStrategy<Clause> {
    let set = words(4).prop_map(Assigned::Set);
    let value = placed(prop_oneof![3 => assigned(), 1 => set]);
    prop_oneof![
        2 => (word(), value).prop_map(|(fact, value)| Clause::Assign(fact, value)),
        3 => expectation().prop_map(Clause::Expect),
        1 => placed(date()).prop_map(Clause::AsAt),
        1 => Just(Clause::Given),
        1 => Just(Clause::Citations),
    ]
    .boxed()
}

fn expectation() -> impl Strategy<Value = Expectation> {
    let fit = prop_oneof![Just(Fit::Fits), Just(Fit::DoesNotFit), Just(Fit::Unsettled)];
    let need = prop_oneof![
        Just(Need::Required),
        Just(Need::NotRequired),
        Just(Need::Conditional),
        Just(Need::Forbidden),
    ];
    prop_oneof![
        (word(), option::of(word()))
            .prop_map(|(name, outcome)| Expectation::Decision(name, outcome)),
        word().prop_map(Expectation::RouteOpen),
        (word(), citations()).prop_map(|(name, by)| Expectation::RouteBarred(name, by)),
        word().prop_map(Expectation::RouteUnsettled),
        Just(Expectation::NoRecommendation),
        (word(), option::of(word()))
            .prop_map(|(name, model)| Expectation::Recommendation(name, model)),
        (word(), fit).prop_map(|(name, fit)| Expectation::Model(name, fit)),
        (word(), need).prop_map(|(name, need)| Expectation::Document(name, need)),
        (word(), placed(date())).prop_map(|(name, date)| Expectation::DocumentDue(name, date)),
        (word(), placed(date())).prop_map(|(name, date)| Expectation::Date(name, date)),
        word().prop_map(Expectation::Question),
        some_citations().prop_map(Expectation::Doubt),
        placed(date()).prop_map(Expectation::Coming),
    ]
}

fn listed_clause() -> BoxedStrategy<Clause> {
    let listed = placed(collection::vec(part(), 1..3).prop_map(Provision::Parts));
    let keyword = sample::select(vec![Words::Out, Words::Judgement, Words::Note]);
    prop_oneof![
        3 => (listed, prose_word())
            .prop_map(|(provision, heading)| Clause::Listed(provision, heading)),
        2 => (keyword, prose_word()).prop_map(|(keyword, prose)| Clause::Words(keyword, prose)),
    ]
    .boxed()
}

/// Whether the grammar has a place for a period at the end of a clause.
fn may_have_period(clause: &Clause) -> bool {
    match clause {
        Clause::Words(..)
        | Clause::Condition(..)
        | Clause::Case(..)
        | Clause::Due(..)
        | Clause::Length(..)
        | Clause::Listed(..)
        | Clause::Row(..) => true,
        Clause::Version(_)
        | Clause::InForce
        | Clause::Names(..)
        | Clause::Between(..)
        | Clause::LeftToLayers
        | Clause::MayBeChosen
        | Clause::Mandatory
        | Clause::Option(..)
        | Clause::AsAt(_)
        | Clause::Given
        | Clause::Assign(..)
        | Clause::Expect(_)
        | Clause::Citations => false,
    }
}

fn line(clauses: BoxedStrategy<Clause>) -> impl Strategy<Value = Line> {
    (remarks(), clauses, in_force(), period(), some_citations(), any::<bool>(), trailing())
        .prop_map(|(remarks, clause, surely, perhaps, citations, is_cited, trailing)| {
            let surely = (clause == Clause::InForce).then(|| at_no_place(surely));
            let in_force = surely.or(perhaps.filter(|_| may_have_period(&clause)));
            let is_cited = is_cited || matches!(clause, Clause::Citations);
            let citations = if is_cited { citations } else { Vec::new() };
            Line { remarks, clause: at_no_place(clause), in_force, citations, trailing }
        })
}

// Items

fn item() -> impl Strategy<Value = Item> {
    prop_oneof![
        9 => with_lines(header().boxed(), clause()),
        1 => with_lines(scenario().boxed(), scenario_clause()),
        1 => with_lines(provisions().boxed(), listed_clause()),
    ]
}

fn with_lines(
    headers: BoxedStrategy<Header>,
    clauses: BoxedStrategy<Clause>,
) -> impl Strategy<Value = Item> {
    let lines = collection::vec(line(clauses), 0..5);
    (remarks(), headers, citations(), trailing(), lines).prop_map(
        |(remarks, header, citations, trailing, lines)| Item {
            remarks,
            header,
            citations,
            trailing,
            lines,
        },
    )
}

fn scenario() -> impl Strategy<Value = Header> {
    prose_word().prop_map(|title| Header::new(Keyword::Scenario, None, Some(title), Tail::None))
}

fn provisions() -> impl Strategy<Value = Header> {
    word().prop_map(|source| Header::new(Keyword::Provisions, Some(source), None, Tail::None))
}

fn header() -> impl Strategy<Value = Header> {
    let titled = || (word(), option::of(prose_word()));
    let plain = sample::select(vec![
        Keyword::Calendar,
        Keyword::Event,
        Keyword::Decision,
        Keyword::Route,
        Keyword::Model,
        Keyword::Document,
        Keyword::Period,
    ]);
    let untitled =
        sample::select(vec![Keyword::NarrowRoute, Keyword::FillAmount, Keyword::FillList]);
    let page = prose_word().prop_map(Tail::Page);
    let legislation =
        placed("(ukpga|uksi|asp)(/[0-9]{1,4}){2}".boxed()).prop_map(Tail::Legislation);
    let of = |keyword: Keyword| {
        move |((name, title), tail)| Header::new(keyword, Some(name), title, tail)
    };
    prop_oneof![
        (plain, titled()).prop_map(|(keyword, (name, title))| Header::new(
            keyword,
            Some(name),
            title,
            Tail::None
        )),
        (untitled, word()).prop_map(|(keyword, name)| Header::new(
            keyword,
            Some(name),
            None,
            Tail::None
        )),
        (titled(), option::of(word())).prop_map(|((name, title), base)| {
            Header::new(Keyword::Pack, Some(name), title, base.map_or(Tail::None, Tail::On))
        }),
        (titled(), prop_oneof![page, legislation, Just(Tail::None)]).prop_map(of(Keyword::Source)),
        (titled(), kind())
            .prop_map(move |(titled, kind)| of(Keyword::Fact)((titled, Tail::Kind(kind, None)))),
        (titled(), kind(), option::of(word())).prop_map(move |(titled, kind, class)| of(
            Keyword::Amount
        )((
            titled,
            Tail::Kind(kind, class)
        ))),
        (titled(), placed(prop_oneof![Just(Kind::CpvList), Just(Kind::DateList)]))
            .prop_map(move |(titled, kind)| of(Keyword::List)((titled, Tail::Kind(kind, None)))),
        (words(9), words(9)).prop_map(|(above, below)| Header::new(
            Keyword::Prefer,
            None,
            None,
            Tail::Over(above, below)
        )),
    ]
}

fn kind() -> impl Strategy<Value = Spanned<Kind>> {
    let bounds = || {
        option::of((placed(figure()), placed(figure())).prop_map(Box::new))
            .prop_map(|bounds: Bounds| bounds)
    };
    let basis = option::of(prop_oneof![Just(VatBasis::Including), Just(VatBasis::Excluding)]);
    placed(prop_oneof![
        Just(Kind::YesNo),
        Just(Kind::OneOf),
        Just(Kind::SomeOf),
        bounds().prop_map(Kind::Number),
        bounds().prop_map(Kind::Percentage),
        (basis, bounds()).prop_map(|(basis, bounds)| Kind::Money(basis, bounds)),
        Just(Kind::Date),
        Just(Kind::Duration),
        Just(Kind::Text),
        Just(Kind::Cpv),
    ])
}
