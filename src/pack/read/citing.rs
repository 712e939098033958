//! Every citation of an item, wherever in it it is written.

use crate::source::Span;
use crate::syntax::tree::{
    Applies, Citation, Clause, Condition, Expectation, Item, Line, Provision, Words,
};

/// A provision cited in an item.
pub(super) struct CitedIn<'t> {
    /// The name of its source.
    pub(super) source: &'t str,
    pub(super) provision: &'t Provision,
    pub(super) span: Span,
    /// Whether the judgement of a fact rests on it.
    pub(super) is_judgement: bool,
}

/// The provisions that an item cites, in the order written.
pub(super) fn cited_in(item: &Item) -> Vec<CitedIn<'_>> {
    let judgement = item.lines.iter().find(|line| is_judgement(line));
    let own = judgement.is_some_and(|line| !line.citations.is_empty());
    let of_item = judgement.is_some() && !own;
    let mut cited = Vec::new();
    add(&mut cited, &item.citations, of_item);
    for line in &item.lines {
        let is_of_item = of_item && matches!(line.clause.node, Clause::Citations);
        add(&mut cited, &line.citations, is_of_item || (own && is_judgement(line)));
        for condition in conditions(&line.clause.node) {
            in_limbs(&mut cited, condition);
        }
        if let Clause::Expect(
            Expectation::RouteBarred(_, citations) | Expectation::Doubt(citations),
        ) = &line.clause.node
        {
            add(&mut cited, citations, false);
        }
    }
    cited
}

fn is_judgement(line: &Line) -> bool {
    matches!(line.clause.node, Clause::Words(Words::Judgement, _))
}

fn add<'t>(cited: &mut Vec<CitedIn<'t>>, citations: &'t [Citation], is_judgement: bool) {
    for citation in citations {
        cited.extend(citation.provisions.iter().map(|provision| CitedIn {
            source: &citation.source.node,
            provision: &provision.node,
            span: provision.span,
            is_judgement,
        }));
    }
}

/// The conditions of a clause.
fn conditions(clause: &Clause) -> Vec<&Condition> {
    match clause {
        Clause::Condition(_, condition, guard) => {
            std::iter::once(condition).chain(guard.as_ref()).collect()
        }
        Clause::Case(_, _, applies)
        | Clause::Due(_, Some(applies))
        | Clause::Length(_, Some(applies)) => match applies {
            Applies::When(condition) => vec![condition],
            Applies::Otherwise => Vec::new(),
        },
        Clause::Due(_, None)
        | Clause::Length(_, None)
        | Clause::Version(_)
        | Clause::InForce
        | Clause::Words(..)
        | Clause::Names(..)
        | Clause::Between(..)
        | Clause::LeftToLayers
        | Clause::MayBeChosen
        | Clause::Mandatory
        | Clause::Option(..)
        | Clause::Listed(..)
        | Clause::Row(..)
        | Clause::AsAt(_)
        | Clause::Given
        | Clause::Assign(..)
        | Clause::Expect(_)
        | Clause::Citations => Vec::new(),
    }
}

/// The citations of limbs, however deep; the parser bounds how deep they are.
fn in_limbs<'t>(cited: &mut Vec<CitedIn<'t>>, condition: &'t Condition) {
    match condition {
        Condition::Chain(_, operands) => {
            for operand in operands {
                in_limbs(cited, &operand.node);
            }
        }
        Condition::Limbs(_, limbs) => {
            for limb in limbs {
                add(cited, &limb.citations, false);
                in_limbs(cited, &limb.condition.node);
            }
        }
        Condition::Not(operand) => in_limbs(cited, &operand.node),
        Condition::Test(..) | Condition::Unreadable => {}
    }
}
