//! What a thing in the rules is, in words: for `clearway explain`.

use textwrap::{Options, WordSplitter};

use super::words::{not_to_be, sentence, test_in_words, value, value_in_words};
use crate::pack::{
    Amount, Citation, Decision, Document, Fact, FactId, FactKind, List, ListRows, Model, Route,
    Rulebook, Test, Thing,
};
use crate::syntax::tree::{VatBasis, in_force_as_written};

/// A page on a thing, wrapped to the width.
#[must_use]
pub fn explanation(book: &Rulebook, thing: Thing, width: usize) -> String {
    let mut page = Page { text: String::new(), width };
    match thing {
        Thing::Pack(id) => {
            let pack = &book.packs[id];
            page.heading("pack", &pack.name, &pack.title);
            page.line(&format!(
                "Version {}, in force {}.",
                pack.version,
                in_force_as_written(pack.in_force)
            ));
            page.line(&format!("Extends to: {}.", pack.extent.join(", ").replace('_', " ")));
            page.tests(book, "Applies when", pack.gate.as_slice());
            page.citations(&pack.citations);
        }
        Thing::Source(id) => {
            let source = &book.sources[id];
            page.heading("source", &source.name, &source.title);
            page.line(&crate::pack::address(&source.address, None));
        }
        Thing::Fact(id) => page.fact(book, id, &book.facts[id]),
        Thing::Amount(id) => page.amount(book, &book.amounts[id]),
        Thing::List(id) => page.list(&book.lists[id]),
        Thing::Calendar(id) => {
            let calendar = &book.calendars[id];
            page.heading("calendar", &calendar.name, &calendar.title);
            page.line("Every day but Saturdays, Sundays and the days of these lists:");
            for list in &calendar.holidays {
                page.bullet(&book.lists[*list].title);
            }
            page.citations(&calendar.citations);
        }
        Thing::Event(id) => {
            let event = &book.events[id];
            page.heading("event", &event.name, &event.title);
            if let Some(fact) = event.dated_by {
                page.line(&format!("Its day is given by {}.", book.facts[fact].name));
            }
        }
        Thing::Decision(id) => page.decision(book, &book.decisions[id]),
        Thing::Route(id) => page.route(book, &book.routes[id]),
        Thing::Model(id) => page.model(book, &book.models[id]),
        Thing::Document(id) => page.document(book, &book.documents[id]),
        Thing::Period(id) => {
            let period = &book.periods[id];
            page.heading("period", &period.name, &period.title);
            let (from, to) = (book.event_title(period.from), book.event_title(period.to));
            page.line(&format!("From: {from}. To: {to}."));
            page.tests(book, "Applies when", &period.tests);
            page.citations(&period.citations);
        }
    }
    page.text.truncate(page.text.trim_end().len());
    page.text.push('\n');
    page.text
}

/// The page so far.
struct Page {
    text: String,
    width: usize,
}

impl Page {
    fn wrapped(&mut self, text: &str, first: &str, rest: &str) {
        let options =
            Options::new(self.width.max(20)).initial_indent(first).subsequent_indent(rest);
        let options = options.word_splitter(WordSplitter::NoHyphenation).break_words(false);
        self.text.push_str(&textwrap::fill(text, options));
        self.text.push('\n');
    }

    /// An empty line, unless there is one already.
    fn gap(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn line(&mut self, text: &str) {
        self.wrapped(text, "", "");
    }

    fn bullet(&mut self, text: &str) {
        self.wrapped(text, "  - ", "    ");
    }

    fn heading(&mut self, kind: &str, name: &str, title: &str) {
        self.line(&format!("{title} ({kind} {name})"));
        self.gap();
    }

    fn citations(&mut self, citations: &[Citation]) {
        if citations.is_empty() {
            return;
        }
        self.gap();
        for citation in citations {
            self.bullet(&format!("{}: {}", citation.label, citation.url));
        }
    }

    fn tests(&mut self, book: &Rulebook, heading: &str, tests: &[Test]) {
        if tests.is_empty() {
            return;
        }
        self.gap();
        self.line(&format!("{heading}:"));
        for test in tests {
            let cited: Vec<&str> =
                test.citations.iter().map(|citation| citation.label.as_str()).collect();
            let period = in_force_as_written(test.in_force);
            let period = if period.is_empty() { period } else { format!(", {period}") };
            self.bullet(&format!("{} [{}{period}]", test_in_words(book, test), cited.join("; ")));
            for doubt in &test.doubts {
                self.wrapped(&format!("Doubtful: {}", doubt.words), "    ", "    ");
            }
        }
    }

    fn fact(&mut self, book: &Rulebook, id: FactId, fact: &Fact) {
        self.heading("fact", &fact.name, &fact.title);
        self.line(&fact.ask);
        if let Some(help) = &fact.help {
            self.line(help);
        }
        self.gap();
        self.line(&format!("In a commission's JSON: {}", answers(book, id, &fact.kind)));
        for choice in fact.kind.choices() {
            self.bullet(&format!("\"{}\": {}", choice.name, choice.title));
        }
        if let Some(judgement) = &fact.judgement {
            self.line(&format!(
                "The authority's judgement. Record: {}.",
                judgement.words.trim_end_matches('.')
            ));
        }
        if fact.is_choosable {
            self.line("The authority may choose this.");
        }
        if let Some(sum) = &fact.sum {
            let cited = labels(&sum.citations);
            self.line(&format!(
                "Where it is left out, it is the sum of these, once all are given [{cited}]:"
            ));
            for part in &sum.parts {
                let part = &book.facts[*part];
                self.bullet(&format!("{} ({})", part.title, part.name));
            }
        }
        for total in book.sums_with(id) {
            let total = &book.facts[total];
            self.line(&format!(
                "A part of {} ({}), and needed for nothing else.",
                total.title, total.name
            ));
        }
        for evidence in &fact.evidence {
            self.line(&format!("Evidence: {}.", evidence.trim_end_matches('.')));
        }
        self.citations(&fact.citations);
    }

    fn amount(&mut self, book: &Rulebook, amount: &Amount) {
        self.heading("amount", &amount.name, &amount.title);
        if amount.is_left_to_layers {
            self.line(match (amount.filled_by, amount.has_own_figures) {
                (None, true) => "These figures hold until a layer fills in its own.",
                (None, false) => "Left to layers, and no layer fills it: the figure is unknown.",
                (Some(_), true) => "Left to layers. A layer's figures replace the others for as long as the layer is in force.",
                (Some(_), false) => "Left to layers, and known only while the layer that fills it is in force.",
            });
        }
        for row in &amount.rows {
            let class = amount
                .class
                .zip(row.class)
                .and_then(|(class, place)| book.class_choices(class).get(place));
            let class = class.map_or_else(String::new, |choice| format!("{}: ", choice.title));
            let value = row.value.as_ref().map_or_else(
                || "the law gives no figure".to_owned(),
                |figure| value(&amount.kind, figure),
            );
            let cited: Vec<&str> =
                row.citations.iter().map(|citation| citation.label.as_str()).collect();
            let period = in_force_as_written(row.in_force);
            let period = if period.is_empty() { period } else { format!(" {period}") };
            let layer = (row.pack != amount.pack).then(|| &book.packs[row.pack].title);
            let layer = layer.map_or_else(String::new, |layer| format!(", as {layer} says"));
            self.bullet(&format!("{class}{value}{period}{layer} [{}]", cited.join("; ")));
        }
    }

    fn list(&mut self, list: &List) {
        self.heading("list", &list.name, &list.title);
        match &list.rows {
            ListRows::Codes(rows) => {
                let n_sets: usize = rows.iter().map(|row| row.codes.len()).sum();
                self.line(&format!("{n_sets} codes or ranges of codes of the CPV 2008."));
            }
            ListRows::Dates(dates) => {
                self.line(&format!(
                    "{} days, {}.",
                    dates.len(),
                    in_force_as_written(list.in_force)
                ));
            }
        }
        self.citations(&list.citations);
    }

    fn decision(&mut self, book: &Rulebook, decision: &Decision) {
        self.heading("decision", &decision.name, &decision.title);
        if let Some(note) = &decision.note {
            self.line(note);
        }
        self.line("Tried in this order:");
        for case in &decision.cases {
            let outcome = decision
                .outcomes
                .get(case.outcome)
                .map(|outcome| outcome.title.as_str())
                .unwrap_or_default();
            let when = match (&case.says, &case.condition) {
                (Some(says), _) => says.clone(),
                (None, Some(condition)) => sentence(book, condition),
                (None, None) => "otherwise".to_owned(),
            };
            let cited: Vec<&str> =
                case.citations.iter().map(|citation| citation.label.as_str()).collect();
            let period = in_force_as_written(case.in_force);
            let period = if period.is_empty() { period } else { format!(" ({period})") };
            self.bullet(&format!("{outcome}{period}: {when} [{}]", cited.join("; ")));
        }
    }

    fn route(&mut self, book: &Rulebook, route: &Route) {
        self.heading("route", &route.name, &route.title);
        if let Some(note) = &route.note {
            self.line(note);
        }
        self.tests(book, "The pack applies when", book.packs[route.pack].gate.as_slice());
        self.tests(book, "Open when all of these hold", &route.tests);
        if let Some(mandatory) = &route.mandatory {
            self.text.push('\n');
            let cited = labels(&mandatory.citations);
            self.line(&format!(
                "Where it is open, the law leaves no choice but to take it [{cited}]."
            ));
        }
        if !route.excludes.is_empty() {
            self.text.push('\n');
            self.line("Never open together with:");
        }
        for excluded in &route.excludes {
            let other = &book.routes[excluded.route];
            let cited = labels(&excluded.citations);
            self.bullet(&format!("{} ({}) [{cited}]", other.title, other.name));
        }
        self.citations(&route.citations);
    }

    fn model(&mut self, book: &Rulebook, model: &Model) {
        self.heading("model", &model.name, &model.title);
        if let Some(note) = &model.note {
            self.line(note);
        }
        self.tests(book, "A commission is one when all of these hold", &model.tests);
        self.tests(book, "A good design shows", &model.gates);
        self.gap();
        self.line("Routes that can carry it:");
        for route in &model.carried_by {
            self.bullet(&format!("{} ({})", book.routes[*route].title, book.routes[*route].name));
        }
        self.citations(&model.citations);
    }

    fn document(&mut self, book: &Rulebook, document: &Document) {
        self.heading("document", &document.name, &document.title);
        if let Some(note) = &document.note {
            self.line(note);
        }
        for words in &document.contains {
            self.bullet(&words.words);
        }
        for words in &document.publish {
            self.line(&format!(
                "Published: {} {}",
                words.words,
                in_force_as_written(words.in_force)
            ));
        }
        self.tests(book, "Needed when all of these hold", &document.tests);
        let heading = format!("{} when any of these holds", not_to_be(document.kind));
        self.tests(book, &heading, &document.forbidden);
        self.citations(&document.citations);
    }
}

fn labels(citations: &[Citation]) -> String {
    citations.iter().map(|citation| citation.label.as_str()).collect::<Vec<_>>().join("; ")
}

/// How a fact is answered in JSON.
fn answers(book: &Rulebook, id: FactId, kind: &FactKind) -> String {
    let words = |value| value_in_words(book, id, &value);
    match kind {
        FactKind::YesNo => "true or false.".to_owned(),
        FactKind::OneOf(_) => "one of:".to_owned(),
        FactKind::SomeOf(_) => "a list of some of:".to_owned(),
        FactKind::Number(least, most) => format!("a whole number from {least} to {most}."),
        FactKind::Percentage(least, most) => {
            format!("a percentage such as \"25%\", from {least} to {most}.")
        }
        FactKind::Money(basis, least, most) => {
            let basis = match basis {
                Some(VatBasis::Including) => ", including VAT",
                Some(VatBasis::Excluding) => ", excluding VAT",
                None => "",
            };
            let (least, most) =
                (words(crate::pack::Value::Money(*least)), words(crate::pack::Value::Money(*most)));
            format!("money such as \"£207,720\"{basis}, from {least} to {most}.")
        }
        FactKind::Date => "a date such as \"2025-02-24\".".to_owned(),
        FactKind::Duration => "a duration such as \"5 years\".".to_owned(),
        FactKind::Text => "words in quotes.".to_owned(),
        FactKind::Cpv => "a CPV code such as \"85312400\".".to_owned(),
    }
}
