//! A running server: it listens, and stops in order.

use crate::cli::control;
use crate::cli::demo::{self, DemoLinks};
use crate::clock;
use crate::config::Config;
use crate::connection::{Lines, Slots};
use crate::core::{Core, StartError};
use crate::folder::wait_until_free;
use crate::http::{self, Server};
use crate::people::Secret;
use crate::telemetry::Numbers;
use actix_web::dev::ServerHandle;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use samverk_shared::limits::SILENCE_MS_MAX;
use std::any::Any;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};

/// How long connections may take to be told that the server stops.
const FAREWELL_MAX: Duration = Duration::from_secs(2);
/// How long requests under way may take then.
const REQUESTS_S_MAX: u64 = 2;
/// How often ended sessions are cleared away.
const SWEEP_EVERY: Duration = Duration::from_secs(3600);

/// A server that listens.
pub struct RunningServer {
    /// Where it listens.
    pub addr: SocketAddr,
    /// The address to give to people.
    pub address: String,
    /// Made at the first start: the secret of the link to become the owner.
    pub owner_secret: Option<Secret>,
    /// With `--demo`: the example workshop and fresh links to it.
    pub demo: Option<DemoLinks>,
    core: Arc<Core>,
    slots: Slots,
    handle: ServerHandle,
    tasks: Vec<JoinHandle<()>>,
}

/// Starts a server.
pub async fn start(config: Config) -> Result<RunningServer, StartError> {
    let core = Arc::new(Core::open(&config).await?);
    let owner_secret = if core.people.has_owner_link()? {
        None
    } else {
        Some(core.people.make_owner_link().await?)
    };
    let demo = if config.demo {
        Some(demo::prepare(&core).await?)
    } else {
        None
    };
    let numbers = Arc::new(Numbers::default());
    let slots = Slots::default();
    let state = Server {
        core: core.clone(),
        config: config.clone(),
        numbers,
        slots: slots.clone(),
        lines: Lines::new(Duration::from_millis(config.line_silence_ms)),
        started_s: clock::now_s(),
    };
    let (addr, server) = listen(config.listen, web::Data::new(state))?;
    let handle = server.handle();
    let serving = tokio::spawn(async move {
        if let Err(error) = server.await {
            tracing::error!(%error, "the HTTP server ended");
        }
    });
    let address = config.address(addr);
    let control = control::listen(&config.data, core.clone(), address.clone())?;
    let tasks = vec![serving, control, tokio::spawn(sweep(core.clone()))];
    tracing::info!(%addr, data = %config.data.display(), "samverk listens");
    Ok(RunningServer {
        addr,
        address,
        owner_secret,
        demo,
        core,
        slots,
        handle,
        tasks,
    })
}

impl RunningServer {
    /// Turns true when the store has failed (A2): stop, and end the process with an error.
    pub fn failed(&self) -> watch::Receiver<bool> {
        self.core.runtime.failed()
    }

    /// Stops in order: nobody new, the last acknowledgements, the connections, the requests under way.
    pub async fn stop(self) {
        self.slots.stop();
        self.core.runtime.stop().await;
        if !self.slots.closed(FAREWELL_MAX).await {
            tracing::warn!("some connections did not end in time");
        }
        self.handle.stop(true).await;
        for task in &self.tasks {
            task.abort();
        }
        for task in self.tasks {
            // It ended, or was aborted: both are an end.
            task.await.ok();
        }
        let released = self.core.released();
        drop(self.core);
        wait_until_free(released).await;
    }
}

fn listen(
    addr: SocketAddr,
    state: web::Data<Server>,
) -> Result<(SocketAddr, actix_web::dev::Server), StartError> {
    let app = move || {
        App::new()
            .app_data(state.clone())
            .wrap(from_fn(http::answer))
            .configure(http::routes)
    };
    let bound = HttpServer::new(app)
        .tcp_nodelay(true)
        .disable_signals()
        .shutdown_timeout(REQUESTS_S_MAX)
        .on_connect(|connection, _| limit_silence(connection))
        .bind(addr)
        .map_err(|error| StartError::Listen(addr, error))?;
    let addr = bound.addrs().first().copied().unwrap_or(addr);
    Ok((addr, bound.run()))
}

/// A peer that takes nothing of what was sent for this long is cut off by the kernel, even while the server waits
/// to write and not to read.
fn limit_silence(connection: &dyn Any) {
    let Some(tcp) = connection.downcast_ref::<actix_web::rt::net::TcpStream>() else {
        return;
    };
    let wait_ms = u32::try_from(SILENCE_MS_MAX).unwrap_or(u32::MAX);
    if let Err(error) = rustix::net::sockopt::set_tcp_user_timeout(tcp, wait_ms) {
        tracing::debug!(%error, "no limit on unsent bytes");
    }
}

async fn sweep(core: Arc<Core>) {
    let mut every = interval(SWEEP_EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        if let Err(error) = core.people.sweep(clock::now_s()).await {
            tracing::warn!(%error, "ended sessions were not cleared away");
        }
    }
}
