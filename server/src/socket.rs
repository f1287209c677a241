//! `/sync`: who may open a socket, and the pumping between it and the runtime (protocol section W).
//!
//! **Invariant:** what a frame means is not known here; a connection ends alone.

mod guard;
mod sockets;

pub use sockets::{Place, Sockets};

use crate::clock;
use crate::http::{Problem, Server, origin};
use crate::hub::Hello;
use crate::people::{Digest, Secret, Visitor};
use crate::runtime::{ConnectionSender, Outbox, Outgoing};
use crate::wire::{self, ClientFrame, Reader};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use actix_ws::{AggregatedMessage, AggregatedMessageStream, CloseCode, CloseReason, Session};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use futures_util::stream::FuturesUnordered;
use guard::{Guard, Passage};
use samverk_shared::ids::{ParticipantId, WorkshopId};
use samverk_shared::limits::{
    FRAME_BYTES_MAX, JOIN_WAIT_MS_MAX, PEER_ID_BYTES_MAX, PING_EVERY_MS, SEND_WAIT_MS_MAX, SILENCE_MS_MAX,
};
use serde::Deserialize;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::time::{Instant, interval, sleep, timeout};

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
    let place = server.sockets.enter(person).ok_or(Problem::Busy)?;
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
        server,
        guest,
        passage,
        reader: RefCell::default(),
        waiting: Cell::new(false),
        session,
    };
    actix_web::rt::spawn(run(socket, stream, place));
    Ok(response)
}

/// Who is at the other end.
struct Guest {
    /// `None` in open mode.
    visitor: Option<Visitor>,
    place: Option<(WorkshopId, ParticipantId)>,
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

/// Why a connection ends.
struct End {
    code: u16,
    reason: &'static str,
}

impl End {
    const GONE: End = End {
        code: 1000,
        reason: "",
    };
    const SILENT: End = End {
        code: 1001,
        reason: "nothing was heard",
    };
    const PROTOCOL: End = End {
        code: 1002,
        reason: "not a frame of the protocol",
    };
    const NO_JOIN: End = End {
        code: 1002,
        reason: "the first frame has to be join",
    };
    const VERSION: End = End {
        code: 1002,
        reason: "only protocol version 1 is spoken",
    };
    const NOT_YOU: End = End {
        code: 1008,
        reason: "the peer id belongs to somebody else",
    };
    const SESSION_OVER: End = End {
        code: 1008,
        reason: "the session is over",
    };
    const TOO_LONG: End = End {
        code: 1009,
        reason: "the frame is too long",
    };
    const SLOW: End = End {
        code: 1013,
        reason: "too slow to take what is sent",
    };
}

struct Socket {
    server: web::Data<Server>,
    guest: Guest,
    passage: Rc<Passage>,
    reader: RefCell<Reader>,
    /// The runtime has no room: what is not read then is no silence of the client.
    waiting: Cell<bool>,
    session: Session,
}

async fn run(socket: Socket, mut stream: AggregatedMessageStream, place: Place) {
    socket.server.numbers.connected();
    let end = socket.live(&mut stream).await;
    if matches!(end.code, 1002 | 1008 | 1009) {
        socket.server.numbers.refused_frame();
        tracing::debug!(code = end.code, reason = end.reason, "a connection was ended");
    }
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
    socket.server.numbers.disconnected();
    drop(place);
}

impl Socket {
    async fn live(&self, stream: &mut AggregatedMessageStream) -> End {
        let hello = match timeout(Duration::from_millis(JOIN_WAIT_MS_MAX), self.join(stream)).await {
            Ok(Ok(hello)) => hello,
            Ok(Err(end)) => return end,
            Err(_) => return End::NO_JOIN,
        };
        let ended = self.server.core.people.ended();
        let (sender, outbox) = self.server.core.runtime.connect(hello);
        self.passage.joined();
        let ends: [LocalBoxFuture<'_, End>; 4] = [
            Box::pin(self.read(stream, sender)),
            Box::pin(self.write(outbox)),
            Box::pin(self.beat()),
            Box::pin(self.session_end(ended)),
        ];
        // Only the one that was woken is looked at: `select!` would look at all of them for each frame.
        let mut ends: FuturesUnordered<_> = ends.into_iter().collect();
        ends.next().await.unwrap_or(End::GONE)
    }

    /// The first frame: who is there, and in which words they speak (W2, P5).
    async fn join(&self, stream: &mut AggregatedMessageStream) -> Result<Hello, End> {
        let (frame, _) = self.frame(stream).await?;
        let ClientFrame::Join(join) = frame else {
            return Err(End::NO_JOIN);
        };
        if join.sender_id.is_empty() || join.sender_id.len() > PEER_ID_BYTES_MAX {
            return Err(End::PROTOCOL);
        }
        if !join.version_1 {
            self.refuse(&join.sender_id, End::VERSION.reason).await?;
            return Err(End::VERSION);
        }
        let (workshop, participant) = self.guest.place.clone().unzip();
        if let Some(participant) = &participant
            && join.samverk
            && join
                .sender_id
                .split_once('.')
                .is_none_or(|(id, _)| id != participant.as_str())
        {
            self.refuse(&join.sender_id, End::NOT_YOU.reason).await?;
            return Err(End::NOT_YOU);
        }
        let (peer_id, samverk, schema) = (join.sender_id, join.samverk, join.schema);
        Ok(Hello {
            workshop,
            participant,
            peer_id,
            samverk,
            schema,
        })
    }

    async fn refuse(&self, peer_id: &str, message: &str) -> Result<(), End> {
        let frame = wire::error(&self.server.core.storage_id, peer_id, message);
        self.send(frame).await
    }

    async fn read(&self, stream: &mut AggregatedMessageStream, sender: ConnectionSender) -> End {
        loop {
            let (frame, bytes) = match self.frame(stream).await {
                Ok((ClientFrame::Join(_), _)) => return End::PROTOCOL,
                Ok((ClientFrame::Leave, _)) => return End::GONE,
                Ok((ClientFrame::Ignored, _)) => continue,
                Ok(frame) => frame,
                Err(end) => return end,
            };
            self.waiting.set(true);
            sender.receive(frame, bytes).await;
            self.waiting.set(false);
            self.passage.excuse();
        }
    }

    /// The next frame of the protocol; answers pings on the way.
    async fn frame(&self, stream: &mut AggregatedMessageStream) -> Result<(ClientFrame, usize), End> {
        loop {
            match stream.recv().await {
                Some(Ok(AggregatedMessage::Binary(bytes))) => {
                    let frame = self.reader.borrow_mut().read(&bytes).map_err(|error| {
                        tracing::debug!(%error, "a frame was refused");
                        End::PROTOCOL
                    })?;
                    return Ok((frame, bytes.len()));
                }
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

    async fn write(&self, mut outbox: Outbox) -> End {
        while let Some(outgoing) = outbox.next().await {
            match outgoing {
                Outgoing::Frame(bytes) => {
                    if let Err(end) = self.send(bytes).await {
                        return end;
                    }
                }
                Outgoing::Close { code, reason } => return End { code, reason },
            }
        }
        End::GONE
    }

    async fn send(&self, bytes: bytes::Bytes) -> Result<(), End> {
        let mut session = self.session.clone();
        self.in_time(async move { session.binary(bytes).await }).await
    }

    /// Something that is sent, and given up when the client does not take it (W8).
    async fn in_time(&self, sent: impl Future<Output = Result<(), actix_ws::Closed>>) -> Result<(), End> {
        match timeout(Duration::from_millis(SEND_WAIT_MS_MAX), sent).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(End::GONE),
            Err(_) => Err(End::SLOW),
        }
    }

    /// Pings, and gives up a client that has been silent (W7).
    async fn beat(&self) -> End {
        let mut beat = interval(Duration::from_millis(PING_EVERY_MS));
        loop {
            beat.tick().await;
            let silence = Instant::now().duration_since(self.passage.heard());
            if silence > Duration::from_millis(SILENCE_MS_MAX) && !self.waiting.get() {
                return End::SILENT;
            }
            let mut session = self.session.clone();
            if let Err(end) = self.in_time(async move { session.ping(b"").await }).await {
                return end;
            }
        }
    }

    /// Returns when the session that opened the socket is over.
    async fn session_end(&self, mut ended: broadcast::Receiver<Digest>) -> End {
        let Some(visitor) = &self.guest.visitor else {
            return std::future::pending().await;
        };
        // It may have ended since the socket was let in, before anybody listened.
        if matches!(self.server.core.people.is_open(&visitor.session), Ok(false)) {
            return End::SESSION_OVER;
        }
        let left_s = visitor.ends_s.saturating_sub(clock::now_s());
        let signed_out = async {
            loop {
                match ended.recv().await {
                    Ok(session) if session == visitor.session => return,
                    Ok(_) => {}
                    // Which sessions ended is lost; the client comes back if its own did not.
                    Err(_) => return,
                }
            }
        };
        tokio::select! {
            () = sleep(Duration::from_secs(left_s)) => {}
            () = signed_out => {}
        }
        End::SESSION_OVER
    }
}
