//! The little shell of the transcripts. It knows `clearway`, `cat` and `find`, of pipes `| head -3`,
//! `| grep "words|others"` and `| grep -A 2 "words"`, of `< file` and `> file`, and runs them in a
//! folder of its own.
//!
//! What a line shows is its output, after `[stderr]` its complaints, and the exit code of
//! `clearway` whatever it is piped into. Blanks at the ends of lines are not shown.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use clearway::cli::{Console, Exit, run};
use clearway::quantity::Date;
use tempfile::TempDir;

/// The day on which every transcript is typed.
pub(super) const TODAY: Date = Date::constant(2026, 3, 2);

/// The width of the terminal.
const WIDTH: usize = 80;

/// A folder, and what `-` reads.
pub(crate) struct Shell {
    folder: TempDir,
    pub(super) input: String,
}

/// What a command wrote, and how it ended.
pub(super) struct Said {
    pub(super) output: String,
    pub(super) errors: String,
    pub(super) exit: Exit,
}

impl Shell {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().expect("a folder can be made");
        Self { folder, input: String::new() }
    }

    /// Puts a file into the folder.
    pub(crate) fn put(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap_or(&path)).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }

    /// The lines typed in a block, each followed by what it shows.
    pub(crate) fn transcript(&self, block: &str) -> String {
        block.lines().filter(|line| line.starts_with("$ ")).map(|line| self.shown(line)).collect()
    }

    /// Runs `clearway` with these words.
    pub(super) fn clearway(&self, words: &[&str]) -> Said {
        let said = clearway(&self.placed(words), &mut self.input.as_bytes());
        let [output, errors] = [said.output, said.errors].map(|text| self.as_typed(&text));
        Said { output, errors, exit: said.exit }
    }

    /// A line typed, and what it shows.
    fn shown(&self, line: &str) -> String {
        let (command, pipe) = line.split_once(" | ").unwrap_or((line, ""));
        let typed = words(command);
        let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
        let (output, rest) = match typed.as_slice() {
            ["$", "clearway", args @ .., ">", path] => {
                let said = self.clearway(args);
                self.put(path, said.output.as_bytes());
                (String::new(), ending(&said.errors, said.exit))
            }
            ["$", "clearway", args @ .., "<", path] => {
                let said = clearway(&self.placed(args), &mut self.text(path).as_bytes());
                (self.as_typed(&said.output), ending(&self.as_typed(&said.errors), said.exit))
            }
            ["$", "clearway", args @ ..] => {
                let said = self.clearway(args);
                (said.output, ending(&said.errors, said.exit))
            }
            ["$", "cat", path] => (self.text(path), String::new()),
            ["$", "find", path] => (self.files(path), String::new()),
            _ => panic!("this shell doesn't know how to run `{line}`"),
        };
        let shown = format!("{line}\n{}{rest}", whole(&piped(&output, pipe)));
        shown.lines().map(|line| format!("{}\n", line.trim_end())).collect()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("a file to show")
    }

    /// The files under a path, one a line.
    fn files(&self, path: &str) -> String {
        let mut files = Vec::new();
        gather(&self.path(path), &mut files);
        files.sort();
        files.iter().map(|file| self.as_typed(&format!("{}\n", file.display()))).collect()
    }

    /// The words with their paths in the folder, as a change of folder would place them.
    fn placed(&self, words: &[&str]) -> Vec<String> {
        let command = words.first().copied().unwrap_or_default();
        let has_paths =
            ["decide", "check", "fmt", "new", "graph", "diff", "verify", "keygen", "keep"]
                .contains(&command);
        let mut placed = Vec::new();
        let mut before = "";
        for (place, word) in words.iter().enumerate() {
            let is_flag = word.starts_with('-');
            let is_own =
                place > 0 && has_paths && (!before.starts_with("--") || before == "--check");
            let is_place = is_own && *word != "embedded";
            let is_named = [
                "--rules",
                "--progress",
                "--save",
                "--cases",
                "--sign",
                "--key",
                "--store",
                "--certificate",
            ]
            .contains(&before);
            let is_path = !is_flag && (is_place || is_named);
            let path = self.path(word).display().to_string();
            placed.push(if is_path { path } else { (*word).to_owned() });
            before = word;
        }
        placed
    }

    /// A text with the folder's own path taken out of it.
    fn as_typed(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.folder.path().display()), "")
    }
}

/// Runs `clearway` in this process.
pub(super) fn clearway(words: &[String], input: &mut (dyn Read + Send)) -> Said {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let mut console = Console {
        input,
        output: &mut output,
        errors: &mut errors,
        width: WIDTH,
        is_coloured: false,
        are_errors_coloured: false,
        today: TODAY,
    };
    let words = words.iter().cloned();
    let exit = run(std::iter::once("clearway".to_owned()).chain(words), &mut console);
    let text = |bytes| String::from_utf8(bytes).expect("what is written is UTF-8");
    Said { output: text(output), errors: text(errors), exit }
}

/// What is left of an output after a pipe.
fn piped(output: &str, pipe: &str) -> String {
    let number = |word: &str| word.parse::<usize>().expect("a number of lines");
    let pipe = words(pipe);
    let pipe: Vec<&str> = pipe.iter().map(String::as_str).collect();
    let lines = || output.split_inclusive('\n');
    match pipe.as_slice() {
        [] => output.to_owned(),
        ["head", n_lines] => lines().take(number(n_lines.trim_start_matches('-'))).collect(),
        ["grep", wanted] => lines_with(output, wanted, 0),
        ["grep", "-A", n_after, wanted] => lines_with(output, wanted, number(n_after)),
        _ => panic!("this shell doesn't know how to pipe into {pipe:?}"),
    }
}

/// The lines that hold one of the wanted words, each with some lines after it.
fn lines_with(output: &str, wanted: &str, n_after: usize) -> String {
    let mut n_left = 0;
    let mut kept = String::new();
    for line in output.split_inclusive('\n') {
        let is_wanted = wanted.split('|').any(|words| line.contains(words));
        n_left = if is_wanted { n_after + 1 } else { n_left };
        if n_left > 0 {
            kept.push_str(line);
            n_left -= 1;
        }
    }
    kept
}

/// What follows a command's output: its complaints, if there are any, and its exit code.
fn ending(errors: &str, exit: Exit) -> String {
    let mark = if errors.is_empty() { "" } else { "[stderr]\n" };
    format!("{mark}{}[exit {}]\n", whole(errors), exit.code())
}

/// A text that ends with a line break, as the next line of a transcript needs it.
fn whole(text: &str) -> String {
    let is_whole = text.is_empty() || text.ends_with('\n');
    if is_whole { text.to_owned() } else { format!("{text}\n[no line break]\n") }
}

/// The words of a line; those in double quotes are one.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (place, part) in line.split('"').enumerate() {
        let is_quoted = place % 2 == 1;
        if is_quoted {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) {
    if !path.is_dir() {
        files.push(path.to_owned());
        return;
    }
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        gather(&entry.path(), files);
    }
}
