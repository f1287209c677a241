//! Lists that tools write: answers to a survey, notes of a board. What they call their columns means something else
//! there: «Navn» is who answered, «Tekst» is the note.

use super::headings::{ANSWERER, BOARD_MARKS, BOARD_TEXT, SURVEY};
use super::{Memo, Proposal, Target, plain, proposal};
use crate::intake::values::folded;
use samverk_shared::import::{ColumnReason, Confidence};

/// A list of a tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Special {
    /// One row an answer.
    Survey,
    /// One row a note.
    Board,
}

/// What the headings of a list say of the tool that wrote it.
pub fn special<'a>(headings: impl Iterator<Item = &'a str> + Clone, memo: &Memo) -> Option<Special> {
    let count = |known: &[&str]| headings.clone().filter(|h| is_one_of(h, known)).count();
    let by_tool = headings.clone().any(|h| folded(h).starts_with("$submission"));
    if by_tool
        || count(SURVEY) >= 2
        || (count(SURVEY) == 1 && headings.clone().any(|h| h.trim_end().ends_with('?')))
    {
        return Some(Special::Survey);
    }
    let has_name = || {
        headings
            .clone()
            .any(|h| memo.target(h).is_some_and(|p| p.target.is_name()))
    };
    (count(BOARD_TEXT) == 1 && count(BOARD_MARKS) >= 1 && !has_name()).then_some(Special::Board)
}

impl Special {
    /// What the tool means by this heading; the inner nothing sends it to `extra`.
    pub fn target(self, heading: &str) -> Option<Option<Proposal<'static>>> {
        match self {
            Special::Survey if is_one_of(heading, ANSWERER) => Some(Some(proposal(
                Target::Ignore,
                Confidence::Certain,
                ColumnReason::Personal,
            ))),
            Special::Survey if is_one_of(heading, SURVEY) || is_one_of(heading, &["id"]) => Some(None),
            Special::Survey => None,
            Special::Board if is_one_of(heading, BOARD_TEXT) => Some(Some(proposal(
                Target::Words("name"),
                Confidence::Likely,
                ColumnReason::Board,
            ))),
            Special::Board if is_one_of(heading, BOARD_MARKS) => Some(None),
            Special::Board => None,
        }
    }

    /// Why a column the tool knows is what it is.
    pub fn reason(self) -> ColumnReason {
        match self {
            Special::Survey => ColumnReason::Survey,
            Special::Board => ColumnReason::Board,
        }
    }
}

fn is_one_of(heading: &str, known: &[&str]) -> bool {
    let (folded, plain) = (folded(heading), plain(heading));
    known.iter().any(|k| *k == plain || folded_same(k, &folded))
}

/// Headings of tools hold underscores, which fold to spaces.
fn folded_same(known: &str, heading: &str) -> bool {
    known.replace('_', " ") == heading
}
