//! What becomes of each provision of an instrument, on the wire.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Citation, InForce};

/// What becomes of the provisions that packs list.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Provisions {
    /// The version of this shape. It grows when a member is renamed, removed or means another
    /// thing; new members don't change it.
    pub(in crate::report) provisions_version: u32,
    /// The instruments, in the order of packs and files.
    pub(in crate::report) instruments: Vec<Instrument>,
}

/// An Act or regulations.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Instrument {
    /// The pack that lists its provisions.
    pub(in crate::report) pack: String,
    /// Its title.
    pub(in crate::report) title: String,
    /// Where to read it.
    pub(in crate::report) url: String,
    /// How many of its provisions stand how.
    pub(in crate::report) counts: Counts,
    /// Its provisions, in the order listed.
    pub(in crate::report) provisions: Vec<Provision>,
}

/// How many provisions stand how; each is counted once.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Counts {
    /// All that are listed.
    pub(in crate::report) listed: usize,
    /// Those that rules cite.
    pub(in crate::report) encoded: usize,
    /// Those that a person has to judge.
    pub(in crate::report) judgement: usize,
    /// Those that are deliberately out.
    pub(in crate::report) out: usize,
    /// Those that nothing cites, without a reason.
    pub(in crate::report) not_yet: usize,
    /// Of those that are out, the ones that rules cite all the same.
    pub(in crate::report) cited_though_out: usize,
}

/// A section, regulation, schedule or paragraph.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Provision {
    /// The provision: `s.41`, `sch.5 para.13`.
    pub(in crate::report) provision: String,
    /// Where to read it.
    pub(in crate::report) url: String,
    /// What it is about.
    pub(in crate::report) heading: String,
    /// How it stands.
    pub(in crate::report) standing: Standing,
    /// Why it is out, or what is to be judged; null otherwise.
    pub(in crate::report) why: Option<String>,
    /// When it is in force.
    pub(in crate::report) in_force: InForce,
    /// What inserted it or brings it into force.
    pub(in crate::report) citations: Vec<Citation>,
    /// The items that cite it or anything in it, each once.
    pub(in crate::report) cited_by: Vec<Citing>,
}

/// How a provision stands in the rules.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ProvisionStanding")]
pub(in crate::report) enum Standing {
    /// Rules cite it.
    Encoded,
    /// A person has to judge, whether or not rules cite it.
    Judgement,
    /// It is deliberately out.
    Out,
    /// Nothing cites it, and no reason is given.
    NotYet,
}

/// An item of the rules that cites a provision.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Citing {
    /// What kind of item it is, as the rule language calls it.
    pub(in crate::report) kind: String,
    /// Its name; null for a preference, which has none.
    pub(in crate::report) name: Option<String>,
    /// The file.
    pub(in crate::report) file: String,
    /// The line on which it first cites the provision, counted from 1.
    pub(in crate::report) line: usize,
    /// Whether it is a fact whose judgement rests on the provision.
    pub(in crate::report) marks_judgement: bool,
}
