//! Commissions answered one after another, JSON to JSON: what is made once for many is kept.
//!
//! Rules are shared, and never change; a desk is one thread's, and any number of desks work on the
//! same rules without waiting for one another.

mod ready;
mod service;

use std::cell::RefCell;
use std::sync::Arc;

use crate::decide::{Answer, Reading, Trial, decide};
use crate::diagnostic::Diagnostic;
use crate::facts::{Commission, Facts, Form};
use crate::graph::Graph;
use crate::prove::{Almanac, Insight};
use crate::quantity::Date;
use crate::report;
use ready::{Days, Ready};

pub use service::{Certificate, Limits, Service, Token, Unserved, tokens};

/// Compiled rules with the form of a commission under them.
#[derive(Debug)]
pub struct Rules {
    graph: Graph,
    form: Form,
    days: Days,
}

/// How much of an answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fields {
    /// The recommendation and each route's standing.
    Standing,
    /// The same, and what makes each route stand so.
    Reasons,
    /// The answer, without what is proved about it.
    Answer,
    /// All there is to say.
    Everything,
}

/// The forms that an answer may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// For programs.
    Json,
    /// A page to attach to a report.
    Markdown,
    /// A page to look at.
    Html,
}

/// Answers commissions, one after another.
pub struct Desk<'g> {
    rules: &'g Rules,
    almanac: Almanac<'g>,
    /// The day last asked about: while it is the same, this desk waits for no other.
    ready: RefCell<Option<(Date, Arc<Ready>)>>,
    /// What the last commission came to on a circuit: memory that is used again.
    reading: RefCell<Reading>,
}

impl Rules {
    /// These rules, ready to answer under.
    #[must_use]
    pub fn new(graph: Graph) -> Self {
        let form = Form::new(graph.book());
        Self { graph, form, days: Days::default() }
    }

    /// The compiled rules.
    #[must_use]
    pub const fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The form of a commission.
    #[must_use]
    pub const fn form(&self) -> &Form {
        &self.form
    }

    /// A short reply that can be given at once, in a few microseconds: to a commission in which all
    /// is as it should be and known well enough, on a day that has been asked about before. Else
    /// none, and a desk finds the reply.
    #[must_use]
    pub fn at_once(&self, text: &str, today: Date, fields: Fields) -> Option<String> {
        let is_short = match fields {
            Fields::Standing => true,
            Fields::Reasons => false,
            Fields::Answer | Fields::Everything => return None,
        };
        let commission = self.form.read_plain(self.graph.book(), text)?;
        let ready = self.days.get(commission.as_at.unwrap_or(today))?;
        ready.settled(&self.graph, &commission, is_short, &mut Reading::default())
    }
}

impl<'g> Desk<'g> {
    /// A desk that answers under these rules.
    #[must_use]
    pub fn new(rules: &'g Rules) -> Self {
        Self::with(rules, Almanac::new(&rules.graph))
    }

    fn with(rules: &'g Rules, almanac: Almanac<'g>) -> Self {
        Self { rules, almanac, ready: RefCell::default(), reading: RefCell::default() }
    }

    /// Another desk at the same rules, another thread's: it shares the logic of days with this one,
    /// whichever makes it.
    #[must_use]
    pub fn beside(&self) -> Self {
        Self::with(self.rules, self.almanac.clone())
    }

    /// Reads a commission.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn read(&self, text: &str) -> Result<Commission, Vec<Diagnostic>> {
        let book = self.rules.graph.book();
        if let Some(commission) = self.rules.form.read_plain(book, text) {
            return Ok(commission);
        }
        let (commission, diagnostics) = self.rules.form.read(book, text);
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Err(diagnostics);
        }
        Ok(commission)
    }

    /// Answers a commission as JSON on one line, without an end of line: as at the day it gives, or
    /// else as at `today`.
    #[must_use]
    pub fn answer(&self, commission: Commission, today: Date, fields: Fields) -> String {
        let as_at = commission.as_at.unwrap_or(today);
        let (graph, facts) = (&self.rules.graph, &commission.facts);
        match fields {
            Fields::Standing => self.short(&commission, as_at, true),
            Fields::Reasons => self.short(&commission, as_at, false),
            Fields::Answer => {
                let answer = self
                    .almanac
                    .day(as_at)
                    .map_or_else(|| decide(graph, facts, as_at), |day| day.decide(facts));
                report::line(&answer.about(commission.title), None)
            }
            Fields::Everything => {
                let (answer, insight) = self.explained(facts, as_at);
                report::line(&answer.about(commission.title), Some(&insight))
            }
        }
    }

    /// The standings, or the reasons too; what the circuit leaves open is asked of a proof.
    fn short(&self, commission: &Commission, as_at: Date, is_short: bool) -> String {
        let (graph, facts) = (&self.rules.graph, &commission.facts);
        let mut last = self.ready.borrow_mut();
        let ready = match &*last {
            Some((date, ready)) if *date == as_at => ready,
            _ => &last.insert((as_at, self.rules.days.day(graph, as_at))).1,
        };
        let settled = ready.settled(graph, commission, is_short, &mut self.reading.borrow_mut());
        settled.unwrap_or_else(|| {
            let standings = match (self.almanac.day(as_at), is_short) {
                (Some(day), true) => day.standings(facts),
                (Some(day), false) => day.reasons(facts),
                (None, true) => Trial::new(graph, facts, as_at).standings(),
                (None, false) => Trial::new(graph, facts, as_at).reasons(),
            };
            ready.said(&standings, commission, is_short)
        })
    }

    /// The answer to facts as at a day, with all that is proved: nothing is, where the rules of the
    /// day are too large for the budget.
    fn explained(&self, facts: &Facts, as_at: Date) -> (Answer<'g>, Insight) {
        self.almanac.day(as_at).map_or_else(
            || (decide(&self.rules.graph, facts, as_at), Insight::default()),
            |day| day.explain(facts),
        )
    }

    /// Answers a commission as a page, with all there is to say; as JSON on one line, where that is
    /// the shape.
    #[must_use]
    pub fn page(&self, commission: Commission, today: Date, shape: Shape) -> String {
        if shape == Shape::Json {
            return self.answer(commission, today, Fields::Everything);
        }
        let as_at = commission.as_at.unwrap_or(today);
        let (answer, insight) = self.explained(&commission.facts, as_at);
        let answer = answer.about(commission.title);
        match shape {
            Shape::Html => report::html(&answer, Some(&insight)),
            Shape::Json | Shape::Markdown => report::markdown(&answer, Some(&insight)),
        }
    }

    /// Reads a commission and answers it.
    ///
    /// # Errors
    /// All that is wrong with the commission.
    pub fn reply(
        &self,
        text: &str,
        today: Date,
        fields: Fields,
    ) -> Result<String, Vec<Diagnostic>> {
        Ok(self.answer(self.read(text)?, today, fields))
    }
}
