//! Connections: what carries frames between a client and the runtime, and what all carriers have in common
//! (protocol section W). A carrier is a WebSocket (`socket`) or, where those are blocked, a `line` of plain
//! requests (section B).
//!
//! **Invariant:** what a frame means is not known here; a connection ends alone.

mod end;
mod guard;
mod line;
mod lines;
mod packet;
mod slots;
mod socket;

pub use line::Line;
pub use lines::{Lines, open as open_line};
pub use slots::{Slot, Slots};
pub use socket::sync;

use crate::clock;
use crate::http::Server;
use crate::hub::Hello;
use crate::people::{Digest, Visitor};
use crate::runtime::{ConnectionSender, Outbox, Outgoing};
use crate::wire::{self, ClientFrame, Reader};
use bytes::Bytes;
use end::End;
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use futures_util::stream::FuturesUnordered;
use samverk_shared::ids::{ParticipantId, WorkshopId};
use samverk_shared::limits::{JOIN_WAIT_MS_MAX, PEER_ID_BYTES_MAX};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::time::{sleep, timeout};

/// Who is at the other end.
struct Guest {
    /// `None` in open mode.
    visitor: Option<Visitor>,
    place: Option<(WorkshopId, ParticipantId)>,
}

/// What carries the frames of one connection.
trait Carrier {
    /// Where frames come from; read by one task at a time.
    type Incoming;
    /// The next frame of the client.
    async fn frame(&self, from: &mut Self::Incoming) -> Result<Bytes, End>;
    /// Sends a frame; waits while the client takes nothing.
    async fn send(&self, frame: Bytes) -> Result<(), End>;
    /// Returns when the client has been silent for too long.
    async fn silence(&self) -> End;
    /// The client has joined and may send whole documents.
    fn joined(&self);
    /// Whether the runtime has no room for now: what is not read then is no silence of the client.
    fn held(&self, held: bool);
}

/// One connection, whatever carries it.
struct Connection<'a, C> {
    server: &'a Server,
    guest: &'a Guest,
    carrier: &'a C,
}

/// Frames as they come in.
struct Frames<'a, C: Carrier> {
    carrier: &'a C,
    from: C::Incoming,
    reader: Reader,
}

/// Runs a connection until it ends, and says why.
async fn run<C: Carrier>(server: &Server, guest: &Guest, carrier: &C, from: C::Incoming) -> End {
    let connection = Connection {
        server,
        guest,
        carrier,
    };
    let frames = Frames {
        carrier,
        from,
        reader: Reader::default(),
    };
    let end = connection.live(frames).await;
    if end.is_refusal() {
        server.numbers.refused_frame();
        tracing::debug!(code = end.code, reason = end.reason, "a connection was ended");
    }
    end
}

impl<C: Carrier> Connection<'_, C> {
    async fn live(&self, mut frames: Frames<'_, C>) -> End {
        let hello = match timeout(Duration::from_millis(JOIN_WAIT_MS_MAX), self.join(&mut frames)).await {
            Ok(Ok(hello)) => hello,
            Ok(Err(end)) => return end,
            Err(_) => return End::NO_JOIN,
        };
        let ended = self.server.core.people.ended();
        let (sender, outbox) = self.server.core.runtime.connect(hello);
        self.carrier.joined();
        let ends: [LocalBoxFuture<'_, End>; 4] = [
            Box::pin(self.read(frames, sender)),
            Box::pin(self.write(outbox)),
            Box::pin(self.carrier.silence()),
            Box::pin(self.session_end(ended)),
        ];
        // Only the one that was woken is looked at: `select!` would look at all of them for each frame.
        let mut ends: FuturesUnordered<_> = ends.into_iter().collect();
        ends.next().await.unwrap_or(End::GONE)
    }

    /// The first frame: who is there, and in which words they speak (W2, P5).
    async fn join(&self, frames: &mut Frames<'_, C>) -> Result<Hello, End> {
        let (frame, _) = frames.next().await?;
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
        self.carrier.send(frame).await
    }

    async fn read(&self, mut frames: Frames<'_, C>, sender: ConnectionSender) -> End {
        loop {
            let (frame, bytes) = match frames.next().await {
                Ok((ClientFrame::Join(_), _)) => return End::PROTOCOL,
                Ok((ClientFrame::Leave, _)) => return End::GONE,
                Ok((ClientFrame::Ignored, _)) => continue,
                Ok(frame) => frame,
                Err(end) => return end,
            };
            self.carrier.held(true);
            sender.receive(frame, bytes).await;
            self.carrier.held(false);
        }
    }

    async fn write(&self, mut outbox: Outbox) -> End {
        while let Some(outgoing) = outbox.next().await {
            match outgoing {
                Outgoing::Frame(bytes) => {
                    if let Err(end) = self.carrier.send(bytes).await {
                        return end;
                    }
                }
                Outgoing::Close { code, reason } => return End { code, reason },
            }
        }
        End::GONE
    }

    /// Returns when the session that opened the connection is over.
    async fn session_end(&self, mut ended: broadcast::Receiver<Digest>) -> End {
        let Some(visitor) = &self.guest.visitor else {
            return std::future::pending().await;
        };
        // It may have ended since the connection was let in, before anybody listened.
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

impl<C: Carrier> Frames<'_, C> {
    async fn next(&mut self) -> Result<(ClientFrame, usize), End> {
        let bytes = self.carrier.frame(&mut self.from).await?;
        let frame = self.reader.read(&bytes).map_err(|error| {
            tracing::debug!(%error, "a frame was refused");
            End::PROTOCOL
        })?;
        Ok((frame, bytes.len()))
    }
}
