//! An import from files to what came of it: asked for by a person through HTTP, or by the owner at the command line.

use crate::Core;
use crate::hub::rows::{self, BadRow, CatalogueRow, ImportRow, ToldRow};
use crate::hub::{Answer, Caller, CaseJoin, Command, CommandError, Refused};
use crate::intake::{self, SourceFile, Standing};
use crate::store::{Store, StoreError, Table};
use crate::views::{CaseRow, Listed, Reader};
use samverk_shared::access::{Kind, State};
use samverk_shared::case::Provenance;
use samverk_shared::characteristic::Characteristics;
use samverk_shared::ids::{SubjectId, WorkshopId};
use samverk_shared::import::cells::{Sayings, puts};
use samverk_shared::import::{Choices, ImportPlan, Join, Known, KnownCase, Told};
use samverk_shared::limits::{IMPORT_JOINS_MAX, NAME_CHARS_MAX};
use samverk_shared::register::RegisterRow;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::spawn_blocking;

/// Lists, and what was chosen for them.
#[derive(Debug, Default)]
pub struct Lists {
    /// The files, in order.
    pub files: Vec<File>,
    /// Of each workbook the sheet of this name alone.
    pub sheet: Option<String>,
    /// What was chosen.
    pub choices: Choices,
}

/// One file.
#[derive(Debug)]
pub struct File {
    /// What it is called: a word for people, never a path.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Lists {
    /// What the lists are called together.
    fn name(&self) -> String {
        let names: Vec<&str> = self.files.iter().map(|file| file.name.as_str()).collect();
        names.join(", ").chars().take(NAME_CHARS_MAX).collect()
    }
}

/// Why nothing came in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A row cannot be read.
    #[error(transparent)]
    Row(#[from] BadRow),
    /// The hub refused.
    #[error(transparent)]
    Command(#[from] CommandError),
    /// The first answer for the idempotency key is that of another kind of command.
    #[error("the idempotency key was used for something else")]
    KeyOfAnother,
    /// The machine is stopping.
    #[error("the import was given up")]
    GivenUp,
}

/// What an import would do, beside what the workshop has for this reader.
pub async fn plan(
    core: &Arc<Core>,
    workshop: &WorkshopId,
    reader: Reader,
    lists: Arc<Lists>,
) -> Result<ImportPlan, ImportError> {
    Ok(planned(core, workshop, reader, lists).await?.0)
}

/// Imports, for this caller. What is new is decided by what is in the workshop when it comes in: where cases were added
/// in the meantime, the lists are read once more beside them.
pub async fn bring_in(
    core: &Arc<Core>,
    workshop: &WorkshopId,
    reader: Reader,
    (by, key): (Caller, Option<String>),
    lists: Arc<Lists>,
) -> Result<ImportPlan, ImportError> {
    const TIMES_MAX: u32 = 8;
    /// The others' cases are on their way to the disk.
    const PAUSE: Duration = Duration::from_millis(20);
    let mut times = 0;
    loop {
        let (mut plan, command) = planned(core, workshop, reader, lists.clone()).await?;
        let answer = core
            .runtime
            .command(workshop.clone(), by.clone(), command, key.clone())
            .await;
        match answer {
            Ok(Answer::Imported { cases, updated, left }) => {
                // Asked again with the same key, its cases are known by now, and the first answer stands.
                plan.cases = cases.len() as u32;
                plan.updated = updated;
                plan.left = left;
                return Ok(plan);
            }
            Ok(_) => return Err(ImportError::KeyOfAnother),
            Err(CommandError::Refused(Refused::Outdated)) if times < TIMES_MAX => {
                times += 1;
                tokio::time::sleep(PAUSE * times).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

async fn planned(
    core: &Arc<Core>,
    workshop: &WorkshopId,
    reader: Reader,
    lists: Arc<Lists>,
) -> Result<(ImportPlan, Command), ImportError> {
    let (core, workshop) = (core.clone(), workshop.clone());
    let made = spawn_blocking(move || {
        let here = Here::read(&core, &workshop, reader)?;
        let plan = here.plan(&core, reader, &lists);
        let command = here.command(&plan, &lists);
        Ok((plan, command))
    });
    made.await.map_err(|_| ImportError::GivenUp)?
}

/// What the workshop has before an import.
struct Here {
    workshop: WorkshopId,
    /// What its cases are coded by.
    set: Arc<Characteristics>,
    known: Known,
    /// By their codes, those of the reader that are not archived.
    cases: BTreeMap<String, CatalogueRow>,
    /// All cases, also those that are not for the reader.
    cases_seen: usize,
}

impl Here {
    fn read(core: &Core, workshop: &WorkshopId, reader: Reader) -> Result<Here, ImportError> {
        let store = core.store.as_ref();
        let prefix = format!("{workshop}/");
        let mut catalogue: Vec<CatalogueRow> = scan(store, Table::Catalogue, &prefix)?;
        let listed = Listed::of(&catalogue);
        catalogue.retain(|row| row.kind == Kind::Case);
        let mut imports: Vec<ImportRow> = scan(store, Table::Imports, &prefix)?;
        imports.sort_by_key(|import| import.at_ms);
        let set = core.views.characteristics(workshop)?;
        let rows = core.views.rows(workshop, &listed, reader)?;
        let here = rows.iter().filter(|row| row.state != State::Archived);
        let names: BTreeMap<_, _> = here.map(|row| (&row.subject, row)).collect();
        let cases_seen = catalogue.len();
        let (mut known, mut cases) = (Vec::new(), BTreeMap::new());
        let mut told = Vec::new();
        let mut merged = merged_into(&catalogue, &rows);
        for row in catalogue {
            let Some(shown) = names.get(&row.subject) else {
                continue;
            };
            let rows: Vec<ToldRow> = scan(store, Table::Told, &format!("{}/", row.document))?;
            told.extend(rows.into_iter().map(|row| Told {
                case: shown.code.clone(),
                list: row.list,
                fingerprint: row.fingerprint,
                record: row.record,
            }));
            known.push(KnownCase {
                code: shown.code.clone(),
                name: shown.name.clone(),
                aliases: merged.remove(&row.subject).unwrap_or_default(),
            });
            cases.insert(shown.code.clone(), row);
        }
        Ok(Here {
            workshop: workshop.clone(),
            set,
            known: Known {
                cases: known,
                mappings: imports.into_iter().flat_map(|import| import.mappings).collect(),
                told,
            },
            cases,
            cases_seen,
        })
    }

    fn plan(&self, core: &Core, reader: Reader, lists: &Lists) -> ImportPlan {
        let files: Vec<SourceFile<'_>> = lists
            .files
            .iter()
            .map(|file| SourceFile {
                name: &file.name,
                bytes: &file.bytes,
            })
            .collect();
        let sayings = |codes: &BTreeSet<String>| self.sayings(core, reader, codes);
        let standing = Standing {
            set: &self.set,
            sayings: &sayings,
        };
        intake::plan_beside(
            &files,
            lists.sheet.as_deref(),
            &lists.choices,
            &self.known,
            standing,
        )
    }

    /// What stands in these cases. One that cannot be read says nothing, and takes nothing either.
    fn sayings(&self, core: &Core, reader: Reader, codes: &BTreeSet<String>) -> BTreeMap<String, Sayings> {
        let rows = codes
            .iter()
            .filter_map(|code| self.cases.get(code))
            .map(CaseRow::from);
        let read = core.views.contents(&self.workshop, rows, reader);
        let read = read.inspect_err(|error| tracing::error!(%error, "cases cannot be read beside a list"));
        let contents = read.unwrap_or_default();
        contents
            .iter()
            .map(|content| (content.case.code.clone(), Sayings::of(&content.case, &self.set)))
            .collect()
    }

    fn command(&self, plan: &ImportPlan, lists: &Lists) -> Command {
        let told = self.known.told.iter();
        let told: BTreeMap<_, _> = told
            .map(|told| ((told.case.as_str(), told.list.as_str()), told))
            .collect();
        let joins = plan.sheets.iter().flat_map(|sheet| {
            let (edition, told) = (sheet.edition_of.as_deref(), &told);
            let joins = sheet.joins.iter().filter(move |join| {
                let before = edition.and_then(|list| told.get(&(join.of.case.as_str(), list)));
                let new = before.is_none_or(|told| told.record != join.record);
                join.changes() || join.edition && new
            });
            joins.filter_map(move |join| self.join(join, edition, &sheet.fingerprint, told))
        });
        let editions = plan.sheets.iter().flat_map(|sheet| {
            let lists: BTreeSet<&str> = sheet.records.iter().map(|record| record.list.as_str()).collect();
            lists.into_iter().map(|list| {
                let first = sheet.edition_of.as_deref().unwrap_or(list);
                (list.to_owned(), (first.to_owned(), sheet.fingerprint.clone()))
            })
        });
        // Those that change their case come before those that only tell of it anew: as many as the plan says.
        let (mut joins, told): (Vec<_>, Vec<_>) = joins.partition(CaseJoin::changes);
        joins.extend(told);
        joins.truncate(IMPORT_JOINS_MAX);
        Command::ImportCases {
            list: lists.name(),
            records: plan.records().cloned().collect(),
            joins,
            editions: editions.collect(),
            mappings: plan.mappings(),
            cases_seen: Some(self.cases_seen),
        }
    }

    fn join(
        &self,
        join: &Join,
        edition: Option<&str>,
        fingerprint: &str,
        told: &BTreeMap<(&str, &str), &Told>,
    ) -> Option<CaseJoin> {
        let row = self.cases.get(&join.of.case)?;
        let record = &join.record;
        let places = std::iter::once((&record.list, record.row));
        let places = places.chain(record.also.iter().map(|(list, row)| (list, *row)));
        let provenance = places
            .filter(|_| join.new_list)
            .map(|(list, row)| Provenance {
                list: list.clone(),
                row: i64::from(row),
            })
            .collect();
        let list = edition.filter(|_| join.edition).unwrap_or(&record.list);
        Some(CaseJoin {
            subject: row.subject.clone(),
            puts: puts(&join.cells, &join.here),
            provenance,
            told: ToldRow {
                list: list.to_owned(),
                fingerprint: fingerprint.to_owned(),
                record: record.clone(),
            },
            told_before: told.get(&(join.of.case.as_str(), list)).map(|told| ToldRow {
                list: told.list.clone(),
                fingerprint: told.fingerprint.clone(),
                record: told.record.clone(),
            }),
        })
    }
}

/// The names of the cases that went into each, also by way of others: a list that brings them again means that one.
fn merged_into(catalogue: &[CatalogueRow], rows: &[Arc<RegisterRow>]) -> BTreeMap<SubjectId, Vec<String>> {
    let into: BTreeMap<&SubjectId, &SubjectId> = catalogue
        .iter()
        .filter_map(|row| Some((&row.subject, &row.merged.as_ref()?.into)))
        .collect();
    let mut names: BTreeMap<SubjectId, Vec<String>> = BTreeMap::new();
    for row in rows {
        let mut last = into.get(&row.subject).copied();
        for _ in 0..into.len() {
            last = last.map(|subject| into.get(subject).copied().unwrap_or(subject));
        }
        if let Some(last) = last {
            names.entry(last.clone()).or_default().push(row.name.clone());
        }
    }
    names
}

fn scan<Row: DeserializeOwned>(
    store: &dyn Store,
    table: Table,
    prefix: &str,
) -> Result<Vec<Row>, ImportError> {
    let found = store.scan(table, prefix)?;
    found
        .iter()
        .map(|(key, record)| Ok(rows::read(key, record)?))
        .collect()
}
