//! `/workshops/{workshop}/imports`: other people's lists become cases, and can be taken back.

pub mod upload;

use super::{Member, Problem, Server, tagged};
use crate::hub::rows::{self, CatalogueRow, ImportRow, JoinedRow};
use crate::hub::{Answer, Command};
use crate::imports;
use crate::people::Visitor;
use crate::store::{ChangeHash, ReadError, Store, Table};
use crate::views::Reader;
use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::access::{Kind, State};
use samverk_shared::ids::{DocumentId, ImportId, ParticipantId, SubjectId, WorkshopId};
use samverk_shared::import::ImportPlan;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

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
    let lists = Arc::new(upload::read(form).await?);
    let (core, reader) = (&server.core, Reader::of(member.row.grants));
    let plan = if query.dry_run {
        imports::plan(core, &member.workshop, reader, lists).await?
    } else {
        let by = (member.caller(), member.key(request.headers())?);
        imports::bring_in(core, &member.workshop, reader, by, lists).await?
    };
    match plan.refused.first() {
        // Of several lists the others are shown all the same.
        Some(refused) if plan.sheets.is_empty() => {
            Err(Problem::BadFile(refused.why, refused.problem.clone()))
        }
        _ => Ok(web::Json(plan)),
    }
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

#[derive(Serialize)]
struct Import {
    id: ImportId,
    list: String,
    by: Option<ParticipantId>,
    at_ms: u64,
    cases: usize,
    /// Cases that were there, and got something.
    joined: usize,
    /// It is two cases that turned out to be one.
    merged: bool,
    /// It was a filled code form.
    code_form: bool,
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
            joined: row.joined.len(),
            merged: row.merged.is_some(),
            code_form: row.code_form,
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
        "joined": cases.joined.keys().collect::<Vec<_>>(),
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
        joined: cases.joined,
    };
    let answer = server.give(member, request.headers(), command).await?;
    let Answer::Undone {
        archived,
        restored,
        left_fields,
    } = answer
    else {
        return Err(super::key_of_another());
    };
    let left: Vec<&SubjectId> = of.iter().filter(|case| !archived.contains(case)).collect();
    let done =
        json!({ "archived": archived, "left": left, "restored": restored, "left_fields": left_fields });
    Ok(HttpResponse::Ok().json(done))
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
    let (store, workshop, of) = (server.core.store.clone(), member.workshop.clone(), row.clone());
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
    /// What came to cases that were there.
    joined: BTreeMap<SubjectId, JoinedRow>,
}

impl Cases {
    fn sorted(store: &dyn Store, workshop: &WorkshopId, of: &ImportRow) -> Result<Cases, Problem> {
        let catalogue: Vec<CatalogueRow> = super::scan(store, Table::Catalogue, &format!("{workshop}/"))?;
        let talks = catalogue.iter().filter(|row| row.kind == Kind::Talk);
        let talk_of: BTreeMap<&SubjectId, DocumentId> = talks
            .filter_map(|row| Some((row.about.as_ref()?, row.document)))
            .collect();
        let row_of: BTreeMap<&SubjectId, &CatalogueRow> =
            catalogue.iter().map(|row| (&row.subject, row)).collect();
        let mut cases = Cases::default();
        for subject in &of.joined {
            let document = row_of.get(subject).map(|row| row.document);
            let key = |document: DocumentId| rows::key(&[&document.to_string(), of.id.as_str()]);
            if let Some(key) = document.map(key)
                && let Some(record) = store.get(Table::Joined, &key)?
            {
                cases.joined.insert(subject.clone(), rows::read(&key, &record)?);
            }
        }
        for subject in &of.cases {
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

/// The heads of a document that holds nothing but the change it was born with, and what its shape got since.
fn as_born(store: &dyn Store, document: DocumentId) -> Result<Option<Vec<ChangeHash>>, Problem> {
    let mut runs = store.scan(Table::Authorship, &format!("{document}/"))?;
    runs.retain(|(key, _)| !rows::is_of_shape(key));
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
