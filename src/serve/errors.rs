//! What is said to a person whose certificate can't be shown.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Severity};

fn bad(message: impl Into<String>, help: &str) -> Box<Diagnostic> {
    let diagnostic = Diagnostic::nowhere(Code::BadCertificate, Severity::Error, message);
    Box::new(diagnostic.help(help.to_owned()))
}

/// A file without a certificate.
pub(super) fn no_certificate(chain: &Path) -> Box<Diagnostic> {
    let help = "give a PEM file: the service's certificate, then those that vouch for it";
    bad(format!("`{}` holds no certificate", chain.display()), help)
}

/// A file without a private key.
pub(super) fn no_key(key: &Path) -> Box<Diagnostic> {
    let help = "give a PEM file that holds the certificate's private key";
    bad(format!("`{}` holds no private key", key.display()), help)
}

/// A private key that nobody is there to unlock.
pub(super) fn locked_key(key: &Path) -> Box<Diagnostic> {
    let help = "keep it without one, where only the service may read it: \
                `openssl pkey -in LOCKED -out KEY`";
    bad(format!("the private key in `{}` is locked with a passphrase", key.display()), help)
}

/// A PEM file of which a part can't be read. What stands there is not repeated: it may be secret.
pub(super) fn broken(file: &Path) -> Box<Diagnostic> {
    let help = "give the file whole, as it was issued";
    bad(format!("`{}` is cut short, or was altered", file.display()), help)
}

/// A private key of another certificate.
pub(super) fn other_key(chain: &Path, key: &Path) -> Box<Diagnostic> {
    let message = format!(
        "the private key in `{}` is not that of the certificate in `{}`",
        key.display(),
        chain.display()
    );
    bad(message, "give the key that the certificate was asked for with; its own comes first")
}

/// A certificate and a key that can't be used, for a reason of the library's.
pub(super) fn unusable(chain: &Path, reason: &str) -> Box<Diagnostic> {
    let help = "give an X.509 certificate with an RSA, ECDSA or Ed25519 key";
    bad(format!("the certificate in `{}` can't be used: {reason}", chain.display()), help)
}
