//! The pages of the diagnostic codes: each has the one shape, and its example shows what it says.

use clearway::diagnostic::{Code, Diagnostic, Style, text};
use clearway::facts::Form;
use clearway::report::Proved;
use clearway::source::Sources;

use crate::pages::{Block, Page};

/// Codes that no text of rules or facts can show, each with the reason. Their pages have a
/// transcript, which the tests of the command line hold.
const NOT_IN_A_TEXT: [(Code, &str); 8] = [
    (Code::BadCertificate, "a certificate is no commission"),
    (Code::BadReceipt, "a receipt is no commission"),
    (Code::ByteOrderMark, "the mark can't be seen in a page"),
    (Code::CannotRead, "a text that can't be read can't stand in a page"),
    (Code::FileTooLarge, "an example would be larger than every page together"),
    (Code::NestingTooDeep, "nobody would read the example"),
    (Code::NoRules, "there is nothing to show"),
    (Code::NotUtf8, "a page is UTF-8"),
];

/// Codes that only proof gives: their examples, and no others, are proved too.
const PROVED: [Code; 6] = [
    Code::Gap,
    Code::DeadClause,
    Code::Overlap,
    Code::LayerOpens,
    Code::IdleQuestion,
    Code::GaveUp,
];

/// A page's example: what gives the code, and the same mended.
struct Example {
    rules: Sources,
    mended_rules: Sources,
    facts: Option<(String, String)>,
    is_proved: bool,
}

#[test]
fn every_code_has_a_page_of_the_one_shape() {
    for code in Code::ALL {
        let page = page(*code);
        let title = format!("# `{}`", code.spelling());
        assert_eq!(page.lines.first(), Some(&title), "{}", page.path.display());
        let headings: Vec<&str> =
            page.lines.iter().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, ["Why", "What to write", "Example"], "{}", page.path.display());
        assert_eq!(page.lines.join("\n") + "\n", code.page(), "{}", page.path.display());
    }
}

#[test]
fn every_page_belongs_to_a_code() {
    for page in Page::all("docs/codes") {
        assert!(Code::read(&page.name()).is_some(), "{} explains no code", page.path.display());
    }
}

#[test]
fn every_example_gives_its_code_and_nothing_else() {
    let told = |code: Code| -> Vec<&str> {
        example(code).told().iter().map(|told| told.code.spelling()).collect()
    };
    let is_alone = |code: Code| {
        let told = told(code);
        !told.is_empty() && told.iter().all(|told| *told == code.spelling())
    };
    let others: Vec<String> = shown()
        .filter(|code| !is_alone(*code))
        .map(|code| format!("the example of `{}` gives {:?}", code.spelling(), told(code)))
        .collect();
    assert!(others.is_empty(), "\n{}", others.join("\n"));
}

#[test]
fn every_mended_example_gives_nothing() {
    let mut left = Vec::new();
    for code in shown() {
        for told in example(code).told_mended() {
            left.push(format!("the mended example of `{}`: {}", code.spelling(), told.message));
        }
    }
    assert!(left.is_empty(), "\n{}", left.join("\n"));
}

#[test]
fn every_example_is_told_as_its_snapshot() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/codes");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for code in shown() {
        let example = example(code);
        let told = text(&example.told(), &example.rules, Style::Plain);
        let snapshot = format!("----- SOURCE\n{}\n----- TOLD\n{told}", example.source());
        settings.bind(|| insta::assert_snapshot!(code.spelling(), snapshot));
    }
}

#[test]
fn codes_not_in_a_text_have_a_transcript() {
    for (code, reason) in NOT_IN_A_TEXT {
        let page = page(code);
        let transcript = page.blocks.iter().find(|block| block.kind == "console");
        let said = format!("[{}]", code.spelling());
        let is_said = transcript.is_some_and(|transcript| transcript.text.contains(&said));
        assert!(is_said, "`{}` has no transcript, although {reason}", code.spelling());
    }
}

fn page(code: Code) -> Page {
    Page::read(format!("docs/codes/{}.md", code.spelling()).as_ref())
}

/// The codes whose pages have an example.
fn shown() -> impl Iterator<Item = Code> {
    let is_shown = |code: &Code| NOT_IN_A_TEXT.iter().all(|(other, _)| other != code);
    Code::ALL.iter().copied().filter(is_shown)
}

fn example(code: Code) -> Example {
    let page = page(code);
    let mended_at = page.lines.iter().position(|line| line == "Mended:").unwrap_or(usize::MAX);
    let (before, after): (Vec<Block>, Vec<Block>) =
        page.blocks.into_iter().partition(|block| block.line <= mended_at);
    let rules = files(&before);
    let mended = files(&after);
    let is_mended = |path: &String| mended.iter().any(|(mended, _)| mended == path);
    let kept = rules.iter().filter(|(path, _)| !is_mended(path)).cloned();
    let json = |blocks: &[Block]| {
        blocks.iter().find(|block| block.kind == "json").map(|block| block.text.clone())
    };
    Example {
        mended_rules: Sources::new(kept.chain(mended.clone())),
        rules: Sources::new(rules),
        facts: json(&before).zip(json(&after)),
        is_proved: PROVED.contains(&code),
    }
}

fn files(blocks: &[Block]) -> Vec<(String, String)> {
    let rules = blocks.iter().filter(|block| block.kind == "way");
    let path = |block: &Block| block.path.clone().unwrap_or_else(|| "example.way".to_owned());
    rules.map(|block| (path(block), block.text.clone())).collect()
}

impl Example {
    fn told(&self) -> Vec<Diagnostic> {
        let facts = self.facts.as_ref().map(|(facts, _)| facts.as_str());
        told(&self.rules, facts, self.is_proved)
    }

    fn told_mended(&self) -> Vec<Diagnostic> {
        let facts = self.facts.as_ref().map(|(_, mended)| mended.as_str());
        told(&self.mended_rules, facts, self.is_proved)
    }

    /// What the example's author wrote: the facts where the mistake is in them, else the rules.
    fn source(&self) -> String {
        if let Some((facts, _)) = &self.facts {
            return facts.clone();
        }
        let one_file = self.rules.len() == 1;
        let file = |path: &str, text: &str| {
            if one_file { text.to_owned() } else { format!("// {path}\n{text}") }
        };
        let files = self.rules.iter().map(|(_, source)| file(source.path(), source.text()));
        files.collect::<Vec<_>>().join("\n")
    }
}

/// What is said of rules, of facts read by them, and by proof if that is wanted.
fn told(rules: &Sources, facts: Option<&str>, is_proved: bool) -> Vec<Diagnostic> {
    let (book, mut diagnostics) = clearway::check(rules);
    if let Some(facts) = facts {
        diagnostics.extend(Form::new(&book).read(&book, facts).1);
    }
    if is_proved {
        let (graph, proofs) = clearway::prove(rules).expect("the example has no errors");
        let (graph, proofs, sources) = (&graph, &proofs, rules);
        diagnostics.extend(Proved { graph, proofs, sources, packs: &[] }.diagnostics());
    }
    diagnostics
}
