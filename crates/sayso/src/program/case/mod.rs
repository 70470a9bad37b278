//! The commands on a case.

pub mod add;
mod args;
pub mod ask;
pub mod care;
pub mod review;

use std::env;
use std::fs;

use anyhow::{Context as _, bail};
use sayso::case::Open;

pub use args::{AddArgs, AskArgs, BackupArgs, CareArgs, KeyArgs, ReviewArgs};

/// The variable that holds a passphrase.
const PASSPHRASE: &str = "SAYSO_PASSPHRASE";

/// How to open the case: with a passphrase where one is given.
pub(super) fn open(key: &KeyArgs) -> anyhow::Result<Open> {
    let passphrase = match &key.passphrase_file {
        Some(path) => {
            let name = path.display();
            let text = fs::read_to_string(path)
                .with_context(|| format!("{name}: the file of the passphrase cannot be read"))?;
            Some(text.lines().next().unwrap_or_default().to_owned())
        }
        None => env::var(PASSPHRASE).ok().filter(|given| !given.is_empty()),
    };
    Ok(match passphrase {
        Some(given) if given.is_empty() => {
            bail!("the passphrase is empty; write one into the first line of its file")
        }
        Some(given) => Open::default().passphrase(given),
        None => Open::default(),
    })
}
