//! CPV codes by words: every listed code is found by its own name, and every phrase leads to its
//! code.

use std::collections::BTreeSet;

use clearway::pack::ListRows;
use clearway::quantity::{CpvCode, CpvNear, Phrase};

/// The nearest of all that words lead to, whatever the order of their words.
fn nearest(words: &str) -> Vec<CpvCode> {
    let found = CpvCode::search(words).found;
    let first = found.first().map(|near| near.nearness);
    let is_first = |near: &&CpvNear| Some(near.nearness) == first;
    found.iter().take_while(is_first).map(|near| near.code).collect()
}

/// The codes on the lists of the embedded rules, and those of everyday words.
fn listed() -> BTreeSet<CpvCode> {
    let (book, _) = clearway::check(&clearway::embedded());
    let rows = book.lists.rows().flat_map(|list| match &list.rows {
        ListRows::Codes(rows) => rows.as_slice(),
        ListRows::Dates(_) => &[],
    });
    let sets: Vec<(CpvCode, CpvCode)> =
        rows.flat_map(|row| &row.codes).map(|codes| codes.bounds()).collect();
    let codes = sets.into_iter().flat_map(|(first, last)| CpvCode::between(first, last));
    codes.chain(CpvCode::phrases().iter().map(|phrase| phrase.code)).collect()
}

#[test]
fn every_listed_code_is_among_the_nearest_to_its_own_name() {
    for code in listed() {
        let found = nearest(code.label());
        assert!(found.contains(&code), "{code} “{}” leads to {found:?}", code.label());
    }
}

#[test]
fn every_phrase_leads_to_its_code() {
    for phrase in CpvCode::phrases() {
        let found = nearest(&phrase.words);
        assert!(found.contains(&phrase.code), "“{}” leads to {found:?}", phrase.words);
    }
}

#[test]
fn every_row_of_everyday_words_is_read_and_stands_in_order() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/data/cpv-words.csv");
    let text = std::fs::read_to_string(path).expect("the table can be read");
    let phrases = CpvCode::phrases();
    assert_eq!(phrases.len(), text.lines().count() - 1, "a row names no code of the CPV 2008");
    let key = |phrase: &Phrase| (phrase.words.to_lowercase(), phrase.code);
    for (before, after) in phrases.iter().zip(phrases.iter().skip(1)) {
        assert!(key(before) < key(after), "“{}” is out of order", after.words);
    }
    for phrase in phrases {
        assert!(!phrase.words.is_empty() && !phrase.why.is_empty(), "{phrase:?}");
    }
}

#[test]
fn what_commissioners_say_leads_somewhere() {
    for (words, code) in [
        ("social prescribing", "85312310"),
        ("supported living", "85311000"),
        ("SEND transport", "60130000"),
        ("drug and alcohol treatment services", "85312500"),
        ("grounds maintenance", "77314000"),
        ("interpreter", "79540000"),
        ("domestic abuse", "85311000"),
    ] {
        let first: Vec<String> =
            CpvCode::search(words).found.iter().take(3).map(|near| near.code.to_string()).collect();
        assert!(first.iter().any(|found| found == code), "“{words}” leads to {first:?}");
    }
}

#[test]
fn a_misspelt_word_is_read_as_the_likest() {
    let right: Vec<CpvCode> =
        CpvCode::search("counselling").found.iter().map(|near| near.code).collect();
    let search = CpvCode::search("counseling");
    assert_eq!(search.found.iter().map(|near| near.code).collect::<Vec<_>>(), right);
    let wrong = CpvCode::search("grunds maintenance");
    assert_eq!(wrong.read_as, [("grunds".to_owned(), "grounds")]);
    assert!(wrong.unknown.is_empty());
}

#[test]
fn words_of_no_name_lead_nowhere() {
    for words in ["", "the of and", "qwxzkj", "???"] {
        assert!(CpvCode::search(words).found.is_empty(), "“{words}”");
    }
    assert_eq!(CpvCode::search("qwxzkj").unknown, ["qwxzkj"]);
}

#[test]
fn capitals_and_marks_make_no_difference() {
    for words in ["school meals", "legal advice", "home care for the elderly"] {
        let other = format!("  {}! ", words.to_uppercase().replace(' ', " - "));
        assert_eq!(CpvCode::search(words), CpvCode::search(&other), "“{words}”");
    }
}

#[test]
fn the_order_of_words_parts_only_what_is_as_near() {
    assert_eq!(nearest_one("home care"), "85312000");
    assert_eq!(nearest_one("care homes"), "85311100");
    let codes = |words: &str| -> BTreeSet<(u64, CpvCode)> {
        CpvCode::search(words).found.iter().map(|near| (near.nearness, near.code)).collect()
    };
    assert_eq!(codes("home care"), codes("care home"));
}

fn nearest_one(words: &str) -> String {
    CpvCode::search(words).found.first().map(|near| near.code.to_string()).unwrap_or_default()
}

#[test]
fn parents_lead_up_to_a_division() {
    for code in CpvCode::all() {
        let parents = code.parents();
        let all: BTreeSet<CpvCode> = parents.iter().copied().chain([code]).collect();
        assert_eq!(all.len(), parents.len() + 1, "{code} stands in a circle");
        assert!(parents.first().is_none_or(|widest| widest.parents().is_empty()), "{code}");
    }
}
