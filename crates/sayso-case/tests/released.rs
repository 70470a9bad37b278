//! Cases of every released version can be opened: `tests/released` holds one of each.
//!
//! The newest is written by `SAYSO_WRITE_GOLDEN=1 cargo test -p sayso-case --test released`, and
//! only as long as its version is not released.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a panic is a failed test"
)]

mod common;

use std::path::{Path, PathBuf};
use std::{env, fs};

use common::{intake, raid, read};
use sayso_case::{Action, Open, Query, Reviewer, Target};
use tempfile::TempDir;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/released");
const NEWEST: &str = "v5.sayso";

fn write(path: &Path) {
    let folder = TempDir::new().unwrap();
    let made = folder.path().join(NEWEST);
    let mut case = Open::default().create(&made).unwrap();
    let text = "Minister Ann Lee denied that the army raided Kirkuk, where 12 people were killed on Sunday.";
    let changed = read("r:1", "2024-01-28", text, "0.1.0");
    case.add(&intake(&[
        raid("r:1", "2024-01-28"),
        raid("r:2", "2024-01-29"),
        changed,
    ]))
    .unwrap();
    let target = Target::parse("r:2#a1").unwrap();
    let correct = Action::Correct {
        target,
        field: "act".to_owned(),
        value: "doubt".into(),
    };
    let ann = Reviewer {
        who: "ann",
        why: None,
    };
    case.decide(ann, &correct).unwrap();
    let _ = fs::remove_file(path);
    case.backup(path, &Open::default()).unwrap();
}

#[test]
fn cases_of_every_version_are_brought_up_to_date() {
    if env::var_os("SAYSO_WRITE_GOLDEN").is_some() {
        write(&Path::new(FOLDER).join(NEWEST));
    }
    let mut released: Vec<PathBuf> = fs::read_dir(FOLDER)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    released.sort();
    assert!(released.iter().any(|path| path.ends_with(NEWEST)));
    let folder = TempDir::new().unwrap();
    for path in released {
        let copy = folder.path().join(path.file_name().unwrap());
        fs::copy(&path, &copy).unwrap();
        let case = Open::default().write(&copy).unwrap();
        let found = case.check(|_| {}).unwrap();
        assert!(found.is_empty(), "{}: {found:?}", path.display());
        let info = case.info().unwrap();
        assert_eq!(
            (info.documents, info.versions, info.reviews),
            (2, 3, 1),
            "{}",
            path.display()
        );
        let doubt = case.ask(&Query::parse("act:doubt").unwrap(), None).unwrap();
        assert_eq!(doubt.rows.len(), 1, "{}", path.display());
    }
}
