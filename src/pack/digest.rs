//! The digest by which an answer names the exact text of a pack.

use crate::source::Source;

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
