//! What is claimed, and how each claim has fared so far, day after day.

use std::collections::BTreeMap;

use super::diagram::GaveUp;
use super::example::{Example, Found, example, found, met};
use super::logic::Logic;
use super::meeting::Meeting;
use crate::decide::Trial;
use crate::pack::{
    DecisionId, DocumentId, FactId, ListId, ModelId, PackId, PeriodId, PreferenceId, RouteId,
};
use crate::quantity::Date;
use crate::source::Span;

/// What is claimed of a set of rules.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// Every commission that reaches the decision gets exactly one outcome.
    Decided(DecisionId),
    /// Once all facts are known the route is open or barred.
    Settled(RouteId),
    /// Every commission that the pack governs has an open route. Where one has none each route
    /// still says what bars it: a thing to look at, not a fault.
    SomeRouteOpen(PackId),
    /// Some commission reaches the case, and is caught by it.
    CaseCounts(DecisionId, usize),
    /// Some commission fails the test.
    TestCounts(Owner, usize),
    /// Some commission opens the route.
    RouteCounts(RouteId),
    /// Some commission is the model, with an open route to carry it.
    ModelCounts(ModelId),
    /// Some commission needs the document.
    DocumentCounts(DocumentId),
    /// Some commission that needs the document is due it by this rule, by its place.
    DueCounts(DocumentId, usize),
    /// Some commission has the period at this length, by its place.
    LengthCounts(PeriodId, usize),
    /// In some commission the preference ranks two open routes, or two fitting models.
    PreferenceCounts(PreferenceId),
    /// No commission opens both: the first says that it excludes the second.
    Exclusive(RouteId, RouteId),
    /// No commission opens both, and both are mandatory.
    OneMandatory(RouteId, RouteId),
    /// No commission both needs the document and forbids it.
    NoDoubleBind(DocumentId),
    /// Every commission of this nation, by the option of the fact that says so, is under exactly
    /// one law, or under one that the rules expressly don't hold.
    OneLaw(Option<(FactId, usize)>),
    /// The pack governs no commission of a nation to which it does not extend.
    WithinExtent(PackId),
    /// No code is on the list twice on one day, nor off it for a while between two spells.
    ListWhole(ListId),
    /// The layer opens no route that the law below closes.
    OpensNothing(PackId, RouteId),
    /// The layer drops no document that the law below requires.
    DropsNothing(PackId, DocumentId),
    /// The layer shortens no period of the law below.
    ShortensNothing(PackId, PeriodId),
    /// In no commission do these preferences go round in a circle.
    NoCircle(Vec<PreferenceId>),
    /// The fact can change an answer.
    Matters(FactId),
}

/// What a test belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// A pack, whose gate it is.
    Pack(PackId),
    /// A route.
    Route(RouteId),
    /// A model: what makes a commission one.
    Model(ModelId),
    /// A document.
    Document(DocumentId),
    /// A period.
    Period(PeriodId),
    /// A preference.
    Preference(PreferenceId),
}

/// How a claim fared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds of every commission on every day.
    Proved,
    /// It does not.
    Refuted(Refutation),
    /// It could be neither proved nor refuted on this day.
    GaveUp(Date, Reason),
}

/// Why a claim was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The diagrams would have grown past their budget.
    Budget,
    /// It rests on a comparison of several facts, which the logic treats as free, and no
    /// commission could be made that shows it.
    Free,
    /// The rules themselves leave it open.
    Gap,
    /// It rests on lengths of time in units of which neither is always the shorter.
    Lengths,
}

/// How a claim is refuted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refutation {
    /// A commission that shows it; none where the claim is that some commission exists, and none
    /// does.
    pub example: Option<Example>,
    /// The clauses in the way.
    pub clauses: Vec<Span>,
    /// The day on which it fails, where no commission says so.
    pub on: Option<Date>,
}

/// The claims so far.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    verdicts: BTreeMap<Claim, Verdict>,
    /// The first day of which nothing could be said.
    lost: Option<(Date, Reason)>,
    /// The same, where only claims that some commission exists could have been borne out.
    lost_for_some: Option<(Date, Reason)>,
    is_only_for_some: bool,
}

impl Ledger {
    /// From now on nothing is said of every commission: only claims that some commission exists are
    /// still borne out, or given up.
    pub(super) const fn look_only_for_some(&mut self) {
        self.is_only_for_some = true;
    }

    pub(super) fn into_verdicts(mut self) -> BTreeMap<Claim, Verdict> {
        let for_some = self.lost.or(self.lost_for_some);
        for (claim, verdict) in &mut self.verdicts {
            let lost = if claim.is_for_some() {
                for_some.filter(|_| matches!(verdict, Verdict::Refuted(_)))
            } else if matches!(claim, Claim::ListWhole(_)) {
                None
            } else {
                self.lost.filter(|_| matches!(verdict, Verdict::Proved))
            };
            if let Some((on, reason)) = lost {
                *verdict = Verdict::GaveUp(on, reason);
            }
        }
        self.verdicts
    }

    /// Notes that a claim about every commission fails for these on the logic's day.
    pub(super) fn never(
        &mut self,
        logic: &Logic<'_>,
        claim: Claim,
        failing: Result<Meeting, GaveUp>,
        agrees: &dyn Fn(&mut Trial<'_>) -> bool,
    ) {
        if self.is_refuted(&claim) || self.is_only_for_some {
            return;
        }
        match failing.and_then(|failing| found(logic, &failing, agrees)) {
            Ok(Found::Nothing) => self.holds(claim),
            Ok(Found::Shown(example)) => {
                let refutation = Refutation { example: Some(example), ..Refutation::default() };
                self.verdicts.insert(claim, Verdict::Refuted(refutation));
            }
            Ok(Found::Unsure) => self.give_up(claim, logic.view.as_at, Reason::Free),
            Err(GaveUp) => self.give_up(claim, logic.view.as_at, Reason::Budget),
        }
    }

    /// Notes that a claim holds on a day, whatever became of it on others.
    pub(super) fn holds(&mut self, claim: Claim) {
        if !self.is_only_for_some {
            self.verdicts.entry(claim).or_insert(Verdict::Proved);
        }
    }

    /// Says which clauses are in the way of a claim that an example refutes, if nothing does yet.
    pub(super) fn blame(&mut self, claim: &Claim, clauses: &dyn Fn(&Example) -> Vec<Span>) {
        if let Some(Verdict::Refuted(refutation)) = self.verdicts.get_mut(claim)
            && let (true, Some(example)) = (refutation.clauses.is_empty(), &refutation.example)
        {
            refutation.clauses = clauses(example);
        }
    }

    /// Notes that a claim fails on a day whatever the commission, or holds.
    pub(super) fn refute_if(&mut self, claim: Claim, on: Option<Date>, clauses: Vec<Span>) {
        match on {
            Some(_) => {
                let refutation = Refutation { example: None, clauses, on };
                self.verdicts.insert(claim, Verdict::Refuted(refutation));
            }
            None => self.holds(claim),
        }
    }

    /// Notes that a claim that some commission exists is borne out by one of these on the logic's
    /// day, or by none that day. `clauses` says what is in the way where none is.
    pub(super) fn some(
        &mut self,
        logic: &Logic<'_>,
        claim: Claim,
        witnesses: Result<Meeting, GaveUp>,
        agrees: &dyn Fn(&mut Trial<'_>) -> bool,
        clauses: &dyn Fn() -> Vec<Span>,
    ) {
        if self.is_proved(&claim) {
            return;
        }
        match witnesses.and_then(|witnesses| is_borne_out(logic, &witnesses, agrees)) {
            Ok(Some(true)) => {
                self.verdicts.insert(claim, Verdict::Proved);
            }
            Ok(Some(false)) => self.none(claim, clauses),
            Ok(None) => self.give_up(claim, logic.view.as_at, Reason::Free),
            Err(GaveUp) => self.give_up(claim, logic.view.as_at, Reason::Budget),
        }
    }

    /// Notes that nothing bears out a claim on a day, unless something did on another.
    pub(super) fn none(&mut self, claim: Claim, clauses: &dyn Fn() -> Vec<Span>) {
        let refutation = || Refutation { clauses: clauses(), ..Refutation::default() };
        self.verdicts.entry(claim).or_insert_with(|| Verdict::Refuted(refutation()));
    }

    /// Whether a claim is refuted, which no other day can mend.
    pub(super) fn is_refuted(&self, claim: &Claim) -> bool {
        matches!(self.verdicts.get(claim), Some(Verdict::Refuted(_)))
    }

    /// Whether a claim is proved so far.
    pub(super) fn is_proved(&self, claim: &Claim) -> bool {
        matches!(self.verdicts.get(claim), Some(Verdict::Proved))
    }

    /// Whether claims are all proved so far.
    pub(super) fn are_proved(&self, claims: &[Claim]) -> bool {
        claims.iter().all(|claim| self.is_proved(claim))
    }

    /// Notes that nothing can be said of a day: nothing is then proved of every commission, and
    /// nothing is dead that no other day needs.
    pub(super) fn lose(&mut self, on: Date, reason: Reason) {
        let lost = if self.is_only_for_some { &mut self.lost_for_some } else { &mut self.lost };
        lost.get_or_insert((on, reason));
    }

    pub(super) fn give_up(&mut self, claim: Claim, on: Date, reason: Reason) {
        if !self.is_only_for_some || claim.is_for_some() {
            self.verdicts.insert(claim, Verdict::GaveUp(on, reason));
        }
    }
}

/// Whether some of these commissions is one on which the evaluator agrees; none where the logic
/// knows some and the evaluator agrees on none that was tried.
fn is_borne_out(
    logic: &Logic<'_>,
    witnesses: &Meeting,
    agrees: &dyn Fn(&mut Trial<'_>) -> bool,
) -> Result<Option<bool>, GaveUp> {
    let Some(bits) = witnesses.first(&logic.diagrams)? else { return Ok(Some(false)) };
    if met(logic, &bits, agrees).is_some() {
        return Ok(Some(true));
    }
    let all = witnesses.all(&logic.diagrams)?;
    let surely = logic.diagrams.for_all(&all, &logic.space.relation_bits());
    Ok((!surely.is_nothing() || example(logic, &all, agrees).is_some()).then_some(true))
}
