//! The language's reference, run: every block of every page in `tests/spec`.
//!
//! With `UPDATE=1` in the environment the expected blocks are written anew, to be read before they
//! are kept.

mod answer;
mod section;

use crate::pages::Page;
use section::Section;

#[test]
fn every_block_of_the_reference_holds() {
    let is_update = std::env::var_os("UPDATE").is_some_and(|update| update == "1");
    let mut failures = Vec::new();
    for page in Page::all("tests/spec") {
        let findings =
            section_numbers(&page).flat_map(|section| Section::of(&page, section).findings());
        let findings: Vec<section::Finding> = findings.collect();
        let texts: Vec<(usize, String)> = findings
            .iter()
            .filter_map(|finding| Some((finding.line, finding.instead.clone()?)))
            .collect();
        if is_update && !texts.is_empty() {
            page.write_with(&texts).expect("the page can be written");
        }
        let left = findings.iter().filter(|finding| !is_update || finding.instead.is_none());
        failures.extend(left.map(|finding| finding.told(&page.path)));
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// Other tests cite a sentence by its page and number, so the numbers run through a page.
#[test]
fn the_sentences_of_a_page_are_numbered_in_order() {
    for page in Page::all("tests/spec") {
        let mut last = 0;
        for (number, sentence) in sentences(&page) {
            assert_eq!(number, last + 1, "{}: `{sentence}`", page.path.display());
            assert!(
                sentence.ends_with('.'),
                "{}: `{sentence}` has no full stop",
                page.path.display()
            );
            last = number;
        }
        assert!(last > 0, "{} says nothing", page.path.display());
    }
}

#[test]
fn every_sentence_is_shown_by_a_block() {
    const RUN: [&str; 6] = ["answer", "errors", "told", "layout", "mismatches", "way"];
    for page in Page::all("tests/spec") {
        let mut section = 0;
        for line in outside_blocks(&page) {
            section += usize::from(line.starts_with("## "));
            let is_shown = || {
                let here = page.blocks.iter().filter(|block| block.section == section);
                here.into_iter().any(|block| RUN.contains(&block.kind.as_str()))
            };
            assert!(
                numbered(line).is_none() || is_shown(),
                "{}: nothing shows `{line}`",
                page.path.display()
            );
        }
    }
}

fn section_numbers(page: &Page) -> impl Iterator<Item = usize> {
    let last = page.blocks.iter().map(|block| block.section).max().unwrap_or_default();
    // What stands above the first heading is read with every section, and alone if there is none.
    last.min(1)..=last
}

fn sentences(page: &Page) -> Vec<(usize, &str)> {
    outside_blocks(page).filter_map(numbered).collect()
}

/// `3. A sentence.`
fn numbered(line: &str) -> Option<(usize, &str)> {
    let (number, sentence) = line.split_once(". ")?;
    Some((number.parse().ok()?, sentence))
}

fn outside_blocks(page: &Page) -> impl Iterator<Item = &str> {
    let mut is_inside = false;
    page.lines.iter().map(String::as_str).filter(move |line| {
        let is_fence = line.starts_with("```");
        is_inside ^= is_fence;
        !is_inside && !is_fence
    })
}
