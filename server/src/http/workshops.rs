//! `/workshops`: making one, and what one is.

use super::language::Language;
use super::{Problem, Server, idempotency_key};
use crate::hub::rows::{CatalogueRow, WorkshopRow};
use crate::hub::{Answer, Caller, Command};
use crate::people::{Visitor, random_id};
use crate::store::Table;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::access::{Action, Kind, State, decide};
use samverk_shared::ids::{ID_CHARS, PersonId, WorkshopId};
use serde::Deserialize;
use serde_json::{Value, json};

/// The body of `POST /workshops`.
#[derive(Deserialize)]
pub struct New {
    title: String,
    #[serde(default)]
    purpose: String,
    /// The name under which the owner takes part.
    #[serde(default)]
    name: String,
}

/// `POST /workshops`: by the owner, who becomes its facilitator.
pub async fn create(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    new: web::Json<New>,
) -> Result<HttpResponse, Problem> {
    let people = &server.core.people;
    if !people.is_owner(&visitor.person.id)? {
        return Err(Problem::OwnerOnly);
    }
    let new = new.into_inner();
    let person = visitor.person.id.clone();
    let name = match new.name.trim() {
        "" => owner_name(&server, &visitor, Language::wanted(request.headers()))?,
        name => name.to_owned(),
    };
    let key = idempotency_key(request.headers())?;
    let workshop = WorkshopId::from_random(new_id(&person, key)?);
    let facilitator = Some((person.clone(), name));
    let command = Command::CreateWorkshop {
        title: new.title,
        purpose: new.purpose,
        facilitator,
    };
    let key = key.map(|key| format!("{person}/{key}"));
    let answer = server
        .core
        .runtime
        .command(workshop, Caller::Server, command, key)
        .await?;
    let Answer::Workshop {
        workshop,
        facilitator,
    } = answer
    else {
        return Err(Problem::Internal);
    };
    if let Some(participant) = facilitator {
        people.add_participant(&person, &workshop, &participant).await?;
    }
    Ok(HttpResponse::Created().json(json!({ "workshop": workshop })))
}

/// The name the owner has elsewhere.
fn owner_name(server: &Server, visitor: &Visitor, language: Language) -> Result<String, Problem> {
    for workshop in visitor.person.participants.keys() {
        if let Some(row) = server.core.people.participant(&visitor.person, workshop)? {
            return Ok(row.name);
        }
    }
    let name = match language {
        Language::Nb => "Eier",
        Language::Nn => "Eigar",
        Language::En => "Owner",
    };
    Ok(name.to_owned())
}

/// The id of a new workshop. The same key gives the same id, so that a repeated request finds the first's
/// answer (H4).
fn new_id(person: &PersonId, key: Option<&str>) -> Result<[u8; ID_CHARS], Problem> {
    let Some(key) = key else { return Ok(random_id()?) };
    let digest = blake3::hash(format!("workshop/{person}/{key}").as_bytes());
    let mut id = [0; ID_CHARS];
    id.copy_from_slice(&digest.as_bytes()[..ID_CHARS]);
    Ok(id)
}

/// `GET /workshops/{workshop}`.
pub async fn show(
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<web::Json<Value>, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let row: Option<WorkshopRow> = server.row(Table::Workshops, member.workshop.as_str())?;
    let row = row.ok_or(Problem::NotFound)?;
    let catalogue: Vec<CatalogueRow> = server.rows(Table::Catalogue, &member.workshop).await?;
    let cases = catalogue.iter().filter(|row| {
        let may = decide(
            member.row.grants,
            row.relation(&member.row.id),
            row.facts(),
            Action::List,
        );
        row.kind == Kind::Case && row.state != State::Archived && may.is_ok()
    });
    Ok(web::Json(json!({
        "id": row.id,
        "title": row.title,
        "purpose": row.purpose,
        "created_s": row.created_ms / 1000,
        "participant": member.row.id,
        "grants": member.row.grants,
        "counts": { "cases": cases.count() },
    })))
}
