//! What stands between a caller and an answer: who they are, whether there is room, what is logged
//! and counted.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use subtle::ConstantTimeEq;

use super::Shared;
use super::problem::Problem;

/// Headers of every response: a browser runs and frames nothing, and guesses no types.
const HEADERS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    ),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// Lets a request in, or says why not; logs and counts it either way.
pub(super) async fn guard(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let began = began();
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().cloned();
    // A path that nobody serves is anybody's invention, and no name to count by.
    let path = path.as_ref().map_or("none", MatchedPath::as_str);
    let is_health = path.starts_with("/health/");
    let caller = caller(&shared, &request);
    let room = shared.room.try_acquire();
    let mut response = match (&caller, &room) {
        _ if is_health => next.run(request).await,
        (None, _) => unauthorized(),
        (Some(_), Err(_)) => Problem::busy().into_response(),
        (Some(_), Ok(_)) => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    let (status, took) = (response.status(), began.elapsed());
    shared.counts.answered(path, status.as_u16(), took);
    // Commissions can be confidential: neither the query nor the body is logged.
    tracing::info!(
        method = %method,
        path = %path,
        status = status.as_u16(),
        micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
        caller = caller.flatten().unwrap_or_default(),
        "answered"
    );
    response
}

#[expect(clippy::disallowed_methods, reason = "a shell may ask how long an answer took")]
fn began() -> Instant {
    Instant::now()
}

/// Who calls: `None` where they may not, `Some(None)` where anybody may.
fn caller(shared: &Shared, request: &Request) -> Option<Option<String>> {
    let tokens = &shared.service.tokens;
    if tokens.is_empty() {
        return Some(None);
    }
    let given = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = given.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return None;
    }
    // Every token is compared, and each in the same time, whether or not it is the one.
    let mut found = None;
    for token in tokens {
        if bool::from(token.secret.as_bytes().ct_eq(secret.trim().as_bytes())) {
            found = Some(token.name.clone());
        }
    }
    found.map(Some)
}

fn unauthorized() -> Response {
    let detail = "give a token in `Authorization: Bearer …`";
    let title = "The caller is not known";
    let problem = Problem::new(StatusCode::UNAUTHORIZED, "unauthorized", title, detail);
    let mut response = problem.into_response();
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}
