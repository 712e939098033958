//! The embedded rules to decide by: all that the whole has, save the scenarios.

use clearway::compile;
use clearway::disk::{embedded, embedded_law};
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
