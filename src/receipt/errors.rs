//! What is said to a person whose receipt or key can't be read, or whose answer made again differs.

use super::Difference;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::facts;
use crate::pack::Pack;

fn bad(message: impl Into<String>) -> Box<Diagnostic> {
    Box::new(Diagnostic::nowhere(Code::BadReceipt, Severity::Error, message))
}

/// A text that is not JSON.
pub(super) fn not_json(text: &str, error: &serde_json::Error) -> Box<Diagnostic> {
    let Diagnostic { message, path, help, .. } = facts::not_json("the receipt", text, error);
    // A place told as a path would be one in a commission.
    let place = path.map(|place| format!(" ({place})")).unwrap_or_default();
    Box::new(bad(format!("{message}{place}")).help(help))
}

/// JSON that is no object.
pub(super) fn no_receipt() -> Box<Diagnostic> {
    let help = "give what `clearway decide --receipt` wrote".to_owned();
    Box::new(bad("there is no receipt here").help(help))
}

/// An object that is no receipt.
pub(super) fn not_a_receipt(error: &serde_json::Error) -> Box<Diagnostic> {
    let help = "give what `clearway decide --receipt` wrote, whole".to_owned();
    Box::new(bad(format!("this is no receipt: {error}")).help(help))
}

/// A member given twice, of which another reader may take the other: canonical JSON has none.
pub(super) fn given_twice(key: &str) -> Box<Diagnostic> {
    let help = "give what `clearway decide --receipt` wrote, which has each member once".to_owned();
    Box::new(bad(format!("`{key}` is given twice, and it can't be told which counts")).help(help))
}

/// A receipt of another version.
pub(super) fn other_version(version: u32, own: u32) -> Box<Diagnostic> {
    let message = format!("the receipt is of version {version}, and this program reads {own}");
    Box::new(bad(message).help("verify it with the program that made it".to_owned()))
}

/// A text that holds no key of the kind wanted.
pub(super) fn no_key(kind: &str) -> Box<Diagnostic> {
    let message = format!("there is no ed25519 {kind} key here");
    Box::new(bad(message).help("give a file that `clearway keygen` wrote".to_owned()))
}

/// A pack that was kept is not the one that its folder is named after.
#[must_use]
pub fn altered_pack(pack: &Pack) -> Diagnostic {
    let message = format!("the pack `{}` that the store keeps has been altered since", pack.name);
    Diagnostic::nowhere(Code::CannotRead, Severity::Error, message).help(
        "keep it again, by `clearway keep` with the rules it was of: that mends it".to_owned(),
    )
}

impl Difference {
    /// What kind of difference it is, as a stable word.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::NotSigned => "not_signed",
            Self::BadSignature => "bad_signature",
            Self::OtherKey => "other_key",
            Self::Engine(..) => "engine",
            Self::PackMissing(_) => "pack_missing",
            Self::PackOther(..) => "pack_other",
            Self::PackAdded(_) => "pack_added",
            Self::Facts(_) => "facts",
            Self::AnswerAltered => "answer_altered",
            Self::Reworded => "reworded",
            Self::Answer => "answer",
        }
    }

    /// What differs, in words.
    #[must_use]
    pub fn says(&self) -> String {
        let words = match self {
            Self::NotSigned => "the receipt is not signed",
            Self::BadSignature => {
                "the signature is not that of this receipt: it was changed after it was signed"
            }
            Self::OtherKey => "the receipt is signed with another key",
            Self::Engine(was, here) => return format!("it was made by {was}, and this is {here}"),
            Self::PackMissing(pack) => {
                return format!("the pack `{pack}` is not among the rules here");
            }
            Self::PackOther(pack, was, here) => {
                let (was, here) = (short(was), short(here));
                return format!("the pack `{pack}` was {was}, and here it is {here}");
            }
            Self::PackAdded(pack) => {
                return format!("the pack `{pack}` was not among the rules then");
            }
            Self::Facts(diagnostics) => {
                let messages: Vec<&str> =
                    diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
                let messages = messages.join("; ");
                return format!("the facts can't be read under the rules here: {messages}");
            }
            Self::AnswerAltered => "the answer beside the receipt is not the one that it records",
            Self::Reworded => {
                "the receipt is not in the words in which this program writes it: a fact or the \
                 version of a pack was changed, though the answer is the same"
            }
            Self::Answer => {
                "the answer made again is another; where nothing else differs, the facts, the \
                 date or the digest in the receipt were changed"
            }
        };
        words.to_owned()
    }
}

/// As much of a digest as tells it from others.
fn short(digest: &str) -> String {
    digest.chars().take(12).collect()
}
