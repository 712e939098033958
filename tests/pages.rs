//! Markdown pages whose fenced blocks are cases: reading them, and writing expected blocks anew.

use std::fs;
use std::path::{Path, PathBuf};

/// A page of Markdown with its fenced blocks.
pub(crate) struct Page {
    /// The page's path from the root of the project.
    pub(crate) path: PathBuf,
    /// Its lines, those of blocks among them.
    pub(crate) lines: Vec<String>,
    /// Its fenced blocks in their order.
    pub(crate) blocks: Vec<Block>,
}

/// A fenced block: what stands between ` ```way town/pack.way ` and the closing fence.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// The first word after the fence: `way`, `facts`, `answer`.
    pub(crate) kind: String,
    /// The second word, where there is one: the path of a rule file.
    pub(crate) path: Option<String>,
    /// The lines between the fences, each with its line break.
    pub(crate) text: String,
    /// The line of the opening fence, counted from 1.
    pub(crate) line: usize,
    /// How many headings `##` stand above it.
    pub(crate) section: usize,
}

impl Page {
    /// Reads a page of the project.
    pub(crate) fn read(path: &Path) -> Self {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
        let text = text.unwrap_or_default();
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let blocks = blocks(&lines);
        Self { path: path.to_owned(), lines, blocks }
    }

    /// Every page of a folder, in the order of their names.
    pub(crate) fn all(folder: &str) -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let entries = fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(".md")).collect();
        names.sort();
        names.iter().map(|name| Self::read(&Path::new(folder).join(name))).collect()
    }

    /// The name of the page's file without its ending.
    pub(crate) fn name(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Writes the page with other texts in some blocks, each given by the line of its fence.
    pub(crate) fn write_with(&self, texts: &[(usize, String)]) -> std::io::Result<()> {
        let mut page = String::new();
        let mut is_left_out = false;
        for (place, line) in self.lines.iter().enumerate() {
            if is_left_out && line.trim_end() != "```" {
                continue;
            }
            is_left_out = false;
            page.push_str(line);
            page.push('\n');
            if let Some((_, text)) = texts.iter().find(|(fence, _)| *fence == place + 1) {
                page.push_str(text);
                is_left_out = true;
            }
        }
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(&self.path), page)
    }
}

fn blocks(lines: &[String]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    let mut section = 0;
    for (place, line) in lines.iter().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some(words)) => {
                let mut words = words.split_whitespace().map(str::to_owned);
                let (kind, path) = (words.next().unwrap_or_default(), words.next());
                open = Some(Block { kind, path, text: String::new(), line: place + 1, section });
            }
            (None, None) => section += usize::from(line.starts_with("## ")),
        }
    }
    blocks
}
