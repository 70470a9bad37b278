//! A case in the browser: what stands at its addresses, who may ask, and that nothing of a text runs.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic is a failed test"
)]

mod served;

use served::{Served, case, sayso};
use tempfile::TempDir;

#[test]
fn every_page_is_there_for_people_and_as_data() {
    let served = Served::start(&[]);
    for path in [
        "/",
        "/search",
        "/search?q=act:deny",
        "/claims",
        "/stories",
        "/sources",
        "/heard",
    ] {
        let page = served.get(path);
        assert_eq!(page.status(), 200, "{path}");
        assert!(page.body.starts_with("<!DOCTYPE html>"), "{path}");
        assert!(page.body.len() < 100_000, "{path}");
    }
    for path in [
        "/start.json",
        "/claims.json",
        "/stories.json",
        "/sources.json",
        "/heard.json",
    ] {
        assert!(served.get(path).json().is_object(), "{path}");
    }
    for path in [
        "/claims.csv",
        "/stories.csv",
        "/sources.csv",
        "/heard.csv",
        "/search.csv?q=lee",
    ] {
        let table = served.get(path);
        assert!(table.head.contains("text/csv"), "{path}");
    }
    for document in served.documents() {
        assert_eq!(served.get(&format!("/document/{document}")).status(), 200);
        assert_eq!(served.get(&format!("/story/{document}")).status(), 200);
        let reading = served.get(&format!("/document/{document}.json")).json();
        assert!(
            reading["attributions"].is_array(),
            "it is the contract's reading"
        );
        let why = served.get(&format!("/why/a1/{document}"));
        assert_eq!(why.status(), 200);
    }
    let claims = served.get("/claims.json").json();
    for claim in claims["claims"].as_array().unwrap() {
        let (document, local) = claim["id"].as_str().unwrap().split_once('#').unwrap();
        let path = format!("/claim/{local}/{}", document.replace(':', "%3A"));
        assert_eq!(served.get(&path).status(), 200, "{path}");
    }
}

#[test]
fn what_cannot_be_is_told_in_a_sentence() {
    let served = Served::start(&[]);
    for (path, status, words) in [
        ("/nowhere", 404, "nothing at this address"),
        ("/document/none", 404, "no such document"),
        ("/claim/v1/none", 404, "no such"),
        ("/why/x/none", 404, "no such"),
        ("/claims?label=true", 400, "no such label"),
        ("/claims?after=x", 400, "after"),
        ("/source", 400, "cannot be read"),
        ("/document/%FF", 400, "cannot be read"),
        ("/source?name=Ann+Lee", 404, "has a page"),
    ] {
        let answer = served.get(path);
        assert_eq!(answer.status(), status, "{path}: {}", answer.body);
        assert!(answer.body.contains(words), "{path}: {}", answer.body);
    }
    assert_eq!(served.send("POST", "/claims", "").status(), 405);
    for path in ["/add", "/add/x", "/review", "/relate", "/missed", "/undo"] {
        assert_eq!(served.send("POST", path, "").status(), 401, "{path}");
    }
    let token = "Authorization: Bearer a-token-for-this-test-only\r\n";
    assert_eq!(served.send("POST", "/claims", token).status(), 405);
    let wrong = served.get("/search.json?q=foo:bar");
    assert_eq!(wrong.status(), 400);
    assert!(wrong.head.contains("application/problem+json"));
    assert_eq!(wrong.json()["column"], 1);
    let beside = served.get("/search?q=foo:bar");
    assert_eq!(beside.status(), 200, "people see it beside their question");
    assert!(beside.body.contains("role=\"alert\""));
}

#[test]
fn nothing_of_a_text_runs_and_nothing_is_asked_of_others() {
    let served = Served::start(&[]);
    let mut paths: Vec<String> = [
        "/",
        "/search?q=mallory",
        "/search?q=%3Cscript%3E",
        "/stories",
        "/claims",
    ]
    .map(str::to_owned)
    .to_vec();
    paths.extend(served.documents().iter().map(|d| format!("/document/{d}")));
    for path in paths {
        let page = served.get(&path);
        for bad in [
            "<script>alert",
            "<img",
            "<b onmouseover",
            "http://evil.example\"",
        ] {
            assert!(!page.body.contains(bad), "{path}: {bad}");
        }
        assert!(
            page.head
                .contains("content-security-policy: default-src 'none'")
        );
        assert!(page.head.contains("x-content-type-options: nosniff"));
        assert!(page.head.contains("referrer-policy: same-origin"));
        for link in page.body.split(" src=\"").skip(1) {
            assert!(
                link.starts_with("/look/"),
                "{path}: {}",
                &link[..link.len().min(40)]
            );
        }
    }
}

#[test]
fn named_bodies_have_pages_and_nobody_else_has() {
    let served = Served::start(&[]);
    let page = served.get("/source?name=Harbour+Authority");
    assert_eq!(page.status(), 200, "{}", page.body);
    assert!(page.body.contains("that the ferry had sunk"));
    for other in ["Ann+Lee", "The+company", "the+company", "Nobody"] {
        assert_eq!(
            served.get(&format!("/source?name={other}")).status(),
            404,
            "{other}"
        );
    }
    let found = served.get("/search?q=ferry+show:statements").body;
    assert!(!found.contains("/source?name=Ann"), "a person");
    assert!(!found.contains("company\"><bdi"), "many are called so");
}

#[test]
fn who_has_a_page_already_gets_nothing_but_that() {
    let served = Served::start(&[]);
    let page = served.get("/claims");
    let tag = page
        .head
        .lines()
        .find_map(|line| line.strip_prefix("etag: "))
        .unwrap();
    let again = served.ask("/claims", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!(again.status(), 304);
    assert!(again.body.is_empty());
}

#[test]
fn other_names_and_other_sites_are_kept_out() {
    let served = Served::start(&[]);
    let refused = served.ask("/", "Host: evil.example\r\n");
    assert_eq!(refused.status(), 403);
    assert!(
        !refused.body.contains("case.sayso"),
        "not even the case's name is told"
    );
    let other = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\n";
    assert_eq!(served.ask("/claims.json", other).status(), 403);
    let link =
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    assert_eq!(served.ask("/claims", link).status(), 200);
}

#[test]
fn at_another_address_the_token_is_asked_for() {
    let served = Served::start(&["--listen", "0.0.0.0"]);
    assert_eq!(served.get("/").status(), 401);
    assert_eq!(served.get("/?token=wrong").status(), 401);
    let token = "a-token-for-this-test-only";
    let bearer = format!("Authorization: Bearer {token}\r\n");
    assert_eq!(served.ask("/", &bearer).status(), 200);
    let brought = served.get(&format!("/claims?token={token}&label=disputed"));
    assert_eq!(brought.status(), 303);
    assert!(
        brought.head.contains("location: /claims?label=disputed"),
        "the token leaves the address"
    );
    let cookie = brought
        .head
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "))
        .unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
    let pair = cookie.split(';').next().unwrap();
    assert_eq!(
        served
            .ask("/claims", &format!("Cookie: {pair}\r\n"))
            .status(),
        200
    );
}

#[test]
fn a_weak_token_and_a_case_that_is_not_there_are_told() {
    let folder = TempDir::new().unwrap();
    let case = case(folder.path());
    for (path, token, words) in [
        (case.clone(), "short", "SAYSO_TOKEN"),
        (
            folder.path().join("none.sayso"),
            "a-token-for-this-test-only",
            "no such case",
        ),
    ] {
        let out = sayso()
            .arg("serve")
            .arg(path)
            .args(["--port", "0"])
            .env("SAYSO_TOKEN", token)
            .output()
            .unwrap();
        assert_eq!(out.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&out.stderr).contains(words));
    }
}

/// A report that twenty outlets print.
const WIRE: &str = "Shells hit grain depot near Orvel\n\nTwo people were killed when rebels shelled a grain depot near Orvel on \
    Monday night, Transport Minister Ann Lee said. The shells set fire to a silo and closed the road to the \
    coast until the morning, according to the ministry, and drivers of the waiting lorries slept in a school.\n";

#[test]
fn of_a_large_claim_the_first_reports_are_shown_and_all_where_they_are_asked_for() {
    let folder = TempDir::new().unwrap();
    let lines: Vec<String> = (1..=20)
        .map(|n| {
            let (id, publisher) = (format!("w:{n:02}"), format!("Paper {n:02}"));
            serde_json::json!({"id": id, "publisher": publisher, "published": "2024-03-05", "text": WIRE})
                .to_string()
        })
        .collect();
    let wire = folder.path().join("wire.jsonl");
    std::fs::write(&wire, lines.join("\n")).unwrap();
    let case = folder.path().join("case.sayso");
    let mut add = sayso();
    add.args(["add", "--quiet", "--to"]).arg(&case).arg(&wire);
    assert!(add.status().unwrap().success());
    let served = Served::of(folder, &case, &[]);
    let claims = served.get("/claims.json").json();
    let id = claims["claims"][0]["id"].as_str().unwrap().to_owned();
    let (document, local) = id.split_once('#').unwrap();
    let path = format!("/claim/{local}/{}", document.replace(':', "%3A"));
    let shown = |path: &str| served.get(path).body.matches("/document/w%3A").count();
    let (first, whole) = (shown(&path), shown(&format!("{path}?all=1")));
    assert!(whole >= 20 && first < whole, "{first} of {whole}");
    assert!(served.get(&path).body.contains(&format!("{path}?all=1")));
    let all = served.get(&format!("{path}.json")).json();
    assert_eq!(
        all["members"].as_array().unwrap().len(),
        20,
        "data is whole"
    );
}
