//! `manydocs`: memory of a document and of a connection.

use super::{print, push_all, restart, wait};
use crate::client::Habits;
use crate::crowd::{Crowd, Stretch};
use crate::figures::short;
use crate::server::{Server, folder};
use crate::target::{Document, Stance, Target};
use anyhow::Result;
use clap::Args;
use serde_json::json;

#[derive(Args, Clone)]
pub struct ManyDocuments {
    #[arg(long, default_value_t = 300)]
    docs: usize,
    /// Edits a second in each document
    #[arg(long, default_value_t = 0.1)]
    rate: f64,
    #[arg(long, default_value_t = 10.0)]
    secs: f64,
    /// Edits in each document at the start
    #[arg(long, default_value_t = 20)]
    doc_edits: usize,
    /// Seconds after which a document that nobody has open should cost nothing
    #[arg(long, default_value_t = 0.0)]
    idle: f64,
}

impl ManyDocuments {
    pub async fn play(&self, target: &Target, server: &mut Server) -> Result<()> {
        let documents = push_all(target, &target.seed_document(self.doc_edits, 5), self.docs).await?;
        wait(12.0).await;
        // A restart tells the memory of open documents from that of their making.
        server.stop().await?;
        restart(server).await?;
        self.warm_up(target, &documents[0]).await?;
        let closed = server.usage();
        let mut crowd = Crowd::new();
        let habits = Habits {
            rate: self.rate,
            ..Habits::default()
        };
        for document in &documents {
            crowd.fill(target, document, 2, 1, habits).await?;
        }
        crowd.ready().await?;
        wait(3.0).await;
        let open = server.usage();
        // More connections to documents that are open already: the memory of a connection.
        let mut extra = Crowd::new();
        for document in &documents {
            extra
                .add(target, document, Habits::default(), Stance::default())
                .await?;
        }
        extra.ready().await?;
        wait(1.5).await;
        let with_extra = server.usage();
        extra.leave().await?;
        wait(1.0).await;
        let mut report = crowd
            .run(
                server,
                Stretch {
                    seconds: self.secs,
                    warm: 0.0,
                    drain: 10.0,
                },
            )
            .await;
        let written = server.usage();
        crowd.leave().await?;
        wait(self.idle).await;
        let per = |kib: u64, than: u64| short(kib.saturating_sub(than) as f64 / self.docs as f64);
        report["docs"] = json!(self.docs);
        report["kb_per_doc_with_2_connections"] = json!(per(open.memory_kb, closed.memory_kb));
        report["kb_per_doc_written_with_2_connections"] = json!(per(written.memory_kb, closed.memory_kb));
        report["kb_per_extra_connection"] = json!(per(with_extra.memory_kb, open.memory_kb));
        report["kb_per_doc_left"] = json!(per(server.usage().memory_kb, closed.memory_kb));
        report["idle_s"] = json!(self.idle);
        report["srv_closed_mb"] = json!(short(closed.memory_kb as f64 / 1024.0));
        report["disk_allocated_mb"] = json!(short(folder(&target.data).allocated as f64 / 1048576.0));
        print(target, "manydocs", report);
        Ok(())
    }

    /// One document is opened and left, so that what a server reads in once, such as its code, counts as no document's.
    async fn warm_up(&self, target: &Target, document: &Document) -> Result<()> {
        let mut crowd = Crowd::new();
        crowd.fill(target, document, 2, 1, Habits::default()).await?;
        crowd.ready().await?;
        crowd.leave().await?;
        wait(1.0).await;
        Ok(())
    }
}
