//! A line: a connection carried by plain requests, where WebSockets are blocked (protocol section B).
//!
//! A request brings frames, numbered so that a repeated one is taken once. A question is held until there are frames
//! for the client; they are kept until the next question says that they came.

use super::end::End;
use super::{Carrier, packet};
use crate::http::Problem;
use crate::people::Digest;
use actix_web::web::Payload;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use samverk_shared::ids::WorkshopId;
use samverk_shared::limits::{
    FRAME_BYTES_BEFORE_JOIN_MAX, FRAME_BYTES_MAX, LINE_ANSWER_BYTES_MAX, LINE_ANSWER_EVERY_MS,
    LINE_BODY_WAIT_MS_MAX, LINE_FRAMES_MAX, LINE_GATHER_MS, LINE_HOLD_MS_MAX,
};
use std::collections::VecDeque;
use std::time::Duration;
use tokio::sync::{Mutex, watch};
use tokio::time::{Instant, sleep, timeout};

/// A line, shared by its requests and the task that runs its connection.
pub struct Line {
    /// It is worth nothing without this session's cookie (H2).
    pub(super) session: Digest,
    pub(super) workshop: WorkshopId,
    silence_max: Duration,
    state: watch::Sender<State>,
    /// The frames of one request are taken at a time.
    turn: Mutex<()>,
}

struct State {
    joined: bool,
    /// The number of the last request whose frames were taken.
    taken: u64,
    /// What was taken and the runtime has not yet.
    inbox: VecDeque<Result<Bytes, End>>,
    /// The client closed the line.
    left: bool,
    /// What the client has not said that it has; the number of the first of these frames, from 1.
    first: u64,
    unread: VecDeque<Bytes>,
    unread_bytes: usize,
    end: Option<End>,
    /// The client was told of the end.
    told: bool,
    /// The newest question; an older one that is still held is let go.
    question: u64,
    held: bool,
    heard: Instant,
    answered: Option<Instant>,
}

impl Line {
    /// A line that nobody has joined.
    pub(super) fn new(session: Digest, workshop: WorkshopId, silence_max: Duration) -> Line {
        Line {
            session,
            workshop,
            silence_max,
            state: watch::Sender::new(State {
                joined: false,
                taken: 0,
                inbox: VecDeque::new(),
                left: false,
                first: 1,
                unread: VecDeque::new(),
                unread_bytes: 0,
                end: None,
                told: false,
                question: 0,
                held: false,
                heard: Instant::now(),
                answered: None,
            }),
            turn: Mutex::default(),
        }
    }

    /// Takes the frames of the request with this number, once (B2). What comes while the frames of the request before
    /// wait for room is not read.
    pub async fn take(&self, number: u64, payload: &mut Payload) -> Result<(), Problem> {
        let _turn = self.turn.lock().await;
        self.hear();
        self.comes(|state| state.inbox.is_empty() || state.end.is_some())
            .await;
        let frame_bytes_max = match self.state.borrow().joined {
            true => FRAME_BYTES_MAX,
            false => FRAME_BYTES_BEFORE_JOIN_MAX,
        };
        let body = read(payload, frame_bytes_max + packet::HEAD_BYTES * LINE_FRAMES_MAX).await;
        let frames = match &body {
            Ok(body) => packet::split(body.clone(), frame_bytes_max),
            Err(Problem::TooLarge) => Err(End::TOO_LONG),
            Err(problem) => return Err(problem.clone()),
        };
        let mut in_order = false;
        self.state
            .send_modify(|state| in_order = state.take(number, frames));
        if in_order {
            body.map(drop)
        } else {
            Err(out_of_order())
        }
    }

    /// The frames after those that came, and the end where it has come to that; empty when there is nothing within
    /// the time.
    pub async fn answer(&self, after: u64, hold: Duration) -> Result<Bytes, Problem> {
        let hold = hold.min(Duration::from_millis(LINE_HOLD_MS_MAX));
        let question = self.ask(after)?;
        let replaced = |state: &State| state.question != question.number;
        timeout(hold, self.comes(|state| state.has_news() || replaced(state)))
            .await
            .ok();
        if !hold.is_zero() {
            let pause = self.state.borrow().pause();
            let full = self.comes(|state| !state.has_room(1) || state.end.is_some() || replaced(state));
            timeout(pause, full).await.ok();
        }
        let mut answer = Bytes::new();
        self.state.send_modify(|state| {
            if !replaced(state) {
                answer = state.answer();
            }
        });
        Ok(answer)
    }

    /// The client needs the line no longer.
    pub fn leave(&self) {
        self.state.send_modify(|state| state.left = true);
    }

    /// The connection is over: whoever asks is told why.
    pub(super) fn end(&self, end: End) {
        self.state.send_modify(|state| {
            state.inbox.clear();
            state.end = Some(end);
        });
    }

    /// Returns when the client was told of the end; at once where nobody is there to be told.
    pub(super) async fn told(&self) {
        self.comes(|state| state.told || state.left || state.end == Some(End::SILENT))
            .await;
    }

    /// Whether somebody may want to be told of the end once more.
    pub(super) fn lingers(&self) -> bool {
        self.state.borrow().told
    }

    fn ask(&self, after: u64) -> Result<Question<'_>, Problem> {
        let mut number = None;
        self.state.send_modify(|state| number = state.ask(after));
        let number = number.ok_or_else(out_of_order)?;
        Ok(Question { line: self, number })
    }

    fn hear(&self) {
        self.state.send_if_modified(|state| {
            state.heard = Instant::now();
            false
        });
    }

    async fn comes(&self, what: impl Fn(&State) -> bool) {
        let mut state = self.state.subscribe();
        // It cannot fail: the sender is in this value.
        state.wait_for(|state| what(state)).await.ok();
    }
}

impl State {
    /// False where a request before this one is missing.
    fn take(&mut self, number: u64, frames: Result<Vec<Bytes>, End>) -> bool {
        if number == self.taken {
            return true;
        }
        if number != self.taken.saturating_add(1) {
            return false;
        }
        self.taken = number;
        if self.end.is_none() {
            match frames {
                Ok(frames) => self.inbox.extend(frames.into_iter().map(Ok)),
                Err(end) => self.inbox.push_back(Err(end)),
            }
        }
        true
    }

    /// Forgets what the client has, and gives its question a number; `None` where it cannot have that.
    fn ask(&mut self, after: u64) -> Option<u64> {
        let came = usize::try_from(after.checked_sub(self.first - 1)?).ok()?;
        if came > self.unread.len() {
            return None;
        }
        self.first += came as u64;
        let bytes: usize = self.unread.drain(..came).map(|frame| frame.len()).sum();
        self.unread_bytes -= bytes;
        self.question += 1;
        self.held = true;
        self.heard = Instant::now();
        Some(self.question)
    }

    fn has_news(&self) -> bool {
        !self.unread.is_empty() || self.end.is_some()
    }

    /// A frame larger than the limit may wait alone.
    fn has_room(&self, bytes: usize) -> bool {
        self.unread.is_empty() || self.unread_bytes + bytes <= LINE_ANSWER_BYTES_MAX
    }

    /// How long to wait for more before an answer.
    fn pause(&self) -> Duration {
        if self.unread.is_empty() {
            return Duration::ZERO;
        }
        let since = self.answered.map_or(Duration::MAX, |answered| answered.elapsed());
        let gather = Duration::from_millis(LINE_GATHER_MS);
        gather.max(Duration::from_millis(LINE_ANSWER_EVERY_MS).saturating_sub(since))
    }

    fn answer(&mut self) -> Bytes {
        if !self.unread.is_empty() {
            self.answered = Some(Instant::now());
        }
        self.told |= self.end.is_some();
        packet::join(self.unread.iter(), self.end)
    }
}

impl Carrier for Line {
    type Incoming = ();

    async fn frame(&self, (): &mut ()) -> Result<Bytes, End> {
        self.comes(|state| !state.inbox.is_empty() || state.left).await;
        let mut next = None;
        self.state.send_if_modified(|state| {
            next = state.inbox.pop_front();
            state.inbox.is_empty()
        });
        next.unwrap_or(Err(End::GONE))
    }

    async fn send(&self, frame: Bytes) -> Result<(), End> {
        self.comes(|state| state.has_room(frame.len())).await;
        self.state.send_modify(|state| {
            state.unread_bytes += frame.len();
            state.unread.push_back(frame);
        });
        Ok(())
    }

    async fn silence(&self) -> End {
        loop {
            let left = {
                let state = self.state.borrow();
                let since = match state.held {
                    true => Duration::ZERO,
                    false => state.heard.elapsed(),
                };
                self.silence_max.saturating_sub(since)
            };
            if left.is_zero() {
                return End::SILENT;
            }
            sleep(left).await;
        }
    }

    fn joined(&self) {
        self.state.send_modify(|state| state.joined = true);
    }

    /// A client that is not read asks on all the same.
    fn held(&self, _: bool) {}
}

/// A question under way; it may end by its answer, or because the client is gone.
struct Question<'a> {
    line: &'a Line,
    number: u64,
}

impl Drop for Question<'_> {
    fn drop(&mut self) {
        self.line.state.send_if_modified(|state| {
            if state.question == self.number {
                state.held = false;
                state.heard = Instant::now();
            }
            false
        });
    }
}

fn out_of_order() -> Problem {
    Problem::BadRequest("the numbers of a line follow each other".into())
}

/// A whole body; a client that stops in the middle is not waited for.
async fn read(payload: &mut Payload, bytes_max: usize) -> Result<Bytes, Problem> {
    let mut body = BytesMut::new();
    let cut = |cause: &str| Problem::BadRequest(cause.to_owned());
    while let Some(part) = timeout(Duration::from_millis(LINE_BODY_WAIT_MS_MAX), payload.next())
        .await
        .map_err(|_| cut("the body stands still"))?
    {
        let part = part.map_err(|error| cut(&error.to_string()))?;
        if body.len() + part.len() > bytes_max {
            return Err(Problem::TooLarge);
        }
        body.extend_from_slice(&part);
    }
    Ok(body.freeze())
}
