//! The command line: what a person or a script types, and what they get.
//!
//! Runs wholly on what it is given, so that tests run it in the same process.

mod args;
mod check;
mod console;
mod coverage;
mod cpv;
mod decide;
mod diff;
mod exit;
mod explain;
mod fmt;
mod graph;
mod mutate;
mod new;
mod prove;
mod receipts;
mod rules;
mod schema;
mod serve;
mod stream;
mod suggest;
mod test;

use clap::{CommandFactory, FromArgMatches};

use args::{Args, Command};
pub use console::Console;
use console::Watched;
pub use exit::Exit;

/// Runs a command and says how it ended.
pub fn run(args: impl IntoIterator<Item = String>, console: &mut Console<'_>) -> Exit {
    let mut output = Watched::new(&mut *console.output);
    let exit = run_watched(
        args,
        &mut Console {
            input: &mut *console.input,
            output: &mut output,
            errors: &mut *console.errors,
            ..*console
        },
    );
    let Some(failure) = output.failure() else { return exit };
    console.complain(&format!("error: the output can't be written: {failure}\n"));
    Exit::CannotRead
}

fn run_watched(args: impl IntoIterator<Item = String>, console: &mut Console<'_>) -> Exit {
    let command = Args::command().term_width(console.width);
    let read = command.try_get_matches_from(args);
    let args = match read.and_then(|read| Args::from_arg_matches(&read)) {
        Ok(args) => args,
        Err(error) => {
            let text = error.render();
            let is_wish = !error.use_stderr();
            if is_wish {
                console.say(&text.to_string());
            } else {
                console.complain(&text.to_string());
            }
            return if is_wish { Exit::Answered } else { Exit::Misuse };
        }
    };
    match args.command {
        Command::Check(check) => check::check(&check, console),
        Command::Prove(prove) => prove::prove(&prove, console),
        Command::Fmt(fmt) => fmt::fmt(&fmt, console),
        Command::Test(test) => test::test(&test, console),
        Command::Suggest(suggest) => suggest::suggest(&suggest, console),
        Command::Decide(decide) => decide::decide(&decide, console),
        Command::Stream(stream) => stream::stream(&stream, console),
        Command::Serve(serve) => serve::serve(&serve, console),
        Command::Verify(verify) => receipts::verify(&verify, console),
        Command::Keygen(keygen) => receipts::keygen(&keygen, console),
        Command::Keep(keep) => receipts::keep(&keep, console),
        Command::Coverage(coverage) => coverage::coverage(&coverage, console),
        Command::Cpv(cpv) => cpv::cpv(&cpv, console),
        Command::Schema(schema) => schema::schema(&schema, console),
        Command::Graph(graph) => graph::graph(&graph, console),
        Command::Diff(diff) => diff::diff(&diff, console),
        Command::Explain(explain) => explain::explain(&explain, console),
        Command::New(new) => new::new(&new, console),
        Command::Completions(completions) => {
            let mut script = Vec::new();
            clap_complete::generate(
                completions.shell,
                &mut Args::command(),
                "clearway",
                &mut script,
            );
            console.say(&String::from_utf8_lossy(&script));
            Exit::Answered
        }
        Command::Man => {
            let mut page = Vec::new();
            match clap_mangen::Man::new(Args::command()).render(&mut page) {
                Ok(()) => console.say(&String::from_utf8_lossy(&page)),
                Err(_) => return Exit::CannotRead,
            }
            Exit::Answered
        }
    }
}
