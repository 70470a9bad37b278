//! The commands on what is linked across documents.

mod account;
mod args;
pub mod relate;
pub mod show;

use std::process::ExitCode;

use sayso::case::Case;
use sayso::link::{Linked, Linker, Step};
use sayso::output::labels::count;

use super::case::open;
use super::progress::Progress;
use super::terminal;

pub use args::{ClaimArgs, CopiesArgs, LinkArgs, RelateArgs, ShowArgs};

/// Links what is not linked yet.
pub fn run(args: &LinkArgs) -> anyhow::Result<ExitCode> {
    let mut case = open(&args.key)?.write(&args.case)?;
    let linked = bring_up_to_date(&mut case, args.quiet)?;
    if !args.quiet {
        let done = match linked.documents {
            0 => "all was linked before".to_owned(),
            n => format!("{} linked", count(n, "document")),
        };
        terminal::say(&format!("{}: {done}", args.case.display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// Links what came to a case or changed.
pub fn bring_up_to_date(case: &mut Case, quiet: bool) -> anyhow::Result<Linked> {
    let mut progress = Progress::new(!quiet && terminal::is_watched(false));
    let linked = Linker::default().link(case, |step| match step {
        Step::Documents(n) => progress.steps(n),
        Step::Compared { done, of } => progress.share("events compared", done, of),
        Step::Joined { done, of } => progress.share("events joined", done, of),
        Step::Told { done, of } => progress.share("claims and stories put together", done, of),
    })?;
    progress.finish();
    Ok(linked)
}
