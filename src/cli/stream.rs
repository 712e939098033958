//! `clearway stream`: a commission a line, an answer a line, in the same order.
//!
//! One thread reads, several answer, and this one writes. What has been read and not yet written is
//! bounded, whatever the length of the input: each queue holds a few lots of lines.

use std::io::{BufRead, BufReader, Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{Stream, StreamFields};
use super::console::Console;
use super::exit::Exit;
use super::rules;
use crate::desk::{Desk, Fields, Rules};
use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::quantity::Date;

/// The longest line that is kept, longer than a commission may be; of a longer one only the length
/// is told.
const LINE_BYTES_MAX: usize = 2 << 20;

/// The lines that are handed to a thread at once, at most; fewer where no more have arrived. What
/// takes microseconds is handed over in large lots, lest the handing take longer; what takes
/// milliseconds in small ones, lest a thread have nothing to do at the end.
const fn lot_lines_max(fields: Fields) -> usize {
    match fields {
        Fields::Standing | Fields::Reasons => 256,
        Fields::Answer | Fields::Everything => 4,
    }
}

/// The bytes of input that are looked at at once, and with which a lot is full.
const BUFFER_BYTES: usize = 256 << 10;

/// The lots that may wait for each thread, before it and after it.
const LOTS_WAITING_MAX: usize = 2;

/// Lines to answer, the first of them numbered so, counted from 1.
struct Lot {
    first: usize,
    lines: Vec<Line>,
}

/// A line of the input.
enum Line {
    Of(Vec<u8>),
    /// It had so many bytes, and was not kept.
    TooLong(usize),
}

/// What a lot came to: the text to write, and how many of its lines were no commissions.
struct Answered {
    text: String,
    n_lines: usize,
    n_refused: usize,
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
    let ended = thread::scope(|scope| {
        let (mut to_threads, mut from_threads) = (Vec::new(), Vec::new());
        for _ in 0..n_threads {
            let (to_thread, lots) = sync_channel(LOTS_WAITING_MAX);
            let (done, from_thread) = sync_channel(LOTS_WAITING_MAX);
            to_threads.push(to_thread);
            from_threads.push(from_thread);
            let rules = &rules;
            scope.spawn(move || answer(&Desk::new(rules), &lots, &done, (today, fields)));
        }
        let n_lines = lot_lines_max(fields);
        let reader = scope.spawn(move || read(&mut **input, &to_threads, n_lines));
        let n_refused = write(&from_threads, &mut **output, &progress);
        drop(from_threads);
        // A writer that stopped has let go of what the threads send to, and so they stop too.
        let read = reader.join().unwrap_or(Ok(()));
        (n_refused, read)
    });
    progress.finish_and_clear();
    match ended {
        (_, Err(error)) => {
            console.complain(&format!("error: standard input can't be read: {error}\n"));
            Exit::CannotRead
        }
        (0, Ok(())) => Exit::Answered,
        (_, Ok(())) => Exit::BadInput,
    }
}

fn progress(is_shown: bool) -> ProgressBar {
    let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let style = ProgressStyle::with_template("{spinner} {human_pos} answered, {per_sec}");
    let bar = ProgressBar::with_draw_target(None, target);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

/// Reads lines and deals them out in turn, until the input ends or nobody takes them any more.
fn read(
    input: &mut (dyn Read + Send),
    threads: &[SyncSender<Lot>],
    n_lines_max: usize,
) -> Result<(), std::io::Error> {
    let mut input = BufReader::with_capacity(BUFFER_BYTES, input);
    let mut first = 1;
    for thread in threads.iter().cycle() {
        let lines = lot(&mut input, n_lines_max)?;
        if lines.is_empty() {
            break;
        }
        let n_lines = lines.len();
        if thread.send(Lot { first, lines }).is_err() {
            break;
        }
        first += n_lines;
    }
    Ok(())
}

/// The next lines, at least one where there is any: no line is waited for while another is at hand,
/// so that whoever writes a line and waits for its answer gets it.
fn lot(
    input: &mut BufReader<&mut (dyn Read + Send)>,
    n_lines_max: usize,
) -> Result<Vec<Line>, std::io::Error> {
    let (mut lines, mut n_bytes) = (Vec::new(), 0);
    let is_full = |n_lines, n_bytes| n_lines >= n_lines_max || n_bytes >= BUFFER_BYTES;
    while !is_full(lines.len(), n_bytes) && (lines.is_empty() || input.buffer().contains(&b'\n')) {
        let Some(line) = line(input)? else { break };
        if let Line::Of(bytes) = &line {
            n_bytes += bytes.len();
        }
        lines.push(line);
    }
    Ok(lines)
}

/// The next line without its end; none at the end of the input.
fn line(input: &mut BufReader<&mut (dyn Read + Send)>) -> Result<Option<Line>, std::io::Error> {
    let mut line = Vec::new();
    let n_max = u64::try_from(LINE_BYTES_MAX).unwrap_or(u64::MAX);
    if input.take(n_max).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    let is_whole = line.last() == Some(&b'\n');
    if is_whole || line.len() < LINE_BYTES_MAX {
        line.truncate(line.len() - usize::from(is_whole));
        return Ok(Some(Line::Of(line)));
    }
    let n_kept = line.len();
    drop(line);
    Ok(Some(Line::TooLong(n_kept + skipped(input)?)))
}

/// Passes over the rest of a line, and says how long that was.
fn skipped(input: &mut BufReader<&mut (dyn Read + Send)>) -> Result<usize, std::io::Error> {
    let mut n_bytes = 0;
    loop {
        let buffer = input.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let n_passed = end.map_or(buffer.len(), |end| end + 1);
        n_bytes += end.unwrap_or(n_passed);
        let is_over = end.is_some() || buffer.is_empty();
        input.consume(n_passed);
        if is_over {
            return Ok(n_bytes);
        }
    }
}

/// Answers lots until there are no more, or nobody wants the answers.
fn answer(
    desk: &Desk<'_>,
    lots: &Receiver<Lot>,
    done: &SyncSender<Answered>,
    (today, fields): (Date, Fields),
) {
    for lot in lots {
        let mut answered = Answered { text: String::new(), n_lines: 0, n_refused: 0 };
        for (number, line) in (lot.first..).zip(&lot.lines) {
            let reply = match line {
                Line::Of(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => continue,
                Line::Of(bytes) => match std::str::from_utf8(bytes) {
                    Ok(text) => desk.reply(text, today, fields),
                    Err(error) => Err(vec![not_text(&error)]),
                },
                Line::TooLong(n_bytes) => Err(vec![too_long(*n_bytes)]),
            };
            let line = reply.unwrap_or_else(|diagnostics| {
                answered.n_refused += 1;
                diagnostic::json_line(&diagnostics, number)
            });
            answered.text.push_str(&line);
            answered.text.push('\n');
            answered.n_lines += 1;
        }
        if done.send(answered).is_err() {
            return;
        }
    }
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

/// Writes what the threads send, in the order in which the lots were dealt out, and says how many
/// lines were no commissions. Stops where the output can't be written.
fn write(threads: &[Receiver<Answered>], output: &mut dyn Write, progress: &ProgressBar) -> usize {
    let mut n_refused = 0;
    for thread in threads.iter().cycle() {
        let Ok(answered) = thread.recv() else { break };
        n_refused += answered.n_refused;
        let written = output.write_all(answered.text.as_bytes()).and_then(|()| output.flush());
        if written.is_err() {
            break;
        }
        progress.inc(u64::try_from(answered.n_lines).unwrap_or(u64::MAX));
    }
    n_refused
}
