//! `clearway stream`: a commission a line, an answer a line, in the same order.
//!
//! Every thread reads a lot of lines, answers them, and writes what is next in order: none waits for
//! another to hand it work. What has been read and not yet written is bounded, whatever the length of
//! the input.

mod lines;
mod turns;

use std::io::Error;
use std::num::NonZero;
use std::sync::{Mutex, PoisonError};
use std::thread;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{Stream, StreamFields};
use super::console::Console;
use super::exit::Exit;
use super::rules;
use crate::desk::{Desk, Fields, Rules};
use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::quantity::Date;
use lines::{LINE_BYTES_MAX, Line, Lines, Lot, Size};
use turns::{LetGo, Turns};

/// What a thread takes at once, at most; less where no more has arrived. Of what takes microseconds
/// it takes larger lots, lest the taking take longer; of what takes milliseconds small ones, lest a
/// thread have nothing to do at the end. What is answered should find room in the memory that is its
/// core's own.
const fn lot_size(fields: Fields) -> Size {
    match fields {
        Fields::Standing => Size { n_lines_max: 128, n_bytes: 64 << 10 },
        Fields::Reasons => Size { n_lines_max: 16, n_bytes: 10 << 10 },
        Fields::Answer | Fields::Everything => Size { n_lines_max: 4, n_bytes: 8 << 10 },
    }
}

/// The lots of each thread that may be answered before those ahead of them: enough that it goes on
/// while another, whose turn it is, does not get to run.
const fn lots_ahead_max(fields: Fields) -> usize {
    match fields {
        Fields::Standing | Fields::Reasons => 32,
        Fields::Answer | Fields::Everything => 4,
    }
}

/// Answers every commission of standard input.
pub(super) fn stream(args: &Stream, console: &mut Console<'_>) -> Exit {
    let rules = match rules::graph(&args.rules, console) {
        Ok(graph) => Rules::new(graph),
        Err(exit) => return exit,
    };
    let n_threads = args.threads.map_or_else(
        || thread::available_parallelism().map_or(1, NonZero::get),
        |threads| usize::from(threads.get()),
    );
    let today = args.as_at.unwrap_or(console.today);
    let fields = match args.fields {
        StreamFields::Standing => Fields::Standing,
        StreamFields::Reasons => Fields::Reasons,
        StreamFields::Answer => Fields::Answer,
        StreamFields::Everything => Fields::Everything,
    };
    let progress = progress(console.are_errors_coloured);
    let Console { input, output, .. } = console;
    let lines = Mutex::new(Lines::new(&mut **input, lot_size(fields)));
    let turns = Turns::new(&mut **output, &progress, n_threads * lots_ahead_max(fields));
    let first = Desk::new(&rules);
    let read = thread::scope(|scope| {
        let threads: Vec<_> = (0..n_threads)
            .map(|_| {
                let (desk, lines, turns) = (first.beside(), &lines, &turns);
                scope.spawn(move || answered(&desk, lines, turns, (today, fields)))
            })
            .collect();
        threads.into_iter().try_for_each(|thread| match thread.join() {
            Ok(read) => read,
            Err(panic) => std::panic::resume_unwind(panic),
        })
    });
    progress.finish_and_clear();
    match (read, turns.n_refused()) {
        (Err(error), _) => {
            console.complain(&format!("error: standard input can't be read: {error}\n"));
            Exit::CannotRead
        }
        (Ok(()), 0) => Exit::Answered,
        (Ok(()), _) => Exit::BadInput,
    }
}

fn progress(is_shown: bool) -> ProgressBar {
    let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let style = ProgressStyle::with_template("{spinner} {human_pos} answered, {per_sec}");
    let bar = ProgressBar::with_draw_target(None, target);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

/// Answers lot after lot, until the input ends or nobody wants the answers.
fn answered(
    desk: &Desk<'_>,
    lines: &Mutex<Lines<'_>>,
    turns: &Turns<'_>,
    (today, fields): (Date, Fields),
) -> Result<(), Error> {
    let _others = LetGo(turns);
    let mut spent = Some(Lot::default());
    while let Some(mut lot) = spent {
        let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
        // Another may have been waiting for a line while the answers were given up.
        if turns.is_over() || !lines.fill(&mut lot)? {
            break;
        }
        drop(lines);
        answer(desk, &mut lot, (today, fields));
        spent = turns.hand_in(lot);
    }
    Ok(())
}

/// Answers the lines of a lot.
fn answer(desk: &Desk<'_>, lot: &mut Lot, (today, fields): (Date, Fields)) {
    let (mut text, mut n_answers, mut n_refused) = (std::mem::take(&mut lot.text), 0, 0);
    for (number, line) in lot.lines() {
        let reply = match line {
            Line::Whole(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => continue,
            Line::Whole(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => desk.reply(text, today, fields),
                Err(error) => Err(vec![not_text(&error)]),
            },
            Line::TooLong(n_bytes) => Err(vec![too_long(n_bytes)]),
        };
        let answer = reply.unwrap_or_else(|diagnostics| {
            n_refused += 1;
            diagnostic::json_line(&diagnostics, number)
        });
        text.push_str(&answer);
        text.push('\n');
        n_answers += 1;
    }
    (lot.text, lot.n_answers, lot.n_refused) = (text, n_answers, n_refused);
}

fn not_text(error: &std::str::Utf8Error) -> Diagnostic {
    let message = format!("the line is not UTF-8 from byte {}", error.valid_up_to() + 1);
    Diagnostic::nowhere(Code::NotUtf8, Severity::Error, message)
        .help("write the line as UTF-8".to_owned())
}

fn too_long(n_bytes: usize) -> Diagnostic {
    let message = format!("the line has {n_bytes} bytes, over the {LINE_BYTES_MAX} that are read");
    Diagnostic::nowhere(Code::CommissionTooLarge, Severity::Error, message)
        .help("leave out all but the facts that the rules ask for".to_owned())
}
