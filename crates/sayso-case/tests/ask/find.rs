//! Asking: each key finds what it should and nothing else; dates, numbers, pages, earlier times.

use crate::asking::{asked, asked_as_of, four, names, query_plan};
use crate::common::{Fresh, intake, raid};
use crate::report::{Report, reports};
use sayso_case::{Case, Query, Shown};

fn all_are(case: &Case, expected: &[(&str, &str)]) {
    let told: Vec<(&str, String)> = expected
        .iter()
        .map(|(question, _)| (*question, asked(case, question)))
        .collect();
    let expected: Vec<(&str, String)> = expected
        .iter()
        .map(|(question, found)| (*question, (*found).to_owned()))
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn every_key_of_documents_finds_them() {
    all_are(
        &four().case,
        &[
            ("", "visit strike raid protest"),
            ("kirkuk", "raid"),
            ("KIRKUK raided", "raid"),
            ("kirkuk aleppo", ""),
            ("cafe", "visit"),
            ("zoe", "visit"),
            ("\"the army raided\"", "raid"),
            ("\"army the raided\"", ""),
            ("“near Aleppo”", "strike"),
            ("text:army", "raid"),
            ("text:planned", ""),
            ("title:planned", "visit"),
            ("entity:brandt", "visit"),
            ("entity:\"ann lee\",brandt", "visit raid"),
            ("publisher:harbour", "visit raid"),
            ("publisher:echo", "strike"),
            ("publisher:ÉCHO", "strike"),
            ("publisher:\"écho du\"", "strike"),
            ("publisher:\"du echo\"", ""),
            ("publisher:nobody", ""),
            ("-publisher:nobody", "visit strike raid protest"),
            ("id:r:raid", "raid"),
            ("id:r:raid,r:protest", "raid protest"),
            ("id:nothing", ""),
            ("-id:r:raid", "visit strike protest"),
            ("language:de", "visit"),
            ("language:EN", "strike raid protest"),
            ("sort:oldest", "protest raid strike visit"),
            ("limit:2", "visit strike"),
        ],
    );
}

#[test]
fn every_key_of_statements_finds_them() {
    all_are(
        &four().case,
        &[
            ("source:lee", "raid"),
            ("source:minister", "raid"),
            ("source:\"al-nahr\"", "strike"),
            ("origin:official", "strike"),
            ("origin:nahr", ""),
            ("kind:anonymous,collective", "strike protest"),
            ("act:deny", "raid"),
            ("act:DENY,claim", "strike raid"),
            ("certainty:probable", "strike"),
            ("quote:direct", "strike"),
            ("negated:yes", "visit"),
            ("negated:no", "strike raid protest"),
            ("content:depot", "strike"),
            ("content:official", ""),
            ("official show:statements", "strike"),
            ("chain>=2", "strike"),
            ("chain=1", "visit raid"),
            ("chain<1", "protest"),
            ("chain<=1", "visit raid protest"),
            ("chain>1", "strike"),
            ("chain>=0", "visit strike raid protest"),
            ("score>=0.9", "raid"),
            ("score<0.6", "visit"),
            ("score=0.6", "strike"),
            ("reviewed:yes", ""),
            ("reviewed:no", "visit strike raid protest"),
            ("act:deny text:kirkuk", "raid"),
            ("act:deny -text:kirkuk", ""),
            ("score>=0 -title:depot", "visit raid protest"),
            ("score>=0 entity:lee", "raid"),
            ("score>=0 sort:score", "raid protest strike visit"),
            ("kind:person publisher:harbour published:2024-01", "raid"),
            ("act:deny id:r:raid", "raid"),
            ("act:deny id:r:strike", ""),
        ],
    );
}

#[test]
fn every_key_of_events_finds_them() {
    all_are(
        &four().case,
        &[
            ("event:ASSAULT", "strike raid"),
            ("event:assault.aerial", "strike"),
            ("event:.demo,CONSULT", "visit protest"),
            ("realis:planned,ongoing", "visit protest"),
            ("actor:jets", "strike"),
            ("recipient:depot", "strike"),
            ("place:iraq", "raid protest"),
            ("place:IQ", "raid protest"),
            ("place:IQ,aleppo", "strike raid protest"),
            ("place:governorate", "strike"),
            ("context:military", "strike"),
            ("responsibility:claim", "strike"),
            ("responsibility:deny", ""),
            ("kind:author", "visit"),
            ("kind:author,anonymous", "visit strike"),
            ("act:deny event:ASSAULT", "raid"),
            ("source:official event:ASSAULT", "strike"),
            ("source:struck event:ASSAULT", ""),
            ("origin:lee show:events", "raid"),
            ("certainty:possible show:events", "protest"),
            ("quote:direct show:events", "strike"),
            ("negated:yes show:events", ""),
            ("lee show:events", "raid"),
            ("students show:events", "protest"),
            ("score>0.8 show:events", "raid"),
            ("reviewed:no realis:planned", "visit"),
            ("event:ASSAULT text:depot", "strike"),
            ("event:ASSAULT -title:depot", "raid"),
        ],
    );
}

#[test]
fn numbers_are_bounds_and_may_be_open() {
    all_are(
        &four().case,
        &[
            ("killed>=3", "strike raid"),
            ("killed>3", "raid"),
            ("killed>=12", "raid"),
            ("killed>12", ""),
            ("killed<=12", "raid"),
            ("killed<12", ""),
            ("killed=12", "strike raid"),
            ("killed=4", "strike"),
            ("killed:2", ""),
            ("-killed>=3", "visit protest"),
            ("injured>=5", "strike"),
            ("injured=7", "strike"),
            ("injured<=8", ""),
            ("injured<=9.5", "strike"),
        ],
    );
}

#[test]
fn times_overlap_lie_within_before_and_after() {
    all_are(
        &four().case,
        &[
            ("time:2024-01-27", "raid protest"),
            ("time:2024-01-28", "protest"),
            ("time:2024-02-15", "strike protest"),
            ("time:in:2024-02-15", ""),
            ("time=2024-02", "strike"),
            ("time:in:2024", "strike raid"),
            ("time:2024-01..2024-02", "strike raid protest"),
            ("time:2024-02..", "strike protest"),
            ("time=2023..", "strike raid protest"),
            ("time:..2023", "protest"),
            ("time=..2024-01", "raid"),
            ("time>2024-01-26", "strike raid"),
            ("time>2024-01-27", "strike"),
            ("time<2024-02", "raid"),
            ("time>=2024-02", "strike"),
            ("time<=2024-01", "raid"),
            ("time:1990,2024-01-27", "raid protest"),
            ("-time:2024", "visit"),
            ("-time:2024-02", "visit raid"),
        ],
    );
}

#[test]
fn days_of_publication_are_intervals_too() {
    all_are(
        &four().case,
        &[
            ("published:2024-01", "raid"),
            ("published:2024", "visit strike raid"),
            ("published:2024-03-15", "visit"),
            ("published=2024-03-15", ""),
            ("published=2024-03", "visit"),
            ("published:2024-02-10..", "visit strike"),
            ("published:..2024-02-10", "strike raid"),
            ("published>2024-01-28", "visit strike"),
            ("published>=2024-01-28", "visit strike raid"),
            ("published<2024-02-10", "raid"),
            ("published<=2024-02-10", "strike raid"),
            ("published:2023,2024-01", "raid"),
            ("-published:2024", "protest"),
            ("-published:2024-01", "visit strike protest"),
            ("published:2024-03-31 show:statements", "visit"),
            ("published:2024-01 OR published:2024-03", "visit raid"),
        ],
    );
}

#[test]
fn dates_that_are_open_to_a_side_are_found() {
    let mut fresh = Fresh::new();
    let [visit, ..] = reports();
    let since = Report {
        id: "r:since",
        published: Some("2022/.."),
        ..visit.clone()
    };
    let until = Report {
        id: "r:until",
        published: Some("../2020"),
        ..visit
    };
    fresh
        .case
        .add(&intake(&[since.reading(), until.reading()]))
        .unwrap();
    all_are(
        &fresh.case,
        &[
            ("published:2024", "since"),
            ("published:2021", ""),
            ("published:2019", "until"),
            ("published=2022..", "since"),
            ("published=..2021", "until"),
            ("published<2021", "until"),
            ("published>2021", "since"),
        ],
    );
}

#[test]
fn terms_are_negated_joined_and_grouped() {
    all_are(
        &four().case,
        &[
            ("-kirkuk", "visit strike protest"),
            ("NOT kirkuk", "visit strike protest"),
            ("--kirkuk", "raid"),
            ("-kirkuk -aleppo", "visit protest"),
            ("-(kirkuk OR aleppo)", "visit protest"),
            ("-(kirkuk aleppo)", "visit strike raid protest"),
            ("kirkuk OR aleppo", "strike raid"),
            ("kirkuk OR -aleppo", "visit raid protest"),
            ("-kirkuk OR -aleppo", "visit strike raid protest"),
            ("kirkuk AND raided", "raid"),
            ("army kirkuk OR depot aleppo", "strike raid"),
            ("(army OR jets) (kirkuk OR basra)", "raid"),
            // what the index knows beside what it does not
            ("kirkuk OR id:r:visit", "visit raid"),
            ("act:deny OR score<0.5", "visit raid"),
            ("act:deny OR -score<0.65", "raid protest"),
            ("content:depot OR chain<1", "strike protest"),
            ("event:ASSAULT (actor:jets OR killed>=12)", "strike raid"),
            ("event:ASSAULT -(actor:jets OR killed>=12)", ""),
            ("time:2024-01-27 OR actor:envoy", "visit raid protest"),
            ("context:military OR time<2024-02", "strike raid"),
            ("-(context:military OR time<2024-02)", "visit protest"),
            (
                "publisher:harbour OR published:2024-02",
                "visit strike raid",
            ),
            ("language:de OR published<2024-02", "visit raid"),
            ("(language:de OR publisher:echo) -id:r:visit", "strike"),
            ("event:ASSAULT.aerial OR killed>=12", "strike raid"),
            ("place:IQ OR killed>=3", "strike raid protest"),
            ("quote:direct OR score>0.8 show:events", "strike raid"),
            ("text:kirkuk OR act:claim", "strike raid"),
            ("negated:yes OR score>0.8", "visit raid"),
        ],
    );
}

#[test]
fn what_is_shown_follows_from_the_terms() {
    let shown = |question| Query::parse(question).unwrap().shown();
    assert_eq!(shown("kirkuk published:2024"), Shown::Documents);
    assert_eq!(shown("kirkuk act:deny"), Shown::Statements);
    assert_eq!(shown("act:deny OR killed>=3"), Shown::Events);
    assert_eq!(shown("kind:author"), Shown::Events);
    assert_eq!(shown("kirkuk show:events"), Shown::Events);
}

#[test]
fn rows_tell_what_their_tables_hold() {
    let fresh = four();
    let json = |question: &str| {
        let answer = fresh
            .case
            .ask(&Query::parse(question).unwrap(), None)
            .unwrap();
        serde_json::to_value(&answer.rows).unwrap()[0].clone()
    };
    let document = json("kirkuk");
    assert_eq!(document["title"], "Raid on Kirkuk");
    assert_eq!(
        (&document["version"], &document["words"]),
        (&1.into(), &9.into())
    );
    let statement = json("act:claim");
    assert_eq!(statement["chain"], "Al-Nahr TV ← a security official");
    assert_eq!(statement["score"].to_string(), "0.6");
    assert_eq!(statement["reviewed_by"], serde_json::Value::Null);
    let event = json("actor:jets");
    assert_eq!(
        (&event["type"], &event["mode"]),
        (&"ASSAULT".into(), &"aerial".into())
    );
    assert_eq!(event["according_to"], "A security official");
    assert_eq!(event["killed_low"], 3.0);
    assert_eq!(event["killed_high"], serde_json::Value::Null);
    assert_eq!(event["time"], "struck");
}

#[test]
fn pages_have_every_row_once() {
    let mut fresh = Fresh::new();
    let readings: Vec<_> = (0..23)
        .map(|n| raid(&format!("r:{n}"), &format!("2024-01-{:02}", 1 + n % 5)))
        .collect();
    fresh.case.add(&intake(&readings)).unwrap();
    for sort in [
        "",
        "sort:oldest",
        "sort:score show:statements",
        "show:events",
    ] {
        let whole = asked(&fresh.case, sort);
        let mut found: Vec<String> = Vec::new();
        let mut after = String::new();
        loop {
            let query = Query::parse(&format!("{sort} limit:4 {after}")).unwrap();
            let answer = fresh.case.ask(&query, None).unwrap();
            found.extend(names(&answer).into_iter().map(str::to_owned));
            match answer.next {
                Some(next) => after = format!("after:{next}"),
                None => break,
            }
        }
        assert_eq!(found.join(" "), whole, "{sort}");
        assert_eq!(found.len(), 23);
    }
}

#[test]
fn an_earlier_point_shows_what_counted_then() {
    let mut fresh = Fresh::new();
    let [visit, strike, ..] = reports();
    fresh.case.add(&intake(&[visit.reading()])).unwrap();
    let changed = Report {
        content: "the envoy will visit Mosul soon",
        act: "deny",
        ..visit
    };
    fresh
        .case
        .add(&intake(&[changed.reading(), strike.reading()]))
        .unwrap();
    let first = fresh.case.point("#2").unwrap();
    let then = |question| asked_as_of(&fresh.case, question, Some(first));
    assert_eq!(then(""), "visit");
    assert_eq!(then("act:say"), "visit");
    assert_eq!(then("act:deny"), "");
    assert_eq!(then("mosul"), "");
    assert_eq!(then("realis:planned reviewed:no"), "visit");
    assert_eq!(asked(&fresh.case, "act:say"), "");
    assert_eq!(asked(&fresh.case, "act:deny"), "visit");
    assert_eq!(asked(&fresh.case, "mosul"), "visit");
    assert_eq!(asked(&fresh.case, ""), "visit strike");
}

#[test]
fn newest_and_oldest_come_without_sorting() {
    let fresh = four();
    for question in [
        "",
        "kirkuk sort:oldest",
        "act:deny published:2024",
        "act:deny OR chain>=2",
        "event:ASSAULT killed>=3 time:2024 text:kirkuk",
        "place:IQ reviewed:no after:n5",
    ] {
        let query = Query::parse(question).unwrap();
        for point in [None, Some(fresh.case.point("#2").unwrap())] {
            let plan = query_plan(&fresh, &fresh.case.ask(&query, point).unwrap().sql);
            assert!(!plan.contains("TEMP B-TREE"), "{question}: {plan}");
            let first = plan.lines().next().unwrap_or_default();
            assert!(
                first.contains("w VIRTUAL TABLE INDEX"),
                "{question}: {plan}"
            );
            let whole = plan
                .lines()
                .find(|step| matches!(step.trim(), "SCAN v" | "SCAN t"));
            assert_eq!(whole, None, "{question}: {plan}");
        }
    }
}
