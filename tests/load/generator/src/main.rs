//! Plays many people at once against a sync server on this machine, and measures. See docs/performance.md.

mod automerge;
mod cbor;
mod client;
mod crowd;
mod figures;
mod kept;
mod relay;
mod scenario;
mod server;
mod socket;
mod target;
mod world;
mod yjs;

use anyhow::{Result, bail};
use clap::Parser;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::LocalSet;

#[derive(Parser)]
#[command(about)]
struct Cli {
    #[command(flatten)]
    target: target::Target,
    #[command(subcommand)]
    scenario: scenario::Scenario,
}

/// One thread: the server needs the others.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    world::now_us();
    let cli = Cli::parse();
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let play = LocalSet::new();
    // At a signal the run is dropped, and with it the server it started.
    tokio::select! {
        played = play.run_until(scenario::play(&cli.target, cli.scenario)) => played,
        _ = terminate.recv() => bail!("told to stop"),
        _ = interrupt.recv() => bail!("told to stop"),
    }
}
