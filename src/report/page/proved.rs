//! What is proved about the answer: what decides it, how far it holds, what would open the routes
//! that are barred.

use super::lists::section;
use super::{Block, Item, Mark, Words};
use crate::report::wire::{
    Answer, Envelope, Fact, Opening, Proved, Recommendation, UndecidedKind, Unlock,
};
use crate::report::words::and;

/// How many facts or figures a sentence takes in; more are listed below it.
const SENTENCE_MAX: usize = 2;

/// How firm the recommendation is, and what of that could not be proved.
pub(super) fn firmness(answer: &Answer) -> Vec<Block> {
    let Some(proved) = &answer.proved else { return Vec::new() };
    let mut items = match &answer.recommendation {
        Recommendation::Take { .. } => {
            let mut items = firm(
                proved,
                &Said {
                    decides: "decides the route",
                    decide: "decide the route",
                    always: "The law of this day gives this route whatever the facts are.",
                    holds: "this route holds",
                },
            );
            let is_final = proved.questions_are_exact && answer.questions.is_empty();
            items.extend(is_final.then(|| plain(SETTLED)));
            items
        }
        Recommendation::Undecided { undecided } if undecided.kind == UndecidedKind::NoneLawful => {
            firm(
                proved,
                &Said {
                    decides: "bars every route",
                    decide: "bar every route",
                    always: "The law of this day bars every route whatever the facts are.",
                    holds: "every route stays barred",
                },
            )
        }
        Recommendation::Undecided { .. } => Vec::new(),
    };
    items.extend(given_up(proved).map(|words| plain(&words)));
    section("How firm this is", items.into_iter().map(Block::Item).collect())
}

const SETTLED: &str = "Nothing that is still unknown can change the route or what to prepare.";

/// How an answer that is settled is spoken of.
struct Said {
    decides: &'static str,
    decide: &'static str,
    always: &'static str,
    holds: &'static str,
}

fn firm(proved: &Proved, said: &Said) -> Vec<Item> {
    let essence = proved.essence.as_deref().map(|facts| essence(facts, said));
    let envelope = proved.envelope.as_deref().and_then(|moving| envelope(moving, said));
    essence.into_iter().chain(envelope).collect()
}

/// The facts that alone decide it.
fn essence(facts: &[Fact], said: &Said) -> Item {
    if facts.is_empty() {
        return plain(said.always);
    }
    if facts.len() <= SENTENCE_MAX {
        let alone = match facts {
            [_] => format!("this alone {}", said.decides),
            _ => format!("these alone {}", said.decide),
        };
        let facts = facts.iter().map(|fact| format!("“{}” is {}", fact.title, fact.value));
        return plain(&format!("{}: {alone}.", and(&facts.collect::<Vec<_>>())));
    }
    let lines = facts.iter().map(|fact| Words::plain(&format!("{}: {}", fact.title, fact.value)));
    plain(&format!("These facts alone {}:", said.decide)).with(lines)
}

/// How far each figure may move by itself.
fn envelope(moving: &[Envelope], said: &Said) -> Option<Item> {
    match moving {
        [] => None,
        [only] => Some(plain(&format!("All else the same, {} while {}.", said.holds, only.says))),
        several => {
            let lines = several.iter().map(|one| Words::plain(&one.says));
            let words = format!("Each moved alone, {} while:", said.holds);
            Some(plain(&words).with(lines))
        }
    }
}

/// What the budget was too small for, in one sentence.
fn given_up(proved: &Proved) -> Option<String> {
    let parts = [
        (proved.essence.is_none(), "which facts alone decide it"),
        (proved.envelope.is_none(), "how far it holds"),
        (proved.unlock.is_none(), "what would open the barred routes"),
        (!proved.questions_are_exact, "that each question matters"),
    ];
    let parts = parts.into_iter().filter(|(is_given_up, _)| *is_given_up);
    let parts: Vec<String> = parts.map(|(_, what)| what.to_owned()).collect();
    (!parts.is_empty())
        .then(|| format!("It could not be proved within the budget {}.", and(&parts)))
}

fn plain(words: &str) -> Item {
    Item::new(Mark::Plain, Words::plain(words))
}

/// What is proved of a barred route, if anything is.
pub(super) fn unlock<'a>(answer: &'a Answer, route: &str) -> Option<&'a Unlock> {
    let unlock = answer.proved.as_ref()?.unlock.as_ref()?;
    unlock.iter().find(|unlock| unlock.route == route)
}

/// What would open barred routes that share a line, said once where it is the same for all.
/// What nothing opens is not said here.
pub(super) fn openings(unlock: &[&Unlock], n_routes: usize) -> Vec<Words> {
    let is_opened = |unlock: &&&Unlock| matches!(unlock.opening, Opening::By | Opening::Perhaps);
    let mut once: Vec<(&Unlock, Vec<String>)> = Vec::new();
    for unlock in unlock.iter().filter(is_opened) {
        let title = format!("“{}”", unlock.title);
        match once.iter_mut().find(|(seen, _)| seen.says == unlock.says) {
            Some((_, titles)) => titles.push(title),
            None => once.push((unlock, vec![title])),
        }
    }
    let line = |(unlock, titles): (&Unlock, Vec<String>)| match (titles.len(), n_routes) {
        (1, 1) => Words::plain(&unlock.says),
        (several, all) if several == all => Words::plain(&unlock.said_of("them")),
        (_, _) => Words::plain(&unlock.said_of(&and(&titles))),
    };
    once.into_iter().map(line).collect()
}

/// How many barred routes are named again below their list; more are only counted.
const NAMED_MAX: usize = 5;

/// The barred routes that nothing opens, and those of which it could not be settled: a line each.
pub(super) fn unopened(answer: &Answer) -> Vec<Item> {
    let unlock = answer.proved.as_ref().and_then(|proved| proved.unlock.as_deref());
    let unlock = unlock.unwrap_or_default();
    let of = |opening: Opening| -> Vec<&Unlock> {
        unlock.iter().filter(|unlock| unlock.opening == opening).collect()
    };
    let titles = |unlock: &[&Unlock]| -> String {
        unlock.iter().map(|unlock| unlock.title.as_str()).collect::<Vec<_>>().join("; ")
    };
    let (closed, unsettled) = (of(Opening::Nothing), of(Opening::GivenUp));
    let of_closed = match closed.len() {
        0 => None,
        1 => closed.first().map(|only| only.said_of(&format!("“{}”", only.title))),
        all if all == unlock.len() => {
            Some("Nothing that you can choose opens any of these.".to_owned())
        }
        several if several > NAMED_MAX && unsettled.is_empty() => {
            Some(format!("Nothing that you can choose opens the other {several} of these."))
        }
        _ => Some(format!("Nothing that you can choose opens these: {}.", titles(&closed))),
    };
    let of_unsettled = (!unsettled.is_empty()).then(|| {
        let titles = titles(&unsettled);
        format!("What would open these could not be proved within the budget: {titles}.")
    });
    [of_closed, of_unsettled].into_iter().flatten().map(|says| plain(&says)).collect()
}
