//! What people decide on links: it wins over what is found, lasts, and can be taken back.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a panic is a failed test"
)]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::{Value, json};
use tempfile::TempDir;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../golden/stories");

/// A case with some of the golden texts.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new(texts: &[&str]) -> Self {
        let bench = Self {
            folder: TempDir::new().unwrap(),
        };
        bench.add(texts);
        bench
    }

    fn case(&self) -> PathBuf {
        self.folder.path().join("case.sayso")
    }

    fn add(&self, texts: &[&str]) {
        let records: Vec<String> = texts.iter().map(|name| record(name).to_string()).collect();
        let input = self.folder.path().join("texts.jsonl");
        fs::write(&input, records.join("\n")).unwrap();
        let mut command = Command::cargo_bin("sayso").unwrap();
        command
            .args(["add", "--quiet", "--to"])
            .arg(self.case())
            .arg(&input);
        command.assert().success();
    }

    fn told(&self, arguments: &[&str]) -> (bool, String, String) {
        let (command, rest) = arguments.split_first().unwrap();
        let out = Command::cargo_bin("sayso")
            .unwrap()
            .arg(command)
            .arg(self.case())
            .args(rest)
            .env("SAYSO_REVIEWER", "Ada")
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (out.status.success(), text(out.stdout), text(out.stderr))
    }

    fn relate(&self, arguments: &[&str]) -> String {
        let (done, _, said) = self.told(&[&["relate"], arguments].concat());
        assert!(done, "{said}");
        said
    }

    fn claim(&self, name: &str) -> Value {
        let (done, out, said) = self.told(&["claim", "--json", name]);
        assert!(done, "{said}");
        serde_json::from_str(&out).unwrap()
    }

    fn story_of(&self, document: &str) -> Value {
        let (_, out, _) = self.told(&["stories", "--json"]);
        let mut rows = out
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        rows.find(|row| row["id"] == document).unwrap()["story"].clone()
    }
}

fn record(name: &str) -> Value {
    let whole = fs::read_to_string(Path::new(FOLDER).join(format!("{name}.md"))).unwrap();
    let (head, text) = whole
        .strip_prefix("---\n")
        .unwrap()
        .split_once("---\n")
        .unwrap();
    let mut record = json!({ "text": text.trim() });
    for line in head.lines() {
        let (key, value) = line.split_once(": ").unwrap();
        record[key] = json!(value.trim_matches('"'));
    }
    record
}

const DENIAL: [&str; 3] = [
    "5-1-steppe-ministry",
    "5-2-ap-denial",
    "5-3-norpress-hospital",
];

#[test]
fn a_claim_is_parted_joined_again_and_tells_why() {
    let bench = Bench::new(&DENIAL);
    let before = bench.claim("l:5-1#v1");
    assert_eq!(before["standing"]["label"], "denied by the accused");
    assert_eq!(before["standing"]["reports"], 3);
    let reasons = before["reasons"].as_array().unwrap();
    let has = |start: &str| {
        reasons
            .iter()
            .any(|r| r.as_str().unwrap().starts_with(start))
    };
    assert!(has("reports: l:5-1, l:5-2, l:5-3") && has("named origin: ") && has("denied by: "));
    assert_eq!(before["history"][0]["what"], "first said");

    let members = before["members"].as_array().unwrap();
    let denied = members.iter().find(|m| m["stance"] == "denies").unwrap();
    let denied = format!("l:5-2#{}", denied["mention"].as_str().unwrap());
    let said = bench.relate(&[
        "claim",
        "apart",
        "l:5-1#v1",
        &denied,
        "--why",
        "another shooting",
    ]);
    assert!(said.contains("entry 1"), "{said}");
    let parted = bench.claim("l:5-1#v1");
    assert_eq!(parted["standing"]["deniers"], 0);
    assert_ne!(bench.claim(&denied)["id"], parted["id"]);

    let (_, journal, _) = bench.told(&["relate", "--journal"]);
    assert!(
        journal.contains("Ada: not one event: l:5-1#v1 “fired rubber bullets”"),
        "{journal}"
    );
    assert!(journal.contains("(another shooting)"), "{journal}");
    bench.relate(&["--undo", "1"]);
    assert_eq!(bench.claim("l:5-1#v1")["standing"], before["standing"]);
    let (sound, _, _) = bench.told(&["check"]);
    assert!(sound);
}

#[test]
fn a_claim_is_explained_by_its_case_and_name() {
    let bench = Bench::new(&DENIAL[..1]);
    let explain = |target: String| {
        let mut command = Command::cargo_bin("sayso").unwrap();
        let out = command.arg("explain").arg(target).output().unwrap();
        (
            String::from_utf8(out.stdout).unwrap(),
            String::from_utf8(out.stderr).unwrap(),
        )
    };
    let case = bench.case().display().to_string();
    let (page, said) = explain(format!("{case}#l:5-1#v1"));
    assert!(page.contains("Why it stands so"), "{page}{said}");
    let (_, said) = explain(case);
    assert!(said.contains("name a claim in it"), "{said}");
}

#[test]
fn what_was_decided_lasts_when_more_comes() {
    let bench = Bench::new(&["10-1-harbour-ferry", "10-2-harbour-school"]);
    assert_ne!(bench.story_of("l:10-1"), bench.story_of("l:10-2"));
    bench.relate(&["story", "same", "l:10-1", "l:10-2"]);
    assert_eq!(bench.story_of("l:10-1"), bench.story_of("l:10-2"));
    bench.add(&DENIAL);
    assert_eq!(bench.story_of("l:10-1"), bench.story_of("l:10-2"));
    assert_ne!(bench.story_of("l:10-1"), bench.story_of("l:5-1"));
}

#[test]
fn two_names_of_one_source_are_one_origin_and_letters_are_shown() {
    let bench = Bench::new(&["8-2-northern-minister", "8-3-meridian-transport"]);
    let id = {
        let (_, out, _) = bench.told(&["claims", "--json"]);
        let mut rows = out
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        rows.find(|c| c["standing"]["origins"] == 2).unwrap()["id"].clone()
    };
    let id = id.as_str().unwrap();
    let claim = bench.claim(id);
    let origin = |at: usize| claim["members"][at]["origin"].as_str().unwrap().to_owned();
    assert_eq!(claim["admiralty"], 1);
    bench.relate(&["source", "same", &origin(0), &origin(1)]);
    let joined = bench.claim(id);
    assert_eq!(joined["standing"]["origins"], 1);
    assert_eq!(joined["standing"]["label"], "single origin");
    assert_eq!(joined["admiralty"], 6);
    bench.relate(&["source", "letter", &origin(0), "b"]);
    assert_eq!(bench.claim(id)["members"][0]["letter"], "B");
    let (_, page, _) = bench.told(&["claim", id]);
    assert!(page.contains("letter B"), "{page}");
    assert!(
        page.contains("Admiralty digit that the origins suggest: 6"),
        "{page}"
    );
}

#[test]
fn a_name_that_is_nowhere_is_told() {
    let bench = Bench::new(&DENIAL[..1]);
    for (arguments, told) in [
        (
            ["claim", "same", "l:5-1#v1", "l:5-1#v99"],
            "there is no such event",
        ),
        (
            ["story", "apart", "l:5-1", "nowhere"],
            "there is no such document",
        ),
        (
            ["source", "same", "Nobody at all", "Steppe Times"],
            "of that name",
        ),
        (
            ["source", "letter", "Steppe Times", "Z"],
            "no letter of the Admiralty Code",
        ),
        (["story", "same", "l:5-1", "l:5-1"], "name two"),
    ] {
        let (done, _, said) = bench.told(&[&["relate"], arguments.as_slice()].concat());
        assert!(!done && said.contains(told), "{said}");
    }
    let (done, _, said) = bench.told(&["relate", "--undo", "7"]);
    assert!(!done && said.contains("has no such decision"), "{said}");
}
