//! How it stands with every route, with or without the reasons: a line of a stream, a quick reply.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::value::RawValue;

use super::{Citation, Engine, Holds, Standing, UndecidedKind};

/// How it stands with every route at a date, without the reasons.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Standings<'s> {
    /// The date asked about.
    pub(in crate::report) as_at: &'s str,
    /// What the commission is called; null where it has no title.
    pub(in crate::report) title: Option<&'s str>,
    /// What made this.
    pub(in crate::report) engine: Engine,
    /// The name of the route recommended; null where none is.
    pub(in crate::report) recommended: Option<&'s str>,
    /// Why none is recommended, as a word; null where one is.
    pub(in crate::report) undecided: Option<UndecidedKind>,
    /// Every route there are rules for.
    #[schemars(with = "Vec<RouteStanding<'static>>")]
    pub(in crate::report) routes: Vec<&'s RawValue>,
}

/// How it stands with every route at a date, and what makes it so.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Reasons<'s> {
    /// The date asked about.
    pub(in crate::report) as_at: &'s str,
    /// What the commission is called; null where it has no title.
    pub(in crate::report) title: Option<&'s str>,
    /// What made this.
    pub(in crate::report) engine: Engine,
    /// The name of the route recommended; null where none is.
    pub(in crate::report) recommended: Option<&'s str>,
    /// Why none is recommended, as a word; null where one is.
    pub(in crate::report) undecided: Option<UndecidedKind>,
    /// Every route there are rules for.
    pub(in crate::report) routes: Vec<RouteReasons<'s>>,
}

/// How it stands with a route.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct RouteStanding<'s> {
    /// Its name.
    pub(in crate::report) route: &'s str,
    /// Whether it may be used.
    pub(in crate::report) standing: Standing,
}

/// How it stands with a route, and what makes it so.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct RouteReasons<'s> {
    /// Its name.
    pub(in crate::report) route: &'s str,
    /// Whether it may be used.
    pub(in crate::report) standing: Standing,
    /// What makes it so: of an open route all that must hold, of a barred one what fails, of an
    /// unsettled one what waits for facts.
    #[schemars(with = "Vec<Reason>")]
    pub(in crate::report) reasons: Vec<&'s RawValue>,
}

/// One thing that must hold for a route, as the rules alone tell it.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Reason {
    /// What is so, as a sentence; what must hold, where that waits for facts.
    pub(in crate::report) says: String,
    /// Whether what must hold for the route does.
    pub(in crate::report) holds: Holds,
    /// The names of the facts that it reads.
    pub(in crate::report) facts: Vec<String>,
    /// The names of the questions of law that it rests on.
    pub(in crate::report) decisions: Vec<String>,
    /// The names of the figures fixed by law that it reads.
    pub(in crate::report) amounts: Vec<String>,
    /// Where the law says so.
    pub(in crate::report) citations: Vec<Citation>,
}
