//! The whole page in its order: what to do first, then why, then what follows from it.

use super::{Block, Item, Mark, Page, Words, add, decisions, lists, papers, proved, routes};
use crate::report::wire::{Answer, Because, Pack, Recommendation, Undecided, UndecidedKind};
use crate::report::words::{and, capital};

/// How many of the routes still in play the head of a page names.
const ROUTES_NAMED: usize = 10;

/// The page of an answer.
pub(in crate::report) fn page(answer: &Answer) -> Page {
    // With nothing recommended, the first thing a reader needs is what to find out.
    let is_decided = matches!(answer.recommendation, Recommendation::Take { .. });
    let questions = lists::questions(answer, is_decided);
    let (first, later) = if is_decided { (Vec::new(), questions) } else { (questions, Vec::new()) };
    let sections = [
        subject(answer),
        head(answer),
        proved::firmness(answer),
        first,
        lists::doubts(&answer.doubts),
        papers::checklist(&answer.checklist, is_decided),
        papers::timetable(&answer.timetable),
        later,
        routes::others(answer),
        routes::models(&answer.models),
        lists::coming(&answer.coming),
        decisions::decisions(answer),
        lists::facts(answer),
        addresses(answer),
        foot(answer),
    ];
    Page { blocks: sections.into_iter().flatten().collect() }
}

/// What the commission is called: one line, whatever its author put in it.
fn subject(answer: &Answer) -> Vec<Block> {
    let shown = |letter: char| if letter.is_control() { ' ' } else { letter };
    let title: String = answer.title.iter().flat_map(|title| title.chars()).map(shown).collect();
    let words: Vec<&str> = title.split_whitespace().collect();
    let subject = (!words.is_empty()).then(|| Block::Paragraph(Words::strong(&words.join(" "))));
    subject.into_iter().collect()
}

/// What to do and why, or why nothing is recommended.
fn head(answer: &Answer) -> Vec<Block> {
    match &answer.recommendation {
        Recommendation::Take { route, title, model, model_title, because, ahead_of: _ } => {
            let named = model.as_deref().zip(model_title.as_deref());
            let mut blocks = vec![Block::Title(
                Words::plain("Recommended: ").then_strong(&carried(title, named)),
            )];
            let note = answer.routes.iter().find(|found| found.route == *route);
            let note = note.and_then(|found| found.note.as_deref());
            blocks.extend(note.map(|note| Block::Paragraph(Words::plain(note))));
            blocks.push(Block::Heading("Why".to_owned()));
            blocks.extend(because.iter().map(reason));
            blocks
        }
        Recommendation::Undecided { undecided } => nothing(undecided, &answer.packs),
    }
}

/// `Light touch competition, as an alliance (Alliance contract)`
fn carried(route: &str, model: Option<(&str, &str)>) -> String {
    let Some((name, title)) = model else { return route.to_owned() };
    let called = name.replace('_', " ");
    let article = if called.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    if called.eq_ignore_ascii_case(title) {
        return format!("{route}, as {article} {called}");
    }
    format!("{route}, as {article} {called} ({title})")
}

fn reason(because: &Because) -> Block {
    let words = Words::plain(&because.says).citing(&because.citations);
    Block::Item(Item::new(Mark::Plain, words))
}

fn nothing(undecided: &Undecided, packs: &[Pack]) -> Vec<Block> {
    let mut blocks = vec![Block::Title(Words::strong(&undecided.why))];
    if !undecided.between.is_empty() {
        let head = match undecided.kind {
            UndecidedKind::Tie => "Choose one of:",
            UndecidedKind::Waits | UndecidedKind::NoRules | UndecidedKind::NoneLawful => {
                "Still in play:"
            }
        };
        blocks.push(Block::Paragraph(Words::plain(head)));
        let n_left = undecided.between.len().saturating_sub(ROUTES_NAMED);
        let routes = undecided.between.iter().take(ROUTES_NAMED);
        let routes = routes.map(|route| Item::new(Mark::Plain, Words::plain(&route.title)));
        blocks.extend(routes.map(Block::Item));
        if n_left > 0 {
            let more = format!("and {n_left} more, listed with the others below.");
            blocks.push(Block::Paragraph(Words::plain(&more)));
        }
    }
    if undecided.kind == UndecidedKind::NoRules {
        blocks.push(Block::Paragraph(Words::plain("The rules held here:")));
        blocks.extend(packs.iter().map(held));
    }
    blocks
}

/// A pack with the time in which it is in force, or why it does not apply.
fn held(pack: &Pack) -> Block {
    let from = pack.in_force.from.as_deref().map(|from| format!("from {}", lists::day(from)));
    let until = pack.in_force.until.as_deref();
    let until = until.map(|until| format!("until {}", lists::day(until)));
    let time = [from, until].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let time = if time.is_empty() { String::new() } else { format!(", {time}") };
    Block::Item(Item::new(Mark::Plain, Words::plain(&format!("{}{time}", pack.title))))
}

/// Where to read what the reasons and the doubts cite.
fn addresses(answer: &Answer) -> Vec<Block> {
    let because = match &answer.recommendation {
        Recommendation::Take { because, .. } => because.as_slice(),
        Recommendation::Undecided { .. } => &[],
    };
    let reasons = because.iter().flat_map(|reason| &reason.citations);
    let doubts = answer.doubts.iter().flat_map(|doubt| &doubt.citations);
    let mut cited = Vec::new();
    add(&mut cited, reasons.chain(doubts));
    if cited.is_empty() { Vec::new() } else { vec![Block::Addresses(cited)] }
}

/// What made the answer, so that it can be made again and checked.
fn foot(answer: &Answer) -> Vec<Block> {
    let engine = &answer.engine;
    let as_at = lists::day(&answer.as_at);
    let packs = answer.packs.iter().map(|pack| {
        let digest: String = pack.digest.chars().take(12).collect();
        format!("{} {} ({digest})", pack.pack, pack.version)
    });
    let words = format!(
        "{} {}, as at {as_at}, by {}.",
        capital(engine.name),
        engine.version,
        and(&packs.collect::<Vec<_>>())
    );
    let advice = Words::plain("This is not legal advice.");
    vec![Block::Rule, Block::Paragraph(Words::quiet(&words)), Block::Paragraph(advice)]
}
