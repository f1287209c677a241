//! `/join`: coming in by a link.

use super::links::strongest;
use super::{Problem, Server, cookie, session};
use crate::clock;
use crate::hub::rows::{LinkRow, WorkshopRow};
use crate::hub::{Answer, Caller, Command, CommandError};
use crate::people::{Opening, PersonRow, Secret, Visitor};
use crate::store::Table;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::ids::WorkshopId;
use serde::Deserialize;
use serde_json::{Value, json};

/// The body of `POST /join/look`.
#[derive(Deserialize)]
pub struct Look {
    secret: String,
}

/// `POST /join/look`: where a link leads. Spends nothing.
pub async fn look(server: web::Data<Server>, look: web::Json<Look>) -> Result<web::Json<Value>, Problem> {
    let (workshop, link) = find(&server, &look.secret)?;
    let row: Option<WorkshopRow> = server.row(Table::Workshops, workshop.as_str())?;
    let row = row.ok_or(Problem::LinkUnknown)?;
    let here = server.core.runtime.here(&workshop).len();
    Ok(web::Json(json!({
        "workshop": workshop,
        "title": row.title,
        "purpose": row.purpose,
        "roles": link.roles,
        "grant": strongest(link.grants),
        "here": here,
        "lobby": link.lobby,
    })))
}

/// The body of `POST /join`.
#[derive(Deserialize)]
pub struct Join {
    secret: String,
    name: String,
    actor_group: String,
    #[serde(default)]
    organisation: String,
    /// Somebody else on the same browser.
    #[serde(default)]
    as_new: bool,
}

/// `POST /join`: lets a person in, with a new session.
pub async fn join(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Option<Visitor>,
    join: web::Json<Join>,
) -> Result<HttpResponse, Problem> {
    let join = join.into_inner();
    let (workshop, link) = find(&server, &join.secret)?;
    let visitor = visitor.filter(|_| !join.as_new);
    let person = who_comes(&server, visitor.as_ref()).await?;
    let command = Command::Join {
        link: link.id,
        person: person.id.clone(),
        name: join.name.trim().to_owned(),
        actor_group: join.actor_group,
        organisation: join.organisation.trim().to_owned(),
    };
    let answer = server
        .core
        .runtime
        .command(workshop.clone(), Caller::Server, command, None)
        .await?;
    let Answer::Participant { participant, waits } = answer else {
        return Err(Problem::Internal);
    };
    let people = &server.core.people;
    people
        .add_participant(&person.id, &workshop, &participant)
        .await?;
    let mut response = HttpResponse::Ok();
    if visitor.is_none() {
        let opening = Opening {
            remember: true,
            browser: session::browser(request.headers()),
            ..Opening::default()
        };
        let (_, tokens) = people.open_session(&person, opening, clock::now_s()).await?;
        cookie::give(&mut response, server.config.https(), &tokens);
    }
    Ok(response.json(json!({ "participant": participant, "workshop": workshop, "waits": waits })))
}

/// The person of the session, or somebody new.
async fn who_comes(server: &Server, visitor: Option<&Visitor>) -> Result<PersonRow, Problem> {
    match visitor {
        Some(visitor) => Ok(visitor.person.clone()),
        None => Ok(server.core.people.add_person(clock::now_s()).await?),
    }
}

fn find(server: &Server, secret: &str) -> Result<(WorkshopId, LinkRow), Problem> {
    let secret = Secret::presented(secret).ok_or(Problem::LinkUnknown)?;
    let people = &server.core.people;
    let now_s = clock::now_s();
    if secret.is_code()
        && let Some(seconds) = people.wrong_codes.wait_s(now_s)
    {
        return Err(Problem::TooManyTries(seconds));
    }
    let Some((workshop, link)) = people.link(&secret)? else {
        if secret.is_code() {
            people.wrong_codes.note(now_s);
            return Err(Problem::CodeUnknown);
        }
        return Err(Problem::LinkUnknown);
    };
    match link.refuses(clock::now_ms()) {
        Some(refused) => Err(CommandError::Refused(refused).into()),
        None => Ok((workshop, link)),
    }
}
