//! `sayso explain`: why an attribution is what it is, by identifier and by position.

#![allow(clippy::unwrap_used, reason = "a panic is a failed test")]

use std::fs;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use assert_cmd::cargo::cargo_bin;
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;

const NOTE: &str = "“Es ist vorbei,” hieß es: “It is over,” the mayor, Ann Lee, said on Monday.\n\n\
     Her deputy denied that it may begin again.\n";
const RECORDS: &str = "{\"id\": \"x-1\", \"text\": \"“It is over,” Ann Lee said.\"}\n\
     {\"id\": \"x:2\", \"text\": \"It failed, a spokesman said.\"}\n";

fn explain(arguments: &[&str]) -> Assert {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("note.txt"), NOTE).unwrap();
    fs::write(folder.path().join("notes.jsonl"), RECORDS).unwrap();
    fs::write(folder.path().join("empty.txt"), "\n").unwrap();
    let mut command = Command::new(cargo_bin!("sayso"));
    command
        .current_dir(folder.path())
        .env("LC_ALL", "C.UTF-8")
        .arg("explain")
        .args(arguments)
        .write_stdin(NOTE);
    command.assert()
}

fn json(arguments: &[&str]) -> Value {
    let all = [arguments, &["--json"]].concat();
    let out = explain(&all).success().get_output().stdout.clone();
    serde_json::from_slice(&out).unwrap()
}

/// The identifier of the attribution of the deputy, whatever else is found in the note.
fn deputy() -> String {
    let out = explain(&["note.txt", "--json"]).success();
    let out = String::from_utf8(out.get_output().stdout.clone()).unwrap();
    let lines = out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let found = lines
        .into_iter()
        .find(|line| line["how"] == "denied")
        .unwrap();
    assert_eq!(
        (&found["line"], &found["column"]),
        (&3.into(), &1.into()),
        "{found}"
    );
    found["address"].as_str().unwrap().to_owned()
}

#[test]
fn every_field_has_its_value_and_its_steps() {
    let address = deputy();
    let why = json(&[&address]);
    assert_eq!(why["sentence"]["text"], NOTE.lines().nth(2).unwrap());
    let fields = why["fields"].as_array().unwrap();
    let named = |name: &str| fields.iter().find(|field| field["field"] == name).unwrap();
    for field in ["found", "cue", "source", "content", "kind", "act", "chain"] {
        let steps = named(field)["steps"].as_array().unwrap();
        assert!(!steps.is_empty(), "{field}");
        for step in steps {
            assert!(step["rule"].as_str().unwrap().contains('.'), "{step}");
            assert!(!step["note"].as_str().unwrap().is_empty());
        }
    }
    assert_eq!(named("act")["value"], "deny");
    assert_eq!(named("cue")["value"], "denied");
    let words = &named("cue")["steps"][0]["words"][0];
    assert_eq!(words["text"], "denied");
    assert_eq!((&words["line"], &words["column"]), (&3.into(), &12.into()));
    let parts = why["parts"].as_array().unwrap();
    let joined: String = parts.iter().map(|p| p["text"].as_str().unwrap()).collect();
    assert_eq!(joined, NOTE.lines().nth(2).unwrap());
}

#[test]
fn a_position_finds_the_innermost_attribution() {
    let address = deputy();
    // source, cue, content; columns count characters, not bytes
    for place in ["note.txt:3:1", "note.txt:3:12", "note.txt:3:25"] {
        assert_eq!(json(&[place])["id"], json(&[&address])["id"], "{place}");
    }
    let quoted = json(&["note.txt:1:30"]);
    let content = quoted["fields"].as_array().unwrap().iter();
    let content: Vec<_> = content.filter(|f| f["field"] == "content").collect();
    assert!(content[0]["value"].as_str().unwrap().contains("It is over"));
}

#[test]
fn people_see_the_sentence_with_its_words_marked() {
    let out = explain(&[&deputy(), "--width", "60"]).success();
    let out = String::from_utf8(out.get_output().stdout.clone()).unwrap();
    let lines: Vec<_> = out.lines().collect();
    let at = lines
        .iter()
        .position(|l| l.contains("denied that"))
        .unwrap();
    let under = lines[at + 1];
    assert!(under.starts_with("  ──────────") && under.contains('┈') && under.contains('▔'));
    assert!(out.contains("─── source   ┈┈┈ cue   ▔▔▔ content"), "{out}");
    assert!(out.contains("act.lexicon"), "{out}");
    for line in lines {
        assert!(line.chars().count() <= 60, "{line}");
    }
}

#[test]
fn a_file_alone_lists_what_can_be_asked() {
    explain(&["note.txt"])
        .success()
        .stdout(contains("ask for note.txt#a1").and(contains("  3:1  Her deputy · denied")));
    explain(&["notes.jsonl"])
        .success()
        .stdout(contains("notes.jsonl#x-1#a1").and(contains("notes.jsonl#x:2#a1")));
    explain(&["-"]).success().stdout(contains("ask for -#a1"));
}

#[test]
fn records_are_asked_for_by_their_identifiers() {
    for address in ["notes.jsonl#x:2#a1", "notes.jsonl#x:2:1:3"] {
        let why = json(&[address]);
        assert_eq!(why["document_id"], "x:2");
        assert_eq!(why["sentence"]["text"], "It failed, a spokesman said.");
    }
    explain(&["notes.jsonl#x-1"])
        .success()
        .stdout(contains("ask for notes.jsonl#x-1#a1"));
}

#[test]
fn what_cannot_be_explained_is_told_in_one_sentence() {
    for (asked, told) in [
        (
            "note.txt#a99",
            "note.txt: there is no a99; the last one is a",
        ),
        ("note.txt#b1", "note.txt: no text in it is called `b1`"),
        ("note.txt:3", "`3` is no position; write line and column"),
        ("note.txt:3:0", "`3:0` is no position"),
        (
            "note.txt:9:1",
            "note.txt: there is no line 9; the text has 3",
        ),
        ("note.txt:3:99", "there is no column 99 in line 3"),
        (
            "note.txt:2:1",
            "there is no column 1 in line 2; the line has 0",
        ),
        (
            "note.txt:3:42",
            "note.txt:3:42: no attribution, time, place, figure or event is there",
        ),
        ("none.txt#a1", "none.txt: there is no such file"),
        ("empty.txt#a1", "empty.txt: holds no text"),
        (".", ".: this is a folder; name one file in it"),
        (
            "notes.jsonl#a1",
            "holds several texts; name one by its identifier",
        ),
        (
            "notes.jsonl#y#a1",
            "no text in it is called `y`; ask for notes.jsonl to see all; there are x-1, x:2",
        ),
    ] {
        let one = predicate::str::is_match("^sayso: [^\n]*\n$").unwrap();
        explain(&[asked])
            .code(2)
            .stdout("")
            .stderr(one.and(contains(told)));
    }
}

#[test]
fn times_places_figures_and_events_have_addresses_and_steps() {
    const FERRY: &str = include_str!("data/read/ferry.txt");
    let folder = tempfile::tempdir().unwrap();
    let ferry = folder.path().join("ferry.txt");
    fs::write(&ferry, FERRY).unwrap();
    let ferry = ferry.to_str().unwrap();
    let published = ["--published", "2023-05-03"];
    let asked = |what: &str| json(&[&[&format!("{ferry}{what}")[..]], &published[..]].concat());
    for (what, kind, field) in [
        ("#t1", "time", "value"),
        ("#p1", "place", "place"),
        ("#f1", "figure", "value"),
        ("#v1", "event", "realis"),
    ] {
        let why = asked(what);
        assert_eq!(why["id"], what[1..], "{why}");
        assert_eq!(why[kind]["id"], what[1..], "{why}");
        let fields = why["fields"].as_array().unwrap();
        let field = fields.iter().find(|told| told["field"] == field).unwrap();
        assert!(!field["steps"].as_array().unwrap().is_empty(), "{field}");
    }
    // outside any attribution
    assert_eq!(asked(":7:90")["time"]["edtf"], "1998-03");
    let holds = asked("#a1")["holds"].clone();
    assert!(!holds.as_array().unwrap().is_empty(), "{holds}");
    explain(&[&[ferry][..], &published].concat())
        .success()
        .stdout(contains("#t1").and(contains("#p1")).and(contains("#f1")));
    explain(&[&format!("{ferry}#t99")])
        .code(2)
        .stderr(contains("there is no t99; the last one is t"));
}

#[test]
fn known_facts_are_taken_as_by_read() {
    explain(&["notes.jsonl#x-1#a1", "--publisher", "Orbis"])
        .code(2)
        .stderr(contains("sayso: "));
    let why = json(&[
        "-:1:30",
        "--publisher",
        "Orbis",
        "--published",
        "2024-01-29",
    ]);
    assert!(why["score"].as_f64().unwrap() > 0.0);
}
