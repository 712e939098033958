use super::from_graph::{drawing, found};
use super::{DrawingFormat, Kind, Mark, draw};
use crate::decide::decide;
use crate::facts::{Facts, Form};
use crate::graph::{self, Graph};
use crate::pack::{self, RouteId};
use crate::quantity::Date;
use crate::source::Sources;

const ALL: [DrawingFormat; 4] =
    [DrawingFormat::Dot, DrawingFormat::Mermaid, DrawingFormat::Svg, DrawingFormat::Json];

const RULES: &str = r#"
pack example "Part of the Procurement Act 2023"
    version 1.0.0
    extent england
    in force from 2025-02-24                                    [act s.127]

source act "Procurement Act 2023" ukpga/2023/54

fact authority.kind "Kind of <authority> & \"body\"" : one of
    council "A council"
    trust "A trust"
    ask "Who is commissioning?"
    [act s.2]

fact contract.value "Estimated value" : money including VAT
    ask "What is the most this contract could cost?"
    [act s.4]

fact need.urgent "Urgent" : yes or no
    ask "Is it urgent?"
    [act s.41]

amount threshold "Threshold" : money including VAT by class
    central £139,688                                            [act sch.1]
    other £214,904                                              [act sch.1]

decision class "Central <or> \"other\" & so on?"
    central "Central" when authority.kind is trust              [act s.2]
    other "Other; `council`" otherwise                          [act s.2]

decision coverage "Is it covered?"
    exempt "Exempt" when need.urgent                            [act s.2]
    below "Below" when contract.value < threshold               [act s.3]
    covered "Covered" otherwise                                 [act s.1]

route open "Open procedure"
    needs coverage is covered                                   [act s.20]

route free "No procedure"
    needs coverage in (exempt, below)                           [act s.3]

route central "For the centre"
    needs class is central                                      [act s.3]
"#;

fn graph_of(text: &str) -> Graph {
    let (book, diagnostics) = pack::read(&Sources::single("x.way", text));
    let errors: Vec<_> = diagnostics.iter().filter(|told| told.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    graph::build(book).0
}

fn facts(graph: &Graph, json: &str) -> Facts {
    let (commission, told) = Form::new(graph.book()).read(graph.book(), json);
    assert_eq!(told, []);
    commission.facts
}

fn route(graph: &Graph, name: &str) -> RouteId {
    graph.book().routes.iter().find(|(_, route)| route.name == name).unwrap().0
}

const AS_AT: Date = Date::constant(2026, 3, 2);

#[test]
fn a_drawing_is_the_same_each_time() {
    for format in ALL {
        let (first, second) = (graph_of(RULES), graph_of(RULES));
        let answer = decide(&first, &Facts::none(), AS_AT);
        assert_eq!(draw(&first, format, None, None), draw(&second, format, None, None));
        assert_eq!(
            draw(&first, format, None, Some(&answer)),
            draw(&first, format, None, Some(&answer.clone()))
        );
    }
}

#[test]
fn decisions_come_before_what_names_them_with_their_outcomes_between() {
    let drawing = drawing(&graph_of(RULES), None, None);
    let names: Vec<(&str, usize)> =
        drawing.nodes.iter().map(|node| (node.name.as_str(), node.layer)).collect();
    assert_eq!(names, [("class", 0), ("coverage", 1), ("open", 2), ("free", 2), ("central", 1)]);
    let edges: Vec<(usize, usize, String)> =
        drawing.edges.iter().map(|edge| (edge.from, edge.to, edge.label())).collect();
    let edge = |from, to, label: &str| (from, to, label.to_owned());
    assert_eq!(
        edges,
        [
            edge(0, 1, ""),
            edge(1, 2, "Covered"),
            edge(1, 3, "Exempt / Below"),
            edge(0, 4, "Central")
        ]
    );
    assert!(drawing.nodes.iter().all(|node| node.mark == Mark::Plain));
    let coverage = drawing.nodes.iter().find(|node| node.name == "coverage").unwrap();
    assert_eq!((coverage.kind, coverage.facts.len()), (Kind::Decision, 2));
}

#[test]
fn a_single_route_keeps_what_leads_to_it() {
    let graph = graph_of(RULES);
    let names = |name| -> Vec<String> {
        let drawing = drawing(&graph, Some(route(&graph, name)), None);
        drawing.nodes.into_iter().map(|node| node.name).collect()
    };
    assert_eq!(names("central"), ["class", "central"]);
    assert_eq!(names("open"), ["class", "coverage", "open"]);
}

#[test]
fn an_answer_marks_what_holds_what_is_barred_and_what_waits() {
    let graph = graph_of(RULES);
    let json = r#"{"authority": {"kind": "council"}, "contract": {"value": "£1m"}}"#;
    let marks = |facts: &Facts, as_at| -> (Vec<Mark>, Vec<Mark>) {
        let answer = decide(&graph, facts, as_at);
        let drawing = drawing(&graph, None, Some(&found(&answer)));
        let edges = drawing.edges.iter().map(|edge| edge.mark).collect();
        (drawing.nodes.iter().map(|node| node.mark).collect(), edges)
    };
    use Mark::{Barred, Holds, Idle, Unsettled};
    let (nodes, edges) = marks(&facts(&graph, json), AS_AT);
    assert_eq!(nodes, [Holds, Unsettled, Unsettled, Unsettled, Barred]);
    assert_eq!(edges, [Holds, Unsettled, Unsettled, Barred]);
    let settled = facts(&graph, &json.replace("{\"auth", "{\"need\": {\"urgent\": false}, \"auth"));
    let (nodes, edges) = marks(&settled, AS_AT);
    assert_eq!(nodes, [Holds, Holds, Holds, Barred, Barred]);
    assert_eq!(edges, [Holds, Holds, Barred, Barred]);
    let (nodes, edges) = marks(&settled, Date::constant(2020, 1, 1));
    assert!(
        nodes.iter().chain(&edges).all(|mark| matches!(mark, Idle | Barred)),
        "{nodes:?} {edges:?}"
    );
    let svg = draw(&graph, DrawingFormat::Svg, None, Some(&decide(&graph, &settled, AS_AT)));
    assert!(svg.contains(">open</text>") && svg.contains("class=\"line holds\""));
}

#[test]
fn words_of_the_rules_are_escaped_in_every_format() {
    let graph = graph_of(RULES);
    let drawn = |format| draw(&graph, format, None, None);
    let dot = drawn(DrawingFormat::Dot);
    assert!(dot.contains(r#"label="Central <or> \"other\" & so on?""#), "{dot}");
    let mermaid = drawn(DrawingFormat::Mermaid);
    assert!(mermaid.contains("Central #60;or#62; #34;other#34; #38; so on?"), "{mermaid}");
    let svg = drawn(DrawingFormat::Svg);
    assert!(svg.contains("Central &lt;or&gt; &quot;other&quot; &amp; so"), "{svg}");
    assert!(svg.contains("- Kind of &lt;authority&gt; &amp;"), "{svg}");
    assert!(!svg.contains("<or>") && !svg.contains(" & "), "{svg}");
    let json: serde_json::Value = serde_json::from_str(&drawn(DrawingFormat::Json)).unwrap();
    assert_eq!(json.pointer("/nodes/0/title").unwrap(), "Central <or> \"other\" & so on?");
    assert_eq!(json.pointer("/edges/1/outcomes/0/name").unwrap(), "covered");
}

#[test]
fn no_two_nodes_of_a_picture_overlap() {
    let many: String = (0..40)
        .map(|n| {
            let needs = "needs class is central [act s.3]\n    needs coverage is covered [act s.3]";
            format!("\nroute r{n} \"Route {n}\"\n    {needs}\n")
        })
        .collect();
    let graph = graph_of(&format!("{RULES}{many}"));
    let drawing = drawing(&graph, None, None);
    let n_lines = vec![3; drawing.nodes.len()];
    let laid = super::layout::layout(&drawing, &n_lines, &vec![10; drawing.edges.len()]);
    let mut areas: Vec<(i64, i64, i64)> =
        laid.nodes.iter().map(|area| (area.left, area.top, area.top + area.height)).collect();
    areas.sort_unstable();
    for (above, below) in areas.iter().zip(areas.iter().skip(1)) {
        assert!(above.0 != below.0 || above.2 <= below.1, "{above:?} {below:?}");
    }
    assert!(
        areas.iter().all(|(left, top, bottom)| *left > 0 && *top > 0 && *bottom <= laid.height)
    );
}

#[test]
fn rules_without_a_route_are_drawn() {
    let graph = graph::build(pack::read(&Sources::default()).0).0;
    for format in ALL {
        assert!(!draw(&graph, format, None, None).is_empty());
    }
}
