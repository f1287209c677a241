//! `soak`: people type, leave and come back for long.

use super::{print, push_all, wait};
use crate::client::{Habits, Phase};
use crate::crowd::Crowd;
use crate::figures::{short, slope};
use crate::kept;
use crate::server::Server;
use crate::target::Target;
use crate::world::{EditIndex, now_us};
use anyhow::{Result, bail};
use clap::Args;
use serde_json::json;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::Instant;

#[derive(Args, Clone)]
pub struct Soak {
    #[arg(long, default_value_t = 3.0)]
    minutes: f64,
    #[arg(long, default_value_t = 10)]
    documents: usize,
    /// People of each document; all of them type
    #[arg(long, default_value_t = 6)]
    people: usize,
    /// Edits a second of each
    #[arg(short, long, default_value_t = 1.0)]
    rate: f64,
    /// Seconds a connection lasts on average
    #[arg(long, default_value_t = 40.0)]
    online: f64,
    #[arg(long, default_value_t = 5.0)]
    offline: f64,
    /// What is random about who leaves when
    #[arg(long, default_value_t = 1)]
    random_seed: u64,
}

/// How often memory is looked at.
const SAMPLE_S: f64 = 2.0;
/// The part of the time after which memory is expected to be steady.
const WARM_UP_PART: f64 = 0.25;
const SETTLE_MAX: Duration = Duration::from_secs(60);
const QUIET_S: f64 = 1.0;
const KIB_PER_MIB: f64 = 1024.0;

impl Soak {
    pub async fn play(&self, target: &Target, server: &mut Server) -> Result<()> {
        if !target.is_automerge() {
            bail!("only automerge's clients keep here what they type without a connection");
        }
        let seed = target.seed_document(target.seed, 5);
        let habits = Habits {
            rate: self.rate,
            presence: 1.0,
            online_s: self.online,
            offline_s: self.offline,
            seed: self.random_seed,
            ..Habits::default()
        };
        let mut crowd = Crowd::new();
        for document in push_all(target, &seed, self.documents).await? {
            crowd
                .fill(target, &document, self.people, self.people, habits)
                .await?;
        }
        crowd.ready().await?;
        crowd.world.measure_from_us.set(now_us());
        let cpu_before = server.usage().cpu_s;
        crowd.tell(Phase::Run);
        let memory = self.watch(server).await;
        let cpu_s = server.usage().cpu_s - cpu_before;

        // Everybody comes back and stops typing.
        let messages_before: Vec<u64> = messages(&crowd);
        let stopped = Instant::now();
        crowd.tell(Phase::Gather);
        let world = crowd.world.clone();
        let sums = &world.sums;
        let settled = crowd
            .until(SETTLE_MAX, || sums.delivered.get() >= sums.expected.get())
            .await;
        let settled_s = stopped.elapsed().as_secs_f64();
        let most_messages = self.until_quiet(&crowd, &messages_before).await;
        let lives = server.lives();
        let diverged = diverged(target, &crowd).await?;
        crowd.leave().await?;
        let mut report = json!({
            "minutes": self.minutes, "people": self.people * self.documents, "documents": self.documents,
            "random_seed": self.random_seed, "sent": sums.sent.get(), "lost": sums.expected.get() as i64 - sums.delivered.get() as i64,
            "came_back": sums.came_back.get(), "broken": sums.broken.get(), "settled": settled, "settled_s": short(settled_s),
            "messages_until_quiet_max": most_messages, "diverged": diverged, "lives": lives,
            "memory_slope_mib_per_h": short(self.slope(&memory)),
            "memory_mb": memory.iter().map(|(_, kib)| short(kib / KIB_PER_MIB)).collect::<Vec<_>>(),
            "delivery": crowd.deliveries().summary(), "ack": crowd.world.measured.borrow().acknowledgements.summary(),
            "srv_cpu_s": short(cpu_s),
        });
        kept::check(target, &crowd, &mut report).await?;
        print(target, "soak", report);
        Ok(())
    }

    /// Memory (KiB) at points in time (hours).
    async fn watch(&self, server: &Server) -> Vec<(f64, f64)> {
        let began = Instant::now();
        let mut memory = vec![];
        while began.elapsed().as_secs_f64() < self.minutes * 60.0 {
            wait(SAMPLE_S.min(self.minutes * 60.0)).await;
            memory.push((
                began.elapsed().as_secs_f64() / 3600.0,
                server.usage().memory_kb as f64,
            ));
        }
        memory
    }

    fn slope(&self, memory: &[(f64, f64)]) -> f64 {
        let warm_h = self.minutes / 60.0 * WARM_UP_PART;
        let steady: Vec<_> = memory
            .iter()
            .filter(|(hours, _)| *hours >= warm_h)
            .copied()
            .collect();
        slope(&steady) / KIB_PER_MIB
    }

    /// Messages that the busiest client got from the end of typing until nobody got any.
    async fn until_quiet(&self, crowd: &Crowd, before: &[u64]) -> u64 {
        let began = Instant::now();
        let mut last = messages(crowd);
        while began.elapsed() < SETTLE_MAX {
            wait(QUIET_S).await;
            let now = messages(crowd);
            if now == last {
                break;
            }
            last = now;
        }
        last.iter()
            .zip(before)
            .map(|(now, before)| now - before)
            .max()
            .unwrap_or(0)
    }
}

fn messages(crowd: &Crowd) -> Vec<u64> {
    crowd
        .received
        .iter()
        .map(|received| received.borrow().messages_in)
        .collect()
}

/// How many replicas, the server's included, lack an edit that was made.
async fn diverged(target: &Target, crowd: &Crowd) -> Result<usize> {
    let mut diverged = 0;
    let people = crowd.received.len() / crowd.documents.len();
    for (nth, document) in crowd.documents.iter().enumerate() {
        let kept = kept::on_server(target, &crowd.world, document, kept::PATIENCE).await?;
        let edits = crowd.world.edits.borrow();
        let number = |edit: &EditIndex| edits.all[*edit as usize].document == document.number;
        let made: BTreeSet<EditIndex> = (0..edits.all.len() as EditIndex).filter(number).collect();
        diverged += usize::from(!made.is_subset(&kept));
        let replicas = &crowd.received[nth * people..(nth + 1) * people];
        diverged += replicas
            .iter()
            .filter(|replica| !made.iter().all(|edit| replica.borrow().has(*edit)))
            .count();
    }
    Ok(diverged)
}
