//! `/workshops/{workshop}/audit`: who decided what about people, links and documents.

use super::{Problem, Server};
use crate::hub::rows::AuditRow;
use crate::people::Visitor;
use crate::store::Table;
use actix_web::web;
use samverk_shared::ids::WorkshopId;
use samverk_shared::limits::AUDIT_ACTS_MAX;
use serde_json::{Value, json};

/// `GET …/audit`: the newest first.
pub async fn list(
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<web::Json<Value>, Problem> {
    let member = server.facilitator(&visitor, path.into_inner())?;
    let rows: Vec<AuditRow> = server.rows(Table::Audit, &member.workshop).await?;
    let more = rows.len() > AUDIT_ACTS_MAX;
    let newest: Vec<AuditRow> = rows.into_iter().rev().take(AUDIT_ACTS_MAX).collect();
    Ok(web::Json(json!({ "acts": newest, "more": more })))
}
