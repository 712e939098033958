//! CPV codes that were looked for, on the wire.

use schemars::JsonSchema;
use serde::Serialize;

use super::Citation;

/// The codes that words lead to, or the one code asked about.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct CpvCodes {
    /// The version of this shape. It grows when a member is renamed, removed or means another
    /// thing; new members don't change it.
    pub(in crate::report) cpv_version: u32,
    /// What was asked for: words, or a code.
    pub(in crate::report) asked: String,
    /// The date of the lists.
    pub(in crate::report) as_at: String,
    /// Words that no name has, each with the word that it was read as.
    pub(in crate::report) read_as: Vec<ReadAs>,
    /// Words that no name has, and that are like none.
    pub(in crate::report) unknown: Vec<String>,
    /// The codes, the nearest first.
    pub(in crate::report) found: Vec<CpvCode>,
}

/// A word and what it was read as.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct ReadAs {
    /// The word as typed.
    pub(in crate::report) word: String,
    /// The word of the vocabulary.
    pub(in crate::report) read_as: String,
}

/// A code of the vocabulary.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct CpvCode {
    /// Its eight digits.
    pub(in crate::report) code: String,
    /// Its name in the vocabulary.
    pub(in crate::report) name: String,
    /// The codes above it, the widest first.
    pub(in crate::report) parents: Vec<CpvName>,
    /// The everyday words by which it was found; null where its name is as near.
    pub(in crate::report) everyday: Option<Everyday>,
    /// The lists of the rules that hold it at the date.
    pub(in crate::report) lists: Vec<CpvList>,
}

/// A code and its name.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct CpvName {
    /// Its eight digits.
    pub(in crate::report) code: String,
    /// Its name in the vocabulary.
    pub(in crate::report) name: String,
}

/// What people call a thing that is bought under a code.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Everyday {
    /// What they call it.
    pub(in crate::report) words: String,
    /// Why it is bought under this code.
    pub(in crate::report) why: String,
}

/// A list of the rules that holds a code.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct CpvList {
    /// Its name.
    pub(in crate::report) list: String,
    /// Its title.
    pub(in crate::report) title: String,
    /// The pack that holds it.
    pub(in crate::report) pack: String,
    /// The title of that pack.
    pub(in crate::report) pack_title: String,
    /// Where the law lists it.
    pub(in crate::report) citations: Vec<Citation>,
    /// What is doubtful about its being listed.
    pub(in crate::report) doubts: Vec<String>,
}
