//! The tree is tidy: only what the design lists stands at its root, and nothing names a machine.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn only_what_the_design_lists_stands_at_the_root() {
    let permitted = [
        ".ci",
        ".clippy.toml",
        ".git",
        ".gitignore",
        "CHANGELOG.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "README.md",
        "benches",
        "docs",
        "grammar",
        "rules",
        "rustfmt.toml",
        "snapshots",
        "src",
        "target",
        "tests",
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(root).expect("the root can be read").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(permitted.contains(&name.as_str()), "`{name}` has no place at the root");
    }
}

#[test]
fn every_pack_has_its_notes() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    for entry in fs::read_dir(rules).expect("the rules can be read").flatten() {
        if entry.path().join("pack.way").exists() {
            assert!(
                entry.path().join("NOTES.md").exists(),
                "{} has no NOTES.md",
                entry.path().display()
            );
        }
    }
}

#[test]
fn no_file_names_a_path_of_a_machine() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let listed = Command::new("git").arg("ls-files").current_dir(root).output();
    // A package unpacked without its history has no list of files to look at.
    let Ok(listed) = listed else { return };
    let homes = ["/home/", "/Users/", "/root/"];
    for name in
        String::from_utf8_lossy(&listed.stdout).lines().filter(|name| *name != "tests/tidy.rs")
    {
        let Ok(text) = fs::read_to_string(root.join(name)) else { continue };
        assert!(!homes.iter().any(|home| text.contains(home)), "{name} names a path of a machine");
    }
}
