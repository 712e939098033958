//! Conditions as clauses: straight or turned round, alone or inside a sentence.

use crate::pack::{Condition, DecisionId, FactId, Limb, ListId, Value};

use super::joining::{and, or};
use super::values::code;
use super::{Footing, Place, Turn, Voice, Wording};

impl Wording<'_> {
    pub(super) fn clause(&self, condition: &Condition, voice: Voice) -> String {
        match condition {
            Condition::All(limbs) => self.all(limbs, voice),
            Condition::Any(limbs) => self.any(limbs, voice),
            Condition::AtLeast(count, limbs) => self.at_least(*count, limbs, voice),
            Condition::Not(inner) => self.clause(inner, voice.turned()),
            Condition::Yes(fact) => self.yes(*fact, voice),
            Condition::OneOf(fact, options) => self.one_of(*fact, options, voice),
            Condition::Includes(fact, option) => self.includes(*fact, *option, voice),
            Condition::TextIs(fact, text) => self.is(*fact, &format!("“{text}”"), voice),
            Condition::CodeIs(fact, wanted) => self.is(*fact, &code(*wanted), voice),
            Condition::InList(fact, list) => self.in_list(*fact, *list, voice),
            Condition::Known(fact) => self.is(*fact, "known", voice),
            Condition::Outcome(decision, outcomes) => self.outcome(*decision, outcomes, voice),
            Condition::RouteIs(routes) => {
                let titles = routes.iter().map(|route| self.book.routes[*route].title.clone());
                considered("the route", &quoted(titles), voice)
            }
            Condition::ModelIs(models) => {
                let titles = models.iter().map(|model| self.book.models[*model].title.clone());
                considered("the model", &quoted(titles), voice)
            }
            Condition::Compare(comparison, left, right) => {
                self.comparison(*comparison, left, right, voice)
            }
            Condition::Gap(dates, comparison, duration) => {
                self.gap(&dates.0, &dates.1, (*comparison, duration), voice)
            }
        }
    }

    fn all(&self, limbs: &[Limb], voice: Voice) -> String {
        if voice.turn == Turn::Turned {
            return self.not_all(&self.telling(limbs, false, voice), voice);
        }
        match limbs {
            [only] => self.clause(&only.condition, voice),
            [_, _] => self.pair(limbs, "and", voice),
            _ => self.listed("all of these", limbs, voice),
        }
    }

    fn not_all(&self, limbs: &[Limb], voice: Voice) -> String {
        match limbs {
            [only] => self.clause(&only.condition, voice),
            // Which of them fails is not known here, so none is told as found.
            [_, _] => self.pair(limbs, "or", voice.supposed()),
            _ => self.listed("not all of these", limbs, voice.straight().supposed()),
        }
    }

    fn any(&self, limbs: &[Limb], voice: Voice) -> String {
        if voice.turn == Turn::Straight {
            return self.one_at_least(&self.telling(limbs, true, voice), voice);
        }
        match limbs {
            [only] => self.clause(&only.condition, voice),
            [_, _] => self.pair(limbs, "and", voice),
            _ => self.listed("none of these", limbs, voice.straight().supposed()),
        }
    }

    fn one_at_least(&self, limbs: &[Limb], voice: Voice) -> String {
        match limbs {
            [only] => self.clause(&only.condition, voice),
            [_, _] => self.pair(limbs, "or", voice.supposed()),
            _ => self.listed("any of these", limbs, voice.supposed()),
        }
    }

    /// The limbs worth telling where one of them made it so: one that the facts plainly show to be
    /// as wanted, or else all that they don't show to be otherwise.
    fn telling(&self, limbs: &[Limb], wanted: bool, voice: Voice) -> Vec<Limb> {
        if voice.footing == Footing::Supposed {
            return limbs.to_vec();
        }
        let shown = |limb: &&Limb| self.plainly(&limb.condition) == Some(wanted);
        if let Some(deciding) = limbs.iter().find(shown) {
            return vec![deciding.clone()];
        }
        let open = limbs.iter().filter(|limb| self.plainly(&limb.condition).is_none());
        let open: Vec<Limb> = open.cloned().collect();
        if open.is_empty() { limbs.to_vec() } else { open }
    }

    fn at_least(&self, count: u32, limbs: &[Limb], voice: Voice) -> String {
        let opening = match voice.turn {
            Turn::Straight => format!("at least {count} of these"),
            Turn::Turned => format!("fewer than {count} of these"),
        };
        self.listed(&opening, limbs, voice.straight().supposed())
    }

    fn pair(&self, limbs: &[Limb], joint: &str, voice: Voice) -> String {
        self.limbs(limbs, voice).join(&format!(", {joint} "))
    }

    fn listed(&self, opening: &str, limbs: &[Limb], voice: Voice) -> String {
        format!("{}: {}", voice.opening(opening), self.limbs(limbs, voice).join("; "))
    }

    /// Each limb, in brackets where it is itself several.
    fn limbs(&self, limbs: &[Limb], voice: Voice) -> Vec<String> {
        let limbs = limbs.iter().map(|limb| {
            let words = self.clause(&limb.condition, voice.inside());
            if is_several(&limb.condition) { format!("({words})") } else { words }
        });
        limbs.collect()
    }

    fn yes(&self, fact: FactId, voice: Voice) -> String {
        let title = &self.book.facts[fact].title;
        let value = match voice.turn {
            Turn::Straight => "yes",
            Turn::Turned => "no",
        };
        match voice.place {
            Place::Alone => format!("{title}: {value}"),
            Place::Inside => format!("“{title}” is {value}"),
        }
    }

    fn one_of(&self, fact: FactId, options: &[usize], voice: Voice) -> String {
        let fact_titles = self.book.facts[fact].kind.choices();
        let title = |place: &usize| fact_titles.get(*place).map(|choice| choice.title.clone());
        let subject = voice.title(&self.book.facts[fact].title);
        let known = match self.found(fact, voice) {
            Some(Value::Choice(option)) => title(option),
            Some(_) | None => None,
        };
        let named = quoted(options.iter().filter_map(title));
        match (voice.turn, voice.place, known) {
            // What is so tells by itself that the rest is not.
            (_, Place::Alone, Some(known)) => format!("{subject}: {known}"),
            (_, Place::Inside, Some(known)) => format!("{subject} is “{known}”"),
            (Turn::Straight, Place::Alone, None) => format!("{subject}: {}", or(&plain(&named))),
            (Turn::Straight, Place::Inside, None) => format!("{subject} is {}", or(&named)),
            (Turn::Turned, _, None) => format!("{subject} is {}", not(&named)),
        }
    }

    fn includes(&self, fact: FactId, option: usize, voice: Voice) -> String {
        let option = self.book.facts[fact].kind.choices().get(option);
        let option = option.map(|choice| choice.title.as_str()).unwrap_or_default();
        let verb = match voice.turn {
            Turn::Straight => "includes",
            Turn::Turned => "does not include",
        };
        format!("{} {verb} “{option}”", voice.title(&self.book.facts[fact].title))
    }

    /// `Main CPV code is 85312400 (…)`, or is not.
    fn is(&self, fact: FactId, what: &str, voice: Voice) -> String {
        format!("{} {} {what}", voice.title(&self.book.facts[fact].title), voice.verb())
    }

    fn in_list(&self, fact: FactId, list: ListId, voice: Voice) -> String {
        let title = voice.title(&self.book.facts[fact].title);
        let subject = match self.found(fact, voice) {
            Some(Value::Code(known)) => format!("{title} {},", code(*known)),
            Some(_) | None => title,
        };
        format!("{subject} {} on the list “{}”", voice.verb(), self.book.lists[list].title)
    }

    fn outcome(&self, decision: DecisionId, outcomes: &[usize], voice: Voice) -> String {
        let title = |place: &usize| {
            self.book.outcome(decision, *place).map(|outcome| outcome.title.clone())
        };
        let question = &self.book.decisions[decision].title;
        let named = quoted(outcomes.iter().filter_map(title));
        let known = self.settled(decision, voice).as_ref().and_then(title);
        let subject = match voice.place {
            Place::Alone if question.ends_with('?') => format!("{question} —"),
            Place::Alone => format!("{question}:"),
            Place::Inside => format!("the answer to “{question}” is"),
        };
        match (voice.turn, voice.place, known) {
            (_, Place::Alone, Some(known)) => format!("{subject} {known}"),
            (_, Place::Inside, Some(known)) => format!("{subject} “{known}”"),
            (Turn::Straight, Place::Alone, None) => format!("{subject} {}", or(&plain(&named))),
            (Turn::Straight, Place::Inside, None) => format!("{subject} {}", or(&named)),
            (Turn::Turned, _, None) => format!("{subject} {}", not(&named)),
        }
    }

    /// What is known of a fact, where the words tell what was found.
    pub(super) fn found(&self, fact: FactId, voice: Voice) -> Option<&Value> {
        match voice.footing {
            Footing::Found => self.answer?.facts.get(fact),
            Footing::Supposed => None,
        }
    }

    /// The outcome of a decision, where it is settled and the words tell what was found.
    fn settled(&self, decision: DecisionId, voice: Voice) -> Option<usize> {
        match (voice.footing, self.possible(decision)) {
            (Footing::Found, Some([only])) => Some(*only),
            (Footing::Found | Footing::Supposed, _) => None,
        }
    }

    /// The outcomes of a decision still possible in the answer.
    pub(super) fn possible(&self, decision: DecisionId) -> Option<&[usize]> {
        let findings = &self.answer?.decisions;
        let finding = findings.iter().find(|finding| finding.decision == decision)?;
        Some(&finding.possible)
    }
}

impl Voice {
    pub(super) const fn verb(self) -> &'static str {
        match self.turn {
            Turn::Straight => "is",
            Turn::Turned => "is not",
        }
    }
}

/// `The route is A or B`, or is neither.
fn considered(subject: &str, titles: &[String], voice: Voice) -> String {
    let subject = voice.opening(subject);
    match voice.turn {
        Turn::Straight => format!("{subject} is {}", or(titles)),
        Turn::Turned => format!("{subject} is {}", not(titles)),
    }
}

/// `not A`, `neither A nor B`, `none of A, B and C`.
fn not(titles: &[String]) -> String {
    match titles {
        [only] => format!("not {only}"),
        [first, second] => format!("neither {first} nor {second}"),
        _ => format!("none of {}", and(titles)),
    }
}

fn quoted(titles: impl Iterator<Item = String>) -> Vec<String> {
    titles.map(|title| format!("“{title}”")).collect()
}

/// A lone title loses its quotes: there is nothing to keep it apart from.
fn plain(titles: &[String]) -> Vec<String> {
    match titles {
        [only] => vec![only.trim_matches(['“', '”']).to_owned()],
        _ => titles.to_vec(),
    }
}

/// Whether a condition's words are a list.
fn is_several(condition: &Condition) -> bool {
    match condition {
        Condition::All(limbs) | Condition::Any(limbs) => limbs.len() > 1,
        Condition::AtLeast(..) => true,
        Condition::Not(inner) => is_several(inner),
        Condition::Yes(_)
        | Condition::OneOf(..)
        | Condition::Includes(..)
        | Condition::TextIs(..)
        | Condition::CodeIs(..)
        | Condition::InList(..)
        | Condition::Known(_)
        | Condition::Outcome(..)
        | Condition::RouteIs(_)
        | Condition::ModelIs(_)
        | Condition::Compare(..)
        | Condition::Gap(..) => false,
    }
}
