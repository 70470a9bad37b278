//! What the reader gives against what is expected, row by row.

use std::ops::Range;

use sayso_reading::Attribution;

use super::parse::{CueMarks, Marks, Row, Section};
use super::who::ranges;

/// An attribution with its place among the others.
#[derive(Debug, Clone)]
pub struct Entry {
    pub marks: Marks,
    /// Index of the attribution whose content this one stands in.
    pub within: Option<usize>,
}

/// The entries of a reading file, in the order of its rows.
pub fn expected(rows: &[(Section, Row)]) -> Vec<Entry> {
    let index = |id: &String| rows.iter().position(|(_, row)| row.id == *id);
    let entry = |(_, row): &(Section, Row)| Entry {
        marks: row.marks.clone(),
        within: row.within.as_ref().and_then(index),
    };
    rows.iter().map(entry).collect()
}

/// The entries of what the reader gave.
pub fn given(attributions: &[Attribution]) -> Vec<Entry> {
    let entry = |a: &Attribution| Entry {
        marks: Marks {
            source: ranges(&a.source.spans),
            cue: a.cue.as_ref().map(|c| CueMarks {
                phrase: c.phrase.range(),
                words: ranges(&c.spans),
            }),
            content: ranges(&a.content.spans),
            quote: a.quote,
        },
        within: a
            .within
            .and_then(|id| attributions.iter().position(|other| other.id == id)),
    };
    attributions.iter().map(entry).collect()
}

/// For each given entry the expected one that it agrees with: of the truth where one
/// does, else of the wrong ones.
pub fn pair(text: &str, rows: &[(Section, Row)], given: &[Entry]) -> Vec<Option<usize>> {
    let expected = expected(rows);
    let mut pairs = vec![None; given.len()];
    for wrong in [false, true] {
        for (index, entry) in expected.iter().enumerate() {
            if (rows[index].0 == Section::Wrong) != wrong {
                continue;
            }
            let agrees = |other: &usize| {
                pairs[*other].is_none() && same(text, (entry, &expected), (&given[*other], given))
            };
            if let Some(other) = (0..given.len()).find(agrees) {
                pairs[other] = Some(index);
            }
        }
    }
    pairs
}

/// Whether two entries say the same, each seen among its own.
fn same(text: &str, (a, around_a): (&Entry, &[Entry]), (b, around_b): (&Entry, &[Entry])) -> bool {
    let parents = match (a.within, b.within) {
        (None, None) => true,
        // a mistake in the outer one's cells is its own, not a mistake of what stands in it
        (Some(a), Some(b)) => meet(&around_a[a].marks, &around_b[b].marks),
        _ => false,
    };
    parents && trimmed(text, &a.marks) == trimmed(text, &b.marks)
}

/// Whether two entries are about the same saying: cues that touch, without cues contents that do.
fn meet(a: &Marks, b: &Marks) -> bool {
    let touch = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    match (&a.cue, &b.cue) {
        (Some(a), Some(b)) => touch(&a.phrase, &b.phrase),
        (None, None) => a
            .content
            .iter()
            .any(|a| b.content.iter().any(|b| touch(a, b))),
        _ => false,
    }
}

/// Marks without white space, commas, stops, semicolons and colons at the edges.
fn trimmed(text: &str, marks: &Marks) -> Marks {
    let trim = |range: &Range<usize>| {
        let slice = &text[range.clone()];
        let edge = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':');
        let inner = slice.trim_matches(edge);
        let start = range.start + slice.len() - slice.trim_start_matches(edge).len();
        // a colon may be the cue itself
        if inner.is_empty() {
            range.clone()
        } else {
            start..start + inner.len()
        }
    };
    let all = |ranges: &[Range<usize>]| ranges.iter().map(trim).collect();
    Marks {
        source: all(&marks.source),
        cue: marks.cue.as_ref().map(|c| CueMarks {
            phrase: trim(&c.phrase),
            words: all(&c.words),
        }),
        content: all(&marks.content),
        quote: marks.quote,
    }
}
