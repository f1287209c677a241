//! The scenarios: each prints a line of JSON for every run.

mod actors;
mod attack;
mod cold_open;
mod durability;
mod growth;
mod hostile;
mod many_documents;
mod presence;
mod slow;
mod soak;
mod storage;
mod storm;
mod typing;

use crate::server::{Server, load_average};
use crate::target::{Document, Seed, Target};
use anyhow::Result;
use clap::Subcommand;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::sleep;

#[derive(Subcommand, Clone)]
pub enum Scenario {
    /// One document, N clients, W of them type: delivery and acknowledgement, CPU time, memory
    Fanout(typing::Fanout),
    /// Raises the rate until deliveries are late or lost
    Saturate(typing::Saturate),
    /// Many people over some documents, all typing: edit to acknowledgement
    Ack60(typing::Documents),
    /// Everybody shows where they are while some type
    Presence(presence::Presence),
    /// A document that thousands have edited
    Actors(actors::Actors),
    /// Readers that no longer read their sockets, beside honest people
    Slow(slow::Slow),
    /// One peer that does harm at full rate, beside honest people
    Hostile(hostile::Hostile),
    /// The harm alone, at a server that already runs; played by `hostile`
    Attack(attack::Attack),
    /// How costs grow with document size, clients and documents
    Growth(growth::Growth),
    /// People type, leave and come back for long: memory, divergence, messages until quiet
    Soak(soak::Soak),
    /// D documents with two clients each: memory of a document and of a connection
    Manydocs(many_documents::ManyDocuments),
    /// A long history, a restarted server, a client without the document
    Coldopen(cold_open::ColdOpen),
    /// Acknowledged edits that are gone after a kill
    Durability(durability::Durability),
    /// Bytes on disk for each edit
    Storage(storage::Storage),
    /// Many clients of one document come back at once
    Storm(storm::Storm),
}

/// Lets a server that has just been started come to rest.
const SETTLE: Duration = Duration::from_millis(700);

/// Starts the server, plays the scenario, kills the server.
pub async fn play(target: &Target, scenario: Scenario) -> Result<()> {
    if let Scenario::Attack(attack) = scenario {
        return attack.play(target).await;
    }
    let mut server = target.server();
    server.wipe()?;
    restart(&mut server).await?;
    match scenario {
        Scenario::Fanout(fanout) => fanout.play(target, &server).await,
        Scenario::Saturate(saturate) => saturate.play(target, &mut server).await,
        Scenario::Ack60(documents) => documents.play(target, &server).await,
        Scenario::Presence(presence) => presence.play(target, &server).await,
        Scenario::Actors(actors) => actors.play(target, &mut server).await,
        Scenario::Slow(slow) => slow.play(target, &server).await,
        Scenario::Hostile(hostile) => hostile.play(target, &mut server).await,
        Scenario::Attack(_) => Ok(()),
        Scenario::Growth(growth) => growth.play(target, &server).await,
        Scenario::Soak(soak) => soak.play(target, &mut server).await,
        Scenario::Manydocs(many) => many.play(target, &mut server).await,
        Scenario::Coldopen(cold_open) => cold_open.play(target, &mut server).await,
        Scenario::Durability(durability) => durability.play(target, &mut server).await,
        Scenario::Storage(storage) => storage.play(target, &mut server).await,
        Scenario::Storm(storm) => storm.play(target, &server).await,
    }
}

/// Starts the server and waits until it is at rest; seconds till its port was open.
async fn restart(server: &mut Server) -> Result<f64> {
    let start_s = server.start().await?;
    if server.is_ours() {
        sleep(SETTLE).await;
    }
    Ok(start_s)
}

/// Puts some documents on the server, all made from the same seed.
async fn push_all(target: &Target, seed: &Seed, documents: usize) -> Result<Vec<Document>> {
    let mut pushed = vec![];
    for number in 0..documents {
        pushed.push(target.push(seed, number as u32).await?);
    }
    Ok(pushed)
}

/// Prints a result.
fn print(target: &Target, scenario: &str, mut report: Value) {
    report["scenario"] = json!(scenario);
    report["label"] = json!(target.label);
    // How busy the machine was with other things: a result is read with this in mind.
    report["loadavg"] = json!(load_average());
    println!("{report}");
}

async fn wait(seconds: f64) {
    sleep(Duration::from_secs_f64(seconds)).await;
}
