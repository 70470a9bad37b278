//! Taking in: one document once, versions and readings side by side, nothing lost.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a panic is a failed test"
)]

mod common;

use common::{Fresh, intake, of_json, raid, read};
use sayso_case::{CaseError, Open, Outcome};

#[test]
fn a_document_is_taken_in_once() {
    let mut fresh = Fresh::new();
    let readings = intake(&[raid("r:1", "2024-01-28"), raid("r:2", "2024-01-29")]);
    assert_eq!(fresh.case.add(&readings).unwrap(), [Outcome::Added; 2]);
    assert_eq!(fresh.case.add(&readings).unwrap(), [Outcome::Known; 2]);
    let first = &readings[0].reading;
    assert!(fresh.case.knows(&first.document, &first.reader).unwrap());
}

#[test]
fn a_changed_text_is_a_new_version_and_another_reader_a_new_reading() {
    let mut fresh = Fresh::new();
    let old = raid("r:1", "2024-01-28");
    let changed = read(
        "r:1",
        "2024-01-28",
        "Minister Ann Lee denied that the army raided Kirkuk, where 12 people were killed on Sunday.",
        "0.1.0",
    );
    let anew = read("r:1", "2024-01-28", old.document.text(), "0.2.0");
    let told = |case: &mut sayso_case::Case, r: &sayso_reading::Reading| {
        case.add(&intake(std::slice::from_ref(r))).unwrap()[0]
    };
    assert_eq!(told(&mut fresh.case, &old), Outcome::Added);
    assert_eq!(told(&mut fresh.case, &anew), Outcome::Reread);
    assert_eq!(told(&mut fresh.case, &changed), Outcome::NewVersion);
    assert_eq!(told(&mut fresh.case, &old), Outcome::Known);
}

#[test]
fn what_a_page_says_about_itself_belongs_to_the_version() {
    let mut fresh = Fresh::new();
    let add = |case: &mut sayso_case::Case, day| case.add(&intake(&[raid("r:1", day)])).unwrap()[0];
    assert_eq!(add(&mut fresh.case, "2024-01-28"), Outcome::Added);
    assert_eq!(add(&mut fresh.case, "2024-01-29"), Outcome::NewVersion);
    assert_eq!(add(&mut fresh.case, "2024-01-29"), Outcome::Known);
    let published = fresh.case.reading("r:1").unwrap().document.published;
    assert_eq!(published.unwrap().to_string(), "2024-01-29");
    let info = fresh.case.info().unwrap();
    assert_eq!((info.documents, info.versions), (1, 2));
}

#[test]
fn blocks_belong_to_the_reading() {
    let mut fresh = Fresh::new();
    let first = raid("r:1", "2024-01-28");
    let mut anew = serde_json::to_value(first.to_scalars().unwrap()).unwrap();
    anew["reader"]["version"] = "0.2.0".into();
    anew["document"]["blocks"][0]["kind"] = "caption".into();
    let readings = intake(&[first, of_json(anew)]);
    assert_eq!(
        fresh.case.add(&readings).unwrap(),
        [Outcome::Added, Outcome::Reread]
    );
    let kind = fresh.case.reading("r:1").unwrap().document.blocks()[0].kind;
    assert_eq!(kind.as_str(), "caption");
}

#[test]
fn what_is_no_case_is_told() {
    let fresh = Fresh::new();
    let other = fresh.folder.path().join("notes.txt");
    std::fs::write(
        &other,
        "This is a text and no case, whatever its name may be.",
    )
    .unwrap();
    assert!(matches!(
        Open::default().read(&other),
        Err(CaseError::NotACase(_))
    ));
    assert!(matches!(
        Open::default().create(&other),
        Err(CaseError::NotACase(_))
    ));
    let missing = fresh.folder.path().join("missing.sayso");
    assert!(matches!(
        Open::default().write(&missing),
        Err(CaseError::Missing(_))
    ));
    assert!(Open::default().read(&fresh.path()).is_ok());
}
