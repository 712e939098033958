//! An answer made again from its receipt, and what differs.

use super::keys::PublicKey;
use super::{Engine, Receipt, digest};
use crate::desk::{Desk, Rules};
use crate::diagnostic::Diagnostic;
use crate::facts::Commission;
use crate::quantity::{Date, read_date};

/// Why an answer made again is not the one recorded, or why the record can't be relied on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Nobody signed it, and a signature was wanted.
    NotSigned,
    /// It was changed after it was signed, or not signed with the key that it names.
    BadSignature,
    /// It is signed with another key than the one wanted.
    OtherKey,
    /// It was made by another version of the program: that one, and this.
    Engine(String, String),
    /// A pack that is not among the rules here.
    PackMissing(String),
    /// A pack whose text here is another: its name, with the digest recorded and the one here.
    PackOther(String, String, String),
    /// A pack that was not loaded then.
    PackAdded(String),
    /// The facts or the date recorded can't be read under the rules here.
    Facts(Vec<Diagnostic>),
    /// The answer that the receipt came with is not the one that it records.
    AnswerAltered,
    /// It records the same answer to the same facts in words that this program does not write: a
    /// fact spelled otherwise, another version of a pack.
    Reworded,
    /// The same facts have another answer here. Where nothing else differs, the facts, the date or
    /// the digest were changed.
    Answer,
}

/// Answers again what a receipt records, under these rules, and says what differs: nothing where
/// the answer is the same and the record is whole. `beside` is the answer that the receipt came
/// with, if it came with one; `trusted` the key that it must be signed with, if one is wanted.
#[must_use]
pub fn verify(
    receipt: &Receipt,
    beside: Option<&str>,
    rules: &Rules,
    trusted: Option<&PublicKey>,
) -> Vec<Difference> {
    let mut differences = Vec::new();
    differences.extend(signature(receipt, trusted));
    let here = Engine::here();
    if receipt.engine != here {
        let named = |engine: &Engine| format!("{} {}", engine.name, engine.version);
        differences.push(Difference::Engine(named(&receipt.engine), named(&here)));
    }
    let packs = packs(receipt, rules);
    let is_ours = receipt.engine == here && packs.is_empty();
    differences.extend(packs);
    if beside.is_some_and(|answer| digest(answer) != receipt.answer) {
        differences.push(Difference::AnswerAltered);
    }
    let desk = Desk::new(rules);
    match again(receipt, &desk) {
        Ok((commission, answer)) if digest(&answer) == receipt.answer => {
            let written = written(receipt, &commission, rules, &answer);
            let is_reworded = in_order(&written) != in_order(receipt);
            differences.extend((is_ours && is_reworded).then_some(Difference::Reworded));
        }
        Ok(_) => differences.push(Difference::Answer),
        Err(diagnostics) => differences.push(Difference::Facts(diagnostics)),
    }
    differences
}

/// The receipt that this program writes of an answer made again.
fn written(receipt: &Receipt, commission: &Commission, rules: &Rules, answer: &str) -> Receipt {
    let as_at = commission.as_at.unwrap_or(Date::MIN);
    Receipt::of(rules.graph().book(), commission, as_at, receipt.fields.into(), answer)
}

/// What a receipt says, whoever signed it and in whichever order its packs were loaded.
fn in_order(receipt: &Receipt) -> String {
    let mut bare = Receipt { signature: None, ..receipt.clone() };
    bare.packs.sort_by(|a, b| a.pack.cmp(&b.pack));
    bare.canonical()
}

/// The commission recorded, and its answer made again.
fn again(receipt: &Receipt, desk: &Desk<'_>) -> Result<(Commission, String), Vec<Diagnostic>> {
    let mut commission = desk.read(&receipt.facts.to_string())?;
    commission.title.clone_from(&receipt.title);
    // A date that can't be read is told as one in a commission is.
    if read_date(&receipt.as_at).is_none() {
        desk.read(&serde_json::json!({ "as_at": receipt.as_at }).to_string())?;
    }
    commission.as_at = read_date(&receipt.as_at);
    let answer = desk.answer(commission.clone(), Date::MIN, receipt.fields.into());
    Ok((commission, answer))
}

fn signature(receipt: &Receipt, trusted: Option<&PublicKey>) -> Option<Difference> {
    let Some(signature) = &receipt.signature else {
        return trusted.map(|_| Difference::NotSigned);
    };
    let bare = Receipt { signature: None, ..receipt.clone() };
    let key = PublicKey::of_hex(&signature.key).filter(|_| signature.algorithm == "ed25519");
    let signed = key.filter(|key| key.is_signed(bare.canonical().as_bytes(), &signature.value));
    match signed {
        None => Some(Difference::BadSignature),
        Some(key) => trusted.is_some_and(|wanted| *wanted != key).then_some(Difference::OtherKey),
    }
}

fn packs(receipt: &Receipt, rules: &Rules) -> Vec<Difference> {
    let book = rules.graph().book();
    let here = |name: &str| book.packs.rows().find(|pack| pack.name == name);
    let mut differences = Vec::new();
    for (name, digest) in receipt.packs() {
        match here(name) {
            None => differences.push(Difference::PackMissing(name.to_owned())),
            Some(pack) if pack.digest != digest => {
                let (name, was) = (name.to_owned(), digest.to_owned());
                differences.push(Difference::PackOther(name, was, pack.digest.clone()));
            }
            Some(_) => {}
        }
    }
    let was = |name: &str| receipt.packs().any(|(pack, _)| pack == name);
    let added = book.packs.rows().filter(|pack| !was(&pack.name));
    differences.extend(added.map(|pack| Difference::PackAdded(pack.name.clone())));
    differences
}
