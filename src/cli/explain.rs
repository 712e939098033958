//! `clearway explain`

use super::args::Explain;
use super::console::Console;
use super::exit::Exit;
use super::rules;
use crate::diagnostic::Code;
use crate::report;

/// Explains a code, or anything in the rules that has a name.
pub(super) fn explain(args: &Explain, console: &mut Console<'_>) -> Exit {
    if let Some(code) = Code::read(&args.name) {
        console.say(code.page());
        return Exit::Answered;
    }
    let graph = match rules::graph(&args.rules, console) {
        Ok(graph) => graph,
        Err(exit) => return exit,
    };
    let book = graph.book();
    if let Some(thing) = book.names.get(&args.name) {
        console.say(&report::explanation(book, *thing, console.width));
        return Exit::Answered;
    }
    let codes = Code::ALL.iter().map(|code| code.spelling());
    let names = book.names.keys().map(String::as_str).chain(codes);
    let near = nearest(&args.name, names);
    let near = near.map(|near| format!("; perhaps `{near}`")).unwrap_or_default();
    console.complain(&format!("error: nothing is called `{}`{near}\n", args.name));
    Exit::Misuse
}

/// The name most like one that nothing has, if at most a half of it is otherwise.
pub(super) fn nearest<'b>(name: &str, names: impl Iterator<Item = &'b str>) -> Option<&'b str> {
    let name = name.to_lowercase();
    let near = names.min_by_key(|other| strsim::damerau_levenshtein(&name, other))?;
    (strsim::damerau_levenshtein(&name, near) <= (name.len() / 2).max(2)).then_some(near)
}
