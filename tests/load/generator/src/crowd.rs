//! Many clients on some documents, and what they measure together.

use crate::client::{Client, Habits, Phase, Protocol};
use crate::figures::{Latencies, short};
use crate::server::{Server, Usage, own_usage};
use crate::socket::Socket;
use crate::target::{Document, Stance, Target};
use crate::world::{Received, World, now_us};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

/// How often a wait looks.
const GLANCE: Duration = Duration::from_millis(2);
const READY_MAX: Duration = Duration::from_secs(60);
const FIRST_EDIT_MAX: Duration = Duration::from_secs(30);

pub struct Crowd {
    pub world: Rc<World>,
    phase: watch::Sender<Phase>,
    clients: Vec<JoinHandle<()>>,
    pub received: Vec<Rc<RefCell<Received>>>,
    pub documents: Vec<Document>,
}

/// A stretch of time in which everybody lives by their habits.
#[derive(Clone, Copy)]
pub struct Stretch {
    pub seconds: f64,
    /// Seconds at the start whose latencies are not counted.
    pub warm: f64,
    /// Seconds to wait at the end for what is still on its way.
    pub drain: f64,
}

impl Crowd {
    pub fn new() -> Self {
        Crowd::in_world(Rc::default())
    }

    /// In a world in which others have been before.
    pub fn in_world(world: Rc<World>) -> Self {
        Crowd {
            world,
            phase: watch::channel(Phase::Listen).0,
            clients: vec![],
            received: vec![],
            documents: vec![],
        }
    }

    /// A client of a document comes.
    pub async fn add(
        &mut self,
        target: &Target,
        document: &Document,
        habits: Habits,
        stance: Stance,
    ) -> Result<()> {
        let url = target.url(&document.id).await?;
        let socket = if habits.stalls {
            Socket::connect_narrow(&url).await?
        } else {
            Socket::connect(&url).await?
        };
        self.seat(target, document, habits, stance, url, socket);
        Ok(())
    }

    /// The only client of a crowd, with a number that no client of a later crowd has.
    pub async fn add_as(
        &mut self,
        me: u32,
        target: &Target,
        document: &Document,
        habits: Habits,
    ) -> Result<()> {
        let url = target.url(&document.id).await?;
        let socket = Socket::connect(&url).await?;
        self.seat_with(
            me,
            target.client(document, me, Stance::default()),
            habits,
            url,
            socket,
        );
        Ok(())
    }

    /// A client whose connection is there already.
    pub fn seat(
        &mut self,
        target: &Target,
        document: &Document,
        habits: Habits,
        stance: Stance,
        url: String,
        socket: Socket,
    ) {
        let me = self.received.len() as u32;
        let protocol = target.client(document, me, stance);
        self.seat_with(me, protocol, habits, url, socket);
    }

    fn seat_with(
        &mut self,
        me: u32,
        protocol: Box<dyn Protocol>,
        habits: Habits,
        url: String,
        socket: Socket,
    ) {
        let client = Client::new(
            me,
            protocol,
            url,
            self.world.clone(),
            habits,
            self.phase.subscribe(),
        );
        self.received.push(client.received.clone());
        self.clients.push(tokio::task::spawn_local(client.live(socket)));
    }

    /// `clients` on a document, the first `writers` of which have habits; the others listen.
    pub async fn fill(
        &mut self,
        target: &Target,
        document: &Document,
        clients: usize,
        writers: usize,
        habits: Habits,
    ) -> Result<()> {
        let others = clients as u64 - 1;
        for nth in 0..clients {
            let listens = Habits {
                presence: habits.presence,
                ..Habits::default()
            };
            let habits = if nth < writers { habits } else { listens };
            self.add(target, document, Habits { others, ..habits }, Stance::default())
                .await?;
        }
        self.documents.push(document.clone());
        Ok(())
    }

    pub fn tell(&self, phase: Phase) {
        self.phase.send_replace(phase);
    }

    /// Waits until all have the document.
    pub async fn ready(&self) -> Result<()> {
        let all = self.received.len() as u64;
        if !self.until(READY_MAX, || self.world.sums.ready.get() >= all).await {
            bail!(
                "only {} of {all} clients are ready after {READY_MAX:?}",
                self.world.sums.ready.get()
            );
        }
        Ok(())
    }

    /// Waits until something holds; false if it did not within `patience`.
    pub async fn until(&self, patience: Duration, holds: impl Fn() -> bool) -> bool {
        let began = Instant::now();
        while !holds() {
            if began.elapsed() > patience {
                return false;
            }
            sleep(GLANCE).await;
        }
        true
    }

    fn all_delivered(&self) -> bool {
        self.world.sums.delivered.get() >= self.world.sums.expected.get()
    }

    /// Told apart: for the first edit after many have come a server may do much work. Milliseconds till all have it.
    pub async fn first_edit(&self, server: &Server) -> Value {
        let (began, before) = (Instant::now(), server.usage().cpu_s);
        self.tell(Phase::FirstEdit);
        sleep(GLANCE).await;
        self.until(FIRST_EDIT_MAX, || self.all_delivered()).await;
        let took_ms = began.elapsed().as_secs_f64() * 1e3;
        let cpu_s = calm(server).await - before;
        self.tell(Phase::Listen);
        json!({"all_ms": short(took_ms), "srv_cpu_s": short(cpu_s)})
    }

    /// Lets everybody live by their habits for a while, and says what it took.
    pub async fn run(&self, server: &Server, stretch: Stretch) -> Value {
        let start = Tally::of(&self.world, server);
        let began = Instant::now();
        server.forget_peak();
        self.clear_measured(stretch.warm);
        self.tell(Phase::Run);
        sleep(Duration::from_secs_f64(stretch.seconds)).await;
        self.tell(Phase::Listen);
        let ran_s = began.elapsed().as_secs_f64();
        let quiet = Instant::now();
        sleep(Duration::from_millis(20)).await;
        let drain = Duration::from_secs_f64(stretch.drain);
        self.until(drain, || self.all_delivered() && self.all_seen())
            .await;
        let drain_s = quiet.elapsed().as_secs_f64();
        let took = Tally::of(&self.world, server).since(&start);
        self.report(&took, ran_s, drain_s)
    }

    /// Presence may be thinned out: nobody waits for it longer than for edits.
    fn all_seen(&self) -> bool {
        let sums = &self.world.sums;
        sums.presence_sent.get() == 0 || sums.presence_seen.get() >= sums.presence_expected.get() / 2
    }

    fn clear_measured(&self, warm_s: f64) {
        let mut measured = self.world.measured.borrow_mut();
        measured.deliveries.clear();
        measured.acknowledgements.clear();
        measured.presence.clear();
        self.world.measure_from_us.set(now_us() + (warm_s * 1e6) as u64);
    }

    fn report(&self, took: &Tally, ran_s: f64, drain_s: f64) -> Value {
        let measured = self.world.measured.borrow();
        let wall_s = ran_s + drain_s;
        let per = |whole: f64, parts: u64| {
            if parts == 0 {
                Value::Null
            } else {
                json!(short(whole / parts as f64))
            }
        };
        let mut report = json!({
            "clients": self.received.len(), "documents": self.documents.len().max(1),
            "sent": took.sent, "sent_per_s": short(took.sent as f64 / ran_s),
            "delivered": took.delivered, "lost": took.expected as i64 - took.delivered as i64,
            "deliveries_per_s": short(took.delivered as f64 / wall_s), "drain_s": short(drain_s),
            "twice": took.twice, "broken": took.broken, "acknowledged": took.acknowledged,
            "delivery": measured.deliveries.summary(), "ack": measured.acknowledgements.summary(),
            "srv_cores": short(took.server.cpu_s / wall_s), "loadgen_cores": short(took.own_cpu_s / wall_s),
            "srv_cpu_ms_per_delivery": per(took.server.cpu_s * 1e3, took.delivered),
            "srv_cpu_ms_per_edit": per(took.server.cpu_s * 1e3, took.sent),
            "srv_rss_mb": short(took.server.memory_kb as f64 / 1024.0),
            "srv_peak_mb": short(took.server.memory_peak_kb as f64 / 1024.0),
            "bytes_per_delivery": per(took.bytes_in as f64, took.delivered),
            "messages_in": took.messages_in, "messages_out": took.messages_out,
        });
        if took.presence_sent > 0 {
            report["presence"] = measured.presence.summary();
            report["presence_sent"] = json!(took.presence_sent);
            report["presence_seen_part"] = per(took.presence_seen as f64, took.presence_expected);
            report["srv_cpu_ms_per_presence_seen"] = per(took.server.cpu_s * 1e3, took.presence_seen);
        }
        report
    }

    /// Latencies of the last stretch.
    pub fn deliveries(&self) -> Latencies {
        self.world.measured.borrow().deliveries.clone()
    }

    /// Ends all connections. A client that broke down makes the whole run worthless.
    pub async fn leave(&mut self) -> Result<()> {
        self.tell(Phase::Stop);
        for client in self.clients.drain(..) {
            client.await.context("a client broke down")?;
        }
        Ok(())
    }
}

/// Waits until the server has no more to do; its CPU time then.
async fn calm(server: &Server) -> f64 {
    const LOOKS_MAX: usize = 60;
    let mut before = server.usage().cpu_s;
    for _ in 0..LOOKS_MAX {
        sleep(Duration::from_millis(300)).await;
        let now = server.usage().cpu_s;
        if now - before < 0.06 {
            return now;
        }
        before = now;
    }
    before
}

/// The sums at one moment.
struct Tally {
    sent: u64,
    expected: u64,
    delivered: u64,
    acknowledged: u64,
    twice: u64,
    broken: u64,
    presence_sent: u64,
    presence_expected: u64,
    presence_seen: u64,
    bytes_in: u64,
    messages_in: u64,
    messages_out: u64,
    server: Usage,
    own_cpu_s: f64,
}

impl Tally {
    fn of(world: &World, server: &Server) -> Self {
        let sums = &world.sums;
        Tally {
            sent: sums.sent.get(),
            expected: sums.expected.get(),
            delivered: sums.delivered.get(),
            acknowledged: sums.acknowledged.get(),
            twice: sums.twice.get(),
            broken: sums.broken.get(),
            presence_sent: sums.presence_sent.get(),
            presence_expected: sums.presence_expected.get(),
            presence_seen: sums.presence_seen.get(),
            bytes_in: sums.bytes_in.get(),
            messages_in: sums.messages_in.get(),
            messages_out: sums.messages_out.get(),
            server: server.usage(),
            own_cpu_s: own_usage().cpu_s,
        }
    }

    /// Sums since an earlier moment; memory as it is now.
    fn since(self, start: &Tally) -> Tally {
        let server = Usage {
            cpu_s: self.server.cpu_s - start.server.cpu_s,
            ..self.server
        };
        Tally {
            sent: self.sent - start.sent,
            expected: self.expected - start.expected,
            delivered: self.delivered - start.delivered,
            acknowledged: self.acknowledged - start.acknowledged,
            twice: self.twice - start.twice,
            broken: self.broken - start.broken,
            presence_sent: self.presence_sent - start.presence_sent,
            presence_expected: self.presence_expected - start.presence_expected,
            presence_seen: self.presence_seen - start.presence_seen,
            bytes_in: self.bytes_in - start.bytes_in,
            messages_in: self.messages_in - start.messages_in,
            messages_out: self.messages_out - start.messages_out,
            server,
            own_cpu_s: self.own_cpu_s - start.own_cpu_s,
        }
    }
}
