//! Words joined into lists, and sentences begun and ended.

/// `A`, `A and B`, `A, B and C`.
pub(in crate::report) fn and(words: &[String]) -> String {
    joined(words, "and")
}

/// `A`, `A or B`, `A, B or C`.
pub(in crate::report) fn or(words: &[String]) -> String {
    joined(words, "or")
}

fn joined(words: &[String], joint: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {joint} {last}", first.join(", ")),
    }
}

/// `A, B, C, D, E and 3 more facts`: the first few, the rest only counted.
pub(in crate::report) fn a_few_facts(titles: &[String]) -> String {
    const TITLES_MAX: usize = 5;
    let mut named: Vec<String> = titles.iter().take(TITLES_MAX).cloned().collect();
    match titles.len().saturating_sub(TITLES_MAX) {
        0 => {}
        1 => named.push("one more fact".to_owned()),
        n_more => named.push(format!("{n_more} more facts")),
    }
    and(&named)
}

/// The words with a capital first letter.
pub(in crate::report) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The words with a small first letter, unless the first word is a name or an abbreviation.
pub(in crate::report) fn small(words: &str) -> String {
    let first_word = words.split(' ').next().unwrap_or_default();
    let is_plain = first_word.chars().skip(1).all(char::is_lowercase);
    let is_article = matches!(first_word, "A" | "An" | "The");
    let is_lone_letter = first_word.chars().count() == 1;
    let mut letters = words.chars();
    match letters.next() {
        Some(first) if is_article || (is_plain && !is_lone_letter) => {
            first.to_lowercase().chain(letters).collect()
        }
        Some(_) | None => words.to_owned(),
    }
}

/// The words as a sentence: with a full stop, unless they end a sentence already.
pub(in crate::report) fn stopped(words: &str) -> String {
    let is_ended = words.ends_with(['.', '?', '!', '…']) || words.is_empty();
    if is_ended { words.to_owned() } else { format!("{words}.") }
}
