//! Bytes that nobody would write, put to whatever reads what others write.
//!
//! Each target is tried on its corpus, then on changes to it, drawn by a seed, so that a run is the
//! same on every machine. `CLEARWAY_FUZZ_SECONDS` goes on for so long and `CLEARWAY_FUZZ_SEED` draws
//! others; `CLEARWAY_FUZZ_GROW=1` adds to the corpus what shows something new, and takes out what
//! shows nothing of its own. `docs/SECURITY.md` says more.

mod changes;
mod corpus;
mod growth;
mod seeds;
mod shrinking;
mod targets;
mod trying;

use trying::{Target, tried};

#[test]
fn any_rule_text_is_read_checked_and_told() {
    tried(&Target {
        name: "rules",
        ending: "way",
        holds: targets::rules::holds,
        seeds: seeds::rules,
        is_made: false,
        words: seeds::RULE_WORDS,
        n_cases: 300,
    });
}

#[test]
fn any_commission_is_read_in_one_pass_as_with_care() {
    tried(&Target {
        name: "commissions",
        ending: "json",
        holds: targets::commissions::holds,
        seeds: seeds::commissions,
        is_made: false,
        words: seeds::JSON_WORDS,
        n_cases: 200,
    });
}

#[test]
fn no_request_makes_a_fault_of_ours() {
    tried(&Target {
        name: "requests",
        ending: "http",
        holds: targets::requests::holds,
        seeds: seeds::requests,
        is_made: false,
        words: seeds::REQUEST_WORDS,
        n_cases: 400,
    });
}

#[test]
fn a_receipt_found_the_same_is_the_one_that_would_be_made() {
    tried(&Target {
        name: "receipts",
        ending: "json",
        holds: targets::receipts::holds,
        seeds: seeds::receipts,
        is_made: true,
        words: seeds::JSON_WORDS,
        n_cases: 200,
    });
}

#[test]
fn the_circuit_says_what_the_evaluator_says_of_any_facts() {
    tried(&Target {
        name: "circuit",
        ending: "bin",
        holds: targets::circuit::holds,
        seeds: seeds::circuit,
        is_made: false,
        words: &[],
        n_cases: 300,
    });
}

#[test]
fn text_in_the_one_layout_reads_back_as_it_was_written() {
    tried(&Target {
        name: "layout",
        ending: "way",
        holds: targets::layout::holds,
        seeds: seeds::rules,
        is_made: false,
        words: seeds::RULE_WORDS,
        n_cases: 700,
    });
}
