//! What a workshop does to its set of characteristics. Each change makes a whole new set, and refuses what would leave a
//! coding without a meaning that somebody chose.

use super::{Characteristic, Characteristics, Scale, Value, folded};
use crate::limits::{
    CHARACTERISTIC_VALUES_KEPT_MAX, CHARACTERISTIC_VALUES_MAX, CHARACTERISTICS_MAX, PROMPT_CHARS_MAX,
    TITLE_CHARS_MAX,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One change of a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Change {
    /// Adds a characteristic of the workshop's own, last.
    Add {
        /// As it is to be.
        form: Form,
    },
    /// Sets the words of a characteristic and of its values, their order, and adds values. Removes none.
    Edit {
        /// Which.
        key: String,
        /// As it is to be.
        form: Form,
    },
    /// Puts a characteristic at another place in the order.
    Move {
        /// Which.
        key: String,
        /// From 0; beyond the end is last.
        place: usize,
    },
    /// Takes a value out of use. Whatever holds it reads as another from then on, or, of a value nobody uses, as none.
    Retire {
        /// Of which characteristic.
        key: String,
        /// Which value.
        value: String,
        /// What its codings become.
        into: Option<String>,
    },
    /// Puts a retired value into use again, last: what holds it reads as it did before.
    Restore {
        /// Of which characteristic.
        key: String,
        /// Which value.
        value: String,
    },
    /// Deletes a characteristic that no case is coded by.
    Delete {
        /// Which.
        key: String,
    },
    /// Puts a deleted characteristic into use again, last: what cases were coded by it meanwhile counts.
    TakeBack {
        /// Which.
        key: String,
    },
}

/// A characteristic as somebody writes it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Form {
    pub label_nb: String,
    pub label_en: String,
    pub scale: Scale,
    pub group: String,
    pub help_nb: String,
    pub help_en: String,
    pub unit: Option<String>,
    pub dynamic: bool,
    pub active: bool,
    pub core: bool,
    pub values: Vec<FormValue>,
}

/// A value as somebody writes it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FormValue {
    /// Of a value there is; none of a new one.
    pub key: Option<String>,
    /// Bokmål.
    pub label_nb: String,
    /// English; as in bokmål where it is empty.
    pub label_en: String,
    /// What is meant by it.
    pub definition: String,
}

/// Why a set is not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such characteristic or value, or a form leaves out values there are.
    Unknown,
    /// A text is empty or too long, or a scale does not fit.
    BadWords,
    /// Two would answer to the same word.
    Taken,
    /// As many as there may be.
    Full,
    /// Cases use it: somebody has to say what their codings become.
    InUse,
    /// A list of values has at least one.
    LastValue,
}

impl Characteristics {
    /// The set after a change, one version on. `used`: some case holds what the change takes away.
    pub fn changed(&self, change: &Change, used: bool) -> Result<Characteristics, Refusal> {
        let mut set = self.clone();
        set.version = self.version.checked_add(1).ok_or(Refusal::Full)?;
        match change {
            Change::Add { form } => set.add(form)?,
            Change::Edit { key, form } => set.edit(key, form)?,
            Change::Move { key, place } => {
                let from = set.place(key)?;
                let moved = set.characteristics.remove(from);
                let to = (*place).min(set.characteristics.len());
                set.characteristics.insert(to, moved);
            }
            Change::Retire { key, value, into } => {
                let place = set.place(key)?;
                set.characteristics[place].retire(value, into.as_deref(), used)?;
            }
            Change::Restore { key, value } => {
                let place = set.place(key)?;
                set.characteristics[place].restore(value)?;
            }
            Change::Delete { key } => {
                let place = set.place(key)?;
                if used {
                    return Err(Refusal::InUse);
                }
                if set.deleted.len() >= CHARACTERISTICS_MAX {
                    return Err(Refusal::Full);
                }
                let gone = set.characteristics.remove(place);
                set.deleted.push(gone);
            }
            Change::TakeBack { key } => set.take_back(key)?,
        }
        Ok(set)
    }

    fn place(&self, key: &str) -> Result<usize, Refusal> {
        let place = self.characteristics.iter().position(|c| c.key == key);
        place.ok_or(Refusal::Unknown)
    }

    fn add(&mut self, form: &Form) -> Result<(), Refusal> {
        if self.characteristics.len() >= CHARACTERISTICS_MAX {
            return Err(Refusal::Full);
        }
        let new = Characteristic {
            // The version makes it one that was never used, also by what has been deleted.
            key: new_key(&form.label_nb, self.version, 0),
            code: format!("K{:02}", self.codes_to() + 1),
            scale: form.scale,
            ..Characteristic::default()
        };
        let new = new.filled(form, self.version)?;
        self.is_free(&new)?;
        self.characteristics.push(new);
        Ok(())
    }

    fn take_back(&mut self, key: &str) -> Result<(), Refusal> {
        if self.characteristics.len() >= CHARACTERISTICS_MAX {
            return Err(Refusal::Full);
        }
        let place = self.deleted.iter().position(|c| c.key == key);
        let back = self.deleted.remove(place.ok_or(Refusal::Unknown)?);
        self.is_free(&back)?;
        self.characteristics.push(Characteristic { active: true, ..back });
        Ok(())
    }

    fn edit(&mut self, key: &str, form: &Form) -> Result<(), Refusal> {
        let place = self.place(key)?;
        let new = self.characteristics[place].clone().filled(form, self.version)?;
        self.is_free(&new)?;
        self.characteristics[place] = new;
        Ok(())
    }

    /// The highest number of a code.
    fn codes_to(&self) -> u32 {
        let all = self.characteristics.iter().chain(&self.deleted);
        let numbers = all.filter_map(|c| c.code.strip_prefix('K'));
        numbers.filter_map(|n| n.parse().ok()).max().unwrap_or_default()
    }

    /// Whether no other characteristic answers to its name.
    fn is_free(&self, new: &Characteristic) -> Result<(), Refusal> {
        let names = |c: &Characteristic| [folded(&c.label_nb), folded(&c.label_en)];
        let own = names(new);
        let others = self.characteristics.iter().filter(|c| c.key != new.key);
        let taken = others.flat_map(names).any(|name| own.contains(&name));
        if taken { Err(Refusal::Taken) } else { Ok(()) }
    }
}

impl Characteristic {
    fn filled(mut self, form: &Form, version: u32) -> Result<Self, Refusal> {
        self.scale = changed_scale(self.scale, form.scale)?;
        self.label_nb = line(&form.label_nb)?;
        self.label_en = line_or(&form.label_en, &self.label_nb)?;
        self.group = line(&form.group)?;
        self.help_nb = prose(&form.help_nb)?;
        self.help_en = prose(&form.help_en)?;
        let unit = form.unit.as_deref().filter(|unit| !unit.trim().is_empty());
        self.unit = unit.map(line).transpose()?;
        (self.dynamic, self.active, self.core) = (form.dynamic, form.active, form.core);
        self.values = self.listed(&form.values, version)?;
        Ok(self)
    }

    /// The values of a form: each there is, once, and new ones.
    fn listed(&self, form: &[FormValue], version: u32) -> Result<Vec<Value>, Refusal> {
        if self.scale.has_values() == form.is_empty() {
            return Err(if form.is_empty() {
                Refusal::LastValue
            } else {
                Refusal::BadWords
            });
        }
        if form.len() > CHARACTERISTIC_VALUES_MAX {
            return Err(Refusal::Full);
        }
        let mut listed = Vec::new();
        for (place, one) in form.iter().enumerate() {
            let label_nb = line(&one.label_nb)?;
            listed.push(Value {
                key: one
                    .key
                    .clone()
                    .unwrap_or_else(|| new_key(&label_nb, version, place)),
                label_en: line_or(&one.label_en, &label_nb)?,
                label_nb,
                definition: prose(&one.definition)?,
                merged_into: None,
            });
        }
        let given: BTreeSet<&String> = form.iter().filter_map(|one| one.key.as_ref()).collect();
        let there: BTreeSet<&String> = self.values.iter().map(|value| &value.key).collect();
        let keys: BTreeSet<&String> = listed.iter().map(|value| &value.key).collect();
        if given != there || keys.len() < listed.len() {
            return Err(Refusal::Unknown);
        }
        are_told_apart(&listed)?;
        Ok(listed)
    }

    fn retire(&mut self, key: &str, into: Option<&str>, used: bool) -> Result<(), Refusal> {
        let is_there = |key: &str| self.values.iter().any(|v| v.key == key);
        if !is_there(key) || into.is_some_and(|into| into == key || !is_there(into)) {
            return Err(Refusal::Unknown);
        }
        if into.is_none() && used {
            return Err(Refusal::InUse);
        }
        if self.values.len() == 1 {
            return Err(Refusal::LastValue);
        }
        if self.retired.len() >= CHARACTERISTIC_VALUES_KEPT_MAX {
            return Err(Refusal::Full);
        }
        let gone = self
            .values
            .iter()
            .position(|v| v.key == key)
            .map(|at| self.values.remove(at));
        self.retired.extend(gone);
        for retired in &mut self.retired {
            // What was merged into it earlier goes where it goes.
            if retired.key == key || retired.merged_into.as_deref() == Some(key) {
                retired.merged_into = into.map(str::to_owned);
            }
        }
        Ok(())
    }

    fn restore(&mut self, key: &str) -> Result<(), Refusal> {
        if self.values.len() >= CHARACTERISTIC_VALUES_MAX {
            return Err(Refusal::Full);
        }
        let at = self.retired.iter().position(|v| v.key == key);
        let mut back = self.retired.remove(at.ok_or(Refusal::Unknown)?);
        back.merged_into = None;
        self.values.push(back);
        are_told_apart(&self.values)
    }
}

/// Where a document keeps a coding follows from the scale; one value is one value, in order or not.
fn changed_scale(from: Scale, to: Scale) -> Result<Scale, Refusal> {
    let one_of = |scale| matches!(scale, Scale::Nominal | Scale::Ordinal);
    if from == to || (one_of(from) && one_of(to)) {
        Ok(to)
    } else {
        Err(Refusal::BadWords)
    }
}

/// A list brings words, not keys: no word may stand for two values.
fn are_told_apart(values: &[Value]) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for value in values {
        let own = BTreeSet::from([folded(&value.label_nb), folded(&value.label_en)]);
        if !own.into_iter().all(|name| seen.insert(name)) {
            return Err(Refusal::Taken);
        }
    }
    Ok(())
}

/// A key that says to people reading a file what it stands for, and that no other version gives.
fn new_key(label: &str, version: u32, place: usize) -> String {
    const CHARS: usize = 24;
    let plain = super::without_norwegian_letters(&folded(label));
    let letters = plain
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
    let word: String = letters.take(CHARS).collect();
    let word = word.trim_matches('_');
    format!(
        "{}_{version}_{place}",
        if word.is_empty() { "egen" } else { word }
    )
}

fn line(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > TITLE_CHARS_MAX || text.chars().any(char::is_control) {
        return Err(Refusal::BadWords);
    }
    Ok(text.to_owned())
}

fn line_or(text: &str, otherwise: &str) -> Result<String, Refusal> {
    line(if text.trim().is_empty() { otherwise } else { text })
}

fn prose(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let is_bad = |c: char| c.is_control() && c != '\n';
    if text.chars().count() > PROMPT_CHARS_MAX || text.chars().any(is_bad) {
        return Err(Refusal::BadWords);
    }
    Ok(text.to_owned())
}
