//! Acts and regulations whose provisions are listed, each with what is made of it.

use super::super::citation::Citation;
use super::super::table::{PackId, SourceId};
use crate::quantity::InForce;
use crate::source::Span;
use crate::syntax::tree::Keyword;

/// An instrument whose provisions a pack lists.
#[derive(Clone, Debug)]
pub struct Instrument {
    /// The pack that lists them, the first if several do.
    pub pack: PackId,
    /// The instrument. Other sources of the same address are the same instrument.
    pub source: SourceId,
    /// Where the list begins.
    pub span: Span,
    /// Its provisions, in the order listed.
    pub provisions: Vec<Listed>,
}

/// A provision of an instrument: a section, regulation or article, a schedule or a paragraph of
/// one.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The provision and where to read it.
    pub provision: Citation,
    /// What it is about.
    pub heading: String,
    /// What its author says of it besides.
    pub mark: Option<Mark>,
    /// When it is in force.
    pub in_force: InForce,
    /// What inserted it, or brings it into force.
    pub citations: Vec<Citation>,
    /// The items that cite it or anything in it, each once, in the order of packs, files and items.
    pub cited_by: Vec<Citing>,
    /// Where it is listed.
    pub span: Span,
}

/// What the author of a list says of a provision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is deliberately not encoded, for this reason.
    Out(String),
    /// A person has to judge, and what.
    Judgement(String),
}

/// An item that cites a provision.
#[derive(Clone, Debug)]
pub struct Citing {
    /// What kind of item it is.
    pub keyword: Keyword,
    /// Its name; a preference has none.
    pub name: Option<String>,
    /// The whole item.
    pub item: Span,
    /// Where it first cites the provision.
    pub span: Span,
    /// Whether it is a fact whose judgement rests on the provision.
    pub is_judgement: bool,
}

/// How a provision stands in the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Rules cite it.
    Encoded,
    /// It needs a person's judgement, whether or not rules cite it.
    Judgement,
    /// It is deliberately out.
    Out,
    /// Nothing cites it, and nothing says why not.
    NotYet,
}

impl Listed {
    /// How the provision stands in the rules.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        match (&self.mark, self.cited_by.is_empty()) {
            (Some(Mark::Judgement(_)), _) => Standing::Judgement,
            (Some(Mark::Out(_)), _) => Standing::Out,
            (None, false) => Standing::Encoded,
            (None, true) => Standing::NotYet,
        }
    }

    /// Whether rules cite what its author says is out.
    #[must_use]
    pub fn is_cited_though_out(&self) -> bool {
        self.standing() == Standing::Out && !self.cited_by.is_empty()
    }
}
