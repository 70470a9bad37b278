//! A case under a passphrase: `cargo test -p sayso-case --features encrypted --test encrypted`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a panic is a failed test"
)]

mod common;

use sayso_case::{CaseError, Open};
use tempfile::TempDir;

#[cfg(not(feature = "encrypted"))]
#[test]
fn without_the_feature_a_passphrase_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("secret.sayso");
    let refused = Open::default()
        .passphrase("open sesame")
        .create(&path)
        .unwrap_err();
    assert!(matches!(refused, CaseError::NoEncryption));
}

#[cfg(feature = "encrypted")]
mod with {
    use std::fs;

    use super::*;
    use crate::common::{intake, raid};
    use sayso_case::{Action, Query, Reviewer, Target};

    #[test]
    fn only_the_passphrase_opens_it_and_nothing_can_be_read_on_the_disk() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("secret.sayso");
        let open = Open::default().passphrase("open \"sesame'; --");
        {
            let mut case = open.create(&path).unwrap();
            case.add(&intake(&[raid("r:1", "2024-01-28")])).unwrap();
            let query = Query::parse("act:deny").unwrap();
            assert_eq!(case.ask(&query, None).unwrap().rows.len(), 1);
            let target = Target::parse("r:1#a1").unwrap();
            case.decide(
                Reviewer {
                    who: "ann",
                    why: None,
                },
                &Action::Accept(target),
            )
            .unwrap();
            assert!(case.check(|_| {}).unwrap().is_empty());
        }
        for file in fs::read_dir(folder.path()).unwrap() {
            let bytes = fs::read(file.unwrap().path()).unwrap();
            assert!(
                !bytes.windows(6).any(|w| w == b"Kirkuk"),
                "a word of the text is on the disk"
            );
        }
        for wrong in [Open::default(), Open::default().passphrase("open")] {
            let error = wrong.read(&path).unwrap_err();
            assert!(
                matches!(error, CaseError::Passphrase(_) | CaseError::NotACase(_)),
                "{error}"
            );
            assert!(wrong.create(&path).is_err());
        }
        let again = open.read(&path).unwrap();
        assert_eq!(again.info().unwrap().documents, 1);
        let copy = folder.path().join("copy.sayso");
        again.backup(&copy, &open).unwrap();
        assert!(Open::default().read(&copy).is_err());
        assert_eq!(open.read(&copy).unwrap().info().unwrap().reviews, 1);
    }
}
