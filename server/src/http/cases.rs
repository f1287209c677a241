//! `/workshops/{workshop}/cases`: making a case, and the register document about all of them.

use super::{Problem, Server, key_of_another};
use crate::hub::{Answer, Command};
use crate::people::Visitor;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::ids::WorkshopId;
use serde::Deserialize;
use serde_json::json;

/// The body of `POST …/cases`.
#[derive(Deserialize)]
pub struct New {
    name: String,
}

/// `POST …/cases`.
pub async fn create(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    new: web::Json<New>,
) -> Result<HttpResponse, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let command = Command::CreateCase {
        name: new.into_inner().name.trim().to_owned(),
    };
    let answer = server.give(member, request.headers(), command).await?;
    let Answer::Case {
        subject,
        document,
        code,
    } = answer
    else {
        return Err(key_of_another());
    };
    Ok(HttpResponse::Created().json(json!({ "subject": subject, "document": document, "code": code })))
}
