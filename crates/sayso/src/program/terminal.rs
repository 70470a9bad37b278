//! What the terminal can show, and sentences for people on standard error.

use std::env;
use std::io::{self, IsTerminal as _, Write as _};

use sayso::output::glyphs::{ASCII, Glyphs, UNICODE};
use sayso::output::rows::one_line;
use sayso::output::table::Look;

/// Columns of a table that goes to no terminal.
const COLUMNS: usize = 80;

/// How wide and with which signs to write: as asked for, or as the terminal has it.
pub fn look(width: Option<usize>) -> Look {
    Look {
        width: width.unwrap_or_else(self::width),
        glyphs: glyphs(),
    }
}

/// Columns of the terminal that standard output goes to.
fn width() -> usize {
    let size = terminal_size::terminal_size_of(io::stdout());
    size.map_or(COLUMNS, |(width, _)| usize::from(width.0))
}

/// The signs that the locale can show; ASCII only where it says that it is not UTF-8.
fn glyphs() -> Glyphs {
    let settings = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter();
    let locale = settings
        .filter_map(|name| env::var(name).ok())
        .find(|value| !value.is_empty());
    match locale.map(|locale| locale.to_ascii_lowercase().replace('-', "")) {
        Some(locale) if !locale.contains("utf8") => ASCII,
        _ => UNICODE,
    }
}

/// Whether somebody watches standard error, and no readings roll over the same screen.
pub fn is_watched(readings_on_stdout: bool) -> bool {
    io::stderr().is_terminal() && !(readings_on_stdout && io::stdout().is_terminal())
}

/// One sentence about what went wrong.
pub fn complain(error: &dyn std::fmt::Display) {
    say(&format!("sayso: {error}"));
}

/// One line on standard error. Where even that is closed, nobody is left to tell.
pub fn say(sentence: &str) {
    let _ = writeln!(io::stderr(), "{}", one_line(sentence));
}

/// Whether an error only says that nobody reads our output any more.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let cause = error.downcast_ref::<io::Error>();
    cause.is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
