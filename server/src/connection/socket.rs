//! `/sync`: who may open a WebSocket, and how it carries frames.

use super::end::End;
use super::guard::{Guard, Passage};
use super::{Carrier, Guest, Slot, run};
use crate::clock;
use crate::http::{Problem, Server, origin};
use crate::people::{Secret, Visitor};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use actix_ws::{AggregatedMessage, AggregatedMessageStream, CloseCode, CloseReason, Session};
use bytes::Bytes;
use samverk_shared::ids::WorkshopId;
use samverk_shared::limits::{FRAME_BYTES_MAX, PING_EVERY_MS, SEND_WAIT_MS_MAX, SILENCE_MS_MAX};
use serde::Deserialize;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
use tokio::time::{Instant, interval, timeout};

/// How long a connection that ends may take to be told.
const FAREWELL_MS_MAX: u64 = 1_000;

/// The query of `/sync`.
#[derive(Debug, Deserialize)]
pub struct Query {
    ticket: Option<String>,
    workshop: Option<WorkshopId>,
}

/// `GET /sync`.
pub async fn sync(
    request: HttpRequest,
    server: web::Data<Server>,
    query: web::Query<Query>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let guest = admit(&request, &server, query.into_inner()).await?;
    let person = guest.visitor.as_ref().map(|visitor| visitor.person.id.clone());
    let slot = server.slots.enter(person).ok_or(Problem::Busy)?;
    let passage = Passage::new();
    let guarded = Box::pin(Guard::new(payload.into_inner(), passage.clone()));
    let payload = web::Payload::from_request(&request, &mut Payload::Stream { payload: guarded }).await;
    let payload = payload.map_err(|_| Problem::Internal)?;
    let upgraded = actix_ws::handle(&request, payload);
    let (response, session, stream) =
        upgraded.map_err(|error| Problem::BadRequest(format!("this is for WebSockets: {error}")))?;
    let stream = stream.max_frame_size(FRAME_BYTES_MAX).aggregate_continuations();
    let stream = stream.max_continuation_size(FRAME_BYTES_MAX);
    let socket = Socket {
        passage,
        held: Cell::new(false),
        session,
    };
    actix_web::rt::spawn(carry(server, guest, socket, stream, slot));
    Ok(response)
}

async fn admit(request: &HttpRequest, server: &Server, query: Query) -> Result<Guest, Problem> {
    if server.config.open_sync {
        return admit_anybody(request, server);
    }
    let (visitor, workshop) = match query.ticket {
        Some(ticket) => {
            let ticket =
                Secret::presented(&ticket).and_then(|t| server.core.people.take_ticket(&t, clock::now_s()));
            let ticket = ticket.ok_or(Problem::NoSession)?;
            if !server.core.people.is_open(&ticket.visitor.session)? {
                return Err(Problem::NoSession);
            }
            (ticket.visitor, ticket.workshop)
        }
        None => admit_session(request, server, query.workshop).await?,
    };
    let member = server.member(&visitor, workshop)?;
    Ok(Guest {
        visitor: Some(visitor),
        place: Some((member.workshop, member.row.id)),
    })
}

/// A browser sends the cookie with every page's socket, so the page has to be the server's own.
async fn admit_session(
    request: &HttpRequest,
    server: &Server,
    workshop: Option<WorkshopId>,
) -> Result<(Visitor, WorkshopId), Problem> {
    if !origin::is_own(&server.config, request.headers()) {
        return Err(Problem::OtherOrigin);
    }
    let visitor = server
        .visitor(request.headers())
        .await?
        .ok_or(Problem::NoSession)?;
    let mut theirs = visitor.person.participants.keys();
    let only = match (theirs.next(), theirs.next()) {
        (Some(only), None) => Some(only.clone()),
        _ => None,
    };
    let workshop = workshop
        .or(only)
        .ok_or_else(|| Problem::BadRequest("say which: ?workshop=ID".into()))?;
    Ok((visitor, workshop))
}

fn admit_anybody(request: &HttpRequest, server: &Server) -> Result<Guest, Problem> {
    let local = request
        .peer_addr()
        .is_some_and(|peer| peer.ip().to_canonical().is_loopback());
    let page = origin::is_open_to(&server.config, request.headers());
    if page && (local || server.config.open_sync_anywhere) {
        Ok(Guest {
            visitor: None,
            place: None,
        })
    } else {
        Err(Problem::OtherOrigin)
    }
}

struct Socket {
    passage: Rc<Passage>,
    /// The runtime has no room: what is not read then is no silence of the client.
    held: Cell<bool>,
    session: Session,
}

async fn carry(
    server: web::Data<Server>,
    guest: Guest,
    socket: Socket,
    stream: AggregatedMessageStream,
    slot: Slot,
) {
    server.numbers.connected();
    let end = run(&server, &guest, &socket, stream).await;
    let reason = CloseReason {
        code: CloseCode::from(end.code),
        description: Some(end.reason.to_owned()),
    };
    // A client that is gone, or takes nothing, cannot be told.
    timeout(
        Duration::from_millis(FAREWELL_MS_MAX),
        socket.session.clone().close(Some(reason)),
    )
    .await
    .ok();
    server.numbers.disconnected();
    drop(slot);
}

impl Carrier for Socket {
    type Incoming = AggregatedMessageStream;

    /// Answers pings on the way.
    async fn frame(&self, stream: &mut AggregatedMessageStream) -> Result<Bytes, End> {
        loop {
            match stream.recv().await {
                Some(Ok(AggregatedMessage::Binary(bytes))) => return Ok(bytes),
                Some(Ok(AggregatedMessage::Ping(bytes))) => {
                    let pong = self.session.clone();
                    self.in_time(async move { { pong }.pong(&bytes).await }).await?;
                }
                Some(Ok(AggregatedMessage::Pong(_))) => {}
                Some(Ok(AggregatedMessage::Text(_))) => return Err(End::PROTOCOL),
                Some(Ok(AggregatedMessage::Close(_))) | None => return Err(End::GONE),
                Some(Err(_)) if self.passage.too_long() => return Err(End::TOO_LONG),
                Some(Err(_)) => return Err(End::PROTOCOL),
            }
        }
    }

    async fn send(&self, frame: Bytes) -> Result<(), End> {
        let mut session = self.session.clone();
        self.in_time(async move { session.binary(frame).await }).await
    }

    /// Pings, and gives up a client that has been silent (W7).
    async fn silence(&self) -> End {
        let mut beat = interval(Duration::from_millis(PING_EVERY_MS));
        loop {
            beat.tick().await;
            let silence = Instant::now().duration_since(self.passage.heard());
            if silence > Duration::from_millis(SILENCE_MS_MAX) && !self.held.get() {
                return End::SILENT;
            }
            let mut session = self.session.clone();
            if let Err(end) = self.in_time(async move { session.ping(b"").await }).await {
                return end;
            }
        }
    }

    fn joined(&self) {
        self.passage.joined();
    }

    fn held(&self, held: bool) {
        self.held.set(held);
        if !held {
            self.passage.excuse();
        }
    }
}

impl Socket {
    /// Something that is sent, and given up when the client does not take it (W8).
    async fn in_time(&self, sent: impl Future<Output = Result<(), actix_ws::Closed>>) -> Result<(), End> {
        match timeout(Duration::from_millis(SEND_WAIT_MS_MAX), sent).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(End::GONE),
            Err(_) => Err(End::SLOW),
        }
    }
}
