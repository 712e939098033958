//! What becomes of the provisions of an instrument: encoded, judged, left out, or not yet there.
//!
//! Turned into the wire types once; text and Markdown are made from those.

mod markdown;
mod page;

use std::collections::BTreeSet;

use super::text::{Look, printed};
use super::wire;
use crate::pack::{Citing, Instrument, Listed, Mark, PackId, Rulebook, Standing, address};
use crate::quantity::{Beginning, InForce};
use crate::source::Sources;

/// The version of the shape of provisions on the wire.
const PROVISIONS_VERSION: u32 = 1;

/// The instruments whose provisions some packs list.
#[derive(Clone, Copy, Debug)]
pub struct Mapped<'m> {
    /// The rules.
    pub book: &'m Rulebook,
    /// Where they are written.
    pub sources: &'m Sources,
    /// The packs whose lists are wanted.
    pub packs: &'m BTreeSet<PackId>,
}

impl Mapped<'_> {
    /// Whether none of the packs lists anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.instruments().next().is_none()
    }

    /// The map as text for a terminal.
    #[must_use]
    pub fn text(&self, look: Look) -> String {
        printed(&page::page(&self.wire()), look)
    }

    /// The map as one page of Markdown. It names no lines, so that it changes only when what the
    /// rules cite does.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::markdown(&self.wire())
    }

    /// The map as JSON, as `provisions_schema` describes it.
    #[must_use]
    pub fn json(&self) -> String {
        // Strings, lists and whole numbers can't fail to be written.
        let mut written = serde_json::to_string_pretty(&self.wire()).unwrap_or_default();
        written.push('\n');
        written
    }

    fn instruments(&self) -> impl Iterator<Item = &Instrument> {
        self.book.instruments.iter().filter(|instrument| self.packs.contains(&instrument.pack))
    }

    fn wire(&self) -> wire::Provisions {
        let instruments = self.instruments().map(|instrument| self.instrument(instrument));
        wire::Provisions {
            provisions_version: PROVISIONS_VERSION,
            instruments: instruments.collect(),
        }
    }

    fn instrument(&self, instrument: &Instrument) -> wire::Instrument {
        let source = &self.book.sources[instrument.source];
        let listed = instrument.provisions.iter();
        wire::Instrument {
            pack: self.book.packs[instrument.pack].name.clone(),
            title: source.title.clone(),
            url: address(&source.address, None),
            counts: counts(&instrument.provisions),
            provisions: listed.map(|listed| self.provision(listed)).collect(),
        }
    }

    fn provision(&self, listed: &Listed) -> wire::Provision {
        let why = listed.mark.as_ref().map(|mark| match mark {
            Mark::Out(why) | Mark::Judgement(why) => why.clone(),
        });
        let citations = listed.citations.iter().map(|citation| wire::Citation {
            label: citation.label.clone(),
            url: citation.url.clone(),
        });
        wire::Provision {
            provision: listed.provision.provision.clone(),
            url: listed.provision.url.clone(),
            heading: listed.heading.clone(),
            standing: standing(listed.standing()),
            why,
            in_force: in_force(listed.in_force),
            citations: citations.collect(),
            cited_by: listed.cited_by.iter().map(|citing| self.citing(citing)).collect(),
        }
    }

    fn citing(&self, citing: &Citing) -> wire::Citing {
        let source = self.sources.get(citing.span.file);
        let (file, line) = source
            .map_or(("", 0), |source| (source.path(), source.line_and_column(citing.span.start).0));
        wire::Citing {
            kind: citing.keyword.spelling().to_owned(),
            name: citing.name.clone(),
            file: file.to_owned(),
            line,
            marks_judgement: citing.is_judgement,
        }
    }
}

/// Returns the JSON Schema (2020-12) of the map's JSON.
#[must_use]
pub fn provisions_schema() -> serde_json::Value {
    crate::report::schema_of::<wire::Provisions>()
}

fn counts(provisions: &[Listed]) -> wire::Counts {
    let count = |standing| provisions.iter().filter(|one| one.standing() == standing).count();
    wire::Counts {
        listed: provisions.len(),
        encoded: count(Standing::Encoded),
        judgement: count(Standing::Judgement),
        out: count(Standing::Out),
        not_yet: count(Standing::NotYet),
        cited_though_out: provisions.iter().filter(|one| one.is_cited_though_out()).count(),
    }
}

const fn standing(standing: Standing) -> wire::ProvisionStanding {
    match standing {
        Standing::Encoded => wire::ProvisionStanding::Encoded,
        Standing::Judgement => wire::ProvisionStanding::Judgement,
        Standing::Out => wire::ProvisionStanding::Out,
        Standing::NotYet => wire::ProvisionStanding::NotYet,
    }
}

fn in_force(in_force: InForce) -> wire::InForce {
    let from = match in_force.from {
        Beginning::Always => None,
        Beginning::On(_) | Beginning::NotAppointed => Some(super::date_or_day(in_force.from)),
    };
    wire::InForce { from, until: in_force.until.map(|day| day.to_string()) }
}
