//! Filters, for the table, the JSON and the page alike; and the user's outlets.

#![allow(clippy::unwrap_used, reason = "a panic is a failed test")]

use std::fs;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;
use tempfile::TempDir;

const NOTE: &str = "“It is over,” Ann Lee said on Monday.\n\n\
     The bridge is closed, a US official told Reuters.\n\n\
     Ann Lee denied that the bridge had been sold.\n";
const OTHER: &str = "It rained, Bo Hansen said.\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("note.txt"), NOTE).unwrap();
    fs::write(folder.path().join("other.txt"), OTHER).unwrap();
    folder
}

fn read(folder: &TempDir, arguments: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::new(cargo_bin!("sayso"));
    command
        .current_dir(folder.path())
        .env("LC_ALL", "C.UTF-8")
        .args(["read", "note.txt", "other.txt"])
        .args(arguments);
    command.assert()
}

fn stdout(done: &assert_cmd::assert::Assert) -> String {
    String::from_utf8(done.get_output().stdout.clone()).unwrap()
}

#[test]
fn json_holds_what_fits_and_says_so() {
    let folder = folder();
    let all = stdout(&read(&folder, &["--json", "--quiet"]).success());
    assert_eq!(all.lines().count(), 2);
    for (arguments, words) in [
        (&["--kind", "anonymous,unstated"][..], "a US official"),
        (&["--unnamed"], "a US official"),
        (&["--origin", "us OFFICIAL"], "a US official"),
        (&["--act", "deny"], "denied"),
        (&["--kind", "person", "--act", "deny,decline"], "denied"),
        (
            &["--certainty", "certain", "--origin", "hansen"],
            "Bo Hansen",
        ),
    ] {
        let done = read(&folder, &[&["--json"], arguments].concat()).success();
        let out = stdout(&done);
        assert_eq!(out.lines().count(), 1, "{arguments:?}: {out}");
        let value: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(value["attributions"].as_array().unwrap().len(), 1);
        let text = value["document"]["text"].as_str().unwrap();
        assert!(text.contains(words), "{arguments:?}");
        let note = value["notes"][0].as_str().unwrap();
        assert!(note.starts_with("only attributions that fit --"), "{note}");
        // identifiers are those of the whole reading
        let id = value["attributions"][0]["id"].as_str().unwrap();
        assert!(all.contains(&format!("{{\"id\":\"{id}\"")), "{id}");
    }
}

#[test]
fn the_table_holds_what_fits_and_marks_the_unnamed() {
    let folder = folder();
    let done = read(&folder, &["--unnamed", "--width", "80"]).success();
    let out = stdout(&done);
    assert!(out.contains("◌ a US official"), "{out}");
    assert!(out.contains("[unnamed]") && out.contains("Reuters ← a US"));
    assert!(!out.contains("Hansen") && !out.contains("Ann Lee"), "{out}");
    done.stderr(contains("1 of 4 attributions in 2 documents fit --unnamed"));
}

#[test]
fn a_page_holds_what_fits_and_says_so() {
    let folder = folder();
    read(&folder, &["--html", "out.html", "--act", "deny"]).success();
    let page = fs::read_to_string(folder.path().join("out.html")).unwrap();
    assert!(page.contains("Only attributions that fit"));
    assert_eq!(page.matches("<li id=\"d").count(), 1);
    read(&folder, &["--html", "out.html", "--act", "threaten"]).success();
    let page = fs::read_to_string(folder.path().join("out.html")).unwrap();
    assert!(page.contains("Nothing fits <bdi>--act threaten</bdi>."));
}

#[test]
fn a_filter_that_fits_nothing_says_so() {
    let folder = folder();
    for form in [&["--json"][..], &["--quiet"], &[]] {
        let done = read(&folder, &[form, &["--act", "threaten"]].concat());
        done.success().stdout("").stderr(contains(
            "nothing fits --act threaten: none of 4 attributions",
        ));
    }
}

#[test]
fn words_that_are_none_are_told_with_those_that_are() {
    let folder = folder();
    read(&folder, &["--kind", "nobody"])
        .code(2)
        .stderr(contains("nobody").and(contains("anonymous")));
}

#[test]
fn no_colour_means_no_colour() {
    let folder = folder();
    let mut command = Command::new(cargo_bin!("sayso"));
    command
        .current_dir(folder.path())
        .env("NO_COLOR", "1")
        .env("TERM", "xterm-256color")
        .args(["read", "note.txt", "--quiet"]);
    let done = command.assert().success();
    assert!(!stdout(&done).contains('\u{1b}'));
}

#[test]
fn a_page_tells_why_where_it_is_asked_to() {
    let folder = folder();
    read(&folder, &["--html", "out.html", "--explain"]).success();
    let page = fs::read_to_string(folder.path().join("out.html")).unwrap();
    assert_eq!(page.matches("<details class=\"why\">").count(), 4);
    assert!(page.contains("<code>head.cue</code>"));
    read(&folder, &["--explain"])
        .code(2)
        .stderr(contains("--html"));
}

const PAPER: &str = "It may rain, the Nordhavn Courier reported on Monday.\n";

fn with_outlets(command: &[&str], outlets: &[u8]) -> assert_cmd::assert::Assert {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("note.txt"), PAPER).unwrap();
    fs::write(folder.path().join("mine.csv"), outlets).unwrap();
    let gold = r#"{"id": "one", "text": "It failed, he said.", "attributions": []}"#;
    fs::write(folder.path().join("gold.jsonl"), gold).unwrap();
    let mut sayso = Command::new(cargo_bin!("sayso"));
    sayso.current_dir(folder.path()).args(command).assert()
}

#[test]
fn a_users_outlets_are_publications() {
    let outlets = b"name,aliases,country,kind\nNordhavn Courier,Courier|NC,DK,newspaper\n";
    let read = ["read", "note.txt", "--json", "--outlets", "mine.csv"];
    let done = with_outlets(&read, outlets).success();
    let value: Value = serde_json::from_str(&stdout(&done)).unwrap();
    assert_eq!(value["attributions"][0]["source"]["kind"], "publication");
    let explain = ["explain", "note.txt#a1", "--outlets", "mine.csv"];
    with_outlets(&explain, outlets)
        .success()
        .stdout(contains("publication"));
    let eval = ["eval", "--gold", "gold.jsonl", "--outlets", "mine.csv"];
    with_outlets(&eval, outlets).success();
}

#[test]
fn bad_outlets_are_told_in_one_sentence() {
    for (outlets, told) in [
        (
            &b"title\nReuters\n"[..],
            "mine.csv: the first line names no column `name`",
        ),
        (
            b"name,kind\n,agency\n",
            "mine.csv, line 2: there is no name",
        ),
        (
            b"name\n\xff\n",
            "mine.csv:2: the file of outlets is not in UTF-8",
        ),
    ] {
        for command in [
            &["read", "note.txt"][..],
            &["explain", "note.txt"],
            &["eval", "--gold", "gold.jsonl"],
        ] {
            let one = predicate::str::is_match("^sayso: [^\n]*\n$").unwrap();
            let all = [command, &["--outlets", "mine.csv"]].concat();
            with_outlets(&all, outlets)
                .code(2)
                .stderr(one.and(contains(told)));
        }
    }
    let none = ["read", "note.txt", "--outlets", "none.csv"];
    with_outlets(&none, b"").code(2).stderr(contains(
        "sayso: none.csv: there is no such file of outlets",
    ));
}

#[test]
fn times_places_and_figures_stay_in_the_words_of_what_fits() {
    let folder = folder();
    let note = "Two bridges in Izmir are closed, a US official said on Monday.\n\n\
        Ann Lee denied that nine had been sold in Mersin in March 1998.\n";
    fs::write(folder.path().join("note.txt"), note).unwrap();
    let out = stdout(&read(&folder, &["--json", "--quiet", "--act", "deny"]).success());
    let value: Value = serde_json::from_str(&out).unwrap();
    let text = value["document"]["text"].as_str().unwrap();
    for (list, word) in [
        ("times", "March"),
        ("places", "Mersin"),
        ("figures", "nine"),
    ] {
        let all = value[list].as_array().unwrap();
        let starts: Vec<_> = all
            .iter()
            .map(|item| item["spans"][0]["start"].as_u64())
            .collect();
        let start = text.find(word).map(|start| start as u64);
        assert_eq!(starts, [start], "{list}");
    }
}
