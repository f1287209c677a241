//! What a shard has done elsewhere: documents read, logs compacted.

use crate::hub::rows::{self, DocumentRow};
use crate::hub::{Input, Loading, Opened};
use crate::store::committer::Committer;
use crate::store::{Meta, ReadError, Store, Table, Write, compact};
use samverk_shared::ids::DocumentId;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

/// Gives the shard's inbox what came of it.
pub(super) type Reply = Box<dyn Fn(Input) + Send>;

/// A thread that reads documents, in the order in which they are asked for.
pub(super) fn reader(
    number: usize,
    store: Arc<dyn Store>,
    reply: Reply,
) -> std::io::Result<Sender<DocumentId>> {
    worker(format!("reader-{number}"), move |document| {
        let opened = open(&*store, document).unwrap_or_else(|error| Opened::Quarantined(error.to_string()));
        reply(Input::Opened(document, opened));
    })
}

fn open(store: &dyn Store, document: DocumentId) -> Result<Opened, ReadError> {
    let place = match store.get(Table::Documents, &document.to_string())? {
        Some(record) => match rows::read::<DocumentRow>(&document.to_string(), &record) {
            Ok(row) => Some(row),
            Err(bad) => return Ok(Opened::Quarantined(bad.to_string())),
        },
        None => None,
    };
    match store.load(document) {
        Ok(Some(stored)) => Ok(Opened::Found(stored, place)),
        Ok(None) => Ok(Opened::Missing),
        Err(ReadError::Quarantined { reason, .. }) => Ok(Opened::Quarantined(reason)),
        Err(error) => Err(error),
    }
}

/// A thread that reads documents into automerge.
pub(super) fn loader(number: usize, reply: Reply) -> std::io::Result<Sender<Loading>> {
    worker(format!("loader-{number}"), move |loading: Loading| {
        reply(loading.load())
    })
}

/// A thread that puts snapshots in place of logs, one at a time (A3).
pub(super) fn compactor(
    number: usize,
    store: Arc<dyn Store>,
    committer: Arc<Committer>,
    reply: Reply,
) -> std::io::Result<Sender<DocumentId>> {
    worker(format!("compactor-{number}"), move |document| {
        if let Err(error) = compact_one(&*store, &committer, document) {
            // The log stays, and loads as before.
            tracing::warn!(document = %document, error = %error, "a log was not compacted");
        }
        if let Ok(meta) = store.meta(document) {
            reply(Input::Compacted(document, meta.unwrap_or_else(Meta::default)));
        }
    })
}

fn compact_one(
    store: &dyn Store,
    committer: &Committer,
    document: DocumentId,
) -> Result<(), Box<dyn std::error::Error>> {
    let Some(stored) = store.load(document)? else {
        return Ok(());
    };
    tracing::debug!(%document, "compaction begins");
    let snapshot = compact::snapshot(&stored)?;
    committer.commit_blocking(vec![Write::Compact {
        document,
        covers: stored.meta,
        snapshot,
    }])?;
    tracing::debug!(%document, "compaction ends");
    Ok(())
}

fn worker<T: Send + 'static>(name: String, work: impl Fn(T) + Send + 'static) -> std::io::Result<Sender<T>> {
    let (sender, receiver) = channel();
    let run = move || receiver.into_iter().for_each(work);
    std::thread::Builder::new()
        .name(name)
        .stack_size(super::shard::STACK_BYTES)
        .spawn(run)?;
    Ok(sender)
}
