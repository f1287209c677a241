//! `/places`: where the visitor is signed in, theirs to end (H11).

use super::{Problem, Server};
use crate::clock;
use crate::people::{Visitor, is_place};
use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

/// `GET /places`: the last used first.
pub async fn list(server: web::Data<Server>, visitor: Visitor) -> Result<web::Json<Value>, Problem> {
    let core = server.core.clone();
    let found = web::block(move || {
        core.people
            .places(&visitor.person.id, Some(&visitor), clock::now_s())
    });
    let places = found.await.map_err(|_| Problem::Busy)??;
    Ok(web::Json(json!({ "places": places })))
}

/// `DELETE /places`: all but this one.
pub async fn end_others(server: web::Data<Server>, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let own = visitor.device.as_deref();
    let others = |digest: &str| digest != visitor.session.as_str() && Some(digest) != own;
    server.core.people.end_places(&visitor.person.id, others).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `DELETE /places/{place}`.
pub async fn end(
    server: web::Data<Server>,
    visitor: Visitor,
    place: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let meant = |digest: &str| is_place(digest, &place);
    match server.core.people.end_places(&visitor.person.id, meant).await? {
        0 => Err(Problem::NotFound),
        _ => Ok(HttpResponse::NoContent().finish()),
    }
}
