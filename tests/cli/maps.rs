//! The maps of provisions that stand beside the rules are what the program prints.

use std::fs;
use std::path::{Path, PathBuf};

use super::shell::clearway;

/// The packs that list provisions, with the folder that holds each.
const MAPPED: [(&str, &str); 1] = [("uk.pa23", "rules/pa23")];

/// With `UPDATE=1` in the environment the maps are written anew, to be read before they are kept.
#[test]
fn every_map_beside_the_rules_is_what_is_printed() {
    let is_update = std::env::var_os("UPDATE").is_some_and(|update| update == "1");
    for (pack, folder) in MAPPED {
        let path = path(folder).join("COVERAGE.md");
        let words = ["coverage", pack, "--format", "markdown"].map(str::to_owned);
        let printed = clearway(&words, &mut std::io::empty()).output;
        assert!(!printed.is_empty(), "{pack} lists nothing");
        if is_update {
            fs::write(&path, &printed).expect("the map can be written");
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == printed, "UPDATE=1 cargo test maps: {} is not up to date", path.display());
    }
}

fn path(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}
