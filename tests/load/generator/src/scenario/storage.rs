//! `storage`: bytes on disk for each edit.

use super::{print, restart, wait};
use crate::client::{Habits, Phase};
use crate::crowd::Crowd;
use crate::figures::short;
use crate::kept;
use crate::server::{Folder, Server, folder};
use crate::target::Target;
use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};
use tokio::time::Instant;

#[derive(Args, Clone)]
pub struct Storage {
    #[arg(long, default_value_t = 10_000)]
    edits: usize,
    /// Edits in one message
    #[arg(long, default_value_t = 1)]
    batch: usize,
    /// Edits that are on their way at the same time
    #[arg(long, default_value_t = 50)]
    window: usize,
    /// Gives up after this many seconds
    #[arg(long, default_value_t = 60.0)]
    secs_max: f64,
    /// Seconds after which what is on the disk is called settled
    #[arg(long, default_value_t = 40.0)]
    settle: f64,
}

impl Storage {
    pub async fn play(&self, target: &Target, server: &mut Server) -> Result<()> {
        let empty = folder(&target.data);
        let document = target.push(&target.seed_document(10, 1), 0).await?;
        let mut crowd = Crowd::new();
        let habits = Habits {
            window: self.window,
            edits_max: self.edits,
            batch: self.batch,
            ..Habits::default()
        };
        crowd.fill(target, &document, 2, 1, habits).await?;
        crowd.ready().await?;
        let before = server.usage();
        let began = Instant::now();
        crowd.tell(Phase::Run);
        let mut peak = Folder::default();
        let all = self.edits as u64;
        while crowd.world.sums.acknowledged.get() < all && began.elapsed().as_secs_f64() < self.secs_max {
            wait(0.25).await;
            peak = larger(peak, folder(&target.data));
        }
        let took_s = began.elapsed().as_secs_f64();
        let after = server.usage();
        crowd.leave().await?;
        let edits = crowd.world.sums.sent.get();
        let per_edit = |folder: Folder| {
            json!({
                "files": folder.files, "bytes": folder.bytes,
                "bytes_per_edit": short(folder.bytes.saturating_sub(empty.bytes) as f64 / edits as f64),
                "allocated_per_edit": short(folder.allocated.saturating_sub(empty.allocated) as f64 / edits as f64),
            })
        };
        let mut report = json!({
            "edits": edits, "batch": self.batch, "window": self.window, "secs": short(took_s),
            "edits_s": short(edits as f64 / took_s), "srv_cpu_ms_per_edit": short((after.cpu_s - before.cpu_s) * 1e3 / edits as f64),
            "peak": per_edit(peak), "at_end": per_edit(folder(&target.data)),
        });
        wait(self.settle).await;
        report["settled"] = per_edit(folder(&target.data));
        report["reopened"] = self.reopen(target, server, &crowd, per_edit).await?;
        kept::check(target, &crowd, &mut report).await?;
        print(target, "storage", report);
        Ok(())
    }

    /// Some tidy up only when the document is opened again.
    async fn reopen(
        &self,
        target: &Target,
        server: &mut Server,
        crowd: &Crowd,
        per_edit: impl Fn(Folder) -> Value,
    ) -> Result<Value> {
        if !server.is_ours() {
            return Ok(Value::Null);
        }
        server.stop().await?;
        restart(server).await?;
        for document in &crowd.documents {
            kept::on_server(target, &crowd.world, document, kept::PATIENCE).await?;
        }
        wait(self.settle.min(5.0)).await;
        Ok(per_edit(folder(&target.data)))
    }
}

fn larger(one: Folder, other: Folder) -> Folder {
    if one.bytes > other.bytes { one } else { other }
}
