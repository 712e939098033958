//! What every request goes through, whoever asks for whatever: who they are, whether there is room,
//! what answers it, and what is told of it afterwards.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tower::{Service, service_fn};
use tower_http::compression::Compression;

use super::problem::{self, Problem};
use super::{DECIDE, DIFF, N_PATHS, PACK, Shared, decide, guard, no_such_method, no_such_path};

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

/// Answers requests of all connections.
#[derive(Clone)]
pub(super) struct Front {
    shared: Arc<Shared>,
    routes: Router,
    /// The paths that are served, as they are counted.
    paths: [&'static str; N_PATHS],
}

/// What is to be told of requests that are answered: no caller waits until it is counted and logged.
/// It is told when asked for, at the latest when these notes are dropped.
pub(super) struct Notes<'a> {
    shared: &'a Shared,
    waiting: Mutex<Vec<Note>>,
}

struct Note {
    method: Method,
    path: &'static str,
    status: u16,
    took: Duration,
    caller: Option<String>,
}

impl Front {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        let served = super::routes();
        let paths = served.each_ref().map(|(path, _)| *path);
        let routes = served
            .into_iter()
            .fold(Router::new(), |routes, (path, methods)| routes.route(path, methods));
        let routes = routes.fallback(no_such_path).method_not_allowed_fallback(no_such_method);
        Self { routes: routes.with_state(Arc::clone(&shared)), shared, paths }
    }

    pub(super) const fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// Notes of requests that this answers.
    pub(super) fn notes(&self) -> Notes<'_> {
        Notes { shared: &self.shared, waiting: Mutex::new(Vec::new()) }
    }

    /// Answers a request, in the encoding that its caller takes.
    pub(super) async fn answer(&self, request: Request, notes: &Notes<'_>) -> Response {
        if !request.headers().contains_key(header::ACCEPT_ENCODING) {
            return self.guarded(request, notes).await;
        }
        let plain =
            service_fn(async |request| Ok::<_, Infallible>(self.guarded(request, notes).await));
        let Ok(compressed) = Compression::new(plain).call(request).await;
        let kind = compressed.headers().get(header::CONTENT_TYPE);
        if compressed.status() == StatusCode::NOT_ACCEPTABLE
            && kind.is_none_or(|kind| kind != problem::MEDIA)
        {
            // The library lets the answer go in an encoding that its caller refused.
            let detail = "what is sent is encoded by gzip, by br, or not at all (`identity`)";
            return headed(Problem::not_acceptable(detail).into_response());
        }
        compressed.map(Body::new)
    }

    /// Lets a request in, or says why not; notes it either way.
    async fn guarded(&self, request: Request, notes: &Notes<'_>) -> Response {
        let began = began();
        let method = request.method().clone();
        let path = self.known(request.uri().path());
        let caller = guard::caller(&self.shared.service.tokens, request.headers());
        let response = match &caller {
            _ if path.starts_with("/health/") => self.routed(path, request).await,
            None => guard::unauthorized(),
            Some(_) => self.admitted(path, request).await.unwrap_or_else(Problem::into_response),
        };
        let response = headed(response);
        let (status, took) = (response.status().as_u16(), began.elapsed());
        notes.add(Note { method, path, status, took, caller: caller.flatten() });
        response
    }

    /// Answers a request in a place of those that are worked on at once. One with a body to wait for
    /// takes its place itself, once that is there.
    async fn admitted(&self, path: &str, request: Request) -> Result<Response, Problem> {
        let has_body = request.method() == Method::POST && matches!(path, DECIDE | DIFF);
        let place = (!has_body).then(|| self.shared.place()).transpose()?;
        let response = self.routed(path, request).await;
        drop(place);
        Ok(response)
    }

    async fn routed(&self, path: &str, request: Request) -> Response {
        // What most ask for need not be looked for.
        if path == DECIDE && request.method() == Method::POST {
            return decide::decide(State(Arc::clone(&self.shared)), request).await.into_response();
        }
        let Ok(response) = self.routes.clone().call(request).await;
        response
    }

    /// A path by the name under which it is counted: one that nobody serves is anybody's invention,
    /// and no name to count by.
    fn known(&self, path: &str) -> &'static str {
        let pack = path.strip_prefix("/v1/packs/");
        if pack.is_some_and(|name| !name.is_empty() && !name.contains('/')) {
            return PACK;
        }
        self.paths.into_iter().find(|known| *known == path).unwrap_or("none")
    }
}

/// A response with the headers that every one has.
fn headed(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}

impl Notes<'_> {
    fn add(&self, note: Note) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(note);
    }

    /// Counts and logs what was answered.
    pub(super) fn tell(&self) {
        let waiting =
            std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        for Note { method, path, status, took, caller } in waiting {
            self.shared.counts.answered(path, status, took);
            // Commissions can be confidential: neither the query nor the body is logged.
            tracing::info!(
                %method,
                %path,
                status,
                micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
                caller = caller.unwrap_or_default(),
                "answered"
            );
        }
    }
}

impl Drop for Notes<'_> {
    fn drop(&mut self) {
        self.tell();
    }
}

#[expect(clippy::disallowed_methods, reason = "a shell may ask how long an answer took")]
fn began() -> Instant {
    Instant::now()
}
