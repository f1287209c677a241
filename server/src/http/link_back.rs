//! `/return`: a link back to oneself, from another machine or next week.

use super::{Problem, Server, session};
use crate::clock;
use crate::people::{DeviceKind, Secret, Visitor};
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::limits::DEVICE_S_MAX;
use serde::Deserialize;
use serde_json::json;

/// `POST /return`: makes a link that brings this person back. It is a device that is not there yet.
pub async fn make(server: web::Data<Server>, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let secret = server
        .core
        .people
        .add_device(&visitor.person.id, DeviceKind::LinkBack, clock::now_s())
        .await?;
    Ok(HttpResponse::Created().json(json!({
        "path": return_path(&secret),
        "days": DEVICE_S_MAX / 86_400,
    })))
}

/// Where a link back leads in the web client; the secret is behind the `#`, so no server sees it in a path.
pub fn return_path(secret: &Secret) -> String {
    format!("/kom-tilbake#{}", secret.reveal())
}

/// The body of `POST /return/use`.
#[derive(Deserialize)]
pub struct Return {
    secret: String,
}

/// `POST /return/use`: the person of the link, with a new session. Whoever else used this browser is signed out.
pub async fn come_back(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Option<Visitor>,
    body: web::Json<Return>,
) -> Result<HttpResponse, Problem> {
    let people = &server.core.people;
    let now_s = clock::now_s();
    let secret = Secret::presented(&body.secret).filter(|secret| !secret.is_code());
    let link = secret.ok_or(Problem::ReturnOver)?;
    let (person, confirmed) = people
        .use_link_back(&link, now_s)
        .await?
        .ok_or(Problem::ReturnOver)?;
    let how = session::How {
        remember: true,
        confirmed,
    };
    session::open(&server, request.headers(), visitor, person, how).await
}
