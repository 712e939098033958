//! What a layer does to the pack it sits on: narrows its routes and fills what it left open.
//!
//! A layer can only add tests, and every test of a route must hold: so it can close a route that
//! its base opens, and never open one that its base closes.

use super::super::errors;
use super::super::rulebook::{AmountRow, ListRows};
use super::super::table::Id;
use super::{Held, Reading};
use crate::quantity::InForce;
use crate::syntax::tree::{Conditional, Keyword};

impl Reading {
    /// Applies every layer's items, in the order of packs.
    pub(super) fn layers(&mut self, held: &[Held<'_>]) {
        for held in held {
            self.pack = held.pack;
            match held.item.node.header.keyword {
                Keyword::NarrowRoute => self.narrow_route(held),
                Keyword::FillAmount => self.fill_amount(held),
                Keyword::FillList => self.fill_list(held),
                Keyword::Pack
                | Keyword::Source
                | Keyword::Fact
                | Keyword::Amount
                | Keyword::List
                | Keyword::Calendar
                | Keyword::Event
                | Keyword::Decision
                | Keyword::Route
                | Keyword::Model
                | Keyword::Document
                | Keyword::Period
                | Keyword::Prefer
                | Keyword::Scenario
                | Keyword::Provisions => {}
            }
        }
    }

    /// Whether this pack is a layer; says so where it isn't.
    fn is_layer(&mut self, held: &Held<'_>) -> bool {
        let is_layer = self.book.packs[self.pack].base.is_some();
        if !is_layer {
            let keyword = held.item.node.header.keyword;
            self.diagnostics.push(errors::not_a_layer(keyword, held.item.span));
        }
        is_layer
    }

    fn narrow_route(&mut self, held: &Held<'_>) {
        let Some(name) = &held.item.node.header.name else { return };
        let clauses = self.clauses(held.item);
        let tests = self.tests(&clauses, &[Conditional::Needs, Conditional::BarredWhen]);
        let (Some(route), true) = (self.route(name), self.is_layer(held)) else { return };
        if let Some(route) = self.book.routes.get_mut(route) {
            route.tests.extend(tests);
        }
    }

    fn fill_amount(&mut self, held: &Held<'_>) {
        let Some(name) = &held.item.node.header.name else { return };
        let clauses = self.clauses(held.item);
        let (Some(id), true) = (self.amount(name), self.is_layer(held)) else { return };
        if id.place() >= self.book.amounts.len() {
            return;
        }
        let amount = &self.book.amounts[id];
        let (kind, is_left) = (amount.kind.clone(), amount.is_left_to_layers);
        if let Some(other) = amount.filled_by {
            let other = &self.book.packs[other].name;
            self.diagnostics.push(errors::filled_already(name, other, amount.span));
            return;
        }
        let class = amount.class.map(|class| {
            let owner = match class {
                super::super::Class::Fact(fact) => self.book.facts[fact].name.clone(),
                super::super::Class::Decision(decision) => {
                    self.book.decisions[decision].name.clone()
                }
            };
            (class, crate::source::Spanned::new(owner, name.span))
        });
        if !is_left {
            self.diagnostics.push(errors::not_left_to_layers(name, amount.span));
            return;
        }
        let mut rows = self.amount_rows(&clauses, class.as_ref(), &kind);
        let life = self.book.packs[self.pack].in_force;
        for row in &mut rows {
            row.in_force = row.in_force.within(life);
        }
        rows.retain(|row| !row.in_force.is_empty());
        if let Some(amount) = self.book.amounts.get_mut(id) {
            let own = std::mem::take(&mut amount.rows).into_iter();
            amount.rows = own.flat_map(|row| outside(&row, life)).chain(rows).collect();
            amount.filled_by = Some(self.pack);
        }
    }

    fn fill_list(&mut self, held: &Held<'_>) {
        let Some(name) = &held.item.node.header.name else { return };
        let clauses = self.clauses(held.item);
        let (Some(id), true) = (self.list(name), self.is_layer(held)) else { return };
        let Some((_, list)) = self.book.lists.iter().find(|(list, _)| *list == id) else { return };
        if !list.is_left_to_layers {
            self.diagnostics.push(errors::not_left_to_layers(name, list.span));
            return;
        }
        let mut filled = self.code_rows(&clauses);
        let life = self.book.packs[self.pack].in_force;
        for row in &mut filled {
            row.in_force = row.in_force.within(life);
        }
        if let Some(ListRows::Codes(rows)) = self.book.lists.get_mut(id).map(|list| &mut list.rows)
        {
            rows.extend(filled);
        }
    }
}

/// What is left of a figure of the base beside the life of the layer that fills its amount: before
/// it and after it.
fn outside(row: &AmountRow, life: InForce) -> Vec<AmountRow> {
    let parts = row.in_force.outside(life).into_iter();
    parts.map(|in_force| AmountRow { in_force, ..row.clone() }).collect()
}
