//! Coverage in the margin of the rules: how often each clause was seen to hold and to fail.

use std::collections::BTreeMap;

use super::Named;
use crate::pack::{ClausePart, Rulebook};
use crate::prove::{Coverage, Covered};
use crate::source::{FileId, Source, Sources};

/// The lines of the files in which something is missing. Beside a clause stands how many scenarios
/// saw it hold and fail, `-` where it can't, and `!` where something is missing, which the lines
/// below it name.
#[must_use]
pub fn coverage_in_source(book: &Rulebook, sources: &Sources, coverage: &Coverage) -> String {
    let named = Named::new(book, sources);
    let mut files: BTreeMap<FileId, Vec<&Covered>> = BTreeMap::new();
    for covered in &coverage.clauses {
        files.entry(covered.span.file).or_default().push(covered);
    }
    let mut text = String::new();
    for (file, clauses) in files {
        let is_whole = clauses.iter().all(|covered| covered.gaps().is_empty());
        if let Some(source) = sources.get(file).filter(|_| !is_whole) {
            let gap = if text.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{gap}{}\n  held failed\n", source.path()));
            text.push_str(&page(&named, source, &clauses));
        }
    }
    text
}

fn page(named: &Named<'_>, source: &Source, clauses: &[&Covered]) -> String {
    let placed: Vec<(usize, &Covered)> =
        clauses.iter().map(|covered| (named.file_and_line(covered).1, *covered)).collect();
    let mut page = String::new();
    for (place, line) in source.text().lines().enumerate() {
        let here = placed.iter().filter(|(number, _)| *number == place + 1);
        let begun: Vec<&Covered> = here.map(|(_, covered)| *covered).collect();
        let is_guard = |covered: &&&Covered| matches!(covered.id.part, ClausePart::Guard(_));
        let first = begun.iter().find(|covered| !is_guard(covered));
        page.push_str(&row(first.copied(), line));
        for covered in &begun {
            let (is_first, guard) = (!is_guard(&covered), "asked only where its guard holds");
            if !is_first {
                page.push_str(&row(Some(covered), &format!("    ^ {guard}")));
            }
            for missing in named.missing(covered) {
                page.push_str(&row(None, &format!("    ^ {missing}")));
            }
        }
    }
    page
}

/// A line with its margin.
fn row(covered: Option<&Covered>, line: &str) -> String {
    let seen = |(is_wanted, n_seen): (bool, usize)| match is_wanted {
        true => n_seen.to_string(),
        false => "-".to_owned(),
    };
    let row = match covered {
        None => format!("{:>13} | {line}", ""),
        Some(covered) => {
            let mark = if covered.gaps().is_empty() { ' ' } else { '!' };
            format!("{:>5}{:>6} {mark} | {line}", seen(covered.held), seen(covered.failed))
        }
    };
    format!("{}\n", row.trim_end())
}
