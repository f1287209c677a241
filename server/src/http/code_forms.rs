//! `/workshops/{workshop}/code-forms`: filled code forms, read back. The form itself is an export.

use super::imports::{team, upload};
use super::{Problem, Server, characteristics};
use crate::code_form::{self, NotAForm};
use crate::hub::rows::CatalogueRow;
use crate::people::Visitor;
use crate::store::Table;
use crate::views::{Listed, Reader};
use actix_multipart::Multipart;
use actix_web::{HttpResponse, web};
use samverk_shared::ids::WorkshopId;

/// `POST …/code-forms`: what a filled form would change, cell by cell. Nothing is changed: who reads it makes the edits
/// they say yes to, as their own.
pub async fn read(
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    form: Multipart,
) -> Result<HttpResponse, Problem> {
    let member = team(&server, &visitor, path.into_inner())?;
    let upload = upload::read(form).await?;
    let [file] = <[_; 1]>::try_from(upload.files)
        .map_err(|_| Problem::BadRequest("one part `file` at a time".into()))?;
    let turn = server.core.people.exports.acquire().await;
    let _turn = turn.map_err(|_| Problem::Busy)?;
    let catalogue: Vec<CatalogueRow> = server.rows(Table::Catalogue, &member.workshop).await?;
    let (views, store) = (server.core.views.clone(), server.core.store.clone());
    let found = web::block(move || {
        let reader = Reader::of(member.row.grants);
        let cases = views.contents(&member.workshop, Listed::of(&catalogue).cases, reader)?;
        let set = views.characteristics(&member.workshop)?;
        let of_version = |version| characteristics::of_version(store.as_ref(), &member.workshop, version);
        code_form::difference(&member.workshop, &file.bytes, &cases, &set, of_version).map_err(|cause| {
            match cause {
                NotAForm::Unreadable(error) => Problem::BadFile(error.why(), error.to_string()),
                NotAForm::Other => Problem::NotAForm,
            }
        })
    });
    let found = found.await.map_err(|_| Problem::Busy)??;
    Ok(HttpResponse::Ok().json(found))
}
