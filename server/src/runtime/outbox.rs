//! What waits to be written to one connection: bounded, presence first to go (rule W8).

use super::lock;
use crate::firewall;
use crate::wire::News;
use bytes::Bytes;
use samverk_shared::ids::DocumentId;
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

/// What waits. News of one document that follow each other become one message when the reader is ready for it.
enum Waiting {
    Frame(Bytes),
    Presence(Bytes),
    News(DocumentId, Vec<Arc<News>>),
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Waiting>,
    bytes: usize,
    close: Option<(u16, &'static str)>,
    closed: bool,
}

struct Shared {
    server_id: Arc<str>,
    peer_id: String,
    queue: Mutex<Queue>,
    wake: Notify,
    /// The last news it was told, for which it sends acknowledgements that say nothing more.
    told: Mutex<VecDeque<(DocumentId, Arc<News>)>>,
}

/// News that may be under way to a client before the acknowledgement of the first comes back.
const TOLD_MAX: usize = 16;

/// The ends: the shard's, and the socket's for writing and for reading.
pub(super) fn channel(server_id: Arc<str>, peer_id: String) -> (OutboxSender, Outbox, Receipts) {
    let shared = Arc::new(Shared {
        server_id,
        peer_id,
        queue: Mutex::default(),
        wake: Notify::new(),
        told: Mutex::default(),
    });
    let receipts = Receipts(shared.clone());
    (OutboxSender(shared.clone()), Outbox(shared), receipts)
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
        if presence && !queue.has_room(frame.len()) {
            return Ok(());
        }
        queue.make_room(frame.len())?;
        queue.waiting.push_back(match presence {
            true => Waiting::Presence(frame),
            false => Waiting::Frame(frame),
        });
        self.0.wake.notify_one();
        Ok(())
    }

    /// Queues news of a document; together with those that wait already, if they are the last that wait.
    pub fn tell(&self, document: DocumentId, news: Arc<News>) -> Result<(), TooSlow> {
        let mut queue = lock(&self.0.queue);
        queue.make_room(news.len())?;
        match queue.waiting.back_mut() {
            Some(Waiting::News(of, before)) if *of == document => before.push(news),
            _ => queue.waiting.push_back(Waiting::News(document, vec![news])),
        }
        self.0.wake.notify_one();
        Ok(())
    }

    /// Ends the connection after what is queued; at once, dropping the queue, where the reader is too slow.
    pub fn close(&self, code: u16, reason: &'static str, at_once: bool) {
        let mut queue = lock(&self.0.queue);
        if at_once {
            queue.waiting.clear();
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
        self.waiting.is_empty()
            || self.waiting.len() < OUTBOX_FRAMES_MAX && self.bytes + bytes <= OUTBOX_BYTES_MAX
    }

    fn make_room(&mut self, bytes: usize) -> Result<(), TooSlow> {
        if !self.has_room(bytes) {
            self.waiting
                .retain(|waiting| !matches!(waiting, Waiting::Presence(_)));
            self.bytes = self.waiting.iter().map(Waiting::bytes).sum();
            if !self.has_room(bytes) {
                return Err(TooSlow);
            }
        }
        self.bytes += bytes;
        Ok(())
    }
}

impl Waiting {
    fn bytes(&self) -> usize {
        match self {
            Waiting::Frame(frame) | Waiting::Presence(frame) => frame.len(),
            Waiting::News(_, news) => news.iter().map(|news| news.len()).sum(),
        }
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
                if let Some(next) = queue.waiting.pop_front() {
                    queue.bytes -= next.bytes();
                    drop(queue);
                    return Some(Outgoing::Frame(self.0.frame(next)));
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

/// What tells a client's acknowledgement of news from everything else it sends (rule Y4).
pub(super) struct Receipts(Arc<Shared>);

impl Receipts {
    /// Whether a sync message says no more than that its sender has all it was told.
    pub fn is_one(&self, document: DocumentId, data: &[u8]) -> bool {
        firewall::acknowledged(data).is_some_and(|heads| {
            lock(&self.0.told)
                .iter()
                .any(|(of, news)| *of == document && news.heads == heads)
        })
    }
}

impl Shared {
    fn news(&self, document: DocumentId, news: &[Arc<News>]) -> Bytes {
        if let Some(last) = news.last() {
            let mut told = lock(&self.told);
            if told.len() == TOLD_MAX {
                told.pop_front();
            }
            told.push_back((document, last.clone()));
        }
        News::frame(&self.server_id, &self.peer_id, news)
    }

    fn frame(&self, waiting: Waiting) -> Bytes {
        match waiting {
            Waiting::Frame(frame) | Waiting::Presence(frame) => frame,
            Waiting::News(document, news) => self.news(document, &news),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(bytes: usize) -> Bytes {
        vec![0; bytes].into()
    }

    fn pair() -> (OutboxSender, Outbox) {
        let (sender, outbox, _) = channel("server".into(), "peer".to_owned());
        (sender, outbox)
    }

    fn news(document: DocumentId, n: u8) -> Arc<News> {
        let heads = vec![automerge::ChangeHash([n; 32])];
        Arc::new(News::of(document, heads, [Bytes::from(vec![n; 9])].iter()))
    }

    #[tokio::test]
    async fn y4_only_the_acknowledgement_of_news_that_were_sent_ends_at_the_socket() {
        let (sender, mut outbox, receipts) = channel("server".into(), "peer".to_owned());
        let [document, other] = [1, 2].map(|n| DocumentId::from_random([n; 16]));
        let acknowledgement = |n: u8, lost: bool| {
            let heads = vec![automerge::ChangeHash([n; 32])];
            let last_sync = if lost { Vec::new() } else { heads.clone() };
            let have = automerge::sync::Have {
                last_sync,
                bloom: Default::default(),
            };
            automerge::sync::Message {
                heads,
                need: Vec::new(),
                have: vec![have],
                changes: Vec::<Vec<u8>>::new().into(),
                flags: None,
                version: automerge::sync::MessageVersion::V1,
            }
            .encode()
        };
        sender.tell(document, news(document, 1)).expect("there is room");
        assert!(
            !receipts.is_one(document, &acknowledgement(1, false)),
            "not sent yet"
        );
        outbox.next().await;
        assert!(receipts.is_one(document, &acknowledgement(1, false)));
        assert!(!receipts.is_one(other, &acknowledgement(1, false)));
        assert!(
            !receipts.is_one(document, &acknowledgement(2, false)),
            "other heads"
        );
        assert!(
            !receipts.is_one(document, &acknowledgement(1, true)),
            "it starts over"
        );
    }

    #[tokio::test]
    async fn w8_news_that_a_reader_is_not_ready_for_become_one_message_and_keep_their_order() {
        let (sender, mut outbox) = pair();
        let [first, second] = [1, 2].map(|n| DocumentId::from_random([n; 16]));
        let told = [(first, 1), (first, 2), (second, 3), (first, 4)];
        for (document, n) in told {
            sender.tell(document, news(document, n)).expect("there is room");
        }
        for (document, together) in [(first, &[1, 2][..]), (second, &[3]), (first, &[4])] {
            let together: Vec<_> = together.iter().map(|n| news(document, *n)).collect();
            let expected = News::frame("server", "peer", &together);
            assert_eq!(outbox.next().await, Some(Outgoing::Frame(expected)));
        }
        assert_eq!(lock(&outbox.0.queue).bytes, 0);
    }

    #[tokio::test]
    async fn w8_a_slow_reader_loses_presence_before_anything_else() {
        let (sender, mut outbox) = pair();
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
        let (sender, mut outbox) = pair();
        sender.send(frame(OUTBOX_BYTES_MAX + 1), false).expect("alone");
        assert_eq!(sender.send(frame(1), false), Err(TooSlow));
        assert!(matches!(outbox.next().await, Some(Outgoing::Frame(_))));
    }

    #[tokio::test]
    async fn w9_what_was_queued_is_written_before_the_end() {
        let (sender, mut outbox) = pair();
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
