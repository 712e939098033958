//! Inputs made of others: bytes, runs, words and lines changed, put in, taken out, doubled, moved.

use crate::properties::dice::Dice;

/// The longest input that is tried.
const BYTES_MAX: usize = 8 << 10;

/// An input made of one of these, with up to four things about it changed.
pub(super) fn changed(pool: &[Vec<u8>], words: &[&str], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = dice.pick(pool);
    for _ in 0..dice.between(1, 4) {
        change(&mut bytes, pool, words, dice);
    }
    bytes.truncate(BYTES_MAX);
    bytes
}

fn change(bytes: &mut Vec<u8>, pool: &[Vec<u8>], words: &[&str], dice: &mut Dice) {
    let place = dice.below(bytes.len() + 1);
    match dice.below(12) {
        0 => {
            if let Some(byte) = bytes.get_mut(place) {
                *byte ^= 1 << dice.below(8);
            }
        }
        1 => {
            let byte = byte(dice);
            bytes.get_mut(place).into_iter().for_each(|old| *old = byte);
        }
        2 => bytes.insert(place, byte(dice)),
        3 => put(bytes, place, run(bytes.len(), place, dice), &[]),
        4 => {
            let doubled = bytes.get(place..run(bytes.len(), place, dice)).unwrap_or_default();
            let count = if dice.one_in(20) { 100 } else { dice.between(1, 3) };
            put(bytes, place, place, &doubled.repeat(count));
        }
        5 => splice(bytes, place, pool, dice),
        6 => borrow(bytes, place, pool, dice),
        7 => another_digit(bytes, place, dice),
        8 => move_line(bytes, dice),
        _ if words.is_empty() => bytes.insert(place, byte(dice)),
        9 => {
            let end = run(bytes.len(), place, dice);
            put(bytes, place, end, dice.pick(words).as_bytes());
        }
        _ => put(bytes, place, place, dice.pick(words).as_bytes()),
    }
}

/// A byte, mostly one that text has.
fn byte(dice: &mut Dice) -> u8 {
    let (first, last) = if dice.one_in(4) { (0, 255) } else { (b' ', b'~') };
    u8::try_from(dice.between(first.into(), last.into())).unwrap_or_default()
}

/// The end of a run from a place: mostly a short one.
fn run(length: usize, place: usize, dice: &mut Dice) -> usize {
    let most = dice.pick(&[2, 8, 40, 400]);
    (place + dice.between(1, most)).min(length)
}

fn put(bytes: &mut Vec<u8>, start: usize, end: usize, with: &[u8]) {
    bytes.splice(start.min(end)..end, with.iter().copied());
}

/// The beginning of this and the end of another.
fn splice(bytes: &mut Vec<u8>, place: usize, pool: &[Vec<u8>], dice: &mut Dice) {
    let other = dice.pick(pool);
    bytes.truncate(place);
    bytes.extend(other.into_iter().skip(dice.below(BYTES_MAX) % (place + 1)));
}

/// A run of another put in.
fn borrow(bytes: &mut Vec<u8>, place: usize, pool: &[Vec<u8>], dice: &mut Dice) {
    let other = dice.pick(pool);
    let start = dice.below(other.len());
    let end = run(other.len(), start, dice);
    put(bytes, place, place, other.get(start..end).unwrap_or_default());
}

/// The next digit changed.
fn another_digit(bytes: &mut [u8], place: usize, dice: &mut Dice) {
    let digit = bytes.iter_mut().skip(place).find(|byte| byte.is_ascii_digit());
    let other = dice.pick(b"0123456789");
    digit.into_iter().for_each(|digit| *digit = other);
}

/// A line taken out, or put elsewhere.
fn move_line(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let mut lines: Vec<Vec<u8>> =
        bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return;
    }
    let line = lines.remove(dice.below(lines.len()));
    if dice.one_in(2) {
        lines.insert(dice.below(lines.len() + 1), line);
    }
    *bytes = lines.concat();
}
