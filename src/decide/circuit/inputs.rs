//! Facts as a circuit takes them: what is known of a fact is one of a few states, and each state
//! decides some wires, so that any number of simple conditions is decided by joining a few words.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::wires::{Wires, place};
use crate::decide::arithmetic::{SCALE, Scalar};
use crate::facts::Facts;
use crate::pack::{FactId, FactKind, Rulebook, Value};
use crate::quantity::{CpvCode, Date};
use crate::syntax::tree::Comparison;

/// What a simple condition asks of one fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asked {
    /// It is yes.
    Yes,
    /// It is one of these options.
    OneOf(BTreeSet<usize>),
    /// This option is among its options.
    Includes(usize),
    /// It is this text.
    Text(String),
    /// It is a code within one of these bounds, both included.
    Codes(Vec<(CpvCode, CpvCode)>),
    /// It compares so with a figure.
    Compares(Comparison, Point),
    /// Anything is known of it.
    Known,
}

/// A figure that facts of one kind are compared with: the whole number at or below it, of its
/// smallest part (of pence, say), and whether there is something over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Point {
    whole: i64,
    has_more: bool,
}

/// A simple condition: what is asked of a fact, or its opposite.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Atom {
    pub(super) fact: FactId,
    pub(super) asked: Asked,
    /// Whether the opposite is meant.
    pub(super) is_turned: bool,
}

/// Any one of these.
pub(super) type Clause = BTreeSet<Atom>;

/// How the value of a fact leads to a state; state nought is that nothing is known.
#[derive(Clone, Debug)]
enum Reader {
    /// 1 no, 2 yes.
    YesNo,
    /// One more than the option's place.
    Choice,
    /// 1 where an option is not among those chosen, 2 where it is.
    Option(usize),
    /// 1 for any text but these; then each.
    Text(Vec<String>),
    /// Before, at and between codes.
    Codes(Vec<CpvCode>),
    /// Before, at and between figures.
    Figures(Marks),
    /// 1, whatever is known.
    Any,
}

/// Points in their order, and their whole numbers by themselves, to be looked through fast.
#[derive(Clone, Debug)]
struct Marks {
    points: Vec<Point>,
    whole: Vec<i64>,
}

/// Bits of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Mask {
    word: usize,
    bits: u64,
}

/// A fact, or an option of one, that something reads.
#[derive(Clone, Debug)]
struct Input {
    fact: FactId,
    reader: Reader,
    /// The first of its rows: one for each state.
    first_row: usize,
}

/// The wires that a state makes yes; of the first state of an input, those that it leaves open.
#[derive(Clone, Debug, Default)]
struct Row {
    first: Mask,
    rest: Range<usize>,
}

/// All inputs of a circuit.
#[derive(Clone, Debug, Default)]
pub(super) struct Inputs {
    inputs: Vec<Input>,
    rows: Vec<Row>,
    /// The masks past the first of each row.
    masks: Vec<Mask>,
    /// The words that hold wires decided by facts alone.
    n_words: usize,
}

impl Point {
    /// The point of a figure, where it has one: not a length of time, nor a number at or past the
    /// ends of those that a fact may be.
    pub(super) fn of(figure: Scalar) -> Option<Self> {
        let point = match figure {
            Scalar::Number(number) => Self {
                whole: i64::try_from(number.div_euclid(SCALE)).ok()?,
                has_more: number.rem_euclid(SCALE) != 0,
            },
            Scalar::Date(date) => Self { whole: day(date), has_more: false },
            Scalar::Duration(_) => return None,
        };
        (i64::MIN < point.whole && point.whole < i64::MAX).then_some(point)
    }
}

/// A number that goes up from day to day.
fn day(date: Date) -> i64 {
    (i64::from(date.year()) << 9) | i64::from(date.month()) << 5 | i64::from(date.day())
}

/// The whole number that a fact of figures is. A number past the last is as good as the last, for
/// no point is there.
fn figure(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => Some(i64::try_from(*number).unwrap_or(i64::MAX)),
        Value::Percentage(percentage) => Some(percentage.millionths()),
        Value::Money(money) => Some(money.pence()),
        Value::Date(date) => Some(day(*date)),
        Value::YesNo(_)
        | Value::Choice(_)
        | Value::Choices(_)
        | Value::Duration(_)
        | Value::Text(_)
        | Value::Code(_) => None,
    }
}

/// What is asked of a fact by its kind, or of one of its options.
type Aspect = (FactId, Option<usize>);

const fn aspect(atom: &Atom) -> Aspect {
    match atom.asked {
        Asked::Includes(option) => (atom.fact, Some(option)),
        Asked::Yes
        | Asked::OneOf(_)
        | Asked::Text(_)
        | Asked::Codes(_)
        | Asked::Compares(..)
        | Asked::Known => (atom.fact, None),
    }
}

impl Inputs {
    /// The inputs that decide these clauses, each with its wire.
    pub(super) fn new(book: &Rulebook, clauses: &BTreeMap<Clause, u32>) -> Self {
        let mut by_aspect: BTreeMap<Aspect, Vec<(&Atom, u32)>> = BTreeMap::new();
        for (clause, wire) in clauses {
            for atom in clause {
                by_aspect.entry(aspect(atom)).or_default().push((atom, *wire));
            }
        }
        let mut inputs = Self::default();
        for ((fact, option), atoms) in by_aspect {
            inputs.add(book, fact, option, &atoms);
        }
        let n_words = clauses.values().map(|wire| place(*wire).0 + 1).max();
        Self { n_words: n_words.unwrap_or_default(), ..inputs }
    }

    fn add(
        &mut self,
        book: &Rulebook,
        fact: FactId,
        option: Option<usize>,
        atoms: &[(&Atom, u32)],
    ) {
        let reader = Reader::new(&book.facts[fact].kind, option, atoms);
        let first_row = self.rows.len();
        let n_states = reader.n_states(&book.facts[fact].kind);
        self.row(atoms.iter().map(|(_, wire)| *wire));
        for state in 1..n_states {
            let held = atoms.iter().filter(|(atom, _)| reader.holds(atom, state));
            self.row(held.map(|(_, wire)| *wire));
        }
        self.inputs.push(Input { fact, reader, first_row });
    }

    fn row(&mut self, wires: impl Iterator<Item = u32>) {
        let mut masks: Vec<Mask> = Vec::new();
        for wire in wires {
            let (word, bits) = place(wire);
            match masks.iter_mut().find(|mask| mask.word == word) {
                Some(mask) => mask.bits |= bits,
                None => masks.push(Mask { word, bits }),
            }
        }
        let begins = self.masks.len();
        let mut masks = masks.into_iter();
        let first = masks.next().unwrap_or_default();
        self.masks.extend(masks);
        self.rows.push(Row { first, rest: begins..self.masks.len() });
    }

    /// Sets the wires that facts alone decide.
    pub(super) fn read(&self, facts: &Facts, wires: &mut Wires) {
        for input in &self.inputs {
            let (state, words) = match facts.get(input.fact) {
                Some(value) => (input.reader.state(value), &mut wires.yes),
                None => (0, &mut wires.open),
            };
            let Some(row) = self.rows.get(input.first_row + state) else { continue };
            let mut set = |mask: &Mask| {
                if let Some(word) = words.get_mut(mask.word) {
                    *word |= mask.bits;
                }
            };
            set(&row.first);
            if !row.rest.is_empty() {
                self.masks.get(row.rest.clone()).unwrap_or_default().iter().for_each(set);
            }
        }
        for (open, yes) in wires.open.iter_mut().zip(&wires.yes).take(self.n_words) {
            *open &= !yes;
        }
    }
}

impl Reader {
    fn new(kind: &FactKind, option: Option<usize>, atoms: &[(&Atom, u32)]) -> Self {
        if let Some(option) = option {
            return Self::Option(option);
        }
        let (mut figures, mut texts, mut codes) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (atom, _) in atoms {
            match &atom.asked {
                Asked::Compares(_, point) => drop(figures.insert(*point)),
                Asked::Text(text) => drop(texts.insert(text.clone())),
                Asked::Codes(bounds) => {
                    codes.extend(bounds.iter().flat_map(|(first, last)| [*first, *last]));
                }
                Asked::Yes | Asked::OneOf(_) | Asked::Includes(_) | Asked::Known => {}
            }
        }
        match kind {
            FactKind::YesNo => Self::YesNo,
            FactKind::OneOf(_) => Self::Choice,
            FactKind::SomeOf(_) | FactKind::Duration => Self::Any,
            FactKind::Number(..)
            | FactKind::Percentage(..)
            | FactKind::Money(..)
            | FactKind::Date => Self::Figures(Marks::new(figures)),
            FactKind::Text => Self::Text(texts.into_iter().collect()),
            FactKind::Cpv => Self::Codes(codes.into_iter().collect()),
        }
    }

    /// The number of states, that nothing is known being one.
    fn n_states(&self, kind: &FactKind) -> usize {
        match self {
            Self::YesNo | Self::Option(_) => 3,
            Self::Choice => kind.choices().len() + 1,
            Self::Text(texts) => texts.len() + 2,
            Self::Codes(codes) => 2 * codes.len() + 2,
            Self::Figures(marks) => 2 * marks.points.len() + 2,
            Self::Any => 2,
        }
    }

    /// The state of a fact of which this is known.
    fn state(&self, value: &Value) -> usize {
        match (self, value) {
            (Self::YesNo, Value::YesNo(yes)) => 1 + usize::from(*yes),
            (Self::Choice, Value::Choice(option)) => 1 + option,
            (Self::Option(option), Value::Choices(chosen)) => {
                1 + usize::from(chosen.contains(option))
            }
            (Self::Text(texts), Value::Text(text)) => {
                texts.binary_search(text).map_or(1, |place| 2 + place)
            }
            (Self::Codes(codes), Value::Code(code)) => among(codes, code),
            (Self::Figures(marks), value) => figure(value).map_or(1, |figure| marks.state(figure)),
            _ => 1,
        }
    }

    /// Whether an atom holds in a state in which something is known.
    fn holds(&self, atom: &Atom, state: usize) -> bool {
        let holds = match (&atom.asked, self) {
            (Asked::Known, _) => true,
            (Asked::Yes | Asked::Includes(_), _) => state == 2,
            (Asked::OneOf(options), _) => state > 0 && options.contains(&(state - 1)),
            (Asked::Text(text), Self::Text(texts)) => {
                texts.binary_search(text).is_ok_and(|place| state == place + 2)
            }
            (Asked::Codes(bounds), Self::Codes(codes)) => {
                let within = |(first, last): &(CpvCode, CpvCode)| {
                    side(codes, state, first) >= 0 && side(codes, state, last) <= 0
                };
                bounds.iter().any(within)
            }
            (Asked::Compares(comparison, point), Self::Figures(marks)) => {
                let side = side(&marks.points, state, point);
                match comparison {
                    Comparison::Equal => side == 0,
                    Comparison::Under => side < 0,
                    Comparison::AtOrUnder => side <= 0,
                    Comparison::Over => side > 0,
                    Comparison::AtOrOver => side >= 0,
                }
            }
            (Asked::Text(_) | Asked::Codes(_) | Asked::Compares(..), _) => false,
        };
        holds != atom.is_turned
    }
}

impl Marks {
    fn new(points: BTreeSet<Point>) -> Self {
        let points: Vec<Point> = points.into_iter().collect();
        let whole = points.iter().map(|point| point.whole).collect();
        Self { points, whole }
    }

    /// The state of a figure: an even one at a point, an odd one between two or past the ends.
    fn state(&self, figure: i64) -> usize {
        let n_under = self.whole.iter().filter(|whole| **whole < figure).count();
        let at = self.points.get(n_under);
        let is_at = at.is_some_and(|point| point.whole == figure && !point.has_more);
        1 + 2 * n_under + usize::from(is_at)
    }
}

/// The state of a value among marks: an even one at a mark, an odd one between two or past the end.
fn among<T: Ord>(marks: &[T], value: &T) -> usize {
    let below = marks.partition_point(|mark| mark < value);
    let is_at = marks.get(below) == Some(value);
    1 + 2 * below + usize::from(is_at)
}

/// On which side of a mark a state is: less than nought before it, nought at it.
fn side<T: Ord>(marks: &[T], state: usize, mark: &T) -> i8 {
    let at = 2 + 2 * marks.partition_point(|other| other < mark);
    match state.cmp(&at) {
        std::cmp::Ordering::Less => -1,
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => 1,
    }
}
