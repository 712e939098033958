//! JSON read strictly: limits first, then the text, with every key that an object gives twice.
//!
//! Knows no fact.

use std::collections::BTreeSet;
use std::fmt;

use memchr::memchr2_iter;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use super::errors;
use super::not_json::not_json;
use crate::diagnostic::Diagnostic;

/// The largest commission that is read: 1 MiB.
pub const COMMISSION_BYTES_MAX: usize = 1 << 20;

/// The deepest nesting that is read. A fact's name has a handful of parts.
pub const NESTING_MAX: usize = 64;

/// How much of a key is kept to be shown. It bounds the work on a hostile text, whose keys may be
/// as long as the text.
const KEY_SHOWN_MAX: usize = 60;

/// A text read as JSON.
pub(super) struct Document {
    pub(super) root: Value,
    /// The keys given twice, each with the keys above it. Such a key's value is null, which is
    /// unknown: no answer may rest on which of two was read last.
    pub(super) repeated: BTreeSet<Vec<String>>,
}

/// Reads a text that is one JSON value, or says why it can't be read.
pub(super) fn read(text: &str) -> Result<Document, Box<Diagnostic>> {
    if text.len() > COMMISSION_BYTES_MAX {
        return Err(Box::new(errors::too_large(text.len())));
    }
    check_nesting(text, NESTING_MAX)?;
    let text = without_mark(text);
    if text.trim().is_empty() {
        return Err(Box::new(errors::empty()));
    }
    document(text).map_err(|error| Box::new(not_json("the commission", text, &error)))
}

/// A text without the mark of byte order that some editors write before it.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// A text of any length that is one JSON value.
fn document(text: &str) -> Result<Document, serde_json::Error> {
    let mut seen = Seen { keys: Vec::new(), repeated: BTreeSet::new() };
    let mut reader = serde_json::Deserializer::from_str(text);
    let root = seen.deserialize(&mut reader)?;
    reader.end()?;
    Ok(Document { root, repeated: seen.repeated })
}

/// Reads a text that is one JSON value, and says which key an object in it gives twice, if one
/// does: of such a key two readers may take different values. A mark of byte order before it is
/// left out.
///
/// # Errors
/// It is not JSON.
pub(crate) fn read_json(text: &str) -> Result<(Value, Option<String>), serde_json::Error> {
    let Document { root, repeated } = document(without_mark(text))?;
    Ok((root, repeated.first().map(|keys| keys.join("."))))
}

/// Refuses a text whose brackets are nested deeper than this.
///
/// # Errors
/// Where the first of them is that is nested too deep.
pub fn check_nesting(text: &str, n_max: usize) -> Result<(), Box<Diagnostic>> {
    let bracket = too_deep(text, n_max);
    bracket.map_or(Ok(()), |bracket| Err(Box::new(errors::too_deep(text, bracket, n_max))))
}

/// The byte of the first bracket nested too deep. A scan, because parsers of JSON recurse.
fn too_deep(text: &str, n_max: usize) -> Option<usize> {
    // Few brackets can't be nested deep, and are counted many times faster than they are followed.
    memchr2_iter(b'{', b'[', text.as_bytes()).nth(n_max)?;
    let (mut depth, mut is_quoted, mut is_escaped) = (0_usize, false, false);
    for (place, byte) in text.bytes().enumerate() {
        if is_quoted {
            is_quoted = is_escaped || byte != b'"';
            is_escaped = !is_escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' => is_quoted = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > n_max {
            return Some(place);
        }
    }
    None
}

/// A key cut to what is shown of it.
pub(super) fn shortened(key: &str) -> String {
    match key.char_indices().nth(KEY_SHOWN_MAX) {
        Some((end, _)) => format!("{}…", key.get(..end).unwrap_or_default()),
        None => key.to_owned(),
    }
}

/// What the visitor has met: the keys above the value being read, and keys given twice.
struct Seen {
    keys: Vec<String>,
    repeated: BTreeSet<Vec<String>>,
}

impl<'de> DeserializeSeed<'de> for &mut Seen {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Seen {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(&mut *self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            self.keys.push(shortened(&key));
            let value = members.next_value_seed(&mut *self)?;
            match object.entry(key) {
                Entry::Vacant(place) => {
                    place.insert(value);
                }
                Entry::Occupied(mut first) => {
                    self.repeated.insert(self.keys.clone());
                    // Of two groups the first is kept, so that what else is wrong in it is told.
                    if !first.get().is_object() {
                        first.insert(Value::Null);
                    }
                }
            }
            self.keys.pop();
        }
        Ok(Value::Object(object))
    }
}
