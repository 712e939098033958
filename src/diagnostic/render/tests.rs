//! The awkward places: ends of lines and files, characters of several bytes, spans that are wrong.

use std::ops::Range;

use super::{Style, in_order, json, sarif, text};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{Sources, Span};

const PATH: &str = "pack.way";

/// The place of these bytes in the file of this path.
fn span(sources: &Sources, path: &str, bytes: Range<usize>) -> Span {
    let mut ids = sources.iter().filter(|(_, source)| source.path() == path).map(|(id, _)| id);
    Span::new(ids.next().expect("the sources hold the file"), bytes)
}

/// An error at these bytes of this text, with the sources it is in.
fn error_at(words: &str, bytes: Range<usize>) -> (Diagnostic, Sources) {
    let sources = Sources::single(PATH, words);
    let place = span(&sources, PATH, bytes);
    (Diagnostic::error(Code::UnexpectedText, place, "this is not expected"), sources)
}

/// What is drawn for an error at these bytes of this text, from the line of its place on.
fn drawn(words: &str, bytes: Range<usize>) -> String {
    let (error, sources) = error_at(words, bytes);
    let whole = text(&[error], &sources, Style::Plain);
    let (_, below_the_title) = whole.split_once('\n').expect("a title has its own line");
    below_the_title.trim_end_matches("\n\n1 error\n").to_owned()
}

/// The place in JSON for an error at these bytes: line, column, end line, end column.
fn numbers(words: &str, bytes: Range<usize>) -> [Option<u64>; 4] {
    let (error, sources) = error_at(words, bytes);
    let value: serde_json::Value =
        serde_json::from_str(&json(&[error], &sources)).expect("the rendering is JSON");
    ["line", "column", "end_line", "end_column"]
        .map(|member| value.pointer(&format!("/0/places/0/{member}")).and_then(|n| n.as_u64()))
}

#[test]
fn nothing_to_say_is_no_text() {
    assert_eq!(text(&[], &Sources::default(), Style::Plain), "");
    assert_eq!(json(&[], &Sources::default()), "[]\n");
}

#[test]
fn two_files_of_one_path_are_drawn_apart() {
    let file = |words: &str| (PATH.to_owned(), words.to_owned());
    let sources = Sources::new([file("short\n"), file("a much longer line\n")]);
    let [first, second] = [0..5, 7..13].map(|bytes| {
        let (id, _) = sources.iter().nth(usize::from(bytes.start > 0)).expect("there are two");
        Span::new(id, bytes)
    });
    let error = Diagnostic::error(Code::DuplicateName, second, "twice").label(first, "here first");
    let told = text(&[error], &sources, Style::Plain);
    assert!(told.contains("1 | a much longer line") && told.contains("1 | short"), "{told}");
}

#[test]
fn a_pound_sign_is_one_column_wide() {
    let expected = "
 --> pack.way:1:8
  |
1 | £5 and £207,720
  |        ^^^^^^^^";
    assert_eq!(drawn("£5 and £207,720\n", 8..17), expected.trim_start_matches('\n'));
    assert_eq!(numbers("£5 and £207,720\n", 8..17), [1, 8, 1, 16].map(Some));
}

#[test]
fn a_span_inside_a_character_covers_the_whole_of_it() {
    assert_eq!(numbers("a £1", 3..3), [1, 3, 1, 4].map(Some));
    assert_eq!(drawn("a £1", 3..4), drawn("a £1", 2..4));
}

#[test]
fn a_span_that_runs_to_the_line_break_ends_with_the_words() {
    let expected = "
 --> pack.way:2:5
  |
2 |     use uk.common
  |     ^^^^^^^^^^^^^";
    let unix = "pack a\n    use uk.common\n\nroute b\n";
    assert_eq!(drawn(unix, 7..26), expected.trim_start_matches('\n'));
    let windows = unix.replace('\n', "\r\n");
    assert_eq!(drawn(&windows, 8..29), expected.trim_start_matches('\n'));
    assert_eq!(numbers(&windows, 8..29), [2, 5, 2, 18].map(Some));
}

#[test]
fn the_end_of_a_file_is_shown_after_its_last_words() {
    let expected = "
 --> pack.way:1:7
  |
1 | pack a
  |       ^";
    for words in ["pack a", "pack a\n", "pack a\r\n", "pack a\n\n\n"] {
        assert_eq!(drawn(words, words.len()..words.len()), expected.trim_start_matches('\n'));
    }
}

#[test]
fn an_empty_span_is_one_caret() {
    assert_eq!(numbers("needs a\n", 6..6), [1, 7, 1, 7].map(Some));
    assert!(drawn("needs a\n", 6..6).ends_with("1 | needs a\n  |       ^"));
}

#[test]
fn an_empty_file_has_a_place() {
    assert_eq!(numbers("", 0..0), [1, 1, 1, 1].map(Some));
    assert!(drawn("", 0..0).starts_with(" --> pack.way:1:1\n"));
}

#[test]
fn no_span_whatever_breaks_a_rendering() {
    for words in
        ["", "\n", "\r\n", "\r", "£", "a\r\n\r\n£\n", "\t\u{1b}[31m\u{200d}é\n  \n", "日本"]
    {
        for start in 0..=words.len() + 2 {
            for end in 0..=words.len() + 2 {
                let (error, sources) = error_at(words, start..end);
                let error = [error.label(span(&sources, PATH, end..start), "and here")];
                assert!(text(&error, &sources, Style::Coloured).ends_with("1 error\n"));
                assert!(sarif(&error, &sources, "1.0.0").contains("startLine"));
                let [line, column, end_line, end_column] = numbers(words, start..end);
                assert!((line, column) <= (end_line, end_column));
            }
        }
    }
}

#[test]
fn a_span_over_several_lines_is_drawn_with_all_of_them() {
    let expected = "
 --> pack.way:1:7
  |
1 |   route a
  |  _______^
2 | |     needs b
  | |___________^";
    assert_eq!(drawn("route a\n    needs b\n", 6..20), expected.trim_start_matches('\n'));
}

#[test]
fn labels_in_two_files_are_drawn_file_by_file() {
    let sources = Sources::new([
        ("b.way".to_owned(), "fact a\nfact b\nfact a\n".to_owned()),
        ("a.way".to_owned(), "fact a\n".to_owned()),
    ]);
    let diagnostic =
        Diagnostic::error(Code::DuplicateName, span(&sources, "b.way", 5..6), "two facts are `a`")
            .here("the second")
            .label(span(&sources, "a.way", 5..6), "the first")
            .label(span(&sources, "b.way", 19..20), "the third")
            .note("a name means one thing")
            .help("choose another name".to_owned());
    let expected = "\
error[duplicate-name]: two facts are `a`
 --> b.way:1:6
  |
1 | fact a
  |      ^ the second
2 | fact b
3 | fact a
  |      - the third
  |
 ::: a.way:1:6
  |
1 | fact a
  |      - the first
  |
  = note: a name means one thing
  = help: choose another name

1 error
";
    assert_eq!(text(&[diagnostic], &sources, Style::Plain), expected);
}

#[test]
fn a_fact_of_a_commission_is_shown_by_its_path() {
    let diagnostics = [
        Diagnostic::at_path(Code::WrongValue, "contract.value", "`12` is not money")
            .help("write it as text: \"£12\"".to_owned()),
        Diagnostic::nowhere(Code::NoRules, Severity::Warning, "there are no rules"),
    ];
    let expected = "\
warning[no-rules]: there are no rules

error[wrong-value]: `12` is not money
  --> commission: contract.value
   = help: write it as text: \"£12\"

1 error, 1 warning
";
    assert_eq!(text(&diagnostics, &Sources::default(), Style::Plain), expected);
}

#[test]
fn the_order_is_the_same_whatever_order_the_diagnostics_come_in() {
    let sources = Sources::single(PATH, "pack a\n");
    let at = |code, start: usize| Diagnostic::error(code, span(&sources, PATH, start..6), "");
    let mut diagnostics = vec![
        at(Code::UnexpectedText, 0),
        at(Code::WordSlip, 0),
        at(Code::UnexpectedText, 5),
        Diagnostic::nowhere(Code::NoPack, Severity::Error, ""),
        Diagnostic::at_path(Code::UnknownFact, "a.b", ""),
        Diagnostic::at_path(Code::DuplicateKey, "a.c", ""),
    ];
    let expected: Vec<Diagnostic> = diagnostics.clone();
    for _ in 0..diagnostics.len() {
        diagnostics.rotate_left(1);
        assert_eq!(in_order(&diagnostics), expected.iter().collect::<Vec<_>>());
    }
}

#[test]
fn a_place_in_a_file_that_is_not_here_is_left_out() {
    let (error, _) = error_at("pack a\n", 0..4);
    assert_eq!(
        text(&[error], &Sources::default(), Style::Plain),
        "error[unexpected-text]: this is not expected\n\n1 error\n"
    );
}

#[test]
fn control_characters_of_an_author_do_not_reach_the_terminal() {
    let (error, sources) = error_at("\u{1b}[31m\n", 0..1);
    let error = error.here("\u{1b}[1m").note("\u{1b}[2m").help("\u{1b}[3m".to_owned());
    let error = Diagnostic { path: Some("\u{1b}[4m".to_owned()), ..error };
    assert!(!text(&[error], &sources, Style::Plain).contains('\u{1b}'));
}

#[test]
fn a_sarif_address_is_relative_and_encoded() {
    let path = "./rules/a town's/pack.way";
    let sources = Sources::single(path, "pack a\n");
    let error = Diagnostic::error(Code::NoCitation, span(&sources, path, 0..4), "no citation");
    let log: serde_json::Value =
        serde_json::from_str(&sarif(&[error], &sources, "1.2.3")).expect("the rendering is JSON");
    let at = |pointer: &str| log.pointer(&format!("/runs/0{pointer}")).cloned();
    let physical = "/results/0/locations/0/physicalLocation";
    assert_eq!(
        at(&format!("{physical}/artifactLocation/uri")),
        Some("rules/a%20town%27s/pack.way".into())
    );
    assert_eq!(at(&format!("{physical}/region/endColumn")), Some(5.into()));
    assert_eq!(at("/results/0/ruleId"), Some("no-citation".into()));
    assert_eq!(at("/tool/driver/rules/0/help/markdown"), Some(Code::NoCitation.page().into()));
    assert_eq!(at("/tool/driver/version"), Some("1.2.3".into()));
}
