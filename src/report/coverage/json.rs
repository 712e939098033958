//! Coverage for programs.

use super::{Named, Tally, tallies};
use crate::pack::{ClauseOf, ClausePart, Rulebook};
use crate::prove::{Boundary, Coverage, Covered, Stand as Side};
use crate::report::wire;
use crate::source::Sources;

/// The version of the coverage's shape on the wire.
const COVERAGE_VERSION: u32 = 1;

/// Returns the coverage as JSON, as `coverage_schema` describes it.
#[must_use]
pub fn coverage_json(book: &Rulebook, sources: &Sources, coverage: &Coverage) -> String {
    let named = Named::new(book, sources);
    let packs = tallies(coverage).into_iter().map(|(id, tally)| {
        let pack = &book.packs[id];
        let Tally { tests, boundaries } = tally;
        wire::PackCoverage {
            pack: pack.name.clone(),
            title: pack.title.clone(),
            tests: wire::Share { seen: tests.0, of: tests.1 },
            boundaries: wire::Share { seen: boundaries.0, of: boundaries.1 },
        }
    });
    let wire = wire::Coverage {
        coverage_version: COVERAGE_VERSION,
        packs: packs.collect(),
        clauses: coverage.clauses.iter().map(|covered| clause(book, &named, covered)).collect(),
    };
    // Strings, lists and whole numbers can't fail to be written.
    let mut written = serde_json::to_string_pretty(&wire).unwrap_or_default();
    written.push('\n');
    written
}

/// Returns the JSON Schema (2020-12) of the coverage's JSON.
#[must_use]
pub fn coverage_schema() -> serde_json::Value {
    crate::report::schema_of::<wire::Coverage>()
}

fn clause(book: &Rulebook, named: &Named<'_>, covered: &Covered) -> wire::ClauseCoverage {
    let (name, title) = book.called(covered.id.of);
    let (file, line) = named.file_and_line(covered);
    let seen = |(is_wanted, scenarios)| wire::Seen { is_wanted, scenarios };
    let boundary = |boundary: &Boundary| wire::BoundaryCoverage {
        side: match boundary.side {
            Side::JustUnder => wire::Side::JustUnder,
            Side::At => wire::Side::At,
            Side::JustOver => wire::Side::JustOver,
        },
        says: named.edge(covered.id, &boundary.edge, boundary.side),
        scenarios: boundary.n_tried,
    };
    wire::ClauseCoverage {
        pack: book.packs[covered.pack].name.clone(),
        kind: kind(covered.id.of),
        name: Some(name).filter(|name| !name.is_empty()).map(str::to_owned),
        title: title.to_owned(),
        part: match covered.id.part {
            ClausePart::Life => wire::ClausePart::Life,
            ClausePart::Condition(_) => wire::ClausePart::Condition,
            ClausePart::Guard(_) => wire::ClausePart::Guard,
        },
        file: file.to_owned(),
        line,
        says: named.says(covered),
        held: seen(covered.held),
        failed: seen(covered.failed),
        boundaries: covered.boundaries.iter().map(boundary).collect(),
    }
}

const fn kind(of: ClauseOf) -> wire::ClauseKind {
    match of {
        ClauseOf::Pack(_) => wire::ClauseKind::Pack,
        ClauseOf::Decision(_) => wire::ClauseKind::Decision,
        ClauseOf::Route(_) => wire::ClauseKind::Route,
        ClauseOf::Model(_) => wire::ClauseKind::Model,
        ClauseOf::Gates(_) => wire::ClauseKind::DesignGate,
        ClauseOf::Document(_) => wire::ClauseKind::Document,
        ClauseOf::Due(_) => wire::ClauseKind::DueRule,
        ClauseOf::Period(_) => wire::ClauseKind::Period,
        ClauseOf::Lengths(_) => wire::ClauseKind::Length,
        ClauseOf::Preference(_) => wire::ClauseKind::Preference,
    }
}
