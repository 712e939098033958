//! The certificate that a service shows, by which its connections are TLS.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{Error, ServerConfig};

use super::errors;
use crate::desk::Certificate;
use crate::diagnostic::Diagnostic;

/// What is agreed on inside TLS.
const PROTOCOL: &[u8] = b"http/1.1";

/// A certificate in use, and where it is kept.
pub(super) struct Secured {
    kept: Certificate,
    acceptor: RwLock<TlsAcceptor>,
}

impl Secured {
    /// Reads a certificate and its key.
    ///
    /// # Errors
    /// Why they can't be used.
    pub(super) fn open(kept: Certificate) -> Result<Self, Box<Diagnostic>> {
        let acceptor = RwLock::new(acceptor(&kept)?);
        Ok(Self { kept, acceptor })
    }

    /// What agrees on TLS with the next caller.
    pub(super) fn acceptor(&self) -> TlsAcceptor {
        self.acceptor.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads both files again; connections that are open keep the certificate that they were shown.
    ///
    /// # Errors
    /// Why the old one stays, in words.
    pub(super) fn renew(&self) -> Result<(), String> {
        let told =
            |found: Box<Diagnostic>| format!("{} [{}]", found.message, found.code.spelling());
        let acceptor = acceptor(&self.kept).map_err(told)?;
        *self.acceptor.write().unwrap_or_else(PoisonError::into_inner) = acceptor;
        Ok(())
    }
}

fn acceptor(kept: &Certificate) -> Result<TlsAcceptor, Box<Diagnostic>> {
    let Certificate { chain, key } = kept;
    let (certificates, private) = (certificates(chain)?, private_key(key)?);
    let told = |error: Error| {
        let is_other = matches!(error, Error::InconsistentKeys(_));
        if is_other {
            errors::other_key(chain, key)
        } else {
            errors::unusable(chain, &error.to_string())
        }
    };
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().map_err(told)?;
    let builder = builder.with_no_client_auth();
    let mut config = builder.with_single_cert(certificates, private).map_err(told)?;
    config.alpn_protocols = vec![PROTOCOL.to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn certificates(chain: &Path) -> Result<Vec<CertificateDer<'static>>, Box<Diagnostic>> {
    let text = crate::read(chain)?;
    let certificates: Result<Vec<_>, pem::Error> =
        CertificateDer::pem_slice_iter(text.as_bytes()).collect();
    let certificates = certificates.map_err(|_| errors::broken(chain))?;
    if certificates.is_empty() { Err(errors::no_certificate(chain)) } else { Ok(certificates) }
}

fn private_key(key: &Path) -> Result<PrivateKeyDer<'static>, Box<Diagnostic>> {
    let text = crate::read(key)?;
    PrivateKeyDer::from_pem_slice(text.as_bytes()).map_err(|error| {
        if !matches!(error, pem::Error::NoItemsFound) {
            errors::broken(key)
        } else if text.contains("ENCRYPTED PRIVATE KEY") {
            errors::locked_key(key)
        } else {
            errors::no_key(key)
        }
    })
}
