//! The workload as a pack of Clearway's rules: a `barred when` for each bar.

use super::workload::{Asks, BARS_OF_ROUTE, FACTS, Fact, Kind, ROUTES, Test, bar_id};

/// The workload as a pack: each fact is where it is in the sets' JSON, and each bar cites its
/// number.
pub fn rules() -> String {
    let mut text = HEAD.to_owned();
    for fact in &FACTS {
        text += &fact_item(fact);
    }
    for (at, route) in ROUTES.iter().enumerate() {
        text += &format!("\nroute {} \"{}\" [synthetic]\n", route.name, title(route.name));
        for (bar, tests) in route.bars.iter().enumerate() {
            let tests: Vec<String> = tests.iter().map(asked).collect();
            let id = bar_id(at * BARS_OF_ROUTE + bar);
            text += &format!("    barred when {} [synthetic rule.{id}]\n", tests.join(" and "));
        }
    }
    text
}

const HEAD: &str = r#"//! A workload to compare engines by: shaped like the choice of a route, and no statement of law.

pack bench "Synthetic workload"
    version 1.0.0
    extent england, wales, scotland, northern_ireland
    in force from 2012-01-01 [synthetic]

source synthetic "Synthetic workload" at "https://www.example.org/synthetic-workload"
"#;

fn fact_item(fact: &Fact) -> String {
    let (name, title) = (fact.name, title(fact.name));
    let (kind, options) = match fact.kind {
        Kind::YesNo => ("yes or no", [].as_slice()),
        Kind::OneOf(options) => ("one of", options),
        Kind::Number(_) => ("whole number", [].as_slice()),
    };
    let options: String =
        options.iter().map(|option| format!("    {option} \"{option}\"\n")).collect();
    format!("\nfact {name} \"{title}\" : {kind}\n{options}    ask \"{title}?\"\n    [synthetic]\n")
}

/// A name as a title: `is_grant` is called "Is grant".
fn title(name: &str) -> String {
    let spaced = name.replace('_', " ");
    spaced[..1].to_uppercase() + &spaced[1..]
}

fn asked(test: &Test) -> String {
    let fact = test.fact;
    match test.asks {
        Asks::Yes => fact.to_owned(),
        Asks::No => format!("{fact} is no"),
        Asks::Is(option) => format!("{fact} is {option}"),
        Asks::IsNot(option) => format!("{fact} is not {option}"),
        Asks::Under(figure) => format!("{fact} < {figure}"),
        Asks::AtLeast(figure) => format!("{fact} >= {figure}"),
        Asks::Over(figure) => format!("{fact} > {figure}"),
    }
}
