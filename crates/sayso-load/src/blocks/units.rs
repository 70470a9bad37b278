//! Lines become units: a line, or several that a narrow column broke one paragraph into.

use sayso_reading::BlockKind;

/// What a page says a line of its text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hint {
    /// Where the line starts, in bytes.
    pub start: usize,
    pub kind: BlockKind,
}

/// A stretch of text that has one function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// Where it starts and ends, in bytes.
    pub start: usize,
    pub end: usize,
    /// Units with the same number have no empty line between them.
    pub group: usize,
    pub hint: Option<BlockKind>,
}

impl Unit {
    pub(super) fn text(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// The widest line that a narrow column leaves, in characters.
const COLUMN: usize = 100;
/// The narrowest.
const NARROW: usize = 40;

/// The units of a text, in order; outside them is only white space.
pub(super) fn units(text: &str, hints: &[Hint]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut lines = lines(text, hints).into_iter().peekable();
    while let Some(first) = lines.next() {
        let mut group = vec![first];
        while let Some(line) = lines.next_if(|line| line.group == first.group) {
            group.push(line);
        }
        let wrapped = is_column(text, &group);
        for line in group {
            match units.last_mut() {
                Some(last) if last.group == line.group && continues(text, *last, line, wrapped) => {
                    last.end = line.end;
                }
                _ => units.push(line),
            }
        }
    }
    units
}

/// The lines that are not empty, without white space around them.
fn lines(text: &str, hints: &[Hint]) -> Vec<Unit> {
    let (mut lines, mut start, mut group) = (Vec::new(), 0, 0);
    for line in text.split('\n') {
        let words = line.trim();
        if words.is_empty() {
            group += 1;
        } else {
            let from = start + (line.len() - line.trim_start().len());
            let at = hints.partition_point(|hint| hint.start < from);
            let hint = hints
                .get(at)
                .filter(|hint| hint.start == from)
                .map(|hint| hint.kind);
            lines.push(Unit {
                start: from,
                end: from + words.len(),
                group,
                hint,
            });
        }
        start += line.len() + 1;
    }
    lines
}

/// Whether lines without an empty one between them are one paragraph in a narrow column: all but
/// the last about as wide as the widest, and some break within a sentence.
fn is_column(text: &str, group: &[Unit]) -> bool {
    let Some((_, but_last)) = group.split_last() else {
        return false;
    };
    let width = |unit: &Unit| unit.text(text).chars().count();
    let widest = group.iter().map(width).max().unwrap_or(0);
    let plain = group.iter().all(|unit| unit.hint.is_none());
    plain
        && (NARROW..=COLUMN).contains(&widest)
        && !but_last.is_empty()
        && but_last.iter().all(|unit| width(unit) * 10 >= widest * 6)
        && but_last.iter().any(|unit| !ends_sentence(unit.text(text)))
}

/// Whether a line goes on with what the unit before it began.
fn continues(text: &str, before: Unit, line: Unit, wrapped: bool) -> bool {
    let paragraph = |hint: Option<BlockKind>| matches!(hint, None | Some(BlockKind::Paragraph));
    if !paragraph(before.hint) || !paragraph(line.hint) {
        return false;
    }
    let starts_low = line
        .text(text)
        .trim_start_matches(['“', '"', '‘', '\''])
        .starts_with(|first: char| first.is_lowercase());
    let before = before.text(text);
    let open = !ends_sentence(before) && !before.ends_with([':', ';', '>', '}', '{']);
    wrapped || (starts_low && open)
}

/// Whether the last sign, closing quotes and brackets aside, ends a sentence.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '*', '~', '_', '»'])
        .ends_with(['.', '!', '?', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        units(text, &[])
            .iter()
            .map(|unit| unit.text(text))
            .collect()
    }

    #[test]
    fn each_line_is_a_unit() {
        assert_eq!(words("One.\nTwo.\n\n  Three \n"), ["One.", "Two.", "Three"]);
        assert!(words(" \n\t\n").is_empty());
    }

    #[test]
    fn a_narrow_column_is_one_paragraph() {
        let text = "The harbour master of Elsin said on Monday that the\n\
                    trawler had left without a radio. Her crew of five\n\
                    had not been heard of.\n\nThe search goes on.";
        assert_eq!(words(text).len(), 2);
    }

    #[test]
    fn a_line_broken_within_a_sentence_goes_on() {
        let text = "The council has set its new\nbudget for the year.\nIt met for an hour.";
        assert_eq!(
            words(text),
            [
                "The council has set its new\nbudget for the year.",
                "It met for an hour."
            ]
        );
    }

    #[test]
    fn lists_and_long_lines_stay_apart() {
        assert_eq!(words("He said:\nbread\nmilk").len(), 2);
        let long = "word ".repeat(40);
        assert_eq!(words(&format!("{long}\nNext {long}\nLast.")).len(), 3);
    }

    #[test]
    fn hints_belong_to_their_line() {
        let text = "Title\n\nWords.";
        let hints = [Hint {
            start: 7,
            kind: BlockKind::Caption,
        }];
        let found = units(text, &hints);
        assert_eq!(found[0].hint, None);
        assert_eq!(found[1].hint, Some(BlockKind::Caption));
    }
}
