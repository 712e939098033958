//! `clearway decide`

use std::path::Path;

use super::args::{AnswerFormat, Decide};
use super::console::{Complaints, Console};
use super::exit::Exit;
use super::receipts::private_key;
use super::rules;
use crate::decide::{Answer, Recommendation, Undecided};
use crate::desk::Fields;
use crate::facts::{Commission, Form};
use crate::graph::Graph;
use crate::quantity::Date;
use crate::receipt::{Receipt, with_receipt};
use crate::report::{self, Look};
use crate::source::Sources;

/// Answers a commission.
pub(super) fn decide(args: &Decide, console: &mut Console<'_>) -> Exit {
    let form = match args.format {
        AnswerFormat::Text | AnswerFormat::Markdown => Complaints::Words,
        AnswerFormat::Json => Complaints::Json,
    };
    let graph = match rules::graph_or(form, &args.rules, console) {
        Ok(graph) => graph,
        Err(exit) => return exit,
    };
    let commission = match commission(&args.commission, &graph, form, console) {
        Ok(commission) => commission,
        Err(exit) => return exit,
    };
    let as_at = args.as_at.or(commission.as_at).unwrap_or(console.today);
    if args.receipt {
        return receipted(args, &graph, &commission, as_at, console);
    }
    let (answer, insight) = if args.fast {
        (crate::answer_alone(&graph, &commission.facts, as_at), None)
    } else {
        let (answer, insight) = crate::answer(&graph, &commission.facts, as_at);
        (answer, Some(insight))
    };
    let (answer, insight) = (answer.about(commission.title), insight.as_ref());
    let page = match args.format {
        AnswerFormat::Text => {
            let look = Look { width: console.width, is_coloured: console.is_coloured };
            report::text(&answer, insight, look)
        }
        AnswerFormat::Json => report::json(&answer, insight),
        AnswerFormat::Markdown => report::markdown(&answer, insight),
    };
    console.say(&page);
    ending(&answer)
}

/// Answers a commission with a receipt.
fn receipted(
    args: &Decide,
    graph: &Graph,
    commission: &Commission,
    as_at: Date,
    console: &mut Console<'_>,
) -> Exit {
    if !matches!(args.format, AnswerFormat::Json) {
        console.complain("error: `--receipt` is part of a JSON answer: add `--format json`\n");
        return Exit::Misuse;
    }
    let key =
        args.sign.as_ref().map(|path| private_key(path, Complaints::Json, console)).transpose();
    let key = match key {
        Ok(key) => key,
        Err(exit) => return exit,
    };
    let (fields, answer, insight) = if args.fast {
        (Fields::Answer, crate::answer_alone(graph, &commission.facts, as_at), None)
    } else {
        let (answer, insight) = crate::answer(graph, &commission.facts, as_at);
        (Fields::Everything, answer, Some(insight))
    };
    let answer = answer.about(commission.title.clone());
    let line = report::line(&answer, insight.as_ref());
    let receipt = Receipt::of(graph.book(), commission, as_at, fields, &line);
    let receipt = match &key {
        Some(key) => receipt.signed(key),
        None => receipt,
    };
    let whole = with_receipt(&line, &receipt);
    let laid_out = serde_json::from_str::<serde_json::Value>(&whole);
    console.say(&laid_out.map_or(whole, |json| format!("{json:#}\n")));
    ending(&answer)
}

/// How a command ends that gives this answer.
fn ending(answer: &Answer<'_>) -> Exit {
    match &answer.recommendation {
        Recommendation::Take { .. } => Exit::Answered,
        Recommendation::Undecided(Undecided::NoRules) => Exit::NoRules,
        Recommendation::Undecided(Undecided::NoneLawful) => Exit::NoLawfulRoute,
        Recommendation::Undecided(Undecided::Tie(_) | Undecided::Waits(..)) => Exit::Unsettled,
    }
}

/// Reads a file, or standard input for `-`; complains in this form.
pub(super) fn text(
    path: &Path,
    form: Complaints,
    console: &mut Console<'_>,
) -> Result<String, Exit> {
    let text = if path == Path::new("-") {
        crate::as_utf8(console.hear()?, "standard input")
    } else {
        crate::read(path)
    };
    text.map_err(|diagnostic| {
        let is_unreadable = diagnostic.code == crate::diagnostic::Code::CannotRead;
        console.report_as(form, &[*diagnostic], &Sources::default());
        if is_unreadable { Exit::CannotRead } else { Exit::BadInput }
    })
}

/// Reads a commission from a file, or from standard input for `-`; complains in this form.
pub(super) fn commission(
    path: &Path,
    graph: &Graph,
    form: Complaints,
    console: &mut Console<'_>,
) -> Result<Commission, Exit> {
    let text = text(path, form, console)?;
    let book = graph.book();
    let (commission, diagnostics) = Form::new(book).read(book, &text);
    console.report_as(form, &diagnostics, &Sources::default());
    let has_errors = diagnostics.iter().any(crate::diagnostic::Diagnostic::is_error);
    if has_errors { Err(Exit::BadInput) } else { Ok(commission) }
}
