//! The map as a person reads it in a terminal: the counts, then each instrument's provisions.

use crate::quantity::{date_in_words, read_date};
use crate::report::page::{Block, Page, Words};
use crate::report::wire::{
    Citing, Counts, InForce, Instrument, Provision, ProvisionStanding as Standing, Provisions,
};
use crate::report::words::stopped;

pub(super) fn page(map: &Provisions) -> Page {
    let counts = map.instruments.iter().map(|instrument| {
        (Words::plain(&instrument.title), Words::plain(&counted(&instrument.counts)))
    });
    let title = Words::strong("What becomes of each provision");
    let mut blocks = vec![Block::Title(title), Block::Rows(counts.collect())];
    for instrument in &map.instruments {
        blocks.extend(provisions(instrument));
    }
    Page { blocks }
}

/// `375 listed: 120 encoded, 12 for judgement, 90 out, 153 not yet`
pub(super) fn counted(counts: &Counts) -> String {
    let Counts { listed, encoded, judgement, out, not_yet, cited_though_out } = counts;
    let mut words = format!(
        "{listed} listed: {encoded} encoded, {judgement} for judgement, {out} out, {not_yet} not yet"
    );
    if *cited_though_out > 0 {
        words.push_str(&format!("; {cited_though_out} cited though out"));
    }
    words
}

fn provisions(instrument: &Instrument) -> [Block; 2] {
    let rows = instrument.provisions.iter();
    let rows = rows.map(|listed| (Words::plain(&listed.provision), about(listed)));
    [Block::Heading(instrument.title.clone()), Block::Rows(rows.collect())]
}

fn about(listed: &Provision) -> Words {
    let heading = Words::plain(&stopped(&listed.heading));
    let period = period(&listed.in_force);
    let heading = match period {
        Some(period) => heading.then_quiet(&format!(" {period}")).citing(&listed.citations),
        None => heading.citing(&listed.citations),
    };
    heading.then(" ").then_strong(standing(listed.standing)).then(&rest(listed, &place))
}

/// How a provision stands, in words.
pub(super) const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Encoded => "Encoded",
        Standing::Judgement => "For judgement",
        Standing::Out => "Out",
        Standing::NotYet => "Not yet",
    }
}

/// When a provision is in force, where that is not always.
pub(super) fn period(in_force: &InForce) -> Option<String> {
    let day = |day: &String| read_date(day).map_or_else(|| day.clone(), date_in_words);
    Some(match (in_force.from.as_ref().map(day), in_force.until.as_ref().map(day)) {
        (Some(from), None) => format!("In force from {from}."),
        (None, Some(until)) => format!("In force until {until}."),
        (Some(from), Some(until)) => format!("In force from {from} until {until}."),
        (None, None) => return None,
    })
}

/// What follows the standing: where it is encoded, why it is out, what is judged and where.
fn rest(listed: &Provision, place: &dyn Fn(&Citing) -> String) -> String {
    let said = why_and_where(listed, place);
    if said.is_empty() { ".".to_owned() } else { format!(": {said}") }
}

/// Why a provision stands as it does and what cites it, each item told by `place`.
pub(super) fn why_and_where(listed: &Provision, place: &dyn Fn(&Citing) -> String) -> String {
    let why = listed.why.as_deref().map(stopped).unwrap_or_default();
    let items = |is_wanted: &dyn Fn(&&Citing) -> bool| {
        let items: Vec<String> = listed.cited_by.iter().filter(is_wanted).map(place).collect();
        items.join(", ")
    };
    let all = || items(&|_| true);
    match listed.standing {
        Standing::Encoded => format!("{}.", all()),
        Standing::NotYet => String::new(),
        Standing::Out if listed.cited_by.is_empty() => why,
        Standing::Out => format!("{why} Cited all the same: {}.", all()),
        Standing::Judgement => {
            let (marked, others) =
                (items(&|it| it.marks_judgement), items(&|it| !it.marks_judgement));
            let marked = match marked.is_empty() {
                true => " No fact marks it yet.".to_owned(),
                false => format!(" Marked in {marked}."),
            };
            let cited =
                if others.is_empty() { String::new() } else { format!(" Cited in {others}.") };
            format!("{why}{marked}{cited}")
        }
    }
}

/// `route quotes (town/pack.way:17)`
fn place(citing: &Citing) -> String {
    let name = citing.name.as_ref().map_or_else(String::new, |name| format!(" {name}"));
    format!("{}{name} ({}:{})", citing.kind, citing.file, citing.line)
}
