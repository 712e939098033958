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
use crate::diagnostic::{self, Code, Diagnostic, Style};
use crate::prove::Almanac;
use crate::receipt::rules_digest;
use crate::source::{Source, Sources};

/// Rules as they were read at one time.
pub(super) struct Loaded {
    pub(super) rules: Rules,
    /// The digest of all packs together.
    pub(super) digest: String,
    sources: Sources,
}

/// Why rules are not served.
#[derive(Debug)]
pub(super) struct Refused {
    /// What is wrong with them, in words.
    pub(super) why: String,
    /// Whether they can't be read at all.
    pub(super) is_unread: bool,
}

/// Something to do at a desk.
type Job = Box<dyn FnOnce(&Desk<'_>, &Loaded) + Send>;

/// Whether somebody still waits for what is being done.
pub(super) type Awaited<'a> = &'a dyn Fn() -> bool;

/// What kind of work a thread is asked for.
#[derive(Clone, Copy)]
pub(super) enum Work {
    /// An answer: one thread for each core makes them.
    Answer,
    /// A comparison, which may take a hundred times as long: they have one thread to themselves, so
    /// that no number of them holds up an answer.
    Comparison,
}

/// The rules served now, and how others take their place.
pub(super) struct Served {
    places: Vec<PathBuf>,
    n_threads: usize,
    n_waiting: usize,
    now: RwLock<Staffed>,
    /// What stood on disk when it was last looked at.
    seen: Mutex<Option<OnDisk>>,
}

/// The texts of rules with their paths, or why they can't be read.
type OnDisk = Result<Vec<(String, String)>, String>;

/// Rules, and the way to the threads that answer by them. The threads end once nobody can give them
/// anything to do any more: what was begun under rules ends under them.
#[derive(Clone)]
struct Staffed {
    loaded: Arc<Loaded>,
    answers: SyncSender<Job>,
    comparisons: SyncSender<Job>,
}

impl Loaded {
    /// Reads and compiles rules.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(super) fn from(places: &[PathBuf]) -> Result<Self, Refused> {
        let read = match places.is_empty() {
            true => Ok(crate::embedded_law()),
            false => crate::law_in(places),
        };
        let told = |diagnostics: &[Diagnostic], sources: &Sources| {
            let is_unread = diagnostics.iter().any(|told| told.code == Code::CannotRead);
            Refused { why: diagnostic::text(diagnostics, sources, Style::Plain), is_unread }
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
        Self { places, n_threads, n_waiting, now, seen: Mutex::default() }
    }

    fn now(&self) -> Staffed {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The rules served now.
    pub(super) fn loaded(&self) -> Arc<Loaded> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner).loaded)
    }

    /// Does something at the next desk that is free for such work, unless nobody waits for it any
    /// more by then.
    ///
    /// # Errors
    /// No more can wait, or it could not be done.
    pub(super) async fn at_a_desk<T: Send + 'static>(
        &self,
        work: Work,
        job: impl FnOnce(&Desk<'_>, &Loaded, Awaited<'_>) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let (done, result) = oneshot::channel();
        let job: Job = Box::new(move |desk, loaded| {
            if done.is_closed() {
                return;
            }
            let made = job(desk, loaded, &|| !done.is_closed());
            // Who asked may have gone away.
            let _ = done.send(made);
        });
        self.now().jobs(work).try_send(job).map_err(|_| Problem::no_place())?;
        result.await.map_err(|_| Problem::ours())
    }

    /// Reads the rules again; they take the place of those served once they have compiled and
    /// passed their own scenarios.
    ///
    /// # Errors
    /// Why the old ones stay.
    pub(super) fn reload(&self) -> Result<String, String> {
        let loaded = Loaded::from(&self.places).map_err(|refused| refused.why)?;
        let failing = loaded.failing();
        if !failing.is_empty() {
            return Err(format!("scenarios fail: {}", failing.join("; ")));
        }
        let digest = loaded.digest.clone();
        let staffed = Staffed::new(loaded, self.n_threads, self.n_waiting);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = staffed;
        Ok(digest)
    }

    /// Whether the rules on disk are other than those served, and than those last looked at: what
    /// was refused once is not tried again until it changes.
    pub(super) fn has_changed(&self) -> bool {
        let text = |source: &Source| (source.path().to_owned(), source.text().to_owned());
        let texts = |sources: &Sources| sources.iter().map(|(_, source)| text(source)).collect();
        if self.places.is_empty() {
            return false;
        }
        let on_disk: OnDisk =
            crate::rules_in(&self.places).map(|sources| texts(&sources)).map_err(|told| {
                told.iter().map(|told| told.message.as_str()).collect::<Vec<_>>().join("; ")
            });
        let is_served = on_disk.as_ref().is_ok_and(|on_disk| {
            let served: Vec<(String, String)> = texts(&self.loaded().sources);
            *on_disk == served
        });
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = seen.as_ref() != Some(&on_disk);
        *seen = Some(on_disk);
        is_new && !is_served
    }
}

impl Staffed {
    /// Rules with so many threads for answers, and one for comparisons; so many jobs may wait for
    /// either.
    fn new(loaded: Loaded, n_threads: usize, n_waiting: usize) -> Self {
        let loaded = Arc::new(loaded);
        let (answers, to_answer) = sync_channel(n_waiting);
        let (comparisons, to_compare) = sync_channel(n_waiting);
        let by = Arc::clone(&loaded);
        thread::spawn(move || {
            let first = Desk::new(&by.rules);
            let (to_answer, to_compare) = (Mutex::new(to_answer), Mutex::new(to_compare));
            let answering = std::iter::repeat_n(&to_answer, n_threads);
            thread::scope(|scope| {
                for given in answering.chain([&to_compare]) {
                    let (desk, by) = (first.beside(), &by);
                    scope.spawn(move || work(&desk, by, given));
                }
            });
        });
        Self { loaded, answers, comparisons }
    }

    const fn jobs(&self, work: Work) -> &SyncSender<Job> {
        match work {
            Work::Answer => &self.answers,
            Work::Comparison => &self.comparisons,
        }
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use tokio::runtime::Builder;

    use super::{Loaded, Served, Work};

    /// The embedded law, with one thread for answers.
    fn served() -> Served {
        Served::new(Vec::new(), Loaded::from(&[]).expect("the law"), 1, 8)
    }

    fn wait<T>(until: impl Future<Output = T>) -> T {
        let runtime = Builder::new_current_thread().build();
        runtime.expect("a runtime").block_on(until)
    }

    #[test]
    fn a_comparison_holds_up_no_answer() {
        let served = served();
        let (tell, told) = channel();
        wait(async {
            let comparison = served.at_a_desk(Work::Comparison, move |_, _, _| told.recv());
            let answer = served.at_a_desk(Work::Answer, move |_, _, _| tell.send("answered"));
            let (heard, said) = tokio::join!(comparison, answer);
            assert_eq!(heard.ok(), Some(Ok("answered")));
            assert_eq!(said.ok(), Some(Ok(())));
        });
    }

    #[test]
    fn what_nobody_waits_for_any_more_may_end_and_is_not_begun() {
        let served = served();
        let (begin, begun) = channel();
        let first = begin.clone();
        wait(async {
            let mut endless = Box::pin(served.at_a_desk(Work::Answer, move |_, _, is_awaited| {
                let _ = first.send("the endless");
                while is_awaited() {
                    std::thread::yield_now();
                }
            }));
            let mut behind = Box::pin(
                served.at_a_desk(Work::Answer, move |_, _, _| begin.send("what is behind")),
            );
            let is_begun = async {
                while begun.try_recv().is_err() {
                    tokio::task::yield_now().await;
                }
            };
            tokio::select! {
                biased;
                _ = async { tokio::join!(&mut endless, &mut behind) } => {}
                () = is_begun => {}
            }
            // In this order: once nobody waits for the endless, what is behind would be next.
            drop(behind);
            drop(endless);
            // Had it not ended, this would never be answered.
            let next = served.at_a_desk(Work::Answer, |_, _, _| "the next").await;
            assert_eq!(next.ok(), Some("the next"));
        });
        assert_eq!(begun.try_recv().ok(), None);
    }
}
