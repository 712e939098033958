//! Values as people write them.

use crate::pack::{FactKind, Value};
use crate::quantity::{CpvCode, date_in_words};

use super::joining::and;

/// What is known of a fact of this kind.
pub(in crate::report) fn value(kind: &FactKind, value: &Value) -> String {
    let title = |place: &usize| kind.choices().get(*place).map(|choice| choice.title.clone());
    match value {
        Value::YesNo(true) => "yes".to_owned(),
        Value::YesNo(false) => "no".to_owned(),
        Value::Choice(option) => title(option).unwrap_or_default(),
        Value::Choices(options) if options.is_empty() => "none of these".to_owned(),
        Value::Choices(options) => and(&options.iter().filter_map(title).collect::<Vec<_>>()),
        Value::Number(number) => number.to_string(),
        Value::Percentage(percentage) => percentage.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Date(date) => date_in_words(*date),
        Value::Duration(duration) => duration.to_string(),
        Value::Text(text) => text.clone(),
        Value::Code(known) => code(*known),
    }
}

/// `85312400 (Welfare services not delivered through residential institutions)`
pub(super) fn code(code: CpvCode) -> String {
    format!("{code} ({})", code.label())
}
