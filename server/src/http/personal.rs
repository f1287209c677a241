//! `/session/data`: what is stored of the visitor, theirs to take along and to have erased.

use super::{Cookie, Problem, Server};
use crate::hub::rows::ParticipantRow;
use crate::hub::{Caller, Command};
use crate::people::Visitor;
use crate::store::Table;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, SET_COOKIE};
use actix_web::{HttpResponse, web};
use samverk_shared::access::Grant;

/// `GET /session/data`: one file with everything.
pub async fn export(server: web::Data<Server>, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let core = server.core.clone();
    // It reads through the whole store: one at a time, and the others wait.
    let _turn = server
        .core
        .people
        .exports
        .acquire()
        .await
        .map_err(|_| Problem::Busy)?;
    let data = web::block(move || core.people.personal_data(&visitor.person)).await;
    let data = data.map_err(|_| Problem::Busy)??;
    Ok(HttpResponse::Ok()
        .insert_header((
            CONTENT_DISPOSITION,
            "attachment; filename=\"samverk-mine-data.json\"",
        ))
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(data))
}

/// `DELETE /session/data`: erases the visitor, in every workshop and here. Whoever is the last to lead a workshop, or
/// owns the server, hands that over first.
pub async fn erase(server: web::Data<Server>, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let people = &server.core.people;
    if people.is_owner(&visitor.person.id)? {
        return Err(Problem::OwnerStays);
    }
    // Nothing is begun that cannot be ended: the hub asks the same again, in order with what happens meanwhile.
    for (workshop, participant) in &visitor.person.participants {
        let rows: Vec<ParticipantRow> = server.rows(Table::Participants, workshop).await?;
        let mut leading = rows.iter().filter(|row| row.grants.has(Grant::Facilitator));
        if leading.next().is_some_and(|row| row.id == *participant) && leading.next().is_none() {
            return Err(Problem::LastFacilitator);
        }
    }
    for (workshop, participant) in &visitor.person.participants {
        let command = Command::Erase {
            participant: participant.clone(),
        };
        let workshop = workshop.clone();
        server
            .core
            .runtime
            .command(workshop, Caller::Server, command, None)
            .await?;
    }
    people.erase(&visitor.person.id).await?;
    let https = server.config.https();
    let mut response = HttpResponse::NoContent();
    response.append_header((SET_COOKIE, Cookie::Session.take(https)));
    response.append_header((SET_COOKIE, Cookie::Device.take(https)));
    Ok(response.finish())
}
