//! A page in HTML: the Markdown page, rendered.

use pulldown_cmark::{Event, Options, Parser, html as rendered};

use super::markdown;
use crate::decide::Answer;
use crate::prove::Insight;

/// What stands before the page and after it. The page loads nothing and runs nothing.
const BEFORE: &str = "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <title>Clearway</title>\n<style>\n\
    body { font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem }\n\
    table { border-collapse: collapse } td, th { border: 1px solid #888; padding: .3rem .6rem; text-align: left }\n\
    </style>\n</head>\n<body>\n";
const AFTER: &str = "</body>\n</html>\n";

/// Returns the answer as a page of HTML by itself, with what is proved about it.
#[must_use]
pub fn html(answer: &Answer<'_>, insight: Option<&Insight>) -> String {
    let text = markdown(answer, insight);
    // What a person wrote is words, never marks of HTML.
    let events = Parser::new_ext(&text, Options::ENABLE_TABLES).map(|event| {
        if let Event::Html(words) | Event::InlineHtml(words) = event {
            Event::Text(words)
        } else {
            event
        }
    });
    let mut page = BEFORE.to_owned();
    rendered::push_html(&mut page, events);
    page.push_str(AFTER);
    page
}
