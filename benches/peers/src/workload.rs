//! The workload: 30 facts, 60 bars on 12 routes, and 2,000 fact sets with the bars that hold on
//! each.
//!
//! It is shaped like the choice of a route of procurement, and is no statement of law. A bar is a
//! conjunction of tests, and a route is barred where one of its bars holds. No bar asks for
//! `framework_available`, as commissions say more than is asked for. The module knows no engine:
//! what is expected is found by looking at the data.

use serde::Serialize;
use serde_json::Value as Json;

/// How many fact sets there are.
pub const N_SETS: usize = 2_000;
/// How many bars there are.
pub const N_BARS: usize = ROUTES.len() * BARS_OF_ROUTE;
/// How many bars each route has.
pub const BARS_OF_ROUTE: usize = 5;

const SEED: u64 = 42;

/// Something to be known.
#[derive(Clone, Copy, Debug)]
pub struct Fact {
    /// Its name, in rules and in JSON.
    pub name: &'static str,
    /// What it may be.
    pub kind: Kind,
}

/// What a fact may be: the values that fact sets are drawn from.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// `true` or `false`.
    YesNo,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// One of these whole numbers.
    Number(&'static [i64]),
}

/// What a fact is in one set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Of a fact that is yes or no.
    YesNo(bool),
    /// Of a fact that is one of several.
    Option(&'static str),
    /// Of a fact that is a number.
    Number(i64),
}

/// A route, and what bars it.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// Its name.
    pub name: &'static str,
    /// Each bars the route where all its tests hold.
    pub bars: [&'static [Test]; BARS_OF_ROUTE],
}

/// A question put to one fact.
#[derive(Clone, Copy, Debug)]
pub struct Test {
    /// The fact's name.
    pub fact: &'static str,
    /// What is asked of it.
    pub asks: Asks,
}

/// What a test asks of its fact.
#[derive(Clone, Copy, Debug)]
pub enum Asks {
    /// That it is yes.
    Yes,
    /// That it is no.
    No,
    /// That it is this option.
    Is(&'static str),
    /// That it is another option.
    IsNot(&'static str),
    /// That it is less.
    Under(i64),
    /// That it is as much or more.
    AtLeast(i64),
    /// That it is more.
    Over(i64),
}

/// Each fact, in the order of the JSON.
pub static FACTS: [Fact; 30] = [
    one_of("authority", &["central", "sub_central", "utility", "nhs", "school", "private"]),
    one_of("nation", &["england", "wales", "scotland", "ni"]),
    one_of("subject", &["goods", "services", "works", "light_touch", "health"]),
    number(
        "value",
        &[
            0, 9_000, 25_000, 80_000, 139_688, 214_904, 450_000, 663_540, 1_000_000, 5_372_609,
            25_000_000,
        ],
    ),
    number("term_months", &[1, 6, 12, 24, 36, 48, 60, 84]),
    number("suppliers_known", &[0, 1, 2, 3, 5, 9]),
    number("notice_days", &[0, 5, 10, 13, 25, 30, 35, 40]),
    number("outcome_share", &[0, 10, 40, 60, 90, 100]),
    number("decision_date", &[20240101, 20240701, 20250224, 20250401, 20260101, 20261122]),
    number("pilot_months", &[0, 3, 6, 12, 18, 24]),
    yes_no("is_grant"),
    yes_no("services_specified"),
    yes_no("clawback_only"),
    yes_no("innovation_needed"),
    yes_no("market_solution"),
    yes_no("outcomes_based"),
    yes_no("social_investor"),
    yes_no("pilot"),
    yes_no("reserved_sheltered"),
    yes_no("reserved_mutual"),
    yes_no("urgent"),
    yes_no("urgency_foreseeable"),
    yes_no("exclusive_rights"),
    yes_no("no_alternative"),
    yes_no("psr_service"),
    yes_no("existing_provider"),
    yes_no("considerable_change"),
    yes_no("patient_choice"),
    yes_no("framework_available"),
    yes_no("cross_border"),
];

/// Each route. Bars are numbered through, from `R01` to `R60`.
pub static ROUTES: [Route; 12] = [
    Route {
        name: "grant",
        bars: [
            &[no("is_grant")],
            &[yes("services_specified"), no("clawback_only")],
            &[is("subject", "works"), over("value", 5_000_000)],
            &[is("authority", "private")],
            &[yes("outcomes_based"), at_least("outcome_share", 60)],
        ],
    },
    Route {
        name: "below_threshold",
        bars: [
            &[is("subject", "goods"), is("authority", "central"), at_least("value", 139_688)],
            &[
                is("subject", "services"),
                is_not("authority", "central"),
                at_least("value", 214_904),
            ],
            &[is("subject", "works"), at_least("value", 5_372_609)],
            &[is("subject", "light_touch"), at_least("value", 663_540)],
            &[yes("psr_service"), is("nation", "england")],
        ],
    },
    Route {
        name: "open_tender",
        bars: [
            &[under("notice_days", 25), no("urgent")],
            &[under("notice_days", 10), yes("urgent")],
            &[yes("psr_service"), is("nation", "england"), at_least("decision_date", 20240101)],
            &[yes("is_grant"), no("services_specified")],
            &[is("authority", "private")],
        ],
    },
    Route {
        name: "flexible",
        bars: [
            &[under("notice_days", 13)],
            &[under("decision_date", 20250224)],
            &[is("nation", "scotland")],
            &[yes("psr_service"), is("nation", "england")],
            &[is("authority", "private")],
        ],
    },
    Route {
        name: "innovation",
        bars: [
            &[no("innovation_needed")],
            &[yes("market_solution")],
            &[at_least("decision_date", 20250224), is("nation", "england"), yes("pilot")],
            &[is("subject", "goods"), under("value", 25_000)],
            &[over("term_months", 60)],
        ],
    },
    Route {
        name: "psp_pilot",
        bars: [
            &[no("pilot")],
            &[over("pilot_months", 18)],
            &[over("value", 1_000_000)],
            &[is("subject", "works")],
            &[under("suppliers_known", 1), no("market_solution")],
        ],
    },
    Route {
        name: "sib",
        bars: [
            &[no("outcomes_based")],
            &[under("outcome_share", 40)],
            &[no("social_investor")],
            &[under("term_months", 24)],
            &[is("subject", "goods")],
        ],
    },
    Route {
        name: "light_touch",
        bars: [
            &[is_not("subject", "light_touch")],
            &[yes("psr_service")],
            &[is("authority", "private")],
            &[
                under("decision_date", 20250224),
                is_not("nation", "scotland"),
                at_least("value", 663_540),
            ],
            &[under("notice_days", 5), no("urgent")],
        ],
    },
    Route {
        name: "reserved",
        bars: [
            &[no("reserved_sheltered"), no("reserved_mutual")],
            &[yes("reserved_mutual"), over("term_months", 60)],
            &[yes("reserved_mutual"), is_not("subject", "light_touch")],
            &[yes("cross_border"), at_least("value", 663_540)],
            &[yes("existing_provider"), yes("reserved_mutual")],
        ],
    },
    Route {
        name: "direct_urgent",
        bars: [
            &[no("urgent")],
            &[yes("urgency_foreseeable")],
            &[over("term_months", 12)],
            &[yes("psr_service"), is("nation", "england")],
            &[at_least("notice_days", 25)],
        ],
    },
    Route {
        name: "direct_single",
        bars: [
            &[no("exclusive_rights")],
            &[no("no_alternative")],
            &[over("suppliers_known", 1)],
            &[yes("psr_service"), is("nation", "england")],
            &[yes("market_solution"), at_least("suppliers_known", 2)],
        ],
    },
    Route {
        name: "psr_direct",
        bars: [
            &[no("psr_service")],
            &[is_not("nation", "england")],
            &[no("existing_provider"), no("patient_choice")],
            &[yes("considerable_change")],
            &[under("decision_date", 20240101)],
        ],
    },
];

const fn yes_no(name: &'static str) -> Fact {
    Fact { name, kind: Kind::YesNo }
}

const fn one_of(name: &'static str, options: &'static [&'static str]) -> Fact {
    Fact { name, kind: Kind::OneOf(options) }
}

const fn number(name: &'static str, numbers: &'static [i64]) -> Fact {
    Fact { name, kind: Kind::Number(numbers) }
}

const fn yes(fact: &'static str) -> Test {
    Test { fact, asks: Asks::Yes }
}

const fn no(fact: &'static str) -> Test {
    Test { fact, asks: Asks::No }
}

const fn is(fact: &'static str, option: &'static str) -> Test {
    Test { fact, asks: Asks::Is(option) }
}

const fn is_not(fact: &'static str, option: &'static str) -> Test {
    Test { fact, asks: Asks::IsNot(option) }
}

const fn under(fact: &'static str, figure: i64) -> Test {
    Test { fact, asks: Asks::Under(figure) }
}

const fn at_least(fact: &'static str, figure: i64) -> Test {
    Test { fact, asks: Asks::AtLeast(figure) }
}

const fn over(fact: &'static str, figure: i64) -> Test {
    Test { fact, asks: Asks::Over(figure) }
}

/// Each bar with its number, counted from nought, in the order of the routes.
pub fn bars() -> impl Iterator<Item = (usize, &'static [Test])> {
    ROUTES.iter().flat_map(|route| route.bars).enumerate()
}

/// What the bar of this number is called: `R01` is the first.
pub fn bar_id(bar: usize) -> String {
    format!("R{:02}", bar + 1)
}

/// The bars that hold on a fact set: a bit each, the first the lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bars(u64);

impl Bars {
    /// Adds the bar of this number.
    pub fn insert(&mut self, bar: usize) {
        self.0 |= 1 << bar;
    }

    /// Adds the bar of this id, in capitals or not.
    pub fn insert_id(&mut self, id: &str) {
        let number: usize = id[1..].parse().expect("the id of a bar");
        self.insert(number - 1);
    }

    /// Whether the bar of this number holds.
    pub const fn has(self, bar: usize) -> bool {
        self.0 >> bar & 1 == 1
    }

    /// The ids of the bars that hold.
    pub fn ids(self) -> Vec<String> {
        (0..N_BARS).filter(|bar| self.has(*bar)).map(bar_id).collect()
    }

    /// How it stands with each route.
    pub fn standings(self) -> Standings {
        let mut standings = Standings::default();
        for route in 0..ROUTES.len() {
            if self.0 >> (route * BARS_OF_ROUTE) & ((1 << BARS_OF_ROUTE) - 1) != 0 {
                standings.bar(route);
            }
        }
        standings
    }
}

impl FromIterator<bool> for Bars {
    /// The bars that hold, from whether each of them does.
    fn from_iter<I: IntoIterator<Item = bool>>(holds: I) -> Self {
        Self(
            holds
                .into_iter()
                .enumerate()
                .fold(0, |bits, (bar, holds)| bits | u64::from(holds) << bar),
        )
    }
}

/// How it stands with each route: a bit each, set where it is barred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standings(u16);

/// An answer in JSON: as much of Clearway's own as the workload asks for.
#[derive(Serialize)]
struct Answer<'a> {
    routes: Vec<RouteStanding<'a>>,
}

#[derive(Serialize)]
struct RouteStanding<'a> {
    route: &'a str,
    standing: &'a str,
}

impl Standings {
    /// Bars the route of this number.
    pub fn bar(&mut self, route: usize) {
        self.0 |= 1 << route;
    }

    /// Whether the route of this number is barred.
    pub const fn is_barred(self, route: usize) -> bool {
        self.0 >> route & 1 == 1
    }

    /// An answer in JSON, with a standing for each route.
    pub fn to_json(self) -> String {
        let standing = |route| if self.is_barred(route) { "barred" } else { "open" };
        let routes = ROUTES.iter().enumerate();
        let routes =
            routes.map(|(at, route)| RouteStanding { route: route.name, standing: standing(at) });
        serde_json::to_string(&Answer { routes: routes.collect() }).expect("an answer is JSON")
    }

    /// The standings in an answer; none where it does not have all of them.
    pub fn read(answer: &str) -> Option<Self> {
        let answer: Json = serde_json::from_str(answer).ok()?;
        let told = answer["routes"].as_array()?;
        let mut standings = Self::default();
        for (at, route) in ROUTES.iter().enumerate() {
            let found = told.iter().find(|found| found["route"] == route.name)?;
            match found["standing"].as_str()? {
                "barred" => standings.bar(at),
                "open" => {}
                _ => return None,
            }
        }
        Some(standings)
    }
}

/// The fact sets, and what is expected of them.
pub struct Workload {
    /// Each set as compact JSON.
    pub texts: Vec<String>,
    /// The bars that hold on each set.
    pub expected: Vec<Bars>,
}

impl Workload {
    /// Draws the sets, the same ones each time, and finds what is expected of them.
    pub fn new() -> Self {
        let mut dice = Dice { state: SEED };
        let sets: Vec<Vec<Value>> = (0..N_SETS).map(|_| drawn(&mut dice)).collect();
        let texts = sets.iter().map(|set| text(set)).collect();
        let expected = sets.iter().map(|set| fired(set)).collect();
        Self { texts, expected }
    }

    /// How long a set's JSON is on average, in bytes.
    pub fn mean_bytes(&self) -> usize {
        self.texts.iter().map(String::len).sum::<usize>() / self.texts.len()
    }
}

impl Default for Workload {
    fn default() -> Self {
        Self::new()
    }
}

/// A generator of numbers (splitmix64).
struct Dice {
    state: u64,
}

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// A fact set: a value for each fact.
fn drawn(dice: &mut Dice) -> Vec<Value> {
    let draw = |fact: &Fact| match fact.kind {
        Kind::YesNo => Value::YesNo(dice.pick(&[false, true])),
        Kind::OneOf(options) => Value::Option(dice.pick(options)),
        Kind::Number(numbers) => Value::Number(dice.pick(numbers)),
    };
    FACTS.iter().map(draw).collect()
}

/// A fact set as compact JSON, its members in the order of the facts.
fn text(set: &[Value]) -> String {
    let members = FACTS.iter().zip(set).map(|(fact, value)| match value {
        Value::YesNo(yes) => format!("\"{}\":{yes}", fact.name),
        Value::Option(option) => format!("\"{}\":\"{option}\"", fact.name),
        Value::Number(number) => format!("\"{}\":{number}", fact.name),
    });
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

/// The bars that hold on a fact set.
fn fired(set: &[Value]) -> Bars {
    bars().map(|(_, tests)| tests.iter().all(|test| holds(test, set))).collect()
}

fn holds(test: &Test, set: &[Value]) -> bool {
    let place = FACTS.iter().position(|fact| fact.name == test.fact);
    match (test.asks, set[place.expect("tests ask of facts")]) {
        (Asks::Yes, Value::YesNo(yes)) => yes,
        (Asks::No, Value::YesNo(yes)) => !yes,
        (Asks::Is(asked), Value::Option(option)) => option == asked,
        (Asks::IsNot(asked), Value::Option(option)) => option != asked,
        (Asks::Under(figure), Value::Number(number)) => number < figure,
        (Asks::AtLeast(figure), Value::Number(number)) => number >= figure,
        (Asks::Over(figure), Value::Number(number)) => number > figure,
        (asks, value) => unreachable!("`{}` is {value:?}, and {asks:?} is asked", test.fact),
    }
}
