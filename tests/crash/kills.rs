//! [A1, A3] Killed at random moments, in compactions above all, the server keeps every edit it acknowledged.

use crate::PATIENCE;
use crate::judge::{Promise, lost};
use crate::process::{Heard, Process};
use crate::writer::Writer;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use samverk_shared::ids::DocumentId;
use std::collections::BTreeSet;
use std::path::Path;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinSet;
use tokio::time::timeout;

/// Kills in one round, and in a run; `SAMVERK_KILLS` asks for more rounds. A store that thousands of killed servers have
/// filled is read whole at each start.
const KILLS: u32 = 200;
const SEED: u64 = 20_261_124;
const WRITERS: u8 = 3;
/// Then a new document begins, so that none grows without end.
const KILLS_PER_DOCUMENT: u32 = 8;
/// One in so many edits is large enough to make the server compact.
const LARGE_ONE_IN: u64 = 4;

/// What came of a run.
#[derive(Debug, Default)]
struct Tally {
    kills: u32,
    inside_compactions: u32,
    compactions: u32,
    acknowledged: usize,
    lost: Vec<String>,
}

struct Run<'a> {
    data: &'a Path,
    rng: ChaCha8Rng,
    promise: Promise,
    tally: Tally,
    /// Documents nobody writes any more, with what is owed of them.
    finished: Vec<(DocumentId, BTreeSet<String>)>,
}

impl Run<'_> {
    async fn kill_often(&mut self, kills: u32) {
        let mut writers = self.new_writers();
        while self.tally.kills < kills {
            if self.tally.kills > 0 && self.tally.kills.is_multiple_of(KILLS_PER_DOCUMENT) {
                self.finish(&writers);
                writers = self.new_writers();
            }
            let server = Process::start(self.data).await;
            self.judge(&server, &writers).await;
            writers = self.kill_one(server, writers).await;
        }
        self.finish(&writers);
        let server = Process::start(self.data).await;
        for (document, owed) in &self.finished {
            let lost = lost(server.addr, *document, owed).await;
            self.tally.lost.extend(
                lost.into_iter()
                    .map(|word| format!("{document} in the end: {word}")),
            );
        }
        server.kill();
    }

    fn new_writers(&mut self) -> Vec<Writer> {
        let mut id = [0; 16];
        self.rng.fill_bytes(&mut id);
        let (document, seed) = (DocumentId::from_random(id), self.rng.next_u64());
        (0..WRITERS)
            .map(|number| Writer::new(number, document, seed, LARGE_ONE_IN))
            .collect()
    }

    fn finish(&mut self, writers: &[Writer]) {
        let owed = self.promise.of(writers);
        self.tally.acknowledged += Promise::Acknowledged.of(writers).len();
        self.finished.push((writers[0].document, owed));
    }

    /// What the server has before anybody can bring anything again.
    async fn judge(&mut self, server: &Process, writers: &[Writer]) {
        let owed = self.promise.of(writers);
        let lost = lost(server.addr, writers[0].document, &owed).await;
        let kills = self.tally.kills;
        self.tally
            .lost
            .extend(lost.into_iter().map(|word| format!("after kill {kills}: {word}")));
    }

    /// Lets the writers type, and kills the server while they do.
    async fn kill_one(&mut self, server: Process, writers: Vec<Writer>) -> Vec<Writer> {
        let (tell, acknowledgements) = unbounded_channel();
        let mut typing = JoinSet::new();
        let addr = server.addr;
        for mut writer in writers {
            let tell = tell.clone();
            typing.spawn(async move {
                writer.type_on(addr, &tell).await;
                writer
            });
        }
        drop(tell);
        self.wait_for_the_moment(&server, acknowledgements).await;
        let heard = server.kill();
        self.tally.kills += 1;
        self.tally.compactions += heard.compacted;
        self.tally.inside_compactions += u32::from(heard.compactions_begun > heard.compactions_ended);
        timeout(PATIENCE, typing.join_all())
            .await
            .expect("they notice that the server is gone")
    }

    async fn wait_for_the_moment(
        &mut self,
        server: &Process,
        mut acknowledgements: UnboundedReceiver<String>,
    ) {
        let in_compaction = self.below(2) == 0;
        let count = 1 + self.below(if in_compaction { 3 } else { 20 }) as u32;
        let spins = self.below(200_000);
        let moment = async {
            if in_compaction {
                let begins = |heard: &Heard| heard.compactions_begun >= count;
                server
                    .heard
                    .clone()
                    .wait_for(begins)
                    .await
                    .expect("the server runs");
            } else {
                for _ in 0..count {
                    acknowledgements.recv().await.expect("somebody types");
                }
            }
        };
        timeout(PATIENCE, moment).await.expect("the moment comes");
        (0..spins).for_each(|_| std::hint::spin_loop());
    }

    fn below(&mut self, n: u64) -> u64 {
        self.rng.next_u64() % n
    }
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.kills += other.kills;
        self.inside_compactions += other.inside_compactions;
        self.compactions += other.compactions;
        self.acknowledged += other.acknowledged;
        self.lost.extend(other.lost);
    }
}

/// Kills in rounds, each in a data folder of its own and with the next seed.
async fn run(kills: u32, promise: Promise) -> Tally {
    let first: u64 = std::env::var("SAMVERK_KILL_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(SEED);
    let mut tally = Tally::default();
    for seed in first.. {
        if tally.kills >= kills {
            break;
        }
        tally.add(round(seed, (kills - tally.kills).min(KILLS), promise).await);
        println!("seed {seed} done: {tally:?}");
    }
    tally
}

async fn round(seed: u64, kills: u32, promise: Promise) -> Tally {
    println!("seed {seed}");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut run = Run {
        data: folder.path(),
        rng: ChaCha8Rng::seed_from_u64(seed),
        promise,
        tally: Tally::default(),
        finished: Vec::new(),
    };
    run.kill_often(kills).await;
    run.tally
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a1_a3_a_server_that_is_killed_at_any_moment_keeps_what_it_acknowledged() {
    let kills = std::env::var("SAMVERK_KILLS")
        .ok()
        .and_then(|kills| kills.parse().ok())
        .unwrap_or(KILLS);
    let tally = run(kills, Promise::Acknowledged).await;
    println!("{tally:?}");
    assert_eq!(tally.lost, Vec::<String>::new());
    assert!(tally.acknowledged > kills as usize, "they typed: {tally:?}");
    assert!(
        tally.compactions * 5 >= kills,
        "logs were made into snapshots all the time: {tally:?}"
    );
    assert!(
        tally.inside_compactions * 5 >= kills,
        "a fifth of the kills hit a compaction: {tally:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn canary_a_judge_who_takes_sent_for_acknowledged_finds_losses() {
    let tally = run(12, Promise::Sent).await;
    assert!(!tally.lost.is_empty(), "{tally:?}");
}
