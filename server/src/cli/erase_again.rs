//! `samverk erase-again`: what was erased, people and texts, is erased again in a server that was restored from an older
//! backup.

use super::backup::{BackupFailed, open};
use super::control::ControlError;
use crate::clock;
use crate::core::Core;
use crate::folder::{self, Folder};
use crate::hub::rows::{self, Act, AuditRow, CatalogueRow, ParticipantRow, key};
use crate::hub::{Caller, Command, CommandError, Refused};
use crate::store::redb::backup::{RestoreError, Watch, restore};
use crate::store::{Changes, Records, Table};
use bytes::Bytes;
use samverk_shared::ids::{DocumentId, ParticipantId, PersonId, SubjectId, WorkshopId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

/// Beside the store, as long as a newer backup is looked into.
const LOOKED_INTO: &str = "erase-again";

/// What was done.
#[derive(Debug, Default, Serialize)]
pub struct EraseReport {
    /// Participants who were erased again.
    pub erased: usize,
    /// Documents from which something was erased, and that have the newer content again.
    pub documents: usize,
    /// Participants who lead a workshop alone: somebody else has to lead it first.
    pub left: Vec<ParticipantId>,
}

/// What a newer store knows as erased.
#[derive(Default)]
struct Erased {
    participants: Vec<(WorkshopId, ParticipantId)>,
    documents: Vec<Renewed>,
}

/// A document that was made anew without its history, as it is now.
struct Renewed {
    workshop: WorkshopId,
    subject: SubjectId,
    /// The documents before it.
    earlier: Vec<DocumentId>,
    content: Bytes,
}

/// Reads a newer data folder, of a server that does not run, or a newer backup.
fn erased_in(newer: &Path, data: &Path) -> Result<Erased, ControlError> {
    if Folder::has_store(newer) {
        return read(&Folder::open(newer)?);
    }
    let beside = data.join(LOOKED_INTO);
    unpack(newer, &beside)?;
    let found = Folder::open(&beside)
        .map_err(ControlError::from)
        .and_then(|folder| read(&folder));
    std::fs::remove_dir_all(&beside)?;
    found
}

/// Only what says what was erased is made again of it.
fn unpack(backup: &Path, into: &Path) -> Result<(), ControlError> {
    let (file, _) = open(backup)?;
    let watch = Watch {
        now_ms: &clock::now_ms,
        tell: &|_| (),
    };
    let only = |table, _: &str| matches!(table, Table::Audit | Table::Catalogue);
    folder::make(into, |path| match restore(file, path, &only, &watch) {
        Ok(_) => Ok(()),
        Err(RestoreError::Damaged(damage)) => Err(BackupFailed::Damaged(backup.to_owned(), damage).into()),
        Err(error) => Err(ControlError::Refused(error.to_string())),
    })
}

fn read(folder: &Folder) -> Result<Erased, ControlError> {
    let mut erased = Erased::default();
    for (workshop, row) in rows_of::<AuditRow>(folder, Table::Audit)? {
        if let Act::Erased { participant } = row.act {
            erased.participants.push((workshop, participant));
        }
    }
    for (workshop, row) in rows_of::<CatalogueRow>(folder, Table::Catalogue)? {
        if row.earlier.is_empty() {
            continue;
        }
        let stored = folder.load(row.document);
        let stored = stored.map_err(|error| ControlError::Refused(error.to_string()))?;
        if let Some(stored) = stored {
            erased.documents.push(Renewed {
                workshop,
                subject: row.subject,
                earlier: row.earlier,
                content: stored.bytes(),
            });
        }
    }
    Ok(erased)
}

/// Rows whose keys begin with their workshop. A row that cannot be read says nothing.
fn rows_of<Row: DeserializeOwned>(
    folder: &Folder,
    table: Table,
) -> Result<Vec<(WorkshopId, Row)>, ControlError> {
    let records = folder.scan(table, "")?;
    let read = records.iter().filter_map(|(row_key, record)| {
        let workshop = row_key.split('/').next()?.parse().ok()?;
        Some((workshop, rows::read(row_key, record).ok()?))
    });
    Ok(read.collect())
}

/// Erases people as they once had it done themselves, and gives documents the content they have had since.
pub async fn erase_again(core: &Core, newer: PathBuf) -> Result<EraseReport, ControlError> {
    let data = core.data.clone();
    let found = tokio::task::spawn_blocking(move || erased_in(&newer, &data)).await;
    let found = found.map_err(|error| ControlError::Refused(error.to_string()))??;
    let mut report = EraseReport::default();
    let mut people: BTreeSet<PersonId> = BTreeSet::new();
    for (workshop, participant) in found.participants {
        let Some(row) = here::<ParticipantRow>(core, Table::Participants, &workshop, participant.as_str())?
        else {
            continue;
        };
        let command = Command::Erase {
            participant: participant.clone(),
        };
        match core
            .runtime
            .command(workshop, Caller::Server, command, None)
            .await
        {
            Ok(_) => {
                report.erased += 1;
                people.insert(row.person);
            }
            Err(CommandError::Refused(Refused::LastFacilitator)) => report.left.push(participant),
            Err(error) => return Err(error.into()),
        }
    }
    for person in people {
        core.people.erase(&person).await?;
    }
    for Renewed {
        workshop,
        subject,
        earlier,
        content,
    } in found.documents
    {
        let row = here::<CatalogueRow>(core, Table::Catalogue, &workshop, subject.as_str())?;
        if row.is_some_and(|row| earlier.contains(&row.document)) {
            let command = Command::ReplaceBy { subject, content };
            core.runtime
                .command(workshop, Caller::Server, command, None)
                .await?;
            report.documents += 1;
        }
    }
    Ok(report)
}

/// A row of this store.
fn here<Row: DeserializeOwned>(
    core: &Core,
    table: Table,
    workshop: &WorkshopId,
    id: &str,
) -> Result<Option<Row>, ControlError> {
    let row_key = key(&[workshop.as_str(), id]);
    let record = core.store.get(table, &row_key)?;
    Ok(record.and_then(|record| rows::read(&row_key, &record).ok()))
}

impl fmt::Display for EraseReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} participants were erased again, {} documents have their newer content",
            self.erased, self.documents
        )?;
        for participant in &self.left {
            writeln!(
                f,
                "{participant} leads a workshop alone: let somebody else lead it, then try again"
            )?;
        }
        Ok(())
    }
}
