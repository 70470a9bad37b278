//! A reading file with its rows sorted anew.

use std::fmt::Write as _;
use std::ops::Range;

use super::compare::Entry;
use super::mistakes;
use super::parse::{self, CueMarks, Expected, LEFT_OUT, Marks, NEXT_PIECE, Row, Section};
use super::who;

/// From this many words on a piece is shortened.
const LONG: usize = 10;

/// The file as it should be: the truth (Right and Missed) is kept word for word and
/// sorted by whether the reader gives it; what it gives besides is written under Wrong,
/// what it says wrongly of a right row under Known mistakes.
pub fn file(
    text: &str,
    old: &Expected,
    given: &[Entry],
    pairs: &[Option<usize>],
    mistakes: &[String],
) -> Result<String, String> {
    let truth = |index: &usize| old.rows[*index].0 != Section::Wrong;
    let found = |index: usize| pairs.contains(&Some(index));
    let mut order: Vec<usize> = (0..old.rows.len()).filter(truth).collect();
    order.sort_by_key(|&i| old.rows[i].1.marks.place());
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
    if !old.who.is_empty() {
        let _ = write!(out, "{}\n\n{}", who::HEADING, who::COLUMNS);
        let row = |&i: &usize| old.who.iter().find(|who| who.id == old.rows[i].1.id);
        out.extend(order.iter().filter_map(row).map(who::line));
        out.push('\n');
    }
    if !mistakes.is_empty() {
        let _ = write!(out, "{}\n\n{}\n\n", mistakes::HEADING, mistakes.join("\n"));
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

fn line(row: &Row) -> String {
    let within = row.within.as_deref().unwrap_or_default();
    let cells = row.cells.iter().map(String::as_str);
    table_line([row.id.as_str(), within].into_iter().chain(cells))
}

/// A line of a table.
pub fn table_line<'c>(cells: impl Iterator<Item = &'c str>) -> String {
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
    let how = marks
        .cue
        .as_ref()
        .map(|c| cue(flat, c))
        .transpose()?
        .unwrap_or_default();
    Ok([
        pieces(flat, &marks.source)?,
        how,
        pieces(flat, &marks.content)?,
        marks.quote.as_str().to_owned(),
    ])
}

fn pieces(flat: &str, ranges: &[Range<usize>]) -> Result<String, String> {
    let pieces: Result<Vec<String>, String> = ranges.iter().map(|r| piece(flat, r)).collect();
    pieces.map(|p| p.join(NEXT_PIECE))
}

/// A cell that points to these places, or just their words where there is no way to write one.
pub fn pieces_or_words(flat: &str, ranges: &[Range<usize>]) -> String {
    pieces(flat, ranges).unwrap_or_else(|_| {
        let words: Vec<&str> = ranges.iter().map(|r| &flat[r.clone()]).collect();
        words.join(NEXT_PIECE)
    })
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
