//! Citations, resolved to the address of the provision.

use std::ops::Deref;
use std::sync::Arc;

use super::table::SourceId;
use crate::syntax::tree::{Part, Provision};

/// One provision of a source, shared: findings hold many of each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Citation {
    cited: Arc<Cited>,
}

/// What a citation names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cited {
    /// The source.
    pub source: SourceId,
    /// The provision as written, empty for the whole source: `s.33(1)(b)`.
    pub provision: String,
    /// What a reader sees: `Procurement Act 2023, s.33(1)(b)`.
    pub label: String,
    /// Where to read it.
    pub url: String,
}

impl Citation {
    /// The citation of this.
    #[must_use]
    pub fn new(cited: Cited) -> Self {
        Self { cited: Arc::new(cited) }
    }
}

impl Deref for Citation {
    type Target = Cited;

    fn deref(&self) -> &Cited {
        &self.cited
    }
}

/// The address of a provision, given the source's: for legislation the page of the section,
/// regulation, article, schedule or paragraph, with the anchor of the limb; for guidance its page.
#[must_use]
pub fn address(source: &str, provision: Option<&Provision>) -> String {
    if source.starts_with("https://") || source.starts_with("http://") {
        return source.to_owned();
    }
    let page = format!("https://www.legislation.gov.uk/{source}");
    let Some(Provision::Parts(parts)) = provision else { return page };
    let steps: Vec<(&'static str, &Part)> =
        parts.iter().map_while(|part| Some((unit_in_addresses(&part.unit)?, part))).collect();
    let Some((_, last)) = steps.last() else { return page };
    let path = steps.iter().map(|(unit, part)| format!("/{unit}/{}", first_of_range(&part.number)));
    let anchor =
        steps.iter().map(|(unit, part)| format!("{unit}-{}", first_of_range(&part.number)));
    let limbs: String = last.limbs.iter().map(|limb| format!("-{limb}")).collect();
    let path: String = path.collect();
    match limbs.is_empty() {
        true => format!("{page}{path}"),
        false => format!("{page}{path}#{}{limbs}", anchor.collect::<Vec<_>>().join("-")),
    }
}

/// The unit however it is written: `paras` and `paragraph` are one.
pub(super) fn one_unit(unit: &str) -> &str {
    unit_in_addresses(unit).unwrap_or(unit)
}

/// The step of a legislation.gov.uk address for a unit; `None` for what has no page of its own,
/// such as a row of a table, which is read on the page above it.
fn unit_in_addresses(unit: &str) -> Option<&'static str> {
    Some(match unit {
        "s" | "ss" | "section" | "sections" => "section",
        "reg" | "regs" | "regulation" => "regulation",
        "art" | "arts" | "article" => "article",
        "sch" | "schs" | "schedule" => "schedule",
        "para" | "paras" | "paragraph" => "paragraph",
        "part" => "part",
        "chapter" => "chapter",
        _ => return None,
    })
}

/// The first of `15-17`.
fn first_of_range(number: &str) -> &str {
    number.split_once('-').map_or(number, |(first, _)| first)
}
