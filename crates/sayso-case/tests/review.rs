//! Review: decisions change what counts, never what was; they survive another reader and
//! another version of the text.

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
use sayso_case::{Action, Case, Kind, Query, Reviewer, Target};
use sayso_reading::{Act, Reading, Realis};
use serde_json::{Value, json};

const ANN: Reviewer = Reviewer {
    who: "ann",
    why: Some("heard the recording"),
};

fn on(local: &str) -> Target {
    Target::parse(&format!("r:1#{local}")).unwrap()
}

fn correct(local: &str, field: &str, value: Value) -> Action {
    Action::Correct {
        target: on(local),
        field: field.to_owned(),
        value,
    }
}

fn fresh() -> Fresh {
    let mut fresh = Fresh::new();
    fresh
        .case
        .add(&intake(&[raid("r:1", "2024-01-28")]))
        .unwrap();
    fresh
}

fn now(case: &Case) -> Reading {
    case.reading("r:1").unwrap()
}

#[test]
fn a_correction_counts_and_the_reading_stays() {
    let mut fresh = fresh();
    let case = &mut fresh.case;
    case.decide(ANN, &correct("a1", "act", json!("doubt")))
        .unwrap();
    case.decide(ANN, &correct("v1", "realis", json!("negated")))
        .unwrap();
    let reading = now(case);
    assert_eq!(reading.attributions[0].act, Some(Act::Doubt));
    assert_eq!(reading.events[0].realis, Realis::Negated);
    let journal = case.journal(None).unwrap();
    let (first, later) = journal.split_first().unwrap();
    assert_eq!(&case.entries(None, 0, 1).unwrap()[0], first);
    assert_eq!(case.entries(Some("r:1"), first.id, 9).unwrap(), later);
    assert_eq!(journal.len(), 2);
    assert_eq!(journal[0].before, Some(json!("deny")));
    assert_eq!(journal[0].after, Some(json!("doubt")));
    assert_eq!(journal[0].why.as_deref(), Some("heard the recording"));
}

#[test]
fn words_of_a_field_are_found_in_the_text() {
    let mut fresh = fresh();
    let case = &mut fresh.case;
    case.decide(ANN, &correct("a1", "source", json!("Ann Lee")))
        .unwrap();
    let reading = now(case);
    let spans = &reading.attributions[0].source.spans;
    assert_eq!(
        spans.pieces()[0].slice(reading.document.text()),
        Some("Ann Lee")
    );
    assert_eq!(
        reading.attributions[0].chain[0].spans, *spans,
        "the hop is the source"
    );

    case.decide(ANN, &correct("a1", "source", json!("the army")))
        .unwrap();
    let source = &now(case).attributions[0];
    assert_eq!((source.source.entity, source.chain[0].entity), (None, None));
    assert_eq!(source.chain[0].name, None);

    case.decide(ANN, &correct("v1", "actor", json!("Minister Ann Lee")))
        .unwrap();
    let actor = &now(case).events[0].actor[0];
    assert_eq!(actor.entity.map(|e| e.to_string()).as_deref(), Some("e1"));
    case.decide(ANN, &correct("v1", "place", json!("kirkuk")))
        .unwrap();
}

#[test]
fn what_cannot_be_is_refused_and_nothing_is_written() {
    let mut fresh = fresh();
    let case = &mut fresh.case;
    for (local, field, value) in [
        ("a1", "act", json!("sing")),
        ("a1", "tone", json!("loud")),
        ("a1", "id", json!("a7")),
        ("a1", "source", json!("words that are not there")),
        ("a1", "source.entity", json!("e99")),
        ("a1", "within", json!("a1")),
        ("v1", "content", json!("army")),
        ("a7", "act", json!("say")),
    ] {
        let refused = case.decide(ANN, &correct(local, field, value)).unwrap_err();
        assert!(!refused.to_string().is_empty());
    }
    let nobody = Reviewer {
        who: " ",
        why: None,
    };
    assert!(case.decide(nobody, &Action::Accept(on("a1"))).is_err());
    assert!(case.journal(None).unwrap().is_empty());
}

#[test]
fn rejected_added_and_undone() {
    let mut fresh = fresh();
    let case = &mut fresh.case;
    let rejected = case.decide(ANN, &Action::Reject(on("a1"))).unwrap();
    assert!(now(case).attributions.is_empty());
    assert_eq!(
        now(case).events[0].within,
        None,
        "its words are nobody's now"
    );
    case.decide(ANN, &Action::Undo(rejected)).unwrap();
    assert_eq!(now(case).attributions.len(), 1);
    assert!(
        case.decide(ANN, &Action::Undo(rejected)).is_err(),
        "it is undone"
    );

    let mut item = serde_json::to_value(&now(case).to_scalars().unwrap().events[0]).unwrap();
    item["trigger"]["spans"] = json!([{"start": 62, "end": 68}]);
    let added = case
        .decide(
            ANN,
            &Action::Add {
                document: "r:1".to_owned(),
                kind: Kind::Event,
                item,
            },
        )
        .unwrap();
    assert_eq!(now(case).events.len(), 2);
    assert_eq!(now(case).events[1].id.to_string(), "v2");
    let changed = case
        .decide(ANN, &correct("v2", "realis", json!("planned")))
        .unwrap();
    assert!(
        case.decide(ANN, &Action::Undo(added)).is_err(),
        "a later decision stands on it"
    );
    case.decide(ANN, &Action::Undo(changed)).unwrap();
    assert_eq!(now(case).events[1].realis, Realis::Actual);
}

#[test]
fn decisions_survive_another_reader() {
    let mut fresh = fresh();
    let case = &mut fresh.case;
    case.decide(ANN, &correct("a1", "act", json!("doubt")))
        .unwrap();
    case.decide(ANN, &correct("a1", "certainty", json!("possible")))
        .unwrap();
    case.decide(ANN, &Action::Reject(on("v1"))).unwrap();
    let text = now(case).document.text().to_owned();
    case.add(&intake(&[read("r:1", "2024-01-28", &text, "0.2.0")]))
        .unwrap();
    let reading = now(case);
    assert_eq!(reading.reader.version, "0.2.0");
    assert_eq!(reading.attributions.len(), 1);
    assert_eq!(reading.attributions[0].act, Some(Act::Doubt));
    assert_eq!(
        reading.attributions[0].certainty.unwrap().as_str(),
        "possible"
    );
    assert!(reading.events.is_empty());
}

#[test]
fn decisions_move_with_their_words_or_are_flagged() {
    let mut fresh = fresh();
    let case = &mut fresh.case;
    case.decide(ANN, &correct("a1", "act", json!("doubt")))
        .unwrap();
    case.decide(ANN, &correct("a1", "source", json!("Ann Lee")))
        .unwrap();
    let longer = format!("Updated on Monday. {}", now(case).document.text());
    case.add(&intake(&[read("r:1", "2024-01-29", &longer, "0.1.0")]))
        .unwrap();
    let reading = now(case);
    assert_eq!(reading.attributions[0].act, Some(Act::Doubt));
    let source = &reading.attributions[0].source.spans;
    assert_eq!(
        source.pieces()[0].slice(reading.document.text()),
        Some("Ann Lee")
    );
    assert!(case.lost().unwrap().is_empty());

    let other =
        "Minister Ann Lee denied that anybody raided Kirkuk, where 12 men of the army died.";
    case.add(&intake(&[read("r:1", "2024-01-30", other, "0.1.0")]))
        .unwrap();
    let lost = case.lost().unwrap();
    assert_eq!(lost.len(), 2, "the words are gone: a person has to look");
    assert_eq!(now(case).attributions[0].act, Some(Act::Deny));
}

#[test]
fn reviewers_agree_or_not() {
    let mut fresh = fresh();
    let case = &mut fresh.case;
    let bob = Reviewer {
        who: "bob",
        why: None,
    };
    case.decide(ANN, &Action::Accept(on("a1"))).unwrap();
    case.decide(bob, &Action::Accept(on("a1"))).unwrap();
    case.decide(ANN, &correct("v1", "realis", json!("planned")))
        .unwrap();
    case.decide(bob, &Action::Accept(on("v1"))).unwrap();
    let told = case.agreement().unwrap();
    assert_eq!(told.reviewers, ["ann", "bob"]);
    assert_eq!(
        (told.items, told.pairs[0].items, told.pairs[0].agreed),
        (2, 2, 1)
    );
    let realis = told.fields.iter().find(|f| f.field == "realis").unwrap();
    assert_eq!(realis.items, 1, "bob stands by what ann made of it");
}

#[test]
fn decisions_leave_as_training_data() {
    let mut fresh = fresh();
    let case = &mut fresh.case;
    case.decide(ANN, &correct("a1", "act", json!("doubt")))
        .unwrap();
    case.decide(ANN, &Action::Reject(on("v1"))).unwrap();
    let exports = case.reviewed().unwrap();
    let json = serde_json::to_value(&exports[0]).unwrap();
    assert_eq!(json["attributions"][0]["act"], "doubt");
    assert_eq!(json["reviewed"], json!({"a1": "corrected"}));
    assert_eq!(json["rejected"][0]["id"], "v1");
    let back: Reading<sayso_reading::Scalars> = serde_json::from_value(json).unwrap();
    assert!(back.to_bytes().is_ok(), "an export is a reading");
}

#[test]
fn a_second_opinion_counts_for_agreement_and_changes_nothing() {
    const BOB: Reviewer = Reviewer {
        who: "bob",
        why: None,
    };
    let mut fresh = fresh();
    let case = &mut fresh.case;
    case.decide(ANN, &Action::Reject(on("a1"))).unwrap();
    case.decide(ANN, &correct("v1", "realis", json!("planned")))
        .unwrap();
    assert_eq!(case.second("ann", 0, 9).unwrap().looks, []);
    let open = case.second("bob", 0, 9).unwrap().looks;
    let targets: Vec<&str> = open.iter().map(|o| o.target.local.as_str()).collect();
    assert_eq!(targets, ["a1", "v1"]);
    assert_eq!(
        open[1].item["realis"], "actual",
        "what ann made of it is not told"
    );

    let first = case.second("bob", 0, 1).unwrap();
    assert_eq!((&first.looks[..], first.behind), (&open[..1], 1));
    let next = case.second("bob", open[0].entry, 1).unwrap();
    assert_eq!((&next.looks[..], next.behind), (&open[1..], 0));

    let undone = case.opine(BOB, &Action::Reject(on("a1"))).unwrap();
    case.opine(BOB, &Action::Undo(undone)).unwrap();
    case.opine(BOB, &Action::Accept(on("a1"))).unwrap();
    case.opine(BOB, &correct("v1", "realis", json!("ongoing")))
        .unwrap();
    assert_eq!(case.second("bob", 0, 9).unwrap().looks, []);
    assert!(now(case).attributions.is_empty(), "ann's decision counts");
    assert_eq!(now(case).events[0].realis, Realis::Planned);

    let agreement = case.agreement().unwrap();
    assert_eq!((agreement.items, agreement.pairs[0].agreed), (2, 1));
    let differ: Vec<(&str, &str)> = agreement
        .disagreements
        .iter()
        .map(|d| (d.on.as_str(), d.said["bob"].as_str()))
        .collect();
    assert_eq!(differ, [("verdict", "accept"), ("realis", "ongoing")]);

    let anew = read(
        "r:1",
        "2024-01-28",
        raid("r:1", "2024-01-28").document.text(),
        "0.2.0",
    );
    case.add(&intake(&[anew])).unwrap();
    assert_eq!(
        now(case).events[0].realis,
        Realis::Planned,
        "opinions are not carried over"
    );
    assert!(case.lost().unwrap().is_empty());
}

fn rows(case: &Case, question: &str) -> usize {
    let query = Query::parse(question).unwrap();
    case.ask(&query, None).unwrap().rows.len()
}

fn sound(case: &Case) {
    let found = case.check(|_| {}).unwrap();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn events_are_found_by_the_attribution_they_stand_in_as_it_is_now() {
    let mut fresh = fresh();
    let case = &mut fresh.case;
    let found = |case: &Case| {
        let acts = ["act:deny", "act:doubt", "kind:author"];
        acts.map(|act| rows(case, &format!("event:ASSAULT {act}")))
    };
    assert_eq!(found(case), [1, 0, 0]);
    case.decide(ANN, &Action::Accept(on("v1"))).unwrap();
    let rejected = case.decide(ANN, &Action::Reject(on("a1"))).unwrap();
    assert_eq!(found(case), [0, 0, 1], "in nobody's words");
    case.decide(ANN, &Action::Undo(rejected)).unwrap();
    assert_eq!(found(case), [1, 0, 0]);
    let corrected = case
        .decide(ANN, &correct("a1", "act", json!("doubt")))
        .unwrap();
    assert_eq!(found(case), [0, 1, 0]);
    sound(case);
    let anew = read(
        "r:1",
        "2024-01-28",
        raid("r:1", "2024-01-28").document.text(),
        "0.2.0",
    );
    case.add(&intake(&[anew])).unwrap();
    assert_eq!(found(case), [0, 1, 0], "also after another reading");
    assert_eq!(
        rows(case, "event:ASSAULT reviewed:yes"),
        1,
        "ann accepted it"
    );
    case.decide(ANN, &Action::Undo(corrected)).unwrap();
    assert_eq!(found(case), [1, 0, 0]);
    sound(case);
}

#[test]
fn what_another_reader_does_not_find_stands_beside_what_it_finds() {
    let mut fresh = fresh();
    let case = &mut fresh.case;
    case.decide(ANN, &Action::Accept(on("a1"))).unwrap();
    let mut anew = serde_json::to_value(raid("r:1", "2024-01-28").to_scalars().unwrap()).unwrap();
    anew["reader"]["version"] = json!("0.2.0");
    let start = &mut anew["attributions"][0]["content"]["spans"][0]["start"];
    *start = json!(start.as_u64().unwrap() + 38);
    case.add(&intake(&[of_json(anew)])).unwrap();
    let ids: Vec<String> = now(case)
        .attributions
        .iter()
        .map(|a| a.id.to_string())
        .collect();
    assert_eq!(ids.len(), 2);
    assert!(ids.contains(&"a1".to_owned()) && ids.contains(&"a2".to_owned()));
    sound(case);
}

#[test]
fn what_was_missed_is_added_by_its_words() {
    let mut fresh = fresh();
    let case = &mut fresh.case;
    let add = |kind, item| Action::Add {
        document: "r:1".to_owned(),
        kind,
        item,
    };
    let said =
        json!({"source": "Minister Ann Lee", "content": "12 people were killed", "act": "say"});
    case.decide(ANN, &add(Kind::Attribution, said)).unwrap();
    let died = json!({"trigger": "killed", "type": "ASSAULT", "place": "Kirkuk", "within": "a2"});
    case.decide(ANN, &add(Kind::Event, died)).unwrap();
    let reading = now(case);
    let a = reading
        .attributions
        .iter()
        .find(|a| a.id.to_string() == "a2")
        .unwrap();
    assert_eq!(
        a.source.entity.map(|e| e.to_string()).as_deref(),
        Some("e1")
    );
    assert_eq!(a.act, Some(Act::Say));
    assert_eq!(rows(case, "event:ASSAULT act:say place:Kirkuk"), 1);
    sound(case);
    for (kind, item) in [
        (
            Kind::Attribution,
            json!({"content": "words that are not there"}),
        ),
        (Kind::Attribution, json!({"act": "say"})),
        (
            Kind::Attribution,
            json!({"content": "killed", "tone": "loud"}),
        ),
        (Kind::Event, json!("killed")),
    ] {
        assert!(case.decide(ANN, &add(kind, item)).is_err());
    }
}
