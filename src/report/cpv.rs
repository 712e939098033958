//! CPV codes that were looked for: their names, and the lists of the rules that hold them.

use super::page::{Block, Item, Mark, Page, Words};
use super::text::{Look, printed};
use super::wire;
use super::words::{and, stopped};
use crate::pack::{CodeRow, List, ListRows, Rulebook};
use crate::quantity::{CpvCode, CpvNear, CpvSearch, Date, date_in_words, read_date};

/// The version of the shape of codes on the wire.
const CPV_VERSION: u32 = 1;

/// What was looked for, with the rules whose lists are told.
#[derive(Clone, Copy, Debug)]
pub struct CpvCodes<'c> {
    /// The rules.
    pub book: &'c Rulebook,
    /// The date of the lists.
    pub as_at: Date,
    /// What was asked for: words or a code.
    pub asked: &'c str,
    /// How many codes are told.
    pub limit: usize,
}

impl CpvCodes<'_> {
    /// The codes that words led to, as text for a terminal.
    #[must_use]
    pub fn text(&self, search: &CpvSearch, look: Look) -> String {
        printed(&page(&self.wire(search)), look)
    }

    /// The same as JSON, as `cpv_schema` describes it.
    #[must_use]
    pub fn json(&self, search: &CpvSearch) -> String {
        // Strings, lists and whole numbers can't fail to be written.
        let mut written = serde_json::to_string_pretty(&self.wire(search)).unwrap_or_default();
        written.push('\n');
        written
    }

    /// One code, as text for a terminal.
    #[must_use]
    pub fn code_text(&self, code: CpvCode, look: Look) -> String {
        printed(&code_page(&self.code(code, None), self.as_at), look)
    }

    /// One code as JSON, as `cpv_schema` describes it.
    #[must_use]
    pub fn code_json(&self, code: CpvCode) -> String {
        let near = CpvNear { code, phrase: None, nearness: CpvNear::WHOLLY, is_in_order: true };
        self.json(&CpvSearch { found: vec![near], read_as: Vec::new(), unknown: Vec::new() })
    }

    fn wire(&self, search: &CpvSearch) -> wire::CpvCodes {
        let read_as = search.read_as.iter().map(|(word, read_as)| wire::ReadAs {
            word: word.clone(),
            read_as: (*read_as).to_owned(),
        });
        let found = search.found.iter().take(self.limit);
        wire::CpvCodes {
            cpv_version: CPV_VERSION,
            asked: self.asked.to_owned(),
            as_at: self.as_at.to_string(),
            read_as: read_as.collect(),
            unknown: search.unknown.clone(),
            found: found.map(|near| self.code(near.code, Some(near))).collect(),
        }
    }

    fn code(&self, code: CpvCode, near: Option<&CpvNear>) -> wire::CpvCode {
        let parents = code.parents().into_iter().map(|parent| wire::CpvName {
            code: parent.to_string(),
            name: parent.label().to_owned(),
        });
        let everyday = near.and_then(|near| near.phrase);
        wire::CpvCode {
            code: code.to_string(),
            name: code.label().to_owned(),
            parents: parents.collect(),
            everyday: everyday.map(|phrase| wire::Everyday {
                words: phrase.words.clone(),
                why: phrase.why.clone(),
            }),
            lists: self.book.lists.rows().filter_map(|list| self.list(list, code)).collect(),
        }
    }

    /// A list, if it holds the code at the date.
    fn list(&self, list: &List, code: CpvCode) -> Option<wire::CpvList> {
        let ListRows::Codes(rows) = &list.rows else { return None };
        let pack = &self.book.packs[list.pack];
        let holds = |row: &&CodeRow| {
            row.in_force.holds_on(self.as_at) && row.codes.iter().any(|codes| codes.contains(code))
        };
        let row = rows.iter().find(holds).filter(|_| pack.in_force.holds_on(self.as_at))?;
        let citations = row.citations.iter().map(|citation| wire::Citation {
            label: citation.label.clone(),
            url: citation.url.clone(),
        });
        Some(wire::CpvList {
            list: list.name.clone(),
            title: list.title.clone(),
            pack: pack.name.clone(),
            pack_title: pack.title.clone(),
            citations: citations.collect(),
            doubts: row.doubts.iter().map(|doubt| doubt.words.clone()).collect(),
        })
    }
}

/// Returns the JSON Schema (2020-12) of the codes' JSON.
#[must_use]
pub fn cpv_schema() -> serde_json::Value {
    crate::report::schema_of::<wire::CpvCodes>()
}

fn page(codes: &wire::CpvCodes) -> Page {
    let as_at = read_date(&codes.as_at).map_or_else(|| codes.as_at.clone(), date_in_words);
    let title = format!("CPV codes for “{}”, with the lists of {as_at}", codes.asked);
    let mut blocks = vec![Block::Title(Words::strong(&title))];
    if !codes.read_as.is_empty() {
        let read = codes.read_as.iter().map(|it| format!("“{}” as “{}”", it.word, it.read_as));
        let read: Vec<String> = read.collect();
        blocks.push(Block::Paragraph(Words::plain(&format!("Read {}.", and(&read)))));
    }
    if !codes.unknown.is_empty() {
        let words: Vec<String> = codes.unknown.iter().map(|word| format!("“{word}”")).collect();
        let words = format!("No name has {}.", and(&words));
        blocks.push(Block::Paragraph(Words::plain(&words)));
    }
    blocks.extend(codes.found.iter().map(|code| {
        let words = Words::strong(&code.code).then(&format!(" {}", code.name));
        let everyday = code.everyday.as_ref().map(|everyday| {
            let (words, why) = (&everyday.words, stopped(&everyday.why));
            Words::plain(&format!("For “{words}”: {why}"))
        });
        Block::Item(Item::new(Mark::Plain, words).with(everyday.into_iter().chain([listed(code)])))
    }));
    Page { blocks }
}

/// `On no list.`, or the titles of the lists.
fn listed(code: &wire::CpvCode) -> Words {
    let lists = code.lists.iter().map(|list| format!("{} ({})", list.title, list.pack_title));
    let lists: Vec<String> = lists.collect();
    if lists.is_empty() {
        Words::quiet("On none of the rules' lists.")
    } else {
        Words::quiet(&format!("On: {}.", lists.join("; ")))
    }
}

fn code_page(code: &wire::CpvCode, as_at: Date) -> Page {
    let title = Words::strong(&code.code).then(&format!(" {}", code.name));
    let mut blocks = vec![Block::Title(title)];
    if !code.parents.is_empty() {
        let rows = code.parents.iter();
        let rows = rows.map(|above| (Words::plain(&above.code), Words::plain(&above.name)));
        blocks.push(Block::Heading("Above it in the vocabulary".to_owned()));
        blocks.push(Block::Rows(rows.collect()));
    }
    blocks.push(Block::Heading(format!("Lists that hold it on {}", date_in_words(as_at))));
    if code.lists.is_empty() {
        blocks.push(Block::Paragraph(Words::plain("None of the rules' lists holds it.")));
    }
    blocks.extend(code.lists.iter().map(|list| {
        let words = Words::plain(&list.title)
            .then_quiet(&format!(" ({})", list.pack_title))
            .citing(&list.citations);
        let doubts = list.doubts.iter().map(|doubt| Words::quiet(&stopped(doubt)));
        Block::Item(Item::new(Mark::Plain, words).with(doubts))
    }));
    Page { blocks }
}
