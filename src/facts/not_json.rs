//! Why a text is not JSON, in plain words, and the slip that was probably made.

use serde_json::error::Category;

use crate::diagnostic::{Code, Diagnostic};

/// A text, called so, that is not JSON.
pub(crate) fn not_json(what: &str, text: &str, error: &serde_json::Error) -> Diagnostic {
    let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    // The library counts bytes from 1; a person counts characters.
    let byte = line.floor_char_boundary(error.column().saturating_sub(1));
    let (before, from_here) = line.split_at_checked(byte).unwrap_or((line, ""));
    let place = match error.classify() {
        Category::Eof => "the end of the text".to_owned(),
        Category::Io | Category::Syntax | Category::Data => {
            format!("line {}, column {}", error.line(), before.chars().count() + 1)
        }
    };
    Diagnostic::at_path(Code::NotJson, place, format!("{what} is not JSON: {}", reason(error)))
        .help(slip(before, from_here).map(str::to_owned))
}

/// The library's reason in plain words.
fn reason(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(reason, _)| reason);
    let plain = match said {
        "EOF while parsing an object" => "a `{` is never closed by a `}`",
        "EOF while parsing a list" => "a `[` is never closed by a `]`",
        "EOF while parsing a string" => "a `\"` is never closed by another",
        "EOF while parsing a value" => "it ends where a value is expected",
        "expected value" => "a value is expected here",
        "expected ident" => "this word is not `true`, `false` or `null`",
        "expected `:`" => "a `:` is expected between a name and its value",
        "expected `,` or `}`" => "a `,` or a `}` is expected here",
        "expected `,` or `]`" => "a `,` or a `]` is expected here",
        "key must be a string" => "a name must stand in double quotes",
        "trailing comma" => "a `,` stands before a closing bracket",
        "trailing characters" => "something follows after its end",
        "invalid number" => "this figure is not written as JSON writes numbers",
        "number out of range" => "this figure is too large to be read",
        "invalid escape" => "a `\\` in quotes is followed by a letter that has no meaning",
        said if said.starts_with("control character") => {
            "a line break, tab or other control character stands inside quotes"
        }
        "unexpected end of hex escape" | "lone leading surrogate in hex escape" => {
            "a `\\u` in quotes is half of a pair"
        }
        said => said,
    };
    plain.to_owned()
}

/// The slip that was probably made, by the text around the place.
fn slip(before: &str, from_here: &str) -> Option<&'static str> {
    let is_near =
        |marks: &[char]| before.ends_with(marks) || from_here.trim_start().starts_with(marks);
    if is_near(&['“', '”', '„']) {
        Some("write straight quotes `\"`, not curly ones")
    } else if is_near(&['\'', '‘', '’']) {
        Some("write double quotes `\"`, not single ones")
    } else if is_near(&['£']) {
        Some("write money in quotes: `\"£1,250,000\"`")
    } else if is_near(&['/', '#']) {
        Some("JSON has no comments: write them under the key `notes`")
    } else {
        None
    }
}
