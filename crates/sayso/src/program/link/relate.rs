//! `sayso relate`: what people decide on links.

use std::io::{self, Write as _};
use std::process::ExitCode;

use sayso::case::{Case, LinkDecision, LinkKind, Reviewer};
use sayso::link;

use super::args::{How, Related};
use super::{RelateArgs, bring_up_to_date};
use crate::program::case::open;
use crate::program::case::review::reviewer;
use crate::program::{NOTHING, terminal};

/// Does what the arguments ask for.
pub fn run(args: &RelateArgs) -> anyhow::Result<ExitCode> {
    let how = open(&args.key)?;
    if args.journal {
        return journal(args, &how.read(&args.case)?);
    }
    let mut case = how.write(&args.case)?;
    let who = reviewer(args.who.as_deref())?;
    let by = Reviewer {
        who: &who,
        why: args.why.as_deref(),
    };
    let entry = match (args.undo, args.kind, args.how, args.names.as_slice()) {
        (Some(entry), ..) => case.undo_link(by, entry)?,
        (None, Some(Related::Source), Some(How::Letter), [source, letter]) => {
            link::set_letter(&mut case, by, source, letter)?
        }
        (None, Some(Related::Source), Some(How::Rename), [source, name]) => {
            link::set_name(&mut case, by, source, name)?
        }
        (None, Some(_), Some(How::Letter), _) => {
            anyhow::bail!("letters are set on sources: `sayso relate CASE source letter NAME A`")
        }
        (None, Some(_), Some(How::Rename), _) => {
            anyhow::bail!("sources are renamed: `sayso relate CASE source rename NAME NEWNAME`")
        }
        (None, Some(kind), Some(how), [a, b]) => {
            link::relate(&mut case, by, kind.into(), how == How::Same, [a, b])?
        }
        _ => anyhow::bail!("name two: `sayso relate CASE claim same A B`"),
    };
    terminal::say(&format!("entry {entry} of the journal of links"));
    bring_up_to_date(&mut case, true)?;
    Ok(ExitCode::SUCCESS)
}

fn journal(args: &RelateArgs, case: &Case) -> anyhow::Result<ExitCode> {
    let entries = case.link_decisions()?;
    let mut out = io::stdout().lock();
    for entry in &entries {
        if args.json {
            writeln!(out, "{}", serde_json::to_string(entry)?)?;
        } else {
            writeln!(out, "{}", line(entry))?;
        }
    }
    if entries.is_empty() {
        terminal::say("nothing was decided on links");
        return Ok(NOTHING.into());
    }
    Ok(ExitCode::SUCCESS)
}

fn line(entry: &LinkDecision) -> String {
    let [a, b] = entry.names();
    let what = match (entry.same, entry.undoes) {
        (_, Some(undone)) => format!("entry {undone} counts no more"),
        _ if entry.kind == LinkKind::Letter => format!("{a} has the letter {b}"),
        _ if entry.kind == LinkKind::Name => format!("{a} is shown as {b}"),
        (Some(true), _) => format!("one {}: {a} and {b}", entry.kind.as_str()),
        _ => format!("not one {}: {a} and {b}", entry.kind.as_str()),
    };
    let why = entry
        .why
        .as_deref()
        .map_or_else(String::new, |why| format!(" ({why})"));
    format!("{} {} {}: {what}{why}", entry.id, entry.at, entry.who)
}
