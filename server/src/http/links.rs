//! `/workshops/{workshop}/links`: invitations.

use super::{Problem, Server};
use crate::hub::rows::LinkRow;
use crate::hub::{Answer, Command};
use crate::people::{Secret, Visitor};
use crate::store::Table;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::access::{Grant, Grants};
use samverk_shared::ids::{LinkId, WorkshopId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Serialize)]
struct Link {
    id: LinkId,
    grant: Grant,
    label: String,
    /// Since 1970.
    created_s: u64,
    used: u64,
    revoked: bool,
}

/// `GET …/links`.
pub async fn list(
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<web::Json<Value>, Problem> {
    let member = server.facilitator(&visitor, path.into_inner())?;
    let rows: Vec<LinkRow> = server.rows(Table::Links, &member.workshop).await?;
    let links = rows.into_iter().map(|row| Link {
        grant: strongest(row.grants),
        id: row.id,
        label: row.label,
        created_s: row.created_ms / 1000,
        used: row.used,
        revoked: row.revoked,
    });
    Ok(web::Json(json!({ "links": links.collect::<Vec<_>>() })))
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
    grant: Grant,
    #[serde(default)]
    label: String,
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
    let command = Command::CreateLink {
        grants: new.grant.into(),
        label: new.label.trim().to_owned(),
        secret_digest: secret.digest().as_str().to_owned(),
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
    })))
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
    let (caller, key) = (member.caller(), member.key(request.headers())?);
    server
        .core
        .runtime
        .command(member.workshop, caller, Command::RevokeLink { link }, key)
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
