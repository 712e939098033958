//! Rule text: whatever is written is read, checked and told of, and rules without errors decide.

use clearway::decide::decide;
use clearway::diagnostic::Diagnostic;
use clearway::facts::Facts;
use clearway::source::Sources;
use clearway::syntax;

use super::{Shown, TODAY, are_told, codes, sources};

/// Holds of any bytes.
pub(crate) fn holds(bytes: &[u8]) -> Shown {
    let text = match clearway::as_utf8(bytes.to_vec(), "the rules") {
        Ok(text) => text,
        Err(found) => {
            are_told(&[(*found).clone()], &Sources::default());
            return codes(&[*found]).collect();
        }
    };
    let sources = sources(&text);
    let (_, diagnostics) = clearway::check(&sources);
    are_told(&diagnostics, &sources);
    let mut shown: Shown = codes(&diagnostics).collect();
    match clearway::compile(&sources) {
        Ok(graph) => {
            assert!(!diagnostics.iter().any(Diagnostic::is_error), "errors compile");
            let answer = decide(&graph, &Facts::none(), TODAY);
            assert_eq!(answer.routes.len(), graph.book().routes.ids().count());
            shown.extend(kinds(&sources).into_iter().map(|kind| format!("compiled {kind}")));
        }
        Err(found) => assert_eq!(found, diagnostics, "`check` and `compile` say the same"),
    }
    shown
}

/// The kinds of items in the files.
fn kinds(sources: &Sources) -> Shown {
    let trees = sources.iter().map(|(file, source)| syntax::parse(file, source).0);
    trees
        .flat_map(|tree| tree.items)
        .map(|item| format!("{:?}", item.node.header.keyword))
        .collect()
}
