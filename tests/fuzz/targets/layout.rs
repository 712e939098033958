//! The one layout: text without errors, put into it, reads back as the same tree, and put into it
//! again is the same text.

use clearway::diagnostic::Diagnostic;
use clearway::source::Sources;
use clearway::syntax::tree::File;
use clearway::syntax::{parse, print};

use super::Shown;

/// Holds of any bytes.
pub(crate) fn holds(bytes: &[u8]) -> Shown {
    let Ok(text) = std::str::from_utf8(bytes) else { return Shown::new() };
    let (tree, told) = read(text);
    if told.iter().any(Diagnostic::is_error) {
        return Shown::new();
    }
    let printed = print(&tree);
    let (again, told) = read(&printed);
    assert!(told.is_empty(), "what is printed is told {told:?}\n{printed}");
    let read_back = print(&again);
    assert!(again == tree, "printed:\n{printed}\nsays something else\n{tree:?}\n{again:?}");
    assert!(read_back == printed, "printed again:\n{read_back}\nis another text than\n{printed}");
    kinds(&format!("{tree:?}"))
}

fn read(text: &str) -> (File, Vec<Diagnostic>) {
    let sources = Sources::single("rules.way", text);
    sources.iter().next().map(|(file, source)| parse(file, source)).unwrap_or_default()
}

/// The names of the kinds of things in a tree: the words with a capital that no author wrote.
fn kinds(tree: &str) -> Shown {
    let (mut own, mut is_quoted, mut is_escaped) = (String::new(), false, false);
    for mark in tree.chars() {
        if is_quoted {
            is_quoted = is_escaped || mark != '"';
            is_escaped = !is_escaped && mark == '\\';
        } else if mark == '"' {
            is_quoted = true;
        } else {
            own.push(mark);
        }
    }
    let words = own.split(|mark: char| !mark.is_alphanumeric());
    let words = words.filter(|word| !["File", "FileId", "Span", "Spanned"].contains(word));
    words.filter(|word| word.starts_with(char::is_uppercase)).map(str::to_owned).collect()
}
