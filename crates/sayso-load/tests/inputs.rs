//! Files, folders, patterns, records and tables, good ones and bad ones.

#![allow(clippy::unwrap_used, reason = "tests state what must hold")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use sayso_load::{Columns, Facts, LoadError, Loaded, Options, from_bytes, from_text, load};
use tempfile::TempDir;

const WORDS: &str = "The mayor said on Monday that the bridge would stay closed for a year.";

/// A folder for one test.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    /// What loading gives, names relative to the folder.
    fn load(&self, names: &[&str], options: &Options) -> Vec<String> {
        let inputs = names
            .iter()
            .map(|name| self.path(name).display().to_string());
        load(inputs, options)
            .map(|loaded| self.told(loaded))
            .collect()
    }

    fn told(&self, loaded: Result<Loaded, LoadError>) -> String {
        let root = format!("{}/", self.0.path().display());
        match loaded {
            Ok(loaded) => {
                format!("{}: {}", loaded.origin, loaded.document.text()).replace(&root, "")
            }
            Err(error) => error.to_string().replace(&root, ""),
        }
    }
}

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn limited(limit: u64) -> Options {
    Options {
        limit,
        ..Options::default()
    }
}

#[test]
fn folders_are_read_in_order_without_hidden_files() {
    let folder = Folder::new();
    for name in [
        "b.txt",
        "a/2.md",
        "a/1.txt.gz",
        ".hidden.txt",
        ".git/x.txt",
        "picture.jpg",
        "b.toml",
    ] {
        let bytes = if name == "a/1.txt.gz" {
            packed(name)
        } else {
            name.as_bytes().to_vec()
        };
        folder.write(
            name,
            if name == "b.toml" {
                b"publisher = 'Elsin Post'".to_vec()
            } else {
                bytes
            },
        );
    }
    assert_eq!(
        folder.load(&[""], &Options::default()),
        ["a/1.txt.gz: a/1.txt.gz", "a/2.md: a/2.md", "b.txt: b.txt"]
    );
}

#[test]
fn patterns_are_matched_in_order() {
    let folder = Folder::new();
    for name in ["x/2.txt", "x/1.txt", "x/.3.txt", "y/4.txt", "y/5.md"] {
        folder.write(name, name);
    }
    assert_eq!(
        folder.load(&["*/*.txt"], &Options::default()),
        ["x/1.txt: x/1.txt", "x/2.txt: x/2.txt", "y/4.txt: y/4.txt"]
    );
    assert_eq!(folder.load(&["y*"], &Options::default()).len(), 2);
    assert_eq!(
        folder.load(&["z/*.txt"], &Options::default()),
        ["z/*.txt: no file matches this pattern; check it, or name the files"]
    );
}

#[test]
fn plain_text_is_kept_unchanged_but_for_line_breaks() {
    let folder = Folder::new();
    let path = folder.write(
        "a.txt",
        "\u{FEFF}  Title \u{A0}\r\n\r\n“Über” \tall.\r\rEnd  \n",
    );
    let loaded = load([path.as_str()], &Options::default())
        .next()
        .unwrap()
        .unwrap();
    assert_eq!(
        loaded.document.text(),
        "  Title \u{A0}\n\n“Über” \tall.\n\nEnd  \n"
    );
    assert_eq!(loaded.document.path.as_deref(), Some(path.as_str()));
    assert_eq!(loaded.origin.line, None);
}

#[test]
fn json_lines_are_read_line_by_line() {
    let folder = Folder::new();
    let good = format!(
        "{{\"id\": 7, \"text\": \"{WORDS}\\r\\nHe left.\", \"title\": \"Bridge\", \"publisher\": \"Elsin Post\", \"date\": \"4 May 2021\", \"url\": \"https://a.example\"}}"
    );
    let lines = [
        good.as_str(),
        "",
        "{\"text\": \"cut o",
        "[1]",
        "{\"body\": \"x\", \"n\": 1}",
        "{\"text\": \" \"}",
        "{\"text\": \"last\", \"published\": \"04/05/2021\"}",
    ];
    let path = folder.write("a.jsonl", lines.join("\n"));
    let found: Vec<_> = load([path], &Options::default()).collect();
    let document = &found[0].as_ref().unwrap().document;
    assert_eq!(document.id.as_str(), "7");
    assert_eq!(document.text(), format!("{WORDS}\nHe left."));
    assert_eq!(
        document.published.as_ref().unwrap().to_string(),
        "2021-05-04"
    );
    assert_eq!(
        (document.title.as_deref(), document.publisher.as_deref()),
        (Some("Bridge"), Some("Elsin Post"))
    );
    let last = found.last().unwrap().as_ref().unwrap();
    assert_eq!(
        (last.origin.line, &last.document.published),
        (Some(7), &None)
    );
    assert!(
        last.document.notes[0].contains("“04/05/2021” can be read as two days"),
        "{:?}",
        last.document.notes
    );
    let told: Vec<String> = found
        .into_iter()
        .map(|loaded| folder.told(loaded))
        .collect();
    assert!(
        told[1].starts_with("a.jsonl, line 3: is no valid JSON (EOF while parsing a string"),
        "{}",
        told[1]
    );
    assert!(told[1].ends_with("; mend or remove this record"));
    assert_eq!(
        told[2..5],
        [
            "a.jsonl, line 4: is no valid JSON (it is no object); mend or remove this record",
            "a.jsonl, line 5: has no text in `text`; there is `body`; name the one that holds the text, such as --text-column body",
            "a.jsonl, line 6: holds no text; leave it out or check how it was saved",
        ]
    );
}

#[test]
fn json_files_may_be_arrays_objects_and_readings() {
    for (text, expected) in [
        (
            "[\n{\"text\": \"one\"},\n{\"text\": \"two\"}\n]",
            vec!["x.json, line 2: one", "x.json, line 3: two"],
        ),
        ("{\n \"text\": \"one\"\n}", vec!["x.json, line 1: one"]),
        (
            "{\"text\": \"one\"}\n{\"Text\": \"two\"}",
            vec!["x.json, line 1: one", "x.json, line 2: two"],
        ),
        (
            "{\"schema\": \"s\", \"document\": {\"text\": \"one\"}}",
            vec!["x.json, line 1: one"],
        ),
    ] {
        let folder = Folder::new();
        folder.write("x.json", text);
        assert_eq!(folder.load(&["x.json"], &Options::default()), expected);
        let packed = from_bytes("x.json.gz", &packed(text), &Options::default());
        assert_eq!(packed.len(), expected.len());
    }
}

#[test]
fn tables_are_read_row_by_row() {
    let folder = Folder::new();
    folder.write(
        "a.csv",
        "\u{FEFF}Id,TEXT,date\nx1,\"One,\n\"\"two\"\".\",2021-05-04\n\nx2,only\nx3,Three.,\n",
    );
    let path = folder.path("a.csv").display().to_string();
    let first = load([path], &Options::default()).next().unwrap().unwrap();
    assert_eq!(
        (first.document.id.as_str(), first.document.text()),
        ("x1", "One,\n\"two\".")
    );
    assert_eq!(first.document.published.unwrap().to_string(), "2021-05-04");
    assert_eq!(
        folder.load(&["a.csv"], &Options::default()),
        [
            "a.csv, line 2: One,\n\"two\".",
            "a.csv, line 5: is no valid row (it has 2 fields, the header has 3); mend or remove it",
            "a.csv, line 6: Three.",
        ]
    );
    folder.write("b.tsv", "body\ttext\na, b\tWords.\n");
    folder.write("c.csv", "body;when\nWörter.;2021\n");
    let columns = Columns {
        text: "body".to_owned(),
        date: Some("when".to_owned()),
        ..Columns::default()
    };
    let named = Options {
        columns,
        ..Options::default()
    };
    assert_eq!(
        folder.load(&["b.tsv", "c.csv"], &named),
        ["b.tsv, line 2: a, b", "c.csv, line 2: Wörter."]
    );
    assert_eq!(
        folder.load(&["c.csv", "b.tsv"], &Options::default()),
        [
            "c.csv: has no text in `text`; there is `body`, `when`; name the one that holds the text, such as --text-column body",
            "b.tsv, line 2: Words.",
        ]
    );
}

#[test]
fn what_cannot_be_read_is_one_sentence_and_the_rest_goes_on() {
    let folder = Folder::new();
    folder.write("empty.txt", " \n\n");
    folder.write("none.jsonl", "\n");
    folder.write("paper.txt", "%PDF-1.7\n...");
    folder.write("data.bin", [0, 1, 2, 3]);
    fs::create_dir_all(folder.path("nothing/here")).unwrap();
    let torn = packed(&"Words and more words, he said. ".repeat(4000));
    folder.write("torn.txt.gz", &torn[..torn.len() / 2]);
    folder.write("good.txt", WORDS);
    let names = [
        "missing.txt",
        "empty.txt",
        "none.jsonl",
        "paper.txt",
        "data.bin",
        "nothing",
        "torn.txt.gz",
        "good.txt",
    ];
    let told = folder.load(&names, &Options::default());
    let good = format!("good.txt: {WORDS}");
    assert_eq!(
        told,
        [
            "missing.txt: there is no such file or folder; check the name",
            "empty.txt: holds no text; leave it out or check how it was saved",
            "none.jsonl: holds no text; leave it out or check how it was saved",
            "paper.txt: is no PDF file that can be read (failed parsing cross reference table); save or fetch it again",
            "data.bin: is not text but binary data; save it as plain text or as a web page first",
            "nothing: the folder holds no text; looked for files ending in .txt, .text, .md, .html, .htm, .xhtml, .jsonl, .ndjson, .json, .csv, .tsv, .mhtml, .mht, .eml, .pdf, .docx, .rss, .atom, .warc, .wacz, .xml, also with .gz",
            told[6].as_str(),
            good.as_str(),
        ]
    );
    assert!(
        told[6].starts_with("torn.txt.gz: cannot be unpacked ("),
        "{}",
        told[6]
    );
}

#[test]
fn nothing_longer_than_the_limit_is_held() {
    let folder = Folder::new();
    let long = "x".repeat(5000);
    folder.write("a.txt", &long);
    folder.write(
        "b.jsonl",
        format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"short\"}}\n"),
    );
    folder.write(
        "c.json",
        format!("[{{\"text\": \"{long}\"}}, {{\"text\": \"short\"}}]"),
    );
    folder.write("d.csv", format!("text,n\n\"{long},1\nshort,2\n"));
    folder.write("e.txt.gz", packed(&long));
    let told = folder.load(
        &["a.txt", "b.jsonl", "c.json", "d.csv", "e.txt.gz"],
        &limited(1024),
    );
    let too_long = |place: &str| {
        format!("{place}: is longer than the limit of 1 KiB; split it, or raise --limit")
    };
    assert_eq!(
        told,
        [
            too_long("a.txt"),
            too_long("b.jsonl, line 1"),
            "b.jsonl, line 2: short".to_owned(),
            too_long("c.json, line 1"),
            "c.json, line 1: short".to_owned(),
            too_long("d.csv, line 2"),
            "d.csv, line 3: short".to_owned(),
            too_long("e.txt.gz"),
        ]
    );
}

#[test]
fn sidecars_tell_what_a_text_cannot() {
    let folder = Folder::new();
    folder.write("a.txt", WORDS);
    folder.write("b.txt", WORDS);
    folder.write("c.txt", WORDS);
    folder.write(
        "d.jsonl",
        "{\"text\": \"x\", \"publisher\": \"Own\"}\n{\"text\": \"y\"}",
    );
    folder.write(
        "sayso.toml",
        "publisher = 'Elsin Post'\npublished = 2021-05-04",
    );
    folder.write(
        "a.toml",
        "publisher = 'Harbour Times'\nurl = 'https://a.example'",
    );
    folder.write("c.toml", "publisher =");
    let inputs = [folder.path("").display().to_string()];
    let found: Vec<_> = load(inputs, &Options::default()).collect();
    let publishers: Vec<Option<&str>> = found
        .iter()
        .map(|loaded| {
            loaded
                .as_ref()
                .ok()
                .and_then(|loaded| loaded.document.publisher.as_deref())
        })
        .collect();
    assert_eq!(
        publishers,
        [
            Some("Harbour Times"),
            Some("Elsin Post"),
            None,
            Some("Own"),
            Some("Elsin Post")
        ]
    );
    let a = &found[0].as_ref().unwrap().document;
    assert_eq!(a.published.as_ref().unwrap().to_string(), "2021-05-04");
    let broken = folder.told(found.into_iter().nth(2).unwrap());
    assert!(
        broken.starts_with("c.toml: line 1 is no valid TOML ("),
        "{broken}"
    );
    assert!(
        broken.ends_with("; mend it or remove it, c.txt was not read"),
        "{broken}"
    );
}

#[test]
fn facts_are_for_one_text() {
    let folder = Folder::new();
    folder.write("a.txt", WORDS);
    folder.write("b.jsonl", "{\"text\": \"x\"}");
    folder.write("a.toml", "publisher = 'Harbour Times'");
    let facts = Facts {
        publisher: Some("Elsin Post".to_owned()),
        published: Some("2021-05".parse().unwrap()),
        ..Facts::default()
    };
    let options = Options {
        facts,
        ..Options::default()
    };
    let path = folder.path("a.txt").display().to_string();
    let document = load([path], &options).next().unwrap().unwrap().document;
    assert_eq!(document.publisher.as_deref(), Some("Elsin Post"));
    assert_eq!(document.published.unwrap().to_string(), "2021-05");
    for names in [
        vec![""],
        vec!["b.jsonl"],
        vec!["a.txt", "b.jsonl"],
        vec!["*.txt"],
    ] {
        let told = folder.load(&names, &options);
        assert!(
            matches!(told.as_slice(), [one] if one.starts_with("--published, --publisher and --url tell")),
            "{told:?}"
        );
    }
}

#[test]
fn the_kind_of_a_file_without_ending_is_seen() {
    let options = Options::default();
    let kinds = |bytes: &[u8]| {
        from_bytes("notes", bytes, &options)
            .remove(0)
            .unwrap()
            .document
    };
    assert_eq!(kinds(b"{\"text\": \"x\"}").text(), "x");
    assert_eq!(kinds(WORDS.as_bytes()).text(), WORDS);
    let page = format!(
        "<!doctype html><html><body><article><p>{WORDS}</p><p>{WORDS}</p></article></body></html>"
    );
    assert_eq!(kinds(page.as_bytes()).text(), format!("{WORDS}\n\n{WORDS}"));
}

#[test]
fn another_language_is_read_with_a_note() {
    let text =
        "Der Minister sagte am Dienstag, die Gespräche seien gescheitert. Niemand wisse, warum.";
    let document = from_bytes("a.txt", text.as_bytes(), &Options::default())
        .remove(0)
        .unwrap()
        .document;
    assert_eq!(document.language.as_deref(), Some("de"));
    assert_eq!(
        document.notes,
        ["the text seems to be in German; figures are published for English only"]
    );
}

#[test]
fn the_identifier_depends_on_text_and_address() {
    let id = |line: &str| {
        from_bytes("a.jsonl", line.as_bytes(), &Options::default())
            .remove(0)
            .unwrap()
            .document
            .id
    };
    let (bare, again) = (
        id("{\"text\": \"x\"}"),
        id("{\"text\": \"x\", \"title\": \"t\"}"),
    );
    assert_eq!(bare, again);
    assert_ne!(
        bare,
        id("{\"text\": \"x\", \"url\": \"https://a.example\"}")
    );
    assert!(bare.as_str().starts_with("d:") && bare.as_str().len() == 18);
}

#[test]
fn a_link_in_a_circle_is_told() {
    let folder = Folder::new();
    folder.write("a/one.txt", WORDS);
    std::os::unix::fs::symlink(folder.path("a"), folder.path("a/again")).unwrap();
    let told = folder.load(&["a"], &Options::default());
    assert_eq!(told.len(), 2);
    assert!(
        told[0].contains("a link leads back to a folder above it"),
        "{told:?}"
    );
    assert!(Path::new(&folder.path("a/one.txt")).exists() && told[1].ends_with(WORDS));
}

#[test]
fn a_text_at_hand_is_one_document_whatever_it_looks_like() {
    let options = Options {
        facts: Facts {
            title: Some("A title".to_owned()),
            ..Facts::default()
        },
        ..Options::default()
    };
    let loaded = from_text("\u{FEFF}{\"text\": 1}\r\n%PDF-", &options).unwrap();
    assert_eq!(loaded.document.text(), "{\"text\": 1}\n%PDF-");
    assert_eq!(loaded.document.title.as_deref(), Some("A title"));
    assert_eq!(loaded.document.path, None);
    let refused = from_text(" \n", &options).unwrap_err();
    assert!(matches!(refused, LoadError::Empty { .. }));
}
