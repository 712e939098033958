//! Callers who break off, stop half-way or take nothing: what they hold is given back, and others
//! are answered meanwhile.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::Town;
use super::running::{Running, closed_after, get};

const GRASS: &str = r#"{"as_at": "2026-03-02", "contract": {"value": "£40,000"}}"#;

/// Callers who each begin a request and then say no more.
fn slow(running: &Running, n_callers: usize) -> Vec<TcpStream> {
    let callers = (0..n_callers).map(|_| {
        let mut stream = running.connect();
        stream.write_all(b"P").expect("it is taken");
        stream
    });
    callers.collect()
}

#[test]
fn callers_who_stop_in_the_middle_of_a_body_hold_up_nobody_and_leave_nothing_behind() {
    let running = Running::start_with(&Town::new(), &["--requests-max", "1"]);
    let half = "POST /v1/decide HTTP/1.1\r\nhost: town\r\ncontent-length: 90\r\n\r\n{\"as_at\": ";
    let stopped: Vec<TcpStream> = (0..20)
        .map(|_| {
            let mut stream = running.connect();
            stream.write_all(half.as_bytes()).expect("it is taken");
            stream
        })
        .collect();
    // There is one place, and none of them has it, while they are there and once they are gone.
    assert!(running.decide(GRASS).contains(r#""recommended":"quotes""#));
    drop(stopped);
    assert!(running.decide(GRASS).contains(r#""recommended":"quotes""#));
}

#[test]
fn large_bodies_that_come_take_up_no_more_than_they_may_and_give_it_back() {
    // Room for one body of the largest size.
    let limits = ["--requests-max", "1", "--body-bytes-max", "65536"];
    let running = Running::start_with(&Town::new(), &limits);
    let blanks = " ".repeat(10_000);
    let large = format!("{}{GRASS}", " ".repeat(60_000));
    let is_answered = |said: &str| said.contains(r#""recommended":"quotes""#);
    let head = "POST /v1/decide?fields=standing HTTP/1.1\r\nhost: town\r\nconnection: close\r\n\
                content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    // Where the second overtakes the first it is the first that is refused: then once more.
    let first = (0..20).find_map(|_| {
        let mut first = running.connect();
        first.write_all(head.as_bytes()).expect("it is taken");
        for _ in 0..6 {
            first.write_all(format!("2710\r\n{blanks}\r\n").as_bytes()).ok()?;
        }
        sleep(Duration::from_millis(200));
        let second = running.decide(&large);
        second.contains("large bodies take up all they may").then_some(first)
    });
    let mut first = first.expect("the second large one is taken in, too");
    assert!(is_answered(&running.decide(GRASS)), "a small one is held up");
    let end = format!("{:x}\r\n{GRASS}\r\n0\r\n\r\n", GRASS.len());
    first.write_all(end.as_bytes()).expect("it is taken");
    let mut said = String::new();
    first.read_to_string(&mut said).expect("an answer");
    assert!(is_answered(&said), "{said}");
    assert!(is_answered(&running.decide(&large)), "what the first took up is not given back");
}

#[test]
fn what_can_be_refused_by_its_head_is_refused_before_its_body_has_come() {
    let running = Running::start(&Town::new());
    for (path, kind, status) in [
        ("/nosuch", "application/json", 404),
        ("/v1/packs", "application/json", 405),
        ("/v1/decide", "text/csv", 415),
        ("/v1/decide?colour=red", "application/json", 400),
    ] {
        let began = Instant::now();
        let mut stream = running.connect();
        let half = format!(
            "POST {path} HTTP/1.1\r\nhost: town\r\ncontent-type: {kind}\r\n\
             content-length: 90\r\n\r\n{{"
        );
        stream.write_all(half.as_bytes()).expect("it is taken");
        let mut said = [0; 12];
        stream.read_exact(&mut said).expect("an answer");
        assert_eq!(String::from_utf8_lossy(&said), format!("HTTP/1.1 {status}"), "{path}");
        assert!(began.elapsed() < Duration::from_secs(20), "its body was waited for");
    }
}

#[test]
fn a_body_that_is_cut_short_is_told_so() {
    let running = Running::start(&Town::new());
    let chunked = "POST /v1/decide HTTP/1.1\r\nhost: town\r\nconnection: close\r\n\
                   content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n";
    let said = running.ask(chunked);
    assert!(said.starts_with("HTTP/1.1 400"), "{said}");
    assert!(said.contains("\"code\": \"cut-short\""), "{said}");
}

#[test]
fn others_are_answered_while_hundreds_of_callers_say_no_more_and_those_are_let_go() {
    let running = Running::start_with(&Town::new(), &["--idle-max", "2"]);
    let slow = slow(&running, 300);
    let began = Instant::now();
    assert!(running.decide(GRASS).contains(r#""recommended":"quotes""#));
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    for stream in slow {
        closed_after(stream);
    }
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}

#[test]
fn callers_who_say_no_more_hold_their_places_for_no_longer_than_they_may() {
    let further = ["--idle-max", "1", "--connections-max", "50"];
    let running = Running::start_with(&Town::new(), &further);
    let slow = slow(&running, 50);
    let began = Instant::now();
    assert!(running.decide(GRASS).contains(r#""recommended":"quotes""#));
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    drop(slow);
}

#[cfg(unix)]
#[test]
fn more_callers_than_the_system_has_files_for_are_waited_out() {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -n 40 && exec \"$@\"", "sh", env!("CARGO_BIN_EXE_clearway")]);
    let running = Running::start_by(command, &Town::new(), &["--idle-max", "1"]);
    let slow = slow(&running, 100);
    assert!(running.decide(GRASS).contains(r#""recommended":"quotes""#));
    drop(slow);
}

#[test]
fn a_caller_who_takes_no_answers_is_let_go() {
    let running = Running::start_with(&Town::new(), &["--idle-max", "1"]);
    let mut stream = running.connect();
    stream.set_write_timeout(Some(Duration::from_secs(1))).expect("a limit");
    let ask = "GET /v1/schema/answer HTTP/1.1\r\nhost: town\r\n\r\n".repeat(1_000);
    let began = Instant::now();
    // It asks until nothing more is taken of it, and reads none of what it is answered.
    while stream.write_all(ask.as_bytes()).is_ok() {
        assert!(began.elapsed() < Duration::from_secs(60), "the service takes without end");
    }
    sleep(Duration::from_secs(2));
    let said = stream.write_all(ask.as_bytes()).expect_err("it takes no more").kind();
    assert_ne!(said, std::io::ErrorKind::WouldBlock);
    assert!(running.ask(&get("/health/live")).ends_with("live\n"));
}
