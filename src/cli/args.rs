//! The commands and their flags.

mod lookups;
mod receipts;
mod serve;

use std::num::NonZero;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::quantity::{Date, read_date};
pub(super) use lookups::{Coverage, Cpv, CpvFormat, MapFormat};
pub(super) use receipts::{Keep, Keygen, Verify, VerifyFormat};
pub(super) use serve::Serve;

/// Which lawful routes are open for a public commission, which to take and why, and what to prepare.
#[derive(Parser)]
#[command(name = "clearway", version, after_help = EXIT_CODES)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What the exit codes mean, shown below the help.
const EXIT_CODES: &str = "\
Exit codes:
  0  answered: done as asked, or a route is recommended
  1  check, test, prove, diff, verify or fmt --check found something, or
     coverage or cpv found nothing
  2  the command line is wrong
  3  unsettled: facts or a choice are awaited, or prove or diff gave something up
  4  no lawful route: every route is barred
  5  the rules have errors
  6  a commission, receipt, key or certificate has errors
  7  a file or folder can't be read or written
  8  there are no rules for this date or nation";

/// The commands.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Answers a commission: which routes are open, which to take and why, what to prepare
    Decide(Decide),
    /// Answers commissions as they come, a line of JSON each
    Stream(Stream),
    /// Makes an answer again from its receipt, and says whether it is the same
    Verify(Verify),
    /// Makes a pair of keys to sign receipts with
    Keygen(Keygen),
    /// Keeps the packs of rules in a folder, so that their answers can be verified when they are old
    Keep(Keep),
    /// Answers commissions over HTTP
    Serve(Serve),
    /// Checks rule files: names, types, dates, citations, what is never used
    Check(Check),
    /// Proves what holds of every commission, and shows one where it does not
    Prove(Prove),
    /// Puts rule files into the one layout
    Fmt(Fmt),
    /// Runs the scenarios written beside the rules
    Test(Test),
    /// Proposes the scenarios that a set of rules still lacks, to be filled by a lawyer
    Suggest(Suggest),
    /// Says of each provision of an Act where it is encoded, or why not
    Coverage(Coverage),
    /// Finds CPV codes by words, or names a code, with the lists of the rules that hold it
    Cpv(Cpv),
    /// Prints the JSON Schema of whatever is read or written as JSON
    Schema(Schema),
    /// Draws the decision graph, with the path that a commission takes
    Graph(Graph),
    /// Says what differs between two versions of rules, or two dates: for whom, with an example
    Diff(Diff),
    /// Explains a diagnostic's code, or a fact, decision, route, model or document of the rules
    Explain(Explain),
    /// Makes a starter pack: a council's own rules laid on the national law
    New(New),
    /// Prints a completion script for a shell
    Completions(Completions),
    /// Prints the manual page
    Man,
}

/// `clearway decide`
#[derive(clap::Args)]
pub(super) struct Decide {
    /// The commission's JSON file; `-` reads standard input
    pub(super) commission: PathBuf,
    /// The date asked about, when the procurement begins; else the commission's, else today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_at: Option<Date>,
    /// Folders of rules in place of the embedded ones; national packs they use are embedded
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(super) format: AnswerFormat,
    /// Leave out what is proved about the answer: what would open a barred route, and how firm the
    /// answer is; the answer itself is the same
    #[arg(long)]
    pub(super) fast: bool,
    /// Add a receipt, by which `clearway verify` can make the answer again and check it; JSON only
    #[arg(long)]
    pub(super) receipt: bool,
    /// Sign the receipt with a private key that `clearway keygen` made
    #[arg(long, value_name = "FILE", requires = "receipt")]
    pub(super) sign: Option<PathBuf>,
}

/// `clearway stream`
#[derive(clap::Args)]
pub(super) struct Stream {
    /// The date asked about of commissions that give none; else today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_at: Option<Date>,
    /// Folders of rules in place of the embedded ones; national packs they use are embedded
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
    /// How much of each answer is written
    #[arg(long, value_enum, default_value_t = StreamFields::Answer)]
    pub(super) fields: StreamFields,
    /// How many commissions are answered at once; else one for each core
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<NonZero<u8>>,
}

/// How much of an answer a stream writes.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum StreamFields {
    /// The recommendation and each route's standing
    Standing,
    /// The same, and what makes each route stand so
    Reasons,
    /// The answer, without what is proved about it
    Answer,
    /// All there is to say
    Everything,
}

/// The forms of an answer.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum AnswerFormat {
    /// For reading in a terminal
    Text,
    /// For tools; what is wrong with a commission is then JSON too, on standard error
    Json,
    /// One page to attach to a report
    Markdown,
}

/// `clearway schema`
#[derive(clap::Args)]
pub(super) struct Schema {
    /// What the schema is of
    #[arg(value_enum)]
    pub(super) of: SchemaOf,
    /// Folders of rules in place of the embedded ones
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
}

/// What a schema is of.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum SchemaOf {
    /// Commissions: the facts that the rules know
    Facts,
    /// Answers
    Answer,
    /// Standings: what `stream --fields standing` writes
    Standing,
    /// Standings with their reasons: what `stream --fields reasons` writes
    Reasons,
    /// What `test --coverage` says of scenarios
    Coverage,
    /// What `coverage` says of an Act's provisions
    Provisions,
    /// Proofs
    Proofs,
    /// What `diff` finds
    Diff,
    /// CPV codes that `cpv` finds
    Cpv,
}

/// `clearway graph`
#[derive(clap::Args)]
pub(super) struct Graph {
    /// A commission whose path through the graph is drawn; `-` reads standard input
    pub(super) commission: Option<PathBuf>,
    /// The form of the drawing
    #[arg(long, value_enum, default_value_t = GraphFormat::Dot)]
    pub(super) format: GraphFormat,
    /// Draw only this route and what leads to it
    #[arg(long)]
    pub(super) route: Option<String>,
    /// The date asked about
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_at: Option<Date>,
    /// Folders of rules in place of the embedded ones
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
}

/// The forms of a drawing.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum GraphFormat {
    /// Graphviz
    Dot,
    /// Mermaid, as code hosts draw it
    Mermaid,
    /// A picture
    Svg,
    /// For tools
    Json,
}

/// `clearway diff`
#[derive(clap::Args)]
pub(super) struct Diff {
    /// The old rules: a folder or file of them, or `embedded`
    #[arg(required_unless_present = "from", requires = "new", conflicts_with = "from")]
    pub(super) old: Option<PathBuf>,
    /// The new rules, likewise
    pub(super) new: Option<PathBuf>,
    /// The first of two dates for which one set of rules is compared
    #[arg(long, value_name = "DATE", value_parser = date, requires = "to")]
    pub(super) from: Option<Date>,
    /// The second of the two dates
    #[arg(long, value_name = "DATE", value_parser = date, requires = "from")]
    pub(super) to: Option<Date>,
    /// Folders of rules compared between the dates, in place of the embedded ones
    #[arg(long, value_name = "DIR", requires = "from")]
    pub(super) rules: Vec<PathBuf>,
    /// A folder of recorded commissions: which of them are answered otherwise, and how
    #[arg(long, value_name = "DIR")]
    pub(super) cases: Option<PathBuf>,
    /// The form of the comparison
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(super) format: AnswerFormat,
}

/// `clearway explain`
#[derive(clap::Args)]
pub(super) struct Explain {
    /// A diagnostic's code, or a name in the rules
    #[arg(value_name = "CODE|NAME")]
    pub(super) name: String,
    /// Folders of rules in place of the embedded ones
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
}

/// `clearway new`
#[derive(clap::Args)]
pub(super) struct New {
    /// The folder to make
    pub(super) dir: PathBuf,
}

/// `clearway completions`
#[derive(clap::Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: Shell,
}

/// Reads the date of a flag.
fn date(text: &str) -> Result<Date, String> {
    let is_shaped = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let wrong = if is_shaped {
        "the calendar doesn't hold this day"
    } else {
        "write year, month and day: 2025-02-24"
    };
    read_date(text).ok_or_else(|| wrong.to_owned())
}

/// `clearway check`
#[derive(clap::Args)]
pub(super) struct Check {
    /// Folders or files of rules; without one, the embedded rules
    pub(super) paths: Vec<PathBuf>,
    /// Prove what is claimed of the rules too, which takes longer
    #[arg(long)]
    pub(super) prove: bool,
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

/// `clearway prove`
#[derive(clap::Args)]
pub(super) struct Prove {
    /// Tell only the claims about this pack; without it, about all packs of the rules
    pub(super) pack: Option<String>,
    /// Folders of rules in place of the embedded ones; national packs they use are embedded
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
    /// The form of the proofs
    #[arg(long, value_enum, default_value_t = ProofsFormat::Text)]
    pub(super) format: ProofsFormat,
    /// A folder to make, and to write each example into
    #[arg(long, value_name = "DIR")]
    pub(super) save: Option<PathBuf>,
    /// As what the examples are saved
    #[arg(long = "as", value_enum, default_value_t = SaveAs::Commission, requires = "save")]
    pub(super) save_as: SaveAs,
}

/// The forms of proofs.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum ProofsFormat {
    /// For reading in a terminal
    Text,
    /// For tools
    Json,
}

/// As what examples are saved.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum SaveAs {
    /// A scenario in the rule language, to stand beside the rules
    Scenario,
    /// A commission in JSON
    Commission,
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
#[command(group = clap::ArgGroup::new("about_tests").args(["coverage", "mutate"]))]
pub(super) struct Test {
    /// Run only scenarios whose title or pack holds this; with --coverage or --mutate, only packs
    /// and things whose name does
    pub(super) filter: Option<String>,
    /// Folders or files of rules whose scenarios are run, in place of the embedded ones
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
    /// Change the rules bit by bit, and report the changes that no scenario notices
    #[arg(long)]
    pub(super) mutate: bool,
    /// Keep what is found in this file, and go on from what it holds
    #[arg(long, value_name = "FILE", requires = "mutate")]
    pub(super) progress: Option<PathBuf>,
    /// Try only the first so many changes; those that move a boundary come first
    #[arg(long, value_name = "N", requires = "mutate")]
    pub(super) limit: Option<usize>,
    /// Say which clauses the scenarios saw to hold and fail, and which boundaries none tries
    #[arg(long)]
    pub(super) coverage: bool,
    /// The form of what --coverage or --mutate says
    #[arg(long, value_enum, default_value_t = TestFormat::Text, requires = "about_tests")]
    pub(super) format: TestFormat,
}

/// The forms of what is said of tests.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TestFormat {
    /// For people: what is missing
    Text,
    /// For tools
    Json,
    /// With --coverage, the lines of the rules with what was seen in the margin
    Source,
}

/// `clearway suggest`
#[derive(clap::Args)]
pub(super) struct Suggest {
    /// Only for packs whose name holds this
    pub(super) filter: Option<String>,
    /// Folders or files of rules to be tried, in place of the embedded ones
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
}
