//! Sentences and words of a text, as far as resolution needs them.

use std::ops::Range;

use sayso_reading::{Document, Span};

/// Words whose stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "st", "sen", "rep", "gov", "gen", "maj", "col", "lt", "capt", "sgt",
    "cpl", "adm", "cmdr", "brig", "no", "vs", "jr", "sr", "prof", "hon", "jan", "feb", "mar",
    "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "inc", "ltd", "co", "corp",
];

/// States of the USA and ranks as they are shortened; only with a capital letter, since some are
/// words ("ill", "mass").
const CAPITAL_ABBREVIATIONS: &[&str] = &[
    "ala", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky",
    "la", "md", "mass", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa",
    "tenn", "tex", "va", "vt", "wash", "wis", "wyo", "atty", "asst", "dept", "univ", "supt", "det",
    "insp", "cmdt", "pfc", "spc", "messrs", "mt", "ft", "al", "etc", "est",
];

/// Whether a word, in lower case, is shortened by a stop that ends no sentence.
pub(crate) fn is_abbreviation(lower: &str) -> bool {
    ABBREVIATIONS.contains(&lower)
}

/// Marks that may close a sentence behind its stop.
const CLOSING: &[char] = &['"', '”', '’', '\'', ')', ']', '»'];

/// The sentences of a stretch of text, in order; bytes of the text.
pub(crate) fn sentences(text: &str, stretch: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let Some(slice) = text.get(stretch.clone()) else {
        return out;
    };
    let mut start = 0;
    for (at, c) in slice.char_indices() {
        let behind = at + c.len_utf8();
        let ends = match c {
            '\n' => true,
            '.' | '?' | '!' | '…' => {
                is_stop(&slice[start..at], c) && begins_anew(slice.get(behind..).unwrap_or(""))
            }
            _ => false,
        };
        if ends {
            let rest = &slice[behind..];
            let closing = rest.len() - rest.trim_start_matches(CLOSING).len();
            push(&mut out, &stretch, slice, start..behind + closing);
            start = behind + closing;
        }
    }
    push(&mut out, &stretch, slice, start..slice.len());
    out
}

/// The sentences of the blocks that are read, in text order.
pub fn sentences_of(document: &Document) -> Vec<Span> {
    let read = document.blocks().iter().filter(|b| b.kind.is_content());
    let ranges = read.flat_map(|b| sentences(document.text(), b.span.range()));
    ranges
        .filter_map(|r| Span::new(r.start, r.end).ok())
        .collect()
}

/// The sentence in which a byte of a text stands, or the whole line where none does.
pub fn sentence_around(text: &str, at: usize) -> Range<usize> {
    let before = text.get(..at).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |line| line + 1);
    let behind = text.get(at..).unwrap_or_default();
    let end = behind.find('\n').map_or(text.len(), |line| at + line);
    let all = sentences(text, start..end);
    let mut around = all.into_iter().filter(|s| s.start <= at && at < s.end);
    around.next().unwrap_or(start..end)
}

fn push(out: &mut Vec<Range<usize>>, stretch: &Range<usize>, slice: &str, part: Range<usize>) {
    let Some(words) = slice.get(part.clone()) else {
        return;
    };
    let (left, right) = (words.trim_start(), words.trim());
    if !right.is_empty() {
        let start = stretch.start + part.start + (words.len() - left.len());
        out.push(start..start + right.len());
    }
}

/// Whether a mark after these words ends a sentence rather than an abbreviation.
fn is_stop(before: &str, mark: char) -> bool {
    if mark != '.' {
        return true;
    }
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"'))
        .next()
        .unwrap_or_default();
    // "D-Conn." and "R-Ariz." end in one too
    let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
    let letters = letters.rsplit('-').next().unwrap_or(letters);
    !(letters.contains('.')
        || (letters.chars().count() == 1 && letters.chars().all(char::is_uppercase))
        || ABBREVIATIONS.contains(&letters.to_lowercase().as_str())
        || letters.starts_with(char::is_uppercase)
            && CAPITAL_ABBREVIATIONS.contains(&letters.to_lowercase().as_str()))
}

/// Whether what follows a stop looks like the beginning of a sentence.
fn begins_anew(rest: &str) -> bool {
    let rest = rest.trim_start_matches(CLOSING);
    if rest.is_empty() || rest.starts_with('\n') {
        return true;
    }
    if !rest.starts_with(char::is_whitespace) {
        return false;
    }
    rest.trim_start()
        .chars()
        .next()
        .is_some_and(|c| !c.is_lowercase())
}

/// The words of a stretch: letters, digits and what joins them; bytes of the text.
pub(crate) fn words(text: &str, stretch: Range<usize>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let Some(slice) = text.get(stretch.clone()) else {
        return out;
    };
    let mut start = None;
    for (at, c) in slice.char_indices() {
        let joins = matches!(c, '-' | '’' | '\'' | '.' | '&' | '_' | '@' | '/')
            && slice[at + c.len_utf8()..]
                .chars()
                .next()
                .is_some_and(char::is_alphanumeric)
            && (start.is_some() || c == '@');
        match (c.is_alphanumeric() || joins, start) {
            (true, None) => start = Some(at),
            (false, Some(s)) => {
                // the stop of "U.S." and of an initial belongs to it
                let end = if c == '.' && dotted(&slice[s..at]) {
                    at + 1
                } else {
                    at
                };
                out.push(stretch.start + s..stretch.start + end);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(s) = start {
        out.push(stretch.start + s..stretch.end);
    }
    out
}

fn dotted(word: &str) -> bool {
    word.contains('.') || (word.chars().count() == 1 && word.chars().all(char::is_uppercase))
}

/// The stretch without white space and the given marks at its edges.
pub(crate) fn trimmed(text: &str, stretch: Range<usize>, marks: &[char]) -> Range<usize> {
    let Some(slice) = text.get(stretch.clone()) else {
        return stretch;
    };
    let outer = |c: char| c.is_whitespace() || marks.contains(&c);
    let left = slice.trim_start_matches(outer);
    let start = stretch.start + (slice.len() - left.len());
    start..start + left.trim_end_matches(outer).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts<'t>(text: &'t str, ranges: &[Range<usize>]) -> Vec<&'t str> {
        ranges.iter().map(|r| &text[r.clone()]).collect()
    }

    #[test]
    fn abbreviations_and_initials_end_no_sentence() {
        let text = "Brig. Gen. J. Doe of the U.S. Army spoke. “It is over.” He left!\nNew line";
        assert_eq!(
            texts(text, &sentences(text, 0..text.len())),
            [
                "Brig. Gen. J. Doe of the U.S. Army spoke.",
                "“It is over.”",
                "He left!",
                "New line"
            ]
        );
    }

    #[test]
    fn words_keep_what_joins_them() {
        let text = "al-Araby’s U.S. man, O'Neil (AT&T)";
        assert_eq!(
            texts(text, &words(text, 0..text.len())),
            ["al-Araby’s", "U.S.", "man", "O'Neil", "AT&T"]
        );
    }
}
