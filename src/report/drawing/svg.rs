//! A drawing as a picture that a browser shows at full size, with tooltips.

use super::layout::{Area, LINE_HEIGHT, Layout, NODE_WIDTH, layout};
use super::{Drawing, Edge, Kind, Mark, Node};

/// How many letters of a label are shown; the tooltip has the rest.
const LABEL_LETTERS_MAX: usize = 34;
/// How many letters go on a line of a node.
const NODE_LETTERS_MAX: usize = 32;
/// The height of the legend under the picture.
const LEGEND_HEIGHT: i64 = 44;
/// The least width, for the legend.
const WIDTH_MIN: i64 = 760;

const STYLE: &str = "\
text{font-family:system-ui,sans-serif;font-size:12px;fill:#1b1b1b}
.name{font-family:ui-monospace,monospace;font-size:10px;fill:#5c5c5c}
.found{font-weight:700}
.label{font-size:11px;text-anchor:end;fill:#333}
.box{fill:#fff;stroke:#333;stroke-width:1.2}
.decision .box{fill:#f2f6fc}
.line{fill:none;stroke:#6b6b6b;stroke-width:1.2}
.holds .box{fill:#e6f4ea;stroke:#1a7f37;stroke-width:2.6}
.holds .found,.label.holds{fill:#126129}
.line.holds{stroke:#1a7f37;stroke-width:2.6}
.label.holds{font-weight:700}
.line.holds.faint{stroke:#7fb58f;stroke-width:1.2}
.label.holds.faint{font-weight:400}
.unsettled .box{fill:#fff6e0;stroke:#9a5b00;stroke-width:1.8}
.unsettled .found,.label.unsettled{fill:#7a4700}
.line.unsettled{stroke:#c07a10;stroke-width:1.8}
.barred .box{fill:#f4f4f4;stroke:#b3261e;stroke-dasharray:5 4}
.barred text{fill:#666}
.barred .found{fill:#b3261e}
.line.barred{stroke:#a8a8a8;stroke-dasharray:5 4}
.label.barred{fill:#6f6f6f}
.idle .box{fill:#fafafa;stroke:#c4c4c4}
.idle text,.label.idle{fill:#767676}
.line.idle{stroke:#d5d5d5}
";

pub(super) fn svg(drawing: &Drawing) -> String {
    let texts: Vec<Vec<Line>> = drawing.nodes.iter().map(lines).collect();
    let labels: Vec<String> = drawing.edges.iter().map(|edge| cut(&edge.label())).collect();
    let n_lines: Vec<i64> = texts.iter().map(|lines| number(lines.len())).collect();
    let n_letters: Vec<i64> = labels.iter().map(|label| number(label.chars().count())).collect();
    let Layout { nodes, edges, width, height } = layout(drawing, &n_lines, &n_letters);
    let (width, height) = (width.max(WIDTH_MIN), height + LEGEND_HEIGHT);
    let mut parts = vec![
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width}\" \
             height=\"{height}\" viewBox=\"0 0 {width} {height}\">"
        ),
        "<title>Decisions and routes</title>".to_owned(),
        format!("<style>\n{STYLE}</style>"),
        "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>".to_owned(),
    ];
    // The edges that matter most are drawn last, over those that they share a way with.
    let mut drawn: Vec<(&Edge, &Vec<(i64, i64)>)> = drawing.edges.iter().zip(&edges).collect();
    drawn.sort_by_key(|(edge, _)| (edge.mark, drawing.nodes.get(edge.to).map(|node| node.mark)));
    parts.extend(drawn.into_iter().map(|(edge, points)| line(drawing, edge, points)));
    let rows = drawing.nodes.iter().zip(&texts).zip(&nodes);
    parts.extend(rows.map(|((node, lines), area)| written_node(node, lines, *area)));
    let rows = drawing.edges.iter().zip(&labels).zip(&edges);
    parts.extend(
        rows.filter_map(|((edge, label), points)| written_label(drawing, edge, label, points)),
    );
    parts.push(legend(drawing, height - LEGEND_HEIGHT));
    parts.push("</svg>\n".to_owned());
    parts.join("\n")
}

/// A line of a node's text with its class.
struct Line {
    class: &'static str,
    words: String,
}

/// A length as a coordinate; no drawing is near the largest.
fn number(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

fn lines(node: &Node) -> Vec<Line> {
    let wrapped = |class: &'static str, words: &str| -> Vec<Line> {
        // What was found is in bold, which is wider.
        let n_letters = if class == "found" { NODE_LETTERS_MAX - 4 } else { NODE_LETTERS_MAX };
        let lines = textwrap::wrap(words, n_letters);
        lines.into_iter().map(|words| Line { class, words: words.into_owned() }).collect()
    };
    let mut lines = wrapped("title", &node.title);
    lines.push(Line { class: "name", words: cut(&node.name) });
    if !node.found.is_empty() {
        lines.extend(wrapped("found", &node.found()));
    }
    lines
}

fn cut(words: &str) -> String {
    match words.char_indices().nth(LABEL_LETTERS_MAX) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default().trim_end()),
        None => words.to_owned(),
    }
}

const fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::Plain => "plain",
        Mark::Idle => "idle",
        Mark::Barred => "barred",
        Mark::Unsettled => "unsettled",
        Mark::Holds => "holds",
    }
}

fn written_node(node: &Node, lines: &[Line], area: Area) -> String {
    let (kind, corner) = match node.kind {
        Kind::Decision => ("decision", 2),
        Kind::Route => ("route", 14),
    };
    let Area { left, top, height } = area;
    let tooltip = escaped(&format!("{}\n{}", node.title, node.tooltip()));
    let first = top + (height - number(lines.len()) * LINE_HEIGHT) / 2 + LINE_HEIGHT - 4;
    let rows = lines.iter().zip((0..).map(|row| first + row * LINE_HEIGHT));
    let texts: String = rows
        .map(|(line, y)| {
            let (class, words) = (line.class, escaped(&line.words));
            format!("<text class=\"{class}\" x=\"{}\" y=\"{y}\">{words}</text>", left + 12)
        })
        .collect();
    let mark = class(node.mark);
    format!(
        "<g class=\"{kind} {mark}\"><title>{tooltip}</title><rect class=\"box\" x=\"{left}\" \
         y=\"{top}\" width=\"{NODE_WIDTH}\" height=\"{height}\" rx=\"{corner}\"/>{texts}</g>"
    )
}

/// What is told of an edge: `Is it covered?: Covered, asked about by Direct award`.
fn told(drawing: &Drawing, edge: &Edge) -> String {
    let title = |place: usize| drawing.nodes.get(place).map_or("", |node| node.title.as_str());
    let (from, to, label) = (title(edge.from), title(edge.to), edge.label());
    let label = if label.is_empty() { "a figure that depends on it".to_owned() } else { label };
    escaped(&format!("{from}\n{label}\n→ {to}"))
}

/// The class of an edge's mark, faint where it leads to a route that is no use after all.
fn edge_class(drawing: &Drawing, edge: &Edge) -> String {
    let faint = match drawing.nodes.get(edge.to).map(|node| node.mark) {
        Some(Mark::Barred | Mark::Idle) => " faint",
        Some(Mark::Plain | Mark::Unsettled | Mark::Holds) | None => "",
    };
    format!("{}{faint}", class(edge.mark))
}

fn line(drawing: &Drawing, edge: &Edge, points: &[(i64, i64)]) -> String {
    let told = told(drawing, edge);
    let (path, class) = (path(points), edge_class(drawing, edge));
    format!("<path class=\"line {class}\" d=\"{path}\"><title>{told}</title></path>")
}

/// A way through points: a curve to each, and level from the left of a bend to its right.
fn path(points: &[(i64, i64)]) -> String {
    let Some(((x, y), rest)) = points.split_first() else { return String::new() };
    let mut path = format!("M{x} {y}");
    let mut from = *x;
    for (place, (x, y)) in rest.iter().enumerate() {
        let last_y = points.get(place).map_or(*y, |(_, y)| *y);
        if place.is_multiple_of(2) {
            // The curve is over before the label, which stands at the end.
            let turn = from + (x - from).min(super::layout::GAP) / 2;
            let bent = from + (x - from).min(super::layout::GAP);
            path.push_str(&format!("C{turn} {last_y} {turn} {y} {bent} {y}H{x}"));
        } else {
            path.push_str(&format!("H{x}"));
        }
        from = *x;
    }
    path
}

fn written_label(
    drawing: &Drawing,
    edge: &Edge,
    label: &str,
    points: &[(i64, i64)],
) -> Option<String> {
    let (x, y) = points.last().filter(|_| !label.is_empty())?;
    let (class, told, label) = (edge_class(drawing, edge), told(drawing, edge), escaped(label));
    // The label stands on its line.
    let (x, y) = (x - 6, y - 4);
    Some(format!(
        "<text class=\"label {class}\" x=\"{x}\" y=\"{y}\"><title>{told}</title>{label}</text>"
    ))
}

fn legend(drawing: &Drawing, top: i64) -> String {
    const PLAIN: [(&str, Mark, &str); 2] =
        [("decision", Mark::Plain, "decision"), ("route", Mark::Plain, "route")];
    const ANSWERED: [(&str, Mark, &str); 4] = [
        ("route", Mark::Holds, "open, or settled"),
        ("route", Mark::Unsettled, "waits for facts"),
        ("route", Mark::Barred, "barred"),
        ("route", Mark::Idle, "not in force"),
    ];
    let answered = ANSWERED.iter().filter(|_| drawing.is_answered);
    let (mut parts, mut left) = (String::new(), 24);
    for (kind, mark, words) in PLAIN.iter().chain(answered) {
        let (class, corner) = (class(*mark), if *kind == "route" { 7 } else { 2 });
        let (box_top, baseline, words_left) = (top + 14, top + 26, left + 28);
        parts.push_str(&format!(
            "<g class=\"{kind} {class}\"><rect class=\"box\" x=\"{left}\" y=\"{box_top}\" \
             width=\"22\" height=\"16\" rx=\"{corner}\"/></g>\
             <text x=\"{words_left}\" y=\"{baseline}\">{words}</text>"
        ));
        left = words_left + number(words.len()) * 7 + 24;
    }
    parts
}

/// Words as XML holds them; what it can't hold at all is shown as a replacement character.
fn escaped(words: &str) -> String {
    let escape = |letter: char| match letter {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&#39;".to_owned(),
        '\n' => "&#10;".to_owned(),
        '\u{fffe}' | '\u{ffff}' => '\u{fffd}'.to_string(),
        letter if letter.is_control() => '\u{fffd}'.to_string(),
        letter => letter.to_string(),
    };
    words.chars().map(escape).collect()
}
