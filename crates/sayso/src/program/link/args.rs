//! The command line of the commands on links.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use sayso::case::LinkKind;

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

/// Arguments of `sayso copies`.
#[derive(Debug, Args)]
pub struct CopiesArgs {
    /// What is shown
    #[command(flatten)]
    pub show: ShowArgs,
    /// Show instead who tells another outlet's report in words of their own, and says so
    #[arg(long)]
    pub rewritten: bool,
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

/// Arguments of `sayso relate`.
#[derive(Debug, Args)]
#[command(after_help = RELATE_HELP)]
pub struct RelateArgs {
    /// The case
    #[arg(value_name = "CASE", value_hint = ValueHint::FilePath)]
    pub case: PathBuf,
    /// What is decided on
    #[arg(value_name = "KIND", required_unless_present_any = ["undo", "journal"], requires_all = ["how", "names"])]
    pub kind: Option<Related>,
    /// Whether the two are one
    #[arg(value_name = "HOW")]
    pub how: Option<How>,
    /// The two: documents, events as DOCUMENT#v1, or names of sources
    #[arg(value_name = "NAME", num_args = 2)]
    pub names: Vec<String>,
    /// Who decides; without it, `SAYSO_REVIEWER` or the name of the user
    #[arg(long, value_name = "NAME")]
    pub who: Option<String>,
    /// Why, in words
    #[arg(long, value_name = "WORDS")]
    pub why: Option<String>,
    /// Entry of the journal that is to count no more
    #[arg(long, value_name = "ENTRY", conflicts_with_all = ["kind", "journal"])]
    pub undo: Option<i64>,
    /// Print what was decided
    #[arg(long, conflicts_with_all = ["kind", "undo"])]
    pub journal: bool,
    /// Print the journal as JSON
    #[arg(long, requires = "journal")]
    pub json: bool,
    /// What opens the case
    #[command(flatten)]
    pub key: KeyArgs,
}

const RELATE_HELP: &str = "\
What people decide wins over what is found, and lasts, whatever comes later; it is kept in a journal:
  sayso relate case.sayso claim apart 'd:12#v1' 'd:31#v4' --why 'two raids on one day'
  sayso relate case.sayso source same 'the Guards' 'IRGC' --who Ada
  sayso relate case.sayso source letter 'IRGC' C
  sayso relate case.sayso source rename 'IRGC' 'Islamic Revolutionary Guard Corps'
  sayso relate case.sayso --undo 3";

/// What is decided to be one, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Related {
    /// Two documents are of one story
    Story,
    /// Two event mentions, and so two claims, are of one event
    Claim,
    /// Two names are one source's
    Source,
}

impl From<Related> for LinkKind {
    fn from(related: Related) -> Self {
        match related {
            Related::Story => Self::Story,
            Related::Claim => Self::Event,
            Related::Source => Self::Source,
        }
    }
}

/// Whether two are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum How {
    /// They are one
    Same,
    /// They are not
    Apart,
    /// A source has this letter of the Admiralty Code
    Letter,
    /// A source is shown under this name
    Rename,
}
