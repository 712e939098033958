//! TLS: what a certificate makes of the service, and what is said of one that can't be used.

use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rcgen::generate_simple_self_signed;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned, SupportedProtocolVersion,
};

use super::running::{Running, closed_after, decide, get, line_with};
use super::{TOWN, Town};
use crate::cli::shell::Shell;

const GRASS: &str = r#"{"as_at": "2026-03-02", "contract": {"value": "£60,000"}}"#;

/// Where a town keeps its certificate and key.
fn kept(town: &Town) -> [PathBuf; 2] {
    ["town.pem", "town.key"].map(|name| town.folder.path().join(name))
}

/// Issues a certificate to a town, which trusts nobody else to vouch for it.
fn issue(town: &Town) -> CertificateDer<'static> {
    let (certificate, key) = issued();
    let [chain, private] = kept(town);
    fs::write(chain, certificate.1).expect("the certificate can be written");
    fs::write(private, key).expect("the key can be written");
    certificate.0
}

/// A certificate, as bytes and as PEM, and its private key.
fn issued() -> ((CertificateDer<'static>, String), String) {
    let issued = generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let pem = issued.cert.pem();
    ((issued.cert.into(), pem), issued.signing_key.serialize_pem())
}

fn start(town: &Town, further: &[&str]) -> Running {
    let [chain, key] = kept(town).map(|path| path.display().to_string());
    let mut words = vec!["--certificate", &chain, "--key", &key];
    words.extend(further);
    Running::start_with(town, &words)
}

/// A connection of a caller who takes a certificate that this one vouches for.
fn call(
    running: &Running,
    trusted: &CertificateDer<'static>,
    version: &'static SupportedProtocolVersion,
) -> StreamOwned<ClientConnection, std::net::TcpStream> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).expect("a certificate");
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_protocol_versions(&[version]).expect("the version is known");
    let mut config = builder.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let name = ServerName::try_from("localhost").expect("a name");
    let caller = ClientConnection::new(Arc::new(config), name).expect("a caller");
    StreamOwned::new(caller, running.connect())
}

/// What a request is answered over TLS; nothing where the certificate is not taken.
fn ask(running: &Running, trusted: &CertificateDer<'static>, request: &str) -> Option<String> {
    let mut stream = call(running, trusted, &TLS13);
    stream.write_all(request.as_bytes()).ok()?;
    let mut answered = String::new();
    stream.read_to_string(&mut answered).expect("the answer ends as TLS ends");
    Some(answered)
}

#[test]
fn a_certificate_makes_it_https() {
    let town = Town::new();
    let trusted = issue(&town);
    let running = start(&town, &[]);
    for version in [&TLS12, &TLS13] {
        let mut stream = call(&running, &trusted, version);
        stream.write_all(decide(GRASS).as_bytes()).expect("the request is taken");
        let mut answered = String::new();
        stream.read_to_string(&mut answered).expect("the answer ends as TLS ends");
        assert!(answered.starts_with("HTTP/1.1 200"), "{answered}");
        assert!(answered.contains(r#""recommended":"quotes""#), "{answered}");
        assert_eq!(stream.conn.alpn_protocol(), Some(&b"http/1.1"[..]));
    }
    let stranger = issued().0.0;
    assert_eq!(ask(&running, &stranger, &get("/health/live")), None);
}

#[test]
fn a_caller_of_plain_http_is_let_go() {
    let town = Town::new();
    let trusted = issue(&town);
    let running = start(&town, &[]);
    let mut stream = running.connect();
    stream.write_all(decide(GRASS).as_bytes()).expect("it is taken");
    assert!(closed_after(stream) < Duration::from_secs(10));
    let counted = ask(&running, &trusted, &get("/metrics")).expect("an answer");
    assert!(counted.contains("clearway_handshakes_failed_total 1"), "{counted}");
}

#[test]
fn who_never_agrees_on_tls_holds_no_place_for_long() {
    let town = Town::new();
    let trusted = issue(&town);
    let running = start(&town, &["--idle-max", "1", "--connections-max", "1"]);
    for begun in [&b""[..], b"\x16", b"\x16\x03\x01\x02\x00\x01\x00"] {
        let mut stream = running.connect();
        stream.write_all(begun).expect("it is taken");
        // There is one place, and this caller has it.
        assert!(ask(&running, &trusted, &decide(GRASS)).is_some(), "{begun:?}");
        assert!(closed_after(stream) < Duration::from_secs(1), "{begun:?}");
    }
}

#[test]
fn who_agrees_on_tls_and_asks_nothing_is_let_go() {
    let town = Town::new();
    let trusted = issue(&town);
    let running = start(&town, &["--idle-max", "1"]);
    for begun in ["", "GET /health/live HTTP/1.1\r\nhost: to"] {
        let began = Instant::now();
        let (mut stream, mut answered) = (call(&running, &trusted, &TLS13), Vec::new());
        stream.write_all(begun.as_bytes()).expect("it is taken");
        stream.flush().expect("it is taken");
        // It may be broken off, without the words with which TLS ends.
        let _ = stream.read_to_end(&mut answered);
        assert!(began.elapsed() < Duration::from_secs(10), "{begun}");
        assert!(!String::from_utf8_lossy(&answered).contains("live\n"), "{begun}");
    }
}

#[cfg(unix)]
#[test]
fn a_certificate_is_read_again_when_told_and_a_bad_one_is_refused() {
    let town = Town::new();
    let first = issue(&town);
    let mut running = start(&town, &[]);
    let mut open = call(&running, &first, &TLS13);
    open.write_all(b"GET /health/live HTTP/1.1\r\nhost: town\r\n\r\n").expect("it is taken");

    let second = issue(&town);
    running.signal("-HUP");
    line_with(&mut running.log, "the certificate was read again");
    assert_eq!(ask(&running, &first, &decide(GRASS)), None);
    assert!(ask(&running, &second, &decide(GRASS)).is_some());
    // A connection that was open goes on.
    open.write_all(get("/health/live").as_bytes()).expect("it is taken");
    let mut answered = String::new();
    open.read_to_string(&mut answered).expect("the answer ends as TLS ends");
    assert_eq!(answered.matches("live\n").count(), 2, "{answered}");

    // Rules are taken or refused for themselves.
    let [chain, _] = kept(&town);
    let rules = TOWN.replace("£100,000", "£50,000");
    fs::write(town.folder.path().join("pack.way"), rules).expect("the rules can be written");
    fs::write(&chain, issued().0.1).expect("the certificate can be written");
    running.signal("-HUP");
    let line = line_with(&mut running.log, "the certificate is refused, and the old one stays");
    assert!(line.contains("[bad-certificate]"), "{line}");
    line_with(&mut running.log, "other rules are served");
    let answered = ask(&running, &second, &decide(GRASS)).expect("an answer");
    assert!(answered.contains(r#""recommended":"tender""#), "{answered}");

    fs::remove_file(&chain).expect("the certificate can be removed");
    running.signal("-HUP");
    let line = line_with(&mut running.log, "the certificate is refused, and the old one stays");
    assert!(line.contains("[cannot-read]"), "{line}");
    line_with(&mut running.log, "other rules are served");
    let counted = ask(&running, &second, &get("/metrics")).expect("an answer");
    let refused = r#"clearway_reloads_total{what="certificate",result="refused"} 2"#;
    assert!(counted.contains(refused), "{counted}");
}

#[cfg(unix)]
#[test]
fn who_never_agrees_on_tls_does_not_keep_it_from_ending() {
    let town = Town::new();
    let trusted = issue(&town);
    let mut running = start(&town, &[]);
    let silent = running.connect();
    assert!(ask(&running, &trusted, &get("/health/live")).is_some());
    let began = Instant::now();
    running.signal("-TERM");
    assert!(running.child.wait().expect("it ends").success());
    assert!(began.elapsed() < Duration::from_secs(10));
    drop(silent);
}

#[test]
fn a_certificate_that_can_not_be_used_is_told() {
    let shell = Shell::new();
    let ((_, certificate), key) = issued();
    let other = issued().1;
    let locked =
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
    let no_certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let no_key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    for (name, text) in [
        ("town.pem", certificate.as_str()),
        ("town.key", &key),
        ("other.key", &other),
        ("locked.key", locked),
        ("short.pem", &certificate[..certificate.len() / 2]),
        ("short.key", &key[..key.len() / 2]),
        ("none.pem", no_certificate),
        ("none.key", no_key),
        ("empty.pem", ""),
    ] {
        shell.put(name, text.as_bytes());
    }
    let (unread, bad) = ("[exit 7]", "[exit 6]");
    for (chain, key, exit, said) in [
        ("nowhere.pem", "town.key", unread, "error[cannot-read]: `nowhere.pem` can't be read"),
        ("town.pem", "nowhere.key", unread, "error[cannot-read]: `nowhere.key` can't be read"),
        ("empty.pem", "town.key", bad, "`empty.pem` holds no certificate"),
        ("town.key", "town.key", bad, "`town.key` holds no certificate"),
        ("town.pem", "town.pem", bad, "`town.pem` holds no private key"),
        ("short.pem", "town.key", bad, "`short.pem` is cut short"),
        ("town.pem", "short.key", bad, "`short.key` is cut short"),
        ("town.pem", "locked.key", bad, "`locked.key` is locked with a passphrase"),
        ("town.pem", "other.key", bad, "`other.key` is not that of the certificate in `town.pem`"),
        ("none.pem", "town.key", bad, "the certificate in `none.pem` can't be used"),
        ("town.pem", "none.key", bad, "the certificate in `town.pem` can't be used"),
    ] {
        let told = shell.transcript(&format!("$ clearway serve --certificate {chain} --key {key}"));
        assert!(told.contains(said) && told.contains(exit), "{told}");
        assert!(exit == unread || told.contains("error[bad-certificate]"), "{told}");
    }
    for (given, missing) in [("--certificate", "--key"), ("--key", "--certificate")] {
        let told = shell.transcript(&format!("$ clearway serve {given} town.pem"));
        assert!(told.contains("[exit 2]"), "{told}");
        assert!(told.contains(&format!("  {missing} <FILE>\n")), "{told}");
    }
}
