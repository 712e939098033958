//! An answer in short lines, as the pages of the reference expect it.

use clearway::decide::{
    Answer, ChecklistItem, DocumentFinding, Ground, Known, Missing, Recommendation, Standing,
    TestFinding, Undecided,
};
use clearway::pack::{Citation, EventRef, FactId, RouteId, Rulebook, Thing};
use clearway::quantity::{Beginning, Date};

/// The lines of an answer under the headings that an expected block has, each heading once; those
/// of every decision, every route and the recommendation where it has none.
pub(super) fn lines(answer: &Answer<'_>, expected: &str) -> String {
    let mut headings: Vec<String> = Vec::new();
    for line in expected.lines() {
        let heading = line.split_once(':').map_or(line, |(heading, _)| heading).trim().to_owned();
        if !headings.contains(&heading) {
            headings.push(heading);
        }
    }
    if headings.is_empty() {
        headings = usual(answer);
    }
    let said = |heading: &String| match told(answer, heading) {
        Some(said) => said.iter().map(|said| format!("{heading}: {said}\n")).collect(),
        None => format!("{heading}: nothing is called so\n"),
    };
    headings.iter().map(said).collect()
}

fn usual(answer: &Answer<'_>) -> Vec<String> {
    let book = answer.graph.book();
    let decisions = book.decisions.rows().map(|decision| format!("decision {}", decision.name));
    let routes = book.routes.rows().map(|route| format!("route {}", route.name));
    decisions.chain(routes).chain(["recommendation".to_owned()]).collect()
}

/// What an answer says under a heading such as `route open_procedure`, a line each.
fn told(answer: &Answer<'_>, heading: &str) -> Option<Vec<String>> {
    let book = answer.graph.book();
    let (kind, name) = heading.split_once(' ').unwrap_or((heading, ""));
    let one = |said: String| Some(vec![said]);
    match (kind, book.names.get(name)) {
        ("decision", Some(Thing::Decision(id))) => {
            let finding = answer.decisions.iter().find(|finding| finding.decision == *id);
            let outcomes = finding.into_iter().flat_map(|finding| &finding.possible);
            let names = outcomes.filter_map(|outcome| book.outcome(*id, *outcome));
            one(listed(names.map(|outcome| outcome.name.clone()), "no case in force"))
        }
        ("route", Some(Thing::Route(id))) => one(standing(answer, *id).to_owned()),
        ("why", Some(Thing::Route(id))) => one(why(answer, *id)),
        ("missing", Some(Thing::Route(id))) => one(missing(answer, *id)),
        ("links", Some(Thing::Route(id))) => Some(links(answer, *id)),
        ("told", Some(Thing::Route(id))) => Some(words(answer, *id)),
        ("model", Some(Thing::Model(id))) => {
            let finding = answer.models.iter().find(|finding| finding.model == *id)?;
            one(known(finding.fits).to_owned())
        }
        ("carriers", Some(Thing::Model(id))) => {
            let finding = answer.models.iter().find(|finding| finding.model == *id)?;
            let routes =
                finding.carried_by.iter().map(|(route, _)| book.routes[*route].name.clone());
            one(listed(routes, "none"))
        }
        ("gates", Some(Thing::Model(id))) => {
            let finding = answer.models.iter().find(|finding| finding.model == *id)?;
            one(listed(finding.gates.iter().map(|gate| known(gate.holds).to_owned()), "none"))
        }
        ("document", Some(Thing::Document(_))) => one(document(answer, name)),
        ("date", Some(Thing::Event(id))) => one(date(answer, EventRef::Event(*id))),
        ("date", Some(Thing::Document(id))) => one(date(answer, EventRef::Document(*id))),
        ("period", Some(Thing::Period(id))) => {
            let found = answer.timetable.periods.iter().find(|finding| finding.period == *id);
            one(found.map_or_else(
                || "none".to_owned(),
                |finding| {
                    let past = if finding.is_past_calendar { ", past the calendar" } else { "" };
                    format!("{} to {}{past}", day(finding.starts), day(finding.ends))
                },
            ))
        }
        ("recommendation", None) if name.is_empty() => one(recommendation(answer)),
        ("questions", None) if name.is_empty() => {
            one(names(book, answer.questions.iter().map(|question| question.fact)))
        }
        ("reasons", None) if name == "to record" => {
            let judged = answer.checklist.iter().filter_map(|item| match item {
                ChecklistItem::RecordReasons(fact) => Some(*fact),
                ChecklistItem::Document(_) | ChecklistItem::Forbidden(_) => None,
            });
            one(names(book, judged))
        }
        ("coming", None) if name.is_empty() => {
            let days = answer.coming.iter().map(|coming| match coming.from {
                Beginning::On(day) => day.to_string(),
                Beginning::NotAppointed => "a day to be appointed".to_owned(),
                Beginning::Always => "the beginning".to_owned(),
            });
            one(listed(days, "nothing"))
        }
        ("doubt", None) if name.is_empty() => {
            let doubts: Vec<String> =
                answer.doubts.iter().map(|doubt| doubt.words.clone()).collect();
            Some(if doubts.is_empty() { vec!["none".to_owned()] } else { doubts })
        }
        _ => None,
    }
}

fn standing(answer: &Answer<'_>, route: RouteId) -> &'static str {
    let finding = answer.routes.iter().find(|finding| finding.route == route);
    match finding.map(|finding| finding.standing) {
        Some(Standing::Open) => "open",
        Some(Standing::Barred) => "barred",
        Some(Standing::Unsettled) => "unsettled",
        None => "not considered",
    }
}

/// The tests that make a route's standing what it is.
fn decisive<'a, 'g>(answer: &'a Answer<'g>, route: RouteId) -> Vec<&'a TestFinding<'g>> {
    let Some(finding) = answer.routes.iter().find(|finding| finding.route == route) else {
        return Vec::new();
    };
    let wanted = match finding.standing {
        Standing::Open => Known::Yes,
        Standing::Barred => Known::No,
        Standing::Unsettled => Known::Unknown,
    };
    finding.tests.iter().filter(|test| test.holds == wanted).collect()
}

/// The citations of the tests that make a route's standing what it is, and of the limbs in them.
fn why(answer: &Answer<'_>, route: RouteId) -> String {
    let book = answer.graph.book();
    let label = |citation: &Citation| citation.label.clone();
    let cited = decisive(answer, route).into_iter().filter_map(|test| match test.ground {
        Ground::PackInForce(_) | Ground::RouteInForce(_) | Ground::Foreseen
            if test.holds == Known::Yes =>
        {
            None
        }
        Ground::PackInForce(pack) => Some(format!("{} is not in force", book.packs[pack].name)),
        Ground::RouteInForce(route) => Some(format!("{} is not in force", book.routes[route].name)),
        Ground::Foreseen => Some("its tests can't all be met".to_owned()),
        Ground::Gate(rule) | Ground::Test(rule) => {
            let own = rule.citations.iter().chain(&test.reads.limbs).map(label);
            Some(own.collect::<Vec<_>>().join(" and "))
        }
    });
    listed_by(cited, "; ", "nothing")
}

/// What a route's tests wait for that no fact can give.
fn missing(answer: &Answer<'_>, route: RouteId) -> String {
    let book = answer.graph.book();
    let tests = decisive(answer, route).into_iter();
    let named = tests.flat_map(|test| &test.reads.missing).map(|missing| match *missing {
        Missing::Pack(pack) => format!("pack {}", book.packs[pack].name),
        Missing::Decision(decision) => format!("decision {}", book.decisions[decision].name),
        Missing::Amount(amount) => format!("amount {}", book.amounts[amount].name),
    });
    listed(named, "nothing")
}

/// The addresses that those citations lead to.
fn links(answer: &Answer<'_>, route: RouteId) -> Vec<String> {
    let tests = decisive(answer, route).into_iter();
    let cited = tests.flat_map(|test| match test.ground {
        Ground::Gate(rule) | Ground::Test(rule) => rule.citations.as_slice(),
        Ground::PackInForce(_) | Ground::RouteInForce(_) | Ground::Foreseen => &[],
    });
    cited.map(|citation| citation.url.clone()).collect()
}

/// What the failing tests of a route tell a person.
fn words(answer: &Answer<'_>, route: RouteId) -> Vec<String> {
    let rules = decisive(answer, route).into_iter().filter_map(|test| match test.ground {
        Ground::Gate(rule) | Ground::Test(rule) => Some((rule, test.holds)),
        Ground::PackInForce(_) | Ground::RouteInForce(_) | Ground::Foreseen => None,
    });
    let said = rules.map(|(rule, holds)| match (holds, &rule.otherwise, &rule.says) {
        (Known::No, Some(otherwise), _) => otherwise.clone(),
        (_, _, Some(says)) => says.clone(),
        _ => "the machine's own words".to_owned(),
    });
    said.collect()
}

fn recommendation(answer: &Answer<'_>) -> String {
    let book = answer.graph.book();
    let routes = |routes: &[RouteId]| {
        listed(routes.iter().map(|route| book.routes[*route].name.clone()), "none")
    };
    match &answer.recommendation {
        Recommendation::Take { route, model: None, .. } => book.routes[*route].name.clone(),
        Recommendation::Take { route, model: Some(model), .. } => {
            format!("{} as {}", book.routes[*route].name, book.models[*model].name)
        }
        Recommendation::Undecided(Undecided::NoRules) => "none, there are no rules".to_owned(),
        Recommendation::Undecided(Undecided::NoneLawful) => "none, no route is lawful".to_owned(),
        Recommendation::Undecided(Undecided::Tie(left)) => {
            format!("none, choose between {}", routes(left))
        }
        Recommendation::Undecided(Undecided::Waits(left, waits)) => {
            let waits = names(book, waits.iter().copied());
            format!("none yet, between {} until known: {waits}", routes(left))
        }
    }
}

fn document(answer: &Answer<'_>, name: &str) -> String {
    let book = answer.graph.book();
    let said = answer.checklist.iter().filter_map(|item| match item {
        ChecklistItem::Document(finding) if book.documents[finding.document].name == name => {
            Some(need(finding))
        }
        ChecklistItem::Forbidden(finding) if book.documents[finding.document].name == name => {
            let is_sure = finding.forbidden == Known::Yes;
            Some(if is_sure { "forbidden" } else { "forbidden in some cases" }.to_owned())
        }
        ChecklistItem::Document(_)
        | ChecklistItem::Forbidden(_)
        | ChecklistItem::RecordReasons(_) => None,
    });
    listed_by(said, ", ", "not needed")
}

fn need(finding: &DocumentFinding<'_>) -> String {
    let need = if finding.needed == Known::Yes { "certain" } else { "conditional" };
    let days: Vec<String> =
        finding.due.iter().filter_map(|(_, day)| Some((*day)?.to_string())).collect();
    if days.is_empty() { need.to_owned() } else { format!("{need} due {}", days.join(" or ")) }
}

fn date(answer: &Answer<'_>, event: EventRef) -> String {
    let found = answer.timetable.events.iter().find(|finding| finding.event == event);
    day(found.and_then(|finding| finding.date))
}

fn day(date: Option<Date>) -> String {
    date.map_or_else(|| "no date".to_owned(), |date| date.to_string())
}

fn names(book: &Rulebook, facts: impl Iterator<Item = FactId>) -> String {
    listed(facts.map(|fact| book.facts[fact].name.clone()), "none")
}

fn known(known: Known) -> &'static str {
    match known {
        Known::Yes => "yes",
        Known::No => "no",
        Known::Unknown => "unknown",
    }
}

fn listed(items: impl Iterator<Item = String>, none: &str) -> String {
    listed_by(items, ", ", none)
}

fn listed_by(items: impl Iterator<Item = String>, glue: &str, none: &str) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() { none.to_owned() } else { items.join(glue) }
}
