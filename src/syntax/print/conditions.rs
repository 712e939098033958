//! Conditions, quantities and literals.

use unicode_width::UnicodeWidthStr;

use super::super::tree::{
    Applies, Assigned, Check, Condition, Literal, Quantifier, Quantity, Sign, Word,
};
use super::{LINE_WIDTH, quoted};
use crate::quantity::with_thousands;

pub(super) fn opening<'c>(
    words: &str,
    applies: Option<&'c Applies>,
) -> (String, Option<&'c Condition>) {
    match applies {
        None => (words.to_owned(), None),
        Some(Applies::Otherwise) => (format!("{words} otherwise"), None),
        Some(Applies::When(condition)) => (format!("{words} when"), Some(condition)),
    }
}

/// A condition after its opening words, on one line or broken before each `and` or `or`.
pub(super) fn chain_lines(
    indent: usize,
    opening: &str,
    condition: &Condition,
    n_after: usize,
) -> Vec<String> {
    let gap = if opening.is_empty() { "" } else { " " };
    let line = format!("{opening}{gap}{}", inline(condition));
    let Condition::Chain(connective, operands) = condition else { return vec![line] };
    if indent + line.width() + n_after <= LINE_WIDTH {
        return vec![line];
    }
    let mut lines = Vec::new();
    for (n, operand) in operands.iter().enumerate() {
        let operand = within(&operand.node);
        lines.push(match n {
            0 => format!("{opening}{gap}{operand}"),
            _ => format!("    {} {operand}", connective.spelling()),
        });
    }
    lines
}

pub(super) fn inline(condition: &Condition) -> String {
    match condition {
        Condition::Chain(connective, operands) => {
            let glue = format!(" {} ", connective.spelling());
            operands.iter().map(|operand| within(&operand.node)).collect::<Vec<_>>().join(&glue)
        }
        Condition::Limbs(quantifier, limbs) => {
            let limbs: Vec<String> =
                limbs.iter().map(|limb| inline(&limb.condition.node)).collect();
            format!("{} ({})", self::quantifier(*quantifier), limbs.join("; "))
        }
        Condition::Not(operand) => format!("not {}", within(&operand.node)),
        Condition::Test(left, check) => format!("{}{}", quantity(&left.node), self::check(check)),
        Condition::Unreadable => String::new(),
    }
}

/// A condition inside another: a chain needs its brackets.
pub(super) fn within(condition: &Condition) -> String {
    match condition {
        Condition::Chain(..) => format!("({})", inline(condition)),
        Condition::Limbs(..) | Condition::Not(_) | Condition::Test(..) | Condition::Unreadable => {
            inline(condition)
        }
    }
}

pub(super) fn quantifier(quantifier: Quantifier) -> String {
    match quantifier {
        Quantifier::AllOf => "all of".to_owned(),
        Quantifier::AnyOf => "any of".to_owned(),
        Quantifier::AtLeast(count) => format!("at least {count} of"),
    }
}

pub(super) fn check(check: &Check) -> String {
    let not = |is_not: bool| if is_not { "not " } else { "" };
    match check {
        Check::Bare => String::new(),
        Check::Compare(comparison, other) => {
            format!(" {} {}", comparison.spelling(), quantity(&other.node))
        }
        Check::Is(is_not, value) => format!(" is {}{}", not(*is_not), assigned(&value.node)),
        Check::Known => " is known".to_owned(),
        Check::In(is_not, list) => format!(" {}in {list}", not(*is_not)),
        Check::Among(is_not, names) => format!(" {}in {}", not(*is_not), set(names)),
        Check::Includes(option) => format!(" includes {option}"),
    }
}

pub(super) fn set(names: &[Word]) -> String {
    format!("({})", names.iter().map(|name| name.node.as_str()).collect::<Vec<_>>().join(", "))
}

pub(super) fn quantity(quantity: &Quantity) -> String {
    match quantity {
        Quantity::Name(name) => name.clone(),
        Quantity::Literal(figure) => literal(figure),
        Quantity::AsAt => "as_at".to_owned(),
        Quantity::Sum(first, rest) => {
            let mut text = self::quantity(&first.node);
            for (sign, term) in rest {
                let sign = match sign {
                    Sign::Plus => '+',
                    Sign::Minus => '-',
                };
                text.push_str(&format!(" {sign} {}", self::quantity(&term.node)));
            }
            text
        }
        Quantity::Share(percentage, whole) => {
            let is_name = matches!(whole.node, Quantity::Name(_));
            let whole = self::quantity(&whole.node);
            if is_name {
                format!("{percentage} of {whole}")
            } else {
                format!("{percentage} of ({whole})")
            }
        }
        Quantity::Gap(from, to) => {
            format!("time from {} to {}", self::quantity(&from.node), self::quantity(&to.node))
        }
        Quantity::Since(from) => format!("time since {}", self::quantity(&from.node)),
    }
}

pub(super) fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Money(money) => money.to_string(),
        Literal::Date(date) => date.to_string(),
        Literal::Percentage(percentage) => percentage.to_string(),
        Literal::Duration(duration) => duration.to_string(),
        // Parted by commas: eight digits in a row would be a CPV code.
        Literal::Number(number) => with_thousands(*number),
        Literal::Code(code) => code.clone(),
        Literal::Text(text) => quoted(text),
    }
}

pub(super) fn assigned(value: &Assigned) -> String {
    match value {
        Assigned::YesNo(true) => "yes".to_owned(),
        Assigned::YesNo(false) => "no".to_owned(),
        Assigned::Word(word) => word.clone(),
        Assigned::Set(names) => set(names),
        Assigned::Literal(figure) => literal(figure),
    }
}
