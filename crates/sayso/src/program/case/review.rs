//! `sayso review`: going through statements and events with a key each, or one decision at once.

mod keys;
mod past;
mod walk;

use std::env;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow, bail};
use sayso::case::{Action, Kind, Reviewer, Target};
use sayso::link;
use serde_json::Value;

use super::{ReviewArgs, open};
use crate::program::link::bring_up_to_date;
use crate::program::terminal;

/// Does what the arguments ask for.
pub fn run(args: &ReviewArgs) -> anyhow::Result<ExitCode> {
    let how = open(&args.key)?;
    if args.past.is_asked_for() {
        past::tell(&args.past, args.json, &how.read(&args.case)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut case = how.write(&args.case)?;
    let who = reviewer(args.who.as_deref())?;
    let was_linked = link::waiting(&case)? == 0;
    match action(args)? {
        Some(action) => {
            let reviewer = Reviewer {
                who: &who,
                why: args.why.as_deref(),
            };
            let entry = if args.second {
                case.opine(reviewer, &action)?
            } else {
                case.decide(reviewer, &action)?
            };
            terminal::say(&format!("entry {entry} of the journal"));
        }
        None if args.second => walk::second(&mut case, &who)?,
        None => walk::run(&mut case, &args.query.join(" "), &who)?,
    }
    if was_linked {
        bring_up_to_date(&mut case, true)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Who decides: as given, else by the environment.
pub fn reviewer(given: Option<&str>) -> anyhow::Result<String> {
    let named = given.map(str::to_owned);
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

/// A value that somebody wrote: JSON where it is some, else words.
fn value_of(given: &str) -> Value {
    let given = given.trim();
    serde_json::from_str(given).unwrap_or_else(|_| Value::String(given.to_owned()))
}

/// `FIELD=VALUE`; the value is JSON where it is one, else words.
fn correction(target: Target, change: &str) -> anyhow::Result<Action> {
    let Some((field, value)) = change.split_once('=') else {
        bail!("{change}: write the field and its new value as FIELD=VALUE, such as act=deny");
    };
    let value = value_of(value);
    Ok(Action::Correct {
        target,
        field: field.trim().to_owned(),
        value,
    })
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
        assert_eq!(
            told("act=deny"),
            Some(("act".to_owned(), Value::from("deny")))
        );
        assert_eq!(
            told("negated = true"),
            Some(("negated".to_owned(), Value::from(true)))
        );
        assert_eq!(
            told("source=a b=c"),
            Some(("source".to_owned(), Value::from("a b=c")))
        );
        assert_eq!(told("deny"), None);
    }
}
