//! A drawing for Mermaid.

use super::{Drawing, Kind, Mark};

/// The marks with a look of their own: the name of its class, how a node looks, how an edge does.
const LOOKS: [(Mark, &str, &str, &str); 4] = [
    (Mark::Idle, "idle", "fill:#f4f4f4,stroke:#bbbbbb,color:#777777", "stroke:#cccccc"),
    (
        Mark::Barred,
        "barred",
        "fill:#f4f4f4,stroke:#b3261e,color:#666666,stroke-dasharray:5 4",
        "stroke:#999999,stroke-dasharray:5 4",
    ),
    (Mark::Unsettled, "unsettled", "fill:#fff6e0,stroke:#9a5b00,color:#4a2c00", "stroke:#9a5b00"),
    (
        Mark::Holds,
        "holds",
        "fill:#e6f4ea,stroke:#1a7f37,color:#0b3d1b,stroke-width:3px",
        "stroke:#1a7f37,stroke-width:3px",
    ),
];

pub(super) fn mermaid(drawing: &Drawing) -> String {
    let mut lines = vec!["flowchart LR".to_owned()];
    for (place, node) in drawing.nodes.iter().enumerate() {
        let mut label = escaped(&node.title);
        if !node.found.is_empty() {
            label = format!("{label}<br/><b>{}</b>", escaped(&node.found()));
        }
        let label = format!("{label}<br/><small>{}</small>", node.facts_counted());
        lines.push(match node.kind {
            Kind::Decision => format!("    n{place}[\"{label}\"]"),
            Kind::Route => format!("    n{place}([\"{label}\"])"),
        });
    }
    for edge in &drawing.edges {
        let label = match edge.outcomes.is_empty() {
            true => String::new(),
            false => format!("|\"{}\"|", escaped(&edge.label())),
        };
        lines.push(format!("    n{} -->{label} n{}", edge.from, edge.to));
    }
    for (mark, class, node_look, edge_look) in LOOKS {
        let nodes = drawing.nodes.iter().enumerate().filter(|(_, node)| node.mark == mark);
        let nodes: Vec<String> = nodes.map(|(place, _)| format!("n{place}")).collect();
        if !nodes.is_empty() {
            lines.push(format!("    classDef {class} {node_look}"));
            lines.push(format!("    class {} {class}", nodes.join(",")));
        }
        let edges = drawing.edges.iter().enumerate().filter(|(_, edge)| edge.mark == mark);
        let edges: Vec<String> = edges.map(|(place, _)| place.to_string()).collect();
        if !edges.is_empty() {
            lines.push(format!("    linkStyle {} {edge_look}", edges.join(",")));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Words as Mermaid shows them: its own marks and those of HTML as numbered characters.
fn escaped(words: &str) -> String {
    let escape = |letter: char| match letter {
        '"' | '#' | '<' | '>' | '&' | '`' | ';' => format!("#{};", u32::from(letter)),
        letter if letter.is_control() => " ".to_owned(),
        letter => letter.to_string(),
    };
    words.chars().map(escape).collect()
}
