//! `/workshops/{workshop}/views/models` and below: what is computed of the models.

use super::collections::rounds_about_claims;
use super::views::{Of, answered};
use super::{Member, Problem, Server, tagged};
use crate::hub::rows::CatalogueRow;
use crate::people::Visitor;
use crate::store::{StoreError, Table};
use crate::views::{DocumentRow, Figures, Listed, Question, Reader};
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::ids::{SubjectId, WorkshopId};
use samverk_shared::model::written::Written;
use samverk_shared::views::claims;
use samverk_shared::views::common::common;
use samverk_shared::views::models::in_short;
use serde::Deserialize;
use std::sync::Arc;

/// `GET …/views/models`: all models in short.
pub async fn list(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<HttpResponse, Problem> {
    let models = models(&server, &visitor, path.into_inner()).await?;
    let view = in_short(models.iter().map(|(subject, model)| (subject, model.as_ref())));
    tagged(request.headers(), &view)
}

/// Whose balance is asked for, of values or of claims; that of all models, counted, where nothing is said.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AskedOfBalance {
    model: Option<SubjectId>,
}

/// `GET …/views/models/balance`: what the cases of models say about them, and how broadly they are founded.
pub async fn balance(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    asked: Result<web::Query<AskedOfBalance>, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    server.member(&visitor, path.clone())?;
    let asked = asked.map_err(|cause| Problem::BadRequest(cause.to_string()))?;
    let asked = asked.into_inner().model;
    let ask = move |of: Of<'_>| balanced(&of, asked.as_ref());
    answered(&request, &server, &visitor, path.into_inner(), ask).await
}

/// Nothing where the model asked for is not there.
fn balanced(of: &Of<'_>, asked: Option<&SubjectId>) -> Result<Option<Figures>, StoreError> {
    let documents: Vec<DocumentRow> = of.catalogue.iter().map(DocumentRow::from).collect();
    let models = of.views.models(of.workshop, &documents, of.reader)?;
    let wanted = models
        .into_iter()
        .filter(|(subject, _)| asked.is_none_or(|asked| subject == asked));
    let models: samverk_shared::views::balance::Models =
        wanted.map(|(subject, model)| (subject, model.cases())).collect();
    if asked.is_some() && models.is_empty() {
        return Ok(None);
    }
    let question = Question::Balance(models, asked.is_some());
    let listed = Listed::of(of.catalogue);
    of.views
        .figures(of.workshop, &listed, of.reader, &question)
        .map(Some)
}

/// `GET …/views/models/claims`: what readers who did not know whose they were said of the claims of models.
pub async fn claims(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    asked: Result<web::Query<AskedOfBalance>, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let asked = asked.map_err(|cause| Problem::BadRequest(cause.to_string()))?;
    let asked = asked.into_inner().model;
    let rounds = rounds_about_claims(&server, &member).await?;
    let mut models = read_by(&server, member).await?;
    models.retain(|(subject, _)| asked.as_ref().is_none_or(|asked| subject == asked));
    if asked.is_some() && models.is_empty() {
        return Err(Problem::NotFound);
    }
    let models = models.iter().map(|(subject, model)| (subject, model.as_ref()));
    tagged(
        request.headers(),
        &claims::claims(models, &rounds, asked.is_some()),
    )
}

/// `GET …/views/models/common`: what all models take for granted, and where it comes from.
pub async fn common_preconditions(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<HttpResponse, Problem> {
    let models = models(&server, &visitor, path.into_inner()).await?;
    let view = common(models.iter().map(|(subject, model)| (subject, model.as_ref())));
    tagged(request.headers(), &view)
}

/// The models this visitor may read.
async fn models(
    server: &Server,
    visitor: &Visitor,
    workshop: WorkshopId,
) -> Result<Vec<(SubjectId, Arc<Written>)>, Problem> {
    let member = server.member(visitor, workshop)?;
    read_by(server, member).await
}

/// The models this member may read.
async fn read_by(server: &Server, member: Member) -> Result<Vec<(SubjectId, Arc<Written>)>, Problem> {
    let rows: Vec<CatalogueRow> = server.rows(Table::Catalogue, &member.workshop).await?;
    let rows: Vec<DocumentRow> = rows.iter().map(DocumentRow::from).collect();
    let reader = Reader::of(member.row.grants);
    let views = server.core.views.clone();
    let read = web::block(move || views.models(&member.workshop, &rows, reader)).await;
    Ok(read.map_err(|_| Problem::Busy)??)
}
