//! The page on the service: what its commands are said to answer, they do.

use std::fs;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use clearway::desk::Service;

use super::{Answered, Town, call};
use crate::cli::shell::Shell;
use crate::pages::Page;

/// The headers that a page shows.
const SHOWN: [&str; 2] = ["content-type", "retry-after"];

#[test]
fn the_commands_of_the_page_on_the_service_answer_as_it_says() {
    let is_update = std::env::var_os("UPDATE").is_some_and(|update| update == "1");
    let page = Page::read("docs/SERVICE.md".as_ref());
    let shell = Shell::new();
    for block in &page.blocks {
        if let Some(path) = &block.path {
            shell.put(path, block.text.as_bytes());
        }
    }
    let service = Service { rules: vec![shell.path("town")], ..Town::new().service };
    let router = clearway::serve::router(service).expect("the rules compile");
    let mut shown = Vec::new();
    for block in page.blocks.iter().filter(|block| block.kind == "console") {
        let typed = block.text.lines().filter(|line| line.starts_with("$ "));
        let said: String = typed
            .map(|line| match line.strip_prefix("$ curl ") {
                Some(curl) => format!("{line}\n{}", curled(&router, &shell, curl)),
                None => without_ends(&shell.transcript(line)),
            })
            .collect();
        if said != block.text {
            shown.push((block.line, said));
        }
    }
    if is_update && !shown.is_empty() {
        page.write_with(&shown).expect("the page can be written");
    } else {
        assert!(shown.is_empty(), "{shown:#?}");
    }
}

fn without_ends(transcript: &str) -> String {
    transcript.split_inclusive('\n').filter(|line| !line.starts_with("[exit ")).collect()
}

/// What `curl` writes, given these words.
fn curled(router: &Router, shell: &Shell, line: &str) -> String {
    let (command, pipe) = line.split_once(" | ").unwrap_or((line, ""));
    let mut request = Request::builder().method("GET");
    let (mut body, mut has_head) = (Body::empty(), false);
    let (mut has_data, mut has_kind) = (false, false);
    let words = words(command);
    let mut words = words.iter().map(String::as_str);
    while let Some(word) = words.next() {
        match word {
            "-s" => {}
            "-i" => has_head = true,
            "-d" => {
                let file = words.next().and_then(|word| word.strip_prefix('@')).expect("a file");
                body = fs::read(shell.path(file)).expect("the file can be read").into();
                request = request.method("POST");
                has_data = true;
            }
            "-H" => {
                let header = words.next().and_then(|word| word.split_once(": "));
                let (name, value) = header.expect("a header");
                has_kind |= name.eq_ignore_ascii_case("content-type");
                request = request.header(name, value);
            }
            url => request = request.uri(url.strip_prefix("http://127.0.0.1:8080").expect("a URL")),
        }
    }
    // What it says of data unless it is told otherwise.
    if has_data && !has_kind {
        request = request.header("content-type", "application/x-www-form-urlencoded");
    }
    let answered = call(router, request.body(body).expect("a request"));
    let mut text = if has_head { head(&answered) } else { String::new() };
    text.push_str(&answered.body);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    match pipe.strip_prefix("head -") {
        Some(n_lines) => {
            let n_lines = n_lines.parse().expect("a number of lines");
            text.split_inclusive('\n').take(n_lines).collect()
        }
        None => text,
    }
}

fn head(answered: &Answered) -> String {
    let headers = SHOWN.iter().filter(|name| !answered.header(name).is_empty());
    let headers: String =
        headers.map(|name| format!("{name}: {}\n", answered.header(name))).collect();
    format!("HTTP/1.1 {}\n{headers}\n", answered.status)
}

/// The words of a line; those in double quotes are one.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    let words = parts.flat_map(|(place, part)| match place % 2 {
        1 => vec![part.to_owned()],
        _ => part.split_whitespace().map(str::to_owned).collect(),
    });
    words.collect()
}
