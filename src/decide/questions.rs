//! What to ask: the unknown facts that unsettled tests wait for.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{
    BanFinding, DocumentFinding, Known, ModelFinding, Question, RouteFinding, Standing,
};
use super::evaluation::Evaluation;
use super::rank::Ranking;
use crate::pack::FactId;

/// How often a fact is waited for: by routes and preferences, then by the rest.
#[derive(Default)]
struct Waiting {
    by_routes: usize,
    by_others: usize,
}

/// The facts that something unsettled waits for, those that most routes wait for first.
pub(super) fn questions(
    evaluation: &Evaluation<'_>,
    routes: &[RouteFinding<'_>],
    models: &[ModelFinding<'_>],
    (documents, bans): (&[DocumentFinding<'_>], &[BanFinding<'_>]),
    ranking: &Ranking,
) -> Vec<Question> {
    let mut waiting: BTreeMap<FactId, Waiting> = BTreeMap::new();
    let mut count = |facts: &BTreeSet<FactId>, is_route: bool| {
        for fact in facts {
            let waiting = waiting.entry(*fact).or_default();
            if is_route {
                waiting.by_routes += 1;
            } else {
                waiting.by_others += 1;
            }
        }
    };
    for route in routes.iter().filter(|route| route.standing == Standing::Unsettled) {
        for test in route.tests.iter() {
            count(&test.reads.waits, true);
        }
    }
    for waits in ranking.waits() {
        count(waits, true);
    }
    for model in
        models.iter().filter(|model| model.fits == Known::Unknown && !model.carried_by.is_empty())
    {
        for test in model.tests.iter() {
            count(&test.reads.waits, false);
        }
    }
    for document in documents {
        count(&document.waits, false);
    }
    for ban in bans {
        count(&ban.waits, false);
    }
    debug_assert!(
        waiting.keys().all(|fact| evaluation.facts().get(*fact).is_none()),
        "known facts are not asked"
    );
    let mut questions: Vec<(FactId, Waiting)> = waiting.into_iter().collect();
    questions.sort_by_key(|(fact, waiting)| {
        (std::cmp::Reverse(waiting.by_routes), std::cmp::Reverse(waiting.by_others), *fact)
    });
    let question = |(fact, waiting): (FactId, Waiting)| Question {
        fact,
        n_waiting: waiting.by_routes + waiting.by_others,
    };
    questions.into_iter().map(question).collect()
}
