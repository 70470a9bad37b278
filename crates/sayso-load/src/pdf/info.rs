//! What a PDF says of itself: most of it was filled in by a program.

use lopdf::{Document, Object, decode_text_string};
use sayso_reading::DocumentParts;

use crate::{dates, properties};

/// Title and author where they are sensible; the day is only noted.
pub(super) fn properties(pdf: &Document, parts: &mut DocumentParts) {
    let info = pdf.get_dict_in_dict(&pdf.trailer, b"Info").ok();
    let words = |key: &[u8]| {
        let value: &Object = info?.get_deref(key, pdf).ok()?;
        decode_text_string(value).ok()
    };
    parts.title = words(b"Title").and_then(|title| properties::title(&title));
    parts.byline = words(b"Author").and_then(|author| properties::author(&author));
    let day = |key: &[u8]| {
        let written = words(key)?;
        let digits = written.strip_prefix("D:").unwrap_or(&written);
        dates::edtf(digits.get(..8)?).ok()
    };
    if let Some(day) = day(b"CreationDate").or_else(|| day(b"ModDate")) {
        parts.notes.push(format!(
            "the PDF was made on {day}, which need not be its publication date"
        ));
    }
    let note = "a PDF names no publisher, no address and no publication date";
    parts.notes.push(note.to_owned());
}
