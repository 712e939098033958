//! Reads what facts are the sum of, once the types of all facts are known.

use super::super::errors;
use super::super::rulebook::{FactKind, Sum, Thing};
use super::super::table::FactId;
use super::{Held, Reading};
use crate::source::Spanned;
use crate::syntax::tree::{Clause, Item, Keyword, Line, Names, VatBasis, Word};

impl Reading {
    /// Reads the sums of all facts. A sum with anything wrong in it is left out.
    pub(super) fn sums(&mut self, held: &[Held<'_>]) {
        let totals: Vec<&Word> =
            held.iter().filter_map(|held| Some(summed(held.item)?.0)).collect();
        for held in held {
            self.pack = held.pack;
            let Some((total, names, line)) = summed(held.item) else { continue };
            if self.names.is_refused(total) {
                continue;
            }
            let Some(Thing::Fact(id)) = self.book.names.get(&total.node).copied() else { continue };
            let sum = self.sum_of((id, total), names, line, &totals);
            if let Some(fact) = self.book.facts.get_mut(id) {
                fact.sum = sum;
            }
        }
    }

    fn sum_of(
        &mut self,
        total: (FactId, &Word),
        names: &[Word],
        line: &Line,
        totals: &[&Word],
    ) -> Option<Sum> {
        let span = line.clause.span;
        let kind = self.book.facts[total.0].kind.clone();
        if !matches!(kind, FactKind::Money(..) | FactKind::Number(..)) {
            self.diagnostics.push(errors::no_sum_of_this(total.1, &kind, span));
            return None;
        }
        if names.len() < 2 {
            self.diagnostics.push(errors::sum_of_one(total.1, span));
            return None;
        }
        let mut parts: Vec<(FactId, &Word)> = Vec::new();
        for name in names {
            if let Some(other) = totals.iter().find(|other| other.node == name.node) {
                self.diagnostics.push(errors::sum_of_sums(name, total.1, other.span));
                continue;
            }
            let Some(part) = self.fact(name) else { continue };
            if let Some((_, first)) = parts.iter().find(|(seen, _)| *seen == part) {
                let (what, first) = (format!("the part `{name}`"), first.span);
                self.diagnostics.push(errors::repeated_clause(&what, name.span, first));
                continue;
            }
            parts.push((part, name));
        }
        // The VAT itself is money of no basis, and puts parts without it on the footing of a total
        // with it.
        let is_plain =
            |part: &FactId| matches!(self.book.facts[*part].kind, FactKind::Money(None, ..));
        let has_vat = parts.iter().any(|(part, _)| is_plain(part));
        let mut is_sound = parts.len() == names.len();
        for (part, name) in &parts {
            let found = &self.book.facts[*part].kind;
            if !can_be_added(&kind, found, has_vat) {
                self.diagnostics.push(errors::wrong_part(name, found, total.1, &kind));
                is_sound = false;
            }
        }
        let own = self.citations(&line.citations);
        let citations =
            if own.is_empty() { self.book.facts[total.0].citations.clone() } else { own };
        let parts = parts.into_iter().map(|(part, _)| part).collect();
        is_sound.then_some(Sum { parts, citations, span })
    }
}

/// The name of a fact that is said to be a sum, with the names of its parts and their line.
fn summed(item: &Spanned<Item>) -> Option<(&Word, &[Word], &Line)> {
    let header = &item.node.header;
    let name = header.name.as_ref().filter(|_| header.keyword == Keyword::Fact)?;
    item.node.lines.iter().find_map(|line| {
        let Clause::Names(Names::SumOf, names) = &line.clause.node else { return None };
        Some((name, names.as_slice(), line))
    })
}

/// Whether a part of one kind can be added to a total of another; `has_vat` where the VAT is a part
/// of its own.
const fn can_be_added(total: &FactKind, part: &FactKind, has_vat: bool) -> bool {
    let (FactKind::Money(total, ..), FactKind::Money(part, ..)) = (total, part) else {
        return matches!((total, part), (FactKind::Number(..), FactKind::Number(..)));
    };
    match (total, part) {
        (_, None)
        | (Some(VatBasis::Including), Some(VatBasis::Including))
        | (Some(VatBasis::Excluding), Some(VatBasis::Excluding)) => true,
        (Some(VatBasis::Including), Some(VatBasis::Excluding)) => has_vat,
        (None | Some(VatBasis::Excluding), Some(_)) => false,
    }
}
