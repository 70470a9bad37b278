//! The program around the library: arguments, standard streams, exit codes.

mod case;
mod cli;
mod eval;
mod explain;
mod failures;
mod link;
mod model;
mod progress;
mod read;
mod serve;
mod sinks;
mod summary;
mod target;
mod terminal;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use cli::{Cli, Command};

/// Something failed; all else was read.
const FAILED: u8 = 2;
/// There was nothing to read.
const NOTHING: u8 = 1;

/// Does what the command line asks for.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Read(args) => read::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Add(args) => case::add::run(&args),
        Command::Ask(args) => case::ask::run(&args),
        Command::Review(args) => case::review::run(&args),
        Command::Link(args) => link::run(&args),
        Command::Stories(args) => link::show::stories(&args),
        Command::Claims(args) => link::show::claims(&args),
        Command::Claim(args) => link::show::claim(&args),
        Command::Relate(args) => link::relate::run(&args),
        Command::Timeline(args) => link::show::timeline(&args),
        Command::Disagreements(args) => link::show::disagreements(&args),
        Command::Origins(args) => link::show::origins(&args),
        Command::Copies(args) => link::show::copies(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Check(args) => case::care::check(&args),
        Command::Backup(args) => case::care::backup(&args),
        Command::Compact(args) => case::care::compact(&args),
        Command::Info(args) => case::care::info(&args),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "sayso", &mut script);
            print(&script)
        }
        Command::Man => manual().and_then(|page| print(&page)),
    };
    match done {
        Ok(code) => code,
        // Whoever read our output has seen enough.
        Err(error) if terminal::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::complain(&error);
            FAILED.into()
        }
    }
}

fn print(bytes: &[u8]) -> anyhow::Result<ExitCode> {
    io::stdout().write_all(bytes)?;
    Ok(ExitCode::SUCCESS)
}

/// The manual page: the program's, then one section for each of its commands.
fn manual() -> anyhow::Result<Vec<u8>> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for command in command
        .get_subcommands()
        .filter(|command| command.get_name() != "help")
    {
        let man = clap_mangen::Man::new(command.clone());
        writeln!(page, ".SH \"SAYSO {}\"", command.get_name().to_uppercase())?;
        man.render_synopsis_section(&mut page)?;
        man.render_description_section(&mut page)?;
        man.render_options_section(&mut page)?;
    }
    Ok(page)
}
