//! `samverk erase-again`: who had themselves erased is erased again in a server that was restored from an older backup.

use super::backup::{BackupFailed, open};
use super::control::ControlError;
use crate::clock;
use crate::core::Core;
use crate::folder::{self, Folder};
use crate::hub::rows::{self, Act, AuditRow, ParticipantRow, key};
use crate::hub::{Caller, Command, CommandError, Refused};
use crate::store::redb::backup::{RestoreError, Watch, restore};
use crate::store::{Records, Table};
use samverk_shared::ids::{ParticipantId, PersonId, WorkshopId};
use serde::Serialize;
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
    /// Participants who lead a workshop alone: somebody else has to lead it first.
    pub left: Vec<ParticipantId>,
}

/// The participants whom a newer data folder, of a server that does not run, or a newer backup knows as erased.
pub fn erased_in(newer: &Path, data: &Path) -> Result<Vec<(WorkshopId, ParticipantId)>, ControlError> {
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

/// Only what says who was erased is made again of it.
fn unpack(backup: &Path, into: &Path) -> Result<(), ControlError> {
    let (file, _) = open(backup)?;
    let watch = Watch {
        now_ms: &clock::now_ms,
        tell: &|_| (),
    };
    let only = |table, _: &str| matches!(table, Table::Audit);
    folder::make(into, |path| match restore(file, path, &only, &watch) {
        Ok(_) => Ok(()),
        Err(RestoreError::Damaged(damage)) => Err(BackupFailed::Damaged(backup.to_owned(), damage).into()),
        Err(error) => Err(ControlError::Refused(error.to_string())),
    })
}

fn read(folder: &Folder) -> Result<Vec<(WorkshopId, ParticipantId)>, ControlError> {
    let mut erased = Vec::new();
    for (row_key, record) in folder.scan(Table::Audit, "")? {
        let Ok(row) = rows::read::<AuditRow>(&row_key, &record) else {
            continue;
        };
        let workshop = row_key.split('/').next().and_then(|id| id.parse().ok());
        if let (Act::Erased { participant }, Some(workshop)) = (row.act, workshop) {
            erased.push((workshop, participant));
        }
    }
    Ok(erased)
}

/// Erases them, as they once had it done themselves.
pub async fn erase_again(core: &Core, newer: PathBuf) -> Result<EraseReport, ControlError> {
    let data = core.data.clone();
    let found = tokio::task::spawn_blocking(move || erased_in(&newer, &data)).await;
    let found = found.map_err(|error| ControlError::Refused(error.to_string()))??;
    let mut report = EraseReport::default();
    let mut people: BTreeSet<PersonId> = BTreeSet::new();
    for (workshop, participant) in found {
        let row_key = key(&[workshop.as_str(), participant.as_str()]);
        let Some(record) = core.store.get(Table::Participants, &row_key)? else {
            continue;
        };
        let Ok(row) = rows::read::<ParticipantRow>(&row_key, &record) else {
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
    Ok(report)
}

impl fmt::Display for EraseReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} were erased again", self.erased)?;
        for participant in &self.left {
            writeln!(
                f,
                "{participant} leads a workshop alone: let somebody else lead it, then try again"
            )?;
        }
        Ok(())
    }
}
