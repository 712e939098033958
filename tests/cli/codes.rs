//! The transcripts on the pages of codes that no text of rules or facts can show.

use super::shell::Shell;
use crate::pages::{Block, Page};

/// The bytes that a text can't show, in the files that the pages speak of.
fn files() -> [(&'static str, &'static str, Vec<u8>); 7] {
    let pack = "\u{feff}pack town \"Town contract rules\"\n    version 1\n    extent england\n    \
                in force from 2025-02-24 [rules]\n\n\
                source rules \"Town contract rules\" at \"https://www.town.example/rules\"\n";
    let mut list = "//! Every code that the town has ever bought under.\n".to_owned();
    list.push_str(&"/".repeat(5_242_880 - list.len()));
    let brackets = |n_brackets: usize| "(".repeat(n_brackets);
    let (first, rest) = (brackets(40), brackets(25));
    let title = "// The routes.\n".repeat(10);
    let routes = format!("{title}    needs {first}\n        {rest}supplier.excluded\n");
    [
        ("bad-certificate", "commission.json", b"{}\n".to_vec()),
        ("bad-receipt", "commission.json", b"{\"contract\": {\"title\": \"Grass\"}}\n".to_vec()),
        ("byte-order-mark", "rules/town/pack.way", pack.into()),
        ("file-too-large", "rules/town/lists.way", list.into()),
        ("nesting-too-deep", "rules/town/routes.way", routes.into()),
        ("no-rules", "rules/empty/notes.txt", Vec::new()),
        ("not-utf8", "rules/town/amounts.way", b"//! Dear at \xa3100.\n".to_vec()),
    ]
}

#[test]
fn the_transcripts_of_the_pages_of_codes_hold() {
    let is_update = std::env::var_os("UPDATE").is_some_and(|update| update == "1");
    let files = files();
    for page in Page::all("docs/codes") {
        let Some(block) = page.blocks.iter().find(|block| block.kind == "console") else {
            continue;
        };
        let shell = Shell::new();
        for (_, path, bytes) in files.iter().filter(|(code, ..)| *code == page.name()) {
            shell.put(path, bytes);
        }
        let said = said(&shell, block);
        if is_update && said != block.text {
            page.write_with(&[(block.line, said)]).expect("the page can be written");
        } else {
            assert_eq!(block.text, said, "{}", page.path.display());
        }
    }
}

/// What a page shows of a transcript: neither streams nor exit codes, nor marks nobody sees.
fn said(shell: &Shell, block: &Block) -> String {
    let shown = shell.transcript(&block.text).replace('\u{feff}', "");
    let is_said = |line: &&str| *line != "[stderr]\n" && !line.starts_with("[exit ");
    shown.split_inclusive('\n').filter(is_said).collect()
}
