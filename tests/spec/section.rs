//! One section of a page: its rules read together, and each block held against what the engine
//! says.

use std::path::Path;

use clearway::diagnostic::{Diagnostic, Style, text};
use clearway::facts::{Commission, Form};
use clearway::graph::Graph;
use clearway::source::Sources;
use clearway::syntax;

use super::answer;
use crate::pages::{Block, Page};

/// The blocks of a section, with the rules it is read with.
pub(super) struct Section<'p> {
    blocks: Vec<&'p Block>,
    sources: Sources,
    rules: Vec<Diagnostic>,
    graph: Option<Graph>,
}

/// A block that isn't what the engine says.
pub(super) struct Finding {
    /// The line of the block's fence.
    pub(super) line: usize,
    /// What is wrong.
    message: String,
    /// What the block should hold, where a block is wrong and not the page.
    pub(super) instead: Option<String>,
}

/// What the reading has come to: the commission that answers are about, and what was last said.
struct Reading<'s> {
    commission: Option<Commission>,
    said: &'s [Diagnostic],
    of_facts: Vec<Diagnostic>,
    /// The line of the block that gave what was said, until a block has told it.
    untold: Option<usize>,
}

impl<'p> Section<'p> {
    /// The section of this number, with the rules above the first heading.
    pub(super) fn of(page: &'p Page, number: usize) -> Self {
        let blocks: Vec<&Block> =
            page.blocks.iter().filter(|block| block.section == number).collect();
        let own: Vec<(String, String)> = files(&blocks);
        let above: Vec<&Block> =
            page.blocks.iter().filter(|block| block.section == 0 && number > 0).collect();
        let is_replaced = |path: &String| own.iter().any(|(own, _)| own == path);
        let shared = files(&above).into_iter().filter(|(path, _)| !is_replaced(path));
        let sources = Sources::new(shared.chain(own.clone()));
        let rules = if sources.is_empty() { Vec::new() } else { clearway::check(&sources).1 };
        let graph = clearway::compile(&sources).ok();
        Self { blocks, sources, rules: ordered(rules), graph }
    }

    /// Every block that isn't what the engine says.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let first_rules =
            self.blocks.iter().find(|block| block.kind == "way").map(|block| block.line);
        let untold = first_rules.filter(|_| !self.rules.is_empty());
        let mut reading =
            Reading { commission: None, said: &self.rules, of_facts: Vec::new(), untold };
        let mut rules_above = "";
        for block in &self.blocks {
            match block.kind.as_str() {
                "way" => rules_above = &block.text,
                "facts" => findings.extend(self.facts(block, &mut reading)),
                "answer" => findings.extend(self.answer(block, &reading)),
                "errors" => findings.extend(compared(block, &reading.errors())),
                "told" => findings
                    .extend(compared(block, &text(reading.said(), &self.sources, Style::Plain))),
                "layout" => findings.extend(compared(block, &laid_out(rules_above))),
                "mismatches" => findings.extend(compared(block, &self.mismatches())),
                _ => {}
            }
            if matches!(block.kind.as_str(), "errors" | "told") {
                reading.untold = None;
            }
        }
        findings.extend(reading.left_untold());
        if !self.blocks.iter().any(|block| block.kind == "mismatches")
            && !self.mismatches().is_empty()
        {
            let line = first_rules.unwrap_or_default();
            findings.push(Finding { line, message: self.mismatches(), instead: None });
        }
        findings
    }

    fn facts(&self, block: &Block, reading: &mut Reading<'_>) -> Option<Finding> {
        let untold = reading.left_untold();
        let Some(graph) = &self.graph else {
            let message = format!("the rules have errors: {}", reading.errors());
            return Some(Finding { line: block.line, message, instead: None });
        };
        let (commission, diagnostics) = Form::new(graph.book()).read(graph.book(), &block.text);
        reading.untold = (!diagnostics.is_empty()).then_some(block.line);
        reading.commission = Some(commission);
        reading.of_facts = diagnostics;
        untold
    }

    fn answer(&self, block: &Block, reading: &Reading<'_>) -> Option<Finding> {
        let wrong = |message: &str| {
            Some(Finding { line: block.line, message: message.to_owned(), instead: None })
        };
        let (Some(graph), Some(commission)) = (&self.graph, &reading.commission) else {
            return wrong("an answer needs rules without errors, and facts above it");
        };
        let Some(as_at) = commission.as_at else { return wrong("the facts lack `as_at`") };
        let decided = clearway::decide(graph, &commission.facts, as_at);
        compared(block, &answer::lines(&decided, &block.text))
    }

    /// What the scenarios of the section expected and got.
    fn mismatches(&self) -> String {
        let Some(graph) = &self.graph else { return String::new() };
        let mut lines = String::new();
        for scenario in graph.book().scenarios.rows() {
            for mismatch in clearway::decide::mismatches(graph, scenario) {
                let (expected, got) = clearway::report::mismatch(graph.book(), &mismatch);
                lines.push_str(&format!("{}: expected {expected}; got {got}\n", scenario.title));
            }
        }
        lines
    }
}

impl Reading<'_> {
    fn said(&self) -> &[Diagnostic] {
        if self.commission.is_some() { &self.of_facts } else { self.said }
    }

    fn errors(&self) -> String {
        let line = |told: &Diagnostic| format!("{}: {}\n", told.code.spelling(), told.message);
        self.said().iter().map(line).collect()
    }

    fn left_untold(&self) -> Option<Finding> {
        let line = self.untold?;
        Some(Finding { line, message: format!("not expected:\n{}", self.errors()), instead: None })
    }
}

impl Finding {
    pub(super) fn told(&self, page: &Path) -> String {
        format!("{}:{}: {}", page.display(), self.line, self.message)
    }
}

/// The rule files of blocks: one for each path, and one for each block without a path.
fn files(blocks: &[&Block]) -> Vec<(String, String)> {
    let rules = blocks.iter().filter(|block| block.kind == "way");
    let unnamed = |place: usize| match place {
        0 => "rules.way".to_owned(),
        place => format!("rules_{}.way", place + 1),
    };
    let file = |(place, block): (usize, &&Block)| {
        (block.path.clone().unwrap_or_else(|| unnamed(place)), block.text.clone())
    };
    rules.enumerate().map(file).collect()
}

/// Diagnostics in the order of their places.
fn ordered(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span(), diagnostic.code));
    diagnostics
}

fn laid_out(rules: &str) -> String {
    let sources = Sources::single("rules.way", rules);
    let trees = sources.iter().map(|(file, source)| syntax::print(&syntax::parse(file, source).0));
    trees.collect()
}

fn compared(block: &Block, said: &str) -> Option<Finding> {
    if block.text == said {
        return None;
    }
    let message = format!(
        "this `{}` block is not what is said\n--- expected\n{}--- got\n{said}",
        block.kind, block.text
    );
    Some(Finding { line: block.line, message, instead: Some(said.to_owned()) })
}
