//! Finds the packs among the files, and the order in which they use one another.
//!
//! A pack is a folder: the file with the `pack` item and all files beside and below it, save those
//! of a pack in a folder further down.

use std::collections::BTreeMap;

use super::super::rulebook::Pack;
use super::super::table::{Id, PackId, Table, id};
use super::super::{digest, errors};
use super::{Held, Parsed};
use crate::diagnostic::Diagnostic;
use crate::quantity::InForce;
use crate::source::{Source, Sources, Spanned};
use crate::syntax::tree::{Clause, Item, Keyword, Names as NamesClause, Tail, Word};

/// A pack as found, before anything in it is read.
pub(super) struct Found<'t> {
    folder: String,
    /// The `pack` item.
    pub(super) item: &'t Spanned<Item>,
    /// Its name.
    pub(super) name: &'t Word,
    /// The packs it uses or sits on, as far as they exist.
    pub(super) uses: Vec<PackId>,
    pub(super) base: Option<PackId>,
    digest: String,
}

/// The packs, each after those it uses.
pub(super) struct Packs<'t> {
    pub(super) found: Vec<Found<'t>>,
}

/// Finds the packs.
pub(super) fn find<'t>(
    files: &'t [Parsed],
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Packs<'t> {
    let mut found: Vec<Found<'t>> = Vec::new();
    if files.is_empty() {
        diagnostics.push(errors::no_rules());
    }
    for file in files {
        let folder = folder_of(&file.path);
        for item in file.tree.items.iter().filter(|item| item.node.header.keyword == Keyword::Pack)
        {
            let Some(name) = &item.node.header.name else { continue };
            let twin =
                found.iter().find(|other| other.folder == folder || other.name.node == name.node);
            if let Some(twin) = twin {
                diagnostics.push(errors::second_pack(name, twin.name));
                continue;
            }
            let (folder, digest) = (folder.to_owned(), String::new());
            found.push(Found { folder, item, name, uses: Vec::new(), base: None, digest });
        }
    }
    let first = files.iter().find_map(|file| file.tree.items.first());
    if let (true, Some(first)) = (found.is_empty(), first) {
        diagnostics.push(errors::no_pack(first.span));
    }
    for homeless in
        files.iter().filter(|file| !found.is_empty() && home(&found, &file.path).is_none())
    {
        if let Some(item) = homeless.tree.items.first() {
            diagnostics.push(errors::no_pack(item.span));
        }
    }
    for place in 0..found.len() {
        let Some(folder) = found.get(place).map(|pack| pack.folder.clone()) else { continue };
        let own = sources.iter().map(|(_, source)| source);
        let own: Vec<&Source> =
            own.filter(|source| home(&found, source.path()) == Some(place)).collect();
        if let Some(pack) = found.get_mut(place) {
            pack.digest = digest::digest(&folder, &own);
        }
    }
    Packs { found: in_order_of_use(found, diagnostics) }
}

/// The place of the pack whose folder holds a path most closely.
fn home(found: &[Found<'_>], path: &str) -> Option<usize> {
    let holds = |folder: &str| {
        folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    };
    let holding = found.iter().enumerate().filter(|(_, pack)| holds(&pack.folder));
    holding.max_by_key(|(_, pack)| pack.folder.len()).map(|(place, _)| place)
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The names that a pack uses, with the base of a layer first.
fn used(item: &Spanned<Item>) -> Vec<&Word> {
    let base = match &item.node.header.tail {
        Tail::On(base) => Some(base),
        Tail::None | Tail::Legislation(_) | Tail::Page(_) | Tail::Kind(..) | Tail::Over(..) => None,
    };
    let uses = item.node.lines.iter().filter_map(|line| {
        let Clause::Names(NamesClause::Use, names) = &line.clause.node else { return None };
        Some(names)
    });
    base.into_iter().chain(uses.flatten()).collect()
}

/// Orders packs so that each comes after those it uses; says where they go in a circle.
fn in_order_of_use<'t>(found: Vec<Found<'t>>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Found<'t>> {
    let place_of: BTreeMap<String, usize> =
        found.iter().enumerate().map(|(place, pack)| (pack.name.node.clone(), place)).collect();
    let all: Vec<&str> = place_of.keys().map(String::as_str).collect();
    let mut uses: Vec<Vec<usize>> = Vec::new();
    for pack in &found {
        let mut places = Vec::new();
        for name in used(pack.item) {
            match place_of.get(&name.node) {
                Some(place) => places.push(*place),
                None => {
                    let mut others = all.clone();
                    others.retain(|other| *other != pack.name.node);
                    diagnostics.push(errors::unknown_pack(name, &others));
                }
            }
        }
        uses.push(places);
    }
    let order = order(&uses, &found, diagnostics);
    let new_place = |old: usize| order.iter().position(|place| *place == old);
    let mut found: Vec<Option<Found<'t>>> = found.into_iter().map(Some).collect();
    let mut ordered = Vec::new();
    for old in &order {
        let Some(mut pack) = found.get_mut(*old).and_then(Option::take) else { continue };
        let used = uses.get(*old).into_iter().flatten();
        pack.uses = used.filter_map(|place| new_place(*place)).map(id).collect();
        let is_layer = matches!(pack.item.node.header.tail, Tail::On(_));
        pack.base = if is_layer { pack.uses.first().copied() } else { None };
        ordered.push(pack);
    }
    ordered
}

/// Places in the order of use, by repeatedly taking what waits for nothing.
fn order(
    uses: &[Vec<usize>],
    found: &[Found<'_>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let mut done: Vec<usize> = Vec::new();
    while done.len() < uses.len() {
        let is_ready = |place: &usize| {
            let waits = uses.get(*place).into_iter().flatten();
            !done.contains(place) && waits.clone().all(|other| done.contains(other))
        };
        let waiting = || (0..uses.len()).filter(|place| !done.contains(place));
        if let Some(next) = (0..uses.len()).find(is_ready) {
            done.push(next);
            continue;
        }
        let circle: Vec<&Word> =
            waiting().filter_map(|place| found.get(place)).map(|pack| pack.name).collect();
        diagnostics.push(errors::pack_cycle(&circle));
        let rest: Vec<usize> = waiting().collect();
        done.extend(rest);
    }
    done
}

impl<'t> Packs<'t> {
    /// Every item but the packs themselves, in the order of packs, files and lines.
    pub(super) fn held(&self, files: &'t [Parsed]) -> Vec<Held<'t>> {
        let mut held = Vec::new();
        for (place, _) in self.found.iter().enumerate() {
            for file in files.iter().filter(|file| home(&self.found, &file.path) == Some(place)) {
                debug_assert!(
                    file.tree.items.iter().all(|item| item.span.file == file.file),
                    "items are in their file"
                );
                held.extend(file.tree.items.iter().map(|item| Held { pack: id(place), item }));
            }
        }
        held
    }

    /// The packs each pack sees: itself, and what it uses at any remove.
    pub(super) fn visible(&self) -> Vec<Vec<PackId>> {
        let mut visible: Vec<Vec<PackId>> = Vec::new();
        for (place, pack) in self.found.iter().enumerate() {
            let mut seen = vec![id(place)];
            for used in &pack.uses {
                seen.push(*used);
                seen.extend(visible.get(used.place()).into_iter().flatten());
            }
            seen.sort_unstable();
            seen.dedup();
            visible.push(seen);
        }
        visible
    }

    /// The packs as rows, what needs names still missing.
    pub(super) fn into_table(self) -> Table<PackId, Pack> {
        let rows = self.found.into_iter().map(|found| Pack {
            name: found.name.node.clone(),
            title: found
                .item
                .node
                .header
                .title
                .as_ref()
                .map_or_else(|| found.name.node.clone(), |title| title.node.clone()),
            span: found.item.span,
            version: String::new(),
            extent: Vec::new(),
            in_force: InForce::ALWAYS,
            uses: found.uses,
            base: found.base,
            gate: None,
            calendar: None,
            citations: Vec::new(),
            digest: found.digest,
        });
        Table::new(rows.collect())
    }
}

/// The sources without the files of a pack, and without those of every pack that uses it.
#[must_use]
pub fn without(sources: &Sources, pack: &str) -> Sources {
    let files: Vec<Parsed> = sources
        .iter()
        .map(|(file, source)| Parsed {
            file,
            path: source.path().to_owned(),
            tree: crate::syntax::parse(file, source).0,
        })
        .collect();
    let packs = find(&files, sources, &mut Vec::new());
    let name_of = |id: PackId| packs.found.get(id.place()).map(|pack| pack.name.node.as_str());
    let visible = packs.visible();
    let sees = |place: usize| {
        let seen = visible.get(place).into_iter().flatten();
        seen.into_iter().any(|seen| name_of(*seen) == Some(pack))
    };
    let is_kept = |source: &&Source| !home(&packs.found, source.path()).is_some_and(sees);
    let kept = sources.iter().map(|(_, source)| source).filter(is_kept);
    Sources::new(kept.map(|source| (source.path().to_owned(), source.text().to_owned())))
}

/// The folders, among further sources, of the packs to read with these: none where these use none
/// of them, otherwise all but those that these hold themselves. All, because the law is one: a
/// council's rules on one Act are read with what decides whether that Act governs at all. A name
/// that nothing has and that is like one of theirs counts too, so that what was meant can be told.
#[must_use]
pub fn packs_wanted(own: &Sources, further: &Sources) -> Vec<String> {
    let parse_all = |sources: &Sources| -> Vec<Parsed> {
        let headers = sources
            .iter()
            .filter(|(_, source)| source.text().lines().any(|line| line.starts_with("pack ")));
        let parsed = headers.map(|(file, source)| Parsed {
            file,
            path: source.path().to_owned(),
            tree: crate::syntax::parse(file, source).0,
        });
        parsed.collect()
    };
    let (own, further) = (parse_all(own), parse_all(further));
    let pack_items = |files: &[Parsed]| -> Vec<(String, String, Vec<String>)> {
        let mut items = Vec::new();
        for file in files {
            for item in
                file.tree.items.iter().filter(|item| item.node.header.keyword == Keyword::Pack)
            {
                let name = item
                    .node
                    .header
                    .name
                    .as_ref()
                    .map(|name| name.node.clone())
                    .unwrap_or_default();
                let uses = used(item).into_iter().map(|name| name.node.clone()).collect();
                items.push((name, folder_of(&file.path).to_owned(), uses));
            }
        }
        items
    };
    let (own, further) = (pack_items(&own), pack_items(&further));
    let is_held = |name: &str| own.iter().any(|(own, _, _)| own == name);
    let missing = || own.iter().flat_map(|(_, _, uses)| uses).filter(|name| !is_held(name));
    let is_further = |name: &str| further.iter().any(|(further, _, _)| further == name);
    let all: Vec<&str> = further.iter().map(|(name, _, _)| name.as_str()).collect();
    if !missing().any(|name| is_further(name) || errors::is_like(name, &all)) {
        return Vec::new();
    }
    let rest = further.iter().filter(|(name, _, _)| !is_held(name));
    rest.map(|(_, folder, _)| folder.clone()).collect()
}
