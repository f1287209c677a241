//! `/workshops/{workshop}/decisions`: deciding about several cases at once, and taking that back (R38).

use super::{Problem, Server, key_of_another};
use crate::hub::{Answer, Command};
use crate::people::Visitor;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::case::{Criterion, Decision, Selection};
use samverk_shared::ids::{SubjectId, WorkshopId};
use samverk_shared::limits::DECIDED_CASES_MAX;
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// The body of `POST …/decisions`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    decisions: Vec<About>,
}

/// One decision about some cases; each case stands in one of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    cases: Vec<SubjectId>,
    decision: Decision,
    #[serde(default)]
    criterion: Criterion,
    #[serde(default)]
    reason: String,
    /// What was seen of the cases when this was decided.
    seen: Option<Seen>,
}

/// A decision as a row of the register shows it.
#[derive(Deserialize, Clone)]
struct Seen {
    decision: Decision,
    #[serde(default)]
    criterion: Criterion,
    #[serde(default)]
    reason: String,
}

impl From<Seen> for Selection {
    fn from(seen: Seen) -> Self {
        Selection {
            decision: seen.decision,
            criterion: seen.criterion,
            reason: seen.reason,
            by: String::new(),
        }
    }
}

/// `POST …/decisions`.
pub async fn decide(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    new: web::Json<New>,
) -> Result<HttpResponse, Problem> {
    let (mut decisions, mut seen) = (BTreeMap::new(), BTreeMap::new());
    for about in new.into_inner().decisions {
        let selection = Selection {
            decision: about.decision,
            criterion: about.criterion,
            reason: about.reason.trim().to_owned(),
            by: String::new(),
        };
        for case in about.cases {
            if let Some(then) = about.seen.clone() {
                seen.insert(case.clone(), then.into());
            }
            if decisions.insert(case, selection.clone()).is_some() {
                return Err(Problem::BadRequest("cases: each once".into()));
            }
        }
    }
    bounded(decisions.len())?;
    let command = Command::Decide { decisions, seen };
    give(&request, &server, &visitor, path.into_inner(), command).await
}

/// The body of `POST …/decisions/undo`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Back {
    cases: BTreeSet<SubjectId>,
}

/// `POST …/decisions/undo`: puts back what stood before the caller last decided.
pub async fn take_back(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    back: web::Json<Back>,
) -> Result<HttpResponse, Problem> {
    let cases = back.into_inner().cases;
    bounded(cases.len())?;
    let command = Command::TakeBackDecisions { cases };
    give(&request, &server, &visitor, path.into_inner(), command).await
}

fn bounded(cases: usize) -> Result<(), Problem> {
    match cases {
        0..=DECIDED_CASES_MAX => Ok(()),
        _ => Err(Problem::BadRequest(format!("cases: {DECIDED_CASES_MAX} at most"))),
    }
}

async fn give(
    request: &HttpRequest,
    server: &Server,
    visitor: &Visitor,
    workshop: WorkshopId,
    command: Command,
) -> Result<HttpResponse, Problem> {
    let member = server.member(visitor, workshop)?;
    let answer = server.give(member, request.headers(), command).await?;
    let Answer::Decided { decided, same, left } = answer else {
        return Err(key_of_another());
    };
    Ok(HttpResponse::Ok().json(json!({ "decided": decided, "same": same, "left": left })))
}
