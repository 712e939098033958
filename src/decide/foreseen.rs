//! What is certain of a commission whatever its unknown facts turn out to be, where that is more
//! than three values can show: `a or not a` is yes.

use std::collections::BTreeMap;

use super::answer::Known;
use super::evaluation::Moment;
use crate::pack::{DecisionId, DocumentId, ModelId, PackId, PreferenceId, RouteId};

/// What a proof adds to the evaluation of one commission. What it doesn't hold is left to three
/// values; what it holds must be true.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foreseen {
    /// The outcomes that a decision can still have.
    pub outcomes: BTreeMap<DecisionId, Vec<usize>>,
    /// Whether a pack applies.
    pub packs: BTreeMap<PackId, Known>,
    /// Whether a route is open.
    pub routes: BTreeMap<RouteId, Known>,
    /// Whether the commission is a model.
    pub models: BTreeMap<ModelId, Known>,
    /// Whether a preference holds.
    pub preferences: BTreeMap<PreferenceId, Known>,
    /// Whether a document is needed on a route.
    pub documents: BTreeMap<(DocumentId, RouteId), Known>,
    /// The open routes that no open one is preferred to, where no unknown fact can change which.
    pub unbeaten: Option<Vec<RouteId>>,
}

/// What a proof foresees of one commission on the day asked about and on later ones, so that all of
/// them are told with the same certainty.
pub type Foresee<'f> = dyn Fn(Moment) -> Foreseen + 'f;

/// Foresees nothing: three values are all there is.
pub(super) fn nothing(_: Moment) -> Foreseen {
    Foreseen::default()
}

impl Known {
    /// This, or what is foreseen where it is unknown.
    pub(super) fn or_foreseen(self, foreseen: Option<&Self>) -> Self {
        match (self, foreseen) {
            (Self::Unknown, Some(foreseen)) => *foreseen,
            _ => self,
        }
    }
}
