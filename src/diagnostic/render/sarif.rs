//! Diagnostics in SARIF 2.1.0, which code hosts and editors read from any checker.

use std::iter;

use serde_sarif::sarif::{
    ArtifactLocation, Location, LogicalLocation, Message, MultiformatMessageString,
    PhysicalLocation, Region, ReportingDescriptor, Result, ResultLevel, Run, SCHEMA_URL, Sarif,
    Tool, ToolComponent, Version,
};

use super::{Place, in_order, places, pretty};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::Sources;

/// Returns the diagnostics as a SARIF log of one run, with the page of every code that is used.
///
/// File addresses are relative to the folder that the paths of the sources are relative to.
#[must_use]
pub fn sarif(diagnostics: &[Diagnostic], sources: &Sources, engine_version: &str) -> String {
    let ordered = in_order(diagnostics);
    let driver = ToolComponent::builder()
        .name("clearway")
        .version(engine_version)
        .semantic_version(engine_version)
        .rules(codes(&ordered).into_iter().map(rule).collect::<Vec<_>>())
        .build();
    let results = ordered.into_iter().map(|diagnostic| result(diagnostic, sources));
    let run = Run::builder()
        .tool(Tool::from(driver))
        .column_kind("unicodeCodePoints")
        .results(results.collect::<Vec<_>>())
        .build();
    let log = Sarif::builder()
        .schema(SCHEMA_URL)
        .version(Version::V2_1_0.to_string())
        .runs(vec![run])
        .build();
    pretty(&log)
}

/// The codes used, each once, in the order of their declaration.
fn codes(diagnostics: &[&Diagnostic]) -> Vec<Code> {
    let mut codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// A code as SARIF's rule, its page being the help.
fn rule(code: Code) -> ReportingDescriptor {
    let page = code.page();
    // A page opens with its title, then says in a paragraph what the code is.
    let said = page.lines().skip(1).find(|line| !line.is_empty()).unwrap_or(code.spelling());
    ReportingDescriptor::builder()
        .id(code.spelling())
        .short_description(MultiformatMessageString::builder().text(said).build())
        .help(MultiformatMessageString::builder().text(page).markdown(page).build())
        .build()
}

/// A diagnostic as SARIF's result: its main place is the location, further ones are related.
fn result(diagnostic: &Diagnostic, sources: &Sources) -> Result {
    let places = places(diagnostic, sources);
    let mut physical = places.iter().map(location);
    let path = diagnostic.path.as_deref().map(logical_location);
    let main = match (physical.next(), path) {
        (Some(location), None) => vec![location],
        (None, None) => Vec::new(),
        (location, Some(path)) => {
            let logical_locations = Some(vec![path]);
            vec![Location { logical_locations, ..location.unwrap_or_default() }]
        }
    };
    Result::builder()
        .rule_id(diagnostic.code.spelling())
        .level(match diagnostic.severity {
            Severity::Error => ResultLevel::Error,
            Severity::Warning => ResultLevel::Warning,
        })
        .message(&whole_message(diagnostic))
        .locations(main)
        .related_locations(physical.collect::<Vec<_>>())
        .build()
}

/// The message with its notes and help below it, SARIF having no place of their own for them.
fn whole_message(diagnostic: &Diagnostic) -> String {
    let notes = diagnostic.notes.iter().map(|note| format!("\nnote: {note}"));
    let help = diagnostic.help.iter().map(|help| format!("\nhelp: {help}"));
    iter::once(diagnostic.message.clone()).chain(notes).chain(help).collect()
}

/// A place in a rule file, with its words if it has any.
fn location(place: &Place<'_>) -> Location {
    let artifact = ArtifactLocation::builder().uri(uri(place.source.path())).build();
    let physical =
        PhysicalLocation::builder().artifact_location(artifact).region(region(place)).build();
    let message = Some(place.words).filter(|words| !words.is_empty()).map(Message::from);
    Location { message, ..Location::builder().physical_location(physical).build() }
}

/// A fact of a commission, whose file is not known here.
fn logical_location(path: &str) -> LogicalLocation {
    LogicalLocation::builder().fully_qualified_name(path).kind("property").build()
}

fn region(place: &Place<'_>) -> Region {
    let (start_line, start_column) = place.start();
    let (end_line, end_column) = place.end();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    Region::builder()
        .start_line(number(start_line))
        .start_column(number(start_column))
        .end_line(number(end_line))
        .end_column(number(end_column))
        .build()
}

/// A path as a relative address: all but letters, digits and `-._~/` percent-encoded (RFC 3986).
fn uri(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
