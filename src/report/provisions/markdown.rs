//! The map in Markdown, to stand beside the rules.

use super::page::{period, standing, why_and_where};
use crate::report::markdown::escaped;
use crate::report::wire::{Citing, Instrument, Provision, Provisions};

pub(super) fn markdown(map: &Provisions) -> String {
    let mut packs: Vec<&str> = Vec::new();
    for instrument in &map.instruments {
        if !packs.contains(&instrument.pack.as_str()) {
            packs.push(&instrument.pack);
        }
    }
    let commands = packs.iter().map(|pack| format!("`clearway coverage {pack} --format markdown`"));
    let mut text = "# What becomes of each provision\n\n".to_owned();
    text.push_str(&format!("Written by {}.\n", commands.collect::<Vec<_>>().join(" and ")));
    text.push_str(
        "Encoded: rules cite it. For judgement: a person has to weigh. Out: deliberately not \
         encoded. Not yet: nothing cites it, and no reason is given.\n",
    );
    text.push_str("\n| Instrument | Listed | Encoded | For judgement | Out | Not yet |\n");
    text.push_str("|---|--:|--:|--:|--:|--:|\n");
    for instrument in &map.instruments {
        let (title, counts) = (link(&instrument.title, &instrument.url), &instrument.counts);
        text.push_str(&format!(
            "| {title} | {} | {} | {} | {} | {} |\n",
            counts.listed, counts.encoded, counts.judgement, counts.out, counts.not_yet
        ));
    }
    map.instruments.iter().for_each(|instrument| text.push_str(&table(instrument)));
    text
}

fn table(instrument: &Instrument) -> String {
    let mut text = format!("\n## {}\n\n", escaped(&instrument.title));
    text.push_str("| Provision | About | Stands | Where, or why |\n|---|---|---|---|\n");
    text.extend(instrument.provisions.iter().map(row));
    text
}

fn row(listed: &Provision) -> String {
    let period = period(&listed.in_force).map(|period| format!(" {}", escaped(&period)));
    let by = listed.citations.iter().map(|cited| format!(" ({})", link(&cited.label, &cited.url)));
    format!(
        "| {} | {}{}{} | {} | {} |\n",
        link(&listed.provision, &listed.url),
        escaped(&listed.heading),
        period.map(|period| format!(".{period}")).unwrap_or_default(),
        by.collect::<String>(),
        standing(listed.standing),
        escaped(&why_and_where(listed, &item)),
    )
}

/// An item by kind and name; a preference, which has none, by its file.
fn item(citing: &Citing) -> String {
    match &citing.name {
        Some(name) => format!("{} {name}", citing.kind),
        None => format!("{} in {}", citing.kind, citing.file),
    }
}

fn link(words: &str, url: &str) -> String {
    format!("[{}](<{url}>)", escaped(words))
}
