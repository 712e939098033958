//! The JSON Schema (draft 2020-12) of a commission, from the facts of the rules.
//!
//! Every form that is read is in it, so that an editor or a form made from it can help. Nothing is
//! required: a fact left out is unknown.

use serde_json::{Map, Value as Json, json};

use super::places::{Group, Place};
use crate::pack::{Choice, FactId, FactKind, Rulebook};
use crate::quantity::{Money, Percentage};
use crate::syntax::tree::VatBasis;

/// The schema of a commission.
pub(super) fn schema(book: &Rulebook, places: &Group) -> Json {
    let mut properties = reserved();
    for (name, property) in members(book, places) {
        properties.entry(name).or_insert(property);
    }
    let titles: Vec<&str> = book.packs.rows().map(|pack| pack.title.as_str()).collect();
    let versions: Vec<String> =
        book.packs.rows().map(|pack| format!("{} {}", pack.name, pack.version)).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": versions.join(", "),
        "title": "Commission",
        "description": format!(
            "What is known of a proposed commission, under: {}. A fact left out is unknown.",
            titles.join("; ")
        ),
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "$defs": { "unknown": unknown() },
    })
}

/// The keys that are no facts.
fn reserved() -> Map<String, Json> {
    let words = |title: &str| json!({ "title": title, "type": ["string", "null"] });
    let notes = json!({
        "title": "Notes, which decide nothing",
        "anyOf": [
            { "type": ["string", "null"] },
            { "type": "array", "items": { "type": "string" } },
        ],
    });
    let as_at = json!({
        "title": "The date asked about",
        "description": "When the procurement began or will begin.",
        "anyOf": [date(), { "$ref": "#/$defs/unknown" }],
    });
    let rows = [
        ("$schema", words("The address of this schema")),
        ("title", words("What the commission is called")),
        ("notes", notes),
        ("as_at", as_at),
    ];
    rows.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

/// How any fact is said to be unknown.
fn unknown() -> Json {
    let letters = |word: &str| -> String {
        let either = |letter: char| format!("[{}{letter}]", letter.to_ascii_uppercase());
        let marked = |letter| match letter {
            '\'' => "['’]".to_owned(),
            ' ' => " ".to_owned(),
            letter => either(letter),
        };
        word.chars().map(marked).collect()
    };
    let pattern = format!("^({}|{})$", letters("unknown"), letters("don't know"));
    json!({
        "title": "Not known",
        "anyOf": [{ "type": "null" }, { "type": "string", "pattern": pattern }],
    })
}

fn members(book: &Rulebook, group: &Group) -> Map<String, Json> {
    let schemas = group.members.iter().map(|(name, place)| {
        let schema = match place {
            Place::Fact(id) => fact(book, *id),
            Place::Group(group) => json!({
                "type": "object",
                "properties": members(book, group),
                "additionalProperties": false,
            }),
        };
        (name.clone(), schema)
    });
    schemas.collect()
}

fn fact(book: &Rulebook, id: FactId) -> Json {
    let fact = &book.facts[id];
    let said = std::iter::once(fact.ask.clone()).chain(fact.help.clone()).chain(sum(book, id));
    let description = said.collect::<Vec<_>>().join("\n\n");
    json!({
        "title": fact.title,
        "description": description,
        "anyOf": [value(&fact.kind), { "$ref": "#/$defs/unknown" }],
    })
}

/// How a fact and its parts, or the facts it is a part of, go together.
fn sum(book: &Rulebook, id: FactId) -> Option<String> {
    let listed = |facts: &[FactId]| {
        facts.iter().map(|fact| book.facts[*fact].name.as_str()).collect::<Vec<_>>().join(", ")
    };
    if let Some(sum) = &book.facts[id].sum {
        let parts = listed(&sum.parts);
        return Some(format!("Left out, it is the sum of these, where all are given: {parts}."));
    }
    let totals: Vec<FactId> = book.sums_with(id).collect();
    let nothing = if matches!(book.facts[id].kind, FactKind::Money(..)) { "£0" } else { "0" };
    (!totals.is_empty()).then(|| {
        format!("Needed only to work out {}. Where there is none, {nothing}.", listed(&totals))
    })
}

/// What a known fact may be.
fn value(kind: &FactKind) -> Json {
    match kind {
        FactKind::YesNo => json!({
            "title": "Yes or no",
            "anyOf": [{ "type": "boolean" }, { "type": "string", "enum": ["yes", "no"] }],
        }),
        FactKind::OneOf(choices) => options(choices),
        FactKind::SomeOf(choices) => {
            json!({ "type": "array", "items": options(choices), "uniqueItems": true })
        }
        FactKind::Number(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        FactKind::Percentage(least, most) => percentage(*least, *most),
        FactKind::Money(basis, least, most) => money(*basis, *least, *most),
        FactKind::Date => date(),
        FactKind::Duration => duration(),
        FactKind::Text => json!({ "type": "string" }),
        FactKind::Cpv => json!({
            "title": "CPV code of 2008, its check digit optional",
            "type": "string",
            "pattern": "^[0-9]{8}(-[0-9])?$",
            "examples": ["85312400", "85312400-3"],
        }),
    }
}

fn options(choices: &[Choice]) -> Json {
    let options: Vec<Json> = choices
        .iter()
        .map(|choice| json!({ "const": choice.name, "title": choice.title }))
        .collect();
    if options.is_empty() { Json::Bool(false) } else { json!({ "oneOf": options }) }
}

fn percentage(least: Percentage, most: Percentage) -> Json {
    json!({
        "title": format!("Percentage from {least} to {most}"),
        "type": "string",
        "pattern": r"^[0-9]+(\.[0-9]{1,4})?%$",
        "examples": ["25%", "12.5%"],
    })
}

fn money(basis: Option<VatBasis>, least: Money, most: Money) -> Json {
    let basis = match basis {
        Some(VatBasis::Including) => " including VAT",
        Some(VatBasis::Excluding) => " excluding VAT",
        None => "",
    };
    // Whole pounds within bounds in pence: the least rounded up, the most rounded down.
    let least_pounds = least.pence().div_euclid(100) + i64::from(least.pence().rem_euclid(100) > 0);
    json!({
        "title": format!("Money{basis}, from {least} to {most}"),
        "anyOf": [
            {
                "type": "string",
                "pattern": r"^£?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?(k|m|bn)?$",
                "examples": ["£1,250,000", "£1.25m", "£12.50"],
            },
            {
                "title": "Whole pounds",
                "type": "integer",
                "minimum": least_pounds,
                "maximum": most.pence().div_euclid(100),
            },
        ],
    })
}

fn date() -> Json {
    json!({
        "title": "Date",
        "type": "string",
        "format": "date",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        "examples": ["2025-02-24"],
    })
}

fn duration() -> Json {
    json!({
        "title": "Length of time",
        "type": "string",
        "pattern": r"^[0-9]+ (day|week|month|year)s?( [0-9]+ (day|week|month|year)s?)*$",
        "examples": ["5 years", "18 months", "4 years 6 months", "10 days"],
    })
}
