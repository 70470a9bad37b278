//! `sayso review`: going through statements and events with a key each, or one decision at once.

mod keys;
mod walk;

use std::env;
use std::fs::File;
use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context as _, anyhow, bail};
use sayso::case::{Action, Agreement, Case, Entry, Kind, Reviewer, Target};
use serde::Serialize;
use serde_json::Value;

use super::{ReviewArgs, open};
use crate::program::terminal;

/// Does what the arguments ask for.
pub fn run(args: &ReviewArgs) -> anyhow::Result<ExitCode> {
    let how = open(&args.key)?;
    if args.journal || args.lost || args.agreement || args.export.is_some() {
        return told(args, &how.read(&args.case)?);
    }
    let mut case = how.write(&args.case)?;
    let who = reviewer(args)?;
    match action(args)? {
        Some(action) => {
            let reviewer = Reviewer {
                who: &who,
                why: args.why.as_deref(),
            };
            let entry = case.decide(reviewer, &action)?;
            terminal::say(&format!("entry {entry} of the journal"));
        }
        None => walk::run(&mut case, &args.query.join(" "), &who)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Who decides.
fn reviewer(args: &ReviewArgs) -> anyhow::Result<String> {
    let named = args.who.clone();
    let known = ["SAYSO_REVIEWER", "USER", "LOGNAME", "USERNAME"];
    let known = known.into_iter().filter_map(|name| env::var(name).ok());
    named
        .into_iter()
        .chain(known)
        .find(|name| !name.trim().is_empty())
        .context("a decision needs a name: give it as --who NAME, or set SAYSO_REVIEWER")
}

/// The one decision that the arguments give.
fn action(args: &ReviewArgs) -> anyhow::Result<Option<Action>> {
    let given = &args.decision;
    if let Some(at) = &given.accept {
        return Ok(Some(Action::Accept(target(at)?)));
    }
    if let Some(at) = &given.reject {
        return Ok(Some(Action::Reject(target(at)?)));
    }
    if let Some([at, change]) = given.correct.as_deref() {
        return Ok(Some(correction(target(at)?, change)?));
    }
    if let Some([document, json]) = given.add.as_deref() {
        let item: Value = serde_json::from_str(json)
            .with_context(|| format!("{document}: what is to be added is no JSON"))?;
        let kind = if item.get("trigger").is_some() {
            Kind::Event
        } else {
            Kind::Attribution
        };
        return Ok(Some(Action::Add {
            document: document.clone(),
            kind,
            item,
        }));
    }
    Ok(given.undo.map(Action::Undo))
}

fn target(given: &str) -> anyhow::Result<Target> {
    Target::parse(given).ok_or_else(|| {
        anyhow!("{given}: this names no attribution or event; write DOCUMENT#a3 or DOCUMENT#v1")
    })
}

/// `FIELD=VALUE`; the value is JSON where it is one, else words.
fn correction(target: Target, change: &str) -> anyhow::Result<Action> {
    let Some((field, value)) = change.split_once('=') else {
        bail!("{change}: write the field and its new value as FIELD=VALUE, such as act=deny");
    };
    let value = value.trim();
    let value = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()));
    Ok(Action::Correct {
        target,
        field: field.trim().to_owned(),
        value,
    })
}

fn told(args: &ReviewArgs, case: &Case) -> anyhow::Result<ExitCode> {
    if let Some(path) = &args.export {
        let exports = case.reviewed()?;
        let mut out: Box<dyn Write> = if path.as_os_str() == "-" {
            Box::new(io::stdout().lock())
        } else {
            Box::new(File::create(path).with_context(|| format!("{}: cannot be written", path.display()))?)
        };
        for export in exports {
            serde_json::to_writer(&mut out, &export)?;
            writeln!(out)?;
        }
        out.flush()?;
    } else if args.agreement {
        let agreement = case.agreement()?;
        if args.json {
            json(&[agreement])?;
        } else {
            io::stdout().write_all(agreed(&agreement).as_bytes())?;
        }
    } else {
        let entries = if args.lost { case.lost()? } else { case.journal(None)? };
        if args.json {
            json(&entries)?;
        } else {
            let mut out = io::stdout().lock();
            for entry in &entries {
                writeln!(out, "{}", line(entry))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn json<T: Serialize>(values: &[T]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    for value in values {
        serde_json::to_writer(&mut out, value)?;
        writeln!(out)?;
    }
    Ok(())
}

/// An entry of the journal on one line.
fn line(entry: &Entry) -> String {
    let mut out = format!("{} · {} · {} · {}", entry.id, entry.at, entry.who, entry.action);
    if let Some(undone) = entry.undoes {
        out += &format!(" {undone}");
    }
    if let Some(field) = entry.field.as_deref().filter(|_| entry.action == "correct") {
        let value = |v: &Option<Value>| v.as_ref().map_or_else(|| "null".to_owned(), plain);
        out += &format!(" {field}: {} → {}", value(&entry.before), value(&entry.after));
    }
    out += &format!(" · {} · “{}”", entry.document, entry.words);
    if let Some(why) = &entry.why {
        out += &format!(" · {why}");
    }
    sayso::output::rows::one_line(&out)
}

/// A value for people: strings without their marks.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn agreed(agreement: &Agreement) -> String {
    let number = |n: Option<f64>| n.map_or_else(|| "not defined".to_owned(), |n| format!("{n:.3}"));
    let mut out = format!(
        "{} decided; {} attributions and events by more than one of them\n",
        agreement.reviewers.join(", "),
        agreement.items
    );
    out += &format!("Krippendorff's alpha of accept, correct, reject: {}\n", number(agreement.alpha));
    for pair in &agreement.pairs {
        out += &format!(
            "{} and {}: {} of {} alike, Cohen's kappa {}\n",
            pair.a,
            pair.b,
            pair.agreed,
            pair.items,
            number(pair.kappa)
        );
    }
    for field in &agreement.fields {
        out += &format!("{}: alpha {} over {}\n", field.field, number(field.alpha), field.items);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_is_a_field_and_a_value() {
        let target = || Target::parse("d:1#a1").unwrap();
        let told = |change: &str| match correction(target(), change) {
            Ok(Action::Correct { field, value, .. }) => Some((field, value)),
            _ => None,
        };
        assert_eq!(told("act=deny"), Some(("act".to_owned(), Value::from("deny"))));
        assert_eq!(told("negated = true"), Some(("negated".to_owned(), Value::from(true))));
        assert_eq!(told("source=a b=c"), Some(("source".to_owned(), Value::from("a b=c"))));
        assert_eq!(told("deny"), None);
    }
}
