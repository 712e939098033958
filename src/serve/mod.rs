//! Answers over HTTP: JSON in, JSON out.
//!
//! Requests are read and written by an asynchronous runtime; answers are made by threads of their
//! own, one for each core, and comparisons by one more, so that no answer holds up a connection, and
//! no comparison an answer. What waits for them is bounded.

mod bodies;
mod counts;
mod decide;
mod errors;
mod fixed;
mod front;
mod guard;
mod listen;
mod openapi;
mod patient;
mod problem;
mod rules;
mod secured;

use std::num::NonZero;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::desk::{Service, Unserved};
use crate::quantity::Date;
use bodies::Bodies;
use counts::Counts;
use front::Front;
use problem::Problem;
use rules::{Loaded, Refused, Served};
use secured::Secured;

const DECIDE: &str = "/v1/decide";
const DIFF: &str = "/v1/diff";
const PACK: &str = "/v1/packs/{pack}";

/// How many paths are served.
const N_PATHS: usize = 11;

/// What every request sees.
pub(crate) struct Shared {
    service: Service,
    served: Served,
    counts: Counts,
    bodies: Bodies,
    /// A place for each request that may be worked on at once.
    room: Semaphore,
}

impl Shared {
    /// A place among the requests that are worked on at once.
    ///
    /// # Errors
    /// There is none now.
    fn place(&self) -> Result<SemaphorePermit<'_>, Problem> {
        self.room.try_acquire().map_err(|_| Problem::no_place())
    }
}

/// Answers commissions over HTTP, or HTTPS with a certificate, until told to stop (SIGTERM, or an
/// interrupt).
///
/// # Errors
/// The certificate or the rules can't be read, or nothing can be listened to.
pub fn serve(service: Service) -> Result<(), Unserved> {
    let secured = service.certificate.clone().map(Secured::open).transpose();
    let secured = secured.map_err(Unserved::Certificate)?;
    let front =
        open(service).map_err(|Refused { why, is_unread }| Unserved::Rules { why, is_unread })?;
    listen::listen(&front, secured).map_err(Unserved::System)
}

/// A router that answers as the service does: for tests, and for a program that serves it among its
/// own, over connections of its own.
///
/// # Errors
/// The rules can't be read: why, in words.
pub fn router(service: Service) -> Result<Router, String> {
    let front = open(service).map_err(|refused| refused.why)?;
    Ok(Router::new().fallback(async move |request: Request| {
        let notes = front.notes();
        front.answer(request, &notes).await
    }))
}

fn open(mut service: Service) -> Result<Front, Refused> {
    service.limits = service.limits.bounded();
    let loaded = Loaded::from(&service.rules)?;
    let n_threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let n_requests = service.limits.n_requests;
    let served = Served::new(service.rules.clone(), loaded, n_threads, n_requests);
    let (bodies, room) = (Bodies::new(&service.limits), Semaphore::new(n_requests));
    let shared = Arc::new(Shared { service, served, counts: Counts::new(), bodies, room });
    Ok(Front::new(shared))
}

/// The paths that are served, each with what answers it.
fn routes() -> [(&'static str, MethodRouter<Arc<Shared>>); N_PATHS] {
    [
        (DECIDE, post(decide::decide)),
        (DIFF, post(decide::diff)),
        ("/v1/packs", get(fixed::packs)),
        (PACK, get(fixed::pack)),
        ("/v1/schema/facts", get(fixed::facts_schema)),
        ("/v1/schema/answer", get(fixed::answer_schema)),
        ("/v1/graph", get(fixed::graph)),
        ("/openapi.json", get(fixed::openapi)),
        ("/health/live", get(|| async { "live\n" })),
        ("/health/ready", get(|| async { "ready\n" })),
        ("/metrics", get(metrics)),
    ]
}

async fn metrics(axum::extract::State(shared): axum::extract::State<Arc<Shared>>) -> Response {
    let n_free = shared.room.available_permits();
    let n_working = shared.service.limits.n_requests.saturating_sub(n_free);
    let text = shared.counts.text(u32::try_from(n_working).unwrap_or(u32::MAX));
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}

async fn no_such_path() -> Problem {
    let detail = "GET /openapi.json says which paths there are";
    Problem::new(StatusCode::NOT_FOUND, "no-such-path", "No such path", detail)
}

async fn no_such_method() -> Problem {
    let detail = "GET /openapi.json says which methods each path takes";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "no-such-method", "No such method", detail)
}

/// Today, where the machine is.
#[expect(clippy::disallowed_methods, reason = "a shell asks the clock for those within")]
fn today() -> Date {
    jiff::Zoned::now().date()
}
