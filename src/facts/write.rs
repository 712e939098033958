//! Facts written as a commission's JSON, in the forms that reading takes.

use serde_json::{Map, Value as Json};

use super::Facts;
use crate::pack::{Choice, FactId, Rulebook, Value, Worked};
use crate::quantity::Date;

/// The commission of these facts as JSON over several lines, the facts in the order in which the
/// rules declare them; a total whose parts are all there is left to be worked out. An empty title
/// is left out.
#[must_use]
pub fn commission_json(book: &Rulebook, title: &str, as_at: Option<Date>, facts: &Facts) -> String {
    let mut root = Map::new();
    if !title.is_empty() {
        root.insert("title".to_owned(), title.into());
    }
    if let Some(as_at) = as_at {
        root.insert("as_at".to_owned(), as_at.to_string().into());
    }
    let is_worked_out = |fact: &FactId| {
        let sum = book.facts[*fact].sum.as_ref();
        sum.is_some_and(|sum| matches!(sum.worked(|part| facts.get(part)), Worked::All(_)))
    };
    for (fact, value) in facts.iter().filter(|(fact, _)| !is_worked_out(fact)) {
        let parts: Vec<&str> = book.facts[fact].name.split('.').collect();
        put(&mut root, &parts, value_json(book, fact, value));
    }
    // A map with string keys and values that are already JSON can't fail to be written.
    let mut text = serde_json::to_string_pretty(&root).unwrap_or_default();
    text.push('\n');
    text
}

/// Puts a value where its fact's name says.
fn put(object: &mut Map<String, Json>, parts: &[&str], value: Json) {
    let Some((first, rest)) = parts.split_first() else { return };
    if rest.is_empty() {
        object.insert((*first).to_owned(), value);
        return;
    }
    let member = object.entry((*first).to_owned()).or_insert_with(|| Map::new().into());
    if let Some(group) = member.as_object_mut() {
        put(group, rest, value);
    }
}

/// A value as JSON: options by their names, money, percentages and durations as a person writes
/// them.
#[must_use]
pub fn value_json(book: &Rulebook, fact: FactId, value: &Value) -> Json {
    let choices = book.facts[fact].kind.choices();
    let name = |place: &usize| choices.get(*place).map(|choice: &Choice| choice.name.as_str());
    match value {
        Value::YesNo(yes) => (*yes).into(),
        Value::Choice(place) => name(place).into(),
        Value::Choices(places) => places.iter().filter_map(name).collect(),
        Value::Number(number) => (*number).into(),
        Value::Percentage(share) => share.to_string().into(),
        Value::Money(money) => money.to_string().into(),
        Value::Date(date) => date.to_string().into(),
        Value::Duration(duration) => duration.to_string().into(),
        Value::Text(words) => words.as_str().into(),
        Value::Code(code) => code.to_string().into(),
    }
}
