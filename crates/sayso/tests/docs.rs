//! The pages say what the program does: the example in the README is its real output,
//! and the manual names every option.

// Helpers of a test state what must hold, as tests do.
#![allow(clippy::expect_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

const REWRITE: &str = "SAYSO_WRITE_DOCS";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What the program prints for a line such as `sayso read FILE`, run at the root.
fn printed(line: &str) -> String {
    let mut command = Command::cargo_bin("sayso").expect("the program");
    let words = line.split_whitespace().skip(1);
    let command = command.args(words).env("NO_COLOR", "1");
    let command = command.env("LC_ALL", "C.UTF-8").current_dir(root());
    let output = command.assert().success().get_output().stdout.clone();
    String::from_utf8(output).expect("UTF-8")
}

#[test]
fn the_example_in_the_readme_is_what_the_program_prints() {
    let path = root().join("README.md");
    let page = fs::read_to_string(&path).expect("README.md");
    let start = page.find("```console\n$ ").expect("an example") + "```console\n".len();
    let end = start + page[start..].find("```").expect("the example's end");
    let line = page[start + 2..end].lines().next().expect("a command");
    let lines = printed(line);
    let lines: Vec<&str> = lines.trim_end().lines().map(str::trim_end).collect();
    let example = format!("$ {line}\n{}\n", lines.join("\n"));
    if std::env::var_os(REWRITE).is_some() {
        fs::write(
            &path,
            format!("{}{example}{}", &page[..start], &page[end..]),
        )
        .expect("written");
    } else {
        let remedy = format!("write it anew: {REWRITE}=1 cargo test -p sayso --test docs");
        assert_eq!(&page[start..end], example, "{remedy}");
    }
}

#[test]
fn the_manual_names_every_option() {
    let page = fs::read_to_string(root().join("docs/manual.md")).expect("docs/manual.md");
    for command in ["read", "eval", "explain"] {
        let help = printed(&format!("sayso {command} --help"));
        let names = |text: &str| -> BTreeSet<String> {
            let dashed = text.split(|c: char| !c.is_alphanumeric() && c != '-');
            let options = dashed.filter(|word| word.len() > 3 && word.starts_with("--"));
            options.map(str::to_owned).collect()
        };
        let missing: Vec<_> = names(&help).difference(&names(&page)).cloned().collect();
        assert!(
            missing.is_empty(),
            "docs/manual.md does not name {missing:?} of `sayso {command}`"
        );
    }
}

/// What the names of rules begin with.
const ROOMS: [&str; 15] = [
    "head",
    "cue",
    "quote",
    "nesting",
    "source",
    "kind",
    "pronoun",
    "name",
    "chain",
    "act",
    "certainty",
    "negation",
    "time",
    "place",
    "figure",
];

/// The names of rules in the text of a source file: `"source.same_head"`.
fn rules(text: &str) -> BTreeSet<String> {
    let strings = text.split('"');
    let is_rule = |word: &&str| {
        let named = |c: char| c.is_ascii_lowercase() || c == '_';
        word.split_once('.').is_some_and(|(room, rule)| {
            ROOMS.contains(&room) && !rule.is_empty() && rule.chars().all(named)
        })
    };
    strings.filter(is_rule).map(str::to_owned).collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn the_manual_names_every_rule() {
    let page = fs::read_to_string(root().join("docs/manual.md")).expect("docs/manual.md");
    let mut files = Vec::new();
    sources(&root().join("crates/sayso-read/src"), &mut files);
    let texts = files
        .iter()
        .map(|path| fs::read_to_string(path).expect("a source file"));
    let all: BTreeSet<_> = texts.flat_map(|text| rules(&text)).collect();
    assert!(all.len() > 50, "{all:?}");
    let missing: Vec<_> = all
        .iter()
        .filter(|rule| !page.contains(&format!("`{rule}`")))
        .collect();
    assert!(
        missing.is_empty(),
        "docs/manual.md does not name {missing:?}"
    );
}
