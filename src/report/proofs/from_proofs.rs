//! The proofs put into words, once for text and JSON.

use super::{PROOFS_VERSION, Proved, words};
use crate::facts;
use crate::prove::{Claim, ClaimKind, Example, Reason, Refutation, Verdict};
use crate::quantity::date_in_words;
use crate::report::wire::{
    Clause, ExampleFact, Finding, GivenUp, GivenUpReason, Kind, KindName, Place, Proofs, Prover,
    ShownBy,
};
use crate::report::words::{capital, stopped, value};
use crate::source::Span;

/// The proofs in words.
pub(super) fn wire(proved: &Proved<'_>) -> Proofs {
    let findings = |is_remark: bool| {
        let refuted = proved.proofs.refuted();
        let wanted = refuted.filter(move |(claim, _)| claim.is_remark() == is_remark);
        let mut wanted: Vec<(&Claim, &Refutation)> = wanted.collect();
        wanted.sort_by_key(|(claim, _)| (claim.kind(), claim.place(proved.graph.book())));
        wanted.into_iter().map(|(claim, refutation)| proved.finding(claim, refutation)).collect()
    };
    Proofs {
        engine: Prover {
            name: "clearway",
            version: env!("CARGO_PKG_VERSION"),
            proofs_version: PROOFS_VERSION,
        },
        packs: proved.packs.to_vec(),
        days: proved.proofs.days.iter().map(ToString::to_string).collect(),
        kinds: ClaimKind::ALL.iter().map(|kind| proved.kind(*kind)).collect(),
        faults: findings(false),
        remarks: findings(true),
        given_up: proved.given_up(),
    }
}

impl Proved<'_> {
    fn kind(&self, kind: ClaimKind) -> Kind {
        let own = self.proofs.verdicts.iter().filter(|(claim, _)| claim.kind() == kind);
        let mut counted = Kind {
            kind: kind_name(kind),
            title: words::title(kind).to_owned(),
            proved: 0,
            refuted: 0,
            remarked: 0,
            given_up: 0,
        };
        for (claim, verdict) in own {
            match verdict {
                Verdict::Proved => counted.proved += 1,
                Verdict::Refuted(_) => {
                    counted.refuted += 1;
                    counted.remarked += usize::from(claim.is_remark());
                }
                Verdict::GaveUp(..) => counted.given_up += 1,
            }
        }
        counted
    }

    fn finding(&self, claim: &Claim, refutation: &Refutation) -> Finding {
        let book = self.graph.book();
        let place = words::place(book, claim, refutation);
        let in_the_way = refutation.clauses.iter().filter(|span| Some(**span) != place);
        let clauses = in_the_way.filter_map(|span| {
            let says = words::in_the_way(book, claim, refutation, *span);
            Some(Clause { place: self.place(*span)?, says, text: self.text_of(*span) })
        });
        Finding {
            kind: kind_name(claim.kind()),
            code: words::code(book, claim, refutation).map(crate::diagnostic::Code::spelling),
            about: words::about(book, claim),
            says: stopped(&capital(&words::fails(book, claim, refutation))),
            place: place.and_then(|span| self.place(span)),
            clauses: clauses.collect(),
            on: refutation.on.map(|day| day.to_string()),
            example: refutation.example.as_ref().map(|example| self.example(example)),
            mend: (!claim.is_remark()).then(|| stopped(&capital(words::mend(claim)))),
        }
    }

    fn example(&self, example: &Example) -> ShownBy {
        let book = self.graph.book();
        let facts = example.facts.iter().map(|(id, known)| {
            let fact = &book.facts[id];
            ExampleFact {
                fact: fact.name.clone(),
                title: fact.title.clone(),
                value: value(&fact.kind, known),
                judgement: fact.judgement.as_ref().map(|judgement| judgement.words.clone()),
            }
        });
        let json = facts::commission_json(book, "", Some(example.as_at), &example.facts);
        ShownBy {
            as_at: example.as_at.to_string(),
            facts: facts.collect(),
            // What was just written as JSON can be read as JSON.
            commission: serde_json::from_str(&json).unwrap_or_default(),
        }
    }

    fn given_up(&self) -> Vec<GivenUp> {
        let book = self.graph.book();
        let given_up = self.proofs.given_up().map(|(claim, day, reason)| GivenUp {
            kind: kind_name(claim.kind()),
            about: words::about(book, claim),
            claim: stopped(&capital(&words::claimed(book, claim))),
            place: claim.place(book).and_then(|span| self.place(span)),
            on: day.to_string(),
            reason: match reason {
                Reason::Budget => GivenUpReason::Budget,
                Reason::Free => GivenUpReason::Comparison,
                Reason::Gap => GivenUpReason::Gap,
                Reason::Lengths => GivenUpReason::Lengths,
            },
            why: stopped(&format!("On {}, {}", date_in_words(day), words::why(reason))),
        });
        given_up.collect()
    }

    fn place(&self, span: Span) -> Option<Place> {
        let source = self.sources.get(span.file)?;
        let (line, _) = source.line_and_column(span.start);
        Some(Place { file: source.path().to_owned(), line })
    }

    /// The first line of a clause, as it is written.
    fn text_of(&self, span: Span) -> String {
        let text = self.sources.get(span.file).and_then(|source| source.text().get(span.range()));
        text.and_then(|text| text.lines().next()).unwrap_or_default().trim().to_owned()
    }
}

const fn kind_name(kind: ClaimKind) -> KindName {
    match kind {
        ClaimKind::NoGaps => KindName::NoGaps,
        ClaimKind::NothingDead => KindName::NothingDead,
        ClaimKind::Exclusion => KindName::Exclusion,
        ClaimKind::Time => KindName::Time,
        ClaimKind::Layers => KindName::Layers,
        ClaimKind::Preferences => KindName::Preferences,
        ClaimKind::Questions => KindName::Questions,
    }
}
