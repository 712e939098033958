//! Suggested scenarios as rule text, with what each should expect left to be written.

use std::collections::BTreeSet;

use textwrap::{Options, WordSeparator, WordSplitter};

use super::coverage::Named;
use super::words::{and, value_in_words};
use crate::pack::{Citation, ClauseOf, ClauseRef, FactId, PackId, Rulebook, Scenario, Value};
use crate::prove::{Covered, Gap, Suggestion, Suggestions};
use crate::quantity::with_thousands;
use crate::source::Sources;
use crate::syntax;

/// The width of a line of comment.
const COMMENT_WIDTH: usize = 98;
/// What the suggested scenarios are for.
const OPENING: &str = "Scenarios that try what no scenario tries yet. In place of each `expect …` \
                       write what the law should answer, before you ask the rules. Facts may need \
                       changing to make the case a likely one.";
/// How many of the clauses that a scenario tries are named above it.
const NAMED_MAX: usize = 6;

/// The scenarios as items of the rule language in the one layout, those of each pack together.
/// Above each stands what it tries; what the rules answer is not told.
#[must_use]
pub fn suggestions(book: &Rulebook, sources: &Sources, suggestions: &Suggestions) -> String {
    let page = Page { book, named: Named::new(book, sources) };
    let mut homes: Vec<(PackId, &Suggestion)> = suggestions
        .scenarios
        .iter()
        .map(|suggestion| (page.home(suggestion), suggestion))
        .collect();
    homes.sort_by_key(|(home, _)| *home);
    let mut text = match homes.as_slice() {
        [] => String::new(),
        _ => format!("{}\n", marked("//! ", OPENING)),
    };
    let mut before = None;
    for (home, suggestion) in homes {
        if before != Some(home) {
            text.push_str(&comment(&format!("For {}.", book.packs[home].name)));
            text.push_str("//\n");
        }
        before = Some(home);
        text.push_str(&page.scenario(home, suggestion));
    }
    text.push_str(&ending(suggestions));
    in_layout(&text)
}

/// What could not be suggested, or that nothing is missing.
fn ending(suggestions: &Suggestions) -> String {
    match (suggestions.left.len(), suggestions.scenarios.len()) {
        (0, 0) => comment("Nothing is missing: every clause is seen and every boundary tried."),
        (0, _) => String::new(),
        (n_left, _) => comment(&format!(
            "For {n_left} more no scenario was found by changing one fact of another; `clearway \
             test --coverage` names all that is missing."
        )),
    }
}

/// The text as `fmt` lays it out.
fn in_layout(text: &str) -> String {
    let sources = Sources::single("suggestions", text);
    let laid_out = sources.iter().next().map(|(file, source)| {
        let (tree, _) = syntax::parse(file, source);
        syntax::print(&tree)
    });
    laid_out.unwrap_or_default()
}

/// A text as comment lines.
fn comment(words: &str) -> String {
    marked("// ", words)
}

fn marked(mark: &str, words: &str) -> String {
    let options = Options::new(COMMENT_WIDTH).initial_indent(mark).subsequent_indent(mark);
    let options = options.word_separator(WordSeparator::AsciiSpace);
    let options = options.word_splitter(WordSplitter::NoHyphenation).break_words(false);
    format!("{}\n", textwrap::fill(words, options))
}

struct Page<'a> {
    book: &'a Rulebook,
    named: Named<'a>,
}

impl Page<'_> {
    fn scenario(&self, home: PackId, suggestion: &Suggestion) -> String {
        let near = &self.book.scenarios[suggestion.near];
        let mut text = self.tried(suggestion);
        text.push_str(&comment(&self.moved(near, suggestion)));
        let Some((covered, _)) = suggestion.closes.first() else { return text };
        text.push_str(&format!("scenario {}\n", quoted(&self.title(near, suggestion))));
        text.push_str(&format!("    as at {}\n    given\n", suggestion.as_at));
        for (fact, value) in &suggestion.given {
            let name = &self.book.facts[*fact].name;
            text.push_str(&format!("        {name} is {}\n", self.value(*fact, value)));
        }
        text.push_str(&format!("    // expect {}\n", self.expected(home, covered.id)));
        text.push_str(&format!("    [{}]\n\n", self.cited(home, covered.id, near)));
        text
    }

    /// What a scenario tries, in comments: each clause once.
    fn tried(&self, suggestion: &Suggestion) -> String {
        let mut once: Vec<&(Covered, Gap)> = Vec::new();
        for tried in &suggestion.closes {
            let is_new = !once.iter().any(|(covered, _)| covered.id == tried.0.id);
            if is_new || matches!(tried.1, Gap::Boundary(..)) {
                once.push(tried);
            }
        }
        let tried = once.iter().take(NAMED_MAX).map(|(covered, gap)| {
            // The place stands on a line of its own, so that where files are kept changes no other.
            let (called, place) = (self.named.called(covered), self.named.place(covered));
            let tries = format!("{}: {}", self.tries(covered, gap), self.named.says(covered));
            format!("// {place} {called}\n{}", comment(&tries))
        });
        let mut text: String = tried.collect();
        let n_more = once.len().saturating_sub(NAMED_MAX);
        if n_more > 0 {
            let more = format!("And {n_more} more that the same facts try.");
            text.push_str(&comment(&more));
        }
        text
    }

    /// What is tried of a clause. How it comes out here is not told.
    fn tries(&self, covered: &Covered, gap: &Gap) -> String {
        match gap {
            Gap::Boundary(edge, side) => self.named.edge(covered.id, edge, *side),
            Gap::Hold | Gap::Fail if covered.held.1 + covered.failed.1 == 0 => {
                "A clause that no scenario settles".to_owned()
            }
            Gap::Hold | Gap::Fail => "A clause that comes out one way in every scenario".to_owned(),
        }
    }

    /// A title that says what is particular to the case: where it stands, or what was changed.
    fn title(&self, near: &Scenario, suggestion: &Suggestion) -> String {
        let Some((covered, gap)) = suggestion.closes.first() else { return String::new() };
        let title = self.book.called(covered.id.of).1.trim_end_matches('.');
        let case = match gap {
            Gap::Boundary(edge, side) => self.named.edge(covered.id, edge, *side),
            Gap::Hold | Gap::Fail => {
                let changed = changed(near, suggestion);
                let changed = changed.iter().map(|(fact, value)| {
                    let title = &self.book.facts[*fact].title;
                    format!("“{title}” is {}", value_in_words(self.book, *fact, value))
                });
                and(&changed.collect::<Vec<_>>())
            }
        };
        format!("{case}: {title}")
    }

    /// Whose facts these are, and what was changed in them.
    fn moved(&self, near: &Scenario, suggestion: &Suggestion) -> String {
        let changed = changed(near, suggestion).into_iter();
        let mut changed: Vec<String> =
            changed.map(|(fact, _)| self.book.facts[*fact].name.clone()).collect();
        if near.as_at != suggestion.as_at {
            changed.push("the date".to_owned());
        }
        let changed = and(&changed);
        let but = if changed.is_empty() { changed } else { format!(", but for {changed}") };
        format!("The facts are those of “{}”{but}.", near.title)
    }

    /// The pack in which the scenario can stand: the clause's, if it sees all the facts.
    fn home(&self, suggestion: &Suggestion) -> PackId {
        let near = self.book.scenarios[suggestion.near].pack;
        let of_clause = suggestion.closes.first().map_or(near, |(covered, _)| covered.pack);
        let seen = self.seen_from(of_clause);
        let sees_all =
            suggestion.given.iter().all(|(fact, _)| seen.contains(&self.book.facts[*fact].pack));
        if sees_all { of_clause } else { near }
    }

    /// The packs whose names a pack may use.
    fn seen_from(&self, pack: PackId) -> BTreeSet<PackId> {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![pack];
        while let Some(pack) = waiting.pop() {
            if seen.insert(pack) {
                waiting.extend(&self.book.packs[pack].uses);
            }
        }
        seen
    }

    /// The citations of the clause tried, or those of the scenario it comes from where the pack
    /// doesn't see their sources.
    fn cited(&self, home: PackId, id: ClauseRef, near: &Scenario) -> String {
        let rows = self.book.clauses();
        let of_clause = rows.iter().find(|row| row.id == id).map(|row| row.citations);
        let seen = self.seen_from(home);
        let is_seen = |cited: &Citation| seen.contains(&self.book.sources[cited.source].pack);
        let of_clause = of_clause.filter(|cited| !cited.is_empty() && cited.iter().all(is_seen));
        let cited = of_clause.unwrap_or(&near.citations);
        let cited = cited.iter().map(|cited| {
            let provision = cited.provision.replace(['“', '”'], "\"");
            format!("{} {provision}", self.book.sources[cited.source].name).trim_end().to_owned()
        });
        let mut once: Vec<String> = Vec::new();
        for cited in cited {
            if !once.contains(&cited) {
                once.push(cited);
            }
        }
        once.join("; ")
    }

    /// What kind of expectation would speak of the clause.
    fn expected(&self, home: PackId, id: ClauseRef) -> String {
        let name = self.book.called(id.of).0;
        let pack = match id.of {
            ClauseOf::Pack(id) => id,
            ClauseOf::Decision(id) => self.book.decisions[id].pack,
            ClauseOf::Route(id) => self.book.routes[id].pack,
            ClauseOf::Model(id) | ClauseOf::Gates(id) => self.book.models[id].pack,
            ClauseOf::Document(id) | ClauseOf::Due(id) => self.book.documents[id].pack,
            ClauseOf::Period(id) | ClauseOf::Lengths(id) => self.book.periods[id].pack,
            ClauseOf::Preference(id) => self.book.preferences[id].pack,
        };
        if !self.seen_from(home).contains(&pack) {
            return "…".to_owned();
        }
        match id.of {
            ClauseOf::Pack(_) | ClauseOf::Preference(_) => "recommendation …".to_owned(),
            ClauseOf::Decision(_) => format!("decision {name} is …"),
            ClauseOf::Route(_) => format!("route {name} …"),
            ClauseOf::Model(_) | ClauseOf::Gates(_) => format!("model {name} …"),
            ClauseOf::Document(_) => format!("document {name} …"),
            ClauseOf::Due(_) => format!("document {name} due …"),
            ClauseOf::Period(id) | ClauseOf::Lengths(id) => {
                format!("date {} …", self.book.event_name(self.book.periods[id].to))
            }
        }
    }

    /// A value as a scenario gives it.
    fn value(&self, fact: FactId, value: &Value) -> String {
        let choices = self.book.facts[fact].kind.choices();
        let name = |place: &usize| choices.get(*place).map(|choice| choice.name.clone());
        match value {
            Value::YesNo(true) => "yes".to_owned(),
            Value::YesNo(false) => "no".to_owned(),
            Value::Choice(place) => name(place).unwrap_or_default(),
            Value::Choices(places) => {
                let names: Vec<String> = places.iter().filter_map(name).collect();
                format!("({})", names.join(", "))
            }
            // Parted by commas: eight digits in a row would be a CPV code.
            Value::Number(number) => with_thousands(*number),
            Value::Percentage(share) => share.to_string(),
            Value::Money(money) => money.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Duration(duration) => duration.to_string(),
            Value::Text(words) => quoted(words),
            Value::Code(code) => code.to_string(),
        }
    }
}

/// The facts that a scenario gives otherwise than the one it comes from.
fn changed<'s>(near: &Scenario, suggestion: &'s Suggestion) -> Vec<&'s (FactId, Value)> {
    let is_changed = |given: &&(FactId, Value)| !near.given.contains(given);
    suggestion.given.iter().filter(is_changed).collect()
}

fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}
