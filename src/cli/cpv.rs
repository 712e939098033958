//! `clearway cpv`

use super::args::{Cpv, CpvFormat};
use super::console::Console;
use super::exit::Exit;
use super::rules;
use crate::quantity::{CpvCode, CpvError};
use crate::report::{CpvCodes, Look};

/// Finds codes by words, or says what a code is; and which lists of the rules hold each.
pub(super) fn cpv(args: &Cpv, console: &mut Console<'_>) -> Exit {
    let asked = args.words.join(" ");
    let asked = asked.trim();
    if !asked.chars().any(char::is_alphanumeric) {
        console.complain(
            "error: there are no words to look for\n  help: name what is bought, \
             `clearway cpv home care`, or a code, `clearway cpv 85312310`\n",
        );
        return Exit::Misuse;
    }
    let is_code = asked.chars().all(|letter| letter.is_ascii_digit() || letter == '-');
    let code = match CpvCode::read(asked) {
        Ok(code) => Some(code),
        Err(error) if is_code => {
            console.complain(&no_such_code(asked, error));
            return Exit::Misuse;
        }
        Err(_) => None,
    };
    let graph = match rules::graph(&args.rules, console) {
        Ok(graph) => graph,
        Err(exit) => return exit,
    };
    let as_at = args.as_at.unwrap_or(console.today);
    let look = Look { width: console.width, is_coloured: console.is_coloured };
    let codes = CpvCodes { book: graph.book(), as_at, asked, limit: args.limit };
    if let Some(code) = code {
        console.say(&match args.format {
            CpvFormat::Text => codes.code_text(code, look),
            CpvFormat::Json => codes.code_json(code),
        });
        return Exit::Answered;
    }
    let search = CpvCode::search(asked);
    let is_found = !search.found.is_empty();
    match args.format {
        CpvFormat::Json => console.say(&codes.json(&search)),
        CpvFormat::Text if is_found => console.say(&codes.text(&search, look)),
        CpvFormat::Text => {}
    }
    if is_found {
        return Exit::Answered;
    }
    console.complain(&format!(
        "error: no code has “{asked}” in its name\n  help: try other words for what is bought, or \
         wider ones: `clearway cpv social work`\n"
    ));
    Exit::Found
}

fn no_such_code(asked: &str, error: CpvError) -> String {
    match error {
        CpvError::NotACode => format!(
            "error: `{asked}` is no CPV code\n  help: a code has eight digits, and may have a \
             check digit: `85312310` or `85312310-5`\n"
        ),
        CpvError::NoSuchCode => {
            let digits = asked.split('-').next().unwrap_or_default();
            let near = CpvCode::nearest(digits);
            let near =
                near.map(|near| format!("\n  help: the nearest is `{near}`, {}", near.label()));
            format!("error: the CPV 2008 has no code `{asked}`{}\n", near.unwrap_or_default())
        }
    }
}
