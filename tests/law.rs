//! The embedded rules to decide by are all that the whole has, save the scenarios; and each change by
//! which they are tried is told.

use std::collections::BTreeSet;

use clearway::compile;
use clearway::disk::{embedded, embedded_law};
use clearway::pack::mutants;
use clearway::prove::mutation::Fate;
use clearway::report::{Trials, Tried};
use clearway::syntax::parse;
use clearway::syntax::tree::Keyword;

#[test]
fn only_scenarios_are_set_aside() {
    let law = embedded_law();
    let aside: Vec<_> = law.iter().filter(|(_, source)| source.is_aside()).collect();
    assert!(!aside.is_empty(), "the embedded packs have scenarios");
    for (file, source) in aside {
        let (tree, _) = parse(file, source);
        for item in &tree.items {
            let keyword = item.node.header.keyword;
            assert_eq!(keyword, Keyword::Scenario, "{}", source.path());
        }
    }
}

#[test]
fn the_law_alone_is_the_same_law() {
    let whole = compile(&embedded()).expect("the embedded rules compile");
    let alone = compile(&embedded_law()).expect("they compile without scenarios");
    let (whole, alone) = (whole.book(), alone.book());
    let digests = |book: &clearway::pack::Rulebook| -> Vec<String> {
        book.packs.rows().map(|pack| pack.digest.clone()).collect()
    };
    assert_eq!(digests(whole), digests(alone), "receipts name the same rules");
    let clauses = |book: &clearway::pack::Rulebook| book.clauses().len();
    assert_eq!(clauses(whole), clauses(alone));
    assert_eq!(whole.facts.len(), alone.facts.len());
    assert!(alone.scenarios.is_empty() && !whole.scenarios.is_empty());
}

/// Whoever is told that no scenario notices a change must see what was changed.
#[test]
fn every_change_by_which_the_law_is_tried_is_told_in_words() {
    let sources = embedded();
    let graph = compile(&sources).expect("the embedded rules compile");
    let book = graph.book();
    let all = mutants(book);
    let survivor = |mutant| Tried { mutant, fate: Fate::Survived, reached_by: Vec::new() };
    let tried: Vec<_> = all.iter().map(survivor).collect();
    let trials = Trials { book, sources: &sources, tried: &tried, n_mutants: all.len() };
    let told: serde_json::Value = serde_json::from_str(&trials.json()).expect("JSON");
    let told = told["survivors"].as_array().expect("survivors");
    assert_eq!(told.len(), all.len());
    let mut names = BTreeSet::new();
    for one in told {
        let words = |member: &str| one[member].as_str().unwrap_or_default();
        let change = words("change");
        let is_whole = !change.is_empty()
            && !["``", "  ", ": .", " made :"].iter().any(|gap| change.contains(gap))
            && !change.starts_with(' ')
            && !change.ends_with([' ', ':']);
        assert!(is_whole, "{}: `{change}`", words("id"));
        assert!(!words("thing").is_empty(), "{}", words("id"));
        assert!(names.insert(words("id")), "{} is the name of two changes", words("id"));
    }
}
