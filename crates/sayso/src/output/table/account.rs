//! What, when, where, how many: a short account under the attributions.

use std::io::{self, Write};

use anstyle::Style;
use sayso_reading::Reading;
use textwrap::{Options, WordSeparator, WordSplitter, wrap};
use unicode_width::UnicodeWidthStr;

use super::{BETWEEN, Extent, Line, MARGIN, PLAIN, QUIET, THREE_COLUMNS, TITLE, row_of};
use crate::output::account::{self, Group, Question, account};
use crate::output::glyphs::Glyphs;
use crate::output::labels::grouped;

/// Lines of a group in the short form, the one that counts the rest included.
const SHORT: usize = 12;
/// A blank at which no line is broken.
const STAY: char = '\u{a0}';
/// Columns for the questions.
const QUESTION: usize = Question::LONGEST + BETWEEN;

/// Writes the groups that have lines, each behind an empty line.
pub(super) fn write(
    out: &mut impl Write,
    reading: &Reading,
    (glyphs, width): (Glyphs, usize),
    extent: Extent,
) -> io::Result<()> {
    for group in account(reading, glyphs) {
        writeln!(out)?;
        let all = group.lines.len();
        let shown = match extent {
            Extent::Short if all > SHORT => SHORT - 1,
            Extent::Short | Extent::Whole | Extent::Events => all,
        };
        let rest = (shown < all).then(|| {
            let more = grouped(all - shown);
            format!("{} and {more} more: --facts shows them", glyphs.more)
        });
        if width >= THREE_COLUMNS {
            side_by_side(out, &group, shown, rest.as_deref(), (glyphs, width))?;
        } else {
            stacked(out, &group, shown, rest.as_deref(), (glyphs, width))?;
        }
    }
    Ok(())
}

/// The question, the names, and what they come to, in three columns.
fn side_by_side(
    out: &mut impl Write,
    group: &Group,
    shown: usize,
    rest: Option<&str>,
    (glyphs, width): (Glyphs, usize),
) -> io::Result<()> {
    let name_width = (width * 32 / 100).clamp(22, 40);
    let value_width = width - MARGIN - QUESTION - name_width - BETWEEN;
    let mut question = group.question.as_str();
    for line in group.lines.iter().take(shown) {
        let name = wrapped(PLAIN, &name(line), name_width, ["", " "]);
        let value = wrapped(QUIET, &value(line, glyphs), value_width, [""; 2]);
        for index in 0..name.len().max(value.len()) {
            write!(out, "{:MARGIN$}{TITLE}{question}{TITLE:#}", "")?;
            let blanks = QUESTION - question.width();
            question = "";
            let cells: [(&[Line], usize); 2] = [(&name, name_width), (&value, value_width)];
            row_of(out, blanks, index, &cells)?;
        }
    }
    if let Some(rest) = rest {
        let indent = MARGIN + QUESTION;
        writeln!(out, "{:indent$}{QUIET}{rest}{QUIET:#}", "")?;
    }
    Ok(())
}

/// The question, and under it the answers.
fn stacked(
    out: &mut impl Write,
    group: &Group,
    shown: usize,
    rest: Option<&str>,
    (glyphs, width): (Glyphs, usize),
) -> io::Result<()> {
    writeln!(out, "{TITLE}{}{TITLE:#}", group.question.as_str())?;
    let told = group.lines.iter().take(shown).flat_map(|line| {
        let words = format!("{}: {}", name(line), value(line, glyphs));
        wrapped(PLAIN, &words, width, ["  ", "    "])
    });
    let rest = rest.map(|rest| wrapped(QUIET, rest, width, ["  ", "    "]));
    for Line { style, words } in told.chain(rest.into_iter().flatten()) {
        writeln!(out, "{style}{words}{style:#}")?;
    }
    Ok(())
}

fn name(line: &account::Line) -> String {
    let doubt = if line.doubtful { " ?" } else { "" };
    format!("{}{doubt}", line.name)
}

fn value(line: &account::Line, glyphs: Glyphs) -> String {
    let parts: Vec<_> = std::iter::once(&line.value).chain(&line.more).collect();
    let parts: Vec<_> = parts.into_iter().map(String::as_str).collect();
    // a dot stays on the line of the word before it
    parts.join(&format!("{STAY}{} ", glyphs.dot))
}

/// Words wrapped to a width, with one indent for the first line and one for the rest. Dates are
/// not broken at their dashes.
fn wrapped(style: Style, words: &str, width: usize, [first, rest]: [&str; 2]) -> Vec<Line> {
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_splitter(WordSplitter::NoHyphenation)
        .word_separator(WordSeparator::AsciiSpace);
    let lines = wrap(words, options).into_iter();
    lines
        .map(|line| Line {
            style,
            words: line.replace(STAY, " "),
        })
        .collect()
}
