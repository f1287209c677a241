//! `/workshops/{workshop}/cases/{stays}/merges/{goes}`: two cases that turned out to be one, side by side, and making them one.

use super::imports::team;
use super::language::Language;
use super::{Member, Problem, Server, key_of_another, tagged};
use crate::exports::InWords;
use crate::hub::rows::CatalogueRow;
use crate::hub::{Answer, Command, CommandError, Merging, Refused};
use crate::people::Visitor;
use crate::store::{ChangeHash, Table};
use crate::views::{CaseRow, Reader};
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::access::Kind;
use samverk_shared::case::Case;
use samverk_shared::characteristic::Characteristics;
use samverk_shared::document::same::{new_parties, new_sources};
use samverk_shared::ids::{SubjectId, WorkshopId};
use samverk_shared::import::CellKind;
use samverk_shared::import::cells::Cell;
use samverk_shared::merge;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A workshop, the case that stays and the one that goes.
type Path = (WorkshopId, SubjectId, SubjectId);

/// What either case says, and what would come along.
#[derive(Serialize)]
struct Look {
    cells: Vec<Cell>,
    /// Names of parties the one that stays does not have.
    parties: Vec<String>,
    /// Titles of sources the one that stays does not have.
    sources: Vec<String>,
    needs: usize,
    /// Lists and searches the one that goes came from.
    lists: Vec<String>,
    /// Digest of what they say differently: what somebody decides about.
    seen: String,
}

/// `GET …`.
pub async fn look(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<Path>,
) -> Result<HttpResponse, Problem> {
    let (_, both) = both(&server, &visitor, path.into_inner()).await?;
    tagged(request.headers(), &both.look())
}

/// The body of `POST …`.
#[derive(Deserialize)]
pub struct Decided {
    /// Fields of which the one that goes is taken, where they differ.
    take: BTreeSet<String>,
    /// As `look` gave it.
    seen: String,
}

/// `POST …`: refused with `cases-changed` where they do not differ as was seen.
pub async fn merge(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<Path>,
    decided: web::Json<Decided>,
) -> Result<HttpResponse, Problem> {
    const TIMES_MAX: u32 = 3;
    let (path, decided) = (path.into_inner(), decided.into_inner());
    let language = Language::wanted(request.headers());
    let mut times = 0;
    loop {
        let (member, both) = both(&server, &visitor, path.clone()).await?;
        let is_seen = both.seen() == decided.seen;
        let command = Command::MergeCases(Box::new(both.merging(&decided.take, is_seen, language)));
        let (caller, key) = (member.caller(), member.key(request.headers())?);
        let answer = server
            .core
            .runtime
            .command(member.workshop, caller, command, key)
            .await;
        match answer {
            Ok(Answer::Merged {
                import,
                fields,
                items,
            }) => {
                let done = json!({ "import": import, "fields": fields, "items": items });
                return Ok(HttpResponse::Ok().json(done));
            }
            Ok(_) => return Err(key_of_another()),
            // Something was changed that nobody had to decide about.
            Err(CommandError::Refused(Refused::Outdated)) if is_seen && times < TIMES_MAX => times += 1,
            Err(CommandError::Refused(Refused::Outdated)) => return Err(Problem::CasesChanged),
            Err(error) => return Err(error.into()),
        }
    }
}

/// Two cases as they are stored.
struct Both {
    stays: Side,
    goes: Side,
    set: Arc<Characteristics>,
}

struct Side {
    subject: SubjectId,
    heads: Vec<ChangeHash>,
    case: Case,
}

impl Both {
    fn cells(&self) -> Vec<Cell> {
        merge::cells(&self.stays.case, &self.goes.case, &self.set)
    }

    fn seen(&self) -> String {
        let mut cells = self.cells();
        cells.retain(|cell| cell.kind == CellKind::Differs);
        let bytes = serde_json::to_vec(&cells).unwrap_or_default();
        blake3::hash(&bytes).to_hex()[..32].to_owned()
    }

    fn look(&self) -> Look {
        let (stays, goes) = (&self.stays.case, &self.goes.case);
        let lists: BTreeSet<String> = goes.provenance.iter().map(|from| from.list.clone()).collect();
        Look {
            cells: self.cells(),
            parties: new_parties(stays, goes).map(|party| party.name.clone()).collect(),
            sources: new_sources(stays, goes)
                .map(|source| source.title.clone())
                .collect(),
            needs: goes.needs.len(),
            lists: lists.into_iter().collect(),
            seen: self.seen(),
        }
    }

    fn merging(self, take: &BTreeSet<String>, is_seen: bool, language: Language) -> Merging {
        let words = InWords {
            set: &self.set,
            language,
        };
        let gains = merge::gains((&self.stays.case, &self.goes.case), &self.set, take, &words);
        Merging {
            stays: self.stays.subject,
            goes: self.goes.subject,
            gains,
            seen: is_seen.then_some([self.stays.heads, self.goes.heads]),
        }
    }
}

/// The cases that a path names, for one of the team.
async fn both(server: &Server, visitor: &Visitor, path: Path) -> Result<(Member, Both), Problem> {
    let (workshop, stays, goes) = path;
    if stays == goes {
        return Err(Problem::NotFound);
    }
    let member = team(server, visitor, workshop)?;
    let row = |subject: &SubjectId| -> Result<CaseRow, Problem> {
        let key = format!("{}/{subject}", member.workshop);
        let row: Option<CatalogueRow> = server.row(Table::Catalogue, &key)?;
        let row = row.filter(|row| row.kind == Kind::Case);
        Ok(CaseRow::from(&row.ok_or(Problem::NotFound)?))
    };
    let rows = [row(&stays)?, row(&goes)?];
    let (core, reader) = (server.core.clone(), Reader::of(member.row.grants));
    let workshop = member.workshop.clone();
    let read = web::block(move || {
        let set = core.views.characteristics(&workshop)?;
        let side = |row: &CaseRow| -> Result<Side, Problem> {
            let (heads, case) = core
                .views
                .case(&workshop, row, reader)?
                .ok_or(Problem::NotFound)?;
            let subject = row.subject.clone();
            Ok(Side { subject, heads, case })
        };
        let [stays, goes] = &rows;
        Ok::<Both, Problem>(Both {
            stays: side(stays)?,
            goes: side(goes)?,
            set,
        })
    });
    Ok((member, read.await.map_err(|_| Problem::Busy)??))
}
