//! The service described (OpenAPI 3.1): its schemas are those of the types that are written.

use serde_json::{Map, Value as Json, json};

use super::problem;
use crate::report;

/// The OpenAPI document of a service whose commissions have this schema, and whose rules these
/// routes.
pub(super) fn document(commission: &Json, routes: &[&str]) -> Json {
    let mut schemas = report::components();
    let parts = commission.get("$defs").and_then(Json::as_object).into_iter().flatten();
    schemas.extend(parts.map(|(name, part)| (part_name(name), component(part))));
    schemas.insert("Commission".to_owned(), component(commission));
    schemas.insert("Problem".to_owned(), problem());
    schemas.insert("Fault".to_owned(), fault());
    let schemas: Map<String, Json> =
        schemas.into_iter().map(|(name, schema)| (name, listed(&schema))).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Clearway",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Which lawful routes are open for a public commission, which to take and \
                            why, and what to prepare.",
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "paths": paths(routes),
        "components": {
            "schemas": schemas,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
        "security": [{}, { "token": [] }],
    })
}

/// A schema of a commission as a component. Its parts are components beside it, for programs that
/// make clients look for them nowhere else.
fn component(schema: &Json) -> Json {
    match schema {
        Json::Object(members) => {
            let members =
                members.iter().filter(|(key, _)| !matches!(key.as_str(), "$schema" | "$defs"));
            let members = members.map(|(key, value)| {
                let part = value.as_str().and_then(|to| to.strip_prefix("#/$defs/"));
                let value = match part.filter(|_| key == "$ref") {
                    Some(part) => json!(reference(&part_name(part))),
                    None => component(value),
                };
                (key.clone(), value)
            });
            Json::Object(members.collect())
        }
        Json::Array(items) => items.iter().map(component).collect(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => schema.clone(),
    }
}

/// A schema with words to choose from as a list, what each means being told before it. By its words
/// one by one a schema says more, but programs that make clients understand a list.
fn listed(schema: &Json) -> Json {
    match schema {
        Json::Object(members) => match choices(members) {
            Some(choices) => choices,
            None => members.iter().map(|(key, value)| (key.clone(), listed(value))).collect(),
        },
        Json::Array(items) => items.iter().map(listed).collect(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => schema.clone(),
    }
}

/// The list, where a schema is one of some words.
fn choices(members: &Map<String, Json>) -> Option<Json> {
    let (mut words, mut says) = (Vec::new(), Vec::new());
    says.extend(members.get("description").and_then(Json::as_str).map(str::to_owned));
    for choice in members.get("oneOf")?.as_array()? {
        let word = choice.get("const")?.as_str()?;
        let meaning = choice.get("description").or_else(|| choice.get("title"));
        says.extend(meaning.and_then(Json::as_str).map(|meaning| format!("`{word}`: {meaning}")));
        words.push(word);
    }
    Some(json!({ "type": "string", "enum": words, "description": says.join("\n\n") }))
}

/// The name of a commission's part among all components: `unknown` is `Commission.unknown`.
fn part_name(part: &str) -> String {
    format!("Commission.{part}")
}

fn reference(component: &str) -> String {
    format!("#/components/schemas/{component}")
}

fn schema(name: &str) -> Json {
    json!({ "$ref": reference(name) })
}

fn content(kind: &str, schema: &Json) -> Json {
    json!({ kind: { "schema": schema } })
}

fn refused(description: &str) -> Json {
    json!({
        "description": description,
        "content": content(problem::MEDIA, &schema("Problem")),
    })
}

/// A page that stays the same until other rules are loaded.
fn fixed(id: &str, summary: &str, kind: &str, of: &Json, parameters: &Json) -> Json {
    json!({ "get": {
        "operationId": id,
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": { "description": "The page.", "content": content(kind, of) },
            "304": { "description": "The caller has it already." },
            "400": refused("The query can't be read."),
            "401": refused("The caller is not known."),
            "404": refused("There is no such thing."),
            "406": refused("The caller takes no encoding that there is."),
            "503": refused("Too many requests at once."),
        },
    }})
}

fn paths(routes: &[&str]) -> Json {
    let none = json!([]);
    let any = json!({ "type": "object" });
    let text = json!({ "type": "string" });
    let name = json!([{
        "name": "pack", "in": "path", "required": true, "schema": { "type": "string" },
    }]);
    let drawn = json!([
        { "name": "format", "in": "query", "schema": { "enum": ["svg", "dot", "mermaid", "json"] } },
        { "name": "route", "in": "query", "schema": { "enum": routes } },
    ]);
    let mut graph = fixed("graph", "The decision graph, drawn.", "application/json", &any, &drawn);
    if let Some(kinds) = graph.pointer_mut("/get/responses/200/content") {
        for kind in ["image/svg+xml", "text/vnd.graphviz", "text/plain"] {
            kinds[kind] = json!({ "schema": text });
        }
    }
    let health = |id: &str, summary: &str| {
        json!({ "get": {
            "operationId": id,
            "summary": summary,
            "security": [],
            "responses": {
                "200": { "description": "Yes.", "content": content("text/plain", &text) },
                "406": refused("The caller takes no encoding that there is."),
                "503": refused("No."),
            },
        }})
    };
    json!({
        "/v1/decide": { "post": decide() },
        "/v1/diff": { "post": diff() },
        "/v1/packs": fixed("packs", "The packs that are loaded.", "application/json", &schema("Packs"), &none),
        "/v1/packs/{pack}": fixed(
            "pack", "What stands in a pack.", "application/json", &schema("PackContents"), &name,
        ),
        "/v1/schema/facts": fixed(
            "facts_schema", "The JSON Schema of a commission.", "application/schema+json", &any, &none,
        ),
        "/v1/schema/answer": fixed(
            "answer_schema", "The JSON Schema of an answer.", "application/schema+json", &any, &none,
        ),
        "/v1/graph": graph,
        "/openapi.json": fixed("openapi", "This document.", "application/json", &any, &none),
        "/health/live": health("live", "Whether the service runs."),
        "/health/ready": health("ready", "Whether the service answers."),
        "/metrics": { "get": {
            "operationId": "metrics",
            "summary": "What the service counts, for Prometheus.",
            "responses": {
                "200": { "description": "The counters.", "content": content("text/plain", &text) },
                "401": refused("The caller is not known."),
                "406": refused("The caller takes no encoding that there is."),
                "503": refused("Too many requests at once."),
            },
        }},
    })
}

fn decide() -> Json {
    let one = schema("Commission");
    // The most first: who takes the first that fits has all that was sent.
    let answer = json!({ "anyOf": [schema("Answer"), schema("Reasons"), schema("Standings")] });
    let faults = json!({
        "type": "object",
        "required": ["errors"],
        "properties": { "errors": { "type": "array", "items": schema("Fault") } },
    });
    let each =
        json!({ "anyOf": [schema("Answer"), schema("Reasons"), schema("Standings"), faults] });
    json!({
        "operationId": "decide",
        "summary": "Answers a commission, or a list of them.",
        "parameters": [
            {
                "name": "fields", "in": "query",
                "description": "How much of the answer as JSON.",
                "schema": { "enum": ["standing", "reasons", "answer", "everything"], "default": "everything" },
            },
            {
                "name": "receipt", "in": "query",
                "description": "1: with a receipt, by which the answer can be made again; of JSON.",
                "schema": { "type": "integer", "minimum": 0, "maximum": 1 },
            },
            {
                "name": "as_at", "in": "query",
                "description": "The date asked about of commissions that give none; else today.",
                "schema": { "type": "string", "format": "date" },
            },
            required(),
        ],
        "requestBody": {
            "required": true,
            "content": { "application/json": { "schema": {
                "description": "A commission, or a list of them. One of a list that can't be read has \
                                its errors in the place of its answer.",
                "anyOf": [one, { "type": "array", "items": {} }],
            }}},
        },
        "responses": {
            "200": {
                "description": "The answer. Of a list, the answers in its order; in the place of a \
                                commission that can't be read, its errors.",
                "headers": rules_header(),
                "content": {
                    "application/json": { "schema": {
                        "anyOf": [answer, { "type": "array", "items": each }],
                    }},
                    "text/markdown": { "schema": { "type": "string" } },
                    "text/html": { "schema": { "type": "string" } },
                },
            },
            "400": refused("The query can't be read, or the body is not JSON or was cut short."),
            "401": refused("The caller is not known."),
            "406": refused("The caller takes no form or encoding that there is, or one that can't have what it asks for."),
            "409": refused("Other rules are loaded than those required."),
            "413": refused("The body is too large, or the list too long."),
            "415": refused("The body is not said to be JSON, or is encoded."),
            "422": refused("The commission can't be read."),
            "503": refused("Too many requests at once, or it took too long."),
        },
    })
}

/// The header by which a caller says which rules it requires.
fn required() -> Json {
    json!({
        "name": "Clearway-Rules", "in": "header",
        "description": "The digest of the rules, or of a pack, that must be loaded.",
        "schema": { "type": "string", "pattern": "^[0-9a-z:-]+$" },
    })
}

fn rules_header() -> Json {
    json!({ "Clearway-Rules": {
        "description": "The digest of the rules that answered.",
        "schema": { "type": "string" },
    }})
}

fn diff() -> Json {
    json!({
        "operationId": "diff",
        "summary": "Says what differs between the rules loaded at two dates, and for whom.",
        "parameters": [required()],
        "requestBody": {
            "required": true,
            "content": { "application/json": { "schema": {
                "type": "object",
                "additionalProperties": false,
                "required": ["from", "to"],
                "properties": {
                    "from": { "type": "string", "format": "date" },
                    "to": { "type": "string", "format": "date" },
                },
            }}},
        },
        "responses": {
            "200": {
                "description": "What differs.",
                "headers": rules_header(),
                "content": content("application/json", &schema("Differences")),
            },
            "400": refused("The body is not JSON or was cut short."),
            "401": refused("The caller is not known."),
            "406": refused("The caller takes no encoding that there is."),
            "409": refused("Other rules are loaded than those required."),
            "413": refused("The body is too large."),
            "415": refused("The body is not said to be JSON, or is encoded."),
            "422": refused("The dates can't be read."),
            "503": refused("Too many requests at once, or it took too long."),
        },
    })
}

/// A problem document (RFC 9457).
fn problem() -> Json {
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "required": ["type", "title", "status", "detail", "code", "errors"],
        "properties": {
            "type": text,
            "title": text,
            "status": { "type": "integer" },
            "detail": text,
            "code": text,
            "errors": { "type": "array", "items": schema("Fault") },
        },
    })
}

/// One thing that is wrong with a commission.
fn fault() -> Json {
    let text = json!({ "type": "string" });
    let perhaps = json!({ "type": ["string", "null"] });
    json!({
        "type": "object",
        "required": ["code", "message", "pointer", "notes", "help"],
        "properties": {
            "code": text,
            "message": text,
            "pointer": perhaps,
            "notes": { "type": "array", "items": text },
            "help": perhaps,
        },
    })
}
