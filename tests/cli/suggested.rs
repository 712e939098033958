//! What `suggest` proposes is good rule text, and does what it says.

use clearway::disk::embedded;
use clearway::prove;
use clearway::source::Sources;
use clearway::{compile, report, syntax};

use super::shell::Shell;
use crate::pages::Page;

/// A shell with the files of the transcript on suggestions.
fn shell() -> Shell {
    let shell = Shell::new();
    for block in &Page::read("tests/cli/suggest.md".as_ref()).blocks {
        if let Some(path) = &block.path {
            shell.put(path, block.text.as_bytes());
        }
    }
    shell
}

/// Suggestions as somebody fills them in, wrongly or not.
fn filled(suggested: &str) -> String {
    let fill = |line: &str| match line.trim_start().strip_prefix("// expect ") {
        Some(_) => "    expect no recommendation\n".to_owned(),
        None => format!("{line}\n"),
    };
    suggested.lines().map(fill).collect()
}

#[test]
fn what_is_suggested_once_filled_in_has_no_faults_and_leaves_only_what_was_not_suggested() {
    let shell = shell();
    let suggested = shell.clearway(&["suggest", "--rules", "town"]).output;
    shell.put("town/suggested.way", suggested.as_bytes());
    assert_eq!(shell.clearway(&["fmt", "--check", "town"]).output, "");
    shell.put("town/suggested.way", filled(&suggested).as_bytes());
    let checked = shell.clearway(&["check", "town"]).output;
    assert!(checked.ends_with("nothing to mend\n"), "{checked}");
    let left = shell.clearway(&["test", "--coverage", "--rules", "town"]).output;
    assert!(left.starts_with("town: 10 of 11 tests seen to hold and fail, 10 of 10"), "{left}");
    let again = shell.clearway(&["suggest", "--rules", "town"]).output;
    assert!(again.starts_with("// For 1 more no scenario was found"), "{again}");
}

#[test]
fn what_is_suggested_for_an_embedded_pack_stands_beside_its_rules() {
    let sources = embedded();
    let graph = compile(&sources).expect("the embedded rules compile");
    let book = graph.book();
    let (pack, _) = book.packs.iter().find(|(_, pack)| pack.name == "uk.psr").expect("it is there");
    let witnesses = prove::witnesses(&graph, |scenario| scenario.pack == pack);
    let suggestions = prove::suggest(&graph, &witnesses, |row| row.pack == pack);
    let text = report::suggestions(book, &sources, &suggestions);
    for (file, source) in Sources::single("suggested.way", &text).iter() {
        let (tree, diagnostics) = syntax::parse(file, source);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        assert_eq!(syntax::print(&tree), text, "it is in the layout");
    }
    assert!(!suggestions.scenarios.is_empty(), "something is missing from the rules' scenarios");
    let files =
        sources.iter().map(|(_, source)| (source.path().to_owned(), source.text().to_owned()));
    let suggested = ("rules/psr/suggested.way".to_owned(), filled(&text));
    let faults = compile(&Sources::new(files.chain([suggested]))).err();
    assert!(faults.is_none(), "{faults:?}");
}
