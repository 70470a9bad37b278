//! Sources and chains on marked passages: `tests/passages/passages.md`.

use std::ops::Range;

use proptest::prelude::*;
use sayso_reading::{Attribution, AttributionId, Document, Hop, SourceKind, Span, Spans};

use crate::chains::{self, Outlets};
use crate::entities::{Found, NameClass, Registry};
use crate::marked::attribution;
use crate::sources;
use crate::trace::Trace;

const PASSAGES: &str = include_str!("../tests/passages/passages.md");

/// A passage without its marks.
#[derive(Default)]
pub(crate) struct Passage {
    pub text: String,
    /// By the attributions' numbers: source, cue, content.
    pieces: Vec<(char, usize, Range<usize>)>,
    pub names: Vec<Found>,
}

fn class(letter: char) -> NameClass {
    match letter {
        'P' => NameClass::Person,
        'L' => NameClass::Place,
        'G' => NameClass::Group,
        _ => NameClass::Organization,
    }
}

pub(crate) fn unmarked(marked: &str) -> Passage {
    let mut out = Passage::default();
    let mut open: Vec<(char, String, usize)> = Vec::new();
    let mut rest = marked.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '{' | '<' | '[' | '‹' => {
                let label: String = std::iter::from_fn(|| rest.next_if(|&c| c != ':')).collect();
                rest.next();
                open.push((c, label, out.text.len()));
            }
            '}' | '>' | ']' | '›' => {
                let (mark, label, start) = open.pop().expect("marks are paired");
                let range = start..out.text.len();
                if mark == '‹' {
                    out.names.push(Found {
                        range,
                        class: class(label.chars().next().expect("a class")),
                        inner: false,
                        confidence: 0.9,
                    });
                } else {
                    out.pieces
                        .push((mark, label.parse().expect("a number"), range));
                }
            }
            '\n' => out.text.push(' '),
            c => out.text.push(c),
        }
    }
    out
}

fn span(range: &Range<usize>) -> Span {
    Span::new(range.start, range.end).expect("in order")
}

fn attributions(passage: &Passage) -> Vec<Attribution> {
    let last = passage.pieces.iter().map(|(_, n, _)| *n).max().unwrap_or(0);
    let of = |mark: char, number: usize| -> Vec<Span> {
        passage
            .pieces
            .iter()
            .filter(|(m, n, r)| *m == mark && *n == number && !r.is_empty())
            .map(|(.., r)| span(r))
            .collect()
    };
    let mut all: Vec<Attribution> = (1..=last)
        .map(|n| {
            attribution(
                &passage.text,
                n - 1,
                &of('{', n),
                of('<', n).first().copied(),
                &of('[', n),
            )
        })
        .collect();
    let contents: Vec<Spans> = all.iter().map(|a| a.content.spans.clone()).collect();
    for (index, attribution) in all.iter_mut().enumerate() {
        let Some(cue) = attribution.cue.as_ref().map(|c| c.phrase) else {
            continue;
        };
        let around = contents
            .iter()
            .enumerate()
            .filter(|(i, c)| *i != index && c.iter().any(|s| s.contains(&cue)))
            .min_by_key(|(_, c)| c.iter().map(Span::len).sum::<usize>());
        attribution.within = around.map(|(i, _)| AttributionId::at(i));
    }
    all
}

/// Sources and chains filled, with the entities' names.
fn resolved(document: &Document, names: &[Found], all: &mut [Attribution]) -> Vec<String> {
    let mut trace = Trace::kept();
    let mut registry = Registry::new(document, names, &Outlets::default());
    let scene = sources::Scene::new(document);
    let cast = sources::fill(document, &mut registry, all, &scene, &mut trace);
    chains::nest(&scene, all, &mut trace);
    chains::fill(document, &registry, &scene, &cast, None, all, &mut trace);
    registry
        .finish(document.text())
        .into_iter()
        .map(|e| e.name)
        .collect()
}

fn hop(text: &str, hop: &Hop) -> String {
    match &hop.name {
        Some(name) => format!("{name} ({})", hop.kind),
        None if hop.kind == SourceKind::Unstated => "(unstated)".to_owned(),
        None => {
            let words = hop
                .spans
                .hull()
                .and_then(|s| s.slice(text))
                .unwrap_or_default();
            format!("*{words}* ({})", hop.kind)
        }
    }
}

#[test]
fn every_passage_is_resolved_as_the_page_says() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for section in PASSAGES.split("\n## ").skip(1) {
        let (title, rest) = section.split_once("\n\n").expect("a title");
        let (marked, expected) = rest
            .trim_end()
            .rsplit_once("\n\n")
            .expect("a passage and a list");
        let passage = unmarked(marked);
        let document = Document::of_paragraphs(passage.text.clone());
        let mut all = attributions(&passage);
        let names = resolved(&document, &passage.names, &mut all);
        for line in expected.lines() {
            let (number, expected) = line.split_once(". ").expect("a number");
            let a = &all[number.parse::<usize>().expect("a number") - 1];
            let name = a
                .source
                .entity
                .map_or("-", |e| names[e.number() as usize - 1].as_str());
            let chain: Vec<String> = a.chain.iter().map(|h| hop(&passage.text, h)).collect();
            let chain = if chain.is_empty() {
                "-".to_owned()
            } else {
                chain.join(" ← ")
            };
            let got = format!("{} · {name} · {chain}", a.source.kind.expect("decided"));
            if got != expected {
                wrong.push(format!(
                    "{title}, {number}\n  expected {expected}\n  got      {got}"
                ));
            }
            count += 1;
        }
    }
    assert!(count >= 30, "only {count} lines");
    assert!(
        wrong.is_empty(),
        "{} of {count} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

proptest! {
    /// Whatever is marked where: nothing panics, every kind is decided, a nested chain begins
    /// with that of the attribution around it.
    #[test]
    fn any_marks_can_be_resolved(
        words in proptest::collection::vec("(the|The|a|He|they|official|told|CNN|said|ministry|of|One of them|report|\\.|“|,|\n|é|Ann Lee|I)", 1..60),
        cuts in proptest::collection::vec((0_usize..60, 0_usize..60, 0_usize..60, 0_usize..60, any::<bool>()), 0..8),
    ) {
        let text = words.join(" ");
        let borders: Vec<usize> = words.iter().scan(0, |at, w| { let here = *at; *at += w.len() + 1; Some(here) }).chain([text.len()]).collect();
        let range = |a: usize, b: usize| {
            let (a, b) = (borders[a % borders.len()], borders[b % borders.len()]);
            a.min(b)..a.max(b)
        };
        let document = Document::of_paragraphs(text.clone());
        let names: Vec<Found> = cuts.iter().map(|c| Found { range: range(c.0, c.0 + 1), class: if c.4 { NameClass::Person } else { NameClass::Organization }, inner: false, confidence: 0.9 }).filter(|f| !f.range.is_empty()).collect();
        let mut all: Vec<Attribution> = cuts.iter().enumerate().map(|(n, c)| {
            let (source, cue, content) = (range(c.1, c.1 + 2), range(c.2, c.2 + 1), range(c.2 + 1, c.3));
            let of = |r: &Range<usize>| if r.is_empty() { Vec::new() } else { vec![span(r)] };
            let mut a = attribution(&text, n, &of(&source), Some(span(&cue)), &of(&content));
            a.within = (c.4 && n > 0).then(|| AttributionId::at(n - 1));
            a
        }).collect();
        resolved(&document, &names, &mut all);
        for a in &all {
            prop_assert!(a.source.kind.is_some());
            if let Some(outer) = a.within {
                let around = &all[outer.number() as usize - 1].chain;
                prop_assert!(a.chain.starts_with(around));
            }
        }
    }
}
