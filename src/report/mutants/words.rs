//! Mutants in words: what is changed, of which thing.

use crate::pack::{
    Candidate, Change, Condition, FactKind, ListRows, Mutant, Owner, Part, Rulebook, Slot, Twist,
    Value, literals, shares,
};
use crate::quantity::InForce;
use crate::report::words::{Wording, length, value};
use crate::source::Sources;
use crate::syntax::tree::{Comparison, Counting, Until, in_force_as_written};

/// A name for a mutant that is the same wherever the rules lie: its pack, its place in that pack's
/// folder, and the change.
#[must_use]
pub fn mutant_id(book: &Rulebook, sources: &Sources, mutant: &Mutant) -> String {
    let (file, (line, column)) = super::place(sources, mutant.span);
    let pack = &book.packs[super::pack_of(book, sources, mutant)];
    let file = file.strip_prefix(super::folder(sources, pack.span)).unwrap_or(file);
    let (pack, file) = (&pack.name, file.trim_start_matches('/'));
    let part = match mutant.part {
        Part::Whole => "whole".to_owned(),
        Part::Test(place) => format!("test {place}"),
        Part::Gate(place) => format!("gate {place}"),
        Part::Case(place) => format!("case {place}"),
        Part::Row(place) => format!("row {place}"),
        Part::Due(place) => format!("due {place}"),
        Part::Length(place) => format!("length {place}"),
    };
    format!("{pack} {file}:{line}:{column} {part} {}", exactly(book, mutant))
}

/// A change spelled so that no two of a clause are the same.
fn exactly(book: &Rulebook, mutant: &Mutant) -> String {
    match &mutant.change {
        Change::Dropped => "dropped".to_owned(),
        Change::Unguarded => "unguarded".to_owned(),
        Change::Dated(period) => format!("dated {}", in_force_as_written(*period)),
        Change::Outcome(outcome) => format!("outcome {outcome}"),
        Change::Figure(figure) => format!("figure {}", figure_said(figure)),
        Change::Lasting(duration) => format!("lasting {duration}"),
        Change::Counting(_) => "counting".to_owned(),
        Change::Until => "until".to_owned(),
        Change::Reversed => "reversed".to_owned(),
        Change::Carrier(place) => format!("carrier {place}"),
        Change::Twisted(slot, path, twist) => {
            let slot = match slot {
                Slot::Condition => "condition",
                Slot::Guard => "guard",
            };
            let path: String = path.iter().map(|place| format!(".{place}")).collect();
            format!("{slot}{path} {}", twisted_exactly(book, mutant, twist))
        }
    }
}

fn twisted_exactly(book: &Rulebook, mutant: &Mutant, twist: &Twist) -> String {
    match twist {
        Twist::Comparison(new) => {
            let old = mutant.condition(book).and_then(comparison).map_or("", Comparison::spelling);
            format!("{old} to {}", new.spelling())
        }
        Twist::Literal(place, figure) => format!("figure {place} {}", figure_said(figure)),
        Twist::Share(place, share) => format!("share {place} {share}"),
        Twist::Connective => "connective".to_owned(),
        Twist::Count(count) => format!("count {count}"),
        Twist::Negated => "negated".to_owned(),
        Twist::LimbDropped(place) => format!("limb {place}"),
        Twist::OptionDropped(place) => format!("option {place}"),
    }
}

/// A thing with what it is: `route quotes`.
#[must_use]
pub fn thing_name(book: &Rulebook, owner: Owner) -> String {
    match owner {
        Owner::Pack(id) => format!("pack {}", book.packs[id].name),
        Owner::Amount(id) => format!("amount {}", book.amounts[id].name),
        Owner::List(id) => format!("list {}", book.lists[id].name),
        Owner::Decision(id) => format!("decision {}", book.decisions[id].name),
        Owner::Route(id) => format!("route {}", book.routes[id].name),
        Owner::Model(id) => format!("model {}", book.models[id].name),
        Owner::Document(id) => format!("document {}", book.documents[id].name),
        Owner::Period(id) => format!("period {}", book.periods[id].name),
        Owner::Preference(id) => {
            let preference = &book.preferences[id];
            let names = |candidates: &[Candidate]| {
                let name = |candidate: &Candidate| match candidate {
                    Candidate::Route(id) => book.routes[*id].name.as_str(),
                    Candidate::Model(id) => book.models[*id].name.as_str(),
                };
                candidates.iter().map(name).collect::<Vec<_>>().join(", ")
            };
            format!("prefer {} over {}", names(&preference.above), names(&preference.below))
        }
    }
}

/// What is changed: “`<` made `<=`: The estimated value is under £100,000.”
pub(super) fn change(book: &Rulebook, mutant: &Mutant) -> String {
    match &mutant.change {
        Change::Dropped => dropped(book, mutant),
        Change::Unguarded => {
            let said = mutant.clause(book).map(|clause| super::super::sentence(book, clause));
            format!("the exception is taken out: {}", said.unwrap_or_default())
        }
        Change::Dated(new) => {
            let old = mutant.in_force(book).unwrap_or(InForce::ALWAYS);
            format!("`{}` made `{}`", in_force_as_written(old), in_force_as_written(*new))
        }
        Change::Outcome(new) => format!(
            "the outcome `{}` made `{}`",
            outcome_name(book, mutant, None),
            outcome_name(book, mutant, Some(*new))
        ),
        Change::Figure(new) => {
            let (Owner::Amount(id), Part::Row(place)) = (mutant.owner, mutant.part) else {
                return String::new();
            };
            let amount = &book.amounts[id];
            let old = amount.rows.get(place).and_then(|row| row.value.as_ref());
            let old = old.map(|old| value(&amount.kind, old)).unwrap_or_default();
            format!("{old} made {}", value(&amount.kind, new))
        }
        Change::Lasting(new) => format!("the time made {new}: {}", counted(book, mutant)),
        Change::Counting(new) => {
            let new = match new {
                Counting::BeginningWith => "beginning with",
                Counting::After => "after",
            };
            format!("the first day counted as `{new}` does: {}", counted(book, mutant))
        }
        Change::Until => {
            let Owner::Period(id) = mutant.owner else { return String::new() };
            match book.periods[id].until {
                Until::To => "`to` made `before`".to_owned(),
                Until::Before => "`before` made `to`".to_owned(),
            }
        }
        Change::Reversed => "turned round: it prefers the other way".to_owned(),
        Change::Carrier(place) => {
            let Owner::Model(id) = mutant.owner else { return String::new() };
            let route = book.models[id].carried_by.get(*place);
            let route = route.map_or("", |route| book.routes[*route].name.as_str());
            format!("no longer carried by `{route}`")
        }
        Change::Twisted(_, _, twist) => {
            let Some(condition) = mutant.condition(book) else { return String::new() };
            let said = super::super::sentence(book, condition);
            format!("{}: {said}", twisted(book, condition, twist))
        }
    }
}

fn dropped(book: &Rulebook, mutant: &Mutant) -> String {
    let said = || mutant.clause(book).map(|clause| super::super::sentence(book, clause));
    match (mutant.owner, mutant.part) {
        (Owner::List(id), Part::Row(place)) => {
            let codes = match &book.lists[id].rows {
                ListRows::Codes(rows) => rows.get(place).map_or(0, |row| row.codes.len()),
                ListRows::Dates(_) => 0,
            };
            let codes = if codes == 1 { "its code".to_owned() } else { format!("{codes} codes") };
            format!("the row is taken out, with {codes}")
        }
        (_, Part::Case(_)) => {
            format!("the case `{}` is taken out", outcome_name(book, mutant, None))
        }
        (_, Part::Due(_)) => format!("the due rule is taken out: {}", counted(book, mutant)),
        (_, Part::Length(_)) => format!("the length is taken out: {}", counted(book, mutant)),
        (Owner::Preference(_), Part::Whole) => "the preference is taken out".to_owned(),
        _ => format!("taken out: {}", said().unwrap_or_default()),
    }
}

fn twisted(book: &Rulebook, condition: &Condition, twist: &Twist) -> String {
    match twist {
        Twist::Comparison(new) => {
            let old = comparison(condition).map_or("", Comparison::spelling);
            format!("`{old}` made `{}`", new.spelling())
        }
        Twist::Literal(place, new) => {
            let old = literals(condition).get(*place).map(|old| figure_said(old));
            format!("{} made {}", old.unwrap_or_default(), figure_said(new))
        }
        Twist::Share(place, new) => {
            let old = shares(condition).get(*place).map(ToString::to_string).unwrap_or_default();
            format!("{old} made {new}")
        }
        Twist::Connective if matches!(condition, Condition::Any(_)) => "`or` made `and`".to_owned(),
        Twist::Connective => "`and` made `or`".to_owned(),
        Twist::Count(new) => {
            let old = if let Condition::AtLeast(old, _) = condition { *old } else { 0 };
            format!("`at least {old} of` made `at least {new} of`")
        }
        Twist::Negated => "made its opposite".to_owned(),
        Twist::LimbDropped(place) => match limb(condition, *place) {
            Some(limb) => format!("`{}` taken out of", plain(&super::super::sentence(book, limb))),
            None => String::new(),
        },
        Twist::OptionDropped(place) => {
            format!("`{}` taken out of", option_name(book, condition, *place))
        }
    }
}

/// The words without their full stop, as they stand inside a sentence.
fn plain(words: &str) -> &str {
    words.trim_end_matches('.')
}

fn limb(condition: &Condition, place: usize) -> Option<&Condition> {
    if let Condition::All(limbs) | Condition::Any(limbs) | Condition::AtLeast(_, limbs) = condition
    {
        return limbs.get(place).map(|limb| &limb.condition);
    }
    None
}

const fn comparison(condition: &Condition) -> Option<Comparison> {
    if let Condition::Compare(comparison, ..) | Condition::Gap(_, comparison, _) = condition {
        return Some(*comparison);
    }
    None
}

fn option_name(book: &Rulebook, condition: &Condition, place: usize) -> String {
    let mut name = None;
    if let Condition::OneOf(fact, options) = condition {
        let choices = book.facts[*fact].kind.choices();
        let choice = options.get(place).and_then(|option| choices.get(*option));
        name = choice.map(|choice| &choice.name);
    } else if let Condition::Outcome(decision, outcomes) = condition {
        let outcome = outcomes.get(place).and_then(|place| book.outcome(*decision, *place));
        name = outcome.map(|outcome| &outcome.name);
    } else if let Condition::RouteIs(routes) = condition {
        name = routes.get(place).map(|route| &book.routes[*route].name);
    } else if let Condition::ModelIs(models) = condition {
        name = models.get(place).map(|model| &book.models[*model].name);
    }
    name.cloned().unwrap_or_default()
}

/// The name of a case's outcome, or of another of its decision.
fn outcome_name(book: &Rulebook, mutant: &Mutant, other: Option<usize>) -> String {
    let (Owner::Decision(id), Part::Case(place)) = (mutant.owner, mutant.part) else {
        return String::new();
    };
    let own = book.decisions[id].cases.get(place).map(|case| case.outcome);
    let outcome = other.or(own).and_then(|outcome| book.outcome(id, outcome));
    outcome.map(|outcome| outcome.name.clone()).unwrap_or_default()
}

/// A due rule or a length, as it was.
fn counted(book: &Rulebook, mutant: &Mutant) -> String {
    match (mutant.owner, mutant.part) {
        (Owner::Document(id), Part::Due(place)) => {
            let due = book.documents[id].due.get(place);
            let said = |due: &crate::pack::Due| {
                Wording::of_rules(book).due(&due.rule, due.condition.as_ref())
            };
            due.map(said).unwrap_or_default()
        }
        (Owner::Period(id), Part::Length(place)) => {
            book.periods[id].lengths.get(place).map(length).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// A figure that a rule writes: never an option, so no kind is needed to word it.
fn figure_said(figure: &Value) -> String {
    value(&FactKind::Text, figure)
}
