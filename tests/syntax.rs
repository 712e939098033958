//! The text of rules: what is printed reads back as the same tree, every mistake is told, and
//! nothing that can be typed brings the reader down.

mod texts;
mod trees;

use std::collections::BTreeSet;

use clearway::diagnostic::{Code, Diagnostic};
use clearway::source::Sources;
use clearway::syntax::tree::File;
use clearway::syntax::{NESTING_MAX, SOURCE_BYTES_MAX, parse, print};
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use crate::pages::Page;

#[test]
fn printing_and_parsing_again_gives_the_same_tree() {
    holds_of_all(150, trees::file, |tree| {
        let printed = print(&tree);
        let (again, told) = read(&printed);
        let told: Vec<&str> = told.iter().map(|told| told.message.as_str()).collect();
        if !told.is_empty() {
            return Err(TestCaseError::fail(format!(
                "printed:\n{printed}\nand then told {told:?}"
            )));
        }
        if again != tree {
            let read_back = print(&again);
            return Err(TestCaseError::fail(format!(
                "printed:\n{printed}\nread back as\n{read_back}"
            )));
        }
        Ok(())
    });
}

#[test]
fn printing_keeps_the_tree_of_every_block_of_every_page() {
    for (path, text) in texts::pages() {
        let (tree, told) = read(&text);
        if told.iter().any(Diagnostic::is_error) {
            continue;
        }
        let printed = print(&tree);
        let (again, told) = read(&printed);
        assert!(told.is_empty(), "{path}: the printed text is told {}", messages(&told));
        assert!(again == tree, "{path}: the printed text says something else");
        assert_eq!(print(&again), printed, "{path}: printing twice gives another text");
    }
}

/// So printing a rule file and parsing it again gives the same tree, too.
#[test]
fn every_rule_file_is_in_the_one_layout() {
    for (path, text) in texts::rules() {
        assert!(print(&read(&text).0) == text, "{path} is not as `clearway fmt` would write it");
    }
}

#[test]
fn three_mistakes_in_one_file_are_told_as_three() {
    let text = "\
//! Three slips of the pen, in a header, a clause and a limb.

fact supplier.excluded \"Excluded supplier\" yes or no
    ask \"Is the supplier an excluded supplier?\"

route direct_award \"Direct award\"
    note The market was tested.
    barred when supplier.excluded

route switch \"Switch to direct award\"
    needs all of
        supplier.excluded is
        tenders.none_suitable
";
    let (tree, told) = read(text);
    let lines: Vec<usize> = told.iter().map(|told| line_of(text, told)).collect();
    assert_eq!(lines, [3, 7, 12], "{}", messages(&told));
    assert!(told.iter().all(|told| told.code == Code::UnexpectedText), "{}", messages(&told));
    let names: Vec<&str> = tree
        .items
        .iter()
        .filter_map(|item| Some(item.node.header.name.as_ref()?.node.as_str()))
        .collect();
    assert_eq!(names, ["direct_award", "switch"], "what can be read is kept");
}

/// Each word of the reference is left out, then misspelt, then left out with all that follows it on
/// its line.
#[test]
fn whatever_word_is_wrong_it_is_told_what_could_stand_there() {
    let (mut n_told, mut silent, mut seen) = (0, BTreeSet::new(), BTreeSet::new());
    for (path, text) in texts::pages() {
        for item in text.split("\n\n").filter(|item| read(item).1.is_empty()) {
            if !seen.insert(item.to_owned()) {
                continue;
            }
            for word in texts::words(item) {
                let (before, after) = (&item[..word.start], &item[word.end..]);
                let next_line = after.find('\n').map_or("", |at| &after[at..]);
                for broken in [
                    format!("{before}{after}"),
                    format!("{before}zzz{after}"),
                    format!("{}{next_line}", before.trim_end_matches(' ')),
                ] {
                    for told in read(&broken).1.iter().filter(is_unread) {
                        n_told += 1;
                        let has_words = told.labels.iter().any(|label| !label.words.is_empty());
                        if !has_words && told.help.is_none() {
                            silent.insert(format!("{path}: {}:\n{broken}", told.message));
                        }
                    }
                }
            }
        }
    }
    assert!(n_told > 5_000, "only {n_told} mistakes were told");
    let silent: Vec<String> = silent.into_iter().take(20).collect();
    assert!(silent.is_empty(), "nothing is said of what to write:\n{}", silent.join("\n\n"));
}

#[test]
fn a_text_over_a_limit_is_refused_before_it_is_read() {
    let deep = format!("route r \"R\"\n    needs {}a\n", "(".repeat(NESTING_MAX + 1));
    let cases = [
        (Code::NestingTooDeep, deep),
        (Code::FileTooLarge, "//\n".repeat(SOURCE_BYTES_MAX / 3 + 1)),
        (Code::ByteOrderMark, "\u{feff}event signed \"Contract signed\"\n".to_owned()),
    ];
    for (code, text) in cases {
        let codes: Vec<Code> = read(&text).1.iter().map(|told| told.code).collect();
        assert_eq!(codes, [code]);
    }
}

#[test]
fn what_follows_a_byte_order_mark_is_told_in_its_place() {
    for (text, marked) in [
        ("\u{feff}event signed\n\nrouet quotes\n", "rouet"),
        ("\u{feff}    needs urgent\n", "    needs urgent"),
        ("\u{feff}route quotes\n    nedes urgent [act s.1]\n", "nedes"),
        ("\u{feff}route quotes\n    needs urgent [act s.1] now\n", "now"),
    ] {
        let (_, told) = read(text);
        let wrong = told.iter().find(|told| told.code != Code::ByteOrderMark);
        let label = wrong.and_then(|told| told.labels.first()).expect("a place");
        assert_eq!(&text[label.span.range()], marked, "{}", messages(&told));
    }
}

#[test]
fn no_rules_at_all_is_an_error_and_no_answer() {
    let told = clearway::compile(&Sources::default()).map(|_| ()).expect_err("there are no rules");
    assert_eq!(told.iter().map(|told| told.code).collect::<Vec<_>>(), [Code::NoRules]);
}

#[test]
fn line_breaks_of_windows_change_nothing() {
    for (path, text) in texts::rules().into_iter().step_by(9) {
        assert!(read(&text.replace('\n', "\r\n")).0 == read(&text).0, "{path} reads otherwise");
    }
}

#[test]
fn any_text_is_read_to_its_end() {
    holds_of_all(300, || "\\PC{0,200}", |text| survives(&text));
    holds_of_all(300, texts::soup, |text| survives(&text));
}

#[test]
fn any_mutilated_rule_file_is_read_to_its_end() {
    holds_of_all(40, texts::mutilated, |text| survives(&text));
}

/// Reads, checks and prints a text, which must not bring anything down, and the printed text must
/// be in the one layout if nothing was wrong with it.
fn survives(text: &str) -> Result<(), TestCaseError> {
    let (tree, told) = read(text);
    let printed = print(&tree);
    let (_, _) = clearway::check(&Sources::single("rules.way", text));
    if told.is_empty() && print(&read(&printed).0) != printed {
        return Err(TestCaseError::fail(format!("printing twice gives another text:\n{printed}")));
    }
    Ok(())
}

/// Tries a property on so many cases, the same ones each time, with room on the stack for the
/// generators, which nest deep.
fn holds_of_all<S: Strategy>(
    n_cases: u32,
    strategy: impl FnOnce() -> S + Send,
    property: impl Fn(S::Value) -> Result<(), TestCaseError> + Send,
) {
    let tried = move || {
        let config = Config { cases: n_cases, failure_persistence: None, ..Config::default() };
        let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let mut runner = TestRunner::new_with_rng(config, rng);
        runner.run(&strategy(), property).err().map(|failure| failure.to_string())
    };
    let failure = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(64 << 20).spawn_scoped(scope, tried);
        thread.expect("a thread can be made").join().expect("the property doesn't panic")
    });
    assert!(failure.is_none(), "{}", failure.unwrap_or_default());
}

fn read(text: &str) -> (File, Vec<Diagnostic>) {
    let sources = Sources::single("rules.way", text);
    let read = sources.iter().next().map(|(file, source)| parse(file, source));
    read.unwrap_or_default()
}

fn line_of(text: &str, told: &Diagnostic) -> usize {
    let start = told.span().map(|span| span.range().start).unwrap_or_default();
    text[..start].matches('\n').count() + 1
}

fn is_unread(told: &&Diagnostic) -> bool {
    told.code == Code::UnexpectedText
}

fn messages(told: &[Diagnostic]) -> String {
    told.iter().map(|told| told.message.as_str()).collect::<Vec<_>>().join("; ")
}

/// The rules of the pages, for the tests of this suite.
fn page_rules() -> Vec<(String, String)> {
    let pages = ["tests/spec", "docs/codes"].into_iter().flat_map(Page::all);
    let blocks = pages.flat_map(|page| {
        let path = page.path.display().to_string();
        page.blocks.into_iter().map(move |block| (format!("{path}:{}", block.line), block))
    });
    blocks
        .filter(|(_, block)| block.kind == "way")
        .map(|(path, block)| (path, block.text))
        .collect()
}
