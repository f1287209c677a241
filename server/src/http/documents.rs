//! `/workshops/{workshop}/documents`: what this person may open.

use super::{Member, Problem, Server, tagged};
use crate::hub::rows::{CatalogueRow, Merged};
use crate::hub::{Answer, Command};
use crate::people::Visitor;
use crate::store::Table;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::access::{Action, Audience, Kind, State, decide};
use samverk_shared::ids::WorkshopId;
use serde::Serialize;
use serde_json::json;

#[derive(Serialize)]
struct Documents {
    documents: Vec<Document>,
}

#[derive(Serialize)]
struct Document {
    subject: String,
    document: String,
    kind: Kind,
    audience: Audience,
    state: State,
    may: Vec<Action>,
    #[serde(skip_serializing_if = "String::is_empty")]
    code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    merged: Option<Merged>,
}

/// `GET …/documents`.
pub async fn list(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<HttpResponse, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let rows: Vec<CatalogueRow> = server.rows(Table::Catalogue, &member.workshop).await?;
    let documents = rows
        .into_iter()
        .filter_map(|row| document(&member, row))
        .collect();
    tagged(request.headers(), &Documents { documents })
}

/// `PUT …/documents/{kind}`: the workshop's one document of this kind, made where there is none.
pub async fn furnish(
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<(WorkshopId, Kind)>,
) -> Result<HttpResponse, Problem> {
    let (workshop, kind) = path.into_inner();
    let member = server.member(&visitor, workshop)?;
    let caller = member.caller();
    let command = Command::Furnish { kind };
    let answer = server
        .core
        .runtime
        .command(member.workshop, caller, command, None)
        .await?;
    let Answer::Part { subject, document } = answer else {
        return Err(Problem::NotFound);
    };
    Ok(HttpResponse::Ok().json(json!({ "subject": subject, "document": document })))
}

fn document(member: &Member, row: CatalogueRow) -> Option<Document> {
    let (relation, facts) = (row.relation(&member.row.id), row.facts());
    let may = |action: &Action| decide(member.row.grants, relation, facts, *action).is_ok();
    if !may(&Action::List) {
        return None;
    }
    Some(Document {
        subject: row.subject.to_string(),
        document: row.document.to_string(),
        kind: row.kind,
        audience: row.audience,
        state: row.state,
        may: [Action::Read, Action::Write, Action::Presence]
            .into_iter()
            .filter(may)
            .collect(),
        code: row.code,
        about: row.about.map(|about| about.to_string()),
        report: row.report,
        merged: row.merged,
    })
}
