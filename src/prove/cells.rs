//! What a fact can be, as far as the rules can tell: its values parted into cells, within which no
//! rule of the day tells one value from another.

use crate::decide::{Scalar, moved_on, scalar};
use crate::pack::{CodeSet, FactKind, Value};
use crate::quantity::{CpvCode, Date, Duration, Money, Percentage, day_number, numbered_day};

/// The longest duration that is told from shorter ones: some two hundred years.
const DURATION_DAYS_MAX: u32 = 75_000;

/// The cells of a fact.
#[derive(Clone, Debug)]
pub(super) enum Cells {
    /// No, then yes.
    YesNo,
    /// One for each option, by name.
    Options(Vec<String>),
    /// Every set of these options, a bit for each.
    Subsets(Vec<String>),
    /// Values from a start up to the next, in order.
    Ordered(Scale, Vec<i128>),
    /// Codes from a start up to the next, each in a class of codes that are on the same lists.
    Codes(Vec<(CpvCode, usize)>, usize),
    /// These texts, then any other.
    Texts(Vec<String>),
    /// Whether something holds that is more than the logic follows: free to be yes or no.
    Free,
    /// Whether a fact is known at all.
    Known,
}

/// How values in order are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    Number,
    Percentage,
    Money,
    /// Days, from the beginning of the calendar.
    Date,
    /// The day on which a duration ends that begins on this one.
    Duration(Date),
}

impl Scale {
    /// The scale of a fact in order, with its least and its most.
    pub(super) fn of(kind: &FactKind, as_at: Date) -> Option<(Self, i128, i128)> {
        let days = |date| Self::Date.number(&Value::Date(date));
        Some(match kind {
            FactKind::Number(least, most) => (Self::Number, i128::from(*least), i128::from(*most)),
            FactKind::Percentage(least, most) => {
                (Self::Percentage, i128::from(least.millionths()), i128::from(most.millionths()))
            }
            FactKind::Money(_, least, most) => {
                (Self::Money, i128::from(least.pence()), i128::from(most.pence()))
            }
            FactKind::Date => (Self::Date, days(Date::ZERO)?, days(Date::MAX)?),
            FactKind::Duration => {
                let most = Duration::from_days(DURATION_DAYS_MAX).after(as_at).unwrap_or(Date::MAX);
                (Self::Duration(as_at), days(as_at)?, days(most)?)
            }
            FactKind::YesNo
            | FactKind::OneOf(_)
            | FactKind::SomeOf(_)
            | FactKind::Text
            | FactKind::Cpv => return None,
        })
    }

    /// The number of a value.
    pub(super) fn number(self, value: &Value) -> Option<i128> {
        let days = |date: Date| Some(i128::from(day_number(date)));
        match (self, value) {
            (Self::Number, Value::Number(number)) => Some(i128::from(*number)),
            (Self::Percentage, Value::Percentage(share)) => Some(i128::from(share.millionths())),
            (Self::Money, Value::Money(money)) => Some(i128::from(money.pence())),
            (Self::Date, Value::Date(date)) => days(*date),
            (Self::Duration(as_at), Value::Duration(duration)) => days(moved_on(as_at, *duration)),
            _ => None,
        }
    }

    /// The value of a number.
    pub(super) fn value(self, number: i128) -> Option<Value> {
        let date = |number: i128| numbered_day(i32::try_from(number).ok()?);
        Some(match self {
            Self::Number => Value::Number(u64::try_from(number).ok()?),
            Self::Percentage => {
                Value::Percentage(Percentage::from_millionths(i64::try_from(number).ok()?))
            }
            Self::Money => Value::Money(Money::from_pence(i64::try_from(number).ok()?)),
            Self::Date => Value::Date(date(number)?),
            Self::Duration(as_at) => Value::Duration(Duration::between(as_at, date(number)?)?),
        })
    }

    /// The figure of a number.
    pub(super) fn figure(self, number: i128) -> Option<Scalar> {
        scalar(&self.value(number)?)
    }
}

impl Cells {
    /// The number of bits that tell the cells apart.
    pub(super) fn width(&self) -> u16 {
        let n_cells = match self {
            Self::YesNo | Self::Free | Self::Known => 2,
            Self::Options(names) => names.len(),
            Self::Subsets(names) => return u16::try_from(names.len()).unwrap_or(u16::MAX),
            Self::Ordered(_, starts) => starts.len(),
            Self::Codes(_, n_classes) => *n_classes,
            Self::Texts(texts) => texts.len() + 1,
        };
        u16::try_from(usize::BITS - n_cells.saturating_sub(1).leading_zeros()).unwrap_or(u16::MAX)
    }

    /// The number of cells; of subsets, the number of options.
    pub(super) fn count(&self) -> usize {
        match self {
            Self::YesNo | Self::Free | Self::Known => 2,
            Self::Options(names) | Self::Subsets(names) => names.len(),
            Self::Ordered(_, starts) => starts.len(),
            Self::Codes(_, n_classes) => *n_classes,
            Self::Texts(texts) => texts.len() + 1,
        }
    }

    /// The class of a code.
    fn class(starts: &[(CpvCode, usize)], code: CpvCode) -> Option<usize> {
        let place = starts.partition_point(|(start, _)| *start <= code).checked_sub(1)?;
        starts.get(place).map(|(_, class)| *class)
    }

    /// The cell of a value whose options, if it has any, have these places among the cells'.
    pub(super) fn cell(&self, value: &Value, options: &[usize]) -> Option<usize> {
        match (self, value) {
            (Self::YesNo, Value::YesNo(yes)) => Some(usize::from(*yes)),
            (Self::Options(_), Value::Choice(place)) => options.get(*place).copied(),
            (Self::Ordered(scale, starts), value) => {
                let number = scale.number(value)?;
                Some(starts.partition_point(|start| *start <= number).saturating_sub(1))
            }
            (Self::Codes(starts, _), Value::Code(code)) => Self::class(starts, *code),
            (Self::Texts(texts), Value::Text(text)) => {
                Some(texts.iter().position(|known| known == text).unwrap_or(texts.len()))
            }
            _ => None,
        }
    }
}

/// The cells of codes that these sets tell apart.
pub(super) fn code_cells(lists: &[Vec<CodeSet>]) -> Cells {
    let mut starts: Vec<CpvCode> = CpvCode::first().into_iter().collect();
    let bounds: Vec<Vec<(CpvCode, CpvCode)>> =
        lists.iter().map(|sets| sets.iter().map(|set| set.bounds()).collect()).collect();
    for (first, last) in bounds.iter().flatten() {
        starts.push(*first);
        starts.extend(last.next());
    }
    starts.sort_unstable();
    starts.dedup();
    let mut classes: Vec<Vec<bool>> = Vec::new();
    let mut cells: Vec<(CpvCode, usize)> = Vec::with_capacity(starts.len());
    for start in starts {
        let is_on = |sets: &Vec<(CpvCode, CpvCode)>| {
            sets.iter().any(|(first, last)| *first <= start && start <= *last)
        };
        let signature: Vec<bool> = bounds.iter().map(is_on).collect();
        let class = classes.iter().position(|known| *known == signature).unwrap_or_else(|| {
            classes.push(signature);
            classes.len() - 1
        });
        cells.push((start, class));
    }
    let n_classes = classes.len();
    Cells::Codes(cells, n_classes)
}
