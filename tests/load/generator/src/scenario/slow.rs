//! `slow`: readers that no longer read their sockets, beside honest people.

use super::{print, wait};
use crate::client::{Habits, Phase};
use crate::crowd::{Crowd, Stretch};
use crate::figures::short;
use crate::kept;
use crate::server::Server;
use crate::target::{Stance, Target};
use anyhow::Result;
use clap::Args;
use serde_json::json;

#[derive(Args, Clone)]
pub struct Slow {
    #[arg(short = 'n', long, default_value_t = 50)]
    clients: usize,
    #[arg(short = 'w', long, default_value_t = 5)]
    writers: usize,
    /// Edits a second of each writer
    #[arg(short, long, default_value_t = 40.0)]
    rate: f64,
    #[arg(long, default_value_t = 100)]
    stalled: usize,
    #[arg(long, default_value_t = 12.0)]
    secs: f64,
}

impl Slow {
    pub async fn play(&self, target: &Target, server: &Server) -> Result<()> {
        let document = target.push(&target.seed_document(target.seed, 5), 0).await?;
        let stretch = Stretch {
            seconds: self.secs,
            warm: 1.0,
            drain: 10.0,
        };
        let mut honest = Crowd::new();
        let habits = Habits {
            rate: self.rate,
            ..Habits::default()
        };
        honest
            .fill(target, &document, self.clients, self.writers, habits)
            .await?;
        honest.ready().await?;
        wait(0.3).await;
        let without = honest.run(server, stretch).await;

        let mut stalled = Crowd::new();
        let stalls = Habits {
            stalls: true,
            ..Habits::default()
        };
        for _ in 0..self.stalled {
            stalled.add(target, &document, stalls, Stance::default()).await?;
        }
        // They know the document as it was before; their own world knows none of the honest people's edits.
        wait(2.0).await;
        let before = server.usage();
        stalled.tell(Phase::Run);
        let mut report = honest.run(server, stretch).await;
        let grown_kb = server.usage().memory_peak_kb.saturating_sub(before.memory_kb);
        stalled.leave().await?;
        honest.leave().await?;
        kept::check(target, &honest, &mut report).await?;
        let p99 = |report: &serde_json::Value| report["delivery"]["p99_ms"].as_f64().unwrap_or(f64::NAN);
        report["stalled"] = json!(self.stalled);
        report["stalled_closed"] = json!(stalled.world.sums.broken.get());
        report["p99_ratio"] = json!(short(p99(&report) / p99(&without)));
        report["srv_grown_kb_per_stalled"] = json!(grown_kb as f64 / self.stalled as f64);
        report["without_stalled"] = without;
        print(target, "slow", report);
        Ok(())
    }
}
