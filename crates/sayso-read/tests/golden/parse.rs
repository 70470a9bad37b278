//! Readings as `golden/README.md` describes them: rows of a Markdown table whose cells
//! quote the text. This module turns cells into places of the text.

use std::ops::Range;

use sayso_reading::QuoteForm;

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
    /// From "## Note" on; empty where there is none.
    pub note: String,
}

/// Reads a reading file of this text.
pub fn expected(markdown: &str, text: &str) -> Result<Expected, String> {
    let flat = flat(text);
    let mut out = Expected {
        head: String::new(),
        rows: Vec::new(),
        note: String::new(),
    };
    let mut section = None;
    let mut seen = Vec::new();
    for (number, line) in (1..).zip(markdown.lines()) {
        let heading = Section::ALL
            .into_iter()
            .find(|s| s.heading() == line.trim_end());
        if let Some(heading) = heading {
            section = Some(heading);
            seen.push(heading);
        } else if line.starts_with("## Note") || !out.note.is_empty() {
            out.note.push_str(line);
            out.note.push('\n');
        } else if let Some(section) = section {
            if let Some(row) = row(line, &flat).map_err(|e| format!("line {number}: {e}"))? {
                out.rows.push((section, row));
            }
        } else {
            out.head.push_str(line);
            out.head.push('\n');
        }
    }
    if seen != Section::ALL {
        return Err("the headings must be Right, Missed and Wrong, in this order".to_owned());
    }
    check_ids(&out.rows)?;
    Ok(out)
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
    let line = line.trim();
    if line.is_empty() || line.starts_with("| id |") || line.starts_with("|---") {
        return Ok(None);
    }
    let [id, within, who, how, what, quote] = cells(line)?;
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

fn cells(line: &str) -> Result<[String; 6], String> {
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
        .map_err(|c: Vec<_>| format!("{} cells instead of 6", c.len()))
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
