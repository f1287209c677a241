//! `presence`: everybody shows where they are while some type.

use super::{print, wait};
use crate::client::Habits;
use crate::crowd::{Crowd, Stretch};
use crate::kept;
use crate::server::Server;
use crate::target::Target;
use anyhow::Result;
use clap::Args;
use serde_json::json;

#[derive(Args, Clone)]
pub struct Presence {
    #[arg(short = 'n', long, default_value_t = 25)]
    clients: usize,
    #[arg(short = 'w', long, default_value_t = 5)]
    writers: usize,
    /// Edits a second of each writer
    #[arg(short, long, default_value_t = 10.0)]
    rate: f64,
    /// Presence messages a second of each client
    #[arg(long, default_value_t = 20.0)]
    shows: f64,
    #[arg(long, default_value_t = 5.0)]
    secs: f64,
}

impl Presence {
    pub async fn play(&self, target: &Target, server: &Server) -> Result<()> {
        let document = target.push(&target.seed_document(target.seed, 5), 0).await?;
        let stretch = Stretch {
            seconds: self.secs,
            warm: 1.0,
            drain: 5.0,
        };
        let mut reports = vec![];
        for presence in [0.0, self.shows] {
            let mut crowd = Crowd::new();
            let habits = Habits {
                rate: self.rate,
                presence,
                ..Habits::default()
            };
            crowd
                .fill(target, &document, self.clients, self.writers, habits)
                .await?;
            crowd.ready().await?;
            wait(0.3).await;
            let mut report = crowd.run(server, stretch).await;
            crowd.leave().await?;
            kept::check(target, &crowd, &mut report).await?;
            reports.push(report);
        }
        let (with, without) = (
            reports.pop().unwrap_or_default(),
            reports.pop().unwrap_or_default(),
        );
        let mut report = with;
        report["shows_per_s"] = json!(self.shows);
        report["writers"] = json!(self.writers);
        report["without_presence"] = without;
        print(target, "presence", report);
        Ok(())
    }
}
