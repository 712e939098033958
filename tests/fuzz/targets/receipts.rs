//! Receipts under a town's rules: whatever is written is read and checked, and one that is found the
//! same is, to the letter, the one that this program would make of its facts.

use clearway::desk::{Desk, Fields};
use clearway::quantity::{Date, read_date};
use clearway::receipt::{PrivateKey, Receipt, verify};
use clearway::source::Sources;
use serde_json::Value;

use super::{Shown, are_told, codes, town};

/// Holds of any bytes.
pub(crate) fn holds(bytes: &[u8]) -> Shown {
    let Ok(text) = std::str::from_utf8(bytes) else { return Shown::new() };
    let (receipt, beside) = match Receipt::read(text) {
        Ok(read) => read,
        Err(found) => {
            are_told(&[(*found).clone()], &Sources::default());
            return codes(&[*found]).collect();
        }
    };
    let found = verify(&receipt, beside.as_deref(), town(), None);
    let trusted = verify(&receipt, beside.as_deref(), town(), Some(&key().public()));
    let written: Value = serde_json::from_str(&receipt.canonical()).unwrap_or_default();
    if found.is_empty() {
        let (answer, again) = made_again(&written);
        let mut bare = written;
        let signature = bare.get_mut("signature");
        signature.into_iter().for_each(|signature| *signature = Value::Null);
        // The order of the packs, here one, is that of the folders that they lie in.
        assert_eq!(bare.to_string(), again.canonical(), "found the same, and is another");
        if trusted.is_empty() {
            assert_eq!(receipt.canonical(), again.signed(&key()).canonical(), "signed otherwise");
        }
        if let Some(beside) = beside.as_deref() {
            let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
            assert_eq!(read(beside), read(&answer), "found the same, and answers otherwise");
        }
    }
    let beside = if beside.is_some() { "with its answer" } else { "alone" };
    let same = (found.is_empty().then(|| format!("{beside}, the same")))
        .into_iter()
        .chain(trusted.is_empty().then(|| format!("{beside}, signed by who is trusted")));
    found.iter().chain(&trusted).map(|found| found.kind().to_owned()).chain(same).collect()
}

/// The key that is trusted.
pub(crate) fn key() -> PrivateKey {
    PrivateKey::of(&[7; 32])
}

/// The answer to what a receipt records, and a receipt of it.
pub(crate) fn made_again(receipt: &Value) -> (String, Receipt) {
    let (desk, book) = (Desk::new(town()), town().graph().book());
    let mut commission = town().form().read(book, &receipt["facts"].to_string()).0;
    commission.title = receipt["title"].as_str().map(str::to_owned);
    let as_at = receipt["as_at"].as_str().and_then(read_date);
    commission.as_at = as_at;
    let fields = match receipt["fields"].as_str() {
        Some("standing") => Fields::Standing,
        Some("reasons") => Fields::Reasons,
        Some("answer") => Fields::Answer,
        _ => Fields::Everything,
    };
    let answer = desk.answer(commission.clone(), Date::MIN, fields);
    let receipt = Receipt::of(book, &commission, as_at.unwrap_or(Date::MIN), fields, &answer);
    (answer, receipt)
}
