//! Checks that all engines agree on the workload, then times them and prints one table.
//!
//! `cargo run --release [--quick] [ENGINE]…`

use std::hint::black_box;
use std::process::ExitCode;

use clearway_peers::engines::{ENGINES, Engine, Entry};
use clearway_peers::timing::{Effort, Spread};
use clearway_peers::workload::{Standings, Workload};

/// The peers are built with the allocator that they advise; the rest has it too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (flags, keys): (Vec<_>, Vec<_>) =
        arguments.iter().partition(|argument| argument.starts_with("--"));
    let effort = match flags.as_slice() {
        [] => Effort::FULL,
        [flag] if *flag == "--quick" => Effort::QUICK,
        _ => return refuse("the only flag is `--quick`"),
    };
    if let Some(key) = keys.iter().find(|key| !ENGINES.iter().any(|entry| entry.key == **key)) {
        let known: Vec<&str> = ENGINES.iter().map(|entry| entry.key).collect();
        return refuse(&format!("there is no engine `{key}`; there are {}", known.join(", ")));
    }
    let workload = Workload::new();
    println!(
        "{}; {} bytes a set on average; least of passes (middle)",
        machine(),
        workload.mean_bytes()
    );
    println!();
    println!(
        "| engine | load 60 rules | standings from parsed facts | JSON to JSON, standings | JSON to JSON with why |"
    );
    println!("|---|---|---|---|---|");
    for entry in
        ENGINES.iter().filter(|entry| keys.is_empty() || keys.iter().any(|key| *key == entry.key))
    {
        match row(entry, &workload, effort) {
            Ok(row) => println!("{row}"),
            Err(wrong) => return refuse(&wrong),
        }
    }
    ExitCode::SUCCESS
}

fn refuse(why: &str) -> ExitCode {
    eprintln!("{why}");
    ExitCode::FAILURE
}

/// An engine's row of the table, once it is found to agree.
fn row(entry: &Entry, workload: &Workload, effort: Effort) -> Result<String, String> {
    let mut loads = Vec::new();
    let mut engine = loop {
        let loaded = (entry.load)();
        loads.push(loaded.time);
        if loads.len() == effort.n_loads {
            break loaded.engine;
        }
    };
    engine.keep(&workload.texts);
    agree(entry.key, engine.as_mut(), workload)?;
    let n_sets = workload.texts.len();
    let standings = Spread::of_passes(effort, n_sets, |set| {
        black_box(engine.standings(set));
    });
    let reply = Spread::of_passes(effort, n_sets, |set| {
        black_box(engine.reply(&workload.texts[set]));
    });
    let has_reasons = engine.explain(&workload.texts[0]).is_some();
    let explain = has_reasons.then(|| {
        Spread::of_passes(effort, n_sets, |set| {
            black_box(engine.explain(&workload.texts[set]));
        })
    });
    let explain = explain.map_or_else(|| "none".to_owned(), |spread| spread.to_string());
    let load = Spread::new(loads, 1);
    Ok(format!("| {} | {load} | {standings} | {reply} | {explain} |", entry.title))
}

/// Says where an engine comes to something else than the workload expects.
fn agree(key: &str, engine: &mut dyn Engine, workload: &Workload) -> Result<(), String> {
    for (set, (text, expected)) in workload.texts.iter().zip(&workload.expected).enumerate() {
        let wanted = expected.standings();
        let fired = engine.fired(set);
        if fired.is_some_and(|fired| fired != *expected) {
            let fired = fired.unwrap_or_default().ids();
            return Err(format!(
                "{key}, set {set}: {fired:?} hold, not {:?}\n{text}",
                expected.ids()
            ));
        }
        let (found, reply) = (engine.standings(set), engine.reply(text));
        let told = engine.explain(text).and_then(|told| Standings::read(&told));
        if found != wanted || Standings::read(&reply) != Some(wanted) {
            return Err(format!(
                "{key}, set {set}: the standings are {found:?} and {reply}, not {wanted:?}\n{text}"
            ));
        }
        if told.is_some_and(|told| told != wanted) {
            return Err(format!(
                "{key}, set {set}: explained, the standings are {told:?}, not {wanted:?}\n{text}"
            ));
        }
    }
    Ok(())
}

/// The kind of machine.
fn machine() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    format!("{}, {cores} cores", model.map_or("a machine of unknown kind", |(_, model)| model))
}
