//! What must hold of any bytes, a function for each target: it panics where that does not hold, and
//! says what the bytes showed. They need nothing but the crate, so that `cargo fuzz` can run them.

pub(crate) mod circuit;
pub(crate) mod commissions;
pub(crate) mod layout;
pub(crate) mod receipts;
pub(crate) mod requests;
pub(crate) mod rules;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use clearway::desk::Rules;
use clearway::diagnostic::{Diagnostic, Style, json, sarif, text};
use clearway::quantity::Date;
use clearway::source::Sources;

/// What an input showed, in a few stable words each: another input is worth keeping where it shows
/// something that none kept does.
pub(crate) type Shown = BTreeSet<String>;

/// A town's rules, with a fact of every kind.
pub(crate) const TOWN: &str = include_str!("../packs/town.way");

/// The day on which everything is asked that says no day.
pub(crate) const TODAY: Date = Date::constant(2026, 3, 2);

/// The mark before the path of a file, where one text holds several.
const FILE_MARK: &str = "//// ";

/// The files of a text: what stands before a line `//// two/pack.way` is a file of its own.
pub(crate) fn sources(text: &str) -> Sources {
    let mut files = vec![("one/pack.way".to_owned(), String::new())];
    for line in text.split_inclusive('\n') {
        match (line.strip_prefix(FILE_MARK), files.last_mut()) {
            (Some(path), _) => files.push((path.trim().to_owned(), String::new())),
            (None, Some((_, file))) => file.push_str(line),
            (None, None) => {}
        }
    }
    files.retain(|(_, file)| !file.is_empty());
    Sources::new(files)
}

/// The rules of the town, compiled.
pub(crate) fn town() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| compiled(&sources(TOWN)))
}

/// The embedded law, compiled.
pub(crate) fn law() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| compiled(&clearway::embedded()))
}

#[expect(clippy::panic, reason = "the rules of a target compile")]
pub(crate) fn compiled(sources: &Sources) -> Rules {
    match clearway::compile(sources) {
        Ok(graph) => Rules::new(graph),
        Err(found) => panic!("{}", text(&found, sources, Style::Plain)),
    }
}

/// Diagnostics can be told in every form, and every place in them is one of the text.
#[expect(clippy::panic, reason = "this is how a target fails")]
pub(crate) fn are_told(diagnostics: &[Diagnostic], sources: &Sources) {
    for style in [Style::Plain, Style::Coloured] {
        let told = text(diagnostics, sources, style);
        assert!(told.is_empty() == diagnostics.is_empty(), "something is told where there is");
    }
    for told in [json(diagnostics, sources), sarif(diagnostics, sources, "0.0.0")] {
        if let Err(error) = serde_json::from_str::<serde_json::Value>(&told) {
            panic!("{error}: {told}");
        }
    }
    for diagnostic in diagnostics {
        assert!(!diagnostic.message.trim().is_empty(), "{diagnostic:?} says nothing");
        for label in &diagnostic.labels {
            let source = sources.get(label.span.file);
            let seen = source.and_then(|source| source.text().get(label.span.range()));
            assert!(seen.is_some(), "{diagnostic:?} is at no place of the text");
        }
    }
}

/// The codes of what is wrong.
pub(crate) fn codes(diagnostics: &[Diagnostic]) -> impl Iterator<Item = String> {
    diagnostics.iter().map(|found| found.code.spelling().to_owned())
}
