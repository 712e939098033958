//! Differences put into words, once for every form.

use super::plain::plain;
use super::recorded::recorded;
use super::whom::{conditions, for_whom};
use super::{Comparison, wire};
use crate::facts;
use crate::pack::{Candidate, DecisionId, Rulebook};
use crate::prove::{
    Change, Compared, Difference, Differences, Doubtful, Shown, Spell, Turn, Two, Unproved,
};
use crate::quantity::{Date, date_in_words};
use crate::report::words::{self, Wording};

/// Both rulebooks.
#[derive(Clone, Copy)]
pub(super) struct Books<'a> {
    pub(super) old: &'a Rulebook,
    pub(super) new: &'a Rulebook,
}

impl<'a> Books<'a> {
    pub(super) const fn of(differences: &Differences<'a>) -> Self {
        Self { old: differences.old.book(), new: differences.new.book() }
    }

    /// Something of a thing, from the new rules where they have it.
    pub(super) fn of_two<I: Copy, T>(
        self,
        two: Two<I>,
        read: impl Fn(&'a Rulebook, I) -> T,
    ) -> Option<T> {
        let new = two.new.map(|id| read(self.new, id));
        new.or_else(|| two.old.map(|id| read(self.old, id)))
    }
}

/// The comparison in words.
pub(super) fn wire(comparison: &Comparison<'_>) -> wire::Differences {
    let differences = comparison.differences;
    let verdict = match (differences.is_same(), differences.is_different()) {
        (true, _) => wire::Verdict::Same,
        (false, true) => wire::Verdict::Different,
        (false, false) => wire::Verdict::Unproved,
    };
    let dates = match differences.compared {
        Compared::Versions => None,
        Compared::Dates(from, to) => Some((from, to)),
    };
    let books = Books::of(differences);
    // One thing may be unproved in several ways at once, which is told once.
    let mut unproved_ones: Vec<wire::Unproved> = Vec::new();
    for one in differences.unproved.iter().map(|it| unproved(books, it, dates)) {
        if !unproved_ones.contains(&one) {
            unproved_ones.push(one);
        }
    }
    wire::Differences {
        engine: wire::Engine {
            name: "clearway",
            version: env!("CARGO_PKG_VERSION"),
            answer_version: crate::report::ANSWER_VERSION,
        },
        old: comparison.old.clone(),
        new: comparison.new.clone(),
        dates: dates.map(|(from, to)| wire::Dates { from: from.to_string(), to: to.to_string() }),
        verdict,
        says: summary(differences, verdict) + assuming(differences),
        differences: differences.found.iter().map(|found| told(books, found, dates)).collect(),
        rules: differences.plain.iter().map(|change| plain(books, change, dates)).collect(),
        unproved: unproved_ones,
        commissions: comparison
            .recorded
            .as_ref()
            .map(|all| all.iter().map(|one| recorded(books, one)).collect()),
    }
}

fn summary(differences: &Differences<'_>, verdict: wire::Verdict) -> String {
    let days = match differences.compared {
        Compared::Versions => "on every day",
        Compared::Dates(..) => "on both dates",
    };
    let n = differences.found.len() + differences.plain.len();
    let things = if n == 1 { "1 thing differs".to_owned() } else { format!("{n} things differ") };
    let shown = "Each commission shown was put to both";
    match (verdict, differences.unproved.is_empty()) {
        (wire::Verdict::Same, _) => format!(
            "Proved the same for every commission {days}: once all its facts are known, both give \
             the same answer, but for its words."
        ),
        (wire::Verdict::Unproved, _) => {
            "No difference was found, but they could not be proved the same.".to_owned()
        }
        (wire::Verdict::Different, true) => {
            format!("{things}. {shown}; nothing else differs: that is proved.")
        }
        (wire::Verdict::Different, false) => {
            format!("{things}. {shown}. Some of the rest could not be proved the same.")
        }
    }
}

/// What is taken of lengths of time, where something rests on them.
const fn assuming(differences: &Differences<'_>) -> &'static str {
    if differences.are_lengths_as_written {
        " Lengths of time are taken as written in months where fewer than seven days are over, and \
         else in days: written otherwise, one may be within a limit from one date and over it from \
         the other."
    } else {
        ""
    }
}

fn told(books: Books<'_>, found: &Difference<'_>, dates: Option<(Date, Date)>) -> wire::Difference {
    let (kind, turn) = kind(found.change);
    let spells = found.spells.iter().map(|it| spell(books, found.change, it, dates));
    wire::Difference {
        kind,
        names: names(books, found.change),
        turn,
        says: says(books, found.change),
        spells: spells.collect(),
    }
}

const fn kind(change: Change) -> (wire::DifferenceKind, wire::Turn) {
    match change {
        Change::Applies(_, turn) => (wire::DifferenceKind::Law, turn_of(turn)),
        Change::Open(_, turn) => (wire::DifferenceKind::Route, turn_of(turn)),
        Change::Preferred(_, _, turn) => (wire::DifferenceKind::Preference, turn_of(turn)),
        Change::Fits(_, turn) => (wire::DifferenceKind::Model, turn_of(turn)),
        Change::Gates(_) => (wire::DifferenceKind::Model, wire::Turn::Otherwise),
        Change::Outcome(..) => (wire::DifferenceKind::Decision, wire::Turn::Otherwise),
        Change::Needed(_, turn) | Change::Banned(_, turn) => {
            (wire::DifferenceKind::Document, turn_of(turn))
        }
        Change::Due(..) => (wire::DifferenceKind::Document, wire::Turn::Otherwise),
        Change::Length(_, None, _) => (wire::DifferenceKind::Period, wire::Turn::Begins),
        Change::Length(_, _, None) => (wire::DifferenceKind::Period, wire::Turn::Ends),
        Change::Length(..) => (wire::DifferenceKind::Period, wire::Turn::Otherwise),
    }
}

const fn turn_of(turn: Turn) -> wire::Turn {
    match turn {
        Turn::Begins => wire::Turn::Begins,
        Turn::Ends => wire::Turn::Ends,
        Turn::LeftOpen => wire::Turn::Otherwise,
    }
}

fn names(books: Books<'_>, change: Change) -> Vec<String> {
    let name = match change {
        Change::Applies(two, _) => books.of_two(two, |book, id| book.packs[id].name.clone()),
        Change::Open(two, _) => books.of_two(two, |book, id| book.routes[id].name.clone()),
        Change::Preferred(above, below, _) => {
            let name = |two| books.of_two(two, |book, id| candidate(book, id).0.to_owned());
            return name(above).into_iter().chain(name(below)).collect();
        }
        Change::Fits(two, _) | Change::Gates(two) => {
            books.of_two(two, |book, id| book.models[id].name.clone())
        }
        Change::Outcome(two, ..) => books.of_two(two, |book, id| book.decisions[id].name.clone()),
        Change::Needed(two, _) | Change::Banned(two, _) | Change::Due(two, ..) => {
            books.of_two(two, |book, id| book.documents[id].name.clone())
        }
        Change::Length(two, ..) => books.of_two(two, |book, id| book.periods[id].name.clone()),
    };
    name.into_iter().collect()
}

/// The name and the title of a route or model.
fn candidate(book: &Rulebook, candidate: Candidate) -> (&str, &str) {
    match candidate {
        Candidate::Route(id) => (&book.routes[id].name, &book.routes[id].title),
        Candidate::Model(id) => (&book.models[id].name, &book.models[id].title),
    }
}

/// The title of what differs, in quotes.
fn title(books: Books<'_>, change: Change) -> String {
    let title = match change {
        Change::Applies(two, _) => books.of_two(two, |book, id| book.packs[id].title.clone()),
        Change::Open(two, _) => books.of_two(two, |book, id| book.routes[id].title.clone()),
        Change::Preferred(above, ..) => {
            books.of_two(above, |book, id| candidate(book, id).1.to_owned())
        }
        Change::Fits(two, _) | Change::Gates(two) => {
            books.of_two(two, |book, id| book.models[id].title.clone())
        }
        Change::Outcome(two, ..) => books.of_two(two, |book, id| book.decisions[id].title.clone()),
        Change::Needed(two, _) | Change::Banned(two, _) | Change::Due(two, ..) => {
            books.of_two(two, |book, id| book.documents[id].title.clone())
        }
        Change::Length(two, ..) => books.of_two(two, |book, id| book.periods[id].title.clone()),
    };
    format!("“{}”", title.unwrap_or_default())
}

/// What differs, in a sentence.
fn says(books: Books<'_>, change: Change) -> String {
    let title = title(books, change);
    let left_open = || format!("What {title} comes to is left open by one of them.");
    match change {
        Change::Applies(_, Turn::Begins) => format!("{title} applies where it did not."),
        Change::Applies(_, Turn::Ends) => format!("{title} no longer applies where it did."),
        Change::Open(two, Turn::Begins) if two.old.is_none() => {
            format!("{title} is a new route, and is open.")
        }
        Change::Open(_, Turn::Begins) => format!("{title} is open where it was closed."),
        Change::Open(two, Turn::Ends) if two.new.is_none() => {
            format!("{title} is a route no longer, where it was open.")
        }
        Change::Open(_, Turn::Ends) => format!("{title} is closed where it was open."),
        Change::Preferred(_, below, turn) => {
            let below = books.of_two(below, |book, id| candidate(book, id).1.to_owned());
            let below = below.unwrap_or_default();
            match turn {
                Turn::Begins => format!("{title} is put before “{below}” where it was not."),
                Turn::Ends => format!("{title} is no longer put before “{below}” where it was."),
                Turn::LeftOpen => left_open(),
            }
        }
        Change::Fits(_, Turn::Begins) => format!("{title} fits where it did not."),
        Change::Fits(_, Turn::Ends) => format!("{title} no longer fits where it did."),
        Change::Gates(_) => format!("What a good design of {title} shows comes out otherwise."),
        Change::Outcome(two, before, after) => {
            let (before, after) = outcomes(books, two, before, after);
            format!("{title}: {after}, no longer {before}.")
        }
        Change::Needed(two, Turn::Begins) if two.old.is_none() => {
            format!("{title} is a new document, and is needed.")
        }
        Change::Needed(_, Turn::Begins) => format!("{title} is needed where it was not."),
        Change::Needed(two, Turn::Ends) if two.new.is_none() => {
            format!("{title} is a document no longer, where it was needed.")
        }
        Change::Needed(_, Turn::Ends) => format!("{title} is no longer needed where it was."),
        Change::Banned(_, Turn::Begins) => format!("{title} is forbidden where it was not."),
        Change::Banned(_, Turn::Ends) => format!("{title} is no longer forbidden where it was."),
        Change::Due(two, before, after) => {
            let due = |book, id: Option<_>, place| due(book, id, place);
            let before = due(books.old, two.old, before);
            let after = due(books.new, two.new, after);
            format!("{title} is due: {after}. It was due: {before}.")
        }
        Change::Length(two, before, after) => {
            let (a, b) = (length(books.old, two.old, before), length(books.new, two.new, after));
            match (a, b) {
                (None, Some(after)) => format!("{title} runs where it did not: {after}."),
                (Some(before), None) => format!("{title} no longer runs. It was: {before}."),
                (before, after) => {
                    let said = |length: Option<String>| length.unwrap_or_default();
                    format!("{title} is: {}. It was: {}.", said(after), said(before))
                }
            }
        }
        Change::Applies(_, Turn::LeftOpen)
        | Change::Open(_, Turn::LeftOpen)
        | Change::Fits(_, Turn::LeftOpen)
        | Change::Needed(_, Turn::LeftOpen)
        | Change::Banned(_, Turn::LeftOpen) => left_open(),
    }
}

/// The outcomes before and after, in quotes.
pub(super) fn outcomes(
    books: Books<'_>,
    two: Two<DecisionId>,
    before: Option<usize>,
    after: Option<usize>,
) -> (String, String) {
    let said = |book: &Rulebook, id: Option<DecisionId>, outcome: Option<usize>| {
        let outcomes: Vec<usize> = outcome.into_iter().collect();
        match id {
            Some(id) => words::decision_said(book, id, &outcomes),
            None => "nothing".to_owned(),
        }
    };
    (said(books.old, two.old, before), said(books.new, two.new, after))
}

fn due(book: &Rulebook, document: Option<crate::pack::DocumentId>, place: Option<usize>) -> String {
    let rule = document.zip(place).and_then(|(id, place)| book.documents[id].due.get(place));
    rule.map_or_else(
        || "at no fixed time".to_owned(),
        |due| words::small(&Wording::of_rules(book).due(&due.rule, None)),
    )
}

fn length(
    book: &Rulebook,
    period: Option<crate::pack::PeriodId>,
    place: Option<usize>,
) -> Option<String> {
    let row = book.periods[period?].lengths.get(place?)?;
    row.length?;
    Some(words::small(&words::length(row)))
}

fn spell(
    books: Books<'_>,
    change: Change,
    spell: &Spell<'_>,
    dates: Option<(Date, Date)>,
) -> wire::Spell {
    let is_dated = dates.is_none() && !spell.is_as_if_appointed;
    let routes: Vec<(String, String)> = spell
        .routes
        .iter()
        .filter_map(|two| {
            books.of_two(*two, |book, id| {
                (book.routes[id].name.clone(), book.routes[id].title.clone())
            })
        })
        .collect();
    let titles: Vec<String> = routes.iter().map(|(_, title)| title.clone()).collect();
    let when = days(spell.is_as_if_appointed, (spell.from, spell.last), dates);
    wire::Spell {
        from: is_dated.then(|| spell.from.to_string()),
        to: spell.last.filter(|_| is_dated).map(|day| day.to_string()),
        when,
        routes: routes.into_iter().map(|(name, _)| name).collect(),
        for_whom: for_whom(books, change, spell, &titles),
        is_every: spell.is_all,
        conditions: conditions(books, &spell.shared),
        example: example(books, change, &spell.shown),
    }
}

/// On which days, if they are not the two dates that were compared.
fn days(
    is_as_if_appointed: bool,
    (from, last): (Date, Option<Date>),
    dates: Option<(Date, Date)>,
) -> Option<String> {
    if is_as_if_appointed {
        return Some("Once law that waits for a day has begun.".to_owned());
    }
    dates.is_none().then(|| when(from, last))
}

/// `From 24 February 2025 to 31 December 2025.`
pub(super) fn when(from: Date, last: Option<Date>) -> String {
    match last {
        Some(last) if last == from => format!("On {}.", date_in_words(from)),
        Some(last) => format!("From {} to {}.", date_in_words(from), date_in_words(last)),
        None => format!("From {}.", date_in_words(from)),
    }
}

fn example(books: Books<'_>, change: Change, shown: &Shown<'_>) -> wire::Example {
    let fact = |book: &Rulebook, id, value| {
        let fact = &book.facts[id];
        wire::Fact {
            fact: fact.name.clone(),
            title: fact.title.clone(),
            value: words::value(&fact.kind, value),
            json: facts::value_json(book, id, value),
        }
    };
    let mut all: Vec<wire::Fact> =
        shown.new.iter().map(|(id, value)| fact(books.new, id, value)).collect();
    for (id, value) in shown.old.iter() {
        let old = fact(books.old, id, value);
        if !all.iter().any(|new| new.fact == old.fact && new.json == old.json) {
            all.push(old);
        }
    }
    // A route that opens was barred by the old rules, one that closes is by the new.
    let was_barred = matches!(change, Change::Open(_, Turn::Begins));
    let barring = if was_barred { books.old } else { books.new };
    let barred_by = shown.barring.iter().map(|test| {
        let says = match &test.otherwise {
            Some(otherwise) => otherwise.clone(),
            None => Wording::of_rules(barring).sentence_refuted(&test.condition),
        };
        let citations = test.citations.iter().map(|citation| wire::Citation {
            label: citation.label.clone(),
            url: citation.url.clone(),
        });
        wire::Bar { says, citations: citations.collect() }
    });
    wire::Example {
        old_as_at: shown.old_day.to_string(),
        new_as_at: shown.new_day.to_string(),
        facts: all,
        barred_by: barred_by.collect(),
    }
}

fn unproved(books: Books<'_>, unproved: &Unproved, dates: Option<(Date, Date)>) -> wire::Unproved {
    let about = match unproved.change {
        Some(change) => title(books, change),
        None => "All rules".to_owned(),
    };
    let says = match unproved.reason {
        Doubtful::Budget => "It is more than could be gone through.",
        Doubtful::Free => {
            "It rests on a comparison of several facts, and no commission could be made that shows a \
             difference."
        }
        Doubtful::Retyped => {
            "It rests on a fact that takes another kind of answer now, so no commission can be put to \
             both."
        }
        Doubtful::Between => {
            "Only the first and the last of these days were looked at. Between them a time counts \
             that moves with the day asked about, and the two measure it otherwise."
        }
    };
    let when = days(unproved.is_as_if_appointed, (unproved.from, unproved.last), dates);
    wire::Unproved { about, when, says: says.to_owned() }
}
