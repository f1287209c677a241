//! What the operator sees: the log, and the numbers of `/metrics`.
//!
//! **Invariant (H2):** no secret gets here: requests are named by their route, never by path or query.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use tracing_subscriber::EnvFilter;

/// Sends the log to stderr; `SAMVERK_LOG` chooses what (`info` where it is not set).
pub fn start_log() {
    let filter =
        EnvFilter::try_from_env("SAMVERK_LOG").unwrap_or_else(|_| EnvFilter::new("info,actix_server=warn"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    if let Err(error) = log.try_init() {
        tracing::debug!(%error, "the log was started before");
    }
}

/// Counters of the edge.
#[derive(Debug, Default)]
pub struct Numbers {
    requests: Mutex<BTreeMap<(String, u16), u64>>,
    connections: AtomicU64,
    refused_frames: AtomicU64,
}

impl Numbers {
    /// A request was answered; `status` is reduced to its class.
    pub fn request(&self, route: &str, status: u16) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        *requests.entry((route.to_owned(), status / 100)).or_default() += 1;
    }

    /// A socket was opened.
    pub fn connected(&self) {
        self.connections.fetch_add(1, Ordering::Relaxed);
    }

    /// A socket was closed.
    pub fn disconnected(&self) {
        self.connections.fetch_sub(1, Ordering::Relaxed);
    }

    /// How many sockets are open.
    pub fn connections(&self) -> u64 {
        self.connections.load(Ordering::Relaxed)
    }

    /// How many requests the server could not answer.
    pub fn failed_requests(&self) -> u64 {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let failed = requests.iter().filter(|((_, class), _)| *class == 5);
        failed.map(|(_, count)| count).sum()
    }

    /// How many frames were refused.
    pub fn refused_frames(&self) -> u64 {
        self.refused_frames.load(Ordering::Relaxed)
    }

    /// A frame was refused before it reached a hub (W4, W5).
    pub fn refused_frame(&self) {
        self.refused_frames.fetch_add(1, Ordering::Relaxed);
    }

    /// The counters as Prometheus text.
    pub fn text(&self) -> String {
        let mut text = String::from("# TYPE samverk_http_requests_total counter\n");
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        for ((route, class), count) in requests.iter() {
            let line =
                format!("samverk_http_requests_total{{route=\"{route}\",status=\"{class}xx\"}} {count}\n");
            text.push_str(&line);
        }
        let connections = self.connections();
        let refused = self.refused_frames();
        // Writing to a String cannot fail.
        write!(
            text,
            "# TYPE samverk_sockets gauge\nsamverk_sockets {connections}\n\
             samverk_refusals_total{{reason=\"frame\"}} {refused}\n"
        )
        .ok();
        text
    }
}
