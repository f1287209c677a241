//! What every answer goes through: the check of where a request comes from, the security headers, the
//! reader's language, and the count.

use super::error::Problem;
use super::language::Language;
use super::visitor::Renewed;
use super::{Server, cookie, origin};
use crate::config::Config;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{StatusCode, header::TryIntoHeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, web};

/// Headers that are the same on every answer (H6).
const HEADERS: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("x-frame-options", "DENY"),
];
/// One year.
const HSTS: &str = "max-age=31536000";

/// Takes a request to its handler and the answer back to the reader.
pub async fn answer(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let server = request.app_data::<web::Data<Server>>().cloned();
    let Some(server) = server else {
        return Err(Problem::Internal.into());
    };
    let response = if origin::may_change(&server.config, request.method(), request.headers()) {
        next.call(request).await?.map_into_boxed_body()
    } else {
        ServiceResponse::new(
            request.into_parts().0,
            HttpResponse::from_error(Problem::OtherOrigin),
        )
    };
    let mut response = in_words(response);
    let csp = content_policy(&server.config, response.request().headers());
    secure(&server.config, csp, response.headers_mut());
    let renewed = response.request().extensions_mut().remove::<Renewed>();
    if let Some(Renewed(token)) = renewed {
        cookie::renew(response.headers_mut(), server.config.https(), &token);
    }
    count(&server, &response);
    Ok(response)
}

/// A refusal as a sentence in the reader's language, whoever refused.
fn in_words(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let named = response
        .response()
        .error()
        .and_then(|error| error.as_error::<Problem>())
        .cloned();
    let problem = named.or_else(|| Problem::of_status(response.status()));
    let Some(problem) = problem else { return response };
    let allow = response.headers().get(header::ALLOW).cloned();
    let (request, _) = response.into_parts();
    let mut told = problem.response(Language::wanted(request.headers()));
    if let Some(allow) = allow {
        told.headers_mut().insert(header::ALLOW, allow);
    }
    if problem == Problem::Busy {
        told.headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    ServiceResponse::new(request, told)
}

fn secure(config: &Config, csp: String, headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if let Ok(csp) = csp.try_into_value() {
        headers.insert(header::CONTENT_SECURITY_POLICY, csp);
    }
    if config.https() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HSTS));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// `ws:` is named with the host because not every browser counts it to `'self'`.
fn content_policy(config: &Config, request: &HeaderMap) -> String {
    let socket = match &config.public_url {
        Some(url) => url.origin().replacen("http", "ws", 1),
        None => origin::host(request)
            .map(|host| format!("ws://{host}"))
            .unwrap_or_default(),
    };
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; \
         img-src 'self' data: blob:; font-src 'self'; manifest-src 'self'; connect-src 'self' {socket}; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}

/// Counts under the route's pattern: a path may hold what nobody should read (H2).
fn count(server: &Server, response: &ServiceResponse<BoxBody>) {
    let route = response
        .request()
        .match_pattern()
        .unwrap_or_else(|| "web".to_owned());
    let status = response.status();
    server.numbers.request(&route, status.as_u16());
    if status.is_server_error() && status != StatusCode::SERVICE_UNAVAILABLE {
        tracing::error!(%route, %status, "a request failed");
    } else {
        tracing::debug!(%route, %status, "answered");
    }
}
