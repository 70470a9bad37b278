//! The pages for coders: the coding sheet, the agreement of coders, the error sheet, the map.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic is a failed test"
)]

mod served;

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use served::{Served, sayso};
use tempfile::TempDir;

const STRIKE: &str = "A drone strike killed three guards in Erbil on Monday, police spokesman Sami Aziz said. The militia \
    threatened to attack the base again.\n\nTurkey will send troops to Kirkuk next week, the defence ministry said. The army \
    denied that it had shelled a school in Mosul.";

/// A case of one report, on which decisions are made.
fn served(decisions: &[&[&str]]) -> Served {
    let folder = TempDir::new().unwrap();
    let record = json!({
        "id": "s:1",
        "title": "Drone kills three in Erbil",
        "publisher": "Harbour Post",
        "published": "2025-03-04",
        "url": "https://example.org/1",
        "text": STRIKE,
    });
    let file = folder.path().join("reports.jsonl");
    fs::write(&file, format!("{record}\n")).unwrap();
    let case = folder.path().join("case.sayso");
    let mut add = sayso();
    add.args(["add", "--quiet", "--to"]).arg(&case).arg(&file);
    assert!(add.status().unwrap().success());
    for decision in decisions {
        decide(&case, decision);
    }
    Served::of(folder, &case, &[])
}

fn decide(case: &Path, decision: &[&str]) {
    let out = sayso()
        .arg("review")
        .arg(case)
        .args(decision)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{decision:?}: {told}");
}

fn rows(served: &Served, profile: &str) -> Vec<Value> {
    let path = format!("/coding.json?profile={profile}");
    served.get(&path).json()["rows"].as_array().unwrap().clone()
}

/// The row of the event with this word.
fn of<'r>(rows: &'r [Value], words: &str) -> &'r Value {
    let found = rows.iter().find(|row| row["words"] == words);
    found.unwrap_or_else(|| panic!("no event {words} in {rows:?}"))
}

#[test]
fn a_mention_stands_in_the_columns_of_acled() {
    let served = served(&[]);
    let rows = rows(&served, "acled");
    let strike = of(&rows, "drone strike");
    let columns = &strike["columns"];
    for (column, expected) in [
        ("event_date", "2025-03-03"),
        ("time_precision", "1"),
        ("event_type", "Explosions/Remote violence"),
        ("sub_event_type", "Air/drone strike"),
        ("fatalities", "3"),
        ("country", "Iraq"),
        ("iso", "368"),
        ("geo_precision", "1"),
        ("source", "Harbour Post"),
    ] {
        assert_eq!(columns[column], expected, "{column}");
    }
    assert_eq!(strike["codable"], "codable");
    assert_eq!(strike["source"]["said_by"], "Sami Aziz");
    assert_eq!(columns["interaction"], Value::Null);
    assert_eq!(strike["open"]["interaction"], "coder");
    assert_eq!(strike["open"]["admin3"], "unknown");
}

#[test]
fn what_did_not_happen_is_shown_and_marked() {
    let served = served(&[]);
    let acled = rows(&served, "acled");
    for (words, begins) in [
        ("send", "not codable; planned"),
        ("shelled", "coder decides; it is told in a denial"),
    ] {
        let told = of(&acled, words)["codable"].as_str().unwrap();
        assert!(told.starts_with(begins), "{words}: {told}");
    }
    let shelled = of(&acled, "shelled");
    assert_eq!(
        shelled["columns"]["fatalities"],
        Value::Null,
        "none is told"
    );
    let plover = rows(&served, "plover");
    assert_eq!(
        of(&plover, "send")["columns"]["context"]
            .as_str()
            .unwrap()
            .split("; ")
            .last(),
        Some("future")
    );
    let page = served.get("/coding?profile=ucdp").body;
    assert!(
        page.contains("not codable; no use of armed force"),
        "{page}"
    );
}

#[test]
fn the_table_has_the_columns_of_the_dataset_and_leads_back() {
    let served = served(&[]);
    for (profile, begins) in [
        (
            "acled",
            "event_id_cnty,event_date,year,time_precision,disorder_type",
        ),
        (
            "ucdp",
            "id,relid,year,active_year,code_status,type_of_violence",
        ),
        ("plover", "id,date,enddate,actor.raw_text"),
    ] {
        let table = served.get(&format!("/coding.csv?profile={profile}&q=event:ASSAULT"));
        let mut lines = table.body.lines();
        let head = lines.next().unwrap();
        assert!(head.starts_with(begins), "{head}");
        assert!(head.contains(",sayso_document,sayso_id,sayso_words,sayso_sentence"));
        assert!(!head.contains("sayso_reports"));
        assert!(table.body.contains("s:1"));
        assert!(
            table
                .body
                .contains("A drone strike killed three guards in Erbil on Monday")
        );
        let page = served.get(&format!("/coding?profile={profile}"));
        assert_eq!(page.status(), 200);
        assert!(page.body.contains("/document/s%3A1?see=v1#d1v1"));
        assert!(page.body.len() < 100_000);
    }
    let claims = served.get("/coding.csv?rows=claims");
    assert!(
        claims
            .body
            .contains("sayso_reports,sayso_copies,sayso_origins")
    );
}

#[test]
fn what_coders_decided_is_shown_and_compared() {
    let served = served(&[
        &["--who", "ann", "--accept", "s:1#v1"],
        &["--who", "ann", "--reject", "s:1#v2"],
        &["--who", "bob", "--second", "--accept", "s:1#v1"],
        &["--who", "bob", "--second", "--accept", "s:1#v2"],
    ]);
    let page = served.get("/coding").body;
    assert!(page.contains("ann accepted; bob accepted (second opinion)"));
    assert!(page.contains("Rejected in these documents"));
    let agreement = served.get("/coding/agreement");
    assert!(agreement.body.contains("<bdi>ann</bdi> and <bdi>bob</bdi>"));
    assert!(agreement.body.contains("/document/s%3A1?see=v2#d1v2"));
    let data = served.get("/coding/agreement.json").json();
    assert_eq!(data["items"], 2);
    assert_eq!(data["pairs"][0]["agreed"], 1);
    let table = served.get("/coding/agreement.csv").body;
    assert!(table.starts_with("document,id,words,on,who,said"));
}

#[test]
fn nothing_is_said_of_agreement_where_nobody_looked_twice() {
    let nobody = served(&[]);
    let told = nobody.get("/coding/agreement").body;
    assert!(told.contains("Nobody has decided on anything yet"));
    assert!(nobody.get("/errors").body.contains("nothing can be said"));
    let one = served(&[&["--who", "ann", "--accept", "s:1#v1"]]);
    let told = one.get("/coding/agreement").body;
    assert!(
        told.contains("Nobody has looked a second time yet"),
        "{told}"
    );
}

#[test]
fn errors_are_counted_by_what_people_did() {
    let served = served(&[
        &["--who", "ann", "--accept", "s:1#v1"],
        &["--who", "ann", "--correct", "s:1#v3", "mode=explosives"],
        &["--who", "ann", "--correct", "s:1#v5", "mode=heavy-weapons"],
        &["--who", "ann", "--correct", "s:1#v5", "realis=negated"],
        &["--who", "ann", "--reject", "s:1#v2"],
        &["--who", "bob", "--second", "--reject", "s:1#v1"],
        &[
            "--who",
            "cat",
            "--add",
            "s:1",
            r#"{"trigger": "killed", "type": "ASSAULT"}"#,
        ],
        &["--who", "ann", "--reject", "s:1#v4"],
        &["--who", "ann", "--undo", "8"],
    ]);
    let sheet = served.get("/errors.json").json();
    let events = &sheet["kinds"][0];
    assert_eq!(events[0], "event");
    for (count, expected) in [
        ("looked_at", 4),
        ("accepted", 1),
        ("corrected", 2),
        ("rejected", 1),
        ("missed", 1),
    ] {
        assert_eq!(events[1][count], expected, "{count}");
    }
    let field = &sheet["fields"][0];
    assert_eq!(
        (&field["field"], &field["corrected"], &field["of"]),
        (&json!("mode"), &json!(2), &json!(3))
    );
    let page = served.get("/errors").body;
    assert!(page.contains("no random sample"));
    assert!(page.contains("1 of 4 (25 %)"), "{page}");
    let table = served.get("/errors.csv").body;
    assert!(
        table.contains("corrected,realis,actual,negated,ann,Harbour Post"),
        "{table}"
    );
}

#[test]
fn places_are_drawn_and_listed() {
    let served = served(&[]);
    let page = served.get("/map");
    assert_eq!(page.status(), 200);
    assert!(page.body.contains("<svg viewBox"));
    assert!(page.body.contains("class=\"border\" d=\"M"));
    assert!(page.body.contains("id=\"place-0\""));
    assert!(page.body.contains(">Erbil<"));
    assert!(page.body.len() < 100_000);
    let places = served.get("/map.json?q=event:ASSAULT").json();
    let names: Vec<&Value> = places["places"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| &p["name"])
        .collect();
    assert!(names.contains(&&json!("Erbil")), "{names:?}");
    assert!(!names.contains(&&json!("Kirkuk")), "no assault");
    assert_eq!(served.get("/map?story=s:1").status(), 200);
    assert_eq!(served.get("/map?claim=s:1%23v1").status(), 200);
    assert!(
        served
            .get("/map.csv")
            .body
            .starts_with("place,country,geonames,lat,lon")
    );
}

#[test]
fn what_cannot_be_asked_is_told_in_a_sentence() {
    let served = served(&[]);
    for (path, status, words) in [
        ("/coding?profile=cameo", 400, "no such profile"),
        ("/coding?rows=all", 400, "mentions or claims"),
        ("/coding?rows=claims&q=lee", 400, "leave out"),
        ("/coding?q=show:documents", 400, "show:events"),
        ("/coding?q=foo:bar", 400, "cannot be asked"),
        ("/map?q=show:statements", 400, "show:events"),
        ("/map?story=none", 404, "none"),
        ("/map?claim=s:1%23v1&story=s:1", 400, "one of them"),
    ] {
        let answer = served.get(path);
        assert_eq!(answer.status(), status, "{path}: {}", answer.body);
        assert!(answer.body.contains(words), "{path}: {}", answer.body);
    }
}
