//! Small whole packs, written as rule text so that the language itself is put to use.
//!
//! Every pack that is written here must compile. What is in it is drawn by `Dice`, and knows
//! nothing of how rules are read or decided.

mod conditions;
mod figures;
mod papers;
mod rules;

use super::dice::Dice;

/// Rules as text, item by item.
#[derive(Clone, Debug)]
pub(super) struct Written {
    items: Vec<Item>,
}

/// An item of a pack.
#[derive(Clone, Debug)]
struct Item {
    folder: &'static str,
    lines: Vec<String>,
    /// Whether the lines after the first are rows, whose order means nothing.
    is_table: bool,
}

/// A fact that conditions may ask for.
#[derive(Clone, Debug)]
struct Fact {
    name: String,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    YesNo,
    OneOf(Vec<String>),
    SomeOf(Vec<String>),
    Figure(Measure),
    Cpv,
    Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    Number,
    Percentage,
    Money(&'static str),
    Date,
    Length,
}

/// What is written so far, with the names that conditions may use.
struct Writer {
    dice: Dice,
    /// The days on which its law begins and ends.
    edges: &'static [&'static str],
    items: Vec<Item>,
    folder: &'static str,
    facts: Vec<Fact>,
    amounts: Vec<(String, Measure)>,
    /// The amounts left to layers, with what their rows are by.
    left: Vec<(String, Measure, Vec<String>)>,
    lists: Vec<String>,
    decisions: Vec<(String, Vec<String>)>,
    routes: Vec<String>,
    models: Vec<String>,
    events: Vec<String>,
    n_cited: usize,
}

const CODES: [&str; 9] = [
    "79622000", "79624000", "85000000", "85300000", "85311000", "85311300", "85312000", "85312400",
    "98133110",
];

/// The days on which generated law begins and ends.
const EDGES: [&str; 4] = ["2024-02-29", "2024-12-31", "2025-02-24", "2026-01-01"];

/// As few as still part law that was, law that is and law that will be.
const FEW_EDGES: [&str; 2] = ["2024-02-29", "2025-02-24"];

/// Writes the rules of a seed: a pack alone, one that uses another, or one with a layer on it.
pub(super) fn written(seed: u64) -> Written {
    let mut writer = Writer::new(Dice::new(seed));
    let n_facts = writer.dice.between(2, 6);
    match writer.dice.below(10) {
        0..=5 => writer.base(n_facts, (4, 5), " until 2027-04-01"),
        6 | 7 => {
            writer.base(n_facts.saturating_sub(1), (2, 3), "");
            writer.user();
        }
        _ => {
            writer.base(n_facts, (3, 4), "");
            writer.layer();
        }
    }
    Written { items: writer.items }
}

/// Writes rules of a seed so few that every commission under them can be tried. Here packs may
/// outlive those they use, and preferences may run in circles.
pub(super) fn written_small(seed: u64) -> Written {
    let mut writer = Writer { edges: &FEW_EDGES, ..Writer::new(Dice::new(seed)) };
    let n_facts = writer.dice.between(1, 4);
    match writer.dice.below(10) {
        0..=5 => writer.base(n_facts, (2, 3), " until 2025-02-24"),
        6..=8 => {
            writer.base(n_facts.saturating_sub(1).max(1), (2, 2), " until 2025-02-24");
            writer.user();
        }
        _ => {
            writer.base(n_facts, (2, 3), "");
            writer.layer();
        }
    }
    for _ in 0..writer.dice.below(3) {
        let n_routes = writer.routes.len();
        let (above, below) = (writer.dice.below(n_routes), writer.dice.below(n_routes));
        if above != below {
            writer.preference(above, below);
        }
    }
    Written { items: writer.items }
}

impl Written {
    /// The files in the order written, one for each pack.
    pub(super) fn files(&self) -> Vec<(String, String)> {
        let mut files: Vec<(String, String)> = Vec::new();
        for item in &self.items {
            let path = format!("{}/pack.way", item.folder);
            let text = format!("{}\n\n", item.lines.join("\n"));
            match files.iter_mut().find(|(other, _)| *other == path) {
                Some((_, whole)) => whole.push_str(&text),
                None => files.push((path, text)),
            }
        }
        files
    }

    /// The same rules with their items, and the rows of their tables, in another order and over
    /// several files.
    pub(super) fn rearranged(&self, dice: &mut Dice) -> Vec<(String, String)> {
        let mut items = self.items.clone();
        dice.shuffle(&mut items);
        let mut files: Vec<(String, String)> = Vec::new();
        for item in &mut items {
            if let (true, Some((_, rows))) = (item.is_table, item.lines.split_first_mut()) {
                dice.shuffle(rows);
            }
            let is_pack = item.lines.first().is_some_and(|line| line.starts_with("pack "));
            let file = if is_pack { "pack" } else { dice.pick(&["pack", "a", "inner/b"]) };
            let path = format!("{}/{file}.way", item.folder);
            let text = format!("{}\n\n", item.lines.join("\n"));
            match files.iter_mut().find(|(other, _)| *other == path) {
                Some((_, whole)) => whole.push_str(&text),
                None => files.push((path, text)),
            }
        }
        dice.shuffle(&mut files);
        files
    }
}

impl Writer {
    const fn new(dice: Dice) -> Self {
        Self {
            dice,
            edges: &EDGES,
            items: Vec::new(),
            folder: "one",
            facts: Vec::new(),
            amounts: Vec::new(),
            left: Vec::new(),
            lists: Vec::new(),
            decisions: Vec::new(),
            routes: Vec::new(),
            models: Vec::new(),
            events: Vec::new(),
            n_cited: 0,
        }
    }

    fn write(&mut self, lines: Vec<String>) {
        self.items.push(Item { folder: self.folder, lines, is_table: false });
    }

    fn write_table(&mut self, lines: Vec<String>) {
        self.items.push(Item { folder: self.folder, lines, is_table: true });
    }

    fn cite(&mut self) -> String {
        self.n_cited += 1;
        format!(" [act s.{}]", self.n_cited)
    }

    /// A period at the end of a line; mostly none.
    fn dated(&mut self) -> String {
        match self.dice.below(12) {
            0 => format!(" from {}", self.dice.pick(self.edges)),
            1 => format!(" until {}", self.dice.pick(self.edges)),
            2 => {
                let ends = self.dice.some(self.edges, 2);
                format!(
                    " from {} until {}",
                    ends.first().unwrap_or(&""),
                    ends.last().unwrap_or(&"")
                )
            }
            3 if self.dice.one_in(2) => " from a day to be appointed".to_owned(),
            _ => String::new(),
        }
    }

    fn ending(&mut self) -> String {
        format!("{}{}", self.dated(), self.cite())
    }

    /// An `in force` clause now and then.
    fn in_force(&mut self, lines: &mut Vec<String>) {
        let dated = self.dated();
        if self.dice.one_in(2) && !dated.is_empty() {
            let cited = self.cite();
            lines.push(format!("    in force{dated}{cited}"));
        }
    }

    /// A first pack: everything in it.
    fn base(
        &mut self,
        n_facts: usize,
        (n_decisions_max, n_routes_max): (usize, usize),
        ending: &str,
    ) {
        self.write(vec!["source act \"Act\" ukpga/2023/54".to_owned()]);
        self.facts(n_facts);
        self.lists();
        let n_decisions = self.dice.between(1, n_decisions_max);
        for _ in 0..n_decisions {
            self.amounts();
            self.decision();
        }
        self.amounts();
        self.days_and_events();
        let n_routes = self.dice.between(2, n_routes_max);
        for _ in 0..n_routes {
            self.route();
        }
        self.models();
        self.preferences();
        self.papers();
        let from = self.dice.pick(&["2020-01-01", "2024-01-01"]);
        let until = self.dice.pick(&["", "", "", ending]);
        self.pack("made.one \"Made one\"", from, until, &[]);
    }

    /// A second pack that uses the first, which is then law as long as the second is.
    fn user(&mut self) {
        self.folder = "two";
        let n_facts = self.dice.between(0, 1);
        self.facts(n_facts);
        self.amounts();
        self.decision();
        let first = self.routes.len();
        let n_routes = self.dice.between(1, 2);
        for _ in 0..n_routes {
            self.route();
        }
        self.preference(0, first);
        self.papers();
        let from = self.dice.pick(&["2024-02-29", "2025-02-24", "2024-12-31"]);
        self.pack("made.two \"Made two\"", from, "", &["    use made.one".to_owned()]);
    }

    /// A second pack on the first, which narrows its routes.
    fn layer(&mut self) {
        self.folder = "two";
        for _ in 0..self.dice.between(1, 2) {
            let mut lines = vec![format!("narrow route {}", self.dice.pick(&self.routes))];
            for _ in 0..self.dice.between(1, 2) {
                self.needs(&mut lines);
            }
            self.write(lines);
        }
        self.fill();
        self.papers();
        let from = self.dice.pick(&["2024-02-29", "2025-02-24"]);
        self.pack("made.two \"Made two\" on made.one", from, "", &[]);
    }

    fn pack(&mut self, header: &str, from: &str, until: &str, further: &[String]) {
        let cited = self.cite();
        let mut lines = vec![
            format!("pack {header}"),
            "    version 1".to_owned(),
            "    extent england".to_owned(),
        ];
        lines.push(format!("    in force from {from}{until}{cited}"));
        lines.extend_from_slice(further);
        if self.folder == "one" {
            lines.push("    calendar open_days".to_owned());
        }
        if self.dice.one_in(3) {
            let (test, cited) = (self.open_line(), self.cite());
            lines.push(format!("    applies when {test}{cited}"));
        }
        let folder = self.folder;
        self.items.insert(0, Item { folder, lines, is_table: false });
    }
}
