//! `clearway new`

use super::args::New;
use super::console::Console;
use super::exit::Exit;
use crate::source::Sources;

/// The files of a starter pack: a council's own contract rules on the Procurement Act 2023.
const STARTER: [(&str, &str); 5] = [
    ("pack.way", include_str!("starter/pack.way")),
    ("quotes.way", include_str!("starter/quotes.way")),
    ("approvals.way", include_str!("starter/approvals.way")),
    ("cases/quotes.way", include_str!("starter/cases/quotes.way")),
    ("NOTES.md", include_str!("starter/NOTES.md")),
];

/// Writes a starter pack that passes `check` and `test`.
pub(super) fn new(args: &New, console: &mut Console<'_>) -> Exit {
    let files: Vec<(&str, String)> =
        STARTER.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
    match crate::new_folder(&args.dir, &files) {
        Ok(()) => {
            let dir = args.dir.display();
            console.say(&format!(
                "a council's pack is in {dir}\n\nNext:\n  clearway check {dir}\n  clearway test --rules {dir}\n"
            ));
            Exit::Answered
        }
        Err(diagnostic) => {
            console.report(&[*diagnostic], &Sources::default());
            Exit::CannotRead
        }
    }
}
