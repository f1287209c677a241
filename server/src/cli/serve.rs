//! `samverk serve`.

use super::CliError;
use crate::config::Config;
use crate::http::links::join_path;
use crate::people::Secret;
use crate::running::{RunningServer, start};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::timeout;

/// How long a server whose store failed may take to tell its clients.
const FAILED_STOP_MAX: Duration = Duration::from_millis(800);

/// Runs the server until it is told to stop, or its store fails.
pub async fn serve(config: Config) -> Result<(), CliError> {
    raise_file_limit();
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let server = start(config).await?;
    announce(&server);
    let mut failed = server.failed();
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        Ok(_) = failed.wait_for(|failed| *failed) => {
            tracing::error!("the store failed; the server ends");
            if timeout(FAILED_STOP_MAX, server.stop()).await.is_err() {
                tracing::warn!("not everybody could be told in time");
            }
            return Err(CliError::StoreFailed);
        }
    }
    tracing::info!("stopping");
    server.stop().await;
    Ok(())
}

/// One line each, for people and programs: what it is, then the id or link.
fn announce(server: &RunningServer) {
    if let Some(secret) = &server.owner_secret {
        println!("owner {}", owner_link(&server.address, secret));
    }
    if let Some(demo) = &server.demo {
        println!("workshop {}", demo.workshop);
        for (grant, secret) in &demo.links {
            println!("{} {}{}", grant.as_str(), server.address, join_path(secret));
        }
    }
}

/// The link to become the owner; the secret is behind the `#`, so no server sees it in a path.
pub fn owner_link(address: &str, secret: &Secret) -> String {
    format!("{address}/eier#{}", secret.reveal())
}

/// Each connection is a file; the usual limit of 1,024 is for programs that have none.
fn raise_file_limit() {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current != maximum
        && let Err(error) = setrlimit(
            Resource::Nofile,
            Rlimit {
                current: maximum,
                maximum,
            },
        )
    {
        tracing::warn!(%error, ?current, "the limit of open files stays as it is");
    }
}
