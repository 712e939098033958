//! What the rules loaded say of themselves: pages that stay the same until other rules are loaded.

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::problem::Problem;
use super::rules::Loaded;
use super::{Shared, openapi};
use crate::pack::Thing;
use crate::report::{self, DrawingFormat};

const JSON: &str = "application/json";
const SCHEMA: &str = "application/schema+json";

/// `GET /v1/packs`
pub(super) async fn packs(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let loaded = shared.served.loaded();
    page(&headers, &loaded, JSON, "packs", || {
        report::packs_json(loaded.rules.graph().book(), &loaded.digest)
    })
}

/// `GET /v1/packs/{pack}`
pub(super) async fn pack(
    State(shared): State<Arc<Shared>>,
    name: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let loaded = shared.served.loaded();
    let book = loaded.rules.graph().book();
    let no_such_pack = |what: &str| {
        let names: Vec<&str> = book.packs.rows().map(|pack| pack.name.as_str()).collect();
        let detail = format!("{what}; there are {}", names.join(", "));
        Problem::new(StatusCode::NOT_FOUND, "no-such-pack", "No such pack", detail)
    };
    let Path(name) = name.map_err(|_| no_such_pack("the name is not UTF-8"))?;
    let Some(Thing::Pack(pack)) = book.names.get(&name).copied() else {
        return Err(no_such_pack(&format!("no pack is called `{name}`")));
    };
    Ok(page(&headers, &loaded, JSON, &name, || report::pack_json(book, pack)))
}

/// `GET /v1/schema/facts`
pub(super) async fn facts_schema(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
) -> Response {
    let loaded = shared.served.loaded();
    page(&headers, &loaded, SCHEMA, "facts", || format!("{:#}\n", loaded.rules.form().schema()))
}

/// `GET /v1/schema/answer`
pub(super) async fn answer_schema(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
) -> Response {
    let loaded = shared.served.loaded();
    page(&headers, &loaded, SCHEMA, "answer", || format!("{:#}\n", report::answer_schema()))
}

/// How a graph is drawn.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Drawn {
    format: Option<Format>,
    /// Only this route and what leads to it.
    route: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Format {
    Svg,
    Dot,
    Mermaid,
    Json,
}

/// `GET /v1/graph`
pub(super) async fn graph(
    State(shared): State<Arc<Shared>>,
    drawn: Result<Query<Drawn>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Query(drawn) = drawn.map_err(|rejection| Problem::names(&rejection))?;
    let loaded = shared.served.loaded();
    let graph = loaded.rules.graph();
    let route = match drawn.route.as_deref().map(|name| graph.book().names.get(name).copied()) {
        None => None,
        Some(Some(Thing::Route(route))) => Some(route),
        Some(_) => {
            let name = drawn.route.as_deref().unwrap_or_default();
            let detail = format!("no route is called `{name}`: `GET /openapi.json` lists them");
            return Err(Problem::query(detail));
        }
    };
    let (format, kind, name) = match drawn.format.unwrap_or(Format::Json) {
        Format::Svg => (DrawingFormat::Svg, "image/svg+xml", "svg"),
        Format::Dot => (DrawingFormat::Dot, "text/vnd.graphviz; charset=utf-8", "dot"),
        Format::Mermaid => (DrawingFormat::Mermaid, "text/plain; charset=utf-8", "mermaid"),
        Format::Json => (DrawingFormat::Json, JSON, "json"),
    };
    let name = format!("graph-{name}-{}", drawn.route.as_deref().unwrap_or_default());
    Ok(page(&headers, &loaded, kind, &name, || report::draw(graph, format, route, None)))
}

/// `GET /openapi.json`
pub(super) async fn openapi(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let loaded = shared.served.loaded();
    page(&headers, &loaded, JSON, "openapi", || {
        let routes = loaded.rules.graph().book().routes.rows();
        let routes: Vec<&str> = routes.map(|route| route.name.as_str()).collect();
        format!("{:#}\n", openapi::document(loaded.rules.form().schema(), &routes))
    })
}

/// A page under a tag that is another when the rules or the engine are; nothing but the tag where
/// the caller has the page already.
fn page(
    headers: &HeaderMap,
    loaded: &Loaded,
    kind: &'static str,
    name: &str,
    text: impl FnOnce() -> String,
) -> Response {
    // Weak: the page is the same however it is compressed on its way.
    let tag = format!("\"{}-{}-{name}\"", env!("CARGO_PKG_VERSION"), loaded.digest);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let is_known = known.is_some_and(|known| {
        known
            .split(',')
            .map(|tag| tag.trim().trim_start_matches("W/"))
            .any(|it| it == tag || it == "*")
    });
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], text()).into_response()
    };
    // A route's name, the one part that a caller writes, is that of a route.
    if let Ok(tag) = HeaderValue::from_str(&format!("W/{tag}")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    let control = HeaderValue::from_static("no-cache");
    response.headers_mut().insert(header::CACHE_CONTROL, control);
    response
}
