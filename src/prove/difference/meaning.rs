//! What parts of rules come to, by names: alike in two versions if they come to the same.

use std::collections::{BTreeMap, BTreeSet};

use super::super::view::View;
use crate::pack::{
    AmountId, Candidate, Document, Due, DueRule, FactKind, LengthRow, Period, PreferenceId,
    Rulebook, Value,
};
use crate::syntax::tree::{Ending, Limit};

/// The figures of an amount on a day, by the name of the option or outcome they are for.
pub(super) fn figures(view: View<'_>, amount: AmountId) -> BTreeMap<Option<String>, Option<Value>> {
    let book = view.book();
    let choices = book.amounts[amount].class.map(|class| book.class_choices(class));
    let rows = view.rows(amount).map(|row| {
        let class = row.class.and_then(|place| choices?.get(place));
        (class.map(|choice| choice.name.clone()), row.value.clone())
    });
    rows.collect()
}

/// What may be known of a fact, titles aside.
pub(super) fn kind_meaning(kind: &FactKind) -> String {
    let names = || {
        let names: BTreeSet<&str> =
            kind.choices().iter().map(|choice| choice.name.as_str()).collect();
        format!("{names:?}")
    };
    match kind {
        FactKind::OneOf(_) => format!("one of {}", names()),
        FactKind::SomeOf(_) => format!("some of {}", names()),
        FactKind::YesNo
        | FactKind::Number(..)
        | FactKind::Percentage(..)
        | FactKind::Money(..)
        | FactKind::Date
        | FactKind::Duration
        | FactKind::Text
        | FactKind::Cpv => format!("{kind:?}"),
    }
}

/// What a due rule comes to, by names.
pub(super) fn due_meaning(book: &Rulebook, document: &Document, due: &Due) -> String {
    match &due.rule {
        DueRule::Words(words) => format!("words {words}"),
        DueRule::Before(event) => format!("before {}", book.event_name(*event)),
        DueRule::With(event) => format!("with {}", book.event_name(*event)),
        DueRule::Soon(event) => format!("soon after {}", book.event_name(*event)),
        DueRule::Within(duration, counting, event) => {
            let calendar = book.packs[document.pack].calendar;
            let calendar = calendar.filter(|_| duration.working_days().is_some());
            let calendar = calendar.map(|id| &book.calendars[id].name);
            let event = book.event_name(*event);
            format!("within {duration:?} {counting:?} {event} {calendar:?}")
        }
    }
}

/// What a length of a period comes to, by names; none where there is no such period.
pub(super) fn length_meaning(book: &Rulebook, period: &Period, row: &LengthRow) -> Option<String> {
    let (limit, duration, counting, ending) = row.length?;
    let counts_working_days = duration.working_days().is_some() || ending == Ending::Rolling;
    let calendar = period.calendar.filter(|_| counts_working_days);
    let calendar = calendar.map(|id| &book.calendars[id].name);
    // Whether the second event may fall on the last day says nothing of a time that is a most.
    let until = (limit != Limit::AtMost).then_some(period.until);
    let (from, to) = (book.event_name(period.from), book.event_name(period.to));
    Some(format!(
        "{from} {to} {until:?} {limit:?} {duration:?} {counting:?} {ending:?} {calendar:?}"
    ))
}

/// Two routes, or two models, of which one is put before the other, by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    pub(super) are_routes: bool,
    pub(super) above: String,
    pub(super) below: String,
}

impl Pair {
    pub(super) fn name(&self) -> String {
        format!("{} {} over {}", self.are_routes, self.above, self.below)
    }
}

/// The preferences that put each above another.
pub(super) fn ranks(book: &Rulebook) -> BTreeMap<Pair, Vec<PreferenceId>> {
    let name = |candidate: &Candidate| match candidate {
        Candidate::Route(route) => (true, book.routes[*route].name.clone()),
        Candidate::Model(model) => (false, book.models[*model].name.clone()),
    };
    let mut ranks: BTreeMap<Pair, Vec<PreferenceId>> = BTreeMap::new();
    for (id, preference) in book.preferences.iter() {
        for (are_routes, above) in preference.above.iter().map(name) {
            for (_, below) in preference.below.iter().map(name) {
                let pair = Pair { are_routes, above: above.clone(), below };
                ranks.entry(pair).or_default().push(id);
            }
        }
    }
    ranks
}
