//! Items and their first lines.

use pest::Parser;
use pest::iterators::Pair;

use super::super::errors;
use super::super::tree::{
    Bounds, Clause, File, Header, Item, Keyword, Kind, Length, Line, Tail, VatBasis, Word, Words,
};
use super::{Grammar, Reader, Rule, child, children, only, remark};
use crate::source::Spanned;

/// The keyword and the name of an item whose first line can't be read, where it would define one.
fn lost(text: &str) -> Option<(&'static str, String)> {
    let mut words = text.lines().next()?.split_whitespace();
    let keyword = errors::item_meant(words.next()?)?;
    if ["prefer", "scenario", "narrow", "fill", "provisions"].contains(&keyword) {
        return None;
    }
    let name = Grammar::parse(Rule::name, words.next()?).ok()?;
    Some((keyword, name.as_str().to_owned()))
}

impl Reader {
    pub(super) fn file(&mut self, pair: Pair<'_, Rule>) -> File {
        let mut tree = File::default();
        let mut remarks = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::remark => match part.as_str().trim_end().strip_prefix("//!") {
                    Some(doc) if tree.items.is_empty() && remarks.is_empty() => {
                        tree.doc.push(doc.strip_prefix(' ').unwrap_or(doc).to_owned());
                    }
                    _ => remarks.push(remark(&part)),
                },
                Rule::item => {
                    let (span, n_unread) = (self.span(&part), self.n_unread);
                    let mut item = self.item(part);
                    if self.n_unread > n_unread {
                        tree.unread.push(span);
                    }
                    item.node.remarks = std::mem::take(&mut remarks);
                    tree.items.push(item);
                }
                Rule::stray => {
                    tree.unread.push(self.span(&part));
                    if let Some((keyword, name)) = lost(part.as_str()) {
                        tree.is_pack_lost |= keyword == "pack";
                        tree.lost.push(name);
                    }
                    self.stray(&part);
                }
                _ => {}
            }
        }
        tree.remarks = remarks;
        tree.lost.append(&mut self.lost);
        tree
    }

    fn item(&mut self, pair: Pair<'_, Rule>) -> Spanned<Item> {
        let span = self.span(&pair);
        let header = Header::new(Keyword::Event, None, None, Tail::None);
        let (remarks, citations, lines) = (Vec::new(), Vec::new(), Vec::new());
        let mut item = Item { remarks, header, citations, trailing: None, lines };
        let mut item_span = span;
        let mut remarks = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::header => {
                    item_span = self.span(&part);
                    if let Some(header) = only(&part) {
                        item.header = self.header(&header);
                    }
                }
                Rule::citations_beside => item.citations = self.citations(&part),
                Rule::remark => remarks.push(remark(&part)),
                Rule::trailing => match item.lines.last_mut() {
                    Some(line) => line.trailing = Some(remark(&part)),
                    None => item.trailing = Some(remark(&part)),
                },
                Rule::clause => {
                    let line = self.line(&part, std::mem::take(&mut remarks));
                    item.lines.extend(line.map(|line| as_meant_in(item.header.keyword, line)));
                }
                Rule::bad_clause => self.bad_clause(&part, item.header.keyword),
                _ => {}
            }
        }
        Spanned::new(item, item_span)
    }

    fn header(&mut self, pair: &Pair<'_, Rule>) -> Header {
        let names = || children(pair, Rule::name).into_iter();
        let name = names().next().map(|name| self.word(&name));
        let second = names().nth(1).map(|name| self.word(&name));
        let title = child(pair, Rule::string).map(|title| self.prose(&title));
        match pair.as_rule() {
            Rule::pack_header => {
                Header::new(Keyword::Pack, name, title, second.map_or(Tail::None, Tail::On))
            }
            Rule::source_header => self.source_header(pair, name),
            Rule::fact_header => self.kind_header(Keyword::Fact, pair, name, title, None),
            Rule::amount_header => self.kind_header(Keyword::Amount, pair, name, title, second),
            Rule::list_header => self.kind_header(Keyword::List, pair, name, title, None),
            Rule::prefer_header => {
                let mut sides =
                    children(pair, Rule::names).into_iter().map(|side| self.words(side));
                let tail =
                    Tail::Over(sides.next().unwrap_or_default(), sides.next().unwrap_or_default());
                Header::new(Keyword::Prefer, None, None, tail)
            }
            Rule::scenario_header => Header::new(Keyword::Scenario, None, title, Tail::None),
            Rule::narrow_header => Header::new(Keyword::NarrowRoute, name, None, Tail::None),
            Rule::fill_header => {
                let is_list = child(pair, Rule::k_list).is_some();
                let keyword = if is_list { Keyword::FillList } else { Keyword::FillAmount };
                Header::new(keyword, name, None, Tail::None)
            }
            Rule::provisions_header => Header::new(Keyword::Provisions, name, None, Tail::None),
            _ => Header::new(plain_keyword(pair), name, title, Tail::None),
        }
    }

    fn source_header(&self, pair: &Pair<'_, Rule>, name: Option<Word>) -> Header {
        let has_page = child(pair, Rule::k_at).is_some();
        let mut strings: Vec<Word> =
            children(pair, Rule::string).iter().map(|string| self.prose(string)).collect();
        let page = if has_page { strings.pop() } else { None };
        let legislation = child(pair, Rule::legislation).map(|path| self.word(&path));
        let tail = match (legislation, page) {
            (Some(path), _) => Tail::Legislation(path),
            (None, Some(page)) => Tail::Page(page),
            (None, None) => Tail::None,
        };
        Header::new(Keyword::Source, name, strings.into_iter().next(), tail)
    }

    fn kind_header(
        &mut self,
        keyword: Keyword,
        pair: &Pair<'_, Rule>,
        name: Option<Word>,
        title: Option<Word>,
        class: Option<Word>,
    ) -> Header {
        let kind = child(pair, Rule::kind).or_else(|| child(pair, Rule::list_kind));
        let kind =
            kind.and_then(|kind| Some(Spanned::new(self.kind(&only(&kind)?), self.span(&kind))));
        let tail = kind.map_or(Tail::None, |kind| Tail::Kind(kind, class));
        Header::new(keyword, name, title, tail)
    }

    fn kind(&mut self, pair: &Pair<'_, Rule>) -> Kind {
        let bounds = child(pair, Rule::bounds).and_then(|bounds| self.bounds(&bounds));
        match pair.as_rule() {
            Rule::kind_yes_no => Kind::YesNo,
            Rule::kind_one_of => Kind::OneOf,
            Rule::kind_some_of => Kind::SomeOf,
            Rule::kind_number => Kind::Number(bounds),
            Rule::kind_percentage => Kind::Percentage(bounds),
            Rule::kind_money => Kind::Money(vat_basis(pair), bounds),
            Rule::kind_date => Kind::Date,
            Rule::kind_duration => Kind::Duration,
            Rule::kind_cpv => Kind::Cpv,
            Rule::list_cpv => Kind::CpvList,
            Rule::list_dates => Kind::DateList,
            _ => Kind::Text,
        }
    }

    fn bounds(&mut self, pair: &Pair<'_, Rule>) -> Bounds {
        let mut ends = children(pair, Rule::literal).into_iter().filter_map(|end| {
            let span = self.span(&end);
            Some(Spanned::new(self.literal(&end)?, span))
        });
        Some(Box::new((ends.next()?, ends.next()?)))
    }

    /// The lines' citations, moved to the clause that a deeper-indented line continues.
    pub(super) fn line(&mut self, pair: &Pair<'_, Rule>, remarks: Vec<String>) -> Option<Line> {
        let mut citations = child(pair, Rule::citations_after).map(|after| self.citations(&after));
        let inner = only(pair)?;
        let (clause, in_force, from_limbs) = self.clause(&inner)?;
        if citations.is_none() {
            citations = Some(from_limbs);
        }
        let clause = Spanned::new(clause, self.span(&inner));
        let citations = citations.unwrap_or_default();
        Some(Line { remarks, clause, in_force, citations, trailing: None })
    }
}

/// `none when …` is a length in a period and a case in a decision, where `none` is an outcome;
/// `out "…"` speaks of a provision where provisions are listed, and is an option elsewhere.
fn as_meant_in(item: Keyword, mut line: Line) -> Line {
    if let Clause::Words(Words::Out, title) = &line.clause.node
        && item != Keyword::Provisions
    {
        let name = Spanned::new(Words::Out.spelling().to_owned(), line.clause.span);
        line.clause.node = Clause::Option(name, title.clone());
    }
    if let (Keyword::Decision, Clause::Length(Length::None, Some(applies))) =
        (item, &line.clause.node)
    {
        let outcome = Spanned::new("none".to_owned(), line.clause.span);
        line.clause.node = Clause::Case(outcome, None, applies.clone());
    }
    line
}

fn vat_basis(pair: &Pair<'_, Rule>) -> Option<VatBasis> {
    let including = child(pair, Rule::k_including).map(|_| VatBasis::Including);
    including.or_else(|| child(pair, Rule::k_excluding).map(|_| VatBasis::Excluding))
}

fn plain_keyword(pair: &Pair<'_, Rule>) -> Keyword {
    match only(pair).map(|keyword| keyword.as_rule()) {
        Some(Rule::k_calendar) => Keyword::Calendar,
        Some(Rule::k_decision) => Keyword::Decision,
        Some(Rule::k_route) => Keyword::Route,
        Some(Rule::k_model) => Keyword::Model,
        Some(Rule::k_document) => Keyword::Document,
        Some(Rule::k_period) => Keyword::Period,
        _ => Keyword::Event,
    }
}
