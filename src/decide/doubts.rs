//! The doubts that the answer turned on.

use std::collections::BTreeSet;

use super::answer::{
    About, ChecklistItem, DoubtFinding, Ground, Known, ModelFinding, Reads, RouteFinding, Standing,
    TestFinding,
};
use super::evaluation::Evaluation;
use crate::pack::{AmountRow, Citation, DecisionId, Doubt};

/// The doubts of the tests that decided each route of the packs that apply, of the cases that they
/// rest on, of the figures they compared, and of the documents that are needed or forbidden for
/// certain.
pub(super) fn doubts(
    evaluation: &Evaluation<'_>,
    routes: &[RouteFinding<'_>],
    models: &[ModelFinding<'_>],
    checklist: &[ChecklistItem<'_>],
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
            let document = &book.documents[finding.document];
            let about = About::Document(finding.document);
            gathered.add(&document.doubts, &document.citations, about);
            for test in document.tests.iter().filter(|test| evaluation.is_in_force(test.in_force)) {
                gathered.add(&test.doubts, &test.citations, about);
                let mut reads = Reads::default();
                evaluation.read(&test.condition, &mut reads);
                gathered.reads(&reads);
            }
            for (due, _) in &finding.due {
                gathered.add(&due.doubts, &due.citations, about);
            }
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
                Ground::PackInForce(_) | Ground::RouteInForce(_) => {}
            }
            self.reads(&finding.reads);
        }
    }

    /// The doubts of the figures read and of the cases that decided the decisions read.
    fn reads(&mut self, reads: &Reads) {
        self.amounts(reads);
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
                self.amounts(&case.reads);
            }
        }
    }

    fn amounts(&mut self, reads: &Reads) {
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
    }
}
