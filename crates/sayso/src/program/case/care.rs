//! `sayso check`, `backup`, `compact` and `info`.

use std::io::{self, Write as _};
use std::process::ExitCode;

use sayso::case::{Case, Info};
use sayso::output::labels::{count, grouped};
use serde::Serialize;

use super::{BackupArgs, CareArgs, open};
use crate::program::progress::Progress;
use crate::program::terminal;

/// Something is wrong with the case.
const UNSOUND: u8 = 1;

/// Is the case sound?
pub fn check(args: &CareArgs) -> anyhow::Result<ExitCode> {
    let case = open(&args.key)?.read(&args.case)?;
    let mut progress = Progress::new(terminal::is_watched(args.json));
    let found = case.check(|_| progress.step())?;
    progress.finish();
    let mut out = io::stdout().lock();
    if args.json {
        print(&found)?;
    } else if found.is_empty() {
        writeln!(out, "{}: sound", case.path().display())?;
    }
    if !args.json {
        for finding in &found {
            writeln!(out, "{}: {finding}", case.path().display())?;
        }
    }
    Ok(if found.is_empty() {
        ExitCode::SUCCESS
    } else {
        UNSOUND.into()
    })
}

/// A copy of the case, while it is in use.
pub fn backup(args: &BackupArgs) -> anyhow::Result<ExitCode> {
    let how = open(&args.key)?;
    let case = how.read(&args.case)?;
    case.backup(&args.to, &how)?;
    terminal::say(&format!(
        "{} is a sound copy of {}",
        args.to.display(),
        args.case.display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// A smaller file.
pub fn compact(args: &CareArgs) -> anyhow::Result<ExitCode> {
    let mut case = open(&args.key)?.write(&args.case)?;
    let done = case.compact()?;
    if args.json {
        print(&done)?;
    } else {
        terminal::say(&format!(
            "{}: {} before, {} now",
            args.case.display(),
            bytes(done.before),
            bytes(done.after)
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// What is in the case.
pub fn info(args: &CareArgs) -> anyhow::Result<ExitCode> {
    let case: Case = open(&args.key)?.read(&args.case)?;
    let info = case.info()?;
    if args.json {
        print(&info)?;
    } else {
        io::stdout().write_all(told(&info).as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn told(info: &Info) -> String {
    let number = |n: i64| grouped(usize::try_from(n).unwrap_or(0));
    let of = |n: i64, one: &str| count(usize::try_from(n).unwrap_or(0), one);
    let mut lines = vec![
        format!(
            "{}: {}, made {}, changed {}",
            info.path,
            bytes(info.bytes),
            info.created,
            info.changed
        ),
        format!(
            "{} in {}, {}",
            of(info.documents, "document"),
            of(info.versions, "version"),
            of(info.readings, "reading")
        ),
        format!(
            "{}, {}, {}",
            of(info.attributions, "attribution"),
            of(info.events, "event"),
            of(info.publishers, "publisher")
        ),
    ];
    if let (Some(earliest), Some(latest)) = (&info.earliest, &info.latest) {
        lines.push(format!("published from {earliest} to {latest}"));
    }
    if info.reviews > 0 {
        lines.push(format!("{} by people", of(info.reviews, "decision")));
    }
    if info.reviews_lost > 0 {
        lines.push(format!(
            "{} could not be carried over to a changed text; `sayso review CASE --lost` lists them",
            number(info.reviews_lost)
        ));
    }
    for reader in &info.readers {
        lines.push(format!(
            "read by sayso {} with {}: {}",
            reader.version,
            reader.model,
            number(reader.readings)
        ));
    }
    lines.join("\n") + "\n"
}

fn print(value: &impl Serialize) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, value)?;
    writeln!(out)?;
    Ok(())
}

/// A size for people.
fn bytes(n: u64) -> String {
    const UNITS: [&str; 4] = ["bytes", "KiB", "MiB", "GiB"];
    let mut size = n as f64;
    let mut unit = 0;
    while size >= 1024.0 && unit + 1 < UNITS.len() {
        size /= 1024.0;
        unit += 1;
    }
    let digits = usize::from(unit > 0);
    format!(
        "{size:.digits$} {}",
        UNITS.get(unit).copied().unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_in_the_unit_that_fits() {
        assert_eq!(bytes(512), "512 bytes");
        assert_eq!(bytes(2048), "2.0 KiB");
        assert_eq!(bytes(5 * 1024 * 1024 * 1024), "5.0 GiB");
    }
}
