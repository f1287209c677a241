//! The command line.
//!
//! Commands on a running server go through the control socket in its data folder, on a stopped one to the store
//! directly; the code that does them is the same (`control::perform`).

pub mod control;
mod serve;
mod settings;

use crate::core::StartError;
use clap::{Parser, Subcommand};
use control::{ControlError, Order};
use settings::{BadSettings, Settings};
use std::process::ExitCode;

/// Self-hosted workshop server.
#[derive(Debug, Parser)]
#[command(name = "samverk", version)]
struct Cli {
    #[command(subcommand)]
    command: CliCommand,
}

#[derive(Debug, Subcommand)]
enum CliCommand {
    /// Runs the server
    Serve(Settings),
    /// Prints a link, good for one use, to become the owner of the server
    OwnerLink(Settings),
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error(transparent)]
    Settings(#[from] BadSettings),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Control(#[from] ControlError),
    #[error("the machine refused: {0}")]
    Machine(#[from] std::io::Error),
    #[error("the store failed: what was acknowledged is safe, and nothing is stored any more")]
    StoreFailed,
}

/// Does what the command line says.
pub fn main() -> ExitCode {
    crate::telemetry::start_log();
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("samverk: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: CliCommand) -> Result<(), CliError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(async {
        match command {
            CliCommand::Serve(settings) => serve::serve(settings.config()?).await,
            CliCommand::OwnerLink(settings) => {
                let answer = control::ask(&settings.config()?, Order::OwnerLink).await?;
                println!("{}", answer["link"].as_str().unwrap_or_default());
                Ok(())
            }
        }
    });
    // A store that failed may hold a thread for ever.
    runtime.shutdown_background();
    done
}
