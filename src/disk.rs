//! The only room that reads and writes files; also the rules embedded in the binary.

#![expect(clippy::disallowed_methods, reason = "this room is where files are read and written")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::pack::packs_wanted;
use crate::source::{Source, Sources};

/// The rules that the binary carries.
static RULES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// How deep folders of rules are searched: far deeper than any pack is laid out.
const FOLDER_DEPTH_MAX: usize = 16;

/// What stands before the path of an embedded file among a person's own, whose folders may have
/// the same names.
const EMBEDDED: &str = "embedded:";

/// A file: its path and its text.
type Read = (String, String);

/// The embedded rules.
#[must_use]
pub fn embedded() -> Sources {
    Sources::new(embedded_files())
}

/// The embedded rules to decide by: the same packs, with their scenarios set aside.
#[must_use]
pub fn embedded_law() -> Sources {
    embedded().with_aside(|source| holds_cases(source.path()))
}

/// Whether an embedded file holds scenarios and nothing else, as all in a folder `cases` do.
fn holds_cases(path: &str) -> bool {
    path.contains("/cases/")
}

fn embedded_files() -> Vec<Read> {
    let mut files = Vec::new();
    gather_embedded(&RULES, &mut files);
    files
}

fn gather_embedded(folder: &Dir<'_>, files: &mut Vec<Read>) {
    for file in folder.files().filter(|file| is_rule_file(file.path())) {
        let text = file.contents_utf8().unwrap_or_default();
        files.push((format!("rules/{}", with_slashes(file.path())), text.to_owned()));
    }
    for inner in folder.dirs() {
        gather_embedded(inner, files);
    }
}

/// The rule files in folders, or single files. A pack that they use and don't hold is taken from
/// the embedded rules.
///
/// # Errors
/// What can't be read, each with its path.
pub fn rules_in(places: &[PathBuf]) -> Result<Sources, Vec<Diagnostic>> {
    let own = files_in(places)?;
    let files = own.iter().map(|(_, source)| (source.path().to_owned(), source.text().to_owned()));
    Ok(Sources::new(completed(files.collect())))
}

/// The same to decide by: the scenarios of embedded packs are set aside, a person's own are not.
///
/// # Errors
/// What can't be read, each with its path.
pub fn law_in(places: &[PathBuf]) -> Result<Sources, Vec<Diagnostic>> {
    let is_aside = |source: &Source| is_embedded(source.path()) && holds_cases(source.path());
    rules_in(places).map(|sources| sources.with_aside(is_aside))
}

/// The rule files in folders, or single files, and nothing else.
///
/// # Errors
/// What can't be read, each with its path.
pub fn files_in(places: &[PathBuf]) -> Result<Sources, Vec<Diagnostic>> {
    let (mut files, mut diagnostics) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for place in places {
        gather(place, 0, &mut seen, &mut files, &mut diagnostics);
    }
    match (diagnostics.is_empty(), files.is_empty()) {
        (false, _) => Err(diagnostics),
        (true, true) => Err(vec![no_rules(places)]),
        (true, false) => Ok(Sources::new(files)),
    }
}

/// The commissions in a folder, each a path and its text: its JSON files, in the order of their
/// names.
///
/// # Errors
/// What can't be read, each with its path.
pub fn commissions_in(folder: &Path) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
    let entries = fs::read_dir(folder).map_err(|error| vec![cannot_read(folder, &error)])?;
    let is_json = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "json");
    let mut paths: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(is_json).collect();
    paths.sort();
    if paths.is_empty() {
        let message = format!("there are no commissions in `{}`", folder.display());
        let diagnostic = Diagnostic::nowhere(Code::CannotRead, Severity::Error, message);
        return Err(vec![diagnostic.note("a commission is a file that ends in `.json`")]);
    }
    let (mut files, mut diagnostics) = (Vec::new(), Vec::new());
    for path in paths {
        match read(&path) {
            Ok(text) => files.push((with_slashes(&path), text)),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    if diagnostics.is_empty() { Ok(files) } else { Err(diagnostics) }
}

/// The files, with the embedded packs that they use and don't hold.
fn completed(mut files: Vec<Read>) -> Vec<Read> {
    let own = Sources::new(files.clone());
    let wanted = packs_wanted(&own, &embedded());
    let folders: Vec<String> = wanted.into_iter().map(|folder| format!("{folder}/")).collect();
    let is_wanted = |path: &str| folders.iter().any(|folder| path.starts_with(folder.as_str()));
    let embedded = embedded_files().into_iter().filter(|(path, _)| is_wanted(path));
    files.extend(embedded.map(|(path, text)| (format!("{EMBEDDED}{path}"), text)));
    files
}

/// Whether a path is that of an embedded file that `rules_in` added to a person's own.
#[must_use]
pub fn is_embedded(path: &str) -> bool {
    path.starts_with(EMBEDDED)
}

fn gather(
    place: &Path,
    depth: usize,
    seen: &mut BTreeSet<PathBuf>,
    files: &mut Vec<Read>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    // One place may be given in two ways, and a link may lead back to where it stands.
    if !seen.insert(fs::canonicalize(place).unwrap_or_else(|_| place.to_owned())) {
        return;
    }
    if !place.is_dir() {
        match read(place) {
            Ok(text) => files.push((with_slashes(place), text)),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
        return;
    }
    let entries = match fs::read_dir(place) {
        Ok(entries) => entries,
        Err(error) => return diagnostics.push(cannot_read(place, &error)),
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let is_hidden =
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let is_folder = path.is_dir() && !is_hidden && depth < FOLDER_DEPTH_MAX;
        if is_folder || is_rule_file(&path) {
            gather(&path, depth + 1, seen, files, diagnostics);
        }
    }
}

fn is_rule_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "way")
}

fn with_slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Reads a text file.
///
/// # Errors
/// The file can't be read, or is not UTF-8.
pub fn read(path: &Path) -> Result<String, Box<Diagnostic>> {
    let bytes = fs::read(path).map_err(|error| Box::new(cannot_read(path, &error)))?;
    as_utf8(bytes, &path.display().to_string())
}

/// Reads a text file, if there is one.
///
/// # Errors
/// The file is there and can't be read, or is not UTF-8.
pub fn read_if_there(path: &Path) -> Result<Option<String>, Box<Diagnostic>> {
    match fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Ok(_) | Err(_) => read(path).map(Some),
    }
}

/// Bytes as text.
///
/// # Errors
/// They are not UTF-8; the message names the first byte that is not.
pub fn as_utf8(bytes: Vec<u8>, name: &str) -> Result<String, Box<Diagnostic>> {
    String::from_utf8(bytes).map_err(|error| {
        let place = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(place).filter(|byte| **byte == b'\n').count() + 1;
        let message = format!(
            "`{name}` is not UTF-8 text: byte {place}, on line {line}, belongs to no character"
        );
        let diagnostic = Diagnostic::nowhere(Code::NotUtf8, Severity::Error, message);
        let help = "save it as UTF-8 in your editor, then check every `£`";
        Box::new(diagnostic.help(help.to_owned()))
    })
}

/// Writes a whole file or leaves it as it was: to a file beside it, which then takes its place and
/// who may read it. A link is followed, and stays.
///
/// # Errors
/// The file can't be written.
pub fn write(path: &Path, text: &str) -> Result<(), Box<Diagnostic>> {
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let beside = place.with_file_name(format!(".{name}.clearway"));
    let permissions = fs::metadata(&place).map(|metadata| metadata.permissions());
    let written = fs::File::create(&beside)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| permissions.map_or(Ok(()), |kept| fs::set_permissions(&beside, kept)))
        .and_then(|()| fs::rename(&beside, &place));
    written.map_err(|error| {
        // What could not take its place is of no use to anybody.
        let _ = fs::remove_file(&beside);
        Box::new(cannot_write(path, &error))
    })
}

/// Writes at the end of a file, which must be there.
///
/// # Errors
/// The file can't be written.
pub fn append(path: &Path, text: &str) -> Result<(), Box<Diagnostic>> {
    let file = fs::OpenOptions::new().append(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| Box::new(cannot_write(path, &error)))
}

/// Makes a folder and writes files into it; refuses a folder that holds anything.
///
/// # Errors
/// The folder is not empty, or can't be made or written.
pub fn new_folder(folder: &Path, files: &[(&str, String)]) -> Result<(), Box<Diagnostic>> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        let message = format!("`{}` is not empty", folder.display());
        let diagnostic = Diagnostic::nowhere(Code::CannotRead, Severity::Error, message);
        return Err(Box::new(diagnostic.help("name a folder that doesn't exist yet".to_owned())));
    }
    for (name, text) in files {
        let path = folder.join(name);
        let inside = path.parent().unwrap_or(folder);
        fs::create_dir_all(inside).map_err(|error| {
            let message = format!("`{}` can't be made: {}", inside.display(), plainly(&error));
            Box::new(Diagnostic::nowhere(Code::CannotRead, Severity::Error, message))
        })?;
        write(&path, text)?;
    }
    Ok(())
}

/// How many packs were kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Those that were not there.
    pub n_added: usize,
    /// Those that were there and held something else than they were named after.
    pub n_mended: usize,
}

/// Keeps packs in a folder, each as its files in a folder of its digest. A pack that is there
/// already, and whole, stays as it is.
///
/// # Errors
/// The folder can't be made or written.
pub fn keep(store: &Path, packs: &[(String, Vec<Read>)]) -> Result<Kept, Box<Diagnostic>> {
    let mut kept = Kept::default();
    for (digest, files) in packs {
        let folder = store.join(digest);
        let is_there = folder.exists();
        if is_there && is_whole(&folder, files) {
            continue;
        }
        let files: Vec<(&str, String)> =
            files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
        // A pack half kept would be another pack: it is named only once it is whole.
        let beside = store.join(format!(".{digest}"));
        let _ = fs::remove_dir_all(&beside);
        new_folder(&beside, &files)?;
        let renamed = match is_there {
            true => fs::remove_dir_all(&folder).and_then(|()| fs::rename(&beside, &folder)),
            false => fs::rename(&beside, &folder),
        };
        renamed.map_err(|error| Box::new(cannot_write(&folder, &error)))?;
        let count = if is_there { &mut kept.n_mended } else { &mut kept.n_added };
        *count += 1;
    }
    Ok(kept)
}

/// Whether a folder holds these files of rules and no other.
fn is_whole(folder: &Path, files: &[Read]) -> bool {
    let Ok(sources) = files_in(&[folder.to_owned()]) else { return false };
    let there = sources.iter().all(|(_, source)| {
        let is_it = |(path, text): &Read| {
            folder.join(path) == Path::new(source.path()) && *text == *source.text()
        };
        files.iter().any(is_it)
    });
    there && sources.iter().count() == files.len()
}

/// The packs of these digests that a folder keeps; none of them where one is missing.
///
/// # Errors
/// The folder isn't there, or a file in it can't be read.
pub fn kept<'d>(
    store: &Path,
    digests: impl Iterator<Item = &'d str>,
) -> Result<Option<Sources>, Vec<Diagnostic>> {
    fs::read_dir(store).map_err(|error| vec![cannot_read(store, &error)])?;
    let mut folders = Vec::new();
    for digest in digests {
        let is_name = !digest.is_empty() && digest.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let folder = store.join(digest);
        if !is_name || !folder.is_dir() {
            return Ok(None);
        }
        folders.push(folder);
    }
    files_in(&folders).map(Some)
}

/// A file to be written where none is yet.
#[derive(Clone, Copy, Debug)]
pub struct NewFile<'f> {
    /// Where.
    pub path: &'f Path,
    /// What is in it.
    pub text: &'f str,
    /// Whether only its owner may read it.
    pub is_private: bool,
}

/// Writes files that are not there yet: all of them, or none.
///
/// # Errors
/// One is there already, or can't be written.
pub fn write_new(files: &[NewFile<'_>]) -> Result<(), Box<Diagnostic>> {
    for (n_written, file) in files.iter().enumerate() {
        if let Err(diagnostic) = write_one(*file) {
            // Half of a pair of keys is worth nothing, and would be in the way of the next pair.
            let written = files.iter().take(n_written);
            written.for_each(|file| drop(fs::remove_file(file.path)));
            return Err(diagnostic);
        }
    }
    Ok(())
}

fn write_one(NewFile { path, text, is_private }: NewFile<'_>) -> Result<(), Box<Diagnostic>> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if is_private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let mut file = options.open(path).map_err(|error| Box::new(cannot_write(path, &error)))?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    written.map_err(|error| {
        // It was made here, and holds nothing whole.
        let _ = fs::remove_file(path);
        Box::new(cannot_write(path, &error))
    })
}

fn cannot_read(path: &Path, error: &std::io::Error) -> Diagnostic {
    let message = format!("`{}` can't be read: {}", path.display(), plainly(error));
    Diagnostic::nowhere(Code::CannotRead, Severity::Error, message)
        .help("check the path and that you may read it".to_owned())
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Diagnostic {
    let message = format!("`{}` can't be written: {}", path.display(), plainly(error));
    Diagnostic::nowhere(Code::CannotRead, Severity::Error, message)
}

fn no_rules(places: &[PathBuf]) -> Diagnostic {
    let places: Vec<String> = places.iter().map(|place| format!("`{}`", place.display())).collect();
    let message = format!("there are no rules in {}", places.join(", "));
    Diagnostic::nowhere(Code::NoRules, Severity::Error, message)
        .note("a rule file ends in `.way`")
        .help("`clearway new DIR` makes a starter pack".to_owned())
}

/// An error of the file system without its number.
fn plainly(error: &std::io::Error) -> String {
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or_default().to_lowercase()
}
