//! `clearway verify`, `clearway keygen` and `clearway keep`

use std::path::Path;

use serde_json::json;

use super::args::{Keep, Keygen, Verify, VerifyFormat};
use super::console::{Complaints, Console};
use super::decide;
use super::exit::Exit;
use super::rules;
use crate::desk::Rules;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Graph;
use crate::pack::files_of;
use crate::receipt::{self, Difference, PrivateKey, PublicKey, Receipt};
use crate::source::Sources;
use crate::{Kept, NewFile};

/// Answers again what a receipt records, and says what differs.
pub(super) fn verify(args: &Verify, console: &mut Console<'_>) -> Exit {
    let form = match args.format {
        VerifyFormat::Text => Complaints::Words,
        VerifyFormat::Json => Complaints::Json,
    };
    let read = decide::text(&args.receipt, form, console).and_then(|text| {
        Receipt::read(&text).map_err(|diagnostic| complained(form, *diagnostic, console))
    });
    let (receipt, beside) = match read {
        Ok(read) => read,
        Err(exit) => return exit,
    };
    let trusted = args.key.as_ref().map(|path| key(path, form, PublicKey::read, console));
    let trusted = match trusted.transpose() {
        Ok(trusted) => trusted,
        Err(exit) => return exit,
    };
    let graph = match graph(args, &receipt, form, console) {
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
fn graph(
    args: &Verify,
    receipt: &Receipt,
    form: Complaints,
    console: &mut Console<'_>,
) -> Result<Graph, Exit> {
    let digests = receipt.packs().map(|(_, digest)| digest);
    let kept = args.store.as_ref().map(|store| crate::kept(store, digests)).transpose();
    match kept {
        Ok(None | Some(None)) => rules::graph_or(form, &args.rules, console),
        Ok(Some(Some(sources))) => {
            let graph = crate::compile(&sources).map_err(|diagnostics| {
                console.report_as(form, &diagnostics, &sources);
                Exit::BadRules
            })?;
            let is_kept = |digest: &str| receipt.packs().any(|(_, kept)| kept == digest);
            let altered = graph.book().packs.rows().find(|pack| !is_kept(&pack.digest));
            match altered.map(receipt::altered_pack) {
                Some(diagnostic) => Err(complained(form, diagnostic, console)),
                None => Ok(graph),
            }
        }
        Err(diagnostics) => {
            console.report_as(form, &diagnostics, &Sources::default());
            Err(rules::unread(&diagnostics))
        }
    }
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
    let (own, shown) = (key.to_pem(), key.public().to_pem());
    let written = crate::write_new(&[
        NewFile { path: &private, text: &own, is_private: true },
        NewFile { path: &public, text: &shown, is_private: false },
    ]);
    if let Err(diagnostic) = written {
        return complained(Complaints::Words, *diagnostic, console);
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
        Err(diagnostic) => complained(Complaints::Words, *diagnostic, console),
    }
}

/// The private key of a file; complains in this form.
pub(super) fn private_key(
    path: &Path,
    form: Complaints,
    console: &mut Console<'_>,
) -> Result<PrivateKey, Exit> {
    key(path, form, PrivateKey::read, console)
}

fn key<K>(
    path: &Path,
    form: Complaints,
    read: impl Fn(&str) -> Result<K, Box<Diagnostic>>,
    console: &mut Console<'_>,
) -> Result<K, Exit> {
    let from = |diagnostic: Box<Diagnostic>| diagnostic.note(format!("in `{}`", path.display()));
    let key = crate::read(path).and_then(|text| read(&text).map_err(|bad| Box::new(from(bad))));
    key.map_err(|diagnostic| complained(form, *diagnostic, console))
}

fn complained(form: Complaints, diagnostic: Diagnostic, console: &mut Console<'_>) -> Exit {
    let is_unread = diagnostic.code == Code::CannotRead;
    console.report_as(form, &[diagnostic], &Sources::default());
    if is_unread { Exit::CannotRead } else { Exit::BadInput }
}
