//! Places from the command line: the user's own, another gazetteer, and bad files.

// Helpers of a test state what must hold, as tests do.
#![allow(clippy::expect_used)]

use std::fs;

use assert_cmd::Command;
use serde_json::Value;

fn sayso() -> Command {
    Command::cargo_bin("sayso").expect("the program")
}

/// The places of a text read with these options.
fn places(folder: &std::path::Path, options: &[&str]) -> Vec<Value> {
    let text = folder.join("note.txt");
    fs::write(
        &text,
        "Rockets fell on Orchard Post near Baghdad, witnesses said.\n",
    )
    .expect("written");
    let output = sayso()
        .current_dir(folder)
        .args(["read", "--json", "--quiet", "note.txt"])
        .args(options)
        .assert()
        .success()
        .get_output()
        .stdout
        .clone();
    let reading: Value = serde_json::from_slice(&output).expect("a reading");
    reading["places"].as_array().expect("places").clone()
}

#[test]
fn places_of_a_csv_file_are_known() {
    let folder = tempfile::tempdir().expect("a folder");
    let csv = "name,lat,lon,country\nOrchard Post,33.5,44.1,IQ\n";
    fs::write(folder.path().join("mine.csv"), csv).expect("written");
    let found = places(folder.path(), &["--places", "mine.csv"]);
    let own = found
        .iter()
        .find(|p| p["name"] == "Orchard Post")
        .expect("the place");
    assert_eq!(
        (own["lat"].as_f64(), own["country"].as_str()),
        (Some(33.5), Some("IQ"))
    );
    assert!(
        found
            .iter()
            .any(|p| p["name"] == "Baghdad" && p["relation"] == "near")
    );
}

#[test]
fn bad_files_are_told_in_one_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let write =
        |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("written");
    write("note.txt", b"He left.\n");
    write("mine.csv", b"name,lat,lon\nOrchard Post,north,44.1\n");
    write("foreign.bin", b"not a gazetteer");
    let built_in = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/gazetteer.bin");
    let mut damaged = fs::read(built_in).expect("the gazetteer");
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    write("damaged.bin", &damaged);
    write("short.bin", &damaged[..5_000]);
    for (option, file, told) in [
        (
            "--places",
            "mine.csv",
            "mine.csv, line 2, column lat: `north` is no number of degrees",
        ),
        ("--places", "none.csv", "there is no such file of places"),
        (
            "--gazetteer",
            "foreign.bin",
            "foreign.bin: this is not a gazetteer of sayso",
        ),
        (
            "--gazetteer",
            "damaged.bin",
            "damaged.bin: the gazetteer is damaged (its SHA-256 is not the one that it names); build it again with `train/gazetteer`",
        ),
        (
            "--gazetteer",
            "short.bin",
            "short.bin: the gazetteer is damaged",
        ),
        (
            "--gazetteer",
            "none.bin",
            "none.bin: cannot read the gazetteer",
        ),
    ] {
        let output = sayso()
            .current_dir(folder.path())
            .args(["read", "note.txt", option, file])
            .assert()
            .failure()
            .get_output()
            .clone();
        let error = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(error.contains(told), "{file}: {error}");
        assert_eq!(error.trim_end().lines().count(), 1, "{error}");
    }
}

#[test]
fn the_built_in_gazetteer_reads_the_same_from_its_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let built_in = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/gazetteer.bin");
    assert_eq!(
        places(folder.path(), &[]),
        places(folder.path(), &["--gazetteer", built_in])
    );
}
