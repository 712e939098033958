//! Commissions, under the embedded law and a town's own rules: whatever is written is read, in one
//! pass as with care; what is understood reads back the same, and is decided.

use clearway::decide::decide;
use clearway::desk::Rules;
use clearway::facts::{Commission, commission_json};
use clearway::source::Sources;

use super::{Shown, TODAY, are_told, codes, law, town};

/// Holds of any bytes.
pub(crate) fn holds(bytes: &[u8]) -> Shown {
    let Ok(text) = std::str::from_utf8(bytes) else { return Shown::new() };
    let mut shown = Shown::new();
    let commission = read(town(), text, |what| {
        shown.insert(format!("town {what}"));
    });
    read(law(), text, |what| {
        shown.insert(format!("law {what}"));
    });
    let as_at = commission.as_at.unwrap_or(TODAY);
    let answer = decide(town().graph(), &commission.facts, as_at);
    shown.extend(answer.routes.iter().map(|route| format!("town {:?}", route.standing)));
    shown
}

/// Reads a commission both ways.
fn read(rules: &Rules, text: &str, mut show: impl FnMut(&str)) -> Commission {
    let (form, book) = (rules.form(), rules.graph().book());
    let (commission, told) = form.read(book, text);
    are_told(&told, &Sources::default());
    codes(&told).for_each(|code| show(&code));
    if let Some(plain) = form.read_plain(book, text) {
        assert!(told.is_empty(), "read in one pass, and told {told:?}");
        assert_eq!(plain, commission, "read in one pass as with care");
        show("read in one pass");
    }
    if told.is_empty() {
        let title = commission.title.as_deref().unwrap_or_default();
        let written = commission_json(book, title, commission.as_at, &commission.facts);
        let (again, told) = form.read(book, &written);
        assert!(told.is_empty(), "what was understood is told {told:?}\n{written}");
        let is_same = again.facts == commission.facts && again.as_at == commission.as_at;
        assert!(is_same, "{commission:?}\nis written\n{written}and read as\n{again:?}");
    }
    for (_, value) in commission.facts.iter() {
        let kind = format!("{value:?}");
        show(kind.split(|mark: char| !mark.is_alphanumeric()).next().unwrap_or_default());
    }
    commission
}
