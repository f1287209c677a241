//! HTTP: the web client's questions and commands, as rules H1–H11 of `docs/protocol.md`.
//!
//! **Invariant:** handlers read durable rows and give commands; they decide no rights of their own beyond
//! who may read a list.

mod account;
mod admin;
mod answer;
mod audit;
mod authorship;
mod cases;
mod causes;
mod characteristics;
mod code_forms;
mod collections;
mod cookie;
mod decisions;
mod documents;
mod double_coding;
pub mod error;
mod exports;
mod imports;
mod join;
mod language;
mod lines;
pub mod link_back;
pub mod links;
mod merges;
mod model_views;
mod models;
mod needs;
mod openapi;
pub mod origin;
mod owner;
mod people;
mod personal;
mod places;
mod routes;
mod session;
mod sign_in;
mod stage;
mod states;
mod status;
mod tickets;
mod views;
mod visitor;
mod workshops;

pub use answer::answer;
pub use cookie::Cookie;
pub use error::Problem;
pub use routes::routes;

use crate::Core;
use crate::config::Config;
use crate::connection::{Lines, Slots};
use crate::hub::rows::{self, ParticipantRow};
use crate::hub::{Answer, Caller, Command};
use crate::people::Visitor;
use crate::store::{Store, Table};
use crate::telemetry::Numbers;
use actix_web::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, ETAG, HeaderMap, IF_NONE_MATCH};
use actix_web::{HttpResponse, web};
use samverk_shared::access::Grant;
use samverk_shared::ids::WorkshopId;
use samverk_shared::limits::IDEMPOTENCY_KEY_CHARS_MAX;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// What the handlers need.
pub struct Server {
    /// Store, runtime and people.
    pub core: Arc<Core>,
    /// The settings.
    pub config: Config,
    /// What is counted.
    pub numbers: Arc<Numbers>,
    /// The slots of open connections.
    pub slots: Slots,
    /// The open lines.
    pub lines: Lines,
    /// When the server began, in Unix seconds.
    pub started_s: u64,
}

/// Somebody with a grant in the workshop that the path names.
pub struct Member {
    /// Which workshop.
    pub workshop: WorkshopId,
    /// Who they are there.
    pub row: ParticipantRow,
}

impl Server {
    /// The visitor as a member of a workshop. A workshop that is not there and one that is not theirs
    /// give the same answer.
    pub fn member(&self, visitor: &Visitor, workshop: WorkshopId) -> Result<Member, Problem> {
        let row = self.core.people.participant(&visitor.person, &workshop)?;
        row.map(|row| Member { workshop, row }).ok_or(Problem::NotFound)
    }

    /// The visitor as somebody who leads a workshop.
    pub fn facilitator(&self, visitor: &Visitor, workshop: WorkshopId) -> Result<Member, Problem> {
        let member = self.member(visitor, workshop)?;
        if member.row.grants.has(Grant::Facilitator) {
            Ok(member)
        } else {
            Err(Problem::NotAllowed)
        }
    }

    /// Gives a member's command, once for the request's idempotency key (H4).
    pub async fn give(
        &self,
        member: Member,
        headers: &HeaderMap,
        command: Command,
    ) -> Result<Answer, Problem> {
        let (caller, key) = (member.caller(), member.key(headers)?);
        Ok(self
            .core
            .runtime
            .command(member.workshop, caller, command, key)
            .await?)
    }

    /// One row.
    pub fn row<Row: DeserializeOwned>(&self, table: Table, key: &str) -> Result<Option<Row>, Problem> {
        let Some(record) = self.core.store.get(table, key)? else {
            return Ok(None);
        };
        Ok(Some(rows::read(key, &record)?))
    }

    /// All rows of a workshop, read off the worker thread.
    pub async fn rows<Row>(&self, table: Table, workshop: &WorkshopId) -> Result<Vec<Row>, Problem>
    where
        Row: DeserializeOwned + Send + 'static,
    {
        let store = self.core.store.clone();
        let prefix = format!("{workshop}/");
        let read = web::block(move || scan(store.as_ref(), table, &prefix)).await;
        read.map_err(|_| Problem::Busy)?
    }
}

fn scan<Row: DeserializeOwned>(store: &dyn Store, table: Table, prefix: &str) -> Result<Vec<Row>, Problem> {
    let found = store.scan(table, prefix)?;
    found
        .iter()
        .map(|(key, record)| Ok(rows::read(key, record)?))
        .collect()
}

impl Member {
    /// As the giver of a command.
    pub fn caller(&self) -> Caller {
        Caller::Participant(self.row.id.clone())
    }

    /// The request's idempotency key, made this participant's own (H4).
    pub fn key(&self, headers: &HeaderMap) -> Result<Option<String>, Problem> {
        Ok(idempotency_key(headers)?.map(|key| format!("{}/{key}", self.row.id)))
    }
}

/// The request's idempotency key, where it has one.
pub fn idempotency_key(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(key) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let bad = || Problem::BadRequest("Idempotency-Key: 1 to 128 visible ASCII characters".into());
    let key = key.to_str().map_err(|_| bad())?;
    let fits =
        (1..=IDEMPOTENCY_KEY_CHARS_MAX).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
    if fits { Ok(Some(key)) } else { Err(bad()) }
}

/// The first answer for the request's idempotency key is that of another kind of command (H4).
pub fn key_of_another() -> Problem {
    Problem::BadRequest("Idempotency-Key: it was used for something else".into())
}

/// A JSON answer with an ETag; 304 for a reader who has it already.
pub fn tagged<Body: Serialize>(headers: &HeaderMap, body: &Body) -> Result<HttpResponse, Problem> {
    let bytes = serde_json::to_vec(body).map_err(unwritable)?;
    let tag = format!("\"{}\"", &blake3::hash(&bytes).to_hex()[..32]);
    let same = matches(headers, &tag);
    let mut response = if same {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((ETAG, tag))
        .insert_header((CACHE_CONTROL, "private, no-cache"));
    Ok(if same {
        response.finish()
    } else {
        response.content_type("application/json").body(bytes)
    })
}

/// Whether the reader has what carries this tag.
pub fn matches(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    known.is_some_and(|known| {
        known
            .split(',')
            .any(|one| one.trim().trim_start_matches("W/") == tag)
    })
}

/// Whether the reader takes what is encoded so.
pub fn takes(headers: &HeaderMap, encoding: &str) -> bool {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| {
        accepted.split(',').any(|entry| {
            let mut parts = entry.split(';').map(str::trim);
            parts.next() == Some(encoding)
                && parts.all(|part| part.trim_start_matches("q=").parse() != Ok(0.0))
        })
    })
}

fn unwritable(error: serde_json::Error) -> Problem {
    tracing::error!(%error, "an answer cannot be written");
    Problem::Internal
}
