//! Files of transcripts that can't stand in a page: bytes that are no text, marks that nobody
//! sees, and texts longer than anybody reads.

/// A small commission in the words of Windows: a mark before it, lines ended by two characters.
const WINDOWS_COMMISSION: &str = "\u{feff}{\r\n  \"contract\": { \"value\": \"£30,000\" },\r\n  \
                                  \"supplier\": { \"excluded\": false }\r\n}\r\n";

/// A small pack in the words of Windows.
const WINDOWS_PACK: &str = "\u{feff}//! A town's rules, from Windows.\r\n\r\n\
    pack town \"Town contract rules\"\r\n    version 1.0.0\r\n    extent england\r\n    \
    in force from 2025-02-24 [rules rule.1]\r\n\r\n\
    source rules \"Town contract rules\" at \"https://www.town.example/rules\"\r\n\r\n\
    // What it could cost.\r\n\
    fact contract.value \"Estimated value\" : money including VAT\r\n    \
    ask \"What is the most this contract\r\n        could cost, with VAT?\"\r\n    \
    [rules rule.2]\r\n\r\n\
    fact supplier.excluded \"Excluded supplier\" : yes or no\r\n    \
    ask \"Is the supplier excluded?\"\r\n    [rules rule.5]\r\n\r\n\
    route quotes \"Three quotes\"\r\n    needs contract.value < £100,000 [rules rule.3]\r\n    \
    barred when supplier.excluded // always\r\n        [rules rule.5]\r\n";

/// The files made for a page, each with its path.
pub(super) fn files(page: &str) -> Vec<(&'static str, Vec<u8>)> {
    match page {
        "bytes" => vec![
            ("latin-1.json", b"{\n  \"title\": \"Caf\xe9\"\n}\n".to_vec()),
            ("windows.json", WINDOWS_COMMISSION.into()),
            ("latin-1/pack.way", b"//! Dear at \xa3100.\n".to_vec()),
            ("windows/pack.way", WINDOWS_PACK.into()),
        ],
        "limits" => vec![
            ("brackets.json", "[".repeat(10 << 20).into()),
            ("nested.json", nested_commission().into()),
            ("long/pack.way", "// A line of a long file.\n".repeat(200_000).into()),
            ("deep/pack.way", nested_condition().into()),
            ("brim/pack.way", brimful_file().into()),
        ],
        _ => Vec::new(),
    }
}

/// Seventy lists in one another, which is short enough to be read and too deep.
fn nested_commission() -> String {
    format!("{{\n  \"contract\": {}{}\n}}\n", "[".repeat(70), "]".repeat(70))
}

/// As large as a file may be: 4 MiB to the byte.
fn brimful_file() -> String {
    let mut text = "// A line of a long file.\n".repeat(161_319);
    text.push_str("// A line\n");
    text
}

fn nested_condition() -> String {
    let condition = format!("{}supplier.excluded{}", "(".repeat(70), ")".repeat(70));
    format!("route quotes \"Three quotes\"\n    barred when {condition} [rules rule.5]\n")
}
