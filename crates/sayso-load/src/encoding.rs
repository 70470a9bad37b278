//! Bytes become text: UTF-8 first, else what the file says, else what it looks like.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use crate::{LoadError, Origin};

/// How far into a file its first bytes are looked at.
const HEAD: usize = 8 * 1024;
/// How far into a page its encoding may be declared.
const DECLARATION: usize = 2 * 1024;

/// A text, and what was assumed to read it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// With line breaks as `\n` and without a byte order mark.
    pub text: String,
    pub notes: Vec<String>,
}

/// Reads bytes as text.
pub(crate) fn decode(bytes: &[u8], origin: &Origin) -> Result<Decoded, LoadError> {
    decode_told(bytes, None, origin)
}

/// Reads bytes as text; what came with them, such as the header of a capture, tells their encoding.
pub(crate) fn decode_told(
    bytes: &[u8],
    told: Option<&str>,
    origin: &Origin,
) -> Result<Decoded, LoadError> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(length..).unwrap_or_default();
        if encoding == UTF_8 {
            return decode_unmarked(rest, None, origin);
        }
        return Ok(decode_as(rest, encoding, "as its first bytes say"));
    }
    let told = told.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    decode_unmarked(bytes, told, origin)
}

fn decode_unmarked(
    bytes: &[u8],
    told: Option<&'static Encoding>,
    origin: &Origin,
) -> Result<Decoded, LoadError> {
    const WHY: &str = "as it was told beside the text";
    // Some encodings look like UTF-8, or like no text at all.
    if let Some(encoding) = told.filter(|told| !told.is_ascii_compatible()) {
        return Ok(decode_as(bytes, encoding, WHY));
    }
    if let Some(what) = binary(bytes) {
        return Err(LoadError::Binary {
            origin: origin.clone(),
            what,
        });
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded {
            text: line_breaks(text),
            notes: Vec::new(),
        });
    }
    if let Some(encoding) = told.filter(|told| *told != UTF_8) {
        return Ok(decode_as(bytes, encoding, WHY));
    }
    match declared(bytes) {
        Some(encoding) if encoding != UTF_8 => {
            return Ok(decode_as(bytes, encoding, "as the page says"));
        }
        Some(_) => return Ok(mend_utf8(bytes)),
        None => {}
    }
    if mostly_utf8(bytes) {
        return Ok(mend_utf8(bytes));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    Ok(decode_as(
        bytes,
        guess,
        "by its look: it is no UTF-8 and does not say what it is",
    ))
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding, why: &str) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let mut notes = vec![format!(
        "the encoding was taken to be {}, {why}",
        encoding.name()
    )];
    if damaged {
        notes.push(replaced(&text));
    }
    Decoded {
        text: line_breaks(&text),
        notes,
    }
}

fn mend_utf8(bytes: &[u8]) -> Decoded {
    let text = String::from_utf8_lossy(bytes);
    Decoded {
        notes: vec![replaced(&text)],
        text: line_breaks(&text),
    }
}

/// The note on characters that could not be read.
pub(crate) fn replaced(text: &str) -> String {
    match text.matches('\u{FFFD}').count() {
        1 => "1 broken character was replaced by U+FFFD".to_owned(),
        count => format!("{count} broken characters were replaced by U+FFFD"),
    }
}

/// Whether more characters beyond ASCII are whole in UTF-8 than are broken. Text in another
/// encoding hardly ever holds a whole one.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk
            .valid()
            .chars()
            .filter(|character| !character.is_ascii())
            .count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

/// The encoding that a page declares in its first bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARATION.min(bytes.len()))?;
    let head: String = head
        .iter()
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let meta = head.find("<meta").or_else(|| head.find("<?xml"))?;
    let (at, key) = ["charset=", "encoding="]
        .iter()
        .filter_map(|key| head.get(meta..)?.find(key).map(|at| (meta + at, key)))
        .min()?;
    let label: String = head
        .get(at + key.len()..)?
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|character| character.is_ascii_alphanumeric() || "-_:".contains(*character))
        .collect();
    Encoding::for_label(label.as_bytes())
}

/// What the bytes are, where they are no text.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 7] = [
        (b"%PDF-", "a PDF file"),
        (
            b"PK\x03\x04",
            "a packed file (such as .xlsx, .epub or .zip)",
        ),
        (b"\xD0\xCF\x11\xE0", "an old Office file"),
        (b"{\\rtf", "a rich-text file"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
    ];
    if let Some((_, what)) = SIGNATURES
        .iter()
        .find(|(signature, _)| bytes.starts_with(signature))
    {
        return Some(what);
    }
    let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or(bytes);
    let control = |byte: &&u8| matches!(**byte, 0..=8 | 14..=26 | 28..=31);
    let zero = bytes.contains(&0);
    (zero || head.iter().filter(control).count() * 20 > head.len()).then_some("binary data")
}

/// The text with every line break as `\n`.
pub(crate) fn line_breaks(text: &str) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Decoded {
        decode(bytes, &Origin::file("a.txt")).unwrap()
    }

    #[test]
    fn utf8_is_kept_but_for_the_mark_and_line_breaks() {
        assert_eq!(
            read("\u{FEFF}a\r\nb\rc\n".as_bytes()),
            Decoded {
                text: "a\nb\nc\n".to_owned(),
                notes: vec![],
            }
        );
    }

    #[test]
    fn broken_utf8_is_mended_and_counted() {
        let decoded = read(b"\xE2\x80\x9CYes,\xE2\x80\x9D she said in Caf\xC3 Central.");
        assert_eq!(decoded.text, "“Yes,” she said in Caf\u{FFFD} Central.");
        assert_eq!(decoded.notes, ["1 broken character was replaced by U+FFFD"]);
    }

    #[test]
    fn other_encodings_are_declared_or_guessed() {
        let page = read(b"<html><meta charset='iso-8859-2'><p>\xB1</p>");
        assert!(page.text.contains('ą'));
        assert!(
            page.notes[0].contains("ISO-8859-2, as the page says"),
            "{:?}",
            page.notes
        );
        let plain =
            read(b"\x93It is over,\x94 said Jos\xE9. \x93We go home,\x94 he said in Z\xFCrich.");
        assert_eq!(
            plain.text,
            "“It is over,” said José. “We go home,” he said in Zürich."
        );
        assert!(
            plain.notes[0].contains("windows-1252, by its look"),
            "{:?}",
            plain.notes
        );
        let marked = read(b"\xFF\xFEa\0\r\0\n\0\xE9\0");
        assert_eq!(marked.text, "a\né");
        assert!(marked.notes[0].contains("UTF-16LE, as its first bytes say"));
    }

    #[test]
    fn what_is_told_goes_before_what_the_page_says() {
        let told = |bytes: &[u8], label: &str| {
            decode_told(bytes, Some(label), &Origin::file("a.html")).unwrap()
        };
        assert_eq!(
            told(b"\xB1 <meta charset='x'>", "iso-8859-2")
                .text
                .chars()
                .next(),
            Some('ą')
        );
        assert_eq!(told("ż".as_bytes(), "iso-8859-2").text, "ż");
        assert_eq!(told(b"\x1b$B$\"\x1b(B", "iso-2022-jp").text, "あ");
        assert_eq!(told(b"a\0b\0", "utf-16le").text, "ab");
        assert_eq!(told(b"Jos\xE9", "no such").text, "José");
    }

    #[test]
    fn binary_files_are_refused_by_name() {
        let refused = |bytes: &[u8]| {
            decode(bytes, &Origin::file("x.txt"))
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            refused(b"%PDF-1.7 ..."),
            "x.txt: is not text but a PDF file; save it as plain text or as a web page first"
        );
        assert!(refused(b"a\0b").contains("binary data"));
    }
}
