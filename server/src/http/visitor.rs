//! Handlers that take a `Visitor` answer 401 to who has no session.

use super::{Cookie, Problem, Server};
use crate::clock;
use crate::people::{Secret, Visitor};
use actix_web::dev::Payload;
use actix_web::http::header::HeaderMap;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use std::future::Future;
use std::pin::Pin;

type Extracted<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

/// The new token of the session that a request came with; every answer gives it to the browser.
pub struct Renewed(pub Secret);

impl FromRequest for Visitor {
    type Error = Problem;
    type Future = Extracted<Visitor>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let server = request.app_data::<web::Data<Server>>().ok_or(Problem::Internal)?;
            server.renewed(&request).await?.ok_or(Problem::NoSession)
        })
    }
}

/// A visitor whose token stays as it is: of requests whose answers are held, a cookie would come too late.
pub struct Carried(pub Visitor);

impl FromRequest for Carried {
    type Error = Problem;
    type Future = Extracted<Carried>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let server = request.app_data::<web::Data<Server>>().ok_or(Problem::Internal)?;
            let visitor = server.visitor(request.headers()).await?;
            Ok(Carried(visitor.ok_or(Problem::NoSession)?))
        })
    }
}

impl Server {
    /// Whose session the request's cookie opens; `None` without one.
    pub async fn visitor(&self, headers: &HeaderMap) -> Result<Option<Visitor>, Problem> {
        match Cookie::Session.read(self.config.https(), headers) {
            Some(token) => Ok(self.core.people.visitor(&token, clock::now_s()).await?),
            None => Ok(None),
        }
    }

    /// The same; where what they may has changed, the answer brings the session's new token (rule H11).
    pub async fn renewed(&self, request: &HttpRequest) -> Result<Option<Visitor>, Problem> {
        let Some(token) = Cookie::Session.read(self.config.https(), request.headers()) else {
            return Ok(None);
        };
        let (people, now_s) = (&self.core.people, clock::now_s());
        let Some(visitor) = people.visitor(&token, now_s).await? else {
            return Ok(None);
        };
        if let Some(new) = people.renew_token(&visitor, &token, now_s).await? {
            request.extensions_mut().insert(Renewed(new));
        }
        Ok(Some(visitor))
    }
}
