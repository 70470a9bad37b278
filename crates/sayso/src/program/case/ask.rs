//! `sayso ask`: a question to a case, and its answer for people, scripts and spreadsheets.

use std::io::{self, Write};
use std::process::ExitCode;

use anstream::AutoStream;
use anstyle::Style;
use anyhow::anyhow;
use sayso::case::{Answer, DocumentRow, EventRow, Query, Rows, StatementRow, Target, complete};
use sayso::output::rows::one_line;
use serde::Serialize;
use textwrap::core::display_width;

use super::{AskArgs, open};
use crate::program::{NOTHING, terminal};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Asks, and prints the rows.
pub fn run(args: &AskArgs) -> anyhow::Result<ExitCode> {
    let question = args.query.join(" ");
    if args.complete {
        return completed(args, &question);
    }
    // a wrong question is told before the case is opened
    let query = Query::parse(&question).map_err(|e| anyhow!("{e}"))?;
    let case = open(&args.key)?.read(&args.case)?;
    let as_of = args.as_of.as_deref().map(|t| case.point(t)).transpose()?;
    if args.explain_query {
        writeln!(io::stdout(), "{}", query.explain(&case, as_of)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let answer = case.ask(&query, as_of)?;
    if args.form.json {
        lines(&answer)?;
    } else if args.form.csv {
        table(&answer)?;
    } else {
        people(&answer, terminal::look(args.form.width).width)?;
    }
    if let Some(next) = &answer.next {
        terminal::say(&format!(
            "there are more: add after:{next} to the question, or a greater limit:"
        ));
    }
    if answer.rows.is_empty() {
        if !args.form.json && !args.form.csv {
            terminal::say("nothing in the case fits the question");
        }
        return Ok(NOTHING.into());
    }
    Ok(ExitCode::SUCCESS)
}

/// What could stand next, a line each: the words, and what they are.
fn completed(args: &AskArgs, question: &str) -> anyhow::Result<ExitCode> {
    let case = open(&args.key)?.read(&args.case)?;
    let found = complete(question, question.chars().count(), Some(&case))?;
    let mut out = io::stdout().lock();
    for suggestion in &found {
        if args.form.json {
            serde_json::to_writer(&mut out, suggestion)?;
            writeln!(out)?;
        } else {
            writeln!(out, "{}\t{}", suggestion.text, suggestion.about)?;
        }
    }
    Ok(if found.is_empty() {
        NOTHING.into()
    } else {
        ExitCode::SUCCESS
    })
}

fn lines(answer: &Answer) -> anyhow::Result<()> {
    fn write<T: Serialize>(rows: &[T]) -> anyhow::Result<()> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        for row in rows {
            serde_json::to_writer(&mut out, row)?;
            writeln!(out)?;
        }
        Ok(out.flush()?)
    }
    match &answer.rows {
        Rows::Documents(rows) => write(rows),
        Rows::Statements(rows) => write(rows),
        Rows::Events(rows) => write(rows),
    }
}

fn table(answer: &Answer) -> anyhow::Result<()> {
    fn write<T: Serialize>(rows: &[T]) -> anyhow::Result<()> {
        let mut out = csv::Writer::from_writer(io::stdout().lock());
        for row in rows {
            out.serialize(row)?;
        }
        Ok(out.flush()?)
    }
    match &answer.rows {
        Rows::Documents(rows) => write(rows),
        Rows::Statements(rows) => write(rows),
        Rows::Events(rows) => write(rows),
    }
}

fn people(answer: &Answer, width: usize) -> anyhow::Result<()> {
    let mut out = AutoStream::auto(io::stdout().lock());
    match &answer.rows {
        Rows::Documents(rows) => rows
            .iter()
            .try_for_each(|row| document(&mut out, row, width))?,
        Rows::Statements(rows) => rows
            .iter()
            .try_for_each(|row| statement(&mut out, row, width))?,
        Rows::Events(rows) => rows
            .iter()
            .try_for_each(|row| event(&mut out, row, width))?,
    }
    Ok(())
}

/// Parts that are there, with a dot between.
pub fn parts(of: &[Option<&str>]) -> String {
    let there: Vec<String> = of
        .iter()
        .flatten()
        .filter(|p| !p.is_empty())
        .map(|p| one_line(p))
        .collect();
    there.join(" · ")
}

fn wrapped(out: &mut impl Write, text: &str, width: usize) -> io::Result<()> {
    let options = textwrap::Options::new(width.max(20))
        .initial_indent("  ")
        .subsequent_indent("  ");
    for line in textwrap::wrap(&one_line(text), options) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Who in bold, and how behind it.
fn head(out: &mut impl Write, who: &str, how: &str, width: usize) -> io::Result<()> {
    let mut lines = textwrap::wrap(who, width.max(20));
    let last = lines.pop().unwrap_or_default();
    for line in lines {
        writeln!(out, "{BOLD}{line}{BOLD:#}")?;
    }
    let long = display_width(&last) + display_width(how) + 3 > width;
    match (last.is_empty(), how.is_empty()) {
        (true, _) => writeln!(out, "{how}"),
        (_, true) => writeln!(out, "{BOLD}{last}{BOLD:#}"),
        _ if long => writeln!(out, "{BOLD}{last}{BOLD:#}\n{how}"),
        _ => writeln!(out, "{BOLD}{last}{BOLD:#} · {how}"),
    }
}

/// What tells which text it is: its title, else the name of the file.
fn name<'r>(title: Option<&'r str>, path: Option<&'r str>) -> Option<&'r str> {
    let file = || path?.rsplit(['/', '\\']).next();
    title.filter(|t| !t.trim().is_empty()).or_else(file)
}

fn foot(out: &mut impl Write, at: &str, page: &[Option<&str>]) -> io::Result<()> {
    let page = parts(page);
    let dot = if page.is_empty() { "" } else { " · " };
    writeln!(out, "  {DIM}{at}{dot}{page}{DIM:#}\n")
}

fn document(out: &mut impl Write, row: &DocumentRow, width: usize) -> io::Result<()> {
    let title = name(row.title.as_deref(), row.path.as_deref()).unwrap_or(&row.document);
    let version = (row.version > 1).then(|| format!("version {}", row.version));
    wrapped_title(out, title, width)?;
    wrapped(out, &row.passage, width)?;
    foot(
        out,
        &one_line(&row.document),
        &[
            row.publisher.as_deref(),
            row.published.as_deref(),
            version.as_deref(),
            Some(&format!("{} words", row.words)),
            row.url.as_deref(),
        ],
    )
}

fn wrapped_title(out: &mut impl Write, title: &str, width: usize) -> io::Result<()> {
    for line in textwrap::wrap(&one_line(title), width.max(20)) {
        writeln!(out, "{BOLD}{line}{BOLD:#}")?;
    }
    Ok(())
}

fn statement(out: &mut impl Write, row: &StatementRow, width: usize) -> io::Result<()> {
    let negated = row.negated.then_some("said not to have been said");
    let hedge = row.hedge.as_ref().map(|h| format!("“{h}”"));
    let how = parts(&[
        row.act.as_deref(),
        row.certainty.as_deref(),
        negated,
        hedge.as_deref(),
        row.source_kind.as_deref(),
    ]);
    let who = row.source.as_deref().map_or_else(String::new, one_line);
    let who = if who.is_empty() {
        "no source named"
    } else {
        &who
    };
    head(out, who, &how, width)?;
    wrapped(out, &row.content, width)?;
    if let Some(chain) = row.chain.as_deref().filter(|c| c.contains(" ← ")) {
        wrapped(out, &format!("through {chain}"), width)?;
    }
    At::from(row).foot(out)
}

fn event(out: &mut impl Write, row: &EventRow, width: usize) -> io::Result<()> {
    let kind = match &row.mode {
        Some(mode) => format!("{}.{mode}", row.kind),
        None => row.kind.clone(),
    };
    let how = parts(&[Some(&kind), Some(&row.realis)]);
    head(out, &one_line(&row.trigger), &how, width)?;
    let people = match (&row.actor, &row.recipient) {
        (Some(actor), Some(recipient)) => Some(format!("{actor} → {recipient}")),
        (Some(actor), None) => Some(actor.clone()),
        (None, Some(recipient)) => Some(format!("→ {recipient}")),
        (None, None) => None,
    };
    let losses = |low: Option<f64>, high: Option<f64>, what: &str| {
        low.map(|low| match high {
            Some(high) if (high - low).abs() < f64::EPSILON => format!("{low} {what}"),
            Some(high) => format!("{low} to {high} {what}"),
            None => format!("at least {low} {what}"),
        })
    };
    let time = row.edtf.as_deref().or(row.time.as_deref());
    let killed = losses(row.killed_low, row.killed_high, "killed");
    let injured = losses(row.injured_low, row.injured_high, "injured");
    let told = parts(&[
        people.as_deref(),
        row.place.as_deref(),
        time,
        killed.as_deref(),
        injured.as_deref(),
    ]);
    if !told.is_empty() {
        wrapped(out, &told, width)?;
    }
    if let Some(who) = &row.according_to {
        let says = parts(&[row.act.as_deref(), row.certainty.as_deref()]);
        wrapped(out, &format!("in the words of {who} ({says})"), width)?;
    }
    At::from(row).foot(out)
}

/// Where a statement or an event stands, and who decided on it.
pub struct At<'r> {
    document: &'r str,
    local: &'r str,
    title: Option<&'r str>,
    path: Option<&'r str>,
    publisher: Option<&'r str>,
    published: Option<&'r str>,
    reviewed_by: Option<&'r str>,
}

/// The same fields of both kinds of rows.
macro_rules! at {
    ($row:ident) => {
        impl<'r> From<&'r $row> for At<'r> {
            fn from(row: &'r $row) -> Self {
                Self {
                    document: &row.document,
                    local: &row.id,
                    title: row.title.as_deref(),
                    path: row.path.as_deref(),
                    publisher: row.publisher.as_deref(),
                    published: row.published.as_deref(),
                    reviewed_by: row.reviewed_by.as_deref(),
                }
            }
        }
    };
}

at!(StatementRow);
at!(EventRow);

impl At<'_> {
    /// What is decided on.
    pub fn target(&self) -> Target {
        Target {
            document: self.document.to_owned(),
            local: self.local.to_owned(),
        }
    }

    /// What tells of its document.
    pub fn page(&self) -> String {
        parts(&[self.publisher, self.published, name(self.title, self.path)])
    }

    fn foot(&self, out: &mut impl Write) -> io::Result<()> {
        let reviewed = self.reviewed_by.map(|who| format!("reviewed by {who}"));
        let at = format!("{}#{}", one_line(self.document), self.local);
        foot(out, &at, &[Some(&self.page()), reviewed.as_deref()])
    }
}
