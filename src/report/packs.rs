//! The packs that are loaded, and what stands in one.

use super::from_answer::{citations, in_force};
use super::wire::{self, AskedFact, Choice, Named, PackContents, PackHead, Packs};
use super::words;
use crate::pack::{Citation, Pack, PackId, Rulebook};

/// Returns the packs as JSON, as the schema of `PackHead` describes them. `rules` is the digest of
/// all of them together.
#[must_use]
pub fn packs_json(book: &Rulebook, rules: &str) -> String {
    let packs = book.packs.rows().map(|pack| head(book, pack)).collect();
    written(&Packs { rules: rules.to_owned(), packs })
}

/// Returns a pack as JSON, with the facts, decisions, routes and documents that it declares.
#[must_use]
pub fn pack_json(book: &Rulebook, id: PackId) -> String {
    let named = |name: &str, title: &str, note: Option<&String>, cited: &[Citation]| Named {
        name: name.to_owned(),
        title: title.to_owned(),
        note: note.cloned(),
        citations: citations(cited),
    };
    let facts = book.facts.rows().filter(|fact| fact.pack == id).map(|fact| AskedFact {
        fact: fact.name.clone(),
        title: fact.title.clone(),
        ask: fact.ask.clone(),
        help: fact.help.clone(),
        kind: words::kind(&fact.kind).to_owned(),
        options: fact
            .kind
            .choices()
            .iter()
            .map(|choice| Choice { option: choice.name.clone(), title: choice.title.clone() })
            .collect(),
        citations: citations(&fact.citations),
    });
    let decisions = book.decisions.rows().filter(|decision| decision.pack == id);
    let routes = book.routes.rows().filter(|route| route.pack == id);
    let documents = book.documents.rows().filter(|document| document.pack == id);
    written(&PackContents {
        pack: head(book, &book.packs[id]),
        facts: facts.collect(),
        decisions: decisions
            .map(|it| named(&it.name, &it.title, it.note.as_ref(), &it.citations))
            .collect(),
        routes: routes
            .map(|it| named(&it.name, &it.title, it.note.as_ref(), &it.citations))
            .collect(),
        documents: documents
            .map(|it| named(&it.name, &it.title, it.note.as_ref(), &it.citations))
            .collect(),
    })
}

fn head(book: &Rulebook, pack: &Pack) -> PackHead {
    PackHead {
        pack: pack.name.clone(),
        title: pack.title.clone(),
        version: pack.version.clone(),
        digest: pack.digest.clone(),
        in_force: in_force(pack.in_force),
        extent: pack.extent.clone(),
        base: pack.base.map(|base| book.packs[base].name.clone()),
    }
}

fn written<T: serde::Serialize>(wire: &T) -> String {
    // Strings and lists can't fail to be written.
    let mut text = serde_json::to_string_pretty(wire).unwrap_or_default();
    text.push('\n');
    text
}

/// Adds the schemas of what a service answers to those of an OpenAPI document, and says by which
/// name each is there.
#[must_use]
pub fn components() -> serde_json::Map<String, serde_json::Value> {
    let mut settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    let mut generator = settings.into_generator();
    let _ = generator.subschema_for::<wire::Answer>();
    let _ = generator.subschema_for::<wire::Standings<'_>>();
    let _ = generator.subschema_for::<wire::Reasons<'_>>();
    let _ = generator.subschema_for::<wire::Differences>();
    let _ = generator.subschema_for::<Packs>();
    let _ = generator.subschema_for::<PackContents>();
    generator.take_definitions(true)
}
