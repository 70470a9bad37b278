//! What people change in the browser: documents are added, statements reviewed, sources merged and
//! renamed, decisions undone; and who may not.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic is a failed test"
)]

mod served;

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use served::{Answer, Served};

const TOKEN: &str = "a-token-for-this-test-only";
const LATER: &str = "Harbour body speaks again\n\nThe Harbour Authority denied on Tuesday that the ferry had sunk off Pelm. \
    The harbour office said that three people had died.\n";

/// A browser that came in with the token.
struct Browser {
    served: Served,
}

impl Browser {
    fn start() -> Self {
        Self {
            served: Served::start(&[]),
        }
    }

    fn cookie(&self) -> String {
        let port = self.served.host().rsplit(':').next().unwrap();
        format!("Cookie: sayso-token-{port}={TOKEN}; sayso-who=Ada%20B\r\n")
    }

    fn get(&self, path: &str) -> Answer {
        self.served.ask(path, &self.cookie())
    }

    /// The word that makes forms count.
    fn word(&self) -> String {
        let page = self.get("/add").body;
        let (_, rest) = page.split_once("name=\"form\" value=\"").expect("a form");
        rest.split('"').next().unwrap().to_owned()
    }

    fn send(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let word = self.word();
        let all = pairs.iter().copied().chain([("form", word.as_str())]);
        let body: Vec<String> = all
            .map(|(key, value)| format!("{key}={}", encoded(value)))
            .collect();
        let headers = format!(
            "{}Content-Type: application/x-www-form-urlencoded\r\nOrigin: http://{}\r\n",
            self.cookie(),
            self.served.host()
        );
        self.served
            .send_with("POST", path, &headers, body.join("&").as_bytes())
    }

    /// Sends a file in a form, and gives where that leads.
    fn drop_file(&self, name: &str, content: &str) -> Answer {
        let edge = "edge-of-parts";
        let body = format!(
            "--{edge}\r\nContent-Disposition: form-data; name=\"form\"\r\n\r\n{}\r\n--{edge}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n{content}\r\n--{edge}--\r\n",
            self.word()
        );
        let headers = format!(
            "{}Content-Type: multipart/form-data; boundary={edge}\r\n",
            self.cookie()
        );
        self.served
            .send_with("POST", "/add", &headers, body.as_bytes())
    }

    fn note(&self) -> String {
        let rows = self.get("/search.json?q=show:documents+minister").json();
        rows["rows"][0]["document"].as_str().unwrap().to_owned()
    }

    /// Asks until a page has the words.
    fn until(&self, path: &str, words: &str) -> Answer {
        for _ in 0..600 {
            let page = self.get(path);
            if page.body.contains(words) {
                return page;
            }
            thread::sleep(Duration::from_millis(100));
        }
        panic!("{path} never has {words}: {}", self.get(path).body);
    }
}

fn encoded(value: &str) -> String {
    value
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect()
}

fn location(answer: &Answer) -> &str {
    assert_eq!(answer.status(), 303, "{}", answer.body);
    answer
        .head
        .lines()
        .find_map(|line| line.strip_prefix("location: "))
        .unwrap()
}

/// What is done by the first statement of a reading.
fn act_of(reading: &Value) -> &str {
    let all = reading["attributions"].as_array().unwrap();
    let first = all.iter().find(|a| a["id"] == "a1").unwrap();
    first["act"].as_str().unwrap()
}

#[test]
fn files_are_looked_over_before_they_are_added() {
    let browser = Browser::start();
    let staged = browser.drop_file("later.txt", LATER);
    let path = location(&staged).to_owned();
    let page = browser.get(&path);
    assert!(page.body.contains("Look over, then add"));
    assert!(page.body.contains("Harbour body speaks again"));
    assert_eq!(
        browser.get("/start.json").json()["info"]["documents"],
        2,
        "nothing is kept yet"
    );
    let wrong = browser.send(
        &path,
        &[
            ("title-0", "A"),
            ("keep-0", "on"),
            ("published-0", "Tuesday"),
        ],
    );
    assert_eq!(wrong.status(), 422);
    assert!(wrong.body.contains("Tuesday is no date"), "{}", wrong.body);
    let begun = browser.send(
        &path,
        &[
            ("title-0", "Harbour body speaks again"),
            ("keep-0", "on"),
            ("publisher-0", "Pelm Post"),
            ("published-0", "2024-03-05"),
            ("url-0", "https://pelm.example/1"),
        ],
    );
    assert_eq!(location(&begun), path);
    let done = browser.until(&path, "in the case");
    assert!(done.body.contains("added"), "{}", done.body);
    let found = browser
        .get("/search.json?q=publisher:%22Pelm+Post%22+show:documents")
        .json();
    assert_eq!(found["rows"][0]["published"], "2024-03-05");
    assert_eq!(found["rows"][0]["url"], "https://pelm.example/1");
    let again = browser.send(&path, &[("title-0", "x"), ("keep-0", "on")]);
    assert_eq!(location(&again), path, "sent twice, it is added once");
    assert_eq!(browser.get("/start.json").json()["info"]["documents"], 3);
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    let browser = Browser::start();
    let staged = browser.drop_file("empty.txt", "  ");
    let page = browser.get(location(&staged));
    assert!(page.body.contains("empty.txt"), "{}", page.body);
    assert!(page.body.contains("class=\"problem\""));
}

#[test]
fn a_statement_is_corrected_accepted_and_the_correction_undone() {
    let browser = Browser::start();
    let note = browser.note();
    let target = format!("{note}#a1");
    let item = browser
        .get(&format!("/review/a1/{}.json", encoded(&note)))
        .json();
    let act = item["item"]["item"]["act"].as_str().unwrap().to_owned();
    let saved = browser.send(
        "/review",
        &[
            ("target", &target),
            ("do", "correct"),
            ("who", "Ada B"),
            ("why", "read it again"),
            ("was-act", &act),
            ("is-act", "doubt"),
        ],
    );
    assert!(location(&saved).ends_with("#d1a1"), "{}", location(&saved));
    assert!(saved.head.contains("set-cookie: sayso-who=Ada%20B"));
    let read = browser
        .get(&format!("/document/{}.json", encoded(&note)))
        .json();
    assert_eq!(act_of(&read), "doubt");
    let journal = browser.get("/journal.json").json();
    assert_eq!(journal["decisions"][0]["why"], "read it again");
    assert_eq!(journal["decisions"][0]["who"], "Ada B");

    let nothing = browser.send(
        "/review",
        &[("target", &target), ("do", "correct"), ("who", "Ada B")],
    );
    assert_eq!(nothing.status(), 422);
    let absent = browser.send(
        "/review",
        &[
            ("target", &target),
            ("do", "correct"),
            ("who", "Ada B"),
            ("was-source", "x"),
            ("is-source", "words that are not there"),
        ],
    );
    assert_eq!(absent.status(), 422);
    assert!(absent.body.contains("does not have the words"));

    let undone = browser.send(
        "/undo",
        &[("entry", "1"), ("who", "Ada B"), ("back", "/review")],
    );
    assert_eq!(location(&undone), "/review");
    let read = browser
        .get(&format!("/document/{}.json", encoded(&note)))
        .json();
    assert_eq!(act_of(&read), act);
}

#[test]
fn the_queue_goes_on_to_the_next_and_ends() {
    let browser = Browser::start();
    let mut path = "/review".to_owned();
    let mut seen = Vec::new();
    for _ in 0..20 {
        let view = browser.get(&path.replace("/review", "/review.json")).json();
        if view["item"].is_null() {
            break;
        }
        let target = view["item"]["target"].as_str().unwrap().to_owned();
        assert!(!seen.contains(&target), "{target} twice");
        let page = browser.get(&path).body;
        let field = |name: &str| {
            let key = format!("name=\"{name}\" value=\"");
            let rest = page
                .split_once(&key)
                .map(|(_, rest)| rest)
                .unwrap_or_default();
            rest.split('"').next().unwrap_or_default().to_owned()
        };
        let sent = browser.send(
            "/review",
            &[
                ("target", &target),
                ("do", "accept"),
                ("who", "Ada B"),
                ("here", &field("here")),
                ("next", &field("next")),
            ],
        );
        path = location(&sent).to_owned();
        seen.push(target);
    }
    assert!(seen.len() >= 3, "{seen:?}");
    assert!(browser.get(&path).body.contains("That was the last"));
    let all = browser
        .get("/search.json?q=show:statements+reviewed:no")
        .json();
    assert_eq!(all["rows"].as_array().unwrap().len(), 0);
}

#[test]
fn what_was_missed_is_added_by_its_words() {
    let browser = Browser::start();
    let note = browser.note();
    let add = |words: &str| {
        browser.send(
            "/missed",
            &[
                ("document", &note),
                ("kind", "attribution"),
                ("words", words),
                ("by", "The company"),
                ("as", "claim"),
                ("who", "Ada B"),
                ("back", "/journal"),
            ],
        )
    };
    assert_eq!(location(&add("nobody was on board")), "/journal");
    assert_eq!(add("somebody was on board").status(), 422);
    let read = browser
        .get(&format!("/document/{}.json", encoded(&note)))
        .json();
    let last = read["attributions"].as_array().unwrap();
    assert!(last.iter().any(|a| a["act"] == "claim"));
}

#[test]
fn sources_are_merged_renamed_and_parted_again() {
    let browser = Browser::start();
    let one = |how: &str, b: &str| {
        browser.send(
            "/relate",
            &[
                ("kind", "source"),
                ("how", how),
                ("a", "Harbour Authority"),
                ("b", b),
                ("why", "one office"),
                ("who", "Ada B"),
            ],
        )
    };
    assert_eq!(one("same", "Nobody at all").status(), 404);
    assert_eq!(location(&one("same", "The company")), "/relate");
    let page = browser.get("/source?name=Harbour+Authority").body;
    assert!(page.contains("also as"), "{page}");
    let named = browser.send(
        "/relate",
        &[
            ("kind", "name"),
            ("a", "Harbour Authority"),
            ("b", "Pelm Harbour Authority"),
            ("why", "its full name"),
            ("who", "Ada B"),
            ("back", "/source?name=Harbour+Authority"),
        ],
    );
    assert_eq!(location(&named), "/source?name=Harbour+Authority");
    let page = browser.get("/source?name=Harbour+Authority").body;
    assert!(page.contains("Pelm Harbour Authority"));
    let undone = browser.send(
        "/undo",
        &[("link", "1"), ("who", "Ada B"), ("back", "/relate")],
    );
    assert_eq!(location(&undone), "/relate");
    let page = browser.get("/source?name=Harbour+Authority").body;
    assert!(!page.contains("also as"));
}

#[test]
fn who_brings_no_token_or_another_sites_form_changes_nothing() {
    let browser = Browser::start();
    let word = browser.word();
    let host = browser.served.host().to_owned();
    let body = format!("form={word}&kind=name&a=Harbour+Authority&b=X&why=x&who=Eve");
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let send = |headers: String, body: &str| {
        browser
            .served
            .send_with("POST", "/relate", &headers, body.as_bytes())
    };
    assert_eq!(send(form.to_owned(), &body).status(), 401, "no token");
    let other = format!("{}{form}Origin: http://evil.example\r\n", browser.cookie());
    assert_eq!(send(other, &body).status(), 403, "another site");
    let site = format!(
        "{}{form}Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n",
        browser.cookie()
    );
    assert_eq!(send(site, &body).status(), 403, "a form that leads here");
    let own = format!("{}{form}Origin: http://{host}\r\n", browser.cookie());
    let forged = body.replace(&word, "0000");
    assert_eq!(
        send(own.clone(), &forged).status(),
        403,
        "a form without the word"
    );
    let nameless = body.replace("who=Eve", "who=");
    assert_eq!(send(own, &nameless).status(), 422, "nobody decides");
    assert_eq!(
        browser.get("/journal.json").json()["links"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    let looked = browser.served.get("/review").body;
    assert!(
        !looked.contains("<form class=\"decide\""),
        "without a token there is no form"
    );
    assert!(looked.contains("sayso serve"));
}

#[test]
fn programs_add_decide_and_link() {
    let browser = Browser::start();
    let note = browser.note();
    let token = format!("Authorization: Bearer {TOKEN}\r\nContent-Type: application/json\r\n");
    let send = |path: &str, body: &Value| {
        let body = body.to_string();
        browser
            .served
            .send_with("POST", path, &token, body.as_bytes())
    };
    let added = send(
        "/api/v1/documents",
        &json!({"documents": [
            {"text": LATER, "publisher": "Pelm Post", "published": "2024-03-05"},
            {"text": " "}
        ]}),
    );
    let items = added.json()["items"].clone();
    assert_eq!(items[0]["outcome"], "added");
    assert!(items[1]["problem"].is_string());
    let id = items[0]["document"].as_str().unwrap();
    assert_eq!(
        browser
            .get(&format!("/api/v1/documents/{}", encoded(id)))
            .json()["document"]["published"],
        "2024-03-05"
    );
    let target = format!("{note}#a1");
    let decided = send(
        "/api/v1/decisions",
        &json!({"who": "Ada B", "action": {"correct": {"target": target, "field": "act", "value": "doubt"}}}),
    );
    assert_eq!(decided.json()["entry"], 1, "{}", decided.body);
    let linked = send(
        "/api/v1/links",
        &json!({"who": "Ada B", "why": "its name", "action": {"rename": {"source": "Harbour Authority", "name": "Port of Pelm"}}}),
    );
    assert_eq!(linked.json()["entry"], 1, "{}", linked.body);
    for (path, body, status) in [
        (
            "/api/v1/decisions",
            json!({"who": " ", "action": {"undo": {"entry": 1}}}),
            400,
        ),
        (
            "/api/v1/decisions",
            json!({"who": "Ada B", "action": {"undo": {"entry": 99}}}),
            404,
        ),
        (
            "/api/v1/decisions",
            json!({"who": "Ada B", "action": {"accept": {"target": "x"}}}),
            400,
        ),
        (
            "/api/v1/decisions",
            json!({"who": "Ada B", "action": {"accept": {"target": "x#a1"}}}),
            404,
        ),
        (
            "/api/v1/links",
            json!({"who": "Ada B", "action": {"letter": {"source": "Nobody", "letter": "A"}}}),
            404,
        ),
        ("/api/v1/documents", json!({"documents": []}), 400),
    ] {
        let refused = send(path, &body);
        assert_eq!(refused.status(), status, "{path} {body}: {}", refused.body);
        assert!(refused.head.contains("application/problem+json"));
    }
    let nameless = browser.served.send_with(
        "POST",
        "/api/v1/links",
        "Content-Type: application/json\r\n",
        b"{}",
    );
    assert_eq!(nameless.status(), 401, "no token");
}

#[test]
fn journals_come_in_pages() {
    let browser = Browser::start();
    let note = browser.note();
    let token = format!("Authorization: Bearer {TOKEN}\r\nContent-Type: application/json\r\n");
    let send = |path: &str, body: &Value| {
        let body = body.to_string();
        let path = format!("/api/v1/{path}");
        let sent = browser
            .served
            .send_with("POST", &path, &token, body.as_bytes());
        assert_eq!(sent.status(), 200, "{}", sent.body);
    };
    for (who, action) in [("Ada B", "accept"), ("Bo", "reject"), ("Ada B", "reject")] {
        let item = if who == "Bo" { "a1" } else { "v1" };
        let target = json!({"target": format!("{note}#{item}")});
        send(
            "decisions",
            &json!({"who": who, "action": {action: target}}),
        );
    }
    for n in 1..=51 {
        let name = format!("Port {n}");
        let rename = json!({"rename": {"source": "Harbour Authority", "name": name}});
        send("links", &json!({"who": "Ada B", "action": rename}));
    }
    let page = browser.get("/journal");
    assert!(page.body.contains("Port 51") && !page.body.contains("Port 1<"));
    let next = browser.get("/journal.json").json()["next_links"].clone();
    assert_eq!(next, "2");
    assert!(page.body.contains("/journal?links=2"));
    let rest = browser.get("/journal.json?links=2").json()["links"].clone();
    assert_eq!(
        (rest[0]["b"].as_str(), rest[1].as_str()),
        (Some("Port 1"), None)
    );
    for list in ["decisions?", "links?", "second?who=Cy&"] {
        let whole = browser.get(&format!("/api/v1/{list}limit=200")).json()["items"].clone();
        let mut items = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = browser
                .get(&format!("/api/v1/{list}limit=1{cursor}"))
                .json();
            items.extend(page["items"].as_array().unwrap().clone());
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert!(items.len() > 1, "{list}");
        assert_eq!(Value::Array(items), whole, "{list}");
    }
}
