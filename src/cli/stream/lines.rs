//! Lines of input, handed out in lots.

use std::io::{BufRead, Error, ErrorKind, Read};
use std::ops::Range;

/// The longest line that is kept, longer than a commission may be; of a longer one only the length
/// is told.
pub(super) const LINE_BYTES_MAX: usize = 2 << 20;

/// How much a lot takes in.
#[derive(Clone, Copy)]
pub(super) struct Size {
    /// Its lines at most.
    pub(super) n_lines_max: usize,
    /// The bytes that are asked for at once.
    pub(super) n_bytes: usize,
}

/// Lines and their answers. A lot that has been written is filled again: threads that took memory
/// for every line, and gave back what others took, would wait for one another.
#[derive(Default)]
pub(super) struct Lot {
    /// Which lot of the input it is, counted from nought.
    pub(super) turn: usize,
    /// The number of the first line, counted from 1.
    pub(super) first: usize,
    /// The bytes of all lines.
    bytes: Vec<u8>,
    lines: Vec<Place>,
    /// The answers, each with its end of line.
    pub(super) text: String,
    pub(super) n_answers: usize,
    /// How many of those are refusals of what is no commission.
    pub(super) n_refused: usize,
}

/// Where a line is.
enum Place {
    /// Among the bytes of its lot, without its end.
    At(Range<usize>),
    /// Nowhere: it had so many bytes, and was not kept.
    TooLong(usize),
}

/// A line of a lot.
pub(super) enum Line<'l> {
    /// Its bytes, without its end.
    Whole(&'l [u8]),
    /// It had so many bytes, and was not kept.
    TooLong(usize),
}

impl Lot {
    /// Its lines, each with its number.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, Line<'_>)> {
        (self.first..).zip(self.lines.iter().map(|place| match place {
            Place::At(range) => Line::Whole(self.bytes.get(range.clone()).unwrap_or_default()),
            Place::TooLong(n_bytes) => Line::TooLong(*n_bytes),
        }))
    }
}

/// What has not been handed out yet.
pub(super) struct Lines<'i> {
    input: &'i mut (dyn Read + Send),
    /// What has been read and is of no lot yet.
    rest: Vec<u8>,
    size: Size,
    /// The lots and the lines handed out so far.
    n_lots: usize,
    n_lines: usize,
    is_over: bool,
}

impl<'i> Lines<'i> {
    /// The lines of an input, in lots of this size.
    pub(super) fn new(input: &'i mut (dyn Read + Send), size: Size) -> Self {
        Self { input, rest: Vec::new(), size, n_lots: 0, n_lines: 0, is_over: false }
    }

    /// Fills a lot with the next lines, at least one, and says whether there was any: no line is
    /// waited for while another is at hand, so that whoever writes a line and waits for its answer
    /// gets it. After an error there are no more.
    ///
    /// What is read is read into the lot, so that it lies in the memory of the core that answers it.
    pub(super) fn fill(&mut self, lot: &mut Lot) -> Result<bool, Error> {
        lot.bytes.clear();
        lot.lines.clear();
        lot.text.clear();
        (lot.turn, lot.first) = (self.n_lots, self.n_lines + 1);
        (lot.n_answers, lot.n_refused) = (0, 0);
        lot.bytes.append(&mut self.rest);
        let mut start = 0;
        while let Some(next) = self.line(lot, start)? {
            start = next;
            let is_at_hand = lot.bytes.get(start..).is_some_and(|rest| rest.contains(&b'\n'));
            if lot.lines.len() >= self.size.n_lines_max || !is_at_hand {
                break;
            }
        }
        self.rest.extend(lot.bytes.drain(start..));
        self.n_lots += 1;
        self.n_lines += lot.lines.len();
        Ok(!lot.lines.is_empty())
    }

    /// Adds the line of a lot that begins here, reading as much as that takes, and says where the
    /// next begins; none at the end of the input.
    fn line(&mut self, lot: &mut Lot, start: usize) -> Result<Option<usize>, Error> {
        let mut n_seen = 0;
        loop {
            let mut unseen = lot.bytes.get(start + n_seen..).unwrap_or_default();
            n_seen += unseen.skip_until(b'\n')?;
            let end = start + n_seen;
            let is_whole = n_seen > 0 && lot.bytes.get(end - 1) == Some(&b'\n');
            let n_bytes = n_seen - usize::from(is_whole);
            if n_bytes >= LINE_BYTES_MAX {
                lot.bytes.drain(start..end);
                let n_more = if is_whole { 0 } else { self.skipped(lot, start)? };
                lot.lines.push(Place::TooLong(n_bytes + n_more));
                return Ok(Some(start));
            }
            if is_whole || (self.read(&mut lot.bytes)? == 0 && n_seen > 0) {
                lot.lines.push(Place::At(start..start + n_bytes));
                return Ok(Some(end));
            }
            if self.is_over {
                return Ok(None);
            }
        }
    }

    /// Passes over the rest of a line, and says how long that was.
    fn skipped(&mut self, lot: &mut Lot, start: usize) -> Result<usize, Error> {
        let mut n_bytes = 0;
        while self.read(&mut lot.bytes)? > 0 {
            let mut read = lot.bytes.get(start..).unwrap_or_default();
            let n_passed = read.skip_until(b'\n')?;
            let is_whole = lot.bytes.get(start + n_passed - 1) == Some(&b'\n');
            lot.bytes.drain(start..start + n_passed);
            n_bytes += n_passed - usize::from(is_whole);
            if is_whole {
                break;
            }
        }
        Ok(n_bytes)
    }

    /// Reads what there is, waiting where there is nothing yet, and says how much; nought at the end.
    fn read(&mut self, bytes: &mut Vec<u8>) -> Result<usize, Error> {
        let n_before = bytes.len();
        while !self.is_over {
            bytes.resize(n_before + self.size.n_bytes, 0);
            let read = self.input.read(bytes.get_mut(n_before..).unwrap_or_default());
            bytes.truncate(n_before + *read.as_ref().unwrap_or(&0));
            match read {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.is_over = true;
                    return Err(error);
                }
                Ok(n_read) => {
                    self.is_over = n_read == 0;
                    return Ok(n_read);
                }
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An input that comes in pieces of so many bytes.
    struct Pieces<'t>(&'t [u8], usize);

    impl Read for Pieces<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
            let (piece, rest) = self.0.split_at(self.1.min(self.0.len()).min(buffer.len()));
            self.0 = rest;
            piece.iter().zip(buffer).for_each(|(byte, place)| *place = *byte);
            Ok(piece.len())
        }
    }

    /// The number of a line, with its bytes or how many they were.
    type Seen = (usize, Result<Vec<u8>, usize>);

    /// The lots of an input.
    fn lots(mut input: Pieces<'_>, size: Size) -> Vec<Vec<Seen>> {
        let (mut lines, mut lot, mut lots) =
            (Lines::new(&mut input, size), Lot::default(), Vec::new());
        while lines.fill(&mut lot).expect("it can be read") {
            assert_eq!(lot.turn, lots.len());
            let lines = lot.lines().map(|(number, line)| match line {
                Line::Whole(bytes) => (number, Ok(bytes.to_vec())),
                Line::TooLong(n_bytes) => (number, Err(n_bytes)),
            });
            lots.push(lines.collect());
        }
        lots
    }

    #[test]
    fn lots_hold_every_line_once_and_in_order_however_it_comes() {
        let texts = ["", "\n", "a", "a\n", "a\nbc", "\n\nabc\n\n", "abcdefgh\ni\njk\n\nlmnopq\nr"];
        for text in texts {
            let whole = text.strip_suffix('\n').unwrap_or(text);
            let expected: Vec<_> = (1..)
                .zip(whole.split('\n').filter(|_| !text.is_empty()))
                .map(|(number, line)| (number, Ok(line.as_bytes().to_vec())))
                .collect();
            for (n_piece, n_lines_max, n_bytes) in
                [(1, 1, 1), (1, 9, 4), (2, 2, 3), (3, 9, 1), (5, 2, 8), (99, 1, 99), (99, 9, 99)]
            {
                let lots = lots(Pieces(text.as_bytes(), n_piece), Size { n_lines_max, n_bytes });
                assert!(lots.iter().all(|lot| (1..=n_lines_max).contains(&lot.len())));
                assert_eq!(lots.concat(), expected, "{text:?} in pieces of {n_piece}");
            }
        }
    }

    #[test]
    fn of_a_line_that_is_too_long_only_its_length_is_kept() {
        let size = Size { n_lines_max: 9, n_bytes: 64 << 10 };
        for (n_more, n_piece) in [(0, 9_999), (1, usize::MAX), (300_000, 70_000)] {
            for end in ["", "\n", "\nafter", "\nafter\n\n"] {
                let long = "x".repeat(LINE_BYTES_MAX + n_more);
                let text = format!("before\n{long}{end}");
                let found = lots(Pieces(text.as_bytes(), n_piece), size).concat();
                let before = (1, Ok(b"before".to_vec()));
                let mut expected = vec![before, (2, Err(LINE_BYTES_MAX + n_more))];
                if end.contains("after") {
                    expected.push((3, Ok(b"after".to_vec())));
                }
                if end.ends_with("\n\n") {
                    expected.push((4, Ok(Vec::new())));
                }
                assert_eq!(found, expected, "{n_more} too long, in pieces of {n_piece}");
            }
        }
        let longest = "x".repeat(LINE_BYTES_MAX - 1);
        let found = lots(Pieces(format!("{longest}\n").as_bytes(), usize::MAX), size).concat();
        assert_eq!(found, [(1, Ok(longest.into_bytes()))]);
    }

    #[test]
    fn no_line_is_waited_for_while_another_is_at_hand() {
        let mut input = Pieces(b"a\nb\nc\nd", 6);
        let size = Size { n_lines_max: 2, n_bytes: 99 };
        let (mut lines, mut lot) = (Lines::new(&mut input, size), Lot::default());
        let mut next =
            || lines.fill(&mut lot).expect("it can be read").then(|| lot.lines().count());
        // Of three lines at hand two, then one without the next, which would have to be read.
        assert_eq!([next(), next(), next(), next()], [Some(2), Some(1), Some(1), None]);
    }
}
