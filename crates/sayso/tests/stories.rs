//! What the linker finds of `golden/stories`, beside what a careful reader would say: `found.md`.
//!
//! `SAYSO_WRITE_GOLDEN=1 cargo test -p sayso --test stories` writes the page, whose changes people review.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a panic is a failed test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use assert_cmd::Command;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../golden/stories");
const HEAD: &str = "# What the linker finds

Written by a test; do not edit it. All texts of `golden/stories` are added to one case. A claim of the careful reader is compared
with that one of the linker's that has most of its words.

";

fn files(is_wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = fs::read_dir(FOLDER)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| is_wanted(path.file_name().unwrap().to_str().unwrap()))
        .collect();
    out.sort_by_key(|path| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let number: u32 = name.split('-').next().unwrap().parse().unwrap();
        (number, name)
    });
    out
}

/// The texts as records, by their ids.
fn texts() -> BTreeMap<String, Value> {
    let is_text =
        |name: &str| name.as_bytes()[0].is_ascii_digit() && !name.ends_with("-expected.md");
    files(is_text)
        .into_iter()
        .map(|path| {
            let whole = fs::read_to_string(path).unwrap();
            let (head, text) = whole
                .strip_prefix("---\n")
                .unwrap()
                .split_once("---\n")
                .unwrap();
            let mut record: Map<String, Value> = head
                .lines()
                .map(|line| {
                    let (key, value) = line.split_once(": ").unwrap();
                    (key.to_owned(), json!(value.trim_matches('"')))
                })
                .collect();
            record.insert("text".to_owned(), json!(text.trim()));
            (
                record["id"].as_str().unwrap().to_owned(),
                Value::Object(record),
            )
        })
        .collect()
}

fn expected() -> Vec<(String, Value)> {
    files(|name| name.ends_with("-expected.md"))
        .into_iter()
        .map(|path| {
            let page = fs::read_to_string(path).unwrap();
            let title = page
                .lines()
                .next()
                .unwrap()
                .trim_start_matches("# ")
                .to_owned();
            let (_, rest) = page.split_once("```json\n").unwrap();
            let (json, _) = rest.split_once("\n```").unwrap();
            (title, serde_json::from_str(json).unwrap())
        })
        .collect()
}

struct Linked {
    _folder: TempDir,
    case: PathBuf,
}

impl Linked {
    fn of(texts: &BTreeMap<String, Value>) -> Self {
        let folder = TempDir::new().unwrap();
        let lines: Vec<String> = texts.values().map(ToString::to_string).collect();
        let input = folder.path().join("stories.jsonl");
        fs::write(&input, lines.join("\n")).unwrap();
        let case = folder.path().join("stories.sayso");
        let mut command = Command::cargo_bin("sayso").unwrap();
        command
            .args(["add", "--quiet", "--to"])
            .arg(&case)
            .arg(&input);
        command.assert().success();
        Self {
            _folder: folder,
            case,
        }
    }

    fn rows(&self, command: &str) -> Vec<Value> {
        let out = Command::cargo_bin("sayso")
            .unwrap()
            .arg(command)
            .arg(&self.case)
            .arg("--json")
            .output()
            .unwrap();
        let out = String::from_utf8(out.stdout).unwrap();
        out.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

fn strings(value: &Value) -> BTreeSet<String> {
    let all = value.as_array().unwrap().iter();
    all.map(|s| s.as_str().unwrap().to_owned()).collect()
}

/// Start and end of some words in a text, in characters.
fn place(text: &str, words: &str) -> Option<(i64, i64)> {
    let at = text.find(words)?;
    let length = |of: &str| i64::try_from(of.chars().count()).unwrap();
    let start = length(&text[..at]);
    Some((start, start + length(words)))
}

/// Of an expected claim, the found one that has most of its members.
fn counterpart<'f>(
    claim: &Value,
    found: &'f [Value],
    texts: &BTreeMap<String, Value>,
) -> Option<&'f Value> {
    let hits = |other: &Value| {
        let members = claim["members"].as_array().unwrap().iter();
        members
            .filter(|member| {
                let document = member["document"].as_str().unwrap();
                let text = texts[document]["text"].as_str().unwrap();
                let Some((start, end)) = place(text, member["words"].as_str().unwrap()) else {
                    return false;
                };
                other["members"].as_array().unwrap().iter().any(|m| {
                    m["document"] == *document
                        && m["start"].as_i64().unwrap() < end
                        && start < m["end"].as_i64().unwrap()
                })
            })
            .count()
    };
    // of equal ones that with fewer members
    let best = found.iter().max_by_key(|other| {
        let members = other["members"].as_array().unwrap().len();
        (hits(other), std::cmp::Reverse(members))
    })?;
    (hits(best) > 0).then_some(best)
}

fn counts(standing: &Value) -> String {
    let of = |key: &str| standing[key].as_u64().unwrap();
    format!(
        "{} ({} reports, {} copies, {} origins, {} unnamed, {} deniers)",
        standing["label"].as_str().unwrap(),
        of("reports"),
        of("copies"),
        of("origins"),
        of("unnamed"),
        of("deniers")
    )
}

#[derive(Default)]
struct Tally {
    labels: usize,
    standings: usize,
    claims: usize,
}

fn page() -> String {
    let texts = texts();
    let linked = Linked::of(&texts);
    let claims = linked.rows("claims");
    let mut stories: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in linked.rows("stories") {
        let of = |key: &str| row[key].as_str().unwrap().to_owned();
        stories.entry(of("story")).or_default().insert(of("id"));
    }
    let copies = linked.rows("copies");
    let mut out = String::new();
    let mut tally = Tally::default();
    for (title, expected) in expected() {
        let _ = writeln!(out, "## {title}\n");
        let wanted: Vec<BTreeSet<String>> = expected["stories"]
            .as_array()
            .unwrap()
            .iter()
            .map(strings)
            .collect();
        let own: BTreeSet<String> = wanted.iter().flatten().cloned().collect();
        let found: Vec<&BTreeSet<String>> =
            stories.values().filter(|s| !s.is_disjoint(&own)).collect();
        let is_right = found.len() == wanted.len() && found.iter().all(|s| wanted.contains(s));
        let told = if is_right {
            "as expected".to_owned()
        } else {
            format!("{found:?}")
        };
        let _ = writeln!(out, "- stories: {told}");
        let pair = |c: &Value| {
            let of = |key: &str| c[key].as_str().unwrap().to_owned();
            let earlier = match c["earlier"].as_str().unwrap() {
                "a" => of("a"),
                "b" => of("b"),
                other => other.to_owned(),
            };
            (of("a"), of("b"), of("extent"), earlier)
        };
        let wanted: BTreeSet<_> = expected["copies"]
            .as_array()
            .unwrap()
            .iter()
            .map(pair)
            .collect();
        let found: BTreeSet<_> = copies
            .iter()
            .map(pair)
            .filter(|(a, b, ..)| own.contains(a) && own.contains(b))
            .collect();
        let missed: Vec<_> = wanted.difference(&found).collect();
        let more: Vec<_> = found.difference(&wanted).collect();
        if missed.is_empty() && more.is_empty() {
            let _ = writeln!(out, "- copies: as expected");
        } else {
            let _ = writeln!(out, "- copies: missed {missed:?}, more {more:?}");
        }
        let _ = writeln!(
            out,
            "\n| claim | a careful reader | the linker | |\n|---|---|---|---|"
        );
        for claim in expected["claims"].as_array().unwrap() {
            tally.claims += 1;
            let wanted = counts(&claim["standing"]);
            let found = counterpart(claim, &claims, &texts);
            let told = found.map_or_else(|| "nothing".to_owned(), |f| counts(&f["standing"]));
            let is_label =
                found.is_some_and(|f| f["standing"]["label"] == claim["standing"]["label"]);
            let mark = match (told == wanted, is_label) {
                (true, _) => "=",
                (false, true) => "label",
                (false, false) => "",
            };
            tally.labels += usize::from(is_label);
            tally.standings += usize::from(told == wanted);
            let _ = writeln!(
                out,
                "| {} | {wanted} | {told} | {mark} |",
                claim["about"].as_str().unwrap()
            );
        }
        let _ = writeln!(out);
    }
    format!(
        "{HEAD}Of {} claims {} have the right label and {} the right standing in all counts.\n\n{}\n",
        tally.claims,
        tally.labels,
        tally.standings,
        out.trim_end()
    )
}

#[test]
fn the_page_says_what_is_found() {
    let path = Path::new(FOLDER).join("found.md");
    let page = page();
    if env::var_os("SAYSO_WRITE_GOLDEN").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap() == page,
        "golden/stories/found.md differs; write it with SAYSO_WRITE_GOLDEN=1 and review the change"
    );
}

#[test]
fn who_did_it_is_told_with_who_says_so() {
    let linked = Linked::of(&texts());
    let mut claims = linked.rows("claims").into_iter();
    let claim = claims
        .find(|c| {
            c["members"]
                .as_array()
                .unwrap()
                .iter()
                .any(|m| m["document"] == "l:7-2")
                && c["responsible"].as_array().unwrap().len() > 1
        })
        .unwrap();
    let named: Vec<&str> = claim["responsible"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["who"].as_str().unwrap())
        .collect();
    assert_eq!(named, ["Ashab al-Sahra Brigade", "an ISIS cell"]);
    let differ = claim["disagreements"].as_array().unwrap().iter();
    let actor: Vec<&Value> = differ.filter(|d| d["kind"] == "actor").collect();
    assert_eq!(actor.len(), 1);
    assert_eq!(
        (&actor[0]["says"][1], &actor[0]["against"][1]),
        (&json!(named[0]), &json!(named[1]))
    );
}

#[test]
fn copies_are_told_apart_and_rewritten_reports_are_shown() {
    let linked = Linked::of(&texts());
    let kinds: BTreeSet<(String, String, String)> = linked
        .rows("copies")
        .iter()
        .map(|c| {
            let of = |key: &str| c[key].as_str().unwrap().to_owned();
            (of("a"), of("b"), of("kind"))
        })
        .collect();
    let has = |a: &str, b: &str, kind: &str| {
        kinds.contains(&(a.to_owned(), b.to_owned(), kind.to_owned()))
    };
    assert!(has("l:1-1", "l:1-2", "near"), "{kinds:?}");
    assert!(has("l:1-1", "l:1-4", "contained"), "{kinds:?}");
    let out = Command::cargo_bin("sayso")
        .unwrap()
        .arg("copies")
        .arg(&linked.case)
        .args(["--rewritten", "--json"])
        .output()
        .unwrap();
    let out = String::from_utf8(out.stdout).unwrap();
    let rows: Vec<Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let rewrite = rows.iter().find(|r| r["id"] == "l:1-5").unwrap();
    assert_eq!(rewrite["credit"], "Reuters");
    assert_eq!(rewrite["of"][0], "l:1-1");
}

/// Names of all fields in a value.
fn keys(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                out.insert(key.clone());
                keys(value, out);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| keys(value, out)),
        _ => {}
    }
}

#[test]
fn nothing_that_is_told_is_a_score_of_truth() {
    const FORBIDDEN: [&str; 12] = [
        "truth", "true", "false", "fake", "credib", "reliab", "trust", "veracity", "accura",
        "rating", "rank", "score",
    ];
    let linked = Linked::of(&texts());
    let mut found = BTreeSet::new();
    for command in [
        "stories",
        "copies",
        "origins",
        "claims",
        "timeline",
        "disagreements",
    ] {
        for row in linked.rows(command) {
            keys(&row, &mut found);
        }
    }
    assert!(found.contains("standing") && found.contains("says"));
    for key in &found {
        let is_one = FORBIDDEN.iter().any(|word| key.contains(word));
        assert!(!is_one, "{key} looks like a score of truth");
    }
    // a case keeps how sure the reader is of what it read, and of two mentions being one event; nothing else
    let (tables, views) = sayso::case::schema();
    for line in tables.lines().chain(views.lines()) {
        let column = line.trim().split(' ').next().unwrap_or_default();
        let is_one = FORBIDDEN[..9].iter().any(|word| column.contains(word));
        assert!(!is_one, "the column {column} looks like a score of truth");
    }
}
