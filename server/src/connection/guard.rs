//! Reads the headers of WebSocket frames as their bytes pass, and stops before a frame that is too long.
//!
//! `actix-ws` compares a frame with its limit when it has all of it in memory; this compares when the frame is
//! announced (W4).

use actix_web::error::PayloadError;
use bytes::Bytes;
use futures_util::Stream;
use samverk_shared::limits::{FRAME_BYTES_BEFORE_JOIN_MAX, FRAME_BYTES_MAX, FRAME_FRAGMENTS_MAX};
use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use tokio::time::Instant;

const CONTROL_BYTES_MAX: u64 = 125;

/// What the guard and the connection tell each other; both live on one thread.
pub struct Passage {
    bytes_max: Cell<usize>,
    too_long: Cell<bool>,
    heard: Cell<Instant>,
}

impl Passage {
    /// A connection that has not joined.
    pub fn new() -> Rc<Passage> {
        Rc::new(Passage {
            bytes_max: Cell::new(FRAME_BYTES_BEFORE_JOIN_MAX),
            too_long: Cell::new(false),
            heard: Cell::new(Instant::now()),
        })
    }

    /// The connection has joined and may send whole documents.
    pub fn joined(&self) {
        self.bytes_max.set(FRAME_BYTES_MAX);
    }

    /// Whether the connection ended because a frame was too long.
    pub fn too_long(&self) -> bool {
        self.too_long.get()
    }

    /// The connection is not to be taken for silent: it was not read for a while.
    pub fn excuse(&self) {
        self.heard.set(Instant::now());
    }

    /// When the last byte came.
    pub fn heard(&self) -> Instant {
        self.heard.get()
    }
}

/// A payload whose frames are measured.
pub struct Guard<Payload> {
    payload: Payload,
    passage: Rc<Passage>,
    frames: Frames,
}

impl<Payload> Guard<Payload> {
    /// Measures a payload.
    pub fn new(payload: Payload, passage: Rc<Passage>) -> Self {
        Guard {
            payload,
            passage,
            frames: Frames::default(),
        }
    }
}

impl<Payload> Stream for Guard<Payload>
where
    Payload: Stream<Item = Result<Bytes, PayloadError>> + Unpin,
{
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let polled = Pin::new(&mut this.payload).poll_next(context);
        if let Poll::Ready(Some(Ok(bytes))) = &polled {
            this.passage.heard.set(Instant::now());
            if this.frames.pass(bytes, this.passage.bytes_max.get()).is_err() {
                this.passage.too_long.set(true);
                return Poll::Ready(Some(Err(PayloadError::Overflow)));
            }
        }
        polled
    }
}

/// A frame, or the frames of one message together, are longer than may be.
#[derive(Debug, PartialEq, Eq)]
struct TooLong;

/// Where in its frames a stream of bytes stands.
#[derive(Default)]
struct Frames {
    head: [u8; 10],
    head_bytes: usize,
    /// Of the frame under way: bytes that have not passed, with the mask.
    body_left: u64,
    /// Of the message under way.
    message_bytes: u64,
    fragments: usize,
}

impl Frames {
    fn pass(&mut self, mut bytes: &[u8], bytes_max: usize) -> Result<(), TooLong> {
        while let Some((first, rest)) = bytes.split_first() {
            if self.body_left > 0 {
                let step = bytes
                    .len()
                    .min(usize::try_from(self.body_left).unwrap_or(usize::MAX));
                self.body_left -= step as u64;
                bytes = &bytes[step..];
                continue;
            }
            self.head[self.head_bytes] = *first;
            self.head_bytes += 1;
            bytes = rest;
            if let Some(announced) = self.announced() {
                self.begin(announced, bytes_max)?;
            }
        }
        Ok(())
    }

    /// The length of the frame's body, once enough of its head is there.
    fn announced(&self) -> Option<u64> {
        let head = &self.head[..self.head_bytes];
        match (head.get(1)? & 0x7f, head.len()) {
            (126, 4) => Some(u64::from(u16::from_be_bytes([head[2], head[3]]))),
            (127, 10) => head[2..].try_into().ok().map(u64::from_be_bytes),
            (126 | 127, _) => None,
            (short, _) => Some(u64::from(short)),
        }
    }

    fn begin(&mut self, announced: u64, bytes_max: usize) -> Result<(), TooLong> {
        let mask_bytes = if self.head[1] & 0x80 == 0 { 0 } else { 4 };
        self.head_bytes = 0;
        self.body_left = announced.saturating_add(mask_bytes);
        let opcode = self.head[0] & 0x0f;
        if opcode >= 8 {
            return if announced > CONTROL_BYTES_MAX {
                Err(TooLong)
            } else {
                Ok(())
            };
        }
        if opcode != 0 {
            (self.message_bytes, self.fragments) = (0, 0);
        }
        self.message_bytes = self.message_bytes.saturating_add(announced);
        self.fragments += 1;
        let fits = self.message_bytes <= bytes_max as u64 && self.fragments <= FRAME_FRAGMENTS_MAX;
        if fits { Ok(()) } else { Err(TooLong) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(first: u8, body: usize) -> Vec<u8> {
        let mut bytes = vec![first];
        match body {
            0..126 => bytes.push(0x80 | body as u8),
            126..65536 => {
                bytes.push(0x80 | 126);
                bytes.extend((body as u16).to_be_bytes());
            }
            _ => {
                bytes.push(0x80 | 127);
                bytes.extend((body as u64).to_be_bytes());
            }
        }
        bytes.extend([0; 4]);
        bytes.extend(std::iter::repeat_n(7, body));
        bytes
    }

    #[test]
    fn w4_a_message_at_the_limit_passes_and_one_byte_more_does_not() {
        for limit in [1, 125, 126, 65535, 65536, 100_000] {
            assert_eq!(
                Frames::default().pass(&frame(0x82, limit), limit),
                Ok(()),
                "{limit}"
            );
            assert_eq!(
                Frames::default().pass(&frame(0x82, limit + 1), limit),
                Err(TooLong),
                "{limit}"
            );
        }
    }

    #[test]
    fn w4_a_frame_is_refused_at_its_head_wherever_the_bytes_are_cut() {
        let head = &frame(0x82, 70_000)[..10];
        for cut in 1..head.len() {
            let mut frames = Frames::default();
            assert_eq!(frames.pass(&head[..cut], 65_536), Ok(()));
            assert_eq!(frames.pass(&head[cut..], 65_536), Err(TooLong));
        }
    }

    #[test]
    fn w4_frames_byte_by_byte_are_measured_as_in_one_piece() {
        let mut bytes = [
            frame(0x82, 300),
            frame(0x89, 5),
            frame(0x82, 0),
            frame(0x82, 70_000),
        ]
        .concat();
        let mut frames = Frames::default();
        assert!(bytes.iter().all(|byte| frames.pass(&[*byte], 70_000).is_ok()));
        assert_eq!((frames.body_left, frames.head_bytes), (0, 0));
        bytes.extend(frame(0x82, 70_001));
        assert!(!bytes.iter().all(|byte| frames.pass(&[*byte], 70_000).is_ok()));
    }

    #[test]
    fn w4_the_fragments_of_one_message_count_together() {
        let mut frames = Frames::default();
        assert_eq!(frames.pass(&frame(0x02, 60), 100), Ok(()));
        assert_eq!(
            frames.pass(&frame(0x89, 125), 100),
            Ok(()),
            "a ping in between does not count"
        );
        assert_eq!(frames.pass(&frame(0x00, 40), 100), Ok(()));
        assert_eq!(frames.pass(&frame(0x00, 1), 100), Err(TooLong));
    }

    #[test]
    fn w4_a_message_in_too_many_fragments_is_refused() {
        let mut frames = Frames::default();
        assert_eq!(frames.pass(&frame(0x02, 0), 100), Ok(()));
        let taken = (1..)
            .take_while(|_| frames.pass(&frame(0x00, 0), 100).is_ok())
            .count();
        assert_eq!(taken, FRAME_FRAGMENTS_MAX - 1);
    }
}
