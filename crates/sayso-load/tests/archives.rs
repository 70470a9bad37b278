//! Archives of the web: what they give, and what damage does to them.

#![allow(clippy::unwrap_used, reason = "tests state what must hold")]

mod support;

use std::fmt::Write as _;

use proptest::prelude::*;
use sayso_load::{Options, from_bytes};
use sha2::{Digest, Sha256};

use support::{FIRST, gzip, has_note, load, only, page, sentence, survives_damage, told, zip};

/// A record of that type, with these fields and this block.
fn record(kind: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\n\
         WARC-Date: 2021-03-04T10:00:00Z\r\n{fields}Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn answer(fields: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\n{fields}\r\n").as_bytes(), body].concat()
}

/// The capture of a page.
fn capture(url: &str, title: &str) -> Vec<u8> {
    let fields = format!("WARC-Target-URI: {url}\r\nContent-Type: application/http\r\n");
    let block = answer(
        "Content-Type: text/html; charset=utf-8\r\n",
        page(title).as_bytes(),
    );
    record("response", &fields, &block)
}

fn other(kind: &str, url: &str, content_type: &str, body: &[u8]) -> Vec<u8> {
    let fields = format!("WARC-Target-URI: <{url}>\r\nContent-Type: {content_type}\r\n");
    record(kind, &fields, body)
}

#[test]
fn pages_of_a_warc_file_become_documents() {
    let image = answer("Content-Type: image/png\r\n", b"\x89PNG");
    let gone = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Gone</p>";
    let file = [
        record(
            "warcinfo",
            "Content-Type: application/warc-fields\r\n",
            b"software: x\r\n",
        ),
        record(
            "request",
            "WARC-Target-URI: https://a.example/1\r\n",
            b"GET /1 HTTP/1.1\r\n\r\n",
        ),
        capture("https://a.example/1", "A bridge is closed"),
        other(
            "response",
            "https://a.example/i.png",
            "application/http",
            &image,
        ),
        other(
            "response",
            "https://a.example/gone",
            "application/http",
            gone,
        ),
        other(
            "resource",
            "https://a.example/2",
            "text/plain",
            FIRST.as_bytes(),
        ),
        other(
            "resource",
            "https://a.example/robots.txt",
            "text/plain",
            b"User-agent: *",
        ),
        other(
            "resource",
            "urn:pageinfo:https://a.example/1",
            "text/html",
            b"<p>x</p>",
        ),
    ];
    let found = load("a.warc", &file.concat());
    assert_eq!(
        told(&found),
        [
            "a.warc, record 3: https://a.example/1",
            "a.warc, record 6: https://a.example/2"
        ]
    );
    let document = &found[0].as_ref().unwrap().document;
    assert_eq!(document.title.as_deref(), Some("A bridge is closed"));
    assert_eq!(document.published, None);
    assert_eq!(document.path.as_deref(), Some("a.warc"));
    let note = "the page was captured on 2021-03-04, which is not its publication date";
    assert!(has_note(document, note), "{:?}", document.notes);
    assert!(document.text().contains(FIRST));
    let packed: Vec<u8> = file.iter().flat_map(|record| gzip(record)).collect();
    assert_eq!(told(&load("a.warc.gz", &packed)).len(), 2);
    assert_eq!(told(&load("stream", &packed)).len(), 2);
}

#[test]
fn bodies_are_joined_and_unpacked() {
    let body = page("A bridge is closed");
    let packed = gzip(body.as_bytes());
    let (one, two) = packed.split_at(40);
    let mut chunked = format!("{:x}\r\n", one.len()).into_bytes();
    chunked.extend([one, format!("\r\n{:x};a=b\r\n", two.len()).as_bytes(), two].concat());
    chunked.extend(b"\r\n0\r\n\r\n");
    let block = answer(
        "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
        &chunked,
    );
    let file = other("response", "https://a.example/", "application/http", &block);
    assert!(only("a.warc", &file).text().contains(FIRST));
    let latin = format!("{FIRST} Jos\u{e9}.").replace('é', "\u{1}");
    let latin: Vec<u8> = latin
        .bytes()
        .map(|byte| if byte == 1 { 0xB1 } else { byte })
        .collect();
    let block = answer("Content-Type: text/plain; charset=iso-8859-2\r\n", &latin);
    let file = other("response", "https://a.example/", "application/http", &block);
    assert!(only("a.warc", &file).text().ends_with("Josą."));
}

#[test]
fn what_is_incomplete_is_said() {
    let cut = capture("https://a.example/1", "A bridge is closed");
    let cut = String::from_utf8(cut).unwrap();
    let told_cut = cut.replace("WARC-Type", "WARC-Truncated: length\r\nWARC-Type");
    let document = only("a.warc", told_cut.as_bytes());
    let note = "the capture is incomplete (it was cut short, reason “length”)";
    assert!(has_note(&document, note), "{:?}", document.notes);
    let end = cut.len() - 60;
    let document = only("a.warc", &cut.as_bytes()[..end]);
    let note = "the capture is incomplete (the archive ends within it)";
    assert!(has_note(&document, note), "{:?}", document.notes);
}

#[test]
fn pages_that_were_seen_again_are_counted() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
    let image = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n";
    let file = [
        capture("https://a.example/1", "A bridge is closed"),
        other("revisit", "https://a.example/1", "application/http", head),
        other("revisit", "https://a.example/2", "application/http", head),
        other("revisit", "https://a.example/3", "application/http", image),
    ];
    assert_eq!(
        told(&load("a.warc", &file.concat())),
        [
            "a.warc, record 1: https://a.example/1",
            "a.warc: holds no text of 1 page, such as https://a.example/2, only that the same was \
             seen again; read the archive that has it",
        ]
    );
}

#[test]
fn pages_without_an_article_are_told_in_one_sentence() {
    let empty = answer("Content-Type: text/html\r\n", b"<p>Too short</p>");
    let blank = answer("Content-Type: text/html\r\n", b"");
    let file = [
        other(
            "response",
            "https://a.example/1",
            "application/http",
            &empty,
        ),
        other(
            "response",
            "https://a.example/2",
            "application/http",
            &blank,
        ),
        capture("https://a.example/3", "A bridge is closed"),
    ];
    assert_eq!(
        told(&load("a.warc", &file.concat())),
        [
            "a.warc, record 3: https://a.example/3",
            "a.warc: no article was found in 2 pages, such as https://a.example/1; --full-page \
             reads all of their text",
        ]
    );
}

#[test]
fn a_damaged_record_leaves_the_others() {
    let one = capture("https://a.example/1", "A bridge is closed");
    let two = capture("https://a.example/2", "A bridge is open");
    let three = capture("https://a.example/3", "A bridge is sold");
    let long = String::from_utf8(two.clone()).unwrap();
    let short = long.replacen("Content-Length: ", "Content-Length: 1", 1);
    let less = long.replacen(
        &format!("Content-Length: {}", length(&long)),
        "Content-Length: 90",
        1,
    );
    let found = told(&load("a.warc", &[&one, less.as_bytes(), &three].concat()));
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(
        found[1].starts_with("a.warc, record 3: cannot be read ("),
        "{found:?}"
    );
    assert!(found[2].ends_with("3: https://a.example/3"), "{found:?}");
    // A length that is too great swallows what stands behind; nothing can tell.
    assert_eq!(
        told(&load(
            "a.warc",
            &[one.as_slice(), short.as_bytes()].concat()
        ))
        .len(),
        2
    );

    let mut torn = gzip(&two);
    let middle = torn.len() / 2;
    torn[middle] ^= 0xFF;
    torn[middle + 1] ^= 0xFF;
    let found = told(&load(
        "a.warc.gz",
        &[gzip(&one), torn, gzip(&three)].concat(),
    ));
    assert!(
        found[0].ends_with("/1") && found.iter().any(|told| told.ends_with("/3")),
        "{found:?}"
    );
    assert!(
        found.iter().any(|told| told.contains("cannot be unpacked")),
        "{found:?}"
    );
}

fn length(record: &str) -> usize {
    let (_, rest) = record.split_once("Content-Length: ").unwrap();
    rest.split_once('\r').unwrap().0.parse().unwrap()
}

#[test]
fn bombs_are_refused() {
    let options = Options {
        limit: 100_000,
        ..Options::default()
    };
    let bomb = gzip(&vec![b'a'; 10_000_000]);
    let fields = "Content-Type: text/html\r\nContent-Encoding: gzip\r\n";
    let block = answer(fields, &bomb);
    let file = other("response", "https://a.example/", "application/http", &block);
    let told = sentence("a.warc", &file, &options);
    assert_eq!(
        told,
        "a.warc, record 1: is longer than the limit of 100000 bytes; split it, or raise --limit"
    );
    let block = answer("Content-Type: text/html\r\n", &vec![b'a'; 1_000_000]);
    let file = other("response", "https://a.example/", "application/http", &block);
    assert!(sentence("a.warc.gz", &gzip(&file), &options).contains("longer than the limit"));
    let list = vec![b' '; 10_000_000];
    let parts: [(&str, &[u8]); 2] = [("pages/pages.jsonl", &list), ("archive/a.warc", b"")];
    let found = from_bytes("a.wacz", &zip(&parts, true), &options);
    assert!(matches!(found.as_slice(), [Err(_)]), "{found:?}");
}

fn hashed(parts: &[(&str, &[u8])]) -> String {
    let resource = |(path, bytes): &(&str, &[u8])| {
        let mut hash = String::new();
        for byte in Sha256::digest(bytes) {
            write!(hash, "{byte:02x}").unwrap();
        }
        format!("{{\"path\": \"{path}\", \"hash\": \"sha256:{hash}\"}}")
    };
    let resources: Vec<String> = parts.iter().map(resource).collect();
    format!(
        "{{\"profile\": \"data-package\", \"resources\": [{}]}}",
        resources.join(", ")
    )
}

/// An archive of three pages of which two are listed, and one that is listed and missing.
fn wacz(change: &[u8]) -> Vec<u8> {
    let moved = b"HTTP/1.1 301 Moved\r\nLocation: /3\r\n\r\n";
    let records = [
        capture("https://a.example/1", "A bridge is closed"),
        capture("https://a.example/2", "A bridge is open"),
        other(
            "response",
            "https://a.example/old",
            "application/http",
            moved,
        ),
        capture("https://a.example/3", "A bridge is sold"),
    ];
    let records: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    let pages = "{\"format\": \"json-pages-1.0\", \"id\": \"pages\"}\n\
                 {\"url\": \"https://a.example/1\", \"ts\": \"2021-03-04T10:00:00Z\"}\n\
                 {\"url\": \"https://a.example/old\"}\n{\"url\": \"https://a.example/none\"}\n";
    let hashes = hashed(&[
        ("archive/data.warc.gz", &records),
        ("pages/pages.jsonl", pages.as_bytes()),
    ]);
    let pages = [pages.as_bytes(), change].concat();
    zip(
        &[
            ("archive/data.warc.gz", &records),
            ("pages/pages.jsonl", &pages),
            ("datapackage.json", hashes.as_bytes()),
            ("../../archive/evil.warc", b"WARC/1.0\r\n"),
        ],
        false,
    )
}

#[test]
fn listed_pages_of_a_wacz_archive_become_documents() {
    let found = load("a.wacz", &wacz(b""));
    assert_eq!(
        told(&found),
        [
            "a.wacz, archive/data.warc.gz, record 1: https://a.example/1",
            "a.wacz, archive/data.warc.gz, record 4: https://a.example/3",
            "a.wacz: lists 1 page that cannot be read from it, such as https://a.example/none; \
             capture it again",
        ]
    );
    let document = &found[0].as_ref().unwrap().document;
    assert!(
        !has_note(document, "pages/pages.jsonl"),
        "{:?}",
        document.notes
    );
    assert_eq!(load("stream", &wacz(b"")).len(), 3);
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("a.wacz");
    std::fs::write(&path, wacz(b"")).unwrap();
    let named = [path.display().to_string()];
    assert_eq!(sayso_load::load(named, &Options::default()).count(), 3);
}

#[test]
fn changes_of_a_wacz_archive_are_noted() {
    let found = load("a.wacz", &wacz(b"\n"));
    let document = &found[0].as_ref().unwrap().document;
    let note = "pages/pages.jsonl of the archive is not what its list of hashes says";
    assert!(has_note(document, note), "{:?}", document.notes);
    let records = capture("https://a.example/1", "A bridge is closed");
    let document = only("a.wacz", &zip(&[("archive/a.warc", &records)], true));
    assert!(
        has_note(&document, "the archive lists no pages"),
        "{:?}",
        document.notes
    );
    assert!(
        has_note(&document, "the archive has no datapackage.json"),
        "{:?}",
        document.notes
    );
}

#[test]
fn other_zip_files_are_no_archives() {
    let told = sentence("a.wacz", &zip(&[("x", b"y")], true), &Options::default());
    assert_eq!(
        told,
        "a.wacz: is no WACZ archive that can be read (it holds no file of records under \
         archive/); save or fetch it again"
    );
    assert!(sentence("a.wacz", b"PK\x03\x04", &Options::default()).contains("no WACZ archive"));
}

#[test]
fn damage_never_ends_the_program() {
    let options = Options::default();
    let one = capture("https://a.example/1", "A bridge is closed");
    let two = capture("https://a.example/2", "A bridge is open");
    survives_damage("a.warc", &[one.clone(), two.clone()].concat(), &options);
    survives_damage("a.warc.gz", &[gzip(&one), gzip(&two)].concat(), &options);
    survives_damage("a.wacz", &wacz(b""), &options);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_panic(
        start in prop::sample::select(vec!["", "WARC/1.0\r\n", "PK\x03\x04"]),
        lines in prop::collection::vec(prop::sample::select(vec![
            "WARC/1.1\r\n", "WARC-Type: response\r\n", "WARC-Target-URI: http://a/\r\n",
            "Content-Length: 30\r\n", "Content-Length: 99999999999\r\n", "\r\n",
            "HTTP/1.1 200 OK\r\n", "Content-Type: text/html\r\n", "Transfer-Encoding: chunked\r\n",
            "Content-Encoding: br, gzip\r\n", "ffffffffffffffff\r\n", "3\r\nabc",
        ]), 0..20),
        end in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let bytes = [start.as_bytes(), lines.concat().as_bytes(), &end].concat();
        for name in ["a.warc", "a.warc.gz", "a.wacz"] {
            load(name, &bytes);
        }
    }
}
