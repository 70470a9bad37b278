//! Quotation marks: which belong together, and what stands between them.

use std::ops::Range;

use sayso_reading::QuoteForm as Quote;

/// A stretch between two marks; bytes of the text, the marks included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quotation {
    pub outer: Range<usize>,
    pub inner: Range<usize>,
    /// The closing mark is missing: the quotation runs on to the line's end.
    pub open: bool,
    /// Single marks, as in headlines and within double ones.
    pub single: bool,
}

/// All quotations of a text, by their beginnings.
///
/// Rule `quote.paired`: curly marks open and close; straight marks and doubled
/// apostrophes open at a word's beginning or where none is open, else close; single
/// marks count only at word edges. Rule `quote.running`: a mark that is not closed
/// within its line runs to the line's end (paragraphs of a long quotation each open
/// anew, only the last closes).
pub(crate) fn quotations(text: &str) -> Vec<Quotation> {
    let mut out = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let end = line_start + line.trim_end().len();
        let marks = marks(text, line_start..end);
        pair(&marks, end, false, &mut out);
        pair(&marks, end, true, &mut out);
        line_start += line.len();
    }
    out.sort_by_key(|q| (q.outer.start, q.outer.end));
    out
}

/// Of all quotations those that may touch a stretch; none is longer than a line.
pub(crate) fn near<'q>(all: &'q [Quotation], stretch: &Range<usize>) -> &'q [Quotation] {
    /// Bytes beyond the stretch at which a mark may still belong to it.
    const BESIDE: usize = 4;
    /// Bytes of the longest quotation that is looked back for.
    const LONG: usize = 50_000;
    let to = all.partition_point(|q| q.outer.start < stretch.end + BESIDE);
    let ended = |q: &Quotation| !q.single && q.outer.end + BESIDE <= stretch.start;
    let back = all[..to]
        .iter()
        .rev()
        .take_while(|q| !ended(q) && q.outer.start + LONG > stretch.start)
        .count();
    &all[to - back..to]
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Opens,
    Closes,
    Either,
}

struct Mark {
    bytes: Range<usize>,
    turn: Turn,
    single: bool,
}

fn marks(text: &str, line: Range<usize>) -> Vec<Mark> {
    let slice = text.get(line.clone()).unwrap_or_default();
    let mut out = Vec::new();
    let mut chars = slice.char_indices().peekable();
    let mut before = None;
    while let Some((at, c)) = chars.next() {
        let doubled = matches!(c, '\'' | '`') && chars.peek().is_some_and(|&(_, n)| n == c);
        if doubled {
            chars.next();
        }
        let after = chars.peek().map(|&(_, n)| n);
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let found = match c {
            '“' | '„' | '«' => Some((Turn::Opens, false)),
            '”' | '»' => Some((Turn::Closes, false)),
            '`' if doubled => Some((Turn::Opens, false)),
            '"' | '\'' if c == '"' || doubled => Some((Turn::Either, false)),
            '‘' if !word(before) => Some((Turn::Opens, true)),
            '\'' if !word(before) && after.is_some_and(|n| !n.is_whitespace()) => {
                Some((Turn::Opens, true))
            }
            '’' | '\'' if !word(after) && before.is_some_and(|b| !b.is_whitespace()) => {
                Some((Turn::Closes, true))
            }
            _ => None,
        };
        if let Some((turn, single)) = found {
            let start = line.start + at;
            out.push(Mark {
                bytes: start..start + c.len_utf8() * if doubled { 2 } else { 1 },
                turn,
                single,
            });
        }
        before = Some(c);
    }
    out
}

fn pair(marks: &[Mark], line_end: usize, single: bool, out: &mut Vec<Quotation>) {
    let mut open: Option<&Mark> = None;
    for mark in marks.iter().filter(|m| m.single == single) {
        match (open, mark.turn) {
            (Some(first), Turn::Closes | Turn::Either) => {
                out.push(Quotation {
                    outer: first.bytes.start..mark.bytes.end,
                    inner: first.bytes.end..mark.bytes.start,
                    open: false,
                    single,
                });
                open = None;
            }
            (None, Turn::Opens | Turn::Either) => open = Some(mark),
            // a single opening mark may be an apostrophe ("’90s"): the last one counts
            (Some(_), Turn::Opens) if single => open = Some(mark),
            (Some(_), Turn::Opens) | (None, Turn::Closes) => {}
        }
    }
    if let Some(first) = open.filter(|_| !single) {
        let inner = first.bytes.end..line_end.max(first.bytes.end);
        out.push(Quotation {
            outer: first.bytes.start..inner.end,
            inner,
            open: true,
            single,
        });
    }
}

/// Words that may stand outside the marks of a direct quotation: "that", "to", "as".
const LEADING: &[&str] = &["that", "to", "as"];

/// How much of a content stands in quotation marks that are its own: an attribution
/// within a quotation is indirect unless it has marks itself.
pub(crate) fn form(text: &str, content: &[Range<usize>], quotations: &[Quotation]) -> Quote {
    let (mut inside, mut outside) = (0_usize, 0_usize);
    for fragment in content {
        let own: Vec<&Range<usize>> = near(quotations, fragment)
            .iter()
            .filter(|q| fragment.start <= q.outer.start && q.outer.start < fragment.end)
            .map(|q| &q.inner)
            .collect();
        for (start, word) in words(text, fragment) {
            if own.iter().any(|q| q.contains(&start)) {
                inside += 1;
            } else if !LEADING.contains(&word.to_lowercase().as_str()) {
                outside += 1;
            }
        }
    }
    match (inside, outside) {
        (0, _) => Quote::Indirect,
        (_, 0) => Quote::Direct,
        _ => Quote::Mixed,
    }
}

/// The words of a stretch with the byte each begins at.
fn words<'a>(text: &'a str, range: &Range<usize>) -> impl Iterator<Item = (usize, &'a str)> {
    let slice = text.get(range.clone()).unwrap_or_default();
    let start = range.start;
    let parts = slice
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    parts.map(move |w| (start + (w.as_ptr() as usize - slice.as_ptr() as usize), w))
}

/// Rule `quote.edges`: a content that begins or ends just inside its quotation takes the mark along.
pub(crate) fn with_marks(
    text: &str,
    fragment: &Range<usize>,
    quotations: &[Quotation],
) -> Range<usize> {
    let mut out = fragment.clone();
    for q in quotations {
        let begins_inside = text
            .get(q.inner.start..out.start)
            .is_some_and(|gap| gap.trim().is_empty());
        if begins_inside && q.outer.start < out.start && (q.open || q.inner.end <= out.end + 2) {
            out.start = q.outer.start;
        }
        let gap = text.get(out.end..q.inner.end);
        let ends_inside = gap.is_some_and(|gap| {
            gap.chars()
                .all(|c| c.is_whitespace() || ",.?!;:…—-".contains(c))
        });
        if ends_inside && !q.open && q.outer.start >= out.start && q.outer.end > out.end {
            out.end = q.outer.end;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        quotations(text)
            .iter()
            .map(|q| &text[q.inner.clone()])
            .collect()
    }

    #[test]
    fn marks_of_every_make_are_paired() {
        assert_eq!(found("“a,” he said, “b.”"), ["a,", "b."]);
        assert_eq!(found("\"a\" and ''b'' and ``c''"), ["a", "b", "c"]);
        assert_eq!(found("Minister: ‘No talks’ on mayor’s plan"), ["No talks"]);
        assert_eq!(found("'We won't go': rebels"), ["We won't go"]);
        assert_eq!(found("the militias’ men in the ’90s"), Vec::<&str>::new());
    }

    #[test]
    fn an_open_quotation_runs_to_the_end_of_its_line() {
        assert_eq!(found("“First.\n“Second.”"), ["First.", "Second."]);
        assert!(quotations("“First.\n")[0].open);
    }

    fn form_of(text: &str, content: &str) -> Quote {
        let start = text.find(content).expect("content");
        let content = std::iter::once(start..start + content.len()).collect::<Vec<_>>();
        form(text, &content, &quotations(text))
    }

    #[test]
    fn the_form_counts_words_in_marks_of_their_own() {
        assert_eq!(
            form_of("He said that “it is over.”", "that “it is over.”"),
            Quote::Direct
        );
        assert_eq!(
            form_of("He called it “over” at last", "it “over” at last"),
            Quote::Mixed
        );
        assert_eq!(form_of("He said it is over", "it is over"), Quote::Indirect);
        assert_eq!(
            form_of("“She says it is over,” he said", "it is over"),
            Quote::Indirect
        );
    }

    #[test]
    fn edges_take_their_marks_along() {
        let text = "“It failed,” he said.";
        let at = text.find("It").expect("word");
        assert_eq!(
            &text[with_marks(text, &(at..at + 9), &quotations(text))],
            "“It failed,”"
        );
    }
}
