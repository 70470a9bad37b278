//! Questions as people and others write them: nothing in one is more than data, what is wrong is
//! told with its place, and what may stand next is suggested.

use crate::asking::{asked, four};
use sayso_case::{Query, complete};

#[test]
fn nothing_in_a_question_is_more_than_data() {
    let fresh = four();
    let long = "a".repeat(10_000);
    for words in [
        "x\"\"y",
        "kirkuk'); DROP TABLE document; --",
        "kirk*",
        "tags : actdeny",
        "NEAR(kirkuk army)",
        "kirkuk\0army",
        "^kirkuk",
        "{tags} : xany",
        "kirkuk 🙂",
        "a AND b OR NOT c",
        "?1 ?2",
        "%",
        &long,
    ] {
        for key in [
            "",
            "text:",
            "title:",
            "publisher:",
            "id:",
            "source:",
            "content:",
            "place:",
        ] {
            let question = format!("{key}\"{words}\"");
            let Ok(query) = Query::parse(&question) else {
                assert_eq!(words, "%", "{question}");
                continue;
            };
            let answer = fresh.case.ask(&query, None).unwrap();
            let is_word = matches!(words, "kirkuk\0army" | "kirkuk 🙂" | "^kirkuk" | "kirk*");
            assert!(
                answer.rows.is_empty() || is_word,
                "{question}: {:?}",
                answer.rows
            );
            let sql = answer.sql.split("\n?1 = ").next().unwrap();
            assert!(!sql.contains("kirk") && !sql.contains("NEAR"), "{sql}");
        }
    }
    assert_eq!(asked(&fresh.case, ""), "visit strike raid protest");
    // the words that tags are made of are no words of a text
    assert_eq!(asked(&fresh.case, "xany"), "");
    assert_eq!(asked(&fresh.case, "actdeny show:statements"), "");
}

fn told(question: &str) -> String {
    Query::parse(question).unwrap_err().to_string()
}

fn all_say(expected: &[(&str, &str)]) {
    for (question, said) in expected {
        let found = told(question);
        assert!(found.starts_with(said), "{question}: {found}");
    }
}

#[test]
fn errors_say_where_what_and_what_would_be_right() {
    all_say(&[
        (
            "kirkuk sorce:lee",
            "column 8: there is no key sorce; did you mean source?",
        ),
        (
            "act:dney",
            "column 5: there is no act dney; did you mean deny?",
        ),
        (
            "certainty:sure",
            "column 11: there is no certainty sure; known are certain, probable, possible, unknown",
        ),
        (
            "event:ASSAULT.visit",
            "column 7: there is no mode of ASSAULT visit;",
        ),
        (
            "event:ASAULT",
            "column 7: there is no event ASAULT; did you mean ASSAULT?",
        ),
        ("time:2024-13", "column 6: 2024-13 is no date; write 2024,"),
        ("time>2024..", "column 6: nothing lies beyond the open end"),
        ("killed>=many", "column 9: many is no number here"),
        ("act>=deny", "column 1: act takes a colon, as in act:deny"),
        ("act:", "column 5: a value is missing"),
        ("act:deny, claim", "column 10: a value is missing"),
    ]);
}

#[test]
fn errors_of_form_say_so_too() {
    all_say(&[
        ("(kirkuk", "column 1: this ( is never closed"),
        ("kirkuk)", "column 7: this ) closes nothing"),
        ("()", "column 2: nothing stands in these parentheses"),
        ("kirkuk OR", "column 10: OR needs a term on both sides"),
        ("OR kirkuk", "column 1: OR needs a term on both sides"),
        ("AND kirkuk", "column 1: AND needs a term on both sides"),
        ("kirkuk - army", "column 8: this - stands alone"),
        ("NOT", "column 4: a term is missing behind - or NOT"),
        ("é \"army", "column 3: this quotation mark is never closed"),
        ("!!!", "column 1: !!! has no letter or digit"),
        ("limit:0", "column 7: the limit is a number from 1 to 10000"),
        ("-limit:5", "column 2: limit: is said of the whole answer"),
        (
            "limit:5 limit:6",
            "column 9: limit: stands in the question already",
        ),
        ("after:x", "column 7: this names no page"),
        ("after:o5", "column 7: this page belongs to another order"),
        (
            "act:deny show:documents",
            "column 1: act is of statements and events, and documents are shown; ask with show:statements",
        ),
        (
            "content:x killed>=3",
            "column 1: content is of statements, and events are shown",
        ),
        (
            "kind:author show:statements",
            "column 1: kind is of events, and statements are shown",
        ),
        ("sort:score", "column 1: documents have no score"),
    ]);
    assert!(told(&"a ".repeat(300)).contains("too many words"));
    assert!(told(&"(".repeat(9_000)).contains("too deep"));
    assert!(told(&"x".repeat(30_000)).contains("too long"));
}

#[test]
fn what_may_stand_next_is_told() {
    let fresh = four();
    let next = |question: &str| {
        let found = complete(question, question.chars().count(), Some(&fresh.case)).unwrap();
        found.into_iter().map(|s| s.text).collect::<Vec<_>>()
    };
    assert_eq!(next("kirkuk so"), ["source:", "sort:"]);
    assert_eq!(next("-(ki"), ["kind:", "killed>="]);
    assert_eq!(next("act:de"), ["deny", "decide", "decline"]);
    assert_eq!(next("act:deny,cl"), ["claim"]);
    assert_eq!(next("event:ass"), ["ASSAULT"]);
    assert_eq!(
        next("event:ASSAULT.a"),
        ["ASSAULT.abduct", "ASSAULT.aerial"]
    );
    assert_eq!(next("event:.dem"), [".demo"]);
    assert_eq!(next("reviewed:"), ["yes", "no"]);
    assert_eq!(next("publisher:harb"), ["\"Harbour Post\""]);
    assert_eq!(next("publisher:\"Harbour P"), ["\"Harbour Post\""]);
    assert_eq!(next("source:zo"), [""; 0]);
    assert_eq!(next("source:bran"), ["\"Zoë Brandt\""]);
    assert_eq!(next("origin:offi"), ["\"a security official\""]);
    assert_eq!(next("nonsense:x"), [""; 0]);
    let found = complete("é act:de x", 8, None).unwrap();
    assert_eq!((found[0].start, found[0].end), (6, 8));
    assert!(complete("", 99, None).unwrap().len() > 30);
}
