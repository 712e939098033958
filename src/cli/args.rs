//! The commands and their flags.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Which lawful routes are open for a public commission, which to take and why, and what to prepare.
#[derive(Parser)]
#[command(name = "clearway", version, about, after_help = EXIT_CODES)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What the exit codes mean, shown below the help.
const EXIT_CODES: &str = "\
Exit codes:
  0  answered: done as asked, or a route is recommended
  1  check, test or fmt --check found something
  2  the command line is wrong
  3  unsettled: the answer waits for facts or for a choice
  4  no lawful route: every route is barred
  5  the rules have errors
  6  the commission has errors
  7  a file or folder can't be read or written
  8  there are no rules for this date or nation";

/// The commands.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Checks rule files: names, types, dates, citations, what is never used
    Check(Check),
    /// Puts rule files into the one layout
    Fmt(Fmt),
    /// Runs the scenarios written beside the rules
    Test(Test),
}

/// `clearway check`
#[derive(clap::Args)]
pub(super) struct Check {
    /// Folders or files of rules; without one, the embedded rules
    pub(super) paths: Vec<PathBuf>,
    /// How to say what is found
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(super) format: CheckFormat,
}

/// How findings are written.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum CheckFormat {
    /// For people, with the source line drawn
    Text,
    /// For tools
    Json,
    /// SARIF 2.1.0, for editors and code hosts
    Sarif,
}

/// `clearway fmt`
#[derive(clap::Args)]
pub(super) struct Fmt {
    /// Folders or files of rules; `-` reads standard input and writes to standard output
    #[arg(required = true)]
    pub(super) paths: Vec<PathBuf>,
    /// Change nothing; name the files that are not in the layout
    #[arg(long)]
    pub(super) check: bool,
}

/// `clearway test`
#[derive(clap::Args)]
pub(super) struct Test {
    /// Run only scenarios whose title or pack holds this
    pub(super) filter: Option<String>,
    /// Folders or files of rules in place of the embedded ones
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
}
