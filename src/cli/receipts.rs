//! `clearway verify`, `clearway keygen` and `clearway keep`

use std::path::Path;

use serde_json::json;

use super::args::{Keep, Keygen, Verify, VerifyFormat};
use super::console::{Complaints, Console};
use super::decide;
use super::exit::Exit;
use super::rules;
use crate::Kept;
use crate::desk::Rules;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::graph::Graph;
use crate::pack::{Pack, files_of};
use crate::receipt::{self, Difference, PrivateKey, PublicKey, Receipt};
use crate::source::Sources;

/// Answers again what a receipt records, and says what differs.
pub(super) fn verify(args: &Verify, console: &mut Console<'_>) -> Exit {
    let read = decide::text(&args.receipt, Complaints::Words, console).and_then(|text| {
        Receipt::read(&text).map_err(|diagnostic| complained(*diagnostic, console))
    });
    let (receipt, beside) = match read {
        Ok(read) => read,
        Err(exit) => return exit,
    };
    let trusted = args.key.as_ref().map(|path| {
        let key = crate::read(path).and_then(|text| PublicKey::read(&text));
        key.map_err(|diagnostic| complained(*diagnostic, console))
    });
    let trusted = match trusted.transpose() {
        Ok(trusted) => trusted,
        Err(exit) => return exit,
    };
    let graph = match graph(args, &receipt, console) {
        Ok(graph) => graph,
        Err(exit) => return exit,
    };
    let rules = Rules::new(graph);
    let found = receipt::verify(&receipt, beside.as_deref(), &rules, trusted.as_ref());
    match args.format {
        VerifyFormat::Text => {
            console.say(&page(&found, &receipt, trusted.is_some()));
        }
        VerifyFormat::Json => {
            let differences: Vec<_> = found
                .iter()
                .map(|difference| json!({ "kind": difference.kind(), "says": difference.says() }))
                .collect();
            let said = json!({
                "same": found.is_empty(), "differences": differences,
                "signed_by": receipt.signed_by(), "key_given": trusted.is_some(),
            });
            console.say(&format!("{said:#}\n"));
        }
    }
    if found.is_empty() { Exit::Answered } else { Exit::Found }
}

/// The rules to answer by: those kept by their digests where all are there, else those given.
fn graph(args: &Verify, receipt: &Receipt, console: &mut Console<'_>) -> Result<Graph, Exit> {
    let digests = receipt.packs().map(|(_, digest)| digest);
    let kept = args.store.as_ref().map(|store| crate::kept(store, digests)).transpose();
    match kept {
        Ok(None | Some(None)) => rules::graph(&args.rules, console),
        Ok(Some(Some(sources))) => {
            let graph = crate::compile(&sources).map_err(|diagnostics| {
                console.report(&diagnostics, &sources);
                Exit::BadRules
            })?;
            let is_kept = |digest: &str| receipt.packs().any(|(_, kept)| kept == digest);
            let altered =
                graph.book().packs.rows().find(|pack| !is_kept(&pack.digest)).map(altered);
            altered.map_or(Ok(graph), |diagnostic| Err(complained(diagnostic, console)))
        }
        Err(diagnostics) => {
            console.report(&diagnostics, &Sources::default());
            Err(rules::unread(&diagnostics))
        }
    }
}

/// A pack that was kept is not the one that its folder is named after.
fn altered(pack: &Pack) -> Diagnostic {
    let message = format!("the pack `{}` that the store keeps has been altered since", pack.name);
    Diagnostic::nowhere(Code::CannotRead, Severity::Error, message).help(
        "keep it again, by `clearway keep` with the rules it was of: that mends it".to_owned(),
    )
}

fn page(found: &[Difference], receipt: &Receipt, is_trusted: bool) -> String {
    if found.is_empty() {
        let signed = match receipt.signed_by() {
            _ if is_trusted => "it is signed with the key given",
            Some(_) => "it is signed, and nobody said with which key it should be: give `--key`",
            None => "it is not signed: whoever can run the program can make one",
        };
        return format!(
            "same: the answer made again is the one that the receipt records\n{signed}\n"
        );
    }
    let lines = found.iter().map(|difference| format!("differs: {}\n", difference.says()));
    lines.collect()
}

/// Makes a pair of keys.
pub(super) fn keygen(args: &Keygen, console: &mut Console<'_>) -> Exit {
    let mut seed = [0; 32];
    if let Err(error) = getrandom::fill(&mut seed) {
        console.complain(&format!("error: the system gives no random numbers: {error}\n"));
        return Exit::CannotRead;
    }
    let key = PrivateKey::of(&seed);
    let [private, public] = ["key", "pub"].map(|end| {
        let mut name = args.name.clone().into_os_string();
        name.push(".");
        name.push(end);
        std::path::PathBuf::from(name)
    });
    let written = crate::write_new(&private, &key.to_pem(), true)
        .and_then(|()| crate::write_new(&public, &key.public().to_pem(), false));
    if let Err(diagnostic) = written {
        return complained(*diagnostic, console);
    }
    console.say(&format!(
        "wrote {}, which nobody else may read, and {}, which anybody may\n",
        private.display(),
        public.display()
    ));
    Exit::Answered
}

/// Keeps the packs of rules by their digests.
pub(super) fn keep(args: &Keep, console: &mut Console<'_>) -> Exit {
    let (sources, graph) = match rules::compiled(&args.rules, console) {
        Ok(compiled) => compiled,
        Err(exit) => return exit,
    };
    let book = graph.book();
    let packs = book.packs.iter().map(|(id, pack)| {
        let files = files_of(book, &sources, id);
        (pack.digest.clone(), files)
    });
    let packs: Vec<_> = packs.collect();
    match crate::keep(&args.store, &packs) {
        Ok(Kept { n_added, n_mended }) => {
            let n_there = packs.len() - n_added - n_mended;
            let mended = match n_mended {
                0 => String::new(),
                _ => format!("; there, but altered, and written again: {n_mended}"),
            };
            console.say(&format!("packs added: {n_added}; there already: {n_there}{mended}\n"));
            Exit::Answered
        }
        Err(diagnostic) => complained(*diagnostic, console),
    }
}

/// The private key of a file.
pub(super) fn private_key(path: &Path, console: &mut Console<'_>) -> Result<PrivateKey, Exit> {
    let key = crate::read(path).and_then(|text| PrivateKey::read(&text));
    key.map_err(|diagnostic| complained(*diagnostic, console))
}

fn complained(diagnostic: Diagnostic, console: &mut Console<'_>) -> Exit {
    let is_unread = diagnostic.code == Code::CannotRead;
    console.report(&[diagnostic], &Sources::default());
    if is_unread { Exit::CannotRead } else { Exit::BadInput }
}
