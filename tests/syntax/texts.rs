//! Texts to read: the rules of the project, and texts made of pieces that belong to rules.

use std::fs;
use std::ops::Range;
use std::path::Path;

use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::{collection, sample};

/// Every rule file of the project, with its path.
pub(super) fn rules() -> Vec<(String, String)> {
    let mut files = Vec::new();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"), &mut files);
    files.sort();
    files
}

/// Every block of rules on a page of the reference or of a code.
pub(super) fn pages() -> Vec<(String, String)> {
    super::page_rules()
}

/// The words of a text; what stands in double quotes is one.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let (mut words, mut start, mut is_quoted) = (Vec::new(), None, false);
    for (at, letter) in text.char_indices() {
        is_quoted ^= letter == '"';
        if !letter.is_whitespace() || is_quoted {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            words.push(start..at);
        }
    }
    words.extend(start.map(|start| start..text.len()));
    words
}

fn gather(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "way") {
            files.push((path.display().to_string(), fs::read_to_string(&path).unwrap_or_default()));
        }
    }
}

/// Words, marks and line breaks of the language in no order.
pub(super) fn soup() -> impl Strategy<Value = String> {
    const PIECES: [&str; 72] = [
        "\n",
        "\n    ",
        "\n        ",
        "\n\t",
        "\r\n",
        " ",
        "pack ",
        "source ",
        "fact ",
        "amount ",
        "list ",
        "decision ",
        "route ",
        "model ",
        "document ",
        "period ",
        "prefer ",
        "scenario ",
        "narrow route ",
        "fill amount ",
        "needs ",
        "barred when ",
        "when ",
        "otherwise",
        "all of",
        "any of",
        "at least 2 of",
        "and ",
        "or ",
        "not ",
        "is ",
        "in ",
        "includes ",
        "known",
        "yes",
        "no",
        "none",
        "x",
        "x.y",
        "money ",
        "including VAT",
        "one of",
        ": ",
        "by ",
        "over ",
        "from ",
        "until ",
        "2025-02-24",
        "29/02/2025",
        "£5m",
        "£1,00",
        "25% of ",
        "5 years",
        "8 working days",
        "beginning with the day",
        "85312400",
        "\"",
        "\"a b\"",
        "\\",
        "(",
        ")",
        "[act s.1(2)]",
        "[",
        "]",
        ";",
        ",",
        "// ",
        "//! ",
        ">=",
        "≥",
        "time from ",
        "due ",
    ];
    collection::vec(sample::select(&PIECES[..]), 0..60).prop_map(|pieces| pieces.concat())
}

/// A rule file with something cut out, doubled, put in or moved.
pub(super) fn mutilated() -> impl Strategy<Value = String> {
    let files: Vec<String> = rules().into_iter().map(|(_, text)| text).collect();
    let slip = prop_oneof![
        Just(""),
        Just("\""),
        Just("("),
        Just("["),
        Just("\n"),
        Just("    "),
        Just("when "),
        Just("é")
    ];
    let slips = collection::vec((any::<sample::Index>(), any::<sample::Index>(), slip), 1..4);
    (sample::select(files), slips).prop_map(|(file, slips)| {
        slips.iter().fold(file, |text, (at, length, slip)| mutilate(&text, at, length, slip))
    })
}

/// Puts a slip in place of a few characters, or moves a line to the end where there is none.
fn mutilate(text: &str, at: &sample::Index, length: &sample::Index, slip: &str) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if slip.is_empty() && !lines.is_empty() {
        let line = lines.remove(at.index(lines.len()));
        return format!("{}{line}", lines.concat());
    }
    let start = text.floor_char_boundary(at.index(text.len() + 1));
    let end = text.ceil_char_boundary((start + length.index(24)).min(text.len()));
    format!("{}{slip}{}", &text[..start], &text[end..])
}
