//! `storm`: many clients of one document come back at once.

use super::{print, wait};
use crate::client::{Habits, Phase};
use crate::crowd::Crowd;
use crate::figures::{Latencies, short};
use crate::kept;
use crate::server::{Server, own_usage};
use crate::socket::Socket;
use crate::target::{Document, Stance, Target};
use crate::world::now_us;
use anyhow::Result;
use clap::Args;
use serde_json::json;
use std::time::Duration;
use tokio::task::JoinSet;

#[derive(Args, Clone)]
pub struct Storm {
    #[arg(short = 'n', long, default_value_t = 200)]
    clients: usize,
    #[arg(long, default_value_t = 10_000)]
    edits: usize,
    /// Edits made while they were away
    #[arg(long, default_value_t = 100)]
    missed: usize,
    /// They come back without the document
    #[arg(long)]
    fresh: bool,
}

const STORM_MAX: Duration = Duration::from_secs(90);

impl Storm {
    pub async fn play(&self, target: &Target, server: &Server) -> Result<()> {
        let document = target.push(&target.seed_document(self.edits, 5), 0).await?;
        self.come_and_go(target, &document).await?;
        let away = self.go_on_without_them(target, &document).await?;
        let missed = away.world.edits.borrow().all.len() as u64;

        let mut crowd = Crowd::in_world(away.world.clone());
        let until = kept::last_hash(&crowd.world)
            .filter(|_| target.is_automerge())
            .map(|head| vec![head]);
        let stance = Stance {
            fresh: self.fresh,
            until,
        };
        crowd.world.sums.ready.set(0);
        let before = crowd.world.sums.bytes_in.get();
        server.forget_peak();
        let (server_before, own_before) = (server.usage(), own_usage());
        let began_us = now_us();
        self.all_at_once(target, &document, &mut crowd, &stance).await?;
        let all = self.clients as u64;
        let sums = &crowd.world.sums;
        let back = crowd.until(STORM_MAX, || sums.ready.get() >= all).await;
        let took_s = (now_us() - began_us) as f64 / 1e6;
        let (server_after, own_after) = (server.usage(), own_usage());
        let mut each = Latencies::default();
        let mut complete = 0;
        for received in &crowd.received {
            let received = received.borrow();
            received
                .ready_us
                .iter()
                .for_each(|ready_us| each.add(ready_us - began_us));
            complete += usize::from(received.delivered >= missed);
        }
        let report = json!({
            "clients": self.clients, "edits": self.edits, "missed": missed, "fresh": self.fresh, "back": back,
            "ready": sums.ready.get(), "complete": complete, "all_in_sync_s": short(took_s), "each": each.summary(),
            "srv_cpu_s": short(server_after.cpu_s - server_before.cpu_s), "srv_peak_mb": server_after.memory_peak_kb / 1024,
            "loadgen_cpu_s": short(own_after.cpu_s - own_before.cpu_s),
            "mb_to_clients": short((sums.bytes_in.get() - before) as f64 / 1048576.0),
        });
        crowd.leave().await?;
        print(target, "storm", report);
        Ok(())
    }

    /// They are there once before, so that the server has seen the document in use.
    async fn come_and_go(&self, target: &Target, document: &Document) -> Result<()> {
        let mut crowd = Crowd::new();
        crowd
            .fill(target, document, self.clients, 0, Habits::default())
            .await?;
        crowd.ready().await?;
        wait(1.0).await;
        crowd.leave().await?;
        Ok(())
    }

    /// One of them stays, and types.
    async fn go_on_without_them(&self, target: &Target, document: &Document) -> Result<Crowd> {
        const RATE: f64 = 200.0;
        /// No client of the storm.
        const ME: u32 = 100_000;
        let mut crowd = Crowd::new();
        let habits = Habits {
            rate: RATE,
            ..Habits::default()
        };
        crowd.add_as(ME, target, document, habits).await?;
        crowd.ready().await?;
        crowd.tell(Phase::Run);
        let missed = self.missed as u64;
        crowd
            .until(STORM_MAX, || crowd.world.sums.sent.get() >= missed)
            .await;
        crowd.tell(Phase::Listen);
        wait(1.5).await;
        crowd.leave().await?;
        Ok(crowd)
    }

    /// All connect at the same time.
    async fn all_at_once(
        &self,
        target: &Target,
        document: &Document,
        crowd: &mut Crowd,
        stance: &Stance,
    ) -> Result<()> {
        let url = target.url(&document.id).await?;
        let mut connecting = JoinSet::new();
        for _ in 0..self.clients {
            let url = url.clone();
            connecting.spawn_local(async move { Socket::connect(&url).await });
        }
        while let Some(connected) = connecting.join_next().await {
            match connected? {
                Ok(socket) => {
                    crowd.seat(
                        target,
                        document,
                        Habits::default(),
                        stance.clone(),
                        url.clone(),
                        socket,
                    );
                }
                Err(error) => eprintln!("storm: {error:#}"),
            }
        }
        Ok(())
    }
}
