//! The progress of a trial, line by line: which rules it is of, then each mutant with its fate.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::pack::{Rulebook, ScenarioId};
use crate::prove::mutation::Fate;

/// What a file of progress holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    fates: BTreeMap<String, Fate>,
}

/// The first line.
#[derive(Serialize, Deserialize, PartialEq, Eq)]
struct WireHead {
    mutation_progress: u32,
    engine: String,
    packs: BTreeMap<String, String>,
}

/// A further line.
#[derive(Serialize, Deserialize)]
struct WireLine {
    mutant: String,
    result: String,
    by: Option<String>,
}

/// The version of the lines' shape.
const VERSION: u32 = 1;

impl Progress {
    /// Reads a file of progress. What is no whole line, as where a run was cut short, is left out.
    ///
    /// # Errors
    /// The file is of other rules, or no file of progress at all: why, in words.
    pub fn read(book: &Rulebook, text: &str) -> Result<Self, String> {
        let mut lines = text.lines();
        let Some(first) = lines.next() else { return Ok(Self::default()) };
        let Ok(head) = serde_json::from_str::<WireHead>(first) else {
            return Err("it is no file of progress: `clearway test --mutate` didn't write its \
                        first line"
                .to_owned());
        };
        refuse_others(&head, &head_of(book))?;
        let titles = book.scenarios.iter().map(|(id, scenario)| (scenario.title.as_str(), id));
        let titles: BTreeMap<&str, ScenarioId> = titles.collect();
        let fate_of = |line: &str| {
            let line: WireLine = serde_json::from_str(line).ok()?;
            let killer = line.by.and_then(|title| titles.get(title.as_str()).copied());
            Some((line.mutant, fate(&line.result, killer)?))
        };
        Ok(Self { fates: lines.filter_map(fate_of).collect() })
    }

    /// What became of a mutant, if that is known.
    #[must_use]
    pub fn fate(&self, mutant: &str) -> Option<Fate> {
        self.fates.get(mutant).copied()
    }

    /// The whole as lines.
    #[must_use]
    pub fn lines(&self, book: &Rulebook) -> String {
        let head = written(&head_of(book));
        let lines = self.fates.iter().map(|(mutant, fate)| Self::line(book, mutant, *fate));
        std::iter::once(head).chain(lines).collect()
    }

    /// The line of a mutant.
    #[must_use]
    pub fn line(book: &Rulebook, mutant: &str, fate: Fate) -> String {
        let by = match fate {
            Fate::Killed(scenario) => Some(book.scenarios[scenario].title.clone()),
            Fate::Refused | Fate::Survived | Fate::Equivalent | Fate::GaveUp => None,
        };
        written(&WireLine { mutant: mutant.to_owned(), result: result(fate).to_owned(), by })
    }
}

/// Says how a file's rules differ from these, if they do.
fn refuse_others(head: &WireHead, own: &WireHead) -> Result<(), String> {
    if head == own {
        return Ok(());
    }
    let versions = (head.mutation_progress, &head.engine);
    if versions != (own.mutation_progress, &own.engine) {
        return Err(format!("it was written by version {} of Clearway", head.engine));
    }
    let differs = |(pack, digest): &(&String, &String)| head.packs.get(*pack) != Some(*digest);
    let changed = own.packs.iter().filter(differs).map(|(pack, _)| pack);
    let gone = head.packs.keys().filter(|pack| !own.packs.contains_key(*pack));
    let named: Vec<String> = changed.chain(gone).map(|pack| format!("`{pack}`")).collect();
    let is = if named.len() == 1 { "is" } else { "are" };
    Err(format!(
        "it is of other rules: {} {is} not the same in it",
        super::super::words::and(&named)
    ))
}

fn head_of(book: &Rulebook) -> WireHead {
    let packs = book.packs.rows().map(|pack| (pack.name.clone(), pack.digest.clone()));
    WireHead {
        mutation_progress: VERSION,
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        packs: packs.collect(),
    }
}

fn written(line: &impl Serialize) -> String {
    // Strings and maps of strings can't fail to be written.
    let mut written = serde_json::to_string(line).unwrap_or_default();
    written.push('\n');
    written
}

/// A fate on the wire.
pub(super) const fn result(fate: Fate) -> &'static str {
    match fate {
        Fate::Killed(_) => "killed",
        Fate::Refused => "refused",
        Fate::Survived => "survived",
        Fate::Equivalent => "equivalent",
        Fate::GaveUp => "not_proved",
    }
}

fn fate(result: &str, killer: Option<ScenarioId>) -> Option<Fate> {
    Some(match result {
        "killed" => Fate::Killed(killer?),
        "refused" => Fate::Refused,
        "survived" => Fate::Survived,
        "equivalent" => Fate::Equivalent,
        "not_proved" => Fate::GaveUp,
        _ => return None,
    })
}
