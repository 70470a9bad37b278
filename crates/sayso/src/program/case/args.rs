//! The command line of the commands on a case.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::program::cli::{ColumnArgs, FactArgs, ModelArgs, ReaderArgs};

/// What opens a case.
#[derive(Debug, Args)]
pub struct KeyArgs {
    /// The first line of this file is the case's passphrase; without it, `SAYSO_PASSPHRASE` where that is set
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Encrypted cases")]
    pub passphrase_file: Option<PathBuf>,
}

/// Arguments of `sayso add`.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub struct AddArgs {
    /// Files, folders, patterns, or - for standard input, as for `sayso read`
    #[arg(required = true, value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<String>,
    /// The case; it is made where there is none
    #[arg(long, value_name = "CASE", default_value = "case.sayso", value_hint = ValueHint::FilePath)]
    pub to: PathBuf,
    /// The inputs are readings that `sayso read --json` wrote: keep them without reading again
    #[arg(long)]
    pub readings: bool,
    /// Print a line of JSON for each document as soon as it is on the disk
    #[arg(long)]
    pub json: bool,
    /// Do not link the documents with those of the case; `sayso link` does so later
    #[arg(long)]
    pub no_link: bool,
    /// Neither progress nor counts on standard error; failures are still told
    #[arg(long, short)]
    pub quiet: bool,
    /// What opens the case
    #[command(flatten)]
    pub key: KeyArgs,
    /// What is known about the text
    #[command(flatten)]
    pub facts: FactArgs,
    /// Where records hold what
    #[command(flatten)]
    pub columns: ColumnArgs,
    /// How to read
    #[command(flatten)]
    pub reading: ReaderArgs,
    /// What to read with
    #[command(flatten)]
    pub model: ModelArgs,
    /// Threads to read on; without it, one for each core
    #[arg(long, value_name = "NUMBER", help_heading = "Reading")]
    pub threads: Option<NonZeroUsize>,
}

/// Arguments of `sayso ask`.
#[derive(Debug, Args)]
pub struct AskArgs {
    /// The case
    #[arg(value_name = "CASE", value_hint = ValueHint::FilePath)]
    pub case: PathBuf,
    /// The question, such as: source:Pentagon act:deny, or event:ASSAULT place:Syria killed>=3; put
    /// one with quotation marks, with > or with -word in single quotation marks
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// How to print
    #[command(flatten)]
    pub form: FormArgs,
    /// Answer with what the case held at a time: 2026-11-28, 2026-11-28T10:00 (UTC), or a change, #12
    #[arg(long, value_name = "TIME")]
    pub as_of: Option<String>,
    /// Print what could stand next in an unfinished question: keys, values, names from the case
    #[arg(long, conflicts_with_all = ["csv", "as_of", "explain_query"])]
    pub complete: bool,
    /// Print the SQL that would be run, and its values, instead of an answer
    #[arg(long)]
    pub explain_query: bool,
    /// What opens the case
    #[command(flatten)]
    pub key: KeyArgs,
}

/// How rows are printed.
#[derive(Debug, Args)]
pub struct FormArgs {
    /// Print one object a line
    #[arg(long)]
    pub json: bool,
    /// Print a table for a spreadsheet
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// Columns of the text; without it, those of the terminal, or 80
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
}

/// Arguments of `sayso review`.
#[derive(Debug, Args)]
#[command(after_help = REVIEW_HELP)]
pub struct ReviewArgs {
    /// The case
    #[arg(value_name = "CASE", value_hint = ValueHint::FilePath)]
    pub case: PathBuf,
    /// Which statements or events to go through, as for `sayso ask`; without it, the
    /// statements that nobody decided on
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Who decides; without it, `SAYSO_REVIEWER` or the name of the user
    #[arg(long, value_name = "NAME")]
    pub who: Option<String>,
    /// Why, in words, for the decision given here
    #[arg(long, value_name = "WORDS")]
    pub why: Option<String>,
    /// A second opinion: go through what others decided on, as the reader found it, or give one
    /// decision; it counts for the agreement and changes nothing else
    #[arg(long, conflicts_with_all = ["add", "query"])]
    pub second: bool,
    /// One decision instead of going through them
    #[command(flatten)]
    pub decision: DecisionArgs,
    /// What was decided
    #[command(flatten)]
    pub past: PastArgs,
    /// Print the journal, the agreement or the lost decisions as JSON
    #[arg(long)]
    pub json: bool,
    /// What opens the case
    #[command(flatten)]
    pub key: KeyArgs,
}

const REVIEW_HELP: &str = "\
A decision names its target as DOCUMENT#a3 (an attribution) or DOCUMENT#v1 (an event):
  sayso review case.sayso --correct 'd:12#a3' act=deny --why 'as the recording has it'
Fields are those of the JSON: act, certainty, source.kind, realis, type …; for content, source, cue, hedge,
trigger, actor and recipient the words are given, and looked up in the text; for place, its name.";

/// What was decided, instead of deciding.
#[derive(Debug, Args)]
#[command(next_help_heading = "What was decided")]
pub struct PastArgs {
    /// Print the journal
    #[arg(long, group = "instead")]
    pub journal: bool,
    /// Print how far reviewers agree, and what they differ on
    #[arg(long, group = "instead")]
    pub agreement: bool,
    /// Print decisions whose words a changed text no longer has
    #[arg(long, group = "instead")]
    pub lost: bool,
    /// Write the readings that were decided on as training data: JSON Lines, - for standard output
    #[arg(long, group = "instead", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub export: Option<PathBuf>,
}

/// One decision.
#[derive(Debug, Args)]
#[command(next_help_heading = "One decision")]
#[group(multiple = false, id = "instead")]
pub struct DecisionArgs {
    /// It is right
    #[arg(long, value_name = "TARGET")]
    pub accept: Option<String>,
    /// There is no such thing
    #[arg(long, value_name = "TARGET")]
    pub reject: Option<String>,
    /// One of its fields is to be this
    #[arg(long, num_args = 2, value_names = ["TARGET", "FIELD=VALUE"])]
    pub correct: Option<Vec<String>>,
    /// Something was missed: its fields as JSON, such as {"source": "Ann Lee", "content": "that …"}
    /// or, of an event, {"trigger": "raided", "type": "ASSAULT"}
    #[arg(long, num_args = 2, value_names = ["DOCUMENT", "JSON"])]
    pub add: Option<Vec<String>>,
    /// Entry of the journal that is to count no more
    #[arg(long, value_name = "ENTRY")]
    pub undo: Option<i64>,
}

/// Arguments of `sayso check`, `sayso compact` and `sayso info`.
#[derive(Debug, Args)]
pub struct CareArgs {
    /// The case
    #[arg(value_name = "CASE", value_hint = ValueHint::FilePath)]
    pub case: PathBuf,
    /// Print it as JSON
    #[arg(long)]
    pub json: bool,
    /// What opens the case
    #[command(flatten)]
    pub key: KeyArgs,
}

/// Arguments of `sayso backup`.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The case
    #[arg(value_name = "CASE", value_hint = ValueHint::FilePath)]
    pub case: PathBuf,
    /// The copy; there must be no such file yet
    #[arg(value_name = "COPY", value_hint = ValueHint::FilePath)]
    pub to: PathBuf,
    /// What opens the case
    #[command(flatten)]
    pub key: KeyArgs,
}
