//! What changes for a recorded commission, in words.

use super::from_differences::Books;
use super::{Recorded, wire};
use crate::decide::{Known, Standing};
use crate::pack::{ModelId, RouteId, Rulebook};
use crate::prove::Turned;
use crate::report::words;

/// A recorded commission with what changes for it.
pub(super) fn recorded(books: Books<'_>, recorded: &Recorded) -> wire::Commission {
    let changes = match &recorded.changes {
        Ok(turned) => turned.iter().map(|turned| said(books, turned)).collect(),
        Err(unread) => vec![unread.clone()],
    };
    wire::Commission {
        file: recorded.file.clone(),
        title: recorded.title.clone(),
        as_at: recorded.as_at.map(|day| day.to_string()),
        changes,
    }
}

fn said(books: Books<'_>, turned: &Turned) -> String {
    match turned {
        Turned::Recommendation(before, after) => recommendation(books, *before, *after),
        Turned::Standing(two, before, after) => {
            let title = books.of_two(*two, |book, id| book.routes[id].title.as_str());
            let title = title.unwrap_or_default();
            format!("“{title}” is {}, where it was {}.", standing(*after), standing(*before))
        }
        Turned::Outcomes(two, before, after) => {
            let question = books.of_two(*two, |book, id| book.decisions[id].title.as_str());
            let outcomes = |book: &Rulebook, id: Option<_>, outcomes: &[usize]| {
                let said = id.map(|id| words::decision_said(book, id, outcomes));
                said.unwrap_or_else(|| "nothing".to_owned())
            };
            let (before, after) =
                (outcomes(books.old, two.old, before), outcomes(books.new, two.new, after));
            format!("“{}”: {after}, no longer {before}.", question.unwrap_or_default())
        }
        Turned::Needed(two, _, after) => {
            let title = books.of_two(*two, |book, id| book.documents[id].title.as_str());
            let title = title.unwrap_or_default();
            match after {
                Known::Yes => format!("“{title}” is needed now."),
                Known::No => format!("“{title}” is no longer needed."),
                Known::Unknown => format!("“{title}” may be needed now."),
            }
        }
    }
}

type Taken = Option<(RouteId, Option<ModelId>)>;

fn recommendation(books: Books<'_>, before: Taken, after: Taken) -> String {
    let said = |book: &Rulebook, taken: Taken| {
        let (route, model) = taken?;
        let route = &book.routes[route].title;
        Some(match model {
            Some(model) => format!("“{route}” for “{}”", book.models[model].title),
            None => format!("“{route}”"),
        })
    };
    match (said(books.old, before), said(books.new, after)) {
        (Some(before), Some(after)) => {
            format!("{after} is recommended, where it was {before}.")
        }
        (None, Some(after)) => format!("{after} is recommended, where nothing was."),
        (Some(before), None) => format!("Nothing is recommended, where it was {before}."),
        (None, None) => "Nothing is recommended.".to_owned(),
    }
}

const fn standing(standing: Option<Standing>) -> &'static str {
    match standing {
        Some(Standing::Open) => "open",
        Some(Standing::Barred) => "barred",
        Some(Standing::Unsettled) => "unsettled",
        None => "no route at all",
    }
}
