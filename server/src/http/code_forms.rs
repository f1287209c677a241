//! `/workshops/{workshop}/code-forms`: filled code forms, read back and taken in. The form itself is an export.

use super::imports::{team, upload};
use super::{Member, Problem, Server, characteristics, key_of_another};
use crate::code_form::{self, Change, Difference, NotAForm};
use crate::hub::rows::CatalogueRow;
use crate::hub::{Answer, Command, FilledForm, FormCoding};
use crate::imports::File;
use crate::people::Visitor;
use crate::store::Table;
use crate::views::{Content, Listed, Reader};
use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::characteristic::Characteristics;
use samverk_shared::ids::{SubjectId, WorkshopId};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// `POST …/code-forms`: what a filled form would change, cell by cell. Nothing is changed.
pub async fn read(
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    form: Multipart,
) -> Result<HttpResponse, Problem> {
    let member = team(&server, &visitor, path.into_inner())?;
    let (file, Nothing {}) = parts(form).await?;
    let read = Read::of(&server, &member, file).await?;
    Ok(HttpResponse::Ok().json(read.found))
}

/// Nothing is chosen.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// The part `choices` of `POST …/code-forms/taken-in`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Choices {
    /// The changes that somebody says yes to.
    take: Vec<Yes>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Yes {
    subject: SubjectId,
    characteristic: String,
    /// As the change came: another coding is not overwritten unseen.
    seen: String,
}

/// `POST …/code-forms/taken-in`: the codings that somebody said yes to become those of the cases, by one command. What is
/// coded otherwise by now is left, and named.
pub async fn take_in(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    form: Multipart,
) -> Result<HttpResponse, Problem> {
    let member = team(&server, &visitor, path.into_inner())?;
    let (file, Choices { take }) = parts(form).await?;
    let name = file.name.clone();
    let read = Read::of(&server, &member, file).await?;
    let (codings, left) = read.codings(take, member.row.id.as_str());
    let command = Command::TakeInForm(Box::new(FilledForm { name, codings, left }));
    let answer = server.give(member, request.headers(), command).await?;
    let Answer::TakenIn {
        import,
        codings,
        cases,
        left,
    } = answer
    else {
        return Err(key_of_another());
    };
    let left = left
        .into_iter()
        .map(|(subject, key)| json!({ "subject": subject, "characteristic": key }));
    let done = json!({
        "import": import,
        "codings": codings,
        "cases": cases,
        "left": left.collect::<Vec<_>>(),
    });
    Ok(HttpResponse::Ok().json(done))
}

async fn parts<Choices>(form: Multipart) -> Result<(File, Choices), Problem>
where
    Choices: serde::de::DeserializeOwned + Default,
{
    let (files, choices) = upload::parts(form).await?;
    let [file] =
        <[File; 1]>::try_from(files).map_err(|_| Problem::BadRequest("one part `file` at a time".into()))?;
    Ok((file, choices))
}

/// A form that was read, with the cases and the set it was read by.
struct Read {
    found: Difference,
    cases: Vec<Content>,
    set: Arc<Characteristics>,
}

impl Read {
    async fn of(server: &Server, member: &Member, file: File) -> Result<Read, Problem> {
        let turn = server.core.people.exports.acquire().await;
        let _turn = turn.map_err(|_| Problem::Busy)?;
        let catalogue: Vec<CatalogueRow> = server.rows(Table::Catalogue, &member.workshop).await?;
        let (views, store) = (server.core.views.clone(), server.core.store.clone());
        let (workshop, reader) = (member.workshop.clone(), Reader::of(member.row.grants));
        let read = web::block(move || {
            let cases = views.contents(&workshop, Listed::of(&catalogue).cases, reader)?;
            let set = views.characteristics(&workshop)?;
            let of_version = |version| characteristics::of_version(store.as_ref(), &workshop, version);
            let found = code_form::difference(&workshop, &file.bytes, &cases, &set, of_version);
            match found {
                Ok(found) => Ok(Read { found, cases, set }),
                Err(NotAForm::Unreadable(error)) => Err(Problem::BadFile(error.why(), error.to_string())),
                Err(NotAForm::Other) => Err(Problem::NotAForm),
            }
        });
        read.await.map_err(|_| Problem::Busy)?
    }

    /// The codings of what somebody said yes to, and what is no longer as they saw it.
    fn codings(&self, take: Vec<Yes>, coder: &str) -> (Codings, Vec<(SubjectId, String)>) {
        let changes = self.found.changes.iter();
        let changes: BTreeMap<_, &Change> = changes
            .map(|one| ((one.subject.clone(), one.characteristic.clone()), one))
            .collect();
        let cases: BTreeMap<&SubjectId, &Content> =
            self.cases.iter().map(|one| (&one.subject, one)).collect();
        let (mut codings, mut changed) = (Codings::new(), Vec::new());
        for yes in take {
            let cell = (yes.subject, yes.characteristic);
            let change = changes.get(&cell).filter(|change| change.seen == yes.seen);
            let (Some(change), Some(here), Some(of)) = (change, cases.get(&cell.0), self.set.get(&cell.1))
            else {
                changed.push(cell);
                continue;
            };
            let was = here.case.codings.get(&of.key).cloned().unwrap_or_default();
            let now = change.new.coding(of.scale, &was, coder);
            let (subject, key) = cell;
            codings
                .entry(subject)
                .or_default()
                .insert(key, FormCoding { was, now });
        }
        (codings, changed)
    }
}

type Codings = BTreeMap<SubjectId, BTreeMap<String, FormCoding>>;
