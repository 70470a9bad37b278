//! Stretches of text that stand beside each other become lines.

use super::show::Piece;

/// A line of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub text: String,
    /// Where it begins and ends, from the left.
    pub start: f64,
    pub end: f64,
    /// Where it stands, from below.
    pub y: f64,
    /// The height of its letters.
    pub size: f64,
}

/// Parts of the height of letters: how far up or down a piece of the same line may stand, how wide
/// a gap is a space, how wide it is another column, and how far a piece may reach back.
const LEVEL: f64 = 0.4;
const SPACE: f64 = 0.16;
const COLUMN: f64 = 3.0;
const BACK: f64 = 0.6;

/// The lines of a page, in the order in which they are drawn.
pub(super) fn lines(pieces: &[Piece]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut before: Option<&Piece> = None;
    for piece in pieces {
        if before.is_some_and(|before| is_shadow(before, piece)) {
            continue;
        }
        before = Some(piece);
        match lines.last_mut() {
            Some(line) if goes_on(line, piece) => add(line, piece),
            _ => lines.push(Line {
                text: piece.text.clone(),
                start: piece.x,
                end: piece.end,
                y: piece.y,
                size: piece.size,
            }),
        }
    }
    lines.retain_mut(|line| {
        let words: Vec<&str> = line.text.split_whitespace().collect();
        line.text = words.join(" ");
        !line.text.is_empty()
    });
    lines
}

/// Whether the same was drawn again, a little aside, to make it bold or to cast a shadow.
fn is_shadow(before: &Piece, piece: &Piece) -> bool {
    let near = piece.size * 0.2;
    before.text == piece.text
        && !piece.text.trim().is_empty()
        && (before.x - piece.x).abs() < near
        && (before.y - piece.y).abs() < near
}

fn goes_on(line: &Line, piece: &Piece) -> bool {
    let size = line.size.max(piece.size);
    let gap = piece.x - line.end;
    (line.y - piece.y).abs() < size * LEVEL && gap > -size * BACK && gap < size * COLUMN
}

fn add(line: &mut Line, piece: &Piece) {
    let gap = piece.x - line.end;
    let apart = !line.text.ends_with(' ') && !piece.text.starts_with(' ');
    if apart && gap > line.size.min(piece.size) * SPACE {
        line.text.push(' ');
    }
    // Raised and small signs do not tell where the line stands.
    if piece.size > line.size {
        line.size = piece.size;
        line.y = piece.y;
    }
    line.text.push_str(&piece.text);
    line.end = piece.end.max(line.end);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, x: f64, y: f64) -> Piece {
        Piece {
            text: text.to_owned(),
            x,
            y,
            end: x + text.len() as f64 * 5.0,
            size: 10.0,
        }
    }

    fn texts(pieces: &[Piece]) -> Vec<String> {
        lines(pieces).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn pieces_beside_each_other_are_a_line() {
        let pieces = [
            piece("The ma", 0.0, 100.0),
            piece("yor", 30.5, 100.0),
            piece("said", 48.0, 100.2),
            piece("2", 68.0, 103.0),
            piece("Below", 0.0, 88.0),
            piece("Aside", 300.0, 88.0),
            piece("Aside", 300.3, 88.0),
            piece("  ", 0.0, 50.0),
        ];
        assert_eq!(texts(&pieces), ["The mayor said2", "Below", "Aside"]);
    }

    #[test]
    fn numbers_that_are_none_do_no_harm() {
        let mut odd = piece("odd", f64::NAN, f64::INFINITY);
        odd.size = f64::MAX;
        assert_eq!(texts(&[odd.clone(), odd]), ["odd", "odd"]);
    }
}
