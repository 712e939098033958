//! A circuit made of the rules of a moment.
//!
//! Conditions become clauses, each of which is any one of simple conditions and is decided by the
//! facts alone; what joins clauses becomes gates.

use std::collections::{BTreeMap, BTreeSet};

use super::advice::Row;
use super::gates::{Case, Figured, Gate, Gates};
use super::inputs::{Asked, Atom, Clause, Inputs, Point};
use super::sums::{self, Compared, Sum, Worth};
use super::wires::{N_FIXED, Signal, Turn, UNKNOWN};
use super::{Circuit, Reason, RouteWires};
use crate::decide::arithmetic::scalar;
use crate::decide::{Basis, Moment, Scalar};
use crate::graph::Graph;
use crate::pack::{
    AmountId, Class, Condition, DecisionId, FactId, Figure, Id, Limb, ListId, ListRows, ModelId,
    PackId, PreferenceId, Quantity, RouteId, Rulebook, Term, Test,
};
use crate::quantity::{CpvCode, InForce};

/// The most figures that the amounts of one comparison may have together; rules with more make no
/// circuit.
const FIGURES_MAX: usize = 4_096;

/// Something that any one of its parts makes so.
#[derive(Clone, Default)]
struct Any {
    atoms: Clause,
    wires: BTreeSet<(u32, Turn)>,
    /// Whether a part always is so.
    is_sure: bool,
}

/// A condition as it is being read: any one of its parts, or the opposite of that.
#[derive(Clone)]
struct Part {
    any: Any,
    is_turned: bool,
}

/// The figure of an amount at a moment, with the outcomes or options for which it is given.
struct Given {
    worth: Worth,
    for_class: Option<usize>,
}

/// What is being made.
pub(super) struct Builder<'g> {
    graph: &'g Graph,
    moment: Moment,
    clauses: BTreeMap<Clause, u32>,
    /// The wires given out so far.
    n_wires: u32,
    known: BTreeMap<(Clause, BTreeSet<(u32, Turn)>), Signal>,
    gates: Gates,
    /// By place of their ids: the wire of each outcome. None where a decision's pack is not law.
    outcomes: Vec<Option<Vec<u32>>>,
    packs: Vec<Signal>,
    models: Vec<Signal>,
    /// Whether a comparison had more figures than are taken.
    is_too_large: bool,
}

impl Part {
    const fn of(any: Any) -> Self {
        Self { any, is_turned: false }
    }

    fn atom(fact: FactId, asked: Asked) -> Self {
        let atom = Atom { fact, asked, is_turned: false };
        Self::of(Any { atoms: Clause::from([atom]), ..Any::default() })
    }

    fn signal(signal: Signal) -> Self {
        Self::of(match signal {
            Signal::No => Any::default(),
            Signal::Yes => Any { is_sure: true, ..Any::default() },
            Signal::Wire(wire, turn) => {
                Any { wires: BTreeSet::from([(wire, turn)]), ..Any::default() }
            }
        })
    }

    fn not(self) -> Self {
        Self { is_turned: !self.is_turned, ..self }
    }

    /// The same as any one of some parts, where it can be said so.
    fn straight(self) -> Result<Any, Self> {
        if !self.is_turned {
            return Ok(self.any);
        }
        let Any { mut atoms, mut wires, is_sure } = self.any.clone();
        match (is_sure, atoms.len(), wires.len()) {
            (true, _, _) => Ok(Any::default()),
            (false, 0, 0) => Ok(Any { is_sure: true, ..Any::default() }),
            (false, 1, 0) => {
                let turned = |atom: Atom| Atom { is_turned: !atom.is_turned, ..atom };
                let atoms = atoms.pop_first().map(turned).into_iter().collect();
                Ok(Any { atoms, ..Any::default() })
            }
            (false, 0, 1) => match wires.pop_first() {
                Some((wire, turn)) => {
                    let Signal::Wire(wire, turn) = Signal::Wire(wire, turn).not() else {
                        return Err(self);
                    };
                    Ok(Any { wires: BTreeSet::from([(wire, turn)]), ..Any::default() })
                }
                None => Err(self),
            },
            _ => Err(self),
        }
    }
}

impl<'g> Builder<'g> {
    fn new(graph: &'g Graph, moment: Moment) -> Self {
        Self {
            graph,
            moment,
            clauses: BTreeMap::new(),
            n_wires: N_FIXED,
            known: BTreeMap::new(),
            gates: Gates::default(),
            outcomes: vec![None; graph.book().decisions.len()],
            packs: Vec::new(),
            models: Vec::new(),
            is_too_large: false,
        }
    }

    /// The circuit of rules at a moment; none where the rules are too large for one. They are gone
    /// through twice: once to find the clauses, whose wires then stand together.
    pub(super) fn circuit(graph: &'g Graph, moment: Moment) -> Option<Circuit> {
        let mut first = Self::new(graph, moment);
        first.build()?;
        let mut second = Self::new(graph, moment);
        for clause in first.clauses.into_keys() {
            let wire = second.wire();
            second.clauses.insert(clause, wire);
        }
        second.build()
    }

    fn build(&mut self) -> Option<Circuit> {
        let book = self.book();
        for decision in self.graph.order() {
            self.decision(*decision);
        }
        for pack in book.packs.ids() {
            let applies = self.gate(pack);
            self.packs.push(applies);
        }
        for model in book.models.ids() {
            let fits = self.model(model);
            self.models.push(fits);
        }
        let routes: Vec<RouteWires> = book.routes.ids().map(|route| self.route(route)).collect();
        let mut preferences = Vec::new();
        for preference in book.preferences.ids() {
            preferences.extend(self.preference(preference));
        }
        let in_force = || book.packs.iter().filter(|(_, pack)| self.is_in_force(pack.in_force));
        let gates = in_force().filter(|(_, pack)| pack.gate.is_some());
        let gates = gates.map(|(id, _)| self.applies(id)).collect();
        let has_law = in_force().next().is_some();
        if self.is_too_large {
            return None;
        }
        Some(Circuit {
            as_at: self.moment.as_at,
            inputs: Inputs::new(book, &self.clauses),
            n_words: self.n_wires.div_ceil(u64::BITS) as usize,
            gates: std::mem::take(&mut self.gates),
            routes,
            preferences,
            law: has_law.then_some(gates),
        })
    }

    const fn book(&self) -> &'g Rulebook {
        self.graph.book()
    }

    fn is_in_force(&self, period: InForce) -> bool {
        self.moment.is_in(period)
    }

    fn is_pack_in_force(&self, pack: PackId) -> bool {
        self.is_in_force(self.book().packs[pack].in_force)
    }

    /// Whether a pack is in force and applies.
    fn applies(&self, pack: PackId) -> Signal {
        self.packs.get(pack.place()).copied().unwrap_or(Signal::No)
    }

    /// A wire for a gate that is made now.
    fn wire(&mut self) -> u32 {
        let wire = self.n_wires;
        self.n_wires += 1;
        wire
    }

    fn decision(&mut self, decision: DecisionId) {
        let rules = &self.book().decisions[decision];
        if !self.is_pack_in_force(rules.pack) {
            return;
        }
        let outcomes: Vec<u32> = rules.outcomes.iter().map(|_| self.wire()).collect();
        let mut cases = Vec::new();
        for case in &rules.cases {
            if !self.is_in_force(case.in_force) {
                continue;
            }
            let holds = case.condition.as_ref().map(|condition| self.signal_of(condition));
            let outcome = outcomes.get(case.outcome).copied();
            cases.extend(
                outcome.map(|outcome| Case { holds: holds.unwrap_or(Signal::Yes), outcome }),
            );
        }
        let begins = self.gates.cases.len();
        self.gates.cases.extend(cases);
        self.gates.gates.push(Gate::Decide { cases: begins..self.gates.cases.len() });
        if let Some(place) = self.outcomes.get_mut(decision.place()) {
            *place = Some(outcomes);
        }
    }

    fn gate(&mut self, pack: PackId) -> Signal {
        if !self.is_pack_in_force(pack) {
            return Signal::No;
        }
        let gate = self.book().packs[pack].gate.as_ref();
        gate.map_or(Signal::Yes, |gate| self.asked(gate))
    }

    /// A test, whatever the time in which it is in force and whoever wrote it.
    fn asked(&mut self, test: &Test) -> Signal {
        let mut parts: Vec<Part> = Vec::new();
        parts.extend(test.guard.as_ref().map(|guard| self.condition(guard).not()));
        parts.push(self.condition(&test.condition));
        let part = self.any(parts);
        self.signal(part)
    }

    /// The tests in force of something in a pack, each with its place and whether it counts at
    /// all: a layer's counts only where the layer applies.
    fn tests(&mut self, owner: PackId, tests: &[Test]) -> Vec<(usize, Signal, Signal)> {
        let mut found = Vec::new();
        for (place, test) in tests.iter().enumerate() {
            let counts = if test.pack == owner { Signal::Yes } else { self.applies(test.pack) };
            if !self.is_in_force(test.in_force) || counts == Signal::No {
                continue;
            }
            let asked = self.asked(test);
            let holds = self.any(vec![Part::signal(counts.not()), Part::signal(asked)]);
            found.push((place, self.signal(holds), counts));
        }
        found
    }

    fn route(&mut self, route: RouteId) -> RouteWires {
        let rules = &self.book().routes[route];
        let plain = |basis, holds| Reason { basis, holds, counts: Signal::Yes };
        let fixed = |holds| if holds { Signal::Yes } else { Signal::No };
        let is_law = self.is_pack_in_force(rules.pack);
        let mut reasons = vec![plain(Basis::PackInForce, fixed(is_law))];
        if is_law {
            if self.book().packs[rules.pack].gate.is_some() {
                reasons.push(plain(Basis::Gate, self.applies(rules.pack)));
            }
            if rules.in_force != InForce::ALWAYS {
                let is_in_force = self.is_in_force(rules.in_force);
                reasons.push(plain(Basis::RouteInForce, fixed(is_in_force)));
            }
            for (place, holds, counts) in self.tests(rules.pack, &rules.tests) {
                reasons.push(Reason { basis: Basis::Test(place), holds, counts });
            }
        }
        let barred_by = self.gates.literals(reasons.iter().map(|reason| reason.holds.not()));
        RouteWires { route, barred_by, reasons }
    }

    fn model(&mut self, model: ModelId) -> Signal {
        let rules = &self.book().models[model];
        self.is_so(rules.pack, rules.in_force, &rules.tests).unwrap_or(Signal::No)
    }

    /// Whether something that may be conditioned is so; none where it is out of force.
    fn is_so(&mut self, pack: PackId, in_force: InForce, tests: &[Test]) -> Option<Signal> {
        let is_out = !tests.is_empty() && !tests.iter().any(|test| self.is_in_force(test.in_force));
        if is_out || !self.is_in_force(in_force) {
            return None;
        }
        let mut signals = vec![self.applies(pack)];
        signals.extend(self.tests(pack, tests).into_iter().map(|(_, holds, _)| holds));
        Some(self.all_signals(signals))
    }

    fn preference(&mut self, preference: PreferenceId) -> Option<Row> {
        let rules = &self.book().preferences[preference];
        let holds = self.is_so(rules.pack, rules.in_force, &rules.tests)?;
        Some(Row::new(&rules.above, &rules.below, holds))
    }

    fn all_signals(&mut self, signals: Vec<Signal>) -> Signal {
        let parts = signals.into_iter().map(Part::signal).collect();
        let part = self.all(parts);
        self.signal(part)
    }

    fn signal_of(&mut self, condition: &Condition) -> Signal {
        let part = self.condition(condition);
        self.signal(part)
    }

    /// Any one of these.
    fn any(&mut self, parts: Vec<Part>) -> Part {
        let mut any = Any::default();
        for part in parts {
            let more = part.straight().unwrap_or_else(|part| {
                let signal = self.signal(part);
                Part::signal(signal).any
            });
            any.atoms.extend(more.atoms);
            any.wires.extend(more.wires);
            any.is_sure |= more.is_sure;
        }
        if any.is_sure {
            return Part::signal(Signal::Yes);
        }
        Part::of(any)
    }

    fn all(&mut self, parts: Vec<Part>) -> Part {
        let parts = parts.into_iter().map(Part::not).collect();
        self.any(parts).not()
    }

    /// Where a part can be read.
    fn signal(&mut self, part: Part) -> Signal {
        let Part { any, is_turned } = part;
        let signal = match (any.is_sure, any.atoms.is_empty(), any.wires.len()) {
            (true, _, _) => Signal::Yes,
            (false, true, 0) => Signal::No,
            (false, true, 1) => {
                let only = any.wires.first().map(|(wire, turn)| Signal::Wire(*wire, *turn));
                only.unwrap_or(Signal::No)
            }
            _ => self.joined(any),
        };
        if is_turned { signal.not() } else { signal }
    }

    /// The wire of any one of some parts, made unless it is there.
    fn joined(&mut self, any: Any) -> Signal {
        let Any { atoms, mut wires, .. } = any;
        if let Some(known) = self.known.get(&(atoms.clone(), wires.clone())) {
            return *known;
        }
        let key = (atoms.clone(), wires.clone());
        if !atoms.is_empty() {
            let fresh = self.n_wires;
            let clause = *self.clauses.entry(atoms).or_insert(fresh);
            self.n_wires = self.n_wires.max(clause + 1);
            wires.insert((clause, Turn::Straight));
        }
        let signal = match (wires.len(), wires.first()) {
            (1, Some((wire, turn))) => Signal::Wire(*wire, *turn),
            _ => {
                let out = self.wire();
                let wires = wires.into_iter().map(|(wire, turn)| Signal::Wire(wire, turn));
                let of = self.gates.literals(wires);
                self.gates.gates.push(Gate::Any { of, out });
                Signal::Wire(out, Turn::Straight)
            }
        };
        self.known.insert(key, signal);
        signal
    }

    fn limbs(&mut self, limbs: &[Limb]) -> Vec<Part> {
        limbs.iter().map(|limb| self.condition(&limb.condition)).collect()
    }

    fn condition(&mut self, condition: &Condition) -> Part {
        match condition {
            Condition::All(limbs) => {
                let parts = self.limbs(limbs);
                self.all(parts)
            }
            Condition::Any(limbs) => {
                let parts = self.limbs(limbs);
                self.any(parts)
            }
            Condition::AtLeast(count, limbs) => self.at_least(*count, limbs),
            Condition::Not(inner) => self.condition(inner).not(),
            Condition::Yes(fact) => Part::atom(*fact, Asked::Yes),
            Condition::OneOf(fact, options) => {
                Part::atom(*fact, Asked::OneOf(options.iter().copied().collect()))
            }
            Condition::Includes(fact, option) => Part::atom(*fact, Asked::Includes(*option)),
            Condition::TextIs(fact, text) => Part::atom(*fact, Asked::Text(text.clone())),
            Condition::CodeIs(fact, code) => Part::atom(*fact, Asked::Codes(vec![(*code, *code)])),
            Condition::InList(fact, list) => Part::atom(*fact, Asked::Codes(self.bounds(*list))),
            Condition::Known(fact) => Part::atom(*fact, Asked::Known),
            Condition::Outcome(decision, outcomes) => self.outcome(*decision, outcomes),
            // No route is considered where standings are asked for.
            Condition::RouteIs(_) => Part::signal(UNKNOWN),
            Condition::ModelIs(models) => {
                let fits = |model: &ModelId| self.models.get(model.place()).copied();
                let fits = models.iter().map(|model| fits(model).unwrap_or(Signal::No));
                let parts = fits.map(Part::signal).collect();
                self.any(parts)
            }
            Condition::Compare(comparison, left, right) => self.compared(&[left, right], |sums| {
                let [left, right] = sums.try_into().ok()?;
                Some(Compared::Sums(left, *comparison, right))
            }),
            Condition::Gap(dates, comparison, duration) => {
                self.compared(&[&dates.0, &dates.1, duration], |sums| {
                    let [from, to, duration] = sums.try_into().ok()?;
                    Some(Compared::Gap(from, to, *comparison, duration))
                })
            }
        }
    }

    fn at_least(&mut self, count: u32, limbs: &[Limb]) -> Part {
        let parts = self.limbs(limbs);
        let signals: Vec<Signal> = parts.into_iter().map(|part| self.signal(part)).collect();
        let out = self.wire();
        let begins = self.gates.signals.len();
        self.gates.signals.extend(signals);
        let of = begins..self.gates.signals.len();
        self.gates.gates.push(Gate::AtLeast { count: count as usize, of, out });
        Part::signal(Signal::Wire(out, Turn::Straight))
    }

    /// The bounds of the codes that a list holds at the moment.
    fn bounds(&self, list: ListId) -> Vec<(CpvCode, CpvCode)> {
        let rows = match &self.book().lists[list].rows {
            ListRows::Codes(rows) => rows.as_slice(),
            ListRows::Dates(_) => &[],
        };
        let rows = rows.iter().filter(|row| self.is_in_force(row.in_force));
        rows.flat_map(|row| &row.codes).map(|codes| codes.bounds()).collect()
    }

    fn outcome(&mut self, decision: DecisionId, outcomes: &[usize]) -> Part {
        let Some(wires) = self.outcomes.get(decision.place()).cloned().flatten() else {
            return Part::signal(UNKNOWN);
        };
        let (within, beyond): (Vec<_>, Vec<_>) =
            wires.iter().enumerate().partition(|(place, _)| outcomes.contains(place));
        let mut literals = |wires: Vec<(usize, &u32)>| {
            let straight = wires.into_iter().map(|(_, wire)| Signal::Wire(*wire, Turn::Straight));
            self.gates.literals(straight)
        };
        let (within, beyond) = (literals(within), literals(beyond));
        let out = self.wire();
        self.gates.gates.push(Gate::Among { within, beyond, out });
        Part::signal(Signal::Wire(out, Turn::Straight))
    }

    /// A comparison, for each figure that the amounts in it may have.
    fn compared(
        &mut self,
        quantities: &[&Quantity],
        compared: impl Fn(Vec<Sum>) -> Option<Compared>,
    ) -> Part {
        let mut amounts: Vec<(AmountId, Vec<Given>)> = Vec::new();
        let figures = quantities.iter().flat_map(|quantity| quantity.figures());
        for figure in figures {
            if let Figure::Amount(amount) = figure
                && !self.is_single(*amount)
            {
                amounts.push((*amount, self.given(*amount)));
            }
        }
        let n_cases: usize = amounts.iter().map(|(_, given)| given.len()).product();
        if n_cases > FIGURES_MAX {
            self.is_too_large = true;
            return Part::signal(UNKNOWN);
        }
        if amounts.is_empty() {
            let sums =
                quantities.iter().map(|quantity| self.sum(quantity, &mut Vec::new().into_iter()));
            let sums = sums.collect();
            return compared(sums)
                .map_or(Part::signal(UNKNOWN), |compared| self.comparison(compared));
        }
        let mut cases = Vec::new();
        for case in 0..n_cases {
            let chosen = chosen(&amounts, case);
            let may_be = chosen.iter().filter_map(|(amount, given)| self.may_be(*amount, given));
            let may_be: Vec<Part> = may_be.collect();
            let may_be = may_be.into_iter().map(|part| self.signal(part)).collect();
            let mut worths =
                chosen.iter().map(|(_, given)| given.worth).collect::<Vec<_>>().into_iter();
            let sums = quantities.iter().map(|quantity| self.sum(quantity, &mut worths)).collect();
            let Some(compared) = compared(sums) else { continue };
            let holds = self.comparison(compared);
            cases.push(Figured { may_be, holds: self.signal(holds) });
        }
        let out = self.wire();
        let begins = self.gates.figured.len();
        self.gates.figured.extend(cases);
        let cases = begins..self.gates.figured.len();
        self.gates.gates.push(Gate::Each { cases, out });
        Part::signal(Signal::Wire(out, Turn::Straight))
    }

    /// Whether an amount has one figure at the moment, whatever the facts.
    fn is_single(&self, amount: AmountId) -> bool {
        self.book().amounts[amount].class.is_none() && self.given(amount).len() == 1
    }

    /// The figures that an amount may have at the moment.
    fn given(&self, amount: AmountId) -> Vec<Given> {
        let rules = &self.book().amounts[amount];
        if !self.is_pack_in_force(rules.pack) {
            return Vec::new();
        }
        let rows = rules.rows.iter().filter(|row| self.is_in_force(row.in_force));
        let of_class = rows.filter(|row| rules.class.is_none() || row.class.is_some());
        let given = of_class.map(|row| Given {
            worth: match &row.value {
                None => Worth::NoFigure,
                Some(value) => scalar(value).map_or(Worth::NoFigure, Worth::Is),
            },
            for_class: row.class.filter(|_| rules.class.is_some()),
        });
        given.collect()
    }

    /// Whether the class of a figure may be the commission's.
    fn may_be(&self, amount: AmountId, given: &Given) -> Option<Part> {
        let class = given.for_class?;
        Some(match self.book().amounts[amount].class? {
            Class::Fact(fact) => Part::atom(fact, Asked::OneOf(BTreeSet::from([class]))),
            Class::Decision(decision) => {
                let wires = self.outcomes.get(decision.place()).and_then(Option::as_ref);
                let wire = wires.and_then(|wires| wires.get(class)).copied();
                Part::signal(wire.map_or(Signal::No, |wire| Signal::Wire(wire, Turn::Straight)))
            }
        })
    }

    /// A sum; the worth of each amount in it of several figures is the next.
    fn sum(&self, quantity: &Quantity, worths: &mut std::vec::IntoIter<Worth>) -> Sum {
        let mut figure = |figure: &Figure| match figure {
            Figure::Literal(value) => {
                sums::Figure::Is(scalar(value).map_or(Worth::Open, Worth::Is))
            }
            Figure::AsAt => sums::Figure::Is(Worth::Is(Scalar::Date(self.moment.as_at))),
            Figure::Fact(fact) => sums::Figure::Fact(*fact),
            Figure::Amount(amount) if self.is_single(*amount) => {
                let only = self.given(*amount).first().map(|given| given.worth);
                sums::Figure::Is(only.unwrap_or(Worth::Open))
            }
            Figure::Amount(_) => sums::Figure::Is(worths.next().unwrap_or(Worth::Open)),
        };
        let terms = quantity.terms.iter().map(|(sign, term)| {
            let term = match term {
                Term::Figure(of) => sums::Term::Figure(figure(of)),
                Term::Share(percentage, figures) => {
                    let figures = figures.iter().map(|(sign, of)| (*sign, figure(of))).collect();
                    sums::Term::Share(i128::from(percentage.millionths()), figures)
                }
            };
            (*sign, term)
        });
        Sum(terms.collect())
    }

    fn comparison(&mut self, compared: Compared) -> Part {
        if let Some(known) = compared.fixed(self.moment.as_at) {
            return Part::signal(Signal::always(known));
        }
        if let Some((fact, comparison, worth)) = compared.of_one_fact() {
            match worth {
                Worth::Open => return Part::signal(UNKNOWN),
                Worth::NoFigure => return Part::atom(fact, Asked::Known).not(),
                Worth::Is(scalar) => {
                    if let Some(point) = Point::of(scalar) {
                        return Part::atom(fact, Asked::Compares(comparison, point));
                    }
                }
            }
        }
        let out = self.wire();
        self.gates.gates.push(Gate::Compare { of: self.gates.compared.len(), out });
        self.gates.compared.push(compared);
        Part::signal(Signal::Wire(out, Turn::Straight))
    }
}

/// One of the figures of each amount: the case of this number.
fn chosen(amounts: &[(AmountId, Vec<Given>)], case: usize) -> Vec<(AmountId, &Given)> {
    let mut left = case;
    let mut chosen = Vec::new();
    for (amount, given) in amounts {
        chosen.extend(given.get(left % given.len().max(1)).map(|given| (*amount, given)));
        left /= given.len().max(1);
    }
    chosen
}
