//! Examples as files: commissions in JSON, or scenarios in the rule language.

use super::{Proved, words};
use crate::facts;
use crate::pack::{FactKind, PackId, Rulebook, Value};
use crate::prove::{Claim, Example, Refutation};
use crate::report::words::capital;

/// As what an example is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SavedAs {
    /// A `scenario` to stand beside the rules.
    Scenario,
    /// A commission in JSON, for `clearway decide`.
    Commission,
}

/// Each example as a file, its name telling its number, its code and what it is about.
pub(super) fn examples(proved: &Proved<'_>, saved_as: SavedAs) -> Vec<(String, String)> {
    let book = proved.graph.book();
    let shown = proved
        .proofs
        .refuted()
        .filter_map(|(claim, refutation)| Some((claim, refutation, refutation.example.as_ref()?)));
    let mut shown: Vec<(&Claim, &Refutation, &Example)> = shown.collect();
    shown.sort_by_key(|(claim, ..)| (claim.is_remark(), claim.kind(), claim.place(book)));
    let file =
        |(place, (claim, refutation, example)): (usize, &(&Claim, &Refutation, &Example))| {
            let code =
                words::code(book, claim, refutation).map_or("remark", |code| code.spelling());
            let about = words::about(book, claim).join("-").replace('.', "-");
            let name = format!("{:02}-{code}-{about}", place + 1);
            let title = capital(&words::fails(book, claim, refutation));
            match saved_as {
                SavedAs::Commission => {
                    let json =
                        facts::commission_json(book, &title, Some(example.as_at), &example.facts);
                    (format!("{name}.json"), json)
                }
                SavedAs::Scenario => {
                    (format!("{name}.way"), scenario(book, claim, example, &title))
                }
            }
        };
    shown.iter().enumerate().map(file).collect()
}

/// The example as a scenario that fails until the fault is mended, where that can be said; else
/// with the line to be written left as a comment.
fn scenario(book: &Rulebook, claim: &Claim, example: &Example, title: &str) -> String {
    let mut text = "//! Found by `clearway prove`.\n\n".to_owned();
    text.push_str(&format!("scenario {}\n", in_quotes(title)));
    text.push_str(&format!("    as at {}\n", example.as_at));
    if example.facts.iter().next().is_some() {
        text.push_str("    given\n");
    }
    for (id, value) in example.facts.iter() {
        let fact = &book.facts[id];
        let line = match written(&fact.kind, value) {
            Some(value) => format!("{} is {value}", fact.name),
            None => format!("// {} is none of these, which a scenario can't say", fact.name),
        };
        text.push_str(&format!("        {line}\n"));
    }
    match expected(book, claim) {
        Ok(expected) => text.push_str(&format!("    expect {expected}\n")),
        Err(choice) => text.push_str(&format!("    // Write what the law says here: {choice}\n")),
    }
    text.push_str(&format!("    {}\n", citation(book, claim)));
    text
}

/// What the answer should be; where the proof can't tell, what there is to choose from.
fn expected(book: &Rulebook, claim: &Claim) -> Result<String, String> {
    let route = |id| &book.routes[id].name;
    match claim {
        Claim::OpensNothing(_, id) => Ok(format!("route {} barred", route(*id))),
        Claim::DropsNothing(_, id) => Ok(format!("document {} required", book.documents[*id].name)),
        Claim::Decided(id) => Err(format!("expect decision {} is …", book.decisions[*id].name)),
        Claim::Settled(id) => {
            Err(format!("expect route {0} open, or expect route {0} barred", route(*id)))
        }
        Claim::SomeRouteOpen(_) => Ok("no recommendation".to_owned()),
        Claim::Exclusive(a, b) | Claim::OneMandatory(a, b) => {
            Err(format!("expect route {} barred, or expect route {} barred", route(*a), route(*b)))
        }
        Claim::NoDoubleBind(id) => {
            let name = &book.documents[*id].name;
            Err(format!("expect document {name} required, or expect document {name} not required"))
        }
        Claim::NoCircle(_)
        | Claim::OneLaw(_)
        | Claim::WithinExtent(_)
        | Claim::ShortensNothing(..)
        | Claim::CaseCounts(..)
        | Claim::TestCounts(..)
        | Claim::RouteCounts(_)
        | Claim::ModelCounts(_)
        | Claim::DocumentCounts(_)
        | Claim::DueCounts(..)
        | Claim::LengthCounts(..)
        | Claim::PreferenceCounts(_)
        | Claim::ListWhole(_)
        | Claim::Matters(_) => Err("expect recommendation …".to_owned()),
    }
}

/// The first citation of the pack that the claim belongs to: every scenario needs one.
fn citation(book: &Rulebook, claim: &Claim) -> String {
    let cited = |pack: &PackId| book.packs[*pack].citations.first();
    match claim.packs(book).iter().find_map(cited) {
        Some(cited) if cited.provision.is_empty() => {
            format!("[{}]", book.sources[cited.source].name)
        }
        Some(cited) => format!("[{} {}]", book.sources[cited.source].name, cited.provision),
        None => "// Write where the law says so: [act s.1]".to_owned(),
    }
}

/// A value as the rule language writes it, where it can.
fn written(kind: &FactKind, value: &Value) -> Option<String> {
    let name = |place: &usize| {
        kind.choices().get(*place).map(|choice| choice.name.clone()).unwrap_or_default()
    };
    Some(match value {
        Value::YesNo(true) => "yes".to_owned(),
        Value::YesNo(false) => "no".to_owned(),
        Value::Choice(place) => name(place),
        Value::Choices(places) if places.is_empty() => return None,
        Value::Choices(places) => {
            format!("({})", places.iter().map(name).collect::<Vec<_>>().join(", "))
        }
        Value::Number(number) => number.to_string(),
        Value::Percentage(share) => share.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Duration(duration) => duration.to_string(),
        Value::Text(words) => in_quotes(words),
        Value::Code(code) => code.to_string(),
    })
}

fn in_quotes(words: &str) -> String {
    format!("\"{}\"", words.replace('"', "\\\""))
}
