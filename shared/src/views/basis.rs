//! The cases that figures are made of, as the measures see them, and what must be said beside every figure.

use super::Cases;
use crate::access::State;
use crate::analysis::completeness::completeness;
use crate::analysis::matrix::{CaseFacts, CaseMatrix, Cell, Feature, owners, places};
use crate::case::{Decision, Origin};
use crate::characteristic::{Characteristics, Scale};
use crate::document::read::ProblemKind;
use crate::ids::SubjectId;
use crate::register::{RegisterRow, by_code};
use serde::Serialize;

/// What must be said beside every figure (docs/analysis.md).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct About {
    /// Cases that count.
    pub cases: usize,
    /// Those of them that are chosen.
    pub chosen: usize,
    /// Imagined cases, which count in nothing (R31).
    pub imagined: usize,
    /// Archived cases, such as those of an import that was undone; they count in nothing either.
    pub archived: usize,
    /// Cases whose document cannot be read; nor do they.
    pub unreadable: usize,
    /// Keys of the characteristics that some case is coded on; the figures are about these.
    pub characteristics: Vec<String>,
    /// Keys of those of the core characteristics that no case is coded on.
    pub uncoded: Vec<String>,
    /// Cells with a coding, of the cases and characteristics that count.
    pub codings: usize,
    /// Cells without one.
    pub blanks: usize,
    /// Version of the set of characteristics.
    pub characteristics_version: u32,
}

/// The cases that count, in the order of the analysis: Norwegian ones first (R29), each part by code.
pub struct Basis<'a> {
    /// Their rows.
    pub rows: Vec<&'a RegisterRow>,
    /// The same as a matrix.
    pub matrix: CaseMatrix,
    /// What must be said beside every figure.
    pub about: About,
}

impl<'a> Basis<'a> {
    /// Of the register's rows. A characteristic counts where some case of the register is coded on it, chosen or not,
    /// so that figures of all cases and of those chosen are about the same.
    pub fn of(all: impl IntoIterator<Item = &'a RegisterRow>, set: &Characteristics, cases: Cases) -> Self {
        let (mut rows, mut imagined, mut archived, mut unreadable) = (Vec::new(), 0, 0, 0);
        for row in all {
            match row.origin {
                _ if row.state == State::Archived => archived += 1,
                _ if is_unreadable(row) => unreadable += 1,
                Origin::Future => imagined += 1,
                _ => rows.push(row),
            }
        }
        rows.sort_by(|a, b| a.origin.cmp(&b.origin).then_with(|| by_code(a, b)));
        let is_used = |key: &String| rows.iter().any(|row| row.codings.contains_key(key));
        let measured = set.iter().filter(|c| c.scale != Scale::Text);
        let (used, unused): (Vec<_>, Vec<_>) = measured.partition(|c| is_used(&c.key));
        let chosen = rows.iter().filter(|row| is_chosen(row)).count();
        if cases == Cases::Chosen {
            rows.retain(|row| is_chosen(row));
        }
        let matrix = matrix(&rows, used.iter().map(|c| Feature::from(*c)).collect());
        let done = completeness(&matrix);
        let about = About {
            cases: rows.len(),
            chosen,
            imagined,
            archived,
            unreadable,
            characteristics: used.iter().map(|c| c.key.clone()).collect(),
            uncoded: unused.iter().filter(|c| c.core).map(|c| c.key.clone()).collect(),
            codings: done.by_case.iter().sum(),
            blanks: done.blanks(),
            characteristics_version: set.version,
        };
        Basis { rows, matrix, about }
    }

    /// These cases, by subject.
    pub fn subjects(&self, cases: &[usize]) -> Vec<SubjectId> {
        cases.iter().map(|&case| self.subject(case)).collect()
    }

    /// The subject of a case.
    pub fn subject(&self, case: usize) -> SubjectId {
        self.rows[case].subject.clone()
    }

    /// Places of those that are chosen.
    pub fn chosen(&self) -> Vec<usize> {
        (0..self.rows.len())
            .filter(|&i| is_chosen(self.rows[i]))
            .collect()
    }

    /// These cases alone, in this order.
    pub fn subset(&self, cases: &[usize]) -> Basis<'a> {
        Basis {
            rows: cases.iter().map(|&i| self.rows[i]).collect(),
            matrix: self.matrix.subset(cases),
            about: self.about.clone(),
        }
    }
}

fn is_chosen(row: &RegisterRow) -> bool {
    row.decision == Decision::In
}

fn is_unreadable(row: &RegisterRow) -> bool {
    row.problems.iter().any(|p| p.kind == ProblemKind::Unreadable)
}

fn matrix(rows: &[&RegisterRow], features: Vec<Feature>) -> CaseMatrix {
    let cells = |row: &RegisterRow| {
        let cell = |feature: &Feature| {
            row.codings
                .get(&feature.key)
                .map_or(Cell::Missing, |values| feature.cell(values))
        };
        features.iter().map(cell).collect()
    };
    let rows: Vec<_> = rows.iter().map(|row| (facts(row), cells(row))).collect();
    CaseMatrix::new(features, rows)
}

fn facts(row: &RegisterRow) -> CaseFacts {
    CaseFacts {
        code: row.code.clone(),
        country: row.country.clone(),
        sector: row.sector.clone(),
        levels: row.level.iter().copied().collect(),
        mix: row.mix,
        places: places(&row.named),
        owners: owners(&row.named),
    }
}
