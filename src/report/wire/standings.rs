//! How it stands with every route, without the reasons: a line of a stream, a quick reply.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Engine, Standing, UndecidedKind};

/// How it stands with every route at a date, without the reasons.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Standings {
    /// The date asked about.
    pub(in crate::report) as_at: String,
    /// What the commission is called; null where it has no title.
    pub(in crate::report) title: Option<String>,
    /// What made this.
    pub(in crate::report) engine: Engine,
    /// The name of the route recommended; null where none is.
    pub(in crate::report) recommended: Option<String>,
    /// Why none is recommended, as a word; null where one is.
    pub(in crate::report) undecided: Option<UndecidedKind>,
    /// Every route there are rules for.
    pub(in crate::report) routes: Vec<RouteStanding>,
}

/// How it stands with a route.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct RouteStanding {
    /// Its name.
    pub(in crate::report) route: String,
    /// Whether it may be used.
    pub(in crate::report) standing: Standing,
}
