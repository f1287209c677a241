//! The web client, built into the binary: compressed as the browser takes it, never twice when it has it.

use crate::http::{Problem, matches, takes};
use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, VARY};
use actix_web::{HttpRequest, HttpResponse};
use rust_embed::{Embed, EmbeddedFile};
use std::fmt::Write;

#[derive(Embed)]
#[folder = "$SAMVERK_WEB_EMBED"]
struct Client;

const PAGE: &str = "index.html";
/// The names of what is in `assets/` change with the content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// What is not a route of the server: a file of the client, or its page, which knows its own addresses.
pub async fn serve(request: HttpRequest) -> Result<HttpResponse, Problem> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Problem::Method);
    }
    let path = request.path().trim_start_matches('/');
    let is_file =
        path.starts_with("assets/") || path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let name = if is_file { path } else { PAGE };
    let plain = Client::get(name).ok_or(Problem::NotFound)?;
    let (file, encoding) = encoded(name, request.headers()).unwrap_or((plain, None));
    Ok(answer(name, file, encoding, request.headers()))
}

/// The compressed copy beside the file that the browser takes, the smallest first.
fn encoded(name: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let copies = [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(encoding, _)| takes(headers, encoding));
    let mut files =
        copies.filter_map(|(encoding, end)| Some((Client::get(&format!("{name}.{end}"))?, Some(encoding))));
    files.next()
}

fn answer(
    name: &str,
    file: EmbeddedFile,
    encoding: Option<&'static str>,
    headers: &HeaderMap,
) -> HttpResponse {
    let tag = tag(&file);
    let same = matches(headers, &tag);
    let mut response = if same {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    let cache = if name.starts_with("assets/") {
        FOR_EVER
    } else {
        "no-cache"
    };
    response
        .insert_header((ETAG, tag))
        .insert_header((CACHE_CONTROL, cache));
    response.insert_header((VARY, "Accept-Encoding"));
    if same {
        return response.finish();
    }
    if let Some(encoding) = encoding {
        response.insert_header((CONTENT_ENCODING, encoding));
    }
    response
        .insert_header((CONTENT_TYPE, content_type(name)))
        .body(file.data.into_owned())
}

/// Each copy has its own content and so its own tag.
fn tag(file: &EmbeddedFile) -> String {
    let mut tag = String::from("\"");
    for byte in &file.metadata.sha256_hash()[..16] {
        // Writing to a String cannot fail.
        write!(tag, "{byte:02x}").ok();
    }
    tag + "\""
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
