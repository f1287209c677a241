//! `/workshops/{workshop}/needs`: blanks become information needs, and needs a plan by responsible person (R43).

use super::exports::unwritable;
use super::language::Language;
use super::{Problem, Server, key_of_another};
use crate::exports;
use crate::hub::rows::{CatalogueRow, ParticipantRow};
use crate::hub::{Answer, Command};
use crate::people::Visitor;
use crate::store::Table;
use crate::views::{Listed, Reader};
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::case::Decision;
use samverk_shared::ids::{SubjectId, WorkshopId};
use samverk_shared::limits::NEEDS_CASES_MAX;
use samverk_shared::need::{Errand, Way};
use samverk_shared::register::RegisterRow;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// The body of `POST …/needs`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    /// Which cases; all that are selected where none are named.
    cases: Option<Vec<SubjectId>>,
    /// The fields alone that are asked about.
    about: Option<Vec<String>>,
    #[serde(default)]
    way: Way,
    #[serde(default)]
    responsible: String,
    #[serde(default)]
    due: String,
}

/// `POST …/needs`: a need for each blank that no need waits for.
pub async fn add(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    new: web::Json<New>,
) -> Result<HttpResponse, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let new = new.into_inner();
    let cases = match new.cases {
        Some(cases) => cases,
        None => {
            let rows = rows(&server, &member.workshop, Reader::of(member.row.grants)).await?;
            let chosen = rows.iter().filter(|row| row.decision == Decision::In);
            chosen.map(|row| row.subject.clone()).collect()
        }
    };
    if cases.len() > NEEDS_CASES_MAX {
        return Err(Problem::BadRequest(format!("cases: at most {NEEDS_CASES_MAX}")));
    }
    let command = Command::AddNeeds {
        cases,
        about: new.about,
        errand: Errand {
            way: new.way,
            responsible: new.responsible,
            due: new.due,
        },
    };
    let Answer::Needs { needs, cases } = server.give(member, request.headers(), command).await? else {
        return Err(key_of_another());
    };
    Ok(HttpResponse::Created().json(json!({ "needs": needs, "cases": cases })))
}

/// `GET …/needs/plan`: all needs by responsible person, as a file for a spreadsheet. It names people, so it is for the
/// team.
pub async fn plan(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<HttpResponse, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    if !member.row.grants.team() {
        return Err(Problem::NotAllowed);
    }
    let people: Vec<ParticipantRow> = server.rows(Table::Participants, &member.workshop).await?;
    let names = people
        .into_iter()
        .map(|row| (row.id.to_string(), row.name))
        .collect();
    let rows = rows(&server, &member.workshop, Reader::of(member.row.grants)).await?;
    let language = Language::wanted(request.headers());
    let set = server.core.views.characteristics(&member.workshop)?;
    let file = exports::csv(&exports::needs(&rows, &set, &names, language), language).map_err(unwritable)?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((
            CONTENT_DISPOSITION,
            "attachment; filename=\"informasjonsbehov.csv\"",
        ))
        .body(file))
}

async fn rows(
    server: &Server,
    workshop: &WorkshopId,
    reader: Reader,
) -> Result<Vec<Arc<RegisterRow>>, Problem> {
    let catalogue: Vec<CatalogueRow> = server.rows(Table::Catalogue, workshop).await?;
    let (shown, workshop) = (server.core.views.clone(), workshop.clone());
    let read = web::block(move || shown.rows(&workshop, &Listed::of(&catalogue), reader)).await;
    Ok(read.map_err(|_| Problem::Busy)??)
}
