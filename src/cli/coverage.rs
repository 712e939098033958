//! `clearway coverage`

use super::args::{Coverage, MapFormat};
use super::console::Console;
use super::exit::Exit;
use super::{prove, rules};
use crate::report::{Look, Mapped};

/// Says what becomes of each provision that packs list. What scenarios see of rules is told by
/// `clearway test --coverage`.
pub(super) fn coverage(args: &Coverage, console: &mut Console<'_>) -> Exit {
    let (sources, graph) = match rules::compiled(&args.rules, console) {
        Ok(compiled) => compiled,
        Err(exit) => return exit,
    };
    let book = graph.book();
    let packs = match prove::wanted(book, &sources, args.pack.as_deref()) {
        Ok(packs) => packs,
        Err(message) => {
            console.complain(&message);
            return Exit::Misuse;
        }
    };
    let map = Mapped { book, sources: &sources, packs: &packs };
    if map.is_empty() {
        let who = match &args.pack {
            Some(pack) => format!("`{pack}` lists"),
            None => "these rules list".to_owned(),
        };
        console.complain(&format!(
            "error: {who} no instrument's provisions\n  help: an item `provisions act` lists \
             those of the source `act`, one a line\n"
        ));
        return Exit::Found;
    }
    console.say(&match args.format {
        MapFormat::Text => {
            map.text(Look { width: console.width, is_coloured: console.is_coloured })
        }
        MapFormat::Markdown => map.markdown(),
        MapFormat::Json => map.json(),
    });
    Exit::Answered
}
