//! The command line: what a person or a script types, and what they get.
//!
//! Runs wholly on what it is given, so that tests run it in the same process.

#![expect(clippy::disallowed_methods, reason = "a shell: it may look at the file system")]

mod args;
mod check;
mod console;
mod exit;
mod fmt;
mod rules;
mod test;

use clap::Parser;

use args::{Args, Command};
pub use console::Console;
pub use exit::Exit;

/// Runs a command and says how it ended.
pub fn run(args: impl IntoIterator<Item = String>, console: &mut Console<'_>) -> Exit {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            let text = error.render();
            let is_wish = !error.use_stderr();
            if is_wish { console.say(&text.to_string()) } else { console.complain(&text.to_string()) }
            return if is_wish { Exit::Answered } else { Exit::Misuse };
        }
    };
    match args.command {
        Command::Check(check) => check::check(&check, console),
        Command::Fmt(fmt) => fmt::fmt(&fmt, console),
        Command::Test(test) => test::test(&test, console),
    }
}
