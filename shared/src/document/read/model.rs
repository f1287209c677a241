//! Reading a model, as far as the views are made from it.

use super::{At, Reader};
use crate::model::written::{Claim, Evidence, Suits, Trait, Written};
use crate::model::{ClaimKind, ClaimPlace, EvidenceRelation, FIT_MAX, ModelKind, TraitClass, is_challenge};
use automerge::Automerge;
use std::collections::BTreeMap;

/// A model's document. What is not as it should be reads as nothing.
pub fn read_model(document: &Automerge) -> Written {
    let (mut reader, root) = Reader::of(document);
    let (head, texts) = (reader.child(&root, "head"), reader.child(&root, "texts"));
    Written {
        code: reader.text(&root, "code"),
        name: reader.text(&head, "name"),
        pitch: reader.text(&texts, "pitch"),
        kind: reader.choice(&head, "kind", ModelKind::parse),
        traits: reader.traits(&root),
        claims: reader.claims(&root),
        challenges: reader.challenges(&root),
        evidence: reader.evidence_of_model(&root),
    }
}

impl Reader<'_> {
    /// Where two people have said what one value is, the first in order holds.
    fn traits(&mut self, root: &At) -> Vec<Trait> {
        let read = self.ordered(root, "traits", |reader, _, item| Trait {
            characteristic: reader.text(item, "characteristic"),
            value: reader.text(item, "value"),
            class: reader.choice(item, "class", TraitClass::parse),
            reason: reader.text(item, "reason"),
        });
        let mut traits: Vec<Trait> = Vec::with_capacity(read.len());
        for one in read {
            let is_same =
                |other: &Trait| other.characteristic == one.characteristic && other.value == one.value;
            if !traits.iter().any(is_same) {
                traits.push(one);
            }
        }
        traits
    }

    fn claims(&mut self, root: &At) -> Vec<Claim> {
        self.ordered(root, "claims", |reader, id, item| Claim {
            id,
            kind: reader.choice(item, "kind", ClaimKind::parse),
            text: reader.text(item, "text"),
            place: reader.choice(item, "place", ClaimPlace::parse),
        })
    }

    fn challenges(&mut self, root: &At) -> BTreeMap<String, Suits> {
        let mut challenges = BTreeMap::new();
        for (challenge, item) in self.items(root, "challenges") {
            if !is_challenge(&challenge) {
                continue;
            }
            let fit = self.text(&item, "fit").parse().ok().filter(|fit| *fit <= FIT_MAX);
            let why = self.text(&item, "why").trim().to_owned();
            if fit.is_some() || !why.is_empty() {
                challenges.insert(challenge, Suits { fit, why });
            }
        }
        challenges
    }

    fn evidence_of_model(&mut self, root: &At) -> Vec<Evidence> {
        let read = self.ordered(root, "evidence", |reader, _, item| {
            let case = reader.text(item, "case").parse().ok()?;
            Some(Evidence {
                about: reader.text(item, "about"),
                case,
                relation: reader.choice(item, "relation", EvidenceRelation::parse),
            })
        });
        read.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::model;
    use crate::ids::SubjectId;
    use crate::model::Draft;
    use automerge::transaction::Transactable;
    use automerge::{ObjType, ROOT, ReadDoc};

    fn born(cases: &[u8]) -> Automerge {
        let mut n = 0;
        let mut fresh = || {
            n += 1;
            format!("id{n}")
        };
        let draft = Draft {
            cases: cases.iter().map(|n| SubjectId::from_random([*n; 16])).collect(),
            shared: vec![("driver".into(), "innkjopsmakt".into())],
        };
        model::create("Bestille", "M1", &draft, [1; 16].into(), &mut fresh, 0).unwrap()
    }

    fn put(document: &mut Automerge, path: &[&str], value: &str) {
        let mut transaction = document.transaction();
        let (last, parents) = path.split_last().unwrap();
        let mut at = ROOT;
        for key in parents {
            at = match transaction.get(&at, *key).unwrap() {
                Some((_, id)) => id,
                None => transaction.put_object(&at, *key, ObjType::Map).unwrap(),
            };
        }
        transaction.put(&at, *last, value).unwrap();
        transaction.commit();
    }

    #[test]
    fn r25_a_model_reads_as_it_was_born_and_says_where_a_claim_belongs() {
        let mut document = born(&[1, 2]);
        for (key, value) in [
            ("kind", "weakness"),
            ("text", "Tungt"),
            ("place", "common"),
            ("order", "a"),
        ] {
            put(&mut document, &["claims", "c", key], value);
        }
        let model = read_model(&document);
        assert_eq!(
            (model.code.as_str(), model.name.as_str(), model.cases().len()),
            ("M1", "Bestille", 2)
        );
        assert_eq!(model.traits[0].class, TraitClass::Proposed);
        assert_eq!(
            (model.claims[0].kind, model.claims[0].place),
            (ClaimKind::Weakness, ClaimPlace::Common)
        );
        assert_eq!(model.challenges.len(), 0, "nobody has said anything yet");
    }

    #[test]
    fn r48_a_fit_is_read_from_0_to_3_and_what_contradicts_carries_nothing() {
        let mut document = born(&[1, 2]);
        put(&mut document, &["challenges", "no-solution", "fit"], "3");
        put(&mut document, &["challenges", "rules", "fit"], "7");
        put(&mut document, &["challenges", "ownownownownown1", "fit"], "1");
        put(&mut document, &["challenges", "no key of ours", "fit"], "1");
        put(&mut document, &["evidence", "id2", "relation"], "contradicts");
        let model = read_model(&document);
        let fits: Vec<_> = model
            .challenges
            .iter()
            .map(|(key, suits)| (key.as_str(), suits.fit))
            .collect();
        assert_eq!(fits, [("no-solution", Some(3)), ("ownownownownown1", Some(1))]);
        assert_eq!(model.cases().len(), 1);
    }

    #[test]
    fn f1_what_is_no_model_reads_as_an_empty_one() {
        let mut document = Automerge::new();
        put(&mut document, &["challenges"], "x");
        put(&mut document, &["traits", "t", "class"], "x");
        let model = read_model(&document);
        assert_eq!((model.traits.len(), model.claims.len()), (1, 0));
    }
}
