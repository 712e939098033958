//! Money in whole pence.

use std::fmt;

use super::with_thousands;

/// An amount of money in whole pence. Whether it includes VAT is part of the fact or amount that
/// holds it, never of the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    pence: i64,
}

/// Why a text is not an amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// No figure at all: `£lots`.
    NotMoney,
    /// Commas that don't part thousands: `£1,000,00`.
    Grouping,
    /// A part of a penny: `£10.005`.
    PartOfAPenny,
    /// Over the largest sum, `Money::MAX`.
    TooLarge,
}

impl Money {
    /// The largest sum that may be written: a trillion pounds.
    pub const MAX: Self = Self { pence: 100_000_000_000_000 };

    /// The sum of this many pence.
    #[must_use]
    pub const fn from_pence(pence: i64) -> Self {
        Self { pence }
    }

    /// The sum in pence.
    #[must_use]
    pub const fn pence(self) -> i64 {
        self.pence
    }

    /// The sum of this many whole pounds, if it is not over `Money::MAX` either way.
    #[must_use]
    pub fn from_pounds(pounds: i64) -> Option<Self> {
        let pence = pounds.checked_mul(100)?;
        (pence.abs() <= Self::MAX.pence).then_some(Self { pence })
    }

    /// Reads `£207,720`, `£12.50`, `£1.25m`, `£30k` or `£2bn`; the pound sign may be left out.
    ///
    /// # Errors
    /// Says which of the rules of writing money the text breaks.
    pub fn read(text: &str) -> Result<Self, MoneyError> {
        let text = text.trim();
        let text = text.strip_prefix('£').unwrap_or(text);
        let (figure, pence_each) = scale(text);
        let (whole, fraction) = figure.split_once('.').unwrap_or((figure, ""));
        let pounds = read_grouped(whole)?;
        let is_bare_point = figure.contains('.') && fraction.is_empty();
        if is_bare_point || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(MoneyError::NotMoney);
        }
        let pence = pounds.checked_mul(pence_each).ok_or(MoneyError::TooLarge)?;
        let pence = pence.checked_add(read_fraction(fraction, pence_each)?);
        let pence =
            pence.and_then(|pence| i64::try_from(pence).ok()).ok_or(MoneyError::TooLarge)?;
        if pence > Self::MAX.pence { Err(MoneyError::TooLarge) } else { Ok(Self { pence }) }
    }
}

/// Parts a figure from its scale (`k`, `m`, `bn`), and says how many pence each unit is.
fn scale(text: &str) -> (&str, u64) {
    let scales = [("bn", 100_000_000_000), ("m", 100_000_000), ("k", 100_000)];
    let found = scales.iter().find_map(|(mark, pence)| Some((text.strip_suffix(mark)?, *pence)));
    found.unwrap_or((text, 100))
}

/// Reads digits that are either not grouped at all or grouped in thousands.
fn read_grouped(whole: &str) -> Result<u64, MoneyError> {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let is_digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(first) || !rest.iter().all(|group| is_digits(group)) {
        return Err(MoneyError::NotMoney);
    }
    let is_grouped = rest.iter().all(|group| group.len() == 3) && first.len() <= 3;
    if !rest.is_empty() && !is_grouped {
        return Err(MoneyError::Grouping);
    }
    whole.replace(',', "").parse().map_err(|_| MoneyError::TooLarge)
}

/// The pence of a decimal fraction of a unit, exact or refused.
fn read_fraction(fraction: &str, pence_each: u64) -> Result<u64, MoneyError> {
    let mut pence = 0_u64;
    let mut each = pence_each;
    for digit in fraction.chars().filter_map(|digit| digit.to_digit(10)) {
        if !each.is_multiple_of(10) {
            return Err(MoneyError::PartOfAPenny);
        }
        each /= 10;
        pence += u64::from(digit) * each;
    }
    Ok(pence)
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.pence < 0 { "-" } else { "" };
        let pence = self.pence.unsigned_abs();
        write!(f, "{sign}£{}", with_thousands(pence / 100))?;
        if pence.is_multiple_of(100) { Ok(()) } else { write!(f, ".{:02}", pence % 100) }
    }
}
