//! Asking readers how far the claims of models reach (R25): each claim in its words of now, under a key that does not
//! say whose it is.

use super::Given;
use crate::firewall::contain;
use crate::hub::command::Refused;
use crate::hub::{Hub, Output};
use samverk_shared::access::Audience;
use samverk_shared::collection::{About, Ask, AskedClaim, ClaimOf, Item, Question, REACH_MAX, bounded};
use samverk_shared::document::read::read_model;
use samverk_shared::ids::{DocumentId, SubjectId};
use samverk_shared::limits::COLLECTION_ITEMS_MAX;
use samverk_shared::model::ClaimPlace;
use std::collections::BTreeSet;

impl Hub {
    /// The question with the claims that its models say, in an order that is drawn; none while a model is not in memory.
    /// What the team alone may read is asked of the team alone.
    pub(super) fn with_claims(
        &mut self,
        given: &Given<'_>,
        question: Question,
        team: bool,
        out: &mut Vec<Output>,
    ) -> Result<Option<(Question, bool)>, Refused> {
        let models: BTreeSet<SubjectId> = question.about.iter().flat_map(About::models).cloned().collect();
        if models.is_empty() || models.len() > COLLECTION_ITEMS_MAX {
            return Err(Refused::ClaimCount);
        }
        let (mut all_ready, mut team) = (true, team);
        let mut documents = Vec::new();
        for model in &models {
            let row = self.workshop_mut(given.workshop)?.catalogue.get(model);
            let row = row.ok_or(Refused::Unknown)?;
            let document = row.document;
            team |= !matches!(row.audience, Audience::Members | Audience::Client);
            all_ready &= self.is_ready(document, given.now, out)?;
            documents.push((model, document));
        }
        if !all_ready {
            return Ok(None);
        }
        let mut asked = Vec::new();
        for (model, document) in documents {
            asked.extend(self.claims_of(model, document)?);
        }
        if asked.is_empty() || asked.len() > COLLECTION_ITEMS_MAX {
            return Err(Refused::ClaimCount);
        }
        self.shuffle(&mut asked);
        let keyed = asked
            .into_iter()
            .enumerate()
            .map(|(place, asked)| (format!("c{}", place + 1), asked));
        let (items, claims) = keyed
            .map(|(key, (label, claim))| {
                let item = Item {
                    key: key.clone(),
                    label,
                };
                (item, (key, claim))
            })
            .unzip();
        let question = Question {
            about: Some(About::Balance {
                models: models.into_iter().collect(),
                claims,
            }),
            ask: Ask::Ratings {
                items,
                low: 0,
                high: REACH_MAX,
            },
            ..question
        };
        Ok(Some((question, team)))
    }

    /// What a model that is ready claims itself, each with its words.
    fn claims_of(
        &self,
        model: &SubjectId,
        document: DocumentId,
    ) -> Result<Vec<(String, AskedClaim)>, Refused> {
        let loaded = self.content(document)?;
        let written = contain(|| read_model(&loaded.automerge)).map_err(|_| Refused::Unreadable)?;
        let said = written
            .claims
            .into_iter()
            .filter(|claim| claim.place == ClaimPlace::Model);
        let asked = said.map(|claim| {
            let of = ClaimOf {
                model: model.clone(),
                claim: claim.id,
            };
            let asked = AskedClaim {
                kind: claim.kind,
                of: Some(of),
            };
            (bounded(&claim.text), asked)
        });
        Ok(asked.filter(|(words, _)| !words.is_empty()).collect())
    }
}
