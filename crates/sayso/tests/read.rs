//! `sayso read` as people run it: what it writes, and what it says about bad input.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a panic is a failed test"
)]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use predicates::prelude::*;
use predicates::str::contains;
use tempfile::TempDir;

const NOTE: &str = "A man of few words\n\n“It is over,” the mayor, Ann Lee, said on Monday.\n";

fn sayso() -> Command {
    let mut command = Command::new(cargo_bin!("sayso"));
    for name in [
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "LC_ALL",
        "LC_CTYPE",
        "LANG",
    ] {
        command.env_remove(name);
    }
    command
}

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../golden/texts")
}

/// A folder with a sound text, `good.txt`, and another file.
fn beside(name: &str, bytes: impl AsRef<[u8]>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.txt"), NOTE).unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    folder
}

/// Reads a bad file alone and beside a sound one: it is named in a sentence with all the words
/// given, the sound one is read, and the exit codes are as given.
fn is_told(name: &str, bytes: impl AsRef<[u8]>, words: &[&str], alone: i32) {
    let folder = beside(name, bytes);
    for (inputs, code) in [(&[name][..], alone), (&[name, "good.txt"], 2)] {
        let mut command = sayso();
        command
            .current_dir(folder.path())
            .args(["read", "--json"])
            .args(inputs);
        let done = command.assert().code(code);
        let (out, told) = (
            done.get_output().stdout.clone(),
            done.get_output().stderr.clone(),
        );
        let told = String::from_utf8(told).unwrap();
        let sentence = told
            .lines()
            .find(|line| line.starts_with("sayso: "))
            .expect("a sentence");
        for word in words.iter().chain([&name]) {
            assert!(sentence.contains(word), "“{word}” is not in: {sentence}");
        }
        assert!(!told.contains("panicked"), "{told}");
        let read = documents(&out).iter().any(|path| path == "good.txt");
        assert_eq!(read, inputs.len() > 1, "{told}");
    }
}

/// The paths of the documents in JSON Lines.
fn documents(lines: &[u8]) -> Vec<String> {
    let lines = lines.split(|&b| b == b'\n').filter(|line| !line.is_empty());
    let values = lines.map(|line| serde_json::from_slice::<serde_json::Value>(line).unwrap());
    values
        .map(|v| {
            v["document"]["path"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

#[test]
fn a_folder_is_read_as_a_table() {
    let done = sayso().arg("read").arg(golden()).assert().success();
    done.stdout(contains(
        "Police raid on Harsk market ends without an arrest",
    ))
    .stderr(contains(" documents, ").and(contains(" attributions, ")));
}

#[test]
fn json_lines_are_readings_in_the_order_of_the_input() {
    let done = sayso()
        .args(["read", "--json", "--quiet"])
        .arg(golden())
        .assert()
        .success()
        .stderr("");
    let paths = documents(&done.get_output().stdout);
    assert!(paths.len() >= 25);
    assert!(paths.is_sorted());
    for line in done
        .get_output()
        .stdout
        .split(|&b| b == b'\n')
        .filter(|l| !l.is_empty())
    {
        let reading: sayso::reading::Reading<sayso::reading::Scalars> =
            serde_json::from_slice(line).unwrap();
        reading.to_bytes().unwrap();
    }
}

#[test]
fn every_number_of_threads_gives_the_same() {
    let read = |threads| {
        let mut command = sayso();
        command
            .args(["read", "--json", "--threads", threads])
            .arg(golden());
        command.assert().success().get_output().stdout.clone()
    };
    let one = read("1");
    assert_eq!(one, read("2"));
    assert_eq!(one, read("5"));
}

#[test]
fn an_agency_that_another_publisher_credits_is_the_first_hop() {
    let text =
        "Two held after raid\n\nAMMAN (AFP) - Two men were held after a raid, police said.\n";
    let chain = |options: &[&str]| -> Vec<String> {
        let mut command = sayso();
        command
            .args(["read", "-", "--json", "--quiet"])
            .args(options);
        let done = command.write_stdin(text).assert().success();
        let value: serde_json::Value = serde_json::from_slice(&done.get_output().stdout).unwrap();
        let hops = value["attributions"][0]["chain"].as_array().unwrap();
        hops.iter()
            .map(|h| h["by"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        chain(&["--publisher", "Jordan Times"]),
        ["credited", "said"]
    );
    assert_eq!(chain(&["--publisher", "AFP"]), ["said"]);
    assert_eq!(chain(&[]), ["said"]);
}

#[test]
fn standard_input_is_read() {
    let mut command = sayso();
    command.args([
        "read",
        "-",
        "--json",
        "--publisher",
        "The Example",
        "--published",
        "2024-01-29",
    ]);
    command
        .args(["--url", "https://example.org/a"])
        .write_stdin(NOTE);
    let done = command.assert().success();
    let value: serde_json::Value = serde_json::from_slice(&done.get_output().stdout).unwrap();
    let document = &value["document"];
    assert_eq!(document["text"], NOTE);
    assert_eq!(document["publisher"], "The Example");
    assert_eq!(document["published"], "2024-01-29");
    assert_eq!(document["url"], "https://example.org/a");
    assert!(document["path"].is_null());
}

#[test]
fn a_date_that_is_none_is_refused() {
    let mut command = sayso();
    command
        .args(["read", "-", "--published", "2023-02-29"])
        .assert()
        .code(2)
        .stderr(contains("2023-02-29"));
}

#[test]
fn a_missing_file_is_told() {
    let folder = beside("other.txt", NOTE);
    let mut command = sayso();
    command
        .current_dir(folder.path())
        .args(["read", "none.txt", "good.txt"]);
    command
        .assert()
        .code(2)
        .stderr(contains("sayso: none.txt: "))
        .stdout(contains("A man of few words"));
    let mut command = sayso();
    command
        .current_dir(folder.path())
        .args(["read", "none.txt"])
        .assert()
        .code(2)
        .stdout("");
}

#[test]
fn an_empty_file_is_told() {
    is_told("bad.txt", "", &["no text"], 1);
    is_told("bad.txt", " \n\n", &["no text"], 1);
}

#[test]
fn a_folder_without_texts_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("photos")).unwrap();
    let mut command = sayso();
    command.current_dir(folder.path()).args(["read", "photos"]);
    command
        .assert()
        .code(1)
        .stderr(contains("sayso: photos: ").and(contains(".txt")))
        .stdout("");
}

#[test]
fn broken_utf8_is_read_with_a_note() {
    let folder = beside("bad.txt", b"He said it was \xff\xfe\xff over \xe2\x82 for \xc3\x28 good, and that all of them knew it.\n");
    let mut command = sayso();
    command.current_dir(folder.path()).args(["read", "bad.txt"]);
    command
        .assert()
        .success()
        .stderr(contains("note: ").and(contains("bad.txt")));
}

#[test]
fn a_page_without_an_article_is_told() {
    is_told(
        "bad.html",
        "<html><body><nav><a href=x>Home</a></nav></body></html>",
        &["no article"],
        2,
    );
}

#[test]
fn truncated_json_in_line_seven_is_told() {
    let line =
        |n: usize| format!("{{\"id\": \"{n}\", \"text\": \"“It is over,” Ann Lee said.\"}}\n");
    let mut lines: Vec<_> = (1..10).map(line).collect();
    lines[6] = "{\"id\": \"7\", \"text\": \"“It is ov\n".to_owned();
    let folder = beside("bad.jsonl", lines.concat());
    let mut command = sayso();
    command
        .current_dir(folder.path())
        .args(["read", "bad.jsonl", "--json"]);
    let done = command
        .assert()
        .code(2)
        .stderr(contains("sayso: bad.jsonl, line 7: "));
    assert_eq!(documents(&done.get_output().stdout).len(), 8);
}

#[test]
fn a_table_without_the_text_column_is_told() {
    let table = "headline,story\nOver,“It is over.”\n";
    is_told(
        "bad.csv",
        table,
        &["`text`", "`headline`", "`story`", "--text-column"],
        2,
    );
    let folder = beside("good.csv", table);
    let mut command = sayso();
    command.current_dir(folder.path());
    command.args([
        "read",
        "good.csv",
        "--text-column",
        "story",
        "--title-column",
        "headline",
    ]);
    command.assert().success().stdout(contains("Over"));
}

#[test]
fn a_record_over_the_limit_is_told() {
    let long = format!("{{\"text\": \"{}\"}}\n", "a ".repeat(1 << 20));
    let folder = beside("bad.jsonl", long + "{\"text\": \"It is over.\"}\n");
    let mut command = sayso();
    command
        .current_dir(folder.path())
        .args(["read", "--limit", "1", "--json", "bad.jsonl"]);
    let done = command
        .assert()
        .code(2)
        .stderr(contains("sayso: bad.jsonl, line 1: ").and(contains("1 MiB")));
    assert_eq!(documents(&done.get_output().stdout).len(), 1);
}

#[test]
fn wrong_and_damaged_weights_are_told() {
    let folder = beside("wrong.weights", "these are no weights");
    let weights = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/reader.weights");
    let mut bytes = fs::read(weights).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(folder.path().join("damaged.weights"), &bytes).unwrap();
    bytes.truncate(middle);
    fs::write(folder.path().join("short.weights"), &bytes).unwrap();
    for name in [
        "wrong.weights",
        "damaged.weights",
        "short.weights",
        "none.weights",
    ] {
        let mut command = sayso();
        command
            .current_dir(folder.path())
            .args(["read", "good.txt", "--model", name]);
        command
            .assert()
            .code(2)
            .stdout("")
            .stderr(contains(format!("sayso: {name}: ")));
    }
}

#[test]
fn files_appear_whole() {
    let folder = beside("other.txt", NOTE);
    let mut command = sayso();
    command
        .current_dir(folder.path())
        .args(["read", ".", "--json=out.json", "--html", "out.html"]);
    command.assert().success().stdout("");
    let lines = fs::read(folder.path().join("out.json")).unwrap();
    assert_eq!(documents(&lines).len(), 2);
    let page = fs::read_to_string(folder.path().join("out.html")).unwrap();
    assert!(page.ends_with("</html>"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4);
}

#[test]
fn files_that_cannot_be_written_leave_nothing() {
    let folder = beside("other.txt", NOTE);
    for output in [
        "--json=none/out.json",
        "--html=none/out.html",
        "--html=.",
        "--json=good.txt",
    ] {
        let mut command = sayso();
        command
            .current_dir(folder.path())
            .args(["read", "good.txt", output]);
        command.assert().code(2).stderr(contains("sayso: "));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "{output}");
        assert_eq!(
            fs::read_to_string(folder.path().join("good.txt")).unwrap(),
            NOTE
        );
    }
}

#[test]
fn nothing_read_writes_no_file() {
    let folder = beside("bad.txt", "");
    let mut command = sayso();
    command
        .current_dir(folder.path())
        .args(["read", "bad.txt", "--html=out.html"])
        .assert()
        .code(1);
    assert!(!folder.path().join("out.html").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    for output in ["--json=/dev/full", "--html=/dev/full"] {
        let mut command = sayso();
        command.arg("read").arg(golden()).arg(output);
        command
            .assert()
            .code(2)
            .stderr(contains("sayso: /dev/full: "));
    }
}

#[test]
fn whoever_stops_listening_is_left_in_peace() {
    for form in ["--json", "--quiet"] {
        let mut command = Process::new(cargo_bin!("sayso"));
        command
            .arg("read")
            .arg(form)
            .arg(golden())
            .arg(golden())
            .arg(golden());
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::with_capacity(64, child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let mut told = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut told)
            .unwrap();
        assert!(child.wait().unwrap().success());
        assert_eq!(told, "");
    }
}

#[test]
fn colours_are_for_those_who_want_them() {
    let folder = beside("other.txt", NOTE);
    let read = |name: &str, value: &str| {
        let mut command = sayso();
        command
            .current_dir(folder.path())
            .args(["read", "good.txt"])
            .env(name, value);
        String::from_utf8(command.assert().success().get_output().stdout.clone()).unwrap()
    };
    assert!(!read("TERM", "xterm").contains('\u{1b}'));
    assert!(read("CLICOLOR_FORCE", "1").contains('\u{1b}'));
}
