//! `POST /v1/decide` and `POST /v1/diff`.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use tokio::time::timeout;

use super::Shared;
use super::problem::{Fault, Problem};
use super::rules::{Awaited, Loaded, Work};
use crate::desk::{Desk, Fields, Limits, Shape};
use crate::diagnostic::Diagnostic;
use crate::facts;
use crate::quantity::{Date, read_date};
use crate::receipt::{Receipt, with_receipt};
use crate::report::{self, Comparison};

/// The header that names the rules that answered, and those that a caller requires.
pub(super) const RULES: HeaderName = HeaderName::from_static("clearway-rules");

/// The largest body that is answered where it was read, lest others wait for its connection's
/// thread.
const AT_ONCE_BYTES_MAX: usize = 16 << 10;

/// As many headers as a response has, more or less: room is made for them at once.
const N_HEADERS: usize = 12;

/// What may be asked for beside a commission.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// How much of the answer.
    fields: Option<AskedFields>,
    /// `1`: with a receipt.
    receipt: Option<u8>,
    /// The date asked about of commissions that give none.
    as_at: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AskedFields {
    Standing,
    Reasons,
    Answer,
    Everything,
}

/// What is wanted of each commission.
#[derive(Clone, Copy)]
struct Wanted {
    fields: Fields,
    has_receipt: bool,
    today: Date,
    nesting_max: usize,
    /// The most commissions that a list may have.
    n_max: usize,
}

/// Answers a commission, or a list of them.
pub(super) async fn decide(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Problem> {
    let (Parts { uri, headers, .. }, body) = request.into_parts();
    let wanted = wanted(Query::try_from_uri(&uri), &shared.service.limits)?;
    let shape = shape(&headers)?;
    let required = required(&headers)?;
    let text = text(&headers, body).await?;
    let loaded = shared.served.loaded();
    check(required.as_deref(), &loaded)?;
    if let Some(page) = at_once(&loaded, &text, wanted, shape) {
        return Ok(page_of(shape, page, &loaded.digest));
    }
    let job = move |desk: &Desk<'_>, loaded: &Loaded, is_awaited: Awaited<'_>| {
        check(required.as_deref(), loaded)?;
        let page = answered(desk, loaded, &text, wanted, shape, is_awaited)?;
        Ok::<_, Problem>((page, loaded.digest.clone()))
    };
    let made = shared.served.at_a_desk(Work::Answer, job);
    let made = timeout(shared.service.limits.time, made);
    let (page, digest) = made.await.map_err(|_| Problem::too_long("the answer"))???;
    Ok(page_of(shape, page, &digest))
}

/// A short answer that needs no desk.
fn at_once(loaded: &Loaded, text: &str, wanted: Wanted, shape: Shape) -> Option<String> {
    let is_plain = shape == Shape::Json && !wanted.has_receipt && text.len() <= AT_ONCE_BYTES_MAX;
    if !is_plain || facts::check_nesting(text, wanted.nesting_max).is_err() {
        return None;
    }
    loaded.rules.at_once(text, wanted.today, wanted.fields)
}

fn wanted(asked: Result<Query<Asked>, QueryRejection>, limits: &Limits) -> Result<Wanted, Problem> {
    let Query(asked) = asked.map_err(|rejection| Problem::query(rejection.body_text()))?;
    let fields = match asked.fields.unwrap_or(AskedFields::Everything) {
        AskedFields::Standing => Fields::Standing,
        AskedFields::Reasons => Fields::Reasons,
        AskedFields::Answer => Fields::Answer,
        AskedFields::Everything => Fields::Everything,
    };
    let has_receipt = match asked.receipt {
        None | Some(0) => false,
        Some(1) => true,
        Some(other) => {
            return Err(Problem::query(format!("`receipt` is 0 or 1, and this is {other}")));
        }
    };
    let today = match &asked.as_at {
        None => super::today(),
        Some(day) => read_date(day).ok_or_else(|| {
            Problem::query(format!("`as_at` is a day such as 2026-03-02, and `{day}` is none"))
        })?,
    };
    let (nesting_max, n_max) = (limits.nesting, limits.n_commissions);
    Ok(Wanted { fields, has_receipt, today, nesting_max, n_max })
}

/// The form of the answer that a caller takes, the first of those it likes best.
fn shape(headers: &HeaderMap) -> Result<Shape, Problem> {
    let Some(accept) = headers.get(header::ACCEPT) else { return Ok(Shape::Json) };
    let accept = accept.to_str().unwrap_or_default();
    let mut best: Option<(f32, Shape)> = None;
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let shape = match parts.next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "*/*" | "application/*" | "application/json" => Shape::Json,
            "text/markdown" => Shape::Markdown,
            "text/html" | "text/*" => Shape::Html,
            _ => continue,
        };
        let quality = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok());
        let quality = quality.unwrap_or(1.0);
        if quality > 0.0 && best.is_none_or(|(other, _)| quality > other) {
            best = Some((quality, shape));
        }
    }
    best.map(|(_, shape)| shape).ok_or_else(|| {
        let detail = "answers are application/json, text/markdown or text/html";
        let title = "No form that the caller takes";
        Problem::new(StatusCode::NOT_ACCEPTABLE, "not-acceptable", title, detail)
    })
}

/// The digest of the rules that a caller requires.
fn required(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(required) = headers.get(RULES) else { return Ok(None) };
    let digest = required.to_str().ok().filter(|digest| !digest.is_empty());
    let digest = digest.ok_or_else(|| Problem::query("`Clearway-Rules` names no digest"))?;
    Ok(Some(digest.to_owned()))
}

/// Whether the rules loaded are those required: all of them, or one pack of them.
fn check(required: Option<&str>, loaded: &Loaded) -> Result<(), Problem> {
    let packs = || loaded.rules.graph().book().packs.rows();
    let is_loaded =
        |digest: &str| digest == loaded.digest || packs().any(|pack| pack.digest == digest);
    let Some(digest) = required.filter(|digest| !is_loaded(digest)) else { return Ok(()) };
    let detail = format!("the rules of digest {digest} are not loaded");
    let title = "Other rules are loaded";
    let named: Vec<_> =
        packs().map(|pack| json!({ "pack": pack.name, "digest": pack.digest })).collect();
    let there = json!({ "rules": loaded.digest, "packs": named });
    Err(Problem::new(StatusCode::CONFLICT, "other-rules", title, detail).with("loaded", there))
}

/// The body of a request as text.
async fn text(headers: &HeaderMap, body: Body) -> Result<String, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap_or_default());
    let essence = kind.map(|kind| kind.split(';').next().unwrap_or_default().trim());
    let is_json = |kind: &str| kind.eq_ignore_ascii_case("application/json");
    if essence.is_some_and(|kind| !is_json(kind)) {
        let detail = "a commission is application/json";
        let (code, title) = ("not-json-media", "The body is not JSON");
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, code, title, detail));
    }
    // It is there whole: it was waited for before the request was let in.
    let bytes = to_bytes(body, usize::MAX).await.map_err(|_| Problem::ours())?;
    crate::as_utf8(bytes.into(), "the body").map_err(|found| Problem::commission(&[*found]))
}

/// The answer to a body: of one commission, or a list of those of many.
fn answered(
    desk: &Desk<'_>,
    loaded: &Loaded,
    text: &str,
    wanted: Wanted,
    shape: Shape,
    is_awaited: Awaited<'_>,
) -> Result<String, Problem> {
    if !text.trim_start().starts_with('[') {
        return one(desk, loaded, text, wanted, shape).map_err(|found| Problem::commission(&found));
    }
    let list = list(text, shape, wanted.n_max)?;
    let mut answers = Vec::new();
    for (place, commission) in list.iter().enumerate() {
        if !is_awaited() {
            return Err(Problem::too_long("the answer"));
        }
        let answer = one(desk, loaded, commission.get(), wanted, shape);
        answers.push(answer.unwrap_or_else(|found| {
            let at = format!("/{place}");
            let faults: Vec<Fault> = found.iter().map(|found| Fault::of(found, &at)).collect();
            json!({ "errors": faults }).to_string()
        }));
    }
    Ok(format!("[{}]\n", answers.join(",\n")))
}

/// The commissions of a list, each as it is written.
fn list(text: &str, shape: Shape, n_max: usize) -> Result<Vec<&RawValue>, Problem> {
    if shape != Shape::Json {
        let detail = "a list of commissions is answered as application/json";
        let title = "No form that the caller takes";
        return Err(Problem::new(StatusCode::NOT_ACCEPTABLE, "not-acceptable", title, detail));
    }
    let list: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| {
        let title = "The list can't be read";
        Problem::new(StatusCode::BAD_REQUEST, "not-json", title, error.to_string())
    })?;
    if list.len() > n_max {
        let detail =
            format!("the list has {} commissions, over the {n_max} that are taken", list.len());
        let title = "Too many commissions";
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-many", title, detail));
    }
    Ok(list)
}

/// The answer to one commission.
fn one(
    desk: &Desk<'_>,
    loaded: &Loaded,
    text: &str,
    wanted: Wanted,
    shape: Shape,
) -> Result<String, Vec<Diagnostic>> {
    facts::check_nesting(text, wanted.nesting_max).map_err(|found| vec![*found])?;
    let commission = desk.read(text)?;
    if shape != Shape::Json {
        return Ok(desk.page(commission, wanted.today, shape));
    }
    if !wanted.has_receipt {
        return Ok(desk.answer(commission, wanted.today, wanted.fields));
    }
    let as_at = commission.as_at.unwrap_or(wanted.today);
    let answer = desk.answer(commission.clone(), as_at, wanted.fields);
    let book = loaded.rules.graph().book();
    let receipt = Receipt::of(book, &commission, as_at, wanted.fields, &answer);
    Ok(with_receipt(&answer, &receipt))
}

/// Two dates to compare.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dates {
    from: String,
    to: String,
}

/// Says what differs between the rules loaded at two dates.
pub(super) async fn diff(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let required = required(&headers)?;
    let text = text(&headers, body).await?;
    let bad = |detail: String| {
        let title = "The dates can't be read";
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad-dates", title, detail)
    };
    // A list of two would be taken for them, too, which the document of the service doesn't offer.
    let form = r#"write {"from": "2026-01-01", "to": "2026-06-01"}"#;
    let is_object = text.trim_start().starts_with('{');
    let read = is_object.then(|| serde_json::from_str::<Dates>(&text)).transpose();
    let read = read.map_err(|error| bad(format!("{error}; {form}")))?;
    let dates = read.ok_or_else(|| bad(format!("the body is no JSON object; {form}")))?;
    let day = |text: &str| {
        read_date(text).ok_or_else(|| bad(format!("`{text}` is no day such as 2026-03-02")))
    };
    let (from, to) = (day(&dates.from)?, day(&dates.to)?);
    let job = move |_: &Desk<'_>, loaded: &Loaded, _: Awaited<'_>| {
        check(required.as_deref(), loaded)?;
        let found = crate::prove::differences_between(loaded.rules.graph(), from, to);
        let (old, new) = (from.to_string(), to.to_string());
        let comparison = Comparison { old, new, differences: &found, recorded: None };
        Ok::<_, Problem>((report::differences_json(&comparison), loaded.digest.clone()))
    };
    let made = shared.served.at_a_desk(Work::Comparison, job);
    let made = timeout(shared.service.limits.time, made);
    let (page, digest) = made.await.map_err(|_| Problem::too_long("the comparison"))???;
    Ok(page_of(Shape::Json, page, &digest))
}

/// A page, made by rules of this digest.
fn page_of(shape: Shape, page: String, digest: &str) -> Response {
    let kind = match shape {
        Shape::Json => "application/json",
        Shape::Markdown => "text/markdown; charset=utf-8",
        Shape::Html => "text/html; charset=utf-8",
    };
    let mut response = Response::new(Body::from(page));
    let headers = response.headers_mut();
    headers.reserve(N_HEADERS);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    if let Ok(digest) = HeaderValue::from_str(digest) {
        headers.insert(RULES, digest);
    }
    response
}
