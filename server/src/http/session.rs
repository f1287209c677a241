//! `/session`: who this browser is.

use super::{Cookie, Problem, Server, cookie};
use crate::clock;
use crate::hub::rows::WorkshopRow;
use crate::people::{PersonRow, Tokens, Visitor};
use crate::store::Table;
use actix_web::http::header::SET_COOKIE;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::limits::SESSION_S_MAX;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// `GET /session`. A browser whose session is over gets a new one for its device cookie.
pub async fn show(request: HttpRequest, server: web::Data<Server>) -> Result<HttpResponse, Problem> {
    if let Some(visitor) = server.visitor(request.headers()).await? {
        return Ok(HttpResponse::Ok().json(describe(&server, &visitor)?));
    }
    let device = Cookie::Device
        .read(server.config.https(), request.headers())
        .ok_or(Problem::NoSession)?;
    let renewed = server.core.people.renew_session(&device, clock::now_s()).await?;
    let (visitor, tokens) = renewed.ok_or(Problem::NoSession)?;
    opened(&server, &visitor, &tokens)
}

/// A new session for a person, with its cookies.
pub async fn open(server: &Server, person: PersonRow) -> Result<HttpResponse, Problem> {
    let now_s = clock::now_s();
    let tokens = server.core.people.open_session(&person.id, now_s).await?;
    let visitor = Visitor {
        person,
        session: tokens.session.digest(),
        ends_s: now_s + SESSION_S_MAX,
    };
    opened(server, &visitor, &tokens)
}

/// Who the visitor is, with the cookies of a new session.
fn opened(server: &Server, visitor: &Visitor, tokens: &Tokens) -> Result<HttpResponse, Problem> {
    let mut response = HttpResponse::Ok();
    cookie::give(&mut response, server.config.https(), tokens);
    Ok(response.json(describe(server, visitor)?))
}

fn describe(server: &Server, visitor: &Visitor) -> Result<Value, Problem> {
    let (mut participants, mut waiting) = (Vec::new(), Vec::new());
    for workshop in visitor.person.participants.keys() {
        let Some(row) = server.core.people.known(&visitor.person, workshop)? else {
            continue;
        };
        if row.grants.is_empty() && row.waits.is_none() {
            continue;
        }
        let Some(of) = server.row::<WorkshopRow>(Table::Workshops, workshop.as_str())? else {
            continue;
        };
        let list = if row.grants.is_empty() {
            &mut waiting
        } else {
            &mut participants
        };
        list.push(Participant {
            id: row.id.to_string(),
            workshop: workshop.to_string(),
            title: of.title,
            name: row.name,
            actor_group: row.actor_group,
            organisation: row.organisation,
            roles: row.roles,
            grants: row.grants,
        });
    }
    let owner = server.core.people.is_owner(&visitor.person.id)?;
    Ok(json!({
        "person": visitor.person.id,
        "owner": owner,
        "participants": participants,
        "waiting": waiting,
    }))
}

#[derive(Serialize)]
struct Participant {
    id: String,
    workshop: String,
    title: String,
    name: String,
    actor_group: String,
    organisation: String,
    roles: samverk_shared::role::Roles,
    grants: samverk_shared::access::Grants,
}

/// The body of `DELETE /session`; may be left out.
#[derive(Debug, Default, Deserialize)]
pub struct End {
    /// The browser is not to be known again.
    #[serde(default)]
    forget: bool,
}

/// `DELETE /session`: signs out, and closes the connections of the session.
pub async fn end(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Option<Visitor>,
    end: Option<web::Json<End>>,
) -> Result<HttpResponse, Problem> {
    let forget = end.is_some_and(|end| end.forget);
    let https = server.config.https();
    let device = if forget {
        Cookie::Device.read(https, request.headers())
    } else {
        None
    };
    if let Some(visitor) = visitor {
        server
            .core
            .people
            .end_session(&visitor.session, device.as_ref())
            .await?;
    }
    let mut response = HttpResponse::NoContent();
    response.append_header((SET_COOKIE, Cookie::Session.take(https)));
    if forget {
        response.append_header((SET_COOKIE, Cookie::Device.take(https)));
    }
    Ok(response.finish())
}
