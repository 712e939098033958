//! The page of proofs: how many claims of each kind are proved, then each that is not.

use super::lists::{day, section};
use super::{Block, Item, Mark, Page, Words};
use crate::report::wire::{Finding, GivenUp, Kind, Place, Proofs, ShownBy};
use crate::report::words::{and, capital};

/// The page of proofs.
pub(in crate::report) fn proofs(proofs: &Proofs) -> Page {
    let mut blocks = head(proofs);
    for kind in &proofs.kinds {
        let faults = proofs.faults.iter().filter(|fault| fault.kind == kind.kind);
        let items = faults.flat_map(|fault| finding(fault, Mark::No)).collect();
        blocks.extend(section(&kind.title, items));
    }
    let given_up = proofs.given_up.iter().map(given_up).collect();
    blocks.extend(section("Given up: neither proved nor refuted", given_up));
    let remarks = proofs.remarks.iter().flat_map(|remark| finding(remark, Mark::Plain)).collect();
    blocks.extend(section("To look at, and no fault", remarks));
    Page { blocks }
}

fn head(proofs: &Proofs) -> Vec<Block> {
    let n_days = proofs.days.len();
    let span = match (proofs.days.first(), proofs.days.last()) {
        (Some(first), Some(last)) if first != last => {
            format!(" on {n_days} days from {} to {}", day(first), day(last))
        }
        (Some(only), _) => format!(" on {}", day(only)),
        (None, _) => String::new(),
    };
    let title = format!("What is claimed of {}{span}:", and(&proofs.packs));
    let rows =
        proofs.kinds.iter().map(|kind| (Words::plain(&kind.title), Words::plain(&counted(kind))));
    vec![Block::Title(Words::plain(&title)), Block::Rows(rows.collect())]
}

/// `412 proved, 1 refuted, 2 given up`
fn counted(kind: &Kind) -> String {
    let n_faults = kind.refuted.saturating_sub(kind.remarked);
    let counts = [
        (kind.proved, "proved"),
        (n_faults, "refuted"),
        (kind.given_up, "given up"),
        (kind.remarked, "to look at"),
    ];
    let said = counts.iter().filter(|(count, _)| *count > 0);
    let said: Vec<String> = said.map(|(count, words)| format!("{count} {words}")).collect();
    if said.is_empty() { "nothing is claimed".to_owned() } else { said.join(", ") }
}

fn finding(finding: &Finding, mark: Mark) -> Vec<Block> {
    let mut under: Vec<Words> = finding.place.iter().map(at).collect();
    for clause in &finding.clauses {
        let says = Words::plain(&format!("{}: ", capital(&clause.says)));
        under.extend([says.then_quiet(&format!("`{}`", clause.text)), at(&clause.place)]);
    }
    under.extend(finding.example.iter().flat_map(example));
    vec![Block::Item(Item::new(mark, Words::plain(&finding.says)).with(under))]
}

/// A place on a line of its own, which a long path then doesn't break.
fn at(place: &Place) -> Words {
    Words::quiet(&format!("{}:{}", place.file, place.line))
}

/// The example, a fact a line.
fn example(example: &ShownBy) -> Vec<Words> {
    let on = day(&example.as_at);
    if example.facts.is_empty() {
        return vec![Words::plain(&format!("For example on {on}, whatever the facts."))];
    }
    let mut lines = vec![Words::plain(&format!("For example on {on}:"))];
    lines.extend(example.facts.iter().map(|fact| {
        let words = Words::plain(&format!("- {}: ", fact.title)).then_strong(&fact.value);
        match &fact.judgement {
            Some(_) => words.then_quiet(" (the authority's judgement)"),
            None => words,
        }
    }));
    lines
}

fn given_up(given_up: &GivenUp) -> Block {
    let place = given_up.place.iter().map(at);
    let under = place.chain([Words::plain(&given_up.why)]);
    Block::Item(Item::new(Mark::Unknown, Words::plain(&given_up.claim)).with(under))
}
