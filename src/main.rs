//! The binary: hands the process's ends to the command line.

#![expect(
    clippy::disallowed_methods,
    reason = "the outermost shell: arguments and clock come in here"
)]

use std::io::IsTerminal;
use std::process::ExitCode;

use clearway::cli::{Console, run};
use mimalloc::MiMalloc;

/// Answers are made of many small pieces, on several threads at once.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let (mut input, mut output, mut errors) =
        (std::io::stdin(), std::io::stdout(), std::io::stderr());
    let is_coloured = output.is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let are_errors_coloured = errors.is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut console = Console {
        width: textwrap::termwidth().clamp(40, 120),
        is_coloured,
        are_errors_coloured,
        today: jiff::Zoned::now().date(),
        input: &mut input,
        output: &mut output,
        errors: &mut errors,
    };
    let args = std::env::args_os().map(|arg| arg.to_string_lossy().into_owned());
    ExitCode::from(run(args, &mut console).code())
}
