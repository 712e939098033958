//! How it stands with every route, in the wire's words.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::engine;
use super::from_answer::{citations, holds, standing};
use super::wire::{self, RouteReasons, RouteStanding, UndecidedKind};
use super::words::{self, Wording};
use crate::decide::{Advice, Basis, Known, Standing, Standings, Undecided};
use crate::graph::{Node, read_by};
use crate::pack::{Citation, Id, RouteId, Rulebook, Test};
use crate::quantity::{Date, InForce};

/// The standings on the wire, of a commission of this title.
pub(super) fn wire<'s>(
    standings: &'s Standings<'_>,
    title: Option<&'s str>,
    phrases: &'s Phrases,
) -> wire::Standings<'s> {
    let book = standings.graph.book();
    let routes = standings.routes.iter();
    let routes = routes.filter_map(|found| phrases.standing(book, found.route, found.standing));
    wire::Standings {
        as_at: &phrases.day,
        title,
        engine: engine(),
        recommended: recommended(book, standings.advice),
        undecided: undecided(standings.advice),
        routes: routes.collect(),
    }
}

/// The same with the reasons, in these words.
pub(super) fn reasons<'s>(
    standings: &'s Standings<'_>,
    title: Option<&'s str>,
    phrases: &'s Phrases,
) -> wire::Reasons<'s> {
    let book = standings.graph.book();
    let routes = standings.routes.iter().map(|found| {
        let telling = match found.standing {
            Standing::Open => Known::Yes,
            Standing::Barred => Known::No,
            Standing::Unsettled => Known::Unknown,
        };
        let told = found.reasons.iter().filter(|(_, holds)| *holds == telling);
        let told = told.filter_map(|(basis, holds)| phrases.get(book, found.route, *basis, *holds));
        RouteReasons {
            route: &book.routes[found.route].name,
            standing: standing(found.standing),
            reasons: told.collect(),
        }
    });
    wire::Reasons {
        as_at: &phrases.day,
        title,
        engine: engine(),
        recommended: recommended(book, standings.advice),
        undecided: undecided(standings.advice),
        routes: routes.collect(),
    }
}

fn recommended(book: &Rulebook, advice: Advice) -> Option<&str> {
    match advice {
        Advice::Take(route) => Some(&book.routes[route].name),
        Advice::NoRules | Advice::NoneLawful | Advice::Tie | Advice::Waits => None,
    }
}

const fn undecided(advice: Advice) -> Option<UndecidedKind> {
    match advice {
        Advice::Take(_) => None,
        Advice::NoRules => Some(UndecidedKind::NoRules),
        Advice::NoneLawful => Some(UndecidedKind::NoneLawful),
        Advice::Tie => Some(UndecidedKind::Tie),
        Advice::Waits => Some(UndecidedKind::Waits),
    }
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

/// What short replies say of every route as JSON, each phrase worded when it is first told and
/// kept.
#[derive(Debug)]
pub struct Phrases {
    as_at: Date,
    /// The date as JSON has it.
    day: String,
    /// By place of their routes.
    routes: Vec<RoutePhrases>,
    /// The bytes of the longest line made of them, the room that the next one will hardly outgrow.
    n_bytes_max: AtomicUsize,
}

/// A phrase in each of three values.
type Phrase = [OnceLock<Box<RawValue>>; 3];

/// What is said of a route.
#[derive(Debug, Default)]
struct RoutePhrases {
    standing: Phrase,
    /// A phrase for each thing that a reason may rest on.
    reasons: Vec<Phrase>,
}

/// The reasons of a route that are not tests: that its pack is in force and applies, that it is
/// in force itself, and that its tests come out so together.
const N_PLAIN: usize = 4;

impl Phrases {
    /// No phrase yet of the reasons under these rules at a date.
    #[must_use]
    pub fn new(book: &Rulebook, as_at: Date) -> Self {
        let routes = book.routes.rows().map(|route| {
            let n_reasons = N_PLAIN + route.tests.len();
            let reasons = std::iter::repeat_with(Default::default).take(n_reasons).collect();
            RoutePhrases { reasons, ..RoutePhrases::default() }
        });
        let (day, routes) = (as_at.to_string(), routes.collect());
        Self { as_at, day, routes, n_bytes_max: AtomicUsize::default() }
    }

    /// What is made of them, as JSON on one line.
    pub(super) fn line(&self, said: &impl Serialize) -> String {
        let n_bytes_max = self.n_bytes_max.load(Ordering::Relaxed);
        let mut line = Vec::with_capacity(n_bytes_max);
        // Strings, lists and whole numbers can't fail to be written.
        if serde_json::to_writer(&mut line, said).is_err() {
            return String::new();
        }
        // Written only while it grows: what threads write they wait for one another over.
        if line.len() > n_bytes_max {
            self.n_bytes_max.fetch_max(line.len(), Ordering::Relaxed);
        }
        String::from_utf8(line).unwrap_or_default()
    }

    fn standing(&self, book: &Rulebook, id: RouteId, stands: Standing) -> Option<&RawValue> {
        let value = match stands {
            Standing::Open => Known::Yes,
            Standing::Barred => Known::No,
            Standing::Unsettled => Known::Unknown,
        };
        kept(&self.routes.get(id.place())?.standing, value, || {
            let route = &book.routes[id].name;
            Some(RouteStanding { route, standing: standing(stands) })
        })
    }

    fn get(&self, book: &Rulebook, id: RouteId, basis: Basis, holds: Known) -> Option<&RawValue> {
        let place = match basis {
            Basis::PackInForce => 0,
            Basis::Gate => 1,
            Basis::RouteInForce => 2,
            Basis::Foreseen => 3,
            Basis::Test(place) => N_PLAIN + place,
        };
        let phrase = self.routes.get(id.place())?.reasons.get(place)?;
        kept(phrase, holds, || self.reason(book, id, basis, holds))
    }

    fn reason(
        &self,
        book: &Rulebook,
        id: RouteId,
        basis: Basis,
        known: Known,
    ) -> Option<wire::Reason> {
        let route = &book.routes[id];
        let pack = &book.packs[route.pack];
        Some(match basis {
            Basis::PackInForce => self.life(&pack.title, pack.in_force, &pack.citations, known),
            Basis::RouteInForce => self.life(&route.title, route.in_force, &route.citations, known),
            Basis::Gate => test(book, pack.gate.as_ref()?, known),
            Basis::Test(place) => test(book, route.tests.get(place)?, known),
            Basis::Foreseen => plain(words::foreseen(known), known, &[]),
        })
    }

    fn life(
        &self,
        title: &str,
        in_force: InForce,
        citations: &[Citation],
        known: Known,
    ) -> wire::Reason {
        let says = match known {
            Known::Yes => words::in_force(title, in_force, self.as_at),
            Known::No | Known::Unknown => words::out_of_force(title, in_force, self.as_at),
        };
        plain(&says, known, citations)
    }
}

/// A phrase as it was worded, now or before.
fn kept<T: Serialize>(
    phrase: &Phrase,
    value: Known,
    worded: impl FnOnce() -> Option<T>,
) -> Option<&RawValue> {
    let [yes, no, unknown] = phrase;
    let kept = match value {
        Known::Yes => yes,
        Known::No => no,
        Known::Unknown => unknown,
    };
    if kept.get().is_none() {
        // Another thread may have worded it meanwhile, in the same words.
        let _ = kept.set(to_raw_value(&worded()?).ok()?);
    }
    kept.get().map(AsRef::as_ref)
}

fn plain(says: &str, known: Known, cited: &[Citation]) -> wire::Reason {
    wire::Reason {
        says: says.to_owned(),
        holds: holds(known),
        facts: Vec::new(),
        decisions: Vec::new(),
        amounts: Vec::new(),
        citations: citations(cited),
    }
}

/// A test as the rules alone tell it.
fn test(book: &Rulebook, test: &Test, known: Known) -> wire::Reason {
    let wording = Wording::of_rules(book);
    let says = match known {
        Known::Yes => wording.test_found(test),
        Known::No => wording.test_refuted(test),
        Known::Unknown => wording.test(test),
    };
    let (mut facts, mut decisions, mut amounts) = (Vec::new(), Vec::new(), Vec::new());
    for node in read_by(test) {
        match node {
            Node::Fact(id) => facts.push(book.facts[id].name.clone()),
            Node::Decision(id) => decisions.push(book.decisions[id].name.clone()),
            Node::Amount(id) => amounts.push(book.amounts[id].name.clone()),
            Node::List(_)
            | Node::Route(_)
            | Node::Model(_)
            | Node::Document(_)
            | Node::Period(_) => {}
        }
    }
    let citations = citations(&test.citations);
    wire::Reason { says, holds: holds(known), facts, decisions, amounts, citations }
}
