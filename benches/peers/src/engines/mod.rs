//! Each engine under one face. An engine's module writes the workload in the engine's own language
//! and calls the engine as its documentation says to; nothing here knows how long it takes.

mod cedar;
mod cel;
pub mod clearway;
mod datalogic;
mod lemma;
mod native;
mod regorus;
mod zen;

use std::time::Duration;

use crate::workload::{Asks, Bars, Standings, Test};

/// An engine with the rules loaded.
pub trait Engine {
    /// Reads fact sets from JSON, as this engine holds facts, and keeps them.
    fn keep(&mut self, texts: &[String]);

    /// How it stands with each route on a set that was kept.
    fn standings(&mut self, set: usize) -> Standings;

    /// The bars that hold on a set that was kept, where the engine tells them one by one.
    fn fired(&mut self, set: usize) -> Option<Bars>;

    /// How it stands with each route, from JSON to JSON.
    fn reply(&mut self, text: &str) -> String;

    /// The same with the engine's own reasons, where it has any to give.
    fn explain(&mut self, text: &str) -> Option<String>;
}

/// An engine, and how long it took to load the rules from their text.
pub struct Loaded {
    /// The engine, ready to answer.
    pub engine: Box<dyn Engine>,
    /// From the text of the rules, in memory, to here.
    pub time: Duration,
}

/// An engine that can be asked for.
pub struct Entry {
    /// What the first argument calls it.
    pub key: &'static str,
    /// What the table calls it.
    pub title: &'static str,
    /// Writes the rules and loads them.
    pub load: fn() -> Loaded,
}

/// Each engine, in the order of the table.
pub const ENGINES: [Entry; 9] = [
    Entry { key: "native", title: "hand-written Rust (floor)", load: native::load },
    Entry { key: "clearway", title: "clearway", load: clearway::load },
    Entry { key: "datalogic", title: "datalogic-rs 5.4.0", load: datalogic::load },
    Entry { key: "rvm", title: "regorus 0.14.1, RVM", load: regorus::load_rvm },
    Entry { key: "zen", title: "zen-engine 2.1.6", load: zen::load },
    Entry { key: "cel", title: "cel 0.15.0", load: cel::load },
    Entry { key: "cedar", title: "cedar-policy 4.14.1", load: cedar::load },
    Entry { key: "lemma", title: "lemma-engine 0.10.2", load: lemma::load },
    Entry { key: "regorus", title: "regorus 0.14.1, interpreter", load: regorus::load_interpreter },
];

/// An engine that tells which bars hold; that gives it the whole face.
trait Peer {
    /// Facts as this engine holds them.
    type Facts;

    fn read(&self, text: &str) -> Self::Facts;

    fn fired(&mut self, facts: &Self::Facts) -> Bars;

    fn explain(&mut self, _: &Self::Facts) -> Option<String> {
        None
    }
}

/// A peer with the fact sets that it has kept.
struct Kept<P: Peer> {
    peer: P,
    sets: Vec<P::Facts>,
}

impl<P: Peer> Engine for Kept<P> {
    fn keep(&mut self, texts: &[String]) {
        self.sets = texts.iter().map(|text| self.peer.read(text)).collect();
    }

    fn standings(&mut self, set: usize) -> Standings {
        self.peer.fired(&self.sets[set]).standings()
    }

    fn fired(&mut self, set: usize) -> Option<Bars> {
        Some(self.peer.fired(&self.sets[set]))
    }

    fn reply(&mut self, text: &str) -> String {
        let facts = self.peer.read(text);
        self.peer.fired(&facts).standings().to_json()
    }

    fn explain(&mut self, text: &str) -> Option<String> {
        let facts = self.peer.read(text);
        self.peer.explain(&facts)
    }
}

/// A peer under the common face.
fn loaded<P: Peer + 'static>((peer, time): (P, Duration)) -> Loaded {
    Loaded { engine: Box::new(Kept { peer, sets: Vec::new() }), time }
}

/// A bar in the languages that write a test like C, each fact with this before its name.
fn infix(tests: &[Test], before: &str, and: &str) -> String {
    let written = tests.iter().map(|test| {
        let fact = test.fact;
        match test.asks {
            Asks::Yes => format!("{before}{fact} == true"),
            Asks::No => format!("{before}{fact} == false"),
            Asks::Is(option) => format!("{before}{fact} == \"{option}\""),
            Asks::IsNot(option) => format!("{before}{fact} != \"{option}\""),
            Asks::Under(figure) => format!("{before}{fact} < {figure}"),
            Asks::AtLeast(figure) => format!("{before}{fact} >= {figure}"),
            Asks::Over(figure) => format!("{before}{fact} > {figure}"),
        }
    });
    written.collect::<Vec<_>>().join(and)
}
