//! How the questions of law were answered that the route rests on.

use std::collections::BTreeSet;

use super::lists::{section, waiting};
use super::{Block, Item, Mark, Words, add};
use crate::report::wire::{Answer, Case, Citation, Decision, Holds, Recommendation, Test};

/// The decisions that the routes in play rest on, in the order in which they were tried.
pub(super) fn decisions(answer: &Answer) -> Vec<Block> {
    let used = used(answer);
    let decisions = answer.decisions.iter().filter(|found| used.contains(found.decision.as_str()));
    section("How the law was read", decisions.map(|found| Block::Item(decision(found))).collect())
}

/// The names of the decisions that the tests of the routes in play rest on, and of those that
/// these rest on in turn.
fn used(answer: &Answer) -> BTreeSet<&str> {
    let in_play: Vec<&str> = match &answer.recommendation {
        Recommendation::Take { route, .. } => vec![route],
        Recommendation::Undecided { undecided } => {
            undecided.between.iter().map(|route| route.route.as_str()).collect()
        }
    };
    let routes = answer.routes.iter().filter(|found| in_play.contains(&found.route.as_str()));
    let mut left: Vec<&str> = routes.flat_map(|route| &route.tests).flat_map(names).collect();
    let mut used = BTreeSet::new();
    while let Some(name) = left.pop() {
        if !used.insert(name) {
            continue;
        }
        let found = answer.decisions.iter().find(|found| found.decision == name);
        left.extend(found.iter().flat_map(|found| &found.tests).flat_map(|case| names(&case.test)));
    }
    used
}

fn names(test: &Test) -> impl Iterator<Item = &str> {
    test.decisions.iter().map(|used| used.decision.as_str())
}

fn decision(decision: &Decision) -> Item {
    let titles: Vec<&str> =
        decision.outcomes.iter().map(|outcome| outcome.title.as_str()).collect();
    let outcome = match titles.as_slice() {
        [] => " Not decided by the law of that day.".to_owned(),
        [only] => format!(" {only}."),
        several => format!(" Not settled: {}.", several.join("; or ")),
    };
    let mark = if titles.len() == 1 { Mark::Plain } else { Mark::Unknown };
    let under = reasons(&decision.tests).into_iter().chain(waiting(&decision.missing));
    Item::new(mark, Words::plain(&decision.title).then_strong(&outcome)).with(under)
}

/// The case that holds; or, where it is only what is left over, what kept each case before it
/// from holding. Where nothing is settled, the cases that wait.
fn reasons(cases: &[Case]) -> Vec<Words> {
    let holding = cases.iter().find(|case| case.test.holds == Holds::Yes);
    let waiting = cases.iter().any(|case| case.test.holds == Holds::Unknown);
    let told: Vec<(&str, &Test)> = match holding {
        Some(case) if !is_left_over(&case.test) && !waiting => {
            vec![(&case.test.says, &case.test)]
        }
        Some(_) | None if waiting => {
            let waiting = cases.iter().filter(|case| case.test.holds == Holds::Unknown);
            waiting.map(|case| (case.test.says.as_str(), &case.test)).collect()
        }
        Some(_) | None => {
            let failed =
                cases.iter().filter_map(|case| Some((case.test.otherwise.as_deref()?, &case.test)));
            failed.collect()
        }
    };
    let mut once: Vec<(&str, Vec<Citation>)> = Vec::new();
    for (says, test) in told {
        match once.iter_mut().find(|(seen, _)| *seen == says) {
            Some((_, citations)) => add(citations, &test.citations),
            None => once.push((says, test.citations.clone())),
        }
    }
    once.iter().map(|(says, citations)| Words::plain(says).citing(citations)).collect()
}

/// Whether a case reads nothing: it is what is left where no other case holds.
fn is_left_over(test: &Test) -> bool {
    test.facts.is_empty() && test.decisions.is_empty() && test.amounts.is_empty()
}
