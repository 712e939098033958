//! Rules mean the same in whatever order they are written.

use std::collections::BTreeSet;

use clearway::decide::{Answer, Recommendation, decide};
use clearway::facts::Facts;

use super::dice::Dice;
use super::generate::written;
use super::judge::{claimed, said};
use super::trial::{compiled_or_fail, fail, n_cases, shown, small_world};

#[test]
fn an_answer_does_not_depend_on_the_order_in_which_the_rules_are_written() {
    let wanted = n_cases() / 10;
    let (mut n_tried, mut seed) = (0, 0);
    while n_tried < wanted {
        seed += 1;
        let (written, mut dice) = (written(seed), Dice::new(seed));
        let (files, rearranged) = (written.files(), written.rearranged(&mut dice));
        let (graph, other) = (compiled_or_fail(seed, &files), compiled_or_fail(seed, &rearranged));
        let (dates, domains) = small_world(&graph, &mut dice);
        for as_at in &dates {
            for _ in 0..20 {
                let facts = domains.facts(&domains.partial(&mut dice));
                let named = facts
                    .iter()
                    .map(|(fact, value)| (graph.book().facts[fact].name.as_str(), value));
                let theirs: Facts = named
                    .filter_map(|(name, value)| {
                        let (fact, _) =
                            other.book().facts.iter().find(|(_, fact)| fact.name == name)?;
                        Some((fact, value.clone()))
                    })
                    .collect();
                let (ours, theirs) =
                    (decide(&graph, &facts, *as_at), decide(&other, &theirs, *as_at));
                let (ours, theirs, asked) = (outline(&ours), outline(&theirs), shown(&ours));
                if ours != theirs {
                    let (first, second) = (&ours - &theirs, &theirs - &ours);
                    let differ =
                        format!("one order says {first:?},\nthe other {second:?}\n{asked}");
                    fail(seed, &differ, &rearranged);
                }
            }
        }
        n_tried += 2 * 20 * dates.len();
    }
}

/// What an answer says, by name and in no order.
fn outline(answer: &Answer<'_>) -> BTreeSet<String> {
    let (graph, book) = (answer.graph, answer.graph.book());
    let mut lines: BTreeSet<String> = claimed(answer)
        .into_iter()
        .map(|(claim, known)| format!("{known:?} of {}", said(graph, claim)))
        .collect();
    if let Recommendation::Take { model: Some(model), .. } = &answer.recommendation {
        lines.insert(format!("recommended as `{}`", book.models[*model].name));
    }
    lines.extend(answer.questions.iter().map(|question| {
        format!("question `{}` {}", book.facts[question.fact].name, question.n_waiting)
    }));
    lines.extend(answer.timetable.events.iter().map(|event| {
        format!(
            "`{}` on {:?}, conditional {}",
            book.event_name(event.event),
            event.date,
            event.is_conditional
        )
    }));
    lines.extend(answer.timetable.periods.iter().map(|period| {
        format!(
            "`{}` from {:?} to {:?}",
            book.periods[period.period].name, period.starts, period.ends
        )
    }));
    lines.extend(answer.doubts.iter().map(|doubt| format!("doubt {}", doubt.words)));
    lines.extend(answer.coming.iter().map(|coming| format!("a change on {:?}", coming.from)));
    lines
}
