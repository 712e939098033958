//! The bodies of requests as they come in.
//!
//! A request is worked on once its body is there: until then it holds no place of those that are
//! worked on, so that callers who send slowly hold up nobody. What they have sent meanwhile takes up
//! memory, and of that there is a bound for all together.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::problem::Problem;
use crate::desk::Limits;

/// The first bytes of each body, which are not counted: there are no more bodies than connections.
const UNCOUNTED: usize = 16 << 10;

/// The bytes that one permit stands for.
const BYTES_OF_PERMIT: usize = 1 << 10;

/// What bodies may take up.
pub(super) struct Bodies {
    /// Memory for all large ones together.
    memory: Arc<Semaphore>,
    /// The bytes that one may have.
    n_bytes_max: usize,
    /// How long one may take to come in.
    time: Duration,
}

/// A body that is there whole.
pub(super) struct Whole {
    pub(super) bytes: Bytes,
    /// What it takes up of the memory for all: to be kept as long as the body is.
    pub(super) memory: Option<OwnedSemaphorePermit>,
}

impl Bodies {
    /// Memory for as many bodies of the largest size as there may be requests.
    pub(super) fn new(limits: &Limits) -> Self {
        let n_permits = limits.n_requests.saturating_mul(limits.body_bytes) / BYTES_OF_PERMIT;
        Self {
            memory: Arc::new(Semaphore::new(n_permits.min(Semaphore::MAX_PERMITS))),
            n_bytes_max: limits.body_bytes,
            time: limits.time,
        }
    }

    /// Takes in a body.
    ///
    /// # Errors
    /// It is too large, is cut short, takes too long, or there is no memory for it now.
    pub(super) async fn whole(&self, body: Body) -> Result<Whole, Problem> {
        let taken = timeout(self.time, self.taken(body)).await;
        taken.map_err(|_| Problem::too_long("sending the body"))?
    }

    async fn taken(&self, mut body: Body) -> Result<Whole, Problem> {
        let size = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
        if size > self.n_bytes_max {
            return Err(self.too_large());
        }
        let mut bytes = Vec::new();
        let mut memory = None;
        while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
            let Ok(more) = frame.map_err(|_| cut_short())?.into_data() else { continue };
            let n_bytes = bytes.len().saturating_add(more.len());
            if n_bytes > self.n_bytes_max {
                return Err(self.too_large());
            }
            self.hold(n_bytes, &mut memory)?;
            // Most come in one piece.
            if bytes.is_empty() && body.is_end_stream() {
                return Ok(Whole { bytes: more, memory });
            }
            bytes.extend_from_slice(&more);
        }
        Ok(Whole { bytes: bytes.into(), memory })
    }

    /// Holds the memory that so many bytes of a body take up.
    fn hold(
        &self,
        n_bytes: usize,
        memory: &mut Option<OwnedSemaphorePermit>,
    ) -> Result<(), Problem> {
        let n_permits = n_bytes.saturating_sub(UNCOUNTED).div_ceil(BYTES_OF_PERMIT);
        let n_held = memory.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let n_more = u32::try_from(n_permits.saturating_sub(n_held)).unwrap_or(u32::MAX);
        if n_more == 0 {
            return Ok(());
        }
        let more = Arc::clone(&self.memory).try_acquire_many_owned(n_more);
        let more = more.map_err(|_| Problem::busy("large bodies take up all they may"))?;
        match memory {
            Some(memory) => memory.merge(more),
            None => *memory = Some(more),
        }
        Ok(())
    }

    fn too_large(&self) -> Problem {
        let detail = format!("the body has more than {} bytes", self.n_bytes_max);
        let title = "The body is too large";
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", title, detail)
    }
}

/// A body that ends before it should, or whose chunks are not as they should be.
fn cut_short() -> Problem {
    let detail = "the body is shorter than its `Content-Length` says, or its chunks can't be read";
    Problem::new(StatusCode::BAD_REQUEST, "cut-short", "The body was cut short", detail)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::response::IntoResponse;
    use tokio::runtime::Builder;

    use super::{Bodies, Problem};
    use crate::desk::Limits;

    #[test]
    fn large_bodies_take_up_no_more_than_they_may_together_and_small_ones_come_in_beside_them() {
        let limits = Limits { n_requests: 1, body_bytes: 64 << 10, ..Limits::DEFAULT };
        let bodies = Bodies::new(&limits);
        let of = |n_bytes: usize| bodies.whole(Body::from(vec![b' '; n_bytes]));
        let status = |refused: Problem| refused.into_response().status().as_u16();
        let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
        runtime.block_on(async {
            let large = of(60_000).await.expect("there is room for one");
            assert_eq!(large.bytes.len(), 60_000);
            assert_eq!(of(60_000).await.map(|_| ()).map_err(status), Err(503));
            assert_eq!(of(10_000).await.map(|_| ()).map_err(status), Ok(()));
            drop(large);
            assert_eq!(of(60_000).await.map(|_| ()).map_err(status), Ok(()));
            assert_eq!(of(65_537).await.map(|_| ()).map_err(status), Err(413));
        });
    }
}
