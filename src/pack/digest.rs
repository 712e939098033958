//! The digest by which an answer names the exact text of a pack.

use super::rulebook::Rulebook;
use super::table::{Id, PackId};
use crate::source::{Source, Sources};

/// The BLAKE3 digest of a pack's files, in hexadecimal: for each file in the order of paths, its
/// path below the pack's folder and its text, each with its length before it. Line endings and a
/// byte-order mark don't count, so that every checkout of the same rules has the same digest.
pub(super) fn digest(folder: &str, files: &[&Source]) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    for file in files {
        let path = file.path().strip_prefix(folder).unwrap_or(file.path());
        add(path.trim_start_matches('/'));
        let text = file.seen();
        add(&text.replace("\r\n", "\n"));
    }
    hasher.finalize().to_hex().to_string()
}

/// The files of which a pack's digest is, each with its path below the pack's folder and its text:
/// in a folder of their own they are the same pack.
#[must_use]
pub fn files_of(book: &Rulebook, sources: &Sources, pack: PackId) -> Vec<(String, String)> {
    let folder = |id: PackId| -> Option<&str> {
        let path = sources.get(book.packs[id].span.file)?.path();
        Some(path.rsplit_once('/').map_or("", |(folder, _)| folder))
    };
    let below = |path: &str, id: PackId| -> Option<(usize, String)> {
        let folder = folder(id)?;
        let rest = path.strip_prefix(folder)?;
        let is_inside = folder.is_empty() || rest.starts_with('/');
        is_inside.then(|| (folder.len(), rest.trim_start_matches('/').to_owned()))
    };
    let own = |path: &str| {
        let homes = book.packs.ids().filter_map(|id| Some((below(path, id)?, id)));
        let ((_, rest), home) = homes.max_by_key(|((depth, _), id)| (*depth, id.place()))?;
        (home == pack).then_some(rest)
    };
    let files = sources.iter().map(|(_, source)| source);
    files.filter_map(|source| Some((own(source.path())?, source.text().to_owned()))).collect()
}
