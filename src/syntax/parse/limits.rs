//! What is refused before the grammar sees it, because the grammar recurses.

use super::super::errors;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// The largest rule file that is read: 4 MiB, some hundred times a long pack's longest file.
pub const SOURCE_BYTES_MAX: usize = 4 * 1024 * 1024;

/// How deep brackets, lists of limbs, `not` and `time` may be nested.
pub const NESTING_MAX: usize = 64;

/// The first limit that the text breaks.
pub(super) fn check(file: FileId, text: &str) -> Option<Diagnostic> {
    if text.len() > SOURCE_BYTES_MAX {
        return Some(errors::file_too_large(Span::new(file, 0..0), text.len()));
    }
    let mut depth = Depth::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if depth.after_line(line) > NESTING_MAX {
            return Some(errors::nesting_too_deep(Span::new(
                file,
                start..start + line.trim_end().len(),
            )));
        }
        start += line.len();
    }
    None
}

/// A bound on the nesting so far, from one pass over the lines. Counts marks in strings too, which
/// prose never nests so deep.
#[derive(Default)]
struct Depth {
    brackets: usize,
    indents: Vec<usize>,
}

impl Depth {
    /// The deepest nesting that the grammar can meet on this line.
    fn after_line(&mut self, line: &str) -> usize {
        let text = line.trim();
        if text.is_empty() || text.starts_with("//") {
            return 0;
        }
        let indent = line.len() - line.trim_start().len();
        if indent == 0 {
            self.brackets = 0;
        }
        self.indents.retain(|outer| *outer < indent);
        self.indents.push(indent);
        let prefixes = text.split(|c: char| !c.is_ascii_alphabetic());
        let n_prefixes = prefixes.filter(|word| matches!(*word, "not" | "time")).count();
        let mut deepest = self.brackets;
        for mark in text.bytes() {
            match mark {
                b'(' => self.brackets += 1,
                b')' => self.brackets = self.brackets.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(self.brackets);
        }
        deepest + self.indents.len() + n_prefixes
    }
}
