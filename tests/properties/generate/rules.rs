//! Decisions, routes, models and preferences.

use super::{Kind, Writer};

impl Writer {
    pub(super) fn decision(&mut self) {
        let place = self.decisions.len();
        let mut outcomes: Vec<String> =
            ["a", "b", "c"].iter().map(|end| format!("outcome_{end}")).collect();
        outcomes.truncate(self.dice.between(1, 3));
        outcomes.push("none".to_owned());
        let mut lines = vec![format!("decision decision_{place} \"Which?\"")];
        let mut said: Vec<String> = Vec::new();
        let n_cases = self.dice.between(1, 3);
        for _ in 0..n_cases {
            let dated = self.dated();
            self.case(&outcomes, &dated, &mut said, &mut lines);
        }
        let turn = self.dice.pick(self.edges);
        let (first, last) = (self.dice.pick(&outcomes), self.dice.pick(&outcomes));
        if self.dice.one_in(5) {
            lines.push(format!("    {first} otherwise until {turn}{}", self.cite()));
            self.case(&outcomes, &format!(" from {turn}"), &mut said, &mut lines);
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

    fn case(
        &mut self,
        outcomes: &[String],
        dated: &str,
        said: &mut Vec<String>,
        lines: &mut Vec<String>,
    ) {
        let outcome = self.dice.pick(outcomes);
        let ending = format!("{dated}{}", self.cite());
        lines.extend(self.conditional(&format!("{outcome} when"), &ending));
        if self.dice.one_in(6) {
            lines.push("        doubt \"Not verified.\"".to_owned());
        }
        said.push(outcome);
    }

    pub(super) fn route(&mut self) {
        let name = format!("route_{}", self.routes.len());
        let mut lines = vec![format!("route {name} \"Route\"{}", self.cite())];
        self.in_force(&mut lines);
        for _ in 0..self.dice.between(1, 4) {
            self.needs(&mut lines);
        }
        if self.dice.one_in(6) {
            lines.push(format!("    mandatory{}", self.cite()));
        }
        if !self.routes.is_empty() && self.dice.one_in(4) {
            let others = self.dice.some(&self.routes, 2).join(", ");
            lines.push(format!("    excludes {others}{}", self.cite()));
        }
        self.write(lines);
        self.routes.push(name);
    }

    pub(super) fn needs(&mut self, lines: &mut Vec<String>) {
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

    pub(super) fn models(&mut self) {
        for place in 0..self.dice.below(3) {
            let mut lines = vec![format!("model model_{place} \"Model\"{}", self.cite())];
            self.in_force(&mut lines);
            let ending = self.ending();
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
    pub(super) fn preferences(&mut self) {
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
            let n_below = self.dice.between(1, 2);
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

    pub(super) fn preference(&mut self, above: usize, below: usize) {
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
}
