//! One light client: its protocol, its habits, and the loop that lives by them.

use crate::socket::{Socket, Taken};
use crate::world::{Received, World, now_us, raise};
use anyhow::Result;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

/// Messages that a client has to send.
pub type Outgoing = Vec<Vec<u8>>;

/// Speaks a protocol without holding a document, so that hundreds of clients fit beside the server under test.
pub trait Protocol {
    /// Begins a connection; what was known before stays known.
    fn hello(&mut self, out: &mut Outgoing);
    /// Makes edits and puts them into one message. Without a connection they wait for the next.
    fn edit(&mut self, world: &World, edits: usize, received: &mut Received, out: &mut Outgoing);
    /// Shows where this person is.
    fn show(&mut self, world: &World, out: &mut Outgoing);
    /// Reads a message of the server.
    fn read(
        &mut self,
        world: &World,
        message: &[u8],
        now_us: u64,
        received: &mut Received,
        out: &mut Outgoing,
    ) -> Result<()>;
    /// Whether the document is here.
    fn ready(&self) -> bool;
    /// The connection is gone.
    fn hung_up(&mut self);
}

/// What everybody is to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// Read and answer.
    Listen,
    /// The first client makes one edit.
    FirstEdit,
    /// Everybody lives by their habits.
    Run,
    /// Come back if away, and listen.
    Gather,
    Stop,
}

/// How a client types, moves and leaves. The default only listens.
#[derive(Clone, Copy, Default)]
pub struct Habits {
    /// Edits a second.
    pub rate: f64,
    /// Edits in one message.
    pub batch: usize,
    /// Instead of a rate: as fast as acknowledgements come, with this many edits open, up to `edits_max`.
    pub window: usize,
    pub edits_max: usize,
    /// Presence messages a second.
    pub presence: f64,
    /// How long a connection lasts on average; 0 is for ever.
    pub online_s: f64,
    pub offline_s: f64,
    /// Stops reading when everybody begins.
    pub stalls: bool,
    /// Deliveries that one of its edits gives.
    pub others: u64,
    /// What is random about it.
    pub seed: u64,
}

/// With this much waiting to be taken by the server a client makes no more, and the pace is seen not to be kept.
const OUTBOX_BYTES_MAX: usize = 4 * 1024 * 1024;

/// How a connection ended.
enum End {
    Stop,
    Broken,
    Left,
}

/// One client.
pub struct Client {
    protocol: Box<dyn Protocol>,
    url: String,
    world: Rc<World>,
    pub received: Rc<RefCell<Received>>,
    habits: Habits,
    phase: watch::Receiver<Phase>,
    random: StdRng,
    out: Outgoing,
    edits_made: usize,
    next_edit: Option<Instant>,
    next_show: Option<Instant>,
    next_leave: Option<Instant>,
}

impl Client {
    pub fn new(
        me: u32,
        protocol: Box<dyn Protocol>,
        url: String,
        world: Rc<World>,
        habits: Habits,
        phase: watch::Receiver<Phase>,
    ) -> Self {
        Client {
            protocol,
            url,
            world,
            received: Rc::new(RefCell::new(Received::of(me))),
            habits,
            phase,
            random: StdRng::seed_from_u64(habits.seed ^ u64::from(me) << 32),
            out: vec![],
            edits_made: 0,
            next_edit: None,
            next_show: None,
            next_leave: None,
        }
    }

    /// Lives until the phase is `Stop`; comes back only where its habits say that it leaves.
    pub async fn live(mut self, mut socket: Socket) {
        loop {
            match self.online(&mut socket).await {
                End::Stop => {
                    if self.habits.stalls && socket.hung_up().await {
                        raise(&self.world.sums.broken, 1);
                    }
                    return;
                }
                End::Broken => {
                    raise(&self.world.sums.broken, 1);
                    if self.habits.online_s == 0.0 {
                        return;
                    }
                }
                End::Left => {}
            }
            drop(socket);
            self.protocol.hung_up();
            let Some(back) = self.offline().await else { return };
            socket = back;
            raise(&self.world.sums.came_back, 1);
        }
    }

    async fn online(&mut self, socket: &mut Socket) -> End {
        self.protocol.hello(&mut self.out);
        self.plan_leave();
        loop {
            if self.read_all(socket).is_err() {
                return End::Broken;
            }
            self.note_ready();
            self.fill_window();
            if self.say(socket).is_err() {
                return End::Broken;
            }
            let due = self.next_due();
            let keeps_up = socket.outbox_bytes() <= OUTBOX_BYTES_MAX;
            let reads = !(self.habits.stalls && *self.phase.borrow() == Phase::Run);
            tokio::select! {
                came = socket.receive(), if reads => if came.is_err() { return End::Broken },
                () = at(due), if keeps_up => {
                    if self.next_leave.is_some_and(|leave| leave <= Instant::now()) {
                        return End::Left;
                    }
                    self.act();
                }
                changed = self.phase.changed() => if changed.is_err() || self.turn() { return End::Stop },
            }
        }
    }

    /// Types on without a connection, and comes back after a while, or when everybody is called.
    async fn offline(&mut self) -> Option<Socket> {
        self.next_leave = None;
        let mut back = Instant::now() + self.around(self.habits.offline_s);
        loop {
            let due = self.next_due().map_or(back, |due| due.min(back));
            tokio::select! {
                () = sleep_until(due) => {}
                changed = self.phase.changed() => {
                    if changed.is_err() || self.turn() {
                        return None;
                    }
                    back = Instant::now();
                }
            }
            self.act();
            self.out.clear();
            if back > Instant::now() {
                continue;
            }
            match Socket::connect(&self.url).await {
                Ok(socket) => return Some(socket),
                Err(_) => back = Instant::now() + self.around(self.habits.offline_s),
            }
        }
    }

    /// Follows the phase; true if it is the last.
    fn turn(&mut self) -> bool {
        let phase = *self.phase.borrow_and_update();
        match phase {
            Phase::Run => self.begin(),
            Phase::FirstEdit if self.received.borrow().me == 0 => self.edit(1),
            Phase::FirstEdit => {}
            Phase::Listen | Phase::Gather | Phase::Stop => {
                (self.next_edit, self.next_show, self.next_leave) = (None, None, None);
            }
        }
        phase == Phase::Stop
    }

    fn begin(&mut self) {
        let now = Instant::now();
        let Habits {
            rate,
            batch,
            presence,
            ..
        } = self.habits;
        if rate > 0.0 {
            self.next_edit = Some(now + self.within(batch.max(1) as f64 / rate));
        }
        if presence > 0.0 {
            self.next_show = Some(now + self.within(1.0 / presence));
        }
        self.plan_leave();
    }

    fn plan_leave(&mut self) {
        if self.habits.online_s > 0.0 && *self.phase.borrow() == Phase::Run {
            self.next_leave = Some(Instant::now() + self.around(self.habits.online_s));
        }
    }

    fn next_due(&self) -> Option<Instant> {
        [self.next_edit, self.next_show, self.next_leave]
            .into_iter()
            .flatten()
            .min()
    }

    /// Does what is due.
    fn act(&mut self) {
        let now = Instant::now();
        let batch = self.habits.batch.max(1);
        while let Some(due) = self.next_edit.filter(|due| *due <= now) {
            self.edit(batch);
            self.next_edit = Some(due + self.around(batch as f64 / self.habits.rate));
        }
        while let Some(due) = self.next_show.filter(|due| *due <= now) {
            self.protocol.show(&self.world, &mut self.out);
            raise(&self.world.sums.presence_expected, self.habits.others);
            self.next_show = Some(due + self.around(1.0 / self.habits.presence));
        }
    }

    /// In window mode: edits until the window is full.
    fn fill_window(&mut self) {
        let Habits {
            window,
            edits_max,
            batch,
            ..
        } = self.habits;
        if window == 0 || *self.phase.borrow() != Phase::Run {
            return;
        }
        while self.edits_made < edits_max
            && self.edits_made - self.received.borrow().acknowledged.len() < window
        {
            self.edit(batch.max(1).min(edits_max - self.edits_made));
        }
    }

    fn edit(&mut self, edits: usize) {
        self.protocol
            .edit(&self.world, edits, &mut self.received.borrow_mut(), &mut self.out);
        self.edits_made += edits;
        raise(&self.world.sums.sent, edits as u64);
        raise(&self.world.sums.expected, edits as u64 * self.habits.others);
    }

    /// Reads what has come; an error if the server ended the connection.
    fn read_all(&mut self, socket: &mut Socket) -> Result<(), ()> {
        let now_us = now_us();
        let mut received = self.received.borrow_mut();
        loop {
            let message = match socket.take() {
                Taken::Message(range) => socket.message(range),
                Taken::Closed(code) => {
                    eprintln!(
                        "client {}: the server closed the connection ({code})",
                        received.me
                    );
                    return Err(());
                }
                Taken::Nothing => return Ok(()),
            };
            raise(&self.world.sums.bytes_in, message.len() as u64);
            raise(&self.world.sums.messages_in, 1);
            received.messages_in += 1;
            if let Err(error) = self
                .protocol
                .read(&self.world, message, now_us, &mut received, &mut self.out)
            {
                eprintln!("client {}: {error:#}", received.me);
            }
        }
    }

    /// Sends what there is to say, as far as it goes without waiting.
    fn say(&mut self, socket: &mut Socket) -> std::io::Result<()> {
        for message in self.out.drain(..) {
            raise(&self.world.sums.bytes_out, message.len() as u64);
            raise(&self.world.sums.messages_out, 1);
            socket.send(&message);
        }
        socket.flush()
    }

    fn note_ready(&mut self) {
        let mut received = self.received.borrow_mut();
        if received.ready_us.is_none() && self.protocol.ready() {
            received.ready_us = Some(now_us());
            raise(&self.world.sums.ready, 1);
        }
    }

    /// 0.5 to 1.5 times as long: not in step with the servers' own timers.
    fn around(&mut self, seconds: f64) -> Duration {
        Duration::from_secs_f64(seconds * (0.5 + self.random.random::<f64>()))
    }

    fn within(&mut self, seconds: f64) -> Duration {
        Duration::from_secs_f64(seconds * self.random.random::<f64>())
    }
}

async fn at(due: Option<Instant>) {
    match due {
        Some(due) => sleep_until(due).await,
        None => std::future::pending().await,
    }
}
