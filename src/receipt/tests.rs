use super::*;
use crate::desk::{Desk, Rules};
use crate::source::Sources;

const TOWN: &str = r#"
pack town "Town rules"
    version 1.0.0
    extent england
    in force from 2025-02-24 [rules rule.1]

source rules "Town rules" at "https://www.town.example/rules"

fact contract.value "Value" : money including VAT
    ask "What could it cost?"
    [rules rule.2]

route quotes "Three quotes"
    needs contract.value < £100,000 [rules rule.3]
"#;

fn rules(text: &str) -> Rules {
    let sources = Sources::new(vec![("town/pack.way".to_owned(), text.to_owned())]);
    Rules::new(crate::compile(&sources).expect("the rules compile"))
}

/// An answer with its receipt, signed where there is a key.
fn receipted(rules: &Rules, key: Option<&PrivateKey>) -> String {
    let desk = Desk::new(rules);
    let asked = r#"{"title": "Grass", "contract": {"value": "£40,000"}}"#;
    let commission = desk.read(asked).expect("the commission can be read");
    let as_at = Date::new(2026, 3, 2).expect("the calendar holds it");
    let answer = desk.answer(commission.clone(), as_at, Fields::Everything);
    let receipt =
        Receipt::of(rules.graph().book(), &commission, as_at, Fields::Everything, &answer);
    let receipt = match key {
        Some(key) => receipt.signed(key),
        None => receipt,
    };
    with_receipt(&answer, &receipt)
}

fn differences(text: &str, rules: &Rules, trusted: Option<&PublicKey>) -> Vec<Difference> {
    let (receipt, beside) = Receipt::read(text).expect("it is a receipt");
    verify(&receipt, beside.as_deref(), rules, trusted)
}

#[test]
fn an_answer_is_the_same_made_again() {
    let rules = rules(TOWN);
    let key = PrivateKey::of(&[7; 32]);
    assert_eq!(differences(&receipted(&rules, None), &rules, None), []);
    let signed = receipted(&rules, Some(&key));
    assert_eq!(differences(&signed, &rules, Some(&key.public())), []);
}

#[test]
fn a_receipt_by_itself_and_laid_out_anew_is_the_same() {
    let rules = rules(TOWN);
    let (receipt, _) = Receipt::read(&receipted(&rules, None)).expect("it is a receipt");
    let json: Json = serde_json::from_str(&receipt.canonical()).expect("it is JSON");
    assert_eq!(differences(&format!("{json:#}\n"), &rules, None), []);
}

#[test]
fn a_mark_of_byte_order_before_a_receipt_is_left_out() {
    let rules = rules(TOWN);
    let text = format!("\u{feff}{}", receipted(&rules, None));
    assert_eq!(differences(&text, &rules, None), []);
}

#[test]
fn whatever_is_altered_is_noticed() {
    let rules = rules(TOWN);
    let key = PrivateKey::of(&[7; 32]);
    let (plain, signed) = (receipted(&rules, None), receipted(&rules, Some(&key)));
    let altered = |text: &str, from: &str, to: &str| {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        differences(&changed, &rules, None)
    };
    let facts = r#""facts":{"contract":{"value":"£40,000"}}"#;
    let others = r#""facts":{"contract":{"value":"£40,001"}}"#;
    assert_eq!(altered(&plain, facts, others), [Difference::Answer]);
    let both = [Difference::BadSignature, Difference::Answer];
    assert_eq!(altered(&signed, facts, others), both);
    let title = r#""title":"Three quotes""#;
    assert_eq!(altered(&plain, title, r#""title":"Four quotes""#), [Difference::AnswerAltered]);
    let engine =
        format!(r#""name":"clearway","version":"{}"}},"facts""#, env!("CARGO_PKG_VERSION"));
    let Some(Difference::Engine(was, _)) =
        altered(&plain, &engine, r#""name":"clearway","version":"9.9.9"},"facts""#).pop()
    else {
        panic!("another engine is noticed");
    };
    assert_eq!(was, "clearway 9.9.9");
    assert!(matches!(
        altered(&plain, facts, r#""facts":{"contract":{"worth":1}}"#).as_slice(),
        [Difference::Facts(_)]
    ));
}

#[test]
fn a_receipt_in_other_words_is_not_the_same() {
    let rules = rules(TOWN);
    let key = PrivateKey::of(&[7; 32]);
    let (plain, signed) = (receipted(&rules, None), receipted(&rules, Some(&key)));
    for (from, to) in [
        (r#""version":"1.0.0"}]"#, r#""version":"9.0.0"}]"#),
        (r#""facts":{"contract":{"value":"£40,000"}}"#, r#""facts":{"contract":{"value":40000}}"#),
        (r#""facts":{"#, r#""facts":{"notes":"Approved","#),
    ] {
        let text = plain.replacen(from, to, 1);
        assert_ne!(text, plain, "{from}");
        assert_eq!(differences(&text, &rules, None), [Difference::Reworded], "{to}");
    }
    let name = key.public().to_hex();
    let shouted = signed.replace(&name, &name.to_uppercase());
    assert_eq!(differences(&shouted, &rules, None), [Difference::BadSignature]);
}

#[test]
fn a_receipt_signed_anew_is_as_one_that_was_never_signed_before() {
    let rules = rules(TOWN);
    let [first, second] = [[7; 32], [8; 32]].map(|seed| PrivateKey::of(&seed));
    let (signed, _) = Receipt::read(&receipted(&rules, Some(&first))).expect("it is a receipt");
    let anew = signed.signed(&second);
    assert_eq!(anew.signed_by(), Some(second.public().to_hex().as_str()));
    assert_eq!(verify(&anew, None, &rules, Some(&second.public())), []);
}

#[test]
fn a_receipt_in_which_a_member_is_given_twice_is_refused() {
    let plain = receipted(&rules(TOWN), None);
    for (first, twice, key) in [
        ("{", r#"{"title":"Another","#, "title"),
        ("{", r#"{"receipt":null,"#, "receipt"),
        (r#""facts":{"#, r#""facts":{},"facts":{"#, "receipt.facts"),
    ] {
        let text = plain.replacen(first, twice, 1);
        let Err(refused) = Receipt::read(&text) else {
            panic!("two readers would differ: {text}");
        };
        let wanted = format!("`{key}` is given twice");
        assert!(refused.message.starts_with(&wanted), "{}", refused.message);
    }
}

#[test]
fn other_rules_are_named() {
    let (old, new) = (rules(TOWN), rules(&TOWN.replace("£100,000", "£90,000")));
    let text = receipted(&old, None);
    let found = differences(&text, &new, None);
    assert!(
        matches!(found.as_slice(), [Difference::PackOther(name, ..), Difference::Answer] if name == "town"),
        "{found:?}"
    );
    let other = rules(&TOWN.replace("pack town", "pack city"));
    let found = differences(&text, &other, None);
    assert_eq!(
        found,
        [
            Difference::PackMissing("town".to_owned()),
            Difference::PackAdded("city".to_owned()),
            Difference::Answer
        ]
    );
}

#[test]
fn a_signature_by_the_key_wanted_is_required_where_one_is() {
    let rules = rules(TOWN);
    let (key, other) = (PrivateKey::of(&[7; 32]), PrivateKey::of(&[8; 32]));
    let wanted = other.public();
    let found = differences(&receipted(&rules, Some(&key)), &rules, Some(&wanted));
    assert_eq!(found, [Difference::OtherKey]);
    assert_eq!(
        differences(&receipted(&rules, None), &rules, Some(&wanted)),
        [Difference::NotSigned]
    );
}

#[test]
fn keys_are_read_as_written() {
    let key = PrivateKey::of(&[7; 32]);
    let read = PrivateKey::read(&key.to_pem()).expect("it is a key");
    assert_eq!(read.public(), key.public());
    assert_eq!(PublicKey::read(&key.public().to_pem()).expect("it is a key"), key.public());
    assert!(PrivateKey::read(&key.public().to_pem()).is_err());
}
