//! `durability`: acknowledged edits that are gone after the server was killed. The system lives on, and with it
//! what was written and not synced: this tests the death of a process, not the loss of power.

use super::{print, restart, wait};
use crate::client::{Habits, Phase};
use crate::crowd::Crowd;
use crate::figures::{Latencies, short};
use crate::kept;
use crate::server::Server;
use crate::target::{Seed, Stance, Target};
use crate::world::EditIndex;
use anyhow::{Result, bail};
use clap::Args;
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[derive(Args, Clone)]
pub struct Durability {
    #[arg(long, default_value_t = 10)]
    kills: usize,
    #[arg(long, default_value_t = 2)]
    writers: usize,
    #[arg(long, default_value_t = 50.0)]
    rate: f64,
    /// The last kill comes after this many seconds of typing
    #[arg(long, default_value_t = 3.0)]
    secs_max: f64,
}

const SECS_MIN: f64 = 0.5;

/// What became of the edits before one kill.
#[derive(Default)]
struct Fate {
    acked: usize,
    acked_missing: usize,
    seen: usize,
    seen_missing: usize,
    gone: bool,
}

impl Durability {
    pub async fn play(&self, target: &Target, server: &mut Server) -> Result<()> {
        if !server.is_ours() {
            bail!("durability kills the server: it needs --spawn");
        }
        let seed = target.seed_document(target.seed, 5);
        let mut fates = vec![];
        let mut acks: Vec<Latencies> = vec![];
        for nth in 0..self.kills {
            server.kill();
            server.wipe()?;
            restart(server).await?;
            let (fate, ack) = self.kill(target, server, &seed, nth).await?;
            fates.push(fate);
            acks.push(ack);
        }
        print(target, "durability", self.report(&fates, &acks));
        Ok(())
    }

    async fn kill(
        &self,
        target: &Target,
        server: &mut Server,
        seed: &Seed,
        nth: usize,
    ) -> Result<(Fate, Latencies)> {
        let document = target.push(seed, 0).await?;
        let mut crowd = Crowd::new();
        let habits = Habits {
            rate: self.rate,
            ..Habits::default()
        };
        crowd
            .fill(target, &document, self.writers, self.writers, habits)
            .await?;
        crowd
            .add(target, &document, Habits::default(), Stance::default())
            .await?;
        crowd.ready().await?;
        wait(0.5).await;
        crowd.tell(Phase::Run);
        let part = (nth as f64 + rand::random::<f64>()) / self.kills as f64;
        wait(SECS_MIN + (self.secs_max - SECS_MIN) * part).await;
        server.kill();
        wait(0.2).await;
        crowd.leave().await?;
        restart(server).await?;
        let kept = kept::on_server(target, &crowd.world, &document, kept::PATIENCE).await;
        if let Err(error) = &kept {
            eprintln!("kill {nth}: {error:#}");
        }
        let acknowledgements = crowd.world.measured.borrow().acknowledgements.clone();
        Ok((fate(&crowd, kept.ok()), acknowledgements))
    }

    fn report(&self, fates: &[Fate], acks: &[Latencies]) -> Value {
        let sum = |count: fn(&Fate) -> usize| fates.iter().map(count).sum::<usize>();
        let median = |part: f64| {
            let mut values: Vec<f64> = acks.iter().map(|ack| ack.at(part)).collect();
            values.sort_by(f64::total_cmp);
            values.get(values.len() / 2).copied().map(short)
        };
        json!({
            "kills": self.kills, "writers": self.writers, "rate": self.rate,
            "acked": sum(|fate| fate.acked), "acked_missing": sum(|fate| fate.acked_missing),
            "seen_by_others": sum(|fate| fate.seen), "seen_missing": sum(|fate| fate.seen_missing),
            "documents_gone": sum(|fate| usize::from(fate.gone)), "ack_p50_ms": median(0.5), "ack_p99_ms": median(0.99),
        })
    }
}

fn fate(crowd: &Crowd, kept: Option<BTreeSet<EditIndex>>) -> Fate {
    let gone = kept.is_none();
    let kept = kept.unwrap_or_default();
    let edits = crowd.world.edits.borrow().all.len() as EditIndex;
    let received: Vec<_> = crowd.received.iter().map(|received| received.borrow()).collect();
    let acked: Vec<EditIndex> = received
        .iter()
        .flat_map(|received| received.acknowledged.iter().copied())
        .collect();
    // The last client does not type: what it has, it has from the server.
    let seen: Vec<EditIndex> = (0..edits)
        .filter(|edit| received.last().is_some_and(|last| last.has(*edit)))
        .collect();
    let missing = |edits: &[EditIndex]| edits.iter().filter(|edit| !kept.contains(edit)).count();
    Fate {
        acked: acked.len(),
        acked_missing: missing(&acked),
        seen: seen.len(),
        seen_missing: missing(&seen),
        gone,
    }
}
