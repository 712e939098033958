//! A commission read in one pass is what reading with care makes of it, and care then has nothing
//! to say.

use clearway::facts::{Form, commission_json};
use serde_json::{Map, Value, json};

use super::dice::Dice;
use super::domains::wild;
use super::trial::{hold_on_packs, small_world};

#[test]
fn what_is_read_in_one_pass_is_what_is_read_with_care() {
    hold_on_packs(4, |graph, dice| {
        let (dates, domains) = small_world(graph, dice);
        let (book, form) = (graph.book(), Form::new(graph.book()));
        let mut n_plain = 0;
        for as_at in &dates {
            for turn in 0..30 {
                let facts = match turn % 3 {
                    0 => wild(book, dice),
                    _ => domains.facts(&domains.partial(dice)),
                };
                let written = commission_json(book, "Swimming \"lessons\"", Some(*as_at), &facts);
                let text = if turn % 2 == 0 { written } else { spoilt(&written, dice) };
                let Some(plain) = form.read_plain(book, &text) else { continue };
                n_plain += 1;
                let (careful, told) = form.read(book, &text);
                if !told.is_empty() || careful != plain {
                    return Err(format!(
                        "read in one pass: {plain:?}\nwith care: {careful:?}, {told:?}\n{text}"
                    ));
                }
            }
        }
        if n_plain == 0 {
            Err("nothing is read in one pass".to_owned())
        } else {
            Ok(dates.len() * 30)
        }
    });
}

/// A commission with something about it changed.
fn spoilt(text: &str, dice: &mut Dice) -> String {
    let Ok(Value::Object(mut root)) = serde_json::from_str(text) else { return text.to_owned() };
    let n_changes = dice.between(1, 2);
    for _ in 0..n_changes {
        change(&mut root, dice);
    }
    let compact = Value::Object(root).to_string();
    match dice.below(6) {
        // A key that is given twice.
        0 => compact.replacen('{', r#"{"title":null,"#, 1),
        1 => format!(" {compact}\n"),
        2 => format!("\u{feff}{compact}"),
        3 => format!("{compact} 1"),
        _ => compact,
    }
}

fn change(object: &mut Map<String, Value>, dice: &mut Dice) {
    let keys: Vec<String> = object.keys().cloned().collect();
    if keys.is_empty() || dice.one_in(8) {
        object.insert("notes".to_owned(), odd(dice));
        return;
    }
    let key = dice.pick(&keys);
    match object.get_mut(&key) {
        Some(Value::Object(group)) => change(group, dice),
        Some(value) => *value = odd(dice),
        None => {}
    }
}

fn odd(dice: &mut Dice) -> Value {
    let words = [
        "yes",
        "no",
        "unknown",
        "Don’t know",
        "don't know",
        "",
        " ",
        "£5",
        "£ 5",
        " £5",
        "£1,0000",
        "£1.25m",
        "1250000",
        "£12.345",
        "25%",
        "25 %",
        "12.12345%",
        "101%",
        "2025-02-24",
        "2025-02-30",
        "24/02/2025",
        "5 years",
        "5  years",
        "+5 years",
        "5 years 1 day",
        "8 working days",
        "85312400",
        "85312400-3",
        " 85312400",
        "99999999",
        "alpha",
        "\u{e9}\n",
    ];
    let values = [
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(-1),
        json!(1.5),
        json!(1e30),
        json!(u64::MAX),
        json!([]),
        json!(["alpha"]),
        json!([1]),
        json!({}),
        json!({ "a": 1 }),
        json!(1_000_000_000_000_u64),
    ];
    if dice.one_in(3) { dice.pick(&values) } else { dice.pick(&words).into() }
}
