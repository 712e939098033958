//! Requests to the service of a town's rules: none makes a fault of ours, and what is not answered
//! is told in a problem document.
//!
//! A request is written as HTTP has it: `POST /v1/decide`, headers, a blank line, the body.

use std::net::SocketAddr;
use std::sync::OnceLock;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{Method, Request, Response, StatusCode, header};
use clearway::desk::{Limits, Service};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

use super::{Shown, TOWN};

/// Holds of any bytes.
pub(crate) fn holds(bytes: &[u8]) -> Shown {
    let Some(request) = request(bytes) else { return Shown::new() };
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let answered = answered(request);
    let (status, headers) = (answered.status(), answered.headers());
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
    let (kind, body) = (header(header::CONTENT_TYPE), answered.body());
    let shown = String::from_utf8_lossy(body);
    assert!(!status.is_server_error(), "{status}: {shown}");
    let is_read = method != Method::HEAD && header(header::CONTENT_ENCODING).is_empty();
    let json = is_read.then(|| serde_json::from_slice::<Value>(body).ok()).flatten();
    let code = |json: &Value| json["code"].as_str().map(str::to_owned);
    if status.is_client_error() {
        assert_eq!(kind, "application/problem+json", "{status} of {path}: {shown}");
        if is_read {
            let is_same = json.as_ref().is_some_and(|json| json["status"] == status.as_u16());
            assert!(is_same && json.as_ref().and_then(code).is_some(), "{status}: {shown}");
        }
    } else if is_read && status == StatusCode::OK && kind.ends_with("json") {
        assert!(json.is_some(), "what is called JSON is: {shown}");
    }
    let code = json.as_ref().and_then(code).unwrap_or_else(|| kind.to_owned());
    Shown::from([format!("{} {code}", status.as_u16())])
}

/// A request as HTTP writes it, where these bytes are one.
fn request(bytes: &[u8]) -> Option<Request<Body>> {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap_or(bytes.len());
    let (head, body) = bytes.split_at(end);
    let mut lines = std::str::from_utf8(head).ok()?.lines();
    let (method, target) = lines.next()?.split_once(' ')?;
    let mut request = Request::builder().method(method).uri(target);
    for line in lines {
        let (name, value) = line.split_once(':')?;
        request = request.header(name, value.trim());
    }
    let body = Bytes::copy_from_slice(body.get(2..).unwrap_or_default());
    request.body(Body::from(body)).ok()
}

#[expect(clippy::expect_used, reason = "a target that can't be set up fails")]
fn answered(request: Request<Body>) -> Response<Bytes> {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    static ROUTER: OnceLock<Router> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| {
        Builder::new_current_thread().enable_all().build().expect("a runtime can be made")
    });
    runtime.block_on(async {
        let router = ROUTER.get_or_init(router).clone();
        let response = router.oneshot(request).await.expect("a router always answers");
        let (head, body) = response.into_parts();
        Response::from_parts(head, to_bytes(body, usize::MAX).await.expect("a whole body"))
    })
}

#[expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a service reads its rules from files; a target that can't be set up fails"
)]
fn router() -> Router {
    let folder = tempfile::TempDir::new().expect("a folder can be made");
    std::fs::write(folder.path().join("pack.way"), TOWN).expect("a file can be written");
    let service = Service {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        rules: vec![folder.path().to_owned()],
        tokens: Vec::new(),
        certificate: None,
        limits: Limits { body_bytes: 4096, n_commissions: 8, nesting: 16, ..Limits::DEFAULT },
        watch: None,
        is_logged_as_json: false,
    };
    clearway::serve::router(service).expect("the rules compile")
}
