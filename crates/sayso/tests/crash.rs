//! Killed at any moment: what was acknowledged is kept, and the case is sound.
//!
//! A few rounds here; `bench/crash.py` runs hundreds.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a panic is a failed test"
)]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use assert_cmd::cargo::CommandCargoExt as _;
use sayso::case::Open;
use serde_json::Value;
use tempfile::TempDir;

const DOCUMENTS: usize = 3000;
const ROUNDS: u64 = 6;

/// Readings of many documents, made from one.
fn readings(folder: &Path) {
    let text = folder.join("text.txt");
    fs::write(
        &text,
        "A US official said that a drone hit a ferry near Aden on Sunday, killing 12 people.\n",
    )
    .unwrap();
    let out = Command::cargo_bin("sayso")
        .unwrap()
        .args(["read", "--json", "--quiet", "--published", "2024-01-30"])
        .arg(&text)
        .output()
        .unwrap();
    let mut reading: Value = serde_json::from_slice(&out.stdout).unwrap();
    let mut lines = String::new();
    for number in 0..DOCUMENTS {
        reading["document"]["id"] = Value::from(format!("r:{number}"));
        lines += &reading.to_string();
        lines.push('\n');
    }
    fs::write(folder.join("readings.jsonl"), lines).unwrap();
}

#[test]
fn what_was_acknowledged_survives_being_killed() {
    let folder = TempDir::new().unwrap();
    readings(folder.path());
    let case = folder.path().join("case.sayso");
    let mut acknowledged = Vec::new();
    for round in 0..ROUNDS {
        let mut adding = Command::cargo_bin("sayso")
            .unwrap()
            .args(["add", "--readings", "--json", "--quiet", "--to"])
            .arg(&case)
            .arg(folder.path().join("readings.jsonl"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(adding.stdout.take().unwrap()).lines();
        let reader = std::thread::spawn(move || {
            lines
                .map_while(Result::ok)
                .filter_map(|l| serde_json::from_str::<Value>(&l).ok())
                .collect::<Vec<_>>()
        });
        std::thread::sleep(Duration::from_millis(40 + 97 * round));
        let _ = adding.kill();
        let _ = adding.wait();
        acknowledged.extend(
            reader
                .join()
                .unwrap()
                .into_iter()
                .map(|l| l["id"].as_str().unwrap().to_owned()),
        );
        if !case.exists() {
            continue;
        }
        let kept = Open::default().create(&case).unwrap();
        let found = kept.check(|_| {}).unwrap();
        assert!(found.is_empty(), "{found:?}");
        for id in &acknowledged {
            assert!(
                kept.reading(id).is_ok(),
                "{id} was acknowledged and is gone"
            );
        }
    }
    assert!(!acknowledged.is_empty(), "no round got as far as one batch");
}
