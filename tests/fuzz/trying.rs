//! Targets tried on what is kept for them and on changes to it, and how a failure is shown.

use std::cell::Cell;
use std::env;
use std::fmt::Display;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::path::Path;
use std::str::FromStr;
use std::sync::Once;
use std::time::{Duration, Instant};

use super::changes::changed;
use super::corpus;
use super::growth::grow;
use super::shrinking::shrunk;
use super::targets::Shown;
use crate::properties::dice::Dice;

/// Something that must hold of any bytes.
pub(super) struct Target {
    pub(super) name: &'static str,
    /// What the names of its inputs end in.
    pub(super) ending: &'static str,
    pub(super) holds: fn(&[u8]) -> Shown,
    /// Inputs to begin with: what people write, whole.
    pub(super) seeds: fn() -> Vec<Vec<u8>>,
    /// Whether the program makes its seeds: those kept grow old with its version.
    pub(super) is_made: bool,
    /// Words that its inputs are made of.
    pub(super) words: &'static [&'static str],
    /// How many changes are tried where no time is given.
    pub(super) n_cases: usize,
}

/// How long to go on.
pub(super) enum Until {
    Cases(usize),
    Time(Instant),
}

/// Tries a target on its corpus, then on changes to it.
pub(super) fn tried(target: &Target) {
    if env::var_os("CLEARWAY_FUZZ_GROW").is_some() {
        return grow(target);
    }
    let mut search = Search::new(target);
    let kept = corpus::kept(target);
    assert!(!kept.is_empty(), "nothing is kept in {}", corpus::folder(target).display());
    for input in kept {
        search.put(&input.bytes, &input.name);
        search.pool.push(input.bytes);
    }
    if target.is_made {
        search.pool.extend((target.seeds)());
    }
    search.go_on(&Until::asked().unwrap_or(Until::Cases(target.n_cases)), &mut |_, _| {});
}

/// A number that the environment gives.
pub(super) fn given<T: FromStr>(name: &str) -> Option<T> {
    env::var(name).ok()?.parse().ok()
}

impl Until {
    /// For as long as the environment says.
    pub(super) fn asked() -> Option<Self> {
        let seconds = given("CLEARWAY_FUZZ_SECONDS")?;
        Some(Self::Time(Instant::now() + Duration::from_secs(seconds)))
    }

    fn is_reached(&self, n_cases: usize) -> bool {
        match self {
            Self::Cases(count) => n_cases >= *count,
            Self::Time(end) => Instant::now() >= *end,
        }
    }
}

/// A target with the inputs that showed something, and what has been shown so far.
pub(super) struct Search<'t> {
    target: &'t Target,
    pub(super) pool: Vec<Vec<u8>>,
    pub(super) shown: Shown,
    slowest: Duration,
}

impl<'t> Search<'t> {
    pub(super) fn new(target: &'t Target) -> Self {
        hush();
        Self { target, pool: Vec::new(), shown: Shown::new(), slowest: Duration::ZERO }
    }

    /// Puts an input to the target, and says what it shows that none before it did.
    pub(super) fn put(&mut self, bytes: &[u8], name: &dyn Display) -> Shown {
        let shown = self.shows(bytes, name);
        let new: Shown = shown.difference(&self.shown).cloned().collect();
        self.shown.extend(shown);
        new
    }

    /// Puts an input to the target, and says what it shows.
    pub(super) fn shows(&mut self, bytes: &[u8], name: &dyn Display) -> Shown {
        let begun = Instant::now();
        let shown = outcome(self.target, bytes).unwrap_or_else(|why| {
            let holds = &mut |less: &[u8]| outcome(self.target, less).is_err();
            fail(self.target, &shrunk(bytes, holds), name, &why)
        });
        self.slowest = self.slowest.max(begun.elapsed());
        shown
    }

    /// Tries changes to the pool, to which what shows something new is added.
    #[expect(clippy::print_stdout, reason = "who runs it for long wants to know what was tried")]
    pub(super) fn go_on(&mut self, until: &Until, found: &mut dyn FnMut(&[u8], &Shown)) {
        let seed = given("CLEARWAY_FUZZ_SEED").unwrap_or(1);
        let mut dice = Dice::new(seed);
        let mut n_cases = 0;
        while !until.is_reached(n_cases) {
            let input = changed(&self.pool, self.target.words, &mut dice);
            n_cases += 1;
            if matches!(until, Until::Time(_)) {
                // What ends the whole process, or never ends, is found here.
                let _ = fs::write(last_input(self.target), &input);
            }
            let new = self.put(&input, &format_args!("case {n_cases} of seed {seed}"));
            if !new.is_empty() {
                found(&input, &new);
                self.pool.push(input);
            }
        }
        println!(
            "{}: {n_cases} cases, {} things shown, the slowest in {:?}",
            self.target.name,
            self.shown.len(),
            self.slowest
        );
    }
}

/// What an input shows, or why the target fails on it.
pub(super) fn outcome(target: &Target, bytes: &[u8]) -> Result<Shown, String> {
    IS_HUSHED.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(|| (target.holds)(bytes)));
    IS_HUSHED.set(false);
    outcome.map_err(|why| {
        let text = why.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| why.downcast_ref::<String>().cloned()).unwrap_or_default()
    })
}

thread_local! {
    static IS_HUSHED: Cell<bool> = const { Cell::new(false) };
}

/// A failure is told once it is small, and not each time that it is met on the way there.
fn hush() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let told = take_hook();
        set_hook(Box::new(move |panic| {
            if !IS_HUSHED.get() {
                told(panic);
            }
        }));
    });
}

/// Where the input is that is being tried.
fn last_input(target: &Target) -> std::path::PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("last-input-{}", target.name))
}

#[expect(clippy::panic, reason = "this is how a test fails")]
fn fail(target: &Target, bytes: &[u8], name: &dyn Display, why: &str) -> ! {
    let now = outcome(target, bytes).err();
    let place = corpus::folder(target).join(format!("{}….{}", corpus::ONCE_FAILED, target.ending));
    panic!(
        "{}: {name} fails: {why}\n\nThe smallest like it is\n\n{}\n\nand fails: {}\n\nKeep it as {}",
        target.name,
        bytes.escape_ascii(),
        now.unwrap_or_default(),
        place.display()
    )
}
