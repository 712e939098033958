//! The command line as people and tools meet it: each page of `tests/cli`, and of `tests/prove`,
//! which holds rules with a fault that proof finds, is a transcript, run in this process in a folder
//! of its own.
//!
//! A page gives files in fenced blocks with a path, and in `console` blocks the lines typed, each
//! with what was shown. With `UPDATE=1` in the environment what is shown is written anew, to be
//! read before it is kept.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests read and write files, and fail by panicking"
)]

mod binary;
mod codes;
mod ends;
mod made;
mod maps;
mod sameness;
mod schemas;
pub(crate) mod shell;
mod streams;
mod suggested;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::pages::{Block, Page};
use shell::Shell;

#[test]
fn every_transcript_holds() {
    let is_update = std::env::var_os("UPDATE").is_some_and(|update| update == "1");
    let pages = pages();
    let failures = Mutex::new(Vec::new());
    at_once(&pages, |page| {
        let shown = shown(page);
        if is_update && !shown.is_empty() {
            page.write_with(&shown).expect("the page can be written");
        } else if !shown.is_empty() {
            failures.lock().expect("no page panics").push(differences(page, &shown));
        }
    });
    let mut failures = failures.into_inner().expect("no page panics");
    failures.sort();
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn every_transcript_says_what_it_is_about() {
    for page in pages() {
        let is_prose = |line: &&String| !line.starts_with('#') && line.ends_with('.');
        let first = page.lines.iter().find(|line| !line.starts_with('#') && !line.is_empty());
        assert!(first.as_ref().is_some_and(is_prose), "{} has no prose", page.path.display());
        let is_console = |block: &Block| block.kind == "console";
        assert!(page.blocks.iter().any(is_console), "{} shows nothing", page.path.display());
    }
}

fn pages() -> Vec<Page> {
    ["tests/cli", "tests/prove"].into_iter().flat_map(Page::all).collect()
}

/// Does the same to every page, several at once: those that read the embedded rules take longest.
fn at_once(pages: &[Page], run: impl Fn(&Page) + Sync) {
    let next = AtomicUsize::new(0);
    let n_threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
                    run(page);
                }
            });
        }
    });
}

/// What is shown where it is not what the page says, each with the line of its block.
fn shown(page: &Page) -> Vec<(usize, String)> {
    let mut shell = Shell::new();
    for (path, bytes) in made::files(&page.name()) {
        shell.put(path, &bytes);
    }
    let mut different = Vec::new();
    for block in &page.blocks {
        match (block.kind.as_str(), &block.path) {
            ("console", _) => {
                let shown = shell.transcript(&block.text);
                if shown != block.text {
                    different.push((block.line, shown));
                }
            }
            ("stdin", _) => shell.input.clone_from(&block.text),
            (_, Some(path)) => shell.put(path, block.text.as_bytes()),
            (_, None) => panic!("{}:{}: a file needs a path", page.path.display(), block.line),
        }
    }
    different
}

fn differences(page: &Page, shown: &[(usize, String)]) -> String {
    let mut said = String::new();
    for (line, shown) in shown {
        let block = page.blocks.iter().find(|block| block.line == *line);
        let expected = block.map_or("", |block| &block.text);
        let difference = difference(expected, shown);
        said.push_str(&format!("{}:{line}\n{difference}", page.path.display()));
    }
    said
}

/// Both texts from the first line that differs to the last, with three lines before.
fn difference(expected: &str, got: &str) -> String {
    let (expected, got): (Vec<&str>, Vec<&str>) =
        (expected.lines().collect(), got.lines().collect());
    let alike = |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| {
        pairs.take_while(|(expected, got)| expected == got).count()
    };
    let before = alike(&mut expected.iter().zip(&got));
    let shorter = expected.len().min(got.len()) - before;
    let after = alike(&mut expected.iter().rev().zip(got.iter().rev())).min(shorter);
    let part = |sign: &str, lines: &[&str]| -> String {
        lines.iter().map(|line| format!("{sign} {line}\n")).collect()
    };
    part(" ", &expected[before.saturating_sub(3)..before])
        + &part("-", &expected[before..expected.len() - after])
        + &part("+", &got[before..got.len() - after])
}
