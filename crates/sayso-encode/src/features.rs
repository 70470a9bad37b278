//! What the encoder is told beside the pieces: the case shape of a word and
//! whether a place lies inside quotation marks.

/// Case shape of a whole word; the vocabulary is uncased, this gives the case back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// `militia`
    Lower,
    /// `Baghdad`, `A`
    Title,
    /// `NATO`
    Upper,
    /// `McCain`, `iPhone`
    Mixed,
    /// `2021`
    Digit,
    /// `,`
    None,
}

impl Shape {
    /// The shape of a word as written in the text.
    #[must_use]
    pub fn of(word: &str) -> Self {
        let (mut letters, mut upper, mut first_upper, mut digits) = (0_u32, 0_u32, false, false);
        for c in word.chars() {
            if c.is_alphabetic() {
                if c.is_uppercase() {
                    upper += 1;
                    first_upper |= letters == 0;
                }
                letters += 1;
            } else if c.is_numeric() {
                digits = true;
            }
        }
        match (letters, upper) {
            (0, _) if digits => Self::Digit,
            (0, _) => Self::None,
            (_, 0) => Self::Lower,
            (n, u) if n == u && n > 1 => Self::Upper,
            (_, 1) if first_upper => Self::Title,
            _ => Self::Mixed,
        }
    }
}

/// Where a place stands to double quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum QuoteState {
    /// Outside quotation marks.
    Outside,
    /// A mark itself.
    Mark,
    /// Between an opening and its closing mark.
    Inside,
}

/// The state of every byte of a text.
///
/// Curly marks open and close, straight marks and doubled apostrophes toggle, a
/// doubled grave accent opens, and a line break resets, so that one stray mark
/// spoils one paragraph at most.
#[must_use]
pub fn quote_states(text: &str) -> Vec<QuoteState> {
    let mut states = vec![QuoteState::Outside; text.len()];
    let mut inside = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let doubled = matches!(c, '\'' | '`') && chars.peek().is_some_and(|&(_, next)| next == c);
        let end = at + c.len_utf8() + usize::from(doubled);
        let state = match c {
            '“' | '„' | '«' => Some(true),
            '”' | '»' => Some(false),
            '"' => Some(!inside),
            '\'' if doubled => Some(!inside),
            '`' if doubled => Some(true),
            _ => None,
        };
        if c == '\n' {
            inside = false;
        }
        let value = match state {
            Some(now) => {
                inside = now;
                QuoteState::Mark
            }
            None if inside => QuoteState::Inside,
            None => QuoteState::Outside,
        };
        if let Some(bytes) = states.get_mut(at..end) {
            bytes.fill(value);
        }
        if doubled {
            chars.next();
        }
    }
    states
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_follow_the_letters() {
        for (word, shape) in [
            ("militia", Shape::Lower),
            ("Baghdad", Shape::Title),
            ("A", Shape::Title),
            ("NATO", Shape::Upper),
            ("McCain", Shape::Mixed),
            ("iPhone", Shape::Mixed),
            ("2021", Shape::Digit),
            ("F16", Shape::Title),
            ("—", Shape::None),
        ] {
            assert_eq!(Shape::of(word), shape, "{word}");
        }
    }

    fn drawn(text: &str) -> String {
        let states = quote_states(text);
        text.char_indices()
            .map(|(i, _)| match states[i] {
                QuoteState::Outside => '.',
                QuoteState::Mark => '#',
                QuoteState::Inside => 'i',
            })
            .collect()
    }

    #[test]
    fn marks_open_close_toggle_and_reset() {
        assert_eq!(drawn("a “b” c"), "..#i#..");
        assert_eq!(drawn("a \"b\" c"), "..#i#..");
        assert_eq!(drawn("''b'' c's"), "##i##....");
        assert_eq!(drawn("“b\nc"), "#i..");
    }
}
