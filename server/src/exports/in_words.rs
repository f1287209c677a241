//! The fields of a case and what stands in them, as people call them: for what is kept in columns beside.

use super::words::{
    ELIGIBILITY as ELIGIBLE, FACTS, SELECTION as SELECTED, criterion, decision, eligible, label, level,
    origin, state_of, status, value_of,
};
use crate::language::Language;
use samverk_shared::case::{Criterion, Decision, Eligible, Level, Origin, Status};
use samverk_shared::characteristic::Characteristics;
use samverk_shared::import::cells::{CODINGS, EXTRA, STATE, Said};
use samverk_shared::merge::{ELIGIBILITY, SELECTION, Words};

/// Fields and what stands in them, as people call them.
pub struct InWords<'a> {
    /// What cases are coded by.
    pub set: &'a Characteristics,
    /// In which words.
    pub language: Language,
}

/// The fields of a case, beside the headings an export has for them.
const FIELDS: [(&str, usize); 13] = [
    ("name", 1),
    ("country", 2),
    ("origin", 3),
    ("status", 4),
    ("start_year", 5),
    ("end_year", 6),
    ("period", 7),
    ("level", 8),
    ("sector", 9),
    ("description", 10),
    ("benefit", 11),
    ("notes", 12),
    ("source", 13),
];

impl Words for InWords<'_> {
    fn heading(&self, field: &str) -> String {
        if let Some(of) = field.strip_prefix(CODINGS).and_then(|key| self.set.get(key)) {
            return label(of, self.language).to_owned();
        }
        let known = FIELDS.iter().find(|(name, _)| *name == field);
        match (field, known) {
            (_, Some((_, place))) => self.language.of(FACTS[*place]).to_owned(),
            (ELIGIBILITY, _) => self.language.of(ELIGIBLE).to_owned(),
            (SELECTION, _) => self.language.of(SELECTED[0]).to_owned(),
            _ => field.strip_prefix(EXTRA).unwrap_or(field).to_owned(),
        }
    }

    fn said(&self, field: &str, said: &Said) -> String {
        let of = field.strip_prefix(CODINGS).and_then(|key| self.set.get(key));
        let word = |word: &String| -> String {
            let known = match field {
                "origin" => Origin::parse(word).map(origin),
                "status" => Status::parse(word).map(status),
                "level" => Level::parse(word).map(level),
                ELIGIBILITY => Eligible::parse(word).map(eligible),
                SELECTION => Decision::parse(word)
                    .map(decision)
                    .or_else(|| Criterion::parse(word).map(criterion)),
                _ => None,
            };
            match (known, of, word.strip_prefix(STATE)) {
                (Some(known), ..) => self.language.of(known).to_owned(),
                (_, Some(_), Some(state)) => state_of(state, self.language).to_owned(),
                (_, Some(of), _) => value_of(of, word, self.language).to_owned(),
                _ => word.clone(),
            }
        };
        let said: Vec<String> = said
            .iter()
            .map(word)
            .filter(|word| !word.trim().is_empty())
            .collect();
        said.join("; ")
    }
}
