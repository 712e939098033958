//! What each request is answered.

use std::collections::BTreeSet;
use std::io::Read;

use axum::body::Body;
use axum::http::Request;
use clearway::desk::Limits;
use flate2::read::GzDecoder;
use serde_json::{Value, json};

use super::{Town, call, get, post, sent};
use crate::cli::shell::Shell;

const GRASS: &str =
    r#"{"title": "Grass", "as_at": "2026-03-02", "contract": {"value": "£40,000"}}"#;

#[test]
fn a_commission_is_answered_as_the_command_line_answers_it() {
    let town = Town::new();
    let answered = call(&town.router(), post("/v1/decide", GRASS));
    assert_eq!(answered.status.as_u16(), 200, "{}", answered.body);
    assert_eq!(answered.header("content-type"), "application/json");
    assert_eq!(answered.header("cache-control"), "no-store");
    let sources = clearway::rules_in(&town.service.rules).expect("the rules can be read");
    let graph = clearway::compile(&sources).expect("the rules compile");
    let (commission, _) = clearway::read_facts(&graph, GRASS);
    let as_at = commission.as_at.expect("a date");
    let (answer, insight) = clearway::answer(&graph, &commission.facts, as_at);
    let answer = answer.about(commission.title);
    assert_eq!(answered.body, clearway::report::line(&answer, Some(&insight)));
}

#[test]
fn a_list_is_answered_in_its_order_and_a_bad_one_in_its_place() {
    let list = format!(r#"[{GRASS}, {{"contract": {{"worth": 1}}}}, {{"title": "Nothing"}}]"#);
    let answered = call(&Town::new().router(), post("/v1/decide?fields=standing", list));
    let answers = answered.json();
    let titles: Vec<&Value> =
        answers.as_array().expect("a list").iter().map(|answer| &answer["title"]).collect();
    assert_eq!(titles, [&json!("Grass"), &Value::Null, &json!("Nothing")]);
    assert_eq!(answers[0]["recommended"], "quotes");
    assert_eq!(answers[1]["errors"][0]["code"], "unknown-fact");
    assert_eq!(answers[1]["errors"][0]["pointer"], "/1/contract/worth");
}

#[test]
fn how_much_is_answered_is_asked_for() {
    let router = Town::new().router();
    let members = |query: &str| {
        let answered = call(&router, post(&format!("/v1/decide{query}"), GRASS));
        let json = answered.json();
        let members = json.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
        (members.len(), members.last().cloned().expect("a member"))
    };
    let (n_standing, _) = members("?fields=standing");
    let (n_answer, _) = members("?fields=answer");
    let (n_everything, _) = members("");
    assert!(n_standing < n_answer && n_answer < n_everything);
    assert_eq!(members("?fields=standing&receipt=1").1, "receipt");
}

#[test]
fn an_answer_is_a_page_for_those_who_take_one() {
    let router = Town::new().router();
    let page = |accept: &str| {
        let request = Request::post("/v1/decide").header("accept", accept);
        call(&router, request.body(Body::from(GRASS)).expect("a request"))
    };
    assert!(page("text/markdown").body.starts_with("**Grass**\n\n# Recommended: Three quotes\n"));
    let html = page("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
    assert!(html.body.starts_with("<!doctype html>"), "{}", html.body);
    assert_eq!(html.header("content-type"), "text/html; charset=utf-8");
    assert!(html.header("content-security-policy").starts_with("default-src 'none'"));
    assert_eq!(page("image/png").problem(), (406, "not-acceptable".to_owned()));
    let scripted = r#"{"title": "<script>alert(1)</script>", "as_at": "2026-03-02"}"#;
    let request = Request::post("/v1/decide").header("accept", "text/html");
    let html = call(&router, request.body(Body::from(scripted)).expect("a request"));
    assert!(!html.body.contains("<script"), "{}", html.body);
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let router = Town::new().router();
    let problem = |request: Request<Body>| call(&router, request).problem();
    let decide = |body: &str| post("/v1/decide", body.to_owned());
    for (body, status, code) in [
        ("", 400, "not-json"),
        ("{", 400, "not-json"),
        ("[{]", 400, "not-json"),
        ("3", 422, "bad-commission"),
        (r#"{"contract": {"value": "many"}}"#, 422, "bad-commission"),
        (r#"{"contract": {"value": "£1", "value": "£2"}}"#, 422, "bad-commission"),
    ] {
        assert_eq!(problem(decide(body)), (status, code.to_owned()), "{body}");
    }
    let answered = call(&router, decide(r#"{"contract": {"value": "many"}}"#));
    assert_eq!(answered.json()["errors"][0]["pointer"], "/contract/value");
    for (body, pointer, message) in [
        (r#"{"contract.value": 4}"#, json!("/contract.value"), "is written with dots"),
        (r#"{"contract": {"c~d/e": 4}}"#, json!("/contract/c~0d~1e"), "no fact is called"),
        ("{", Value::Null, "(the end of the text)"),
        ("{\n \"contract\": {\"value\" \"£4\"}}", Value::Null, "(line 2, column 23)"),
        ("[{}, ]", Value::Null, "the list is not JSON: a `,` stands before a closing bracket"),
    ] {
        let error = &call(&router, decide(body)).json()["errors"][0];
        assert_eq!(error["pointer"], pointer, "{body}");
        assert!(error["message"].as_str().is_some_and(|said| said.contains(message)), "{error}");
    }
    let deep = format!("{}1{}", "{\"a\":".repeat(5_000), "}".repeat(5_000));
    assert_eq!(problem(decide(&deep)), (422, "bad-commission".to_owned()));
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    assert_eq!(call(&router, decide(&deep)).json()[0]["errors"][0]["code"], "commission-too-large");
    let bad = post("/v1/decide", vec![b'{', 0xff, b'}']);
    assert_eq!(problem(bad).0, 422);
    for query in ["fields=all", "receipt=2", "receipt=yes", "as_at=yesterday", "colour=red"] {
        let request = post(&format!("/v1/decide?{query}"), GRASS);
        assert_eq!(problem(request), (400, "bad-query".to_owned()), "{query}");
    }
    assert_eq!(problem(get("/v1/nothing")), (404, "no-such-path".to_owned()));
    assert_eq!(problem(get("/v1/packs/twon")), (404, "no-such-pack".to_owned()));
    assert_eq!(problem(get("/v1/packs/%FF")), (404, "no-such-pack".to_owned()));
    assert_eq!(problem(get("/v1/decide")), (405, "no-such-method".to_owned()));
    let xml = Request::post("/v1/decide").header("content-type", "text/xml");
    let xml = xml.body(Body::from("<x/>")).expect("a request");
    assert_eq!(problem(xml), (415, "not-json-media".to_owned()));
    let packed = Request::post("/v1/decide").header("content-encoding", "gzip");
    let packed = packed.body(Body::from(GRASS)).expect("a request");
    assert_eq!(problem(packed), (415, "encoded-body".to_owned()));
    for query in ["receipt=1", "fields=standing"] {
        let page = Request::post(format!("/v1/decide?{query}")).header("accept", "text/markdown");
        let page = page.body(Body::from(GRASS)).expect("a request");
        assert_eq!(problem(page), (406, "not-acceptable".to_owned()), "{query}");
    }
}

#[test]
fn what_is_too_much_is_refused() {
    let limits = Limits { body_bytes: 200, n_commissions: 2, ..Limits::DEFAULT };
    let router = Town::limited(limits).router();
    let large = format!("{{\"title\": \"{}\"}}", "x".repeat(300));
    let problem = |body: String| call(&router, post("/v1/decide", body)).problem();
    assert_eq!(problem(large.clone()), (413, "too-large".to_owned()));
    assert_eq!(call(&router, post("/v1/decide", large)).header("connection"), "close");
    assert_eq!(problem("[{}, {}, {}]".to_owned()), (413, "too-many".to_owned()));
    let none = Limits { n_requests: 0, ..Limits::DEFAULT };
    let busy = call(&Town::limited(none).router(), post("/v1/decide", GRASS));
    assert_eq!(busy.problem(), (503, "busy".to_owned()));
    assert_eq!(busy.header("retry-after"), "1");
    let health = call(&Town::limited(none).router(), get("/health/live"));
    assert_eq!(health.status.as_u16(), 200);
}

#[test]
fn a_commission_nested_deeper_than_is_wanted_is_refused_and_others_of_its_list_are_not() {
    let router = Town::limited(Limits { nesting: 2, ..Limits::DEFAULT }).router();
    let deep = r#"{"contract": {"value": ["£40,000"]}}"#;
    let answered = call(&router, post("/v1/decide", deep));
    assert_eq!(answered.problem(), (422, "bad-commission".to_owned()));
    let said = &answered.json()["errors"][0];
    assert_eq!(said["code"], "commission-too-large");
    assert_eq!(said["message"], "brackets are nested more than 2 deep (line 1)");
    // The brackets of the list are not those of a commission.
    let answered =
        call(&router, post("/v1/decide?fields=standing", format!("[{GRASS}, {deep}]"))).json();
    assert_eq!(answered[0]["recommended"], "quotes");
    assert_eq!(answered[1]["errors"][0]["code"], "commission-too-large");
    // No service reads what `decide` would refuse.
    let told = Shell::new().transcript("$ clearway serve --nesting-max 65");
    assert!(told.contains("65 is not in 1..=64") && told.contains("[exit 2]"), "{told}");
}

#[test]
fn a_caller_may_name_the_rules_it_requires() {
    let router = Town::new().router();
    let answered = call(&router, post("/v1/decide", GRASS));
    let rules = answered.header("clearway-rules").to_owned();
    let pack = call(&router, get("/v1/packs")).json()["packs"][0]["digest"].clone();
    let requiring = |digest: &str| {
        let request = Request::post("/v1/decide").header("clearway-rules", digest);
        call(&router, request.body(Body::from(GRASS)).expect("a request"))
    };
    assert_eq!(requiring(&rules).status.as_u16(), 200);
    assert_eq!(requiring(pack.as_str().expect("a digest")).status.as_u16(), 200);
    let other = requiring("00");
    assert_eq!(other.problem(), (409, "other-rules".to_owned()));
    assert_eq!(other.json()["loaded"]["rules"], rules.as_str());
}

#[test]
fn only_those_who_have_a_token_are_answered() {
    let router = Town::guarded().router();
    let with = |authorization: Option<&str>| {
        let request = Request::post("/v1/decide");
        let request = match authorization {
            Some(given) => request.header("authorization", given),
            None => request,
        };
        call(&router, request.body(Body::from(GRASS)).expect("a request"))
    };
    assert_eq!(with(None).problem(), (401, "unauthorized".to_owned()));
    assert_eq!(with(None).header("www-authenticate"), "Bearer");
    for wrong in ["Bearer", "Bearer 0123456789abcdeX", "Basic 0123456789abcdef", "Bearer  "] {
        assert_eq!(with(Some(wrong)).status.as_u16(), 401, "{wrong}");
    }
    assert_eq!(with(Some("Bearer 0123456789abcdef")).status.as_u16(), 200);
    assert_eq!(with(Some("bearer fedcba9876543210")).status.as_u16(), 200);
    assert_eq!(call(&router, get("/metrics")).status.as_u16(), 401);
    assert_eq!(call(&router, get("/health/ready")).status.as_u16(), 200);
}

#[test]
fn a_page_that_a_caller_has_is_not_sent_again() {
    let router = Town::new().router();
    for path in [
        "/v1/packs",
        "/v1/packs/town",
        "/v1/schema/facts",
        "/v1/schema/answer",
        "/v1/graph?format=svg",
        "/openapi.json",
    ] {
        let first = call(&router, get(path));
        assert_eq!(first.status.as_u16(), 200, "{path}: {}", first.body);
        let tag = first.header("etag").to_owned();
        let request = Request::get(path).header("if-none-match", &tag);
        let again = call(&router, request.body(Body::empty()).expect("a request"));
        assert_eq!((again.status.as_u16(), again.body.as_str()), (304, ""), "{path}");
    }
}

/// What a schema holds, at any depth.
fn within(schema: &Value) -> Vec<&Value> {
    let parts: Vec<&Value> = match schema {
        Value::Object(members) => members.values().collect(),
        Value::Array(items) => items.iter().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    std::iter::once(schema).chain(parts.into_iter().flat_map(within)).collect()
}

#[test]
fn programs_that_make_clients_find_each_schema_and_operation_by_its_name() {
    let document = call(&Town::new().router(), get("/openapi.json")).json();
    for part in within(&document) {
        if let Some(to) = part["$ref"].as_str() {
            let name = to.strip_prefix("#/components/schemas/").expect("a component");
            assert!(document["components"]["schemas"][name].is_object(), "{to} leads nowhere");
        }
        assert!(part["$defs"].is_null(), "a part is no component: {part}");
        let choices = part["oneOf"].as_array().into_iter().flatten();
        assert!(choices.clone().all(|choice| choice["const"].is_null()), "no list: {part}");
        assert!(part["type"] != "array" || !part["items"].is_null(), "of what: {part}");
    }
    let paths = document["paths"].as_object().expect("paths").values();
    let operations = paths.flat_map(|path| path.as_object().expect("methods").values());
    let names: Vec<&str> =
        operations.map(|operation| operation["operationId"].as_str().expect("a name")).collect();
    let distinct: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(names.len(), distinct.len(), "{names:?}");
}

#[test]
fn every_path_is_described_and_what_is_answered_is_as_described() {
    let router = Town::new().router();
    let document = call(&router, get("/openapi.json")).json();
    assert_eq!(document["openapi"], "3.1.0");
    let by = |schema: &str, value: &Value| {
        let schema = json!({
            "$ref": format!("#/components/schemas/{schema}"),
            "components": document["components"],
        });
        let validator = jsonschema::draft202012::new(&schema).expect("a schema");
        let faults: Vec<String> = validator
            .iter_errors(value)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert_eq!(faults, Vec::<String>::new());
    };
    by("Commission", &serde_json::from_str(GRASS).expect("JSON"));
    by("Answer", &call(&router, post("/v1/decide", GRASS)).json());
    by("Standings", &call(&router, post("/v1/decide?fields=standing", GRASS)).json());
    by("Packs", &call(&router, get("/v1/packs")).json());
    by("PackContents", &call(&router, get("/v1/packs/town")).json());
    by("Problem", &call(&router, post("/v1/decide", "{")).json());
    let dates = r#"{"from": "2025-03-01", "to": "2026-03-01"}"#;
    by("Differences", &call(&router, post("/v1/diff", dates)).json());
    for (path, methods) in document["paths"].as_object().expect("paths") {
        let path = path.replace("{pack}", "town");
        for method in methods.as_object().expect("methods").keys() {
            let request = Request::builder().method(method.to_uppercase().as_str()).uri(&path);
            let answered = call(&router, request.body(Body::empty()).expect("a request"));
            let status = answered.status.as_u16().to_string();
            assert!(!methods[method]["responses"][&status].is_null(), "{method} {path}: {status}");
        }
    }
}

#[test]
fn an_answer_is_compressed_for_who_takes_it() {
    let router = Town::new().router();
    let asked = |encodings: Option<&str>| {
        let mut request = post("/v1/decide", GRASS);
        if let Some(encodings) = encodings {
            let encodings = encodings.parse().expect("a header");
            request.headers_mut().insert("accept-encoding", encodings);
        }
        let (head, body) = sent(&router, request);
        let varies: Vec<_> = head.headers.get_all("vary").iter().collect();
        assert_eq!(varies, ["accept", "accept-encoding"]);
        let encoding = head.headers.get("content-encoding");
        (encoding.map(|encoding| encoding.to_str().expect("text").to_owned()), body)
    };
    let (_, plain) = asked(None);
    for encodings in ["identity", "zstd", "gzip;q=0"] {
        assert_eq!(asked(Some(encodings)), (None, plain.clone()), "{encodings}");
    }
    let (encoding, body) = asked(Some("gzip, deflate"));
    let mut read = Vec::new();
    GzDecoder::new(&*body).read_to_end(&mut read).expect("it is gzip");
    assert_eq!((encoding.as_deref(), &read), (Some("gzip"), &plain));
    let (encoding, body) = asked(Some("gzip, br"));
    assert_eq!(encoding.as_deref(), Some("br"));
    assert!(body.len() < plain.len());
    let mut request = get("/v1/packs");
    let none = "identity;q=0, gzip;q=0".parse().expect("a header");
    request.headers_mut().insert("accept-encoding", none);
    let refused = call(&router, request);
    let code = refused.json()["code"].clone();
    assert_eq!((refused.status.as_u16(), code), (406, "not-acceptable".into()));
}

#[test]
fn each_path_is_counted_by_its_own_name() {
    let router = Town::new().router();
    let document = call(&router, get("/openapi.json")).json();
    let paths: Vec<&String> = document["paths"].as_object().expect("paths").keys().collect();
    for path in &paths {
        call(&router, get(&path.replace("{pack}", "town")));
    }
    call(&router, get("/v1/packs/"));
    call(&router, get("/v1/packs/town/rules"));
    let counted = call(&router, get("/metrics")).body;
    for path in paths {
        let of_path = format!(r#"clearway_requests_total{{path="{path}",status="#);
        assert!(counted.contains(&of_path), "{path}: {counted}");
    }
    let of_none = r#"clearway_requests_total{path="none",status="404"} 2"#;
    assert!(counted.contains(of_none), "{counted}");
}

#[test]
fn requests_are_counted_by_path_and_never_by_what_a_caller_invents() {
    let router = Town::new().router();
    call(&router, post("/v1/decide", GRASS));
    call(&router, get("/v1/packs/town"));
    call(&router, get("/secret-of-a-caller"));
    let counted = call(&router, get("/metrics")).body;
    for line in [
        r#"clearway_requests_total{path="/v1/decide",status="200"} 1"#,
        r#"clearway_requests_total{path="/v1/packs/{pack}",status="200"} 1"#,
        r#"clearway_requests_total{path="none",status="404"} 1"#,
        r#"clearway_request_seconds_count{path="/v1/decide"} 1"#,
    ] {
        assert!(counted.contains(line), "{line} is not in\n{counted}");
    }
    assert!(!counted.contains("secret"), "{counted}");
}

#[test]
fn dates_that_are_none_are_refused() {
    let router = Town::new().router();
    let form = r#"write {"from": "2026-01-01", "to": "2026-06-01"}"#;
    let not_an_object = format!("the body is no JSON object; {form}");
    for (body, problem, detail, pointer) in [
        (
            "",
            (400, "not-json"),
            "the body is not JSON: it ends where a value is expected (the end of the text)"
                .to_owned(),
            Value::Null,
        ),
        ("[]", (422, "bad-dates"), not_an_object.clone(), json!("")),
        (r#"["2025-03-01", "2026-03-01"]"#, (422, "bad-dates"), not_an_object, json!("")),
        (
            r#"{"from": "2025-03-01"}"#,
            (422, "bad-dates"),
            format!("`to` is missing; {form}"),
            json!("/to"),
        ),
        (
            r#"{"from": "2025-03-01", "to": "soon"}"#,
            (422, "bad-dates"),
            r#"`to` is a day such as 2026-03-02, and this is "soon""#.to_owned(),
            json!("/to"),
        ),
        (
            r#"{"from": "2025-03-01", "to": "2026-03-01", "for": "all"}"#,
            (422, "bad-dates"),
            format!("nothing is called `for` here; {form}"),
            json!("/for"),
        ),
        (
            r#"{"from": "2025-03-01", "to": "2026-03-01", "from": "2024-03-01"}"#,
            (422, "bad-dates"),
            "`from` is given twice; `from` is a day such as 2026-03-02, and this is null"
                .to_owned(),
            json!("/from"),
        ),
    ] {
        let answered = call(&router, post("/v1/diff", body));
        assert_eq!(answered.problem(), (problem.0, problem.1.to_owned()), "{body}");
        assert_eq!(answered.json()["errors"][0]["pointer"], pointer, "{body}");
        assert_eq!(answered.json()["detail"], detail, "{body}");
    }
}
