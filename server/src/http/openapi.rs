//! `/openapi.json`: the HTTP interface, described for programs. It is kept by hand, beside the routes.

use actix_web::HttpResponse;

/// `GET /openapi.json`.
pub async fn show() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .body(include_str!("openapi.json"))
}
