//! The same facts, date and rules give the same bytes, and the order of files and items in them
//! decides nothing.

use serde_json::Value;

use super::shell::Shell;

/// A small pack, an item a piece.
const ITEMS: [&str; 9] = [
    "pack town \"Town contract rules\"\n    version 1.0.0\n    extent england\n    \
     in force from 2025-02-24 [rules rule.1]\n",
    "source rules \"Town contract rules\" at \"https://www.town.example/rules\"\n",
    "fact contract.value \"Estimated value\" : money including VAT\n    \
     ask \"What could it cost?\"\n    [rules rule.2]\n",
    "fact supplier.excluded \"Excluded supplier\" : yes or no\n    \
     ask \"Is the supplier excluded?\"\n    [rules rule.5]\n",
    "decision size \"How large is it?\"\n    small when contract.value < £100,000 [rules rule.3]\n    \
     large otherwise [rules rule.4]\n",
    "route quotes \"Three quotes\"\n    needs size is small [rules rule.3]\n    \
     barred when supplier.excluded [rules rule.5]\n",
    "route tender \"Open tender\"\n    barred when supplier.excluded [rules rule.5]\n",
    "document award_letter \"Award letter\"\n    kind letter\n    force law\n    stage award\n    \
     when route is quotes [rules rule.7]\n",
    "prefer quotes over tender\n    because \"Quotes are quicker.\"\n    [rules rule.3]\n",
];

const COMMISSIONS: [&str; 4] = [
    "{}",
    "{ \"contract\": { \"value\": \"£30,000\" } }",
    "{ \"contract\": { \"value\": \"£30,000\" }, \"supplier\": { \"excluded\": false } }",
    "{ \"contract\": { \"value\": \"£300,000\" }, \"supplier\": { \"excluded\": true } }",
];

/// A shell with the pack in a folder `town`, each item in a file of this number.
fn shell(number: impl Fn(usize) -> usize) -> Shell {
    let mut shell = Shell::new();
    for (place, item) in ITEMS.iter().enumerate() {
        shell.put(&format!("town/{}.way", number(place)), item.as_bytes());
    }
    shell.input = String::new();
    shell
}

fn decided(shell: &mut Shell, commission: &str, format: &str) -> String {
    shell.input = commission.to_owned();
    shell.clearway(&["decide", "-", "--rules", "town", "--format", format]).output
}

#[test]
fn the_same_commission_gets_the_same_bytes_again() {
    let (mut here, mut there) = (shell(|place| place), shell(|place| place));
    for commission in COMMISSIONS {
        for format in ["text", "json", "markdown"] {
            let first = decided(&mut here, commission, format);
            assert_eq!(decided(&mut here, commission, format), first, "again");
            assert_eq!(decided(&mut there, commission, format), first, "in another folder");
            assert!(!first.is_empty());
        }
    }
    for format in ["dot", "mermaid", "svg", "json"] {
        let drawn = |shell: &Shell| {
            shell.clearway(&["graph", "--rules", "town", "--format", format]).output
        };
        assert_eq!(drawn(&here), drawn(&there), "{format}");
    }
}

#[test]
fn the_order_of_files_decides_nothing() {
    let (mut forth, mut back) = (shell(|place| place), shell(|place| ITEMS.len() - place));
    for commission in COMMISSIONS {
        let [forth, back] = [&mut forth, &mut back].map(|shell| decided(shell, commission, "json"));
        assert_eq!(essence(&forth), essence(&back), "{commission}");
    }
}

#[test]
fn the_order_of_items_in_a_file_decides_nothing() {
    let whole = |items: Vec<&str>| {
        let shell = Shell::new();
        shell.put("town/pack.way", items.join("\n").as_bytes());
        shell
    };
    let mut forth = whole(ITEMS.to_vec());
    let mut back = whole(ITEMS.iter().rev().copied().collect());
    for commission in COMMISSIONS {
        let [forth, back] = [&mut forth, &mut back].map(|shell| decided(shell, commission, "json"));
        assert_eq!(essence(&forth), essence(&back), "{commission}");
    }
}

/// What an answer decides, its lists without their order; the digest names the files, and
/// sentences list things in the order of the rules.
fn essence(answer: &str) -> Value {
    let mut answer: Value = serde_json::from_str(answer).expect("an answer is JSON");
    for member in ["packs", "engine"] {
        answer.as_object_mut().expect("an answer is an object").remove(member);
    }
    if let Some(why) = answer.pointer_mut("/recommendation/undecided/why") {
        *why = Value::Null;
    }
    unordered(answer)
}

fn unordered(value: Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.into_iter().map(unordered).collect();
            items.sort_by_key(Value::to_string);
            items.into()
        }
        Value::Object(members) => {
            members.into_iter().map(|(name, member)| (name, unordered(member))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}
