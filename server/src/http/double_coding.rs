//! Double codings among the collections: how far coders have come, what it came to, and settling it (R3).

use super::collections::CollectionPath;
use super::{Problem, Server, key_of_another};
use crate::hub::rows::{CatalogueRow, CollectionRow, CollectionState, How, SettledRow};
use crate::hub::{Answer, Choice, Command, Settling};
use crate::people::Visitor;
use crate::store::Table;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::case::Coding;
use samverk_shared::collection::Ask;
use samverk_shared::double_coding::{Coded, living};
use samverk_shared::ids::{ParticipantId, SubjectId, WorkshopId};
use samverk_shared::views::double_coding::{DoubleCodingView, double_coding};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

/// How many codings each coder has said something of, as long as it is not revealed; of another collection nothing.
pub async fn progress(
    server: &Server,
    workshop: &WorkshopId,
    row: &CollectionRow,
) -> Result<BTreeMap<ParticipantId, usize>, Problem> {
    let asks_codings = matches!(row.question.ask, Ask::Codings { .. });
    if !asks_codings || row.state == CollectionState::Revealed {
        return Ok(BTreeMap::new());
    }
    let mut documents = Vec::new();
    for (who, part) in &row.parts {
        let key = format!("{workshop}/{}", part.subject);
        let sealed: Option<CatalogueRow> = server.row(Table::Catalogue, &key)?;
        documents.extend(sealed.map(|sealed| (who.clone(), sealed.document)));
    }
    let (views, ask) = (server.core.views.clone(), row.question.ask.clone());
    let workshop = workshop.clone();
    let counted = web::block(move || {
        let mut coded = BTreeMap::new();
        for (who, document) in documents {
            coded.extend(views.coded(&workshop, document, &ask)?.map(|coded| (who, coded)));
        }
        Ok::<_, Problem>(coded)
    });
    counted.await.map_err(|_| Problem::Busy)?
}

/// What a double coding came to.
#[derive(Serialize)]
pub struct Shown {
    answered: usize,
    kind: &'static str,
    #[serde(flatten)]
    view: DoubleCodingView,
    settled: Vec<Settled>,
}

#[derive(Serialize)]
struct Settled {
    case: SubjectId,
    characteristic: String,
    by: Option<ParticipantId>,
    at_ms: u64,
    how: How,
    coding: Coding,
}

/// What this double coding came to, with what was settled of it.
pub async fn outcome(
    server: &Server,
    workshop: &WorkshopId,
    row: &CollectionRow,
    coders: Vec<Coded>,
    answered: usize,
) -> Result<Shown, Problem> {
    let Ask::Codings {
        cases,
        characteristics,
        ..
    } = &row.question.ask
    else {
        return Err(Problem::NotFound);
    };
    let prefix = format!("{workshop}/{}/", row.id);
    let store = server.core.store.clone();
    let settled: Vec<SettledRow> = web::block(move || super::scan(store.as_ref(), Table::Settled, &prefix))
        .await
        .map_err(|_| Problem::Busy)??;
    let set = server.core.views.characteristics(workshop)?;
    let shown = |row: SettledRow| Settled {
        case: row.case,
        by: row.by,
        at_ms: row.at_ms,
        how: row.how,
        coding: match set.get(&row.characteristic) {
            Some(of) => living(of, &row.coding),
            None => row.coding,
        },
        characteristic: row.characteristic,
    };
    Ok(Shown {
        answered,
        kind: row.question.ask.kind(),
        view: double_coding(&coders, cases, characteristics, &set),
        settled: settled.into_iter().map(shown).collect(),
    })
}

/// The body of `POST …/settled`: what a case is coded as, and what it was coded as when that was decided.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    case: SubjectId,
    characteristic: String,
    /// Whose coding it is to be…
    of: Option<ParticipantId>,
    /// …or another.
    coding: Option<Coding>,
    seen: Coding,
}

/// `POST …/collections/{collection}/settled`.
pub async fn settle(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: CollectionPath,
    new: web::Json<New>,
) -> Result<HttpResponse, Problem> {
    let new = new.into_inner();
    let choice = match (new.of, new.coding) {
        (Some(coder), None) => Choice::Of(coder),
        (None, Some(coding)) => Choice::Own(coding),
        _ => return Err(Problem::BadRequest("either of or coding".into())),
    };
    let (workshop, collection) = path.into_inner();
    let settling = Settling {
        case: new.case,
        characteristic: new.characteristic,
        choice,
        seen: new.seen,
    };
    let command = Command::Settle {
        collection,
        settling: Box::new(settling),
    };
    give(&request, &server, &visitor, workshop, command).await
}

/// `POST …/collections/{collection}/agreed`: takes over what all agree on.
pub async fn settle_agreed(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: CollectionPath,
) -> Result<HttpResponse, Problem> {
    let (workshop, collection) = path.into_inner();
    let command = Command::SettleAgreed { collection };
    give(&request, &server, &visitor, workshop, command).await
}

async fn give(
    request: &HttpRequest,
    server: &Server,
    visitor: &Visitor,
    workshop: WorkshopId,
    command: Command,
) -> Result<HttpResponse, Problem> {
    let member = server.member(visitor, workshop)?;
    let Answer::Settled { settled, left } = server.give(member, request.headers(), command).await? else {
        return Err(key_of_another());
    };
    Ok(HttpResponse::Ok().json(json!({ "settled": settled, "left": left })))
}
