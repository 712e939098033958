//! Claims as sentences: what is claimed, what fails, what the clauses in the way do, what to write.

use crate::diagnostic::Code;
use crate::pack::{Candidate, DecisionId, ListId, ListRows, Pack, PreferenceId, Rulebook};
use crate::prove::{Claim, ClaimKind, Owner, Reason, Refutation};
use crate::quantity::date_in_words;
use crate::report::words::{Wording, and, length};
use crate::source::Span;

/// The heading of a kind of claims.
pub(super) const fn title(kind: ClaimKind) -> &'static str {
    match kind {
        ClaimKind::NoGaps => "No gaps",
        ClaimKind::NothingDead => "Nothing dead",
        ClaimKind::Exclusion => "Routes that exclude each other",
        ClaimKind::Time => "Time",
        ClaimKind::Layers => "Layers",
        ClaimKind::Preferences => "Preferences",
        ClaimKind::Questions => "Questions",
    }
}

/// Why a claim was given up, as part of a sentence.
pub(super) const fn why(reason: Reason) -> &'static str {
    match reason {
        Reason::Budget => {
            "the rules of that day are too entangled for the proof, which stopped at its budget"
        }
        Reason::Free => {
            "it rests on a comparison of several facts, which the proof treats as free to come out \
             either way"
        }
        Reason::Gap => "the rules themselves leave it open",
        Reason::Lengths => {
            "it rests on lengths of time of which neither is the shorter from every day"
        }
    }
}

/// The names of what a claim is about.
pub(super) fn about(book: &Rulebook, claim: &Claim) -> Vec<String> {
    let route = |id| book.routes[id].name.clone();
    let pack = |id| book.packs[id].name.clone();
    let document = |id| book.documents[id].name.clone();
    match claim {
        Claim::Decided(id) | Claim::CaseCounts(id, _) => vec![book.decisions[*id].name.clone()],
        Claim::Settled(id) | Claim::RouteCounts(id) => vec![route(*id)],
        Claim::SomeRouteOpen(id) | Claim::WithinExtent(id) => vec![pack(*id)],
        Claim::TestCounts(owner, _) => owner_names(book, *owner),
        Claim::ModelCounts(id) => vec![book.models[*id].name.clone()],
        Claim::DocumentCounts(id) | Claim::DueCounts(id, _) | Claim::NoDoubleBind(id) => {
            vec![document(*id)]
        }
        Claim::LengthCounts(id, _) => vec![book.periods[*id].name.clone()],
        Claim::PreferenceCounts(id) => ranked_names(book, *id),
        Claim::Exclusive(a, b) | Claim::OneMandatory(a, b) => vec![route(*a), route(*b)],
        Claim::OneLaw(nation) => {
            let nation = nation.and_then(|(fact, place)| {
                book.facts[fact].kind.choices().get(place).map(|choice| choice.name.clone())
            });
            nation.into_iter().collect()
        }
        Claim::ListWhole(id) => vec![book.lists[*id].name.clone()],
        Claim::OpensNothing(layer, id) => vec![pack(*layer), route(*id)],
        Claim::DropsNothing(layer, id) => vec![pack(*layer), document(*id)],
        Claim::ShortensNothing(layer, id) => vec![pack(*layer), book.periods[*id].name.clone()],
        Claim::NoCircle(ids) => {
            let mut names: Vec<String> =
                ids.iter().flat_map(|id| ranked_names(book, *id)).collect();
            names.sort();
            names.dedup();
            names
        }
        Claim::Matters(id) => vec![book.facts[*id].name.clone()],
    }
}

fn owner_names(book: &Rulebook, owner: Owner) -> Vec<String> {
    match owner {
        Owner::Pack(id) => vec![book.packs[id].name.clone()],
        Owner::Route(id) => vec![book.routes[id].name.clone()],
        Owner::Model(id) => vec![book.models[id].name.clone()],
        Owner::Document(id) => vec![book.documents[id].name.clone()],
        Owner::Period(id) => vec![book.periods[id].name.clone()],
        Owner::Preference(id) => ranked_names(book, id),
    }
}

fn ranked_names(book: &Rulebook, id: PreferenceId) -> Vec<String> {
    let rules = &book.preferences[id];
    let name = |candidate: &Candidate| match candidate {
        Candidate::Route(id) => book.routes[*id].name.clone(),
        Candidate::Model(id) => book.models[*id].name.clone(),
    };
    rules.above.iter().chain(&rules.below).map(name).collect()
}

/// What a claim says, as part of a sentence.
pub(super) fn claimed(book: &Rulebook, claim: &Claim) -> String {
    let route = |id| quoted(&book.routes[id].title);
    let pack = |id| quoted(&book.packs[id].title);
    let document = |id| quoted(&book.documents[id].title);
    match claim {
        Claim::Decided(id) => {
            format!("{} has exactly one outcome", quoted(&book.decisions[*id].title))
        }
        Claim::Settled(id) => format!("{} is open or barred", route(*id)),
        Claim::SomeRouteOpen(id) => format!("some route is open under {}", pack(*id)),
        Claim::CaseCounts(id, place) => {
            format!("this case of {} decides some commission", case(book, *id, *place))
        }
        Claim::TestCounts(owner, _) => {
            format!("this test of {} fails for some commission", owner_said(book, *owner))
        }
        Claim::RouteCounts(id) => format!("{} is open for some commission", route(*id)),
        Claim::ModelCounts(id) => {
            format!("an open route carries {}", quoted(&book.models[*id].title))
        }
        Claim::DocumentCounts(id) => format!("some commission needs {}", document(*id)),
        Claim::DueCounts(id, _) => format!("this rule says when {} is due", document(*id)),
        Claim::LengthCounts(id, _) => {
            format!("{} is so long for some commission", quoted(&book.periods[*id].title))
        }
        Claim::PreferenceCounts(id) => {
            format!("the preference for {} ranks something", ranked(book, *id))
        }
        Claim::Exclusive(a, b) | Claim::OneMandatory(a, b) => {
            format!("{} and {} are never open together", route(*a), route(*b))
        }
        Claim::NoDoubleBind(id) => format!("{} is never both needed and forbidden", document(*id)),
        Claim::OneLaw(_) => format!("every commission{} is under one law", nation(book, claim)),
        Claim::WithinExtent(id) => format!("{} governs only where it extends to", pack(*id)),
        Claim::ListWhole(id) => {
            format!("every code is once on {}, without a break", quoted(&book.lists[*id].title))
        }
        Claim::OpensNothing(layer, id) => {
            format!("{} doesn't open {} where the law closes it", pack(*layer), route(*id))
        }
        Claim::DropsNothing(layer, id) => {
            format!("{} doesn't drop {} where the law requires it", pack(*layer), document(*id))
        }
        Claim::ShortensNothing(layer, id) => {
            format!("{} doesn't shorten {}", pack(*layer), quoted(&book.periods[*id].title))
        }
        Claim::NoCircle(ids) => {
            let ranked: Vec<String> = ids.iter().map(|id| ranked(book, *id)).collect();
            format!("the preferences for {} never go round in a circle", and(&ranked))
        }
        Claim::Matters(id) => {
            format!("what is known of {} can change an answer", quoted(&book.facts[*id].title))
        }
    }
}

/// What fails of a claim, as a sentence without its capital and its stop.
pub(super) fn fails(book: &Rulebook, claim: &Claim, refutation: &Refutation) -> String {
    let route = |id| quoted(&book.routes[id].title);
    let pack = |id| quoted(&book.packs[id].title);
    let document = |id| quoted(&book.documents[id].title);
    match claim {
        Claim::Decided(id) => format!(
            "{} has no outcome, or more than one, for some commissions though every fact is known",
            quoted(&book.decisions[*id].title)
        ),
        Claim::Settled(id) => format!(
            "{} is neither open nor barred for some commissions though every fact is known",
            route(*id)
        ),
        Claim::SomeRouteOpen(id) => format!(
            "every route is barred for some commissions under {}; each route then says why",
            pack(*id)
        ),
        Claim::CaseCounts(id, place) => {
            let why = match refutation.clauses.as_slice() {
                [] => "its condition can't hold",
                [_] => "an earlier case always decides first",
                _ => "earlier cases together always decide first",
            };
            format!("this case of {} never decides anything: {why}", case(book, *id, *place))
        }
        Claim::TestCounts(owner, _) => {
            let why = match refutation.clauses.as_slice() {
                [] => "every commission passes it",
                _ => "every commission that gets so far passes it",
            };
            format!("this test of {} never fails: {why}", owner_said(book, *owner))
        }
        Claim::RouteCounts(id) => {
            format!("{} is never open: no commission passes all its tests", route(*id))
        }
        Claim::ModelCounts(id) => {
            format!("no open route ever carries {}", quoted(&book.models[*id].title))
        }
        Claim::DocumentCounts(id) => {
            format!("no commission with an open route ever needs {}", document(*id))
        }
        Claim::DueCounts(id, place) => {
            let rule = book.documents[*id].due.get(*place);
            let rule = rule.map(|due| Wording::of_rules(book).due(&due.rule, None));
            format!(
                "this rule never says when {} is due: {}",
                document(*id),
                quoted(&rule.unwrap_or_default())
            )
        }
        Claim::LengthCounts(id, place) => {
            let rules = &book.periods[*id];
            let row = rules.lengths.get(*place).map(length).unwrap_or_default();
            format!("{} is never so long: {}", quoted(&rules.title), quoted(&row))
        }
        Claim::PreferenceCounts(id) => format!(
            "the preference for {} ranks nothing: they never stand together while it holds",
            ranked(book, *id)
        ),
        Claim::Exclusive(a, b) => {
            format!("{} excludes {}, and both are open for some commissions", route(*a), route(*b))
        }
        Claim::OneMandatory(a, b) => format!(
            "{} and {} are both mandatory, and both are open for some commissions",
            route(*a),
            route(*b)
        ),
        Claim::NoDoubleBind(id) => {
            format!("{} is both needed and forbidden for some commissions", document(*id))
        }
        Claim::OneLaw(_) if are_several(book, refutation) => {
            format!("some commissions{} are under several laws at once", nation(book, claim))
        }
        Claim::OneLaw(_) => format!(
            "some commissions{} are under a law that these rules name, and its pack is not in force on that day",
            nation(book, claim)
        ),
        Claim::WithinExtent(id) => {
            format!("{} governs commissions of a nation to which it doesn't extend", pack(*id))
        }
        Claim::ListWhole(id) => list(book, *id, refutation),
        Claim::OpensNothing(layer, id) => {
            format!(
                "{} opens {} for some commissions for which the law below closes it",
                pack(*layer),
                route(*id)
            )
        }
        Claim::DropsNothing(layer, id) => format!(
            "{} drops {} for some commissions of which the law below requires it",
            pack(*layer),
            document(*id)
        ),
        Claim::ShortensNothing(layer, id) => format!(
            "{} shortens {} for some commissions",
            pack(*layer),
            quoted(&book.periods[*id].title)
        ),
        Claim::NoCircle(ids) => {
            let ranked: Vec<String> = ids.iter().map(|id| ranked(book, *id)).collect();
            format!("for some commissions these preferences go round in a circle: {}", and(&ranked))
        }
        Claim::Matters(id) => {
            format!("what is known of {} changes no answer", quoted(&book.facts[*id].title))
        }
    }
}

/// Where what a finding is about is written: what the claim is about, or of a claim about all laws
/// the first that is in the way.
pub(super) fn place(book: &Rulebook, claim: &Claim, refutation: &Refutation) -> Option<Span> {
    match (claim, refutation.clauses.first()) {
        (Claim::OneLaw(_), Some(first)) => Some(*first),
        _ => claim.place(book),
    }
}

/// Whether several laws govern the example, and not none.
fn are_several(book: &Rulebook, refutation: &Refutation) -> bool {
    let Some(example) = &refutation.example else { return false };
    let says_so = |pack: &&Pack| {
        let gate = pack.gate.as_ref();
        gate.is_some_and(|gate| refutation.clauses.contains(&gate.span))
    };
    let laws = book.packs.rows().filter(says_so);
    laws.filter(|pack| pack.in_force.holds_on(example.as_at)).count() > 1
}

/// A code on a list twice, or off it between two rows.
fn list(book: &Rulebook, id: ListId, refutation: &Refutation) -> String {
    let rules = &book.lists[id];
    let (title, day) = (quoted(&rules.title), refutation.on.map(date_in_words).unwrap_or_default());
    match (is_hole(book, id, refutation), shared_code(book, id, refutation)) {
        (true, Some(code)) => format!("{code} is off the list {title} for a while from {day}"),
        (true, None) => format!("a code is off the list {title} for a while from {day}"),
        (false, Some(code)) => format!("{code} is on the list {title} twice"),
        (false, None) => format!("a code is on the list {title} twice"),
    }
}

/// Whether between two rows of a list there is a hole, and not a day of both.
fn is_hole(book: &Rulebook, id: ListId, refutation: &Refutation) -> bool {
    let ListRows::Codes(rows) = &book.lists[id].rows else { return false };
    let (Some(on), Some(first)) = (refutation.on, refutation.clauses.first()) else { return false };
    let ends_then = rows.iter().any(|row| row.span == *first && row.in_force.until == Some(on));
    let begins_then = refutation.clauses.get(1).is_some_and(|second| {
        rows.iter().any(|row| row.span == *second && row.in_force.holds_on(on))
    });
    ends_then && !begins_then
}

/// A code that both rows hold; of one row, a code that it holds twice.
fn shared_code(book: &Rulebook, id: ListId, refutation: &Refutation) -> Option<String> {
    let ListRows::Codes(rows) = &book.lists[id].rows else { return None };
    let [first, second] = refutation.clauses.as_slice() else { return None };
    let sets = |span: &Span| {
        let row = rows.iter().find(|row| row.span == *span);
        row.map(|row| row.codes.as_slice()).unwrap_or_default()
    };
    let n_before = if first == second { 1 } else { 0 };
    sets(first).iter().enumerate().find_map(|(place, a)| {
        let others = sets(second).iter().skip(n_before * (place + 1));
        others.into_iter().find_map(|b| {
            let ((a_first, a_last), (b_first, b_last)) = (a.bounds(), b.bounds());
            let (from, to) = (a_first.max(b_first), a_last.min(b_last));
            (from <= to).then(|| from.to_string())
        })
    })
}

/// What a clause in the way does.
pub(super) fn in_the_way(
    book: &Rulebook,
    claim: &Claim,
    refutation: &Refutation,
    clause: Span,
) -> String {
    let said = match claim {
        Claim::Decided(_) | Claim::Settled(_) => {
            let is_amount = book.amounts.rows().any(|amount| amount.span == clause);
            let as_at = refutation.example.as_ref().map(|example| example.as_at);
            let decision = book.decisions.rows().find(|decision| decision.span == clause);
            let is_in_force = decision
                .zip(as_at)
                .is_none_or(|(decision, as_at)| book.packs[decision.pack].in_force.holds_on(as_at));
            if !is_in_force {
                "the pack of this is not in force on that day"
            } else if is_amount {
                "this gives no figure for it on that day"
            } else {
                "this has no outcome for it on that day"
            }
        }
        Claim::CaseCounts(..) => match refutation.clauses.as_slice() {
            [_] => "this case catches all that it would",
            _ => "this case catches a part",
        },
        Claim::TestCounts(..) => "this asks as much already",
        Claim::ModelCounts(id)
            if !book.models[*id].tests.iter().any(|test| test.span == clause) =>
        {
            "this carries it, and is never open for it"
        }
        Claim::RouteCounts(_) | Claim::ModelCounts(_) | Claim::DocumentCounts(_) => {
            "with this, nothing is left"
        }
        Claim::DueCounts(..) | Claim::LengthCounts(..) => "this is tried before it",
        Claim::OneLaw(_) if !are_several(book, refutation) => {
            "this says so, and its pack is not in force on that day"
        }
        Claim::OneLaw(_) | Claim::WithinExtent(_) => "this says that its pack governs",
        Claim::ListWhole(_) if Some(&clause) == refutation.clauses.first() => "here",
        Claim::ListWhole(_) => "and here",
        Claim::OpensNothing(..) | Claim::DropsNothing(..) | Claim::ShortensNothing(..) => {
            "the layer fills this"
        }
        Claim::NoCircle(_) => "part of the circle",
        Claim::SomeRouteOpen(_)
        | Claim::PreferenceCounts(_)
        | Claim::Exclusive(..)
        | Claim::OneMandatory(..)
        | Claim::NoDoubleBind(_)
        | Claim::Matters(_) => "in the way",
    };
    said.to_owned()
}

/// The code by which a check tells that a claim fails; none for a remark.
pub(super) fn code(book: &Rulebook, claim: &Claim, refutation: &Refutation) -> Option<Code> {
    Some(match claim {
        Claim::SomeRouteOpen(_) => return None,
        Claim::Decided(_) | Claim::Settled(_) => Code::Gap,
        Claim::CaseCounts(..)
        | Claim::TestCounts(..)
        | Claim::RouteCounts(_)
        | Claim::ModelCounts(_)
        | Claim::DocumentCounts(_)
        | Claim::DueCounts(..)
        | Claim::LengthCounts(..)
        | Claim::PreferenceCounts(_) => Code::DeadClause,
        Claim::OneLaw(_) if !are_several(book, refutation) => Code::Gap,
        Claim::OneLaw(_)
        | Claim::WithinExtent(_)
        | Claim::Exclusive(..)
        | Claim::OneMandatory(..)
        | Claim::NoDoubleBind(_) => Code::Overlap,
        Claim::ListWhole(id) if is_hole(book, *id, refutation) => Code::DaysUncovered,
        Claim::ListWhole(_) => Code::PeriodsOverlap,
        Claim::OpensNothing(..) | Claim::DropsNothing(..) | Claim::ShortensNothing(..) => {
            Code::LayerOpens
        }
        Claim::NoCircle(_) => Code::PreferenceCycle,
        Claim::Matters(_) => Code::IdleQuestion,
    })
}

/// What to write where a claim fails.
pub(super) const fn mend(claim: &Claim) -> &'static str {
    match claim {
        Claim::Decided(_) | Claim::Settled(_) => {
            "give what it reads a value on that day, or don't ask for it there"
        }
        Claim::SomeRouteOpen(_) => "look whether the law truly leaves no route",
        Claim::CaseCounts(..) => {
            "take the case out, put it before what catches its commissions, or mend either condition"
        }
        Claim::TestCounts(..) => "take the test out, or write what it was meant to ask",
        Claim::RouteCounts(_) | Claim::ModelCounts(_) | Claim::DocumentCounts(_) => {
            "mend the test that leaves nothing, or take the whole out"
        }
        Claim::DueCounts(..) | Claim::LengthCounts(..) => {
            "take the row out, or put it before what catches its commissions"
        }
        Claim::PreferenceCounts(_) => "take the preference out, or mend when it holds",
        Claim::Exclusive(..) | Claim::OneMandatory(..) => {
            "bar one of the routes where the other is open"
        }
        Claim::NoDoubleBind(_) => "say which of the two gives way",
        Claim::OneLaw(_) => {
            "let the day on which one law ends be the day on which the next begins, and let each say whom it leaves to the other"
        }
        Claim::WithinExtent(_) => {
            "add the nation to `extent`, or ask for the nation where the pack says to whom it applies"
        }
        Claim::ListWhole(_) => "write each code once for each day on which it is on the list",
        Claim::OpensNothing(..) | Claim::DropsNothing(..) | Claim::ShortensNothing(..) => {
            "fill it so that what the law below closes stays closed, or leave it as it is"
        }
        Claim::NoCircle(_) => "give them conditions that can't hold together, or take one out",
        Claim::Matters(_) => "take the question out, or use it where it was meant to decide",
    }
}

fn quoted(title: &str) -> String {
    format!("“{title}”")
}

/// `“Is it a covered procurement?”, “Covered procurement”`
fn case(book: &Rulebook, id: DecisionId, place: usize) -> String {
    let rules = &book.decisions[id];
    let case = rules.cases.get(place);
    let outcome = case.and_then(|case| book.outcome(id, case.outcome));
    let outcome = outcome.map(|outcome| quoted(&outcome.title)).unwrap_or_default();
    format!("{}, {outcome},", quoted(&rules.title))
}

fn owner_said(book: &Rulebook, owner: Owner) -> String {
    match owner {
        Owner::Pack(id) => quoted(&book.packs[id].title),
        Owner::Route(id) => quoted(&book.routes[id].title),
        Owner::Model(id) => quoted(&book.models[id].title),
        Owner::Document(id) => quoted(&book.documents[id].title),
        Owner::Period(id) => quoted(&book.periods[id].title),
        Owner::Preference(id) => format!("the preference for {}", ranked(book, id)),
    }
}

/// `“Light touch competition” over “Open procedure”`
fn ranked(book: &Rulebook, id: PreferenceId) -> String {
    let rules = &book.preferences[id];
    let titles = |candidates: &[Candidate]| {
        let title = |candidate: &Candidate| match candidate {
            Candidate::Route(id) => quoted(&book.routes[*id].title),
            Candidate::Model(id) => quoted(&book.models[*id].title),
        };
        and(&candidates.iter().map(title).collect::<Vec<_>>())
    };
    format!("{} over {}", titles(&rules.above), titles(&rules.below))
}

/// ` of “Scotland”`, where the claim is about one nation.
fn nation(book: &Rulebook, claim: &Claim) -> String {
    let Claim::OneLaw(Some((fact, place))) = claim else { return String::new() };
    let choice = book.facts[*fact].kind.choices().get(*place);
    choice.map(|choice| format!(" of {}", quoted(&choice.title))).unwrap_or_default()
}
