//! What became of mutants: as a page, as JSON, and line by line as it is found out.

mod progress;
mod words;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::pack::{Mutant, PackId, Rulebook, ScenarioId};
use crate::prove::mutation::Fate;
use crate::source::{Sources, Span};

pub use progress::Progress;
pub use words::{mutant_id, thing_name};

/// A mutant that was tried.
#[derive(Clone, Debug)]
pub struct Tried<'m> {
    /// The mutant.
    pub mutant: &'m Mutant,
    /// What became of it.
    pub fate: Fate,
    /// The scenarios that can notice it, for one that lives on.
    pub reached_by: Vec<ScenarioId>,
}

/// Mutants that were tried, with the rules they are of.
#[derive(Clone, Copy, Debug)]
pub struct Trials<'t> {
    /// The rules as they are.
    pub book: &'t Rulebook,
    /// Their text.
    pub sources: &'t Sources,
    /// The mutants, in their order.
    pub tried: &'t [Tried<'t>],
    /// How many there are, tried or not.
    pub n_mutants: usize,
}

/// How many mutants of a pack came to what.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Counts {
    killed: usize,
    refused: usize,
    survived: usize,
    equivalent: usize,
    not_proved: usize,
}

/// The whole on the wire.
#[derive(Serialize)]
struct WireTrials<'t> {
    n_mutants: usize,
    n_tried: usize,
    packs: Vec<WirePack<'t>>,
    survivors: Vec<WireSurvivor<'t>>,
}

/// A pack on the wire.
#[derive(Serialize)]
struct WirePack<'t> {
    pack: &'t str,
    #[serde(flatten)]
    counts: Counts,
    /// The percentage, rounded down, of those not equivalent that were killed or refused.
    caught_percent: Option<usize>,
}

/// A mutant that lives on, on the wire.
#[derive(Serialize)]
struct WireSurvivor<'t> {
    id: String,
    pack: &'t str,
    file: &'t str,
    line: usize,
    column: usize,
    thing: String,
    change: String,
    result: &'static str,
    reached_by: Vec<&'t str>,
}

/// How many scenarios a page names for each survivor.
const SCENARIOS_MAX: usize = 3;

impl Counts {
    const fn add(&mut self, fate: Fate) {
        match fate {
            Fate::Killed(_) => self.killed += 1,
            Fate::Refused => self.refused += 1,
            Fate::Survived => self.survived += 1,
            Fate::Equivalent => self.equivalent += 1,
            Fate::GaveUp => self.not_proved += 1,
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            killed: self.killed + other.killed,
            refused: self.refused + other.refused,
            survived: self.survived + other.survived,
            equivalent: self.equivalent + other.equivalent,
            not_proved: self.not_proved + other.not_proved,
        }
    }

    /// The percentage of those not equivalent that were caught, rounded down: 100 only for all.
    const fn caught_percent(self) -> Option<usize> {
        let caught = self.killed + self.refused;
        (caught * 100).checked_div(caught + self.survived + self.not_proved)
    }
}

impl<'t> Trials<'t> {
    /// Whether every mutant was caught, or means what the rules mean.
    #[must_use]
    pub fn are_all_caught(&self) -> bool {
        self.survivors().is_empty()
    }

    /// The page that people read.
    #[must_use]
    pub fn text(&self) -> String {
        let mut page = self.table();
        for survivor in self.survivors() {
            page.push('\n');
            page.push_str(&self.survivor_in_words(survivor));
        }
        page
    }

    /// The whole as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        let packs = self.counts().into_iter().map(|(pack, counts)| WirePack {
            pack: &self.book.packs[pack].name,
            counts,
            caught_percent: counts.caught_percent(),
        });
        let survivors = self.survivors();
        let wire = WireTrials {
            n_mutants: self.n_mutants,
            n_tried: self.tried.len(),
            packs: packs.collect(),
            survivors: survivors.into_iter().map(|survivor| self.wire(survivor)).collect(),
        };
        // Strings, lists and whole numbers can't fail to be written.
        let mut written = serde_json::to_string_pretty(&wire).unwrap_or_default();
        written.push('\n');
        written
    }

    /// The mutants that live on, in the order of their places.
    fn survivors(&self) -> Vec<&'t Tried<'t>> {
        let lives = |tried: &&Tried<'_>| matches!(tried.fate, Fate::Survived | Fate::GaveUp);
        let mut survivors: Vec<&Tried<'_>> = self.tried.iter().filter(lives).collect();
        survivors.sort_by_key(|tried| tried.mutant.span);
        survivors
    }

    fn counts(&self) -> BTreeMap<PackId, Counts> {
        let mut counts: BTreeMap<PackId, Counts> = BTreeMap::new();
        for tried in self.tried {
            let pack = pack_of(self.book, self.sources, tried.mutant);
            counts.entry(pack).or_default().add(tried.fate);
        }
        counts
    }

    fn table(&self) -> String {
        let counts = self.counts();
        let mut rows = vec![HEADINGS.map(str::to_owned).to_vec()];
        let named = |(pack, counts): (&PackId, &Counts)| row(&self.book.packs[*pack].name, *counts);
        rows.extend(counts.iter().map(named));
        if counts.len() > 1 {
            let all = counts.values().fold(Counts::default(), |sum, counts| sum.plus(*counts));
            rows.push(row("all", all));
        }
        let mut page = aligned(&rows);
        if self.tried.len() < self.n_mutants {
            let (n_tried, n_mutants) = (self.tried.len(), self.n_mutants);
            page.push_str(&format!("tried the first {n_tried} of {n_mutants} changes\n"));
        }
        page
    }

    fn survivor_in_words(&self, survivor: &Tried<'_>) -> String {
        let mutant = survivor.mutant;
        let (file, (line, _)) = place(self.sources, mutant.span);
        let mark = if survivor.fate == Fate::GaveUp { "not proved" } else { "survived" };
        let (thing, change) =
            (thing_name(self.book, mutant.owner), words::change(self.book, mutant));
        format!(
            "{mark}: {file}:{line}, {thing}\n  {change}\n  {}\n",
            reached_by(&self.titles(survivor))
        )
    }

    fn titles(&self, tried: &Tried<'_>) -> Vec<&'t str> {
        let book = self.book;
        tried.reached_by.iter().map(|id| book.scenarios[*id].title.as_str()).collect()
    }

    fn wire(&self, tried: &Tried<'_>) -> WireSurvivor<'t> {
        let mutant = tried.mutant;
        let (file, (line, column)) = place(self.sources, mutant.span);
        WireSurvivor {
            id: mutant_id(self.book, self.sources, mutant),
            pack: &self.book.packs[pack_of(self.book, self.sources, mutant)].name,
            file,
            line,
            column,
            thing: thing_name(self.book, mutant.owner),
            change: words::change(self.book, mutant),
            result: progress::result(tried.fate),
            reached_by: self.titles(tried),
        }
    }
}

const HEADINGS: [&str; 7] =
    ["pack", "killed", "refused", "survived", "equivalent", "not proved", "caught"];

fn row(name: &str, counts: Counts) -> Vec<String> {
    let Counts { killed, refused, survived, equivalent, not_proved } = counts;
    let caught = counts.caught_percent().map_or_else(|| "-".to_owned(), |n| format!("{n}%"));
    let numbers = [killed, refused, survived, equivalent, not_proved].map(|n| n.to_string());
    std::iter::once(name.to_owned()).chain(numbers).chain([caught]).collect()
}

/// Rows as columns: the first to the left, figures to the right.
fn aligned(rows: &[Vec<String>]) -> String {
    let width = |place: usize| {
        rows.iter().filter_map(|row| row.get(place)).map(|cell| cell.chars().count()).max()
    };
    let mut page = String::new();
    for row in rows {
        for (place, cell) in row.iter().enumerate() {
            let width = width(place).unwrap_or_default();
            match place {
                0 => page.push_str(&format!("{cell:<width$}")),
                _ => page.push_str(&format!("  {cell:>width$}")),
            }
        }
        page.push('\n');
    }
    page
}

fn reached_by(titles: &[&str]) -> String {
    if titles.is_empty() {
        return "no scenario reaches it".to_owned();
    }
    let quoted = titles.iter().take(SCENARIOS_MAX).map(|title| format!("“{title}”"));
    let named: Vec<String> = quoted.collect();
    match titles.len().saturating_sub(SCENARIOS_MAX) {
        0 => format!("reached by {}", super::words::and(&named)),
        n_more => format!("reached by {} and {n_more} more", named.join(", ")),
    }
}

/// The pack in whose folder a mutant's clause is written: a layer's, where a layer wrote it.
fn pack_of(book: &Rulebook, sources: &Sources, mutant: &Mutant) -> PackId {
    let file = path(sources, mutant.span);
    let holds = |folder: &str| {
        folder.is_empty() || file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    };
    let packs = book.packs.iter().map(|(id, pack)| (folder(sources, pack.span), id));
    let holding = packs.filter(|(folder, _)| holds(folder));
    let nearest = holding.max_by_key(|(folder, _)| folder.len());
    nearest.map_or_else(|| mutant.owner.pack(book), |(_, id)| id)
}

/// The folder of the file in which something is written.
fn folder(sources: &Sources, span: Span) -> &str {
    path(sources, span).rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn path(sources: &Sources, span: Span) -> &str {
    sources.get(span.file).map_or("", |source| source.path())
}

/// Where something is written: its file, and the line and column in it.
fn place(sources: &Sources, span: Span) -> (&str, (usize, usize)) {
    let source = sources.get(span.file);
    let place = source.map_or((0, 0), |source| source.line_and_column(span.start));
    (path(sources, span), place)
}
