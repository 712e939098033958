//! The inputs kept for each target: `tests/fuzz/corpus/<target>/`, named by what each shows.

use std::fs;
use std::path::{Path, PathBuf};

use super::trying::Target;

/// How the names begin of inputs that once failed: they stay, whatever they show.
pub(super) const ONCE_FAILED: &str = "once-";

/// An input that is kept.
pub(super) struct Kept {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

pub(super) fn folder(target: &Target) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target.name)
}

/// The inputs kept for a target, in the order of their names.
pub(super) fn kept(target: &Target) -> Vec<Kept> {
    let entries = fs::read_dir(folder(target)).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let kept = paths.iter().map(|path| {
        let bytes = fs::read(path).expect("an input that is kept can be read");
        Kept { name: name(path), bytes }
    });
    kept.collect()
}

/// Keeps an input under the name of what it shows.
pub(super) fn keep(target: &Target, shows: &str, bytes: &[u8]) {
    let words = shows.split(|mark: char| !mark.is_ascii_alphanumeric());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(spaced).collect();
    let name: String = words.join("-").chars().take(60).collect();
    let folder = folder(target);
    fs::create_dir_all(&folder).expect("a folder can be made");
    let path = |ending: &str| folder.join(format!("{name}{ending}.{}", target.ending));
    let numbered = (2..).map(|number| path(&format!("-{number}")));
    let free = std::iter::once(path("")).chain(numbered).find(|path| !path.exists());
    fs::write(free.expect("numbers do not end"), bytes).expect("an input can be written");
}

/// A word in lower case, `NarrowRoute` as `narrow-route`.
fn spaced(word: &str) -> String {
    let mut spaced = String::new();
    for mark in word.chars() {
        if mark.is_ascii_uppercase() && spaced.ends_with(|last: char| last.is_ascii_lowercase()) {
            spaced.push('-');
        }
        spaced.push(mark.to_ascii_lowercase());
    }
    spaced
}

/// Takes an input out.
pub(super) fn drop(target: &Target, name: &str) {
    fs::remove_file(folder(target).join(name)).expect("an input can be removed");
}
