//! What is certain of a commission whatever its unknown facts turn out to be, where that is more
//! than three values can show: `a or not a` is yes.

use std::rc::Rc;

use super::answer::Known;
use super::evaluation::Moment;
use crate::pack::{DecisionId, DocumentId, ModelId, PackId, PreferenceId, RouteId};

/// What a proof adds to the evaluation of one commission at one moment. It is asked only where
/// three values leave something open; what it doesn't know is left so, and what it says must be
/// true.
pub trait Foreseen {
    /// The outcomes that a decision can still have.
    fn outcomes(&self, decision: DecisionId) -> Option<Vec<usize>>;
    /// Whether a pack applies.
    fn pack(&self, pack: PackId) -> Known;
    /// Whether a route is open.
    fn route(&self, route: RouteId) -> Known;
    /// Whether the commission is a model.
    fn model(&self, model: ModelId) -> Known;
    /// Whether a preference holds.
    fn preference(&self, preference: PreferenceId) -> Known;
    /// Whether a document is needed on a route.
    fn document(&self, document: DocumentId, route: RouteId) -> Known;
    /// The open routes that no open one is preferred to, where no unknown fact can change which.
    fn unbeaten(&self) -> Option<Vec<RouteId>>;
}

/// What a proof foresees of one commission on the day asked about and on later ones, so that all of
/// them are told with the same certainty.
pub type Foresee<'f, 'g> = dyn Fn(Moment) -> Option<Rc<dyn Foreseen + 'g>> + 'f;

/// Foresees nothing: three values are all there is.
pub(super) fn nothing<'g>(_: Moment) -> Option<Rc<dyn Foreseen + 'g>> {
    None
}

impl Known {
    /// This, or what is foreseen where it is unknown.
    pub(super) fn or_foreseen(
        self,
        by: Option<&dyn Foreseen>,
        ask: impl FnOnce(&dyn Foreseen) -> Self,
    ) -> Self {
        match (self, by) {
            (Self::Unknown, Some(by)) => ask(by),
            _ => self,
        }
    }
}
