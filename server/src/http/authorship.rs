//! `/workshops/{workshop}/subjects/{subject}/authorship`: who wrote in a document, as the server saw it arrive (P2).

use super::{Problem, Server, tagged};
use crate::hub::rows::{self, CatalogueRow, RunRow, key};
use crate::people::Visitor;
use crate::store::Table;
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::access::{Action, decide};
use samverk_shared::ids::{ParticipantId, SubjectId, WorkshopId};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;

/// Whose changes they are: who wrote them; who brought what somebody unknown wrote; on whose behalf the server did.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Author {
    by: Option<ParticipantId>,
    brought_by: Option<ParticipantId>,
    on_behalf_of: Option<ParticipantId>,
}

#[derive(Debug, Serialize)]
struct Written {
    #[serde(flatten)]
    author: Author,
    changes: u64,
    from_ms: u64,
    to_ms: u64,
}

/// `GET …/subjects/{subject}/authorship`: the last who wrote first.
pub async fn show(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<(WorkshopId, SubjectId)>,
) -> Result<HttpResponse, Problem> {
    let (workshop, subject) = path.into_inner();
    let member = server.member(&visitor, workshop)?;
    let row_key = key(&[member.workshop.as_str(), subject.as_str()]);
    let row: CatalogueRow = server.row(Table::Catalogue, &row_key)?.ok_or(Problem::NotFound)?;
    let relation = row.relation(&member.row.id);
    decide(member.row.grants, relation, row.facts(), Action::Read).map_err(|_| Problem::NotFound)?;
    let (store, document) = (server.core.store.clone(), row.document);
    let runs = web::block(move || store.scan(Table::Authorship, &format!("{document}/"))).await;
    let runs = runs.map_err(|_| Problem::Busy)??;
    let runs = runs.iter().filter(|(run_key, _)| !rows::is_of_shape(run_key));
    let runs = runs.map(|(run_key, record)| {
        // `document/actor/sequence from`.
        let from = run_key.rsplit('/').next().and_then(|from| from.parse().ok());
        Ok((from.unwrap_or(0), rows::read(run_key, record)?))
    });
    let runs: Vec<(u64, RunRow)> = runs.collect::<Result<_, Problem>>()?;
    tagged(request.headers(), &json!({ "authors": together(runs) }))
}

fn together(runs: Vec<(u64, RunRow)>) -> Vec<Written> {
    let mut authors: BTreeMap<Author, Written> = BTreeMap::new();
    for (from, run) in runs {
        let author = Author {
            by: run.author,
            brought_by: run.brought_by,
            on_behalf_of: run.on_behalf_of,
        };
        let changes = (run.to + 1).saturating_sub(from);
        let written = authors.entry(author.clone()).or_insert(Written {
            author,
            changes: 0,
            from_ms: run.from_ms,
            to_ms: run.to_ms,
        });
        written.changes += changes;
        written.from_ms = written.from_ms.min(run.from_ms);
        written.to_ms = written.to_ms.max(run.to_ms);
    }
    let mut written: Vec<Written> = authors.into_values().collect();
    written.sort_by_key(|one| std::cmp::Reverse(one.to_ms));
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p2_runs_of_one_author_are_counted_together_and_the_last_stands_first() {
        let [kari, ola] = [1, 2].map(|n| ParticipantId::from_random([n; 16]));
        let run = |author: Option<&ParticipantId>, behalf: Option<&ParticipantId>, to, at| RunRow {
            to,
            author: author.cloned(),
            brought_by: None,
            on_behalf_of: behalf.cloned(),
            from_ms: at,
            to_ms: at + 5,
        };
        let written = together(vec![
            (1, run(None, Some(&ola), 1, 10)),
            (1, run(Some(&kari), None, 4, 20)),
            (9, run(Some(&kari), None, 9, 90)),
        ]);
        let said: Vec<_> = written
            .iter()
            .map(|one| {
                (
                    one.author.by.clone(),
                    one.author.on_behalf_of.clone(),
                    one.changes,
                    one.from_ms,
                )
            })
            .collect();
        assert_eq!(said, [(Some(kari), None, 5, 20), (None, Some(ola), 1, 10)]);
    }
}
