//! Holds an answer against every world that its facts leave possible.

use std::collections::BTreeMap;

use clearway::decide::{
    Answer, ChecklistItem, Ground, Known, Recommendation, RouteFinding, Standing, Undecided,
};
use clearway::graph::Graph;
use clearway::pack::{DecisionId, DocumentId, ModelId, PackId, RouteId, Rulebook};

use super::naive::World;

/// Something that is true or false in a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    InForce(PackId),
    Gate(PackId),
    Case(DecisionId, usize),
    Outcome(DecisionId, usize),
    Test(RouteId, usize),
    Open(RouteId),
    Fits(ModelId),
    Needed(DocumentId, RouteId),
    Forbidden(DocumentId, RouteId),
    Recommended(RouteId),
}

/// Which claims are true, by their places.
type Truths = [u64; 8];

/// Every claim that the rules can make, each with its place.
#[derive(Debug)]
pub(super) struct Claims {
    places: BTreeMap<Claim, usize>,
}

/// What is true in all of some worlds, and what in any of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    all: Truths,
    any: Truths,
}

impl Claims {
    pub(super) fn new(book: &Rulebook) -> Self {
        let mut claims: Vec<Claim> = Vec::new();
        claims.extend(book.packs.ids().flat_map(|pack| [Claim::InForce(pack), Claim::Gate(pack)]));
        for (id, decision) in book.decisions.iter() {
            claims.extend((0..decision.cases.len()).map(|case| Claim::Case(id, case)));
            claims.extend((0..decision.outcomes.len()).map(|outcome| Claim::Outcome(id, outcome)));
        }
        for (id, route) in book.routes.iter() {
            claims.extend((0..route.tests.len()).map(|test| Claim::Test(id, test)));
            claims.extend([Claim::Open(id), Claim::Recommended(id)]);
            claims.extend(book.documents.ids().map(|document| Claim::Needed(document, id)));
            claims.extend(book.documents.ids().map(|document| Claim::Forbidden(document, id)));
        }
        claims.extend(book.models.ids().map(Claim::Fits));
        assert!(claims.len() <= Truths::default().len() * 64, "a small pack makes few claims");
        Self {
            places: claims.into_iter().enumerate().map(|(place, claim)| (claim, place)).collect(),
        }
    }

    /// What is true in a world.
    pub(super) fn truths(&self, world: &World<'_>) -> Truths {
        let mut truths = Truths::default();
        for (claim, place) in &self.places {
            if let (true, Some(word)) = (is_true(world, *claim), truths.get_mut(place / 64)) {
                *word |= 1 << (place % 64);
            }
        }
        truths
    }

    /// Says where the answer claims more than its worlds bear out.
    pub(super) fn contradicted(&self, answer: &Answer<'_>, worlds: &Span) -> Option<String> {
        claimed(answer).into_iter().find_map(|(claim, known)| {
            let place = *self.places.get(&claim)?;
            let (in_all, in_any) = (is_set(&worlds.all, place), is_set(&worlds.any, place));
            let is_borne_out = match known {
                Known::Yes => in_all,
                Known::No => !in_any,
                Known::Unknown => true,
            };
            let truth = match (in_all, in_any) {
                (true, _) => "it is true in every world",
                (false, true) => "it is true in some worlds only",
                (false, false) => "it is false in every world",
            };
            (!is_borne_out).then(|| {
                format!("the answer says {known:?} of {}: {truth}", said(answer.graph, claim))
            })
        })
    }
}

/// Says where the answer differs from the one world that its facts leave.
pub(super) fn contradicted_in(world: &World<'_>, answer: &Answer<'_>) -> Option<String> {
    claimed(answer).into_iter().find_map(|(claim, holds)| {
        let truth = is_true(world, claim);
        let said =
            || format!("the answer says {holds:?} of {}: it is {truth}", said(answer.graph, claim));
        (holds != known(truth)).then(said)
    })
}

fn is_true(world: &World<'_>, claim: Claim) -> bool {
    match claim {
        Claim::InForce(pack) => world.is_in_force(pack),
        Claim::Gate(pack) => world.gate(pack) == Some(true),
        Claim::Case(decision, case) => world.case(decision, case) == Some(true),
        Claim::Outcome(decision, outcome) => world.outcome(decision) == Some(outcome),
        Claim::Test(route, test) => {
            let test = world.book().routes[route].tests.get(test);
            let owner = world.book().routes[route].pack;
            test.is_none_or(|test| world.passes_in(owner, test, None) == Some(true))
        }
        Claim::Open(route) => world.is_open(route),
        Claim::Fits(model) => world.fits(model) == Some(true),
        Claim::Needed(document, route) => world.needs(document, route) == Some(true),
        Claim::Forbidden(document, route) => world.forbids(document, route),
        Claim::Recommended(route) => world.recommended() == Some(route),
    }
}

impl Span {
    pub(super) fn of(worlds: impl Iterator<Item = Truths>) -> Self {
        let mut span = Self { all: [u64::MAX; 8], any: Truths::default() };
        for truths in worlds {
            for ((all, any), word) in span.all.iter_mut().zip(&mut span.any).zip(truths) {
                *all &= word;
                *any |= word;
            }
        }
        span
    }
}

fn is_set(truths: &Truths, place: usize) -> bool {
    truths.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
}

/// Everything that an answer says, as claims.
pub(super) fn claimed(answer: &Answer<'_>) -> Vec<(Claim, Known)> {
    let book = answer.graph.book();
    let mut claims = Vec::new();
    for pack in &answer.packs {
        claims.push((Claim::InForce(pack.pack), known(pack.is_in_force)));
        claims.extend(pack.gate.as_ref().map(|gate| (Claim::Gate(pack.pack), gate.holds)));
    }
    for finding in &answer.decisions {
        claims.extend(
            finding.cases.iter().map(|case| (Claim::Case(finding.decision, case.case), case.holds)),
        );
        for outcome in 0..book.decisions[finding.decision].outcomes.len() {
            let holds = match (finding.possible.contains(&outcome), finding.possible.len()) {
                (false, _) => Known::No,
                (true, 1) => Known::Yes,
                (true, _) => Known::Unknown,
            };
            claims.push((Claim::Outcome(finding.decision, outcome), holds));
        }
    }
    for finding in &answer.routes {
        claims.extend(tests_claimed(book, finding));
        let open = match finding.standing {
            Standing::Open => Known::Yes,
            Standing::Barred => Known::No,
            Standing::Unsettled => Known::Unknown,
        };
        claims.push((Claim::Open(finding.route), open));
        claims.push((Claim::Recommended(finding.route), recommended(answer, finding.route)));
    }
    claims.extend(answer.models.iter().map(|finding| (Claim::Fits(finding.model), finding.fits)));
    claims.extend(documents_claimed(answer));
    claims
}

const fn known(is_true: bool) -> Known {
    if is_true { Known::Yes } else { Known::No }
}

fn tests_claimed(book: &Rulebook, finding: &RouteFinding<'_>) -> Vec<(Claim, Known)> {
    let tests = &book.routes[finding.route].tests;
    let claims = finding.tests.iter().filter_map(|test| match test.ground {
        Ground::Test(own) => {
            let place = tests.iter().position(|other| std::ptr::eq(other, own))?;
            Some((Claim::Test(finding.route, place), test.holds))
        }
        Ground::PackInForce(pack) => Some((Claim::InForce(pack), test.holds)),
        Ground::Gate(_) => Some((Claim::Gate(book.routes[finding.route].pack), test.holds)),
        Ground::RouteInForce(_) | Ground::Foreseen => None,
    });
    claims.collect()
}

/// Whether this route is the one. A tie may yet be broken by a fact; no lawful route stays none.
fn recommended(answer: &Answer<'_>, route: RouteId) -> Known {
    match &answer.recommendation {
        Recommendation::Take { route: taken, .. } => known(*taken == route),
        Recommendation::Undecided(Undecided::NoRules | Undecided::NoneLawful) => Known::No,
        Recommendation::Undecided(Undecided::Tie(_)) => {
            let is_all_known = answer.facts.iter().count() == answer.graph.book().facts.len();
            if is_all_known { Known::No } else { Known::Unknown }
        }
        Recommendation::Undecided(Undecided::Waits(..)) => Known::Unknown,
    }
}

/// The routes that the checklist is for.
fn candidates(answer: &Answer<'_>) -> Vec<RouteId> {
    match &answer.recommendation {
        Recommendation::Take { route, .. } => vec![*route],
        Recommendation::Undecided(Undecided::Tie(routes) | Undecided::Waits(routes, _)) => {
            routes.clone()
        }
        Recommendation::Undecided(Undecided::NoRules | Undecided::NoneLawful) => Vec::new(),
    }
}

/// A document on the list for sure is needed, or forbidden, on every candidate route, one not there
/// on none.
fn documents_claimed(answer: &Answer<'_>) -> Vec<(Claim, Known)> {
    let candidates = candidates(answer);
    let mut claims = Vec::new();
    for document in answer.graph.book().documents.ids() {
        let listed = answer.checklist.iter().find_map(|item| match item {
            ChecklistItem::Document(finding) if finding.document == document => Some(finding),
            ChecklistItem::Document(_)
            | ChecklistItem::Forbidden(_)
            | ChecklistItem::RecordReasons(_) => None,
        });
        let banned = answer.checklist.iter().find_map(|item| match item {
            ChecklistItem::Forbidden(finding) if finding.document == document => Some(finding),
            ChecklistItem::Document(_)
            | ChecklistItem::Forbidden(_)
            | ChecklistItem::RecordReasons(_) => None,
        });
        let listed = listed.map(|finding| (finding.needed, finding.routes.as_slice()));
        let banned = banned.map(|finding| (finding.forbidden, finding.routes.as_slice()));
        for route in &candidates {
            let on_route = |found| claimed_on(found, *route, candidates.len());
            claims.extend(on_route(listed).map(|known| (Claim::Needed(document, *route), known)));
            claims
                .extend(on_route(banned).map(|known| (Claim::Forbidden(document, *route), known)));
        }
    }
    claims
}

/// What is claimed of a document on a route; nothing where it is so only on some routes.
fn claimed_on(
    found: Option<(Known, &[RouteId])>,
    route: RouteId,
    n_candidates: usize,
) -> Option<Known> {
    match found {
        None => Some(Known::No),
        Some((_, routes)) if !routes.contains(&route) => Some(Known::No),
        Some((Known::Unknown, _)) if n_candidates > 1 => None,
        Some((known, _)) => Some(known),
    }
}

/// A claim in words that don't depend on the order of the rules.
pub(super) fn said(graph: &Graph, claim: Claim) -> String {
    let book = graph.book();
    match claim {
        Claim::InForce(pack) => format!("`{}` being in force", book.packs[pack].name),
        Claim::Gate(pack) => format!("the gate of `{}`", book.packs[pack].name),
        Claim::Case(decision, case) => {
            format!("case {case} of `{}`", book.decisions[decision].name)
        }
        Claim::Outcome(decision, outcome) => {
            let name = book.outcome(decision, outcome).map_or("", |outcome| &outcome.name);
            format!("`{} is {name}`", book.decisions[decision].name)
        }
        Claim::Test(route, test) => {
            let cited = book.routes[route].tests.get(test).and_then(|test| test.citations.first());
            format!(
                "the test of `{}` at {}",
                book.routes[route].name,
                cited.map_or("", |cited| &cited.label)
            )
        }
        Claim::Open(route) => format!("`{}` being open", book.routes[route].name),
        Claim::Fits(model) => format!("`{}` fitting", book.models[model].name),
        Claim::Needed(document, route) => {
            format!(
                "`{}` being needed on `{}`",
                book.documents[document].name, book.routes[route].name
            )
        }
        Claim::Forbidden(document, route) => {
            format!(
                "`{}` being forbidden on `{}`",
                book.documents[document].name, book.routes[route].name
            )
        }
        Claim::Recommended(route) => format!("`{}` being recommended", book.routes[route].name),
    }
}
