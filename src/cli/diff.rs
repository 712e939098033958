//! `clearway diff`

use std::path::{Path, PathBuf};

use super::args::{AnswerFormat, Diff};
use super::console::Console;
use super::exit::Exit;
use super::rules;
use crate::diagnostic::Diagnostic;
use crate::facts::{Commission, Form};
use crate::graph::Graph;
use crate::prove::{Compared, Differences, changes_between, differences, differences_between};
use crate::quantity::Date;
use crate::report::{self, Comparison, Look, Recorded};
use crate::source::Sources;

/// Says what differs between two versions of rules, or between two dates of one.
pub(super) fn diff(args: &Diff, console: &mut Console<'_>) -> Exit {
    match compare(args, console) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn compare(args: &Diff, console: &mut Console<'_>) -> Result<Exit, Exit> {
    match (&args.old, &args.new, args.from, args.to) {
        (Some(old), Some(new), _, _) => {
            // What is wrong with each is told, before it ends.
            let (before, after) = (version(old, console), version(new, console));
            let (before, after) = (before?, after?);
            let found = differences(&before, &after);
            let names = (old.display().to_string(), new.display().to_string());
            tell(args, names, &found, console)
        }
        (_, _, Some(from), Some(to)) => {
            let graph = rules::graph(&args.rules, console)?;
            let found = differences_between(&graph, from, to);
            let places: Vec<String> =
                args.rules.iter().map(|place| place.display().to_string()).collect();
            let name = if places.is_empty() { EMBEDDED.to_owned() } else { places.join(" and ") };
            tell(args, (name.clone(), name), &found, console)
        }
        // The command line asks for the one pair or the other.
        _ => Ok(Exit::Misuse),
    }
}

/// What the embedded rules are called.
const EMBEDDED: &str = "embedded";

/// The rules of one version, compiled.
fn version(place: &PathBuf, console: &mut Console<'_>) -> Result<Graph, Exit> {
    let is_embedded = place == Path::new(EMBEDDED);
    let places = if is_embedded { &[] } else { std::slice::from_ref(place) };
    rules::graph(places, console)
}

fn tell(
    args: &Diff,
    (old, new): (String, String),
    differences: &Differences<'_>,
    console: &mut Console<'_>,
) -> Result<Exit, Exit> {
    let recorded = match &args.cases {
        Some(folder) => Some(recorded(folder, differences, console)?),
        None => None,
    };
    let comparison = Comparison { old, new, differences, recorded };
    let page = match args.format {
        AnswerFormat::Text => {
            let look = Look { width: console.width, is_coloured: console.is_coloured };
            report::differences_text(&comparison, look)
        }
        AnswerFormat::Json => report::differences_json(&comparison),
        AnswerFormat::Markdown => report::differences_markdown(&comparison),
    };
    console.say(&page);
    let has_changed =
        |recorded: &Recorded| recorded.changes.as_ref().map_or(true, |changes| !changes.is_empty());
    let is_case_changed = comparison.recorded.iter().flatten().any(has_changed);
    Ok(match (differences.is_different() || is_case_changed, differences.is_same()) {
        (true, _) => Exit::Found,
        (false, true) => Exit::Answered,
        (false, false) => Exit::Unsettled,
    })
}

/// The recorded commissions of a folder, each put to both.
fn recorded(
    folder: &Path,
    differences: &Differences<'_>,
    console: &mut Console<'_>,
) -> Result<Vec<Recorded>, Exit> {
    let files = crate::commissions_in(folder).map_err(|diagnostics| {
        console.report(&diagnostics, &Sources::default());
        let exit = rules::unread(&diagnostics);
        if exit == Exit::BadRules { Exit::BadInput } else { exit }
    })?;
    let (old, new) = (differences.old, differences.new);
    let forms = (Form::new(old.book()), Form::new(new.book()));
    let mut all = Vec::new();
    for (file, text) in files {
        let before = read(&forms.0, old, &text);
        let after = read(&forms.1, new, &text);
        let as_at = |commission: &Commission| commission.as_at.unwrap_or(console.today);
        let recorded = match (before, after) {
            (Ok(before), Ok(after)) => {
                let (first, second) = match differences.compared {
                    Compared::Versions => (as_at(&before), as_at(&after)),
                    Compared::Dates(from, to) => (from, to),
                };
                let answers = (
                    crate::decide(old, &before.facts, first),
                    crate::decide(new, &after.facts, second),
                );
                let changes = Ok(changes_between(&answers.0, &answers.1));
                let as_at: Option<Date> =
                    (differences.compared == Compared::Versions).then_some(second);
                Recorded { file, title: after.title, as_at, changes }
            }
            (Err(diagnostics), Err(_)) => {
                console.complain(&format!("{file}:\n"));
                console.report(&diagnostics, &Sources::default());
                return Err(Exit::BadInput);
            }
            (Ok(before), Err(diagnostics)) => {
                let changes = Err(unread("The new rules", &diagnostics));
                Recorded { file, title: before.title, as_at: before.as_at, changes }
            }
            (Err(diagnostics), Ok(after)) => {
                let changes = Err(unread("The old rules", &diagnostics));
                Recorded { file, title: after.title, as_at: after.as_at, changes }
            }
        };
        all.push(recorded);
    }
    Ok(all)
}

fn read(form: &Form, graph: &Graph, text: &str) -> Result<Commission, Vec<Diagnostic>> {
    let (commission, diagnostics) = form.read(graph.book(), text);
    if diagnostics.iter().any(Diagnostic::is_error) { Err(diagnostics) } else { Ok(commission) }
}

/// That one version can't read a commission, and why.
fn unread(whose: &str, diagnostics: &[Diagnostic]) -> String {
    let error = diagnostics.iter().find(|diagnostic| diagnostic.is_error());
    let why = error.map(|error| error.message.as_str()).unwrap_or_default();
    format!("{whose} can't read it: {why}.")
}
