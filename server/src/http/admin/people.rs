//! `/admin/people`: who has access, and from where.

use super::super::{Problem, Server};
use crate::clock;
use crate::core::Core;
use crate::hub::rows::ParticipantRow;
use crate::hub::{Caller, Command, CommandError, Refused};
use crate::people::{Account, PersonRow, Place, is_place, rows_of};
use crate::store::Table;
use actix_web::{HttpResponse, web};
use samverk_shared::access::Grants;
use samverk_shared::ids::{PersonId, WorkshopId};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Person {
    id: PersonId,
    owner: bool,
    created_s: u64,
    /// How they sign in; `None` for a guest.
    account: Option<Account>,
    participants: Vec<Participant>,
    /// Where they are signed in, the last used first.
    places: Vec<Place>,
}

#[derive(Serialize)]
struct Participant {
    workshop: WorkshopId,
    name: String,
    actor_group: String,
    organisation: String,
    grants: Grants,
    waits: bool,
}

/// `GET /admin/people`: whoever is known in a workshop or signs in; the last seen first.
pub async fn list(server: web::Data<Server>) -> Result<web::Json<Value>, Problem> {
    let core = server.core.clone();
    let _turn = core.people.exports.acquire().await.map_err(|_| Problem::Busy)?;
    let reading = core.clone();
    let read = web::block(move || read(&reading)).await;
    Ok(web::Json(json!({ "people": read.map_err(|_| Problem::Busy)?? })))
}

/// `DELETE /admin/people/{person}/places`: signs somebody out everywhere.
pub async fn end_places(
    server: web::Data<Server>,
    person: web::Path<PersonId>,
) -> Result<HttpResponse, Problem> {
    end(&server, &person, |_| true).await
}

/// `DELETE /admin/people/{person}/places/{place}`.
pub async fn end_place(
    server: web::Data<Server>,
    path: web::Path<(PersonId, String)>,
) -> Result<HttpResponse, Problem> {
    let (person, place) = path.into_inner();
    end(&server, &person, |digest| is_place(digest, &place)).await
}

/// Notes it in the log of each workshop they are in, then does it.
async fn end(
    server: &Server,
    person: &PersonId,
    meant: impl Fn(&str) -> bool,
) -> Result<HttpResponse, Problem> {
    let people = &server.core.people;
    let row = people.person(person)?.ok_or(Problem::NotFound)?;
    for (workshop, participant) in row.participants {
        let command = Command::SignOut { participant };
        let runtime = &server.core.runtime;
        match runtime.command(workshop, Caller::Server, command, None).await {
            // They never got so far as to be in it.
            Ok(_) | Err(CommandError::Refused(Refused::Unknown | Refused::UnknownWorkshop)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    match people.end_places(person, meant).await? {
        0 => Err(Problem::NotFound),
        _ => Ok(HttpResponse::NoContent().finish()),
    }
}

fn read(core: &Core) -> Result<Vec<Person>, Problem> {
    let store = core.store.as_ref();
    let mut participants: BTreeMap<PersonId, Vec<Participant>> = BTreeMap::new();
    for (key, row) in rows_of::<ParticipantRow>(store, Table::Participants)? {
        let Some(Ok(workshop)) = key.split('/').next().map(str::parse) else {
            continue;
        };
        let participant = Participant {
            workshop,
            waits: row.waits.is_some(),
            name: row.name,
            actor_group: row.actor_group,
            organisation: row.organisation,
            grants: row.grants,
        };
        participants.entry(row.person).or_default().push(participant);
    }
    let mut places = core.people.places_by_person(clock::now_s())?;
    let mut people = Vec::new();
    for (_, row) in rows_of::<PersonRow>(store, Table::People)? {
        people.push(Person {
            owner: core.people.is_owner(&row.id)?,
            created_s: row.created_s,
            account: core.people.account(&row.id)?,
            participants: participants.remove(&row.id).unwrap_or_default(),
            places: places.remove(&row.id).unwrap_or_default(),
            id: row.id,
        });
    }
    people.sort_by_key(|person| {
        let used = person.places.iter().filter_map(|place| place.used_s).max();
        std::cmp::Reverse(used.unwrap_or(person.created_s))
    });
    Ok(people)
}
