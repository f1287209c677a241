//! A word of a list to a value of a characteristic, with how sure that is and why.

use super::synonyms::SYNONYMS;
use super::{bare, folded, lists, words};
use samverk_shared::characteristic::{Characteristic, Value};
use samverk_shared::import::{Confidence, ValueReason};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A value that a word may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Of the value.
    pub key: String,
    /// How sure that is.
    pub confidence: Confidence,
    /// Why.
    pub reason: ValueReason,
}

impl Match {
    fn new(key: &str, confidence: Confidence, reason: ValueReason) -> Self {
        Match {
            key: key.to_owned(),
            confidence,
            reason,
        }
    }

    /// Whether a record takes it.
    pub fn is_used(&self) -> bool {
        self.confidence <= Confidence::Likely
    }
}

/// The value of a characteristic that a word means.
pub fn find(c: &Characteristic, word: &str) -> Option<Match> {
    if let Some(value) = c.value(word) {
        return Some(Match::new(&value.key, Confidence::Certain, ValueReason::Label));
    }
    let wanted = bare(word);
    if wanted.is_empty() || word.chars().count() > 200 {
        return None;
    }
    if let Some(value) = c.values.iter().find(|v| labels(v).contains(&wanted)) {
        return Some(Match::new(&value.key, Confidence::Certain, ValueReason::Label));
    }
    synonym(c, word)
        .or_else(|| parts(c, word))
        .or_else(|| one_word(c, &wanted))
        .or_else(|| misspelt(c, &wanted))
        .or_else(|| holds_label(c, &wanted))
}

/// The words of a cell: what is known as a whole, or what is between separators.
pub fn split<'a>(c: &Characteristic, cell: &'a str) -> Vec<&'a str> {
    lists::known_list(cell, &|word| {
        words::uncoded(word).is_some() || find(c, word).is_some_and(|m| m.is_used())
    })
}

/// The key and the labels of a value, also without what is in brackets.
fn labels(value: &Value) -> Vec<String> {
    let without = |label: &str| bare(label.split('(').next().unwrap_or(label));
    vec![
        bare(&value.key),
        bare(&value.label_nb),
        bare(&value.label_en),
        without(&value.label_nb),
        without(&value.label_en),
    ]
}

type Synonyms = BTreeMap<(&'static str, String), (&'static str, Confidence)>;

fn synonym(c: &Characteristic, word: &str) -> Option<Match> {
    static INDEX: OnceLock<Synonyms> = OnceLock::new();
    let index = INDEX.get_or_init(|| {
        let mut index = Synonyms::new();
        for (characteristic, value, words) in SYNONYMS {
            for word in *words {
                let (word, confidence) = word
                    .strip_prefix('~')
                    .map_or((*word, Confidence::Likely), |w| (w, Confidence::Unsure));
                index.insert((characteristic, folded(word)), (value, confidence));
            }
        }
        index
    });
    // A key of a set of one's own is not in the table.
    let own = SYNONYMS.iter().find(|(key, ..)| *key == c.key)?.0;
    let (value, confidence) = index.get(&(own, folded(word)))?;
    let living = c.living(value)?;
    Some(Match::new(&living.key, *confidence, ValueReason::Synonym))
}

/// «Kommune / kommunal»: all parts mean the same.
fn parts(c: &Characteristic, word: &str) -> Option<Match> {
    let parts: Vec<&str> = word
        .split(['/', '(', ')', ','])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() < 2 {
        return None;
    }
    let found: Vec<Match> = parts.iter().map(|part| find(c, part)).collect::<Option<_>>()?;
    let weakest = found.iter().map(|m| m.confidence).max()?.max(Confidence::Likely);
    let same = found.iter().all(|m| m.key == found[0].key);
    same.then(|| Match::new(&found[0].key, weakest, ValueReason::Parts))
}

/// One word of a label, or its beginning, that no other value has.
fn one_word(c: &Characteristic, wanted: &str) -> Option<Match> {
    let length = wanted.chars().count();
    if length < 4 {
        return None;
    }
    let fits = |label: &String| {
        let stem = |w: &str| {
            w == wanted || (length >= 5 && w.starts_with(wanted) && w.chars().count() - length <= 6)
        };
        label.starts_with(&format!("{wanted} ")) || label.split(' ').any(stem)
    };
    only(
        c,
        |value| labels(value).iter().any(fits),
        Confidence::Likely,
        ValueReason::Word,
    )
}

/// The label but for a letter, or two in a long one.
fn misspelt(c: &Characteristic, wanted: &str) -> Option<Match> {
    let length = wanted.chars().count();
    let errors_max = match length {
        0..=4 => return None,
        5..=8 => 1,
        _ => 2,
    };
    let fits = |label: &String| {
        label.chars().count().abs_diff(length) <= errors_max
            && strsim::osa_distance(label, wanted) <= errors_max
    };
    only(
        c,
        |value| labels(value).iter().any(fits),
        Confidence::Likely,
        ValueReason::Spelling,
    )
}

/// Holds the label among other words, which may turn it round («ikke i drift»): a guess.
fn holds_label(c: &Characteristic, wanted: &str) -> Option<Match> {
    let spaced = format!(" {wanted} ");
    let fits = |label: &String| label.chars().count() >= 4 && spaced.contains(&format!(" {label} "));
    only(
        c,
        |value| labels(value).iter().any(fits),
        Confidence::Unsure,
        ValueReason::Word,
    )
}

/// The only value that fits.
fn only(
    c: &Characteristic,
    fits: impl Fn(&Value) -> bool,
    sure: Confidence,
    reason: ValueReason,
) -> Option<Match> {
    let mut found = c.values.iter().filter(|value| fits(value));
    match (found.next(), found.next()) {
        (Some(one), None) => Some(Match::new(&one.key, sure, reason)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use samverk_shared::characteristic::defaults;

    fn found(key: &str, word: &str) -> Option<(String, Confidence)> {
        find(defaults().get(key).unwrap(), word).map(|m| (m.key, m.confidence))
    }

    #[test]
    fn r32_a_word_means_a_value_by_label_synonym_part_and_spelling() {
        use Confidence::{Certain, Likely, Unsure};
        for (key, word, value, sure) in [
            ("scope", "Økosystem", "okosystem", Certain),
            ("scope", "ØKOSYSTEM FOR INNOVASJON", "okosystem", Certain),
            ("scope", "nettverk / klynge", "okosystem", Unsure),
            ("actor_groups", "Kommune / kommunal", "kommune", Likely),
            ("innovation_object", "Produkt", "vare", Likely),
            ("agreement_form", "Partnerskap", "partnerskapsavtale", Likely),
            ("maturity", "Institusjonalsert", "institusjonalisert", Likely),
            ("maturity", "I DRIFT", "i_drift", Certain),
            ("maturity", "ikke i drift ett sted", "i_drift", Unsure),
        ] {
            assert_eq!(found(key, word), Some((value.to_owned(), sure)), "{word}");
        }
        assert_eq!(found("scope", "Stort"), None);
        assert_eq!(found("scope", ""), None);
    }

    #[test]
    fn every_synonym_is_of_a_value_that_exists_and_of_one_only() {
        for (key, value, words) in SYNONYMS {
            let c = defaults().get(key).unwrap();
            assert!(c.values.iter().any(|v| v.key == *value), "{key} {value}");
            for word in *words {
                let word = word.trim_start_matches('~');
                assert_eq!(word, folded(word));
                assert_eq!(
                    found(key, word).map(|(v, _)| v).as_deref(),
                    Some(*value),
                    "{key} {word}"
                );
            }
        }
    }
}
