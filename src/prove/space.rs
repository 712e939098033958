//! Everything that a commission can be on one day, as bits: a fact after the other, those that
//! decide which law governs first.

use std::collections::BTreeMap;

use super::cells::{Cells, Scale, code_cells};
use super::diagram::{Bit, Diagrams, GaveUp, Set};
use super::predicate::{Comparing, amounts_of, figures_of, is_relation, read_in};
use super::view::View;
use crate::pack::{
    AmountId, Class, CodeSet, Condition, FactId, FactKind, Figure, Rulebook, Value, quantities_of,
    walk,
};
use crate::quantity::{Date, day_number};

/// The days of the shortest month: a length of fewer has no month in it, and as many days from wherever
/// it is counted.
pub(super) const DAYS_OF_A_MONTH_MIN: i128 = 28;

/// More days than any number of months can have more from one day than from another: three for
/// February, and one or two for years with a leap day.
const DAYS_APART_MAX: i128 = 6;

/// What a commission can be.
#[derive(Debug)]
pub(super) struct Space {
    dimensions: Vec<Dimension>,
    /// By view, then fact.
    places: Vec<BTreeMap<FactId, Place>>,
    /// By what is compared, as written with its figures.
    relations: BTreeMap<String, usize>,
    n_bits: Bit,
    /// The first view's day: what is shown of dates is near it.
    as_at: Date,
}

/// One fact, or one relation of several.
#[derive(Debug)]
pub(super) struct Dimension {
    pub(super) cells: Cells,
    pub(super) first: Bit,
    pub(super) width: u16,
    /// In each view, the facts that it is made of: one, or those of a relation.
    pub(super) facts: Vec<Vec<FactId>>,
}

/// Where a fact is in a space.
#[derive(Clone, Debug)]
struct Place {
    dimension: usize,
    /// The place of each of its options among the cells'.
    options: Vec<usize>,
}

/// What is gathered of a fact before its cells are known.
#[derive(Default)]
struct Gathered {
    starts: Vec<i128>,
    lists: Vec<Vec<CodeSet>>,
    texts: Vec<String>,
}

struct Gathering<'g> {
    views: Vec<View<'g>>,
    space: Space,
    by_name: BTreeMap<(String, &'static str), usize>,
    gathered: Vec<Gathered>,
}

impl Space {
    /// What commissions can be under these rules: the facts of the same name and type are one.
    pub(super) fn of(views: &[View<'_>]) -> Self {
        let space = Self {
            dimensions: Vec::new(),
            places: views.iter().map(|_| BTreeMap::new()).collect(),
            relations: BTreeMap::new(),
            n_bits: 0,
            as_at: views.first().map_or(Date::ZERO, |view| view.as_at),
        };
        let mut gathering = Gathering {
            views: views.to_vec(),
            space,
            by_name: BTreeMap::new(),
            gathered: Vec::new(),
        };
        for place in 0..views.len() {
            gathering.see(place);
        }
        gathering.finish()
    }

    pub(super) const fn n_bits(&self) -> Bit {
        self.n_bits
    }

    pub(super) fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    fn place(&self, view: usize, fact: FactId) -> Option<(&Place, &Dimension)> {
        let place = self.places.get(view)?.get(&fact)?;
        Some((place, self.dimensions.get(place.dimension)?))
    }

    /// The dimension of a fact that some rule of the day reads.
    pub(super) fn dimension(&self, view: usize, fact: FactId) -> Option<usize> {
        Some(self.places.get(view)?.get(&fact)?.dimension)
    }

    /// The values of a dimension in order at which cells begin; none of other dimensions.
    pub(super) fn starts(&self, dimension: usize) -> &[i128] {
        match self.dimensions.get(dimension).map(|dimension| &dimension.cells) {
            Some(Cells::Ordered(_, starts)) => starts,
            _ => &[],
        }
    }

    /// The value of a cell that is nearest to a known one.
    pub(super) fn nearest_value(
        &self,
        view: usize,
        book: &Rulebook,
        (fact, cell): (FactId, usize),
        known: Option<&Value>,
    ) -> Option<Value> {
        let (place, dimension) = self.place(view, fact)?;
        if let (Cells::Ordered(scale, starts), Some(known)) = (&dimension.cells, known) {
            let next = starts.get(cell + 1);
            // From above, the nearest is the last before the next cell begins.
            if let Some(next) = next.filter(|next| scale.number(known) >= Some(**next)) {
                return scale.value(next - 1);
            }
            return scale.value(*starts.get(cell)?);
        }
        dimension.value(cell, place, &book.facts[fact].title, self.as_at)
    }

    /// Whether any comparison is of several facts.
    pub(super) fn has_relations(&self) -> bool {
        !self.relations.is_empty()
    }

    /// The dimension of a relation.
    pub(super) fn relation(&self, key: &str) -> Option<usize> {
        self.relations.get(key).copied()
    }

    /// The bits of all relations.
    pub(super) fn relation_bits(&self) -> Vec<Bit> {
        let relations = self.relations.values().filter_map(|place| self.dimensions.get(*place));
        relations.flat_map(Dimension::bits).collect()
    }

    /// The dimension that a bit belongs to.
    pub(super) fn of_bit(&self, bit: Bit) -> Option<usize> {
        let place = self.dimensions.partition_point(|dimension| dimension.first <= bit);
        // A dimension without bits begins where the next does.
        let mut place = place.checked_sub(1)?;
        while self.dimensions.get(place)?.width == 0 {
            place = place.checked_sub(1)?;
        }
        Some(place)
    }

    /// The bits that say what a fact is, where some rule reads it.
    pub(super) fn bits(&self, view: usize, fact: FactId, value: &Value) -> Vec<(Bit, bool)> {
        let Some((place, dimension)) = self.place(view, fact) else { return Vec::new() };
        if let (Cells::Subsets(names), Value::Choices(chosen)) = (&dimension.cells, value) {
            let chosen: Vec<usize> =
                chosen.iter().filter_map(|option| place.options.get(*option).copied()).collect();
            let bits = (0..names.len()).zip(dimension.first..);
            return bits.map(|(option, bit)| (bit, chosen.contains(&option))).collect();
        }
        let cell = dimension.cells.cell(value, &place.options);
        cell.map(|cell| dimension.code(cell)).unwrap_or_default()
    }

    /// Every value that a fact can have, one for each cell, in order.
    pub(super) fn values(&self, view: usize, book: &Rulebook, fact: FactId) -> Vec<Value> {
        let Some((place, dimension)) = self.place(view, fact) else { return Vec::new() };
        let n_cells = dimension.cells.count();
        let title = &book.facts[fact].title;
        let value = |cell| dimension.value(cell, place, title, self.as_at);
        (0..n_cells).filter_map(value).collect()
    }

    /// A value of a fact in this cell.
    pub(super) fn value(
        &self,
        view: usize,
        book: &Rulebook,
        fact: FactId,
        cell: usize,
    ) -> Option<Value> {
        let (place, dimension) = self.place(view, fact)?;
        dimension.value(cell, place, &book.facts[fact].title, self.as_at)
    }

    /// The commissions in which a fact is in a cell that passes.
    pub(super) fn cells(
        &self,
        diagrams: &Diagrams,
        dimension: usize,
        passes: impl Fn(usize) -> bool,
    ) -> Result<Set, GaveUp> {
        let Some(dimension) = self.dimensions.get(dimension) else {
            return Ok(diagrams.nothing());
        };
        let last = dimension.cells.count().saturating_sub(1);
        // The codes past the last cell stand for it too, so that every code is a commission.
        let codes: Vec<bool> =
            (0..1_usize << dimension.width).map(|code| passes(code.min(last))).collect();
        among(diagrams, dimension.first, &codes)
    }

    /// The commissions in which a dimension is in one cell, by whichever code stands for it.
    pub(super) fn in_cell(
        &self,
        diagrams: &Diagrams,
        place: usize,
        cell: usize,
    ) -> Result<Set, GaveUp> {
        let subset = self.dimensions.get(place).filter(|it| matches!(it.cells, Cells::Subsets(_)));
        let Some(dimension) = subset else {
            return self.cells(diagrams, place, |other| other == cell);
        };
        let mut set = diagrams.everything();
        for (bit, is_yes) in dimension.code(cell) {
            set = diagrams.and(&set, &diagrams.bit(bit, is_yes))?;
        }
        Ok(set)
    }

    /// The commissions in which an option is among those of a fact.
    pub(super) fn includes(
        &self,
        diagrams: &Diagrams,
        view: usize,
        fact: FactId,
        option: usize,
    ) -> Option<Set> {
        let (place, dimension) = self.place(view, fact)?;
        let option = u16::try_from(*place.options.get(option)?).ok()?;
        Some(diagrams.bit(dimension.first + option, true))
    }

    /// The cells' places of a fact's options.
    pub(super) fn options(&self, view: usize, fact: FactId) -> Option<&[usize]> {
        self.place(view, fact).map(|(place, _)| place.options.as_slice())
    }
}

/// The set of the codes that are true, the first bit being the highest.
fn among(diagrams: &Diagrams, bit: Bit, codes: &[bool]) -> Result<Set, GaveUp> {
    let first = codes.first().copied().unwrap_or(false);
    if codes.iter().all(|code| *code == first) {
        return Ok(diagrams.constant(first));
    }
    let (no, yes) = codes.split_at(codes.len() / 2);
    let no = diagrams.and(&diagrams.bit(bit, false), &among(diagrams, bit + 1, no)?)?;
    let yes = diagrams.and(&diagrams.bit(bit, true), &among(diagrams, bit + 1, yes)?)?;
    diagrams.or(&no, &yes)
}

impl Dimension {
    /// The bits of a cell's code, the highest first.
    pub(super) fn code(&self, cell: usize) -> Vec<(Bit, bool)> {
        let bits = (0..self.width).rev().zip(self.first..);
        bits.map(|(power, bit)| (bit, cell >> power & 1 == 1)).collect()
    }

    /// The number of codes that stand for a cell each.
    pub(super) fn n_codes(&self) -> usize {
        match &self.cells {
            Cells::Subsets(names) => 1 << names.len().min(16),
            Cells::YesNo
            | Cells::Options(_)
            | Cells::Ordered(..)
            | Cells::Codes(..)
            | Cells::Texts(_)
            | Cells::Free
            | Cells::Known => self.cells.count(),
        }
    }

    /// The cell that a code stands for.
    pub(super) fn settled(&self, code: usize) -> usize {
        match &self.cells {
            // Every set of options is a commission: the code is the set itself.
            Cells::Subsets(_) => code,
            Cells::YesNo
            | Cells::Options(_)
            | Cells::Ordered(..)
            | Cells::Codes(..)
            | Cells::Texts(_)
            | Cells::Free
            | Cells::Known => code.min(self.cells.count().saturating_sub(1)),
        }
    }

    /// Whether it says that a fact is known.
    pub(super) const fn is_known(&self) -> bool {
        matches!(self.cells, Cells::Known)
    }

    /// Whether it is a relation of facts, and no fact.
    pub(super) const fn is_relation(&self) -> bool {
        matches!(self.cells, Cells::Free | Cells::Known)
    }

    /// Every bit of it.
    pub(super) fn bits(&self) -> Vec<Bit> {
        (self.first..self.first + self.width).collect()
    }

    /// A value of a cell of the fact with this title.
    fn value(&self, cell: usize, place: &Place, title: &str, as_at: Date) -> Option<Value> {
        Some(match &self.cells {
            Cells::YesNo => Value::YesNo(cell == 1),
            Cells::Options(_) => {
                Value::Choice(place.options.iter().position(|option| *option == cell)?)
            }
            Cells::Ordered(Scale::Date, starts) => {
                // Any day of the cell would do: the nearest to the day asked about is natural.
                let today = i128::from(day_number(as_at));
                let last = starts.get(cell + 1).map_or(today, |next| today.min(next - 1));
                Scale::Date.value(last.max(*starts.get(cell)?))?
            }
            Cells::Ordered(scale, starts) => {
                // What lies under every limit is best shown just under the first.
                let number = match (cell, starts.get(1)) {
                    (0, Some(next)) => next - 1,
                    _ => *starts.get(cell)?,
                };
                scale.value(number)?
            }
            Cells::Codes(starts, _) => {
                Value::Code(starts.iter().find(|(_, class)| *class == cell)?.0)
            }
            Cells::Texts(texts) => Value::Text(match texts.get(cell) {
                Some(text) => text.clone(),
                None => other_text(texts, title),
            }),
            Cells::Subsets(names) => {
                let is_in = |option: &usize| cell >> (names.len() - 1 - option) & 1 == 1;
                let chosen = place.options.iter().enumerate();
                Value::Choices(
                    chosen.filter(|(_, option)| is_in(option)).map(|(own, _)| own).collect(),
                )
            }
            Cells::Free | Cells::Known => return None,
        })
    }
}

/// A text that is none of these.
fn other_text(texts: &[String], title: &str) -> String {
    let mut other = title.to_lowercase();
    while texts.contains(&other) {
        other.push('-');
    }
    other
}

impl<'g> Gathering<'g> {
    fn see(&mut self, place: usize) {
        let Some(view) = self.views.get(place).copied() else { return };
        for condition in view.conditions() {
            walk(condition, &mut |condition| self.condition(place, view, condition));
        }
    }

    fn condition(&mut self, place: usize, view: View<'g>, condition: &'g Condition) {
        match condition {
            Condition::Yes(fact) | Condition::OneOf(fact, _) | Condition::Includes(fact, _) => {
                self.fact(place, *fact);
            }
            Condition::TextIs(fact, text) => {
                if let Some(gathered) = self.fact(place, *fact)
                    && !gathered.texts.contains(text)
                {
                    gathered.texts.push(text.clone());
                }
            }
            Condition::CodeIs(fact, code) => {
                if let Some(gathered) = self.fact(place, *fact) {
                    gathered.lists.push(vec![CodeSet::One(*code)]);
                }
            }
            Condition::InList(fact, list) => {
                let codes = view.codes(*list);
                if let Some(gathered) = self.fact(place, *fact) {
                    gathered.lists.push(codes);
                }
            }
            Condition::Compare(..) | Condition::Gap(..) => {
                self.comparison(place, view, condition);
            }
            Condition::Known(fact) if view.is_partial => {
                self.fact(place, *fact);
                self.relation(place, view, condition, vec![*fact], Cells::Known);
            }
            Condition::All(_)
            | Condition::Any(_)
            | Condition::AtLeast(..)
            | Condition::Not(_)
            | Condition::Known(_)
            | Condition::Outcome(..)
            | Condition::RouteIs(_)
            | Condition::ModelIs(_) => {}
        }
    }

    /// The facts of a comparison, with the values at which it turns; of more than one, a relation.
    fn comparison(&mut self, place: usize, view: View<'g>, condition: &'g Condition) {
        let figures: Vec<&Figure> =
            quantities_of(condition).into_iter().flat_map(|quantity| quantity.figures()).collect();
        for figure in &figures {
            if let Figure::Amount(amount) = figure {
                self.class(place, view, *amount);
            }
        }
        let facts = figures_of(condition);
        for fact in &facts {
            self.fact(place, *fact);
        }
        match facts.as_slice() {
            [] => {}
            [fact] if !is_relation(view, condition) => {
                let turns = Comparing::new(view, condition).turns(*fact, &Vec::new());
                let turns = self.on_first_day(view, *fact, turns);
                if let Some(gathered) = self.fact(place, *fact) {
                    gathered.starts.extend(turns);
                }
            }
            _ => self.relation(place, view, condition, facts_of(view, condition), Cells::Free),
        }
    }

    /// Something that holds or not whatever the cells of its facts are.
    fn relation(
        &mut self,
        place: usize,
        view: View<'g>,
        condition: &Condition,
        facts: Vec<FactId>,
        cells: Cells,
    ) {
        let key = super::predicate::key(view, condition);
        let dimensions = &mut self.space.dimensions;
        let relation = *self.space.relations.entry(key).or_insert_with(|| {
            let facts = self.views.iter().map(|_| Vec::new()).collect();
            dimensions.push(Dimension { cells, first: 0, width: 0, facts });
            self.gathered.push(Gathered::default());
            dimensions.len() - 1
        });
        let dimension = self.space.dimensions.get_mut(relation);
        if let Some(own) = dimension.and_then(|dimension| dimension.facts.get_mut(place)) {
            own.extend(facts);
            own.sort_unstable();
            own.dedup();
        }
    }

    /// Numbers of values as the first view's day counts them: a length of time is numbered by the
    /// day on which it ends. Where months may be in it, how many days it has is by the day from which
    /// it is counted, so that values near it are told apart one by one.
    fn on_first_day(&self, view: View<'g>, fact: FactId, numbers: Vec<i128>) -> Vec<i128> {
        let first_day = self.views.first().map_or(view.as_at, |first| first.as_at);
        if first_day == view.as_at || view.book().facts[fact].kind != FactKind::Duration {
            return numbers;
        }
        let (first, own) = (day_number(first_day), day_number(view.as_at));
        let (first, own) = (i128::from(first), i128::from(own));
        let near = |number: i128| {
            let n_days = number - own;
            let may_be_months = n_days + DAYS_APART_MAX >= DAYS_OF_A_MONTH_MIN;
            let apart = if may_be_months { DAYS_APART_MAX } else { 0 };
            first + n_days - apart..=first + n_days + apart
        };
        numbers.into_iter().flat_map(near).collect()
    }

    fn class(&mut self, place: usize, view: View<'g>, amount: AmountId) {
        if let Some(Class::Fact(fact)) = view.book().amounts[amount].class {
            self.fact(place, fact);
        }
    }

    /// The dimension of a fact, made where it is first met.
    fn fact(&mut self, place: usize, fact: FactId) -> Option<&mut Gathered> {
        let view = self.views.get(place)?;
        let rules = &view.book().facts[fact];
        let key = (rules.name.clone(), kind_name(&rules.kind));
        let n_views = self.views.len();
        let known = self.by_name.get(&key).copied();
        let first_day = self.views.first().map_or(view.as_at, |first| first.as_at);
        let dimension = known.unwrap_or_else(|| {
            self.space.dimensions.push(Dimension {
                cells: empty_cells(&rules.kind, first_day),
                first: 0,
                width: 0,
                facts: (0..n_views).map(|_| Vec::new()).collect(),
            });
            self.gathered.push(Gathered::default());
            self.space.dimensions.len() - 1
        });
        self.by_name.insert(key, dimension);
        let own = self.space.dimensions.get_mut(dimension)?;
        if let Some(facts) = own.facts.get_mut(place)
            && facts.is_empty()
        {
            facts.push(fact);
            let options = match &mut own.cells {
                Cells::Options(names) | Cells::Subsets(names) => {
                    let places = rules.kind.choices().iter().map(|choice| {
                        names.iter().position(|name| *name == choice.name).unwrap_or_else(|| {
                            names.push(choice.name.clone());
                            names.len() - 1
                        })
                    });
                    places.collect()
                }
                Cells::YesNo
                | Cells::Ordered(..)
                | Cells::Codes(..)
                | Cells::Texts(_)
                | Cells::Free
                | Cells::Known => Vec::new(),
            };
            if let Some(places) = self.space.places.get_mut(place) {
                places.insert(fact, Place { dimension, options });
            }
        }
        self.gathered.get_mut(dimension)
    }

    fn finish(mut self) -> Space {
        let mut next: Bit = 0;
        for (dimension, gathered) in self.space.dimensions.iter_mut().zip(self.gathered) {
            match &mut dimension.cells {
                Cells::Ordered(_, starts) => {
                    starts.extend(gathered.starts);
                    starts.sort_unstable();
                    starts.dedup();
                }
                Cells::Codes(..) => dimension.cells = code_cells(&gathered.lists),
                Cells::Texts(texts) => *texts = gathered.texts,
                Cells::YesNo
                | Cells::Options(_)
                | Cells::Subsets(_)
                | Cells::Free
                | Cells::Known => {}
            }
            dimension.first = next;
            dimension.width = dimension.cells.width();
            next = next.saturating_add(dimension.width);
        }
        self.space.n_bits = next;
        self.space
    }
}

/// The facts that a comparison rests on: those that it compares, and those that choose the figures of
/// its amounts.
fn facts_of(view: View<'_>, comparison: &Condition) -> Vec<FactId> {
    let book = view.book();
    let choosing = |condition: &Condition| -> Vec<FactId> {
        let classes = amounts_of(condition).into_iter().map(|amount| book.amounts[amount].class);
        let fact = |class: Option<Class>| match class? {
            Class::Fact(fact) => Some(fact),
            Class::Decision(_) => None,
        };
        classes.filter_map(fact).collect()
    };
    let mut facts = figures_of(comparison);
    facts.extend(choosing(comparison));
    for decision in view.behind([comparison]) {
        let cases = book.decisions[decision].cases.iter();
        for case in cases.filter(|case| view.is_in_force(case.in_force)) {
            let Some(condition) = &case.condition else { continue };
            facts.extend(read_in(condition).0);
            walk(condition, &mut |condition| facts.extend(choosing(condition)));
        }
    }
    facts
}

fn empty_cells(kind: &FactKind, as_at: Date) -> Cells {
    match kind {
        FactKind::YesNo => Cells::YesNo,
        FactKind::OneOf(_) => Cells::Options(Vec::new()),
        FactKind::SomeOf(_) => Cells::Subsets(Vec::new()),
        FactKind::Text => Cells::Texts(Vec::new()),
        FactKind::Cpv => Cells::Codes(Vec::new(), 0),
        FactKind::Number(..)
        | FactKind::Percentage(..)
        | FactKind::Money(..)
        | FactKind::Date
        | FactKind::Duration => match Scale::of(kind, as_at) {
            Some((scale, least, _)) => Cells::Ordered(scale, vec![least]),
            None => Cells::Free,
        },
    }
}

/// Facts of one name are the same fact only where they are of one kind.
pub(super) const fn kind_name(kind: &FactKind) -> &'static str {
    match kind {
        FactKind::YesNo => "yes or no",
        FactKind::OneOf(_) => "one of",
        FactKind::SomeOf(_) => "some of",
        FactKind::Number(..) => "whole number",
        FactKind::Percentage(..) => "percentage",
        FactKind::Money(..) => "money",
        FactKind::Date => "date",
        FactKind::Duration => "duration",
        FactKind::Text => "text",
        FactKind::Cpv => "CPV code",
    }
}
