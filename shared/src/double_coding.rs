//! Blind double coding: what coders say of the same cases apart from each other, and what becomes the case's coding.
//!
//! Characteristics come in as an argument: what a key means is the workshop's to say.

use crate::analysis::agreement::Judgement;
use crate::analysis::matrix::Feature;
use crate::case::{Coding, CodingState, Confidence};
use crate::characteristic::{Characteristic, Characteristics, Scale};
use crate::collection::bounded;
use crate::ids::{ParticipantId, SubjectId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Codings by case and by the key of the characteristic.
pub type ByCase = BTreeMap<SubjectId, BTreeMap<String, Coding>>;

/// What one coder said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Coded {
    /// Who.
    pub by: ParticipantId,
    /// What of which case.
    pub codings: ByCase,
}

impl Coded {
    /// What they say of one case on one characteristic, if they were asked.
    pub fn coding(&self, case: &SubjectId, characteristic: &str) -> Option<&Coding> {
        self.codings.get(case)?.get(characteristic)
    }

    /// The same, as it reads by the set of now: what was said is kept as it was when it was revealed.
    pub fn living(&self, set: &Characteristics) -> Coded {
        let mut coded = self.clone();
        for (key, coding) in coded.codings.values_mut().flatten() {
            if let Some(of) = set.get(key) {
                *coding = living(of, coding);
            }
        }
        coded
    }
}

/// A coding as it reads now: a value that was merged is what it was merged into, and one that was deleted is none.
pub fn living(of: &Characteristic, coding: &Coding) -> Coding {
    let key = |key: &String| of.living(key).map(|value| value.key.clone());
    Coding {
        value: coding.value.as_ref().and_then(key),
        values: coding.values.iter().filter_map(key).collect(),
        ..coding.clone()
    }
}

/// What counts of a coder's answers: the cases and characteristics asked about, as far as anything is said of them.
pub fn counted(mut all: ByCase, cases: &[SubjectId], characteristics: &[String]) -> ByCase {
    let mut counted = ByCase::new();
    for case in cases {
        let Some(mut of_case) = all.remove(case) else {
            continue;
        };
        let said: BTreeMap<String, Coding> = characteristics
            .iter()
            .filter_map(|key| of_case.remove_entry(key))
            .filter(|(_, coding)| coding.state != CodingState::NotCoded)
            .map(|(key, coding)| (key, with_bounded_words(coding)))
            .collect();
        if !said.is_empty() {
            counted.insert(case.clone(), said);
        }
    }
    counted
}

fn with_bounded_words(coding: Coding) -> Coding {
    Coding {
        text: bounded(&coding.text),
        note: bounded(&coding.note),
        ..coding
    }
}

/// How the coders stand to each other in one case on one characteristic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Two or more said something, and all of them the same.
    Agree,
    /// Two or more said something, and not all the same.
    Differ,
    /// One alone said something.
    One,
}

/// None where nobody said anything.
pub fn verdict(characteristic: &Characteristic, codings: &[&Coding]) -> Option<Verdict> {
    let feature = Feature::from(characteristic);
    let all = codings.iter().map(|coding| Judgement::of(coding, &feature));
    let said: Vec<Judgement> = all.filter(Judgement::is_something).collect();
    match said.as_slice() {
        [] => None,
        [_] => Some(Verdict::One),
        [first, others @ ..] if others.iter().all(|other| first.is_same(other)) => Some(Verdict::Agree),
        _ => Some(Verdict::Differ),
    }
}

/// The coding of those who agree: their value, as sure as the least sure of them, with all that they noted.
pub fn agreed_coding(characteristic: &Characteristic, codings: &[&Coding]) -> Option<Coding> {
    if verdict(characteristic, codings) != Some(Verdict::Agree) {
        return None;
    }
    let said = || {
        codings
            .iter()
            .filter(|coding| coding.state != CodingState::NotCoded)
    };
    let mut notes: Vec<&str> = said()
        .map(|coding| coding.note.trim())
        .filter(|note| !note.is_empty())
        .collect();
    notes.dedup();
    let confidence = said().map(|coding| coding.confidence).max_by_key(doubt);
    Some(Coding {
        note: bounded(&notes.join("\n")),
        confidence: confidence.unwrap_or_default(),
        ..said()
            .next()
            .map(|coding| only_its_value(characteristic.scale, coding))?
    })
}

/// Who does not say how sure they are is surer than who says that they are not.
fn doubt(confidence: &Confidence) -> u8 {
    match confidence {
        Confidence::Sikker => 0,
        Confidence::Unsaid => 1,
        Confidence::Skjonn => 2,
        Confidence::Usikker => 3,
    }
}

/// A coding with the one value its scale keeps, or with none where its state says so.
pub fn only_its_value(scale: Scale, coding: &Coding) -> Coding {
    let coded = coding.state == CodingState::Coded;
    let single = coded && matches!(scale, Scale::Nominal | Scale::Ordinal);
    Coding {
        state: coding.state,
        value: coding.value.clone().filter(|_| single),
        values: if coded && scale == Scale::Multi {
            coding.values.clone()
        } else {
            Default::default()
        },
        number: coding.number.filter(|_| coded && scale == Scale::Number),
        text: if coded && scale == Scale::Text {
            bounded(&coding.text)
        } else {
            String::new()
        },
        confidence: coding.confidence,
        coder: coding.coder.clone(),
        note: bounded(&coding.note),
    }
}

/// Whether a coding is one the characteristic can have: its values are in the list, and what is coded has one.
pub fn is_sound(characteristic: &Characteristic, coding: &Coding) -> bool {
    let known = |key: &String| characteristic.values.iter().any(|value| value.key == *key);
    let has = coding.has_value(characteristic.scale);
    (coding.state != CodingState::Coded || has)
        && coding.value.iter().all(known)
        && coding.values.iter().all(known)
        && coding.number.is_none_or(f64::is_finite)
}

/// Whether two codings are the same to who looks at them, whoever coded.
pub fn reads_the_same(scale: Scale, a: &Coding, b: &Coding) -> bool {
    let seen = |coding: &Coding| Coding {
        coder: String::new(),
        ..only_its_value(scale, coding)
    };
    seen(a) == seen(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::characteristic::defaults;

    fn coding(value: &str, confidence: Confidence, note: &str) -> Coding {
        Coding {
            state: CodingState::Coded,
            value: Some(value.into()),
            confidence,
            note: note.into(),
            ..Coding::default()
        }
    }

    #[test]
    fn r3_those_who_agree_are_as_sure_as_the_least_sure_and_keep_their_notes() {
        let scope = defaults().get("scope").unwrap();
        let one = coding("okosystem", Confidence::Sikker, "mange parter");
        let two = coding("okosystem", Confidence::Usikker, "");
        let three = coding("okosystem", Confidence::Unsaid, "over tid");
        let blank = Coding::default();
        let agreed = agreed_coding(scope, &[&one, &blank, &two, &three]).unwrap();
        assert_eq!(agreed.value.as_deref(), Some("okosystem"));
        assert_eq!(agreed.confidence, Confidence::Usikker);
        assert_eq!(agreed.note, "mange parter\nover tid");
        assert_eq!(
            agreed_coding(scope, &[&one, &blank]),
            None,
            "one alone agrees with nobody"
        );
        let unknown = Coding {
            state: CodingState::Unknown,
            ..Coding::default()
        };
        assert_eq!(verdict(scope, &[&one, &unknown]), Some(Verdict::Differ));
        assert_eq!(verdict(scope, &[&unknown, &unknown]), Some(Verdict::Agree));
        assert_eq!(verdict(scope, &[&one]), Some(Verdict::One));
        assert_eq!(verdict(scope, &[&blank, &blank]), None);
    }

    #[test]
    fn r3_only_what_was_asked_about_counts() {
        let case = |n: u8| SubjectId::from_random([n; 16]);
        let said = |key: &str| BTreeMap::from([(key.to_owned(), coding("x", Confidence::Sikker, " ja "))]);
        let all = ByCase::from([
            (case(1), said("scope")),
            (case(2), said("noe_annet")),
            (case(3), said("scope")),
        ]);
        let counted = counted(all, &[case(1), case(2)], &["scope".to_owned()]);
        assert_eq!(counted.keys().collect::<Vec<_>>(), [&case(1)]);
        assert_eq!(counted[&case(1)]["scope"].note, "ja");
    }

    #[test]
    fn r3_a_coding_is_sound_by_the_values_of_its_characteristic() {
        let scope = defaults().get("scope").unwrap();
        let good = coding("okosystem", Confidence::Sikker, "");
        assert!(is_sound(scope, &good));
        assert!(!is_sound(scope, &coding("galakse", Confidence::Sikker, "")));
        let empty = Coding {
            value: None,
            ..good.clone()
        };
        assert!(!is_sound(scope, &empty));
        let unknown = Coding {
            state: CodingState::Unknown,
            ..good.clone()
        };
        assert_eq!(only_its_value(scope.scale, &unknown).value, None);
        let another = Coding {
            coder: "kari".into(),
            ..good.clone()
        };
        assert!(reads_the_same(scope.scale, &good, &another));
        assert!(!reads_the_same(scope.scale, &good, &unknown));
    }
}
