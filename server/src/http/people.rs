//! `/workshops/{workshop}/people`: who takes part, and what they may.

use super::{Problem, Server};
use crate::hub::Command;
use crate::hub::rows::ParticipantRow;
use crate::people::Visitor;
use crate::store::Table;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::access::{Grant, Grants};
use samverk_shared::ids::{ParticipantId, WorkshopId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[derive(Serialize)]
struct Participant {
    participant: ParticipantId,
    name: String,
    actor_group: String,
    organisation: String,
    grants: Grants,
    here: bool,
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
    let people = rows.into_iter().map(|row| Participant {
        here: here.contains(&row.id),
        participant: row.id,
        name: row.name,
        actor_group: row.actor_group,
        organisation: row.organisation,
        grants: row.grants,
    });
    Ok(web::Json(json!({ "people": people.collect::<Vec<_>>() })))
}

/// The body of `PUT …/grants`.
#[derive(Deserialize)]
pub struct NewGrants {
    grants: Vec<Grant>,
}

/// `PUT …/people/{participant}/grants`.
pub async fn set_grants(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<(WorkshopId, ParticipantId)>,
    new: web::Json<NewGrants>,
) -> Result<HttpResponse, Problem> {
    let (workshop, participant) = path.into_inner();
    let member = server.member(&visitor, workshop)?;
    let command = Command::SetGrants {
        participant,
        grants: new.into_inner().grants.into(),
    };
    let (caller, key) = (member.caller(), member.key(request.headers())?);
    server
        .core
        .runtime
        .command(member.workshop, caller, command, key)
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
