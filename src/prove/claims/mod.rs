//! What is claimed of rules: one file for each kind of claim.

mod dead;
mod exclusion;
mod gaps;
mod layers;
mod preferences;
mod questions;
mod shortened;
mod time;

use super::ledger::Ledger;
use super::logic::Logic;

pub(super) use layers::check as check_layer;

/// Holds every claim that is about one set of rules against one day.
pub(super) fn check(logic: &Logic<'_>, ledger: &mut Ledger) {
    gaps::check(logic, ledger);
    dead::check(logic, ledger);
    exclusion::check(logic, ledger);
    time::check(logic, ledger);
    preferences::check(logic, ledger);
    questions::check(logic, ledger);
}
