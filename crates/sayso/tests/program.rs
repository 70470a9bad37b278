//! The program beside `sayso read`: figures, completions, manual, help.

use std::path::Path;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use predicates::prelude::*;
use predicates::str::contains;

fn sayso() -> Command {
    Command::new(cargo_bin!("sayso"))
}

#[test]
fn completions_and_manual_are_written() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        sayso()
            .args(["completions", shell])
            .assert()
            .success()
            .stdout(contains("full-page"));
    }
    let manual = sayso().arg("man").assert().success();
    manual.stdout(
        contains(".TH sayso 1")
            .and(contains("SAYSO READ"))
            .and(contains("full\\-page")),
    );
}

#[test]
fn help_names_the_exit_codes() {
    sayso()
        .args(["read", "--help"])
        .assert()
        .success()
        .stdout(contains("Exit codes"));
}

#[test]
fn figures_are_printed_for_people_and_for_programs() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/eval");
    let eval = |more: &[&str]| {
        let mut command = sayso();
        command
            .current_dir(&data)
            .args(["eval", "--gold", "gold.jsonl", "readings.jsonl"]);
        command.args(more).assert().success()
    };
    eval(&[]).stdout(contains("exact source").and(contains("half")));
    let done = eval(&["--json"]);
    let figures = serde_json::from_slice::<serde_json::Value>(&done.get_output().stdout);
    assert!(figures.is_ok_and(|figures| figures["half"]["f1"].is_number()));
}

#[test]
fn labelled_texts_are_read_where_there_are_no_readings() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/eval");
    let mut command = sayso();
    command
        .current_dir(&data)
        .args(["eval", "--gold", "gold.jsonl"]);
    command.assert().success().stdout(contains("exact cue"));
}

#[test]
fn figures_need_labelled_texts() {
    let mut command = sayso();
    command.args(["eval", "--gold", "none.jsonl"]);
    command
        .assert()
        .code(2)
        .stdout("")
        .stderr(contains("sayso: none.jsonl: "));
}
