//! `/workshops/{workshop}/register`: all cases of a workshop, as rows.

use super::{Problem, Server, matches, takes};
use crate::hub::rows::CatalogueRow;
use crate::people::Visitor;
use crate::store::Table;
use crate::views::{CaseRow, Reader};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, ETAG, VARY};
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::access::Kind;
use samverk_shared::ids::WorkshopId;

/// `GET …/register`.
pub async fn show(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<HttpResponse, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let rows: Vec<CatalogueRow> = server.rows(Table::Catalogue, &member.workshop).await?;
    let reader = Reader::of(member.row.grants);
    let (views, workshop) = (server.core.views.clone(), member.workshop);
    let rendered = web::block(move || views.register(&workshop, cases(rows), reader)).await;
    let rendered = rendered.map_err(|_| Problem::Busy)??;
    let tag = format!("\"{}\"", rendered.etag);
    let same = matches(request.headers(), &tag);
    let zipped = rendered.gzip.filter(|_| takes(request.headers(), "gzip"));
    let mut response = if same {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        // Weak: the same for the compressed copy.
        .insert_header((ETAG, format!("W/{tag}")))
        .insert_header((VARY, "Accept-Encoding"))
        .insert_header((CACHE_CONTROL, "private, no-cache"));
    if same {
        return Ok(response.finish());
    }
    response.content_type("application/json");
    Ok(match zipped {
        Some(zipped) => response
            .insert_header((CONTENT_ENCODING, "gzip"))
            .body(zipped.to_vec()),
        None => response.body(rendered.json.to_vec()),
    })
}

fn cases(rows: Vec<CatalogueRow>) -> impl Iterator<Item = CaseRow> {
    rows.into_iter()
        .filter(|row| row.kind == Kind::Case)
        .map(|row| CaseRow {
            subject: row.subject,
            document: row.document,
            audience: row.audience,
            state: row.state,
        })
}
