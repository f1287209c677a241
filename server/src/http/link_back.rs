//! `/return`: a link back to oneself, from another machine or next week.

use super::{Problem, Server, session};
use crate::clock;
use crate::people::{Secret, Visitor};
use actix_web::{HttpResponse, web};
use samverk_shared::limits::DEVICE_S_MAX;
use serde::Deserialize;
use serde_json::json;

/// `POST /return`: makes a link that brings this person back. It is a device that is not there yet.
pub async fn make(server: web::Data<Server>, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let secret = server
        .core
        .people
        .add_device(&visitor.person.id, clock::now_s())
        .await?;
    Ok(HttpResponse::Created().json(json!({
        "path": format!("/kom-tilbake#{}", secret.reveal()),
        "days": DEVICE_S_MAX / 86_400,
    })))
}

/// The body of `POST /return/use`.
#[derive(Deserialize)]
pub struct Return {
    secret: String,
}

/// `POST /return/use`: the person of the link, with a new session. Whoever else used this browser is signed out.
pub async fn come_back(
    server: web::Data<Server>,
    visitor: Option<Visitor>,
    body: web::Json<Return>,
) -> Result<HttpResponse, Problem> {
    let people = &server.core.people;
    let now_s = clock::now_s();
    let secret = Secret::presented(&body.secret).filter(|secret| !secret.is_code());
    let device = secret.ok_or(Problem::ReturnOver)?;
    let person = people.of_device(&device, now_s)?.ok_or(Problem::ReturnOver)?;
    if let Some(visitor) = visitor.filter(|visitor| visitor.person.id != person.id) {
        people.end_session(&visitor.session, None).await?;
    }
    session::open(&server, person).await
}
