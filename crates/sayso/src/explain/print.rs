//! Explanations for people: the sentence with its words marked, then field by field.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use textwrap::{Options, wrap};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Explanation, FieldWhy, Held, Lines, Part, Role, StepWhy, listed};
use crate::output::glyphs::Glyphs;
use crate::output::labels;
use crate::output::rows::{one_line, rows};
use crate::output::table::Look;
use sayso_reading::Reading;

/// Lines longer than this tire the eye.
const WIDEST: usize = 100;
/// Narrower than this, words would be cut to pieces.
const NARROWEST: usize = 32;
/// Columns of the names of fields.
const FIELD: usize = 11;
const MARGIN: usize = 2;

const TITLE: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
const RULE: Style = AnsiColor::Cyan.on_default();

/// Writes an explanation, with styles as escape sequences.
///
/// # Errors
/// What the writer says.
pub fn write(out: &mut impl Write, why: &Explanation, look: Look) -> io::Result<()> {
    let width = look.width.clamp(NARROWEST, WIDEST);
    let place = why.sentence.place();
    let head = format!("{} {} {}:{place}", why.id, look.glyphs.dot, why.document);
    for line in wrap(&head, width) {
        writeln!(out, "{TITLE}{line}{TITLE:#}")?;
    }
    writeln!(out)?;
    for line in marked(&why.parts, look.glyphs, width - MARGIN) {
        writeln!(out, "{:MARGIN$}{line}", "")?;
    }
    legend(out, &why.parts, look.glyphs)?;
    for field in &why.fields {
        writeln!(out)?;
        self::field(out, field, width)?;
    }
    held(out, &why.holds, (look.glyphs, width))
}

/// The times, places and figures in an attribution's content, with their identifiers.
fn held(out: &mut impl Write, holds: &[Held], (glyphs, width): (Glyphs, usize)) -> io::Result<()> {
    if holds.is_empty() {
        return Ok(());
    }
    let all = holds.iter().map(|held| {
        let words = held.words.short();
        format!("{} {words}", held.id)
    });
    let all: Vec<_> = all.collect();
    let holds = FieldWhy {
        field: "holds",
        value: Some(all.join(&format!(" {} ", glyphs.dot))),
        steps: Vec::new(),
    };
    writeln!(out)?;
    field(out, &holds, width)
}

fn legend(out: &mut impl Write, parts: &[Part], glyphs: Glyphs) -> io::Result<()> {
    let named = [
        Role::Source,
        Role::Cue,
        Role::Content,
        Role::Time,
        Role::Place,
        Role::Figure,
        Role::Counts,
        Role::Trigger,
        Role::Actor,
        Role::Recipient,
    ];
    let here = named
        .into_iter()
        .filter(|role| parts.iter().any(|part| part.role == Some(*role)));
    let signs: Vec<_> = here
        .map(|role| {
            let sign = sign(Some(role), glyphs).to_string().repeat(3);
            format!("{sign} {}", role.as_str())
        })
        .collect();
    writeln!(out, "{:MARGIN$}{QUIET}{}{QUIET:#}", "", signs.join("   "))
}

const fn sign(role: Option<Role>, glyphs: Glyphs) -> char {
    let [solid, dotted, above] = glyphs.under;
    match role {
        Some(Role::Source | Role::Time | Role::Place | Role::Figure | Role::Actor) => solid,
        Some(Role::Cue | Role::Trigger) => dotted,
        Some(Role::Content | Role::Counts | Role::Recipient) => above,
        None => ' ',
    }
}

/// Lines of the sentence, each with its marks under it where it has any.
fn marked(parts: &[Part], glyphs: Glyphs, width: usize) -> Vec<String> {
    let signs = parts.iter().flat_map(|part| {
        let sign = sign(part.role, glyphs);
        part.text.chars().map(move |c| (c, sign))
    });
    let mut out = Vec::new();
    let mut line: Vec<(char, char)> = Vec::new();
    let mut words = signs.peekable();
    while words.peek().is_some() {
        let mut word = Vec::new();
        let mut blank = None;
        for (c, sign) in words.by_ref() {
            if c.is_whitespace() || c.is_control() {
                blank = Some((c, sign));
                break;
            }
            word.push((c, sign));
        }
        if columns(&line) + columns(&word) > width && !line.is_empty() {
            flush(&mut out, &mut line);
        }
        line.append(&mut word);
        match blank {
            Some(('\n', _)) => flush(&mut out, &mut line),
            Some((_, sign)) if !line.is_empty() => line.push((' ', sign)),
            _ => {}
        }
    }
    flush(&mut out, &mut line);
    out
}

fn columns(words: &[(char, char)]) -> usize {
    let widths = words.iter().map(|(c, _)| c.width().unwrap_or_default());
    widths.sum()
}

fn flush(out: &mut Vec<String>, line: &mut Vec<(char, char)>) {
    while line.last().is_some_and(|(c, _)| *c == ' ') {
        line.pop();
    }
    if line.is_empty() {
        return;
    }
    let under: String = line
        .iter()
        .flat_map(|&(c, sign)| std::iter::repeat_n(sign, c.width().unwrap_or_default()))
        .collect();
    out.push(line.drain(..).map(|(c, _)| c).collect());
    let under = under.trim_end();
    if !under.is_empty() {
        out.push(under.to_owned());
    }
}

fn field(out: &mut impl Write, why: &FieldWhy, width: usize) -> io::Result<()> {
    let room = width - FIELD;
    let value = why.value.as_deref().unwrap_or("none");
    let name = why.field;
    for (index, line) in wrap(value, room).iter().enumerate() {
        let name = if index == 0 { name } else { "" };
        writeln!(
            out,
            "{TITLE}{name}{TITLE:#}{:1$}{line}",
            "",
            FIELD - name.len()
        )?;
    }
    for step in &why.steps {
        self::step(out, step, width)?;
    }
    Ok(())
}

fn step(out: &mut impl Write, step: &StepWhy, width: usize) -> io::Result<()> {
    let number = format!("{}. ", step.number);
    let indent = FIELD + number.width();
    let room = width - indent;
    let head = format!("{}: {}", step.rule, one_line(&step.note));
    for (index, line) in wrap(&head, room).iter().enumerate() {
        if index == 0 {
            let (rule, rest) = line.split_at(step.rule.len().min(line.len()));
            writeln!(out, "{:FIELD$}{number}{RULE}{rule}{RULE:#}{rest}", "")?;
        } else {
            writeln!(out, "{:indent$}{line}", "")?;
        }
    }
    for words in &step.words {
        let quoted = format!("“{}” {}", words.short(), words.place());
        let options = Options::new(room).subsequent_indent(" ");
        for line in wrap(&quoted, options) {
            writeln!(out, "{:indent$}{QUIET}{line}{QUIET:#}", "")?;
        }
    }
    Ok(())
}

/// Writes what can be asked of a reading: a line for each attribution, then for each time, place
/// and figure; `name` is how the text is asked for.
///
/// # Errors
/// What the writer says.
pub fn list(out: &mut impl Write, reading: &Reading, name: &str, look: Look) -> io::Result<()> {
    let width = look.width.max(NARROWEST);
    let title = labels::title(&reading.document);
    writeln!(out, "{TITLE}{}{TITLE:#}", cut(&title, width))?;
    let lines = Lines::new(reading.document.text());
    let rows = rows(reading);
    if rows.is_empty() {
        writeln!(
            out,
            "  {QUIET}nobody is said to have said anything{QUIET:#}"
        )?;
    }
    let facts = listed(reading, look.glyphs);
    let fact = || facts.first().map(|fact| fact.id.clone());
    let first = rows.first().map(|row| row.id.to_string()).or_else(fact);
    if let Some(first) = first {
        writeln!(out, "{QUIET}ask for {name}#{first}{QUIET:#}")?;
    }
    for row in rows {
        let id = row.id;
        let place = lines.place(row.start).to_string();
        let who = row.who.as_deref().unwrap_or("no source");
        let how = row.how.as_deref().unwrap_or("no cue");
        let dot = look.glyphs.dot;
        let words = format!("  #{id}  {place}  {who} {dot} {how} {dot} {}", row.what);
        writeln!(out, "{}", cut(&words, width))?;
    }
    for fact in facts {
        let (id, place, dot) = (fact.id, fact.place, look.glyphs.dot);
        let words = format!("  #{id}  {place}  {} {dot} {}", fact.words, fact.value);
        writeln!(out, "{}", cut(&words, width))?;
    }
    Ok(())
}

/// The first columns of a line; three stops tell that there is more.
fn cut(line: &str, width: usize) -> String {
    if line.width() <= width {
        return line.to_owned();
    }
    let mut used = 0;
    let kept = line.chars().take_while(|c| {
        used += c.width().unwrap_or_default();
        used + 3 <= width
    });
    let kept: String = kept.collect();
    format!("{}...", kept.trim_end())
}
