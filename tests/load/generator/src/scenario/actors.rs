//! `actors`: a year-old document that thousands have edited.

use super::{print, restart, wait};
use crate::automerge::sync_document;
use crate::client::Habits;
use crate::crowd::{Crowd, Stretch};
use crate::figures::short;
use crate::kept;
use crate::server::Server;
use crate::target::{PATIENCE, Seed, Target};
use ::automerge::Automerge;
use anyhow::{Result, bail};
use clap::Args;
use serde_json::json;

#[derive(Args, Clone)]
pub struct Actors {
    #[arg(long, default_value_t = 5000)]
    actors: usize,
    #[arg(long, default_value_t = 50_000)]
    edits: usize,
    #[arg(short = 'n', long, default_value_t = 10)]
    clients: usize,
    #[arg(short, long, default_value_t = 5.0)]
    rate: f64,
    #[arg(long, default_value_t = 5.0)]
    secs: f64,
    /// Seconds before the restart: what the server saves may come late
    #[arg(long, default_value_t = 5.0)]
    settle: f64,
}

impl Actors {
    pub async fn play(&self, target: &Target, server: &mut Server) -> Result<()> {
        let seed = target.seed_document(self.edits, self.actors);
        let Seed::Automerge(original) = &seed else {
            bail!("only documents of automerge have actors");
        };
        let document = target.push(&seed, 0).await?;
        wait(self.settle).await;
        server.stop().await?;
        restart(server).await?;
        let idle = server.usage();
        let url = target.url(&document.id).await?;
        let mut copy = Automerge::new();
        let opened = sync_document(
            &url,
            &document.id,
            &mut copy,
            Some(original.get_heads()),
            PATIENCE,
        )
        .await?;
        let after_open = server.usage();

        let mut crowd = Crowd::new();
        let habits = Habits {
            rate: self.rate,
            ..Habits::default()
        };
        crowd.fill(target, &document, self.clients, 1, habits).await?;
        crowd.ready().await?;
        // The first edit makes the server load the document.
        let first_edit = crowd.first_edit(server).await;
        let mut report = crowd
            .run(
                server,
                Stretch {
                    seconds: self.secs,
                    warm: 1.0,
                    drain: 10.0,
                },
            )
            .await;
        crowd.leave().await?;
        kept::check(target, &crowd, &mut report).await?;
        report["actors"] = json!(self.actors);
        report["edits"] = json!(self.edits);
        report["cold_open"] = json!(opened);
        report["cold_open_srv_cpu_s"] = json!(short(after_open.cpu_s - idle.cpu_s));
        report["first_edit"] = first_edit;
        report["srv_idle_mb"] = json!(short(idle.memory_kb as f64 / 1024.0));
        print(target, "actors", report);
        Ok(())
    }
}
