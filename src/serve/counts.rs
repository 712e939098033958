//! What a service counts, for Prometheus.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use metrics::{Counter, Histogram, counter, gauge, histogram, with_local_recorder};
use metrics_exporter_prometheus::{
    Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder,
};

/// The bounds of the histogram of answers, in seconds.
const BOUNDS: [f64; 11] = [0.000_1, 0.000_5, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0];

/// The counters of one service.
pub(super) struct Counts {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
    /// Those of answers by status, each asked of the recorder once.
    answers: Mutex<BTreeMap<u16, ByPath>>,
    /// How often it has counted an answer.
    n_answered: AtomicUsize,
}

/// How many answers there were on each path, and how long they took.
type ByPath = BTreeMap<Box<str>, (Counter, Histogram)>;

/// After so many answers the times are gathered into their buckets, lest they be kept one by one
/// where nobody ever asks for the counters.
const GATHER_EVERY: usize = 4_096;

impl Counts {
    pub(super) fn new() -> Self {
        let name = Matcher::Full("clearway_request_seconds".to_owned());
        let builder = PrometheusBuilder::new().set_buckets_for_metric(name, &BOUNDS);
        let recorder = builder.unwrap_or_else(|_| PrometheusBuilder::new()).build_recorder();
        let handle = recorder.handle();
        Self { recorder, handle, answers: Mutex::default(), n_answered: AtomicUsize::new(0) }
    }

    /// Counts a request that was answered.
    pub(super) fn answered(&self, path: &str, status: u16, took: Duration) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let of_status = answers.entry(status).or_default();
        if !of_status.contains_key(path) {
            of_status.insert(path.into(), self.of_answers(path, status));
        }
        if let Some((number, times)) = of_status.get(path) {
            number.increment(1);
            times.record(took);
        }
        drop(answers);
        if self.n_answered.fetch_add(1, Ordering::Relaxed) % GATHER_EVERY == GATHER_EVERY - 1 {
            self.handle.run_upkeep();
        }
    }

    fn of_answers(&self, path: &str, status: u16) -> (Counter, Histogram) {
        with_local_recorder(&self.recorder, || {
            let (path, status) = (path.to_owned(), status.to_string());
            let number =
                counter!("clearway_requests_total", "path" => path.clone(), "status" => status);
            (number, histogram!("clearway_request_seconds", "path" => path))
        })
    }

    /// Counts that rules, or a certificate, were read again, and whether they took the place of the
    /// old ones.
    pub(super) fn reloaded(&self, what: &'static str, is_taken: bool) {
        let result = if is_taken { "taken" } else { "refused" };
        with_local_recorder(&self.recorder, || {
            counter!("clearway_reloads_total", "what" => what, "result" => result).increment(1);
        });
    }

    /// Counts a connection on which TLS was not agreed.
    pub(super) fn not_secured(&self) {
        with_local_recorder(&self.recorder, || {
            counter!("clearway_handshakes_failed_total").increment(1);
        });
    }

    /// The counters as Prometheus reads them, with the requests that are being worked on.
    pub(super) fn text(&self, n_working: u32) -> String {
        with_local_recorder(&self.recorder, || {
            gauge!("clearway_requests_working").set(n_working);
        });
        self.handle.run_upkeep();
        self.handle.render()
    }
}
