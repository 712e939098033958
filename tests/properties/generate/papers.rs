//! Days, events, documents and periods.

use super::{Kind, Measure, Writer};

impl Writer {
    pub(super) fn days_and_events(&mut self) {
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
    pub(super) fn papers(&mut self) {
        for place in 0..self.dice.between(1, 2) {
            let name = format!("{}_paper_{place}", self.folder);
            let mut lines = vec![format!("document {name} \"Paper\"{}", self.cite())];
            lines.push(format!("    kind {}", self.dice.pick(&["notice", "record", "letter"])));
            lines.push(format!("    force {}", self.dice.pick(&["law", "policy", "practice"])));
            lines.push(format!("    stage {}", self.dice.pick(&["plan", "procure", "award"])));
            self.when(&mut lines);
            for _ in 0..self.dice.below(3) {
                self.ban(&mut lines);
            }
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

    fn ban(&mut self, lines: &mut Vec<String>) {
        let ending = self.ending();
        if self.dice.one_in(3) {
            let routes = self.dice.some(&self.routes, 2).join(", ");
            let test = self.operand(1);
            lines.push(format!("    forbidden when route in ({routes}) and {test}{ending}"));
        } else {
            lines.extend(self.conditional("forbidden when", &ending));
        }
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
