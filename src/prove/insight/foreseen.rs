//! What is certain whatever the unknown facts turn out to be, where three values may not show it.

use std::cell::OnceCell;
use std::sync::Arc;

use super::super::diagram::GaveUp;
use super::super::logic::Truth;
use super::case::{Case, stands};
use super::days::Days;
use crate::decide::{Foreseen, Known, Moment};
use crate::facts::Facts;
use crate::pack::{DecisionId, DocumentId, ModelId, PackId, PreferenceId, RouteId};

/// A commission on another day than the one asked about: its logic is made if it is asked anything.
pub(super) struct Elsewhen<'g> {
    days: Arc<Days<'g>>,
    facts: Facts,
    moment: Moment,
    /// `None` where the rules of that day are too large for the budget.
    case: OnceCell<Option<Case<'g>>>,
}

impl<'g> Elsewhen<'g> {
    pub(super) fn new(days: &Arc<Days<'g>>, facts: &Facts, moment: Moment) -> Self {
        Self { days: Arc::clone(days), facts: facts.clone(), moment, case: OnceCell::new() }
    }

    fn case(&self) -> Option<&Case<'g>> {
        let case = self.case.get_or_init(|| {
            let logic = self.days.logic(self.moment)?;
            Some(Case::new(&logic, &self.facts))
        });
        case.as_ref()
    }
}

impl Foreseen for Case<'_> {
    fn outcomes(&self, decision: DecisionId) -> Option<Vec<usize>> {
        let decided = self.here.decision(decision)?;
        // Where the rules leave a gap, nothing is certain.
        if !decided.none.is_nothing() {
            return None;
        }
        let can = decided.can.iter().enumerate();
        Some(can.filter(|(_, can)| !can.is_nothing()).map(|(outcome, _)| outcome).collect())
    }

    fn pack(&self, pack: PackId) -> Known {
        stands(&self.here.applies(pack))
    }

    fn route(&self, route: RouteId) -> Known {
        stands(&self.here.route(route))
    }

    fn model(&self, model: ModelId) -> Known {
        stands(&self.here.model(model))
    }

    fn preference(&self, preference: PreferenceId) -> Known {
        known(self.here.preference(preference))
    }

    fn document(&self, document: DocumentId, route: RouteId) -> Known {
        known(self.here.document(document, route))
    }

    fn unbeaten(&self) -> Option<Vec<RouteId>> {
        unbeaten(self).ok().flatten()
    }
}

fn known(truth: Result<Truth, GaveUp>) -> Known {
    truth.map_or(Known::Unknown, |truth| stands(&truth))
}

/// The routes that come out unbeaten, where no unknown fact can change which.
fn unbeaten(case: &Case<'_>) -> Result<Option<Vec<RouteId>>, GaveUp> {
    let logic = &case.here;
    if logic.book().routes.ids().any(|route| !logic.route(route).gap.is_nothing()) {
        return Ok(None);
    }
    let ranked = logic.ranked()?;
    let mut unbeaten = Vec::new();
    for (route, met) in ranked.perhaps_unbeaten() {
        if ranked.is_surely_unbeaten(route) {
            unbeaten.push(route);
        } else if met.first(&logic.diagrams)?.is_some() {
            return Ok(None);
        }
    }
    Ok((!unbeaten.is_empty()).then_some(unbeaten))
}

impl Foreseen for Elsewhen<'_> {
    fn outcomes(&self, decision: DecisionId) -> Option<Vec<usize>> {
        self.case()?.outcomes(decision)
    }

    fn pack(&self, pack: PackId) -> Known {
        self.case().map_or(Known::Unknown, |case| case.pack(pack))
    }

    fn route(&self, route: RouteId) -> Known {
        self.case().map_or(Known::Unknown, |case| case.route(route))
    }

    fn model(&self, model: ModelId) -> Known {
        self.case().map_or(Known::Unknown, |case| case.model(model))
    }

    fn preference(&self, preference: PreferenceId) -> Known {
        self.case().map_or(Known::Unknown, |case| case.preference(preference))
    }

    fn document(&self, document: DocumentId, route: RouteId) -> Known {
        self.case().map_or(Known::Unknown, |case| case.document(document, route))
    }

    fn unbeaten(&self) -> Option<Vec<RouteId>> {
        self.case()?.unbeaten()
    }
}
