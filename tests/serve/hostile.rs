//! Requests of callers who mean no good, or make mistakes: each is answered, and none is a fault of
//! ours.

use std::sync::OnceLock;

use axum::Router;
use proptest::collection::{btree_map, vec};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::Value;

use super::{Town, call, get, post};

const N_CASES: u32 = 2_000;

fn router() -> &'static Router {
    static ROUTER: OnceLock<Router> = OnceLock::new();
    ROUTER.get_or_init(|| Town::new().router())
}

/// JSON of any shape, its keys and words mostly those of a commission.
fn json() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        Just("£40,000".to_owned()),
        Just("2026-03-02".to_owned()),
        Just("9999-12-31".to_owned()),
        "\\PC{0,12}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.prop_map(Value::from),
    ];
    let key = prop_oneof![
        Just("contract".to_owned()),
        Just("value".to_owned()),
        Just("as_at".to_owned()),
        Just("title".to_owned()),
        Just("notes".to_owned()),
        "\\PC{0,8}",
    ];
    leaf.prop_recursive(6, 40, 5, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            btree_map(key.clone(), inner, 0..5)
                .prop_map(|members| members.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

fn holds<S: Strategy>(strategy: S, check: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases: N_CASES, failure_persistence: None, ..Config::default() };
    // A run is the same on every machine.
    let dice = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let tried = TestRunner::new_with_rng(config, dice).run(&strategy, check);
    assert!(tried.is_ok(), "{}", tried.expect_err("a failure"));
}

/// That a body has an answer, and a refusal is a problem document.
fn is_answered(body: Vec<u8>) -> Result<(), TestCaseError> {
    let answered = call(router(), post("/v1/decide?fields=everything&receipt=1", body));
    let status = answered.status.as_u16();
    if status == 200 {
        answered.json();
    } else {
        answered.problem();
    }
    if status < 500 { Ok(()) } else { Err(TestCaseError::fail(answered.body)) }
}

#[test]
fn no_json_makes_a_fault_of_ours() {
    holds(json(), |body| is_answered(body.to_string().into_bytes()));
}

#[test]
fn no_bytes_make_a_fault_of_ours() {
    holds(vec(any::<u8>(), 0..200), is_answered);
}

#[test]
fn a_commission_cut_short_or_changed_in_a_byte_makes_no_fault_of_ours() {
    let text = r#"[{"title": "Grass", "as_at": "2026-03-02", "contract": {"value": "£40,000"}}]"#;
    let length = text.len();
    holds((0..length, any::<u8>(), 0..=length), |(place, byte, end)| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[place] = byte;
        bytes.truncate(end);
        is_answered(bytes)
    });
}

#[test]
fn no_path_or_query_makes_a_fault_of_ours() {
    let part = "[a-z0-9/._~%=&?+-]{0,24}".prop_map(|part| {
        // What is no address at all is refused before it reaches the service.
        let part = part.replace('%', "%25");
        format!("/v1/{part}")
    });
    holds(part, |path| {
        let answered = call(router(), get(&path));
        let is_ours = answered.status.as_u16() >= 500;
        if is_ours {
            Err(TestCaseError::fail(format!("{path}: {}", answered.body)))
        } else {
            Ok(())
        }
    });
}

#[test]
fn no_text_makes_reading_a_receipt_panic() {
    holds(json(), |receipt| {
        let text = receipt.to_string();
        let _ = clearway::receipt::Receipt::read(&text);
        let _ = clearway::receipt::Receipt::read(&format!("{{\"receipt\": {text}}}"));
        Ok(())
    });
}
