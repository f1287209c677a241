//! A minimal sync server on the `samod` crate: filesystem storage, axum's WebSockets, no announcements
//! (a peer only gets documents it asks for). usage: samod-peer PORT DATA

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::response::Response;
use axum::routing::get;
use axum::serve::ListenerExt;
use samod::storage::TokioFilesystemStorage;
use samod::{AcceptorHandle, Repo, ShareAccess, ShareConfig};

const MESSAGE_BYTES_MAX: usize = 256 << 20;

async fn join(upgrade: WebSocketUpgrade, State(acceptor): State<AcceptorHandle>) -> Response {
    let upgrade = upgrade
        .max_message_size(MESSAGE_BYTES_MAX)
        .max_frame_size(MESSAGE_BYTES_MAX);
    upgrade.on_upgrade(move |socket| async move {
        if acceptor.accept_axum(socket, None).is_err() {
            eprintln!("a connection was not accepted");
        }
    })
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let port: u16 = arguments.next().context("usage: samod-peer PORT DATA")?.parse()?;
    let data = arguments.next().context("usage: samod-peer PORT DATA")?;
    std::fs::create_dir_all(&data)?;
    let share = ShareConfig {
        access: ShareAccess::ReadWrite,
        announce: false,
    };
    let repo = Repo::build_tokio()
        .with_storage(TokioFilesystemStorage::new(&data))
        .with_share_policy(share)
        .load()
        .await;
    let acceptor = repo.make_acceptor(format!("ws://127.0.0.1:{port}/").parse()?)?;
    let app = Router::new().route("/", get(join)).with_state(acceptor);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    // Without this Nagle's algorithm and delayed acknowledgements add 40 ms to many deliveries.
    let listener = listener.tap_io(|stream| {
        stream.set_nodelay(true).ok();
    });
    axum::serve(listener, app).await?;
    Ok(())
}
