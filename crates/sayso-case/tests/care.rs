//! Care: what was changed behind sayso's back shows, a copy is sound, nothing is lost.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a panic is a failed test"
)]

mod common;

use common::{Fresh, intake, raid};
use rusqlite::Connection;
use sayso_case::{Action, CaseError, Open, Reviewer, Target};

/// Three readings; something of two of them was accepted.
fn filled() -> Fresh {
    let mut fresh = Fresh::new();
    let readings = [
        raid("r:1", "2024-01-28"),
        raid("r:2", "2024-01-29"),
        raid("r:3", "2023-12-31"),
    ];
    fresh.case.add(&intake(&readings)).unwrap();
    for document in ["r:1", "r:2"] {
        let target = Target::parse(&format!("{document}#a1")).unwrap();
        let ann = Reviewer {
            who: "ann",
            why: None,
        };
        fresh.case.decide(ann, &Action::Accept(target)).unwrap();
    }
    fresh
}

fn findings(fresh: &Fresh) -> Vec<String> {
    let found = fresh.case.check(|_| {}).unwrap();
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn a_case_is_sound() {
    assert_eq!(findings(&filled()), [""; 0]);
}

#[test]
fn tampering_shows() {
    for (sql, told) in [
        (
            "UPDATE version SET text = replace(text, '12', '2') WHERE id = 1",
            "the text of r:1",
        ),
        (
            "UPDATE version SET published = '2024-01-27', earliest = '2024-01-27' WHERE id = 1",
            "what the page says about the text of r:1",
        ),
        (
            "UPDATE publisher SET name = 'Other Post'",
            "what the page says about the text of r:1",
        ),
        (
            "UPDATE attribution SET act = 'say' WHERE id = 2",
            "an attribution of r:2",
        ),
        (
            "UPDATE hop SET name = 'Bob Roe' WHERE attribution = 3",
            "an attribution of r:3",
        ),
        (
            "UPDATE event_mention SET killed_low = 2 WHERE id = 1",
            "an event of r:1",
        ),
        (
            "UPDATE figure SET low = 2 WHERE reading = 3",
            "a figure of r:3",
        ),
        (
            "DELETE FROM entity WHERE reading = 1 AND local = 'e2'",
            "an entity of r:1",
        ),
        (
            "UPDATE reading SET blocks = '[]' WHERE id = 2",
            "a reading of r:2",
        ),
        (
            "UPDATE reading SET json = x'00' WHERE id = 2",
            "a reading of r:2",
        ),
        (
            "DROP TRIGGER review_is_not_changed; UPDATE review SET who = 'bob' WHERE id = 1",
            "entry 1 of the journal",
        ),
        (
            "DROP TRIGGER review_is_kept; DELETE FROM review WHERE id = 1",
            "entry 2 of the journal",
        ),
        (
            "UPDATE change SET at = '2020-01-01T00:00:00.000Z' WHERE id = 3",
            "change",
        ),
        (
            "UPDATE attribution SET until = NULL, reading = 3 WHERE id = 1",
            "two attributions",
        ),
        ("DELETE FROM event_mention WHERE id = 1", "its word index"),
        (
            "UPDATE version SET until = 2 WHERE id = 3",
            "not exactly one version",
        ),
    ] {
        let fresh = filled();
        let behind = Connection::open(fresh.path()).unwrap();
        behind.execute_batch("PRAGMA foreign_keys = off").unwrap();
        behind.execute_batch(sql).unwrap();
        let found = findings(&fresh);
        assert!(found.iter().any(|f| f.contains(told)), "{sql}: {found:?}");
    }
}

#[test]
fn tampering_with_what_people_corrected_shows() {
    let mut fresh = filled();
    let correct = Action::Correct {
        target: Target::parse("r:3#a1").unwrap(),
        field: "act".to_owned(),
        value: "doubt".into(),
    };
    let ann = Reviewer {
        who: "ann",
        why: None,
    };
    fresh.case.decide(ann, &correct).unwrap();
    assert_eq!(findings(&fresh), [""; 0]);
    let behind = Connection::open(fresh.path()).unwrap();
    behind
        .execute(
            "UPDATE attribution SET role = 'king' WHERE review IS NOT NULL",
            [],
        )
        .unwrap();
    assert_eq!(
        findings(&fresh),
        ["a corrected attribution of r:3 is not as its reading has it"]
    );
}

#[test]
fn the_journal_is_only_added_to() {
    let fresh = filled();
    let behind = Connection::open(fresh.path()).unwrap();
    assert!(behind.execute_batch("DELETE FROM review").is_err());
    assert!(
        behind
            .execute_batch("UPDATE review SET who = 'bob'")
            .is_err()
    );
}

#[test]
fn a_copy_is_a_case_in_one_file() {
    let mut fresh = filled();
    let to = fresh.folder.path().join("copy.sayso");
    fresh.case.backup(&to, &Open::default()).unwrap();
    assert!(matches!(
        fresh.case.backup(&to, &Open::default()),
        Err(CaseError::Exists(_))
    ));
    fresh
        .case
        .add(&intake(&[raid("r:4", "2024-02-01")]))
        .unwrap();
    let copy = Open::default().read(&to).unwrap();
    assert_eq!(copy.info().unwrap().documents, 3);
    assert_eq!(copy.journal(None).unwrap().len(), 2);
    let names: Vec<_> = std::fs::read_dir(fresh.folder.path())
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .filter(|n| n.contains("part"))
        .collect();
    assert_eq!(names, [""; 0]);
}

#[test]
fn a_case_is_one_file_once_nobody_uses_it() {
    let fresh = filled();
    let path = fresh.path();
    let reader = Open::default().read(&path).unwrap();
    assert_eq!(reader.info().unwrap().documents, 3);
    drop(fresh.case);
    drop(reader);
    let left = std::fs::read_dir(fresh.folder.path()).unwrap().count();
    assert_eq!(left, 1);
}

#[test]
fn compacting_loses_nothing() {
    let mut fresh = filled();
    let before = fresh.case.info().unwrap();
    fresh.case.compact().unwrap();
    let after = fresh.case.info().unwrap();
    assert_eq!(
        (before.documents, before.attributions),
        (after.documents, after.attributions)
    );
    assert_eq!(findings(&fresh), [""; 0]);
}

#[test]
fn information_counts_what_is_there() {
    let info = filled().case.info().unwrap();
    assert_eq!(
        (
            info.documents,
            info.versions,
            info.readings,
            info.attributions,
            info.events
        ),
        (3, 3, 3, 3, 3)
    );
    assert_eq!(
        (info.reviews, info.reviews_lost, info.publishers),
        (2, 0, 1)
    );
    assert_eq!(info.earliest.as_deref(), Some("2023-12-31"));
    assert_eq!(info.latest.as_deref(), Some("2024-01-29"));
    assert_eq!(info.readers[0].readings, 3);
}

#[test]
fn a_case_can_be_asked_as_of_an_earlier_time() {
    let fresh = filled();
    assert!(fresh.case.point("#1").is_ok());
    assert!(fresh.case.point("9999-12-31").is_ok());
    assert!(matches!(
        fresh.case.point("1999-01-01"),
        Err(CaseError::Before(..))
    ));
    assert!(matches!(
        fresh.case.point("soon"),
        Err(CaseError::Unknown(_))
    ));
}
