//! Facts as a circuit takes them: what is known of a fact is one of a few states, and each state
//! decides some wires, so that any number of simple conditions is decided by joining a few words.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::wires::{Wires, Word, place};
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

/// A figure on the line of those that facts of one kind may have, by halves of their smallest part
/// (of pence, say): even where it is a whole number of them, odd where it lies between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Point(i64);

/// How far from nought points may be, in whole parts.
const FAR: i64 = i64::MAX / 2;

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
    Figures(Vec<Point>),
    /// 1, whatever is known.
    Any,
}

/// A fact, or an option of one, that something reads.
#[derive(Clone, Debug)]
struct Input {
    fact: FactId,
    reader: Reader,
}

/// What an input makes the wires of one word carry.
#[derive(Clone, Copy, Debug)]
struct Share {
    input: usize,
    /// The first of its words in `carried`, one for each state.
    first: usize,
}

/// All inputs of a circuit. What state each is in is found first, and then each word of wires from
/// those that have a share in it, so that no word waits to be read that was just written.
#[derive(Clone, Debug, Default)]
pub(super) struct Inputs {
    inputs: Vec<Input>,
    /// Each word with wires decided by facts alone, and which of the shares are in it.
    words: Vec<(usize, Range<usize>)>,
    shares: Vec<Share>,
    /// Of the first state of an input, wires that are open; of another, wires that are yes.
    carried: Vec<Word>,
}

impl Point {
    /// The point of a figure that facts are compared with, where it has one: not a length of time,
    /// nor a number too far from nought.
    pub(super) fn of(figure: Scalar) -> Option<Self> {
        let (whole, is_over) = match figure {
            Scalar::Number(number) => {
                let whole = i64::try_from(number.div_euclid(SCALE)).ok()?;
                (whole, number.rem_euclid(SCALE) != 0)
            }
            Scalar::Date(date) => (day(date), false),
            Scalar::Duration(_) => return None,
        };
        (-FAR < whole && whole < FAR).then(|| Self(2 * whole + i64::from(is_over)))
    }

    /// The point of what is known of a fact. All past the furthest are alike: nothing is compared
    /// with them.
    fn known(value: &Value) -> Option<Self> {
        let whole = match value {
            Value::Number(number) => i64::try_from(*number).unwrap_or(FAR),
            Value::Percentage(percentage) => percentage.millionths(),
            Value::Money(money) => money.pence(),
            Value::Date(date) => day(*date),
            Value::YesNo(_)
            | Value::Choice(_)
            | Value::Choices(_)
            | Value::Duration(_)
            | Value::Text(_)
            | Value::Code(_) => return None,
        };
        Some(Self(2 * whole.clamp(-FAR, FAR)))
    }

    /// The state that this is among others in their order, as of [`among`]. They are few, and
    /// counting them takes no branch.
    fn state(self, points: &[Self]) -> usize {
        points.iter().fold(1, |state: usize, point| {
            let n_passed = usize::from(*point < self) + usize::from(*point <= self);
            state.wrapping_add(n_passed)
        })
    }
}

/// A number that goes up from day to day.
fn day(date: Date) -> i64 {
    (i64::from(date.year()) << 9) | i64::from(date.month()) << 5 | i64::from(date.day())
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
        // By word: which inputs have a share in it, each with the words that its states make.
        let mut by_word: BTreeMap<usize, Vec<(usize, Vec<Word>)>> = BTreeMap::new();
        for ((fact, option), atoms) in by_aspect {
            let kind = &book.facts[fact].kind;
            let reader = Reader::new(kind, option, &atoms);
            for (word, carried) in reader.carried(kind, &atoms) {
                by_word.entry(word).or_default().push((inputs.inputs.len(), carried));
            }
            inputs.inputs.push(Input { fact, reader });
        }
        for (word, sharing) in by_word {
            let begins = inputs.shares.len();
            for (input, carried) in sharing {
                inputs.shares.push(Share { input, first: inputs.carried.len() });
                inputs.carried.extend(carried);
            }
            inputs.words.push((word, begins..inputs.shares.len()));
        }
        inputs
    }

    /// Sets the wires that facts alone decide; `states` is room for the state of each input.
    pub(super) fn read(&self, facts: &Facts, states: &mut Vec<usize>, wires: &mut Wires) {
        states.clear();
        states.extend(
            self.inputs
                .iter()
                .map(|input| facts.get(input.fact).map_or(0, |value| input.reader.state(value))),
        );
        for (at, shares) in &self.words {
            let mut word = Word::default();
            for share in self.shares.get(shares.clone()).unwrap_or_default() {
                let state = states.get(share.input).copied().unwrap_or_default();
                let more = self.carried.get(share.first + state).copied().unwrap_or_default();
                word.yes |= more.yes;
                word.open |= more.open;
            }
            word.open &= !word.yes;
            wires.add(*at, word);
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
            | FactKind::Date => Self::Figures(figures.into_iter().collect()),
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
            Self::Figures(points) => 2 * points.len() + 2,
            Self::Any => 2,
        }
    }

    /// What the wires of these atoms are made to carry, word by word, state by state: of the first
    /// state all are open, of another those are yes whose atom holds.
    fn carried(&self, kind: &FactKind, atoms: &[(&Atom, u32)]) -> BTreeMap<usize, Vec<Word>> {
        let n_states = self.n_states(kind);
        let mut carried: BTreeMap<usize, Vec<Word>> = BTreeMap::new();
        for (atom, wire) in atoms {
            let (word, bit) = place(*wire);
            let states = carried.entry(word).or_insert_with(|| vec![Word::default(); n_states]);
            for (state, word) in states.iter_mut().enumerate() {
                match state {
                    0 => word.open |= bit,
                    _ if self.holds(atom, state) => word.yes |= bit,
                    _ => {}
                }
            }
        }
        carried
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
            (Self::Figures(points), value) => {
                Point::known(value).map_or(1, |point| point.state(points))
            }
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
            (Asked::Compares(comparison, point), Self::Figures(points)) => {
                let side = side(points, state, point);
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

#[cfg(test)]
mod tests {
    use super::{FAR, Point, Reader};
    use crate::decide::arithmetic::{SCALE, Scalar};
    use crate::pack::Value;

    #[test]
    fn a_number_of_any_size_is_on_its_side_of_every_figure() {
        let far = i128::from(FAR);
        let figures = [0, 1, SCALE, SCALE + 1, 7 * SCALE, (far - 1) * SCALE, (far - 1) * SCALE + 1];
        let points: Vec<Point> =
            figures.iter().filter_map(|figure| Point::of(Scalar::Number(*figure))).collect();
        assert_eq!(points.len(), figures.len());
        let reader = Reader::Figures(points);
        for number in [0, 1, 2, 7, 8, FAR as u64 - 1, FAR as u64, 1 << 63, u64::MAX] {
            let scaled = i128::from(number) * SCALE;
            let n_under = figures.iter().filter(|figure| **figure < scaled).count();
            let is_at = figures.contains(&scaled);
            let state = reader.state(&Value::Number(number));
            assert_eq!(state, 1 + 2 * n_under + usize::from(is_at), "{number}");
        }
        assert_eq!(Point::of(Scalar::Number(far * SCALE)), None);
        assert_eq!(Point::of(Scalar::Number(-far * SCALE)), None);
    }

    #[test]
    fn each_text_that_rules_ask_for_is_a_state_of_its_own_and_any_other_is_one_more() {
        let texts = ["Leeds", "Ripon", "Selby", "Wakefield"].map(str::to_owned);
        let reader = Reader::Text(texts.to_vec());
        let states = texts.map(|text| reader.state(&Value::Text(text)));
        assert_eq!(states, [2, 3, 4, 5]);
        assert_eq!(reader.state(&Value::Text("York".to_owned())), 1);
    }
}
