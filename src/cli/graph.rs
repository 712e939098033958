//! `clearway graph`

use super::args::{Graph as Args, GraphFormat};
use super::console::{Complaints, Console};
use super::decide;
use super::exit::Exit;
use super::rules;
use crate::pack::{RouteId, Rulebook, Thing};
use crate::report::{DrawingFormat, draw};

/// Draws the decision graph, with the path that a commission takes through it.
pub(super) fn graph(args: &Args, console: &mut Console<'_>) -> Exit {
    let graph = match rules::graph(&args.rules, console) {
        Ok(graph) => graph,
        Err(exit) => return exit,
    };
    let route = match args.route.as_deref().map(|name| route(graph.book(), name)) {
        Some(Err(message)) => {
            console.complain(&message);
            return Exit::Misuse;
        }
        Some(Ok(route)) => Some(route),
        None => None,
    };
    let commission = match &args.commission {
        None => None,
        Some(path) => match decide::commission(path, &graph, Complaints::Words, console) {
            Ok(commission) => Some(commission),
            Err(exit) => return exit,
        },
    };
    let answer = commission.map(|commission| {
        let as_at = args.as_at.or(commission.as_at).unwrap_or(console.today);
        crate::decide(&graph, &commission.facts, as_at)
    });
    let format = match args.format {
        GraphFormat::Dot => DrawingFormat::Dot,
        GraphFormat::Mermaid => DrawingFormat::Mermaid,
        GraphFormat::Svg => DrawingFormat::Svg,
        GraphFormat::Json => DrawingFormat::Json,
    };
    console.say(&draw(&graph, format, route, answer.as_ref()));
    Exit::Answered
}

fn route(book: &Rulebook, name: &str) -> Result<RouteId, String> {
    if let Some(Thing::Route(route)) = book.names.get(name) {
        return Ok(*route);
    }
    let routes = book.routes.rows().map(|route| route.name.as_str());
    let near = super::explain::nearest(name, routes);
    let near = near.map(|near| format!("; perhaps `{near}`")).unwrap_or_default();
    Err(format!("error: no route is called `{name}`{near}\n"))
}
