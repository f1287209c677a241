//! `/tickets`: a way into `/sync` for programs that cannot send a cookie.

use super::{Problem, Server};
use crate::clock;
use crate::people::Visitor;
use actix_web::web;
use samverk_shared::ids::WorkshopId;
use samverk_shared::limits::TICKET_S_MAX;
use serde::Deserialize;
use serde_json::{Value, json};

/// The body of `POST /tickets`.
#[derive(Deserialize)]
pub struct Wanted {
    workshop: WorkshopId,
}

/// `POST /tickets`: one use, `TICKET_S_MAX` seconds.
pub async fn issue(
    server: web::Data<Server>,
    visitor: Visitor,
    wanted: web::Json<Wanted>,
) -> Result<web::Json<Value>, Problem> {
    let member = server.member(&visitor, wanted.into_inner().workshop)?;
    let ticket = server
        .core
        .people
        .issue_ticket(visitor, member.workshop, clock::now_s())?;
    let ticket = ticket.ok_or(Problem::Busy)?;
    Ok(web::Json(
        json!({ "ticket": ticket.reveal(), "expires_s": TICKET_S_MAX }),
    ))
}
