//! The program itself: what it says as it starts, and the signals that it heeds.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use clearway::desk::Limits;
use serde_json::{Value, json};

use super::running::{Running, get, line_with};
use super::{TOWN, Town, call, post};

#[cfg(unix)]
#[test]
fn rules_are_read_again_when_told_and_bad_ones_are_refused() {
    let town = Town::new();
    let mut running = Running::start(&town);
    let grass = r#"{"as_at": "2026-03-02", "contract": {"value": "£60,000"}}"#;
    assert!(running.decide(grass).contains(r#""recommended":"quotes""#));
    let pack = town.folder.path().join("pack.way");
    for (rules, said) in [
        (TOWN.replace("£100,000", "£50,000"), "other rules are served"),
        (TOWN.replace("needs", "nedes"), "the rules are refused"),
        // The scenario fails under these.
        (TOWN.replace("£100,000", "£30,000"), "scenarios fail: A small contract goes to quotes"),
    ] {
        std::fs::write(&pack, rules).expect("the rules can be written");
        running.signal("-HUP");
        line_with(&mut running.log, said);
        assert!(running.decide(grass).contains(r#""recommended":"tender""#), "{said}");
    }
    std::fs::remove_file(&pack).expect("the rules can be removed");
    running.signal("-HUP");
    line_with(&mut running.log, "the rules are refused");
    assert!(running.decide(grass).contains(r#""recommended":"tender""#));
}

#[cfg(unix)]
#[test]
fn it_ends_well_when_told_to_stop() {
    let mut running = Running::start(&Town::new());
    assert!(
        running
            .ask("GET /health/live HTTP/1.1\r\nhost: town\r\nconnection: close\r\n\r\n")
            .ends_with("live\n")
    );
    running.signal("-TERM");
    line_with(&mut running.log, "stopped");
    assert!(running.child.wait().expect("it ends").success());
}

#[test]
fn a_request_is_logged_without_what_it_holds() {
    let town = Town::new();
    let tokens = town.folder.path().join("tokens");
    std::fs::write(&tokens, "finance 0123456789abcdef\n").expect("a file can be written");
    let mut running = Running::start_with(&town, &["--token-file", tokens.to_str().expect("text")]);
    let commission = r#"{"title": "Grass", "as_at": "2026-03-02", "contract": {"value": 60000}}"#;
    let decide = |bearer: &str| {
        format!(
            "POST /v1/decide?fields=standing HTTP/1.1\r\nhost: town\r\nconnection: close\r\n\
             authorization: Bearer {bearer}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{commission}",
            commission.len()
        )
    };
    for (request, method, path, status, caller) in [
        (decide("0123456789abcdef"), "POST", "/v1/decide", 200, "finance"),
        (decide("0123456789abcdee"), "POST", "/v1/decide", 401, ""),
        (get("/invented/by/a/caller"), "GET", "none", 401, ""),
    ] {
        let answered = running.ask(&request);
        assert!(answered.starts_with(&format!("HTTP/1.1 {status}")), "{answered}");
        let line = line_with(&mut running.log, "answered");
        let logged: Value = serde_json::from_str(&line).expect("the log is JSON");
        let mut fields = logged["fields"].clone();
        assert!(fields["micros"].take().is_u64(), "{line}");
        let expected = json!({
            "message": "answered", "method": method, "path": path, "status": status,
            "micros": null, "caller": caller,
        });
        assert_eq!(fields, expected);
    }
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    let running = Running::start_with(&Town::new(), &["--time-max", "1"]);
    let answered = running.ask(
        "POST /v1/decide HTTP/1.1\r\nhost: town\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: 90\r\n\r\n{",
    );
    assert!(answered.starts_with("HTTP/1.1 503"), "{answered}");
    assert!(answered.contains("\"code\": \"too-long\""), "{answered}");
}

#[test]
fn rules_that_change_on_disk_are_read_again_where_they_are_watched() {
    let town = Town::new();
    let mut running = Running::start_with(&town, &["--watch", "1"]);
    let rules = TOWN.replace("£100,000", "£50,000");
    std::fs::write(town.folder.path().join("pack.way"), rules).expect("the rules can be written");
    line_with(&mut running.log, "other rules are served");
    let grass = r#"{"as_at": "2026-03-02", "contract": {"value": "£60,000"}}"#;
    assert!(running.decide(grass).contains(r#""recommended":"tender""#));
}

#[test]
fn rules_that_are_refused_are_refused_once_until_they_change() {
    let town = Town::new();
    let mut running = Running::start_with(&town, &["--watch", "1"]);
    let path = town.folder.path().join("pack.way");
    std::fs::write(&path, "no rules").expect("the rules can be written");
    line_with(&mut running.log, "the rules are refused");
    // It looks at them twice more.
    sleep(Duration::from_millis(2_500));
    let counted = running.ask(&get("/metrics"));
    let refused: Vec<&str> = counted
        .lines()
        .filter(|line| line.starts_with("clearway_reloads_total") && line.contains("refused"))
        .collect();
    assert!(refused.len() == 1 && refused[0].ends_with(" 1"), "{refused:?}");
    std::fs::remove_file(&path).expect("the rules can be removed");
    line_with(&mut running.log, "the rules are refused");
    std::fs::write(&path, TOWN.replace("£100,000", "£50,000")).expect("the rules can be written");
    line_with(&mut running.log, "other rules are served");
}

#[cfg(unix)]
#[test]
fn who_comes_once_it_is_told_to_stop_is_refused() {
    let mut running = Running::start(&Town::new());
    let mut stream = running.connect();
    let half = "POST /v1/decide HTTP/1.1\r\nhost: town\r\nconnection: close\r\n\
                content-type: application/json\r\ncontent-length: 19\r\n\r\n{\"contract\"";
    stream.write_all(half.as_bytes()).expect("it is taken");
    assert!(running.decide("{}").starts_with("HTTP/1.1 200"));
    running.signal("-TERM");
    line_with(&mut running.log, "stopping");
    let began = Instant::now();
    while TcpStream::connect(&running.address).is_ok() {
        assert!(began.elapsed() < Duration::from_secs(10), "it takes connections");
    }
    // What had begun is answered.
    stream.write_all(b":  {  }}").expect("it is taken");
    let mut said = String::new();
    stream.read_to_string(&mut said).expect("an answer");
    assert!(said.starts_with("HTTP/1.1 200"), "{said}");
}

#[test]
fn limits_that_no_service_can_keep_are_refused() {
    for (flag, given) in [
        ("--requests-max", "2305843009213693952"),
        ("--connections-max", "2305843009213693952"),
        ("--idle-max", "18446744073709551615"),
        ("--time-max", "86401"),
        ("--watch", "0"),
        ("--body-bytes-max", "0"),
        ("--listen", "localhost:8080"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clearway"));
        let output = command.args(["serve", flag, given]).output().expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{flag}: {said}");
        assert!(said.contains(flag), "{said}");
    }
    let most = Limits { n_connections: usize::MAX, n_requests: usize::MAX, ..Limits::DEFAULT };
    let answered = call(&Town::limited(most).router(), post("/v1/decide", "{}"));
    assert_eq!(answered.status.as_u16(), 200);
}

#[test]
fn a_connection_that_sends_no_request_is_closed() {
    let running = Running::start_with(&Town::new(), &["--idle-max", "1"]);
    for begun in ["", "GET /health/live HTTP/1.1\r\nhost: to"] {
        assert!(!running.ask(begun).contains("live\n"), "{begun}");
    }
}

#[test]
fn what_is_no_request_is_refused_and_the_service_goes_on() {
    let running = Running::start(&Town::new());
    assert!(running.ask("nonsense\r\n\r\n").starts_with("HTTP/1.1 400"));
    assert!(running.decide("{}").starts_with("HTTP/1.1 200"));
}

#[test]
fn it_is_not_opened_to_other_machines_without_a_word() {
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clearway"));
        let output = command.arg("serve").args(args).output().expect("the program runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, said) = run(&["--listen", "0.0.0.0:0"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("--token-file"), "{said}");
    let town = Town::new();
    let tokens = town.folder.path().join("tokens");
    std::fs::write(&tokens, "finance short\n").expect("a file can be written");
    let (code, said) = run(&["--token-file", &tokens.display().to_string()]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("fewer than 16 characters"), "{said}");
    assert_eq!(run(&["--listen", "town"]).0, Some(2));
    let (code, said) = run(&["--rules", "nowhere"]);
    assert_eq!(code, Some(7), "{said}");
}
