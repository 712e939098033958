//! A receipt: a sealed record of an answer, by which it can be made again and checked.
//!
//! It holds what an answer is made of (the facts as understood, the date, the packs by their
//! digests, the engine) and a digest of what was answered. Its JSON is canonical (RFC 8785), so that
//! any language can check the digest and the signature.

mod errors;
mod keys;
mod verify;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};

pub use errors::altered_pack;
pub use keys::{PrivateKey, PublicKey};
pub use verify::{Difference, verify};

use crate::desk::Fields;
use crate::diagnostic::Diagnostic;
use crate::facts::{Commission, commission_json, read_json};
use crate::pack::Rulebook;
use crate::quantity::Date;

/// The version of a receipt's shape.
const RECEIPT_VERSION: u32 = 1;

/// What stands before a digest, to say what it is.
const SHA_256: &str = "sha-256:";

/// A sealed record of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The version of this shape.
    receipt_version: u32,
    engine: Engine,
    /// The date asked about.
    as_at: String,
    /// What the commission is called; null where it has no title.
    title: Option<String>,
    /// The facts as understood, as a commission's JSON says them.
    facts: Json,
    /// How much of the answer was asked for.
    fields: Extent,
    /// The packs of rules that were loaded, in force or not.
    packs: Vec<Pack>,
    /// The SHA-256 of the answer's canonical JSON, without its receipt.
    answer: String,
    /// Who seals it; null where nobody signed.
    signature: Option<Signature>,
}

/// What made the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Engine {
    name: String,
    version: String,
}

/// A pack of rules, by the digest of its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    pack: String,
    version: String,
    digest: String,
}

/// How much of the answer was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Extent {
    Standing,
    Reasons,
    Answer,
    Everything,
}

/// A signature of a receipt's canonical JSON, in which `signature` is null.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Signature {
    /// Always `ed25519`.
    algorithm: String,
    /// The public key, in hexadecimal.
    key: String,
    /// The signature, in hexadecimal.
    value: String,
}

impl Engine {
    fn here() -> Self {
        Self { name: "clearway".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

impl From<Fields> for Extent {
    fn from(fields: Fields) -> Self {
        match fields {
            Fields::Standing => Self::Standing,
            Fields::Reasons => Self::Reasons,
            Fields::Answer => Self::Answer,
            Fields::Everything => Self::Everything,
        }
    }
}

impl From<Extent> for Fields {
    fn from(extent: Extent) -> Self {
        match extent {
            Extent::Standing => Self::Standing,
            Extent::Reasons => Self::Reasons,
            Extent::Answer => Self::Answer,
            Extent::Everything => Self::Everything,
        }
    }
}

impl Receipt {
    /// The receipt of an answer's JSON: what was asked, of which rules, and what they answered.
    #[must_use]
    pub fn of(
        book: &Rulebook,
        commission: &Commission,
        as_at: Date,
        fields: Fields,
        answer: &str,
    ) -> Self {
        let facts = commission_json(book, "", None, &commission.facts);
        let packs = book.packs.rows().map(|pack| Pack {
            pack: pack.name.clone(),
            version: pack.version.to_string(),
            digest: pack.digest.clone(),
        });
        Self {
            receipt_version: RECEIPT_VERSION,
            engine: Engine::here(),
            as_at: as_at.to_string(),
            title: commission.title.clone(),
            // What has just been written as JSON can be read as such.
            facts: serde_json::from_str(&facts).unwrap_or_default(),
            fields: fields.into(),
            packs: packs.collect(),
            answer: digest(answer),
            signature: None,
        }
    }

    /// The public key that it says it is signed with, in hexadecimal, if it is signed at all.
    #[must_use]
    pub fn signed_by(&self) -> Option<&str> {
        self.signature.as_ref().map(|signature| signature.key.as_str())
    }

    /// The same, signed.
    #[must_use]
    pub fn signed(self, key: &PrivateKey) -> Self {
        let bare = Self { signature: None, ..self };
        let signature = Signature {
            algorithm: "ed25519".to_owned(),
            key: key.public().to_hex(),
            value: key.sign(bare.canonical().as_bytes()),
        };
        Self { signature: Some(signature), ..bare }
    }

    /// Reads a receipt: one by itself, or the `receipt` of an answer, which is then checked against
    /// it too.
    ///
    /// # Errors
    /// It is no receipt: why.
    pub fn read(text: &str) -> Result<(Self, Option<String>), Box<Diagnostic>> {
        let (json, twice) = read_json(text).map_err(|error| errors::not_json(text, &error))?;
        if let Some(key) = twice {
            return Err(errors::given_twice(&key));
        }
        let Json::Object(mut members) = json else { return Err(errors::no_receipt()) };
        let (receipt, rest) = match members.shift_remove("receipt") {
            Some(receipt) => (receipt, Some(Json::Object(members).to_string())),
            None => (Json::Object(members), None),
        };
        let receipt: Self =
            serde_json::from_value(receipt).map_err(|error| errors::not_a_receipt(&error))?;
        if receipt.receipt_version != RECEIPT_VERSION {
            return Err(errors::other_version(receipt.receipt_version, RECEIPT_VERSION));
        }
        Ok((receipt, rest))
    }

    /// The receipt as canonical JSON (RFC 8785), on one line, without an end of line.
    #[must_use]
    pub fn canonical(&self) -> String {
        // Strings, lists and whole numbers can't fail to be written.
        serde_json::to_value(self).map(|json| canonical(&json)).unwrap_or_default()
    }

    /// The names and digests of the packs that were loaded.
    pub fn packs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.packs.iter().map(|pack| (pack.pack.as_str(), pack.digest.as_str()))
    }
}

/// The digest of all packs of rules together: it is another when any pack is.
#[must_use]
pub fn rules_digest(book: &Rulebook) -> String {
    let packs = book.packs.rows().map(|pack| (pack.name.clone(), pack.digest.clone().into()));
    let packs: serde_json::Map<String, Json> = packs.collect();
    hex(&Sha256::digest(canonical(&Json::Object(packs)).as_bytes()))
}

/// An answer's JSON with its receipt as the last member, on one line, without an end of line.
#[must_use]
pub fn with_receipt(answer: &str, receipt: &Receipt) -> String {
    let answer = answer.trim_end();
    let Some(open) = answer.strip_suffix('}') else { return answer.to_owned() };
    format!("{},\"receipt\":{}}}", open.trim_end(), receipt.canonical())
}

/// The digest of a text of JSON, whatever its spaces and the order of its members.
fn digest(text: &str) -> String {
    let json: Json = serde_json::from_str(text).unwrap_or_default();
    let hash = Sha256::digest(canonical(&json).as_bytes());
    format!("{SHA_256}{}", hex(&hash))
}

fn canonical(json: &Json) -> String {
    serde_jcs::to_string(json).unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes that pairs of hexadecimal digits say, in lower case as `hex` writes them; none where
/// they are no such pairs.
fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    let (pairs, rest) = digits.as_chunks::<2>();
    let value = |digit: u8| char::from(digit).to_digit(16);
    let byte = |[high, low]: &[u8; 2]| u8::try_from(value(*high)? * 16 + value(*low)?).ok();
    if !rest.is_empty() || digits.iter().any(u8::is_ascii_uppercase) {
        return None;
    }
    pairs.iter().map(byte).collect()
}

#[cfg(test)]
mod tests;
