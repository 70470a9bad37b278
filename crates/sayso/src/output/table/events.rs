//! What is told to have happened: the act, who and to whom, where and when and how many.

use std::io::{self, Write};

use sayso_reading::{Reading, Realis};
use unicode_width::UnicodeWidthStr;

use super::{BETWEEN, Line, MARGIN, PLAIN, QUIET, THREE_COLUMNS, WHO, hanging, lines, row_of};
use crate::output::account::{Told, realis_tag};
use crate::output::glyphs::Glyphs;

/// Writes a row for each event, in text order.
pub(super) fn write(
    out: &mut impl Write,
    reading: &Reading,
    glyphs: Glyphs,
    width: usize,
) -> io::Result<()> {
    if reading.events.is_empty() {
        writeln!(
            out,
            "{:MARGIN$}{QUIET}nothing is told to have happened{QUIET:#}",
            ""
        )?;
    }
    for event in &reading.events {
        let told = Told::new(reading, event, glyphs);
        if width >= THREE_COLUMNS {
            side_by_side(out, &told, glyphs, width)?;
        } else {
            stacked(out, &told, glyphs, width)?;
        }
    }
    Ok(())
}

fn side_by_side(out: &mut impl Write, told: &Told, glyphs: Glyphs, width: usize) -> io::Result<()> {
    let act_width = (width * 26 / 100).clamp(20, 30);
    let who_width = (width * 36 / 100).clamp(24, 44);
    let rest_width = width - MARGIN - act_width - who_width - 2 * BETWEEN;
    let (act, who, rest) = (
        act(told, act_width),
        who(told, glyphs, who_width),
        circumstances(told, rest_width),
    );
    for index in 0..act.len().max(who.len()).max(rest.len()) {
        let cells: [(&[Line], usize); 3] =
            [(&act, act_width), (&who, who_width), (&rest, rest_width)];
        row_of(out, MARGIN, index, &cells)?;
    }
    Ok(())
}

fn stacked(out: &mut impl Write, told: &Told, glyphs: Glyphs, width: usize) -> io::Result<()> {
    for Line { style, words } in act(told, width) {
        writeln!(out, "{style}{words}{style:#}")?;
    }
    let room = width - MARGIN;
    for Line { style, words } in [who(told, glyphs, room), circumstances(told, room)].concat() {
        writeln!(out, "{:MARGIN$}{style}{words}{style:#}", "")?;
    }
    Ok(())
}

/// The trigger, under it type and mode, and the realis where it is not simply told as happened.
fn act(told: &Told, width: usize) -> Vec<Line> {
    let doubt = if told.doubtful { " ?" } else { "" };
    let mut cell = lines(WHO, &format!("{}{doubt}", told.trigger), width);
    cell.extend(lines(QUIET, &told.kind, width));
    if told.realis != Realis::Actual {
        let tag = realis_tag(told.realis).to_uppercase();
        cell.extend(lines(PLAIN, &format!("[{tag}]"), width));
    }
    cell
}

/// Who, and to whom.
fn who(told: &Told, glyphs: Glyphs, width: usize) -> Vec<Line> {
    let mut cell: Vec<Line> = Vec::new();
    for name in &told.actor {
        cell.extend(lines(PLAIN, name, width));
    }
    let first = format!("{} ", glyphs.to);
    let rest = " ".repeat(first.width());
    for name in &told.recipient {
        cell.extend(hanging(PLAIN, name, width, &first, &rest));
    }
    cell
}

/// Where, when, how many, who answers for it, in whose words.
fn circumstances(told: &Told, width: usize) -> Vec<Line> {
    let mut cell: Vec<Line> = Vec::new();
    for words in told
        .place
        .iter()
        .chain(&told.time)
        .chain(&told.figures)
        .chain(&told.responsibility)
    {
        cell.extend(lines(PLAIN, words, width));
    }
    if let Some(whose) = &told.whose {
        cell.extend(lines(QUIET, whose, width));
    }
    cell
}
