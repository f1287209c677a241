//! Two cases of the register that turned out to be one: what either says of each field, and what the one that stays gets
//! (row R35). Nothing a person does not take is lost: it stands in a column beside.

use crate::case::{Case, Coding, CodingState, Confidence, Decision, Eligibility, Eligible, Selection};
use crate::characteristic::Characteristics;
use crate::import::CellKind;
use crate::import::cells::{CODINGS, Cell, EXTRA, Put, Said, Sayings};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The field of whether a case is an example at all: its answer and its reason.
pub const ELIGIBILITY: &str = "eligibility";
/// The field of whether a case is chosen: decision, criterion and reason.
pub const SELECTION: &str = "selection";

/// What goes from one case to another as a whole, with who said it and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Swap {
    Coding { key: String, was: Coding, now: Coding },
    Eligibility { was: Eligibility, now: Eligibility },
    Selection { was: Selection, now: Selection },
}

impl Swap {
    /// What takes it back.
    pub fn back(&self) -> Swap {
        match self.clone() {
            Swap::Coding { key, was, now } => Swap::Coding {
                key,
                was: now,
                now: was,
            },
            Swap::Eligibility { was, now } => Swap::Eligibility { was: now, now: was },
            Swap::Selection { was, now } => Swap::Selection { was: now, now: was },
        }
    }

    /// Whether nothing else stands in the case than who decided knew of.
    pub fn is_as_known(&self, case: &Case) -> bool {
        match self {
            Swap::Coding { key, was, .. } => case.codings.get(key).cloned().unwrap_or_default() == *was,
            Swap::Eligibility { was, .. } => case.eligibility == *was,
            Swap::Selection { was, .. } => case.selection == *was,
        }
    }
}

/// How people call a field, and what stands in it.
pub trait Words {
    /// The heading of a field.
    fn heading(&self, field: &str) -> String;
    /// What stands there, in words.
    fn said(&self, field: &str, said: &Said) -> String;
}

/// What either case says, field by field: `here` is what the one that stays says, `listed` the one that goes. What the
/// one that stays leaves blank is taken; what they say differently waits for a person.
pub fn cells(stays: &Case, goes: &Case, set: &Characteristics) -> Vec<Cell> {
    let (here, other) = (said(stays, set), said(goes, set));
    let fields: BTreeSet<&String> = here.keys().chain(other.keys()).collect();
    let of = |all: &BTreeMap<String, Said>, field: &str| all.get(field).cloned().unwrap_or_default();
    let cell = |field: &String| {
        let (stands, says) = (of(&here, field), of(&other, field));
        let kind = if says.is_empty() || says == stands {
            CellKind::Same
        } else if stands.is_empty() {
            CellKind::Fill
        } else {
            CellKind::Differs
        };
        Cell {
            field: field.clone(),
            here: stands,
            listed: says,
            kind,
            take: kind == CellKind::Fill,
            ..Cell::default()
        }
    };
    fields.into_iter().map(cell).collect()
}

fn said(case: &Case, set: &Characteristics) -> BTreeMap<String, Said> {
    let mut said = Sayings::of(case, set).cells;
    let Eligibility { answer, reason, .. } = &case.eligibility;
    if *answer != Eligible::Unsaid {
        said.insert(ELIGIBILITY.into(), vec![answer.as_str().into(), reason.clone()]);
    }
    let Selection {
        decision,
        criterion,
        reason,
        ..
    } = &case.selection;
    if *decision != Decision::Undecided {
        let words = [decision.as_str(), criterion.as_str(), reason];
        said.insert(SELECTION.into(), words.map(str::to_owned).to_vec());
    }
    said
}

/// What the case that stays gets.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Gains {
    pub puts: Vec<Put>,
    pub swaps: Vec<Swap>,
}

/// What the case that stays gets where a person takes these fields from the one that goes. What is not taken, and what
/// has to give way, stands in a column called after its field and the code of its case: «Land (N07)».
pub fn gains(
    (stays, goes): (&Case, &Case),
    set: &Characteristics,
    take: &BTreeSet<String>,
    words: &dyn Words,
) -> Gains {
    let mut gains = Gains::default();
    let extras = stays.extra.keys().chain(goes.extra.keys());
    let mut columns: BTreeSet<String> = extras.cloned().collect();
    for cell in cells(stays, goes, set) {
        let takes =
            cell.kind == CellKind::Fill || cell.kind == CellKind::Differs && take.contains(&cell.field);
        if takes {
            gains.take((stays, goes), &cell);
        } else if cell.kind == CellKind::Same && !cell.listed.is_empty() {
            gains.take_note((stays, goes), &cell);
        }
        if cell.kind == CellKind::Differs {
            let (kept, of) = match takes {
                true => (&cell.here, &stays.code),
                false => (&cell.listed, &goes.code),
            };
            let column = free(&mut columns, &format!("{} ({of})", words.heading(&cell.field)));
            gains.puts.push(Put {
                field: format!("{EXTRA}{column}"),
                now: vec![words.said(&cell.field, kept)],
                ..Put::default()
            });
        }
    }
    gains
}

impl Gains {
    fn take(&mut self, (stays, goes): (&Case, &Case), cell: &Cell) {
        if let Some(key) = cell.field.strip_prefix(CODINGS) {
            let of = |case: &Case| case.codings.get(key).cloned().unwrap_or_default();
            return self.swaps.push(Swap::Coding {
                key: key.to_owned(),
                was: of(stays),
                now: of(goes),
            });
        }
        match cell.field.as_str() {
            ELIGIBILITY => self.swaps.push(Swap::Eligibility {
                was: stays.eligibility.clone(),
                now: goes.eligibility.clone(),
            }),
            SELECTION => self.swaps.push(Swap::Selection {
                was: stays.selection.clone(),
                now: goes.selection.clone(),
            }),
            _ => self.puts.push(Put {
                field: cell.field.clone(),
                was: cell.here.clone(),
                now: cell.listed.clone(),
                chosen: cell.kind == CellKind::Differs,
            }),
        }
    }

    /// Both are coded the same: what the one that goes rests on comes along where the other says nothing of it.
    fn take_note(&mut self, (stays, goes): (&Case, &Case), cell: &Cell) {
        let Some(key) = cell.field.strip_prefix(CODINGS) else {
            return;
        };
        let (Some(was), Some(from)) = (stays.codings.get(key), goes.codings.get(key)) else {
            return;
        };
        let noted = was.note.trim().is_empty() && !from.note.trim().is_empty();
        if !noted || was.state == CodingState::NotCoded {
            return;
        }
        let unsure = was.confidence == Confidence::Unsaid;
        self.swaps.push(Swap::Coding {
            key: key.to_owned(),
            was: was.clone(),
            now: Coding {
                note: from.note.clone(),
                confidence: if unsure { from.confidence } else { was.confidence },
                ..was.clone()
            },
        });
    }
}

/// A column of this name that holds nothing yet: «Land (N07)», «Land (N07) 2», ….
fn free(columns: &mut BTreeSet<String>, wanted: &str) -> String {
    let numbered = (2..).map(|n| format!("{wanted} {n}"));
    let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
    let name = names.find(|name| !columns.contains(name)).unwrap_or_default();
    columns.insert(name.clone());
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::characteristic::defaults;

    struct Plain;

    impl Words for Plain {
        fn heading(&self, field: &str) -> String {
            field.to_owned()
        }
        fn said(&self, _: &str, said: &Said) -> String {
            said.join(", ")
        }
    }

    fn coded(value: &str, note: &str) -> Coding {
        Coding {
            state: CodingState::Coded,
            value: Some(value.into()),
            note: note.into(),
            ..Coding::default()
        }
    }

    fn two() -> (Case, Case) {
        let stays = Case {
            code: "N05".into(),
            name: "Voss".into(),
            country: "Norge".into(),
            codings: [
                ("scope".into(), coded("okosystem", "")),
                ("novelty".into(), Coding::default()),
            ]
            .into(),
            extra: [("Farge".into(), "blå".into())].into(),
            ..Case::default()
        };
        let goes = Case {
            code: "N07".into(),
            name: "Voss".into(),
            country: "Noreg".into(),
            sector: "Klima".into(),
            codings: [
                ("scope".into(), coded("okosystem", "mange parter")),
                ("novelty".into(), coded("radikal", "ti år")),
            ]
            .into(),
            selection: Selection {
                decision: Decision::In,
                reason: "typisk".into(),
                ..Selection::default()
            },
            extra: [("Farge".into(), "rød".into()), ("Land (N07)".into(), "x".into())].into(),
            ..Case::default()
        };
        (stays, goes)
    }

    #[test]
    fn r35_what_one_case_leaves_blank_is_filled_and_what_differs_waits_for_a_person() {
        let (stays, goes) = two();
        let cells = cells(&stays, &goes, defaults());
        let kind = |field: &str| {
            cells
                .iter()
                .find(|cell| cell.field == field)
                .map(|cell| cell.kind)
        };
        assert_eq!(kind("name"), Some(CellKind::Same));
        assert_eq!(kind("country"), Some(CellKind::Differs));
        assert_eq!(kind("sector"), Some(CellKind::Fill));
        assert_eq!(kind("codings.scope"), Some(CellKind::Same));
        assert_eq!(kind("codings.novelty"), Some(CellKind::Fill));
        assert_eq!(kind(SELECTION), Some(CellKind::Fill));
        assert_eq!(kind("extra.Farge"), Some(CellKind::Differs));
    }

    #[test]
    fn r35_what_is_not_taken_and_what_gives_way_stands_beside() {
        let (stays, goes) = two();
        let take = BTreeSet::from(["country".to_owned()]);
        let gains = gains((&stays, &goes), defaults(), &take, &Plain);
        let put = |field: &str| {
            let found = gains.puts.iter().find(|put| put.field == field);
            found.map(|put| (put.was.join(""), put.now.join("")))
        };
        assert_eq!(put("country"), Some(("Norge".into(), "Noreg".into())));
        assert_eq!(put("extra.country (N05)"), Some((String::new(), "Norge".into())));
        assert_eq!(
            put("extra.extra.Farge (N07)"),
            Some((String::new(), "rød".into()))
        );
        assert_eq!(put("sector"), Some((String::new(), "Klima".into())));
        assert_eq!(gains.swaps.len(), 3);
        let back: Vec<Swap> = gains.swaps.iter().map(Swap::back).collect();
        assert!(gains.swaps.iter().all(|swap| swap.is_as_known(&stays)));
        assert!(back.iter().all(|swap| !swap.is_as_known(&stays)));
        let note = gains.swaps.iter().find_map(|swap| match swap {
            Swap::Coding { key, now, .. } if key == "scope" => Some(now.note.clone()),
            _ => None,
        });
        assert_eq!(
            note.as_deref(),
            Some("mange parter"),
            "both said the same, and one said why"
        );
    }

    #[test]
    fn r35_a_column_that_is_there_is_never_written_over() {
        let (mut stays, goes) = two();
        stays.extra.insert("country (N07)".into(), "før".into());
        let gains = gains((&stays, &goes), defaults(), &BTreeSet::new(), &Plain);
        assert!(gains.puts.iter().any(|put| put.field == "extra.country (N07) 2"));
    }
}
