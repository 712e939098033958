//! What would change if the procurement began later: the law made and not yet in force.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{
    Change, ChecklistItem, Coming, DecisionFinding, Known, PackFinding, Recommendation,
    RouteFinding, Standing,
};
use super::evaluation::{Evaluation, Moment};
use super::foreseen::Foresee;
use super::{checklist, models, rank, routes};
use crate::facts::Facts;
use crate::graph::Graph;
use crate::pack::{Condition, DecisionId, DocumentId, PackId, RouteId, Rulebook, walk};
use crate::quantity::{Beginning, Date};

/// As much of an answer as is compared.
#[derive(Clone)]
pub(super) struct Outline {
    packs: BTreeMap<PackId, bool>,
    /// Whether each pack applies: which law governs.
    applying: BTreeMap<PackId, Known>,
    /// The outcomes still possible of each decision, in the order of their cases.
    decisions: BTreeMap<DecisionId, Vec<usize>>,
    routes: BTreeMap<RouteId, Standing>,
    recommended: Option<RouteId>,
    documents: BTreeMap<DocumentId, Known>,
    bans: BTreeMap<DocumentId, Known>,
}

impl Outline {
    pub(super) fn new(
        decisions: &[DecisionFinding],
        routes: &[RouteFinding<'_>],
        recommendation: &Recommendation,
        checklist: &[ChecklistItem<'_>],
        packs: &[PackFinding<'_>],
    ) -> Self {
        let documents = checklist.iter().filter_map(|item| match item {
            ChecklistItem::Document(finding) => Some((finding.document, finding.needed)),
            ChecklistItem::Forbidden(_) | ChecklistItem::RecordReasons(_) => None,
        });
        let bans = checklist.iter().filter_map(|item| match item {
            ChecklistItem::Forbidden(finding) => Some((finding.document, finding.forbidden)),
            ChecklistItem::Document(_) | ChecklistItem::RecordReasons(_) => None,
        });
        Self {
            packs: packs.iter().map(|finding| (finding.pack, finding.is_in_force)).collect(),
            applying: packs.iter().map(|finding| (finding.pack, applies(finding))).collect(),
            decisions: decisions
                .iter()
                .map(|finding| (finding.decision, finding.possible.clone()))
                .collect(),
            routes: routes.iter().map(|finding| (finding.route, finding.standing)).collect(),
            recommended: match recommendation {
                Recommendation::Take { route, .. } => Some(*route),
                Recommendation::Undecided(_) => None,
            },
            documents: documents.collect(),
            bans: bans.collect(),
        }
    }

    /// The outline at another moment.
    fn at<'g>(graph: &'g Graph, facts: &Facts, moment: Moment, foresee: &Foresee<'_, 'g>) -> Self {
        let mut evaluation = Evaluation::with(graph, facts, moment, foresee(moment));
        let routes = routes(&evaluation);
        let models = models(&mut evaluation, &routes);
        let ranking = rank::ranking(&evaluation, &routes);
        let recommendation = rank::recommend(&evaluation, &routes, &models, &ranking);
        // Papers are compared only for a route that is recommended before and after.
        let candidates = match recommendation {
            Recommendation::Take { .. } => rank::candidates(&recommendation),
            Recommendation::Undecided(_) => Vec::new(),
        };
        let documents = checklist::documents(&mut evaluation, &candidates);
        let bans = checklist::bans(&mut evaluation, &candidates);
        let bans = bans.into_iter().map(ChecklistItem::Forbidden);
        let papers = documents.into_iter().map(ChecklistItem::Document).chain(bans);
        let checklist: Vec<_> = papers.collect();
        let decisions = evaluation.decisions();
        Self::new(&decisions, &routes, &recommendation, &checklist, evaluation.packs())
    }

    /// What a later outline changes, the most telling first. Where another law governs by then,
    /// that says it all: its routes and papers are another answer's.
    fn changes_to(&self, book: &Rulebook, later: &Self) -> Vec<Change> {
        let mut changes = Vec::new();
        for (pack, is_in_force) in &later.packs {
            let tells =
                [self, later].iter().any(|outline| outline.applying.get(pack) != Some(&Known::No));
            if tells && self.packs.get(pack) != Some(is_in_force) {
                changes.push(Change::Pack(*pack, *is_in_force));
            }
        }
        if self.recommended != later.recommended {
            changes.push(Change::Recommendation(self.recommended, later.recommended));
        }
        let is_same_law = self.applying == later.applying;
        for (route, standing) in later.routes.iter().filter(|_| is_same_law) {
            let before = self.routes.get(route).copied();
            if before != Some(*standing) {
                changes.push(Change::Route(*route, before, Some(*standing)));
            }
        }
        let gates = later.decisions_of_gates(book);
        for (decision, possible) in &later.decisions {
            let applies = later.applying.get(&book.decisions[*decision].pack) != Some(&Known::No);
            let tells = if is_same_law { applies } else { gates.contains(decision) };
            let before = self.decisions.get(decision).cloned().unwrap_or_default();
            if tells && !are_same(&before, possible) && !before.is_empty() {
                changes.push(Change::Decision(*decision, before, possible.clone()));
            }
        }
        // Another route has another checklist throughout: only the same route's is compared.
        let is_same_route = self.recommended.is_some() && self.recommended == later.recommended;
        if is_same_route && is_same_law {
            changes.extend(self.documents_to(later));
        }
        changes
    }

    /// The decisions that packs' gates read: which law governs.
    fn decisions_of_gates(&self, book: &Rulebook) -> BTreeSet<DecisionId> {
        let mut decisions = BTreeSet::new();
        for pack in self.packs.keys() {
            if let Some(gate) = &book.packs[*pack].gate {
                walk(&gate.condition, &mut |condition| {
                    if let Condition::Outcome(decision, _) = condition {
                        decisions.insert(*decision);
                    }
                });
            }
        }
        decisions
    }

    fn documents_to(&self, later: &Self) -> Vec<Change> {
        let needed = turned(&self.documents, &later.documents).into_iter();
        let needed = needed.map(|(id, before, after)| Change::Document(id, before, after));
        let forbidden = turned(&self.bans, &later.bans).into_iter();
        let forbidden = forbidden.map(|(id, before, after)| Change::Ban(id, before, after));
        needed.chain(forbidden).collect()
    }
}

/// The documents of which something becomes so, or is no longer, with how it was and will be.
fn turned(
    before: &BTreeMap<DocumentId, Known>,
    after: &BTreeMap<DocumentId, Known>,
) -> Vec<(DocumentId, Known, Known)> {
    let ids: BTreeSet<DocumentId> = before.keys().chain(after.keys()).copied().collect();
    let known = |documents: &BTreeMap<DocumentId, Known>, id| {
        documents.get(id).copied().unwrap_or(Known::No)
    };
    let pairs = ids.iter().map(|id| (*id, known(before, id), known(after, id)));
    pairs.filter(|(_, before, after)| before != after).collect()
}

/// Whether the same outcomes are possible, in whichever order their cases are tried.
fn are_same(before: &[usize], after: &[usize]) -> bool {
    let [before, after] = [before, after].map(|outcomes| outcomes.iter().collect::<BTreeSet<_>>());
    before == after
}

fn applies(finding: &PackFinding<'_>) -> Known {
    match (&finding.gate, finding.is_in_force) {
        (_, false) => Known::No,
        (Some(gate), true) => gate.holds,
        (None, true) => Known::Yes,
    }
}

/// What changes on each later day on which rules change, and on a day not yet appointed. Ends with
/// the day on which another law governs: what changes in that law later is no change to this answer.
pub(super) fn coming<'g>(
    graph: &'g Graph,
    facts: &Facts,
    as_at: Date,
    now: Outline,
    foresee: &Foresee<'_, 'g>,
) -> Vec<Coming> {
    let mut coming = Vec::new();
    let at = |moment| Outline::at(graph, facts, moment, foresee);
    let appointed = at(Moment { as_at, is_as_if_appointed: true });
    let when_appointed = now.changes_to(graph.book(), &appointed);
    let mut before = now;
    for day in graph.days().iter().copied().filter(|day| *day > as_at) {
        let later = at(Moment::on(day));
        let changes = before.changes_to(graph.book(), &later);
        if !changes.is_empty() {
            coming.push(Coming { from: Beginning::On(day), changes });
        }
        if before.applying != later.applying {
            break;
        }
        before = later;
    }
    if !when_appointed.is_empty() {
        coming.push(Coming { from: Beginning::NotAppointed, changes: when_appointed });
    }
    coming
}
