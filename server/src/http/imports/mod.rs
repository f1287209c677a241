//! `/workshops/{workshop}/imports`: other people's lists become cases, and can be taken back.

pub mod upload;

use super::{Member, Problem, Server, tagged};
use crate::Core;
use crate::hub::rows::{self, CatalogueRow, ImportRow};
use crate::hub::{Answer, Command};
use crate::intake::{self, SourceFile};
use crate::people::Visitor;
use crate::store::{ChangeHash, ReadError, Store, Table};
use crate::views::Reader;
use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::access::{Kind, State};
use samverk_shared::ids::{DocumentId, ImportId, ParticipantId, SubjectId, WorkshopId};
use samverk_shared::import::{ImportPlan, Known, KnownCase};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use upload::Upload;

/// The query of `POST …/imports`.
#[derive(Deserialize)]
pub struct Query {
    /// Tells what would come of it, and changes nothing.
    #[serde(default)]
    dry_run: bool,
}

/// `POST …/imports`: the lists as files of a form, and what the person who imports has chosen.
pub async fn import(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    query: web::Query<Query>,
    form: Multipart,
) -> Result<web::Json<ImportPlan>, Problem> {
    let member = team(&server, &visitor, path.into_inner())?;
    let upload = upload::read(form).await?;
    let list = upload.list();
    let core = server.core.clone();
    let (workshop, reader) = (member.workshop.clone(), Reader::of(member.row.grants));
    let planned = web::block(move || plan(&core, &workshop, reader, &upload)).await;
    let mut plan = planned.map_err(|_| Problem::Busy)??;
    if !query.dry_run {
        let command = Command::ImportCases {
            list,
            records: plan.records().cloned().collect(),
            mappings: plan.mappings(),
        };
        // Asked again with the same key, its cases are known by now, and the first answer stands.
        let Answer::Imported { cases } = server.give(member, request.headers(), command).await? else {
            return Err(super::key_of_another());
        };
        plan.cases = cases.len() as u32;
    }
    Ok(web::Json(plan))
}

/// Who works on the cases.
pub fn team(server: &Server, visitor: &Visitor, workshop: WorkshopId) -> Result<Member, Problem> {
    let member = server.member(visitor, workshop)?;
    if member.row.grants.team() {
        Ok(member)
    } else {
        Err(Problem::NotAllowed)
    }
}

fn plan(core: &Core, workshop: &WorkshopId, reader: Reader, upload: &Upload) -> Result<ImportPlan, Problem> {
    let files: Vec<SourceFile<'_>> = upload
        .files
        .iter()
        .map(|file| SourceFile {
            name: &file.name,
            bytes: &file.bytes,
        })
        .collect();
    let known = known(core, workshop, reader)?;
    let set = core.views.characteristics(workshop)?;
    let plan = intake::plan(&files, &set, &upload.choices, &known);
    match plan.refused.first() {
        // Of several lists the others are shown all the same.
        Some(refused) if plan.sheets.is_empty() => {
            Err(Problem::BadFile(refused.why, refused.problem.clone()))
        }
        _ => Ok(plan),
    }
}

/// What the workshop knows before an import: its cases, and how lists were understood before.
fn known(core: &Core, workshop: &WorkshopId, reader: Reader) -> Result<Known, Problem> {
    let prefix = format!("{workshop}/");
    let catalogue: Vec<CatalogueRow> = super::scan(core.store.as_ref(), Table::Catalogue, &prefix)?;
    let mut imports: Vec<ImportRow> = super::scan(core.store.as_ref(), Table::Imports, &prefix)?;
    imports.sort_by_key(|import| import.at_ms);
    let rows = core
        .views
        .rows(workshop, &super::views::listed(catalogue), reader)?;
    let here = rows.iter().filter(|row| row.state != State::Archived);
    Ok(Known {
        cases: here
            .map(|row| KnownCase {
                code: row.code.clone(),
                name: row.name.clone(),
                aliases: Vec::new(),
            })
            .collect(),
        mappings: imports.into_iter().flat_map(|import| import.mappings).collect(),
    })
}

#[derive(Serialize)]
struct Import {
    id: ImportId,
    list: String,
    by: Option<ParticipantId>,
    at_ms: u64,
    cases: usize,
    undone_ms: Option<u64>,
}

impl From<&ImportRow> for Import {
    fn from(row: &ImportRow) -> Self {
        Import {
            id: row.id.clone(),
            list: row.list.clone(),
            by: row.by.clone(),
            at_ms: row.at_ms,
            cases: row.cases.len(),
            undone_ms: row.undone_ms,
        }
    }
}

/// `GET …/imports`, the newest first.
pub async fn list(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<HttpResponse, Problem> {
    let member = team(&server, &visitor, path.into_inner())?;
    let mut rows: Vec<ImportRow> = server.rows(Table::Imports, &member.workshop).await?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.at_ms));
    let imports: Vec<Import> = rows.iter().map(Import::from).collect();
    tagged(request.headers(), &json!({ "imports": imports }))
}

/// `GET …/imports/{import}`: with the cases that undoing it would archive, and those somebody has worked on since.
pub async fn show(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: ImportPath,
) -> Result<HttpResponse, Problem> {
    let (_, row, cases) = one(&server, &visitor, path).await?;
    let untouched = row
        .cases
        .iter()
        .filter(|case| cases.untouched.contains_key(*case));
    let shown = json!({
        "import": Import::from(&row),
        "untouched": untouched.collect::<Vec<_>>(),
        "touched": cases.touched,
    });
    tagged(request.headers(), &shown)
}

/// `POST …/imports/{import}/undo`: archives what nobody has touched, and says what it left.
pub async fn undo(
    server: web::Data<Server>,
    request: HttpRequest,
    visitor: Visitor,
    path: ImportPath,
) -> Result<HttpResponse, Problem> {
    let (member, row, cases) = one(&server, &visitor, path).await?;
    let of = row.cases.clone();
    let command = Command::UndoImport {
        import: Box::new(row),
        untouched: cases.untouched,
    };
    let Answer::Undone { archived } = server.give(member, request.headers(), command).await? else {
        return Err(super::key_of_another());
    };
    let left: Vec<&SubjectId> = of.iter().filter(|case| !archived.contains(case)).collect();
    Ok(HttpResponse::Ok().json(json!({ "archived": archived, "left": left })))
}

type ImportPath = web::Path<(WorkshopId, ImportId)>;

/// The import that a path names, with its cases sorted, for one of the team.
async fn one(
    server: &Server,
    visitor: &Visitor,
    path: ImportPath,
) -> Result<(Member, ImportRow, Cases), Problem> {
    let (workshop, id) = path.into_inner();
    let member = team(server, visitor, workshop)?;
    let key = format!("{}/{id}", member.workshop);
    let row: ImportRow = server.row(Table::Imports, &key)?.ok_or(Problem::NotFound)?;
    let (store, workshop, of) = (
        server.core.store.clone(),
        member.workshop.clone(),
        row.cases.clone(),
    );
    let sorted = web::block(move || Cases::sorted(store.as_ref(), &workshop, &of)).await;
    Ok((member, row, sorted.map_err(|_| Problem::Busy)??))
}

/// The cases of an import that are not archived.
#[derive(Default)]
struct Cases {
    /// As they came, with their heads.
    untouched: BTreeMap<SubjectId, Vec<ChangeHash>>,
    /// Somebody has changed them, or written about them.
    touched: Vec<SubjectId>,
}

impl Cases {
    fn sorted(store: &dyn Store, workshop: &WorkshopId, of: &[SubjectId]) -> Result<Cases, Problem> {
        let catalogue: Vec<CatalogueRow> = super::scan(store, Table::Catalogue, &format!("{workshop}/"))?;
        let talks = catalogue.iter().filter(|row| row.kind == Kind::Talk);
        let talk_of: BTreeMap<&SubjectId, DocumentId> = talks
            .filter_map(|row| Some((row.about.as_ref()?, row.document)))
            .collect();
        let row_of: BTreeMap<&SubjectId, &CatalogueRow> =
            catalogue.iter().map(|row| (&row.subject, row)).collect();
        let mut cases = Cases::default();
        for subject in of {
            let Some(row) = row_of.get(subject).filter(|row| row.state != State::Archived) else {
                continue;
            };
            let talked = match talk_of.get(subject) {
                Some(talk) => as_born(store, *talk)?.is_none(),
                None => false,
            };
            match as_born(store, row.document)?.filter(|_| !talked && row.earlier.is_empty()) {
                Some(heads) => drop(cases.untouched.insert(subject.clone(), heads)),
                None => cases.touched.push(subject.clone()),
            }
        }
        Ok(cases)
    }
}

/// The heads of a document that holds nothing but the change it was born with.
fn as_born(store: &dyn Store, document: DocumentId) -> Result<Option<Vec<ChangeHash>>, Problem> {
    let runs = store.scan(Table::Authorship, &format!("{document}/"))?;
    let [(key, run)] = runs.as_slice() else {
        return Ok(None);
    };
    let run: rows::RunRow = rows::read(key, run)?;
    if run.to > 1 {
        return Ok(None);
    }
    match store.meta(document) {
        Ok(meta) => Ok(meta.map(|meta| meta.heads)),
        Err(ReadError::Quarantined { .. }) => Ok(None),
        Err(ReadError::Store(error)) => Err(error.into()),
    }
}
