//! What is said to a person about their text: one `Diagnostic` type and its renderers.
//!
//! Knows no stage of the compiler: each room makes its own diagnostics in its `errors.rs`.

mod code;
mod render;

pub use code::Code;
pub use render::{Style, json, json_line, sarif, text};

use crate::source::Span;

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The rules or facts can't be used.
    Error,
    /// They can be used, but something is probably not meant.
    Warning,
}

/// A place with a few words about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is to be seen there; may be empty.
    pub words: String,
}

/// One thing to tell an author: what is wrong, where, why, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code, explained by a page of its own.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, the author's words in backticks.
    pub message: String,
    /// The main place, if it is in a file, then further ones.
    pub labels: Vec<Label>,
    /// Where it is, when that is not a place in a rule file: `contract.value` in a commission.
    pub path: Option<String>,
    /// Why it matters.
    pub notes: Vec<String>,
    /// What to write.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    #[must_use]
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::nowhere(code, Severity::Error, message).label(span, "")
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::nowhere(code, Severity::Warning, message).label(span, "")
    }

    /// An error in a commission, at the path of a fact.
    #[must_use]
    pub fn at_path(code: Code, path: impl Into<String>, message: impl Into<String>) -> Self {
        let diagnostic = Self::nowhere(code, Severity::Error, message);
        Self { path: Some(path.into()), ..diagnostic }
    }

    /// A diagnostic without a place.
    #[must_use]
    pub fn nowhere(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            code,
            severity,
            message,
            labels: Vec::new(),
            path: None,
            notes: Vec::new(),
            help: None,
        }
    }

    /// With words at the main place.
    #[must_use]
    pub fn here(mut self, words: impl Into<String>) -> Self {
        if let Some(main) = self.labels.first_mut() {
            main.words = words.into();
        }
        self
    }

    /// With a further place.
    #[must_use]
    pub fn label(mut self, span: Span, words: impl Into<String>) -> Self {
        self.labels.push(Label { span, words: words.into() });
        self
    }

    /// With a reason.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// With what to write, if that is known.
    #[must_use]
    pub fn help(mut self, help: impl Into<Option<String>>) -> Self {
        self.help = help.into();
        self
    }

    /// Whether it stops the rules or facts from being used.
    #[must_use]
    pub const fn is_error(&self) -> bool {
        matches!(self.severity, Severity::Error)
    }

    /// The main place, if it is in a file.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}
