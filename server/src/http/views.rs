//! `/workshops/{workshop}/register` and `…/views/…`: all cases of a workshop, as rows and as figures.

use super::{Problem, Server, matches, tagged, takes};
use crate::hub::rows::CatalogueRow;
use crate::people::Visitor;
use crate::store::{StoreError, Table};
use crate::views::{DocumentRow, Figures, Listed, Question, Reader, Rendered, Views};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, ETAG, VARY};
use actix_web::rt::time::sleep;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::analysis::silhouette::{GROUPS_TRIED, Method};
use samverk_shared::ids::{SubjectId, WorkshopId};
use samverk_shared::limits::ACTOR_MAP_CASES_MAX;
use samverk_shared::views::{Cases, grouping, selection};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeSet;

/// What is asked about groups.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Asked {
    pub cases: Cases,
    pub method: Method,
    pub groups: Option<usize>,
}

impl Asked {
    /// As a view answers it.
    pub fn question(&self) -> Result<grouping::Question, Problem> {
        if self.groups.is_some_and(|groups| !GROUPS_TRIED.contains(&groups)) {
            let (least, most) = (GROUPS_TRIED.start(), GROUPS_TRIED.end());
            return Err(Problem::BadRequest(format!("groups: {least} to {most}")));
        }
        Ok(grouping::Question {
            cases: self.cases,
            method: self.method,
            groups: self.groups,
        })
    }
}

/// Of which cases variation is asked for: of those a list or a search brought, or of all.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OfList {
    list: Option<String>,
}

/// What is asked about a selection.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AskedToSelect {
    size: Option<usize>,
    keep: bool,
}

/// Whose history is asked for; that of all cases where nothing is said.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AskedOfDecisions {
    subject: Option<SubjectId>,
}

/// What a query says.
pub(super) fn said<T>(query: Result<web::Query<T>, actix_web::Error>) -> Result<T, Problem> {
    let query = query.map_err(|cause| Problem::BadRequest(cause.to_string()))?;
    Ok(query.into_inner())
}

/// `GET …/register`: a row for each case.
pub async fn register(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<HttpResponse, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let rows: Vec<CatalogueRow> = server.rows(Table::Catalogue, &member.workshop).await?;
    let reader = Reader::of(member.row.grants);
    let (views, workshop) = (server.core.views.clone(), member.workshop);
    let rendered = web::block(move || views.register(&workshop, &Listed::of(&rows), reader)).await;
    Ok(respond(&request, rendered.map_err(|_| Problem::Busy)??))
}

/// `GET …/views/variation`: how varied the cases are.
pub async fn variation(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    asked: Result<web::Query<OfList>, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    server.member(&visitor, path.clone())?;
    let asked = said(asked)?;
    let question = Question::Variation(asked.list);
    figures(&request, &server, &visitor, path.into_inner(), question).await
}

/// `GET …/views/grouping`: which cases are alike.
pub async fn grouping(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    asked: Result<web::Query<Asked>, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    // Who is not in the workshop is told so, whatever they ask.
    server.member(&visitor, path.clone())?;
    let asked = said(asked)?;
    let question = Question::Grouping(asked.question()?);
    figures(&request, &server, &visitor, path.into_inner(), question).await
}

/// `GET …/views/selection`: how far the selection has come, and two to start from.
pub async fn selection(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    asked: Result<web::Query<AskedToSelect>, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    server.member(&visitor, path.clone())?;
    let asked = said(asked)?;
    let size = asked.size.unwrap_or(selection::SIZE);
    if !selection::SIZES.contains(&size) {
        let (least, most) = (selection::SIZES.start(), selection::SIZES.end());
        return Err(Problem::BadRequest(format!("size: {least} to {most}")));
    }
    let question = Question::Selection(selection::Question {
        size,
        keep: asked.keep,
    });
    figures(&request, &server, &visitor, path.into_inner(), question).await
}

/// `GET …/views/decisions`: who chose and deselected what, when and why; the newest first.
pub async fn decisions(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    asked: Result<web::Query<AskedOfDecisions>, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let asked = said(asked)?;
    let mut rows: Vec<CatalogueRow> = server.rows(Table::Catalogue, &member.workshop).await?;
    if let Some(subject) = &asked.subject {
        rows.retain(|row| row.subject == *subject);
    }
    let reader = Reader::of(member.row.grants);
    let (views, workshop) = (server.core.views.clone(), member.workshop);
    let whole = asked.subject.is_none();
    let found = web::block(move || views.decisions(&workshop, Listed::of(&rows).cases, reader, whole)).await;
    let decisions = found.map_err(|_| Problem::Busy)??;
    tagged(request.headers(), &json!({ "decisions": decisions }))
}

/// `GET …/views/uses`: which things refer to which.
pub async fn uses(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<HttpResponse, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let rows: Vec<CatalogueRow> = server.rows(Table::Catalogue, &member.workshop).await?;
    let rows: Vec<DocumentRow> = rows.iter().map(DocumentRow::from).collect();
    let reader = Reader::of(member.row.grants);
    let (views, workshop) = (server.core.views.clone(), member.workshop);
    let found = web::block(move || views.uses(&workshop, &rows, reader)).await;
    tagged(request.headers(), &found.map_err(|_| Problem::Busy)??)
}

/// What is asked about what is missing.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OfWhich {
    cases: Cases,
}

/// `GET …/views/missing`: blanks, what is not settled, what is to be found out, and what it all rests on.
pub async fn missing(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    asked: Result<web::Query<OfWhich>, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    server.member(&visitor, path.clone())?;
    let asked = said(asked)?;
    let question = Question::Missing(asked.cases);
    figures(&request, &server, &visitor, path.into_inner(), question).await
}

/// `GET …/views/hand-made`: how clearly the groups people made stand apart.
pub async fn hand_made(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<HttpResponse, Problem> {
    let question = Question::HandMade;
    figures(&request, &server, &visitor, path.into_inner(), question).await
}

/// `GET …/views/organisations`: who the parties of all cases are, under which names, and which names may be one.
pub async fn organisations(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<HttpResponse, Problem> {
    let question = Question::Organisations;
    figures(&request, &server, &visitor, path.into_inner(), question).await
}

/// Whose map is asked for: subjects with commas between them.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AskedOfActors {
    cases: String,
}

impl AskedOfActors {
    fn subjects(&self) -> Result<BTreeSet<SubjectId>, Problem> {
        let each = self.cases.split(',').filter(|one| !one.is_empty());
        let parsed: Result<BTreeSet<SubjectId>, _> = each.map(str::parse).collect();
        let subjects = parsed.map_err(|_| Problem::BadRequest("cases: subjects, a comma between".into()))?;
        if subjects.len() > ACTOR_MAP_CASES_MAX {
            return Err(Problem::BadRequest(format!(
                "cases: {ACTOR_MAP_CASES_MAX} at most"
            )));
        }
        Ok(subjects)
    }
}

/// `GET …/views/actor-map`: who works together in some cases.
pub async fn actor_map(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    asked: Result<web::Query<AskedOfActors>, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    server.member(&visitor, path.clone())?;
    let asked = said(asked)?;
    let question = Question::ActorMap(asked.subjects()?);
    figures(&request, &server, &visitor, path.into_inner(), question).await
}

/// Figures as the rows are when they are computed, for who may still read them then.
async fn figures(
    request: &HttpRequest,
    server: &Server,
    visitor: &Visitor,
    workshop: WorkshopId,
    question: Question,
) -> Result<HttpResponse, Problem> {
    let ask = move |of: Of<'_>| {
        let listed = Listed::of(of.catalogue);
        Ok(Some(of.views.figures(
            of.workshop,
            &listed,
            of.reader,
            &question,
        )?))
    };
    answered(request, server, visitor, workshop, ask).await
}

/// What figures are asked of.
pub(super) struct Of<'a> {
    pub views: &'a Views,
    pub workshop: &'a WorkshopId,
    pub catalogue: &'a [CatalogueRow],
    pub reader: Reader,
}

/// What `ask` answers, asked again where figures rest; not found where it answers nothing.
pub(super) async fn answered(
    request: &HttpRequest,
    server: &Server,
    visitor: &Visitor,
    workshop: WorkshopId,
    ask: impl Fn(Of<'_>) -> Result<Option<Figures>, StoreError> + Clone + Send + 'static,
) -> Result<HttpResponse, Problem> {
    loop {
        let member = server.member(visitor, workshop.clone())?;
        let catalogue: Vec<CatalogueRow> = server.rows(Table::Catalogue, &workshop).await?;
        let reader = Reader::of(member.row.grants);
        let (views, ask) = (server.core.views.clone(), ask.clone());
        let answer = web::block(move || {
            ask(Of {
                views: &views,
                workshop: &member.workshop,
                catalogue: &catalogue,
                reader,
            })
        });
        match answer
            .await
            .map_err(|_| Problem::Busy)??
            .ok_or(Problem::NotFound)?
        {
            Figures::Ready(rendered) => return Ok(respond(request, rendered)),
            Figures::Rest(rest) => sleep(rest).await,
        }
    }
}

fn respond(request: &HttpRequest, rendered: Rendered) -> HttpResponse {
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
        return response.finish();
    }
    response.content_type("application/json");
    match zipped {
        Some(zipped) => response
            .insert_header((CONTENT_ENCODING, "gzip"))
            .body(zipped.to_vec()),
        None => response.body(rendered.json.to_vec()),
    }
}
