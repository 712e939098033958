//! Small whole packs, written as rule text so that the language itself is put to use.
//!
//! Every pack that is written here must compile. What is in it is drawn by `Dice`, and knows
//! nothing of how rules are read or decided.

mod conditions;

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
    items: Vec<Item>,
    folder: &'static str,
    facts: Vec<Fact>,
    amounts: Vec<(String, Measure)>,
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
const FAMILIES: [&str; 4] = ["85000000", "85310000", "85312000", "98133000"];

/// The days on which generated law begins and ends.
const EDGES: [&str; 4] = ["2024-02-29", "2024-12-31", "2025-02-24", "2026-01-01"];

/// Writes the rules of a seed: a pack alone, one that uses another, or one with a layer on it.
pub(super) fn written(seed: u64) -> Written {
    let mut writer = Writer::new(Dice::new(seed));
    let n_facts = writer.dice.from_to(2, 6);
    match writer.dice.below(10) {
        0..=5 => writer.base(n_facts, (4, 5), " until 2027-04-01"),
        6 | 7 => {
            writer.base(n_facts.saturating_sub(1), (2, 3), "");
            writer.user();
        }
        _ => {
            writer.base(n_facts, (3, 4), " until 2027-04-01");
            writer.layer();
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
            items: Vec::new(),
            folder: "one",
            facts: Vec::new(),
            amounts: Vec::new(),
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
            0 => format!(" from {}", self.dice.pick(&EDGES)),
            1 => format!(" until {}", self.dice.pick(&EDGES)),
            2 => {
                let ends = self.dice.some(&EDGES, 2);
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
        let n_decisions = self.dice.from_to(1, n_decisions_max);
        for _ in 0..n_decisions {
            self.amounts();
            self.decision();
        }
        self.amounts();
        self.days_and_events();
        let n_routes = self.dice.from_to(2, n_routes_max);
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
        let n_facts = self.dice.from_to(0, 1);
        self.facts(n_facts);
        self.amounts();
        self.decision();
        let first = self.routes.len();
        let n_routes = self.dice.from_to(1, 2);
        for _ in 0..n_routes {
            self.route();
        }
        self.preference(0, first);
        self.papers();
        let from = self.dice.pick(&["2024-02-29"]); //TMP "2025-02-24", "2024-12-31"
        self.pack("made.two \"Made two\"", from, "", &["    use made.one".to_owned()]);
    }

    /// A second pack on the first, which narrows its routes.
    fn layer(&mut self) {
        self.folder = "two";
        for _ in 0..self.dice.from_to(1, 2) {
            let mut lines = vec![format!("narrow route {}", self.dice.pick(&self.routes))];
            for _ in 0..self.dice.from_to(1, 2) {
                self.needs(&mut lines);
            }
            self.write(lines);
        }
        self.papers();
        let from = self.dice.pick(&["2019-01-01", "2025-02-24"]);
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
        if self.dice.one_in(3) && !header.contains(" on ") {
            let (test, ending) = (self.open_line(), self.cite()); //TMP
            lines.push(format!("    applies when {test}{ending}"));
        }
        self.write(lines);
    }

    fn facts(&mut self, count: usize) {
        for _ in 0..count {
            let name = format!("given.fact_{}", self.facts.len());
            let options: Vec<String> =
                ["a", "b", "c"].iter().map(|end| format!("option_{end}")).collect();
            let basis = self.dice.pick(&["", " including VAT", " excluding VAT"]);
            let (kind, written) = match self.dice.below(14) {
                0..=2 => (Kind::YesNo, "yes or no".to_owned()),
                3 | 4 => (Kind::OneOf(options.clone()), "one of".to_owned()),
                5 => (Kind::SomeOf(options.clone()), "some of".to_owned()),
                6 => (Kind::Figure(Measure::Number), "whole number from 0 to 9".to_owned()),
                7 => (Kind::Figure(Measure::Percentage), "percentage from 0% to 150%".to_owned()),
                8 | 9 => (Kind::Figure(Measure::Money(basis)), format!("money{basis}")),
                10 => (Kind::Figure(Measure::Date), "date".to_owned()),
                11 => (Kind::Figure(Measure::Length), "duration".to_owned()),
                12 => (Kind::Cpv, "CPV code".to_owned()),
                _ => (Kind::Text, "text".to_owned()),
            };
            let cited = self.cite();
            let mut lines = vec![format!("fact {name} \"Fact\" : {written}")];
            if matches!(kind, Kind::OneOf(_) | Kind::SomeOf(_)) {
                lines.extend(options.iter().map(|option| format!("    {option} \"Option\"")));
            }
            lines.push("    ask \"What is it?\"".to_owned());
            if self.dice.one_in(4) {
                lines.push("    judgement \"why it is so\"".to_owned());
            }
            lines.push(format!("   {cited}"));
            self.write(lines);
            self.facts.push(Fact { name, kind });
        }
    }

    fn lists(&mut self) {
        if !self.facts.iter().any(|fact| fact.kind == Kind::Cpv) {
            return;
        }
        for place in 0..self.dice.from_to(1, 2) {
            let mut lines = vec![format!("list codes_{place} \"Codes\" : CPV codes")];
            for _ in 0..self.dice.from_to(1, 3) {
                let codes = match self.dice.below(3) {
                    0 => self.dice.some(&CODES, 2).join(", "),
                    1 => self.dice.some(&CODES, 2).join(" to "),
                    _ => format!("{} with descendants", self.dice.pick(&FAMILIES)),
                };
                let ending = self.ending();
                lines.push(format!("    {codes}{ending}"));
            }
            self.write_table(lines);
            self.lists.push(format!("codes_{place}"));
        }
    }

    /// An amount or two, by the options of a fact, the outcomes of a decision, or nothing.
    fn amounts(&mut self) {
        for _ in 0..self.dice.below(3) {
            let measured = self.facts.iter().filter_map(|fact| match &fact.kind {
                Kind::Figure(measure) => Some(*measure),
                Kind::YesNo | Kind::OneOf(_) | Kind::SomeOf(_) | Kind::Cpv | Kind::Text => None,
            });
            let measures: Vec<Measure> = measured.chain([Measure::Length]).collect();
            let measure = self.dice.pick(&measures);
            let mut classes = self.decisions.clone();
            for fact in &self.facts {
                if let Kind::OneOf(options) = &fact.kind {
                    classes.push((fact.name.clone(), options.clone()));
                }
            }
            let by = if self.dice.one_in(2) || classes.is_empty() {
                None
            } else {
                Some(self.dice.pick(&classes))
            };
            let name = format!("amount_{}", self.amounts.len());
            let kind = match measure {
                Measure::Number => "whole number".to_owned(),
                Measure::Percentage => "percentage".to_owned(),
                Measure::Money(basis) => format!("money{basis}"),
                Measure::Date => "date".to_owned(),
                Measure::Length => "duration".to_owned(),
            };
            let (by, rows_of) = match by {
                Some((owner, choices)) => (format!(" by {owner}"), choices),
                None => (String::new(), vec![String::new()]),
            };
            let mut lines = vec![format!("amount {name} \"Amount\" : {kind}{by}")];
            for class in rows_of {
                self.rows(&class, measure, &mut lines);
            }
            self.write_table(lines);
            self.amounts.push((name, measure));
        }
    }

    /// The figures of a class, one after another in time.
    fn rows(&mut self, class: &str, measure: Measure, lines: &mut Vec<String>) {
        let n_turns = self.dice.below(3);
        let turns = self.dice.some(&EDGES, n_turns);
        for place in 0..=turns.len() {
            let from = place.checked_sub(1).and_then(|before| turns.get(before));
            let from = from.map_or_else(String::new, |day| format!(" from {day}"));
            let until = turns.get(place).map_or_else(String::new, |day| format!(" until {day}"));
            let figure = if self.dice.one_in(6) {
                "none"
            } else {
                self.dice.pick(conditions::figures(measure))
            };
            let cited = self.cite();
            let row = [class, figure].join(" ");
            lines.push(format!("    {}{from}{until}{cited}", row.trim_start()));
        }
    }

    fn decision(&mut self) {
        let place = self.decisions.len();
        let mut outcomes: Vec<String> =
            ["a", "b", "c"].iter().map(|end| format!("outcome_{end}")).collect();
        outcomes.truncate(self.dice.from_to(1, 3));
        outcomes.push("none".to_owned());
        let mut lines = vec![format!("decision decision_{place} \"Which?\"")];
        let mut said: Vec<String> = Vec::new();
        let n_cases = self.dice.from_to(1, 3);
        for _ in 0..n_cases {
            self.case(&outcomes, &mut said, &mut lines);
        }
        let turn = self.dice.pick(&EDGES);
        let (first, last) = (self.dice.pick(&outcomes), self.dice.pick(&outcomes));
        if self.dice.one_in(5) {
            lines.push(format!("    {first} otherwise until {turn}{}", self.cite()));
            self.case(&outcomes, &mut said, &mut lines);
            lines.push(format!("    {last} otherwise from {turn}{}", self.cite()));
            said.push(first);
        } else {
            lines.push(format!("    {last} otherwise{}", self.cite()));
        }
        said.push(last);
        outcomes.retain(|outcome| said.contains(outcome));
        self.write(lines);
        self.decisions.push((format!("decision_{place}"), outcomes));
    }

    fn case(&mut self, outcomes: &[String], said: &mut Vec<String>, lines: &mut Vec<String>) {
        let outcome = self.dice.pick(outcomes);
        let ending = self.ending();
        lines.extend(self.conditional(&format!("{outcome} when"), &ending));
        if self.dice.one_in(6) {
            lines.push("        doubt \"Not verified.\"".to_owned());
        }
        said.push(outcome);
    }

    fn route(&mut self) {
        let name = format!("route_{}", self.routes.len());
        let mut lines = vec![format!("route {name} \"Route\"{}", self.cite())];
        self.in_force(&mut lines);
        for _ in 0..self.dice.from_to(1, 4) {
            self.needs(&mut lines);
        }
        self.write(lines);
        self.routes.push(name);
    }

    fn needs(&mut self, lines: &mut Vec<String>) {
        let (head, ending) = (self.dice.pick(&["needs", "needs", "barred when"]), self.ending());
        if self.dice.one_in(3) {
            lines.push(format!("    {head} {} when {}{ending}", self.line(), self.line()));
        } else {
            lines.extend(self.conditional(head, &ending));
        }
        if self.dice.one_in(6) {
            lines.push("        otherwise \"It fails.\"".to_owned());
            lines.push("        doubt \"Not verified.\"".to_owned());
        }
    }

    fn models(&mut self) {
        for place in 0..self.dice.below(3) {
            let mut lines = vec![format!("model model_{place} \"Model\"{}", self.cite())];
            self.in_force(&mut lines);
            let ending = self.cite(); //TMP
            lines.extend(self.conditional("fits when", &ending));
            lines.push(format!("    carried by {}", self.dice.some(&self.routes, 2).join(", ")));
            let cited = self.cite();
            lines.extend(self.conditional("gate", &cited));
            self.write(lines);
            self.models.push(format!("model_{place}"));
        }
    }

    /// Preferences of earlier routes over later ones, and perhaps one pair ranked either way by a
    /// fact.
    fn preferences(&mut self) {
        let last = self.routes.len() - 1;
        let flags =
            self.facts.iter().filter(|fact| fact.kind == Kind::YesNo).map(|fact| fact.name.clone());
        let flags: Vec<String> = flags.collect();
        let turned = if flags.is_empty() || self.dice.one_in(2) {
            None
        } else {
            Some(self.dice.below(last))
        };
        if let (Some(place), [flag, ..]) = (turned, flags.as_slice()) {
            self.prefer(&[place], &[place + 1], Some(format!("{flag} is yes")));
            self.prefer(&[place + 1], &[place], Some(format!("not {flag}")));
        }
        for above in 0..last {
            let below: Vec<usize> = (above + 1..=last)
                .filter(|below| turned != Some(above) || *below > above + 1)
                .collect();
            let n_below = self.dice.from_to(1, 2);
            let some = self.dice.some(&below, n_below);
            if !some.is_empty() && !self.dice.one_in(4) {
                let test = if self.dice.one_in(3) { None } else { Some(self.line()) };
                self.prefer(&[above], &some, test);
            }
        }
        if self.models.len() > 1 && self.dice.one_in(2) {
            let cited = self.cite();
            self.write(vec![
                format!("prefer model_0 over model_1{cited}"),
                "    because \"It suits.\"".to_owned(),
            ]);
        }
    }

    fn preference(&mut self, above: usize, below: usize) {
        let test = if self.dice.one_in(3) { None } else { Some(self.line()) };
        self.prefer(&[above], &[below], test);
    }

    fn prefer(&mut self, above: &[usize], below: &[usize], test: Option<String>) {
        let named = |places: &[usize]| {
            places.iter().map(|place| format!("route_{place}")).collect::<Vec<_>>().join(", ")
        };
        let cited = self.cite();
        let mut lines = vec![format!("prefer {} over {}{cited}", named(above), named(below))];
        self.in_force(&mut lines);
        lines.extend(test.map(|test| format!("    when {test}")));
        lines.push("    because \"It suits.\"".to_owned());
        self.write(lines);
    }

    fn days_and_events(&mut self) {
        self.write(vec![
            "list closed_days \"Closed days\" : dates".to_owned(),
            "    in force from 2020-01-01 until 2027-01-01".to_owned(),
            "    [act s.1]".to_owned(),
            "    2024-01-01, 2024-12-25, 2024-12-26, 2025-01-01, 2025-12-25, 2025-12-26, 2026-01-01".to_owned(),
        ]);
        self.write(vec![
            "calendar open_days \"Open days\"".to_owned(),
            "    holidays closed_days [act s.2]".to_owned(),
        ]);
        self.write(vec!["event begun \"Begun\"".to_owned()]);
        let mut lines = vec!["event signed \"Signed\"".to_owned()];
        if let Some(fact) = self.facts.iter().find(|fact| fact.kind == Kind::Figure(Measure::Date))
        {
            lines.push(format!("    dated by {}", fact.name));
        }
        self.write(lines);
        self.events = vec!["begun".to_owned(), "signed".to_owned()];
    }

    /// Documents with due rules, and periods between events.
    fn papers(&mut self) {
        for place in 0..self.dice.from_to(1, 2) {
            let name = format!("{}_paper_{place}", self.folder);
            let mut lines = vec![format!("document {name} \"Paper\"{}", self.cite())];
            lines.push(format!("    kind {}", self.dice.pick(&["notice", "record", "letter"])));
            lines.push(format!("    force {}", self.dice.pick(&["law", "policy", "practice"])));
            lines.push(format!("    stage {}", self.dice.pick(&["plan", "procure", "award"])));
            self.when(&mut lines);
            for _ in 0..self.dice.below(2) {
                let rule = self.due();
                let (test, dated) = (self.line(), self.dated());
                lines.push(format!("    due {rule} when {test}{dated}{}", self.cite()));
            }
            let rule = self.due();
            lines.push(format!("    due {rule}{}", self.cite()));
            self.write(lines);
            self.events.push(name);
        }
        for place in 0..self.dice.below(3) {
            let cited = self.cite();
            let mut lines = vec![format!("period {}_wait_{place} \"Wait\"{cited}", self.folder)];
            let until = self.dice.pick(&["to", "before"]);
            let ends = self.dice.some(&self.events, 2);
            lines.push(format!(
                "    from {} {until} {}",
                ends.first().unwrap_or(&String::new()),
                ends.last().unwrap_or(&String::new())
            ));
            self.when(&mut lines);
            let ending = self.cite();
            let test = self.line();
            let (limit, length) =
                (self.dice.pick(&["at least", "at most", "exactly"]), self.length());
            let counted = self.dice.pick(&["beginning with the day", "after the day"]);
            let rolling = self.dice.pick(&["", " rolling to a working day"]);
            lines.push(format!("    {limit} {length} {counted}{rolling} when {test}{ending}"));
            let last =
                self.dice.pick(&["none otherwise", "at least 10 days after the day otherwise"]);
            lines.push(format!("    {last}{}", self.cite()));
            self.write(lines);
        }
    }

    fn when(&mut self, lines: &mut Vec<String>) {
        let routes = self.dice.some(&self.routes, 2).join(", ");
        let model = if self.models.is_empty() { None } else { Some(self.dice.pick(&self.models)) };
        let test = match (self.dice.below(6), model) {
            (0, _) => format!("route in ({routes})"),
            (1, _) => {
                format!("route is not {} and ({})", self.dice.pick(&self.routes), self.open_line())
            }
            (2, Some(model)) => format!("model is {model}"),
            (3, Some(model)) => format!("model is not {model} and route in ({routes})"),
            (4, _) => return,
            _ => self.open_line(),
        };
        let ending = self.ending();
        lines.push(format!("    when {test}{ending}"));
    }

    fn due(&mut self) -> String {
        let event = self.dice.pick(&self.events);
        match self.dice.below(5) {
            0 => format!("before {event}"),
            1 => format!("with {event}"),
            2 => format!("as soon as practicable after {event}"),
            3 => "\"as needed\"".to_owned(),
            _ => {
                let counted = self.dice.pick(&["beginning with", "after"]);
                format!("within {} {counted} {event}", self.length())
            }
        }
    }

    fn length(&mut self) -> &'static str {
        self.dice.pick(&[
            "0 days",
            "1 day",
            "10 days",
            "8 working days",
            "1 month",
            "2 years",
            "990 years",
        ])
    }
}
