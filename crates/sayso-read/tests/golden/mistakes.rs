//! What the reader says wrongly of attributions that it gives: "Known mistakes".

use std::fmt::Write as _;
use std::ops::Range;

use super::parse::{self, Expected};
use super::who::{Facts, Field, Hop, Who};

pub const HEADING: &str = "## Known mistakes";

/// How many cells were asked and right, over all and over those with an unusual value.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    pub right: usize,
    pub asked: usize,
    pub unusual_right: usize,
    pub unusual_asked: usize,
}

/// The tallies of all fields, in their order.
pub type Tallies = [Tally; Field::ALL.len()];

/// A line for each field with mistakes (ids with the same value stand together), and the
/// tallies. `given` are the reader's attributions with the places of their sources.
pub fn of(
    text: &str,
    expected: &Expected,
    given: &[(Facts, Vec<Range<usize>>)],
    pairs: &[Option<usize>],
) -> (Vec<String>, Tallies) {
    let flat = parse::flat(text);
    let (mut lines, mut tallies) = (Vec::new(), Tallies::default());
    for (field, tally) in Field::ALL.into_iter().zip(&mut tallies) {
        // in the order of the truth: what the reader numbers otherwise changes no line
        let mut wrong: Vec<(String, Vec<&str>)> = Vec::new();
        for (index, (_, row)) in expected.rows.iter().enumerate() {
            let who = expected.who.iter().find(|who| who.id == row.id);
            let other = pairs.iter().position(|pair| *pair == Some(index));
            let (Some(who), Some(other)) = (who, other) else {
                continue;
            };
            if who.doubt.contains(&field) {
                continue;
            }
            let (facts, source) = &given[other];
            let right = agrees(text, field, who, &row.marks.source, facts, source);
            let unusual = field.is_unusual(&who.facts);
            tally.asked += 1;
            tally.right += usize::from(right);
            tally.unusual_asked += usize::from(unusual);
            tally.unusual_right += usize::from(unusual && right);
            if right {
                continue;
            }
            let value = field.shown(facts, &flat);
            match wrong.iter_mut().find(|(other, _)| *other == value) {
                Some((_, ids)) => ids.push(&row.id),
                None => wrong.push((value, vec![&row.id])),
            }
        }
        let values = wrong
            .iter()
            .map(|(value, ids)| format!("{} {value}", ids.join(" ")));
        let values: Vec<String> = values.collect();
        if !values.is_empty() {
            lines.push(format!("- {}: {}", field.as_str(), values.join("; ")));
        }
    }
    (lines, tallies)
}

/// What stands in the file and what should, where they differ.
pub fn differences(stored: &[String], now: &[String]) -> Vec<String> {
    let missing = |of: &[String], line: &&String| !of.contains(line);
    let gone = stored.iter().filter(|line| missing(now, line));
    let new = now.iter().filter(|line| missing(stored, line));
    let gone = gone.map(|line| format!("is under Known mistakes, but is not so now: {line}"));
    let new = new.map(|line| format!("should be under Known mistakes: {line}"));
    gone.chain(new).collect()
}

/// Sums tallies.
pub fn add(all: &mut Tallies, more: &Tallies) {
    for (sum, tally) in all.iter_mut().zip(more) {
        sum.right += tally.right;
        sum.asked += tally.asked;
        sum.unusual_right += tally.unusual_right;
        sum.unusual_asked += tally.unusual_asked;
    }
}

/// A line for each field: how many cells are right.
pub fn summary(tallies: &Tallies) -> String {
    let line = |(field, tally): (Field, &Tally)| {
        let Tally { right, asked, .. } = tally;
        let mut out = format!("  {:<10} {right}/{asked}", field.as_str());
        if let Some(unusual) = field.unusual() {
            let Tally {
                unusual_right,
                unusual_asked,
                ..
            } = tally;
            let _ = write!(out, ", {unusual}: {unusual_right}/{unusual_asked}");
        }
        out
    };
    let lines = Field::ALL.into_iter().zip(tallies).map(line);
    lines.collect::<Vec<_>>().join("\n")
}

fn agrees(
    text: &str,
    field: Field,
    truth: &Who,
    source: &[Range<usize>],
    given: &Facts,
    given_source: &[Range<usize>],
) -> bool {
    let words = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => same_words(a, b),
        (a, b) => a.is_none() && b.is_none(),
    };
    let facts = &truth.facts;
    match field {
        Field::Kind => facts.kind == given.kind,
        Field::Name => words(&facts.name, &given.name),
        Field::Role => words(&facts.role, &given.role),
        Field::Condition => words(&facts.condition, &given.condition),
        Field::Act => facts.act == given.act,
        Field::Negated => facts.negated == given.negated,
        Field::Certainty => facts.certainty == given.certainty,
        Field::Chain => {
            let found = given.chains.first().map_or(&[][..], Vec::as_slice);
            let same = |chain: &Vec<Hop>| same_chain(text, chain, source, found, given_source);
            facts.chains.iter().any(same)
        }
    }
}

/// Hop by hop; in place of a last hop without a name the source's own words may stand.
fn same_chain(
    text: &str,
    truth: &[Hop],
    source: &[Range<usize>],
    given: &[Hop],
    given_source: &[Range<usize>],
) -> bool {
    let last = truth.len().saturating_sub(1);
    let same = |(index, (a, b)): (usize, (&Hop, &Hop))| match (&a.name, &b.name) {
        (Some(a), Some(b)) => same_words(a, b),
        (None, None) => {
            let met = |a: &[Range<usize>], b: &[Range<usize>]| half(text, a, b);
            let own = index == last
                && (met(source, &b.spans)
                    || met(&a.spans, given_source)
                    || met(source, given_source));
            a.kind == b.kind && (met(&a.spans, &b.spans) || own)
        }
        _ => false,
    };
    truth.len() == given.len() && truth.iter().zip(given).enumerate().all(same)
}

/// The same words: letter case, an article before them and edges apart.
fn same_words(a: &str, b: &str) -> bool {
    let words = |of: &str| {
        let lower = of.to_lowercase();
        let edge = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':');
        let words: Vec<String> = lower
            .trim_matches(edge)
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        let article = matches!(words.first().map(String::as_str), Some("the" | "a" | "an"));
        words[usize::from(article && words.len() > 1)..].to_vec()
    };
    words(a) == words(b)
}

/// Whether two places share at least half of all that they cover, white space apart.
fn half(text: &str, a: &[Range<usize>], b: &[Range<usize>]) -> bool {
    let covered = |ranges: &[Range<usize>], at: usize| ranges.iter().any(|r| r.contains(&at));
    let (mut both, mut either) = (0, 0);
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let (in_a, in_b) = (covered(a, at), covered(b, at));
        both += usize::from(in_a && in_b) * c.len_utf8();
        either += usize::from(in_a || in_b) * c.len_utf8();
    }
    2 * both >= either
}
