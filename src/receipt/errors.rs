//! What is said to a person whose receipt or key can't be read.

use crate::diagnostic::{Code, Diagnostic, Severity};

fn bad(message: impl Into<String>) -> Box<Diagnostic> {
    Box::new(Diagnostic::nowhere(Code::BadReceipt, Severity::Error, message))
}

/// A text that is not JSON.
pub(super) fn not_json(error: &serde_json::Error) -> Box<Diagnostic> {
    bad(format!("the receipt is not JSON: {error}"))
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

/// A receipt of another version.
pub(super) fn other_version(version: u32, own: u32) -> Box<Diagnostic> {
    let message = format!("the receipt is of version {version}, and this program reads {own}");
    Box::new(bad(message).help("verify it with the program that made it".to_owned()))
}

/// A file that holds no key of the kind wanted.
pub(super) fn no_key(kind: &str) -> Box<Diagnostic> {
    let message = format!("this is no ed25519 {kind} key");
    Box::new(bad(message).help("give a file that `clearway keygen` wrote".to_owned()))
}
