//! `/admin`: for the server's owner. Is it well, and who has access? (H11)
//!
//! **Invariant:** to everybody else none of this is there: they get what an unknown address gets.

pub mod people;
pub mod server;
pub mod workshops;

use super::{Problem, Server};
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};

/// Lets the owner through, and nobody else.
pub async fn owner_only(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match is_owner(&request).await {
        Ok(true) => Ok(next.call(request).await?.map_into_boxed_body()),
        Ok(false) => Ok(refused(request, Problem::NotFound)),
        Err(problem) => Ok(refused(request, problem)),
    }
}

async fn is_owner(request: &ServiceRequest) -> Result<bool, Problem> {
    let server = request.app_data::<web::Data<Server>>().ok_or(Problem::Internal)?;
    let visitor = server.visitor(request.headers()).await?;
    match visitor {
        Some(visitor) => Ok(server.core.people.is_owner(&visitor.person.id)?),
        None => Ok(false),
    }
}

fn refused(request: ServiceRequest, problem: Problem) -> ServiceResponse<BoxBody> {
    ServiceResponse::new(request.into_parts().0, HttpResponse::from_error(problem))
}
