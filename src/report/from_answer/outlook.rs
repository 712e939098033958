//! What is left to know, what is doubtful and what is coming, in words.

use crate::decide::{About, Change, Known, Question, Standing};

use super::{Telling, citations};
use crate::report::date_or_day;
use crate::report::wire;
use crate::report::words;

impl Telling<'_> {
    pub(super) fn questions(&self) -> Vec<wire::Question> {
        self.asked().iter().map(|question| self.question(question)).collect()
    }

    fn question(&self, question: &Question) -> wire::Question {
        let fact = &self.book.facts[question.fact];
        let options = fact.kind.choices().iter().map(|choice| wire::Choice {
            option: choice.name.clone(),
            title: choice.title.clone(),
        });
        wire::Question {
            fact: fact.name.clone(),
            title: fact.title.clone(),
            ask: fact.ask.clone(),
            help: fact.help.clone(),
            kind: words::kind(&fact.kind).to_owned(),
            options: options.collect(),
            waiting: question.n_waiting,
            judgement: fact.judgement.as_ref().map(|judgement| judgement.words.clone()),
            citations: citations(&fact.citations),
        }
    }

    pub(super) fn doubts(&self) -> Vec<wire::Doubt> {
        let doubts = self.answer.doubts.iter().map(|finding| wire::Doubt {
            says: finding.words.clone(),
            about: self.about(finding.about).to_owned(),
            citations: citations(&finding.citations),
        });
        doubts.collect()
    }

    fn about(&self, about: About) -> &str {
        match about {
            About::Pack(id) => &self.book.packs[id].title,
            About::Decision(id) => &self.book.decisions[id].title,
            About::Route(id) => &self.book.routes[id].title,
            About::Model(id) => &self.book.models[id].title,
            About::Document(id) => &self.book.documents[id].title,
            About::Period(id) => &self.book.periods[id].title,
            About::Amount(id) => &self.book.amounts[id].title,
            About::List(id) => &self.book.lists[id].title,
        }
    }

    pub(super) fn coming(&self) -> Vec<wire::Coming> {
        let coming = self.answer.coming.iter().map(|coming| wire::Coming {
            from: date_or_day(coming.from),
            changes: coming.changes.iter().map(|change| self.change(change)).collect(),
        });
        coming.collect()
    }

    fn change(&self, change: &Change) -> String {
        match change {
            Change::Pack(id, true) => format!("{} is in force.", self.book.packs[*id].title),
            Change::Pack(id, false) => {
                format!("{} is no longer in force.", self.book.packs[*id].title)
            }
            Change::Decision(id, before, after) => {
                let question = &self.book.decisions[*id].title;
                let outcomes = |outcomes: &[usize]| words::decision_said(self.book, *id, outcomes);
                format!("{question} — {}, no longer {}.", outcomes(after), outcomes(before))
            }
            Change::Route(id, before, after) => {
                let title = &self.book.routes[*id].title;
                format!("“{title}” is {}, not {}.", standing(*after), standing(*before))
            }
            Change::Recommendation(before, after) => {
                let title = |route: &Option<_>| route.map(|id| &self.book.routes[id].title);
                match (title(before), title(after)) {
                    (Some(before), Some(after)) => {
                        format!("“{after}” is recommended in place of “{before}”.")
                    }
                    (None, Some(after)) => format!("“{after}” is recommended."),
                    (Some(before), None) => format!("“{before}” is no longer recommended."),
                    (None, None) => "Nothing is recommended.".to_owned(),
                }
            }
            Change::Document(id, _, needed) => {
                let title = &self.book.documents[*id].title;
                match needed {
                    Known::Yes => format!("“{title}” is needed."),
                    Known::No => format!("“{title}” is no longer needed."),
                    Known::Unknown => format!("“{title}” may be needed."),
                }
            }
            Change::Ban(id, _, forbidden) => {
                let title = &self.book.documents[*id].title;
                match forbidden {
                    Known::Yes => format!("“{title}” is forbidden."),
                    Known::No => format!("“{title}” is no longer forbidden."),
                    Known::Unknown => format!("“{title}” may be forbidden."),
                }
            }
        }
    }
}

const fn standing(standing: Option<Standing>) -> &'static str {
    match standing {
        Some(Standing::Open) => "open",
        Some(Standing::Barred) => "barred",
        Some(Standing::Unsettled) => "unsettled",
        None => "in force",
    }
}
