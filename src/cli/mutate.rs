//! `clearway test --mutate`

use std::path::Path;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{Test, TestFormat};
use super::console::Console;
use super::exit::Exit;
use crate::decide::mismatches;
use crate::graph::Graph;
use crate::pack::{Mutant, ScenarioId, mutants};
use crate::prove::mutation::{Fate, Trial, proved};
use crate::report::{Progress, Trials, Tried, mutant_id, thing_name};
use crate::source::{Sources, Span};

/// What a run works on.
struct Run<'r> {
    graph: &'r Graph,
    sources: &'r Sources,
    trial: Trial<'r>,
    /// The file that progress is kept in.
    file: Option<&'r Path>,
}

/// Changes the rules bit by bit, and says which changes no scenario notices.
pub(super) fn mutate(
    args: &Test,
    graph: &Graph,
    sources: &Sources,
    console: &mut Console<'_>,
) -> Exit {
    let book = graph.book();
    let is_own = |span: Span| {
        sources.get(span.file).is_some_and(|source| !crate::is_embedded(source.path()))
    };
    let scenarios = book.scenarios.iter().filter(|(_, scenario)| is_own(scenario.span));
    let scenarios: Vec<ScenarioId> = scenarios.map(|(id, _)| id).collect();
    if let Some(exit) = refused(graph, &scenarios, console) {
        return exit;
    }
    let is_wanted = |mutant: &&Mutant| {
        let has = |name: &str| args.filter.as_ref().is_none_or(|filter| name.contains(filter));
        let pack = &book.packs[mutant.owner.pack(book)].name;
        is_own(mutant.span) && (has(pack) || has(&thing_name(book, mutant.owner)))
    };
    let all = mutants(book);
    let wanted: Vec<&Mutant> = all.iter().filter(is_wanted).collect();
    if wanted.is_empty() {
        console.complain("error: there is nothing to change: no pack or thing has this name\n");
        return Exit::Found;
    }
    let chosen = wanted.iter().copied().take(args.limit.unwrap_or(usize::MAX));
    let chosen: Vec<&Mutant> = chosen.collect();
    let trial = Trial::new(graph, scenarios);
    let run = Run { graph, sources, trial, file: args.progress.as_deref() };
    let tried = match run.tried(&chosen, console) {
        Ok(tried) => tried,
        Err(exit) => return exit,
    };
    let trials = Trials { book, sources, tried: &tried, n_mutants: wanted.len() };
    console.say(&match args.format {
        TestFormat::Text | TestFormat::Source => trials.text(),
        TestFormat::Json => trials.json(),
    });
    if trials.are_all_caught() { Exit::Answered } else { Exit::Found }
}

/// Scenarios that there are none of, or that already fail, can catch nothing.
fn refused(graph: &Graph, scenarios: &[ScenarioId], console: &mut Console<'_>) -> Option<Exit> {
    if scenarios.is_empty() {
        console.complain("error: these rules have no scenarios\n");
        return Some(Exit::Found);
    }
    let book = graph.book();
    let fails = |id: &&ScenarioId| !mismatches(graph, &book.scenarios[**id]).is_empty();
    let n_failing = scenarios.iter().filter(fails).count();
    let are = if n_failing == 1 { "scenario fails" } else { "scenarios fail" };
    (n_failing > 0).then(|| {
        console.complain(&format!(
            "error: {n_failing} {are} before anything is changed: run `clearway test` and mend \
             that first\n"
        ));
        Exit::Found
    })
}

impl Run<'_> {
    /// What became of each of these mutants: what the file of progress knows, and the rest tried.
    fn tried<'m>(
        &self,
        mutants: &[&'m Mutant],
        console: &mut Console<'_>,
    ) -> Result<Vec<Tried<'m>>, Exit> {
        let book = self.graph.book();
        let ids: Vec<String> =
            mutants.iter().map(|mutant| mutant_id(book, self.sources, mutant)).collect();
        let known = self.begun(console)?;
        let mut fates: Vec<Option<Fate>> = ids.iter().map(|id| known.fate(id)).collect();
        let is_left = |place: &usize| fates.get(*place).is_some_and(Option::is_none);
        let left: Vec<usize> = (0..mutants.len()).filter(is_left).collect();
        let waiting: Vec<&Mutant> =
            left.iter().filter_map(|place| mutants.get(*place).copied()).collect();
        let bar = bar(waiting.len(), console);
        let mut failure = None;
        let n_threads = std::thread::available_parallelism().map_or(1, usize::from);
        self.trial.fates(&waiting, &proved, n_threads, &mut |place, fate| {
            let Some(place) = left.get(place).copied() else { return true };
            let line = ids.get(place).map(|id| Progress::line(book, id, fate));
            let kept =
                self.file.zip(line).map_or(Ok(()), |(file, line)| crate::append(file, &line));
            if let Some(known) = fates.get_mut(place) {
                *known = Some(fate);
            }
            bar.inc(1);
            failure = kept.err();
            failure.is_none()
        });
        bar.finish_and_clear();
        if let Some(failure) = failure {
            console.report(&[*failure], self.sources);
            return Err(Exit::CannotRead);
        }
        let pairs = mutants.iter().zip(fates).filter_map(|(mutant, fate)| Some((*mutant, fate?)));
        Ok(pairs.map(|(mutant, fate)| self.told(mutant, fate)).collect())
    }

    fn told<'m>(&self, mutant: &'m Mutant, fate: Fate) -> Tried<'m> {
        let reached_by = match fate {
            Fate::Survived | Fate::GaveUp => self.trial.reaching(mutant),
            Fate::Killed(_) | Fate::Refused | Fate::Equivalent => Vec::new(),
        };
        Tried { mutant, fate, reached_by }
    }

    /// The progress so far, and its file made whole: a line cut short is taken off.
    fn begun(&self, console: &mut Console<'_>) -> Result<Progress, Exit> {
        let Some(file) = self.file else { return Ok(Progress::default()) };
        let book = self.graph.book();
        let complained = |diagnostic: Box<crate::diagnostic::Diagnostic>| {
            console.report(&[*diagnostic], self.sources);
            Exit::CannotRead
        };
        let text = crate::read_if_there(file).map_err(complained)?.unwrap_or_default();
        let progress = Progress::read(book, &text).map_err(|why| {
            console.complain(&format!(
                "error: `{}` can't be gone on with: {why}\n  help: name another file, or delete \
                 this one to begin again\n",
                file.display()
            ));
            Exit::CannotRead
        })?;
        crate::write(file, &progress.lines(book)).map_err(|diagnostic| {
            console.report(&[*diagnostic], self.sources);
            Exit::CannotRead
        })?;
        Ok(progress)
    }
}

/// A bar on the terminal to which complaints go; none elsewhere.
fn bar(n_mutants: usize, console: &Console<'_>) -> ProgressBar {
    let target = match console.are_errors_coloured {
        true => ProgressDrawTarget::stderr(),
        false => ProgressDrawTarget::hidden(),
    };
    let bar = ProgressBar::with_draw_target(u64::try_from(n_mutants).ok(), target);
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} changes tried, {eta} left");
    style.map_or_else(|_| bar.clone(), |style| bar.clone().with_style(style))
}
