//! The command line of the commands on links.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::program::case::KeyArgs;

/// Arguments of `sayso link`.
#[derive(Debug, Args)]
pub struct LinkArgs {
    /// The case
    #[arg(value_name = "CASE", value_hint = ValueHint::FilePath)]
    pub case: PathBuf,
    /// Neither progress nor counts on standard error
    #[arg(long, short)]
    pub quiet: bool,
    /// What opens the case
    #[command(flatten)]
    pub key: KeyArgs,
}

/// Arguments of the commands that show what is linked.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The case
    #[arg(value_name = "CASE", value_hint = ValueHint::FilePath)]
    pub case: PathBuf,
    /// Print one object a line
    #[arg(long)]
    pub json: bool,
    /// Columns of the text; without it, those of the terminal, or 80
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
    /// What opens the case
    #[command(flatten)]
    pub key: KeyArgs,
}

/// Arguments of `sayso claim`.
#[derive(Debug, Args)]
pub struct ClaimArgs {
    /// What is shown
    #[command(flatten)]
    pub show: ShowArgs,
    /// The claim, or any event mention in it: DOCUMENT#v1
    #[arg(value_name = "CLAIM")]
    pub claim: String,
}
