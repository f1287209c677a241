//! What waits to be written to one connection: bounded, presence first to go (rule W8).

use super::lock;
use bytes::Bytes;
use samverk_shared::limits::{OUTBOX_BYTES_MAX, OUTBOX_FRAMES_MAX};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;

/// The next thing to write to a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outgoing {
    /// A frame.
    Frame(Bytes),
    /// The end.
    Close {
        /// The WebSocket close code.
        code: u16,
        /// Why, for the peer.
        reason: &'static str,
    },
}

#[derive(Default)]
struct Queue {
    frames: VecDeque<(Bytes, bool)>,
    bytes: usize,
    close: Option<(u16, &'static str)>,
    closed: bool,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    wake: Notify,
}

/// A pair of ends.
pub(super) fn channel() -> (OutboxSender, Outbox) {
    let shared = Arc::<Shared>::default();
    (OutboxSender(shared.clone()), Outbox(shared))
}

/// The shard's end.
pub(super) struct OutboxSender(Arc<Shared>);

/// The reader is too slow: its connection ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooSlow;

impl OutboxSender {
    /// Queues a frame. Presence is dropped where there is no room; anything else then makes room by dropping presence.
    pub fn send(&self, frame: Bytes, presence: bool) -> Result<(), TooSlow> {
        let mut queue = lock(&self.0.queue);
        if !queue.has_room(frame.len()) {
            if presence {
                return Ok(());
            }
            queue.drop_presence();
            if !queue.has_room(frame.len()) {
                return Err(TooSlow);
            }
        }
        queue.bytes += frame.len();
        queue.frames.push_back((frame, presence));
        self.0.wake.notify_one();
        Ok(())
    }

    /// Ends the connection after what is queued; at once, dropping the queue, where the reader is too slow.
    pub fn close(&self, code: u16, reason: &'static str, at_once: bool) {
        let mut queue = lock(&self.0.queue);
        if at_once {
            queue.frames.clear();
        }
        queue.close.get_or_insert((code, reason));
        self.0.wake.notify_one();
    }
}

impl Drop for OutboxSender {
    fn drop(&mut self) {
        lock(&self.0.queue).closed = true;
        self.0.wake.notify_one();
    }
}

impl Queue {
    /// A frame larger than the limit may wait alone.
    fn has_room(&self, bytes: usize) -> bool {
        self.frames.is_empty()
            || self.frames.len() < OUTBOX_FRAMES_MAX && self.bytes + bytes <= OUTBOX_BYTES_MAX
    }

    fn drop_presence(&mut self) {
        self.frames.retain(|(_, presence)| !presence);
        self.bytes = self.frames.iter().map(|(frame, _)| frame.len()).sum();
    }
}

/// The socket's end.
pub struct Outbox(Arc<Shared>);

impl Outbox {
    /// The next thing to write; `None` when the connection is over.
    pub async fn next(&mut self) -> Option<Outgoing> {
        loop {
            {
                let mut queue = lock(&self.0.queue);
                if let Some((frame, _)) = queue.frames.pop_front() {
                    queue.bytes -= frame.len();
                    return Some(Outgoing::Frame(frame));
                }
                if let Some((code, reason)) = queue.close.take() {
                    queue.closed = true;
                    return Some(Outgoing::Close { code, reason });
                }
                if queue.closed {
                    return None;
                }
            }
            self.0.wake.notified().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(bytes: usize) -> Bytes {
        vec![0; bytes].into()
    }

    #[tokio::test]
    async fn w8_a_slow_reader_loses_presence_before_anything_else() {
        let (sender, mut outbox) = channel();
        sender.send(frame(10), true).expect("there is room");
        sender
            .send(frame(OUTBOX_BYTES_MAX - 10), false)
            .expect("there is room");
        sender.send(frame(20), true).expect("dropped, not refused");
        sender.send(frame(5), false).expect("presence makes room");
        assert_eq!(sender.send(frame(20), false), Err(TooSlow));
        let mut sizes = Vec::new();
        for _ in 0..2 {
            let Some(Outgoing::Frame(frame)) = outbox.next().await else {
                panic!("two frames wait")
            };
            sizes.push(frame.len());
        }
        assert_eq!(sizes, [OUTBOX_BYTES_MAX - 10, 5]);
    }

    #[tokio::test]
    async fn w8_a_frame_larger_than_the_limit_waits_alone() {
        let (sender, mut outbox) = channel();
        sender.send(frame(OUTBOX_BYTES_MAX + 1), false).expect("alone");
        assert_eq!(sender.send(frame(1), false), Err(TooSlow));
        assert!(matches!(outbox.next().await, Some(Outgoing::Frame(_))));
    }

    #[tokio::test]
    async fn w9_what_was_queued_is_written_before_the_end() {
        let (sender, mut outbox) = channel();
        sender.send(frame(1), false).expect("there is room");
        sender.close(1012, "restart", false);
        drop(sender);
        assert!(matches!(outbox.next().await, Some(Outgoing::Frame(_))));
        assert_eq!(
            outbox.next().await,
            Some(Outgoing::Close {
                code: 1012,
                reason: "restart"
            })
        );
        assert_eq!(outbox.next().await, None);
    }
}
