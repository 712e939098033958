//! What a claim is about: its kind, the packs it belongs to, its place in the rules.

use std::collections::BTreeSet;

use super::ledger::{Claim, Owner, Reason, Refutation, Verdict};
use super::proofs::Proofs;
use crate::pack::{PackId, Rulebook, Test};
use crate::quantity::Date;
use crate::source::Span;

/// The kinds of claims, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClaimKind {
    /// Every decision reached has one outcome, every route is open or barred.
    NoGaps,
    /// Every clause counts for some commission.
    NothingDead,
    /// Routes that exclude each other are never open together.
    Exclusion,
    /// Every day has one law.
    Time,
    /// Layers only narrow.
    Layers,
    /// No preferences go round in a circle.
    Preferences,
    /// Every question can change an answer.
    Questions,
}

impl ClaimKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::NoGaps,
        Self::NothingDead,
        Self::Exclusion,
        Self::Time,
        Self::Layers,
        Self::Preferences,
        Self::Questions,
    ];
}

impl Claim {
    /// What kind of claim it is.
    #[must_use]
    pub const fn kind(&self) -> ClaimKind {
        match self {
            Self::Decided(_) | Self::Settled(_) | Self::SomeRouteOpen(_) => ClaimKind::NoGaps,
            Self::CaseCounts(..)
            | Self::TestCounts(..)
            | Self::RouteCounts(_)
            | Self::ModelCounts(_)
            | Self::DocumentCounts(_)
            | Self::DueCounts(..)
            | Self::LengthCounts(..)
            | Self::PreferenceCounts(_) => ClaimKind::NothingDead,
            Self::Exclusive(..) | Self::OneMandatory(..) | Self::NoDoubleBind(_) => {
                ClaimKind::Exclusion
            }
            Self::OneLaw(_) | Self::WithinExtent(_) | Self::ListWhole(_) => ClaimKind::Time,
            Self::OpensNothing(..) | Self::DropsNothing(..) | Self::ShortensNothing(..) => {
                ClaimKind::Layers
            }
            Self::NoCircle(_) => ClaimKind::Preferences,
            Self::Matters(_) => ClaimKind::Questions,
        }
    }

    /// Whether it is that some commission exists, rather than that none does.
    pub(super) const fn is_for_some(&self) -> bool {
        matches!(self.kind(), ClaimKind::NothingDead | ClaimKind::Questions)
    }

    /// Whether that it fails is a thing to look at, and no fault.
    #[must_use]
    pub const fn is_remark(&self) -> bool {
        matches!(self, Self::SomeRouteOpen(_))
    }

    /// The packs it belongs to: those of what it is about. What says that every commission has one
    /// law is about all packs that govern.
    #[must_use]
    pub fn packs(&self, book: &Rulebook) -> BTreeSet<PackId> {
        let one = |pack: PackId| BTreeSet::from([pack]);
        match self {
            Self::Decided(id) | Self::CaseCounts(id, _) => one(book.decisions[*id].pack),
            Self::Settled(id) | Self::RouteCounts(id) => one(book.routes[*id].pack),
            Self::SomeRouteOpen(pack)
            | Self::WithinExtent(pack)
            | Self::OpensNothing(pack, _)
            | Self::DropsNothing(pack, _)
            | Self::ShortensNothing(pack, _) => one(*pack),
            Self::TestCounts(owner, place) => {
                let test = owner.tests(book).get(*place);
                one(test.map_or_else(|| owner.pack(book), |test| test.pack))
            }
            Self::ModelCounts(id) => one(book.models[*id].pack),
            Self::DocumentCounts(id) | Self::DueCounts(id, _) | Self::NoDoubleBind(id) => {
                one(book.documents[*id].pack)
            }
            Self::LengthCounts(id, _) => one(book.periods[*id].pack),
            Self::PreferenceCounts(id) => one(book.preferences[*id].pack),
            Self::Exclusive(a, b) | Self::OneMandatory(a, b) => {
                [book.routes[*a].pack, book.routes[*b].pack].into()
            }
            Self::OneLaw(_) => governing(book).into_iter().collect(),
            Self::ListWhole(id) => one(book.lists[*id].pack),
            Self::NoCircle(ids) => ids.iter().map(|id| book.preferences[*id].pack).collect(),
            Self::Matters(id) => one(book.facts[*id].pack),
        }
    }

    /// Where what it is about is written.
    #[must_use]
    pub fn place(&self, book: &Rulebook) -> Option<Span> {
        Some(match self {
            Self::Decided(id) => book.decisions[*id].span,
            Self::CaseCounts(id, place) => book.decisions[*id].cases.get(*place)?.span,
            Self::Settled(id)
            | Self::RouteCounts(id)
            | Self::Exclusive(id, _)
            | Self::OneMandatory(id, _) => book.routes[*id].span,
            Self::SomeRouteOpen(pack)
            | Self::WithinExtent(pack)
            | Self::OpensNothing(pack, _)
            | Self::DropsNothing(pack, _)
            | Self::ShortensNothing(pack, _) => book.packs[*pack].span,
            Self::TestCounts(owner, place) => owner.tests(book).get(*place)?.span,
            Self::ModelCounts(id) => book.models[*id].span,
            Self::DocumentCounts(id) | Self::NoDoubleBind(id) => book.documents[*id].span,
            Self::DueCounts(id, place) => book.documents[*id].due.get(*place)?.span,
            Self::LengthCounts(id, place) => book.periods[*id].lengths.get(*place)?.span,
            Self::PreferenceCounts(id) => book.preferences[*id].span,
            Self::OneLaw(Some((fact, _))) => book.facts[*fact].span,
            Self::OneLaw(None) => book.packs[*governing(book).first()?].span,
            Self::ListWhole(id) => book.lists[*id].span,
            Self::NoCircle(ids) => book.preferences[*ids.first()?].span,
            Self::Matters(id) => book.facts[*id].span,
        })
    }
}

impl Owner {
    /// Its tests, the gates of a model aside.
    fn tests(self, book: &Rulebook) -> &[Test] {
        match self {
            Self::Pack(id) => book.packs[id].gate.as_slice(),
            Self::Route(id) => &book.routes[id].tests,
            Self::Model(id) => &book.models[id].tests,
            Self::Document(id) => &book.documents[id].tests,
            Self::Period(id) => &book.periods[id].tests,
            Self::Preference(id) => &book.preferences[id].tests,
        }
    }

    /// The pack that it is in.
    #[must_use]
    pub fn pack(self, book: &Rulebook) -> PackId {
        match self {
            Self::Pack(id) => id,
            Self::Route(id) => book.routes[id].pack,
            Self::Model(id) => book.models[id].pack,
            Self::Document(id) => book.documents[id].pack,
            Self::Period(id) => book.periods[id].pack,
            Self::Preference(id) => book.preferences[id].pack,
        }
    }
}

/// The packs that govern: each says to whom it applies and has routes of its own.
pub(super) fn governing(book: &Rulebook) -> Vec<PackId> {
    let governs = |pack: &PackId| {
        let rules = &book.packs[*pack];
        let has_routes = book.routes.rows().any(|route| route.pack == *pack);
        rules.gate.is_some() && rules.base.is_none() && has_routes
    };
    book.packs.ids().filter(governs).collect()
}

impl Proofs {
    /// The claims that belong to one of these packs at least.
    #[must_use]
    pub fn about(&self, book: &Rulebook, packs: &BTreeSet<PackId>) -> Self {
        let is_about = |claim: &Claim| !claim.packs(book).is_disjoint(packs);
        let kept = self.verdicts.iter().filter(|(claim, _)| is_about(claim));
        let verdicts = kept.map(|(claim, verdict)| (claim.clone(), verdict.clone())).collect();
        Self { verdicts, days: self.days.clone(), largest: self.largest }
    }

    /// The claims that are refuted, remarks among them.
    pub fn refuted(&self) -> impl Iterator<Item = (&Claim, &Refutation)> {
        self.verdicts.iter().filter_map(|(claim, verdict)| match verdict {
            Verdict::Refuted(refutation) => Some((claim, refutation)),
            Verdict::Proved | Verdict::GaveUp(..) => None,
        })
    }

    /// The claims that are neither proved nor refuted, with the day and the reason.
    pub fn given_up(&self) -> impl Iterator<Item = (&Claim, Date, Reason)> {
        self.verdicts.iter().filter_map(|(claim, verdict)| match verdict {
            Verdict::GaveUp(day, reason) => Some((claim, *day, *reason)),
            Verdict::Proved | Verdict::Refuted(_) => None,
        })
    }

    /// Whether something is refuted that is a fault.
    #[must_use]
    pub fn has_faults(&self) -> bool {
        self.refuted().any(|(claim, _)| !claim.is_remark())
    }
}
