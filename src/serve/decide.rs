//! `POST /v1/decide` and `POST /v1/diff`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value as Json, json};
use tokio::sync::{OwnedSemaphorePermit, SemaphorePermit};
use tokio::time::timeout;

use super::Shared;
use super::bodies::Whole;
use super::problem::{Fault, Problem, step};
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
    fields: Option<String>,
    /// `1`: with a receipt.
    receipt: Option<String>,
    /// The date asked about of commissions that give none.
    as_at: Option<String>,
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
    check_shape(shape, wanted)?;
    let required = required(&headers)?;
    let Text { text, memory, place } = text(&shared, &headers, body).await?;
    let loaded = shared.served.loaded();
    check(required.as_deref(), &loaded)?;
    if let Some(page) = at_once(&loaded, &text, wanted, shape) {
        return Ok(page_of(shape, page, &loaded.digest));
    }
    let job = move |desk: &Desk<'_>, loaded: &Loaded, is_awaited: Awaited<'_>| {
        check(required.as_deref(), loaded)?;
        let page = answered(desk, loaded, &text, wanted, shape, is_awaited)?;
        drop((text, memory));
        Ok::<_, Problem>((page, loaded.digest.clone()))
    };
    let made = shared.served.at_a_desk(Work::Answer, job);
    let made = timeout(shared.service.limits.time, made);
    let (page, digest) = made.await.map_err(|_| Problem::too_long("the answer"))???;
    drop(place);
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
    let Query(asked) = asked.map_err(|rejection| Problem::names(&rejection))?;
    let fields = match asked.fields.as_deref() {
        Some("standing") => Fields::Standing,
        Some("reasons") => Fields::Reasons,
        Some("answer") => Fields::Answer,
        None | Some("everything") => Fields::Everything,
        Some(other) => {
            return Err(Problem::query(format!(
                "`fields` is standing, reasons, answer or everything, and this is `{other}`"
            )));
        }
    };
    let has_receipt = match asked.receipt.as_deref() {
        None | Some("0") => false,
        Some("1") => true,
        Some(other) => {
            return Err(Problem::query(format!("`receipt` is 0 or 1, and this is `{other}`")));
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

/// Refuses what a page can't have: it has all there is to say, and no receipt.
fn check_shape(shape: Shape, wanted: Wanted) -> Result<(), Problem> {
    let only_json = |what: &str| {
        let detail = format!("{what} is part of an answer as application/json, not of a page");
        Err(Problem::not_acceptable(detail))
    };
    match shape {
        Shape::Json => Ok(()),
        Shape::Markdown | Shape::Html if wanted.has_receipt => only_json("a receipt"),
        Shape::Markdown | Shape::Html if wanted.fields != Fields::Everything => {
            only_json("`fields`")
        }
        Shape::Markdown | Shape::Html => Ok(()),
    }
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
        Problem::not_acceptable("answers are application/json, text/markdown or text/html")
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

/// The body of a request, and what it holds.
struct Text<'s> {
    text: String,
    /// To be kept as long as the text is.
    memory: Option<OwnedSemaphorePermit>,
    /// To be kept until the request is answered.
    place: SemaphorePermit<'s>,
}

/// The body of a request as text, once it is there and there is a place to work on it.
async fn text<'s>(
    shared: &'s Shared,
    headers: &HeaderMap,
    body: Body,
) -> Result<Text<'s>, Problem> {
    let said = |name| headers.get(name).map(|said: &HeaderValue| said.to_str().unwrap_or("?"));
    let unsupported = |code, title, detail: String| {
        Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, code, title, detail)
    };
    if let Some(kind) = said(header::CONTENT_TYPE) {
        let essence = kind.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/json") {
            let detail = format!("send it with `Content-Type: application/json`; this is `{kind}`");
            return Err(unsupported("not-json-media", "The body is not said to be JSON", detail));
        }
    }
    if let Some(coding) = said(header::CONTENT_ENCODING).filter(|coding| *coding != "identity") {
        let detail = format!("send it as it is, not as `Content-Encoding: {coding}`");
        return Err(unsupported("encoded-body", "The body is encoded", detail));
    }
    let Whole { bytes, memory } = shared.bodies.whole(body).await?;
    let place = shared.place()?;
    let text = crate::as_utf8(bytes.into(), "the body");
    let text = text.map_err(|found| Problem::commission(&[*found], ""))?;
    Ok(Text { text, memory, place })
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
        return one(desk, loaded, text, wanted, shape)
            .map_err(|found| Problem::commission(&found, text));
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
            let of = |found| Fault::of(found, commission.get(), &at);
            let faults: Vec<Fault> = found.iter().map(of).collect();
            json!({ "errors": faults }).to_string()
        }));
    }
    Ok(format!("[{}]\n", answers.join(",\n")))
}

/// The commissions of a list, each as it is written.
fn list(text: &str, shape: Shape, n_max: usize) -> Result<Vec<&RawValue>, Problem> {
    if shape != Shape::Json {
        let detail = "a list of commissions is answered as application/json";
        return Err(Problem::not_acceptable(detail));
    }
    let list = serde_json::from_str::<Vec<&RawValue>>(text);
    let list = list.map_err(|error| Problem::not_json("the list", text, &error))?;
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

/// What is said of a body that gives no two dates.
const DATES: &str = r#"write {"from": "2026-01-01", "to": "2026-06-01"}"#;

/// The two dates to compare that a body gives, and nothing else.
fn dates(text: &str) -> Result<(Date, Date), Problem> {
    let bad = |faults| {
        let title = "The dates can't be read";
        Problem::of_faults(StatusCode::UNPROCESSABLE_ENTITY, "bad-dates", title, faults)
    };
    let fault =
        |pointer: &str, message: String| Fault::at("bad-dates", pointer, message, DATES.to_owned());
    let body = facts::read_json(text);
    let (body, twice) = body.map_err(|error| Problem::not_json("the body", text, &error))?;
    let Some(members) = body.as_object() else {
        return Err(bad(vec![fault("", format!("the body is no JSON object; {DATES}"))]));
    };
    let twice = twice.map(|name| fault(&step(&name), format!("`{name}` is given twice")));
    let mut faults: Vec<Fault> = twice.into_iter().collect();
    let mut day = |name: &str| {
        let given = members.get(name);
        let day = given.and_then(Json::as_str).and_then(read_date);
        if day.is_none() {
            let message = match given {
                Some(given) => format!("`{name}` is a day such as 2026-03-02, and this is {given}"),
                None => format!("`{name}` is missing; {DATES}"),
            };
            faults.push(fault(&format!("/{name}"), message));
        }
        day
    };
    let (from, to) = (day("from"), day("to"));
    for name in members.keys().filter(|name| !["from", "to"].contains(&name.as_str())) {
        faults.push(fault(&step(name), format!("nothing is called `{name}` here; {DATES}")));
    }
    match (from, to) {
        (Some(from), Some(to)) if faults.is_empty() => Ok((from, to)),
        _ => Err(bad(faults)),
    }
}

/// Says what differs between the rules loaded at two dates.
pub(super) async fn diff(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let required = required(&headers)?;
    let Text { text, place, .. } = text(&shared, &headers, body).await?;
    let (from, to) = dates(&text)?;
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
    drop(place);
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
