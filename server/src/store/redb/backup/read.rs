//! Reads a backup, and checks it.

use super::frames::{FrameReader, Kind};
use super::kept::{Kept, read_rows};
use super::take::{note_record, table_name};
use super::{About, Damage, DamagedBackup, Entry, Manifest, Part};
use crate::store::compact;
use crate::store::redb::open::FORMAT;
use crate::store::redb::rows::{Row, Rows};
use samverk_shared::ids::DocumentId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::Read;

/// What was found in a backup that is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// What it holds.
    pub manifest: Manifest,
    /// Documents that are in it as they were stored, and do not load, with the reason.
    pub unloadable: Vec<(DocumentId, String)>,
}

/// Checks a backup: every checksum, and that each document loads and has the heads the manifest says.
pub fn check(input: impl Read) -> Result<Checked, DamagedBackup> {
    read(input, |_| Ok(()))
}

/// Reads a backup from its beginning to its end. `take` is given rows once they are checked; that the backup is whole
/// is known at the end only.
pub(super) fn read<E: From<DamagedBackup>>(
    input: impl Read,
    mut take: impl FnMut(Vec<Row>) -> Result<(), E>,
) -> Result<Checked, E> {
    let mut reading = Reading {
        place: "its beginning".to_owned(),
        manifest: Manifest::default(),
        said: Manifest::default(),
        unloadable: Vec::new(),
        part: None,
        rows: Vec::new(),
    };
    let mut frames = FrameReader::new(input).map_err(|damage| reading.damaged(damage))?;
    loop {
        let (kind, payload) = frames.next().map_err(|damage| reading.damaged(damage))?;
        if kind == Kind::End {
            break;
        }
        let taken = reading
            .frame(kind, &payload)
            .map_err(|damage| reading.damaged(damage))?;
        take(taken)?;
    }
    frames.end().map_err(|damage| reading.damaged(damage))?;
    Ok(reading.compared()?)
}

struct Reading {
    /// What was read last, in words.
    place: String,
    /// What was found.
    manifest: Manifest,
    /// What the backup says it holds.
    said: Manifest,
    unloadable: Vec<(DocumentId, String)>,
    part: Option<Part>,
    /// Of the document that is being read.
    rows: Vec<Row>,
}

impl Reading {
    fn damaged(&self, damage: Damage) -> DamagedBackup {
        DamagedBackup {
            place: self.place.clone(),
            damage,
        }
    }

    /// Takes a frame in; gives the rows that are complete with it.
    fn frame(&mut self, kind: Kind, payload: &[u8]) -> Result<Vec<Row>, Damage> {
        match kind {
            Kind::About => {
                let about: About = json(payload)?;
                self.manifest.made_s = about.made_s;
                match about.format {
                    FORMAT => Ok(Vec::new()),
                    _ => Err(Damage::Newer),
                }
            }
            Kind::Part => {
                let finished = self.finish()?;
                let part: Part = json(payload)?;
                self.place = part.to_string();
                self.part = Some(part);
                Ok(finished)
            }
            Kind::Rows => self.rows(read_rows(payload).ok_or(Damage::Form)?),
            Kind::Manifest => {
                let finished = self.finish()?;
                self.place = "the manifest".to_owned();
                let said: Manifest = json(payload)?;
                self.said.made_s = said.made_s;
                self.said.documents.extend(said.documents);
                self.said.records.extend(said.records);
                self.said.damaged_records.extend(said.damaged_records);
                Ok(finished)
            }
            Kind::End => Ok(Vec::new()),
        }
    }

    fn rows(&mut self, rows: Vec<Row>) -> Result<Vec<Row>, Damage> {
        match &self.part {
            Some(Part::Document(document)) => {
                if !rows.iter().all(|row| row.is_of(*document)) {
                    return Err(Damage::Form);
                }
                self.rows.extend(rows);
                Ok(Vec::new())
            }
            Some(Part::Records(table)) => {
                for row in &rows {
                    if row.table != Rows::Records || table_name(&row.key) != *table {
                        return Err(Damage::Form);
                    }
                    note_record(&mut self.manifest, table, row);
                }
                Ok(rows)
            }
            None => Err(Damage::Form),
        }
    }

    /// The document whose last row was read: it must be one, and load.
    fn finish(&mut self) -> Result<Vec<Row>, Damage> {
        let Some(Part::Document(document)) = self.part.take() else {
            return Ok(Vec::new());
        };
        let rows = std::mem::take(&mut self.rows);
        let kept = Kept::of(document, rows).map_err(|_| Damage::Form)?;
        if let Some(Err(error)) = kept.stored.as_ref().map(compact::open) {
            self.unloadable.push((document, error.to_string()));
        }
        self.manifest.documents.push(kept.entry);
        Ok(kept.rows)
    }

    /// What was found, if it is what the backup says it holds.
    fn compared(self) -> Result<Checked, DamagedBackup> {
        if let Some(place) = difference(&self.manifest, &self.said) {
            return Err(DamagedBackup {
                place,
                damage: Damage::Manifest,
            });
        }
        Ok(Checked {
            manifest: self.manifest,
            unloadable: self.unloadable,
        })
    }
}

/// The first thing that is not the same in both.
pub(super) fn difference(found: &Manifest, said: &Manifest) -> Option<String> {
    if found == said {
        return None;
    }
    let pairs = found.documents.iter().zip(&said.documents);
    let document = pairs
        .filter(|(one, other)| one != other)
        .map(|(one, other)| one.document.min(other.document));
    let count = found.documents.len().min(said.documents.len());
    let left_over = [found, said].map(|manifest| manifest.documents.get(count));
    let document = document
        .chain(
            left_over
                .into_iter()
                .flatten()
                .map(|entry: &Entry| entry.document),
        )
        .next();
    Some(document.map_or("its records".to_owned(), |document| {
        Part::Document(document).to_string()
    }))
}

fn json<T: DeserializeOwned>(payload: &[u8]) -> Result<T, Damage> {
    serde_json::from_slice(payload).map_err(|_| Damage::Form)
}
