//! `/admin/server`: is it well?

use super::super::{Problem, Server};
use crate::folder::{Folder, last_backup};
use crate::hub::rows::{self, DocumentRow};
use crate::store::{Store, Table};
use actix_web::web;
use samverk_shared::ids::WorkshopId;
use serde::Serialize;
use serde_json::{Value, json};

#[derive(Serialize)]
struct SetAside {
    document: String,
    /// `None` where it is not known which workshop it was of.
    workshop: Option<WorkshopId>,
    reason: String,
}

/// `GET /admin/server`.
pub async fn show(server: web::Data<Server>) -> Result<web::Json<Value>, Problem> {
    let core = server.core.clone();
    let read = web::block(move || {
        let set_aside = set_aside(core.store.as_ref())?;
        Ok::<_, Problem>((set_aside, Folder::room(&core.data), last_backup(&core.data)))
    });
    let (set_aside, room, backup) = read.await.map_err(|_| Problem::Busy)??;
    let room = room
        .inspect_err(|error| tracing::warn!(%error, "the room of the data folder is not known"))
        .ok();
    Ok(web::Json(json!({
        "version": env!("CARGO_PKG_VERSION"),
        "started_s": server.started_s,
        "stores": server.core.runtime.ready(),
        "used_bytes": room.map(|room| room.used_bytes),
        "free_bytes": room.map(|room| room.free_bytes),
        "backup_s": backup.map(|backup| backup.made_s),
        "backup_bytes": backup.map(|backup| backup.bytes),
        "set_aside": set_aside,
        "connections": server.numbers.connections(),
        "failed_requests": server.numbers.failed_requests(),
        "refused_frames": server.numbers.refused_frames(),
    })))
}

fn set_aside(store: &dyn Store) -> Result<Vec<SetAside>, Problem> {
    let mut found = Vec::new();
    for (document, reason) in store.quarantined()? {
        let key = document.to_string();
        let row = store.get(Table::Documents, &key)?;
        let row: Option<DocumentRow> = row.map(|record| rows::read(&key, &record)).transpose()?;
        found.push(SetAside {
            document: key,
            workshop: row.map(|row| row.workshop),
            reason,
        });
    }
    Ok(found)
}
