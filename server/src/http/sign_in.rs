//! `/sign-in`: coming in by an account.

use super::account::party;
use super::{Problem, Server, session};
use crate::clock;
use crate::people::{Password, Visitor};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::Value;

/// `POST /sign-in/begin`: what the browser needs to show a passkey.
pub async fn begin(request: HttpRequest, server: web::Data<Server>) -> Result<web::Json<Value>, Problem> {
    let party = party(&server, request.headers())?;
    Ok(web::Json(server.core.people.ask_to_sign_in(&party)?))
}

/// The body of `POST /sign-in`.
#[derive(Deserialize)]
pub struct SignIn {
    #[serde(flatten)]
    by: By,
    /// The browser is to be known again.
    #[serde(default)]
    remember: bool,
}

/// What somebody shows.
#[derive(Deserialize)]
#[serde(untagged)]
enum By {
    Passkey { passkey: Value },
    Password { name: String, password: Password },
}

/// `POST /sign-in`: the account's person, always with a new session. Whoever else used this browser is signed out.
pub async fn sign_in(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Option<Visitor>,
    body: web::Json<SignIn>,
) -> Result<HttpResponse, Problem> {
    let SignIn { by, remember } = body.into_inner();
    let (people, now_s) = (&server.core.people, clock::now_s());
    let person = match by {
        By::Passkey { passkey } => {
            let party = party(&server, request.headers())?;
            people.sign_in_by_passkey(&party, &passkey, now_s).await?
        }
        By::Password { name, password } => people.sign_in_by_password(&name, password, now_s).await?,
    };
    let person = people.person(&person)?.ok_or(Problem::SignInFailed)?;
    let how = session::How {
        remember,
        confirmed: true,
    };
    session::open(&server, request.headers(), visitor, person, how).await
}
