//! The keys that receipts are signed with: ed25519, in PEM files that other programs read.

use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use super::{errors, hex, unhex};
use crate::diagnostic::Diagnostic;

/// A key to sign with, which its owner keeps to themselves.
pub struct PrivateKey(SigningKey);

/// A key to check signatures with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PrivateKey {
    /// The key of these bytes, which nobody can guess.
    #[must_use]
    pub fn of(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// Reads a key from a PEM file (PKCS#8).
    ///
    /// # Errors
    /// It holds no such key.
    pub fn read(text: &str) -> Result<Self, Box<Diagnostic>> {
        SigningKey::from_pkcs8_pem(text).map(Self).map_err(|_| errors::no_key("private"))
    }

    /// The key as a PEM file.
    #[must_use]
    pub fn to_pem(&self) -> String {
        self.0.to_pkcs8_pem(LineEnding::LF).map(|pem| pem.to_string()).unwrap_or_default()
    }

    /// The key to check its signatures with.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(super) fn sign(&self, bytes: &[u8]) -> String {
        hex(&self.0.sign(bytes).to_bytes())
    }
}

impl PublicKey {
    /// Reads a key from a PEM file.
    ///
    /// # Errors
    /// It holds no such key.
    pub fn read(text: &str) -> Result<Self, Box<Diagnostic>> {
        VerifyingKey::from_public_key_pem(text).map(Self).map_err(|_| errors::no_key("public"))
    }

    /// The key as a PEM file.
    #[must_use]
    pub fn to_pem(&self) -> String {
        self.0.to_public_key_pem(LineEnding::LF).unwrap_or_default()
    }

    /// The key in hexadecimal.
    #[must_use]
    pub fn to_hex(&self) -> String {
        hex(self.0.as_bytes())
    }

    pub(super) fn of_hex(text: &str) -> Option<Self> {
        let bytes: [u8; 32] = unhex(text)?.try_into().ok()?;
        VerifyingKey::from_bytes(&bytes).ok().map(Self)
    }

    pub(super) fn is_signed(&self, bytes: &[u8], signature: &str) -> bool {
        let signature = unhex(signature).and_then(|bytes| Signature::from_slice(&bytes).ok());
        signature.is_some_and(|signature| self.0.verify_strict(bytes, &signature).is_ok())
    }
}
