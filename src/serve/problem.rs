//! What is said to a caller whose request can't be answered: problem documents (RFC 9457).

use axum::extract::rejection::QueryRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::diagnostic::Diagnostic;
use crate::facts::not_json;

/// What a problem document is, by its media type.
pub(super) const MEDIA: &str = "application/problem+json";

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
    /// What a diagnostic says of a commission, of this text, at this place of the body.
    pub(super) fn of(diagnostic: &Diagnostic, text: &str, at: &str) -> Self {
        let (mut message, mut pointer) = (diagnostic.message.clone(), None);
        match diagnostic.path.as_deref() {
            // The place in a text that is no JSON.
            Some(place) if place.starts_with("line ") || place.starts_with("the end ") => {
                message = format!("{message} ({place})");
            }
            Some(path) => {
                let json = serde_json::from_str(text).unwrap_or_default();
                let found = found(&json, path).unwrap_or_else(|| {
                    path.split('.').fold(String::new(), |pointer, key| pointer + &step(key))
                });
                pointer = Some(format!("{at}{found}"));
            }
            None => {}
        }
        Self {
            code: diagnostic.code.spelling(),
            message,
            pointer: pointer.or_else(|| (!at.is_empty()).then(|| at.to_owned())),
            notes: diagnostic.notes.clone(),
            help: diagnostic.help.clone(),
        }
    }

    /// What is wrong with a member of the body.
    pub(super) fn at(code: &'static str, pointer: &str, message: String, help: String) -> Self {
        let (pointer, help) = (Some(pointer.to_owned()), Some(help));
        Self { code, message, pointer, notes: Vec::new(), help }
    }
}

/// The pointer to what stands at a path of keys with stops between them: keys may have stops too.
fn found(json: &Json, path: &str) -> Option<String> {
    json.as_object()?.iter().find_map(|(key, json)| {
        match path.strip_prefix(key.as_str())?.strip_prefix('.') {
            Some(rest) => Some(step(key) + &found(json, rest)?),
            None => (path == key).then(|| step(key)),
        }
    })
}

/// A step of a JSON pointer (RFC 6901).
pub(super) fn step(key: &str) -> String {
    format!("/{}", key.replace('~', "~0").replace('/', "~1"))
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

    /// A commission, of this text, that can't be read.
    pub(super) fn commission(diagnostics: &[Diagnostic], text: &str) -> Self {
        let is_json = |found: &Diagnostic| found.code != crate::diagnostic::Code::NotJson;
        let (status, code) = if diagnostics.iter().all(is_json) {
            (StatusCode::UNPROCESSABLE_ENTITY, "bad-commission")
        } else {
            (StatusCode::BAD_REQUEST, "not-json")
        };
        let faults = diagnostics.iter().map(|found| Fault::of(found, text, "")).collect();
        Self::of_faults(status, code, "The commission can't be read", faults)
    }

    /// What is wrong with a body, thing by thing.
    pub(super) fn of_faults(
        status: StatusCode,
        code: &'static str,
        title: &'static str,
        faults: Vec<Fault>,
    ) -> Self {
        let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
        let mut problem = Self::new(status, code, title, messages.join("; "));
        problem.0.errors = faults;
        problem
    }

    /// A body that is no JSON, called so.
    pub(super) fn not_json(what: &str, text: &str, error: &serde_json::Error) -> Self {
        let fault = Fault::of(&not_json(what, text, error), text, "");
        Self::of_faults(StatusCode::BAD_REQUEST, "not-json", "The body can't be read", vec![fault])
    }

    /// A query of which a name is not known, or given twice.
    pub(super) fn names(rejection: &QueryRejection) -> Self {
        let said = rejection.body_text();
        let said = said.strip_prefix("Failed to deserialize query string: ").unwrap_or(&said);
        Self::query(said)
    }

    /// A query that can't be read.
    pub(super) fn query(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-query", "The query can't be read", detail)
    }

    /// A form of an answer that the caller doesn't take, or that what it asks for can't have.
    pub(super) fn not_acceptable(detail: impl Into<String>) -> Self {
        let title = "No form that the caller takes";
        Self::new(StatusCode::NOT_ACCEPTABLE, "not-acceptable", title, detail)
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
        let kind = HeaderValue::from_static(MEDIA);
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
