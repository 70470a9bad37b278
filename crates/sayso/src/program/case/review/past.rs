//! What was decided: the journal, agreement, decisions that were lost, training data.

use std::fs::File;
use std::io::{self, Write};

use anyhow::Context as _;
use sayso::case::{Agreement, Case, Entry};
use sayso::output::rows::one_line;
use serde::Serialize;
use serde_json::Value;

use crate::program::case::args::PastArgs;

impl PastArgs {
    /// Whether any of it is wanted.
    pub(super) const fn is_asked_for(&self) -> bool {
        self.journal || self.lost || self.agreement || self.export.is_some()
    }
}

/// Prints or writes what the arguments ask for.
pub(super) fn tell(args: &PastArgs, json: bool, case: &Case) -> anyhow::Result<()> {
    if let Some(path) = &args.export {
        let mut out: Box<dyn Write> = if path.as_os_str() == "-" {
            Box::new(io::stdout().lock())
        } else {
            let file = File::create(path);
            Box::new(file.with_context(|| format!("{}: cannot be written", path.display()))?)
        };
        return lines(&mut out, &case.reviewed()?);
    }
    let mut out = io::stdout().lock();
    if args.agreement {
        let agreement = case.agreement()?;
        if json {
            return lines(&mut out, &[agreement]);
        }
        return print(&mut out, &agreed(&agreement));
    }
    let entries = if args.lost {
        case.lost()?
    } else {
        case.journal(None)?
    };
    if json {
        return lines(&mut out, &entries);
    }
    print(&mut out, &entries.iter().map(entry).collect::<Vec<_>>())
}

fn lines<T: Serialize>(out: &mut impl Write, values: &[T]) -> anyhow::Result<()> {
    for value in values {
        serde_json::to_writer(&mut *out, value)?;
        writeln!(out)?;
    }
    Ok(out.flush()?)
}

fn print(out: &mut impl Write, lines: &[String]) -> anyhow::Result<()> {
    for line in lines {
        writeln!(out, "{}", one_line(line))?;
    }
    Ok(())
}

/// An entry of the journal on one line.
fn entry(entry: &Entry) -> String {
    let mut action = entry.action.clone();
    if let Some(undone) = entry.undoes {
        action = format!("{action} {undone}");
    }
    if let Some(field) = entry.field.as_deref().filter(|_| entry.action == "correct") {
        let (before, after) = (plain(entry.before.as_ref()), plain(entry.after.as_ref()));
        action = format!("{action} {field}: {before} → {after}");
    }
    if entry.opinion {
        action = format!("{action} (second opinion)");
    }
    let mut parts = vec![
        entry.id.to_string(),
        entry.at.clone(),
        entry.who.clone(),
        action,
        entry.document.clone(),
        format!("“{}”", entry.words),
    ];
    parts.extend(entry.why.clone());
    parts.join(" · ")
}

/// A value for people: strings without their marks.
fn plain(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(words)) => words.clone(),
        Some(value) => value.to_string(),
        None => "null".to_owned(),
    }
}

fn agreed(agreement: &Agreement) -> Vec<String> {
    let number = |n: Option<f64>| n.map_or_else(|| "not defined".to_owned(), |n| format!("{n:.3}"));
    let mut out = vec![
        format!(
            "{} decided; {} attributions and events by more than one of them",
            agreement.reviewers.join(", "),
            agreement.items
        ),
        format!(
            "Krippendorff's alpha of accept, correct, reject: {}",
            number(agreement.alpha)
        ),
    ];
    out.extend(agreement.pairs.iter().map(|pair| {
        format!(
            "{} and {}: {} of {} alike, Cohen's kappa {}",
            pair.a,
            pair.b,
            pair.agreed,
            pair.items,
            number(pair.kappa)
        )
    }));
    out.extend(agreement.fields.iter().map(|field| {
        format!(
            "{}: alpha {} over {}",
            field.field,
            number(field.alpha),
            field.items
        )
    }));
    out.extend(agreement.disagreements.iter().map(|d| {
        let said: Vec<String> = d
            .said
            .iter()
            .map(|(who, what)| format!("{who}: {what}"))
            .collect();
        format!(
            "differ on {} of {}#{} · “{}” · {}",
            d.on,
            d.document,
            d.id,
            d.words,
            said.join(", ")
        )
    }));
    out
}
