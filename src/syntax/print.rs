//! Prints a tree in the one layout: clauses at four spaces, citations in the margin, prose
//! wrapped. Printing and parsing again gives the same tree.

use unicode_width::UnicodeWidthStr;

use super::tree::{
    Applies, Assigned, Bounds, Check, Citation, Clause, Condition, Counting, DueRule, Ending,
    Entry, Expectation, File, Fit, Header, Item, Keyword, Kind, Length, Limb, Limit, Line, Literal,
    Need, Part, Provision, Quantifier, Quantity, Sign, Tail, Until, VatBasis, Word,
    in_force_as_written,
};
use crate::quantity::with_thousands;

/// The widest line, where a line can be broken at all.
const LINE_WIDTH: usize = 100;
/// The column in which citations begin.
const MARGIN: usize = 64;

/// The whole file in the one layout.
#[must_use]
pub fn print(file: &File) -> String {
    let mut page = Page::default();
    for doc in &file.doc {
        page.line(0, format!("//! {doc}").trim_end());
    }
    let mut previous: Option<&Item> = None;
    for item in &file.items {
        let is_first = previous.is_none() && file.doc.is_empty();
        if !is_first && !previous.is_some_and(|previous| stand_together(previous, &item.node)) {
            page.line(0, "");
        }
        page.item(&item.node);
        previous = Some(&item.node);
    }
    if !file.remarks.is_empty() && !page.text.is_empty() {
        page.line(0, "");
    }
    page.remarks(0, &file.remarks);
    page.text
}

/// Whether two items need no blank line between them: one-liners of a kind.
fn stand_together(above: &Item, below: &Item) -> bool {
    let is_one_line = |item: &Item| item.lines.is_empty();
    above.header.keyword == below.header.keyword
        && is_one_line(above)
        && is_one_line(below)
        && below.remarks.is_empty()
}

/// `[act s.41(1), sch.5 para.3]` without its brackets.
#[must_use]
pub fn citation_as_written(citation: &Citation) -> String {
    let provisions: Vec<String> =
        citation.provisions.iter().map(|provision| self::provision(&provision.node)).collect();
    format!("{} {}", citation.source, provisions.join(", ")).trim_end().to_owned()
}

fn provision(provision: &Provision) -> String {
    match provision {
        Provision::Parts(parts) => parts.iter().map(Part::as_written).collect::<Vec<_>>().join(" "),
        Provision::Heading(heading) => quoted(heading),
    }
}

fn citations(citations: &[Citation]) -> String {
    match citations {
        [] => String::new(),
        cited => {
            format!("[{}]", cited.iter().map(citation_as_written).collect::<Vec<_>>().join("; "))
        }
    }
}

fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The text so far.
#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn line(&mut self, indent: usize, text: &str) {
        if !text.is_empty() {
            self.text.push_str(&" ".repeat(indent));
            self.text.push_str(text);
        }
        self.text.push('\n');
    }

    fn remarks(&mut self, indent: usize, remarks: &[String]) {
        for remark in remarks {
            self.line(indent, format!("// {remark}").trim_end());
        }
    }

    /// The last of a clause's lines, with its citations in the margin and its comment.
    fn last_line(
        &mut self,
        indent: usize,
        text: &str,
        cited: &[Citation],
        trailing: Option<&String>,
    ) {
        let mut text = text.to_owned();
        let cited = citations(cited);
        let width = indent + text.width();
        if !cited.is_empty() && width + 2 <= MARGIN {
            text.push_str(&" ".repeat(MARGIN - width));
            text.push_str(&cited);
        } else if !cited.is_empty() {
            self.line(indent, &text);
            text = format!("{}{cited}", " ".repeat(MARGIN - indent));
        }
        if let Some(trailing) = trailing {
            text.push_str(format!("  // {trailing}").trim_end());
        }
        self.line(indent, &text);
    }

    fn item(&mut self, item: &Item) {
        self.remarks(0, &item.remarks);
        let header = header(&item.header);
        match item.citations.as_slice() {
            [] => self.last_line(0, &header, &[], item.trailing.as_ref()),
            // A citation below the first line would be a clause of its own.
            cited => {
                let gap = " ".repeat(MARGIN.saturating_sub(header.width()).max(2));
                let text = format!("{header}{gap}{}", citations(cited));
                self.last_line(0, &text, &[], item.trailing.as_ref());
            }
        }
        for line in &item.lines {
            let clause = &line.clause.node;
            let is_about_line_above =
                matches!(clause, Clause::Words(words, _) if words.is_about_line_above());
            let indent =
                if is_about_line_above || matches!(clause, Clause::Assign(..)) { 8 } else { 4 };
            self.remarks(indent, &line.remarks);
            self.clause(indent, line);
        }
    }

    fn clause(&mut self, indent: usize, line: &Line) {
        let trailing = line.trailing.as_ref();
        let in_force = line.in_force.as_ref().map(|period| in_force_as_written(period.node));
        let period = in_force.map_or_else(String::new, |period| format!(" {period}"));
        let (opening, condition, ending) = match &line.clause.node {
            Clause::Words(words, text) => {
                let mut lines = prose(indent, words.spelling(), &text.node);
                if let Some(last) = lines.last_mut() {
                    last.push_str(&period);
                }
                return self.lines(indent, lines, &line.citations, trailing);
            }
            Clause::Names(names, list) => {
                let pieces = list.iter().map(|name| name.node.clone()).collect();
                let lines = self::list(indent, names.spelling(), pieces);
                return self.lines(indent, lines, &line.citations, trailing);
            }
            Clause::Row(class, entries) => {
                let pieces = entries.iter().map(|entry| self::entry(&entry.node)).collect();
                let class = class.as_ref().map_or("", |class| class.node.as_str());
                let mut lines = list(indent, class, pieces);
                if let Some(last) = lines.last_mut() {
                    last.push_str(&period);
                }
                return self.lines(indent, lines, &line.citations, trailing);
            }
            Clause::Condition(keyword, condition, guard) => {
                let guard = guard.as_ref().map(|guard| format!(" when {}", inline(guard)));
                (keyword.spelling().to_owned(), Some(condition), guard.unwrap_or_default())
            }
            Clause::Case(outcome, title, applies) => {
                let title = title
                    .as_ref()
                    .map_or_else(String::new, |title| format!(" {}", quoted(&title.node)));
                let (opening, condition) = opening(&format!("{outcome}{title}"), Some(applies));
                (opening, condition, String::new())
            }
            Clause::Due(rule, applies) => {
                let (opening, condition) = opening(&due_rule(rule), applies.as_ref());
                (opening, condition, String::new())
            }
            Clause::Length(length, applies) => {
                let (opening, condition) = opening(&self::length(length), applies.as_ref());
                (opening, condition, String::new())
            }
            Clause::Version(version) => (format!("version {version}"), None, String::new()),
            Clause::InForce => ("in force".to_owned(), None, String::new()),
            Clause::Between(from, to, until) => {
                let until = match until {
                    Until::To => "to",
                    Until::Before => "before",
                };
                (format!("from {from} {until} {to}"), None, String::new())
            }
            Clause::LeftToLayers => ("left to layers".to_owned(), None, String::new()),
            Clause::Option(name, title) => {
                let lines = prose(indent, &name.node, &title.node);
                return self.lines(indent, lines, &line.citations, trailing);
            }
            Clause::AsAt(date) => (format!("as at {}", date.node), None, String::new()),
            Clause::Given => ("given".to_owned(), None, String::new()),
            Clause::Assign(name, value) => {
                (format!("{name} is {}", assigned(&value.node)), None, String::new())
            }
            Clause::Expect(expectation) => {
                (format!("expect {}", self::expectation(expectation)), None, String::new())
            }
            Clause::Citations => {
                let text = citations(&line.citations);
                return self.last_line(indent, &text, &[], trailing);
            }
        };
        match condition {
            None => {
                self.last_line(indent, &format!("{opening}{period}"), &line.citations, trailing)
            }
            Some(Condition::Limbs(quantifier, limbs)) => {
                let opening = format!("{opening} {}{period}", self::quantifier(*quantifier));
                self.last_line(indent, &opening, &line.citations, None);
                self.limbs(indent + 4, limbs, trailing);
            }
            Some(condition) => {
                let mut lines =
                    chain_lines(indent, &opening, condition, ending.width() + period.width());
                if let Some(last) = lines.last_mut() {
                    last.push_str(&ending);
                    last.push_str(&period);
                }
                self.lines(indent, lines, &line.citations, trailing);
            }
        }
    }

    fn lines(
        &mut self,
        indent: usize,
        lines: Vec<String>,
        cited: &[Citation],
        trailing: Option<&String>,
    ) {
        let n_lines = lines.len();
        for (n, line) in lines.into_iter().enumerate() {
            if n + 1 < n_lines {
                self.line(indent, &line);
            } else {
                self.last_line(indent, &line, cited, trailing);
            }
        }
    }

    /// The limbs of a list; a comment at the end of the clause stays at its last limb.
    fn limbs(&mut self, indent: usize, limbs: &[Limb], trailing: Option<&String>) {
        let n_limbs = limbs.len();
        for (n, limb) in limbs.iter().enumerate() {
            self.remarks(indent, &limb.remarks);
            let trailing = limb.trailing.as_ref().or(trailing.filter(|_| n + 1 == n_limbs));
            if let Condition::Limbs(quantifier, inner) = &limb.condition.node {
                self.last_line(indent, &self::quantifier(*quantifier), &limb.citations, None);
                self.limbs(indent + 4, inner, trailing);
            } else {
                let lines = chain_lines(indent, "", &limb.condition.node, 0);
                self.lines(indent, lines, &limb.citations, trailing);
            }
        }
    }
}

fn header(header: &Header) -> String {
    let mut text = header.keyword.spelling().to_owned();
    if let Some(name) = &header.name {
        text.push_str(&format!(" {name}"));
    }
    if let Some(title) = &header.title {
        text.push_str(&format!(" {}", quoted(&title.node)));
    }
    match &header.tail {
        Tail::None => {}
        Tail::On(base) => text.push_str(&format!(" on {base}")),
        Tail::Legislation(path) => text.push_str(&format!(" {path}")),
        Tail::Page(page) => text.push_str(&format!(" at {}", quoted(&page.node))),
        Tail::Kind(kind, class) => {
            text.push_str(&format!(" : {}", self::kind(&kind.node)));
            if let Some(class) = class {
                text.push_str(&format!(" by {class}"));
            }
        }
        Tail::Over(above, below) => {
            let names = |names: &[Word]| names.iter().map(|name| name.node.clone()).collect();
            let mut lines = list(0, "prefer", names(above));
            let below = list(4, "over", names(below));
            match (lines.as_slice(), below.as_slice()) {
                ([above], [below]) if above.width() + below.width() < LINE_WIDTH => {
                    return format!("{above} {below}");
                }
                _ => {}
            }
            lines.extend(below.into_iter().map(|line| format!("    {line}")));
            return lines.join("\n");
        }
    }
    debug_assert!(
        header.keyword != Keyword::Prefer || header.name.is_none(),
        "a preference has no name"
    );
    text
}

fn kind(kind: &Kind) -> String {
    let bounds = |bounds: &Bounds| match bounds {
        Some(ends) => format!(" from {} to {}", literal(&ends.0.node), literal(&ends.1.node)),
        None => String::new(),
    };
    match kind {
        Kind::YesNo => "yes or no".to_owned(),
        Kind::OneOf => "one of".to_owned(),
        Kind::SomeOf => "some of".to_owned(),
        Kind::Number(ends) => format!("whole number{}", bounds(ends)),
        Kind::Percentage(ends) => format!("percentage{}", bounds(ends)),
        Kind::Money(None, ends) => format!("money{}", bounds(ends)),
        Kind::Money(Some(VatBasis::Including), ends) => {
            format!("money including VAT{}", bounds(ends))
        }
        Kind::Money(Some(VatBasis::Excluding), ends) => {
            format!("money excluding VAT{}", bounds(ends))
        }
        Kind::Date => "date".to_owned(),
        Kind::Duration => "duration".to_owned(),
        Kind::Text => "text".to_owned(),
        Kind::Cpv => "CPV code".to_owned(),
        Kind::CpvList => "CPV codes".to_owned(),
        Kind::DateList => "dates".to_owned(),
    }
}

/// Prose in quotes after a keyword, wrapped under its first word.
fn prose(indent: usize, keyword: &str, words: &str) -> Vec<String> {
    let quoted = quoted(words);
    let pieces = quoted.split(' ').map(str::to_owned).collect();
    wrapped(indent, keyword, keyword.width() + 2, pieces, " ")
}

/// Names or figures with commas after a keyword, wrapped.
fn list(indent: usize, keyword: &str, pieces: Vec<String>) -> Vec<String> {
    wrapped(indent, keyword, 4.max(keyword.width() + 1), pieces, ", ")
}

/// Pieces after a keyword, the line broken between two of them where it grows too long.
fn wrapped(
    indent: usize,
    keyword: &str,
    hanging: usize,
    pieces: Vec<String>,
    glue: &str,
) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = keyword.to_owned();
    for (n, piece) in pieces.into_iter().enumerate() {
        let glue = match n {
            0 if keyword.is_empty() => "",
            0 => " ",
            _ => glue,
        };
        if n > 0 && indent + line.width() + glue.width() + piece.width() > LINE_WIDTH {
            line.push_str(glue.trim_end());
            lines.push(std::mem::replace(&mut line, " ".repeat(hanging)));
        } else {
            line.push_str(glue);
        }
        line.push_str(&piece);
    }
    lines.push(line);
    lines
}

fn opening<'c>(words: &str, applies: Option<&'c Applies>) -> (String, Option<&'c Condition>) {
    match applies {
        None => (words.to_owned(), None),
        Some(Applies::Otherwise) => (format!("{words} otherwise"), None),
        Some(Applies::When(condition)) => (format!("{words} when"), Some(condition)),
    }
}

/// A condition after its opening words, on one line or broken before each `and` or `or`.
fn chain_lines(indent: usize, opening: &str, condition: &Condition, n_after: usize) -> Vec<String> {
    let gap = if opening.is_empty() { "" } else { " " };
    let line = format!("{opening}{gap}{}", inline(condition));
    let Condition::Chain(connective, operands) = condition else { return vec![line] };
    if indent + line.width() + n_after <= LINE_WIDTH {
        return vec![line];
    }
    let mut lines = Vec::new();
    for (n, operand) in operands.iter().enumerate() {
        let operand = within(&operand.node);
        lines.push(match n {
            0 => format!("{opening}{gap}{operand}"),
            _ => format!("    {} {operand}", connective.spelling()),
        });
    }
    lines
}

fn inline(condition: &Condition) -> String {
    match condition {
        Condition::Chain(connective, operands) => {
            let glue = format!(" {} ", connective.spelling());
            operands.iter().map(|operand| within(&operand.node)).collect::<Vec<_>>().join(&glue)
        }
        Condition::Limbs(quantifier, limbs) => {
            let limbs: Vec<String> =
                limbs.iter().map(|limb| inline(&limb.condition.node)).collect();
            format!("{} ({})", self::quantifier(*quantifier), limbs.join("; "))
        }
        Condition::Not(operand) => format!("not {}", within(&operand.node)),
        Condition::Test(left, check) => format!("{}{}", quantity(&left.node), self::check(check)),
        Condition::Unreadable => String::new(),
    }
}

/// A condition inside another: a chain needs its brackets.
fn within(condition: &Condition) -> String {
    match condition {
        Condition::Chain(..) => format!("({})", inline(condition)),
        Condition::Limbs(..) | Condition::Not(_) | Condition::Test(..) | Condition::Unreadable => {
            inline(condition)
        }
    }
}

fn quantifier(quantifier: Quantifier) -> String {
    match quantifier {
        Quantifier::AllOf => "all of".to_owned(),
        Quantifier::AnyOf => "any of".to_owned(),
        Quantifier::AtLeast(count) => format!("at least {count} of"),
    }
}

fn check(check: &Check) -> String {
    let not = |is_not: bool| if is_not { "not " } else { "" };
    match check {
        Check::Bare => String::new(),
        Check::Compare(comparison, other) => {
            format!(" {} {}", comparison.spelling(), quantity(&other.node))
        }
        Check::Is(is_not, value) => format!(" is {}{}", not(*is_not), assigned(&value.node)),
        Check::Known => " is known".to_owned(),
        Check::In(is_not, list) => format!(" {}in {list}", not(*is_not)),
        Check::Among(is_not, names) => format!(" {}in {}", not(*is_not), set(names)),
        Check::Includes(option) => format!(" includes {option}"),
    }
}

fn set(names: &[Word]) -> String {
    format!("({})", names.iter().map(|name| name.node.as_str()).collect::<Vec<_>>().join(", "))
}

fn quantity(quantity: &Quantity) -> String {
    match quantity {
        Quantity::Name(name) => name.clone(),
        Quantity::Literal(figure) => literal(figure),
        Quantity::AsAt => "as_at".to_owned(),
        Quantity::Sum(first, rest) => {
            let mut text = self::quantity(&first.node);
            for (sign, term) in rest {
                let sign = match sign {
                    Sign::Plus => '+',
                    Sign::Minus => '-',
                };
                text.push_str(&format!(" {sign} {}", self::quantity(&term.node)));
            }
            text
        }
        Quantity::Share(percentage, whole) => {
            let is_name = matches!(whole.node, Quantity::Name(_));
            let whole = self::quantity(&whole.node);
            if is_name {
                format!("{percentage} of {whole}")
            } else {
                format!("{percentage} of ({whole})")
            }
        }
        Quantity::Gap(from, to) => {
            format!("time from {} to {}", self::quantity(&from.node), self::quantity(&to.node))
        }
        Quantity::Since(from) => format!("time since {}", self::quantity(&from.node)),
    }
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Money(money) => money.to_string(),
        Literal::Date(date) => date.to_string(),
        Literal::Percentage(percentage) => percentage.to_string(),
        Literal::Duration(duration) => duration.to_string(),
        // Parted by commas: eight digits in a row would be a CPV code.
        Literal::Number(number) => with_thousands(*number),
        Literal::Code(code) => code.clone(),
        Literal::Text(text) => quoted(text),
    }
}

fn assigned(value: &Assigned) -> String {
    match value {
        Assigned::YesNo(true) => "yes".to_owned(),
        Assigned::YesNo(false) => "no".to_owned(),
        Assigned::Word(word) => word.clone(),
        Assigned::Set(names) => set(names),
        Assigned::Literal(figure) => literal(figure),
    }
}

fn entry(entry: &Entry) -> String {
    match entry {
        Entry::Literal(figure) => literal(figure),
        Entry::CodeRange(first, last) => format!("{first} to {last}"),
        Entry::CodeFamily(code) => format!("{code} with descendants"),
        Entry::None => "none".to_owned(),
    }
}

fn counting(counting: Counting) -> &'static str {
    match counting {
        Counting::BeginningWith => "beginning with",
        Counting::After => "after",
    }
}

fn due_rule(rule: &DueRule) -> String {
    match rule {
        DueRule::Words(words) => format!("due {}", quoted(&words.node)),
        DueRule::Before(event) => format!("due before {event}"),
        DueRule::With(event) => format!("due with {event}"),
        DueRule::Soon(event) => format!("due as soon as practicable after {event}"),
        DueRule::Within(duration, count, event) => {
            format!("due within {duration} {} {event}", counting(*count))
        }
    }
}

fn length(length: &Length) -> String {
    let Length::Days(limit, duration, count, ending) = length else { return "none".to_owned() };
    let limit = match limit {
        Limit::AtLeast => "at least",
        Limit::AtMost => "at most",
        Limit::Exactly => "exactly",
    };
    let ending = match ending {
        Ending::AsCounted => "",
        Ending::Rolling => " rolling to a working day",
    };
    format!("{limit} {duration} {} the day{ending}", counting(*count))
}

fn expectation(expectation: &Expectation) -> String {
    let by = |cited: &[Citation]| match cited {
        [] => String::new(),
        cited => format!(" by {}", citations(cited)),
    };
    match expectation {
        Expectation::Decision(name, Some(outcome)) => format!("decision {name} is {outcome}"),
        Expectation::Decision(name, None) => format!("decision {name} undecided"),
        Expectation::RouteOpen(route) => format!("route {route} open"),
        Expectation::RouteBarred(route, cited) => format!("route {route} barred{}", by(cited)),
        Expectation::RouteUnsettled(route) => format!("route {route} unsettled"),
        Expectation::NoRecommendation => "no recommendation".to_owned(),
        Expectation::Recommendation(route, None) => format!("recommendation {route}"),
        Expectation::Recommendation(route, Some(model)) => {
            format!("recommendation {route} as {model}")
        }
        Expectation::Model(model, Fit::Fits) => format!("model {model} fits"),
        Expectation::Model(model, Fit::DoesNotFit) => format!("model {model} does not fit"),
        Expectation::Model(model, Fit::Unsettled) => format!("model {model} unsettled"),
        Expectation::Document(document, Need::Required) => format!("document {document} required"),
        Expectation::Document(document, Need::NotRequired) => {
            format!("document {document} not required")
        }
        Expectation::Document(document, Need::Conditional) => {
            format!("document {document} conditional")
        }
        Expectation::DocumentDue(document, date) => {
            format!("document {document} due {}", date.node)
        }
        Expectation::Date(event, date) => format!("date {event} {}", date.node),
        Expectation::Question(fact) => format!("question {fact}"),
        Expectation::Doubt(cited) => format!("doubt {}", citations(cited)),
        Expectation::Coming(date) => format!("coming {}", date.node),
    }
}
