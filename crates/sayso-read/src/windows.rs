//! Which stretches of a text are encoded together.

use std::ops::Range;

use sayso_encode::Pieces;

/// Ranges of pieces: whole lines packed up to `size` pieces, an overlong line cut at
/// a sentence's end where there is one in its second half. Windows do not overlap
/// and hold every piece, so nothing is encoded twice and nothing is padded.
pub(crate) fn windows(text: &str, pieces: &Pieces, size: usize) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for line in lines(text, pieces) {
        for unit in units(text, pieces, line, size) {
            match out.last_mut() {
                Some(last) if unit.end - last.start <= size => last.end = unit.end,
                _ => out.push(unit),
            }
        }
    }
    out
}

/// A window's words as ranges of its pieces, counted from its start.
pub(crate) fn words(pieces: &Pieces, window: &Range<usize>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for piece in window.clone() {
        let local = piece - window.start;
        match out.last_mut() {
            Some(last) if pieces.words[piece] == pieces.words[piece - 1] => last.end = local + 1,
            _ => out.push(local..local + 1),
        }
    }
    out
}

/// The text between two neighbouring pieces.
fn gap<'a>(text: &'a str, pieces: &Pieces, next: usize) -> &'a str {
    let from = pieces.bytes(next.saturating_sub(1)).end;
    text.get(from..pieces.bytes(next).start).unwrap_or_default()
}

fn lines(text: &str, pieces: &Pieces) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut first = 0;
    for piece in 1..pieces.len() {
        if gap(text, pieces, piece).contains('\n') {
            out.push(first..piece);
            first = piece;
        }
    }
    if first < pieces.len() {
        out.push(first..pieces.len());
    }
    out
}

fn units(text: &str, pieces: &Pieces, line: Range<usize>, size: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = line.start;
    while line.end - start > size {
        let stop = (start + size / 2 + 1..start + size)
            .rev()
            .find(|&p| ends_sentence(text, pieces, p));
        let stop = stop.unwrap_or(start + size);
        out.push(start..stop);
        start = stop;
    }
    out.push(start..line.end);
    out
}

/// Whether a sentence ends before this piece.
fn ends_sentence(text: &str, pieces: &Pieces, next: usize) -> bool {
    let before = text.get(pieces.bytes(next - 1)).unwrap_or_default();
    let gap = gap(text, pieces, next);
    before.starts_with(['.', '?', '!']) && !gap.is_empty() && gap.chars().all(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_encode::Vocabulary;

    fn cut(text: &str, size: usize) -> Vec<String> {
        let pieces = Vocabulary::new(["[UNK]"]).cut(text);
        let bytes = |w: &Range<usize>| pieces.bytes(w.start).start..pieces.bytes(w.end - 1).end;
        windows(text, &pieces, size)
            .iter()
            .map(|w| text[bytes(w)].to_owned())
            .collect()
    }

    #[test]
    fn short_lines_share_a_window() {
        assert_eq!(cut("a b\nc d\ne f g", 4), ["a b\nc d", "e f g"]);
    }

    #[test]
    fn a_long_line_is_cut_at_a_sentence() {
        assert_eq!(cut("a b c . d e f g h", 6), ["a b c .", "d e f g h"]);
        assert_eq!(cut("a b c d e f g h", 6), ["a b c d e f", "g h"]);
    }
}
