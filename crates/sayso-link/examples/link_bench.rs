//! Measures linking on synthetic documents: `link_bench CASE DOCUMENTS [SINGLE]`.
//!
//! Makes the case where it has fewer documents, five a story (a dispatch, two copies of it, two in others'
//! words); links all that is not linked, in bulk; then adds SINGLE documents more, each linked by itself; then asks for
//! lists, single claims and stories. Prints one object of JSON.

#![allow(
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench"
)]

#[path = "../../sayso-case/examples/synthetic/generate.rs"]
mod generate;
#[path = "../../sayso-case/examples/synthetic/words.rs"]
mod words;

use std::path::Path;
use std::time::{Duration, Instant};

use sayso_case::{Case, Intake, Open};
use sayso_link::{
    ClaimChoice, ClaimOrder, Label, Linker, StoryOrder, claim, claim_counts, claim_lines,
    claims_of, story, story_lines,
};
use serde_json::{Value, json};

const BATCH: u64 = 4000;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("a case");
    let mut number = || {
        arguments
            .next()
            .map(|n| n.parse::<u64>().expect("a number"))
    };
    let count = number().expect("how many documents");
    let single = number().unwrap_or(0);
    let mut case = Open::default().create(Path::new(&path)).expect("a case");
    let there = case.info().expect("information").documents as u64;
    for first in (there..count).step_by(BATCH as usize) {
        add(&mut case, first, (first + BATCH).min(count));
    }
    let links = Linker::default();
    let (began, cpu) = (Instant::now(), cpu_seconds());
    let linked = links.link(&mut case, |_| {}).expect("linked").documents;
    let bulk = json!({
        "documents": linked, "seconds": began.elapsed().as_secs_f64(), "cpu_seconds": cpu_seconds() - cpu,
    });
    let mut waits: Vec<Duration> = Vec::new();
    let mut used: Vec<f64> = Vec::new();
    for n in count..count + single {
        add(&mut case, n, n + 1);
        let (began, cpu) = (Instant::now(), cpu_seconds());
        links.link(&mut case, |_| {}).expect("linked");
        waits.push(began.elapsed());
        used.push(cpu_seconds() - cpu);
    }
    waits.sort_unstable();
    used.sort_by(f64::total_cmp);
    let at = |share: f64| {
        waits
            .get((share * waits.len() as f64) as usize)
            .map(Duration::as_secs_f64)
    };
    println!(
        "{}",
        json!({
            "documents": count, "bulk": bulk, "single": single,
            "p50_ms": at(0.5).map(|s| 1000.0 * s), "p99_ms": at(0.99).map(|s| 1000.0 * s),
            "p99_cpu_ms": used.get((0.99 * used.len() as f64) as usize).map(|s| 1000.0 * s),
            "asked": asked(&case, count),
        })
    );
}

/// Pages of a list that are gone through one by one, and how many calls are measured of what is not a list.
const ASKED: u64 = 100;

/// The same of lists of stories.
fn asked_for_stories(case: &Case, out: &mut serde_json::Map<String, Value>) {
    for (name, order) in [("new", StoryOrder::Newest), ("large", StoryOrder::Largest)] {
        let mut after: Option<String> = None;
        let took = times(|_| {
            after = story_lines(case, order, after.as_deref(), 50)
                .expect("a page")
                .next;
        });
        out.insert(format!("stories {name}"), took);
    }
}

/// How long it takes to ask: median, 99th percentile and most, in milliseconds.
fn asked(case: &Case, documents: u64) -> Value {
    let mut out = serde_json::Map::new();
    let kinds = ["ASSAULT", "PROTEST"];
    for (name, order) in [("told", ClaimOrder::MostTold), ("new", ClaimOrder::Newest)] {
        for (with, label, kind) in [
            ("", None, None),
            (" label", Some(Label::SeveralOrigins), None),
            (" rare label", Some(Label::DeniedByTheAccused), None),
            (" type", None, Some(kinds[0])),
            (" label type", Some(Label::SingleOrigin), Some(kinds[1])),
        ] {
            let mut after: Option<String> = None;
            let took = times(|_| {
                let choice = ClaimChoice {
                    label,
                    kind,
                    order,
                    limit: 50,
                    after: after.as_deref(),
                    ..ClaimChoice::default()
                };
                after = claim_lines(case, &choice).expect("a page").next;
            });
            out.insert(format!("claims {name}{with}"), took);
        }
        // far into the list, where most claims are told by the same few
        let mut after = None;
        for _ in 0..20 {
            let choice = ClaimChoice {
                order,
                limit: 1000,
                after: after.as_deref(),
                ..ClaimChoice::default()
            };
            after = claim_lines(case, &choice).expect("a page").next.or(after);
        }
        let deep = ClaimChoice {
            order,
            limit: 50,
            after: after.as_deref(),
            ..ClaimChoice::default()
        };
        out.insert(
            format!("claims {name} deep"),
            times(|_| drop(claim_lines(case, &deep).expect("a page"))),
        );
    }
    asked_for_stories(case, &mut out);
    out.insert(
        "counts".to_owned(),
        times(|_| drop(claim_counts(case).expect("counts"))),
    );
    let some = |n: u64| format!("s:{}", (n * 7919 + 13) % documents);
    out.insert(
        "claims of a document".to_owned(),
        times(|n| drop(claims_of(case, &some(n)).expect("claims"))),
    );
    out.insert(
        "story".to_owned(),
        times(|n| drop(story(case, &some(n)).expect("a story"))),
    );
    out.insert(
        "claims of a story".to_owned(),
        times(|n| {
            let story = some(n);
            let choice = ClaimChoice {
                story: Some(&story),
                limit: 50,
                ..ClaimChoice::default()
            };
            drop(claim_lines(case, &choice).expect("a page"));
        }),
    );
    // any mention names a claim, whether it is kept or not; some say nothing of it
    out.insert(
        "claim by any name".to_owned(),
        times(|n| drop(claim(case, &format!("{}#v{}", some(n), 1 + n % 8)))),
    );
    let choice = ClaimChoice {
        limit: 2000,
        ..ClaimChoice::default()
    };
    let kept: Vec<String> = claim_lines(case, &choice)
        .expect("a page")
        .items
        .into_iter()
        .map(|line| line.id)
        .collect();
    let said: Vec<&String> = kept.iter().filter(|id| id.contains("#a")).collect();
    out.insert(
        "claim that is kept".to_owned(),
        times(|n| drop(claim(case, &kept[n as usize * 17 % kept.len()]).expect("a claim"))),
    );
    if !said.is_empty() {
        let took =
            times(|n| drop(claim(case, said[n as usize * 17 % said.len()]).expect("a claim")));
        out.insert("claim without an event".to_owned(), took);
    }
    out.into()
}

fn times(mut ask: impl FnMut(u64)) -> Value {
    let mut took: Vec<f64> = (0..ASKED)
        .map(|n| {
            let began = Instant::now();
            ask(n);
            1000.0 * began.elapsed().as_secs_f64()
        })
        .collect();
    took.sort_by(f64::total_cmp);
    let rounded = |ms: f64| (100.0 * ms).round() / 100.0;
    json!([
        rounded(took[took.len() / 2]),
        rounded(took[took.len() * 99 / 100]),
        rounded(took[took.len() - 1])
    ])
}

fn add(case: &mut Case, from: u64, to: u64) {
    let batch: Vec<Intake> = (from..to)
        .map(|n| generate::reading_in_story(n).into())
        .collect();
    case.add(&batch).expect("added");
}

/// Processor time of this process, all threads.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let ticks = |at: usize| {
        fields
            .get(at)
            .and_then(|f| f.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    (ticks(11) + ticks(12)) / 100.0
}
