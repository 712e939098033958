//! What everything in the rules says on a day, by names alone: of things with one shape in two
//! versions nothing needs to be proved.

use std::collections::{BTreeMap, BTreeSet};

use super::super::predicate::{amounts_of, figures_of, is_relation, key};
use super::super::view::View;
use super::meaning::{due_meaning, figures, kind_meaning, length_meaning, ranks};
use crate::pack::{
    AmountId, Class, Condition, DecisionId, FactId, Limb, ModelId, PackId, Rulebook, Test, walk,
};
use crate::quantity::InForce;

/// Every shape met so far with its number. A shape holds the numbers of the shapes that it uses,
/// so two things of one number say the same, down to the facts.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    numbers: BTreeMap<String, usize>,
}

impl Numbers {
    fn of(&mut self, shape: String) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(shape).or_insert(next)
    }
}

/// What has a shape of its own in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Pack,
    Decision,
    Route,
    Model,
    Gates,
    Rank,
    Document,
    Period,
}

/// The shapes of one version's things on a day.
#[derive(Debug)]
pub(super) struct Shapes {
    /// By kind and name.
    pub(super) things: BTreeMap<(Kind, String), usize>,
    /// By what is compared, what the figures of the amounts in comparisons of several facts are by.
    pub(super) relations: BTreeMap<String, Vec<Option<String>>>,
    /// The decisions that they are by.
    pub(super) deciding: BTreeSet<String>,
}

impl Shapes {
    pub(super) fn of(view: View<'_>, numbers: &mut Numbers) -> Self {
        let mut shaping = Shaping {
            view,
            numbers,
            decisions: BTreeMap::new(),
            models: BTreeMap::new(),
            packs: BTreeMap::new(),
        };
        let things = shaping.things();
        let (relations, deciding) = relations(view);
        Self { things, relations, deciding }
    }

    pub(super) fn of_thing(&self, kind: Kind, name: &str) -> Option<usize> {
        self.things.get(&(kind, name.to_owned())).copied()
    }
}

/// A thing by kind and name, with its shape.
type Shape = (Kind, String, String);

struct Shaping<'s, 'g> {
    view: View<'g>,
    numbers: &'s mut Numbers,
    decisions: BTreeMap<DecisionId, usize>,
    models: BTreeMap<ModelId, usize>,
    packs: BTreeMap<PackId, usize>,
}

impl<'g> Shaping<'_, 'g> {
    const fn book(&self) -> &'g Rulebook {
        self.view.book()
    }

    fn things(&mut self) -> BTreeMap<(Kind, String), usize> {
        let mut shapes = self.deciding();
        shapes.extend(self.routes_and_models());
        shapes.extend(self.papers());
        shapes.extend(self.ranks());
        let numbered = |(kind, name, shape): Shape| ((kind, name), self.numbers.of(shape));
        shapes.into_iter().map(numbered).collect()
    }

    /// Decisions, each after those it uses, and packs.
    fn deciding(&mut self) -> Vec<Shape> {
        let (book, mut shapes) = (self.book(), Vec::new());
        for decision in self.view.graph.order() {
            let shape = self.decision(*decision);
            let number = self.numbers.of(shape.clone());
            self.decisions.insert(*decision, number);
            shapes.push((Kind::Decision, book.decisions[*decision].name.clone(), shape));
        }
        for (id, pack) in book.packs.iter() {
            let gate = pack.gate.as_ref().map(|gate| self.test(gate));
            let shape = format!("{} {gate:?}", self.view.is_in_force(pack.in_force));
            let number = self.numbers.of(format!("pack {shape}"));
            self.packs.insert(id, number);
            shapes.push((Kind::Pack, pack.name.clone(), shape));
        }
        shapes
    }

    fn routes_and_models(&mut self) -> Vec<Shape> {
        let (book, mut shapes) = (self.book(), Vec::new());
        for (id, model) in book.models.iter() {
            let shape = self.conditioned(model.pack, model.in_force, &model.tests);
            let carriers: Vec<&str> =
                model.carried_by.iter().map(|route| book.routes[*route].name.as_str()).collect();
            let number = self.numbers.of(format!("{shape} by {carriers:?}"));
            self.models.insert(id, number);
            let gates = self.tests(&model.gates);
            shapes.push((Kind::Gates, model.name.clone(), format!("{shape} gates {gates}")));
            shapes.push((Kind::Model, model.name.clone(), shape));
        }
        for route in book.routes.rows() {
            let is_in_force = self.view.is_in_force(route.in_force);
            let shape =
                format!("{} {is_in_force} {}", self.pack(route.pack), self.tests(&route.tests));
            shapes.push((Kind::Route, route.name.clone(), shape));
        }
        shapes
    }

    fn papers(&mut self) -> Vec<Shape> {
        let (book, view, mut shapes) = (self.book(), self.view, Vec::new());
        for document in book.documents.rows() {
            let mut shape = self.conditioned(document.pack, document.in_force, &document.tests);
            for due in document.due.iter().filter(|due| view.is_in_force(due.in_force)) {
                let when = due.condition.as_ref().map(|condition| self.condition(condition));
                shape.push_str(&format!("; {} {when:?}", due_meaning(book, document, due)));
            }
            for ban in document.forbidden.iter().filter(|ban| view.is_in_force(ban.in_force)) {
                shape.push_str(&format!("; not {}", self.condition(&ban.condition)));
            }
            shapes.push((Kind::Document, document.name.clone(), shape));
        }
        for period in book.periods.rows() {
            let mut shape = self.conditioned(period.pack, period.in_force, &period.tests);
            for row in period.lengths.iter().filter(|row| view.is_in_force(row.in_force)) {
                let when = row.condition.as_ref().map(|condition| self.condition(condition));
                shape.push_str(&format!("; {:?} {when:?}", length_meaning(book, period, row)));
            }
            shapes.push((Kind::Period, period.name.clone(), shape));
        }
        shapes
    }

    fn ranks(&mut self) -> Vec<Shape> {
        let (book, mut shapes) = (self.book(), Vec::new());
        for (pair, preferences) in ranks(book) {
            let mut all: Vec<String> = Vec::new();
            for preference in preferences {
                let rules = &book.preferences[preference];
                all.push(self.conditioned(rules.pack, rules.in_force, &rules.tests));
            }
            all.sort();
            shapes.push((Kind::Rank, pair.name(), all.join(" or ")));
        }
        shapes
    }

    fn decision(&mut self, decision: DecisionId) -> String {
        let view = self.view;
        let rules = &view.book().decisions[decision];
        let mut shape = format!("{}", view.is_pack_in_force(rules.pack));
        for case in rules.cases.iter().filter(|case| view.is_in_force(case.in_force)) {
            let outcome = rules.outcomes.get(case.outcome).map(|outcome| &outcome.name);
            let when = case.condition.as_ref().map(|condition| self.condition(condition));
            shape.push_str(&format!("; {outcome:?} {when:?}"));
        }
        shape
    }

    fn pack(&self, pack: PackId) -> String {
        let name = &self.book().packs[pack].name;
        format!("{name}#{:?}", self.packs.get(&pack))
    }

    fn conditioned(&mut self, pack: PackId, in_force: InForce, tests: &'g [Test]) -> String {
        let is_there = self.view.is_in_force(in_force) && !self.view.are_out_of_force(tests);
        format!("{} {is_there} {}", self.pack(pack), self.tests(tests))
    }

    fn tests(&mut self, tests: &'g [Test]) -> String {
        let tests = self.view.tests(tests).map(|test| self.test(test));
        tests.collect::<Vec<_>>().join(" and ")
    }

    fn test(&mut self, test: &'g Test) -> String {
        let guard = test.guard.as_ref().map(|guard| self.condition(guard));
        let condition = self.condition(&test.condition);
        format!("({guard:?} {condition} {})", self.pack(test.pack))
    }

    fn limbs(&mut self, limbs: &'g [Limb]) -> String {
        let limbs = limbs.iter().map(|limb| self.condition(&limb.condition));
        limbs.collect::<Vec<_>>().join(", ")
    }

    fn condition(&mut self, condition: &'g Condition) -> String {
        let book = self.book();
        match condition {
            Condition::All(limbs) => format!("all({})", self.limbs(limbs)),
            Condition::Any(limbs) => format!("any({})", self.limbs(limbs)),
            Condition::AtLeast(count, limbs) => format!("{count} of({})", self.limbs(limbs)),
            Condition::Not(inner) => format!("not({})", self.condition(inner)),
            Condition::Yes(fact) => self.fact(*fact),
            Condition::OneOf(fact, options) => {
                let choices = book.facts[*fact].kind.choices();
                let names = options.iter().filter_map(|option| choices.get(*option));
                let names: BTreeSet<&str> = names.map(|choice| choice.name.as_str()).collect();
                format!("{} is {names:?}", self.fact(*fact))
            }
            Condition::Includes(fact, option) => {
                let option = book.facts[*fact].kind.choices().get(*option);
                format!("{} has {:?}", self.fact(*fact), option.map(|choice| &choice.name))
            }
            Condition::TextIs(fact, text) => format!("{} is {text:?}", self.fact(*fact)),
            Condition::CodeIs(fact, code) => format!("{} is {code}", self.fact(*fact)),
            Condition::InList(fact, list) => {
                // The order in which codes are listed means nothing.
                let codes = self.view.codes(*list).into_iter().map(|codes| format!("{codes:?}"));
                let codes = self.numbers.of(format!("{:?}", codes.collect::<BTreeSet<_>>()));
                format!("{} on #{codes}", self.fact(*fact))
            }
            Condition::Known(fact) => format!("{} known", self.fact(*fact)),
            Condition::Outcome(decision, outcomes) => {
                let rules = &book.decisions[*decision];
                let names = outcomes.iter().filter_map(|outcome| rules.outcomes.get(*outcome));
                let names: BTreeSet<&str> = names.map(|outcome| outcome.name.as_str()).collect();
                format!("#{:?} is {names:?}", self.decisions.get(decision))
            }
            Condition::RouteIs(routes) => {
                let names: BTreeSet<&str> =
                    routes.iter().map(|route| book.routes[*route].name.as_str()).collect();
                format!("route {names:?}")
            }
            Condition::ModelIs(models) => {
                let numbers = models.iter().map(|model| self.models.get(model));
                format!("model {:?}", numbers.collect::<BTreeSet<_>>())
            }
            Condition::Compare(..) | Condition::Gap(..) => self.comparison(condition),
        }
    }

    fn comparison(&mut self, condition: &'g Condition) -> String {
        let facts: Vec<String> =
            figures_of(condition).into_iter().map(|fact| self.fact(fact)).collect();
        let amounts: Vec<usize> =
            amounts_of(condition).into_iter().map(|amount| self.amount(amount)).collect();
        format!("({} of {facts:?} {amounts:?})", key(self.view, condition))
    }

    /// A fact with all that may be known of it.
    fn fact(&mut self, fact: FactId) -> String {
        let rules = &self.book().facts[fact];
        let number = self.numbers.of(kind_meaning(&rules.kind));
        format!("{}:{number}", rules.name)
    }

    fn amount(&mut self, amount: AmountId) -> usize {
        let book = self.book();
        let class = book.amounts[amount].class;
        let mut shape = match class {
            Some(Class::Fact(fact)) => self.fact(fact),
            Some(Class::Decision(decision)) => format!("#{:?}", self.decisions.get(&decision)),
            None => String::new(),
        };
        for (class, value) in figures(self.view, amount) {
            shape.push_str(&format!("; {class:?} {value:?}"));
        }
        self.numbers.of(shape)
    }
}

/// What the figures of the amounts in comparisons of several facts are by, and the decisions among
/// that.
fn relations(view: View<'_>) -> (BTreeMap<String, Vec<Option<String>>>, BTreeSet<String>) {
    let book = view.book();
    let (mut relations, mut deciding) = (BTreeMap::new(), BTreeSet::new());
    for condition in view.conditions() {
        walk(condition, &mut |condition| {
            if !is_relation(view, condition) {
                return;
            }
            let amounts = amounts_of(condition).into_iter();
            let classes = amounts.map(|amount| match book.amounts[amount].class? {
                Class::Fact(fact) => Some(book.facts[fact].name.clone()),
                Class::Decision(decision) => {
                    let name = &book.decisions[decision].name;
                    deciding.insert(name.clone());
                    Some(name.clone())
                }
            });
            relations.insert(key(view, condition), classes.collect());
        });
    }
    (relations, deciding)
}
