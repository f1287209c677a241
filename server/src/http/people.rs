//! `/workshops/{workshop}/people`: who takes part, and what they may.

use super::{Problem, Server};
use crate::hub::rows::ParticipantRow;
use crate::hub::{Command, Rights};
use crate::people::Visitor;
use crate::store::Table;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::access::{Grant, Grants};
use samverk_shared::ids::{ParticipantId, WorkshopId};
use samverk_shared::role::Roles;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[derive(Serialize)]
struct Participant {
    participant: ParticipantId,
    name: String,
    actor_group: String,
    organisation: String,
    roles: Roles,
    grants: Grants,
    here: bool,
    /// What they wait for in the lobby; only facilitators are told.
    #[serde(skip_serializing_if = "Option::is_none")]
    waits_for: Option<Grants>,
}

/// `GET …/people`. Who has no grant left is in the list too: their name stands on what they wrote.
pub async fn list(
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<web::Json<Value>, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let here: BTreeSet<ParticipantId> = server.core.runtime.here(&member.workshop).into_iter().collect();
    let rows: Vec<ParticipantRow> = server.rows(Table::Participants, &member.workshop).await?;
    let admits = member.row.grants.has(Grant::Facilitator);
    // Who was never let in has written nothing that their name would stand on. The client meets the team, and does
    // not see who else takes part.
    let meets =
        |row: &ParticipantRow| member.row.grants.member() || row.grants.team() || row.id == member.row.id;
    let shown = rows.into_iter().filter(|row| admits || row.was_in && meets(row));
    let people = shown.map(|row| Participant {
        waits_for: row.waits.filter(|_| admits).map(|waiting| waiting.grants),
        here: here.contains(&row.id),
        participant: row.id,
        name: row.name,
        actor_group: row.actor_group,
        organisation: row.organisation,
        roles: row.roles,
        grants: row.grants,
    });
    Ok(web::Json(json!({ "people": people.collect::<Vec<_>>() })))
}

/// The body of `PUT …/admission`.
#[derive(Deserialize)]
pub struct Admission {
    admit: bool,
}

/// `PUT …/people/{participant}/admission`: lets somebody in from the lobby, or sends them away.
pub async fn admit(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<(WorkshopId, ParticipantId)>,
    new: web::Json<Admission>,
) -> Result<HttpResponse, Problem> {
    let (workshop, participant) = path.into_inner();
    let member = server.facilitator(&visitor, workshop)?;
    let command = Command::Admit {
        participant,
        admit: new.admit,
    };
    server.give(member, request.headers(), command).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The body of `PUT …/grants`.
#[derive(Deserialize)]
pub struct NewGrants {
    grants: Vec<Grant>,
}

/// `PUT …/people/{participant}/grants`: a grant alone, without a role.
pub async fn set_grants(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<(WorkshopId, ParticipantId)>,
    new: web::Json<NewGrants>,
) -> Result<HttpResponse, Problem> {
    let grants = Grants::from(new.into_inner().grants);
    set_rights(&request, &server, &visitor, path.into_inner(), grants.into()).await
}

/// The body of `PUT …/roles`.
#[derive(Deserialize)]
pub struct NewRoles {
    roles: Roles,
}

/// `PUT …/people/{participant}/roles`: what somebody is, and with it what they may.
pub async fn set_roles(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<(WorkshopId, ParticipantId)>,
    new: web::Json<NewRoles>,
) -> Result<HttpResponse, Problem> {
    let roles = new.into_inner().roles;
    set_rights(&request, &server, &visitor, path.into_inner(), roles.into()).await
}

async fn set_rights(
    request: &HttpRequest,
    server: &Server,
    visitor: &Visitor,
    (workshop, participant): (WorkshopId, ParticipantId),
    rights: Rights,
) -> Result<HttpResponse, Problem> {
    let member = server.member(visitor, workshop)?;
    let command = Command::SetRights { participant, rights };
    server.give(member, request.headers(), command).await?;
    Ok(HttpResponse::NoContent().finish())
}
