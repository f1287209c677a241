//! `/workshops/{workshop}/stage`: what is going on now.

use super::{Problem, Server};
use crate::clock;
use crate::hub::Command;
use crate::hub::rows::{CollectionRow, StageRow};
use crate::people::Visitor;
use crate::store::Table;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::ids::WorkshopId;
use samverk_shared::stage::Activity;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Default)]
pub struct Stage {
    activity: Option<Activity>,
    started_ms: u64,
    ends_ms: Option<u64>,
    /// The server's clock, for a client whose own is wrong.
    now_ms: u64,
}

/// `GET …/stage`.
pub async fn show(
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<web::Json<Stage>, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let row: Option<StageRow> = server.row(Table::Stages, member.workshop.as_str())?;
    let mut stage = row.map(Stage::from).unwrap_or_default();
    stage.now_ms = clock::now_ms();
    let collection = stage
        .activity
        .as_ref()
        .and_then(|activity| activity.collection.as_ref());
    if let Some(collection) = collection {
        let key = format!("{}/{collection}", member.workshop);
        let row: Option<CollectionRow> = server.row(Table::Collections, &key)?;
        if !row.is_some_and(|row| row.shows(member.row.grants)) {
            // Not even that there is something.
            stage = Stage {
                now_ms: stage.now_ms,
                ..Stage::default()
            };
        }
    }
    Ok(web::Json(stage))
}

impl From<StageRow> for Stage {
    fn from(row: StageRow) -> Stage {
        Stage {
            activity: row.activity,
            started_ms: row.started_ms,
            ends_ms: row.ends_ms,
            now_ms: 0,
        }
    }
}

/// The body of `PUT …/stage`.
#[derive(Deserialize)]
pub struct New {
    activity: Option<Activity>,
}

/// `PUT …/stage`: everybody is told at once; the newest is what is shown.
pub async fn set(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    new: web::Json<New>,
) -> Result<HttpResponse, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let activity = new.into_inner().activity;
    let command = Command::SetStage { activity };
    server.give(member, request.headers(), command).await?;
    Ok(HttpResponse::NoContent().finish())
}
