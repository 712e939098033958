//! `clearway stream` as the programs around it see it: order, waiting, and ends that go away.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::binary::PACK;
use super::shell::Shell;

/// A line that is answered.
const OPEN: &str = "{\"as_at\":\"2026-03-02\",\"supplier\":{\"excluded\":false}}\n";

/// A stream that has been started, and its ends.
fn started(shell: &Shell, words: &[&str]) -> (Child, ChildStdin, BufReader<ChildStdout>) {
    shell.put("town/pack.way", PACK.as_bytes());
    let mut command = Command::new(env!("CARGO_BIN_EXE_clearway"));
    command.args(["stream", "--rules", "town", "--as-at", "2026-03-02"]).args(words);
    let command = command.current_dir(shell.path("."));
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the binary can be run");
    let input = child.stdin.take().expect("the input is a pipe");
    let output = BufReader::new(child.stdout.take().expect("the output is a pipe"));
    (child, input, output)
}

fn next(output: &mut BufReader<ChildStdout>) -> String {
    let mut line = String::new();
    output.read_line(&mut line).expect("the answer is text");
    line
}

/// A line in five is no commission, one empty, one answered by a proof and the rest at once, so that
/// threads are done out of turn.
#[test]
fn answers_come_in_the_order_of_their_lines_however_many_threads_answer() {
    const N_LINES: usize = 3_000;
    let line = |number: usize| match number % 5 {
        0 => format!("{{\"title\":\"{number}\",\"supplier\":{{\"exclude\":true}}}}\n"),
        1 => "\n".to_owned(),
        2 => format!("{{\"title\":\"{number}\"}}\n"),
        _ => format!("{{\"title\":\"{number}\",\"supplier\":{{\"excluded\":true}}}}\n"),
    };
    let expected: Vec<String> = (1..=N_LINES)
        .filter(|number| number % 5 != 1)
        .map(|number| match number % 5 {
            0 => format!("\"line\":{number}"),
            _ => format!("\"title\":\"{number}\""),
        })
        .collect();
    for (threads, fields) in
        [("1", "standing"), ("2", "reasons"), ("7", "standing"), ("3", "answer")]
    {
        let shell = Shell::new();
        let (mut child, mut input, output) =
            started(&shell, &["--threads", threads, "--fields", fields]);
        let answers: Vec<String> = std::thread::scope(|scope| {
            scope.spawn(move || {
                for number in 1..=N_LINES {
                    input.write_all(line(number).as_bytes()).expect("lines are taken");
                }
            });
            output.lines().map(|line| line.expect("answers are text")).collect()
        });
        assert_eq!(child.wait().expect("it ends").code(), Some(6), "bad lines are told at the end");
        assert_eq!(answers.len(), expected.len(), "{threads} threads, {fields}");
        for (answer, expected) in answers.iter().zip(&expected) {
            assert!(answer.contains(expected), "{threads} threads: {expected} in {answer}");
        }
    }
}

#[test]
fn a_line_is_answered_before_the_next_is_written() {
    let shell = Shell::new();
    let (mut child, mut input, mut output) = started(&shell, &["--fields", "standing"]);
    for _ in 0..3 {
        input.write_all(OPEN.as_bytes()).expect("the line is taken");
        let answer = next(&mut output);
        assert!(answer.contains("\"quotes\""), "{answer}");
    }
    drop(input);
    assert_eq!(next(&mut output), "", "nothing follows the last answer");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn a_stream_whose_reader_has_gone_ends_while_lines_still_come() {
    for threads in ["1", "4"] {
        let shell = Shell::new();
        let (mut child, mut input, mut output) =
            started(&shell, &["--fields", "standing", "--threads", threads]);
        input.write_all(OPEN.as_bytes()).expect("the line is taken");
        assert!(next(&mut output).contains("\"quotes\""));
        drop(output);
        // It takes no more once it knows, and then nobody can write.
        while input.write_all(OPEN.as_bytes()).is_ok() {}
        assert_eq!(child.wait().expect("it ends").code(), Some(0), "nobody is left to be told");
    }
}

/// With nobody to take its answers it takes no more lines, and so needs no more memory.
#[test]
fn a_stream_whose_answers_nobody_takes_stops_reading() {
    const N_LINES: usize = 200_000;
    let shell = Shell::new();
    let (mut child, mut input, output) = started(&shell, &["--fields", "reasons"]);
    let n_taken = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..N_LINES {
                if input.write_all(OPEN.as_bytes()).is_err() {
                    return;
                }
                n_taken.fetch_add(1, Ordering::Relaxed);
            }
        });
        let (mut seen, mut since) = (0, Instant::now());
        while seen == 0 || since.elapsed() < Duration::from_secs(1) {
            std::thread::sleep(Duration::from_millis(50));
            let now = n_taken.load(Ordering::Relaxed);
            if now != seen {
                (seen, since) = (now, Instant::now());
            }
        }
        child.kill().expect("it is still there");
        assert!(seen < N_LINES, "all {seen} lines were taken");
    });
    drop(output);
    child.wait().expect("it ends");
}
