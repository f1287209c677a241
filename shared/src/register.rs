//! The register: each case as one row, with what a table, a filter or a search needs of it.

use crate::access::State;
use crate::blanks::blanks;
use crate::case::{
    ActorGroup, ActorMix, Case, CodingState, Criterion, Decision, Eligibility, Level, Origin, Status,
};
use crate::characteristic::{Characteristics, Scale};
use crate::document::read::{Problem, ProblemKind};
use crate::ids::{DocumentId, SubjectId};
use crate::limits::{ROW_PROBLEMS_MAX, ROW_REASON_CHARS_MAX, ROW_SEARCH_CHARS_MAX};
use crate::need::Need;
use crate::source::Source;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// One case in the register.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegisterRow {
    /// The case, whatever its document.
    pub subject: SubjectId,
    /// Its document at present.
    pub document: DocumentId,
    /// Whether the document takes edits.
    pub state: State,
    /// "N05".
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Where.
    pub country: String,
    /// The field of society.
    pub sector: String,
    /// From Norway, from abroad, or imagined.
    pub origin: Origin,
    /// How far it has come.
    pub status: Status,
    /// The year it began.
    pub start_year: Option<i64>,
    /// The year it ended.
    pub end_year: Option<i64>,
    /// Levels of government, in order.
    pub level: Vec<Level>,
    /// The actor groups that take part, in order; who only evaluates does not.
    pub actor_groups: Vec<ActorGroup>,
    /// Which of the four groups that R2 counts take part.
    pub mix: ActorMix,
    /// How many parties it names.
    pub parties: u32,
    /// Characteristic key → its values, a number as text; only what is coded, and no words; also of those not in use.
    pub codings: BTreeMap<String, Vec<String>>,
    /// Characteristic key → `unknown` or `not_applicable`.
    pub uncoded: BTreeMap<String, CodingState>,
    /// How many of the core characteristics are settled: coded, or found to have no value.
    pub settled_core: u32,
    /// How many of all in use are settled.
    pub settled: u32,
    /// Whether it is chosen.
    pub decision: Decision,
    /// By which criterion.
    pub criterion: Criterion,
    /// Why, in words; the beginning of a very long reason.
    pub reason: String,
    /// A public body together with research, business or voluntary organisations (R2).
    pub eligible: bool,
    /// What is wrong with its document; the first ones.
    pub problems: Vec<Problem>,
    /// What a search looks in: lower case, in no order.
    pub search: String,
    /// What the screen about what is missing is made from; the register itself does not tell it.
    #[serde(skip)]
    pub work: Work,
}

/// What is done about a case and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Work {
    /// Paths of its blanks.
    pub blanks: Vec<String>,
    /// Whether it is an example at all.
    pub eligibility: Eligibility,
    /// What somebody is to find out.
    pub needs: Vec<Need>,
    /// What it rests on.
    pub sources: Vec<Source>,
    /// Something about its source stands in words, as a list brought it.
    pub source_in_words: bool,
    /// Keys of the characteristics it is coded on in words.
    pub worded: Vec<String>,
}

/// The row of a case.
pub fn row(
    subject: SubjectId,
    document: DocumentId,
    state: State,
    case: &Case,
    problems: &[Problem],
    set: &Characteristics,
) -> RegisterRow {
    let (codings, uncoded) = codings(case, set);
    let worded = worded(case, set);
    let is_settled =
        |key: &String| codings.contains_key(key) || uncoded.contains_key(key) || worded.contains(key);
    let settled = set.iter().filter(|c| is_settled(&c.key)).count() as u32;
    let settled_core = set.iter().filter(|c| c.core && is_settled(&c.key)).count() as u32;
    RegisterRow {
        subject,
        document,
        state,
        code: case.code.clone(),
        name: case.name.clone(),
        country: case.country.clone(),
        sector: case.sector.clone(),
        origin: case.origin,
        status: case.status,
        start_year: case.start_year,
        end_year: case.end_year,
        level: case.levels.iter().copied().collect(),
        actor_groups: case.actor_groups().into_iter().collect(),
        mix: case.actor_mix(),
        parties: case.parties.len() as u32,
        codings,
        uncoded,
        settled_core,
        settled,
        decision: case.selection.decision,
        criterion: case.selection.criterion,
        reason: case.selection.reason.chars().take(ROW_REASON_CHARS_MAX).collect(),
        eligible: case.is_eligible(),
        problems: problems.iter().take(ROW_PROBLEMS_MAX).cloned().collect(),
        search: search(case),
        work: Work {
            blanks: blanks(case, set),
            eligibility: case.eligibility.clone(),
            needs: case.needs.clone(),
            sources: case.sources.clone(),
            worded,
            source_in_words: !case.source.trim().is_empty(),
        },
    }
}

/// The row of a case whose document cannot be read: it is shown as such, and not left out.
pub fn unreadable(
    subject: SubjectId,
    document: DocumentId,
    state: State,
    set: &Characteristics,
) -> RegisterRow {
    let problem = Problem {
        path: String::new(),
        kind: ProblemKind::Unreadable,
    };
    row(subject, document, state, &Case::default(), &[problem], set)
}

type Codings = BTreeMap<String, Vec<String>>;

fn codings(case: &Case, set: &Characteristics) -> (Codings, BTreeMap<String, CodingState>) {
    let (mut coded, mut uncoded) = (Codings::new(), BTreeMap::new());
    for c in &set.characteristics {
        let Some(coding) = case.codings.get(&c.key) else {
            continue;
        };
        if matches!(coding.state, CodingState::Unknown | CodingState::NotApplicable) {
            uncoded.insert(c.key.clone(), coding.state);
        } else if coding.is_coded(c.scale) && c.scale != Scale::Text {
            let one = coding.value.iter().cloned();
            let many = coding.values.iter().cloned();
            let number = coding.number.iter().map(f64::to_string);
            let values = match c.scale {
                Scale::Multi => many.collect(),
                Scale::Number => number.collect(),
                _ => one.collect(),
            };
            coded.insert(c.key.clone(), values);
        }
    }
    (coded, uncoded)
}

fn worded(case: &Case, set: &Characteristics) -> Vec<String> {
    let is_coded = |key: &str| {
        case.codings
            .get(key)
            .is_some_and(|coding| coding.is_coded(Scale::Text))
    };
    let in_words = set.characteristics.iter().filter(|c| c.scale == Scale::Text);
    in_words
        .map(|c| c.key.clone())
        .filter(|key| is_coded(key))
        .collect()
}

fn search(case: &Case) -> String {
    let facts = [&case.code, &case.name, &case.country, &case.sector].into_iter();
    let parties = case.parties.iter().map(|p| &p.name);
    let words: Vec<&str> = facts
        .chain(parties)
        .chain([&case.description])
        .map(String::as_str)
        .collect();
    words
        .join(" ")
        .to_lowercase()
        .chars()
        .take(ROW_SEARCH_CHARS_MAX)
        .collect()
}

/// Rows by code as people count: N2 before N10; equal codes by subject.
pub fn by_code(a: &RegisterRow, b: &RegisterRow) -> Ordering {
    natural(&a.code, &b.code).then_with(|| a.subject.cmp(&b.subject))
}

/// Compares texts with the numbers in them taken as numbers.
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let ((a_part, a_rest), (b_part, b_rest)) = (first_part(a), first_part(b));
        if a_part.is_empty() || b_part.is_empty() {
            return a_part.len().cmp(&b_part.len());
        }
        let both_numbers = [a_part, b_part]
            .iter()
            .all(|p| p.starts_with(|c: char| c.is_ascii_digit()));
        let order = if both_numbers {
            by_number(a_part, b_part)
        } else {
            a_part.cmp(b_part)
        };
        if order != Ordering::Equal {
            return order;
        }
        (a, b) = (a_rest, b_rest);
    }
}

/// A run of digits, or of anything else, and what follows it.
fn first_part(text: &str) -> (&str, &str) {
    let is_digit = |c: char| c.is_ascii_digit();
    let starts_with_digit = text.starts_with(is_digit);
    let end = text
        .find(|c| is_digit(c) != starts_with_digit)
        .unwrap_or(text.len());
    text.split_at(end)
}

/// Digits of any length by their number; of equal numbers the shorter first.
fn by_number(a: &str, b: &str) -> Ordering {
    let (short_a, short_b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    let by_value = short_a
        .len()
        .cmp(&short_b.len())
        .then_with(|| short_a.cmp(short_b));
    by_value.then_with(|| a.len().cmp(&b.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::characteristic::defaults;
    use crate::import::CaseRecord;

    fn ids() -> (SubjectId, DocumentId) {
        (SubjectId::from_random([1; 16]), DocumentId::from_random([1; 16]))
    }

    #[test]
    fn codes_stand_in_the_order_people_count() {
        let mut codes = [
            "N10",
            "I01",
            "N2",
            "N02",
            "X1",
            "N2b",
            "",
            "N100000000000000000000000",
        ];
        codes.sort_by(|a, b| natural(a, b));
        assert_eq!(
            codes,
            [
                "",
                "I01",
                "N2",
                "N2b",
                "N02",
                "N10",
                "N100000000000000000000000",
                "X1"
            ]
        );
    }

    #[test]
    fn a_row_tells_coded_from_unknown_from_not_looked_at() {
        let mut record = CaseRecord::named("Skolehage");
        record.codings.insert("scope".into(), vec!["okosystem".into()]);
        record
            .codings
            .insert("funding".into(), vec!["eu".into(), "innkjop".into()]);
        record
            .codings
            .insert("context_binding".into(), vec!["Ildsjel".into()]);
        record.states.insert("rights".into(), "unknown".into());
        let case = Case::from_record(&record, defaults());
        let (subject, document) = ids();
        let row = row(subject, document, State::Open, &case, &[], defaults());
        assert_eq!(row.codings.keys().collect::<Vec<_>>(), ["funding", "scope"]);
        assert_eq!(
            row.uncoded,
            BTreeMap::from([("rights".into(), CodingState::Unknown)])
        );
        assert_eq!((row.settled_core, row.settled), (2, 4));
        assert!(row.search.contains("skolehage"));
    }
}
