//! The real binary: what the command line ends with reaches the shell, and each text its stream.

use std::fs::File;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use super::shell::Shell;

/// A pack whose one route needs a fact.
pub(super) const PACK: &str = "\
pack town \"Town contract rules\"
    version 1.0.0
    extent england
    in force from 2025-02-24                                    [rules rule.1]

source rules \"Town contract rules\" at \"https://www.town.example/rules\"

fact supplier.excluded \"Excluded supplier\" : yes or no
    ask \"Is the supplier excluded?\"
    [rules rule.5]

route quotes \"Three quotes\"
    barred when supplier.excluded                               [rules rule.5]
";

/// Runs the binary in the folder of a shell.
fn run(shell: &Shell, words: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clearway"));
    let command = command.args(words).current_dir(shell.path("."));
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary can be run");
    let mut stdin = child.stdin.take().expect("the input is a pipe");
    stdin.write_all(input.as_bytes()).expect("the input can be written");
    drop(stdin);
    child.wait_with_output().expect("the binary ends")
}

#[test]
fn the_exit_code_of_each_kind_of_answer_reaches_the_shell() {
    let shell = Shell::new();
    shell.put("town/pack.way", PACK.as_bytes());
    let decide = ["decide", "-", "--rules", "town", "--as-at", "2026-03-02"];
    let ends = [
        ("{ \"supplier\": { \"excluded\": false } }", 0),
        ("{}", 3),
        ("{ \"supplier\": { \"excluded\": true } }", 4),
        ("{ \"supplier\": { \"exclude\": true } }", 6),
    ];
    for (commission, code) in ends {
        let output = run(&shell, &decide, commission);
        let is_refused = code == 6;
        assert_eq!(output.status.code(), Some(code), "{commission}");
        assert_eq!(output.stdout.is_empty(), is_refused, "{commission}");
        assert_eq!(output.stderr.is_empty(), !is_refused, "{commission}");
    }
}

#[test]
fn the_binary_finds_files_from_the_folder_it_is_run_in() {
    let output = run(&Shell::new(), &["check", "town"], "");
    assert_eq!(output.status.code(), Some(7));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.starts_with("error[cannot-read]: `town` can't be read"), "{errors}");
}

#[cfg(target_os = "linux")]
#[test]
fn answers_that_can_not_be_written_are_told() {
    let shell = Shell::new();
    shell.put("town/pack.way", PACK.as_bytes());
    for command in ["stream", "decide -"] {
        let mut words: Vec<&str> = command.split(' ').collect();
        words.extend(["--rules", "town", "--as-at", "2026-03-02"]);
        let full = File::options().write(true).open("/dev/full").expect("Linux has it");
        let lines = "{ \"supplier\": { \"excluded\": false } }\n";
        shell.put("lines.json", lines.as_bytes());
        let input = File::open(shell.path("lines.json")).expect("the file is there");
        let mut program = Command::new(env!("CARGO_BIN_EXE_clearway"));
        let program = program.args(&words).current_dir(shell.path(".")).stdin(input).stdout(full);
        let output = program.output().expect("the binary can be run");
        assert_eq!(output.status.code(), Some(7), "{command}");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(errors, "error: the output can't be written: no storage space\n", "{command}");
    }
}
