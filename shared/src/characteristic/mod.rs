//! What cases are coded by: a set of characteristics with their scales and values, and the 24 it starts from.
//!
//! **Invariant:** a key never changes and is never used again. What leaves a list of values is kept in `retired`, so that
//! whatever a document says, also one written from an older set, reads as a value in use or as none.

mod change;
mod difference;

pub use change::{Change, Form, FormValue, Refusal};
pub use difference::{Changed, What, difference};

use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// The characteristics every workshop starts from, as `data/characteristics.json` holds them.
pub fn defaults() -> &'static Characteristics {
    static DEFAULTS: OnceLock<Characteristics> = OnceLock::new();
    // The file is part of the program and a test reads it; were it broken, a workshop would have none.
    DEFAULTS.get_or_init(|| {
        Characteristics::from_json(include_str!("../../data/characteristics.json")).unwrap_or_default()
    })
}

/// The twelve of the defaults that a team codes first; about ten minutes a case.
const CORE_CODES: [&str; 12] = [
    "K01", "K02", "K03", "K09", "K10", "K11", "K12", "K13", "K15", "K16", "K19", "K22",
];

/// How the values of a characteristic relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// One of.
    Nominal,
    /// One of, in order.
    Ordinal,
    /// Any of.
    Multi,
    /// A number with a unit.
    Number,
    /// Words; never part of a distance. What a scale that is not known reads as.
    #[default]
    #[serde(other)]
    Text,
}

impl Scale {
    /// The scale as it stands in the data and in TypeScript.
    pub fn as_str(self) -> &'static str {
        match self {
            Scale::Nominal => "nominal",
            Scale::Ordinal => "ordinal",
            Scale::Multi => "multi",
            Scale::Number => "number",
            Scale::Text => "text",
        }
    }

    /// Whether it has a list of values.
    pub fn has_values(self) -> bool {
        matches!(self, Scale::Nominal | Scale::Ordinal | Scale::Multi)
    }
}

/// One choice of a characteristic.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Value {
    /// Never changes; what documents hold.
    pub key: String,
    /// Bokmål.
    pub label_nb: String,
    /// English.
    pub label_en: String,
    /// What is meant by it, in bokmål, where the label does not say.
    pub definition: String,
    /// Of a retired value: the key of the value in use that it now reads as, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<String>,
}

/// Something cases are coded by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Characteristic {
    /// "K01".
    pub code: String,
    /// Never changes; what documents hold.
    pub key: String,
    /// Bokmål.
    pub label_nb: String,
    /// English.
    pub label_en: String,
    /// How its values relate.
    pub scale: Scale,
    /// The heading it stands under, in bokmål.
    pub group: String,
    /// The question it answers, in bokmål.
    pub help_nb: String,
    /// The same in English, where somebody has written it.
    pub help_en: String,
    /// Of a number.
    pub unit: Option<String>,
    /// Says something about process, not only structure.
    pub dynamic: bool,
    /// Whether cases are coded by it at present; its codings stay either way.
    pub active: bool,
    /// Whether it is one of those a team codes first.
    pub core: bool,
    /// Those in use, in their order; empty for numbers and words.
    pub values: Vec<Value>,
    /// Those that left the list: merged into one in use, or deleted.
    pub retired: Vec<Value>,
}

impl Default for Characteristic {
    fn default() -> Self {
        Characteristic {
            code: String::new(),
            key: String::new(),
            label_nb: String::new(),
            label_en: String::new(),
            scale: Scale::default(),
            group: String::new(),
            help_nb: String::new(),
            help_en: String::new(),
            unit: None,
            dynamic: false,
            active: true,
            core: false,
            values: Vec::new(),
            retired: Vec::new(),
        }
    }
}

impl Characteristic {
    /// The value that counts where a document holds this key: the value itself or what it was merged into; none where
    /// it was deleted or never was.
    pub fn living(&self, key: &str) -> Option<&Value> {
        let in_use = |key: &str| self.values.iter().find(|v| v.key == key);
        in_use(key).or_else(|| {
            let retired = self.retired.iter().find(|v| v.key == key)?;
            in_use(retired.merged_into.as_deref()?)
        })
    }

    /// The value with this key, or with this label in bokmål or English. Case and what stands in
    /// brackets are not looked at: «kompleks» is «Kompleks (mange aktører, uklare årsaker)»; and a key
    /// may be written with its Norwegian letters: «økosystem» is `okosystem`.
    pub fn value(&self, key_or_label: &str) -> Option<&Value> {
        let by_key = self.values.iter().find(|v| v.key == key_or_label);
        let wanted = folded(key_or_label);
        by_key.or_else(|| called(&self.values, &wanted)).or_else(|| {
            let retired = self.retired.iter().find(|v| v.key == key_or_label);
            let retired = retired.or_else(|| called(&self.retired, &wanted))?;
            self.living(&retired.key)
        })
    }
}

/// The value that answers to this word.
fn called<'a>(values: &'a [Value], wanted: &str) -> Option<&'a Value> {
    if wanted.is_empty() {
        return None;
    }
    let plain = without_norwegian_letters(wanted);
    values.iter().find(|v| folded(&v.key) == plain).or_else(|| {
        values.iter().find(|v| {
            [&v.label_nb, &v.label_en]
                .into_iter()
                .any(|label| folded(label) == wanted || folded(without_brackets(label)) == wanted)
        })
    })
}

/// A set of characteristics, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Characteristics {
    /// Rises with every change of the set.
    pub version: u32,
    /// In the order in which they are shown.
    pub characteristics: Vec<Characteristic>,
    /// Those that were deleted. What somebody codes by one that they did not know to be deleted keeps its meaning, and
    /// counts once it is taken back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deleted: Vec<Characteristic>,
}

impl Characteristics {
    /// Reads a set; fields that are missing read as empty, and a scale that is not known as words. A set that names no
    /// core has that of the defaults.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        let mut set: Characteristics = serde_json::from_str(text)?;
        if !set.characteristics.iter().any(|c| c.core) {
            for c in &mut set.characteristics {
                c.core = CORE_CODES.contains(&c.code.as_str());
            }
        }
        Ok(set)
    }

    /// Those cases are coded by at present, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Characteristic> + Clone {
        self.characteristics.iter().filter(|c| c.active)
    }

    /// Whether every document reads the same by this set as by another, whatever it is called.
    pub fn reads_as(&self, other: &Characteristics) -> bool {
        let shape = |c: &Characteristic| {
            let values: Vec<String> = c.values.iter().map(|v| v.key.clone()).collect();
            let retired = c.retired.iter().map(|v| (v.key.clone(), v.merged_into.clone()));
            let retired: Vec<_> = retired.collect();
            (c.key.clone(), c.scale, c.active, c.core, values, retired)
        };
        let all = |set: &Characteristics| -> Vec<_> {
            let deleted = set.deleted.iter().map(|c| (true, shape(c)));
            set.characteristics
                .iter()
                .map(|c| (false, shape(c)))
                .chain(deleted)
                .collect()
        };
        all(self) == all(other)
    }

    /// The one with this key, whether cases are coded by it at present or not.
    pub fn get(&self, key: &str) -> Option<&Characteristic> {
        self.characteristics.iter().find(|c| c.key == key)
    }

    /// The one with this key that was deleted.
    pub fn deleted(&self, key: &str) -> Option<&Characteristic> {
        self.deleted.iter().find(|c| c.key == key)
    }

    /// The one with this key, code or label, whatever the case: what a column may be headed by.
    pub fn find(&self, name: &str) -> Option<&Characteristic> {
        let wanted = folded(name);
        self.iter()
            .find(|c| [&c.key, &c.code].into_iter().any(|own| folded(own) == wanted))
            .or_else(|| {
                self.iter().find(|c| {
                    [&c.label_nb, &c.label_en]
                        .into_iter()
                        .any(|label| folded(label) == wanted)
                })
            })
    }
}

/// Lower case, with single spaces for whitespace and underscores.
fn folded(text: &str) -> String {
    let spaced = text.replace('_', " ").to_lowercase();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As keys are made from words.
fn without_norwegian_letters(folded: &str) -> String {
    folded.replace('æ', "ae").replace('ø', "o").replace('å', "a")
}

fn without_brackets(label: &str) -> &str {
    label.split('(').next().unwrap_or(label).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_24_with_9_values_at_most() {
        let all = defaults();
        assert_eq!(all.iter().count(), 24);
        assert!(
            all.iter()
                .all(|c| c.values.len() <= 9 && c.scale.has_values() != c.values.is_empty())
        );
        assert_eq!(all.iter().filter(|c| c.core).count(), 12);
    }

    #[test]
    fn a_value_is_found_by_key_and_by_label_in_both_languages() {
        let kind = defaults().get("challenge_type").unwrap();
        for name in [
            "kompleks",
            " KOMPLEKS ",
            "Complex",
            "Kompleks (mange aktører, uklare årsaker)",
        ] {
            assert_eq!(
                kind.value(name).map(|v| v.key.as_str()),
                Some("kompleks"),
                "{name}"
            );
        }
        assert_eq!(
            defaults().get("scope").unwrap().value("Økosystem").unwrap().key,
            "okosystem"
        );
        assert_eq!(kind.value("noe annet"), None);
        assert_eq!(kind.value(""), None);
        assert_eq!(defaults().find("k10").map(|c| c.key.as_str()), Some("scope"));
        assert_eq!(defaults().find("Omfang").map(|c| c.key.as_str()), Some("scope"));
    }

    #[test]
    fn no_two_values_of_a_characteristic_answer_to_the_same_word() {
        for c in defaults().iter() {
            for v in &c.values {
                for name in [&v.key, &v.label_nb, &v.label_en] {
                    assert_eq!(c.value(name), Some(v), "{} {name}", c.key);
                }
            }
        }
    }

    #[test]
    fn a_set_with_fields_missing_or_unknown_is_read() {
        let text = r#"{"characteristics": [{"key": "x", "scale": "fuzzy", "colour": "red"}]}"#;
        let set = Characteristics::from_json(text).unwrap();
        assert_eq!(set.get("x").map(|c| c.scale), Some(Scale::Text));
    }
}
