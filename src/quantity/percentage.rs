//! Percentages as exact fractions.

use std::fmt;

/// A percentage to four decimal places, held as millionths: `25%` is 250,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percentage {
    millionths: i64,
}

impl Percentage {
    /// The largest percentage that may be written: `10,000%`, a hundredfold.
    pub const MAX: Self = Self { millionths: 100_000_000 };

    /// The percentage of this many millionths.
    #[must_use]
    pub const fn from_millionths(millionths: i64) -> Self {
        Self { millionths }
    }

    /// The percentage in millionths.
    #[must_use]
    pub const fn millionths(self) -> i64 {
        self.millionths
    }

    /// Reads `25%` or `12.5%`, to four decimal places.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let figure = text.trim().strip_suffix('%')?.trim_end();
        let (whole, fraction) = figure.split_once('.').unwrap_or((figure, "0"));
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !is_digits(whole) || !is_digits(fraction) || fraction.len() > 4 {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let fraction: i64 = format!("{fraction:0<4}").parse().ok()?;
        let millionths = whole.checked_mul(10_000)?.checked_add(fraction)?;
        (millionths <= Self::MAX.millionths).then_some(Self { millionths })
    }
}

impl fmt::Display for Percentage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.millionths / 10_000)?;
        let fraction = format!("{:04}", self.millionths % 10_000);
        let fraction = fraction.trim_end_matches('0');
        if fraction.is_empty() { write!(f, "%") } else { write!(f, ".{fraction}%") }
    }
}
