//! The program `sayso`.

mod program;

use std::process::ExitCode;

fn main() -> ExitCode {
    program::main()
}
