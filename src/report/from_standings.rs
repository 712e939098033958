//! How it stands with every route, in the wire's words.

use super::wire::{self, RouteStanding, UndecidedKind};
use super::{engine, from_answer::standing};
use crate::decide::{Recommendation, Standings, Undecided};

/// The standings on the wire, of a commission of this title.
pub(super) fn wire(standings: &Standings<'_>, title: Option<String>) -> wire::Standings {
    let book = standings.graph.book();
    let name = |route| book.routes[route].name.clone();
    let (recommended, undecided) = match &standings.recommendation {
        Recommendation::Take { route, .. } => (Some(name(*route)), None),
        Recommendation::Undecided(undecided) => (None, Some(kind(undecided))),
    };
    let routes = standings.routes.iter();
    let routes = routes
        .map(|(route, how)| RouteStanding { route: name(*route), standing: standing(*how) })
        .collect();
    let as_at = standings.as_at.to_string();
    wire::Standings { as_at, title, engine: engine(), recommended, undecided, routes }
}

/// Why nothing is recommended, as a word.
pub(super) const fn kind(undecided: &Undecided) -> UndecidedKind {
    match undecided {
        Undecided::NoRules => UndecidedKind::NoRules,
        Undecided::NoneLawful => UndecidedKind::NoneLawful,
        Undecided::Tie(_) => UndecidedKind::Tie,
        Undecided::Waits(..) => UndecidedKind::Waits,
    }
}
