//! The command line: every argument is defined here, and help, man page and completions follow.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueHint};
use clap_complete::Shell;
use sayso_load::{Columns, Facts, Options};
use sayso_reading::Edtf;

const EXIT_CODES: &str = "\
Exit codes:
  0  all was read
  1  there was nothing to read
  2  something failed; all else was read";

/// Who says so? Shows who said what in news reports.
#[derive(Debug, Parser)]
#[command(
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read texts and show who says so
    Read(Box<ReadArgs>),
    /// Compare readings with texts that people labelled, and print the figures
    Eval(EvalArgs),
    /// Write completions for a shell to standard output
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual page to standard output
    Man,
}

/// Arguments of `sayso read`.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub struct ReadArgs {
    /// Files, folders, patterns, or - for standard input: text, HTML, JSON Lines, CSV, also as .gz
    #[arg(required = true, value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<String>,
    /// Where the readings go
    #[command(flatten)]
    pub output: OutputArgs,
    /// What is known about the text
    #[command(flatten)]
    pub facts: FactArgs,
    /// Where records hold what
    #[command(flatten)]
    pub columns: ColumnArgs,
    /// How to read
    #[command(flatten)]
    pub reading: ReaderArgs,
}

/// Where the readings go.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// Write JSON Lines instead of the table, to standard output or to =FILE
    #[expect(
        clippy::option_option,
        reason = "clap's type for an option that may go without its value"
    )]
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, value_hint = ValueHint::FilePath)]
    pub json: Option<Option<PathBuf>>,
    /// Write one self-contained page instead of the table
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub html: Option<PathBuf>,
    /// Columns of the table; without it, those of the terminal, or 80
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
    /// Neither progress nor counts nor notes on standard error; failures are still told
    #[arg(long, short)]
    pub quiet: bool,
}

/// What is known about one text from outside it.
#[derive(Debug, Args)]
#[command(
    next_help_heading = "About the text (for one text; for a folder see sayso.toml in the manual)"
)]
pub struct FactArgs {
    /// When it was published, such as 2024-01-29
    #[arg(long, value_name = "DATE")]
    pub published: Option<Edtf>,
    /// Who published it
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// The address of its page
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub url: Option<String>,
}

/// Names of columns in CSV files and of fields in JSON Lines.
#[expect(clippy::struct_field_names, reason = "each bears the name of its flag")]
#[derive(Debug, Args)]
#[command(next_help_heading = "Columns of tables and fields of records")]
pub struct ColumnArgs {
    /// The column of the identifier
    #[arg(long, value_name = "NAME", default_value = "id")]
    pub id_column: String,
    /// The column of the text
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub text_column: String,
    /// The column of the title
    #[arg(long, value_name = "NAME", default_value = "title")]
    pub title_column: String,
    /// The column of the publisher
    #[arg(long, value_name = "NAME", default_value = "publisher")]
    pub publisher_column: String,
    /// The column of the date; without it, published, or else date
    #[arg(long, value_name = "NAME")]
    pub date_column: Option<String>,
    /// The column of the page's address
    #[arg(long, value_name = "NAME", default_value = "url")]
    pub url_column: String,
}

/// How to read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub struct ReaderArgs {
    /// Keep also what main-text extraction leaves out of a page, marked as boilerplate
    #[arg(long)]
    pub full_page: bool,
    /// The longest file or record to read, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    pub limit: u64,
    /// Read with these weights instead of the built-in ones
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub model: Option<PathBuf>,
    /// Read with these cues beside the built-in ones; where both have a cue, the file's counts
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub lexicon: Option<PathBuf>,
    /// Threads to read on; without it, one for each core
    #[arg(long, value_name = "NUMBER")]
    pub threads: Option<NonZeroUsize>,
}

/// Arguments of `sayso eval`.
#[derive(Debug, Args)]
pub struct EvalArgs {
    /// Labelled texts: JSON Lines or single readings, also as .gz; may be given several times
    #[arg(long, required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub gold: Vec<PathBuf>,
    /// Readings from `sayso read --json`, or texts to be read now; without any, the labelled texts are read
    #[arg(value_name = "READINGS|INPUT", value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,
    /// Count attributions within others too
    #[arg(long)]
    pub nested: bool,
    /// Print the figures as JSON
    #[arg(long)]
    pub json: bool,
    /// Read with these weights instead of the built-in ones
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub model: Option<PathBuf>,
    /// Read with these cues beside the built-in ones; where both have a cue, the file's counts
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub lexicon: Option<PathBuf>,
    /// Threads to read on; without it, one for each core
    #[arg(long, value_name = "NUMBER")]
    pub threads: Option<NonZeroUsize>,
}

impl ReadArgs {
    /// What the loader is to know.
    pub fn options(&self) -> Options {
        let (facts, columns) = (&self.facts, &self.columns);
        Options {
            columns: Columns {
                id: columns.id_column.clone(),
                text: columns.text_column.clone(),
                title: columns.title_column.clone(),
                publisher: columns.publisher_column.clone(),
                date: columns.date_column.clone(),
                url: columns.url_column.clone(),
            },
            full_page: self.reading.full_page,
            facts: Facts {
                published: facts.published.clone(),
                publisher: facts.publisher.clone(),
                url: facts.url.clone(),
                ..Facts::default()
            },
            limit: self.reading.limit.saturating_mul(1 << 20),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_definitions_do_not_contradict_each_other() {
        Cli::command().debug_assert();
    }

    #[test]
    fn json_takes_no_input_for_its_file() {
        let cli = Cli::try_parse_from(["sayso", "read", "--json", "a.txt"]).unwrap();
        let Command::Read(args) = cli.command else {
            panic!("another command")
        };
        assert_eq!(args.inputs, ["a.txt"]);
        assert_eq!(args.output.json, Some(None));
    }
}
