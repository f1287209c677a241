//! `/workshops/{workshop}/characteristics`: what cases are coded by, its versions, and its changes (R23).

use super::{Member, Problem, Server, key_of_another, tagged};
use crate::hub::rows::{self, CatalogueRow, CharacteristicsRow};
use crate::hub::{Answer, Command};
use crate::people::Visitor;
use crate::store::{Store, Table};
use crate::views::{Listed, Reader};
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::characteristic::{Change, Changed, Characteristic, Characteristics, Scale, defaults};
use samverk_shared::ids::{ParticipantId, WorkshopId};
use samverk_shared::register::RegisterRow;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The answer of `GET …/characteristics`.
#[derive(Serialize)]
struct Shown<'a> {
    version: u32,
    /// All, also those that are not in use.
    characteristics: &'a [Characteristic],
    /// Those that were deleted, and can be taken back.
    deleted: &'a [Characteristic],
    uses: BTreeMap<&'a str, Uses>,
    /// The newest first; version 1 is what every workshop starts with.
    history: Vec<Version>,
}

/// How many cases use a characteristic, as far as the reader may list them.
#[derive(Default, Serialize)]
struct Uses {
    /// Coded by it, or said to have no value.
    cases: usize,
    /// Value → cases that have it.
    values: BTreeMap<String, usize>,
}

/// One version of the set.
#[derive(Serialize)]
struct Version {
    version: u32,
    at_ms: u64,
    by: Option<ParticipantId>,
    changes: Vec<Changed>,
}

/// `GET …/characteristics`: the set, how many cases use what of it, and how it came to be so.
pub async fn show(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<HttpResponse, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let rows = case_rows(&server, &member, Reader::of(member.row.grants)).await?;
    let set = server.core.views.characteristics(&member.workshop)?;
    let kept: Vec<CharacteristicsRow> = server
        .rows(Table::CharacteristicVersions, &member.workshop)
        .await?;
    let shown = Shown {
        version: set.version,
        characteristics: &set.characteristics,
        deleted: &set.deleted,
        uses: set
            .characteristics
            .iter()
            .map(|c| (c.key.as_str(), uses(c, &rows)))
            .collect(),
        history: kept.into_iter().rev().map(Version::from).collect(),
    };
    tagged(request.headers(), &shown)
}

/// `GET …/characteristics/{version}`: the set as it was.
pub async fn version(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<(WorkshopId, u32)>,
) -> Result<HttpResponse, Problem> {
    let (workshop, version) = path.into_inner();
    let member = server.member(&visitor, workshop)?;
    let set = of_version(server.core.store.as_ref(), &member.workshop, version).ok_or(Problem::NotFound)?;
    tagged(request.headers(), &set)
}

/// The body of `POST …/characteristics`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// The version the caller saw.
    version: u32,
    change: Change,
}

/// `POST …/characteristics`: one change of the set. Refused where somebody else has changed it meanwhile.
pub async fn change(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    wanted: web::Json<Wanted>,
) -> Result<HttpResponse, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let Wanted { version, change } = wanted.into_inner();
    let used = match &change {
        // Whatever the caller may see: no case is to lose its coding.
        Change::Retire {
            key,
            value,
            into: None,
        } => {
            count(&server, &member, key, |uses| {
                uses.values.get(value).copied().unwrap_or_default()
            })
            .await?
                > 0
        }
        Change::Delete { key } => count(&server, &member, key, |uses| uses.cases).await? > 0,
        _ => false,
    };
    let command = Command::ChangeCharacteristics {
        version,
        change,
        used,
    };
    let answer = server.give(member, request.headers(), command).await?;
    let Answer::Characteristics { version } = answer else {
        return Err(key_of_another());
    };
    Ok(HttpResponse::Ok().json(json!({ "version": version })))
}

/// The set of a version, where there was one.
pub(super) fn of_version(store: &dyn Store, workshop: &WorkshopId, version: u32) -> Option<Characteristics> {
    if version == defaults().version {
        return Some(defaults().clone());
    }
    let key = CharacteristicsRow::key(workshop, version);
    let record = store.get(Table::CharacteristicVersions, &key).ok()??;
    Some(rows::read::<CharacteristicsRow>(&key, &record).ok()?.set)
}

impl From<CharacteristicsRow> for Version {
    fn from(row: CharacteristicsRow) -> Self {
        Version {
            version: row.set.version,
            at_ms: row.at_ms,
            by: row.by,
            changes: row.changes,
        }
    }
}

async fn count(
    server: &Server,
    member: &Member,
    key: &str,
    of: impl FnOnce(Uses) -> usize,
) -> Result<usize, Problem> {
    let rows = case_rows(server, member, Reader::Team).await?;
    let set = server.core.views.characteristics(&member.workshop)?;
    Ok(set.get(key).map_or(0, |c| of(uses(c, &rows))))
}

async fn case_rows(
    server: &Server,
    member: &Member,
    reader: Reader,
) -> Result<Vec<Arc<RegisterRow>>, Problem> {
    let catalogue: Vec<CatalogueRow> = server.rows(Table::Catalogue, &member.workshop).await?;
    let (views, workshop) = (server.core.views.clone(), member.workshop.clone());
    let read = web::block(move || views.rows(&workshop, &Listed::of(&catalogue), reader)).await;
    Ok(read.map_err(|_| Problem::Busy)??)
}

fn uses(c: &Characteristic, rows: &[Arc<RegisterRow>]) -> Uses {
    let mut uses = Uses::default();
    for row in rows {
        let values = row.codings.get(&c.key);
        let is_used =
            values.is_some() || row.uncoded.contains_key(&c.key) || row.work.worded.contains(&c.key);
        uses.cases += usize::from(is_used);
        // A number is no value of a list.
        for value in values.into_iter().flatten().filter(|_| c.scale != Scale::Number) {
            *uses.values.entry(value.clone()).or_default() += 1;
        }
    }
    uses
}
