//! Any question is read without a panic; what is read prints to the same question and is answered.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso_case::{Case, Open, Query, complete};
use tempfile::TempDir;

thread_local! {
    static CASE: (TempDir, Case) = case();
}

fn case() -> (TempDir, Case) {
    let folder = TempDir::new().expect("a folder");
    let case = Open::default()
        .create(&folder.path().join("fuzz.sayso"))
        .expect("a new case");
    (folder, case)
}

fuzz_target!(|question: &str| {
    CASE.with(|(_, case)| {
        complete(question, question.len() / 2, Some(case)).expect("suggestions");
        let Ok(query) = Query::parse(question) else {
            return;
        };
        let printed = query.to_string();
        assert_eq!(Query::parse(&printed).as_ref(), Ok(&query), "{printed}");
        case.ask(&query, None).expect("an answer");
        let first = case.point("#1").expect("the first change");
        case.ask(&query, Some(first)).expect("an answer");
    });
});
