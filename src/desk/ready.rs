//! Rules made ready for the days that are asked about: what short replies are made from.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::decide::{Circuit, Reading, Standings};
use crate::facts::Commission;
use crate::graph::Graph;
use crate::quantity::Date;
use crate::report::{self, Phrases};

/// The days kept at most: with more, all are made again as they are asked for.
const DAYS_MAX: usize = 64;

/// The rules of a day, ready for short replies.
#[derive(Debug)]
pub(super) struct Ready {
    /// None where the rules are too large for one.
    pub(super) circuit: Option<Circuit>,
    pub(super) phrases: Phrases,
}

/// The days made ready so far, for all desks together.
#[derive(Debug, Default)]
pub(super) struct Days(RwLock<BTreeMap<Date, Arc<Ready>>>);

impl Days {
    /// A day that has been made ready.
    pub(super) fn get(&self, as_at: Date) -> Option<Arc<Ready>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&as_at).cloned()
    }

    /// A day of these rules, made ready if it is not.
    pub(super) fn day(&self, graph: &Graph, as_at: Date) -> Arc<Ready> {
        self.get(as_at).unwrap_or_else(|| {
            let circuit = Circuit::new(graph, as_at);
            let ready = Arc::new(Ready { circuit, phrases: Phrases::new(graph.book(), as_at) });
            let mut days = self.0.write().unwrap_or_else(PoisonError::into_inner);
            if days.len() >= DAYS_MAX {
                days.clear();
            }
            Arc::clone(days.entry(as_at).or_insert(ready))
        })
    }
}

impl Ready {
    /// The reply of a short kind, where the circuit settles everything: no proof can add to it.
    pub(super) fn settled(
        &self,
        graph: &Graph,
        commission: &Commission,
        is_short: bool,
        reading: &mut Reading,
    ) -> Option<String> {
        let circuit = self.circuit.as_ref()?;
        circuit.read(&commission.facts, reading);
        let standings = match is_short {
            true => circuit.standings(graph, reading),
            false => circuit.reasons(graph, reading),
        };
        standings.is_settled().then(|| self.said(&standings, commission, is_short))
    }

    /// The reply of standings, with their reasons unless it is to be short.
    pub(super) fn said(
        &self,
        standings: &Standings<'_>,
        commission: &Commission,
        is_short: bool,
    ) -> String {
        let title = commission.title.as_deref();
        match is_short {
            true => report::standings_line(standings, title, &self.phrases),
            false => report::reasons_line(standings, title, &self.phrases),
        }
    }
}
