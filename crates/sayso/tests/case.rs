//! A case from the command line: add, ask, review, care, and what is told where it fails.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a panic is a failed test"
)]

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use predicates::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

const RAID: &str = "Soldiers raided a house in Kirkuk on Monday and arrested three men, the police said.\n\n\
                    The mayor, Ann Lee, denied that anybody was hurt.\n";
const FERRY: &str = "A US official said that a drone hit a ferry near Aden on Sunday, killing at least 12 people.\n";

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("raid.txt"), RAID).unwrap();
        fs::write(folder.path().join("ferry.txt"), FERRY).unwrap();
        fs::write(
            folder.path().join("sayso.toml"),
            "published = \"2024-01-30\"\npublisher = \"Harbour Post\"\n",
        )
        .unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn sayso(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("sayso").unwrap();
        command.current_dir(self.0.path()).args(arguments);
        command.env_remove("SAYSO_PASSPHRASE");
        command
    }

    fn json(&self, arguments: &[&str]) -> Vec<Value> {
        let out = self.sayso(arguments).output().unwrap();
        let text = String::from_utf8(out.stdout).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

#[test]
fn a_folder_becomes_a_case_that_can_be_asked() {
    let folder = Folder::new();
    let told = predicate::str::contains("2 documents added");
    folder
        .sayso(&["add", "raid.txt", "ferry.txt"])
        .assert()
        .success()
        .stderr(told);
    let told = predicate::str::contains("2 documents known before");
    folder
        .sayso(&["add", "raid.txt", "ferry.txt"])
        .assert()
        .success()
        .stderr(told);

    let denials = folder.json(&["ask", "case.sayso", "act:deny", "--json"]);
    assert_eq!(denials.len(), 1);
    assert_eq!(denials[0]["source"], "Ann Lee");
    assert_eq!(denials[0]["publisher"], "Harbour Post");
    let unnamed = folder.json(&["ask", "case.sayso", "kind:anonymous", "--json"]);
    assert_eq!(unnamed.len(), 1);
    let killed = folder.json(&["ask", "case.sayso", "event:ASSAULT killed>=3", "--json"]);
    assert_eq!(killed.len(), 1);
    assert_eq!(killed[0]["killed_low"], 12.0);
    assert_eq!(killed[0]["killed_high"], Value::Null);
    let texts = folder.json(&["ask", "case.sayso", "ferry", "--json"]);
    assert_eq!(texts.len(), 1);
    folder
        .sayso(&["ask", "case.sayso", "kind:anonymous"])
        .assert()
        .success()
        .stdout(predicate::str::contains("A US official").and(predicate::str::contains("#a1")));
    folder
        .sayso(&["ask", "case.sayso", "act:deny", "--csv"])
        .assert()
        .success()
        .stdout(predicate::str::starts_with("document,title,publisher"));
    folder
        .sayso(&["ask", "case.sayso", "act:threaten"])
        .assert()
        .code(1);
}

#[test]
fn a_wrong_question_is_told_in_a_sentence() {
    let folder = Folder::new();
    folder
        .sayso(&["add", "--quiet", "raid.txt"])
        .assert()
        .success();
    folder
        .sayso(&["ask", "case.sayso", "sorce:police"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("source").and(predicate::str::contains("panicked").not()));
    folder
        .sayso(&["ask", "no.sayso", "police"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("no such case"));
    folder
        .sayso(&["info", "raid.txt"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("no case of sayso"));
    folder
        .sayso(&["ask", "case.sayso", "police", "--as-of", "1999-01-01"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("was not there yet"));
}

#[test]
fn a_question_is_completed() {
    let folder = Folder::new();
    folder
        .sayso(&["add", "--quiet", "raid.txt"])
        .assert()
        .success();
    let next = |question: &str| {
        let told = folder.json(&["ask", "case.sayso", "--complete", "--json", question]);
        told.iter()
            .map(|s| s["text"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(next("police act:den"), ["deny"]);
    assert!(next("certain").contains(&"certainty:".to_owned()));
    assert!(
        next("source:lee")
            .iter()
            .any(|name| name.contains("Ann Lee"))
    );
}

#[test]
fn second_opinions_count_for_agreement_alone() {
    let folder = Folder::new();
    folder
        .sayso(&["add", "--quiet", "raid.txt"])
        .assert()
        .success();
    folder
        .sayso(&["review", "case.sayso", "--who", "ann", "act:deny"])
        .write_stdin("r\n")
        .assert()
        .success();
    folder
        .sayso(&["review", "case.sayso", "--who", "bob", "--second"])
        .write_stdin("a\n")
        .assert()
        .success()
        .stdout(predicate::str::contains("anybody was hurt"));
    assert!(
        folder
            .json(&["ask", "case.sayso", "act:deny", "--json"])
            .is_empty()
    );
    let told = &folder.json(&["review", "case.sayso", "--agreement", "--json"])[0];
    assert_eq!(told["items"], 1);
    assert_eq!(told["disagreements"][0]["said"]["bob"], "accept");
    folder
        .sayso(&["review", "case.sayso", "--agreement"])
        .assert()
        .success()
        .stdout(predicate::str::contains("differ on verdict"));
}

#[test]
fn decisions_are_kept_with_who_and_why() {
    let folder = Folder::new();
    folder
        .sayso(&["add", "--quiet", "raid.txt"])
        .assert()
        .success();
    let denial = &folder.json(&["ask", "case.sayso", "act:deny", "--json"])[0];
    let target = format!(
        "{}#{}",
        denial["document"].as_str().unwrap(),
        denial["id"].as_str().unwrap()
    );
    let decided = [
        "review",
        "case.sayso",
        "--who",
        "ann",
        "--why",
        "on tape",
        "--correct",
        &target,
        "act=doubt",
    ];
    folder.sayso(&decided).assert().success();
    assert_eq!(
        folder.json(&["ask", "case.sayso", "act:doubt", "--json"])[0]["reviewed_by"],
        "ann"
    );
    assert!(
        folder
            .json(&["ask", "case.sayso", "act:deny", "--json"])
            .is_empty()
    );
    folder
        .sayso(&["review", "case.sayso", "--journal"])
        .assert()
        .success()
        .stdout(
            predicate::str::contains("ann · correct act: deny → doubt")
                .and(predicate::str::contains("on tape")),
        );
    folder
        .sayso(&[
            "review",
            "case.sayso",
            "--who",
            "ann",
            "--correct",
            &target,
            "act=sing",
        ])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("act cannot be that"));
    let export = folder.json(&["review", "case.sayso", "--export", "-"]);
    assert_eq!(export[0]["reviewed"].as_object().unwrap().len(), 1);
}

#[test]
fn a_script_of_keys_goes_through_what_fits_a_question() {
    let folder = Folder::new();
    folder
        .sayso(&["add", "--quiet", "raid.txt", "ferry.txt"])
        .assert()
        .success();
    folder
        .sayso(&[
            "review",
            "case.sayso",
            "--who",
            "bob",
            "show:statements sort:oldest",
        ])
        .write_stdin("c certainty=possible\nw as she put it\na\nr\nu\nn content=a drone hit a ferry; source=A US official; act=report\ns\nq\n")
        .assert()
        .success()
        .stderr(predicate::str::contains("by bob"));
    let journal = folder.json(&["review", "case.sayso", "--journal", "--json"]);
    let told: Vec<&str> = journal
        .iter()
        .map(|e| e["action"].as_str().unwrap())
        .collect();
    assert_eq!(told, ["correct", "accept", "reject", "undo", "add"]);
    assert_eq!(journal[1]["why"], "as she put it");
}

#[test]
fn care_of_a_case() {
    let folder = Folder::new();
    folder
        .sayso(&["add", "--quiet", "raid.txt", "ferry.txt"])
        .assert()
        .success();
    folder
        .sayso(&["check", "case.sayso"])
        .assert()
        .success()
        .stdout(predicate::str::contains("sound"));
    let info = &folder.json(&["info", "case.sayso", "--json"])[0];
    assert_eq!(info["documents"], 2);
    folder
        .sayso(&["backup", "case.sayso", "copy.sayso"])
        .assert()
        .success();
    folder
        .sayso(&["backup", "case.sayso", "copy.sayso"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("such a file already"));
    folder.sayso(&["compact", "copy.sayso"]).assert().success();
    folder.sayso(&["check", "copy.sayso"]).assert().success();
    let mut bytes = fs::read(folder.path("copy.sayso")).unwrap();
    let at = bytes.windows(6).position(|w| w == b"Kirkuk").unwrap();
    bytes[at] = b'T';
    fs::write(folder.path("copy.sayso"), bytes).unwrap();
    folder
        .sayso(&["check", "copy.sayso"])
        .assert()
        .code(1)
        .stdout(predicate::str::contains("not what was taken in"));
}

#[test]
fn readings_that_are_there_are_kept_without_reading_again() {
    let folder = Folder::new();
    let out = folder
        .sayso(&["read", "--json", "--quiet", "raid.txt", "ferry.txt"])
        .output()
        .unwrap();
    fs::write(folder.path("readings.jsonl"), out.stdout).unwrap();
    let lines = folder.json(&["add", "--readings", "--json", "readings.jsonl"]);
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["outcome"], "added");
    folder
        .sayso(&["add", "raid.txt"])
        .assert()
        .stderr(predicate::str::contains("1 document known before"));
    fs::write(folder.path("bad.jsonl"), "{\"schema\": 3}\n").unwrap();
    folder
        .sayso(&["add", "--readings", "bad.jsonl"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains(
            "bad.jsonl, line 1: this is no reading",
        ));
    // what cannot be read does not keep the rest from being kept
    fs::write(folder.path("mixed.jsonl"), b"\xff\xfe\n").unwrap();
    let inputs = ["none.jsonl", "mixed.jsonl", "readings.jsonl"];
    let add = ["add", "--readings", "--json", "--to", "other.sayso"];
    let lines = folder.json(&[add.as_slice(), &inputs].concat());
    assert_eq!(lines.len(), 2);
}

#[cfg(unix)]
#[test]
fn a_case_that_may_not_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    folder
        .sayso(&["add", "--quiet", "raid.txt"])
        .assert()
        .success();
    let path = folder.path("case.sayso");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    let done = folder.sayso(&["add", "ferry.txt"]).assert();
    // the superuser may write what is read only
    if done.get_output().status.code() == Some(2) {
        done.stderr(predicate::str::contains("cannot be written"));
    }
}
