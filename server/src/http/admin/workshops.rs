//! `/admin/workshops`: what there is, and which links lead into it.

use super::super::links::{Link, shown};
use super::super::{Problem, Server};
use crate::hub::rows::{DocumentRow, LinkRow, ParticipantRow, RunRow, WorkshopRow};
use crate::hub::{Caller, Command};
use crate::people::rows_of;
use crate::store::{ReadError, Store, Table};
use actix_web::{HttpResponse, web};
use samverk_shared::ids::{DocumentId, LinkId, WorkshopId};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Workshop {
    id: WorkshopId,
    title: String,
    created_s: u64,
    /// With a grant.
    people: usize,
    waiting: usize,
    here: usize,
    documents: usize,
    bytes: u64,
    /// `None` where nobody wrote anything yet.
    edited_s: Option<u64>,
    links: Vec<Link>,
}

/// `GET /admin/workshops`, the last edited first. It reads through the store: one at a time, as personal data.
pub async fn list(server: web::Data<Server>) -> Result<web::Json<Value>, Problem> {
    let core = server.core.clone();
    let _turn = core.people.exports.acquire().await.map_err(|_| Problem::Busy)?;
    let store = core.store.clone();
    let read = web::block(move || read(store.as_ref())).await;
    let mut workshops = read.map_err(|_| Problem::Busy)??;
    for workshop in &mut workshops {
        workshop.here = core.runtime.here(&workshop.id).len();
    }
    Ok(web::Json(json!({ "workshops": workshops })))
}

/// `DELETE /admin/workshops/{workshop}/links/{link}`.
pub async fn revoke(
    server: web::Data<Server>,
    path: web::Path<(WorkshopId, LinkId)>,
) -> Result<HttpResponse, Problem> {
    let (workshop, link) = path.into_inner();
    let command = Command::RevokeLink { link };
    let runtime = &server.core.runtime;
    runtime.command(workshop, Caller::Server, command, None).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn read(store: &dyn Store) -> Result<Vec<Workshop>, Problem> {
    let mut workshops = BTreeMap::new();
    for (id, row) in rows_of::<WorkshopRow>(store, Table::Workshops)? {
        workshops.insert(
            id,
            Workshop {
                id: row.id,
                title: row.title,
                created_s: row.created_ms / 1000,
                people: 0,
                waiting: 0,
                here: 0,
                documents: 0,
                bytes: 0,
                edited_s: None,
                links: Vec::new(),
            },
        );
    }
    for (key, row) in rows_of::<ParticipantRow>(store, Table::Participants)? {
        if let Some(workshop) = workshops.get_mut(first(&key)) {
            workshop.people += usize::from(!row.grants.is_empty());
            workshop.waiting += usize::from(row.waits.is_some());
        }
    }
    for (key, row) in rows_of::<LinkRow>(store, Table::Links)? {
        if let Some(workshop) = workshops.get_mut(first(&key)) {
            workshop.links.push(shown(row));
        }
    }
    let mut places = BTreeMap::new();
    for (key, row) in rows_of::<DocumentRow>(store, Table::Documents)? {
        let (Some(workshop), Ok(document)) = (workshops.get_mut(row.workshop.as_str()), key.parse()) else {
            continue;
        };
        workshop.documents += usize::from(!row.replaced);
        workshop.bytes += bytes(store, document)?;
        places.insert(key, row.workshop);
    }
    for (key, row) in rows_of::<RunRow>(store, Table::Authorship)? {
        let place = places.get(first(&key));
        if let Some(workshop) = place.and_then(|place| workshops.get_mut(place.as_str())) {
            workshop.edited_s = workshop.edited_s.max(Some(row.to_ms / 1000));
        }
    }
    let mut all: Vec<_> = workshops.into_values().collect();
    all.sort_by_key(|workshop| std::cmp::Reverse(workshop.edited_s.max(Some(workshop.created_s))));
    Ok(all)
}

/// The first part of a key.
fn first(key: &str) -> &str {
    key.split('/').next().unwrap_or(key)
}

/// What a document takes; nothing where it was set aside.
fn bytes(store: &dyn Store, document: DocumentId) -> Result<u64, Problem> {
    match store.meta(document) {
        Ok(meta) => Ok(meta.map_or(0, |meta| meta.log_bytes + meta.snapshot_bytes)),
        Err(ReadError::Quarantined { .. }) => Ok(0),
        Err(ReadError::Store(error)) => Err(error.into()),
    }
}
