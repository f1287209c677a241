//! The limit: every binary message goes to all other sockets of its room (the request path).
//! No document, no disk, no protocol. usage: relay PORT

use actix_web::{App, Error, HttpRequest, HttpResponse, HttpServer, rt, web};
use actix_ws::AggregatedMessage;
use bytes::Bytes;
use futures_util::StreamExt;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

/// The others of a room.
type Room = Arc<Mutex<Vec<(u64, UnboundedSender<Bytes>)>>>;

#[derive(Default)]
struct Rooms(Mutex<HashMap<String, Room>>);

const WORKERS: usize = 2;
const MESSAGE_BYTES_MAX: usize = 256 << 20;

static NEXT: AtomicU64 = AtomicU64::new(1);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn join(
    request: HttpRequest,
    body: web::Payload,
    rooms: web::Data<Rooms>,
) -> Result<HttpResponse, Error> {
    let (response, mut session, messages) = actix_ws::handle(&request, body)?;
    let room = lock(&rooms.0)
        .entry(request.path().to_string())
        .or_default()
        .clone();
    let me = NEXT.fetch_add(1, Ordering::Relaxed);
    let (to_me, mut for_me) = unbounded_channel::<Bytes>();
    lock(&room).push((me, to_me));
    let mut messages = messages
        .aggregate_continuations()
        .max_continuation_size(MESSAGE_BYTES_MAX);
    rt::spawn(async move {
        loop {
            let sent = tokio::select! {
                message = messages.next() => match message {
                    Some(Ok(AggregatedMessage::Binary(bytes))) => {
                        pass_on(&room, me, &bytes);
                        Ok(())
                    }
                    Some(Ok(AggregatedMessage::Ping(bytes))) => session.pong(&bytes).await,
                    Some(Ok(AggregatedMessage::Close(_)) | Err(_)) | None => break,
                    Some(Ok(_)) => Ok(()),
                },
                Some(bytes) = for_me.recv() => session.binary(bytes).await,
            };
            if sent.is_err() {
                break;
            }
        }
        lock(&room).retain(|(other, _)| *other != me);
    });
    Ok(response)
}

fn pass_on(room: &Room, me: u64, bytes: &Bytes) {
    for (_, to_other) in lock(room).iter().filter(|(other, _)| *other != me) {
        // Who has just left gets nothing.
        to_other.send(bytes.clone()).ok();
    }
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).and_then(|port| port.parse::<u16>().ok());
    let port = port.ok_or_else(|| std::io::Error::other("usage: relay PORT"))?;
    let rooms = web::Data::new(Rooms::default());
    HttpServer::new(move || {
        App::new()
            .app_data(rooms.clone())
            .default_service(web::get().to(join))
    })
    .workers(WORKERS)
    .on_connect(|connection, _| {
        // Without this Nagle's algorithm and delayed acknowledgements add 40 ms to many deliveries.
        if let Some(stream) = connection.downcast_ref::<rt::net::TcpStream>() {
            stream.set_nodelay(true).ok();
        }
    })
    .bind(("127.0.0.1", port))?
    .run()
    .await
}
