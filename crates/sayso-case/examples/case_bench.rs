//! Measures a case of synthetic documents: adding, asking, size.
//!
//! usage: `case_bench CASE DOCUMENTS [QUESTIONS]`. Makes the case where it has fewer documents, then asks each line
//! of the file of questions many times. Prints one object of JSON.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs
)]
#![allow(
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::string_slice
)]

#[path = "synthetic/generate.rs"]
mod generate;
#[path = "synthetic/words.rs"]
mod words;

use std::path::Path;
use std::time::Instant;

use sayso_case::{Case, Intake, Open, Query};
use serde_json::{Value, json};

const BATCH: u64 = 4000;
const ROUNDS: usize = 40;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("a case");
    let count: u64 = arguments
        .next()
        .expect("how many documents")
        .parse()
        .expect("a number");
    let questions = arguments.next();
    let mut case = Open::default().create(Path::new(&path)).expect("a case");
    let there = case.info().expect("information").documents as u64;
    let adding = add(&mut case, there, count);
    let info = case.info().expect("information");
    let asking = questions.map(|file| {
        let file = std::fs::read_to_string(file).expect("a file of questions");
        ask(
            &case,
            file.lines()
                .filter(|l| !l.trim().is_empty() && !l.starts_with('#')),
        )
    });
    println!(
        "{}",
        json!({
            "documents": info.documents, "attributions": info.attributions, "events": info.events,
            "bytes": info.bytes, "bytes_per_document": info.bytes / info.documents.max(1) as u64,
            "adding": adding, "asking": asking, "memory_mib": memory(),
        })
    );
}

fn add(case: &mut Case, there: u64, count: u64) -> Value {
    let (mut generated, mut steps) = (0.0, Vec::new());
    let began = cpu();
    let mut last = (there, began);
    let mut number = there;
    while number < count {
        let before = cpu();
        let batch: Vec<Intake> = (number..count.min(number + BATCH))
            .map(|n| generate::reading(n).into())
            .collect();
        generated += cpu() - before;
        number += batch.len() as u64;
        case.add(&batch).expect("room for them");
        if number.is_multiple_of(50_000) || number == count {
            let now = cpu() - generated;
            steps.push(json!({"documents": number, "per_cpu_second": (number - last.0) as f64 / (now - last.1).max(1e-9)}));
            eprintln!(
                "{} documents, {:.0} per CPU second",
                number,
                (number - last.0) as f64 / (now - last.1).max(1e-9)
            );
            last = (number, now);
        }
    }
    let seconds = cpu() - began - generated;
    json!({
        "added": count.saturating_sub(there), "cpu_seconds": seconds,
        "per_cpu_second": count.saturating_sub(there) as f64 / seconds.max(1e-9), "steps": steps,
    })
}

fn ask<'q>(case: &Case, questions: impl Iterator<Item = &'q str>) -> Value {
    let mut out = Vec::new();
    for question in questions {
        let query = Query::parse(question).unwrap_or_else(|e| panic!("{question}: {e}"));
        // the first time reads from the disk
        let rows = case.ask(&query, None).expect("an answer").rows.len();
        let mut times: Vec<f64> = (0..ROUNDS)
            .map(|_| {
                let began = Instant::now();
                case.ask(&query, None).expect("an answer");
                began.elapsed().as_secs_f64() * 1000.0
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let at = |q: f64| times[((times.len() - 1) as f64 * q).round() as usize];
        eprintln!("{:8.2} ms  {rows:5} rows  {question}", at(0.99));
        out.push(
            json!({"question": question, "rows": rows, "p50_ms": at(0.5), "p99_ms": at(0.99)}),
        );
    }
    json!(out)
}

/// CPU seconds of this process, user and system.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(") ").next().unwrap_or_default();
    let ticks = |at: usize| -> f64 {
        after
            .split(' ')
            .nth(at)
            .and_then(|t| t.parse().ok())
            .unwrap_or(0.0)
    };
    (ticks(11) + ticks(12)) / 100.0
}

/// The most memory that this process held.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}
