//! What is proved about an answer, held against completions and against the answers themselves.

use std::collections::BTreeSet;

use clearway::decide::{Answer, Known, Missing, Recommendation, Standing, Undecided};
use clearway::facts::Facts;
use clearway::graph::Graph;
use clearway::pack::{FactId, Value};
use clearway::prove::{Day, Opening};
use clearway::quantity::Date;

use super::dice::Dice;
use super::domains::Domains;
use super::judge::{Claims, Span};
use super::naive::World;
use super::trial::{Tried, agreed, hold_on_packs, shown, small_world};

/// An answer with its proofs is so many times the work of one without, and counts as so many cases.
const WORK: usize = 10;

/// The rules of a day as logic: small packs are within any budget.
fn day(graph: &Graph, as_at: Date) -> Result<Day<'_>, String> {
    Day::new(graph, as_at).ok_or_else(|| format!("no logic as at {as_at}"))
}

#[test]
fn what_is_proved_in_part_is_borne_out_by_every_completion() {
    hold_on_packs(2, |graph, dice| {
        let claims = Claims::new(graph.book());
        let (dates, domains) = small_world(graph, dice);
        for as_at in &dates {
            let day = day(graph, *as_at)?;
            for _ in 0..8 {
                let choice = domains.partial(dice);
                let completions = domains.completions(&choice).into_iter();
                let span = Span::of(completions.map(|number| {
                    let facts = domains.facts(&domains.world(number));
                    claims.truths(&World::new(graph.book(), &facts, *as_at))
                }));
                let answer = day.decide(&domains.facts(&choice));
                agreed(claims.contradicted(&answer, &span), &answer)?;
            }
        }
        Ok(dates.len() * 8 * WORK)
    });
}

/// Whether some of what is unsettled waits for what no fact can give.
fn has_gap(answer: &Answer<'_>) -> bool {
    let is_missing = |missing: &BTreeSet<Missing>| !missing.is_empty();
    let gates = answer.packs.iter().filter_map(|pack| pack.gate.as_ref());
    let routes = answer.routes.iter().flat_map(|route| route.tests.iter());
    let models = answer.models.iter().flat_map(|model| model.tests.iter());
    gates.chain(routes).chain(models).any(|test| is_missing(&test.reads.missing))
        || answer.decisions.iter().any(|finding| is_missing(&finding.missing))
}

/// What of an answer is not settled, though nothing is left to ask.
fn unsettled(answer: &Answer<'_>) -> Option<String> {
    let book = answer.graph.book();
    let route = answer.routes.iter().find(|finding| finding.standing == Standing::Unsettled);
    if let Some(finding) = route {
        return Some(format!("route {} is unsettled", book.routes[finding.route].name));
    }
    if let Recommendation::Undecided(Undecided::Waits(..)) = &answer.recommendation {
        return Some("the recommendation waits".to_owned());
    }
    let mut carried = answer.models.iter().filter(|finding| !finding.carried_by.is_empty());
    if let Some(finding) = carried.find(|finding| finding.fits == Known::Unknown) {
        return Some(format!("model {} is unsettled", book.models[finding.model].name));
    }
    let asked = answer.questions.first()?;
    Some(format!("{} is still asked", book.facts[asked.fact].name))
}

/// The facts with others added.
fn with(facts: &Facts, others: &Facts, wanted: impl Fn(FactId) -> bool) -> Facts {
    let mut all = facts.clone();
    for (fact, value) in others.iter().filter(|(fact, _)| wanted(*fact)) {
        if all.get(fact).is_none() {
            all.learn(fact, value.clone());
        }
    }
    all
}

#[test]
fn with_every_question_answered_the_answer_is_settled() {
    hold_on_packs(2, |graph, dice| {
        let (dates, domains) = small_world(graph, dice);
        for as_at in &dates {
            let day = day(graph, *as_at)?;
            for _ in 0..8 {
                let facts = domains.facts(&domains.partial(dice));
                let answer = day.decide(&facts);
                let asked: Vec<FactId> = answer.questions.iter().map(|it| it.fact).collect();
                let world = domains.facts(&domains.world(dice.below(domains.n_worlds())));
                let told = with(&facts, &world, |fact| asked.contains(&fact));
                let after = day.decide(&told);
                if has_gap(&after) {
                    continue;
                }
                agreed(unsettled(&after), &after)?;
            }
        }
        Ok(dates.len() * 8 * WORK)
    });
}

/// What an answer comes to: how each route stands, which is recommended.
fn outline(answer: &Answer<'_>) -> (Vec<Standing>, String) {
    let standings = answer.routes.iter().map(|finding| finding.standing).collect();
    let recommended = match &answer.recommendation {
        Recommendation::Take { route, .. } => format!("{route:?}"),
        Recommendation::Undecided(undecided) => format!("{undecided:?}"),
    };
    (standings, recommended)
}

#[test]
fn a_fact_that_is_not_asked_changes_nothing() {
    hold_on_packs(2, |graph, dice| {
        let (dates, domains) = small_world(graph, dice);
        for as_at in &dates {
            let day = day(graph, *as_at)?;
            for _ in 0..8 {
                let facts = domains.facts(&domains.partial(dice));
                let answer = day.decide(&facts);
                let asked: Vec<FactId> = answer.questions.iter().map(|it| it.fact).collect();
                let mut world = || domains.facts(&domains.world(dice.below(domains.n_worlds())));
                let told = with(&facts, &world(), |fact| asked.contains(&fact));
                let (one, other) =
                    (with(&told, &world(), |_| true), with(&told, &world(), |_| true));
                let (one, other) = (day.decide(&one), day.decide(&other));
                if has_gap(&one) || has_gap(&other) {
                    continue;
                }
                if outline(&one) != outline(&other) {
                    let (a, b) = (shown(&one), shown(&other));
                    return Err(format!("{}\ndiffers between\n{a}\nand\n{b}", shown(&answer)));
                }
            }
        }
        Ok(dates.len() * 8 * WORK)
    });
}

#[test]
fn what_is_said_to_open_a_route_opens_it_and_nothing_else_does_where_nothing_is_said() {
    hold_on_packs(2, |graph, dice| {
        let (dates, domains) = small_world(graph, dice);
        for as_at in &dates {
            let day = day(graph, *as_at)?;
            for _ in 0..6 {
                opens(graph, &day, &domains, dice)?;
            }
        }
        Ok(dates.len() * 6 * WORK)
    });
}

fn opens(graph: &Graph, day: &Day<'_>, domains: &Domains, dice: &mut Dice) -> Result<(), String> {
    let book = graph.book();
    let facts = domains.facts(&domains.partial(dice));
    let answer = day.decide(&facts);
    for unlock in day.insight(&answer).unlock.ok_or("what would open routes was given up")? {
        let name = &book.routes[unlock.route].name;
        let standing = |facts: &Facts| {
            let answer = day.decide(facts);
            let route = answer.routes.iter().find(|finding| finding.route == unlock.route);
            route.map(|finding| finding.standing)
        };
        match &unlock.opening {
            Opening::By(changes) => {
                let mut changed = facts.clone();
                for (fact, value) in changes {
                    if !book.facts[*fact].is_choosable {
                        return Err(format!("{} is not to be chosen", book.facts[*fact].name));
                    }
                    changed.learn(*fact, value.clone());
                }
                if standing(&changed) != Some(Standing::Open) {
                    return Err(format!("{changes:?} don't open {name}\n{}", shown(&answer)));
                }
            }
            Opening::Nothing => {
                for _ in 0..4 {
                    let world = domains.facts(&domains.world(dice.below(domains.n_worlds())));
                    let mut tried = with(&facts, &world, |_| true);
                    for (fact, value) in world.iter() {
                        if book.facts[fact].is_choosable {
                            tried.learn(fact, value.clone());
                        }
                    }
                    if standing(&tried) == Some(Standing::Open) {
                        return Err(format!("{name} can be opened\n{}", shown(&answer)));
                    }
                }
            }
            Opening::Perhaps(..) | Opening::GaveUp => {}
        }
    }
    Ok(())
}

#[test]
fn the_essence_forces_the_answer_and_none_of_it_can_be_left_out() {
    hold_on_packs(2, |graph, dice| {
        let (dates, domains) = small_world(graph, dice);
        for as_at in &dates {
            let day = day(graph, *as_at)?;
            for _ in 0..6 {
                let facts = domains.facts(&domains.partial(dice));
                essence(&day, &facts)?;
            }
        }
        Ok(dates.len() * 6 * WORK)
    });
}

fn essence(day: &Day<'_>, facts: &Facts) -> Tried {
    let answer = day.decide(facts);
    let Some(route) = answer.route() else { return Ok(1) };
    let essence = day.insight(&answer).essence.ok_or("the essence was given up")?;
    let only = |kept: &dyn Fn(FactId) -> bool| -> Facts {
        let kept = facts.iter().filter(|(fact, _)| kept(*fact));
        kept.map(|(fact, value)| (fact, value.clone())).collect()
    };
    let alone = only(&|fact| essence.contains(&fact));
    let forced = day.decide(&alone);
    if forced.route() != Some(route) {
        return Err(format!("{}\nis not forced by\n{}", shown(&answer), shown(&forced)));
    }
    for left_out in &essence {
        let fewer = day.decide(&only(&|fact| fact != *left_out && essence.contains(&fact)));
        if fewer.route() == Some(route) {
            return Err(format!("{}\nis forced by fewer:\n{}", shown(&answer), shown(&fewer)));
        }
    }
    Ok(1)
}

#[test]
fn within_its_envelope_a_recommendation_stays_and_at_its_edge_it_changes() {
    hold_on_packs(2, |graph, dice| {
        let (dates, domains) = small_world(graph, dice);
        for as_at in &dates {
            let day = day(graph, *as_at)?;
            for _ in 0..6 {
                envelope(&day, &domains, dice)?;
            }
        }
        Ok(dates.len() * 6 * WORK)
    });
}

fn envelope(day: &Day<'_>, domains: &Domains, dice: &mut Dice) -> Result<(), String> {
    let facts = domains.facts(&domains.partial(dice));
    let answer = day.decide(&facts);
    let Some(route) = answer.route() else { return Ok(()) };
    let at = |fact: FactId, value: &Value| {
        let mut moved = facts.clone();
        moved.learn(fact, value.clone());
        day.decide(&moved).route()
    };
    for envelope in day.insight(&answer).envelope.ok_or("the envelope was given up")? {
        let Some(fact) = envelope.fact else { continue };
        if let Some(under) = &envelope.under
            && at(fact, &under.value) == Some(route)
        {
            return Err(format!("{under:?} changes nothing\n{}", shown(&answer)));
        }
        if let Some(least) = &envelope.least
            && at(fact, &least.value) != Some(route)
        {
            return Err(format!("{least:?} already changes it\n{}", shown(&answer)));
        }
    }
    Ok(())
}
