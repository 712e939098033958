//! Says where text that fitted nothing goes wrong, by parsing it again alone.

use std::collections::BTreeSet;

use pest::Parser;
use pest::error::{Error, ErrorVariant, InputLocation};
use pest::iterators::Pair;

use super::super::errors;
use super::super::tree::Keyword;
use super::{Grammar, Reader, Rule};
use crate::source::Span;

impl Reader {
    /// Text in the first column that is no item, or an item whose first line is broken.
    pub(super) fn stray(&mut self, pair: &Pair<'_, Rule>) {
        let start = pair.as_span().start();
        let text = pair.as_str();
        let first_line = text.lines().next().unwrap_or_default();
        let span = Span::new(self.file, start + self.start..start + self.start + first_line.len());
        let word = first_line.split_whitespace().next().unwrap_or_default();
        let is_keyword = errors::ITEM_KEYWORDS.contains(&word);
        if text.starts_with([' ', '\t']) {
            self.diagnostics.push(errors::clause_without_item(span));
        } else if !is_keyword {
            let span = Span::new(self.file, start + self.start..start + self.start + word.len());
            self.diagnostics.push(errors::no_such_item(span, word));
        } else {
            match Grammar::parse(Rule::lone_item, text) {
                Ok(_) => self.diagnostics.push(errors::unexpected_text(span, &[])),
                Err(error) => self.report(&error, start, text),
            }
        }
    }

    /// An indented line that is no clause.
    pub(super) fn bad_clause(&mut self, pair: &Pair<'_, Rule>, item: Keyword) {
        self.n_unread += 1;
        let start = pair.as_span().start();
        let text = pair.as_str();
        let word = text.split(|c: char| c.is_whitespace() || c == '"').next().unwrap_or_default();
        let span = Span::new(self.file, start + self.start..start + self.start + word.len());
        // Where no clause starts with a name, what looks like one is a keyword gone wrong.
        let is_name = Grammar::parse(Rule::name, word).is_ok_and(|name| name.as_str() == word)
            && !errors::starts_clause(word)
            && Grammar::parse(Rule::condition_keyword, word).is_err();
        if is_name {
            self.lost.push(word.to_owned());
        }
        let is_clause = !is_name || may_start_with_a_name(item);
        match Grammar::parse(Rule::lone_clause, &format!(" {text}")) {
            // Past the word, so that the word itself could be read; what is no word is never past it.
            Err(error) if is_clause && farthest(&error) > word.len().max(1) => {
                self.report_shifted(&error, start, text, 1);
            }
            _ => self.diagnostics.push(errors::no_such_clause(span, word, item)),
        }
    }

    /// A line among limbs that is no condition.
    pub(super) fn bad_limb(&mut self, pair: &Pair<'_, Rule>) {
        self.n_unread += 1;
        let start = pair.as_span().start();
        match Grammar::parse(Rule::lone_limb, &format!(" {}", pair.as_str())) {
            Ok(_) => self.diagnostics.push(errors::unexpected_text(self.span(pair), &[])),
            Err(error) => self.report_shifted(&error, start, pair.as_str(), 1),
        }
    }

    /// Reports where pest came to a halt in `text`, which starts at byte `start`.
    pub(super) fn report(&mut self, error: &Error<Rule>, start: usize, text: &str) {
        self.report_shifted(error, start, text, 0);
    }

    fn report_shifted(&mut self, error: &Error<Rule>, start: usize, text: &str, shift: usize) {
        let at = farthest(error).saturating_sub(shift).min(text.len());
        let rest = text.get(at..).unwrap_or_default();
        let width = rest.find(char::is_whitespace).unwrap_or(rest.len()).min(24);
        let width = (0..=width).rev().find(|width| rest.is_char_boundary(*width)).unwrap_or(0);
        let at = self.start + start + at;
        let expected: BTreeSet<&'static str> = match &error.variant {
            ErrorVariant::ParsingError { positives, .. } => {
                positives.iter().filter_map(|rule| said(*rule)).collect()
            }
            ErrorVariant::CustomError { .. } => BTreeSet::new(),
        };
        let mut expected: Vec<&str> = expected.into_iter().collect();
        if rest.trim_matches([' ', '\t', '\r', '\n']).is_empty() && expected == [END_OF_LINE] {
            // The line is over, and still more has to come.
            expected = vec!["limbs on the lines below, indented deeper"];
        }
        let place = Span::new(self.file, at..at + width);
        let mut diagnostic = errors::unexpected_text(place, &expected);
        let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let word = rest.split(|letter| !is_of_name(letter)).next().unwrap_or_default();
        let is_keyword =
            || Grammar::parse(Rule::keyword, word).is_ok_and(|keyword| keyword.as_str() == word);
        let is_no_space = |letter: &char| {
            (letter.is_whitespace() || letter.is_control() || *letter == '\u{200b}')
                && ![' ', '\t', '\r', '\n'].contains(letter)
        };
        if let Some(character) = rest.chars().next().filter(is_no_space) {
            diagnostic = diagnostic.help(errors::no_space(character));
        } else if expected.contains(&NAME) && is_keyword() {
            diagnostic = diagnostic.help(errors::keyword_for_a_name(word));
        }
        self.diagnostics.push(diagnostic);
    }
}

/// What is said where a name should have stood.
const NAME: &str = "a name";

/// What is said where a line should have ended.
const END_OF_LINE: &str = "the end of the line";

/// Whether clauses of an item may start with a name: of an option, a class, an outcome or a fact.
const fn may_start_with_a_name(item: Keyword) -> bool {
    match item {
        Keyword::Fact
        | Keyword::Amount
        | Keyword::List
        | Keyword::Decision
        | Keyword::Scenario
        | Keyword::FillAmount
        | Keyword::FillList
        | Keyword::Provisions => true,
        Keyword::Pack
        | Keyword::Source
        | Keyword::Calendar
        | Keyword::Event
        | Keyword::Route
        | Keyword::Model
        | Keyword::Document
        | Keyword::Period
        | Keyword::Prefer
        | Keyword::NarrowRoute => false,
    }
}

fn farthest(error: &Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    }
}

/// How a person is told that a rule was expected; `None` for what needs no saying because
/// something clearer always stands beside it: a test leaves out and misspells every word of the
/// reference to see that something does.
fn said(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::string | Rule::quote | Rule::inner => "words in double quotes",
        Rule::close_quote => "the closing `\"`",
        Rule::name | Rule::names => NAME,
        Rule::condition | Rule::chain | Rule::operand | Rule::test => "a condition",
        Rule::quantity | Rule::term => "a fact, amount or figure",
        Rule::literal => "a figure, date or words in quotes",
        Rule::digits => "a whole number",
        Rule::any_date | Rule::date => "a date such as `2025-02-24`",
        Rule::duration => "a duration such as `5 years`",
        Rule::cpv_code => "an eight-digit CPV code",
        Rule::citations | Rule::citation | Rule::open_square => {
            "a citation such as `[act s.41(1)]`"
        }
        Rule::provision | Rule::part | Rule::listed => "a provision such as `s.41(1)`",
        Rule::close_square => "`]`",
        Rule::kind | Rule::list_kind => "a type such as `yes or no` or `money including VAT`",
        Rule::colon => "`:`",
        Rule::comma => "`,`",
        Rule::semicolon => "`;`",
        Rule::open_bracket => "`(`",
        Rule::close_bracket => "`)`",
        Rule::plus | Rule::minus | Rule::sign => "`+` or `-`",
        Rule::comparison
        | Rule::at_or_over
        | Rule::at_or_under
        | Rule::over
        | Rule::under
        | Rule::equal => "a comparison such as `>=`",
        Rule::tail => "`is`, `in` or a comparison",
        Rule::connective | Rule::k_and | Rule::k_or => "`and` or `or`",
        Rule::in_force => "`from` or `until` and a date",
        Rule::k_when => "`when`",
        Rule::k_otherwise => "`otherwise`",
        Rule::k_is => "`is`",
        Rule::k_in => "`in`",
        Rule::k_known => "`known`",
        Rule::k_yes => "`yes`",
        Rule::k_no => "`no`",
        Rule::k_force => "`force`",
        Rule::k_amount => "`amount`",
        Rule::k_list => "`list`",
        Rule::w_number => "`number`",
        Rule::w_code => "`code`",
        Rule::w_codes => "`codes`",
        Rule::version_text => "a version such as `1.0.0`",
        Rule::legislation => "an address of legislation such as `ukpga/2023/54`",
        Rule::due_rule
        | Rule::due_words
        | Rule::due_before
        | Rule::due_with
        | Rule::due_within
        | Rule::due_soon => {
            "`within`, `before`, `with`, `as soon as practicable after` or words in double quotes"
        }
        Rule::k_of => "`of`",
        Rule::k_to => "`to`",
        Rule::k_by => "`by`",
        Rule::k_over => "`over`",
        Rule::k_on => "`on`",
        Rule::k_as => "`as`",
        Rule::k_at => "`at`",
        Rule::k_route => "`route`",
        Rule::k_from => "`from`",
        Rule::k_until => "`until`",
        Rule::k_due => "`due`",
        Rule::w_the_day => "`the day`",
        Rule::w_after => "`after`",
        Rule::w_beginning_with => "`beginning with`",
        Rule::w_before => "`before`",
        Rule::w_with => "`with`",
        Rule::w_not_appointed => "`a day to be appointed`",
        Rule::w_vat => "`VAT`",
        Rule::k_including => "`including`",
        Rule::k_excluding => "`excluding`",
        Rule::w_descendants => "`descendants`",
        Rule::w_rolling => "`rolling to a working day`",
        Rule::w_undecided => "`undecided`",
        Rule::w_recommendation => "`recommendation`",
        Rule::k_fits => "`fits`",
        Rule::w_does_not_fit => "`does not fit`",
        Rule::w_required => "`required`",
        Rule::w_not_required => "`not required`",
        Rule::w_conditional => "`conditional`",
        Rule::w_open => "`open`",
        Rule::w_unsettled => "`unsettled`",
        Rule::k_barred => "`barred`",
        Rule::k_forbidden => "`forbidden`",
        Rule::w_layers => "`layers`",
        Rule::expectation => {
            "`decision`, `route`, `recommendation`, `model`, `document`, `date`, `question`, `doubt` or `coming`"
        }
        Rule::trailing | Rule::remark | Rule::EOI => END_OF_LINE,
        _ => return None,
    })
}
