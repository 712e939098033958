use super::{COMMISSION_BYTES_MAX, Commission, Facts, Form, check_nesting, commission_json};
use crate::diagnostic::{Code, Diagnostic};
use crate::pack::{self, FactId, Rulebook, Thing, Value};
use crate::quantity::{CpvCode, Date, Duration, Money, Percentage, read_date};
use crate::source::Sources;

const RULES: &str = r#"
pack example "Part of the Procurement Act 2023"
    version 1.0.0
    extent england
    in force from 2025-02-24                                    [act s.127]

source act "Procurement Act 2023" ukpga/2023/54

fact authority.kind "Kind of authority" : one of
    local_authority "A council"
    nhs_trust "An NHS trust"
    ask "Who is commissioning?"
    [act s.2]

fact contract.value "Estimated value" : money including VAT from £1 to £10m
    ask "What is the most this contract could cost?"
    [act s.4]

fact contract.cpv "CPV code" : CPV code
    ask "What is bought?"
    [act s.33]

fact contract.start "Start" : date
    ask "When does it start?"
    [act s.33]

fact contract.term "Longest term" : duration
    ask "How long could it run?"
    [act s.33]

fact performance.indicators "Key performance indicators" : whole number from 0 to 100
    ask "How many key performance indicators does the contract set?"
    [act s.52(1)]

fact price.weight "Weight of the price" : percentage from 0% to 100%
    ask "How much does the price weigh?"
    [act s.23]

fact need.co_design "Designed together" : yes or no
    ask "Do you design it with those who use it?"
    [act s.20]

fact need.kinds "Kinds of need" : some of
    care "Care at home"
    housing "Housing with support"
    ask "What is needed?"
    [act s.20]

fact supplier.name "Supplier" : text
    ask "Who?"
    [act s.20]

fact spend.year "Spend in a year" : money excluding VAT
    ask "How much is spent in a year?"
    sum of spend.goods, spend.services                          [act s.4]
    [act s.4]

fact spend.goods "Goods" : money excluding VAT
    ask "How much of it goes on goods?"
    [act s.4]

fact spend.services "Services" : money excluding VAT
    ask "How much of it goes on services?"
    [act s.4]
"#;

fn rules() -> (Rulebook, Form) {
    read_rules(RULES)
}

fn read_rules(text: &str) -> (Rulebook, Form) {
    let (book, diagnostics) = pack::read(&Sources::single("x.way", text));
    let errors: Vec<&Diagnostic> = diagnostics.iter().filter(|told| told.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let form = Form::new(&book);
    (book, form)
}

fn read(text: &str) -> (Commission, Vec<Diagnostic>) {
    let (book, form) = rules();
    form.read(&book, text)
}

fn fact(book: &Rulebook, name: &str) -> FactId {
    match book.names.get(name) {
        Some(Thing::Fact(id)) => *id,
        other => panic!("{name} is {other:?}"),
    }
}

/// The value of a fact in a commission that is wholly right.
fn value_of(name: &str, json: &str) -> Option<Value> {
    let (book, form) = rules();
    let (commission, told) = form.read(&book, &nested(name, json));
    assert_eq!(told, [], "{json}");
    commission.facts.get(fact(&book, name)).cloned()
}

fn nested(name: &str, json: &str) -> String {
    name.rsplit('.').fold(json.to_owned(), |inner, part| format!("{{\"{part}\": {inner}}}"))
}

/// The one diagnostic of a commission with a single mistake.
fn mistake(text: &str) -> Diagnostic {
    let (_, mut told) = read(text);
    assert_eq!(told.len(), 1, "{text}: {told:#?}");
    told.remove(0)
}

fn is_refused(name: &str, json: &str, code: Code, help: &str) {
    let told = mistake(&nested(name, json));
    assert_eq!((told.code, told.path.as_deref()), (code, Some(name)), "{told:#?}");
    assert!(told.help.as_deref().unwrap_or_default().contains(help), "{told:#?}");
}

#[test]
fn every_form_of_every_kind_is_read() {
    let pounds = |pence| Some(Value::Money(Money::from_pence(pence)));
    let date = read_date("2025-02-24").map(Value::Date);
    let code = CpvCode::read("85312400").ok().map(Value::Code);
    let rows = [
        ("need.co_design", "true", Some(Value::YesNo(true))),
        ("need.co_design", "\"yes\"", Some(Value::YesNo(true))),
        ("need.co_design", "\"no\"", Some(Value::YesNo(false))),
        ("authority.kind", "\"nhs_trust\"", Some(Value::Choice(1))),
        ("need.kinds", "[\"housing\", \"care\"]", Some(Value::Choices([0, 1].into()))),
        ("need.kinds", "[]", Some(Value::Choices([].into()))),
        ("performance.indicators", "100", Some(Value::Number(100))),
        ("price.weight", "\"12.5%\"", Percentage::read("12.5%").map(Value::Percentage)),
        ("contract.value", "\"£1,250,000\"", pounds(125_000_000)),
        ("contract.value", "\"£1.25m\"", pounds(125_000_000)),
        ("contract.value", "\"£12.50\"", pounds(1_250)),
        ("contract.value", "1250000", pounds(125_000_000)),
        ("contract.start", "\"2025-02-24\"", date),
        ("contract.term", "\"5 years\"", Some(Value::Duration(Duration::from_months(60)))),
        ("contract.term", "\"4 years 6 months\"", Some(Value::Duration(Duration::from_months(54)))),
        ("contract.cpv", "\"85312400\"", code.clone()),
        ("contract.cpv", "\"85312400-3\"", code),
        ("supplier.name", "\"Aber Care\"", Some(Value::Text("Aber Care".to_owned()))),
    ];
    for (name, json, value) in rows {
        assert!(value.is_some(), "{name}");
        assert_eq!(value_of(name, json), value, "{name} {json}");
    }
}

#[test]
fn null_and_dont_know_leave_any_fact_unknown() {
    let (book, _) = rules();
    for fact in book.facts.rows() {
        for json in ["null", "\"unknown\"", "\"Unknown\"", "\"don't know\"", "\"DON’T KNOW\""] {
            assert_eq!(value_of(&fact.name, json), None, "{} {json}", fact.name);
        }
    }
}

#[test]
fn a_value_of_the_wrong_kind_is_refused_with_what_to_write() {
    let wrong = |name, json, help| is_refused(name, json, Code::WrongValue, help);
    wrong("need.co_design", "\"Yes\"", "write `true`");
    wrong("need.co_design", "1", "`true` or `false`");
    wrong("authority.kind", "\"local_authorty\"", "perhaps `\"local_authority\"`: A council");
    wrong("authority.kind", "\"An NHS trust\"", "perhaps `\"nhs_trust\"`");
    wrong("authority.kind", "\"a council\"", "perhaps `\"local_authority\"`");
    wrong("authority.kind", "\"zebra\"", "`\"local_authority\"`, `\"nhs_trust\"`");
    wrong("authority.kind", "[\"nhs_trust\"]", "write one of");
    wrong("need.kinds", "\"care\"", "write `[\"care\"]`");
    wrong("need.kinds", "[\"car\"]", "perhaps `\"care\"`");
    wrong("need.kinds", "[7]", "write a list");
    wrong("need.kinds", "[\"care\", \"care\"]", "once");
    wrong("performance.indicators", "\"several\"", "figures");
    wrong("performance.indicators", "\"3\"", "write `3`");
    wrong("performance.indicators", "41.0", "write `41`");
    wrong("performance.indicators", "1e1", "write `10`");
    wrong("price.weight", "25", "write `\"25%\"`");
    wrong("price.weight", "0.4", "write it in quotes, with its sign");
    wrong("price.weight", "\"30 per cent\"", "write `\"30%\"`");
    wrong("price.weight", "\"30 %\"", "write `\"30%\"`");
    wrong("price.weight", "\"12.34567%\"", "four places at most");
    wrong("price.weight", "\".12345%\"", "25%");
    wrong("price.weight", "\"12.%\"", "25%");
    wrong("price.weight", "\"several%\"", "25%");
    wrong("contract.value", "1250000.5", "write `\"£1,250,000.50\"`");
    wrong("contract.value", "\"£1,000,00\"", "write `\"£100,000\"`");
    wrong("contract.value", "\"£12.505\"", "whole pence");
    wrong("contract.value", "\"£1.5 million\"", "write `\"£1,500,000\"`");
    wrong("contract.value", "\" £3\"", "write `\"£3\"`");
    wrong("contract.value", "{\"amount\": 3}", "in quotes");
    wrong("contract.start", "\"24/02/2025\"", "write `\"2025-02-24\"`");
    wrong("contract.start", "\"soon\"", "2025-02-24");
    wrong("contract.term", "5", "5 years");
    wrong("contract.term", "\"8 working days\"", "days, weeks, months or years");
    wrong("contract.term", "\"0 working days\"", "days, weeks, months or years");
    wrong("contract.term", "\"several working days\"", "days, weeks, months or years");
    wrong("contract.term", "\"100000 dayz\"", "with its unit");
    wrong("contract.term", "\"5  Years\"", "write `\"5 years\"`");
    wrong("contract.cpv", "85312400", "write `\"85312400\"`");
    wrong("contract.cpv", "\"85312401\"", "the nearest is `\"85312400\"`");
    wrong("supplier.name", "7", "write `\"7\"`");
}

#[test]
fn a_value_out_of_its_bounds_is_refused() {
    let out = |name, json| is_refused(name, json, Code::ValueOutOfRange, "check the figure");
    out("performance.indicators", "2026");
    out("performance.indicators", "-1");
    out("performance.indicators", "100000000000000000000");
    out("price.weight", "\"101%\"");
    out("price.weight", "\"99999999999999999999%\"");
    out("contract.value", "\"£11m\"");
    out("contract.value", "0");
    out("contract.value", "\"£0.50\"");
    out("contract.value", "-5");
    out("contract.value", "9223372036854775807");
    out("contract.term", "\"99999 years\"");
    out("contract.term", "\"99999999999 years\"");
}

#[test]
fn a_day_that_no_calendar_holds_is_refused() {
    is_refused(
        "contract.start",
        "\"2025-02-30\"",
        Code::ImpossibleDate,
        "as the calendar has them",
    );
    let told = mistake("{\"as_at\": \"2025-13-01\"}");
    assert_eq!((told.code, told.path.as_deref()), (Code::ImpossibleDate, Some("as_at")));
}

#[test]
fn a_mistake_comes_with_the_question() {
    let told = mistake(&nested("contract.value", "\"lots\""));
    assert_eq!(told.notes, ["the question: What is the most this contract could cost?"]);
    assert_eq!(told.message, "`contract.value` needs an amount of money, not `\"lots\"`");
}

#[test]
fn an_unknown_fact_is_told_with_the_nearest() {
    let near = |text, path: &str, help: &str| {
        let told = mistake(text);
        assert_eq!((told.code, told.path.as_deref()), (Code::UnknownFact, Some(path)), "{told:#?}");
        assert!(told.help.as_deref().unwrap_or_default().contains(help), "{told:#?}");
    };
    near(
        "{\"performance\": {\"indicator\": 3}}",
        "performance.indicator",
        "`performance.indicators`",
    );
    near("{\"contrct\": {\"value\": 3}}", "contrct", "perhaps `contract`");
    near("{\"need\": {\"value\": 3}}", "need.value", "perhaps `contract.value`");
    near("{\"contract.value\": 3}", "contract.value", "{\"contract\": {\"value\": …}}");
    near("{\"tittle\": \"x\"}", "tittle", "perhaps `title`");
    near("{\"wholly other\": 3}", "wholly other", "");
    near("{\"contract\": {\"\": 3}}", "contract.", "");
}

#[test]
fn a_group_given_a_value_is_told_so() {
    for json in ["5", "null", "[]", "\"unknown\""] {
        let told = mistake(&format!("{{\"contract\": {json}}}"));
        assert_eq!((told.code, told.path.as_deref()), (Code::WrongValue, Some("contract")));
        assert!(told.message.contains("first part of facts' names"), "{told:#?}");
    }
}

#[test]
fn text_that_is_not_json_is_told_with_its_place_and_a_plain_reason() {
    let reason = |text: &str, path: &str, message: &str, help: &str| {
        let told = mistake(text);
        assert_eq!((told.code, told.path.as_deref()), (Code::NotJson, Some(path)), "{told:#?}");
        assert!(told.message.contains(message), "{told:#?}");
        assert!(told.help.as_deref().unwrap_or_default().contains(help), "{told:#?}");
    };
    reason("{\n  title: 3\n}", "line 2, column 3", "double quotes", "");
    reason("{\"title\": \"x\",\n}", "line 2, column 1", "before a closing bracket", "");
    reason("{\"title\": \"x\"", "the end of the text", "never closed", "");
    reason("{\"é\": “x”}", "line 1, column 7", "a value is expected", "straight quotes");
    reason("{'title': 1}", "line 1, column 2", "double quotes", "double quotes");
    reason("{\"contract\": {\"value\": £3}}", "line 1, column 24", "a value", "in quotes");
    reason("{} // why", "line 1, column 4", "after its end", "comments");
    reason("{\"a\": 1e999}", "line 1, column 11", "too large", "");
    let told = mistake(" \n");
    assert_eq!((told.code, told.message.as_str()), (Code::NotJson, "the commission is empty"));
}

#[test]
fn a_commission_that_is_no_object_is_refused() {
    for text in ["[]", "3", "null", "\"title\""] {
        assert_eq!(mistake(text).code, Code::WrongValue, "{text}");
    }
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let (commission, told) = read("\u{feff}{\"title\": \"Home care\", \"as_at\": \"2026-03-02\"}");
    assert_eq!(told, []);
    assert_eq!(commission.title.as_deref(), Some("Home care"));
    assert_eq!(commission.as_at, Some(Date::constant(2026, 3, 2)));
}

#[test]
fn reserved_keys_are_taken_and_checked() {
    let (_, told) = read("{\"$schema\": \"x.json\", \"notes\": [\"a\", \"b\"], \"title\": \"x\"}");
    assert_eq!(told, []);
    for (text, path, says) in [
        ("{\"notes\": [1]}", "notes", "`notes` needs words, or a list of words, not a list"),
        ("{\"title\": 3}", "title", "`title` needs words, not `3`"),
        ("{\"$schema\": {}}", "$schema", "`$schema` needs words, not an object"),
    ] {
        let told = mistake(text);
        assert_eq!((told.code, told.path.as_deref()), (Code::WrongValue, Some(path)));
        assert_eq!(told.message, says);
    }
}

#[test]
fn size_and_depth_are_limited_before_parsing() {
    let large = format!("{{\"title\": \"{}\"}}", "x".repeat(COMMISSION_BYTES_MAX));
    assert_eq!(mistake(&large).code, Code::CommissionTooLarge);
    let deep = format!("{{\"title\":\n{}", "[".repeat(500_000));
    let told = mistake(&deep);
    assert_eq!((told.code, told.path.as_deref()), (Code::CommissionTooLarge, Some("line 2")));
    let quoted = format!("{{\"title\": \"\\\"{}\"}}", "[".repeat(500));
    assert_eq!(read(&quoted).1, []);
}

#[test]
fn a_key_given_twice_is_told_wherever_it_is() {
    let twice = |text, path| {
        let told = mistake(text);
        assert_eq!((told.code, told.path.as_deref()), (Code::DuplicateKey, Some(path)));
    };
    twice("{\"contract\": {\"value\": 3, \"value\": 4}}", "contract.value");
    twice("{\"contract\": {\"value\": 3, \"value\": 4, \"value\": 4}}", "contract.value");
    twice("{\"contract\": {\"value\": 3}, \"contract\": {}}", "contract");
    twice("{\"contract\": 3, \"contract\": {}}", "contract");
    twice("{\"title\": \"a\", \"title\": \"b\"}", "title");
    let (book, form) = rules();
    let (commission, _) = form.read(&book, "{\"contract\": {\"value\": 3, \"value\": 4}}");
    assert_eq!(commission.facts, Facts::none());
    let (_, told) =
        read("{\"need\": {\"kinds\": [{\"a\": 1, \"a\": 2}]}, \"odd\": {\"b\": 1, \"b\": 2}}");
    let codes: Vec<Option<&str>> = told.iter().map(|told| told.path.as_deref()).collect();
    assert_eq!(codes, [Some("need.kinds.a"), Some("need.kinds"), Some("odd"), Some("odd.b")]);
}

#[test]
fn every_mistake_is_told_in_the_order_written_and_the_rest_is_kept() {
    let text = r#"{
        "need": {"kinds": ["car", "hosing"], "co_design": true},
        "zebra": 1,
        "contract": {"start": "2025-02-30", "value": "lots", "term": "5 years"},
        "as_at": "yesterday"
    }"#;
    let (book, form) = rules();
    let (commission, told) = form.read(&book, text);
    let paths: Vec<&str> = told.iter().filter_map(|told| told.path.as_deref()).collect();
    assert_eq!(
        paths,
        ["need.kinds", "need.kinds", "zebra", "contract.start", "contract.value", "as_at"]
    );
    let known = [fact(&book, "contract.term"), fact(&book, "need.co_design")];
    assert!(known.iter().all(|fact| commission.facts.get(*fact).is_some()));
    assert_eq!(commission.facts.iter().count(), 2);
}

#[test]
fn a_total_that_its_parts_do_not_come_to_is_told_and_left_unknown() {
    let (book, _) = rules();
    let text = r#"{ "spend": { "year": "£40,000", "goods": "£10,000", "services": "£20,000" } }"#;
    let (commission, told) = read(text);
    assert!(matches!(told.as_slice(), [one] if one.code == Code::SumDisagrees), "{told:#?}");
    assert_eq!(commission.facts.get(fact(&book, "spend.year")), None);
    let goods = Value::Money(Money::from_pence(1_000_000));
    assert_eq!(commission.facts.get(fact(&book, "spend.goods")), Some(&goods));
}

#[test]
fn nesting_is_counted_by_what_is_open() {
    let limit = |text: &str, n_max| check_nesting(text, n_max).is_ok();
    let beside = r#"{ "a": { "b": [1] }, "c": { "d": [2] }, "e": "{[{[" }"#;
    assert!(limit(beside, 3));
    assert!(!limit(beside, 2));
}

#[test]
fn odd_texts_are_told_of_and_bounded() {
    let n_told = |text: &str| read(text).1.len();
    let many: String = (0..90_000).map(|n| format!("\"k{n}\":1,")).collect();
    assert_eq!(n_told(&format!("{{{many}\"last\":1}}")), 200);
    let long = format!("{{\"{}\": {{\"a\":1{}}}}}", "k".repeat(500_000), ",\"a\":1".repeat(80_000));
    assert_eq!(n_told(&long), 2);
    let options = "\"car\",".repeat(150_000);
    assert_eq!(n_told(&format!("{{\"need\": {{\"kinds\": [{options}\"care\"]}}}}")), 1);
    // Of options that there are not, one more than there are is enough to tell.
    let wrong = r#"["b", "c", "d", "e", "f", "care"]"#;
    assert_eq!(n_told(&format!("{{\"need\": {{\"kinds\": {wrong}}}}}")), 3);
    for text in [
        "\0",
        "{\"\u{202e}\": 1}",
        "{\"\\u0000\": 1}",
        "{\"~1/a~0\": 1}",
        "\u{feff}",
        "{\"a\": \"\\ud800\"}",
        "é",
        "{\"é",
    ] {
        assert_eq!(n_told(text), 1, "{text:?}");
    }
}

#[test]
fn facts_that_are_written_read_back_the_same() {
    let (book, form) = rules();
    let values = [
        ("authority.kind", Value::Choice(1)),
        ("contract.value", Value::Money(Money::from_pence(123_456))),
        ("contract.cpv", Value::Code(CpvCode::read("03000000").unwrap())),
        ("contract.start", Value::Date(Date::constant(2025, 2, 24))),
        ("contract.term", Value::Duration(Duration::read("1 year 10 days").unwrap())),
        ("performance.indicators", Value::Number(0)),
        ("price.weight", Value::Percentage(Percentage::from_millionths(1))),
        ("need.co_design", Value::YesNo(false)),
        ("need.kinds", Value::Choices([0, 1].into())),
        ("supplier.name", Value::Text("\"Aber\" \\ Care".to_owned())),
    ];
    let facts: Facts = values.into_iter().map(|(name, value)| (fact(&book, name), value)).collect();
    let as_at = Some(Date::constant(2026, 3, 2));
    let text = commission_json(&book, "Home care", as_at, &facts);
    let commission = Commission { title: Some("Home care".to_owned()), as_at, facts };
    assert_eq!(form.read(&book, &text), (commission, vec![]));
    assert!(text.ends_with("}\n") && text.contains("\"value\": \"£1,234.56\""), "{text}");
}

#[test]
fn the_schema_says_what_is_read_and_is_the_same_each_time() {
    let (_, form) = rules();
    let schema = form.schema().to_string();
    assert_eq!(schema, rules().1.schema().to_string());
    let kind = form.schema().pointer("/properties/authority/properties/kind").unwrap();
    assert_eq!(kind.pointer("/title").unwrap(), "Kind of authority");
    assert_eq!(
        kind.pointer("/anyOf/0/oneOf/0").unwrap(),
        &serde_json::json!({"const": "local_authority", "title": "A council"})
    );
    assert!(!schema.contains("\"required\""));
}

#[test]
fn a_rulebook_without_facts_has_a_form() {
    let (book, _) = pack::read(&Sources::default());
    let form = Form::new(&book);
    assert_eq!(form.read(&book, "{}"), (Commission::default(), vec![]));
}

#[test]
fn yes_and_no_in_other_words_are_told_as_they_are_read() {
    for (written, meant) in [
        ("Yes", "true"),
        ("y", "true"),
        ("True", "true"),
        ("No", "false"),
        ("n", "false"),
        ("FALSE", "false"),
    ] {
        let (_, told) = read(&format!(r#"{{ "need": {{ "co_design": "{written}" }} }}"#));
        let help: Vec<_> = told.iter().filter_map(|told| told.help.as_deref()).collect();
        assert_eq!(help, [format!("write `{meant}`")], "{written}");
    }
}

#[test]
fn of_very_many_mistakes_the_first_are_told_and_the_rest_counted() {
    let keys: Vec<String> = (0..203).map(|key| format!(r#""zebra{key}": 1"#)).collect();
    let (_, told) = read(&format!("{{ {} }}", keys.join(", ")));
    assert_eq!(told.len(), 200);
    let notes = told.iter().flat_map(|told| &told.notes);
    let counts: Vec<_> = notes.filter(|note| note.contains("more places")).collect();
    assert_eq!(counts, ["3 more places are wrong: mend these first"]);
}

#[test]
fn facts_are_the_same_where_the_same_is_known() {
    let (book, form) = rules();
    let known = |text: &str| form.read(&book, text).0.facts;
    let three = known(r#"{ "performance": { "indicators": 3 } }"#);
    assert_eq!(three, known(r#"{ "need": {}, "performance": { "indicators": 3 } }"#));
    assert_ne!(three, known(r#"{ "performance": { "indicators": 4 } }"#));
    assert_ne!(three, known(r#"{ "performance": { "indicators": null } }"#));
    assert_ne!(
        three,
        known(r#"{ "need": { "co_design": true }, "performance": { "indicators": 3 } }"#)
    );
    // Whether or not there is room for facts of which nothing is known.
    assert_eq!(form.read_plain(&book, "{}").map(|read| read.facts), Some(Facts::none()));
}

#[test]
fn a_commission_of_a_mebibyte_is_read_and_none_larger() {
    let (book, form) = rules();
    let sized = |n_bytes: usize| {
        let (start, end) = (r#"{ "title": ""#, r#"" }"#);
        format!("{start}{}{end}", "x".repeat(n_bytes - start.len() - end.len()))
    };
    let (largest, larger) = (sized(COMMISSION_BYTES_MAX), sized(COMMISSION_BYTES_MAX + 1));
    assert_eq!(form.read(&book, &largest).1, []);
    assert!(form.read_plain(&book, &largest).is_some());
    assert_eq!(mistake(&larger).code, Code::CommissionTooLarge);
    assert_eq!(form.read_plain(&book, &larger), None);
}

#[test]
fn a_commission_written_as_the_form_asks_is_read_in_one_pass() {
    let (book, form) = rules();
    let text = r#"{
        "$schema": "x.json",
        "title": "Home care",
        "as_at": "2026-03-02",
        "notes": "Said on the telephone.",
        "supplier": { "name": " Aber  Care" },
        "contract": {
            "value": "£1,250,000", "cpv": "85312400-3", "start": "2026-04-01",
            "term": "4 years 6 months"
        },
        "authority": { "kind": "nhs_trust" },
        "price": { "weight": "12.5%" },
        "need": { "co_design": "unknown", "kinds": ["housing", "care"] },
        "spend": { "goods": 5, "services": "£1.25m" }
    }"#;
    let (commission, told) = form.read(&book, text);
    assert_eq!(told, []);
    assert_eq!(commission.facts.iter().count(), 11);
    assert_eq!(form.read_plain(&book, text), Some(commission));
}

#[test]
fn what_is_written_otherwise_is_not_read_in_one_pass() {
    let (book, form) = rules();
    for (name, json) in [
        ("price.weight", r#"" 25%""#),
        ("price.weight", r#""\t25%""#),
        ("price.weight", r#""25%\n""#),
        ("contract.value", r#""£3 ""#),
        ("contract.value", r#""\n£3""#),
        ("contract.term", r#""5  years""#),
        ("contract.term", r#""5\tyears""#),
        ("contract.cpv", r#""\t85312400""#),
    ] {
        let text = nested(name, json);
        assert_eq!(form.read_plain(&book, &text), None, "{text}");
        assert_eq!(mistake(&text).code, Code::WrongValue, "{text}");
    }
}

#[test]
fn the_schema_has_the_whole_pounds_within_bounds_in_pence() {
    for (bounds, least, most) in [
        ("from £1 to £10m", 1, 10_000_000),
        ("from £0.50 to £10.50", 1, 10),
        ("from £2.01 to £10.99", 3, 10),
        ("from £2 to £10", 2, 10),
    ] {
        let (_, form) = read_rules(&RULES.replace("from £1 to £10m", bounds));
        let path = "/properties/contract/properties/value/anyOf/0/anyOf/1";
        let pounds = form.schema().pointer(path).unwrap();
        assert_eq!(
            (&pounds["minimum"], &pounds["maximum"]),
            (&least.into(), &most.into()),
            "{bounds}"
        );
    }
}

#[test]
fn an_option_is_known_by_a_title_of_up_to_two_hundred_letters() {
    let told = |n_letters: usize| {
        let title = "x".repeat(n_letters);
        let (book, form) = read_rules(&RULES.replace("A council", &title));
        let (_, told) = form.read(&book, &nested("authority.kind", &format!("\"{title}\"")));
        told.iter().filter_map(|told| told.help.clone()).collect::<String>()
    };
    assert!(told(200).starts_with("perhaps `\"local_authority\"`"), "{}", told(200));
    assert!(told(201).starts_with("write one of"), "{}", told(201));
}
