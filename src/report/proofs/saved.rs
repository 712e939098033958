//! Examples as files: commissions in JSON, or scenarios in the rule language.

use std::collections::BTreeSet;

use super::{Proved, words};
use crate::decide::decide;
use crate::facts;
use crate::pack::{FactKind, PackId, Rulebook, Value};
use crate::prove::{Claim, Day, Example, Refutation};
use crate::report::words::{and, capital};

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
                    (format!("{name}.way"), scenario(proved, claim, example, &title))
                }
            }
        };
    shown.iter().enumerate().map(file).collect()
}

/// The example as a scenario that fails until the fault is mended, where that can be said; else
/// one that passes while the fault is there, with the lines to choose from left as a comment. It
/// compiles either way, where a pack that sees its facts holds it.
fn scenario(proved: &Proved<'_>, claim: &Claim, example: &Example, title: &str) -> String {
    let book = proved.graph.book();
    let mut text = "//! Found by `clearway prove`.\n".to_owned();
    text.push_str(&beside(book, claim, example));
    text.push('\n');
    text.push_str(&format!("scenario {}\n", in_quotes(title)));
    text.push_str(&format!("    as at {}\n", example.as_at));
    let lines = example.facts.iter().map(|(id, value)| {
        let fact = &book.facts[id];
        match written(&fact.kind, value) {
            Some(value) => (true, format!("{} is {value}", fact.name)),
            None => {
                (false, format!("// {} is none of these, which a scenario can't say", fact.name))
            }
        }
    });
    let lines: Vec<(bool, String)> = lines.collect();
    if lines.iter().any(|(is_given, _)| *is_given) {
        text.push_str("    given\n");
    }
    for (_, line) in &lines {
        text.push_str(&format!("        {line}\n"));
    }
    match expected(book, claim) {
        Ok(expected) => text.push_str(&format!("    expect {expected}\n")),
        Err(choice) => {
            text.push_str(&format!("    // Write what the law says in place of this: {choice}\n"));
            for found in found(proved, claim, example) {
                text.push_str(&format!("    expect {found}\n"));
            }
        }
    }
    text.push_str(&format!("    {}\n", citation(book, claim)));
    text
}

/// Beside which pack it is to stand, where that is not one that the claim is about: a scenario may
/// name only what its pack sees.
fn beside(book: &Rulebook, claim: &Claim, example: &Example) -> String {
    let own = claim.packs(book);
    let facts = example.facts.iter().map(|(fact, _)| book.facts[fact].pack);
    let named: BTreeSet<PackId> = facts.chain(own.iter().copied()).collect();
    let sees_all = |pack: &PackId| {
        let seen = seen(book, *pack);
        named.iter().all(|named| seen.contains(named))
    };
    if own.iter().any(sees_all) {
        return String::new();
    }
    let home = book.packs.iter().map(|(id, _)| id).find(sees_all);
    let line = home.map_or_else(
        || {
            let named: Vec<String> =
                named.iter().map(|pack| format!("`{}`", book.packs[*pack].name)).collect();
            format!(
                "No pack sees every name in it: let it stand beside one that uses {}.",
                and(&named)
            )
        },
        |home| {
            format!("Let it stand beside `{}`, which sees every name in it.", book.packs[home].name)
        },
    );
    format!("//! {line}\n")
}

/// The packs whose names a pack sees.
fn seen(book: &Rulebook, pack: PackId) -> BTreeSet<PackId> {
    let (mut seen, mut next) = (BTreeSet::new(), vec![pack]);
    while let Some(pack) = next.pop() {
        if seen.insert(pack) {
            next.extend(&book.packs[pack].uses);
        }
    }
    seen
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

/// What the answer to the example is while the fault is there.
fn found(proved: &Proved<'_>, claim: &Claim, example: &Example) -> Vec<String> {
    let book = proved.graph.book();
    let route = |id| &book.routes[id].name;
    match claim {
        Claim::Decided(id) => vec![format!("decision {} undecided", book.decisions[*id].name)],
        Claim::Settled(id) => vec![format!("route {} unsettled", route(*id))],
        Claim::Exclusive(a, b) | Claim::OneMandatory(a, b) => {
            [a, b].map(|id| format!("route {} open", route(*id))).to_vec()
        }
        Claim::OpensNothing(..)
        | Claim::DropsNothing(..)
        | Claim::SomeRouteOpen(_)
        | Claim::NoDoubleBind(_)
        | Claim::NoCircle(_)
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
        | Claim::Matters(_) => {
            let answer = Day::new(proved.graph, example.as_at).map_or_else(
                || decide(proved.graph, &example.facts, example.as_at),
                |day| day.decide(&example.facts),
            );
            let recommended = answer.route().map(|id| format!("recommendation {}", route(id)));
            vec![recommended.unwrap_or_else(|| "no recommendation".to_owned())]
        }
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
