//! Routes that exclude each other, mandatory routes, double binds.

use super::super::ledger::Ledger;
use super::super::logic::Logic;

pub(super) fn check(_logic: &Logic<'_>, _ledger: &mut Ledger) {}
