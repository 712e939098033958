//! The import table: data moves one way, and each room imports only rooms above it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

/// Each room with the rooms that it may import, itself aside.
const TABLE: [(&str, &[&str]); 15] = [
    ("quantity", &[]),
    ("source", &[]),
    ("diagnostic", &["source"]),
    ("syntax", &["quantity", "source", "diagnostic"]),
    ("pack", &["quantity", "source", "diagnostic", "syntax"]),
    ("graph", &["quantity", "source", "diagnostic", "syntax", "pack"]),
    ("facts", &["quantity", "source", "diagnostic", "syntax", "pack", "graph"]),
    ("decide", &["quantity", "source", "diagnostic", "syntax", "pack", "graph", "facts"]),
    ("prove", &["quantity", "source", "diagnostic", "syntax", "pack", "graph", "facts", "decide"]),
    (
        "report",
        &[
            "quantity",
            "source",
            "diagnostic",
            "syntax",
            "pack",
            "graph",
            "facts",
            "decide",
            "prove",
        ],
    ),
    ("desk", DESK),
    ("receipt", RECEIPT),
    ("disk", &["source", "diagnostic", "pack"]),
    ("cli", SHELL),
    ("serve", SHELL),
];

/// What a desk, which answers with the words of a report, may import.
const DESK: &[&str] = &[
    "quantity",
    "source",
    "diagnostic",
    "syntax",
    "pack",
    "graph",
    "facts",
    "decide",
    "prove",
    "report",
];

/// What a shell that answers may import: everything but the other shells.
const SHELL: &[&str] = &[
    "quantity",
    "source",
    "diagnostic",
    "syntax",
    "pack",
    "graph",
    "facts",
    "decide",
    "prove",
    "report",
    "desk",
    "receipt",
];

/// What a receipt, which holds an answer against one made again, may import.
const RECEIPT: &[&str] = &[
    "quantity",
    "source",
    "diagnostic",
    "syntax",
    "pack",
    "graph",
    "facts",
    "decide",
    "prove",
    "report",
    "desk",
];

/// The rooms that a file names after `crate::`.
#[derive(Default)]
struct Named {
    rooms: BTreeSet<String>,
    outside: BTreeSet<String>,
}

impl Named {
    fn add(&mut self, tree: &syn::UseTree, before: &[String]) {
        match tree {
            syn::UseTree::Path(path) => {
                let mut before = before.to_vec();
                before.push(path.ident.to_string());
                self.add(&path.tree, &before);
            }
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.add(tree, before));
            }
            syn::UseTree::Name(name) => self.see(before, &name.ident.to_string()),
            syn::UseTree::Rename(rename) => self.see(before, &rename.ident.to_string()),
            syn::UseTree::Glob(_) => self.see(before, "*"),
        }
    }

    fn see(&mut self, before: &[String], last: &str) {
        match before.first().map(String::as_str) {
            Some("crate") => {
                let room = before.get(1).map_or(last, String::as_str);
                self.rooms.insert(room.to_owned());
            }
            Some(outside) => {
                self.outside.insert(outside.to_owned());
            }
            None => {}
        }
    }
}

impl<'ast> Visit<'ast> for Named {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.add(&item.tree, &[]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> =
            path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let [first, room, ..] = segments.as_slice() {
            self.see(&[first.clone(), room.clone()], "");
        }
        visit::visit_path(self, path);
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// What each file of `src` names, by room.
fn by_room() -> BTreeMap<String, Vec<(PathBuf, Named)>> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut rooms: BTreeMap<String, Vec<(PathBuf, Named)>> = BTreeMap::new();
    for path in rust_files(&src) {
        let inside = path.strip_prefix(&src).expect("the file is in src");
        let first = inside.components().next().expect("the path has a part");
        let room = first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&path).expect("the file can be read");
        let file = syn::parse_file(&text).expect("the file is Rust");
        let mut named = Named::default();
        named.visit_file(&file);
        rooms.entry(room).or_default().push((path, named));
    }
    rooms
}

#[test]
fn rooms_import_only_rooms_above_them() {
    let rooms = by_room();
    let known: BTreeSet<&str> = TABLE.iter().map(|(room, _)| *room).collect();
    let found: BTreeSet<&str> =
        rooms.keys().map(String::as_str).filter(|room| !matches!(*room, "lib" | "main")).collect();
    assert_eq!(known, found, "every room has its row in the table");
    for (room, allowed) in TABLE {
        for (path, named) in &rooms[room] {
            for other in
                named.rooms.iter().filter(|other| known.contains(other.as_str()) && *other != room)
            {
                assert!(
                    allowed.contains(&other.as_str()),
                    "{} imports `{other}`, which `{room}` may not",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn each_outside_library_stays_in_its_rooms() {
    let homes: [(&str, &[&str]); 26] = [
        ("pest", &["syntax"]),
        ("pest_derive", &["syntax"]),
        ("petgraph", &["graph", "report"]),
        ("biodivine_lib_bdd", &["prove"]),
        ("serde", &["facts", "report", "diagnostic", "receipt", "serve"]),
        ("serde_jcs", &["receipt"]),
        ("sha2", &["receipt"]),
        ("ed25519_dalek", &["receipt"]),
        ("axum", &["serve"]),
        ("tokio", &["serve"]),
        ("tokio_rustls", &["serve"]),
        ("hyper", &["serve"]),
        ("hyper_util", &["serve"]),
        ("tower", &["serve"]),
        ("tower_http", &["serve"]),
        ("metrics", &["serve"]),
        ("subtle", &["serve"]),
        ("tracing", &["serve"]),
        ("pulldown_cmark", &["report"]),
        ("getrandom", &["cli"]),
        ("schemars", &["report"]),
        ("jsonschema", &["facts"]),
        ("clap", &["cli"]),
        ("indicatif", &["cli"]),
        ("blake3", &["pack"]),
        ("rust_stemmers", &["quantity"]),
    ];
    for (room, files) in by_room() {
        // A room's unit tests may hold its output against what it is made for.
        let written = files.into_iter().filter(|(path, _)| !path.ends_with("tests.rs"));
        for (path, named) in written {
            for (library, allowed) in
                homes.iter().filter(|(library, _)| named.outside.contains(*library))
            {
                assert!(allowed.contains(&room.as_str()), "{} names `{library}`", path.display());
            }
        }
    }
}

#[test]
fn features_are_named_only_at_the_front_door() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for path in rust_files(&src) {
        let text = fs::read_to_string(&path).expect("the file can be read");
        let is_door = path.ends_with("lib.rs") || path.ends_with("main.rs");
        assert!(is_door || !text.contains("cfg(feature"), "{} turns on a feature", path.display());
    }
}
