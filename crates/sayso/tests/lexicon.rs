//! `--lexicon`: a user's cues count, and a bad file is told in one sentence.

#![allow(clippy::unwrap_used, reason = "a panic is a failed test")]

use std::fs;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;

const NOTE: &str = "“It is over,” the mayor, Ann Lee, said on Monday.\n";
const HEAD: &str = "cue\tpart\tact\tcertainty\tstance\n";

/// Runs a command on a note, with a lexicon of these bytes beside it.
fn with_lexicon(arguments: &[&str], lexicon: &[u8]) -> assert_cmd::assert::Assert {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("note.txt"), NOTE).unwrap();
    fs::write(folder.path().join("mine.tsv"), lexicon).unwrap();
    let gold = r#"{"id": "one", "text": "It failed, he said.", "attributions": []}"#;
    fs::write(folder.path().join("gold.jsonl"), gold).unwrap();
    let mut command = Command::cargo_bin("sayso").unwrap();
    command.current_dir(folder.path()).args(arguments).assert()
}

#[test]
fn a_cue_of_the_users_wins_over_the_built_in_one() {
    let read = ["read", "note.txt", "--json", "--quiet"];
    with_lexicon(&read, b"")
        .success()
        .stdout(contains(r#""act":"say","certainty":"certain""#));
    let own = format!("{HEAD}say\tverb\tclaim\tprobable\tdoubtful\n");
    let read = [
        "read",
        "note.txt",
        "--json",
        "--quiet",
        "--lexicon",
        "mine.tsv",
    ];
    with_lexicon(&read, own.as_bytes())
        .success()
        .stdout(contains(r#""act":"claim","certainty":"probable""#));
}

#[test]
fn a_bad_lexicon_is_told_in_one_sentence() {
    let one =
        |said: &'static str| contains(said).and(predicate::str::is_match("^[^\n]*\n$").unwrap());
    for (lexicon, said) in [
        (
            &b"say\tverb\n"[..],
            "sayso: mine.tsv:1: the header is missing; put a line with cue, part, act",
        ),
        (
            b"cue\tpart\tact\tcertainty\tstance\nsay\tverb\tspeak\tcertain\tneutral\n",
            "sayso: mine.tsv:2: `speak` in column act is none of say, report",
        ),
        (
            b"cue\tpart\tact\tcertainty\tstance\n\xff\n",
            "sayso: mine.tsv:2: the lexicon is not in UTF-8; save it in UTF-8",
        ),
    ] {
        let read = ["read", "note.txt", "--lexicon", "mine.tsv"];
        with_lexicon(&read, lexicon).code(2).stderr(one(said));
    }
    let eval = ["eval", "--gold", "gold.jsonl", "--lexicon", "mine.tsv"];
    with_lexicon(&eval, b"")
        .code(2)
        .stderr(one("sayso: mine.tsv:1: the header is missing"));
    let missing = ["read", "note.txt", "--lexicon", "none.tsv"];
    with_lexicon(&missing, b"").code(2).stderr(one(
        "sayso: none.tsv: there is no such lexicon; check the name",
    ));
}
