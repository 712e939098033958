//! Prints a tree in the one layout: clauses at four spaces, citations in the margin, prose
//! wrapped. Printing and parsing again gives the same tree.

mod clauses;
mod conditions;
mod headers;

use unicode_width::UnicodeWidthStr;

use self::clauses::{due_rule, entry, expectation, length};
use self::conditions::{assigned, chain_lines, inline, opening, quantifier};
use self::headers::header;
use super::tree::{
    Citation, Clause, Condition, File, Item, Keyword, Limb, Line, Part, Provision, Until, Words,
    in_force_as_written,
};

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
            let is_deeper = is_about_line_above(item.header.keyword, clause)
                || matches!(clause, Clause::Assign(..));
            let indent = if is_deeper { 8 } else { 4 };
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
                return self.prose(indent, words.spelling(), &text.node, &period, line);
            }
            Clause::Listed(listed, heading) => {
                let listed = provision(&listed.node);
                return self.prose(indent, &listed, &heading.node, &period, line);
            }
            Clause::Names(names, list) => {
                let pieces = list.iter().map(|name| name.node.clone()).collect();
                let lines = self::list(indent, names.spelling(), pieces);
                return self.lines(indent, lines, &line.citations, trailing);
            }
            Clause::Row(class, entries) => {
                let pieces = entries.iter().map(|written| entry(&written.node)).collect();
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
            Clause::MayBeChosen => ("may be chosen".to_owned(), None, String::new()),
            Clause::Mandatory => ("mandatory".to_owned(), None, String::new()),
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
                self.last_line(indent, &format!("{opening}{period}"), &line.citations, trailing);
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

    fn prose(&mut self, indent: usize, keyword: &str, words: &str, period: &str, line: &Line) {
        let mut lines = prose(indent, keyword, words);
        if let Some(last) = lines.last_mut() {
            last.push_str(period);
        }
        self.lines(indent, lines, &line.citations, line.trailing.as_ref());
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

/// Whether a clause speaks of the one above it: a judgement does where provisions are listed.
fn is_about_line_above(item: Keyword, clause: &Clause) -> bool {
    let Clause::Words(words, _) = clause else { return false };
    words.is_about_line_above() || (item, *words) == (Keyword::Provisions, Words::Judgement)
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
