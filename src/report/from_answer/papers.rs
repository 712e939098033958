//! The checklist and the timetable in words.

use std::collections::BTreeSet;

use crate::decide::{
    BanFinding, ChecklistItem, DocumentFinding, EventFinding, Known, PeriodFinding, Recommendation,
    Undecided,
};
use crate::pack::{self, DatedWords, Document, FactId, RouteId, Test};
use crate::quantity::{Date, date_in_words};

use super::{Telling, citations, holds, iso};
use crate::report::wire::{self, Needed};
use crate::report::words;

impl Telling<'_> {
    pub(super) fn checklist(&self) -> Vec<wire::ChecklistItem> {
        let items = self.answer.checklist.iter().map(|item| match item {
            ChecklistItem::Document(finding) => self.document(finding),
            ChecklistItem::Forbidden(finding) => self.forbidden(finding),
            ChecklistItem::RecordReasons(fact) => self.reasons_to_record(*fact),
        });
        items.collect()
    }

    fn document(&self, finding: &DocumentFinding<'_>) -> wire::ChecklistItem {
        let document = &self.book.documents[finding.document];
        let tests = document.tests.iter().filter(|test| test.in_force.holds_on(self.answer.as_at));
        let publish = self.at_date(&document.publish);
        wire::ChecklistItem {
            document: Some(document.name.clone()),
            title: document.title.clone(),
            kind: kind(document.kind),
            force: force(document.force),
            stage: stage(document.stage),
            needed: match finding.needed {
                Known::Yes => Needed::Certain,
                Known::No | Known::Unknown => Needed::Conditional,
            },
            only_if: match finding.needed {
                Known::Yes => None,
                Known::No | Known::Unknown => Some(self.only_if(document, finding)),
            },
            due: self.due(finding),
            publish: (!publish.is_empty()).then(|| publish.join("; ")),
            contains: self.at_date(&document.contains),
            note: document.note.clone(),
            citations: citations(
                document.citations.iter().chain(tests.flat_map(|test| &test.citations)),
            ),
            fact: None,
        }
    }

    /// A document that must not exist: what forbids it, and in which case.
    fn forbidden(&self, finding: &BanFinding<'_>) -> wire::ChecklistItem {
        let document = &self.book.documents[finding.document];
        let says = finding.tests.iter().filter_map(|test| test.says.as_deref());
        let says: Vec<&str> = says.collect();
        wire::ChecklistItem {
            document: Some(document.name.clone()),
            title: format!("{}: {}", words::not_to_be(document.kind), document.title),
            kind: kind(document.kind),
            force: wire::Force::Law,
            stage: stage(document.stage),
            needed: Needed::Forbidden,
            only_if: match finding.forbidden {
                Known::Yes => None,
                Known::No | Known::Unknown => Some(self.forbidden_only_if(document, finding)),
            },
            due: Vec::new(),
            publish: None,
            contains: Vec::new(),
            note: (!says.is_empty()).then(|| says.join(" ")),
            citations: citations(finding.tests.iter().flat_map(|test| &test.citations)),
            fact: None,
        }
    }

    fn at_date(&self, words: &[DatedWords]) -> Vec<String> {
        let in_force = words.iter().filter(|words| words.in_force.holds_on(self.answer.as_at));
        in_force.map(|words| words.words.clone()).collect()
    }

    /// The due rules, each with its condition where several may yet apply.
    fn due(&self, finding: &DocumentFinding<'_>) -> Vec<wire::Due> {
        let is_open = finding.due.len() > 1;
        let due = finding.due.iter().map(|(due, by)| {
            let condition = due.condition.as_ref().filter(|_| is_open);
            wire::Due {
                says: self.wording.due(&due.rule, condition),
                by: by.map(iso),
                citations: citations(&due.citations),
            }
        });
        due.collect()
    }

    /// On what a document's being needed still turns: the open parts of its tests, and the route.
    fn only_if(&self, document: &Document, finding: &DocumentFinding<'_>) -> String {
        let in_force =
            document.tests.iter().filter(|test| test.in_force.holds_on(self.answer.as_at));
        let open = self.open_gate(document).into_iter().chain(in_force);
        let open = open.filter_map(|test| self.open_words(test)).collect();
        let open = self.all_open(open, &finding.routes, &finding.waits);
        let missing = self.missing(&finding.missing).into_iter().map(|one| one.says);
        match missing.collect::<Vec<_>>().as_slice() {
            [] => open,
            missing => format!("{open} (it waits for {})", words::and(missing)),
        }
    }

    /// On what a document's being forbidden still turns: the open part of any of its bans, where
    /// none is settled, and the route.
    fn forbidden_only_if(&self, document: &Document, finding: &BanFinding<'_>) -> String {
        let bans: Option<Vec<String>> =
            finding.tests.iter().map(|test| self.open_words(test)).collect();
        let bans = bans.filter(|bans| !bans.is_empty()).map(|bans| words::or(&bans));
        let gate = self.open_gate(document).and_then(|gate| self.open_words(gate));
        let open = gate.into_iter().chain(bans).collect();
        self.all_open(open, &finding.routes, &finding.waits)
    }

    /// The gate of a document's pack, where it waits for facts.
    fn open_gate(&self, document: &Document) -> Option<&Test> {
        let pack = self.answer.packs.iter().find(|pack| pack.pack == document.pack);
        let gate = pack.and_then(|pack| pack.gate.as_ref());
        gate.filter(|gate| gate.holds == Known::Unknown)
            .and(self.book.packs[document.pack].gate.as_ref())
    }

    /// The part of a test that waits for facts, in words.
    fn open_words(&self, test: &Test) -> Option<String> {
        let open = self.wording.open_part(&test.condition)?;
        Some(self.wording.inside(&open))
    }

    /// Open parts that must all turn out so, and the routes where they are not all in play; where
    /// there are neither, the facts waited for.
    fn all_open(
        &self,
        mut parts: Vec<String>,
        routes: &[RouteId],
        waits: &BTreeSet<FactId>,
    ) -> String {
        if routes.len() < self.in_play().len() {
            let titles = routes.iter().map(|route| &self.book.routes[*route].title);
            let titles: Vec<String> = titles.map(|title| format!("“{title}”")).collect();
            parts.push(format!("the route is {}", words::or(&titles)));
        }
        if parts.is_empty() {
            let titles = waits.iter().map(|fact| &self.book.facts[*fact].title);
            let titles: Vec<String> = titles.map(|title| format!("“{title}”")).collect();
            return format!("the facts turn out so: {}", words::and(&titles));
        }
        parts.join(", and ")
    }

    /// The routes that the checklist is about.
    fn in_play(&self) -> &[RouteId] {
        match &self.answer.recommendation {
            Recommendation::Take { route, .. } => std::slice::from_ref(route),
            Recommendation::Undecided(Undecided::Tie(routes) | Undecided::Waits(routes, _)) => {
                routes
            }
            Recommendation::Undecided(Undecided::NoRules | Undecided::NoneLawful) => &[],
        }
    }

    fn reasons_to_record(&self, id: FactId) -> wire::ChecklistItem {
        let fact = &self.book.facts[id];
        let judgement = fact.judgement.as_ref();
        let words = judgement.map_or(fact.title.as_str(), |judgement| judgement.words.as_str());
        let own = judgement.map(|judgement| &judgement.citations).filter(|own| !own.is_empty());
        wire::ChecklistItem {
            document: None,
            title: format!("Record your reasons: {words}"),
            kind: wire::DocumentKind::Record,
            force: wire::Force::Law,
            stage: wire::Stage::Define,
            needed: Needed::Certain,
            only_if: None,
            due: Vec::new(),
            publish: None,
            contains: Vec::new(),
            note: None,
            citations: citations(own.unwrap_or(&fact.citations)),
            fact: Some(fact.name.clone()),
        }
    }

    pub(super) fn timetable(&self) -> wire::Timetable {
        let timetable = &self.answer.timetable;
        wire::Timetable {
            route: timetable.route.map(|route| self.book.routes[route].name.clone()),
            events: timetable.events.iter().map(|finding| self.event(finding)).collect(),
            periods: timetable.periods.iter().map(|finding| self.period(finding)).collect(),
            note: self.timetable_note(self.answer.as_at),
        }
    }

    fn event(&self, finding: &EventFinding) -> wire::Happening {
        wire::Happening {
            event: self.book.event_name(finding.event).to_owned(),
            title: self.book.event_title(finding.event).to_owned(),
            date: finding.date.map(iso),
            given: finding.is_given,
            conditional: finding.is_conditional,
        }
    }

    fn period(&self, finding: &PeriodFinding<'_>) -> wire::TimeLimit {
        let period = &self.book.periods[finding.period];
        let tests = period.tests.iter().filter(|test| test.in_force.holds_on(self.answer.as_at));
        let cited = finding.length.citations.iter().chain(&period.citations);
        wire::TimeLimit {
            period: period.name.clone(),
            title: period.title.clone(),
            from: self.book.event_name(period.from).to_owned(),
            to: self.book.event_name(period.to).to_owned(),
            length: words::length(finding.length),
            starts: finding.starts.map(iso),
            ends: finding.ends.map(iso),
            applies: holds(finding.applies),
            calendar: finding.calendar.map(|calendar| self.book.calendars[calendar].title.clone()),
            past_calendar: finding.is_past_calendar,
            citations: citations(cited.chain(tests.flat_map(|test| &test.citations))),
        }
    }

    fn timetable_note(&self, as_at: Date) -> Option<String> {
        let timetable = &self.answer.timetable;
        if timetable.events.is_empty() {
            return None;
        }
        let start = format!(
            "The earliest dates that the law allows, if it begins on {}.",
            date_in_words(as_at)
        );
        let is_past_calendar = timetable.periods.iter().any(|period| period.is_past_calendar);
        let late = " Some run past the bank holidays that are known: check those years.";
        Some(if is_past_calendar { start + late } else { start })
    }
}

const fn kind(kind: pack::DocumentKind) -> wire::DocumentKind {
    match kind {
        pack::DocumentKind::Notice => wire::DocumentKind::Notice,
        pack::DocumentKind::Record => wire::DocumentKind::Record,
        pack::DocumentKind::Assessment => wire::DocumentKind::Assessment,
        pack::DocumentKind::Approval => wire::DocumentKind::Approval,
        pack::DocumentKind::Agreement => wire::DocumentKind::Agreement,
        pack::DocumentKind::Letter => wire::DocumentKind::Letter,
        pack::DocumentKind::Statement => wire::DocumentKind::Statement,
    }
}

const fn force(force: pack::Force) -> wire::Force {
    match force {
        pack::Force::Law => wire::Force::Law,
        pack::Force::Policy => wire::Force::Policy,
        pack::Force::Practice => wire::Force::Practice,
    }
}

const fn stage(stage: pack::Stage) -> wire::Stage {
    match stage {
        pack::Stage::Plan => wire::Stage::Plan,
        pack::Stage::Define => wire::Stage::Define,
        pack::Stage::Procure => wire::Stage::Procure,
        pack::Stage::Award => wire::Stage::Award,
        pack::Stage::Manage => wire::Stage::Manage,
    }
}
