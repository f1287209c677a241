//! For the operator and the supervisor: is it up, can it store, what does it count.

use super::{Problem, Server};
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse, web};

/// `GET /healthz`: the process is up.
pub async fn health() -> &'static str {
    "ok"
}

/// `GET /readyz`: the store is writable.
pub async fn ready(server: web::Data<Server>) -> Result<&'static str, Problem> {
    if server.core.runtime.ready() && !server.slots.stopping() {
        Ok("ok")
    } else {
        Err(Problem::NotStored)
    }
}

/// `GET /metrics`: Prometheus text; for this machine alone unless the operator opened it.
pub async fn metrics(request: HttpRequest, server: web::Data<Server>) -> Result<HttpResponse, Problem> {
    let local = request.peer_addr().is_some_and(|peer| peer.ip().is_loopback());
    if !local && !server.config.metrics_public {
        return Err(Problem::NotFound);
    }
    let text = format!(
        "{}# TYPE samverk_lines gauge\nsamverk_lines {}\n{}",
        server.numbers.text(),
        server.lines.count(),
        server.core.runtime.metrics()
    );
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"))
        .body(text))
}
