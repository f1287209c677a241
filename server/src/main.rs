//! The samverk command.

use std::process::ExitCode;

fn main() -> ExitCode {
    samverk::cli::main()
}
