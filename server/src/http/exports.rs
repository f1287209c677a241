//! `/workshops/{workshop}/exports/{file}`: files for people to take along.

use super::language::Language;
use super::views::Asked;
use super::{Member, Problem, Server};
use crate::code_form;
use crate::exports::{self, Table, Words, file_name, names};
use crate::hub::rows::CatalogueRow;
use crate::people::Visitor;
use crate::store::Table as Rows;
use crate::views::{Content, Listed, Reader, Views};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::access::State;
use samverk_shared::analysis::silhouette::Method;
use samverk_shared::case::{Case, Decision};
use samverk_shared::characteristic::Characteristics;
use samverk_shared::ids::WorkshopId;
use samverk_shared::limits::EXPORT_DISTANCES_CASES_MAX;
use samverk_shared::register::RegisterRow;
use samverk_shared::views::Cases;
use serde::Deserialize;
use std::sync::Arc;

/// What is asked of a file: in which language, the reader's own where nothing is said; and of groups and distances, of
/// which cases and how.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wanted {
    language: Option<String>,
    cases: Cases,
    method: Method,
    groups: Option<usize>,
}

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Register,
    Codings,
    CodeBook,
    Coverage,
    Pairs,
    Mixes,
    Distances,
    Groups,
    Sources,
    CodeForm,
}

impl What {
    /// By the stem of the file's name in the address.
    const ALL: [(&'static str, What, Words); 10] = [
        ("register", What::Register, names::REGISTER),
        ("codings", What::Codings, names::CODINGS),
        ("code-book", What::CodeBook, names::CODE_BOOK),
        ("coverage", What::Coverage, names::COVERAGE),
        ("pairs", What::Pairs, names::PAIRS),
        ("mixes", What::Mixes, names::MIXES),
        ("distances", What::Distances, names::DISTANCES),
        ("groups", What::Groups, names::GROUPS),
        ("sources", What::Sources, names::SOURCES),
        ("code-form", What::CodeForm, names::CODE_FORM),
    ];
}

/// As what it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Xlsx,
    Ris,
    Bibtex,
}

impl Format {
    /// By the ending of the file's name, with its media type.
    const ALL: [(&'static str, Format, &'static str); 4] = [
        ("csv", Format::Csv, "text/csv; charset=utf-8"),
        (
            "xlsx",
            Format::Xlsx,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (
            "ris",
            Format::Ris,
            "application/x-research-info-systems; charset=utf-8",
        ),
        ("bib", Format::Bibtex, "application/x-bibtex; charset=utf-8"),
    ];

    /// Tables are for spreadsheets, sources for reference managers; a code form has lists to choose from.
    fn fits(self, what: What) -> bool {
        match what {
            What::Sources => matches!(self, Format::Ris | Format::Bibtex),
            What::CodeForm => self == Format::Xlsx,
            _ => matches!(self, Format::Csv | Format::Xlsx),
        }
    }
}

/// `GET …/exports/{file}`: the file of this name, with what this member may read.
pub async fn show(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<(WorkshopId, String)>,
    wanted: Result<web::Query<Wanted>, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    let (workshop, file) = path.into_inner();
    let member = server.member(&visitor, workshop)?;
    let (stem, ending) = file.rsplit_once('.').ok_or(Problem::NotFound)?;
    let (_, what, name) = *What::ALL
        .iter()
        .find(|one| one.0 == stem)
        .ok_or(Problem::NotFound)?;
    let (ending, format, media) = *Format::ALL
        .iter()
        .find(|one| one.0 == ending && one.1.fits(what))
        .ok_or(Problem::NotFound)?;
    let wanted = wanted
        .map_err(|cause| Problem::BadRequest(cause.to_string()))?
        .into_inner();
    let language = match wanted.language {
        Some(tag) => {
            Language::of_tag(&tag).ok_or_else(|| Problem::BadRequest("language: nb, nn or en".into()))?
        }
        None => Language::wanted(request.headers()),
    };
    let asked = Asked {
        cases: wanted.cases,
        method: wanted.method,
        groups: wanted.groups,
    };
    let bytes = made(&server, member, what, format, language, asked).await?;
    let file = file_name(name, ending, language);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .content_type(media)
        .body(bytes))
}

/// The file's bytes. It may read through every case: one at a time, and the others wait.
async fn made(
    server: &Server,
    member: Member,
    what: What,
    format: Format,
    language: Language,
    asked: Asked,
) -> Result<Vec<u8>, Problem> {
    let turn = server.core.people.exports.acquire().await;
    let _turn = turn.map_err(|_| Problem::Busy)?;
    let catalogue: Vec<CatalogueRow> = server.rows(Rows::Catalogue, &member.workshop).await?;
    let views = server.core.views.clone();
    let made = web::block(move || {
        let set = views.characteristics(&member.workshop)?;
        let from = From {
            views: &views,
            set: &set,
            workshop: &member.workshop,
            reader: Reader::of(member.row.grants),
            listed: Listed::of(&catalogue),
        };
        if what == What::Sources {
            let found = exports::sources(&from.whole()?);
            let text = if format == Format::Ris {
                exports::ris(&found)
            } else {
                exports::bibtex(&found)
            };
            return Ok(text.into_bytes());
        }
        if what == What::CodeForm {
            let cases = from.chosen(asked.cases)?;
            let form = code_form::write(from.workshop, &cases, &set, language);
            return form.map_err(unwritable);
        }
        let table = from.table(what, language, asked)?;
        if format == Format::Csv {
            return exports::csv(&table, language).map_err(unwritable);
        }
        exports::xlsx(&[table]).map_err(unwritable)
    });
    made.await.map_err(|_| Problem::Busy)?
}

pub(super) fn unwritable(error: impl std::fmt::Display) -> Problem {
    tracing::error!(%error, "a file cannot be written");
    Problem::Internal
}

/// What a file is made from.
struct From<'a> {
    views: &'a Views,
    set: &'a Characteristics,
    workshop: &'a WorkshopId,
    reader: Reader,
    listed: Listed,
}

impl From<'_> {
    fn table(&self, what: What, language: Language, asked: Asked) -> Result<Table, Problem> {
        let set = self.set;
        let rows = || self.rows();
        Ok(match what {
            What::Register => exports::register(&self.whole()?, set, language),
            What::Codings => exports::codings(&self.whole()?, set, language),
            What::CodeBook => exports::code_book(set, as_refs(&rows()?), language),
            What::Coverage => exports::coverage(as_refs(&rows()?), set, language),
            What::Pairs => exports::pairs(as_refs(&rows()?), set, language),
            What::Mixes => exports::mixes(as_refs(&rows()?), set, language),
            What::Distances => {
                let rows = rows()?;
                if rows.len() > EXPORT_DISTANCES_CASES_MAX {
                    return Err(Problem::TooLarge);
                }
                exports::distances(as_refs(&rows), set, asked.cases, language)
            }
            What::Groups => exports::groups(as_refs(&rows()?), set, asked.question()?, language),
            What::Sources | What::CodeForm => return Err(Problem::NotFound),
        })
    }

    fn rows(&self) -> Result<Vec<Arc<RegisterRow>>, Problem> {
        Ok(self.views.rows(self.workshop, &self.listed, self.reader)?)
    }

    /// The cases of a form: all that take edits, or those of them that are chosen.
    fn chosen(&self, cases: Cases) -> Result<Vec<Content>, Problem> {
        let mut contents =
            self.views
                .contents(self.workshop, self.listed.cases.iter().cloned(), self.reader)?;
        contents.retain(|one| {
            let fits = cases == Cases::All || one.case.selection.decision == Decision::In;
            fits && one.state == State::Open
        });
        Ok(contents)
    }

    fn whole(&self) -> Result<Vec<Case>, Problem> {
        let contents = self
            .views
            .contents(self.workshop, self.listed.cases.iter().cloned(), self.reader)?;
        Ok(contents.into_iter().map(|Content { case, .. }| case).collect())
    }
}

fn as_refs(rows: &[Arc<RegisterRow>]) -> impl Iterator<Item = &RegisterRow> + Clone {
    rows.iter().map(Arc::as_ref)
}
