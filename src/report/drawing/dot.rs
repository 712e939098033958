//! A drawing for Graphviz.

use super::{Drawing, Edge, Kind, Mark, Node};

pub(super) fn dot(drawing: &Drawing) -> String {
    const HEAD: &str = "\
digraph clearway {
    rankdir=LR;
    node [fontname=\"sans-serif\", fontsize=11];
    edge [fontname=\"sans-serif\", fontsize=9];
";
    let mut text = HEAD.to_owned();
    for node in &drawing.nodes {
        text.push_str(&written_node(node));
    }
    for edge in &drawing.edges {
        text.push_str(&written_edge(drawing, edge));
    }
    text.push_str("}\n");
    text
}

fn written_node(node: &Node) -> String {
    let corner = match node.kind {
        Kind::Decision => "",
        Kind::Route => ",rounded",
    };
    let mut label = textwrap::fill(&node.title, 30);
    if !node.found.is_empty() {
        label = format!("{label}\n{}", textwrap::fill(&node.found(), 30));
    }
    let (line, colours) = match node.mark {
        Mark::Plain => ("", "fillcolor=\"#ffffff\", color=\"#333333\""),
        Mark::Idle => ("", "fillcolor=\"#fafafa\", color=\"#bbbbbb\", fontcolor=\"#767676\""),
        Mark::Barred => {
            (",dashed", "fillcolor=\"#f4f4f4\", color=\"#b3261e\", fontcolor=\"#666666\"")
        }
        Mark::Unsettled => ("", "fillcolor=\"#fff6e0\", color=\"#9a5b00\""),
        Mark::Holds => (",bold", "fillcolor=\"#e6f4ea\", color=\"#1a7f37\""),
    };
    let (name, label, tooltip) = (quoted(&node.name), quoted(&label), quoted(&node.tooltip()));
    let style = format!("shape=box, style=\"filled{corner}{line}\", {colours}");
    format!("    {name} [label={label}, tooltip={tooltip}, {style}];\n")
}

fn written_edge(drawing: &Drawing, edge: &Edge) -> String {
    let name =
        |place| quoted(drawing.nodes.get(place).map_or("", |node: &Node| node.name.as_str()));
    let style = match edge.mark {
        Mark::Plain => "color=\"#555555\"",
        Mark::Idle => "color=\"#cccccc\"",
        Mark::Barred => "color=\"#999999\", style=dashed",
        Mark::Unsettled => "color=\"#9a5b00\"",
        Mark::Holds => "color=\"#1a7f37\", style=bold, penwidth=2",
    };
    let label = quoted(&textwrap::fill(&edge.label(), 24));
    format!("    {} -> {} [label={label}, {style}];\n", name(edge.from), name(edge.to))
}

/// A string as Graphviz reads it.
fn quoted(words: &str) -> String {
    let words = words.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    let words: String = words.chars().filter(|letter| !letter.is_control()).collect();
    format!("\"{words}\"")
}
