//! What holds for every question.

use crate::common::{Fresh, intake};
use crate::report::{Report, reports};
use proptest::prelude::*;
use sayso_case::{Query, Rows, complete};

const KEYS: &str = "text title entity publisher id language published source origin kind act \
    certainty quote negated content chain score reviewed event realis actor recipient place time \
    killed injured context responsibility show sort limit after nokey";
const VALUES: &str = "kirkuk 'the_army' '''' deny yes no 2024 2024-01.. ..2024-02-03 in:2024-01 \
    2023,2024-05 3 0.5 ASSAULT ASSAULT.aerial .demo IQ IQ,lee person,author direct actual military \
    claim en events statements oldest score n1f certain harbour r:raid 'a~b' é🙂x";
const WORDS: &str = "kirkuk OR OR AND NOT - ( ) 'the_army' NEAR * -army '";

fn of(words: &'static str) -> impl Strategy<Value = String> {
    let written = |word: &str| {
        word.replace('\'', "\"")
            .replace('_', " ")
            .replace('~', "\0")
    };
    prop::sample::select(words.split_whitespace().map(written).collect::<Vec<_>>())
}

/// Pieces of questions, most of them right.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (of(KEYS), of(": : : = >= <= > <"), of(VALUES))
            .prop_map(|(key, sign, value)| format!("{key}{sign}{value}")),
        3 => of(WORDS),
        1 => any::<String>(),
    ]
}

fn question() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::collection::vec(piece(), 0..8).prop_map(|pieces| pieces.join(" ")),
        3 => tree(),
        1 => any::<String>(),
    ]
}

/// Questions that are right.
fn tree() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "kirkuk",
        "\"the army\"",
        "act:deny",
        "score>=0.5",
        "time:2024-01",
        "killed=12",
        "text:army",
        "publisher:harbour",
        "published:2024",
        "place:IQ",
        "negated:no",
        "reviewed:no",
        "id:r:raid",
        "time>=2024",
        "event:.aerial",
        "language:en",
        "context:military",
        "title:raid",
    ]);
    let leaf = leaf.prop_map(str::to_owned);
    let tree = leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|of| format!("({})", of.join(" "))),
            prop::collection::vec(inner.clone(), 1..4)
                .prop_map(|of| format!("({})", of.join(" OR "))),
            inner.prop_map(|of| format!("-{of}")),
        ]
    });
    tree.prop_map(|tree| format!("{tree} show:events"))
}

#[test]
fn any_question_is_read_and_printed_and_asked() {
    let empty = Fresh::new();
    // many more on demand: SAYSO_CASES=200000 cargo test -p sayso-case --test ask any_question
    let cases = std::env::var("SAYSO_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(1500);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(cases));
    let point = empty.case.point("#1").unwrap();
    let done = runner.run(&(question(), 0..40_usize), |(question, cursor)| {
        complete(&question, cursor, Some(&empty.case)).unwrap();
        let Ok(query) = Query::parse(&question) else {
            return Ok(());
        };
        let printed = query.to_string();
        prop_assert_eq!(Query::parse(&printed), Ok(query.clone()), "{}", printed);
        for point in [None, Some(point)] {
            let answer = empty.case.ask(&query, point);
            prop_assert!(answer.is_ok(), "{}: {:?}", printed, answer);
        }
        Ok(())
    });
    done.unwrap();
}

fn events(fresh: &Fresh, question: &str) -> Vec<String> {
    let answer = fresh
        .case
        .ask(&Query::parse(question).unwrap(), None)
        .unwrap();
    match answer.rows {
        Rows::Events(rows) => rows.into_iter().map(|row| row.document).collect(),
        other => panic!("{other:?}"),
    }
}

/// Whatever way the index takes part in it: what fits a question and what fits its negation is
/// everything, and nothing fits both.
#[test]
fn a_question_and_its_negation_part_all_rows() {
    let mut fresh = Fresh::new();
    let readings: Vec<_> = reports().iter().map(Report::reading).collect();
    fresh.case.add(&intake(&readings)).unwrap();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(300));
    let done = runner.run(&tree(), |question| {
        let of = question.trim_end_matches(" show:events");
        let Ok(_) = Query::parse(&format!("-({of}) show:events")) else {
            return Ok(());
        };
        let fit = events(&fresh, &question);
        let mut all = events(&fresh, &format!("-({of}) show:events"));
        prop_assert!(fit.iter().all(|id| !all.contains(id)));
        all.extend(fit);
        prop_assert_eq!(all.len(), 4, "{}", question);
        Ok(())
    });
    done.unwrap();
}

#[test]
fn what_may_nest_deepest_is_still_asked() {
    let empty = Fresh::new();
    for (open, close) in [
        ("(a OR b ", ")"),
        ("a (b OR c ", ")"),
        ("-", ""),
        ("-(a OR b c ", ")"),
        ("a -(b OR ", ")"),
    ] {
        let mut deepest = String::new();
        for depth in 1..30 {
            let question = format!("{}kirkuk{}", open.repeat(depth), close.repeat(depth));
            let Ok(query) = Query::parse(&question) else {
                break;
            };
            empty.case.ask(&query, None).unwrap();
            deepest = question;
        }
        assert!(deepest.len() > 12);
    }
    let many = vec!["kirkuk"; 250];
    for joined in [
        many.join(" "),
        many.join(" OR "),
        many.join(" -"),
        format!("text:{}", many.join(",")),
    ] {
        for shown in ["documents", "statements", "events"] {
            let question = format!("{joined} show:{shown}");
            empty
                .case
                .ask(&Query::parse(&question).unwrap(), None)
                .unwrap();
        }
    }
    let mixed = vec!["(text:a OR -score>0.5 OR time:2024 OR \"b c\")"; 40].join(" OR ");
    empty
        .case
        .ask(
            &Query::parse(&format!("{mixed} show:events")).unwrap(),
            None,
        )
        .unwrap();
}
