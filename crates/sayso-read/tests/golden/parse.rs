//! Readings as `golden/README.md` describes them: rows of a Markdown table whose cells
//! quote the text. This module turns cells into places of the text.

use std::ops::Range;

use sayso_reading::QuoteForm;

use super::mistakes;
use super::who::{self, Who};

/// Between the pieces of one source or content.
pub const NEXT_PIECE: &str = " ⟨…⟩ ";
/// For words left out of a long piece.
pub const LEFT_OUT: &str = " [..] ";

/// The places that a row's cells mark; bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks {
    pub source: Vec<Range<usize>>,
    pub cue: Option<CueMarks>,
    pub content: Vec<Range<usize>>,
    pub quote: QuoteForm,
}

impl Marks {
    /// Where a row stands: at its cue, without one at its content.
    pub fn place(&self) -> (usize, bool) {
        let cue = self.cue.as_ref().map(|c| c.phrase.start);
        let start = cue.or_else(|| self.content.first().map(|c| c.start));
        (start.unwrap_or(0), self.cue.is_none())
    }
}

/// The verb group and the words in it that carry the act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CueMarks {
    pub phrase: Range<usize>,
    pub words: Vec<Range<usize>>,
}

/// One line of a table.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: String,
    pub within: Option<String>,
    /// who, how, what and quote as they stand in the file.
    pub cells: [String; 4],
    pub marks: Marks,
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Right,
    Missed,
    Wrong,
}

impl Section {
    pub const ALL: [Self; 3] = [Self::Right, Self::Missed, Self::Wrong];

    pub const fn heading(self) -> &'static str {
        match self {
            Self::Right => "## Right",
            Self::Missed => "## Missed",
            Self::Wrong => "## Wrong",
        }
    }
}

/// A reading file.
#[derive(Debug)]
pub struct Expected {
    /// All before the first section.
    pub head: String,
    pub rows: Vec<(Section, Row)>,
    /// For every row of the truth, or empty.
    pub who: Vec<Who>,
    /// The lines under "Known mistakes".
    pub mistakes: Vec<String>,
    /// From "## Note" on; empty where there is none.
    pub note: String,
}

/// Whether the parts that are written by program must be sound too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// All is read.
    Whole,
    /// Only the truth is read, since the rest is to be written anew: what stands under Wrong
    /// and Known mistakes counts for nothing, nor do the marks of a merge, and a row that
    /// stands twice in the same words counts once.
    Truth,
}

/// The part of a file that a line stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Rows(Section),
    Who,
    Mistakes,
    Note,
}

/// The part that a heading begins.
fn part(line: &str) -> Option<Part> {
    let section = Section::ALL.into_iter().find(|s| s.heading() == line);
    match line {
        who::HEADING => Some(Part::Who),
        mistakes::HEADING => Some(Part::Mistakes),
        "## Note" => Some(Part::Note),
        _ => section.map(Part::Rows),
    }
}

/// Reads a reading file of this text.
pub fn expected(markdown: &str, text: &str, care: Care) -> Result<Expected, String> {
    let flat = flat(text);
    let mut out = Expected {
        head: String::new(),
        rows: Vec::new(),
        who: Vec::new(),
        mistakes: Vec::new(),
        note: String::new(),
    };
    let whole = care == Care::Whole;
    let (mut at, mut seen) = (Part::Head, Vec::new());
    for (number, line) in (1..).zip(markdown.lines()) {
        let wrong = |e: String| format!("line {number}: {e}");
        if !whole && is_merge_mark(line) {
            continue;
        }
        if let Some(part) = part(line.trim_end()) {
            if let Part::Rows(section) = part {
                seen.push(section);
            }
            at = part;
            if part != Part::Note {
                continue;
            }
        }
        match at {
            Part::Head => out.head.extend([line, "\n"]),
            Part::Note => out.note.extend([line, "\n"]),
            Part::Rows(Section::Wrong) | Part::Mistakes if !whole => {}
            Part::Rows(section) => {
                let row = row(line, &flat).map_err(wrong)?;
                out.rows.extend(row.map(|row| (section, row)));
            }
            Part::Who => out.who.extend(who::row(line, &flat).map_err(wrong)?),
            Part::Mistakes if line.trim().is_empty() => {}
            Part::Mistakes => out.mistakes.push(line.trim_end().to_owned()),
        }
    }
    if !whole {
        once(&mut out.rows, |(_, a), (_, b)| {
            (&a.id, &a.within, &a.cells) == (&b.id, &b.within, &b.cells)
        });
        once(&mut out.who, |a, b| (&a.id, &a.cells) == (&b.id, &b.cells));
    } else if seen != Section::ALL {
        return Err("the headings must be Right, Missed and Wrong, in this order".to_owned());
    }
    check_ids(&out.rows)?;
    check_who(&out)?;
    Ok(out)
}

fn is_merge_mark(line: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]
        .iter()
        .any(|mark| line.starts_with(mark))
}

/// Keeps the first of those that are the same.
fn once<T>(all: &mut Vec<T>, same: impl Fn(&T, &T) -> bool) {
    let mut index = 0;
    while index < all.len() {
        let (before, rest) = all.split_at(index);
        if before.iter().any(|other| same(other, &rest[0])) {
            all.remove(index);
        } else {
            index += 1;
        }
    }
}

/// The second table holds each row of the truth once, or there is none.
fn check_who(expected: &Expected) -> Result<(), String> {
    let truth = expected
        .rows
        .iter()
        .filter(|(section, _)| *section != Section::Wrong);
    let truth: Vec<&String> = truth.map(|(_, row)| &row.id).collect();
    let heading = who::HEADING.trim_start_matches("## ");
    for (index, who) in expected.who.iter().enumerate() {
        if !truth.contains(&&who.id) {
            return Err(format!("{heading}: the truth has no row {}", who.id));
        }
        if expected.who[..index].iter().any(|other| other.id == who.id) {
            return Err(format!("{heading}: two rows are called {}", who.id));
        }
    }
    let lacks = |id: &&&String| !expected.who.iter().any(|who| who.id == ***id);
    match truth.iter().find(lacks) {
        Some(id) if !expected.who.is_empty() => Err(format!("{heading}: there is no row {id}")),
        _ => Ok(()),
    }
}

/// The text with each line break as one space, at the same offsets.
pub fn flat(text: &str) -> String {
    text.replace('\n', " ")
}

fn check_ids(rows: &[(Section, Row)]) -> Result<(), String> {
    for (index, (_, row)) in rows.iter().enumerate() {
        if rows[..index].iter().any(|(_, other)| other.id == row.id) {
            return Err(format!("two rows are called {}", row.id));
        }
        if let Some(within) = &row.within
            && (*within == row.id || !rows.iter().any(|(_, other)| other.id == *within))
        {
            return Err(format!("{}: there is no other row {within}", row.id));
        }
    }
    Ok(())
}

/// A table line's row; nothing for blank lines and the table's head.
fn row(line: &str, flat: &str) -> Result<Option<Row>, String> {
    if is_table_head(line) {
        return Ok(None);
    }
    let [id, within, who, how, what, quote] = cells(line.trim())?;
    let at = |cell: &str, e: String| format!("{id}, {cell}: {e}");
    let marks = Marks {
        source: pieces(&who, flat).map_err(|e| at("who", e))?,
        cue: cue(&how, flat).map_err(|e| at("how", e))?,
        content: pieces(&what, flat).map_err(|e| at("what", e))?,
        quote: form(&quote).ok_or_else(|| {
            at(
                "quote",
                format!("`{quote}` is not direct, mixed or indirect"),
            )
        })?,
    };
    let within = (!within.is_empty()).then_some(within);
    Ok(Some(Row {
        id,
        within,
        cells: [who, how, what, quote],
        marks,
    }))
}

/// Whether a line of a table holds no row: blank, or the table's head.
pub fn is_table_head(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with("| id |") || line.starts_with("|---")
}

/// The cells of a row.
pub fn cells<const N: usize>(line: &str) -> Result<[String; N], String> {
    let inner = line.strip_prefix('|').and_then(|l| l.strip_suffix('|'));
    let inner = inner.ok_or("neither a row, a heading nor a blank line")?;
    let mut cells = vec![String::new()];
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, cells.last_mut()) {
            ('\\', Some(cell)) if chars.next_if_eq(&'|').is_some() => cell.push('|'),
            ('|', _) => cells.push(String::new()),
            (c, Some(cell)) => cell.push(c),
            (_, None) => {}
        }
    }
    let trim = |c: &String| c.trim_matches([' ', '\t']).to_owned();
    let cells: Vec<String> = cells.iter().map(trim).collect();
    cells
        .try_into()
        .map_err(|c: Vec<_>| format!("{} cells instead of {N}", c.len()))
}

fn form(word: &str) -> Option<QuoteForm> {
    QuoteForm::ALL
        .iter()
        .copied()
        .find(|form| form.as_str() == word)
}

/// The places of a cell of one or more pieces.
pub fn pieces(cell: &str, flat: &str) -> Result<Vec<Range<usize>>, String> {
    if cell.is_empty() {
        return Ok(Vec::new());
    }
    cell.split(NEXT_PIECE)
        .map(|piece| place(piece, flat))
        .collect()
}

/// The place of a piece: its words, perhaps shortened, perhaps numbered.
fn place(piece: &str, flat: &str) -> Result<Range<usize>, String> {
    let (words, count) = numbered(piece)?;
    let Some((first, last)) = words.split_once(LEFT_OUT) else {
        return occurrence(words, count, flat);
    };
    let begin = occurrence(first, count, flat)?;
    let end = flat[begin.end..]
        .find(last)
        .ok_or_else(|| format!("`{last}` does not follow `{first}`"))?;
    Ok(begin.start..begin.end + end + last.len())
}

/// Words and the number behind them, 1 where there is none.
fn numbered(words: &str) -> Result<(&str, usize), String> {
    let number = words.strip_suffix('⟩').and_then(|w| w.rsplit_once('⟨'));
    let Some((words, digits)) = number else {
        return Ok((words, 1));
    };
    match digits.parse() {
        Ok(count @ 1..) => Ok((words, count)),
        _ => Err(format!("`{digits}` is not the number of an occurrence")),
    }
}

fn occurrence(words: &str, count: usize, flat: &str) -> Result<Range<usize>, String> {
    let found = starts(words, flat).nth(count - 1);
    let start = found.ok_or_else(|| format!("the text has no {count}. `{words}`"))?;
    Ok(start..start + words.len())
}

/// Where words begin in the text, overlapping places too.
pub fn starts<'a>(words: &'a str, flat: &'a str) -> impl Iterator<Item = usize> + 'a {
    let places = flat.char_indices().map(|(at, _)| at);
    places.filter(move |&at| !words.is_empty() && flat[at..].starts_with(words))
}

/// The places of a cell whose act stands in bold.
pub fn cue(cell: &str, flat: &str) -> Result<Option<CueMarks>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let (cell, count) = numbered(cell)?;
    let phrase = occurrence(&cell.replace("**", ""), count, flat)?;
    let mut words = Vec::new();
    let mut at = phrase.start;
    for (index, part) in cell.split("**").enumerate() {
        if index % 2 == 1 {
            words.push(at..at + part.len());
        }
        at += part.len();
    }
    if words.is_empty() || cell.matches("**").count() % 2 == 1 {
        return Err(format!("`{cell}` has no words in **bold**"));
    }
    Ok(Some(CueMarks { phrase, words }))
}
