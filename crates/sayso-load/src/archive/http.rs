//! HTTP as archives keep it: status, fields, and a body that may be cut in chunks and packed.

use std::io::Read;

use brotli_decompressor::Decompressor;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::records::Fields;
use crate::gzip::MAGIC;

/// The most ways of packing that may lie around one body.
const LAYERS: usize = 3;
/// How much is read at once, in bytes.
const STEP: usize = 4096;

/// The head of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub status: u16,
    pub fields: Fields,
    /// Where the body begins.
    pub body: usize,
}

/// The head at the start of a record's block.
pub(super) fn head(block: &[u8]) -> Option<Head> {
    let mut lines = block.split_inclusive(|byte| *byte == b'\n');
    let first = lines.next()?;
    let status = first.strip_prefix(b"HTTP/")?;
    let status = String::from_utf8_lossy(status);
    let status = status.split_ascii_whitespace().nth(1)?.parse().ok()?;
    let (mut fields, mut body) = (Fields::default(), first.len());
    for line in lines {
        body += line.len();
        let words = line.trim_ascii_end();
        if words.is_empty() {
            return Some(Head {
                status,
                fields,
                body,
            });
        }
        fields.take_line(words);
    }
    None
}

/// A body as it was meant to be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Body {
    pub bytes: Vec<u8>,
    /// Whether it ends too early.
    pub cut: bool,
}

/// Why a body cannot be had.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It unpacks to more than the limit.
    TooLong,
    /// It is packed in a way that is not known here.
    Unknown(String),
}

/// Puts chunks together and unpacks. Many archives keep bodies that are unpacked already under
/// the header that they came with: what does not look packed is left alone.
pub(super) fn body(fields: &Fields, raw: &[u8], limit: u64) -> Result<Body, Trouble> {
    let chunked = fields
        .get("Transfer-Encoding")
        .is_some_and(|how| how.to_ascii_lowercase().contains("chunked"));
    let mut body = chunked
        .then(|| join(raw))
        .flatten()
        .unwrap_or_else(|| Body {
            bytes: raw.to_vec(),
            cut: false,
        });
    let how = fields.get("Content-Encoding").unwrap_or_default();
    let how = how.to_ascii_lowercase();
    let layers = how.rsplit(',').map(str::trim).filter(|how| !how.is_empty());
    for how in layers.take(LAYERS) {
        body = unpack(body, how, limit)?;
    }
    if body.bytes.len() as u64 > limit {
        return Err(Trouble::TooLong);
    }
    Ok(body)
}

/// The chunks put together; `None` where there are none.
fn join(raw: &[u8]) -> Option<Body> {
    let (mut bytes, mut rest, mut any) = (Vec::new(), raw, false);
    loop {
        let length = rest
            .iter()
            .position(|byte| *byte == b'\n')
            .and_then(|end| Some((rest.get(..end)?, rest.get(end + 1..)?)));
        let Some((line, behind)) = length else {
            return any.then_some(Body { bytes, cut: true });
        };
        let line = String::from_utf8_lossy(line);
        let digits = line.split(';').next().unwrap_or_default().trim();
        let Ok(length) = usize::from_str_radix(digits, 16) else {
            return any.then_some(Body { bytes, cut: true });
        };
        if length == 0 {
            return Some(Body { bytes, cut: false });
        }
        any = true;
        let Some(chunk) = behind.get(..length) else {
            bytes.extend_from_slice(behind);
            return Some(Body { bytes, cut: true });
        };
        bytes.extend_from_slice(chunk);
        let behind = behind.get(length..).unwrap_or_default();
        let behind = behind.strip_prefix(b"\r").unwrap_or(behind);
        rest = behind.strip_prefix(b"\n").unwrap_or(behind);
    }
}

fn unpack(body: Body, how: &str, limit: u64) -> Result<Body, Trouble> {
    let bytes = body.bytes.as_slice();
    let unpacked = match how {
        "gzip" | "x-gzip" if bytes.starts_with(&MAGIC) => read(MultiGzDecoder::new(bytes), limit)?,
        "deflate" if is_zlib(bytes) => read(ZlibDecoder::new(bytes), limit)?,
        "deflate" => read(DeflateDecoder::new(bytes), limit)?,
        "br" => read(Decompressor::new(bytes, STEP), limit)?,
        "identity" | "none" | "utf-8" | "gzip" | "x-gzip" => return Ok(body),
        other if std::str::from_utf8(bytes).is_err() => {
            return Err(Trouble::Unknown(other.to_owned()));
        }
        _ => return Ok(body),
    };
    if unpacked.bytes.is_empty() && unpacked.cut {
        return Ok(body);
    }
    Ok(Body {
        cut: unpacked.cut || body.cut,
        ..unpacked
    })
}

/// Two bytes that tell how they were packed, with a check.
fn is_zlib(bytes: &[u8]) -> bool {
    match bytes {
        [how, check, ..] => {
            how & 0x0F == 8 && (u16::from(*how) << 8 | u16::from(*check)).is_multiple_of(31)
        }
        _ => false,
    }
}

/// As much as can be unpacked.
fn read(mut packed: impl Read, limit: u64) -> Result<Body, Trouble> {
    let (mut bytes, mut step) = (Vec::new(), vec![0; STEP]);
    loop {
        match packed.read(&mut step) {
            Ok(0) => return Ok(Body { bytes, cut: false }),
            Ok(read) => bytes.extend_from_slice(step.get(..read).unwrap_or_default()),
            Err(_) => return Ok(Body { bytes, cut: true }),
        }
        if bytes.len() as u64 > limit {
            return Err(Trouble::TooLong);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    fn fields(lines: &[&str]) -> Fields {
        let mut fields = Fields::default();
        for line in lines {
            fields.take_line(line.as_bytes());
        }
        fields
    }

    fn unpacked(lines: &[&str], raw: &[u8]) -> (String, bool) {
        let body = body(&fields(lines), raw, 1000).unwrap();
        (String::from_utf8_lossy(&body.bytes).into_owned(), body.cut)
    }

    #[test]
    fn heads_are_read() {
        let head = head(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>").unwrap();
        assert_eq!((head.status, head.body), (200, 44));
        assert_eq!(head.fields.get("content-type"), Some("text/html"));
        assert_eq!(
            super::head(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"),
            None
        );
        assert_eq!(super::head(b"<p>Words</p>\n\n"), None);
    }

    #[test]
    fn chunks_are_put_together() {
        let chunked = &["Transfer-Encoding: chunked"];
        let (whole, cut) = ("abcd".to_owned(), "abc".to_owned());
        assert_eq!(
            unpacked(chunked, b"3\r\nabc\r\n1;x=y\r\nd\r\n0\r\n\r\n"),
            (whole, false)
        );
        assert_eq!(unpacked(chunked, b"5\r\nabc"), (cut.clone(), true));
        assert_eq!(unpacked(chunked, b"3\r\nabc\r\n"), (cut, true));
        assert_eq!(unpacked(chunked, b"<p>\n"), ("<p>\n".to_owned(), false));
    }

    #[test]
    fn bodies_are_unpacked() {
        let words = b"a b c a b c a b c";
        let told = (String::from_utf8_lossy(words).into_owned(), false);
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(words).unwrap();
        let gzip = gzip.finish().unwrap();
        assert_eq!(unpacked(&["Content-Encoding: gzip"], &gzip), told);
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(words).unwrap();
        assert_eq!(
            unpacked(&["Content-Encoding: deflate"], &zlib.finish().unwrap()),
            told
        );
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::default());
        bare.write_all(words).unwrap();
        assert_eq!(
            unpacked(&["Content-Encoding: deflate"], &bare.finish().unwrap()),
            told
        );
        for how in ["gzip", "br", "identity", "zstd", "deflate"] {
            let how = format!("Content-Encoding: {how}");
            assert_eq!(unpacked(&[&how], words), told, "{how}");
        }
        // Brotli of one raw block.
        assert_eq!(
            unpacked(&["Content-Encoding: br"], b"\x0B\x02\x80hello\x03").0,
            "hello"
        );
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&vec![b'a'; 100_000]).unwrap();
        let gzip = gzip.finish().unwrap();
        let packed = fields(&["Content-Encoding: gzip"]);
        assert_eq!(body(&packed, &gzip, 1000), Err(Trouble::TooLong));
        let half = body(&packed, &gzip[..gzip.len() / 2], 1_000_000).unwrap();
        assert!(half.cut && !half.bytes.is_empty());
        let odd = fields(&["Content-Encoding: zstd"]);
        let refused = body(&odd, b"\x28\xB5\x2F\xFD\x00", 1000);
        assert_eq!(refused, Err(Trouble::Unknown("zstd".to_owned())));
    }
}
