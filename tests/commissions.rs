//! The commissions in `rules/commissions/`: each holds the facts of the scenario that names it, so
//! that a person can put it to `clearway decide` and get the answer that the scenario expects.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use clearway::desk::{Desk, Fields, Rules};
use clearway::facts::{Form, commission_json};
use clearway::graph::Graph;
use clearway::pack::Scenario;
use clearway::quantity::Date;

fn graph() -> Graph {
    clearway::compile(&clearway::embedded()).expect("the embedded rules compile")
}

fn file_of(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/commissions");
    folder.join(format!("{}.json", name.replace('_', "-")))
}

fn named(graph: &Graph) -> Vec<(&Scenario, PathBuf)> {
    let scenarios = graph.book().scenarios.rows();
    scenarios
        .filter_map(|scenario| Some((scenario, file_of(scenario.commission.as_ref()?))))
        .collect()
}

#[test]
fn each_commission_holds_the_facts_of_its_scenario() {
    let graph = graph();
    for (scenario, path) in named(&graph) {
        let facts = scenario.given.iter().cloned().collect();
        let written = commission_json(graph.book(), &scenario.title, Some(scenario.as_at), &facts);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &written).expect("the commission can be written");
        }
        let found = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(
            found,
            written,
            "{} differs from its scenario: run with UPDATE=1",
            path.display()
        );
        let (read, diagnostics) = Form::new(graph.book()).read(graph.book(), &found);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        assert_eq!(read.facts, facts);
        assert_eq!(read.as_at, Some(scenario.as_at));
    }
}

#[test]
fn every_file_is_named_by_a_scenario() {
    let graph = graph();
    let known: Vec<PathBuf> = named(&graph).into_iter().map(|(_, path)| path).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/commissions");
    for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
        assert!(
            known.contains(&entry.path()),
            "{} is named by no scenario",
            entry.path().display()
        );
    }
}

/// The threshold fell on the first day of 2026: what is under it in one of these is over it in the
/// other.
#[test]
fn a_desk_answers_for_the_day_it_is_asked_about_whichever_it_was_asked_about_before() {
    let rules = Rules::new(graph());
    let years = ["it_support_2025", "it_support_2026"];
    let texts = years.map(|name| fs::read_to_string(file_of(name)).expect("a commission"));
    for fields in [Fields::Standing, Fields::Reasons] {
        let asked = |desk: &Desk<'_>, text: &String| {
            desk.reply(text, Date::MIN, fields).expect("an answer")
        };
        let alone = texts.each_ref().map(|text| asked(&Desk::new(&rules), text));
        assert_ne!(alone[0], alone[1]);
        let desk = Desk::new(&rules);
        for _ in 0..2 {
            assert_eq!(texts.each_ref().map(|text| asked(&desk, text)), alone);
        }
    }
}

/// Two threads that ask the same days of one another at once, a third that asks them the other way
/// round.
#[test]
fn desks_that_share_the_logic_of_days_answer_as_one_alone_does() {
    let graph = graph();
    let texts = named(&graph).into_iter().step_by(3).map(|(_, path)| fs::read_to_string(path));
    let texts: Vec<String> = texts.collect::<Result<_, _>>().expect("the commissions");
    let rules = Rules::new(graph);
    let answers = |desk: &Desk<'_>, texts: &mut dyn Iterator<Item = &String>| -> Vec<String> {
        let answer = |text: &String| desk.reply(text, Date::MIN, Fields::Answer);
        texts.map(|text| answer(text).expect("a commission")).collect()
    };
    let alone = answers(&Desk::new(&rules), &mut texts.iter());
    let first = Desk::new(&rules);
    thread::scope(|scope| {
        let beside = |is_turned: bool| {
            let (desk, texts, answers) = (first.beside(), &texts, &answers);
            scope.spawn(move || match is_turned {
                false => answers(&desk, &mut texts.iter()),
                true => answers(&desk, &mut texts.iter().rev()),
            })
        };
        let (one, other, turned) = (beside(false), beside(false), beside(true));
        assert_eq!(one.join().expect("answers"), alone);
        assert_eq!(other.join().expect("answers"), alone);
        let mut turned = turned.join().expect("answers");
        turned.reverse();
        assert_eq!(turned, alone);
    });
}
