//! `clearway stream`: a commission a line, an answer a line, in the same order.
//!
//! One thread reads, several answer, and this one writes. What has been read and not yet written is
//! bounded, whatever the length of the input: each queue holds a few lots of lines.

use std::io::{BufRead, BufReader, Read, Write};
use std::num::NonZero;
use std::ops::Range;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
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
/// takes microseconds is handed over in larger lots, lest the handing take longer; what takes
/// milliseconds in small ones, lest a thread have nothing to do at the end. The lots on their way to
/// and from a thread should find room in the memory that is its core's own.
const fn lot_lines_max(fields: Fields) -> usize {
    match fields {
        Fields::Standing => 64,
        Fields::Reasons => 16,
        Fields::Answer | Fields::Everything => 4,
    }
}

/// The bytes of input that are looked at at once, and with which a lot is full.
const BUFFER_BYTES: usize = 256 << 10;

/// The lots that may wait for each thread, before it and after it: enough that a thread goes on while
/// another, whose turn it is, does not get to run.
const fn lots_waiting_max(fields: Fields) -> usize {
    match fields {
        Fields::Standing | Fields::Reasons => 16,
        Fields::Answer | Fields::Everything => 2,
    }
}

/// Lines and their answers. A lot goes round from the thread that reads to one that answers, to the
/// one that writes, and back to be filled for the same thread again: threads that took memory for
/// every line, and gave back what others took, would wait for one another.
#[derive(Default)]
struct Lot {
    /// The number of the first line, counted from 1.
    first: usize,
    /// The bytes of all lines.
    bytes: Vec<u8>,
    lines: Vec<Line>,
    /// The answers, each with its end of line.
    text: String,
    n_answers: usize,
    /// How many of those are refusals of what is no commission.
    n_refused: usize,
}

/// A line of a lot.
enum Line {
    /// Where it lies among the bytes, without its end.
    At(Range<usize>),
    /// It had so many bytes, and was not kept.
    TooLong(usize),
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
    let first = Desk::new(&rules);
    let ended = thread::scope(|scope| {
        let (mut to_threads, mut from_threads) = (Vec::new(), Vec::new());
        for _ in 0..n_threads {
            let (to_thread, lots) = sync_channel(lots_waiting_max(fields));
            let (done, from_thread) = sync_channel(lots_waiting_max(fields));
            let (written, spent) = channel();
            to_threads.push((to_thread, spent));
            from_threads.push((from_thread, written));
            let desk = first.beside();
            scope.spawn(move || answer(&desk, &lots, &done, (today, fields)));
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

/// Reads lines into lots that are spent, and deals them out in turn, until the input ends or nobody
/// takes them any more.
fn read(
    input: &mut (dyn Read + Send),
    threads: &[(SyncSender<Lot>, Receiver<Lot>)],
    n_lines_max: usize,
) -> Result<(), std::io::Error> {
    let mut input = BufReader::with_capacity(BUFFER_BYTES, input);
    let mut first = 1;
    for (thread, spent) in threads.iter().cycle() {
        let mut lot = spent.try_recv().unwrap_or_default();
        lot.first = first;
        fill(&mut lot, &mut input, n_lines_max)?;
        first += lot.lines.len();
        if lot.lines.is_empty() || thread.send(lot).is_err() {
            break;
        }
    }
    Ok(())
}

/// Fills a lot with the next lines, at least one where there is any: no line is waited for while
/// another is at hand, so that whoever writes a line and waits for its answer gets it.
fn fill(
    lot: &mut Lot,
    input: &mut BufReader<&mut (dyn Read + Send)>,
    n_lines_max: usize,
) -> Result<(), std::io::Error> {
    lot.bytes.clear();
    lot.lines.clear();
    let is_full = |lot: &Lot| lot.lines.len() >= n_lines_max || lot.bytes.len() >= BUFFER_BYTES;
    while !is_full(lot) && (lot.lines.is_empty() || input.buffer().contains(&b'\n')) {
        let Some(line) = line(input, &mut lot.bytes)? else { break };
        lot.lines.push(line);
    }
    Ok(())
}

/// The next line, its bytes put behind those before it; none at the end of the input.
fn line(
    input: &mut BufReader<&mut (dyn Read + Send)>,
    bytes: &mut Vec<u8>,
) -> Result<Option<Line>, std::io::Error> {
    let start = bytes.len();
    let n_max = u64::try_from(LINE_BYTES_MAX).unwrap_or(u64::MAX);
    let n_read = input.take(n_max).read_until(b'\n', bytes)?;
    if n_read == 0 {
        return Ok(None);
    }
    let is_whole = bytes.last() == Some(&b'\n');
    if is_whole || n_read < LINE_BYTES_MAX {
        return Ok(Some(Line::At(start..bytes.len() - usize::from(is_whole))));
    }
    bytes.truncate(start);
    Ok(Some(Line::TooLong(n_read + skipped(input)?)))
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
    done: &SyncSender<Lot>,
    (today, fields): (Date, Fields),
) {
    for mut lot in lots {
        lot.text.clear();
        (lot.n_answers, lot.n_refused) = (0, 0);
        for (number, line) in (lot.first..).zip(&lot.lines) {
            let reply = match line {
                Line::At(place) => {
                    let bytes = lot.bytes.get(place.clone()).unwrap_or_default();
                    if bytes.iter().all(u8::is_ascii_whitespace) {
                        continue;
                    }
                    match std::str::from_utf8(bytes) {
                        Ok(text) => desk.reply(text, today, fields),
                        Err(error) => Err(vec![not_text(&error)]),
                    }
                }
                Line::TooLong(n_bytes) => Err(vec![too_long(*n_bytes)]),
            };
            let answer = reply.unwrap_or_else(|diagnostics| {
                lot.n_refused += 1;
                diagnostic::json_line(&diagnostics, number)
            });
            lot.text.push_str(&answer);
            lot.text.push('\n');
            lot.n_answers += 1;
        }
        if done.send(lot).is_err() {
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

/// Writes the answers of lots in the order in which they were dealt out, and says how many lines were
/// no commissions. Stops where the output can't be written.
fn write(
    threads: &[(Receiver<Lot>, Sender<Lot>)],
    output: &mut dyn Write,
    progress: &ProgressBar,
) -> usize {
    let mut n_refused = 0;
    for (thread, written) in threads.iter().cycle() {
        let Ok(lot) = thread.recv() else { break };
        n_refused += lot.n_refused;
        if output.write_all(lot.text.as_bytes()).and_then(|()| output.flush()).is_err() {
            break;
        }
        progress.inc(u64::try_from(lot.n_answers).unwrap_or(u64::MAX));
        // At the end of the input nobody fills it again.
        let _ = written.send(lot);
    }
    n_refused
}
