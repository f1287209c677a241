//! What is missing, for the screen «Mangler»: blanks of each case, cases about which it is not settled that they are
//! examples, what is to be found out by whom, and what it all rests on (R13, R42, R43).

use super::{About, Basis, Cases};
use crate::blanks::{BASICS, agreed, path};
use crate::case::{CodingState, Eligible};
use crate::characteristic::Characteristics;
use crate::ids::SubjectId;
use crate::need::Need;
use crate::register::RegisterRow;
use crate::source::SourceKind;
use serde::Serialize;

/// The whole view.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MissingView {
    /// What must be said beside it.
    pub about: About,
    /// Of which cases.
    pub cases: Cases,
    /// Keys of the characteristics agreed on.
    pub agreed: Vec<String>,
    /// Paths of the basic information.
    pub basics: Vec<String>,
    /// Each case, the least complete first.
    pub by_case: Vec<CaseMissing>,
    /// Cases about which it is not settled that they are examples.
    pub unsettled: Vec<Unsettled>,
    /// What is to be found out: by responsible person, nobody's last; then by day.
    pub plan: Vec<Planned>,
    /// Blanks that no need waits for.
    pub unasked: usize,
    /// What the cases rest on.
    pub sources: Sources,
}

/// How complete one case is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseMissing {
    /// Which.
    pub subject: SubjectId,
    /// Agreed characteristics that have a value.
    pub coded: usize,
    /// Those that cannot have one.
    pub not_applicable: usize,
    /// Keys of those that nobody has coded.
    pub missing: Vec<String>,
    /// Keys of those that somebody looked for and did not find.
    pub unknown: Vec<String>,
    /// Paths of the basic information that is missing.
    pub basics_missing: Vec<String>,
    /// Paths of blanks that a need waits for.
    pub asked: Vec<String>,
}

/// A case about which it is not settled that it is an example (R13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Unsettled {
    pub subject: SubjectId,
    pub reason: String,
    pub by: String,
}

/// A need and the case it is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Planned {
    pub subject: SubjectId,
    #[serde(flatten)]
    pub need: Need,
    /// What the source of its answer is called; empty where there is none.
    pub source_title: String,
}

/// Sources by whose account they are, and cases by what they rest on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[allow(missing_docs)]
pub struct Sources {
    pub own: usize,
    pub independent: usize,
    pub evaluation: usize,
    pub unsaid: usize,
    /// Cases all of whose sources are somebody's own account.
    pub only_own: Vec<SubjectId>,
    /// Cases whose source stands in words alone.
    pub in_words: usize,
    /// Cases without any.
    pub none: Vec<SubjectId>,
}

/// The view of these rows.
pub fn missing<'a>(
    rows: impl IntoIterator<Item = &'a RegisterRow> + Clone,
    set: &Characteristics,
    cases: Cases,
) -> MissingView {
    let basis = Basis::of(rows, set, cases);
    let mut by_case: Vec<(usize, CaseMissing)> = basis
        .rows
        .iter()
        .map(|row| of_case(row, set))
        .enumerate()
        .collect();
    by_case.sort_by_key(|(place, case)| (case.filled(), basics_filled(case), *place));
    let unasked = by_case
        .iter()
        .map(|(_, case)| case.blanks() - case.asked.len())
        .sum();
    let unsettled = basis
        .rows
        .iter()
        .filter(|row| row.work.eligibility.answer == Eligible::Unsure);
    MissingView {
        cases,
        agreed: agreed(set).map(|c| c.key.clone()).collect(),
        basics: BASICS.map(str::to_owned).to_vec(),
        by_case: by_case.into_iter().map(|(_, case)| case).collect(),
        unsettled: unsettled.map(|row| unsettled_case(row)).collect(),
        plan: plan(&basis.rows),
        unasked,
        sources: sources(&basis.rows),
        about: basis.about,
    }
}

impl CaseMissing {
    /// Agreed characteristics about which all is said.
    fn filled(&self) -> usize {
        self.coded + self.not_applicable
    }

    fn blanks(&self) -> usize {
        self.missing.len() + self.unknown.len() + self.basics_missing.len()
    }
}

fn basics_filled(case: &CaseMissing) -> usize {
    BASICS.len() - case.basics_missing.len()
}

fn of_case(row: &RegisterRow, set: &Characteristics) -> CaseMissing {
    let is_blank = |field: &String| row.work.blanks.contains(field);
    let is_unknown = |key: &str| row.uncoded.get(key) == Some(&CodingState::Unknown);
    let is_not_applicable = |key: &str| row.uncoded.get(key) == Some(&CodingState::NotApplicable);
    let keys: Vec<&str> = agreed(set).map(|c| c.key.as_str()).collect();
    let blank = keys.iter().copied().filter(|key| is_blank(&path(key)));
    let (unknown, missing): (Vec<&str>, Vec<&str>) = blank.partition(|key| is_unknown(key));
    let not_applicable = keys.iter().filter(|key| is_not_applicable(key)).count();
    let waits = |field: &&String| {
        let needs = row.work.needs.iter();
        needs
            .into_iter()
            .any(|need| need.about == **field && need.status.waits())
    };
    CaseMissing {
        subject: row.subject.clone(),
        coded: keys.len() - missing.len() - unknown.len() - not_applicable,
        not_applicable,
        missing: missing.into_iter().map(str::to_owned).collect(),
        unknown: unknown.into_iter().map(str::to_owned).collect(),
        basics_missing: BASICS.map(str::to_owned).into_iter().filter(is_blank).collect(),
        asked: row.work.blanks.iter().filter(waits).cloned().collect(),
    }
}

fn unsettled_case(row: &RegisterRow) -> Unsettled {
    let said = &row.work.eligibility;
    Unsettled {
        subject: row.subject.clone(),
        reason: said.reason.clone(),
        by: said.by.clone(),
    }
}

/// All needs of these cases: by responsible person, nobody's last; then by day, those without a day last; then by case.
pub fn plan(rows: &[&RegisterRow]) -> Vec<Planned> {
    let planned = |row: &&RegisterRow| {
        let (subject, sources) = (row.subject.clone(), row.work.sources.clone());
        row.work.needs.clone().into_iter().map(move |need| Planned {
            subject: subject.clone(),
            source_title: sources
                .iter()
                .find(|source| source.id == need.source)
                .map(|source| source.title.clone())
                .unwrap_or_default(),
            need,
        })
    };
    let mut all: Vec<Planned> = rows.iter().flat_map(planned).collect();
    let last_if_empty = |text: &str| (text.is_empty(), text.to_owned());
    all.sort_by_key(|one| (last_if_empty(&one.need.responsible), last_if_empty(&one.need.due)));
    all
}

fn sources(rows: &[&RegisterRow]) -> Sources {
    let mut counted = Sources::default();
    for row in rows {
        let work = &row.work;
        for source in &work.sources {
            *match source.kind {
                SourceKind::Own => &mut counted.own,
                SourceKind::Independent => &mut counted.independent,
                SourceKind::Evaluation => &mut counted.evaluation,
                SourceKind::Unsaid => &mut counted.unsaid,
            } += 1;
        }
        if work.sources.is_empty() && work.source_in_words {
            counted.in_words += 1;
        } else if work.sources.is_empty() {
            counted.none.push(row.subject.clone());
        } else if work.sources.iter().all(|source| source.kind == SourceKind::Own) {
            counted.only_own.push(row.subject.clone());
        }
    }
    counted
}
