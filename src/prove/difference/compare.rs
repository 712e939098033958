//! Two versions held against each other on one day: the commissions for which each thing differs.

use std::ops::ControlFlow;

use super::super::diagram::{GaveUp, Set};
use super::super::logic::{Decided, Logic, Truth};
use super::meaning::ranks;
use super::sets::{
    Places, State, Turning, among_all, candidate, due_states, gates, length_states, moved, never,
    nothing, turns,
};
use super::shape::{Kind, Shapes};
use super::sides::{Sides, paired};
use super::{Change, Doubtful, Turn, Two};
use crate::pack::{Candidate, DocumentId, ModelId, PeriodId, RouteId, Rulebook};

/// The commissions for which something differs.
pub(super) struct Found {
    pub(super) change: Change,
    /// The route on which it differs, for documents and periods.
    pub(super) route: Option<Two<RouteId>>,
    pub(super) set: Set,
    /// Those for which it could differ.
    pub(super) within: Set,
}

/// What a comparison comes upon.
pub(super) enum Event {
    Found(Found),
    Unproved(Option<Change>, Doubtful),
}

type Flow = ControlFlow<()>;
/// Holds one version against the other on the day of their views; of things of one shape on one
/// day nothing is asked.
pub(super) fn compare(
    sides: &Sides<'_>,
    shapes: (&Shapes, &Shapes),
    each: &mut dyn FnMut(Event) -> Flow,
) -> Flow {
    let mut comparing = Comparing { sides, shapes, each, decided_otherwise: Vec::new() };
    comparing.packs()?;
    comparing.routes()?;
    comparing.preferences()?;
    comparing.models()?;
    comparing.decisions()?;
    comparing.relations()?;
    comparing.papers()
}

struct Comparing<'c, 's> {
    sides: &'c Sides<'s>,
    shapes: (&'c Shapes, &'c Shapes),
    each: &'c mut dyn FnMut(Event) -> Flow,
    /// The decisions that were not proved the same.
    decided_otherwise: Vec<&'s str>,
}

impl<'s> Comparing<'_, 's> {
    /// Whether a thing has one shape in both versions.
    fn is_same(&self, kind: Kind, name: &str) -> bool {
        // On another day the same words may measure a time otherwise.
        let is_same_day = self.sides.old.view.as_at == self.sides.new.view.as_at;
        let (old, new) = self.shapes;
        is_same_day && old.of_thing(kind, name) == new.of_thing(kind, name)
    }

    fn emit(
        &mut self,
        change: Change,
        route: Option<Two<RouteId>>,
        set: &Set,
        within: &Set,
    ) -> Flow {
        match self.found(set, within) {
            Ok(Some((set, within))) => {
                (self.each)(Event::Found(Found { change, route, set, within }))
            }
            Ok(None) => Flow::Continue(()),
            Err(reason) => (self.each)(Event::Unproved(Some(change), reason)),
        }
    }

    /// The commissions among these that can be told to both versions.
    fn found(&self, set: &Set, within: &Set) -> Result<Option<(Set, Set)>, Doubtful> {
        let diagrams = self.sides.diagrams();
        let valid =
            |set: &Set| diagrams.and(set, &self.sides.valid).map_err(|GaveUp| Doubtful::Budget);
        let (set, within) = (valid(set)?, valid(within)?);
        if set.is_nothing() {
            return Ok(None);
        }
        if self.sides.retyped.is_empty() {
            return Ok(Some((set, within)));
        }
        let sure = diagrams.for_all(&set, &self.sides.retyped);
        if sure.is_nothing() { Err(Doubtful::Retyped) } else { Ok(Some((sure, within))) }
    }

    fn emit_all<T: Copy>(
        &mut self,
        change: impl Fn(T) -> Change,
        none: T,
        route: Option<Two<RouteId>>,
        turning: Result<Turning<T>, GaveUp>,
    ) -> Flow {
        match turning {
            Err(GaveUp) => (self.each)(Event::Unproved(Some(change(none)), Doubtful::Budget)),
            Ok(turning) => turning
                .into_iter()
                .try_for_each(|(turn, set, within)| self.emit(change(turn), route, &set, &within)),
        }
    }

    /// A comparison of several facts is one in both versions only if the figures of its amounts
    /// are by the same, and that comes out alike.
    fn relations(&mut self) -> Flow {
        let (old, new) = self.shapes;
        let is_by_another = |(key, classes): (&String, &Vec<Option<String>>)| {
            new.relations.get(key).is_some_and(|other| other != classes)
        };
        let is_decided_otherwise = |name: &&str| old.deciding.contains(*name);
        if old.relations.iter().any(is_by_another)
            || self.decided_otherwise.iter().any(is_decided_otherwise)
        {
            (self.each)(Event::Unproved(None, Doubtful::Free))?;
        }
        Flow::Continue(())
    }

    fn packs(&mut self) -> Flow {
        let (old, new) = self.sides.books();
        for (name, two) in paired(&old.packs, &new.packs, |pack| &pack.name) {
            if self.is_same(Kind::Pack, name) {
                continue;
            }
            let truth = |logic: &Logic<'_>, id: Option<_>| {
                id.map_or_else(|| never(logic), |id| logic.applies(id))
            };
            let (a, b) = (truth(self.sides.old, two.old), truth(self.sides.new, two.new));
            let everything = self.sides.diagrams().everything();
            let turns = turns(self.sides.diagrams(), &everything, &a, &b);
            self.emit_all(|turn| Change::Applies(two, turn), Turn::LeftOpen, None, turns)?;
        }
        Flow::Continue(())
    }

    fn routes(&mut self) -> Flow {
        for (name, two) in self.route_pairs() {
            if self.is_same(Kind::Route, name) {
                continue;
            }
            let (a, b) = self.open(two);
            let everything = self.sides.diagrams().everything();
            let turns = turns(self.sides.diagrams(), &everything, &a, &b);
            self.emit_all(|turn| Change::Open(two, turn), Turn::LeftOpen, None, turns)?;
        }
        Flow::Continue(())
    }

    fn route_pairs(&self) -> Vec<(&'s str, Two<RouteId>)> {
        let (old, new) = self.sides.books();
        paired(&old.routes, &new.routes, |route| &route.name)
    }

    fn open(&self, two: Two<RouteId>) -> (Truth, Truth) {
        let truth = |logic: &Logic<'_>, id: Option<RouteId>| {
            id.map_or_else(|| never(logic), |id| logic.route(id))
        };
        (truth(self.sides.old, two.old), truth(self.sides.new, two.new))
    }

    fn fits(&self, two: Two<ModelId>) -> (Truth, Truth) {
        let truth = |logic: &Logic<'_>, id: Option<ModelId>| {
            id.map_or_else(|| never(logic), |id| logic.model(id))
        };
        (truth(self.sides.old, two.old), truth(self.sides.new, two.new))
    }

    fn preferences(&mut self) -> Flow {
        let (old, new) = self.sides.books();
        let (before, after) = (ranks(old), ranks(new));
        let mut pairs: Vec<_> = before.keys().chain(after.keys()).collect();
        pairs.sort_unstable();
        pairs.dedup();
        for pair in pairs {
            if self.is_same(Kind::Rank, &pair.name()) {
                continue;
            }
            let two = |name: &str| Two {
                old: candidate(old, pair.are_routes, name),
                new: candidate(new, pair.are_routes, name),
            };
            let (above, below) = (two(&pair.above), two(&pair.below));
            let turns = (|| {
                let diagrams = self.sides.diagrams();
                let (a, b) = (self.stands(above)?, self.stands(below)?);
                let both = diagrams.and(&a, &b)?;
                if both.is_nothing() {
                    return Ok(Vec::new());
                }
                let any = |logic: &Logic<'_>, ids: Option<&Vec<_>>| {
                    let mut any = never(logic);
                    for id in ids.into_iter().flatten() {
                        any = logic.or(&any, &logic.preference(*id)?)?;
                    }
                    Ok::<Truth, GaveUp>(any)
                };
                let a = any(self.sides.old, before.get(pair))?;
                let b = any(self.sides.new, after.get(pair))?;
                among_all(turns(diagrams, &both, &a, &b), &both)
            })();
            let change = |turn| Change::Preferred(above, below, turn);
            self.emit_all(change, Turn::LeftOpen, None, turns)?;
        }
        Flow::Continue(())
    }

    /// Where a candidate is open, or fits, in both versions.
    fn stands(&self, two: Two<Candidate>) -> Result<Set, GaveUp> {
        let stands = |logic: &Logic<'_>, candidate: Option<Candidate>| match candidate {
            Some(Candidate::Route(route)) => logic.route(route).yes,
            Some(Candidate::Model(model)) => logic.model(model).yes,
            None => logic.diagrams.nothing(),
        };
        let (a, b) = (stands(self.sides.old, two.old), stands(self.sides.new, two.new));
        self.sides.diagrams().and(&a, &b)
    }

    fn models(&mut self) -> Flow {
        let (old, new) = self.sides.books();
        for (name, two) in paired(&old.models, &new.models, |model| &model.name) {
            let (a, b) = self.fits(two);
            if !self.is_same(Kind::Model, name) {
                let everything = self.sides.diagrams().everything();
                let turns = turns(self.sides.diagrams(), &everything, &a, &b);
                self.emit_all(|turn| Change::Fits(two, turn), Turn::LeftOpen, None, turns)?;
            }
            if !self.is_same(Kind::Gates, name) {
                let gates = self.gates(two, &a, &b);
                self.emit_all(|()| Change::Gates(two), (), None, gates)?;
            }
        }
        Flow::Continue(())
    }

    /// Where the design gates of a model that fits come out otherwise.
    fn gates(&self, two: Two<ModelId>, a: &Truth, b: &Truth) -> Result<Turning<()>, GaveUp> {
        let (Some(old), Some(new)) = (two.old, two.new) else { return Ok(Vec::new()) };
        let diagrams = self.sides.diagrams();
        let both = diagrams.and(&a.yes, &b.yes)?;
        let mut before = gates(self.sides.old, old, &both)?;
        let mut after = Vec::new();
        for gate in gates(self.sides.new, new, &both)? {
            match before.iter().position(|other| *other == gate) {
                Some(place) => drop(before.remove(place)),
                None => after.push(gate),
            }
        }
        if before.len() != after.len() {
            return Ok(vec![((), both.clone(), both)]);
        }
        let mut set = diagrams.nothing();
        for (a, b) in before.iter().zip(&after) {
            set = diagrams.or(&set, &diagrams.differing(&a.yes, &b.yes)?)?;
            set = diagrams.or(&set, &diagrams.differing(&a.gap, &b.gap)?)?;
        }
        Ok(vec![((), set, both)])
    }

    fn decisions(&mut self) -> Flow {
        let (old, new) = self.sides.books();
        for (name, two) in paired(&old.decisions, &new.decisions, |decision| &decision.name) {
            if self.is_same(Kind::Decision, name) {
                continue;
            }
            let of = |logic: &Logic<'_>, decided: Option<&Decided>, names: Vec<String>| {
                let Some(decided) = decided else { return vec![nothing(logic)] };
                let mut states = vec![State::new(None, None, decided.none.clone())];
                for (place, (name, can)) in names.into_iter().zip(&decided.can).enumerate() {
                    states.push(State::new(Some(place), Some(name), can.clone()));
                }
                states
            };
            let names = |book: &Rulebook, id: Option<_>| -> Vec<String> {
                let outcomes = id.map(|id| &book.decisions[id].outcomes);
                outcomes.into_iter().flatten().map(|outcome| outcome.name.clone()).collect()
            };
            let sides = self.sides;
            let a = two.old.and_then(|id| sides.old.decision(id));
            let b = two.new.and_then(|id| sides.new.decision(id));
            let before = of(sides.old, a, names(old, two.old));
            let after = of(sides.new, b, names(new, two.new));
            let everything = sides.diagrams().everything();
            let turning = moved(sides.diagrams(), &everything, before, after);
            if turning.as_ref().map_or(true, |turning| !turning.is_empty()) {
                self.decided_otherwise.push(name);
            }
            self.emit_all(|(a, b)| Change::Outcome(two, a, b), (None, None), None, turning)?;
        }
        Flow::Continue(())
    }

    /// Documents and periods, on every route that is open in both versions.
    fn papers(&mut self) -> Flow {
        let (old, new) = self.sides.books();
        let documents = paired(&old.documents, &new.documents, |document| &document.name);
        let documents: Vec<Two<DocumentId>> = documents
            .into_iter()
            .filter(|(name, _)| !self.is_same(Kind::Document, name))
            .map(|(_, two)| two)
            .collect();
        let periods = paired(&old.periods, &new.periods, |period| &period.name);
        let periods: Vec<Two<PeriodId>> = periods
            .into_iter()
            .filter(|(name, _)| !self.is_same(Kind::Period, name))
            .map(|(_, two)| two)
            .collect();
        if documents.is_empty() && periods.is_empty() {
            return Flow::Continue(());
        }
        for (_, route) in self.route_pairs() {
            let (Some(before), Some(after)) = (route.old, route.new) else { continue };
            let (a, b) = self.open(route);
            let Ok(open) = self.sides.diagrams().and(&a.yes, &b.yes) else {
                let change = Change::Open(route, Turn::LeftOpen);
                (self.each)(Event::Unproved(Some(change), Doubtful::Budget))?;
                continue;
            };
            if open.is_nothing() {
                continue;
            }
            for two in &documents {
                self.document(*two, route, (before, after), &open)?;
            }
            for two in &periods {
                let turning = self.period(*two, (before, after), &open);
                let change = |(a, b)| Change::Length(*two, a, b);
                self.emit_all(change, (None, None), Some(route), turning)?;
            }
        }
        Flow::Continue(())
    }

    fn document(
        &mut self,
        two: Two<DocumentId>,
        route: Two<RouteId>,
        (before, after): (RouteId, RouteId),
        open: &Set,
    ) -> Flow {
        let sides = self.sides;
        let truth = |logic: &Logic<'_>, id: Option<DocumentId>, route| match id {
            Some(id) => logic.document(id, route),
            None => Ok(never(logic)),
        };
        let truths = truth(sides.old, two.old, before)
            .and_then(|a| truth(sides.new, two.new, after).map(|b| (a, b)));
        let Ok((a, b)) = truths else {
            let change = Change::Needed(two, Turn::LeftOpen);
            return (self.each)(Event::Unproved(Some(change), Doubtful::Budget));
        };
        let needed = among_all(turns(sides.diagrams(), open, &a, &b), open);
        let change = |turn| Change::Needed(two, turn);
        self.emit_all(change, Turn::LeftOpen, Some(route), needed)?;
        let ban = |logic: &Logic<'_>, id: Option<DocumentId>, route| match id {
            Some(id) => logic.ban(id, route),
            None => Ok(never(logic)),
        };
        let bans = ban(sides.old, two.old, before)
            .and_then(|a| ban(sides.new, two.new, after).map(|b| (a, b)))
            .and_then(|(a, b)| among_all(turns(sides.diagrams(), open, &a, &b), open));
        let change = |turn| Change::Banned(two, turn);
        self.emit_all(change, Turn::LeftOpen, Some(route), bans)?;
        let (Some(old), Some(new)) = (two.old, two.new) else { return Flow::Continue(()) };
        let due = || {
            let diagrams = sides.diagrams();
            let needed = diagrams.and(open, &diagrams.and(&a.yes, &b.yes)?)?;
            if needed.is_nothing() {
                return Ok(Vec::new());
            }
            let before = due_states(sides.old, old, before)?;
            let after = due_states(sides.new, new, after)?;
            moved(diagrams, &needed, before, after)
        };
        self.emit_all(|(a, b)| Change::Due(two, a, b), (None, None), Some(route), due())
    }

    fn period(
        &self,
        two: Two<PeriodId>,
        (before, after): (RouteId, RouteId),
        open: &Set,
    ) -> Result<Turning<Places>, GaveUp> {
        let states = |logic: &Logic<'_>, id: Option<PeriodId>, route| match id {
            Some(id) => length_states(logic, id, route),
            None => Ok(vec![nothing(logic)]),
        };
        let before = states(self.sides.old, two.old, before)?;
        let after = states(self.sides.new, two.new, after)?;
        moved(self.sides.diagrams(), open, before, after)
    }
}
