//! Handlers that take a `Visitor` answer 401 to who has no session.

use super::{Cookie, Problem, Server};
use crate::clock;
use crate::people::Visitor;
use actix_web::dev::Payload;
use actix_web::http::header::HeaderMap;
use actix_web::{FromRequest, HttpRequest, web};
use std::future::Future;
use std::pin::Pin;

impl FromRequest for Visitor {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Visitor, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let server = request.app_data::<web::Data<Server>>().cloned();
        let headers = request.headers().clone();
        Box::pin(async move {
            let server = server.ok_or(Problem::Internal)?;
            server.visitor(&headers).await?.ok_or(Problem::NoSession)
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
}
