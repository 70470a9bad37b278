//! What is linked, for people and scripts.

use std::io::{self, Write};
use std::process::ExitCode;

use anstream::AutoStream;
use anstyle::Style;
use sayso::case::Case;
use sayso::link::{self, Claim, CopyKind, InStory};
use sayso::output::labels::count;
use serde::Serialize;

use super::account::{self, Page};
use super::{ClaimArgs, CopiesArgs, ShowArgs};
use crate::program::case::ask::parts;
use crate::program::case::open;
use crate::program::{NOTHING, terminal};

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();

fn opened(args: &ShowArgs) -> anyhow::Result<Case> {
    let case = open(&args.key)?.read(&args.case)?;
    let waiting = link::waiting(&case)?;
    if waiting > 0 {
        terminal::say(&format!(
            "{}: {} not linked yet; `sayso link` links what came since",
            args.case.display(),
            count(waiting, "document")
        ));
    }
    Ok(case)
}

/// Prints rows as lines of JSON, or each as people read it.
fn print<T: Serialize>(
    args: &ShowArgs,
    rows: &[T],
    nothing: &str,
    each: impl Fn(&mut Page, &T) -> io::Result<()>,
) -> anyhow::Result<ExitCode> {
    if args.json {
        let mut out = io::BufWriter::new(io::stdout().lock());
        for row in rows {
            serde_json::to_writer(&mut out, row)?;
            writeln!(out)?;
        }
        out.flush()?;
    } else {
        let mut out = AutoStream::auto(io::stdout().lock());
        let mut page = Page::new(&mut out, terminal::look(args.width).width);
        for row in rows {
            each(&mut page, row)?;
        }
        if rows.is_empty() {
            terminal::say(nothing);
        }
    }
    Ok(if rows.is_empty() {
        NOTHING.into()
    } else {
        ExitCode::SUCCESS
    })
}

/// `sayso stories`: a line of JSON a document; for people a paragraph a story.
pub fn stories(args: &ShowArgs) -> anyhow::Result<ExitCode> {
    let rows = link::stories(&opened(args)?)?;
    if args.json {
        return print(args, &rows, "", |_, _| Ok(()));
    }
    let groups: Vec<&[InStory]> = rows.chunk_by(|a, b| a.story == b.story).collect();
    print(args, &groups, "there are no documents", |page, story| {
        let title = story.first().and_then(|d| d.title.clone());
        let name = story.first().map_or("", |d| d.story.as_str());
        page.head(
            title.as_deref().unwrap_or(name),
            &count(story.len(), "document"),
        )?;
        for document in *story {
            page.foot(&[
                Some(&document.id),
                document.publisher.as_deref(),
                document.published.as_deref(),
                document.title.as_deref().filter(|_| document.id != name),
            ])?;
        }
        page.gap()
    })
}

/// `sayso copies`.
pub fn copies(args: &CopiesArgs) -> anyhow::Result<ExitCode> {
    if args.rewritten {
        return rewrites(&args.show);
    }
    let args = &args.show;
    let rows = link::copies(&opened(args)?)?;
    print(args, &rows, "no document copies another", |page, copy| {
        let kind = match copy.kind {
            CopyKind::Exact => "exact copy",
            CopyKind::Near => "near copy",
            CopyKind::Contained => "one in the other",
            CopyKind::Passage => "a passage",
        };
        page.head(&format!("{} and {}", copy.a, copy.b), kind)?;
        let earlier = match copy.earlier {
            "a" => format!("{} is earlier", copy.a),
            "b" => format!("{} is earlier", copy.b),
            _ => "which is earlier is not known".to_owned(),
        };
        let share = |of: f64| format!("{:.0} %", 100.0 * of);
        let shared = format!(
            "{} of the one stands in the other, {} the other way round",
            share(copy.in_a),
            share(copy.in_b)
        );
        page.foot(&[
            Some(&shared),
            Some(&earlier),
            Some(&count(copy.shared.len(), "passage")),
        ])?;
        page.gap()
    })
}

fn rewrites(args: &ShowArgs) -> anyhow::Result<ExitCode> {
    let rows = link::rewrites(&opened(args)?)?;
    let none = "no document says that it tells another outlet's report";
    print(args, &rows, none, |page, rewrite| {
        page.head(
            &rewrite.id,
            &format!("by its own word from {}", rewrite.credit),
        )?;
        page.foot(&[Some(&rewrite.of.join(" "))])?;
        page.gap()
    })
}

/// `sayso origins`.
pub fn origins(args: &ShowArgs) -> anyhow::Result<ExitCode> {
    let rows = link::origins(&opened(args)?)?;
    print(args, &rows, "there are no documents", |page, origin| {
        let own = match origin.documents.len() {
            0 => String::new(),
            n => format!("{} of its own report", count(n, "document")),
        };
        page.head(&origin.name, &origin.kind)?;
        let cited = match origin.statements {
            0 => String::new(),
            n => count(n, "statement"),
        };
        page.foot(&[Some(&own), Some(&cited)])?;
        page.foot(&[Some(&origin.documents.join(" "))])?;
        let others = origin.cited_in.join(" ");
        let others = (!others.is_empty()).then(|| format!("quoted in {others}"));
        page.foot(&[others.as_deref()])?;
        page.gap()
    })
}

/// `sayso claims`.
pub fn claims(args: &ShowArgs) -> anyhow::Result<ExitCode> {
    let rows = link::claims(&opened(args)?)?;
    print(args, &rows, "nothing is claimed", |page, claim| {
        page.head(&claim.trigger, &account::standing(claim))?;
        page.quotation(&claim.about)?;
        page.foot(&[
            Some(&claim.id),
            Some(&claim.kind.to_lowercase()),
            claim.place.as_deref(),
            account::time(claim).as_deref(),
        ])?;
        page.gap()
    })
}

/// `sayso claim`.
pub fn claim(args: &ClaimArgs) -> anyhow::Result<ExitCode> {
    let case = opened(&args.show)?;
    let claim = link::claim(&case, &args.claim)?;
    print(&args.show, &[claim], "", account::whole)
}

/// `sayso timeline`: the claims with a time, the oldest first.
pub fn timeline(args: &ShowArgs) -> anyhow::Result<ExitCode> {
    let mut rows = link::claims(&opened(args)?)?;
    rows.retain(|claim| claim.time.is_some());
    rows.sort_by(|a, b| (&a.time, &a.id).cmp(&(&b.time, &b.id)));
    print(
        args,
        &rows,
        "no event has a known time",
        |page, claim: &Claim| {
            let time = account::time(claim).unwrap_or_default();
            page.head(
                &time,
                &parts(&[Some(&claim.trigger), claim.place.as_deref()]),
            )?;
            page.quotation(&claim.about)?;
            page.foot(&[Some(&claim.id), Some(&account::standing(claim))])?;
            page.gap()
        },
    )
}

/// A disagreement with its claim.
#[derive(Serialize)]
struct Told<'c> {
    claim: &'c str,
    #[serde(flatten)]
    disagreement: &'c link::Disagreement,
}

/// `sayso disagreements`.
pub fn disagreements(args: &ShowArgs) -> anyhow::Result<ExitCode> {
    let claims = link::claims(&opened(args)?)?;
    let rows: Vec<Told> = claims
        .iter()
        .flat_map(|claim| {
            let all = claim.disagreements.iter();
            all.map(|disagreement| Told {
                claim: &claim.id,
                disagreement,
            })
        })
        .collect();
    print(
        args,
        &rows,
        "nobody differs, as far as a rule can tell",
        |page, told| {
            page.head(told.disagreement.kind, told.claim)?;
            account::disagreement(page, told.disagreement)?;
            page.gap()
        },
    )
}
