//! Who calls, and what is said to those who may not.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use subtle::ConstantTimeEq;

use super::problem::Problem;
use crate::desk::Token;

/// Who calls: `None` where they may not, `Some(None)` where anybody may.
pub(super) fn caller(tokens: &[Token], headers: &HeaderMap) -> Option<Option<String>> {
    if tokens.is_empty() {
        return Some(None);
    }
    let given = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
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

pub(super) fn unauthorized() -> Response {
    let detail = "give a token in `Authorization: Bearer …`";
    let title = "The caller is not known";
    let problem = Problem::new(StatusCode::UNAUTHORIZED, "unauthorized", title, detail);
    let mut response = problem.into_response();
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}
