//! The rules that are served, the threads that answer by them, and how other rules take their
//! place.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;

use tokio::sync::oneshot;

use super::problem::Problem;
use crate::desk::{Desk, Rules};
use crate::diagnostic::{self, Diagnostic, Style};
use crate::prove::Almanac;
use crate::receipt::rules_digest;
use crate::source::Sources;

/// Rules as they were read at one time.
pub(super) struct Loaded {
    pub(super) rules: Rules,
    /// The digest of all packs together.
    pub(super) digest: String,
    sources: Sources,
}

/// Something to do at a desk.
type Job = Box<dyn FnOnce(&Desk<'_>, &Loaded) + Send>;

/// The rules served now, and how others take their place.
pub(super) struct Served {
    places: Vec<PathBuf>,
    n_threads: usize,
    n_waiting: usize,
    now: RwLock<Staffed>,
}

/// Rules, and the way to the threads that answer by them. The threads end once nobody can give them
/// anything to do any more: what was begun under rules ends under them.
#[derive(Clone)]
struct Staffed {
    loaded: Arc<Loaded>,
    jobs: SyncSender<Job>,
}

impl Loaded {
    /// Reads and compiles rules.
    ///
    /// # Errors
    /// What is wrong with them, in words.
    pub(super) fn from(places: &[PathBuf]) -> Result<Self, String> {
        let read = match places.is_empty() {
            true => Ok(crate::embedded_law()),
            false => crate::law_in(places),
        };
        let told = |diagnostics: &[Diagnostic], sources: &Sources| {
            diagnostic::text(diagnostics, sources, Style::Plain)
        };
        let sources = read.map_err(|diagnostics| told(&diagnostics, &Sources::default()))?;
        let graph = crate::compile(&sources).map_err(|found| told(&found, &sources))?;
        let digest = rules_digest(graph.book());
        Ok(Self { rules: Rules::new(graph), digest, sources })
    }

    /// The scenarios of a person's own rules that fail.
    fn failing(&self) -> Vec<String> {
        let graph = self.rules.graph();
        let almanac = Almanac::new(graph);
        let own = graph.book().scenarios.rows().filter(|scenario| {
            let source = self.sources.get(scenario.span.file);
            source.is_some_and(|source| !crate::is_embedded(source.path()))
        });
        let failing = own.filter(|scenario| !almanac.mismatches(scenario).is_empty());
        failing.map(|scenario| scenario.title.clone()).collect()
    }
}

impl Served {
    /// Serves rules with so many threads; so many jobs may wait for them.
    pub(super) fn new(
        places: Vec<PathBuf>,
        loaded: Loaded,
        n_threads: usize,
        n_waiting: usize,
    ) -> Self {
        let now = RwLock::new(Staffed::new(loaded, n_threads, n_waiting));
        Self { places, n_threads, n_waiting, now }
    }

    fn now(&self) -> Staffed {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The rules served now.
    pub(super) fn loaded(&self) -> Arc<Loaded> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner).loaded)
    }

    /// Does something at the next desk that is free.
    ///
    /// # Errors
    /// No more can wait, or it could not be done.
    pub(super) async fn at_a_desk<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Desk<'_>, &Loaded) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let (done, result) = oneshot::channel();
        let job: Job = Box::new(move |desk, loaded| {
            // Who asked may have gone away.
            let _ = done.send(job(desk, loaded));
        });
        self.now().jobs.try_send(job).map_err(|_| Problem::busy())?;
        result.await.map_err(|_| Problem::ours())
    }

    /// Reads the rules again; they take the place of those served once they have compiled and
    /// passed their own scenarios.
    ///
    /// # Errors
    /// Why the old ones stay.
    pub(super) fn reload(&self) -> Result<String, String> {
        let loaded = Loaded::from(&self.places)?;
        let failing = loaded.failing();
        if !failing.is_empty() {
            return Err(format!("scenarios fail: {}", failing.join("; ")));
        }
        let digest = loaded.digest.clone();
        let staffed = Staffed::new(loaded, self.n_threads, self.n_waiting);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = staffed;
        Ok(digest)
    }

    /// Whether the rules on disk are other than those served.
    pub(super) fn has_changed(&self) -> bool {
        let texts = |sources: &Sources| -> Vec<(String, String)> {
            let both = |source: &crate::source::Source| {
                (source.path().to_owned(), source.text().to_owned())
            };
            sources.iter().map(|(_, source)| both(source)).collect()
        };
        !self.places.is_empty()
            && crate::rules_in(&self.places)
                .is_ok_and(|sources| texts(&sources) != texts(&self.loaded().sources))
    }
}

impl Staffed {
    /// Rules with so many threads; so many jobs may wait for them.
    fn new(loaded: Loaded, n_threads: usize, n_waiting: usize) -> Self {
        let loaded = Arc::new(loaded);
        let (jobs, given) = sync_channel(n_waiting);
        let by = Arc::clone(&loaded);
        thread::spawn(move || {
            let (first, given) = (Desk::new(&by.rules), Mutex::new(given));
            thread::scope(|scope| {
                for _ in 0..n_threads {
                    let (desk, by, given) = (first.beside(), &by, &given);
                    scope.spawn(move || work(&desk, by, given));
                }
            });
        });
        Self { loaded, jobs }
    }
}

/// Does jobs at a desk until nobody can give any more.
fn work(desk: &Desk<'_>, loaded: &Loaded, jobs: &Mutex<Receiver<Job>>) {
    let next = || jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok();
    while let Some(job) = next() {
        // A fault of ours costs one answer, not the service.
        let _ = catch_unwind(AssertUnwindSafe(|| job(desk, loaded)));
    }
}
