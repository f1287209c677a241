//! `coldopen`: a long history, a restarted server, a client without the document.

use super::{print, restart, wait};
use crate::automerge::{Opened, sync_document};
use crate::figures::short;
use crate::server::{Server, folder};
use crate::target::{Document, PATIENCE, Seed, Target};
use crate::yjs;
use ::automerge::Automerge;
use anyhow::{Result, bail};
use clap::Args;
use serde_json::{Value, json};

#[derive(Args, Clone)]
pub struct ColdOpen {
    #[arg(long, default_value_t = 50_000)]
    edits: usize,
    #[arg(long, default_value_t = 5)]
    actors: usize,
    /// Seconds before the restart: what the server saves may come late
    #[arg(long, default_value_t = 14.0)]
    settle: f64,
}

impl ColdOpen {
    pub async fn play(&self, target: &Target, server: &mut Server) -> Result<()> {
        let seed = target.seed_document(self.edits, self.actors);
        let document = target.push(&seed, 0).await?;
        let pushed = server.usage();
        wait(self.settle).await;
        let disk = folder(&target.data);
        server.stop().await?;
        let start_s = restart(server).await?;
        let cold = self.open(target, server, &seed, &document).await?;
        // The second open finds the document as the first left it.
        let again = self.open(target, server, &seed, &document).await?;
        let report = json!({
            "edits": self.edits, "actors": self.actors, "start_s": short(start_s), "cold": cold, "again": again,
            "push_peak_mb": pushed.memory_peak_kb / 1024, "disk_bytes": disk.bytes, "disk_allocated": disk.allocated,
        });
        print(target, "coldopen", report);
        Ok(())
    }

    async fn open(
        &self,
        target: &Target,
        server: &Server,
        seed: &Seed,
        document: &Document,
    ) -> Result<Value> {
        server.forget_peak();
        let before = server.usage();
        let opened = fetch(target, seed, document).await?;
        let after = server.usage();
        let mut report = json!(opened);
        report["srv_cpu_s"] = json!(short(after.cpu_s - before.cpu_s));
        report["srv_peak_mb"] = json!(after.memory_peak_kb / 1024);
        Ok(report)
    }
}

async fn fetch(target: &Target, seed: &Seed, document: &Document) -> Result<Opened> {
    let url = target.url(&document.id).await?;
    match seed {
        Seed::Automerge(original) => {
            let heads = original.get_heads();
            sync_document(&url, &document.id, &mut Automerge::new(), Some(heads), PATIENCE).await
        }
        Seed::Yjs(original) => {
            let copy = yrs::Doc::new();
            let opened = yjs::open(target.dialect, &url, &document.id, &copy, PATIENCE).await?;
            if !yjs::same_state(&copy, original) {
                bail!("the server gave an incomplete document");
            }
            Ok(opened)
        }
        Seed::Nothing => bail!("the relay has no documents"),
    }
}
