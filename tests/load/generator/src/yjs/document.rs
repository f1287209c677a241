//! Clients with a real Yjs document.

use super::wire::{
    AUTH, AWARENESS, NO_UPDATE, Reader, STEP_ANSWER, STEP_ASK, STEP_UPDATE, SYNC, SYNC_REPLY, SYNC_STATUS,
    auth, envelope, sync,
};
use crate::automerge::{Opened, letter};
use crate::socket::{Socket, Taken};
use crate::target::Dialect;
use anyhow::{Context, Result, bail};
use rand::RngExt;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};
use yrs::updates::decoder::Decode;
use yrs::updates::encoder::Encode;
use yrs::{Doc, ReadTxn, StateVector, Text, Transact, Update};

const BURST: usize = 20;

/// A text of `edits` single characters by `actors`, typing in bursts; every other burst two type at the same time.
pub fn make_document(edits: usize, actors: usize) -> Doc {
    let replicas: Vec<Doc> = (0..actors)
        .map(|at| Doc::with_client_id(10 + at as u64))
        .collect();
    let mut made = 0;
    let mut burst = 0;
    while made < edits {
        let at_once = if burst % 2 == 1 && actors > 1 { 2 } else { 1 };
        let mut updates = vec![];
        for nth in 0..at_once {
            let at = (burst * 2 + nth) % actors;
            let length = BURST.min(edits - made);
            updates.push((at, type_burst(&replicas[at], length, made)));
            made += length;
        }
        for (at, update) in updates {
            for (_, replica) in replicas.iter().enumerate().filter(|(other, _)| *other != at) {
                apply(replica, &update).expect("an update of a replica");
            }
        }
        burst += 1;
    }
    replicas.into_iter().next().expect("at least one actor")
}

fn type_burst(replica: &Doc, length: usize, made: usize) -> Vec<u8> {
    let text = replica.get_or_insert_text("text");
    let mut transaction = replica.transact_mut();
    let before = transaction.state_vector();
    let start = rand::rng().random_range(0..=text.len(&transaction));
    for at in 0..length {
        text.insert(
            &mut transaction,
            start + at as u32,
            &letter((made + at) as u64).to_string(),
        );
    }
    transaction.encode_state_as_update_v1(&before)
}

/// The document's state vector.
pub fn state_of(document: &Doc) -> Vec<u8> {
    document.transact().state_vector().encode_v1()
}

/// Whether two documents have the same edits, whatever the order in which their state vectors name them.
pub fn same_state(one: &Doc, other: &Doc) -> bool {
    one.transact().state_vector() == other.transact().state_vector()
}

fn apply(document: &Doc, update: &[u8]) -> Result<()> {
    document.transact_mut().apply_update(Update::decode_v1(update)?)?;
    Ok(())
}

/// Puts a document on the server.
pub async fn push(dialect: Dialect, url: &str, name: &str, document: &Doc, patience: Duration) -> Result<()> {
    let update = document
        .transact()
        .encode_state_as_update_v1(&StateVector::default());
    visit(dialect, url, name, &Doc::new(), Some(&update), patience).await?;
    Ok(())
}

/// Fetches what the document lacks.
pub async fn open(
    dialect: Dialect,
    url: &str,
    name: &str,
    document: &Doc,
    patience: Duration,
) -> Result<Opened> {
    visit(dialect, url, name, document, None, patience).await
}

/// How many of each of these clients' edits the server has.
pub async fn clocks_on_server(
    dialect: Dialect,
    url: &str,
    name: &str,
    clients: &[u64],
    patience: Duration,
) -> Result<Vec<usize>> {
    let document = Doc::new();
    open(dialect, url, name, &document, patience).await?;
    let state = document.transact().state_vector();
    if state.is_empty() {
        bail!("the server has no document");
    }
    Ok(clients
        .iter()
        .map(|client| state.get(&yrs::block::ClientID::new(*client)) as usize)
        .collect())
}

async fn visit(
    dialect: Dialect,
    url: &str,
    name: &str,
    document: &Doc,
    push: Option<&[u8]>,
    patience: Duration,
) -> Result<Opened> {
    let began = Instant::now();
    let mut opened = Opened::default();
    let mut socket = Socket::connect(url).await?;
    let mut begin = vec![];
    if dialect == Dialect::Hocuspocus {
        begin.push(auth());
    }
    begin.extend(push.map(|update| sync(STEP_UPDATE, update)));
    let state = state_of(document);
    begin.push(sync(STEP_ASK, &state));
    for body in begin {
        socket.send(&envelope(dialect, name, &body));
    }
    socket.flush()?;
    loop {
        timeout_at(began + patience, socket.receive())
            .await
            .with_context(|| format!("no answer in {patience:?}"))??;
        loop {
            let message = match socket.take() {
                Taken::Message(range) => socket.message(range).to_vec(),
                Taken::Closed(code) => bail!("the server closed the connection ({code})"),
                Taken::Nothing => break,
            };
            opened.bytes_in += message.len() as u64;
            opened.messages_in += 1;
            let read = read(dialect, &message, document, began, &mut opened)?;
            if read.asked {
                socket.send(&envelope(dialect, name, &sync(STEP_ANSWER, &NO_UPDATE)));
                socket.flush()?;
            }
            if read.answered {
                opened.synced_ms = began.elapsed().as_secs_f64() * 1e3;
                return Ok(opened);
            }
        }
    }
}

#[derive(Default)]
struct Read {
    asked: bool,
    answered: bool,
}

fn read(
    dialect: Dialect,
    message: &[u8],
    document: &Doc,
    began: Instant,
    opened: &mut Opened,
) -> Result<Read> {
    let mut reader = Reader(message);
    let mut read = Read::default();
    if dialect == Dialect::Hocuspocus {
        reader.bytes()?;
    }
    while !reader.is_empty() {
        match reader.number()? {
            SYNC | SYNC_REPLY => {
                let step = reader.number()?;
                let data = reader.bytes()?;
                if step == STEP_ASK {
                    read.asked = true;
                    continue;
                }
                if opened.first_data_ms == 0.0 {
                    opened.first_data_ms = began.elapsed().as_secs_f64() * 1e3;
                }
                let before = Instant::now();
                apply(document, data)?;
                opened.client_ms += before.elapsed().as_secs_f64() * 1e3;
                read.answered |= step == STEP_ANSWER;
            }
            AWARENESS => {
                reader.bytes()?;
            }
            AUTH if dialect == Dialect::Hocuspocus => {
                if reader.number()? == 1 {
                    bail!("permission denied");
                }
                reader.bytes()?;
            }
            SYNC_STATUS => {
                reader.number()?;
            }
            _ => break,
        }
    }
    Ok(read)
}
