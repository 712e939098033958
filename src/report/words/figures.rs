//! Quantities and how they compare.

use crate::pack::{AmountId, Class, Figure, Quantity, Sign, Term, Value};
use crate::pack::{FactId, FactKind};
use crate::quantity::date_in_words;
use crate::syntax::tree::Comparison;

use super::joining::or;
use super::values::value;
use super::{Turn, Voice, Wording};

/// The figures still possible of an amount; `None` among them where the law gives none.
type Figures = Vec<Option<Value>>;

impl Wording<'_> {
    pub(super) fn comparison(
        &self,
        comparison: Comparison,
        left: &Quantity,
        right: &Quantity,
        voice: Voice,
    ) -> String {
        if let Some(amount) = self.figureless(left).or_else(|| self.figureless(right)) {
            let title = &self.book.amounts[amount].title;
            return voice.opening(&format!("the law gives no figure here for “{title}”"));
        }
        let than = compared(comparison, voice.turn, self.is_date(left));
        let (measured, known) = self.measured(left, voice);
        let bound = self.quantity(right, voice);
        match known {
            Some(known) if than.is_empty() && is_literal(right) => {
                format!("{measured} is {known}")
            }
            Some(known) if than.is_empty() => format!("{measured} is {known}, the same as {bound}"),
            Some(known) => format!("{measured} is {known}, {than}{bound}"),
            None => format!("{measured} is {than}{bound}"),
        }
    }

    pub(super) fn gap(
        &self,
        from: &Quantity,
        to: &Quantity,
        (comparison, duration): (Comparison, &Quantity),
        voice: Voice,
    ) -> String {
        let than = compared(comparison, voice.turn, false);
        let (from, to) = (self.quantity(from, voice), self.quantity(to, voice));
        let opening = voice.opening("the time from");
        format!("{opening} {from} to {to} is {than}{}", self.quantity(duration, voice))
    }

    /// What is measured, and its value where it is a single fact whose value was found.
    fn measured(&self, quantity: &Quantity, voice: Voice) -> (String, Option<String>) {
        let [(Sign::Plus, Term::Figure(Figure::Fact(fact)))] = quantity.terms.as_slice() else {
            let opening = voice.opening(&self.quantity(quantity, voice));
            return (opening, None);
        };
        let known = self.found(*fact, voice).map(|known| self.fact_value(*fact, known));
        (voice.title(&self.book.facts[*fact].title), known)
    }

    pub(super) fn quantity(&self, quantity: &Quantity, voice: Voice) -> String {
        let is_date = self.is_date(quantity);
        quantity.terms.iter().fold(String::new(), |sum, (sign, term)| {
            let term = self.term(term, voice);
            match (sum.is_empty(), sign, is_date) {
                (true, Sign::Plus, _) => term,
                (true, Sign::Minus, _) => format!("less {term}"),
                (false, Sign::Plus, true) => format!("{term} after {sum}"),
                (false, Sign::Minus, true) => format!("{term} before {sum}"),
                (false, Sign::Plus, false) => format!("{sum} plus {term}"),
                (false, Sign::Minus, false) => format!("{sum} less {term}"),
            }
        })
    }

    fn term(&self, term: &Term, voice: Voice) -> String {
        let (share, figures) = match term {
            Term::Figure(figure) => return self.figure(figure, voice),
            Term::Share(share, figures) => (share, figures),
        };
        let terms = figures.iter().map(|(sign, figure)| (*sign, Term::Figure(figure.clone())));
        let whole = self.quantity(&Quantity { terms: terms.collect() }, voice);
        if figures.len() > 1 {
            format!("{share} of ({whole})")
        } else {
            format!("{share} of {whole}")
        }
    }

    fn figure(&self, figure: &Figure, voice: Voice) -> String {
        match figure {
            // A literal in a comparison is never an option, so no kind is needed to word it.
            Figure::Literal(literal) => value(&FactKind::Text, literal),
            Figure::Fact(fact) => {
                let title = &self.book.facts[*fact].title;
                match self.found(*fact, voice) {
                    Some(known) => format!("{} ({title})", self.fact_value(*fact, known)),
                    None => format!("“{title}”"),
                }
            }
            Figure::Amount(amount) => self.amount(*amount),
            Figure::AsAt => match self.answer {
                Some(answer) => format!("{} (the date asked about)", date_in_words(answer.as_at)),
                None => "the date asked about".to_owned(),
            },
        }
    }

    fn fact_value(&self, fact: FactId, known: &Value) -> String {
        value(&self.book.facts[fact].kind, known)
    }

    /// `£663,540 (Light touch threshold)`; by title alone where the figure is left open too far, or
    /// where without a date it may be one of several.
    fn amount(&self, amount: AmountId) -> String {
        let title = &self.book.amounts[amount].title;
        match (self.figures(amount).as_slice(), self.answer) {
            (figures @ [Some(_)], _) | (figures @ [_, _], Some(_)) => {
                format!("{} ({title})", self.figures_said(amount, figures))
            }
            (_, _) => format!("“{title}”"),
        }
    }

    /// The figures still possible in words: `£139,688 or £214,904`.
    pub(in crate::report) fn figures_said(
        &self,
        amount: AmountId,
        figures: &[Option<Value>],
    ) -> String {
        let kind = &self.book.amounts[amount].kind;
        let figures = figures.iter().map(|figure| match figure {
            Some(figure) => value(kind, figure),
            None => "no figure".to_owned(),
        });
        let figures: Vec<String> = figures.collect();
        if figures.is_empty() { "not known".to_owned() } else { or(&figures) }
    }

    /// The amount of a quantity for which the law gives no figure, whatever the unknown facts are.
    fn figureless(&self, quantity: &Quantity) -> Option<AmountId> {
        quantity.figures().find_map(|figure| match figure {
            Figure::Amount(amount) if self.figures(*amount) == [None] => Some(*amount),
            Figure::Amount(_) | Figure::Literal(_) | Figure::Fact(_) | Figure::AsAt => None,
        })
    }

    /// The figures that an amount may have: at the answer's date and for the classes still
    /// possible, or without an answer at any time and for any class.
    pub(super) fn figures(&self, amount: AmountId) -> Figures {
        let amount = &self.book.amounts[amount];
        let life = self.book.packs[amount.pack].in_force;
        let mut figures = Figures::new();
        for row in &amount.rows {
            let in_force = row.in_force.within(life);
            let is_of_date = self.answer.is_none_or(|answer| in_force.holds_on(answer.as_at));
            let is_of_class = match (amount.class, row.class) {
                (Some(class), Some(place)) => self.may_be(class, place),
                (Some(_) | None, _) => true,
            };
            if is_of_date && is_of_class && !figures.contains(&row.value) {
                figures.push(row.value.clone());
            }
        }
        figures
    }

    fn may_be(&self, class: Class, place: usize) -> bool {
        match class {
            Class::Fact(fact) => match self.answer.and_then(|answer| answer.facts.get(fact)) {
                Some(known) => *known == Value::Choice(place),
                None => true,
            },
            Class::Decision(decision) => {
                self.possible(decision).is_none_or(|outcomes| outcomes.contains(&place))
            }
        }
    }

    fn is_date(&self, quantity: &Quantity) -> bool {
        quantity.figures().any(|figure| match figure {
            Figure::Literal(literal) => matches!(literal, Value::Date(_)),
            Figure::Fact(fact) => self.book.facts[*fact].kind == FactKind::Date,
            Figure::Amount(amount) => self.book.amounts[*amount].kind == FactKind::Date,
            Figure::AsAt => true,
        })
    }
}

fn is_literal(quantity: &Quantity) -> bool {
    matches!(quantity.terms.as_slice(), [(Sign::Plus, Term::Figure(Figure::Literal(_)))])
}

/// How two quantities compare, as the words between `is` and the second.
const fn compared(comparison: Comparison, turn: Turn, is_date: bool) -> &'static str {
    match (comparison, turn, is_date) {
        (Comparison::Equal, Turn::Straight, _) => "",
        (Comparison::Equal, Turn::Turned, _) => "not ",
        (Comparison::Under, Turn::Straight, false)
        | (Comparison::AtOrOver, Turn::Turned, false) => "under ",
        (Comparison::AtOrUnder, Turn::Straight, false)
        | (Comparison::Over, Turn::Turned, false) => "at most ",
        (Comparison::Over, Turn::Straight, false)
        | (Comparison::AtOrUnder, Turn::Turned, false) => "over ",
        (Comparison::AtOrOver, Turn::Straight, false)
        | (Comparison::Under, Turn::Turned, false) => "at least ",
        (Comparison::Under, Turn::Straight, true) | (Comparison::AtOrOver, Turn::Turned, true) => {
            "before "
        }
        (Comparison::AtOrUnder, Turn::Straight, true) | (Comparison::Over, Turn::Turned, true) => {
            "on or before "
        }
        (Comparison::Over, Turn::Straight, true) | (Comparison::AtOrUnder, Turn::Turned, true) => {
            "after "
        }
        (Comparison::AtOrOver, Turn::Straight, true) | (Comparison::Under, Turn::Turned, true) => {
            "on or after "
        }
    }
}
