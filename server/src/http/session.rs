//! `/session`: who this browser is.

use super::{Cookie, Problem, Server, cookie};
use crate::clock;
use crate::hub::rows::WorkshopRow;
use crate::people::{Opening, PersonRow, Tokens, Visitor, browser_name};
use crate::store::Table;
use actix_web::http::header::{HeaderMap, SET_COOKIE, USER_AGENT};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// `GET /session`. A browser whose session is over gets a new one for its device cookie.
pub async fn show(request: HttpRequest, server: web::Data<Server>) -> Result<HttpResponse, Problem> {
    if let Some(visitor) = server.renewed(&request).await? {
        return Ok(HttpResponse::Ok().json(describe(&server, &visitor)?));
    }
    let device = Cookie::Device
        .read(server.config.https(), request.headers())
        .ok_or(Problem::NoSession)?;
    let renewed = server.core.people.renew_session(&device, clock::now_s()).await?;
    let (visitor, tokens) = renewed.ok_or(Problem::NoSession)?;
    opened(&server, &visitor, &tokens)
}

/// How somebody comes in.
pub struct How {
    /// The browser is to be known again.
    pub remember: bool,
    /// They have shown who they are, and were not only known again.
    pub confirmed: bool,
}

/// A new session for a person, with its cookies, in place of the one this browser had.
pub async fn open(
    server: &Server,
    headers: &HeaderMap,
    visitor: Option<Visitor>,
    person: PersonRow,
    how: How,
) -> Result<HttpResponse, Problem> {
    let https = server.config.https();
    let opening = Opening {
        ends: visitor.map(|visitor| visitor.session),
        had: Cookie::Device.read(https, headers),
        remember: how.remember,
        confirmed: how.confirmed,
        browser: browser(headers),
    };
    let people = &server.core.people;
    let (visitor, tokens) = people.open_session(&person, opening, clock::now_s()).await?;
    let mut response = HttpResponse::Ok();
    if visitor.device.is_none() {
        response.append_header((SET_COOKIE, Cookie::Device.take(https)));
    }
    cookie::give(&mut response, https, &tokens);
    Ok(response.json(describe(server, &visitor)?))
}

/// The name of the browser that asks.
pub fn browser(headers: &HeaderMap) -> String {
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
    browser_name(agent.unwrap_or_default())
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
        "account": server.core.people.account(&visitor.person.id)?.is_some(),
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
