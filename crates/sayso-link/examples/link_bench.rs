//! Measures linking on synthetic documents: `link_bench CASE DOCUMENTS [SINGLE]`.
//!
//! Makes the case where it has fewer documents, five a story (a dispatch, two copies of it, two in others'
//! words); links all that is not linked, in bulk; then adds SINGLE documents more, each linked by itself. Prints one
//! object of JSON.

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
use sayso_link::Linker;
use serde_json::json;

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
        })
    );
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
