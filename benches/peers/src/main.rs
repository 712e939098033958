//! Times each engine on the workload, after checking that all of them agree, and prints a table.
//!
//! `clearway-peers [ENGINE,ENGINE…] [--quick]`

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Duration;
use std::{env, fs};

use clearway_peers::engines::{ENGINES, Engine, Entry};
use clearway_peers::timing::{Effort, Spread};
use clearway_peers::workload::{N_BARS, Standings, Workload};

/// One allocator for every engine.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// An engine whose answers have been checked.
struct Entrant {
    entry: &'static Entry,
    engine: Box<dyn Engine>,
    loading: Spread,
}

fn main() -> ExitCode {
    match asked(env::args().skip(1)) {
        Ok((entries, effort)) => run(&entries, effort),
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}

/// The engines and the effort that the arguments ask for.
fn asked(arguments: impl Iterator<Item = String>) -> Result<(Vec<&'static Entry>, Effort), String> {
    let (mut entries, mut effort) = (ENGINES.iter().collect(), Effort::FULL);
    for argument in arguments {
        match argument.as_str() {
            "--quick" => effort = Effort::QUICK,
            keys => entries = keys.split(',').map(entry).collect::<Result<_, _>>()?,
        }
    }
    Ok((entries, effort))
}

fn entry(key: &str) -> Result<&'static Entry, String> {
    ENGINES.iter().find(|entry| entry.key == key).ok_or_else(|| {
        let keys: Vec<&str> = ENGINES.iter().map(|entry| entry.key).collect();
        format!("no engine is called `{key}`; there are {}", keys.join(", "))
    })
}

fn run(entries: &[&'static Entry], effort: Effort) -> ExitCode {
    let workload = Workload::new();
    let mut entrants: Vec<Entrant> =
        entries.iter().map(|entry| loaded(entry, effort, &workload)).collect();
    for entrant in &mut entrants {
        if let Err(why) = check(entrant.engine.as_mut(), &workload) {
            eprintln!("{}: {why}", entrant.entry.title);
            return ExitCode::FAILURE;
        }
    }
    print_table(&mut entrants, &workload, effort);
    ExitCode::SUCCESS
}

fn loaded(entry: &'static Entry, effort: Effort, workload: &Workload) -> Entrant {
    let mut times: Vec<Duration> = (1..effort.n_loads).map(|_| (entry.load)().time).collect();
    let mut last = (entry.load)();
    times.push(last.time);
    last.engine.keep(&workload.texts);
    Entrant { entry, engine: last.engine, loading: Spread::new(times, 1) }
}

/// That the engine agrees with what is expected of every set, by each of its doors.
fn check(engine: &mut dyn Engine, workload: &Workload) -> Result<(), String> {
    for (set, (text, expected)) in workload.texts.iter().zip(&workload.expected).enumerate() {
        let wrong = |found: String, wanted: String| {
            Err(format!("set {set} gives {found} in place of {wanted}, on {text}"))
        };
        if let Some(fired) = engine.fired(set)
            && fired != *expected
        {
            return wrong(format!("{:?}", fired.ids()), format!("{:?}", expected.ids()));
        }
        let standings = expected.standings();
        if engine.standings(set) != standings {
            return wrong(engine.standings(set).to_json(), standings.to_json());
        }
        let reply = engine.reply(text);
        if Standings::read(&reply) != Some(standings) {
            return wrong(reply, standings.to_json());
        }
    }
    Ok(())
}

fn print_table(entrants: &mut [Entrant], workload: &Workload, effort: Effort) {
    println!(
        "| engine | load {N_BARS} rules | standings from parsed facts | JSON to JSON standings \
         | JSON to JSON with why |"
    );
    println!("|---|---|---|---|---|");
    for Entrant { entry, engine, loading } in entrants {
        let (texts, n_sets) = (&workload.texts, workload.texts.len());
        let standings = Spread::of_passes(effort, n_sets, |set| {
            black_box(engine.standings(black_box(set)));
        });
        let replies = Spread::of_passes(effort, n_sets, |set| {
            black_box(engine.reply(black_box(&texts[set])));
        });
        let why = explained(engine.as_mut(), texts, effort);
        println!("| {} | {loading} | {standings} | {replies} | {why} |", entry.title);
    }
    println!();
    println!("Least of the passes, and the middle one in brackets; one thread.");
    println!("Machine: {}. Input: {} bytes on average.", machine(), workload.mean_bytes());
}

/// How long answers with reasons take, and how long they are; a dash where there are none.
fn explained(engine: &mut dyn Engine, texts: &[String], effort: Effort) -> String {
    let Some(first) = engine.explain(&texts[0]) else { return "–".to_owned() };
    let spread = Spread::of_passes(effort, texts.len(), |set| {
        black_box(engine.explain(black_box(&texts[set])));
    });
    format!("{spread}, {:.1} kB", first.len() as f64 / 1e3)
}

/// The processor's model, and how many cores it lends us.
fn machine() -> String {
    let about = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = about.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{}, {cores} cores", model.unwrap_or("unknown processor"))
}
