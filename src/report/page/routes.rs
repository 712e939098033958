//! The other routes, a line each, and the models.

use super::lists::{section, waiting};
use super::proved::{openings, unlock, unopened};
use super::{Block, Item, Mark, Words, add};
use crate::report::wire::{
    Answer, Applies, Behind, Citation, Holds, Model, Pack, Recommendation, Route, Standing, Test,
    Unlock,
};
use crate::report::words::{a_few_facts, and, stopped};

/// Every route but the one recommended: those that may be used, then those that may not. Barred
/// routes that share a pack and a reason share a line.
pub(super) fn others(answer: &Answer) -> Vec<Block> {
    let (taken, ahead_of): (Option<&str>, &[Behind]) = match &answer.recommendation {
        Recommendation::Take { route, ahead_of, .. } => (Some(route), ahead_of),
        Recommendation::Undecided { .. } => (None, &[]),
    };
    let of = |standing: Standing| {
        let others = answer.routes.iter().filter(move |route| route.standing == standing);
        others.filter(|route| Some(route.route.as_str()) != taken)
    };
    let mut blocks = Vec::new();
    let mut told: Option<&str> = None;
    for route in of(Standing::Open).chain(of(Standing::Unsettled)) {
        let behind = ahead_of.iter().find(|behind| behind.route == route.route);
        // A reason that puts one route after another behind is told once.
        let is_told = behind.is_some_and(|behind| told == Some(&behind.because));
        told = behind.map(|behind| behind.because.as_str());
        let behind = behind.map(|behind| match is_told {
            true => Words::plain("Behind for the same reason."),
            false => Words::plain(&format!("Behind: {}", behind.because)).citing(&behind.citations),
        });
        blocks.push(Block::Item(usable(route, behind)));
    }
    blocks.extend(barred(answer, of(Standing::Barred)));
    section(if taken.is_some() { "The other routes" } else { "The routes" }, blocks)
}

fn usable(route: &Route, behind: Option<Words>) -> Item {
    let standing = match route.standing {
        Standing::Open => " (open)",
        Standing::Unsettled => " (unsettled)",
        Standing::Barred => " (barred)",
    };
    let mut under = Vec::new();
    if !route.waits_for.is_empty() {
        let facts: Vec<String> =
            route.waits_for.iter().map(|fact| format!("“{}”", fact.title)).collect();
        under.push(Words::plain(&format!("It waits for {}.", a_few_facts(&facts))));
    }
    under.extend(waiting(&route.missing));
    under.extend(behind);
    let words = Words::strong(&route.title).then_quiet(standing);
    Item::new(Mark::of_standing(route.standing), words).with(under)
}

/// Barred routes that share a pack and a reason.
struct Group<'a> {
    pack: &'a str,
    reason: &'a Test,
    titles: Vec<&'a str>,
    unlock: Vec<&'a Unlock>,
    citations: Vec<Citation>,
}

/// The barred routes of the packs that apply or may, by pack and by the first reason; then the
/// packs that are in force and do not apply, with all their routes.
fn barred<'a>(answer: &'a Answer, routes: impl Iterator<Item = &'a Route>) -> Vec<Block> {
    let of = |applies: &[Applies]| -> Vec<&'a Pack> {
        answer.packs.iter().filter(|pack| applies.contains(&pack.applies)).collect()
    };
    let applying = of(&[Applies::Yes, Applies::Unknown]);
    let mut groups: Vec<Group<'a>> = Vec::new();
    for route in routes.filter(|route| applying.iter().any(|pack| pack.pack == route.pack)) {
        if let Some(reason) = route.tests.iter().find(|test| test.holds == Holds::No) {
            let unlock = unlock(answer, &route.route);
            gather(&mut groups, (route, unlock), reason);
        }
    }
    let groups = groups.into_iter().map(|group| {
        let words = Words::strong(&group.titles.join("; ")).then_quiet(" (barred)");
        let reason = Words::plain(told(group.reason)).citing(&group.citations);
        let openings = openings(&group.unlock, group.titles.len());
        Item::new(Mark::No, words).with(std::iter::once(reason).chain(openings))
    });
    let packs = none_of(answer, &of(&[Applies::No]));
    groups.chain(unopened(answer)).chain(packs).map(Block::Item).collect()
}

fn gather<'a>(
    groups: &mut Vec<Group<'a>>,
    (route, unlock): (&'a Route, Option<&'a Unlock>),
    reason: &'a Test,
) {
    let same =
        |group: &&mut Group<'a>| group.pack == route.pack && told(group.reason) == told(reason);
    let Some(group) = groups.iter_mut().find(same) else {
        let titles = vec![route.title.as_str()];
        let (unlock, citations) = (unlock.into_iter().collect(), reason.citations.clone());
        groups.push(Group { pack: &route.pack, reason, titles, unlock, citations });
        return;
    };
    group.titles.push(&route.title);
    group.unlock.extend(unlock);
    add(&mut group.citations, &reason.citations);
}

/// The packs that have routes and do not apply, and why. Those that share a reason share a line.
fn none_of(answer: &Answer, packs: &[&Pack]) -> Vec<Item> {
    let mut groups: Vec<(&str, Vec<&str>, usize, Vec<Citation>)> = Vec::new();
    for pack in packs {
        let n_routes = answer.routes.iter().filter(|route| route.pack == pack.pack).count();
        let reason = pack.tests.iter().find(|test| test.holds == Holds::No);
        let Some(reason) = reason.filter(|_| n_routes > 0) else { continue };
        match groups.iter_mut().find(|(seen, ..)| *seen == told(reason)) {
            Some((_, titles, count, citations)) => {
                titles.push(&pack.title);
                *count += n_routes;
                add(citations, &reason.citations);
            }
            None => {
                let citations = reason.citations.clone();
                groups.push((told(reason), vec![&pack.title], n_routes, citations));
            }
        }
    }
    let items = groups.into_iter().map(|(reason, titles, n_routes, citations)| {
        let words = match (n_routes, titles.len()) {
            (1, _) => " (its one route is barred)".to_owned(),
            (2, 1) => " (both its routes are barred)".to_owned(),
            (several, 1) => format!(" (all its {several} routes are barred)"),
            (several, _) => format!(" (all {several} of their routes are barred)"),
        };
        let under = Words::plain(reason).citing(&citations);
        Item::new(Mark::No, Words::strong(&titles.join("; ")).then_quiet(&words)).with([under])
    });
    items.collect()
}

/// What a reader is told of a test that failed.
fn told(test: &Test) -> &str {
    test.otherwise.as_deref().unwrap_or(&test.says)
}

/// The models that fit or may, each with the routes that can carry it.
pub(super) fn models(models: &[Model]) -> Vec<Block> {
    let fitting = models.iter().filter(|model| match model.fits {
        Holds::Yes => true,
        Holds::Unknown => !model.carried_by.is_empty(),
        Holds::No => false,
    });
    section("Commercial models", fitting.map(|model| Block::Item(self::model(model))).collect())
}

fn model(model: &Model) -> Item {
    let fits = match model.fits {
        Holds::Yes => " (fits)",
        Holds::Unknown => " (may fit)",
        Holds::No => " (does not fit)",
    };
    let carriers: Vec<String> =
        model.carried_by.iter().map(|carrier| format!("“{}”", carrier.title)).collect();
    let carried = match carriers.as_slice() {
        [] => "No route that is open or unsettled can carry it.".to_owned(),
        carriers => format!("Carried by {}.", and(carriers)),
    };
    let mut under = Vec::new();
    // What a model is and what a good design of it shows matters once it fits; before that, only
    // what it would take.
    if model.fits == Holds::Yes {
        under.push(Words::plain(&carried));
        under.extend(model.note.iter().map(|note| Words::plain(note)));
        under.extend(model.gates.iter().map(gate));
    } else {
        let waiting = model.tests.iter().filter(|test| test.holds == Holds::Unknown);
        under
            .extend(waiting.map(|test| {
                Words::plain(&format!("If so: {}", test.says)).citing(&test.citations)
            }));
    }
    Item::new(Mark::of(model.fits), Words::strong(&model.title).then_quiet(fits)).with(under)
}

fn gate(test: &Test) -> Words {
    let says = if test.holds == Holds::No { told(test) } else { &test.says };
    Words::plain(&format!("{} {}", Mark::of(test.holds).sign(), stopped(says)))
        .citing(&test.citations)
}
