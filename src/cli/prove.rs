//! `clearway prove`

use std::collections::BTreeSet;
use std::path::Path;

use super::args::{ProofsFormat, Prove, SaveAs};
use super::console::Console;
use super::exit::Exit;
use super::{explain, rules};
use crate::pack::{Pack, PackId, Rulebook, Thing};
use crate::prove::Proofs;
use crate::report::{Look, Proved, SavedAs};
use crate::source::Sources;

/// Proves what is claimed of the rules, and shows a commission where a claim fails.
pub(super) fn prove(args: &Prove, console: &mut Console<'_>) -> Exit {
    let sources = match rules::sources(&args.rules, console) {
        Ok(sources) => sources,
        Err(exit) => return exit,
    };
    let (book, _) = crate::check(&sources);
    let packs = match wanted(&book, &sources, args.pack.as_deref()) {
        Ok(packs) => packs,
        Err(message) => {
            console.complain(&message);
            return Exit::Misuse;
        }
    };
    let (graph, proofs) = match crate::prove(&sources) {
        Ok(proved) => proved,
        Err(diagnostics) => {
            console.report(&diagnostics, &sources);
            return Exit::BadRules;
        }
    };
    let proofs = proofs.about(graph.book(), &packs);
    if packs.is_empty() {
        console.complain("error: there is no pack in these rules\n");
        return Exit::NoRules;
    }
    let packs: Vec<String> = packs.iter().map(|id| graph.book().packs[*id].name.clone()).collect();
    let proved = Proved { graph: &graph, proofs: &proofs, sources: &sources, packs: &packs };
    let page = match args.format {
        ProofsFormat::Text => {
            proved.text(Look { width: console.width, is_coloured: console.is_coloured })
        }
        ProofsFormat::Json => proved.json(),
    };
    console.say(&page);
    if let Some(folder) = &args.save
        && let Err(exit) = save(folder, &proved, args.save_as, console)
    {
        return exit;
    }
    ending(&proofs)
}

/// The packs that are wanted: the one named, or all of a person's own.
pub(super) fn wanted(
    book: &Rulebook,
    sources: &Sources,
    named: Option<&str>,
) -> Result<BTreeSet<PackId>, String> {
    let Some(name) = named else { return Ok(own_packs(book, sources)) };
    if let Some(Thing::Pack(pack)) = book.names.get(name) {
        return Ok(BTreeSet::from([*pack]));
    }
    let packs = book.packs.rows().map(|pack| pack.name.as_str());
    let near = explain::nearest(name, packs);
    let near = near.map(|near| format!("; perhaps `{near}`")).unwrap_or_default();
    Err(format!("error: no pack is called `{name}`{near}\n"))
}

/// The packs of a person's own rules: not the embedded ones that they use.
pub(super) fn own_packs(book: &Rulebook, sources: &Sources) -> BTreeSet<PackId> {
    let is_own = |pack: &Pack| {
        sources.get(pack.span.file).is_some_and(|source| !crate::is_embedded(source.path()))
    };
    book.packs.iter().filter(|(_, pack)| is_own(pack)).map(|(id, _)| id).collect()
}

fn save(
    folder: &Path,
    proved: &Proved<'_>,
    save_as: SaveAs,
    console: &mut Console<'_>,
) -> Result<(), Exit> {
    let files = proved.examples(match save_as {
        SaveAs::Scenario => SavedAs::Scenario,
        SaveAs::Commission => SavedAs::Commission,
    });
    if files.is_empty() {
        console.complain("there is no example to save\n");
        return Ok(());
    }
    let files: Vec<(&str, String)> =
        files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    crate::new_folder(folder, &files).map_err(|diagnostic| {
        console.report(&[*diagnostic], &Sources::default());
        Exit::CannotRead
    })
}

/// How a command ends that gives these proofs.
fn ending(proofs: &Proofs) -> Exit {
    if proofs.has_faults() {
        return Exit::Found;
    }
    if proofs.given_up().next().is_some() { Exit::Unsettled } else { Exit::Answered }
}
