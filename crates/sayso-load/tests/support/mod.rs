//! What tests of several kinds of input share.

#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(clippy::unwrap_used, reason = "tests state what must hold")]

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use sayso_load::{LoadError, Loaded, Options, from_bytes};
use sayso_reading::{BlockKind, Document};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A paragraph long enough to be an article's.
pub const FIRST: &str = "The mayor of Elsin said on Monday that the old bridge over the harbour \
                         would stay closed for at least a year, because its piers had cracked.";
/// Another.
pub const SECOND: &str = "“Nobody should wait for it,” she told reporters, and added that a ferry \
                          would be paid for by the council until the new piers were standing.";

/// A page with these two paragraphs.
pub fn page(title: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>{title}</title></head><body><article>\
         <h1>{title}</h1><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
    )
}

/// What loading gives.
pub fn load(name: &str, bytes: &[u8]) -> Vec<Result<Loaded, LoadError>> {
    from_bytes(name, bytes, &Options::default())
}

/// The one document that there is.
pub fn only(name: &str, bytes: &[u8]) -> Document {
    let mut found = load(name, bytes);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0).unwrap().document
}

/// The one sentence that there is.
pub fn sentence(name: &str, bytes: &[u8], options: &Options) -> String {
    let mut found = from_bytes(name, bytes, options);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0).unwrap_err().to_string()
}

/// Addresses of documents, and sentences.
pub fn told(found: &[Result<Loaded, LoadError>]) -> Vec<String> {
    let one = |found: &Result<Loaded, LoadError>| match found {
        Ok(loaded) => {
            let url = loaded.document.url.as_deref().unwrap_or("-");
            format!("{}: {url}", loaded.origin)
        }
        Err(error) => error.to_string(),
    };
    found.iter().map(one).collect()
}

/// The blocks with their kinds.
pub fn blocks(document: &Document) -> Vec<(BlockKind, &str)> {
    let words = |span: &sayso_reading::Span| span.slice(document.text()).unwrap();
    document
        .blocks()
        .iter()
        .map(|block| (block.kind, words(&block.span)))
        .collect()
}

/// Whether a note begins so.
pub fn has_note(document: &Document, start: &str) -> bool {
    document.notes.iter().any(|note| note.starts_with(start))
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A zip file of these parts, packed or not.
pub fn zip(parts: &[(&str, &[u8])], packed: bool) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let how = if packed {
        CompressionMethod::Deflated
    } else {
        CompressionMethod::Stored
    };
    let options = SimpleFileOptions::default().compression_method(how);
    for (name, bytes) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Every way to cut or bend these bytes at some places gives documents or sentences of one line.
pub fn survives_damage(name: &str, bytes: &[u8], options: &Options) {
    let step = (bytes.len() / 150).max(1);
    let check = |bytes: &[u8]| {
        for found in from_bytes(name, bytes, options) {
            if let Err(error) = found {
                assert!(!error.to_string().contains('\n'), "{error}");
            }
        }
    };
    for at in (0..bytes.len()).step_by(step) {
        check(&bytes[..at]);
        let mut bent = bytes.to_vec();
        for bits in [0xFF, 0x01, 0x80] {
            bent[at] ^= bits;
            check(&bent);
        }
    }
}
