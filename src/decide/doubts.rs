//! The doubts that the answer turned on.

use std::collections::BTreeSet;

use super::answer::{
    About, ChecklistItem, DocumentFinding, DoubtFinding, Ground, Known, ModelFinding,
    PeriodFinding, Reads, RouteFinding, Standing, TestFinding, Timetable,
};
use super::evaluation::Evaluation;
use crate::pack::{AmountRow, Citation, Condition, DecisionId, Doubt, ListRows, Test};

/// The doubts of the tests that decided each route of the packs that apply, of the cases that they
/// rest on, of the figures they compared and the rows of lists they found; and of the documents that
/// are needed or forbidden and the time limits that apply for certain.
pub(super) fn doubts(
    evaluation: &Evaluation<'_>,
    routes: &[RouteFinding<'_>],
    models: &[ModelFinding<'_>],
    checklist: &[ChecklistItem<'_>],
    timetable: &Timetable<'_>,
) -> Vec<DoubtFinding> {
    let mut gathered = Gathered { evaluation, doubts: Vec::new(), decisions: BTreeSet::new() };
    let book = evaluation.book();
    for finding in routes {
        let route = &book.routes[finding.route];
        if evaluation.applies(route.pack) == Known::No {
            continue;
        }
        let about = About::Route(finding.route);
        if finding.standing != Standing::Barred {
            gathered.add(&route.doubts, &route.citations, about);
        }
        gathered.tests(decisive(finding), about);
    }
    for finding in
        models.iter().filter(|finding| finding.fits != Known::No && !finding.carried_by.is_empty())
    {
        let model = &book.models[finding.model];
        gathered.add(&model.doubts, &model.citations, About::Model(finding.model));
        gathered.tests(finding.tests.iter().collect(), About::Model(finding.model));
    }
    for item in checklist {
        if let ChecklistItem::Document(finding) = item
            && finding.needed == Known::Yes
        {
            gathered.document(finding);
        }
    }
    for item in checklist {
        if let ChecklistItem::Forbidden(finding) = item
            && finding.forbidden == Known::Yes
        {
            for test in &finding.tests {
                gathered.add(&test.doubts, &test.citations, About::Document(finding.document));
                let mut reads = Reads::default();
                evaluation.read(&test.condition, &mut reads);
                gathered.reads(&reads);
            }
        }
    }
    for finding in timetable.periods.iter().filter(|finding| finding.applies == Known::Yes) {
        gathered.period(finding);
    }
    gathered.doubts
}

/// The tests that make a route's standing what it is.
fn decisive<'f, 'g>(finding: &'f RouteFinding<'g>) -> Vec<&'f TestFinding<'g>> {
    let wanted = match finding.standing {
        Standing::Open => Known::Yes,
        Standing::Barred => Known::No,
        Standing::Unsettled => return finding.tests.iter().collect(),
    };
    finding.tests.iter().filter(|test| test.holds == wanted).collect()
}

/// The doubts so far.
struct Gathered<'e, 'g> {
    evaluation: &'e Evaluation<'g>,
    doubts: Vec<DoubtFinding>,
    decisions: BTreeSet<DecisionId>,
}

impl Gathered<'_, '_> {
    fn add(&mut self, doubts: &[Doubt], citations: &[Citation], about: About) {
        for doubt in doubts {
            let words = doubt.words.clone();
            if let Some(seen) = self.doubts.iter_mut().find(|seen| seen.words == words) {
                seen.citations.extend(citations.to_vec());
                seen.citations.sort();
                seen.citations.dedup();
                continue;
            }
            self.doubts.push(DoubtFinding { words, citations: citations.to_vec(), about });
        }
    }

    fn tests(&mut self, tests: Vec<&TestFinding<'_>>, about: About) {
        for finding in tests {
            match finding.ground {
                Ground::Gate(test) | Ground::Test(test) => {
                    self.add(&test.doubts, &test.citations, about);
                }
                Ground::PackInForce(_) | Ground::RouteInForce(_) | Ground::Foreseen => {}
            }
            self.reads(&finding.reads);
        }
    }

    fn document(&mut self, finding: &DocumentFinding<'_>) {
        let document = &self.evaluation.book().documents[finding.document];
        let about = About::Document(finding.document);
        self.add(&document.doubts, &document.citations, about);
        self.written(&document.tests, about);
        for (due, _) in &finding.due {
            self.add(&due.doubts, &due.citations, about);
        }
    }

    /// The doubts of a period and of its length: a length that was ruled out carries none of its
    /// own, but what ruled it out may.
    fn period(&mut self, finding: &PeriodFinding<'_>) {
        let evaluation = self.evaluation;
        let period = &evaluation.book().periods[finding.period];
        let about = About::Period(finding.period);
        self.add(&period.doubts, &period.citations, about);
        self.written(&period.tests, about);
        self.add(&finding.length.doubts, &finding.length.citations, about);
        for row in period.lengths.iter().filter(|row| evaluation.is_in_force(row.in_force)) {
            if let Some(condition) = &row.condition {
                self.condition(condition);
            }
            if std::ptr::eq(row, finding.length) {
                break;
            }
        }
    }

    /// The doubts of tests that are known to hold where they are in force.
    fn written(&mut self, tests: &[Test], about: About) {
        for test in tests.iter().filter(|test| self.evaluation.is_in_force(test.in_force)) {
            self.add(&test.doubts, &test.citations, about);
            self.condition(&test.condition);
        }
    }

    fn condition(&mut self, condition: &Condition) {
        let mut reads = Reads::default();
        self.evaluation.read(condition, &mut reads);
        self.reads(&reads);
    }

    /// The doubts of the figures and rows read and of the cases that decided the decisions read.
    fn reads(&mut self, reads: &Reads) {
        self.figures(reads);
        let evaluation = self.evaluation;
        for decision in evaluation.decisions_behind([reads]) {
            if !self.decisions.insert(decision) {
                continue;
            }
            let cases =
                evaluation.decision(decision).into_iter().flat_map(|finding| &finding.cases);
            // A case that was ruled out carries no doubt of its own, but what ruled it out may.
            for case in cases {
                let rule = evaluation.book().decisions[decision].cases.get(case.case);
                if let Some(rule) = rule.filter(|_| case.holds != Known::No) {
                    self.add(&rule.doubts, &rule.citations, About::Decision(decision));
                }
                self.figures(&case.reads);
            }
        }
    }

    fn figures(&mut self, reads: &Reads) {
        let evaluation = self.evaluation;
        for (amount, figures) in &reads.amounts {
            let rows = evaluation.book().amounts[*amount].rows.iter();
            let is_read = |row: &&AmountRow| {
                evaluation.is_in_force(row.in_force) && figures.contains(&row.value)
            };
            for row in rows.filter(is_read) {
                self.add(&row.doubts, &row.citations, About::Amount(*amount));
            }
        }
        for (list, place) in &reads.rows {
            let rows = match &evaluation.book().lists[*list].rows {
                ListRows::Codes(rows) => rows.as_slice(),
                ListRows::Dates(_) => &[],
            };
            if let Some(row) = rows.get(*place) {
                self.add(&row.doubts, &row.citations, About::List(*list));
            }
        }
    }
}
