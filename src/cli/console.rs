//! Where a command reads and writes, and what it may know of its surroundings.

use std::io::{Read, Write};

use crate::diagnostic::{self, Diagnostic, Style};
use crate::quantity::Date;
use crate::source::Sources;

/// A command's ends: its input, output and errors, the width to wrap to, and today's date.
pub struct Console<'c> {
    /// What `-` reads.
    pub input: &'c mut dyn Read,
    /// Where answers go.
    pub output: &'c mut dyn Write,
    /// Where complaints go.
    pub errors: &'c mut dyn Write,
    /// The width to wrap to, in columns.
    pub width: usize,
    /// Whether the output is a terminal that shows colour.
    pub is_coloured: bool,
    /// Whether the errors go to a terminal that shows colour.
    pub are_errors_coloured: bool,
    /// Today, for a commission that gives no date.
    pub today: Date,
}

impl Console<'_> {
    /// Writes an answer. A reader that has gone away is no error: nobody is left to be told.
    pub fn say(&mut self, text: &str) {
        let _ = self.output.write_all(text.as_bytes());
        let _ = self.output.flush();
    }

    /// Writes a complaint.
    pub fn complain(&mut self, text: &str) {
        let _ = self.errors.write_all(text.as_bytes());
        let _ = self.errors.flush();
    }

    /// Writes diagnostics as complaints.
    pub fn report(&mut self, diagnostics: &[Diagnostic], sources: &Sources) {
        let style = if self.are_errors_coloured { Style::Coloured } else { Style::Plain };
        self.complain(&diagnostic::text(diagnostics, sources, style));
    }
}
