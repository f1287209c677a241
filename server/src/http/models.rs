//! `/workshops/{workshop}/models`: making a draft of a model, what it says of challenges, and which are in the report, in which
//! order.

use super::{Problem, Server, key_of_another};
use crate::hub::rows::CatalogueRow;
use crate::hub::{Answer, Command};
use crate::people::Visitor;
use crate::store::Table;
use crate::views::{Listed, Reader};
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::ids::{SubjectId, WorkshopId};
use samverk_shared::limits::MODEL_CASES_MAX;
use samverk_shared::model::{Draft, shared_values};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeSet;

/// The body of `POST …/models`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    name: String,
    #[serde(default)]
    cases: BTreeSet<SubjectId>,
}

/// `POST …/models`: a draft from these cases, with what they share as proposals; from none, an empty one.
pub async fn create(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    new: web::Json<New>,
) -> Result<HttpResponse, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let New { name, cases: chosen } = new.into_inner();
    if chosen.len() > MODEL_CASES_MAX {
        return Err(Problem::BadRequest(format!("cases: at most {MODEL_CASES_MAX}")));
    }
    let catalogue: Vec<CatalogueRow> = server.rows(Table::Catalogue, &member.workshop).await?;
    let reader = Reader::of(member.row.grants);
    let (views, workshop) = (server.core.views.clone(), member.workshop.clone());
    let rows = web::block(move || views.rows(&workshop, &Listed::of(&catalogue), reader)).await;
    let mut rows = rows.map_err(|_| Problem::Busy)??;
    rows.retain(|row| chosen.contains(&row.subject));
    if rows.len() < chosen.len() {
        return Err(Problem::NotFound);
    }
    let draft = Draft {
        cases: rows.iter().map(|row| row.subject.clone()).collect(),
        shared: shared_values(rows.iter().map(AsRef::as_ref)),
    };
    let command = Command::CreateModel { name, draft };
    let answer = server.give(member, request.headers(), command).await?;
    let Answer::Case {
        subject,
        document,
        code,
    } = answer
    else {
        return Err(key_of_another());
    };
    Ok(HttpResponse::Created().json(json!({ "subject": subject, "document": document, "code": code })))
}

/// The body of `PUT …/models/{subject}/report`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InReport {
    in_report: bool,
}

/// `PUT …/models/{subject}/report`: into the report or out of it; `report-full` where it would be the sixteenth.
pub async fn set_in_report(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<(WorkshopId, SubjectId)>,
    body: web::Json<InReport>,
) -> Result<HttpResponse, Problem> {
    let (workshop, subject) = path.into_inner();
    let member = server.member(&visitor, workshop)?;
    let command = Command::SetInReport {
        subject,
        in_report: body.in_report,
    };
    server.give(member, request.headers(), command).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The body of `PUT …/models/{subject}/number`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    number: u32,
}

/// `PUT …/models/{subject}/number`: another number in the report.
pub async fn move_in_report(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<(WorkshopId, SubjectId)>,
    body: web::Json<Number>,
) -> Result<HttpResponse, Problem> {
    let (workshop, subject) = path.into_inner();
    let member = server.member(&visitor, workshop)?;
    let command = Command::MoveInReport {
        subject,
        number: body.number,
    };
    server.give(member, request.headers(), command).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The body of `PUT …/models/{subject}/challenges`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Challenges {
    challenges: Vec<String>,
}

/// `PUT …/models/{subject}/challenges`: gives the model a place for what it says of each of these challenges.
pub async fn complete(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<(WorkshopId, SubjectId)>,
    body: web::Json<Challenges>,
) -> Result<HttpResponse, Problem> {
    let (workshop, subject) = path.into_inner();
    let member = server.member(&visitor, workshop)?;
    let command = Command::CompleteModel {
        subject,
        challenges: body.into_inner().challenges,
    };
    server.give(member, request.headers(), command).await?;
    Ok(HttpResponse::NoContent().finish())
}
