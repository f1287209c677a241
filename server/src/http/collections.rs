//! `/workshops/{workshop}/collections`: what people answer apart from each other, and what it came to (P3).

use super::{Member, Problem, Server, double_coding, key_of_another, tagged};
use crate::hub::rows::{Answered, CollectionRow, CollectionState};
use crate::hub::{Answer, Command};
use crate::people::Visitor;
use crate::store::Table;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::access::Grant;
use samverk_shared::collection::{About, Ask, Content, Outcome, Question};
use samverk_shared::ids::{CollectionId, ParticipantId, SubjectId, WorkshopId};
use samverk_shared::views::claims::{Round, reach};
use samverk_shared::views::ratings::ratings;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Collection {
    id: CollectionId,
    #[serde(flatten)]
    question: Question,
    team: bool,
    named: bool,
    round: u32,
    earlier: Option<CollectionId>,
    state: CollectionState,
    opened_ms: u64,
    changed_ms: u64,
    /// How many have begun to answer.
    begun: usize,
    /// How many have said that they are done.
    sent: usize,
    /// Whether this person is asked.
    asked: bool,
    /// This person's own part.
    mine: Option<OwnPart>,
    /// Who is done and who is not; only facilitators are told, and never what was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<Vec<Progress>>,
    board: Option<SubjectId>,
    /// How many answered, once it is revealed.
    answered: Option<Answered>,
}

#[derive(Serialize)]
struct OwnPart {
    subject: SubjectId,
    sent: bool,
}

#[derive(Serialize)]
struct Progress {
    participant: ParticipantId,
    sent: bool,
    /// Of a double coding: how many codings they have said something of.
    #[serde(skip_serializing_if = "Option::is_none")]
    coded: Option<usize>,
}

/// `GET …/collections`, the newest first.
pub async fn list(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<HttpResponse, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let rows: Vec<CollectionRow> = server.rows(Table::Collections, &member.workshop).await?;
    let shown = rows.into_iter().filter(|row| row.shows(member.row.grants));
    let mut collections = Vec::new();
    for row in shown {
        let coded = if member.row.grants.has(Grant::Facilitator) {
            double_coding::progress(&server, &member.workshop, &row).await?
        } else {
            BTreeMap::new()
        };
        collections.push(collection(&member, row, &coded));
    }
    collections.sort_by(|a, b| b.opened_ms.cmp(&a.opened_ms).then_with(|| a.id.cmp(&b.id)));
    tagged(request.headers(), &json!({ "collections": collections }))
}

fn collection(member: &Member, row: CollectionRow, coded: &BTreeMap<ParticipantId, usize>) -> Collection {
    let leads = member.row.grants.has(Grant::Facilitator);
    let progress = row.parts.iter().map(|(participant, part)| Progress {
        participant: participant.clone(),
        sent: part.sent,
        coded: coded.get(participant).copied(),
    });
    Collection {
        begun: row.parts.len(),
        sent: row.parts.values().filter(|part| part.sent).count(),
        asked: row.asks(&member.row.id, member.row.grants),
        mine: row.parts.get(&member.row.id).map(|part| OwnPart {
            subject: part.subject.clone(),
            sent: part.sent,
        }),
        parts: leads.then(|| progress.collect()),
        question: as_told(&row, &member.row.id),
        id: row.id,
        team: row.team,
        named: row.named,
        round: row.round,
        earlier: row.earlier,
        state: row.state,
        opened_ms: row.opened_ms,
        changed_ms: row.changed_ms,
        board: row.board,
        answered: row.answered,
    }
}

/// The question as somebody is told it. Whose a claim is nobody is told before it is revealed, and claims stand in an
/// order of each reader's own.
fn as_told(row: &CollectionRow, reader: &ParticipantId) -> Question {
    let mut question = row.question.clone();
    if row.state == CollectionState::Revealed {
        return question;
    }
    if let (Some(About::Balance { .. }), Ask::Ratings { items, .. }) = (&question.about, &mut question.ask) {
        let place = |key: &str| blake3::hash(format!("{} {reader} {key}", row.id).as_bytes());
        items.sort_by_cached_key(|item| *place(&item.key).as_bytes());
    }
    question.about = question.about.map(About::veiled);
    question
}

/// The body of `POST …/collections`: a question, or the collection to ask once more.
#[derive(Deserialize)]
pub struct New {
    #[serde(flatten)]
    question: Option<Question>,
    #[serde(default)]
    team: bool,
    #[serde(default)]
    named: bool,
    #[serde(default)]
    earlier: Option<CollectionId>,
}

/// `POST …/collections`: begins to collect.
pub async fn open(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    new: web::Json<New>,
) -> Result<HttpResponse, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let New {
        question,
        team,
        named,
        earlier,
    } = new.into_inner();
    let question = match (question, &earlier) {
        (Some(question), _) => question,
        (None, Some(earlier)) => row(&server, &member, earlier)?.question,
        (None, None) => return Err(Problem::BadRequest("a question, or an earlier collection".into())),
    };
    let command = Command::OpenCollection {
        question,
        team,
        named,
        earlier,
    };
    let Answer::Collection { collection } = server.give(member, request.headers(), command).await? else {
        return Err(key_of_another());
    };
    Ok(HttpResponse::Created().json(json!({ "id": collection })))
}

pub(super) type CollectionPath = web::Path<(WorkshopId, CollectionId)>;

/// `POST …/collections/{collection}/part`: the caller's own sealed document, the same each time.
pub async fn take_part(
    server: web::Data<Server>,
    visitor: Visitor,
    path: CollectionPath,
) -> Result<HttpResponse, Problem> {
    let (workshop, collection) = path.into_inner();
    let member = server.member(&visitor, workshop)?;
    let command = Command::TakePart { collection };
    let answer = give_unkeyed(&server, member, command).await?;
    let Answer::Part { subject, document } = answer else {
        return Err(key_of_another());
    };
    Ok(HttpResponse::Ok().json(json!({ "subject": subject, "document": document })))
}

/// The body of `PUT …/sent`.
#[derive(Deserialize)]
pub struct Sent {
    sent: bool,
}

/// `PUT …/collections/{collection}/sent`: the caller is done, or is not after all.
pub async fn send(
    server: web::Data<Server>,
    visitor: Visitor,
    path: CollectionPath,
    new: web::Json<Sent>,
) -> Result<HttpResponse, Problem> {
    let (workshop, collection) = path.into_inner();
    let member = server.member(&visitor, workshop)?;
    let sent = new.sent;
    give_unkeyed(&server, member, Command::Send { collection, sent }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The body of `PUT …/closed`.
#[derive(Deserialize)]
pub struct Closed {
    closed: bool,
}

/// `PUT …/collections/{collection}/closed`.
pub async fn set_closed(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: CollectionPath,
    new: web::Json<Closed>,
) -> Result<HttpResponse, Problem> {
    let closed = new.closed;
    let command = |collection| Command::SetCollectionClosed { collection, closed };
    give(&request, &server, &visitor, path, command).await
}

/// The body of `POST …/reveal`.
#[derive(Deserialize)]
pub struct Reveal {
    named: bool,
}

/// `POST …/collections/{collection}/reveal`.
pub async fn reveal(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: CollectionPath,
    new: web::Json<Reveal>,
) -> Result<HttpResponse, Problem> {
    let named = new.named;
    let command = |collection| Command::Reveal { collection, named };
    give(&request, &server, &visitor, path, command).await
}

/// `GET …/collections/{collection}/outcome`: what it came to, once it is revealed.
pub async fn outcome(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: CollectionPath,
) -> Result<HttpResponse, Problem> {
    let (workshop, collection) = path.into_inner();
    let member = server.member(&visitor, workshop)?;
    let row = row(&server, &member, &collection)?;
    if row.state != CollectionState::Revealed {
        return Err(Problem::CollectionOpen);
    }
    let key = format!("{}/{collection}", member.workshop);
    let outcome: Outcome = server.row(Table::Outcomes, &key)?.ok_or(Problem::NotFound)?;
    match (outcome.content, &row.question.ask) {
        (Content::Codings { coders }, _) => {
            let answered = outcome.answered;
            let shown = double_coding::outcome(&server, &member.workshop, &row, coders, answered).await?;
            tagged(request.headers(), &shown)
        }
        (Content::Ratings { rated }, Ask::Ratings { low, high, .. }) => {
            let reach: Option<Vec<_>> = matches!(row.question.about, Some(About::Balance { .. }))
                .then(|| rated.iter().map(reach).collect());
            let rated = ratings(rated, *low, *high);
            let answered = outcome.answered;
            let shown = json!({ "answered": answered, "kind": "ratings", "rated": rated, "reach": reach });
            tagged(request.headers(), &shown)
        }
        (content, _) => {
            let answered = outcome.answered;
            tagged(request.headers(), &Outcome { answered, content })
        }
    }
}

/// The rounds about claims that were revealed and that this member may know of, the newest first.
pub(super) async fn rounds_about_claims(server: &Server, member: &Member) -> Result<Vec<Round>, Problem> {
    let mut rows: Vec<CollectionRow> = server.rows(Table::Collections, &member.workshop).await?;
    rows.retain(|row| row.state == CollectionState::Revealed && row.shows(member.row.grants));
    rows.sort_by(|a, b| b.changed_ms.cmp(&a.changed_ms).then_with(|| a.id.cmp(&b.id)));
    let mut rounds = Vec::new();
    for row in rows {
        let (Some(About::Balance { claims, .. }), Ask::Ratings { items, .. }) =
            (row.question.about, row.question.ask)
        else {
            continue;
        };
        let key = format!("{}/{}", member.workshop, row.id);
        let outcome: Option<Outcome> = server.row(Table::Outcomes, &key)?;
        if let Some(Content::Ratings { rated }) = outcome.map(|outcome| outcome.content) {
            rounds.push(Round {
                collection: row.id,
                at_ms: row.changed_ms,
                claims,
                items,
                rated,
            });
        }
    }
    Ok(rounds)
}

/// A collection this member may know of; one they may not and one that is not there give the same answer.
fn row(server: &Server, member: &Member, collection: &CollectionId) -> Result<CollectionRow, Problem> {
    let key = format!("{}/{collection}", member.workshop);
    let row: Option<CollectionRow> = server.row(Table::Collections, &key)?;
    row.filter(|row| row.shows(member.row.grants))
        .ok_or(Problem::NotFound)
}

/// Gives a command that does the same however often it is given. An answer kept under a key would say who took part
/// also when that is destroyed.
async fn give_unkeyed(server: &Server, member: Member, command: Command) -> Result<Answer, Problem> {
    let caller = member.caller();
    let runtime = &server.core.runtime;
    Ok(runtime.command(member.workshop, caller, command, None).await?)
}

async fn give(
    request: &HttpRequest,
    server: &Server,
    visitor: &Visitor,
    path: CollectionPath,
    command: impl FnOnce(CollectionId) -> Command,
) -> Result<HttpResponse, Problem> {
    let (workshop, collection) = path.into_inner();
    let member = server.member(visitor, workshop)?;
    server
        .give(member, request.headers(), command(collection))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
