//! The command line: every argument is defined here, and help, man page and completions follow.

use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueHint};
use clap_complete::Shell;
use sayso::output::filter::Filter;
use sayso_load::{Columns, Facts, Options};
use sayso_reading::{Act, Certainty, Edtf, SourceKind};

use super::case::{AddArgs, AskArgs, BackupArgs, CareArgs, KeyArgs, ReviewArgs};
use super::link::{ClaimArgs, CopiesArgs, LinkArgs, RelateArgs, ShowArgs};

const EXIT_CODES: &str = "\
Exit codes:
  0  all was read
  1  there was nothing to read
  2  something failed; all else was read";

const EXPLAIN_HELP: &str = "\
What to ask for:
  FILE                 lists what can be asked of a text, and how
  FILE#a3              the attribution a3; a time as FILE#t1, a place as #p1, a figure as #f1, an event as #v1
  FILE:12:40           the innermost attribution at line 12, column 40 of the text that is read
                       (`document.text`; of a plain text file, the file itself); where there is
                       none, the time, place or figure there
  FILE#ID#a3           of a JSON Lines, JSON or CSV file, the record with the identifier ID;
  FILE#ID:12:40        also FILE#ID alone
  CASE#DOCUMENT#v1     of a case, why a claim stands as it does
  -                    standard input, with the same behind it: -#a3, -:12:40
Lines and columns are counted from 1, columns in Unicode scalar values.";

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
    /// Tell why an attribution, time, place or figure is what it is, step by step
    Explain(Box<ExplainArgs>),
    /// Compare readings with texts that people labelled, and print the figures
    Eval(Box<EvalArgs>),
    /// Read texts and keep them, with what was found, in a case: one file
    Add(Box<AddArgs>),
    /// Ask a case: which documents, statements or events fit a question
    Ask(Box<AskArgs>),
    /// Accept, reject or correct what was read; each decision goes into the case's journal
    Review(Box<ReviewArgs>),
    /// Link the documents of a case that are not linked yet; `sayso add` does so by itself
    Link(LinkArgs),
    /// Which documents are about one matter
    Stories(ShowArgs),
    /// What is claimed, and what stands behind it
    Claims(ShowArgs),
    /// One claim in full: who says it, from whom, what speaks against it
    Claim(ClaimArgs),
    /// Decide that two documents are of one story, two events or two sources one, or that they are not
    Relate(RelateArgs),
    /// What happened when, as far as it is told
    Timeline(ShowArgs),
    /// Where those who tell a claim differ: denials, actors, figures, times, places
    Disagreements(ShowArgs),
    /// From whom the reports and statements come
    Origins(ShowArgs),
    /// Which documents share their words, and who tells others' reports
    Copies(CopiesArgs),
    /// Show a case in the browser: pages at an address of this machine
    Serve(ServeArgs),
    /// Is a case sound: nothing lost, nothing changed behind sayso's back
    Check(CareArgs),
    /// Copy a case while it is in use, and check the copy
    Backup(BackupArgs),
    /// Give unused room of a case back
    Compact(CareArgs),
    /// What is in a case, in numbers
    Info(CareArgs),
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
    /// What is shown
    #[command(flatten)]
    pub filter: FilterArgs,
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

/// Arguments of `sayso explain`.
#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_HELP)]
pub struct ExplainArgs {
    /// A text, and with `#a3` or `:12:40` behind it what to explain; see below
    #[arg(value_name = "FILE[#ID][#a3|:LINE:COLUMN]", value_hint = ValueHint::FilePath, allow_hyphen_values = true)]
    pub target: String,
    /// Print it as JSON, one object a line
    #[arg(long)]
    pub json: bool,
    /// Columns of the text; without it, those of the terminal, or 80
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
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
}

/// What is shown of the readings.
#[derive(Debug, Args)]
#[command(next_help_heading = "Only some of it (in the table, the JSON and the page alike)")]
pub struct FilterArgs {
    /// Only these kinds of sources, such as anonymous,unstated
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = one_of(SourceKind::ALL, SourceKind::as_str))]
    pub kind: Vec<SourceKind>,
    /// Only these acts, such as deny
    #[arg(long, value_name = "ACTS", value_delimiter = ',', value_parser = one_of(Act::ALL, Act::as_str))]
    pub act: Vec<Act>,
    /// Only these certainties, such as probable,possible
    #[arg(long, value_name = "CERTAINTIES", value_delimiter = ',', value_parser = one_of(Certainty::ALL, Certainty::as_str))]
    pub certainty: Vec<Certainty>,
    /// Only what goes back to a source whose name or description holds these words
    #[arg(long, value_name = "TEXT")]
    pub origin: Option<String>,
    /// Only what goes back to a source that is meant but kept unnamed
    #[arg(long)]
    pub unnamed: bool,
}

/// A parser of the words of a closed list.
fn one_of<T>(all: &'static [T], word: fn(T) -> &'static str) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    let words = PossibleValuesParser::new(all.iter().map(|&value| word(value)));
    words.try_map(move |given| {
        let found = all.iter().copied().find(|&value| word(value) == given);
        found.ok_or("no such word")
    })
}

/// What to read with.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub struct ModelArgs {
    /// Read with these weights instead of the built-in ones
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub model: Option<PathBuf>,
    /// Read with these cues beside the built-in ones; where both have a cue, the file's counts
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub lexicon: Option<PathBuf>,
    /// Know these news outlets and agencies beside the built-in ones; a CSV file, may be given several times
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub outlets: Vec<PathBuf>,
    /// Look places up in this gazetteer instead of the built-in one
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub gazetteer: Option<PathBuf>,
    /// Know these places before those of the gazetteer; a CSV file, may be given several times
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub places: Vec<PathBuf>,
    /// Take everything that is told to happen for an event, OTHER where no type covers it
    #[arg(long)]
    pub happenings: bool,
}

/// Where the readings go.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
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
    /// With --html: under each attribution of the page, why it is what it is
    #[arg(long, requires = "html")]
    pub explain: bool,
    /// In the table: all events, times, places and figures, not only the first dozen of each
    #[arg(long)]
    pub facts: bool,
    /// In the table: what is told to have happened instead of who says what
    #[arg(long)]
    pub events: bool,
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
}

/// Arguments of `sayso serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// The case
    #[arg(value_name = "CASE", value_hint = ValueHint::FilePath)]
    pub case: PathBuf,
    /// The port to listen on; 0 takes any that is free
    #[arg(long, value_name = "NUMBER", default_value_t = 8765)]
    pub port: u16,
    /// The address to listen on; on any but this machine's own, who asks has to bring the token (`SAYSO_TOKEN`, or
    /// one that is made up)
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub listen: IpAddr,
    /// A name by which others may ask for it; may be given several times
    #[arg(long = "name", value_name = "HOST")]
    pub names: Vec<String>,
    /// What opens the case
    #[command(flatten)]
    pub key: KeyArgs,
    /// What to read with
    #[command(flatten)]
    pub model: ModelArgs,
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
    /// What to read with
    #[command(flatten)]
    pub model: ModelArgs,
    /// Threads to read on; without it, one for each core
    #[arg(long, value_name = "NUMBER")]
    pub threads: Option<NonZeroUsize>,
}

impl ReadArgs {
    /// What the loader is to know.
    pub fn options(&self) -> Options {
        options(&self.facts, &self.columns, &self.reading)
    }
}

impl ExplainArgs {
    /// What the loader is to know.
    pub fn options(&self) -> Options {
        options(&self.facts, &self.columns, &self.reading)
    }
}

impl FilterArgs {
    /// What is let through.
    pub fn filter(&self) -> Filter {
        Filter {
            kinds: self.kind.clone(),
            acts: self.act.clone(),
            certainties: self.certainty.clone(),
            origin: self.origin.clone(),
            unnamed: self.unnamed,
        }
    }
}

impl AddArgs {
    /// What the loader is to know.
    pub fn options(&self) -> Options {
        options(&self.facts, &self.columns, &self.reading)
    }
}

fn options(facts: &FactArgs, columns: &ColumnArgs, reading: &ReaderArgs) -> Options {
    Options {
        columns: Columns {
            id: columns.id_column.clone(),
            text: columns.text_column.clone(),
            title: columns.title_column.clone(),
            publisher: columns.publisher_column.clone(),
            date: columns.date_column.clone(),
            url: columns.url_column.clone(),
        },
        full_page: reading.full_page,
        facts: Facts {
            published: facts.published.clone(),
            publisher: facts.publisher.clone(),
            url: facts.url.clone(),
            ..Facts::default()
        },
        limit: reading.limit.saturating_mul(1 << 20),
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
