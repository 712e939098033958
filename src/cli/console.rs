//! Where a command reads and writes, and what it may know of its surroundings.

use std::io::{self, ErrorKind, Read, Write};

use super::exit::Exit;
use crate::diagnostic::{self, Diagnostic, Style};
use crate::quantity::Date;
use crate::source::Sources;

/// A command's ends: its input, output and errors, the width to wrap to, and today's date.
pub struct Console<'c> {
    /// What `-` reads.
    pub input: &'c mut (dyn Read + Send),
    /// Where answers go.
    pub output: &'c mut (dyn Write + Send),
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

/// How complaints are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Complaints {
    /// For a person.
    Words,
    /// For a program, as `check --format json` writes them.
    Json,
}

impl Console<'_> {
    /// Reads all of the input, or complains that it can't be read.
    pub(super) fn hear(&mut self) -> Result<Vec<u8>, Exit> {
        let mut bytes = Vec::new();
        let Err(error) = self.input.read_to_end(&mut bytes) else { return Ok(bytes) };
        self.complain(&format!("error: standard input can't be read: {}\n", error.kind()));
        Err(Exit::CannotRead)
    }

    /// Writes an answer. Whether that could be done is watched from outside.
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

    /// Writes diagnostics as complaints of this form; nothing where there are none.
    pub(super) fn report_as(
        &mut self,
        form: Complaints,
        diagnostics: &[Diagnostic],
        sources: &Sources,
    ) {
        match form {
            Complaints::Words => self.report(diagnostics, sources),
            Complaints::Json if diagnostics.is_empty() => {}
            Complaints::Json => self.complain(&diagnostic::json(diagnostics, sources)),
        }
    }
}

/// An output that remembers whether it could be written.
pub(super) struct Watched<'o> {
    output: &'o mut (dyn Write + Send),
    failure: Option<ErrorKind>,
}

impl<'o> Watched<'o> {
    pub(super) const fn new(output: &'o mut (dyn Write + Send)) -> Self {
        Self { output, failure: None }
    }

    /// Why the output could not be written. A reader that has gone away is no reason: nobody is
    /// left to be told.
    pub(super) fn failure(&self) -> Option<ErrorKind> {
        self.failure.filter(|failure| *failure != ErrorKind::BrokenPipe)
    }

    fn noted(&mut self, written: io::Result<()>) -> io::Result<()> {
        written.inspect_err(|error| self.failure = self.failure.or(Some(error.kind())))
    }
}

impl Write for Watched<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.output.write(bytes)
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let written = self.output.write_all(bytes);
        self.noted(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.output.flush();
        self.noted(flushed)
    }
}
