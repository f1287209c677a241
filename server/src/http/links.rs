//! `/workshops/{workshop}/links`: invitations.

use super::{Problem, Server};
use crate::hub::rows::LinkRow;
use crate::hub::{Answer, Command, LinkTerms, Rights};
use crate::people::{Secret, Visitor};
use crate::store::Table;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::access::{Grant, Grants};
use samverk_shared::ids::{LinkId, WorkshopId};
use samverk_shared::limits::CODE_S_MAX;
use samverk_shared::role::{Role, Roles};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A link as facilitators see it, and the server's owner.
#[derive(Serialize)]
pub struct Link {
    id: LinkId,
    roles: Roles,
    grant: Grant,
    label: String,
    /// Since 1970.
    created_s: u64,
    used: u64,
    revoked: bool,
    /// Since 1970; `null` where it does not end.
    ends_s: Option<u64>,
    uses_max: Option<u64>,
    lobby: bool,
    closed: bool,
}

/// `GET …/links`.
pub async fn list(
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<web::Json<Value>, Problem> {
    let member = server.facilitator(&visitor, path.into_inner())?;
    let rows: Vec<LinkRow> = server.rows(Table::Links, &member.workshop).await?;
    let links = rows.into_iter().map(shown);
    Ok(web::Json(json!({ "links": links.collect::<Vec<_>>() })))
}

/// What of a link's row is shown.
pub fn shown(row: LinkRow) -> Link {
    Link {
        grant: strongest(row.grants),
        roles: row.roles,
        id: row.id,
        label: row.label,
        created_s: row.created_ms / 1000,
        used: row.used,
        revoked: row.revoked,
        ends_s: row.ends_ms.map(|ends| ends / 1000),
        uses_max: row.uses_max,
        lobby: row.lobby,
        closed: row.closed,
    }
}

/// A link carries one grant; one without any is as weak as can be.
pub fn strongest(grants: Grants) -> Grant {
    Grant::ALL
        .into_iter()
        .find(|grant| grants.has(*grant))
        .unwrap_or(Grant::Viewer)
}

/// The body of `POST …/links`.
#[derive(Deserialize)]
pub struct New {
    /// What those who come by it are; either this or a grant alone.
    #[serde(default)]
    role: Option<Role>,
    #[serde(default)]
    grant: Option<Grant>,
    #[serde(default)]
    label: String,
    /// Hours until it ends; without, it does not.
    #[serde(default)]
    hours: Option<u64>,
    #[serde(default)]
    uses_max: Option<u64>,
    #[serde(default)]
    lobby: bool,
    /// A code that is read out opens it too. It then ends within hours and leads into the lobby.
    #[serde(default)]
    code: bool,
}

/// `POST …/links`. A repeated request makes another link: the secret of the first is known to nobody.
pub async fn create(
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    new: web::Json<New>,
) -> Result<HttpResponse, Problem> {
    let member = server.facilitator(&visitor, path.into_inner())?;
    let new = new.into_inner();
    let secret = Secret::new()?;
    let code = if new.code { Some(Secret::code()?) } else { None };
    let opens = [Some(&secret), code.as_ref()].into_iter().flatten();
    let command = Command::CreateLink {
        rights: new.rights()?,
        label: new.label.trim().to_owned(),
        secret_digests: opens.map(|secret| secret.digest().as_str().to_owned()).collect(),
        terms: new.terms(),
    };
    let caller = member.caller();
    let answer = server
        .core
        .runtime
        .command(member.workshop, caller, command, None)
        .await?;
    let Answer::Link { link } = answer else {
        return Err(Problem::Internal);
    };
    Ok(HttpResponse::Created().json(json!({
        "id": link,
        "secret": secret.reveal(),
        "path": join_path(&secret),
        "code": code.as_ref().map(Secret::reveal),
    })))
}

impl New {
    fn rights(&self) -> Result<Rights, Problem> {
        match (self.role, self.grant) {
            (Some(role), None) => Ok(Roles::from([role]).into()),
            (None, Some(grant)) => Ok(grant.into()),
            _ => Err(Problem::BadRequest("either role or grant".into())),
        }
    }

    fn terms(&self) -> LinkTerms {
        let code_hours = CODE_S_MAX / 3600;
        LinkTerms {
            hours: if self.code {
                Some(self.hours.unwrap_or(code_hours).min(code_hours))
            } else {
                self.hours
            },
            uses_max: self.uses_max,
            lobby: self.lobby || self.code,
        }
    }
}

/// The body of `PUT …/links/{link}/closed`.
#[derive(Deserialize)]
pub struct Closed {
    closed: bool,
}

/// `PUT …/links/{link}/closed`: shuts the door, or opens it again.
pub async fn set_closed(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<(WorkshopId, LinkId)>,
    new: web::Json<Closed>,
) -> Result<HttpResponse, Problem> {
    let (workshop, link) = path.into_inner();
    let member = server.facilitator(&visitor, workshop)?;
    let command = Command::SetClosed {
        link,
        closed: new.closed,
    };
    server.give(member, request.headers(), command).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Where a link leads in the web client; the secret is behind the `#`, so no server sees it in a path.
pub fn join_path(secret: &Secret) -> String {
    format!("/bli-med#{}", secret.reveal())
}

/// `DELETE …/links/{link}`.
pub async fn revoke(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<(WorkshopId, LinkId)>,
) -> Result<HttpResponse, Problem> {
    let (workshop, link) = path.into_inner();
    let member = server.facilitator(&visitor, workshop)?;
    server
        .give(member, request.headers(), Command::RevokeLink { link })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
