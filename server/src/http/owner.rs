//! `/owner`: becoming the owner of the server, by a link that works once.

use super::{Problem, Server, session};
use crate::clock;
use crate::people::{Secret, Visitor};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

/// The body of `POST /owner`.
#[derive(Deserialize)]
pub struct Owner {
    secret: String,
}

/// `POST /owner`: always with a new session, so that nobody else's cookie becomes an owner's.
pub async fn become_owner(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Option<Visitor>,
    owner: web::Json<Owner>,
) -> Result<HttpResponse, Problem> {
    let people = &server.core.people;
    let now_s = clock::now_s();
    let secret = Secret::presented(&owner.secret).ok_or(Problem::LinkUsed)?;
    let asks = visitor.as_ref().map(|visitor| visitor.person.clone());
    let person = people
        .use_owner_link(&secret, asks, now_s)
        .await?
        .ok_or(Problem::LinkUsed)?;
    let how = session::How {
        remember: true,
        confirmed: true,
    };
    session::open(&server, request.headers(), visitor, person, how).await
}
