//! `fanout`, `saturate` and `ack60`: people type.

use super::{print, push_all, restart, wait};
use crate::client::Habits;
use crate::crowd::{Crowd, Stretch};
use crate::figures::short;
use crate::kept;
use crate::server::Server;
use crate::target::{Seed, Target};
use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

#[derive(Args, Clone)]
pub struct Fanout {
    #[arg(short = 'n', long, default_value_t = 10)]
    pub clients: usize,
    #[arg(short = 'w', long, default_value_t = 1)]
    pub writers: usize,
    /// Edits a second of each writer
    #[arg(short, long, default_value_t = 10.0)]
    pub rate: f64,
    /// Edits in one message
    #[arg(long, default_value_t = 1)]
    pub batch: usize,
    #[arg(long, default_value_t = 4.0)]
    pub secs: f64,
    /// Seconds at the start whose latencies are not counted
    #[arg(long, default_value_t = 1.0)]
    pub warm: f64,
    /// Seconds to wait at the end for what is still on its way
    #[arg(long, default_value_t = 5.0)]
    pub drain: f64,
}

impl Fanout {
    pub async fn play(&self, target: &Target, server: &Server) -> Result<()> {
        let seed = target.seed_document(target.seed, 5);
        let report = self.measure(target, server, &seed).await?;
        print(target, "fanout", report);
        Ok(())
    }

    pub async fn measure(&self, target: &Target, server: &Server, seed: &Seed) -> Result<Value> {
        let document = target.push(seed, 0).await?;
        let mut crowd = Crowd::new();
        let habits = Habits {
            rate: self.rate,
            batch: self.batch,
            ..Habits::default()
        };
        crowd
            .fill(target, &document, self.clients, self.writers, habits)
            .await?;
        crowd.ready().await?;
        wait(0.3).await;
        let first_edit = crowd.first_edit(server).await;
        let stretch = Stretch {
            seconds: self.secs,
            warm: self.warm,
            drain: self.drain,
        };
        let mut report = crowd.run(server, stretch).await;
        crowd.leave().await?;
        kept::check(target, &crowd, &mut report).await?;
        report["first_edit"] = first_edit;
        report["writers"] = json!(self.writers);
        report["batch"] = json!(self.batch);
        report["planned_per_s"] = json!(self.rate * self.writers as f64);
        Ok(report)
    }
}

#[derive(Args, Clone)]
pub struct Documents {
    #[arg(long, default_value_t = 10)]
    pub documents: usize,
    /// Clients of each document; all of them type
    #[arg(long, default_value_t = 6)]
    pub people: usize,
    /// How many of them type
    #[arg(long)]
    pub writers: Option<usize>,
    /// Edits a second of each
    #[arg(short, long, default_value_t = 5.0)]
    pub rate: f64,
    #[arg(long, default_value_t = 10.0)]
    pub secs: f64,
}

impl Documents {
    pub async fn play(&self, target: &Target, server: &Server) -> Result<()> {
        let seed = target.seed_document(target.seed, 5);
        let report = self.measure(target, server, &seed).await?;
        print(target, "ack60", report);
        Ok(())
    }

    pub async fn measure(&self, target: &Target, server: &Server, seed: &Seed) -> Result<Value> {
        let mut crowd = Crowd::new();
        let habits = Habits {
            rate: self.rate,
            ..Habits::default()
        };
        let writers = self.writers.unwrap_or(self.people);
        for document in push_all(target, seed, self.documents).await? {
            crowd
                .fill(target, &document, self.people, writers, habits)
                .await?;
        }
        crowd.ready().await?;
        wait(0.3).await;
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
        report["people"] = json!(self.people * self.documents);
        report["planned_per_s"] = json!(self.rate * (writers * self.documents) as f64);
        Ok(report)
    }
}

#[derive(Args, Clone)]
pub struct Saturate {
    #[command(flatten)]
    fanout: Fanout,
    /// The rate is multiplied by this
    #[arg(long, default_value_t = 2.0)]
    factor: f64,
    /// Deliveries later than this are late
    #[arg(long, default_value_t = 250.0)]
    p99_ms: f64,
    #[arg(long, default_value_t = 14)]
    steps_max: usize,
}

/// Steps downwards after the first that failed.
const STEPS_DOWN: usize = 3;

impl Saturate {
    pub async fn play(&self, target: &Target, server: &mut Server) -> Result<()> {
        let seed = target.seed_document(target.seed, 5);
        let mut climb = Climb {
            rate: self.fanout.rate,
            best: None,
            steps: vec![],
            failed: 0,
        };
        while climb.steps.len() < self.steps_max {
            let fanout = Fanout {
                rate: climb.rate,
                drain: 8.0,
                ..self.fanout.clone()
            };
            let report = fanout.measure(target, server, &seed).await;
            let broke = report.is_err();
            if !climb.step(
                self,
                report.unwrap_or_else(|error| json!({"error": format!("{error:#}")})),
            ) {
                break;
            }
            if broke && server.is_ours() {
                server.kill();
                server.wipe()?;
                restart(server).await?;
            } else if climb.failed > 0 {
                wait(2.0).await;
            }
        }
        print(target, "saturate", climb.report(self));
        Ok(())
    }

    fn holds(&self, report: &Value) -> bool {
        let number = |path: &str| report.pointer(path).and_then(Value::as_f64);
        let below = |path: &str, limit: f64| number(path).is_some_and(|number| number <= limit);
        below("/lost", 0.0)
            && below("/broken", 0.0)
            && below("/drain_s", 2.0)
            && below("/delivery/p99_ms", self.p99_ms)
            && number("/sent_per_s") > number("/planned_per_s").map(|planned| planned * 0.95)
    }
}

/// The search for the highest rate: up by the factor, then down by its root.
struct Climb {
    rate: f64,
    best: Option<Value>,
    steps: Vec<Value>,
    failed: usize,
}

impl Climb {
    /// Takes a step's report; false when the search is over.
    fn step(&mut self, saturate: &Saturate, report: Value) -> bool {
        let holds = saturate.holds(&report);
        self.steps.push(json!([
            short(self.rate * saturate.fanout.writers as f64),
            holds,
            report["delivery"]["p50_ms"],
            report["delivery"]["p99_ms"],
            report["ack"]["p50_ms"],
            report["srv_cores"],
            report["loadgen_cores"],
            report["lost"],
            report.get("error"),
        ]));
        if holds {
            self.best = Some(report);
            self.rate *= saturate.factor;
            return self.failed == 0;
        }
        self.failed += 1;
        self.rate /= saturate.factor.sqrt();
        self.failed <= STEPS_DOWN
    }

    fn report(self, saturate: &Saturate) -> Value {
        let mut report = self.best.unwrap_or_else(|| json!({"sent_per_s": 0}));
        report["p99_limit_ms"] = json!(saturate.p99_ms);
        report["steps_[edits_s,holds,p50,p99,ack,srv_cores,loadgen_cores,lost,error]"] = json!(self.steps);
        report
    }
}
