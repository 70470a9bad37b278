//! JSON records: one object a line, an array of objects, or objects one after the other.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::lines::{Lines, Piece, Trouble};
use super::scan::Scan;
use super::values::Values;
use super::{Fields, piece};
use crate::assemble::Raw;
use crate::encoding::decode;
use crate::format::Format;
use crate::source::Source;
use crate::{Columns, LoadError, Loaded, Options, Origin};

/// The documents of a JSON file.
pub(crate) fn json(
    source: Source,
    options: Arc<Options>,
) -> impl Iterator<Item = Result<Loaded, LoadError>> + Send {
    let Source {
        name,
        path,
        reader,
        format,
        packed,
        told,
        ..
    } = source;
    let limit = options.limit;
    let pieces: Box<dyn Iterator<Item = Result<Piece, Trouble>> + Send> = match format {
        Format::JsonLines => Box::new(Lines::new(reader, limit)),
        _ => Box::new(Scan::new(reader, Values::default(), limit)),
    };
    pieces.map(move |found| {
        let (line, bytes) = piece(found, &name, limit, packed)?;
        let origin = Origin::line(&name, line);
        let mut raw = record(&bytes, &origin, &options.columns, path.clone())?;
        raw.fill(&told.folder);
        raw.assemble(origin)
    })
}

/// A single record of bytes.
fn record(
    bytes: &[u8],
    origin: &Origin,
    columns: &Columns,
    path: Option<String>,
) -> Result<Raw, LoadError> {
    let decoded = decode(bytes, origin)?;
    let trouble = |reason: String| LoadError::Json {
        origin: origin.clone(),
        reason,
    };
    let value: Value =
        serde_json::from_str(decoded.text.trim()).map_err(|error| trouble(error.to_string()))?;
    let Value::Object(object) = value else {
        return Err(trouble("it is no object".to_owned()));
    };
    let fields = fields(&object, columns, origin)?;
    Ok(fields.into_raw(path, decoded.notes))
}

/// The fields of an object, or of the `document` in it, as readings have it.
fn fields(
    object: &Map<String, Value>,
    columns: &Columns,
    origin: &Origin,
) -> Result<Fields, LoadError> {
    let object = match (text_of(object, &columns.text), object.get("document")) {
        (None, Some(Value::Object(inner))) => inner,
        _ => object,
    };
    let Some(text) = text_of(object, &columns.text) else {
        let texts = object
            .iter()
            .filter(|(name, value)| value.is_string() && **name != columns.text);
        return Err(LoadError::NoText {
            origin: origin.clone(),
            column: columns.text.clone(),
            found: texts.map(|(name, _)| name.clone()).collect(),
        });
    };
    let words = |name: &str| field(object, name).and_then(words_of);
    Ok(Fields {
        id: words(&columns.id),
        text,
        title: words(&columns.title),
        byline: words("byline"),
        publisher: words(&columns.publisher),
        published: match &columns.date {
            Some(name) => words(name),
            None => words("published").or_else(|| words("date")),
        },
        url: words(&columns.url),
    })
}

/// The field of that name, in any letter case.
fn field<'o>(object: &'o Map<String, Value>, name: &str) -> Option<&'o Value> {
    object.get(name).or_else(|| {
        let mut others = object
            .iter()
            .filter(|(other, _)| other.eq_ignore_ascii_case(name));
        others.next().map(|(_, value)| value)
    })
}

fn text_of(object: &Map<String, Value>, name: &str) -> Option<String> {
    field(object, name)?.as_str().map(str::to_owned)
}

/// Words, or a number as it is written.
fn words_of(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
