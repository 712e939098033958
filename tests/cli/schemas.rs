//! The schemas that the command line prints are schemas, and what it reads and writes is by them.

use serde_json::Value;

use super::shell::Shell;
use crate::pages::Page;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A shell with the files of a transcript.
fn shell(page: &Page) -> Shell {
    let shell = Shell::new();
    for block in &page.blocks {
        if let Some(path) = &block.path {
            shell.put(path, block.text.as_bytes());
        }
    }
    shell
}

fn page(name: &str) -> Page {
    Page::read(format!("tests/cli/{name}.md").as_ref())
}

/// What is wrong with a value by a schema of 2020-12.
fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let validator = jsonschema::draft202012::new(schema).expect("the schema is one of 2020-12");
    validator
        .iter_errors(value)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect()
}

#[test]
fn a_coverage_is_by_its_schema() {
    let shell = shell(&page("coverage"));
    let schema = json(&shell.clearway(&["schema", "coverage"]).output);
    let words = ["test", "--coverage", "--format", "json", "--rules", "town"];
    let coverage = json(&shell.clearway(&words).output);
    assert_eq!(faults(&schema, &coverage), Vec::<String>::new());
}

#[test]
fn a_map_of_provisions_is_by_its_schema() {
    let shell = shell(&page("provisions"));
    let schema = json(&shell.clearway(&["schema", "provisions"]).output);
    let words = ["coverage", "--rules", "town", "--format", "json"];
    let map = json(&shell.clearway(&words).output);
    assert_eq!(faults(&schema, &map), Vec::<String>::new());
}

#[test]
fn codes_are_by_their_schema() {
    let shell = shell(&page("cpv"));
    let schema = json(&shell.clearway(&["schema", "cpv"]).output);
    for asked in ["social prescribing", "85312310", "qwxzkj"] {
        let words = ["cpv", asked, "--rules", "town", "--format", "json"];
        let codes = json(&shell.clearway(&words).output);
        assert_eq!(faults(&schema, &codes), Vec::<String>::new(), "{asked}");
    }
}

#[test]
fn every_schema_is_a_schema() {
    let shell = shell(&page("values"));
    let facts = ["schema", "facts", "--rules", "form"];
    let own = ["answer", "coverage", "provisions", "proofs", "diff", "cpv"];
    let own = own.map(|of| ["schema", of]);
    for words in own.iter().map(|words| words.as_slice()).chain([facts.as_slice()]) {
        let schema = json(&shell.clearway(words).output);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        let validity = jsonschema::draft202012::meta::validate(&schema);
        assert!(validity.is_ok(), "{words:?}: {validity:?}");
    }
}

#[test]
fn every_answer_is_by_the_schema_of_answers() {
    let schema = json(&shell(&page("decide")).clearway(&["schema", "answer"]).output);
    for name in ["decide", "exit-codes"] {
        let page = page(name);
        let shell = shell(&page);
        let files = page.blocks.iter().filter(|block| block.kind == "json");
        for file in files.filter_map(|block| block.path.as_deref()) {
            for as_at in ["2026-03-02", "1999-01-01"] {
                let words =
                    ["decide", file, "--rules", "town", "--format", "json", "--as-at", as_at];
                let said = shell.clearway(&words);
                if !said.output.is_empty() {
                    assert_eq!(
                        faults(&schema, &json(&said.output)),
                        Vec::<String>::new(),
                        "{file}"
                    );
                }
            }
        }
    }
}

#[test]
fn all_proofs_are_by_the_schema_of_proofs() {
    let page = page("prove");
    let shell = shell(&page);
    let schema = json(&shell.clearway(&["schema", "proofs"]).output);
    for folder in ["town", "circle", "law", "lots"] {
        let proofs = shell.clearway(&["prove", "--rules", folder, "--format", "json"]);
        assert_eq!(faults(&schema, &json(&proofs.output)), Vec::<String>::new(), "{folder}");
    }
}

#[test]
fn every_comparison_is_by_the_schema_of_comparisons() {
    let shell = shell(&page("diff"));
    let schema = json(&shell.clearway(&["schema", "diff"]).output);
    for new in ["before", "moved", "dropped", "papers", "retyped", "dated"] {
        let said = shell.clearway(&["diff", "before", new, "--cases", "cases", "--format", "json"]);
        assert_eq!(faults(&schema, &json(&said.output)), Vec::<String>::new(), "{new}");
    }
    let dates = ["--from", "2026-03-02", "--to", "2026-04-01", "--rules", "dated"];
    let words = [["diff", "--format", "json"].as_slice(), &dates].concat();
    assert_eq!(faults(&schema, &json(&shell.clearway(&words).output)), Vec::<String>::new());
}

#[test]
fn the_schema_of_commissions_takes_what_is_read_and_refuses_the_rest() {
    let page = page("values");
    let shell = shell(&page);
    let schema = json(&shell.clearway(&["schema", "facts", "--rules", "form"]).output);
    for (file, is_taken) in [("pounds.json", true), ("kinds.json", false), ("unknown.json", false)]
    {
        let block = page.blocks.iter().find(|block| block.path.as_deref() == Some(file));
        let commission = json(&block.expect("the page has the file").text);
        assert_eq!(faults(&schema, &commission).is_empty(), is_taken, "{file}");
        let said = shell.clearway(&["decide", file, "--rules", "form"]);
        assert_eq!(said.exit.code() != 6, is_taken, "{file}");
    }
}

#[test]
fn a_log_of_findings_is_sarif() {
    let page = page("check");
    let log = json(&shell(&page).clearway(&["check", "spare", "--format", "sarif"]).output);
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().expect("a run has results");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("a tool has rules");
    assert!(!results.is_empty());
    for result in results {
        assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]), "{result}");
    }
}
