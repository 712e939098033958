//! Finds CPV codes by words: those of their names, and everyday ones.
//!
//! Words are compared by their English stems and weighed by how rare they are: a code is as near as
//! the share of the question's words, and of its own, that meet. Everything is whole numbers and in
//! a fixed order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::{CpvCode, TABLE};

/// What people call a thing that the vocabulary names otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// What they call it.
    pub words: String,
    /// The code under which it is bought.
    pub code: CpvCode,
    /// Why this code.
    pub why: String,
}

/// What words lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CpvSearch {
    /// The codes, the nearest first; of equally near ones those in the order of the words asked
    /// for, then in the order of the vocabulary.
    pub found: Vec<CpvNear>,
    /// Words that no name has, with the word that they were read as.
    pub read_as: Vec<(String, &'static str)>,
    /// Words that no name has, and that are like none.
    pub unknown: Vec<String>,
}

/// A code near to what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CpvNear {
    /// The code.
    pub code: CpvCode,
    /// The everyday words that are nearer than its name, where some are.
    pub phrase: Option<&'static Phrase>,
    /// How near, up to [`CpvNear::WHOLLY`].
    pub nearness: u64,
    /// Whether its words are those asked for in their order: home care is no care home.
    pub is_in_order: bool,
}

/// A name or phrase by its stems.
struct Entry {
    code: CpvCode,
    phrase: Option<&'static Phrase>,
    /// Its stems in their order.
    stems: Vec<String>,
    weight: u64,
}

/// Every name and phrase, and where each stem is.
struct Index {
    entries: Vec<Entry>,
    /// Each stem with its weight and the places of the entries that have it.
    stems: BTreeMap<String, (u64, Vec<usize>)>,
    /// Every word of a name or phrase, with its stem.
    words: BTreeMap<String, String>,
}

/// Words that join others and say nothing of what is bought.
const JOINING: [&str; 14] =
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"];

static PHRASES: LazyLock<Vec<Phrase>> = LazyLock::new(|| {
    let text = include_str!("../../../rules/data/cpv-words.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().flatten().filter_map(|row| {
        let code = CpvCode::read(row.get(1)?).ok()?;
        Some(Phrase { words: row.get(0)?.to_owned(), code, why: row.get(2)?.to_owned() })
    });
    rows.collect()
});

static INDEX: LazyLock<Index> = LazyLock::new(Index::new);

impl CpvNear {
    /// The nearness of a code whose every word was asked for, and no other.
    pub const WHOLLY: u64 = 1_000_000;

    /// What puts one before another: the nearer, and of equally near ones that in order.
    const fn order(&self) -> (Reverse<u64>, Reverse<bool>) {
        (Reverse(self.nearness), Reverse(self.is_in_order))
    }
}

impl CpvCode {
    /// What people call things, with the code of each.
    #[must_use]
    pub fn phrases() -> &'static [Phrase] {
        &PHRASES
    }

    /// The codes nearest to these words, the nearest first.
    #[must_use]
    pub fn search(words: &str) -> CpvSearch {
        INDEX.search(words)
    }
}

impl Index {
    fn new() -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let names = TABLE.iter().map(|(code, row)| (*code, None, row.label.as_str()));
        let phrases = PHRASES.iter().map(|phrase| (phrase.code, Some(phrase), &*phrase.words));
        let (mut entries, mut words) = (Vec::new(), BTreeMap::new());
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (code, phrase, text) in names.chain(phrases) {
            let mut stems = Vec::new();
            for word in split(text) {
                let stem = stemmer.stem(&word).into_owned();
                stems.push(stem.clone());
                words.insert(word, stem);
            }
            for stem in stems.iter().collect::<BTreeSet<&String>>() {
                places.entry(stem.clone()).or_default().push(entries.len());
            }
            entries.push(Entry { code, phrase, stems, weight: 0 });
        }
        let n_entries = entries.len();
        let mut stems = BTreeMap::new();
        for (stem, places) in places {
            let weight = rarity(n_entries, places.len());
            for place in &places {
                if let Some(entry) = entries.get_mut(*place) {
                    entry.weight += weight;
                }
            }
            stems.insert(stem, (weight, places));
        }
        Self { entries, stems, words }
    }

    fn search(&'static self, text: &str) -> CpvSearch {
        let (mut read_as, mut unknown) = (Vec::new(), Vec::new());
        let stemmer = Stemmer::create(Algorithm::English);
        let mut asked: Vec<String> = Vec::new();
        for word in split(text) {
            let stem = stemmer.stem(&word).into_owned();
            if self.stems.contains_key(&stem) {
                asked.push(stem);
                continue;
            }
            match self.likest(&word) {
                Some((meant, stem)) => {
                    asked.push(stem.clone());
                    read_as.push((word, meant));
                }
                None => unknown.push(word),
            }
        }
        CpvSearch { found: self.nearest(&asked), read_as, unknown }
    }

    fn nearest(&'static self, asked: &[String]) -> Vec<CpvNear> {
        let distinct: BTreeSet<&String> = asked.iter().collect();
        let stems = distinct.iter().filter_map(|stem| self.stems.get(*stem));
        let weight: u64 = stems.clone().map(|(weight, _)| *weight).sum();
        let mut met: BTreeMap<usize, u64> = BTreeMap::new();
        for (weight, places) in stems {
            for place in places {
                *met.entry(*place).or_default() += *weight;
            }
        }
        let mut nearest: BTreeMap<CpvCode, CpvNear> = BTreeMap::new();
        for (place, met) in met {
            let Some(entry) = self.entries.get(place) else { continue };
            let whole = (weight * entry.weight).max(1);
            let nearness = met * met * CpvNear::WHOLLY / whole;
            let (code, phrase, is_in_order) = (entry.code, entry.phrase, entry.stems == asked);
            let near = CpvNear { code, phrase, nearness, is_in_order };
            // A name stands before the phrases for its code, and is kept where it is as near.
            match nearest.get_mut(&code) {
                Some(before) if before.order() <= near.order() => {}
                Some(before) => *before = near,
                None => {
                    nearest.insert(code, near);
                }
            }
        }
        let mut nearest: Vec<CpvNear> = nearest.into_values().collect();
        nearest.sort_by_key(|near| (near.order(), near.code));
        nearest
    }

    /// The word most like one that no name has, with its stem: of equally like ones that of as many
    /// letters, then the first in order.
    fn likest(&'static self, word: &str) -> Option<(&'static str, &'static String)> {
        let n_letters = word.chars().count();
        let farthest = match n_letters {
            0..4 => return None,
            4..6 => 1,
            _ => 2,
        };
        let distance = |other: &String| strsim::damerau_levenshtein(word, other);
        let longer = |other: &String| other.chars().count().abs_diff(n_letters);
        let near = self
            .words
            .iter()
            .filter(|(other, _)| longer(other) <= farthest && distance(other) <= farthest);
        let (meant, stem) = near.min_by_key(|(other, _)| (distance(other), longer(other)))?;
        Some((meant.as_str(), stem))
    }
}

/// The words of a text in small letters, without those that only join.
fn split(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let words = words.map(str::to_lowercase).filter(|word| !word.is_empty());
    words.filter(|word| !JOINING.contains(&word.as_str()))
}

/// How much a stem says: four times the binary logarithm of the share of entries without it.
fn rarity(n_entries: usize, n_with: usize) -> u64 {
    let share = u64::try_from(n_entries / n_with.max(1)).unwrap_or(1).max(1);
    u64::from(share.saturating_pow(4).ilog2()) + 1
}

#[cfg(test)]
mod tests {
    use super::rarity;

    #[test]
    fn a_rarer_stem_says_more_and_one_that_all_names_have_still_something() {
        assert_eq!(rarity(1_000, 1_000), 1);
        // The share is in whole numbers: what more than half of the names have says no more.
        assert_eq!(rarity(1_000, 501), 1);
        assert_eq!(rarity(1_000, 500), 5);
        assert_eq!(rarity(1_024, 64), 17);
        assert_eq!(rarity(1_024, 1), 41);
    }
}
