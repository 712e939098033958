//! Every Rust file under `tests` is a module of the one binary, so none is forgotten.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn no_test_file_is_forgotten() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let main = tests.join("main.rs");
    let mut forgotten = Vec::new();
    for file in rust_files(&tests).into_iter().filter(|file| *file != main) {
        let (module, parent) = module_and_parent(&tests, &file);
        let text = fs::read_to_string(&parent).unwrap_or_default();
        let declaration = format!("mod {module};");
        let declares =
            |line: &str| line == declaration || line.ends_with(&format!(") {declaration}"));
        if !text.lines().any(declares) {
            forgotten.push(format!(
                "{} needs `mod {module};` in {}",
                file.display(),
                parent.display()
            ));
        }
    }
    assert!(forgotten.is_empty(), "{}", forgotten.join("\n"));
}

/// The name of a file's module, and the file that should declare it.
fn module_and_parent(tests: &Path, file: &Path) -> (String, PathBuf) {
    let stem = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = file.parent().unwrap_or(tests);
    let (module, folder) = match stem(file).as_str() {
        "mod" => (stem(folder), folder.parent().unwrap_or(tests)),
        name => (name.to_owned(), folder),
    };
    if folder == tests {
        return (module, tests.join("main.rs"));
    }
    let inside = folder.join("mod.rs");
    (module, if inside.is_file() { inside } else { folder.with_extension("rs") })
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.join("Cargo.toml").is_file() {
            // A package of its own.
        } else if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
