//! What people write, to begin with: rules and commissions of the reference, requests, receipts; and
//! the words that inputs are made of.

use std::path::Path;

use clearway::facts::commission_json;
use clearway::receipt::with_receipt;
use serde_json::json;

use super::targets::{TOWN, receipts as target};
use crate::pages::{Block, Page};
use crate::properties::dice::Dice;

/// The rules of the reference and of the pages of codes, each alone and after those of its page
/// that it needs; a town's, and those of a starter pack.
pub(super) fn rules() -> Vec<Vec<u8>> {
    let mut texts = vec![TOWN.to_owned()];
    let blocks = |page: &Page, kind: &str| -> Vec<Block> {
        page.blocks.iter().filter(|block| block.kind == kind).cloned().collect()
    };
    for page in ["tests/spec", "tests/prove", "docs/codes"].into_iter().flat_map(Page::all) {
        let blocks = blocks(&page, "way");
        let shared = blocks.iter().filter(|block| block.section == 0);
        let shared: String = shared.map(placed).collect();
        for block in blocks {
            if block.section > 0 {
                texts.push(format!("{shared}{}", placed(&block)));
            }
            texts.push(block.text);
        }
    }
    for path in ["pack.way", "quotes.way", "approvals.way", "cases/quotes.way"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/starter").join(path);
        texts.extend(std::fs::read_to_string(path).ok());
    }
    texts.sort_by_key(String::len);
    texts.into_iter().map(String::into_bytes).collect()
}

/// A block with the mark of its file.
fn placed(block: &Block) -> String {
    let path = block.path.as_ref().map(|path| format!("//// {path}\n"));
    format!("{}{}\n", path.unwrap_or_default(), block.text)
}

/// The commissions of the reference, those recorded under the law, and one with every fact of the
/// town.
pub(super) fn commissions() -> Vec<Vec<u8>> {
    let every = json!({
        "title": "Grass", "notes": ["Cut it"], "as_at": "2026-03-02",
        "contract": {
            "value": "£120,000.00", "codes": "77310000", "starts": "2026-04-01",
            "length": "2 years", "kind": "services"
        },
        "value": { "works": "£100,000", "vat": 20000 },
        "notice": { "shown": ["journal", "own_site"] },
        "quotes": { "sought": 3 }, "workforce": { "share": "12.5%" },
        "supplier": { "excluded": false, "reference": "A1" },
    });
    let mut texts = vec![every.to_string()];
    let pages = Page::all("tests/spec").into_iter().flat_map(|page| page.blocks);
    texts.extend(pages.filter(|block| block.kind == "facts").map(|block| block.text));
    let law = clearway::compile(&clearway::embedded()).expect("the embedded rules compile");
    for scenario in law.book().scenarios.rows().step_by(7) {
        let facts = scenario.given.iter().cloned().collect();
        texts.push(commission_json(law.book(), &scenario.title, Some(scenario.as_at), &facts));
    }
    texts.into_iter().map(String::into_bytes).collect()
}

/// Requests to every path, and the mistakes that each can hold.
pub(super) fn requests() -> Vec<Vec<u8>> {
    let body = r#"{"title": "Grass", "as_at": "2026-03-02", "contract": {"value": "£40,000"}}"#;
    let mut texts: Vec<String> = [
        "/v1/packs",
        "/v1/packs/town",
        "/v1/schema/facts",
        "/v1/schema/answer",
        "/v1/graph?format=svg",
        "/v1/graph?format=dot&route=quotes",
        "/v1/graph?format=mermaid",
        "/openapi.json",
        "/health/live",
        "/health/ready",
        "/metrics",
    ]
    .into_iter()
    .flat_map(|path| [format!("GET {path}\n\n"), format!("HEAD {path}\nif-none-match: *\n\n")])
    .collect();
    for line in [
        "GET /v1/packs/%FF",
        "GET /v1/packs/%00",
        "GET /v1/packs/a%2Fb?x=%FF",
        "OPTIONS *",
        "CONNECT town.example:443",
        "TRACE /v1/decide",
        "GET http://town.example/v1/packs",
        "POST /v1/decide?fields=%FF",
    ] {
        texts.push(format!("{line}\n\n"));
    }
    for query in [
        "",
        "?fields=standing",
        "?fields=reasons&receipt=1",
        "?fields=answer&as_at=2025-03-01",
        "?fields=everything&receipt=0",
    ] {
        texts.push(format!("POST /v1/decide{query}\ncontent-type: application/json\n\n{body}"));
    }
    for header in [
        "accept: text/markdown",
        "accept: text/html;q=0.9, application/json;q=0.1",
        "accept: image/png",
        "accept-encoding: gzip",
        "accept-encoding: br",
        "clearway-rules: 00",
        "authorization: Bearer 0123456789abcdef",
        "content-type: text/xml",
        "content-length: 5",
    ] {
        texts.push(format!("POST /v1/decide\n{header}\n\n{body}"));
    }
    let list = format!("[{body}, {{\"contract\": {{\"worth\": 1}}}}, 3]");
    texts.push(format!("POST /v1/decide\n\n{list}"));
    texts.push(format!("POST /v1/decide\n\n[{}]", ["{}"; 9].join(",")));
    texts.push(format!("POST /v1/decide\n\n{}", " ".repeat(4097)));
    let dates = r#"{"from": "2025-03-01", "to": "2026-03-01"}"#;
    texts.push(format!("POST /v1/diff\ncontent-type: application/json\n\n{dates}"));
    texts.into_iter().map(String::into_bytes).collect()
}

/// Receipts of a commission for each extent of an answer, alone and with it, signed and not.
pub(super) fn receipts() -> Vec<Vec<u8>> {
    let mut texts = Vec::new();
    for fields in ["standing", "reasons", "answer", "everything"] {
        let asked = json!({
            "as_at": "2026-03-02", "title": "Grass", "fields": fields,
            "facts": { "contract": { "value": "£40,000" }, "quotes": { "sought": 3 } },
        });
        let (answer, receipt) = target::made_again(&asked);
        for receipt in [receipt.clone(), receipt.signed(&target::key())] {
            texts.push(receipt.canonical());
            texts.push(with_receipt(&answer, &receipt));
        }
    }
    texts.sort_by_key(String::len);
    texts.into_iter().map(String::into_bytes).collect()
}

/// Bytes of some lengths, many of them nought.
pub(super) fn circuit() -> Vec<Vec<u8>> {
    let mut dice = Dice::new(1);
    let mut inputs = Vec::new();
    for which in 0..5 {
        for length in [0, 4, 12, 40, 400] {
            let mut input = vec![which];
            let bytes = (0..length).map(|_| if dice.one_in(3) { 0 } else { dice.below(256) });
            input.extend(bytes.map(|byte| u8::try_from(byte).unwrap_or_default()));
            inputs.push(input);
        }
    }
    inputs
}

pub(super) const JSON_WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u0000",
    "\\ud83d",
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1.5",
    "1e400",
    "9007199254740993",
    "18446744073709551615",
    "\"\"",
    "{}",
    "[]",
    " ",
    "\u{feff}",
    "é",
    "\"as_at\":",
    "\"title\":",
    "\"notes\":",
    "\"contract\":",
    "\"value\":",
    "\"works\":",
    "\"vat\":",
    "\"kind\":",
    "\"£5\"",
    "\"£1.25m\"",
    "\"£1,0000\"",
    "\"25%\"",
    "\"2025-02-24\"",
    "\"2025-02-30\"",
    "\"5 years\"",
    "\"8 working days\"",
    "\"85312400\"",
    "\"85312400-3\"",
    "\"yes\"",
    "\"unknown\"",
    "\"don’t know\"",
    "\"receipt\":",
    "\"facts\":",
    "\"signature\":",
    "\"packs\":",
    "\"answer\":",
    "\"fields\":",
    "\"engine\":",
    "\"version\":",
];

pub(super) const REQUEST_WORDS: &[&str] = &[
    "GET ",
    "POST ",
    "HEAD ",
    "PUT ",
    "OPTIONS ",
    "/v1/decide",
    "/v1/diff",
    "/v1/packs/",
    "/v1/graph",
    "/v1/schema/facts",
    "/openapi.json",
    "/health/live",
    "/metrics",
    "?",
    "&",
    "=",
    "%FF",
    "%00",
    "%2F",
    "..",
    "fields=",
    "standing",
    "reasons",
    "answer",
    "everything",
    "receipt=1",
    "as_at=",
    "2025-02-24",
    "9999-12-31",
    "format=",
    "svg",
    "route=quotes",
    "\n",
    "\n\n",
    ": ",
    "accept: ",
    "text/html",
    "*/*",
    ";q=",
    "NaN",
    "content-type: ",
    "application/json",
    "content-length: ",
    "transfer-encoding: chunked",
    "expect: 100-continue",
    "if-none-match: ",
    "accept-encoding: gzip",
    "clearway-rules: ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"",
    "\"from\":",
    "\"to\":",
    "\"contract\":",
    "\"value\":",
    "\"£5\"",
    "null",
    "1e400",
];

pub(super) const RULE_WORDS: &[&str] = &[
    "\n",
    "\n    ",
    "\n        ",
    "\n\t",
    "\r\n",
    " ",
    "//// two/pack.way\n",
    "pack ",
    "source ",
    "fact ",
    "amount ",
    "list ",
    "calendar ",
    "event ",
    "decision ",
    "route ",
    "model ",
    "document ",
    "period ",
    "prefer ",
    "scenario ",
    "provisions ",
    "narrow route ",
    "fill amount ",
    "fill list ",
    "needs ",
    "barred when ",
    "applies when ",
    "fits when ",
    "carried by ",
    "when ",
    "otherwise",
    "otherwise \"",
    "says \"",
    "all of",
    "any of",
    "at least 2 of",
    "and ",
    "or ",
    "not ",
    "is ",
    "is known",
    "in ",
    "includes ",
    "yes",
    "no",
    "none",
    "x",
    "x.y",
    "a, b",
    "money ",
    "including VAT",
    "excluding VAT",
    "one of",
    "some of",
    "yes or no",
    "whole number",
    "percentage",
    "date",
    "duration",
    "text",
    "CPV code",
    "CPV codes",
    "dates",
    ": ",
    "by ",
    "over ",
    "on ",
    "from ",
    "until ",
    "from a day to be appointed",
    "2025-02-24",
    "29/02/2025",
    "£5m",
    "£1,00",
    "25%",
    "25% of ",
    "5 years",
    "8 working days",
    "beginning with the day",
    "after the day",
    "85312400",
    "with descendants",
    "to ",
    "\"",
    "\"a b\"",
    "\\",
    "(",
    ")",
    "[act s.1(2)]",
    "[",
    "]",
    ";",
    ",",
    "// ",
    "//! ",
    ">=",
    "<",
    "=",
    "≥",
    "time from ",
    "due within ",
    "due before ",
    "sum of ",
    "left to layers",
    "may be chosen",
    "mandatory",
    "excludes ",
    "forbidden when ",
    "version 1",
    "extent england",
    "in force ",
    "use ",
    "as at 2025-02-24",
    "given",
    "expect ",
    "open",
    "barred",
    "because \"",
    "doubt \"",
    "ask \"",
    "note \"",
    "help \"",
    "\u{feff}",
    "é",
    "\u{0}",
    "\u{202e}",
];
