//! The API of a served case: what each operation gives, how lists go on, and how it refuses.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic is a failed test"
)]

mod served;

use serde_json::{Value, json};
use served::{Answer, NOTE, Served, sayso};

const JSON: &str = "Content-Type: application/json\r\n";

fn read(served: &Served, headers: &str, body: &[u8]) -> Answer {
    served.send_with("POST", "/api/v1/read", headers, body)
}

/// Refused with a status and these words, as data.
#[track_caller]
fn is_refused(answer: &Answer, status: u16, words: &str) {
    assert_eq!(answer.status(), status, "{}", answer.body);
    assert!(
        answer
            .head
            .contains("content-type: application/problem+json"),
        "{}",
        answer.head
    );
    let told = answer.json();
    assert_eq!(told["status"], status);
    let detail = told["detail"].as_str().unwrap();
    assert!(detail.contains(words), "{detail}");
}

#[test]
fn operations_give_what_the_pages_give() {
    let served = Served::start(&[]);
    let page = served.get("/start.json").json();
    assert_eq!(served.get("/api/v1/info").json(), page["info"]);
    let page = served.get("/claims.json").json();
    let list = served.get("/api/v1/claims").json();
    assert_eq!(list["items"], page["claims"]);
    assert_eq!(list["labels"], page["labels"]);
    let list = served.get("/api/v1/stories").json();
    assert_eq!(list["items"], served.get("/stories.json").json()["stories"]);
    let list = served.get("/api/v1/sources").json();
    assert_eq!(list["items"], served.get("/sources.json").json()["sources"]);
    let answer = served.get("/api/v1/ask?q=act:deny").json();
    let page = served.get("/search.json?q=act:deny").json();
    assert_eq!(answer["items"], page["rows"]);
    assert_eq!(answer["facets"], page["facets"]);
    assert_eq!(
        served.get("/api/v1/heard").json(),
        served.get("/heard.json").json()
    );
    let said = served.get("/api/v1/sources/Harbour%20Authority").json();
    let page = served.get("/source.json?name=Harbour+Authority").json();
    assert_eq!(said["items"], page["statements"]);
    for path in ["decisions", "links", "second?who=lee"] {
        let list = served.get(&format!("/api/v1/{path}")).json();
        assert_eq!(list, json!({ "items": [], "next": null }), "{path}");
    }
    let agreement = served.get("/api/v1/agreement").json();
    assert_eq!(agreement["items"], 0);
}

#[test]
fn documents_and_claims_are_found_by_their_names() {
    let served = Served::start(&[]);
    for document in served.documents() {
        let reading = served.get(&format!("/api/v1/documents/{document}"));
        assert_eq!(
            reading.json(),
            served.get(&format!("/document/{document}.json")).json()
        );
        let claims = served.get(&format!("/api/v1/documents/{document}/claims"));
        for claim in claims.json()["items"].as_array().unwrap() {
            let id = claim["id"].as_str().unwrap();
            let (name, local) = id.split_once('#').unwrap();
            let name = name.replace(':', "%3A");
            let found = served
                .get(&format!("/api/v1/claims/{name}%23{local}"))
                .json();
            assert_eq!(
                found,
                served.get(&format!("/claim/{local}/{name}.json")).json()
            );
        }
        let copies = served.get(&format!("/api/v1/documents/{document}/copies"));
        assert!(copies.json()["items"].is_array());
        let story = served.get(&format!("/api/v1/documents/{document}/story"));
        assert_eq!(
            story.json(),
            served.get(&format!("/api/v1/stories/{document}")).json()
        );
    }
}

#[test]
fn a_list_is_the_same_in_small_pages() {
    let served = Served::start(&[]);
    for path in ["documents?", "ask?q=show:statements&", "sources?"] {
        let whole = served.get(&format!("/api/v1/{path}limit=200")).json();
        let mut items = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = served.get(&format!("/api/v1/{path}limit=1{cursor}"));
            assert_eq!(page.status(), 200, "{}", page.body);
            items.extend(page.json()["items"].as_array().unwrap().clone());
            match page.json()["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert!(!items.is_empty(), "{path}");
        assert_eq!(Value::Array(items), whole["items"], "{path}");
    }
    let documents = served.get("/api/v1/documents?limit=1").json();
    let token = documents["next"].as_str().unwrap();
    for other in [
        "ask?q=lee&",
        "ask?q=show:documents&",
        "claims?",
        "stories?",
        "decisions?",
    ] {
        let refused = served.get(&format!("/api/v1/{other}cursor={token}"));
        is_refused(&refused, 400, "cursor");
    }
}

#[test]
fn a_text_is_read_as_the_program_reads_it() {
    let served = Served::start(&[]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("note.txt");
    std::fs::write(&file, NOTE).unwrap();
    let printed = sayso().arg("read").arg("--json").arg(&file).output();
    let printed: Value = serde_json::from_slice(&printed.unwrap().stdout).unwrap();
    let answer = read(&served, "Content-Type: text/plain\r\n", NOTE.as_bytes());
    assert_eq!(answer.status(), 200, "{}", answer.body);
    let reading = answer.json();
    for field in ["schema", "reader", "entities", "attributions", "events"] {
        assert_eq!(reading[field], printed[field], "{field}");
    }
    assert_eq!(reading["document"]["blocks"], printed["document"]["blocks"]);
    assert!(reading["document"]["path"].is_null());
    let sent = json!({ "text": NOTE, "title": "Ferry", "published": "2024-01-26", "publisher": "The Pelm Post" });
    let told = read(&served, JSON, sent.to_string().as_bytes()).json();
    assert_eq!(told["document"]["title"], "Ferry");
    assert_eq!(told["document"]["published"], "2024-01-26");
    assert_eq!(told["times"][0]["edtf"], "2024-01-22", "{}", told["times"]);
    let documents = served.get("/api/v1/documents").json();
    assert_eq!(
        documents["items"].as_array().unwrap().len(),
        2,
        "nothing is kept"
    );
}

#[test]
fn what_cannot_be_read_is_refused_with_its_status() {
    let served = Served::start(&[]);
    let plain = "Content-Type: text/plain; charset=utf-8\r\n";
    let long = vec![b'a'; 1024 * 1024 + 1];
    for (headers, body, status, words) in [
        (JSON, &b"{"[..], 400, "EOF"),
        (JSON, b"{}", 400, "text"),
        (JSON, b"{\"text\":\"x\",\"colour\":1}", 400, "colour"),
        (
            JSON,
            b"{\"text\":\"x\",\"published\":\"soon\"}",
            400,
            "soon",
        ),
        (JSON, b"{\"text\":\" \"}", 422, "white space"),
        (plain, b" \n ", 422, "white space"),
        (plain, b"caf\xe9", 400, "UTF-8"),
        (plain, &long, 413, "1024 KiB"),
        ("", b"x", 415, "application/json or text/plain"),
        ("Content-Type: text/html\r\n", b"x", 415, "text/html"),
        (
            "Content-Type: text/plain; charset=latin1\r\n",
            b"x",
            415,
            "latin1",
        ),
    ] {
        is_refused(&read(&served, headers, body), status, words);
    }
}

#[test]
fn what_is_not_described_is_refused_as_data() {
    let served = Served::start(&[]);
    for (path, status, words) in [
        ("/api", 404, "openapi.json"),
        ("/api/", 404, "openapi.json"),
        ("/api/v1", 404, "openapi.json"),
        ("/api/v1/nowhere.csv", 404, "nowhere.csv"),
        ("/api/v2/info", 404, "openapi.json"),
        ("/api/v1/documents/", 404, "openapi.json"),
        ("/api/v1/documents/none", 404, "no such document"),
        ("/api/v1/documents/note.csv", 404, "note.csv"),
        ("/api/v1/documents/%FF", 400, "UTF-8"),
        ("/api/v1/documents/none/claims", 404, "no such document"),
        ("/api/v1/claims/none", 404, "no such"),
        ("/api/v1/sources/Ann%20Lee", 404, "has a page"),
        ("/api/v1/info?colour=red", 400, "colour"),
        ("/api/v1/documents/x?id=y", 400, "duplicate field"),
        ("/api/v1/claims?label=true", 400, "denied by the accused"),
        ("/api/v1/claims?limit=0", 400, "from 1 to 200"),
        ("/api/v1/claims?cursor=x", 400, "cursor"),
        ("/api/v1/claims?after=x", 400, "after"),
        ("/api/v1/second", 400, "who"),
        ("/api/v1/ask", 400, "q"),
        ("/api/v1/ask?q=%20", 400, "nothing is asked"),
        ("/api/v1/ask?q=foo:bar", 400, "foo"),
        ("/api/v1/ask?q=lee&as-of=soon", 400, "soon"),
    ] {
        is_refused(&served.get(path), status, words);
    }
    assert_eq!(served.get("/api/v1/ask?q=foo:bar").json()["column"], 1);
    let token = "Authorization: Bearer a-token-for-this-test-only\r\n";
    let wrong = served.send("POST", "/api/v1/claims", token);
    is_refused(&wrong, 405, "openapi.json");
    assert!(wrong.head.contains("allow: GET,HEAD"), "{}", wrong.head);
    for method in ["TRACE", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        for path in ["/api/v1/claims", "/api/v1/decisions"] {
            let wrong = served.send(method, path, "");
            is_refused(&wrong, 405, "openapi.json");
        }
    }
    is_refused(
        &served.send("POST", "/api/v1/claims", ""),
        405,
        "openapi.json",
    );
    for path in ["documents", "decisions", "links"] {
        let path = format!("/api/v1/{path}");
        is_refused(&served.send("POST", &path, ""), 401, "token");
    }
    let wrong = served.get("/api/v1/read");
    is_refused(&wrong, 405, "openapi.json");
    assert!(wrong.head.contains("allow: POST"), "{}", wrong.head);
}

#[test]
fn the_description_is_served_and_nothing_is_sent_twice() {
    let served = Served::start(&[]);
    let description = served.get("/api/v1/openapi.json");
    assert_eq!(description.json()["openapi"], "3.1.0");
    let paths = description.json()["paths"].clone();
    for path in ["/api/v1/ask", "/api/v1/claims/{id}", "/api/v1/read"] {
        assert!(paths[path].is_object(), "{path}");
    }
    for path in ["/api/v1/openapi.json", "/api/v1/claims"] {
        let first = served.get(path);
        let tag = first.head.lines().find_map(|l| l.strip_prefix("etag: "));
        let again = served.ask(path, &format!("If-None-Match: {}\r\n", tag.unwrap()));
        assert_eq!(again.status(), 304, "{path}");
    }
}

#[test]
fn others_need_the_token_and_other_sites_get_nothing() {
    let served = Served::start(&["--listen", "0.0.0.0"]);
    let refused = served.get("/api/v1/info");
    is_refused(&refused, 401, "token");
    assert!(refused.head.contains("www-authenticate: Bearer"));
    is_refused(&read(&served, JSON, b"{\"text\":\"x\"}"), 401, "token");
    let token = "Authorization: Bearer a-token-for-this-test-only\r\n";
    assert_eq!(served.ask("/api/v1/info", token).status(), 200);
    let description = served.ask("/api/v1/openapi.json", token).json();
    assert_eq!(description["security"], json!([{ "token": [] }]));
    let other = format!("{token}Origin: http://evil.example\r\n");
    is_refused(&served.ask("/api/v1/info", &other), 403, "another site");
    let other = "Host: evil.example\r\n";
    is_refused(&served.ask("/api/v1/info", other), 403, "name");
}
