//! The table for people: who · how · what, wrapped to the width there is.

mod account;
mod events;

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use sayso_reading::{Act, Certainty, Reading, SourceKind};
use textwrap::{Options, wrap};
use unicode_width::UnicodeWidthStr;

use super::glyphs::Glyphs;
use super::labels;
use super::rows::{NO_SOURCE, Row, rows};

/// Columns a terminal needs for three columns of words; below, the content stands under the source.
const THREE_COLUMNS: usize = 72;
/// Lines longer than this tire the eye.
const WIDEST: usize = 124;
/// Narrower than this, words would be cut to pieces.
const NARROWEST: usize = 24;
const MARGIN: usize = 2;
const BETWEEN: usize = 2;
/// Nested rows move in by this much a step, up to [`DEEPEST`] steps.
const STEP: usize = 2;
const DEEPEST: usize = 4;

/// Said where nothing introduces a content.
const NO_CUE: &str = "no cue";
/// Framed words: they are seen without colour too.
const UNNAMED: &str = "[unnamed]";
const NOT_SAID: &str = "[not said]";

const TITLE: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
const WHO: Style = Style::new().bold();
const HOW: Style = AnsiColor::Cyan.on_default();
const PLAIN: Style = Style::new();

/// How the table is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns of the terminal.
    pub width: usize,
    /// The signs that it can show.
    pub glyphs: Glyphs,
}

/// How much is told of when, where and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// The first lines of each, and how many there are more.
    #[default]
    Short,
    /// Every line.
    Whole,
    /// Events alone, each with all that is told of it, instead of attributions.
    Events,
}

/// A line of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    style: Style,
    words: String,
}

/// Writes a document's heading, its attributions, and when, where and how many, with styles as
/// escape sequences.
///
/// # Errors
/// What the writer says.
pub fn write(
    out: &mut impl Write,
    reading: &Reading,
    look: Look,
    extent: Extent,
) -> io::Result<()> {
    let width = look.width.clamp(NARROWEST, WIDEST);
    heading(out, reading, look, width)?;
    if extent == Extent::Events {
        events::write(out, reading, look.glyphs, width)?;
        return writeln!(out);
    }
    let rows = rows(reading);
    if rows.is_empty() {
        let indent = " ".repeat(MARGIN);
        writeln!(
            out,
            "{indent}{QUIET}nobody is said to have said anything{QUIET:#}"
        )?;
    }
    for (index, row) in rows.iter().enumerate() {
        if index > 0 && row.depth == 0 {
            writeln!(out)?;
        }
        if width >= THREE_COLUMNS {
            side_by_side(out, row, look.glyphs, width)?;
        } else {
            stacked(out, row, look.glyphs, width)?;
        }
    }
    account::write(out, reading, (look.glyphs, width), extent)?;
    writeln!(out)
}

fn heading(out: &mut impl Write, reading: &Reading, look: Look, width: usize) -> io::Result<()> {
    for line in wrap(&labels::title(&reading.document), width) {
        writeln!(out, "{TITLE}{line}{TITLE:#}")?;
    }
    let details = labels::details(&reading.document);
    let details = details.join(&format!(" {} ", look.glyphs.dot));
    for line in wrap(&details, width).iter().filter(|line| !line.is_empty()) {
        writeln!(out, "{QUIET}{line}{QUIET:#}")?;
    }
    writeln!(out)
}

/// Cells side by side, each with the room it has, behind blanks that are owed already; none are
/// written at the end of a line.
fn row_of(
    out: &mut impl Write,
    mut blanks: usize,
    index: usize,
    cells: &[(&[Line], usize)],
) -> io::Result<()> {
    for (cell, room) in cells {
        let mut used = 0;
        if let Some(Line { style, words }) = cell.get(index) {
            write!(out, "{:blanks$}{style}{words}{style:#}", "")?;
            used = words.width();
            blanks = 0;
        }
        blanks += room.saturating_sub(used) + BETWEEN;
    }
    writeln!(out)
}

/// Three columns of words without lines between them.
fn side_by_side(out: &mut impl Write, row: &Row, glyphs: Glyphs, width: usize) -> io::Result<()> {
    let who_width = (width * 30 / 100).clamp(22, 36);
    let how_width = (width * 16 / 100).clamp(14, 20);
    let what_width = width - MARGIN - who_width - how_width - 2 * BETWEEN;
    let who = who(row, glyphs, who_width);
    let how = how(row, how_width);
    let what = lines(PLAIN, &row.what, what_width);
    for index in 0..who.len().max(how.len()).max(what.len()) {
        let cells: [(&[Line], usize); 3] =
            [(&who, who_width), (&how, how_width), (&what, what_width)];
        row_of(out, MARGIN, index, &cells)?;
    }
    Ok(())
}

/// The source, and under it the cue, and under that the content.
fn stacked(out: &mut impl Write, row: &Row, glyphs: Glyphs, width: usize) -> io::Result<()> {
    let indent = " ".repeat(sign(row, glyphs).width());
    let room = width.saturating_sub(indent.len()).max(NARROWEST / 2);
    for Line { style, words } in who(row, glyphs, width) {
        writeln!(out, "{style}{words}{style:#}")?;
    }
    let cue = row.how.as_deref().unwrap_or(NO_CUE);
    let mut how = format!("{cue} {} {}", glyphs.dot, form(row));
    if row.negated {
        how = format!("{how} {NOT_SAID}");
    }
    for Line { style, words } in [lines(HOW, &how, room), lines(PLAIN, &row.what, room)].concat() {
        writeln!(out, "{indent}{style}{words}{style:#}")?;
    }
    Ok(())
}

/// What stands before a source: how deep it is nested, and what kind it is.
fn sign(row: &Row, glyphs: Glyphs) -> String {
    let mut sign = String::new();
    if let Some(steps) = row.depth.min(DEEPEST).checked_sub(1) {
        sign.push_str(&" ".repeat(steps * STEP));
        sign.push_str(glyphs.nested);
        sign.push(' ');
    }
    let unstated = row.who.is_none().then_some(SourceKind::Unstated);
    if let Some(kind) = unstated.or(row.kind) {
        sign.push_str(glyphs.kind(kind));
        sign.push(' ');
    }
    sign
}

/// The source with its sign, its kind, what the text calls it, and the hops up to it.
fn who(row: &Row, glyphs: Glyphs, width: usize) -> Vec<Line> {
    let first = sign(row, glyphs);
    let rest = " ".repeat(first.width());
    let (style, mut name) = match &row.who {
        Some(name) => (WHO, name.clone()),
        None => (QUIET, NO_SOURCE.to_owned()),
    };
    if row.doubtful {
        name.push_str(" ?");
    }
    let mut cell = hanging(style, &name, width, &first, &rest);
    if row.unnamed {
        cell.extend(hanging(PLAIN, UNNAMED, width, &rest, &rest));
    }
    let kind = row.kind.filter(|kind| {
        let said = matches!(kind, SourceKind::Anonymous | SourceKind::Unstated);
        !said && row.who.is_some()
    });
    let named_as = row.named_as.as_ref().map(|words| format!("({words})"));
    let kind = kind.map(|kind| kind.to_string());
    let about: Vec<_> = kind.into_iter().chain(named_as).collect();
    if !about.is_empty() {
        cell.extend(hanging(QUIET, &about.join(" "), width, &rest, &rest));
    }
    if !row.chain.is_empty() {
        let mut chain = row.chain.join(&format!(" {} ", glyphs.arrow));
        if row.chain.len() == 1 {
            // what the source's words point back to
            chain = format!("{} {chain}", glyphs.arrow);
        }
        cell.extend(hanging(PLAIN, &chain, width, &rest, &rest));
    }
    cell
}

/// The cue, under it the form of the quotation, and what is unusual.
fn how(row: &Row, width: usize) -> Vec<Line> {
    let mut cell = match &row.how {
        Some(words) => lines(HOW, words, width),
        None => lines(QUIET, NO_CUE, width),
    };
    cell.extend(lines(QUIET, &form(row), width));
    if row.negated {
        cell.extend(lines(WHO, NOT_SAID, width));
    }
    cell
}

/// The form of the quotation, the act where it is more than saying, the certainty where there
/// is less than all of it.
fn form(row: &Row) -> String {
    let act = row.act.filter(|act| *act != Act::Say);
    let act = act.map(|act| act.as_str().replace('_', " "));
    let sure = row.certainty.filter(|sure| *sure != Certainty::Certain);
    let words = [
        Some(row.quote.to_string()),
        act,
        sure.map(|sure| sure.to_string()),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn lines(style: Style, words: &str, width: usize) -> Vec<Line> {
    hanging(style, words, width, "", "")
}

/// Words wrapped to a width, with one indent for the first line and one for the rest.
fn hanging(style: Style, words: &str, width: usize, first: &str, rest: &str) -> Vec<Line> {
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest);
    let wrapped = wrap(words, options).into_iter();
    wrapped
        .map(|line| Line {
            style,
            words: line.into_owned(),
        })
        .collect()
}
