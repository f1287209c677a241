//! What the words of one list mean, each asked for once: what somebody chose, what they meant last time, or a match.

use super::codes::{self, Match};
use super::{actors, folded, words};
use samverk_shared::case::{ActorGroup, Level, Origin, Status};
use samverk_shared::characteristic::Characteristic;
use samverk_shared::import::{Confidence, SavedMapping, SheetChoices, ValuePlan, ValueReason};
use samverk_shared::limits::{IMPORT_CELL_CHARS_MAX, IMPORT_VALUES_MAX};
use std::collections::BTreeMap;

/// A field whose cells hold words from a list.
#[derive(Debug, Clone, Copy)]
pub enum Field<'s> {
    Level,
    Origin,
    Status,
    /// The actor group of an organisation, by its name.
    Party,
    Coding(&'s Characteristic),
}

impl Field<'_> {
    /// Its name in plans and choices.
    pub fn name(self) -> String {
        match self {
            Field::Level => "level".into(),
            Field::Origin => "origin".into(),
            Field::Status => "status".into(),
            Field::Party => "parties".into(),
            Field::Coding(c) => format!("codings.{}", c.key),
        }
    }

    /// Whether there is such a value; what a person or an older list says is not believed blindly.
    fn has(self, key: &str) -> bool {
        match self {
            Field::Level => Level::parse(key).is_some(),
            Field::Origin => Origin::parse(key).is_some(),
            Field::Status => Status::parse(key).is_some(),
            Field::Party => ActorGroup::parse(key).is_some(),
            Field::Coding(c) => c.values.iter().any(|value| value.key == key),
        }
    }

    fn find(self, word: &str) -> Option<Match> {
        let certain = |key: &str| Match {
            key: key.to_owned(),
            confidence: Confidence::Certain,
            reason: ValueReason::Label,
        };
        match self {
            Field::Level => words::level(word)
                .map(|l| certain(l.as_str()))
                .or_else(|| parts(word, self)),
            Field::Origin => words::origin(word)
                .map(|o| certain(o.as_str()))
                .or_else(|| parts(word, self)),
            Field::Status => words::status(word)
                .map(|s| certain(s.as_str()))
                .or_else(|| parts(word, self)),
            Field::Party => actors::group(word).map(|group| Match {
                confidence: Confidence::Likely,
                reason: ValueReason::Word,
                ..certain(group.as_str())
            }),
            Field::Coding(c) => codes::find(c, word),
        }
    }
}

/// «Kommune / kommunal»: all parts mean the same.
fn parts(word: &str, field: Field<'_>) -> Option<Match> {
    let parts: Vec<&str> = word
        .split('/')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() < 2 {
        return None;
    }
    let found: Vec<Match> = parts.iter().map(|part| field.find(part)).collect::<Option<_>>()?;
    found.iter().all(|m| m.key == found[0].key).then(|| Match {
        confidence: Confidence::Likely,
        reason: ValueReason::Parts,
        ..found[0].clone()
    })
}

/// The words of one list.
pub struct Vocabulary<'a> {
    choices: Option<&'a SheetChoices>,
    saved: Option<&'a SavedMapping>,
    /// Field and folded word → what was found.
    known: BTreeMap<(String, String), Option<Match>>,
    plans: BTreeMap<(String, String), ValuePlan>,
}

impl<'a> Vocabulary<'a> {
    /// With what somebody chose and what is remembered.
    pub fn new(choices: Option<&'a SheetChoices>, saved: Option<&'a SavedMapping>) -> Self {
        Vocabulary {
            choices,
            saved,
            known: BTreeMap::new(),
            plans: BTreeMap::new(),
        }
    }

    /// What a word means; it is not counted.
    pub fn meaning(&mut self, field: Field<'_>, word: &str) -> Option<Match> {
        let key = (field.name(), folded(word));
        if let Some(found) = self.known.get(&key) {
            return found.clone();
        }
        let found = self.chosen(field, word).or_else(|| {
            let is_word = word.chars().count() <= IMPORT_CELL_CHARS_MAX / 64;
            if is_word { field.find(word) } else { None }
        });
        self.known.insert(key, found.clone());
        found
    }

    /// What a word means, and the plan says so.
    pub fn read(&mut self, field: Field<'_>, word: &str) -> Option<Match> {
        let found = self.meaning(field, word);
        self.count(field, word, found.as_ref());
        found
    }

    /// Notes a word that says that there is no value.
    pub fn count_state(&mut self, field: Field<'_>, word: &str) {
        let state = Match {
            key: String::new(),
            confidence: Confidence::Certain,
            reason: ValueReason::State,
        };
        self.count(field, word, Some(&state));
    }

    fn count(&mut self, field: Field<'_>, word: &str, found: Option<&Match>) {
        let name = field.name();
        let room = self.plans.len() < IMPORT_VALUES_MAX;
        let key = (name.clone(), folded(word));
        if !room && !self.plans.contains_key(&key) {
            return;
        }
        let plan = self.plans.entry(key).or_insert_with(|| ValuePlan {
            field: name,
            original: word.to_owned(),
            key: found.map(|m| m.key.clone()),
            confidence: found.map_or(Confidence::None, |m| m.confidence),
            reason: found.map_or(ValueReason::Unknown, |m| m.reason),
            used: found.is_some_and(Match::is_used),
            ..ValuePlan::default()
        });
        plan.cells += 1;
    }

    fn chosen(&self, field: Field<'_>, word: &str) -> Option<Match> {
        let look = |values: &BTreeMap<String, BTreeMap<String, String>>| {
            let of_field = values.get(&field.name())?;
            let folded_word = || {
                of_field
                    .iter()
                    .find(|(w, _)| folded(w) == folded(word))
                    .map(|(_, key)| key)
            };
            let key = of_field.get(word).or_else(folded_word)?;
            (key.is_empty() || field.has(key)).then(|| key.clone())
        };
        let given = self
            .choices
            .and_then(|c| look(&c.values))
            .map(|key| (key, ValueReason::Given));
        let remembered = || {
            self.saved
                .and_then(|s| look(&s.values))
                .map(|key| (key, ValueReason::Remembered))
        };
        let (key, reason) = given.or_else(remembered)?;
        Some(Match {
            key,
            confidence: Confidence::Certain,
            reason,
        })
    }

    /// Every word that was read, by field.
    pub fn plans(self) -> Vec<ValuePlan> {
        self.plans.into_values().collect()
    }
}
