//! `/account`: how the visitor signs in from a browser that does not know them (H10).

use super::{Problem, Server, origin};
use crate::clock;
use crate::people::{Password, RelyingParty, Visitor};
use actix_web::http::header::HeaderMap;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

/// `GET /account`.
pub async fn show(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
) -> Result<web::Json<Value>, Problem> {
    Ok(web::Json(json!({
        "account": server.core.people.account(&visitor.person.id)?,
        "passkeys_possible": party(&server, request.headers()).is_ok(),
        "confirmed": visitor.confirmed(clock::now_s()),
    })))
}

/// The body of `PUT /account/name`.
#[derive(Deserialize)]
pub struct Name {
    name: String,
}

/// `PUT /account/name`.
pub async fn rename(
    server: web::Data<Server>,
    visitor: Visitor,
    new: web::Json<Name>,
) -> Result<HttpResponse, Problem> {
    change(&server, &visitor)?;
    server
        .core
        .people
        .rename_account(&visitor.person.id, &new.name)
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The body of `PUT /account/password`.
#[derive(Deserialize)]
pub struct NewPassword {
    /// Where there is no account yet.
    #[serde(default)]
    name: Option<String>,
    password: Password,
}

/// `PUT /account/password`.
pub async fn set_password(
    server: web::Data<Server>,
    visitor: Visitor,
    new: web::Json<NewPassword>,
) -> Result<HttpResponse, Problem> {
    change(&server, &visitor)?;
    let NewPassword { name, password } = new.into_inner();
    let (people, now_s) = (&server.core.people, clock::now_s());
    people
        .set_password(&visitor.person.id, name.as_deref(), password, now_s)
        .await?;
    people.confirm(&visitor, now_s).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `DELETE /account/password`.
pub async fn remove_password(server: web::Data<Server>, visitor: Visitor) -> Result<HttpResponse, Problem> {
    change(&server, &visitor)?;
    server.core.people.remove_password(&visitor.person.id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The body of `POST /account/passkeys/begin`.
#[derive(Deserialize)]
pub struct Begin {
    #[serde(default)]
    name: Option<String>,
}

/// `POST /account/passkeys/begin`: what the browser needs to make one.
pub async fn begin_passkey(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    begin: web::Json<Begin>,
) -> Result<web::Json<Value>, Problem> {
    change(&server, &visitor)?;
    let party = party(&server, request.headers())?;
    let person = &visitor.person.id;
    let people = &server.core.people;
    let asked = people.ask_for_passkey(&party, person, begin.name.as_deref(), clock::now_s())?;
    Ok(web::Json(asked))
}

/// The body of `POST /account/passkeys`.
#[derive(Deserialize)]
pub struct NewPasskey {
    #[serde(default)]
    name: Option<String>,
    label: String,
    passkey: Value,
}

/// `POST /account/passkeys`: the one the browser made.
pub async fn add_passkey(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    new: web::Json<NewPasskey>,
) -> Result<HttpResponse, Problem> {
    change(&server, &visitor)?;
    let party = party(&server, request.headers())?;
    let (people, now_s) = (&server.core.people, clock::now_s());
    let made = (new.label.as_str(), &new.passkey);
    people
        .add_passkey(&party, &visitor.person.id, new.name.as_deref(), made, now_s)
        .await?;
    people.confirm(&visitor, now_s).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `DELETE /account/passkeys/{passkey}`.
pub async fn remove_passkey(
    server: web::Data<Server>,
    visitor: Visitor,
    passkey: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    change(&server, &visitor)?;
    server
        .core
        .people
        .remove_passkey(&visitor.person.id, &passkey)
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The address that passkeys are for.
pub fn party(server: &Server, headers: &HeaderMap) -> Result<RelyingParty, Problem> {
    origin::passkey_party(&server.config, headers).ok_or(Problem::NoPasskeysHere)
}

/// Whether the visitor may change how they sign in. Who has an account shows first who they are: a browser that was only
/// known again may be in other hands. Whoever waits in a lobby gets none.
fn change(server: &Server, visitor: &Visitor) -> Result<(), Problem> {
    let people = &server.core.people;
    if people.account(&visitor.person.id)?.is_some() {
        return if visitor.confirmed(clock::now_s()) {
            Ok(())
        } else {
            Err(Problem::ConfirmFirst)
        };
    }
    if people.is_owner(&visitor.person.id)? {
        return Ok(());
    }
    for workshop in visitor.person.participants.keys() {
        if people.participant(&visitor.person, workshop)?.is_some() {
            return Ok(());
        }
    }
    Err(Problem::NotAllowed)
}
