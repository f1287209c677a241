//! `/workshops/{workshop}/subjects/{subject}/…`: whether a subject takes edits, whom it is for, and
//! the erasure of what was removed from it.

use super::{Problem, Server};
use crate::hub::Command;
use crate::people::Visitor;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::access::{Audience, State};
use samverk_shared::ids::{SubjectId, WorkshopId};
use serde::Deserialize;

/// The body of `PUT …/state`.
#[derive(Deserialize)]
pub struct New {
    state: State,
}

/// `PUT …/subjects/{subject}/state`.
pub async fn set(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<(WorkshopId, SubjectId)>,
    new: web::Json<New>,
) -> Result<HttpResponse, Problem> {
    let (workshop, subject) = path.into_inner();
    let member = server.member(&visitor, workshop)?;
    let state = new.into_inner().state;
    let command = Command::SetState { subject, state };
    server.give(member, request.headers(), command).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The body of `PUT …/audience`.
#[derive(Deserialize)]
pub struct NewAudience {
    audience: Audience,
}

/// `PUT …/subjects/{subject}/audience`.
pub async fn set_audience(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<(WorkshopId, SubjectId)>,
    new: web::Json<NewAudience>,
) -> Result<HttpResponse, Problem> {
    let (workshop, subject) = path.into_inner();
    let member = server.member(&visitor, workshop)?;
    let audience = new.into_inner().audience;
    let command = Command::SetAudience { subject, audience };
    server.give(member, request.headers(), command).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `POST …/subjects/{subject}/erasure`: what was removed from the document is gone for good: it is made anew from what
/// is seen, and its history destroyed.
pub async fn erase(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<(WorkshopId, SubjectId)>,
) -> Result<HttpResponse, Problem> {
    let (workshop, subject) = path.into_inner();
    let member = server.member(&visitor, workshop)?;
    let command = Command::Replace { subject };
    server.give(member, request.headers(), command).await?;
    Ok(HttpResponse::NoContent().finish())
}
