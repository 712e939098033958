//! What is said to a caller whose request can't be answered: problem documents (RFC 9457).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::diagnostic::Diagnostic;

/// Why a request was not answered.
#[derive(Debug)]
pub(super) struct Problem(Box<Document>);

#[derive(Debug)]
struct Document {
    status: StatusCode,
    /// A stable word for what it is.
    code: &'static str,
    title: &'static str,
    detail: String,
    errors: Vec<Fault>,
    more: Option<(&'static str, Json)>,
}

/// Something wrong in a commission.
#[derive(Debug, Serialize)]
pub(super) struct Fault {
    code: &'static str,
    message: String,
    /// Where in the body: a JSON pointer (RFC 6901); null where it is of no one place.
    pointer: Option<String>,
    notes: Vec<String>,
    help: Option<String>,
}

impl Fault {
    /// What a diagnostic says, of a commission at this place of the body.
    pub(super) fn of(diagnostic: &Diagnostic, at: &str) -> Self {
        let is_fact = |path: &&String| !path.starts_with("line ");
        let pointer = diagnostic.path.as_ref().filter(is_fact).map(|path| {
            let parts = path.split('.').map(|part| part.replace('~', "~0").replace('/', "~1"));
            parts.fold(at.to_owned(), |pointer, part| format!("{pointer}/{part}"))
        });
        Self {
            code: diagnostic.code.spelling(),
            message: diagnostic.message.clone(),
            pointer: pointer.or_else(|| (!at.is_empty()).then(|| at.to_owned())),
            notes: diagnostic.notes.clone(),
            help: diagnostic.help.clone(),
        }
    }
}

impl Problem {
    pub(super) fn new(
        status: StatusCode,
        code: &'static str,
        title: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        let detail = detail.into();
        Self(Box::new(Document { status, code, title, detail, errors: Vec::new(), more: None }))
    }

    /// A commission that can't be read.
    pub(super) fn commission(diagnostics: &[Diagnostic]) -> Self {
        let is_json = |found: &Diagnostic| found.code != crate::diagnostic::Code::NotJson;
        let (status, code) = if diagnostics.iter().all(is_json) {
            (StatusCode::UNPROCESSABLE_ENTITY, "bad-commission")
        } else {
            (StatusCode::BAD_REQUEST, "not-json")
        };
        let messages: Vec<&str> = diagnostics.iter().map(|found| found.message.as_str()).collect();
        let title = "The commission can't be read";
        let mut problem = Self::new(status, code, title, messages.join("; "));
        problem.0.errors = diagnostics.iter().map(|found| Fault::of(found, "")).collect();
        problem
    }

    /// A query that can't be read.
    pub(super) fn query(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-query", "The query can't be read", detail)
    }

    /// A request that there is no room for now, because of this.
    pub(super) fn busy(why: &str) -> Self {
        let detail = format!("{why}; try again soon");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Too many requests at once", detail)
    }

    /// A request that nobody has time for.
    pub(super) fn no_place() -> Self {
        Self::busy("as many requests as are taken at once are being worked on")
    }

    /// A request that took longer than it may.
    pub(super) fn too_long(what: &str) -> Self {
        let detail = format!("{what} took longer than the service allows");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "too-long", "It took too long", detail)
    }

    /// A fault of ours.
    pub(super) fn ours() -> Self {
        let detail = "the answer could not be made; nothing was lost, and this is a fault of ours";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "A fault of ours", detail)
    }

    /// With a further member.
    pub(super) fn with(mut self, name: &'static str, value: Json) -> Self {
        self.0.more = Some((name, value));
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Document { status, code, title, detail, errors, more } = *self.0;
        let mut document = json!({
            "type": format!("urn:clearway:problem:{code}"),
            "title": title,
            "status": status.as_u16(),
            "detail": detail,
            "code": code,
            "errors": errors,
        });
        if let (Some((name, value)), Some(members)) = (more, document.as_object_mut()) {
            members.insert(name.to_owned(), value);
        }
        let kind = HeaderValue::from_static("application/problem+json");
        let headers = [(header::CONTENT_TYPE, kind)];
        let mut response = (status, headers, format!("{document:#}\n")).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if status == StatusCode::PAYLOAD_TOO_LARGE {
            // What is left of the body is not read: the connection can't be used again.
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}
