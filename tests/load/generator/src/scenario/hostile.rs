//! `hostile`: one peer that does harm at full rate, beside honest people.

use super::attack::Kind;
use super::{print, wait};
use crate::client::Habits;
use crate::crowd::{Crowd, Stretch};
use crate::figures::short;
use crate::kept;
use crate::server::Server;
use crate::target::{Document, Target};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::process::{Child, Command, Stdio};

#[derive(Args, Clone)]
pub struct Hostile {
    #[arg(short = 'n', long, default_value_t = 50)]
    clients: usize,
    #[arg(short = 'w', long, default_value_t = 5)]
    writers: usize,
    /// Edits a second of each writer
    #[arg(short, long, default_value_t = 10.0)]
    rate: f64,
    #[arg(long, default_value_t = 5.0)]
    secs: f64,
    /// Kinds of harm; all of them without this
    #[arg(long, value_enum)]
    kind: Vec<Kind>,
}

impl Hostile {
    pub async fn play(&self, target: &Target, server: &mut Server) -> Result<()> {
        if !target.is_automerge() {
            bail!("the harm is done in automerge-repo's protocol");
        }
        let kinds = if self.kind.is_empty() {
            Kind::value_variants()
        } else {
            &self.kind
        };
        for kind in kinds {
            let report = self.measure(target, server, *kind).await?;
            print(target, "hostile", report);
        }
        Ok(())
    }

    /// The same people on the same document, without and with the harm.
    async fn measure(&self, target: &Target, server: &mut Server, kind: Kind) -> Result<Value> {
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
        let mut attacker = Attacker::start(target, &document, kind, self.secs + 2.0)?;
        wait(1.0).await;
        let mut report = honest.run(server, stretch).await;
        let attack = attacker.end()?;
        honest.leave().await?;
        report["lives"] = json!(server.lives());
        kept::check(target, &honest, &mut report).await?;
        let ratio = |path: &str| {
            let of = |report: &Value| report.pointer(path).and_then(Value::as_f64).unwrap_or(f64::NAN);
            json!(short(of(&report) / of(&without)))
        };
        let (delivery_ratio, ack_ratio) = (ratio("/delivery/p99_ms"), ratio("/ack/p99_ms"));
        report["kind"] = json!(kind.to_possible_value().map(|value| value.get_name().to_string()));
        report["p99_ratio"] = delivery_ratio;
        report["ack_p99_ratio"] = ack_ratio;
        report["attack"] = attack;
        report["without_attack"] = without;
        Ok(report)
    }
}

/// The attacker is a process of its own, and a nice one: it is to wear out the server, not this machine.
struct Attacker(Option<Child>);

impl Attacker {
    fn start(target: &Target, document: &Document, kind: Kind, seconds: f64) -> Result<Self> {
        let kind = kind.to_possible_value().context("a kind with a name")?;
        let dialect = target
            .dialect
            .to_possible_value()
            .context("a dialect with a name")?;
        let mut command = Command::new("nice");
        command.args(["-n", "19"]).arg(std::env::current_exe()?);
        command.args([
            "--dialect",
            dialect.get_name(),
            "--port",
            &target.port.to_string(),
        ]);
        if let Some(url) = &target.url {
            command.args(["--url", url]);
        }
        command.args(["attack", "--kind", kind.get_name(), "--document", &document.id]);
        command
            .args(["--secs", &seconds.to_string()])
            .stdout(Stdio::piped())
            .stdin(Stdio::null());
        Ok(Attacker(Some(command.spawn().context("nice")?)))
    }

    /// Waits for its end, and returns what it says it did.
    fn end(&mut self) -> Result<Value> {
        let attacker = self.0.take().context("an attacker")?;
        let output = attacker.wait_with_output()?;
        Ok(serde_json::from_slice(&output.stdout).unwrap_or(Value::Null))
    }
}

impl Drop for Attacker {
    fn drop(&mut self) {
        if let Some(attacker) = &mut self.0
            && let Err(error) = attacker.kill().and_then(|()| attacker.wait())
        {
            eprintln!("the attacker cannot be ended: {error}");
        }
    }
}
