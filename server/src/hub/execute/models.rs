//! Commands about models: making a draft of one, and which of them are in the report, in which order.

use super::{Done, Given, Step, one_line, seconds};
use crate::firewall::contain;
use crate::hub::command::{Answer, Refused};
use crate::hub::rows::CatalogueRow;
use crate::hub::{Hub, Output};
use samverk_shared::access::{Audience, Kind, State};
use samverk_shared::document::model;
use samverk_shared::ids::{SubjectId, id_from_random};
use samverk_shared::limits::{
    CHALLENGES_MAX, MODEL_CASES_MAX, MODELS_IN_REPORT_MAX, SUBJECTS_MAX, TITLE_CHARS_MAX,
};
use samverk_shared::model::{Draft, is_challenge};
use std::collections::{BTreeMap, BTreeSet};

impl Hub {
    pub(super) fn create_model(
        &mut self,
        given: &Given<'_>,
        name: &str,
        draft: &Draft,
    ) -> Result<Done, Refused> {
        let name = one_line(name, TITLE_CHARS_MAX)?;
        let workshop = self.workshop_mut(given.workshop)?;
        let is_case = |case| matches!(workshop.catalogue.get(case), Some(row) if row.kind == Kind::Case);
        if draft.cases.len() > MODEL_CASES_MAX || !draft.cases.iter().all(is_case) {
            return Err(Refused::Unknown);
        }
        // The model brings its talk.
        if workshop.catalogue.len() + 2 > SUBJECTS_MAX {
            return Err(Refused::Full);
        }
        let code = next_code(&workshop.codes);
        let actor = self.server_actor(given)?;
        let mut fresh = || id_from_random(self.fresh_bytes());
        let document = model::create(&name, &code, draft, actor, &mut fresh, seconds(given.now))
            .map_err(|_| Refused::BadText)?;
        let mut done = Done {
            catalogue: true,
            ..Done::default()
        };
        let row = self.add_subject(
            given,
            (Kind::Model, Audience::Members),
            &code,
            &document,
            &mut done,
        )?;
        done.answer = Some(Answer::Case {
            subject: row.subject,
            document: row.document,
            code: row.code,
        });
        Ok(done)
    }

    /// A model gets a place for each of these challenges that it has none for; who may not write it is told that there is none.
    pub(super) fn complete_model(
        &mut self,
        given: &Given<'_>,
        subject: &SubjectId,
        challenges: &[String],
        out: &mut Vec<Output>,
    ) -> Result<Step, Refused> {
        if challenges.len() > CHALLENGES_MAX {
            return Err(Refused::Full);
        }
        if !challenges.iter().all(|key| is_challenge(key)) {
            return Err(Refused::BadText);
        }
        let document = self
            .writable(given, subject, Kind::Model)
            .ok_or(Refused::Unknown)?;
        if !self.is_ready(document, given.now, out)? {
            return Ok(Step::Defer);
        }
        let mut done = Done::default();
        self.make_whole(given, document, Kind::Model, &mut done)?;
        let (actor, time_s) = (self.server_actor(given)?, seconds(given.now));
        let loaded = self.content(document)?;
        let change = contain(|| model::complete(&loaded.automerge, challenges, actor, time_s));
        let change = change.ok().and_then(Result::ok).ok_or(Refused::Unreadable)?;
        if let Some(change) = change {
            self.change_content(given, document, change, &mut done)?;
            done.changed.push((document, Kind::Model));
        }
        Ok(Step::done(done))
    }

    /// A model gets the number after the last in the report; the others keep theirs when one goes.
    pub(super) fn set_in_report(
        &mut self,
        given: &Given<'_>,
        subject: &SubjectId,
        in_report: bool,
    ) -> Result<Done, Refused> {
        let workshop = self.workshop_mut(given.workshop)?;
        let row = workshop.catalogue.get(subject);
        let row = row.filter(|row| row.kind == Kind::Model && row.state != State::Archived);
        let row = row.ok_or(Refused::Unknown)?.clone();
        let numbers: Vec<u32> = workshop.catalogue.values().filter_map(|row| row.report).collect();
        let mut done = Done::default();
        if in_report == row.report.is_some() {
            return Ok(done);
        }
        if in_report && numbers.len() >= MODELS_IN_REPORT_MAX {
            return Err(Refused::ReportFull);
        }
        let next = numbers.iter().max().map_or(1, |last| last + 1);
        let report = in_report.then_some(next);
        done.catalogue = true;
        self.put_row(given, CatalogueRow { report, ..row }, &mut done)?;
        Ok(done)
    }

    /// Puts a model at another place in the report. Two who move at once move one after the other.
    pub(super) fn move_in_report(
        &mut self,
        given: &Given<'_>,
        subject: &SubjectId,
        number: u32,
    ) -> Result<Done, Refused> {
        let mut rows = in_report(&self.workshop_mut(given.workshop)?.catalogue);
        let from = rows.iter().position(|row| row.subject == *subject);
        let moved = rows.remove(from.ok_or(Refused::Unknown)?);
        let to = (number.max(1) as usize - 1).min(rows.len());
        rows.insert(to, moved);
        let mut done = Done::default();
        for (number, row) in (1..).zip(rows) {
            if row.report != Some(number) {
                let report = Some(number);
                self.put_row(given, CatalogueRow { report, ..row }, &mut done)?;
            }
        }
        Ok(done)
    }
}

/// The models in the report, by their numbers.
fn in_report(catalogue: &BTreeMap<SubjectId, CatalogueRow>) -> Vec<CatalogueRow> {
    let mut rows: Vec<CatalogueRow> = catalogue
        .values()
        .filter(|row| row.report.is_some())
        .cloned()
        .collect();
    rows.sort_by_key(|row| row.report);
    rows
}

/// "M7" after "M6"; a number is never given twice, also not that of an archived model.
fn next_code(codes: &BTreeSet<String>) -> String {
    let numbers = codes
        .iter()
        .filter_map(|code| code.strip_prefix('M')?.parse::<u32>().ok());
    format!("M{}", numbers.max().unwrap_or(0).saturating_add(1))
}
