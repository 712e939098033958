//! Conditions in three values: yes, no, or waiting for facts.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::answer::{
    CaseFinding, DecisionFinding, Ground, Known, Missing, ModelFinding, PackFinding, Reads,
    Reasons, RouteFinding, Standing, TestFinding,
};
use super::foreseen::Foreseen;
use crate::facts::Facts;
use crate::graph::Graph;
use crate::pack::{
    Citation, CodeRow, Condition, DecisionId, FactId, Id, Limb, ListId, ListRows, ModelId, PackId,
    RouteId, Rulebook, Test, Value,
};
use crate::quantity::{CpvCode, Date, InForce};

/// A day, and whether law without a day is taken as begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub as_at: Date,
    /// Whether law that waits for a day to be appointed is taken as begun.
    pub is_as_if_appointed: bool,
}

impl Moment {
    /// A day as it is, without what waits for another.
    #[must_use]
    pub const fn on(as_at: Date) -> Self {
        Self { as_at, is_as_if_appointed: false }
    }

    /// Whether this moment lies within a period.
    pub(super) fn is_in(self, period: InForce) -> bool {
        let period = if self.is_as_if_appointed { period.as_if_appointed() } else { period };
        period.holds_on(self.as_at)
    }
}

/// What something unknown waits for.
#[derive(Clone, Default)]
pub(super) struct Waits {
    /// Unknown facts.
    pub(super) facts: BTreeSet<FactId>,
    /// What no fact can give.
    pub(super) missing: BTreeSet<Missing>,
}

impl Waits {
    pub(super) fn for_fact(fact: FactId) -> Self {
        Self { facts: BTreeSet::from([fact]), missing: BTreeSet::new() }
    }

    pub(super) fn for_missing(missing: Missing) -> Self {
        Self { facts: BTreeSet::new(), missing: BTreeSet::from([missing]) }
    }

    pub(super) fn extend(&mut self, more: Self) {
        self.facts.extend(more.facts);
        self.missing.extend(more.missing);
    }
}

impl From<&Reads> for Waits {
    fn from(reads: &Reads) -> Self {
        Self { facts: reads.waits.clone(), missing: reads.missing.clone() }
    }
}

/// A condition's result.
pub(super) struct Evaluated {
    pub(super) known: Known,
    /// What it waits for; nothing unless it is unknown.
    pub(super) waits: Waits,
    /// The citations of the limbs that decided it.
    pub(super) limbs: Vec<Citation>,
}

impl Evaluated {
    pub(super) fn known(known: Known) -> Self {
        Self { known, waits: Waits::default(), limbs: Vec::new() }
    }

    pub(super) const fn unknown(waits: Waits) -> Self {
        Self { known: Known::Unknown, waits, limbs: Vec::new() }
    }

    /// Into what a test read; says whether it holds.
    fn noted_in(self, reads: &mut Reads) -> Known {
        reads.waits = self.waits.facts;
        reads.missing = self.waits.missing;
        reads.limbs = self.limbs;
        self.known
    }

    fn yes_if(holds: bool) -> Self {
        Self::known(if holds { Known::Yes } else { Known::No })
    }

    fn not(self) -> Self {
        Self { known: self.known.not(), ..self }
    }
}

/// The rules put to the facts at a moment.
pub(super) struct Evaluation<'g> {
    graph: &'g Graph,
    facts: Facts,
    moment: Moment,
    /// What is certain beyond what three values show.
    foreseen: Option<Rc<dyn Foreseen + 'g>>,
    packs: Vec<PackFinding<'g>>,
    /// By place of their ids; `None` until tried, and for packs not in force.
    decisions: Vec<Option<DecisionFinding>>,
    /// By place of their ids.
    models: Vec<Option<ModelFinding<'g>>>,
    /// The route considered, for documents and periods.
    considered: Option<RouteId>,
}

impl<'g> Evaluation<'g> {
    /// Tries the packs' gates and every decision of the packs in force, in their order.
    pub(super) fn new(graph: &'g Graph, facts: &Facts, moment: Moment) -> Self {
        Self::with(graph, facts, moment, None)
    }

    /// The same, where more is certain than three values show.
    pub(super) fn with(
        graph: &'g Graph,
        facts: &Facts,
        moment: Moment,
        foreseen: Option<Rc<dyn Foreseen + 'g>>,
    ) -> Self {
        let mut evaluation = Self::untried(graph, facts, moment, foreseen);
        evaluation.try_decisions(graph.order());
        for pack in graph.book().packs.ids() {
            let gate = graph.book().packs[pack].gate.as_ref();
            let gate = gate.filter(|_| evaluation.is_pack_in_force(pack)).map(|gate| {
                let mut finding = evaluation.test(gate, Ground::Gate(gate));
                finding.holds =
                    finding.holds.or_foreseen(evaluation.foreseen(), |by| by.pack(pack));
                finding
            });
            if let Some(finding) = evaluation.packs.get_mut(pack.place()) {
                finding.gate = gate;
            }
        }
        evaluation
    }

    /// Tries these decisions alone, each of which comes after those that it reads: enough for a
    /// comparison that reads no other.
    pub(super) fn of_decisions(
        graph: &'g Graph,
        facts: &Facts,
        moment: Moment,
        decisions: &[DecisionId],
    ) -> Self {
        let mut evaluation = Self::untried(graph, facts, moment, None);
        evaluation.try_decisions(decisions);
        evaluation
    }

    fn untried(
        graph: &'g Graph,
        facts: &Facts,
        moment: Moment,
        foreseen: Option<Rc<dyn Foreseen + 'g>>,
    ) -> Self {
        let book = graph.book();
        let decisions = book.decisions.ids().map(|_| None).collect();
        let models = book.models.ids().map(|_| None).collect();
        let packs = book.packs.iter().map(|(id, pack)| {
            let is_in_force = moment.is_in(pack.in_force);
            PackFinding { pack: id, is_in_force, gate: None }
        });
        let packs = packs.collect();
        let facts = facts.clone();
        Self { graph, facts, moment, foreseen, packs, decisions, models, considered: None }
    }

    fn try_decisions(&mut self, decisions: &[DecisionId]) {
        for decision in decisions {
            let finding = self.try_decision(*decision);
            if let Some(place) = self.decisions.get_mut(decision.place()) {
                *place = finding;
            }
        }
    }

    pub(super) const fn graph(&self) -> &'g Graph {
        self.graph
    }

    pub(super) const fn book(&self) -> &'g Rulebook {
        self.graph.book()
    }

    pub(super) const fn facts(&self) -> &Facts {
        &self.facts
    }

    pub(super) fn foreseen(&self) -> Option<&(dyn Foreseen + 'g)> {
        self.foreseen.as_deref()
    }

    pub(super) const fn as_at(&self) -> Date {
        self.moment.as_at
    }

    pub(super) fn packs(&self) -> &[PackFinding<'g>] {
        &self.packs
    }

    pub(super) fn is_in_force(&self, period: InForce) -> bool {
        self.moment.is_in(period)
    }

    pub(super) fn is_pack_in_force(&self, pack: PackId) -> bool {
        self.packs.get(pack.place()).is_some_and(|finding| finding.is_in_force)
    }

    /// Whether a pack is in force and applies.
    pub(super) fn applies(&self, pack: PackId) -> Known {
        match self.packs.get(pack.place()) {
            Some(PackFinding { is_in_force: true, gate, .. }) => {
                gate.as_ref().map_or(Known::Yes, |gate| gate.holds)
            }
            _ => Known::No,
        }
    }

    /// What a pack's gate waits for.
    pub(super) fn gate_waits(&self, pack: PackId) -> Waits {
        let gate = self.packs.get(pack.place()).and_then(|finding| finding.gate.as_ref());
        gate.map(|gate| Waits::from(&gate.reads)).unwrap_or_default()
    }

    /// A decision's finding, where its pack is in force.
    pub(super) fn decision(&self, decision: DecisionId) -> Option<&DecisionFinding> {
        self.decisions.get(decision.place()).and_then(Option::as_ref)
    }

    /// The findings of all decisions, in the order tried.
    pub(super) fn decisions(&self) -> Vec<DecisionFinding> {
        self.graph.order().iter().filter_map(|decision| self.decision(*decision)).cloned().collect()
    }

    /// Every decision that has been read to come to these, at any remove, in the order found.
    pub(super) fn decisions_behind<'r>(
        &self,
        reads: impl IntoIterator<Item = &'r Reads>,
    ) -> Vec<DecisionId> {
        let mut found: Vec<DecisionId> = Vec::new();
        let mut seen: BTreeSet<DecisionId> = BTreeSet::new();
        let mut waiting: Vec<DecisionId> =
            reads.into_iter().flat_map(|reads| reads.decisions.clone()).collect();
        waiting.reverse();
        while let Some(decision) = waiting.pop() {
            if !seen.insert(decision) {
                continue;
            }
            found.push(decision);
            let cases = self.decision(decision).into_iter().flat_map(|finding| &finding.cases);
            waiting.extend(cases.flat_map(|case| case.reads.decisions.clone()));
        }
        found
    }

    /// Considers a route, for the conditions that speak of it.
    pub(super) const fn consider(&mut self, route: Option<RouteId>) {
        self.considered = route;
    }

    fn try_decision(&self, decision: DecisionId) -> Option<DecisionFinding> {
        let rules = &self.book().decisions[decision];
        if !self.is_pack_in_force(rules.pack) {
            return None;
        }
        let mut finding = DecisionFinding {
            decision,
            possible: Vec::new(),
            cases: Vec::new(),
            waits: BTreeSet::new(),
            missing: BTreeSet::new(),
        };
        for (place, case) in rules.cases.iter().enumerate() {
            if !self.is_in_force(case.in_force) {
                continue;
            }
            let mut reads = Reads::default();
            let holds = match &case.condition {
                None => Known::Yes,
                Some(condition) => self.read(condition, &mut reads),
            };
            if holds != Known::No && !finding.possible.contains(&case.outcome) {
                finding.possible.push(case.outcome);
            }
            finding.waits.extend(&reads.waits);
            finding.missing.extend(&reads.missing);
            finding.cases.push(CaseFinding { case: place, holds, reads });
            if holds == Known::Yes {
                break;
            }
        }
        let is_open = finding.possible.len() > 1;
        let by = self.foreseen().filter(|_| is_open);
        if let Some(foreseen) = by.and_then(|by| by.outcomes(decision)) {
            finding.possible.retain(|outcome| foreseen.contains(outcome));
        }
        if finding.possible.len() == 1 {
            finding.waits.clear();
            finding.missing.clear();
        }
        Some(finding)
    }

    /// Evaluates a condition into what it reads.
    pub(super) fn read(&self, condition: &Condition, reads: &mut Reads) -> Known {
        self.condition(condition, reads).noted_in(reads)
    }

    /// A test with its result: yes where its guard fails.
    pub(super) fn test(&self, test: &'g Test, ground: Ground<'g>) -> TestFinding<'g> {
        let mut reads = Reads::default();
        let holds = match &test.guard {
            None => self.read(&test.condition, &mut reads),
            Some(guard) => {
                let guard = self.condition(guard, &mut reads).not();
                let condition = self.condition(&test.condition, &mut reads);
                self.either(vec![guard, condition]).noted_in(&mut reads)
            }
        };
        TestFinding { ground, holds, reads }
    }

    /// Whether tests that were written say nothing at the date: what they condition is then not
    /// there yet, or no longer.
    pub(super) fn are_out_of_force(&self, tests: &[Test]) -> bool {
        !tests.is_empty() && !tests.iter().any(|test| self.is_in_force(test.in_force))
    }

    /// The tests in force of something in a pack, each with its result. A layer's test counts only
    /// where the layer itself is in force and applies.
    pub(super) fn tests(&self, owner: PackId, tests: &'g [Test]) -> Vec<TestFinding<'g>> {
        let in_force = tests.iter().filter(|test| self.is_in_force(test.in_force));
        let counting =
            in_force.filter(|test| test.pack == owner || self.applies(test.pack) != Known::No);
        let finding = |test: &'g Test| {
            let mut finding = self.test(test, Ground::Test(test));
            let is_layered = test.pack != owner && self.applies(test.pack) == Known::Unknown;
            if is_layered && finding.holds != Known::Yes {
                finding.holds = Known::Unknown;
                let gate = self.gate_waits(test.pack);
                finding.reads.waits.extend(gate.facts);
                finding.reads.missing.extend(gate.missing);
            }
            finding
        };
        counting.map(finding).collect()
    }

    /// The reasons of something in a pack: that the pack is in force, its gate, then the tests.
    /// Where another law governs, that is the whole reason.
    fn reasons(
        &self,
        pack: PackId,
        in_force: Option<(RouteId, InForce)>,
        tests: &'g [Test],
    ) -> Reasons<'g> {
        let known = |holds: bool| if holds { Known::Yes } else { Known::No };
        let plain =
            |ground, holds| TestFinding { ground, holds: known(holds), reads: Reads::default() };
        let is_in_force = self.is_pack_in_force(pack);
        let first = plain(Ground::PackInForce(pack), is_in_force);
        if !is_in_force {
            return Reasons::new(first, Vec::new());
        }
        let mut rest = Vec::new();
        rest.extend(self.packs.get(pack.place()).and_then(|finding| finding.gate.clone()));
        if self.applies(pack) == Known::No {
            return Reasons::new(first, rest);
        }
        if let Some((route, period)) = in_force.filter(|(_, period)| *period != InForce::ALWAYS) {
            rest.push(plain(Ground::RouteInForce(route), self.is_in_force(period)));
        }
        rest.extend(self.tests(pack, tests));
        Reasons::new(first, rest)
    }

    /// Whether a route may be used, and why.
    pub(super) fn route(&self, route: RouteId) -> RouteFinding<'g> {
        let rules = &self.book().routes[route];
        let mut tests = self.reasons(rules.pack, Some((route, rules.in_force)), &rules.tests);
        let holds = tests.hold();
        let foreseen = holds.or_foreseen(self.foreseen(), |by| by.route(route));
        if foreseen != holds {
            tests.foresee(foreseen);
        }
        let standing = match foreseen {
            Known::Yes => Standing::Open,
            Known::No => Standing::Barred,
            Known::Unknown => Standing::Unsettled,
        };
        RouteFinding { route, standing, tests }
    }

    /// Whether the commission is a model, and what can carry it.
    pub(super) fn model(
        &mut self,
        model: ModelId,
        routes: &[RouteFinding<'g>],
    ) -> ModelFinding<'g> {
        let rules = &self.book().models[model];
        let tests = self.reasons(rules.pack, None, &rules.tests);
        let standing = |route: &RouteId| {
            routes.iter().find(|finding| finding.route == *route).map(|finding| finding.standing)
        };
        let carriers = rules.carried_by.iter().filter_map(|route| Some((*route, standing(route)?)));
        let carried_by = carriers.filter(|(_, standing)| *standing != Standing::Barred).collect();
        let is_out = self.are_out_of_force(&rules.tests) || !self.is_in_force(rules.in_force);
        let fits = if is_out { Known::No } else { tests.hold() };
        let fits = fits.or_foreseen(self.foreseen(), |by| by.model(model));
        let gates =
            if fits == Known::No { Vec::new() } else { self.tests(rules.pack, &rules.gates) };
        let finding = ModelFinding { model, fits, tests, carried_by, gates };
        if let Some(place) = self.models.get_mut(model.place()) {
            *place = Some(finding.clone());
        }
        finding
    }

    fn condition(&self, condition: &Condition, reads: &mut Reads) -> Evaluated {
        match condition {
            Condition::All(limbs) => self.all(limbs, reads),
            Condition::Any(limbs) => {
                let limbs = self.limbs(limbs, reads);
                self.either(limbs)
            }
            Condition::AtLeast(count, limbs) => self.at_least(*count, limbs, reads),
            Condition::Not(inner) => self.condition(inner, reads).not(),
            Condition::Yes(fact) => {
                self.of_fact(*fact, reads, |value| *value == Value::YesNo(true))
            }
            Condition::OneOf(fact, options) => self.of_fact(
                *fact,
                reads,
                |value| matches!(value, Value::Choice(place) if options.contains(place)),
            ),
            Condition::Includes(fact, option) => self.of_fact(
                *fact,
                reads,
                |value| matches!(value, Value::Choices(places) if places.contains(option)),
            ),
            Condition::TextIs(fact, text) => self.of_fact(
                *fact,
                reads,
                |value| matches!(value, Value::Text(known) if known == text),
            ),
            Condition::CodeIs(fact, code) => {
                self.of_fact(*fact, reads, |value| *value == Value::Code(*code))
            }
            Condition::InList(fact, list) => self.in_list(*fact, *list, reads),
            Condition::Known(fact) => self.of_fact(*fact, reads, |_| true),
            Condition::Outcome(decision, outcomes) => self.outcome(*decision, outcomes, reads),
            Condition::RouteIs(routes) => match self.considered {
                Some(route) => Evaluated::yes_if(routes.contains(&route)),
                None => Evaluated::unknown(Waits::default()),
            },
            Condition::ModelIs(models) => self.is_model(models),
            Condition::Compare(comparison, left, right) => {
                self.compare(*comparison, left, right, reads)
            }
            Condition::Gap(dates, comparison, duration) => {
                self.compare_gap(dates, *comparison, duration, reads)
            }
        }
    }

    fn of_fact(
        &self,
        fact: FactId,
        reads: &mut Reads,
        holds: impl Fn(&Value) -> bool,
    ) -> Evaluated {
        reads.facts.insert(fact);
        match self.facts.get(fact) {
            Some(value) => Evaluated::yes_if(holds(value)),
            None => Evaluated::unknown(Waits::for_fact(fact)),
        }
    }

    fn in_list(&self, fact: FactId, list: ListId, reads: &mut Reads) -> Evaluated {
        let holding = match self.facts.get(fact) {
            Some(Value::Code(code)) => self.rows_holding(list, *code),
            Some(_) | None => Vec::new(),
        };
        let is_held = !holding.is_empty();
        reads.rows.extend(holding.into_iter().map(|row| (list, row)));
        self.of_fact(fact, reads, |_| is_held)
    }

    /// The rows in force of a list that hold a code.
    fn rows_holding(&self, list: ListId, code: CpvCode) -> Vec<usize> {
        let rows = match &self.book().lists[list].rows {
            ListRows::Codes(rows) => rows.as_slice(),
            ListRows::Dates(_) => &[],
        };
        let holds = |row: &CodeRow| {
            self.is_in_force(row.in_force) && row.codes.iter().any(|codes| codes.contains(code))
        };
        rows.iter().enumerate().filter(|(_, row)| holds(row)).map(|(place, _)| place).collect()
    }

    fn outcome(&self, decision: DecisionId, outcomes: &[usize], reads: &mut Reads) -> Evaluated {
        reads.decisions.insert(decision);
        let possible = self.decision(decision).map(|finding| finding.possible.as_slice());
        let possible = possible.unwrap_or_default();
        let n_within = possible.iter().filter(|outcome| outcomes.contains(outcome)).count();
        match n_within {
            _ if possible.is_empty() => Evaluated::unknown(self.decision_waits(decision)),
            0 => Evaluated::known(Known::No),
            n if n == possible.len() => Evaluated::known(Known::Yes),
            _ => Evaluated::unknown(self.decision_waits(decision)),
        }
    }

    /// What a decision waits for: where nothing can answer it, the law that would.
    pub(super) fn decision_waits(&self, decision: DecisionId) -> Waits {
        match self.decision(decision) {
            None => Waits::for_missing(Missing::Pack(self.book().decisions[decision].pack)),
            Some(finding) if finding.possible.is_empty() => {
                Waits::for_missing(Missing::Decision(decision))
            }
            Some(finding) => {
                Waits { facts: finding.waits.clone(), missing: finding.missing.clone() }
            }
        }
    }

    /// A commission is of a model where the model fits, and the route considered can carry it.
    fn is_model(&self, models: &[ModelId]) -> Evaluated {
        let is_carried = |model: &&ModelId| {
            let carriers = &self.book().models[**model].carried_by;
            self.considered.is_none_or(|route| carriers.contains(&route))
        };
        let fits = models.iter().filter(is_carried).map(|model| {
            let finding = self.models.get(model.place()).and_then(Option::as_ref);
            match finding {
                Some(finding) if finding.fits == Known::Unknown => {
                    let mut waits = Waits::default();
                    finding.tests.iter().for_each(|test| waits.extend(Waits::from(&test.reads)));
                    Evaluated::unknown(waits)
                }
                Some(finding) => Evaluated::known(finding.fits),
                None => Evaluated::known(Known::No),
            }
        });
        self.either(fits.collect())
    }

    fn limbs(&self, limbs: &[Limb], reads: &mut Reads) -> Vec<Evaluated> {
        let limbs = limbs.iter().map(|limb| {
            let mut evaluated = self.condition(&limb.condition, reads);
            if !limb.citations.is_empty() {
                evaluated.limbs.extend(limb.citations.clone());
            }
            evaluated
        });
        limbs.collect()
    }

    fn all(&self, limbs: &[Limb], reads: &mut Reads) -> Evaluated {
        let limbs = self.limbs(limbs, reads).into_iter().map(Evaluated::not).collect();
        self.either(limbs).not()
    }

    /// Yes if one is yes, no if all are no; its limbs are those that made it so.
    fn either(&self, limbs: Vec<Evaluated>) -> Evaluated {
        let has = |known| limbs.iter().any(|limb| limb.known == known);
        let known = match (has(Known::Yes), has(Known::Unknown)) {
            (true, _) => Known::Yes,
            (false, true) => Known::Unknown,
            (false, false) => Known::No,
        };
        gathered(known, limbs)
    }

    fn at_least(&self, count: u32, limbs: &[Limb], reads: &mut Reads) -> Evaluated {
        let limbs = self.limbs(limbs, reads);
        let n = |known| limbs.iter().filter(|limb| limb.known == known).count();
        let count = count as usize;
        let known = match (n(Known::Yes), n(Known::Unknown)) {
            (yes, _) if yes >= count => Known::Yes,
            (yes, unknown) if yes + unknown < count => Known::No,
            _ => Known::Unknown,
        };
        gathered(known, limbs)
    }
}

/// A result with the waits and citations of the limbs that share it.
fn gathered(known: Known, limbs: Vec<Evaluated>) -> Evaluated {
    let mut gathered = Evaluated::known(known);
    for limb in limbs.into_iter().filter(|limb| limb.known == known) {
        gathered.waits.extend(limb.waits);
        gathered.limbs.extend(limb.limbs);
    }
    gathered
}
