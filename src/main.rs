//! The program `pko`; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(pko::cli::run(std::env::args_os().collect()) as u8)
}
