//! The circuit held against the evaluator that explains, on facts drawn from the bytes, under made
//! packs, a town's rules and the embedded law.
//!
//! The first byte says which rules, the second which day; then each fact takes a byte: none and it
//! is unknown, else the place of its value among the figures written in the rules, or a figure of
//! the eight bytes that follow.

use std::cell::RefCell;
use std::sync::OnceLock;

use clearway::decide::{Circuit, Reading, Trial};
use clearway::desk::Rules;
use clearway::facts::Facts;
use clearway::pack::{FactId, FactKind, Value};
use clearway::quantity::{CpvCode, Date, Duration, Money, Percentage, numbered_day, read_date};
use clearway::source::Sources;

use super::{Shown, TODAY, TOWN, compiled, law, sources, town};

/// The made packs, kept as they were made: what the bytes of an input mean rests on them.
const MADE: [&str; 3] = [
    include_str!("../packs/made-alone.way"),
    include_str!("../packs/made-layered.way"),
    include_str!("../packs/made-used.way"),
];

/// The rules that there are to be put to facts: the made ones, the town's and the law's.
const NAMES: [&str; N_RULES] = ["alone", "layered", "used", "town", "law"];

const N_RULES: usize = MADE.len() + 2;

/// As many days as circuits are kept for.
const DAYS_MAX: usize = 4;

/// The byte before a figure of eight bytes.
const FIGURE: u8 = 255;

/// Rules ready to be put to facts.
struct Ready {
    rules: &'static Rules,
    circuits: Vec<Circuit>,
    /// What each fact may be.
    facts: Vec<(FactId, Vec<Value>)>,
}

/// Holds of any bytes.
pub(crate) fn holds(bytes: &[u8]) -> Shown {
    let mut bytes = bytes.iter().copied();
    let (which, day) = (bytes.next().unwrap_or(0), bytes.next().unwrap_or(0));
    let which = usize::from(which) % N_RULES;
    let ready = ready(which);
    let Some(circuit) = ready.circuits.get(usize::from(day) % ready.circuits.len()) else {
        return Shown::new();
    };
    let facts = ready.facts(&mut bytes);
    let rules = NAMES.get(which).unwrap_or(&NAMES[0]);
    alike(ready, circuit, &facts).into_iter().map(|what| format!("{rules} {what}")).collect()
}

/// Holds a circuit against the evaluator, and says what both came to.
fn alike(ready: &Ready, circuit: &Circuit, facts: &Facts) -> Shown {
    thread_local! {
        // Used again, as a desk does: nothing of the last facts may be left in it.
        static READING: RefCell<Reading> = RefCell::default();
    }
    let (graph, as_at) = (ready.rules.graph(), circuit.as_at());
    let theirs = Trial::new(graph, facts, as_at).reasons();
    READING.with_borrow_mut(|reading| {
        circuit.read(facts, reading);
        let ours = circuit.reasons(graph, reading);
        let said = || {
            let known = facts.iter().map(|(fact, value)| (&graph.book().facts[fact].name, value));
            format!("as at {as_at}: {:?}", known.collect::<Vec<_>>())
        };
        assert_eq!(ours.advice, theirs.advice, "{}", said());
        assert_eq!(ours.routes, theirs.routes, "{}", said());
        let stands: Vec<_> = circuit.stands(reading).collect();
        let standings: Vec<_> = theirs.routes.iter().map(|route| route.standing).collect();
        assert_eq!(stands, standings, "{}", said());
    });
    let mut shown = Shown::from([format!("advice {}", first_word(&theirs.advice))]);
    for route in &theirs.routes {
        for (basis, known) in &route.reasons {
            shown.insert(format!("{:?} by {} {known:?}", route.standing, first_word(basis)));
        }
    }
    shown
}

fn first_word(thing: &impl std::fmt::Debug) -> String {
    let shown = format!("{thing:?}");
    shown.split(|mark: char| !mark.is_alphanumeric()).next().unwrap_or_default().to_owned()
}

fn ready(which: usize) -> &'static Ready {
    static READY: [OnceLock<Ready>; N_RULES] = [const { OnceLock::new() }; N_RULES];
    let place = READY.get(which).unwrap_or(&READY[0]);
    place.get_or_init(|| match MADE.get(which) {
        // Made once, and kept until the end.
        Some(text) => Ready::new(Box::leak(Box::new(compiled(&sources(text)))), &sources(text)),
        None if which == MADE.len() => Ready::new(town(), &sources(TOWN)),
        None => Ready::new(law(), &clearway::embedded()),
    })
}

impl Ready {
    fn new(rules: &'static Rules, sources: &Sources) -> Self {
        let days = rules.graph().days();
        let apart = days.len().div_ceil(DAYS_MAX - 1).max(1);
        let days: Vec<Date> = days.iter().copied().step_by(apart).chain([TODAY]).collect();
        let circuits = days.iter().filter_map(|day| Circuit::new(rules.graph(), *day));
        let circuits: Vec<Circuit> = circuits.collect();
        assert!(!circuits.is_empty(), "the rules fit a circuit");
        let figures = Figures::of(sources);
        let facts = rules.graph().book().facts.iter();
        let facts = facts.map(|(fact, row)| (fact, figures.values(&row.kind))).collect();
        Self { rules, circuits, facts }
    }

    /// Facts drawn from bytes.
    fn facts(&self, bytes: &mut impl Iterator<Item = u8>) -> Facts {
        let mut facts = Facts::none();
        for (fact, values) in &self.facts {
            let Some(byte) = bytes.next() else { break };
            let value = match byte {
                0 => None,
                FIGURE => figure(&self.rules.graph().book().facts[*fact].kind, bytes),
                _ => {
                    let further = if values.len() > 250 { bytes.next().unwrap_or(0) } else { 0 };
                    let place = usize::from(byte - 1) + usize::from(further) * 250;
                    values.get(place % values.len().max(1)).cloned()
                }
            };
            value.into_iter().for_each(|value| facts.learn(*fact, value));
        }
        facts
    }
}

/// A value of a kind, whatever its bounds; none of the kinds that have no figures.
fn figure(kind: &FactKind, bytes: &mut impl Iterator<Item = u8>) -> Option<Value> {
    let mut figure = [0; 8];
    figure.iter_mut().zip(bytes).for_each(|(place, byte)| *place = byte);
    let number = i64::from_le_bytes(figure);
    Some(match kind {
        FactKind::Number(..) => Value::Number(u64::from_le_bytes(figure)),
        FactKind::Percentage(..) => Value::Percentage(Percentage::from_millionths(number)),
        FactKind::Money(..) => Value::Money(Money::from_pence(number)),
        FactKind::Date => Value::Date(numbered_day(i32::try_from(number >> 40).ok()?)?),
        FactKind::Duration => Value::Duration(Duration::read(&format!("{number} days")).ok()?),
        FactKind::SomeOf(options) => Value::Choices(
            (0..options.len().min(63)).filter(|place| number >> place & 1 == 1).collect(),
        ),
        FactKind::YesNo | FactKind::OneOf(_) | FactKind::Text | FactKind::Cpv => return None,
    })
}

/// The figures written in rules, and those beside them.
#[derive(Default)]
struct Figures {
    numbers: Vec<Value>,
    shares: Vec<Value>,
    sums: Vec<Value>,
    dates: Vec<Value>,
    lengths: Vec<Value>,
    codes: Vec<Value>,
}

impl Figures {
    fn of(sources: &Sources) -> Self {
        let mut figures = Self::default();
        for (_, source) in sources.iter() {
            let marks = |mark: char| mark.is_whitespace() || ",()[]\"".contains(mark);
            let words = source.text().split(marks).filter(|word| !word.is_empty());
            let words: Vec<&str> = words.collect();
            for pair in words.windows(3) {
                figures.add(pair);
            }
        }
        for values in [&mut figures.numbers, &mut figures.shares, &mut figures.sums] {
            values.sort_by_key(|value| format!("{value:?}"));
            values.dedup();
        }
        for values in [&mut figures.dates, &mut figures.lengths, &mut figures.codes] {
            values.sort_by_key(|value| format!("{value:?}"));
            values.dedup();
        }
        figures
    }

    fn add(&mut self, words: &[&str]) {
        let Some(word) = words.first() else { return };
        if let Ok(money) = Money::read(word) {
            let near = [money.pence() - 1, money.pence(), money.pence() + 1];
            self.sums.extend(near.map(Money::from_pence).map(Value::Money));
        }
        if let Some(share) = Percentage::read(word) {
            let near = [share.millionths() - 1, share.millionths(), share.millionths() + 1];
            self.shares.extend(near.map(Percentage::from_millionths).map(Value::Percentage));
        }
        if let Some(date) = read_date(word) {
            let near = [date.yesterday(), Ok(date), date.tomorrow()];
            self.dates.extend(near.into_iter().flatten().map(Value::Date));
        }
        if let Ok(code) = CpvCode::read(word) {
            self.codes.extend(code.next().into_iter().chain([code]).map(Value::Code));
        }
        if let Ok(number) = word.parse::<u64>()
            && word.len() < 5
        {
            let near = [number.saturating_sub(1), number, number + 1];
            self.numbers.extend(near.map(Value::Number));
            let lengths = [2, 3].map(|count| words.get(..count).unwrap_or_default().join(" "));
            let lengths = lengths.iter().filter_map(|length| Duration::read(length).ok());
            for length in lengths {
                let near = length.a_day_off().into_iter().chain([length]);
                self.lengths.extend(near.map(Value::Duration));
            }
        }
    }

    fn values(&self, kind: &FactKind) -> Vec<Value> {
        match kind {
            FactKind::YesNo => vec![Value::YesNo(false), Value::YesNo(true)],
            FactKind::OneOf(options) => (0..options.len()).map(Value::Choice).collect(),
            FactKind::SomeOf(options) => {
                let one = (0..options.len()).map(|place| Value::Choices([place].into()));
                one.chain([Value::Choices([].into())]).collect()
            }
            FactKind::Number(..) => self.numbers.clone(),
            FactKind::Percentage(..) => self.shares.clone(),
            FactKind::Money(..) => self.sums.clone(),
            FactKind::Date => self.dates.clone(),
            FactKind::Duration => self.lengths.clone(),
            FactKind::Text => ["", "alpha"].map(|text| Value::Text(text.to_owned())).to_vec(),
            FactKind::Cpv => self.codes.clone(),
        }
    }
}
