//! The indented lines of items.

use pest::iterators::Pair;

use super::super::errors;
use super::super::tree::{
    Applies, Citation, Clause, Condition, Conditional, Counting, DueRule, Ending, Entry,
    Expectation, Fit, Length, Limit, Names, Need, Part, Provision, Until, Words,
};
use super::{Reader, Rule, child, children, only};
use crate::quantity::{Beginning, Date, InForce};
use crate::source::Spanned;

/// A clause, the period it ends with, and the citations on the first line of its limbs.
type Read = (Clause, Option<Spanned<InForce>>, Vec<Citation>);

impl Reader {
    pub(super) fn clause(&mut self, pair: &Pair<'_, Rule>) -> Option<Read> {
        let mut in_force = child(pair, Rule::in_force).and_then(|period| self.in_force(&period));
        let mut citations = Vec::new();
        let clause = match pair.as_rule() {
            Rule::version_clause => Clause::Version(self.word(&child(pair, Rule::version_text)?)),
            Rule::in_force_clause => Clause::InForce,
            Rule::words_clause => {
                let words = words_keyword(&only(&child(pair, Rule::words_keyword)?)?)?;
                Clause::Words(words, self.prose(&child(pair, Rule::string)?))
            }
            Rule::out_clause => Clause::Words(Words::Out, self.prose(&child(pair, Rule::string)?)),
            Rule::listed_clause => {
                let listed = child(pair, Rule::listed)?;
                let provision = Spanned::new(Provision::Parts(parts(&listed)), self.span(&listed));
                Clause::Listed(provision, self.prose(&child(pair, Rule::string)?))
            }
            Rule::names_clause => {
                let names = names_keyword(&only(&child(pair, Rule::names_keyword)?)?)?;
                Clause::Names(names, self.words(child(pair, Rule::names)?))
            }
            Rule::condition_clause => {
                let keyword = only(&child(pair, Rule::condition_keyword)?)?;
                let conditional = self.conditional(&keyword)?;
                let (condition, period, cited) = self.condition(&child(pair, Rule::condition)?)?;
                (in_force, citations) = (in_force.or(period), cited);
                let guard = child(pair, Rule::guard).and_then(|guard| child(&guard, Rule::chain));
                Clause::Condition(
                    conditional,
                    condition,
                    guard.map(|guard| self.chain(&guard).node),
                )
            }
            Rule::due_clause => {
                let rule = self.due_rule(&only(&child(pair, Rule::due_rule)?)?)?;
                Clause::Due(rule, self.applies_if(pair, &mut in_force, &mut citations))
            }
            Rule::between_clause => {
                let mut names = children(pair, Rule::name).into_iter().map(|name| self.word(&name));
                let is_before = child(pair, Rule::w_before).is_some();
                let until = if is_before { Until::Before } else { Until::To };
                Clause::Between(names.next()?, names.next()?, until)
            }
            Rule::length_clause => {
                let length = self.length(&child(pair, Rule::length)?)?;
                Clause::Length(length, self.applies_if(pair, &mut in_force, &mut citations))
            }
            Rule::left_clause => Clause::LeftToLayers,
            Rule::choosable_clause => Clause::MayBeChosen,
            Rule::mandatory_clause => Clause::Mandatory,
            Rule::as_at_clause => Clause::AsAt(self.date_of(pair)?),
            Rule::given_clause => Clause::Given,
            Rule::expect_clause => {
                Clause::Expect(self.expectation(&only(&child(pair, Rule::expectation)?)?)?)
            }
            Rule::citations_clause => {
                citations = self.citations(pair);
                Clause::Citations
            }
            Rule::case_clause => {
                let outcome = self.word(&child(pair, Rule::name)?);
                let title = child(pair, Rule::string).map(|title| self.prose(&title));
                let applies =
                    self.case_when(&child(pair, Rule::case_when)?, &mut in_force, &mut citations)?;
                Clause::Case(outcome, title, applies)
            }
            Rule::assign_clause => {
                let name = self.word(&child(pair, Rule::name)?);
                let value =
                    pair.clone().into_inner().filter(|part| part.as_rule() != Rule::k_is).nth(1)?;
                Clause::Assign(name, Spanned::new(self.assigned(&value)?, self.span(&value)))
            }
            Rule::option_clause => {
                let name = self.word(&child(pair, Rule::name)?);
                Clause::Option(name, self.prose(&child(pair, Rule::string)?))
            }
            Rule::row_clause => {
                let class = child(pair, Rule::name).map(|name| self.word(&name));
                Clause::Row(class, self.entries(pair))
            }
            _ => return None,
        };
        Some((clause, in_force, citations))
    }

    fn conditional(&mut self, keyword: &Pair<'_, Rule>) -> Option<Conditional> {
        Some(match keyword.as_rule() {
            Rule::k_needs => Conditional::Needs,
            Rule::k_barred_when => Conditional::BarredWhen,
            Rule::k_forbidden_when => Conditional::ForbiddenWhen,
            Rule::k_fits_when => Conditional::FitsWhen,
            Rule::k_applies_when => Conditional::AppliesWhen,
            Rule::k_gate => Conditional::Gate,
            Rule::k_when => Conditional::When,
            Rule::slip_needs => self.slip(keyword, "needs", Conditional::Needs),
            Rule::slip_when => self.slip(keyword, "when", Conditional::When),
            _ => return None,
        })
    }

    /// Reports a word that is not of the language and goes on with what it means.
    fn slip<T>(&mut self, pair: &Pair<'_, Rule>, instead: &str, meaning: T) -> T {
        self.diagnostics.push(errors::word_slip(&self.word(pair), instead));
        meaning
    }

    fn applies_if(
        &mut self,
        pair: &Pair<'_, Rule>,
        in_force: &mut Option<Spanned<InForce>>,
        citations: &mut Vec<Citation>,
    ) -> Option<Applies> {
        let applies = child(pair, Rule::applies_if)?;
        let Some(condition) = child(&applies, Rule::condition) else {
            return Some(Applies::Otherwise);
        };
        let (condition, period, cited) = self.condition(&condition)?;
        if in_force.is_none() {
            *in_force = period;
        }
        *citations = cited;
        Some(Applies::When(condition))
    }

    fn case_when(
        &mut self,
        pair: &Pair<'_, Rule>,
        in_force: &mut Option<Spanned<InForce>>,
        citations: &mut Vec<Citation>,
    ) -> Option<Applies> {
        if let Some(slip) = child(pair, Rule::slip_otherwise) {
            return Some(self.slip(&slip, "otherwise", Applies::Otherwise));
        }
        if let Some(slip) = child(pair, Rule::slip_when) {
            self.slip(&slip, "when", ());
        }
        let Some(condition) = child(pair, Rule::condition) else {
            return Some(Applies::Otherwise);
        };
        let (condition, period, cited) = self.condition(&condition)?;
        if in_force.is_none() {
            *in_force = period;
        }
        *citations = cited;
        Some(Applies::When(condition))
    }

    fn due_rule(&mut self, pair: &Pair<'_, Rule>) -> Option<DueRule> {
        let event = child(pair, Rule::name).map(|name| self.word(&name));
        Some(match pair.as_rule() {
            Rule::due_words => DueRule::Words(self.prose(&child(pair, Rule::string)?)),
            Rule::due_before => DueRule::Before(event?),
            Rule::due_with => DueRule::With(event?),
            Rule::due_soon => DueRule::Soon(event?),
            _ => {
                let duration = self.duration(&child(pair, Rule::duration)?)?;
                DueRule::Within(duration, counting(pair), event?)
            }
        })
    }

    fn length(&mut self, pair: &Pair<'_, Rule>) -> Option<Length> {
        let Some(keyword) = child(pair, Rule::length_keyword).and_then(|keyword| only(&keyword))
        else {
            return Some(Length::None);
        };
        let limit = match keyword.as_rule() {
            Rule::w_at_most => Limit::AtMost,
            Rule::w_exactly => Limit::Exactly,
            _ => Limit::AtLeast,
        };
        let duration = self.duration(&child(pair, Rule::duration)?)?;
        let is_rolling = child(pair, Rule::w_rolling).is_some();
        let ending = if is_rolling { Ending::Rolling } else { Ending::AsCounted };
        Some(Length::Days(limit, duration, counting(pair), ending))
    }

    fn entries(&mut self, pair: &Pair<'_, Rule>) -> Vec<Spanned<Entry>> {
        let entries = children(pair, Rule::entry).into_iter().filter_map(|entry| {
            let span = self.span(&entry);
            let inner = only(&entry)?;
            let mut codes =
                children(&inner, Rule::cpv_code).into_iter().map(|code| code.as_str().to_owned());
            let entry = match inner.as_rule() {
                Rule::code_range => Entry::CodeRange(codes.next()?, codes.next()?),
                Rule::code_family => Entry::CodeFamily(codes.next()?),
                Rule::w_none => Entry::None,
                _ => Entry::Literal(self.literal(&inner)?),
            };
            Some(Spanned::new(entry, span))
        });
        entries.collect()
    }

    fn expectation(&mut self, pair: &Pair<'_, Rule>) -> Option<Expectation> {
        let mut names = children(pair, Rule::name).into_iter().map(|name| self.word(&name));
        let (first, second) = (names.next(), names.next());
        let has = |rule| child(pair, rule).is_some();
        Some(match pair.as_rule() {
            Rule::expect_decision => Expectation::Decision(first?, second),
            Rule::expect_route => match child(pair, Rule::expect_barred) {
                Some(barred) => Expectation::RouteBarred(first?, self.citations(&barred)),
                None if has(Rule::w_open) => Expectation::RouteOpen(first?),
                None => Expectation::RouteUnsettled(first?),
            },
            Rule::expect_none => Expectation::NoRecommendation,
            Rule::expect_recommendation => Expectation::Recommendation(first?, second),
            Rule::expect_model if has(Rule::k_fits) => Expectation::Model(first?, Fit::Fits),
            Rule::expect_model if has(Rule::w_unsettled) => {
                Expectation::Model(first?, Fit::Unsettled)
            }
            Rule::expect_model => Expectation::Model(first?, Fit::DoesNotFit),
            Rule::expect_document if has(Rule::k_due) => {
                Expectation::DocumentDue(first?, self.date_of(pair)?)
            }
            Rule::expect_document if has(Rule::w_required) => {
                Expectation::Document(first?, Need::Required)
            }
            Rule::expect_document if has(Rule::w_conditional) => {
                Expectation::Document(first?, Need::Conditional)
            }
            Rule::expect_document if has(Rule::k_forbidden) => {
                Expectation::Document(first?, Need::Forbidden)
            }
            Rule::expect_document => Expectation::Document(first?, Need::NotRequired),
            Rule::expect_date => Expectation::Date(first?, self.date_of(pair)?),
            Rule::expect_question => Expectation::Question(first?),
            Rule::expect_doubt => Expectation::Doubt(self.citations(pair)),
            Rule::expect_coming => Expectation::Coming(self.date_of(pair)?),
            _ => return None,
        })
    }

    fn in_force(&mut self, pair: &Pair<'_, Rule>) -> Option<Spanned<InForce>> {
        let mut dates: Vec<Option<Spanned<Date>>> = Vec::new();
        for date in children(pair, Rule::any_date) {
            let date = self.any_date(&date);
            dates.push(date);
        }
        let mut dates = dates.into_iter();
        let from = match (child(pair, Rule::w_not_appointed), child(pair, Rule::k_from)) {
            (Some(_), _) => Beginning::NotAppointed,
            (None, Some(_)) => Beginning::On(dates.next()??.node),
            (None, None) => Beginning::Always,
        };
        let until = match dates.next() {
            Some(date) => Some(date?.node),
            None => None,
        };
        Some(Spanned::new(InForce { from, until }, self.span(pair)))
    }

    /// The citations anywhere in a pair's direct children, or its own.
    pub(super) fn citations(&mut self, pair: &Pair<'_, Rule>) -> Vec<Citation> {
        let list = child(pair, Rule::citations).unwrap_or_else(|| pair.clone());
        children(&list, Rule::citation)
            .iter()
            .filter_map(|citation| self.citation(citation))
            .collect()
    }

    fn citation(&self, pair: &Pair<'_, Rule>) -> Option<Citation> {
        let source = self.word(&child(pair, Rule::name)?);
        let provisions = children(pair, Rule::provision).into_iter().map(|provision| {
            let span = self.span(&provision);
            let heading = child(&provision, Rule::string).map(|heading| self.prose(&heading).node);
            let parts = || Provision::Parts(parts(&provision));
            Spanned::new(heading.map_or_else(parts, Provision::Heading), span)
        });
        Some(Citation { source, provisions: provisions.collect() })
    }
}

/// The parts of a provision.
fn parts(pair: &Pair<'_, Rule>) -> Vec<Part> {
    children(pair, Rule::part).iter().map(|part| read_part(part.as_str())).collect()
}

/// Parts `s.33(1)(b)` or `s.1(1)-(3)` into unit, number and limbs.
fn read_part(text: &str) -> Part {
    let (unit, rest) = text.split_once('.').unwrap_or((text, ""));
    let rest = rest.trim_start();
    let (number, limbs) = rest.split_at(rest.find('(').unwrap_or(rest.len()));
    let (from, to) = limbs.split_once('-').unwrap_or((limbs, ""));
    let bracketed = |limbs: &str| -> Vec<String> {
        limbs.split('(').skip(1).map(|limb| limb.replace(')', "")).collect()
    };
    let (limbs, last_limbs) = (bracketed(from), bracketed(to));
    Part { unit: unit.to_lowercase(), number: number.to_owned(), limbs, last_limbs }
}

fn counting(pair: &Pair<'_, Rule>) -> Counting {
    let is_after = child(pair, Rule::w_after).is_some();
    if is_after { Counting::After } else { Counting::BeginningWith }
}

fn words_keyword(pair: &Pair<'_, Rule>) -> Option<Words> {
    Some(match pair.as_rule() {
        Rule::k_ask => Words::Ask,
        Rule::k_help => Words::Help,
        Rule::k_note => Words::Note,
        Rule::k_evidence => Words::Evidence,
        Rule::k_contains => Words::Contains,
        Rule::k_because => Words::Because,
        Rule::k_says => Words::Says,
        Rule::k_otherwise => Words::Otherwise,
        Rule::k_doubt => Words::Doubt,
        Rule::k_publish => Words::Publish,
        Rule::k_judgement => Words::Judgement,
        _ => return None,
    })
}

fn names_keyword(pair: &Pair<'_, Rule>) -> Option<Names> {
    Some(match pair.as_rule() {
        Rule::k_extent => Names::Extent,
        Rule::k_use => Names::Use,
        Rule::k_carried_by => Names::CarriedBy,
        Rule::k_holidays => Names::Holidays,
        Rule::k_kind => Names::Kind,
        Rule::k_force => Names::Force,
        Rule::k_stage => Names::Stage,
        Rule::k_calendar => Names::Calendar,
        Rule::k_dated_by => Names::DatedBy,
        Rule::k_commission => Names::Commission,
        Rule::k_excludes => Names::Excludes,
        Rule::w_sum_of => Names::SumOf,
        _ => return None,
    })
}

/// A condition with the period and citations on the first line of its limbs.
pub(super) type ReadCondition = (Condition, Option<Spanned<InForce>>, Vec<Citation>);

impl Reader {
    pub(super) fn condition(&mut self, pair: &Pair<'_, Rule>) -> Option<ReadCondition> {
        let inner = only(pair)?;
        if inner.as_rule() == Rule::chain {
            return Some((self.chain(&inner).node, None, Vec::new()));
        }
        let in_force = child(&inner, Rule::in_force).and_then(|period| self.in_force(&period));
        let citations = child(&inner, Rule::citations_after).map(|after| self.citations(&after));
        Some((self.limbs(&inner).node, in_force, citations.unwrap_or_default()))
    }
}
