//! A reading file with its rows sorted anew.

use std::fmt::Write as _;
use std::ops::Range;

use super::compare::Entry;
use super::parse::{self, CueMarks, Expected, LEFT_OUT, Marks, NEXT_PIECE, Row, Section};

/// From this many words on a piece is shortened.
const LONG: usize = 10;

/// The file as it should be: the truth (Right and Missed) is kept word for word and
/// sorted by whether the reader gives it; what it gives besides is written under Wrong.
pub fn file(
    text: &str,
    old: &Expected,
    given: &[Entry],
    pairs: &[Option<usize>],
) -> Result<String, String> {
    let truth = |index: &usize| old.rows[*index].0 != Section::Wrong;
    let found = |index: usize| pairs.contains(&Some(index));
    let mut order: Vec<usize> = (0..old.rows.len()).filter(truth).collect();
    order.sort_by_key(|&i| place(&old.rows[i].1.marks));
    let rows_of = |wanted: bool| {
        order
            .iter()
            .filter(move |&&i| found(i) == wanted)
            .map(|&i| line(&old.rows[i].1))
    };
    let (right, missed): (Vec<String>, Vec<String>) =
        (rows_of(true).collect(), rows_of(false).collect());
    let wrong = wrong(text, old, given, pairs)?;
    let mut out = old.head.clone();
    for (section, rows) in [
        (Section::Right, right),
        (Section::Missed, missed),
        (Section::Wrong, wrong),
    ] {
        let _ = writeln!(out, "{}", section.heading());
        if !rows.is_empty() {
            out.push_str(
                "\n| id | within | who | how | what | quote |\n|---|---|---|---|---|---|\n",
            );
            out.extend(rows);
        }
        out.push('\n');
    }
    out.push_str(&old.note);
    Ok(format!("{}\n", out.trim_end()))
}

/// The lines for what the reader gives and the truth does not hold.
fn wrong(
    text: &str,
    old: &Expected,
    given: &[Entry],
    pairs: &[Option<usize>],
) -> Result<Vec<String>, String> {
    let ids = ids(old, pairs);
    let flat = parse::flat(text);
    let is_wrong = |i: &usize| pairs[*i].is_none_or(|row| old.rows[row].0 == Section::Wrong);
    let row = |i: usize| {
        Ok(line(&Row {
            id: ids[i].clone(),
            within: given[i].within.map(|w| ids[w].clone()),
            cells: cells(&flat, &given[i].marks)?,
            marks: given[i].marks.clone(),
        }))
    };
    (0..given.len()).filter(is_wrong).map(row).collect()
}

/// What each given entry is called: as in the truth, else by the numbers after the truth's last.
fn ids(old: &Expected, pairs: &[Option<usize>]) -> Vec<String> {
    let truth = |(section, row)| (section != Section::Wrong).then_some(row);
    let true_row = |index: usize| truth((old.rows[index].0, &old.rows[index].1));
    let number = |row: &Row| row.id.trim_start_matches('a').parse().unwrap_or(0);
    let mut last: usize = (0..old.rows.len())
        .filter_map(true_row)
        .map(number)
        .max()
        .unwrap_or(0);
    let id = |pair: &Option<usize>| {
        if let Some(row) = pair.and_then(true_row) {
            return row.id.clone();
        }
        last += 1;
        format!("a{last}")
    };
    pairs.iter().map(id).collect()
}

/// Where a row stands: at its cue, without one at its content.
fn place(marks: &Marks) -> (usize, bool) {
    let start = marks
        .cue
        .as_ref()
        .map(|c| c.phrase.start)
        .or_else(|| marks.content.first().map(|c| c.start));
    (start.unwrap_or(0), marks.cue.is_none())
}

fn line(row: &Row) -> String {
    let within = row.within.as_deref().unwrap_or_default();
    let cells = [&row.id, within]
        .into_iter()
        .chain(row.cells.iter().map(String::as_str));
    let cells = cells.map(|c| {
        if c.is_empty() {
            " ".to_owned()
        } else {
            format!(" {} ", c.replace('|', "\\|"))
        }
    });
    format!("|{}|\n", cells.collect::<Vec<_>>().join("|"))
}

/// The four cells that point to these marks.
pub fn cells(flat: &str, marks: &Marks) -> Result<[String; 4], String> {
    let pieces = |ranges: &[Range<usize>]| {
        let pieces: Result<Vec<String>, String> = ranges.iter().map(|r| piece(flat, r)).collect();
        pieces.map(|p| p.join(NEXT_PIECE))
    };
    let how = marks
        .cue
        .as_ref()
        .map(|c| cue(flat, c))
        .transpose()?
        .unwrap_or_default();
    Ok([
        pieces(&marks.source)?,
        how,
        pieces(&marks.content)?,
        marks.quote.as_str().to_owned(),
    ])
}

/// The shortest way to name a place that leads back to it.
fn piece(flat: &str, range: &Range<usize>) -> Result<String, String> {
    let whole = &flat[range.clone()];
    let words: Vec<&str> = whole.split(' ').collect();
    let sizes = (3..words.len() / 2)
        .map(|last| (last + 1, last))
        .filter(|_| words.len() >= LONG);
    let shortened = sizes.map(|(first, last)| {
        let (head, tail) = (
            words[..first].join(" "),
            words[words.len() - last..].join(" "),
        );
        numbered(flat, &head, range.start, |number| {
            format!("{head}{LEFT_OUT}{tail}{number}")
        })
    });
    let plain = numbered(flat, whole, range.start, |number| {
        format!("{whole}{number}")
    });
    let leads_back =
        |cell: &String| parse::pieces(cell, flat).is_ok_and(|found| found == [range.clone()]);
    shortened
        .chain([plain])
        .find(leads_back)
        .ok_or_else(|| format!("no way to write `{whole}` as a cell"))
}

fn cue(flat: &str, marks: &CueMarks) -> Result<String, String> {
    let mut bold = String::new();
    let mut at = marks.phrase.start;
    for words in &marks.words {
        let _ = write!(
            bold,
            "{}**{}**",
            &flat[at..words.start],
            &flat[words.clone()]
        );
        at = words.end;
    }
    bold.push_str(&flat[at..marks.phrase.end]);
    let cell = numbered(
        flat,
        &flat[marks.phrase.clone()],
        marks.phrase.start,
        |number| format!("{bold}{number}"),
    );
    match parse::cue(&cell, flat) {
        Ok(Some(found)) if found == *marks => Ok(cell),
        _ => Err(format!("no way to write `{bold}` as a cell")),
    }
}

/// A cell with the number of the occurrence that begins at `start`, where it is not the first.
fn numbered(flat: &str, words: &str, start: usize, cell: impl Fn(&str) -> String) -> String {
    match parse::starts(words, flat).position(|at| at == start) {
        Some(0) | None => cell(""),
        Some(before) => cell(&format!("⟨{}⟩", before + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_reading::QuoteForm;

    const TEXT: &str =
        "She said | he said that he had left the house before the others came.\nHe said so.";

    /// The file with these rows under Right.
    fn reading(rows: &str) -> String {
        let table = "| id | within | who | how | what | quote |\n|---|---|---|---|---|---|";
        format!("# Title\n\n## Right\n\n{table}\n{rows}\n## Missed\n\n## Wrong\n")
    }

    #[test]
    fn a_file_that_the_reader_agrees_with_is_written_as_it_was() {
        let rows = "| a1 | | he | **said**⟨2⟩ | that he had left [..] others came. | indirect |\n\
                    | a2 | a1 | said \\| he | **said** so | so. ⟨…⟩ He | mixed |\n";
        let old = parse::expected(&reading(rows), TEXT).expect("a reading");
        let given = super::super::compare::expected(&old.rows);
        let pairs = super::super::compare::pair(TEXT, &old.rows, &given);
        assert_eq!(pairs, [Some(0), Some(1)]);
        assert_eq!(file(TEXT, &old, &given, &pairs), Ok(reading(rows)));
    }

    #[test]
    fn cells_number_and_shorten_what_they_name() {
        let flat = parse::flat(TEXT);
        let at = |words: &str| flat.rfind(words).map_or(0..0, |at| at..at + words.len());
        let phrase = at("said so");
        let marks = Marks {
            source: vec![at("He")],
            cue: Some(CueMarks {
                words: vec![phrase.start..phrase.start + 4, phrase.start + 5..phrase.end],
                phrase,
            }),
            content: vec![at("that he had left the house before the others came.")],
            quote: QuoteForm::Indirect,
        };
        let expected = [
            "He",
            "**said** **so**",
            "that he had left [..] the others came.",
            "indirect",
        ];
        assert_eq!(cells(&flat, &marks), Ok(expected.map(str::to_owned)));
    }

    #[test]
    fn broken_rows_are_told_with_their_line() {
        for (row, what) in [
            (
                "| a1 | | he | **said** | words | indirect |",
                "line 7: a1, what: the text has no 1. `words`",
            ),
            (
                "| a1 | | he | said | so | indirect |",
                "line 7: a1, how: `said` has no words in **bold**",
            ),
            (
                "| a1 | | he | **said** | so |",
                "line 7: 5 cells instead of 6",
            ),
            (
                "| a1 | a1 | he | **said** | so | indirect |",
                "a1: there is no other row a1",
            ),
            (
                "| a1 | | he | **said** | so | plain |",
                "line 7: a1, quote: `plain` is not direct, mixed or indirect",
            ),
        ] {
            let error = parse::expected(&reading(row), TEXT)
                .map(|_| ())
                .expect_err(row);
            assert_eq!(error, what);
        }
    }
}
