//! `/workshops/{workshop}/views/models` and below: what is computed of the models.

use super::collections::rounds_about_claims;
use super::views::{Of, answered, said};
use super::{Member, Problem, Server, tagged};
use crate::hub::rows::CatalogueRow;
use crate::people::Visitor;
use crate::store::{StoreError, Table};
use crate::views::{DocumentRow, Figures, Listed, Question, Reader};
use actix_web::{HttpRequest, HttpResponse, web};
use samverk_shared::analysis::truth_table::CONDITIONS_MAX;
use samverk_shared::ids::{SubjectId, WorkshopId};
use samverk_shared::model::written::Written;
use samverk_shared::views::claims;
use samverk_shared::views::common::common;
use samverk_shared::views::models::in_short;
use samverk_shared::views::truth_table::{self, AnyOf, Outcome, Remainders, SUITED_MIN};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// `GET …/views/models`: all models in short.
pub async fn list(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<HttpResponse, Problem> {
    let models = models(&server, &visitor, path.into_inner()).await?;
    let view = in_short(models.iter().map(|(subject, model)| (subject, model.as_ref())));
    tagged(request.headers(), &view)
}

/// Whose balance is asked for, of values or of claims; that of all models, counted, where nothing is said.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AskedOfBalance {
    model: Option<SubjectId>,
}

/// `GET …/views/models/balance`: what the cases of models say about them, and how broadly they are founded.
pub async fn balance(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    asked: Result<web::Query<AskedOfBalance>, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    server.member(&visitor, path.clone())?;
    let asked = said(asked)?.model;
    let ask = move |of: Of<'_>| balanced(&of, asked.as_ref());
    answered(&request, &server, &visitor, path.into_inner(), ask).await
}

/// The models that may be read by who asks.
fn written(of: &Of<'_>) -> Result<Vec<(SubjectId, Arc<Written>)>, StoreError> {
    let documents: Vec<DocumentRow> = of.catalogue.iter().map(DocumentRow::from).collect();
    of.views.models(of.workshop, &documents, of.reader)
}

/// Nothing where the model asked for is not there.
fn balanced(of: &Of<'_>, asked: Option<&SubjectId>) -> Result<Option<Figures>, StoreError> {
    let wanted = written(of)?
        .into_iter()
        .filter(|(subject, _)| asked.is_none_or(|asked| subject == asked));
    let models: samverk_shared::views::balance::Models =
        wanted.map(|(subject, model)| (subject, model.cases())).collect();
    if asked.is_some() && models.is_empty() {
        return Ok(None);
    }
    let question = Question::Balance(models, asked.is_some());
    let listed = Listed::of(of.catalogue);
    of.views
        .figures(of.workshop, &listed, of.reader, &question)
        .map(Some)
}

/// `GET …/views/models/claims`: what readers who did not know whose they were said of the claims of models.
pub async fn claims(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    asked: Result<web::Query<AskedOfBalance>, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    let member = server.member(&visitor, path.into_inner())?;
    let asked = said(asked)?.model;
    let rounds = rounds_about_claims(&server, &member).await?;
    let mut models = read_by(&server, member).await?;
    models.retain(|(subject, _)| asked.as_ref().is_none_or(|asked| subject == asked));
    if asked.is_some() && models.is_empty() {
        return Err(Problem::NotFound);
    }
    let models = models.iter().map(|(subject, model)| (subject, model.as_ref()));
    tagged(
        request.headers(),
        &claims::claims(models, &rounds, asked.is_some()),
    )
}

/// What is asked of a truth table. A condition is `characteristic=value,value`; a semicolon stands between two.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AskedOfTruthTable {
    /// Like a condition: the cases that have one of these values have the outcome…
    outcome: Option<String>,
    /// …or those behind models that suit this challenge well.
    challenge: Option<String>,
    conditions: String,
    formula: Option<Remainders>,
}

impl AskedOfTruthTable {
    fn question(&self, of: &Of<'_>) -> Result<truth_table::Question, StoreError> {
        let behind = |challenge: &String| suited(of, challenge).map(Outcome::Suited);
        let coded = || {
            let asked = self.outcome.as_deref().and_then(any_of);
            Outcome::Coded(asked.unwrap_or_default())
        };
        Ok(truth_table::Question {
            outcome: self.challenge.as_ref().map_or_else(|| Ok(coded()), behind)?,
            conditions: self.conditions().flatten().collect(),
            formula: self.formula,
        })
    }

    fn conditions(&self) -> impl Iterator<Item = Option<AnyOf>> {
        let each = self.conditions.split(';').filter(|one| !one.is_empty());
        each.map(any_of)
    }

    /// One outcome; conditions that can be read, no more than there is room for, no characteristic said twice.
    fn checked(self) -> Result<Self, Problem> {
        let bad = |why: &str| Err(Problem::BadRequest(why.to_owned()));
        let mut said: Vec<Option<AnyOf>> = self.conditions().collect();
        if said.len() > CONDITIONS_MAX {
            return bad(&format!("conditions: {CONDITIONS_MAX} at most"));
        }
        said.extend(self.outcome.as_deref().map(any_of));
        let Some(said) = said.into_iter().collect::<Option<Vec<AnyOf>>>() else {
            return bad("outcome and conditions: characteristic=value,value; a semicolon between conditions");
        };
        if self.outcome.is_some() == self.challenge.is_some() {
            return bad("outcome or challenge: one of them");
        }
        let keys: BTreeSet<&String> = said.iter().map(|one| &one.characteristic).collect();
        if keys.len() < said.len() {
            return bad("outcome and conditions: each characteristic once");
        }
        Ok(self)
    }
}

fn any_of(text: &str) -> Option<AnyOf> {
    let (characteristic, values) = text.split_once('=')?;
    Some(AnyOf {
        characteristic: characteristic.to_owned(),
        values: values.split(',').map(str::to_owned).collect(),
    })
}

/// The cases behind models that somebody has judged by a challenge, and whether one of these suits it well.
fn suited(of: &Of<'_>, challenge: &str) -> Result<BTreeMap<SubjectId, bool>, StoreError> {
    let mut cases = BTreeMap::new();
    for (_, model) in written(of)? {
        let Some(fit) = model.challenges.get(challenge).and_then(|said| said.fit) else {
            continue;
        };
        for case in model.cases() {
            *cases.entry(case).or_insert(false) |= fit >= SUITED_MIN;
        }
    }
    Ok(cases)
}

/// `GET …/views/models/truth-table`: which combinations of conditions occur together with an outcome.
pub async fn truth_table(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
    asked: Result<web::Query<AskedOfTruthTable>, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    server.member(&visitor, path.clone())?;
    let asked = said(asked)?.checked()?;
    let ask = move |of: Of<'_>| {
        let question = Question::TruthTable(asked.question(&of)?);
        let listed = Listed::of(of.catalogue);
        let figures = of.views.figures(of.workshop, &listed, of.reader, &question);
        figures.map(Some)
    };
    answered(&request, &server, &visitor, path.into_inner(), ask).await
}

/// `GET …/views/models/common`: what all models take for granted, and where it comes from.
pub async fn common_preconditions(
    request: HttpRequest,
    server: web::Data<Server>,
    visitor: Visitor,
    path: web::Path<WorkshopId>,
) -> Result<HttpResponse, Problem> {
    let models = models(&server, &visitor, path.into_inner()).await?;
    let view = common(models.iter().map(|(subject, model)| (subject, model.as_ref())));
    tagged(request.headers(), &view)
}

/// The models this visitor may read.
async fn models(
    server: &Server,
    visitor: &Visitor,
    workshop: WorkshopId,
) -> Result<Vec<(SubjectId, Arc<Written>)>, Problem> {
    let member = server.member(visitor, workshop)?;
    read_by(server, member).await
}

/// The models this member may read.
async fn read_by(server: &Server, member: Member) -> Result<Vec<(SubjectId, Arc<Written>)>, Problem> {
    let rows: Vec<CatalogueRow> = server.rows(Table::Catalogue, &member.workshop).await?;
    let rows: Vec<DocumentRow> = rows.iter().map(DocumentRow::from).collect();
    let reader = Reader::of(member.row.grants);
    let views = server.core.views.clone();
    let read = web::block(move || views.models(&member.workshop, &rows, reader)).await;
    Ok(read.map_err(|_| Problem::Busy)??)
}
