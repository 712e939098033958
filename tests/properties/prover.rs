//! The prover held against trying every commission: on small packs, by the naive evaluator, on each
//! day on which the rules change.
//!
//! One in four hundred of `CLEARWAY_CASES` is the number of packs.

mod claims;
mod completions;

use std::collections::{BTreeMap, BTreeSet};

use clearway::facts::Facts;
use clearway::graph::Graph;
use clearway::pack::{FactId, Rulebook, walk};
use clearway::prove::{Claim, Proofs, Reason, Refutation, Verdict, prove};
use clearway::quantity::Date;
use clearway::source::Sources;

use super::generate::written_small;
use super::naive::World;
use super::shrink::{Files, shrunk};
use super::trial::{fail, n_cases};
use claims::{Seen, is_whole};
use completions::{Completions, is_related};

/// The most commissions that are tried of one pack on one day; packs with more are passed over.
const COMMISSIONS_MAX: usize = 120;

/// The most days on which a pack is tried; packs whose lengths of time turn on more are passed over,
/// and those given up for it.
const DAYS_MAX: usize = 24;

/// A day asked about, with law that waits for a day taken as begun or not.
#[derive(Clone, Copy, Debug)]
struct Moment {
    as_at: Date,
    is_as_if_appointed: bool,
}

impl Moment {
    fn world<'w>(self, book: &'w Rulebook, facts: &'w Facts) -> World<'w> {
        let world = World::new(book, facts, self.as_at);
        if self.is_as_if_appointed { world.once_appointed() } else { world }
    }
}

/// What trying every commission shows.
#[derive(Default)]
struct Tried {
    n_commissions: usize,
    /// The claims that fail, or may fail, for some commission.
    broken: BTreeMap<Claim, String>,
    open: BTreeSet<Claim>,
    /// The claims that some commission bears out.
    borne_out: BTreeSet<Claim>,
    claimed: BTreeSet<Claim>,
}

/// How often each thing came about.
#[derive(Clone, Debug, Default)]
struct Count {
    packs: usize,
    passed_over: usize,
    with_relations: usize,
    commissions: usize,
    proved: usize,
    refuted: usize,
    given_up: usize,
    /// Proved that some commission exists, where none of those tried is one: only with relations.
    unconfirmed: usize,
}

#[test]
fn the_prover_says_what_trying_every_commission_shows() {
    let wanted = n_cases() / 400;
    let (mut count, mut seed) = (Count::default(), 0);
    while count.packs < wanted {
        seed += 1;
        let files = written_small(seed).files();
        let Some(graph) = read(&files) else {
            fail(seed, "it does not compile", &files);
        };
        if let Err(wrong) = agree(&graph, &mut count) {
            let still = |files: &Files| {
                let graph = read(files)?;
                agree(&graph, &mut Count::default()).err()
            };
            let smallest = shrunk(&files, &|files| still(files).is_some());
            fail(seed, &still(&smallest).unwrap_or(wrong), &smallest);
        }
    }
    let is_put_to_use = count.proved > 0 && count.refuted > 0;
    assert!(wanted == 0 || is_put_to_use, "{count:?}");
}

/// The rules, if nothing is wrong with them but preferences that may run in a circle.
fn read(files: &Files) -> Option<Graph> {
    let (book, mut diagnostics) = clearway::pack::read(&Sources::new(files.iter().cloned()));
    let (graph, circles) = clearway::graph::build(book);
    diagnostics.extend(circles);
    let is_fault = |it: &clearway::diagnostic::Diagnostic| {
        it.is_error() && it.code != clearway::diagnostic::Code::PreferenceCycle
    };
    (!diagnostics.iter().any(is_fault)).then_some(graph)
}

/// Says where the prover and trying every commission disagree.
fn agree(graph: &Graph, count: &mut Count) -> Result<(), String> {
    let book = graph.book();
    if graph.days().first().is_none_or(|day| are_too_many(book, *day)) {
        count.passed_over += 1;
        return Ok(());
    }
    let proofs = prove(graph, &[]);
    let Some(tried) = tried(book, &proofs) else {
        count.passed_over += 1;
        return Ok(());
    };
    let has_relations = book.conditions().any(|condition| {
        let mut has = false;
        walk(condition, &mut |condition| has |= is_related(book, condition));
        has
    });
    count.packs += 1;
    count.with_relations += usize::from(has_relations);
    count.commissions += tried.n_commissions;
    if let Some(missing) = tried.claimed.iter().find(|claim| !proofs.verdicts.contains_key(claim)) {
        return Err(format!("nothing is said of {missing:?}"));
    }
    for (claim, verdict) in &proofs.verdicts {
        let is_for_some = is_for_some(claim);
        let wrong = match verdict {
            Verdict::Proved if is_for_some && !tried.borne_out.contains(claim) => {
                count.unconfirmed += usize::from(has_relations);
                (!has_relations).then(|| "proved, and no commission bears it out".to_owned())
            }
            Verdict::Proved => tried.broken.get(claim).map(|by| format!("proved, but {by}")),
            Verdict::Refuted(_) if is_for_some => tried
                .borne_out
                .contains(claim)
                .then(|| "refuted, though a commission bears it out".to_owned()),
            Verdict::Refuted(refutation) => {
                let is_missed = !has_relations && !tried.broken.contains_key(claim);
                unshown(book, claim, refutation)
                    .or_else(|| is_missed.then(|| "refuted, and nothing breaks it".to_owned()))
            }
            Verdict::GaveUp(..) if has_relations || tried.open.contains(claim) => None,
            Verdict::GaveUp(..) => Some("given up".to_owned()),
        };
        match verdict {
            Verdict::Proved => count.proved += 1,
            Verdict::Refuted(_) => count.refuted += 1,
            Verdict::GaveUp(..) => count.given_up += 1,
        }
        if let Some(wrong) = wrong {
            return Err(format!("{claim:?} is {wrong}\n{verdict:?}"));
        }
    }
    Ok(())
}

/// Whether a claim is that some commission exists, rather than that none does.
const fn is_for_some(claim: &Claim) -> bool {
    match claim {
        Claim::CaseCounts(..)
        | Claim::TestCounts(..)
        | Claim::RouteCounts(_)
        | Claim::ModelCounts(_)
        | Claim::DocumentCounts(_)
        | Claim::DueCounts(..)
        | Claim::LengthCounts(..)
        | Claim::PreferenceCounts(_)
        | Claim::Matters(_) => true,
        Claim::Decided(_)
        | Claim::Settled(_)
        | Claim::SomeRouteOpen(_)
        | Claim::Exclusive(..)
        | Claim::OneMandatory(..)
        | Claim::NoDoubleBind(_)
        | Claim::OneLaw(_)
        | Claim::WithinExtent(_)
        | Claim::ListWhole(_)
        | Claim::OpensNothing(..)
        | Claim::DropsNothing(..)
        | Claim::ShortensNothing(..)
        | Claim::NoCircle(_) => false,
    }
}

fn are_too_many(book: &Rulebook, as_at: Date) -> bool {
    let moment = Moment { as_at, is_as_if_appointed: false };
    Completions::of(book, moment).count() > COMMISSIONS_MAX
}

/// Tries every commission on every day; nothing where they are too many.
fn tried(book: &Rulebook, proofs: &Proofs) -> Option<Tried> {
    let is_over = |verdict: &Verdict| matches!(verdict, Verdict::GaveUp(_, Reason::Budget));
    if proofs.days.len() > DAYS_MAX || proofs.verdicts.values().any(is_over) {
        return None;
    }
    let on = |as_at: &Date| Moment { as_at: *as_at, is_as_if_appointed: false };
    let last = proofs.days.last();
    let as_if = last.map(|as_at| Moment { as_at: *as_at, is_as_if_appointed: true });
    let moments: Vec<Moment> = proofs.days.iter().map(on).chain(as_if).collect();
    let mut tried = Tried::default();
    for moment in moments {
        let completions = Completions::of(book, moment);
        if completions.count() > COMMISSIONS_MAX {
            return None;
        }
        tried.try_all(book, proofs, moment, &completions);
    }
    for (id, _) in book.lists.iter().filter(|(id, _)| !is_whole(book, *id, &proofs.days)) {
        tried
            .broken
            .insert(Claim::ListWhole(id), "a code is on it twice, or has a hole".to_owned());
    }
    Some(tried)
}

impl Tried {
    fn try_all(
        &mut self,
        book: &Rulebook,
        proofs: &Proofs,
        moment: Moment,
        completions: &Completions,
    ) {
        let mut answers = Vec::new();
        for number in 0..completions.count() {
            let facts = completions.commission(number, &Facts::none());
            let seen = Seen::of(book, &facts, moment);
            answers.push(seen.answer());
            self.n_commissions += 1;
            for claim in proofs.verdicts.keys() {
                if is_for_some(claim) {
                    if !self.borne_out.contains(claim) && seen.bears_out(claim) {
                        self.borne_out.insert(claim.clone());
                    }
                } else if !moment.is_as_if_appointed && !self.broken.contains_key(claim) {
                    match seen.breaks(claim) {
                        Some(true) => {
                            let shown = format!("on {} {facts:?} breaks it", moment.as_at);
                            self.broken.insert(claim.clone(), shown);
                        }
                        Some(false) => {}
                        None => {
                            self.open.insert(claim.clone());
                        }
                    }
                }
            }
            if !moment.is_as_if_appointed {
                self.claimed.extend(seen.claimed());
            }
        }
        for fact in book.facts.ids() {
            self.matters(fact, completions, &answers);
        }
    }

    fn matters(&mut self, fact: FactId, completions: &Completions, answers: &[Vec<bool>]) {
        let claim = Claim::Matters(fact);
        let differ = |(one, other): (usize, usize)| answers.get(one) != answers.get(other);
        if !self.borne_out.contains(&claim) && completions.pairs(fact).any(differ) {
            self.borne_out.insert(claim);
        }
    }
}

/// Says if a refutation's example does not break the claim, whatever else is so.
fn unshown(book: &Rulebook, claim: &Claim, refutation: &Refutation) -> Option<String> {
    if matches!(claim, Claim::ListWhole(_)) {
        return None;
    }
    let Some(example) = &refutation.example else { return Some("refuted by nothing".to_owned()) };
    let moment = Moment { as_at: example.as_at, is_as_if_appointed: false };
    let completions = Completions::of(book, moment);
    completions.completing(&example.facts).into_iter().find_map(|number| {
        let facts = completions.commission(number, &example.facts);
        let breaks = Seen::of(book, &facts, moment).breaks(claim);
        (breaks != Some(true)).then(|| format!("refuted by what does not show it: {facts:?}"))
    })
}
