//! The service as programs meet it: requests put to its routes in this process, and the signals that
//! the program heeds.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests read and write files, and fail by panicking"
)]

mod faults;
mod hostile;
mod page;
mod program;
mod requests;
mod running;
mod secured;

use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::response::Parts;
use axum::http::{HeaderMap, Request, StatusCode};
use clearway::desk::{Limits, Service, Token};
use tempfile::TempDir;
use tower::ServiceExt;

/// A town's own rules, with a scenario.
const TOWN: &str = r#"pack town "Town contract rules"
    version 1.0.0
    extent england
    in force from 2025-02-24                                    [rules rule.1]

source rules "Town contract rules" at "https://www.town.example/rules"

fact contract.value "Estimated value" : money including VAT
    ask "What is the most this contract could cost, with VAT?"
    [rules rule.2]

route quotes "Three quotes"
    needs contract.value < £100,000                             [rules rule.3]

route tender "Open tender"
    needs contract.value >= £100,000                            [rules rule.3]

scenario "A small contract goes to quotes"
    as at 2026-03-02
    given
        contract.value is £40,000
    expect route quotes open
    [rules rule.3]
"#;

/// A service of the town's rules, in a folder of its own.
struct Town {
    folder: TempDir,
    service: Service,
}

/// What was answered.
struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Town {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder can be made");
        std::fs::write(folder.path().join("pack.way"), TOWN).expect("a file can be written");
        let service = Service {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            rules: vec![folder.path().to_owned()],
            tokens: Vec::new(),
            certificate: None,
            limits: Limits::DEFAULT,
            watch: None,
            is_logged_as_json: false,
        };
        Self { folder, service }
    }

    fn limited(limits: Limits) -> Self {
        let town = Self::new();
        Self { service: Service { limits, ..town.service }, ..town }
    }

    fn guarded() -> Self {
        let token = |name: &str, secret: &str| Token { name: name.into(), secret: secret.into() };
        let tokens = vec![token("finance", "0123456789abcdef"), token("legal", "fedcba9876543210")];
        let town = Self::new();
        Self { service: Service { tokens, ..town.service }, ..town }
    }

    fn router(&self) -> Router {
        clearway::serve::router(self.service.clone()).expect("the rules compile")
    }
}

/// Puts a request to a service.
fn call(router: &Router, request: Request<Body>) -> Answered {
    let (Parts { status, headers, .. }, body) = sent(router, request);
    let body = String::from_utf8(body).expect("the body is UTF-8");
    Answered { status, headers, body }
}

/// What a service sends back, byte for byte.
fn sent(router: &Router, request: Request<Body>) -> (Parts, Vec<u8>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let response = router.clone().oneshot(request).await.expect("a router always answers");
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("the body can be read");
        (head, body.to_vec())
    })
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).expect("a request")
}

fn post(path: &str, body: impl Into<Body>) -> Request<Body> {
    let request = Request::post(path).header("content-type", "application/json");
    request.body(body.into()).expect("a request")
}

impl Answered {
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a header of text"))
    }

    /// The status and the code of a problem document.
    fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.body);
        let json = self.json();
        assert_eq!(json["status"], self.status.as_u16());
        (self.status.as_u16(), json["code"].as_str().expect("a code").to_owned())
    }
}
