//! `/workshops/{workshop}/line`: the connection of who cannot open a WebSocket (section B).

use super::visitor::Carried;
use super::{Problem, Server, origin};
use crate::connection::open_line;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::ids::WorkshopId;
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;

const FRAMES: &str = "application/octet-stream";

type Path = web::Path<(WorkshopId, String)>;

/// The query of `POST …/line/{id}`.
#[derive(Deserialize)]
pub struct Sent {
    /// Which request of the line this is, from 1.
    n: u64,
}

/// The query of `GET …/line/{id}`.
#[derive(Deserialize)]
pub struct Asked {
    /// The number of the last frame that came.
    after: u64,
    /// How long the question may be held.
    wait_ms: u64,
}

/// `POST …/line`.
pub async fn open(
    server: web::Data<Server>,
    Carried(visitor): Carried,
    path: web::Path<WorkshopId>,
) -> Result<HttpResponse, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let id = open_line(server, visitor, member)?;
    Ok(HttpResponse::Created().json(json!({ "line": id })))
}

/// `POST …/line/{id}`: frames of the client.
pub async fn send(
    request: HttpRequest,
    server: web::Data<Server>,
    Carried(visitor): Carried,
    path: Path,
    sent: web::Query<Sent>,
    mut payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let (workshop, id) = path.into_inner();
    let line = server.lines.of(&visitor, &workshop, &id)?;
    let is_frames = |kind: &&str| kind.split(';').next().map(str::trim) == Some(FRAMES);
    let kind = request.headers().get(CONTENT_TYPE);
    kind.and_then(|kind| kind.to_str().ok())
        .filter(is_frames)
        .ok_or(Problem::WrongType)?;
    line.take(sent.n, &mut payload).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `GET …/line/{id}`: frames for the client. It takes those before off the line, so it is for own pages only (H1).
pub async fn ask(
    request: HttpRequest,
    server: web::Data<Server>,
    Carried(visitor): Carried,
    path: Path,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Problem> {
    if origin::is_elsewhere(request.headers()) {
        return Err(Problem::OtherOrigin);
    }
    let (workshop, id) = path.into_inner();
    let line = server.lines.of(&visitor, &workshop, &id)?;
    let frames = line
        .answer(asked.after, Duration::from_millis(asked.wait_ms))
        .await?;
    Ok(if frames.is_empty() {
        HttpResponse::NoContent().finish()
    } else {
        HttpResponse::Ok().content_type(FRAMES).body(frames)
    })
}

/// `DELETE …/line/{id}`.
pub async fn close(
    server: web::Data<Server>,
    Carried(visitor): Carried,
    path: Path,
) -> Result<HttpResponse, Problem> {
    let (workshop, id) = path.into_inner();
    server.lines.of(&visitor, &workshop, &id)?.leave();
    Ok(HttpResponse::NoContent().finish())
}
