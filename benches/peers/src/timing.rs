//! How long something takes: passes over the fact sets, the least and the middle of them.

use std::fmt;
use std::time::{Duration, Instant};

/// How long is measured.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// The fewest passes.
    pub passes_min: usize,
    /// The most passes.
    pub passes_max: usize,
    /// After this long no pass is begun that need not be.
    pub time: Duration,
    /// How often rules are loaded.
    pub n_loads: usize,
}

impl Effort {
    /// For figures to be quoted.
    pub const FULL: Self =
        Self { passes_min: 5, passes_max: 5_000, time: Duration::from_secs(4), n_loads: 10 };
    /// For a look.
    pub const QUICK: Self =
        Self { passes_min: 2, passes_max: 5, time: Duration::from_millis(500), n_loads: 2 };
}

/// The least and the middle of several times.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    least: Duration,
    middle: Duration,
    /// How many doings each time is shared by.
    among: u32,
}

impl Spread {
    /// Of these times, each of so many doings.
    ///
    /// # Panics
    /// There are no times.
    pub fn new(mut times: Vec<Duration>, among: usize) -> Self {
        times.sort_unstable();
        let among = u32::try_from(among).expect("a number of doings");
        Self { least: times[0], middle: times[times.len() / 2], among }
    }

    /// Of passes that do something once for each of so many fact sets, after one that warms up.
    pub fn of_passes(effort: Effort, n_sets: usize, mut each: impl FnMut(usize)) -> Self {
        let mut pass = || timed(|| (0..n_sets).for_each(&mut each)).1;
        pass();
        let (start, mut times) = (Instant::now(), Vec::new());
        while times.len() < effort.passes_min
            || times.len() < effort.passes_max && start.elapsed() < effort.time
        {
            times.push(pass());
        }
        Self::new(times, n_sets)
    }
}

impl fmt::Display for Spread {
    /// The least for each doing, and the middle in brackets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let each = |time: Duration| time.as_secs_f64() / f64::from(self.among);
        write!(f, "{} ({})", shown(each(self.least)), shown(each(self.middle)))
    }
}

/// What something gives, and how long that took.
pub fn timed<T>(make: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let made = make();
    (made, start.elapsed())
}

/// Seconds in the unit that reads best, to three figures.
pub fn shown(seconds: f64) -> String {
    let (figure, unit) = match seconds {
        _ if seconds < 1e-6 => (seconds * 1e9, "ns"),
        _ if seconds < 1e-3 => (seconds * 1e6, "µs"),
        _ => (seconds * 1e3, "ms"),
    };
    let places = match figure {
        _ if figure < 10.0 => 2,
        _ if figure < 100.0 => 1,
        _ => 0,
    };
    format!("{figure:.places$} {unit}")
}
