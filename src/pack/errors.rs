//! What is said of rules that can be read but not understood.

use super::condition::Value;
use super::read::{Measure, Missing};
use super::rulebook::{Choice, FactKind, Mark, SumFault, Thing};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::quantity::{CpvCode, Date, date_in_words};
use crate::source::Span;
use crate::syntax::tree::{Keyword, Word, Words};

/// There is no file at all.
pub(super) fn no_rules() -> Diagnostic {
    Diagnostic::nowhere(Code::NoRules, Severity::Error, "there are no rules here")
        .note("a rule file ends in `.way`")
        .help("`clearway new DIR` makes a starter pack".to_owned())
}

/// Items without a `pack` in their folder.
pub(super) fn no_pack(span: Span) -> Diagnostic {
    Diagnostic::error(Code::NoPack, span, "this file belongs to no pack")
        .note("a pack is a folder: one file in it, usually `pack.way`, holds the `pack` item")
        .help("write `pack town.rules \"…\"` with its version, extent and period".to_owned())
}

/// A second `pack` in one folder or of one name.
pub(super) fn second_pack(name: &Word, first: &Word) -> Diagnostic {
    Diagnostic::error(Code::DuplicateName, name.span, format!("`{name}` is a second pack here"))
        .label(first.span, "the first")
        .help("give each pack a name and a folder of its own".to_owned())
}

/// Packs that use one another in a circle.
pub(super) fn pack_cycle(circle: &[&Word]) -> Diagnostic {
    let names: Vec<&str> = circle.iter().map(|name| name.node.as_str()).collect();
    let path = format!("{} → {}", names.join(" → "), names.first().copied().unwrap_or_default());
    let mut diagnostic = match circle.first() {
        Some(first) => {
            Diagnostic::error(Code::Cycle, first.span, "packs use one another in a circle")
        }
        None => {
            Diagnostic::nowhere(Code::Cycle, Severity::Error, "packs use one another in a circle")
        }
    };
    for name in circle.iter().skip(1) {
        diagnostic = diagnostic.label(name.span, "and this");
    }
    diagnostic.note(path).help("move what both need into a pack that both use".to_owned())
}

/// A name that nothing has.
pub(super) fn unknown_name(wanted: &str, name: &Word, seen: &[&str]) -> Diagnostic {
    Diagnostic::error(Code::UnknownName, name.span, format!("no {wanted} is called `{name}`"))
        .help(nearest(&name.node, seen).map(|near| format!("perhaps `{near}`")))
}

/// A name that no pack has, among the others than its user.
pub(super) fn unknown_pack(name: &Word, packs: &[&str]) -> Diagnostic {
    let all: Vec<String> = packs.iter().map(|pack| format!("`{pack}`")).collect();
    let mut diagnostic = unknown_name("pack", name, packs);
    diagnostic.help.get_or_insert_with(|| "name the folder of that pack too".to_owned());
    if all.is_empty() {
        return diagnostic;
    }
    diagnostic.note(format!("the other packs here are {}", all.join(", ")))
}

/// A name of a pack that isn't used.
pub(super) fn name_not_visible(name: &Word, owner: &str, user: &str) -> Diagnostic {
    let message = format!("`{name}` belongs to the pack `{owner}`, which `{user}` doesn't use");
    Diagnostic::error(Code::NameNotVisible, name.span, message)
        .help(format!("add `use {owner}` to the pack `{user}`"))
}

/// Two items of one name; where the first is in a base or used pack, a layer can't redefine it.
pub(super) fn duplicate_name(name: &Word, first: Span, is_on_base: bool) -> Diagnostic {
    if is_on_base {
        return Diagnostic::error(
            Code::LayerRedefines,
            name.span,
            format!("`{name}` is the law's, not this layer's"),
        )
        .label(first, "defined here")
        .note("a layer may add, narrow and fill; what the law says stays as it is")
        .help(
            "give the new item a name of its own, or use `narrow route` or `fill amount`"
                .to_owned(),
        );
    }
    Diagnostic::error(Code::DuplicateName, name.span, format!("`{name}` is already defined"))
        .label(first, "first defined here")
        .note("a name means one thing in all packs that are read together")
        .help("give one of them another name".to_owned())
}

/// A pack's gate with a period of its own.
pub(super) fn dated_gate(span: Span) -> Diagnostic {
    Diagnostic::error(Code::MisplacedClause, span, "`applies when` can't have a period")
        .note("it is one question for the pack's whole life")
        .help("date the cases of the decision that it asks".to_owned())
}

/// `route` or `model` where none is being considered.
pub(super) fn nothing_considered(name: &Word) -> Diagnostic {
    let message = format!("no {name} is being considered here");
    Diagnostic::error(Code::WrongType, name.span, message)
        .note("`route is …` and `model is …` belong in documents and periods, which are put to each route")
        .help("use a fact or a decision".to_owned())
}

/// A fact whose place in a commission's JSON is taken.
pub(super) fn name_is_reserved(name: &Word, first: &str) -> Diagnostic {
    Diagnostic::error(Code::DuplicateName, name.span, format!("`{name}` can't be a fact"))
        .note(format!("a commission's JSON keeps `{first}` for itself"))
        .help("begin the name with another word".to_owned())
}

/// A fact whose name is the beginning of another's.
pub(super) fn name_is_a_prefix(name: &Word, other_name: &str, other: Span) -> Diagnostic {
    let message = format!("`{name}` and `{other_name}` can't both be facts");
    Diagnostic::error(Code::DuplicateName, name.span, message)
        .label(other, "the other")
        .note("a fact's dotted name is its place in a commission's JSON: one would hold the other")
        .help("add a word to the shorter name".to_owned())
}

/// A name of the wrong kind.
pub(super) fn wrong_kind_of_name(
    wanted: &str,
    name: &Word,
    thing: Thing,
    declared: Option<Span>,
) -> Diagnostic {
    let message =
        format!("`{name}` is {}, and {} {wanted} is needed", called(thing), article(wanted));
    let diagnostic = Diagnostic::error(Code::WrongKindOfName, name.span, message);
    match declared {
        Some(span) => diagnostic.label(span, "defined here"),
        None => diagnostic,
    }
}

fn article(word: &str) -> &'static str {
    let first = word.trim_start_matches('`').chars().next();
    if first.is_some_and(|first| "aeiou".contains(first)) { "an" } else { "a" }
}

/// What a clause or item is called in a sentence: a keyword in backticks, words as they are.
fn quoted(what: &str) -> String {
    if what.starts_with("a ") || what.starts_with("an ") {
        what.to_owned()
    } else {
        format!("`{what}`")
    }
}

fn called(thing: Thing) -> &'static str {
    match thing {
        Thing::Pack(_) => "a pack",
        Thing::Source(_) => "a source",
        Thing::Fact(_) => "a fact",
        Thing::Amount(_) => "an amount",
        Thing::List(_) => "a list",
        Thing::Calendar(_) => "a calendar",
        Thing::Event(_) => "an event",
        Thing::Decision(_) => "a decision",
        Thing::Route(_) => "a route",
        Thing::Model(_) => "a model",
        Thing::Document(_) => "a document",
        Thing::Period(_) => "a period",
    }
}

/// An option or outcome that its fact or decision doesn't have.
pub(super) fn unknown_option(owner: &str, word: &Word, choices: &[Choice]) -> Diagnostic {
    let names: Vec<&str> = choices.iter().map(|choice| choice.name.as_str()).collect();
    let message = format!("`{owner}` has no option or outcome `{word}`");
    let help = match nearest(&word.node, &names) {
        Some(near) => format!("perhaps `{near}`"),
        None if names.is_empty() => format!("`{owner}` has none"),
        None => format!("it has: {}", names.join(", ")),
    };
    Diagnostic::error(Code::UnknownOption, word.span, message).help(help)
}

/// A word that a clause doesn't know.
pub(super) fn unknown_word(clause: &str, word: &Word, all: &[&str]) -> Diagnostic {
    Diagnostic::error(Code::UnknownOption, word.span, format!("`{clause}` can't be `{word}`"))
        .help(format!("write one of: {}", all.join(", ")))
}

/// A clause that its item can't hold.
pub(super) fn misplaced_clause(item: Keyword, clause: &str, span: Span) -> Diagnostic {
    let (clause, one) = (quoted(clause), item.in_a_sentence());
    Diagnostic::error(Code::MisplacedClause, span, format!("{clause} has no place in {one}"))
        .help(item.holds())
}

/// `says`, `otherwise` or `doubt` with nothing above to speak of.
pub(super) fn words_about_nothing(keyword: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::MisplacedClause, span, format!("`{keyword}` has nothing to speak of"))
        .help("write it below the test, case or row that it is about".to_owned())
}

/// An item lacks a clause.
pub(super) fn missing_clause(item: Keyword, clause: &str, span: Span) -> Diagnostic {
    let item = item.spelling();
    Diagnostic::error(Code::MissingClause, span, format!("this `{item}` lacks {clause}"))
        .help(format!("add {clause}"))
}

/// A clause given twice.
pub(super) fn repeated_clause(clause: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(Code::RepeatedClause, span, format!("{clause} is given twice"))
        .label(first, "given first here")
        .help("keep one".to_owned())
}

/// A rule that cites nothing.
pub(super) fn no_citation(what: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::NoCitation, span, format!("{} cites nothing", quoted(what)))
        .note("every rule says where it comes from, so that a reader can check it")
        .help("end the line with a citation such as `[act s.41(1)]`".to_owned())
}

/// A source that can't be looked up.
pub(super) fn source_without_address(span: Span) -> Diagnostic {
    Diagnostic::error(Code::MissingClause, span, "this `source` has no address").help(
        "write its place on legislation.gov.uk, `ukpga/2023/54`, or `at \"https://…\"`".to_owned(),
    )
}

/// A provision in a unit that no law has.
pub(super) fn bad_citation(span: Span, unit: &str) -> Diagnostic {
    Diagnostic::error(Code::BadCitation, span, format!("`{unit}.` is no unit of a provision")).help(
        "write s., sch., para., reg., art., row., part., chapter., annex., rule., page. or table."
            .to_owned(),
    )
}

/// Two quantities that can't be compared.
pub(super) fn do_not_compare(left: (Measure, Span), right: (Measure, Span)) -> Diagnostic {
    if let (Measure::Money(_), Measure::Money(_)) = (left.0, right.0) {
        return vat(left, right, "compared");
    }
    let message = format!("{} can't be compared with {}", left.0.called(), right.0.called());
    Diagnostic::error(Code::WrongType, left.1.to(right.1), message)
        .label(left.1, left.0.called())
        .label(right.1, right.0.called())
}

/// Two quantities that can't be added.
pub(super) fn do_not_add(left: (Measure, Span), right: (Measure, Span)) -> Diagnostic {
    if let (Measure::Money(_), Measure::Money(_)) = (left.0, right.0) {
        return vat(left, right, "added");
    }
    let message = format!("{} and {} can't be added", left.0.called(), right.0.called());
    Diagnostic::error(Code::WrongType, left.1.to(right.1), message)
        .note("figures of one type can be added, and a duration to a date")
}

fn vat(left: (Measure, Span), right: (Measure, Span), done: &str) -> Diagnostic {
    let message = format!("money of different VAT bases can't be {done}");
    Diagnostic::error(Code::VatBasis, left.1.to(right.1), message)
        .label(left.1, left.0.called())
        .label(right.1, right.0.called())
        .note("£207,720 with VAT is another sum than £207,720 without")
        .help("compare with a fact and an amount of the same basis".to_owned())
}

/// A figure of one type where another is needed.
pub(super) fn wrong_measure(wanted: Measure, found: Measure, span: Span) -> Diagnostic {
    let message = format!("this is {}, and {} is needed", found.called(), wanted.called());
    Diagnostic::error(Code::WrongType, span, message)
}

/// A fact without a figure where a figure is needed.
pub(super) fn no_figure(name: &Word, called: &str) -> Diagnostic {
    Diagnostic::error(Code::WrongType, name.span, format!("`{name}` is {called}, not a figure"))
        .help("compare it with `is`, `in` or `includes`".to_owned())
}

/// A check that a fact or decision can't be put to.
pub(super) fn wrong_check(name: &Word, called: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::WrongType,
        span,
        format!("`{name}` is {called}, and can't be checked like this"),
    )
    .help(match called {
        "yes or no" => format!("write `{name}` alone, or `{name} is no`"),
        "one of its options" => format!("write `{name} is OPTION` or `{name} in (A, B)`"),
        "some of its options" => format!("write `{name} includes OPTION`"),
        "a CPV code" => format!("write `{name} in LIST` or `{name} is 85312400`"),
        "a text" => format!("write `{name} is \"…\"`"),
        _ => format!("compare it with a figure: `{name} >= …`"),
    })
}

/// A yes/no fact that is said to be something else.
pub(super) fn not_yes_or_no(name: &Word, span: Span) -> Diagnostic {
    Diagnostic::error(Code::WrongType, span, format!("`{name}` is yes or no"))
        .help(format!("write `{name}`, `{name} is yes` or `{name} is no`"))
}

/// A figure alone where a condition is needed.
pub(super) fn not_a_condition(span: Span) -> Diagnostic {
    Diagnostic::error(Code::WrongType, span, "a figure alone is no condition")
        .help("compare it: `contract.value >= £30,000`".to_owned())
}

/// A percentage of something that has no share.
pub(super) fn no_share_of(measure: Measure, span: Span) -> Diagnostic {
    let message = format!("there is no percentage of {}", measure.called());
    Diagnostic::error(Code::WrongType, span, message)
        .note("a share is taken of money or of a number")
}

/// A percentage of a percentage.
pub(super) fn share_of_share(span: Span) -> Diagnostic {
    Diagnostic::error(Code::WrongType, span, "a percentage can't be taken of a percentage")
        .help("write the product as one percentage".to_owned())
}

/// Working days in a condition, which has no calendar.
pub(super) fn working_days_need_a_calendar(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::WrongType,
        span,
        "working days need a calendar, which a condition has not",
    )
    .help("use a `period` or a `due` rule, or count in days".to_owned())
}

/// A text where a figure is needed.
pub(super) fn text_is_no_figure(span: Span) -> Diagnostic {
    Diagnostic::error(Code::WrongType, span, "words in quotes are no figure")
}

/// A list of days where a list of codes is needed.
pub(super) fn not_a_list_of_codes(list: &Word) -> Diagnostic {
    Diagnostic::error(
        Code::WrongType,
        list.span,
        format!("`{list}` is a list of days, not of codes"),
    )
}

/// Bounds of which the first is over the second, or of another type.
pub(super) fn bad_bounds(span: Span) -> Diagnostic {
    Diagnostic::error(Code::WrongType, span, "these are no bounds")
        .help("write the least and then the most, both of the type itself".to_owned())
}

/// An amount of a type that has no figures.
pub(super) fn no_amount_of_this(span: Span) -> Diagnostic {
    Diagnostic::error(Code::WrongType, span, "an amount can't be of this type")
        .note("an amount is a whole number, percentage, money, date or duration")
}

/// A row whose figure is not of the amount's or list's type.
pub(super) fn wrong_row(span: Span) -> Diagnostic {
    Diagnostic::error(Code::WrongType, span, "this row is not of the type that its first line says")
        .note("an amount's row holds one figure; a list's row holds codes, or days")
}

/// A value in a scenario that its fact can't have.
pub(super) fn wrong_value_in_scenario(name: &Word, kind: &FactKind, span: Span) -> Diagnostic {
    Diagnostic::error(Code::WrongType, span, format!("`{name}` can't be this"))
        .help(format!("give {}", wanted(kind)))
}

/// What values a fact takes.
fn wanted(kind: &FactKind) -> String {
    match kind {
        FactKind::YesNo => "yes or no".to_owned(),
        FactKind::OneOf(_) => "one of its options".to_owned(),
        FactKind::SomeOf(_) => "options in brackets: (a, b)".to_owned(),
        FactKind::Number(least, most) => format!("a whole number from {least} to {most}"),
        FactKind::Percentage(least, most) => format!("a percentage from {least} to {most}"),
        FactKind::Money(_, least, most) => format!("money from {least} to {most}"),
        FactKind::Date => "a date: 2025-02-24".to_owned(),
        FactKind::Duration => "a duration: 5 years".to_owned(),
        FactKind::Text => "words in quotes".to_owned(),
        FactKind::Cpv => "an eight-digit CPV code".to_owned(),
    }
}

/// A row names a class, but the amount is by none.
pub(super) fn class_without_by(word: &Word) -> Diagnostic {
    Diagnostic::error(
        Code::WrongType,
        word.span,
        format!("`{word}` is a class, but this amount is by none"),
    )
    .help("write `by FACT` or `by DECISION` on the amount's first line".to_owned())
}

/// A row names no class, but the amount is by one.
pub(super) fn row_without_class(span: Span) -> Diagnostic {
    Diagnostic::error(Code::ClassMissing, span, "this row names no class")
        .help("begin it with an option or outcome of what the amount is by".to_owned())
}

/// A code that the vocabulary doesn't hold.
pub(super) fn not_a_cpv_code(word: &Word, near: Option<CpvCode>) -> Diagnostic {
    Diagnostic::error(Code::NotACpvCode, word.span, format!("`{word}` is no code of the CPV 2008"))
        .help(near.map(|near| format!("perhaps `{near}`, {}", near.label().to_lowercase())))
}

/// An item of layers in a pack that is none.
pub(super) fn not_a_layer(keyword: Keyword, span: Span) -> Diagnostic {
    let message =
        format!("`{}` belongs in a layer, and this pack sits on no other", keyword.spelling());
    Diagnostic::error(Code::LayerRedefines, span, message)
        .help("write `pack NAME \"…\" on BASE`".to_owned())
}

/// A layer fills what its base has fixed.
pub(super) fn not_left_to_layers(name: &Word, declared: Span) -> Diagnostic {
    Diagnostic::error(Code::LayerRedefines, name.span, format!("`{name}` is not left to layers"))
        .label(declared, "defined here")
        .note("a layer fills only what the law leaves open")
        .help("add a narrower test with `narrow route` instead".to_owned())
}

/// Two layers fill one amount.
pub(super) fn filled_already(name: &Word, other: &str, declared: Span) -> Diagnostic {
    Diagnostic::error(
        Code::LayerRedefines,
        name.span,
        format!("`{name}` is filled already, by `{other}`"),
    )
    .label(declared, "left to layers here")
    .note("one layer at most fills an amount: two figures would both be the law's")
    .help("keep the figures of one layer".to_owned())
}

/// A route that is said never to be open together with itself.
pub(super) fn excludes_itself(name: &Word) -> Diagnostic {
    let message = format!("`{name}` is said to exclude itself");
    Diagnostic::error(Code::ExcludesItself, name.span, message)
        .note("a route that is never open together with itself is never open at all")
        .help("name the other routes that can't be open where this one is".to_owned())
}

/// A sum of facts whose kind has no sums.
pub(super) fn no_sum_of_this(total: &Word, kind: &FactKind, span: Span) -> Diagnostic {
    let message = format!("`{total}` is {}, which has no sum", kind_called(kind));
    Diagnostic::error(Code::BadSum, span, message)
        .help("say `sum of` of money or of a whole number".to_owned())
}

/// A sum of a single fact.
pub(super) fn sum_of_one(total: &Word, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadSum, span, format!("`{total}` is said to be the sum of one fact"))
        .help("name two parts or more, with commas between them".to_owned())
}

/// A part of a sum that is a sum itself, perhaps this one.
pub(super) fn sum_of_sums(part: &Word, total: &Word, other: Span) -> Diagnostic {
    let message = match part.node == total.node {
        true => format!("`{total}` is said to be a part of itself"),
        false => format!("`{part}` is a sum itself, and can't be a part of `{total}`"),
    };
    Diagnostic::error(Code::BadSum, part.span, message)
        .label(other, "it is a sum here")
        .help("name the parts themselves".to_owned())
}

/// A part of a sum that a rule reads by itself.
pub(super) fn part_is_read(part: &str, total: &str, sum: Span) -> Diagnostic {
    let message = format!("`{part}` is a part of `{total}`, and rules read it by itself");
    Diagnostic::error(Code::BadSum, sum, message)
        .note("whoever gives the total is not asked for its parts, so no rule may wait for one")
        .help(format!("let the rules read `{total}`, or give them a fact of their own"))
}

/// A part of a sum whose kind or VAT basis is not the total's.
pub(super) fn wrong_part(
    part: &Word,
    found: &FactKind,
    total: &Word,
    kind: &FactKind,
) -> Diagnostic {
    let (found_as, wanted) = (kind_called(found), kind_called(kind));
    let message = format!("`{part}` is {found_as}, and `{total}`, its sum, is {wanted}");
    if !matches!((found, kind), (FactKind::Money(..), FactKind::Money(..))) {
        return Diagnostic::error(Code::WrongType, part.span, message)
            .help("add up facts of one type".to_owned());
    }
    Diagnostic::error(Code::VatBasis, part.span, message)
        .note("parts without VAT come to a total with VAT only beside the VAT itself, a part that is `money` alone")
        .help("give the part the basis of the total, or add a part for the VAT".to_owned())
}

/// A scenario whose parts of a sum don't come to the total that it gives, or to none that can be.
pub(super) fn sum_fault(total: &str, kind: &FactKind, fault: &SumFault, span: Span) -> Diagnostic {
    let (given, parts, already) = match fault {
        SumFault::OutOfRange(parts) => {
            let parts = parts.as_ref().map_or("more than any figure may be".to_owned(), figure);
            let message = format!("the parts of `{total}` come to {parts}, out of its range");
            return Diagnostic::error(Code::FigureOutOfRange, span, message)
                .note(format!("`{total}` is {}", wanted(kind)));
        }
        SumFault::Disagrees(given, parts) => (given, parts, ""),
        SumFault::Exceeds(given, parts) => (given, parts, " already"),
    };
    let (given, parts) = (figure(given), figure(parts));
    let message = format!("`{total}` is given as {given}, and its parts come to {parts}{already}");
    Diagnostic::error(Code::SumDisagrees, span, message)
        .help(format!("mend a part, or leave `{total}` out: it is worked out"))
}

/// A value of a kind that has sums.
fn figure(value: &Value) -> String {
    if let Value::Money(money) = value {
        return money.to_string();
    }
    let Value::Number(number) = value else { return String::new() };
    number.to_string()
}

/// What kind of answer a fact takes, as the rule language calls it.
const fn kind_called(kind: &FactKind) -> &'static str {
    match kind {
        FactKind::YesNo => "yes or no",
        FactKind::OneOf(_) => "one of its options",
        FactKind::SomeOf(_) => "some of its options",
        FactKind::Number(..) => Measure::Number.called(),
        FactKind::Percentage(..) => Measure::Percentage.called(),
        FactKind::Money(basis, ..) => Measure::of_money(*basis).called(),
        FactKind::Date => Measure::Date.called(),
        FactKind::Duration => Measure::Duration.called(),
        FactKind::Text => "text",
        FactKind::Cpv => "a CPV code",
    }
}

/// A second `when` after `forbidden when`.
pub(super) fn guarded_ban(span: Span) -> Diagnostic {
    Diagnostic::error(Code::MisplacedClause, span, "`forbidden when` takes no second `when`")
        .note("a guard says when a test of a route must hold; a ban has nothing to hold")
        .help("join the two conditions with `and`".to_owned())
}

/// Two clauses in force on the same day.
pub(super) fn periods_overlap(what: &str, first: Span, second: Span, day: Date) -> Diagnostic {
    let day = from_in_words(day);
    Diagnostic::error(
        Code::PeriodsOverlap,
        second,
        format!("two {what} for the same days, from {day}"),
    )
    .label(first, "also in force then")
    .help("end the first with `until` the day on which the second begins".to_owned())
}

/// Days without a clause.
pub(super) fn days_uncovered(
    what: &str,
    span: Span,
    from: Date,
    until: Option<Date>,
) -> Diagnostic {
    Diagnostic::error(Code::DaysUncovered, span, format!("no {what} {}", days(from, until)))
        .note("the pack is in force on these days, and an answer then would have nothing to go by")
        .help("add one for these days, or mend the `from` and `until` of its neighbours".to_owned())
}

/// The day from which something is so, in words.
fn from_in_words(day: Date) -> String {
    if day == Date::MIN { "the beginning".to_owned() } else { date_in_words(day) }
}

/// Days in words, the first that `until` names being none of them.
fn days(from: Date, until: Option<Date>) -> String {
    let last = until.map(|until| until.yesterday().unwrap_or(until));
    let first = from_in_words(from);
    match last {
        None => format!("from {first} on"),
        Some(last) if last == from => format!("on {first}"),
        Some(last) => format!("from {first} to {}", date_in_words(last)),
    }
}

/// A rule reads what belongs to a pack that is not in force with it.
pub(super) fn read_out_of_force(
    span: Span,
    (name, pack): (&str, &str),
    (from, until): (Date, Option<Date>),
) -> Diagnostic {
    let message = format!("nothing gives `{name}` {}", days(from, until));
    Diagnostic::warning(Code::ReadOutOfForce, span, message)
        .note(format!("the pack `{pack}` is not in force on these days, and this rule is"))
        .help(
            "give the item it stands in, or the rule itself, a time within that pack's".to_owned(),
        )
}

/// An amount has no row for a class.
pub(super) fn class_missing(span: Span, class: &str) -> Diagnostic {
    Diagnostic::error(Code::ClassMissing, span, format!("no row for `{class}`")).help(format!(
        "add a row that begins with `{class}`; `{class} none` where the law gives no figure"
    ))
}

/// A fact that no rule uses.
pub(super) fn unused_fact(span: Span, name: &str) -> Diagnostic {
    Diagnostic::warning(Code::UnusedFact, span, format!("no rule uses the fact `{name}`"))
        .note("it would never be asked, and answering it would change nothing")
        .help("use it in a condition, or take it out".to_owned())
}

/// An amount or list that no rule uses.
pub(super) fn unused_amount(span: Span, kind: &str, name: &str) -> Diagnostic {
    Diagnostic::warning(Code::UnusedAmount, span, format!("no rule uses the {kind} `{name}`"))
        .help("use it in a condition, or take it out".to_owned())
}

/// A document whose conditions can't hold together.
pub(super) fn document_never_required(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(
        Code::DocumentNeverRequired,
        span,
        format!("nothing can ever require `{name}`"),
    )
    .note("its conditions contradict one another, or it is never in force while its pack is")
}

/// A case that an earlier `otherwise` always forestalls.
pub(super) fn case_after_otherwise(span: Span, otherwise: Span) -> Diagnostic {
    Diagnostic::error(Code::CaseAfterOtherwise, span, "this case can never be reached")
        .label(otherwise, "this one always holds first")
        .help("write `otherwise` last".to_owned())
}

/// `out` or `judgement` above every provision of a list.
pub(super) fn mark_on_nothing(mark: &Mark, span: Span) -> Diagnostic {
    let keyword = match mark {
        Mark::Out(_) => Words::Out.spelling(),
        Mark::Judgement(_) => Words::Judgement.spelling(),
    };
    Diagnostic::error(Code::MisplacedClause, span, format!("`{keyword}` has nothing to speak of"))
        .help("write it below the provision that it is about".to_owned())
}

/// A row of a list of provisions that is a part of one, or several.
pub(super) fn not_one_provision(written: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadCitation, span, format!("`{written}` is not one whole provision"))
        .note("a row lists one section, regulation or article, one schedule or one paragraph of it")
        .help("list each on a line of its own, without its limbs".to_owned())
}

/// A citation of a provision that the list of its instrument doesn't hold.
pub(super) fn no_such_provision(
    source: &str,
    missing: &Missing,
    span: Span,
    list: Span,
) -> Diagnostic {
    let message = format!("`{source}` has no `{}`", missing.written);
    let help = match &missing.near {
        Some(near) => format!("perhaps `{near}`"),
        None => "look the number up; if the list lacks it, add it there".to_owned(),
    };
    Diagnostic::warning(Code::NoSuchProvision, span, message)
        .label(list, "the provisions are listed here")
        .help(help)
}

/// A provision that is marked as left out, and cited.
pub(super) fn cited_though_out(written: &str, listed: Span, citing: Span) -> Diagnostic {
    let message = format!("`{written}` is marked `out`, and a rule cites it");
    Diagnostic::warning(Code::CitedThoughOut, listed, message)
        .label(citing, "cited here")
        .help("take the mark away, or cite the provision that the rule rests on".to_owned())
}

/// The name most like another, if one is like it at all.
fn nearest<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    let distance = |other: &&str| strsim::damerau_levenshtein(name, other);
    let closest = names.iter().copied().min_by_key(|other| distance(other))?;
    let tail = |text: &str| text.rsplit('.').next().unwrap_or_default().to_owned();
    let same_tail = || names.iter().copied().find(|other| tail(other) == tail(name));
    if distance(&closest) <= (name.len() / 3).max(2) { Some(closest) } else { same_tail() }
}

/// Whether a pack's name is probably meant for one of these: it is nearly the same, or begins with
/// the same part.
pub(super) fn is_like(name: &str, names: &[&str]) -> bool {
    let first = |name: &str| name.split_once('.').map(|(first, _)| first.to_owned());
    let has_first = || {
        first(name).is_some_and(|own| names.iter().any(|name| first(name).as_ref() == Some(&own)))
    };
    nearest(name, names).is_some() || has_first()
}
