//! The first lines of items.

use super::conditions::literal;
use super::{LINE_WIDTH, list, quoted};
use unicode_width::UnicodeWidthStr;

use super::super::tree::{Bounds, Header, Keyword, Kind, Tail, VatBasis, Word};

pub(super) fn header(header: &Header) -> String {
    let mut text = header.keyword.spelling().to_owned();
    if let Some(name) = &header.name {
        text.push_str(&format!(" {name}"));
    }
    if let Some(title) = &header.title {
        text.push_str(&format!(" {}", quoted(&title.node)));
    }
    match &header.tail {
        Tail::None => {}
        Tail::On(base) => text.push_str(&format!(" on {base}")),
        Tail::Legislation(path) => text.push_str(&format!(" {path}")),
        Tail::Page(page) => text.push_str(&format!(" at {}", quoted(&page.node))),
        Tail::Kind(kind, class) => {
            text.push_str(&format!(" : {}", self::kind(&kind.node)));
            if let Some(class) = class {
                text.push_str(&format!(" by {class}"));
            }
        }
        Tail::Over(above, below) => {
            let names = |names: &[Word]| names.iter().map(|name| name.node.clone()).collect();
            let mut lines = list(0, "prefer", names(above));
            let below = list(4, "over", names(below));
            match (lines.as_slice(), below.as_slice()) {
                ([above], [below]) if above.width() + below.width() < LINE_WIDTH => {
                    return format!("{above} {below}");
                }
                _ => {}
            }
            lines.extend(below.into_iter().map(|line| format!("    {line}")));
            return lines.join("\n");
        }
    }
    debug_assert!(
        header.keyword != Keyword::Prefer || header.name.is_none(),
        "a preference has no name"
    );
    text
}

pub(super) fn kind(kind: &Kind) -> String {
    let bounds = |bounds: &Bounds| match bounds {
        Some(ends) => format!(" from {} to {}", literal(&ends.0.node), literal(&ends.1.node)),
        None => String::new(),
    };
    match kind {
        Kind::YesNo => "yes or no".to_owned(),
        Kind::OneOf => "one of".to_owned(),
        Kind::SomeOf => "some of".to_owned(),
        Kind::Number(ends) => format!("whole number{}", bounds(ends)),
        Kind::Percentage(ends) => format!("percentage{}", bounds(ends)),
        Kind::Money(None, ends) => format!("money{}", bounds(ends)),
        Kind::Money(Some(VatBasis::Including), ends) => {
            format!("money including VAT{}", bounds(ends))
        }
        Kind::Money(Some(VatBasis::Excluding), ends) => {
            format!("money excluding VAT{}", bounds(ends))
        }
        Kind::Date => "date".to_owned(),
        Kind::Duration => "duration".to_owned(),
        Kind::Text => "text".to_owned(),
        Kind::Cpv => "CPV code".to_owned(),
        Kind::CpvList => "CPV codes".to_owned(),
        Kind::DateList => "dates".to_owned(),
    }
}
