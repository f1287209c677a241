//! How the claims of each model divide, by what readers who did not know whose they were said of them (R25).

use super::ratings::{Agreement, agreement};
use crate::analysis::balance::Class;
use crate::collection::{AskedClaim, Item, REACH_MAX, Rated, Score, bounded};
use crate::ids::{CollectionId, SubjectId};
use crate::model::ClaimPlace;
use crate::model::written::{Claim, Written};
use serde::Serialize;
use std::collections::BTreeMap;

/// A round in which readers said how far claims reach, once it is revealed.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Which.
    pub collection: CollectionId,
    /// When it was revealed.
    pub at_ms: u64,
    /// The claim of each item.
    pub claims: BTreeMap<String, AskedClaim>,
    /// In the words of then.
    pub items: Vec<Item>,
    /// What it came to.
    pub rated: Vec<Rated>,
}

/// The claims of models, each with what its readers said.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct ClaimsView {
    pub models: Vec<ModelClaims>,
}

/// The claims of one model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModelClaims {
    /// Which.
    pub model: SubjectId,
    /// How many that are said in the model are of each class, in the order of `Class::ALL`.
    pub classes: Vec<ClassCount>,
    /// How many that are said in the model have no class: nobody was asked, too few said anything, or it was of other
    /// words.
    pub unclassed: usize,
    /// Each claim in its order; none where only the counts were asked for.
    pub claims: Vec<ClaimBalance>,
}

/// How many claims are of a class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ClassCount {
    pub class: Class,
    pub claims: usize,
}

/// What is known of how far one claim reaches.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimBalance {
    /// Its key in the model.
    pub claim: String,
    /// What readers said in the newest round that asked about it and was answered; in an earlier one where too few answered
    /// that.
    pub said: Option<Said>,
}

/// What readers said of a claim.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// In which round.
    pub collection: CollectionId,
    /// When it was revealed.
    pub at_ms: u64,
    /// What they read, where the claim has other words now.
    pub of_other_words: Option<String>,
    /// How many said something.
    pub readers: usize,
    /// What they said; none where so few said anything, without their names, that it would show whose it is.
    pub reach: Option<ReachView>,
    /// Of those who said only here, those who said why; nobody where what they said is not shown.
    pub only_here: Vec<Score>,
}

/// How far readers say that something reaches.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReachView {
    /// How many said nearly all, those of this kind, and only here.
    pub counts: [usize; 3],
    /// From 0 to 2.
    pub median: f64,
    /// What the median makes of it.
    pub class: Class,
    /// How much they agree.
    pub agreement: Option<Agreement>,
}

/// What these ratings of a claim come to; none where they are not shown, or there is none.
pub fn reach(rated: &Rated) -> Option<ReachView> {
    let (scores, median) = (rated.scores.as_deref()?, rated.median?);
    let count = |reach| scores.iter().filter(|one: &&Score| one.score == reach).count();
    Some(ReachView {
        counts: [0, 1, REACH_MAX].map(count),
        median,
        class: Class::of_reach(median),
        agreement: agreement(scores, 0, REACH_MAX),
    })
}

/// The claims of these models by these rounds, the newest first; `each`: with every claim.
pub fn claims<'a>(
    models: impl IntoIterator<Item = (&'a SubjectId, &'a Written)>,
    rounds: &[Round],
    each: bool,
) -> ClaimsView {
    let of_model = |(model, written): (&SubjectId, &Written)| {
        let is_written = |claim: &&Claim| !claim.text.trim().is_empty();
        let found: Vec<(ClaimPlace, ClaimBalance)> = written
            .claims
            .iter()
            .filter(is_written)
            .map(|claim| (claim.place, balance(model, claim, rounds)))
            .collect();
        let here = found.iter().filter(|(place, _)| *place == ClaimPlace::Model);
        let classes: Vec<Option<Class>> = here.map(|(_, claim)| claim.class()).collect();
        let count = |class| ClassCount {
            class,
            claims: classes.iter().filter(|one| **one == Some(class)).count(),
        };
        ModelClaims {
            model: model.clone(),
            classes: Class::ALL.map(count).to_vec(),
            unclassed: classes.iter().filter(|one| one.is_none()).count(),
            claims: match each {
                true => found.into_iter().map(|(_, claim)| claim).collect(),
                false => Vec::new(),
            },
        }
    };
    ClaimsView {
        models: models.into_iter().map(of_model).collect(),
    }
}

fn balance(model: &SubjectId, claim: &Claim, rounds: &[Round]) -> ClaimBalance {
    let mut said = rounds.iter().filter_map(|round| round.said(model, claim));
    let newest = said.next();
    // A newer round that too few took part in says nothing against an earlier one.
    let placed = match &newest {
        Some(newest) if newest.reach.is_none() => said.find(|earlier| earlier.reach.is_some()),
        _ => None,
    };
    ClaimBalance {
        claim: claim.id.clone(),
        said: placed.or(newest),
    }
}

impl ClaimBalance {
    /// What readers made of the words that stand there now.
    fn class(&self) -> Option<Class> {
        let said = self.said.as_ref().filter(|said| said.of_other_words.is_none())?;
        Some(said.reach.as_ref()?.class)
    }
}

impl Round {
    /// What readers said of a claim; none where it was not asked about or nobody said anything.
    fn said(&self, model: &SubjectId, claim: &Claim) -> Option<Said> {
        let is_it = |asked: &AskedClaim| {
            let of = asked.of.as_ref();
            of.is_some_and(|of| of.model == *model && of.claim == claim.id)
        };
        let (key, _) = self.claims.iter().find(|(_, asked)| is_it(asked))?;
        let words = &self.items.iter().find(|item| item.key == *key)?.label;
        let rated = self.rated.iter().find(|rated| rated.item == *key)?;
        (rated.raters > 0).then(|| Said {
            collection: self.collection.clone(),
            at_ms: self.at_ms,
            of_other_words: (bounded(&claim.text) != *words).then(|| words.clone()),
            readers: rated.raters,
            reach: reach(rated),
            only_here: only_here(rated),
        })
    }
}

fn only_here(rated: &Rated) -> Vec<Score> {
    let says_why = |one: &&Score| one.score == REACH_MAX && !one.reason.is_empty();
    let shown = rated.scores.iter().flatten();
    shown.filter(says_why).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::{By, ClaimOf};
    use crate::model::ClaimKind;

    fn claim(id: &str, text: &str, place: ClaimPlace) -> Claim {
        Claim {
            id: id.into(),
            kind: ClaimKind::Strength,
            text: text.into(),
            place,
        }
    }

    fn model() -> SubjectId {
        SubjectId::from_random([1; 16])
    }

    /// A round about claims: key and words of each, and what readers said.
    fn round(at_ms: u64, asked: &[(&str, &str, &[i64])]) -> Round {
        let score = |(place, score): (usize, &i64)| Score {
            by: By::Pseudonym(place + 1),
            group: None,
            score: *score,
            reason: String::new(),
        };
        let of = |claim: &str| AskedClaim {
            kind: ClaimKind::Strength,
            of: Some(ClaimOf {
                model: model(),
                claim: claim.into(),
            }),
        };
        let rated = |(claim, _, scores): &(&str, &str, &[i64])| {
            let mut sorted = scores.to_vec();
            sorted.sort_unstable();
            let middle = |place: usize| sorted.get(place).copied();
            let (below, above) = (
                middle(sorted.len().saturating_sub(1) / 2),
                middle(sorted.len() / 2),
            );
            Rated {
                item: (*claim).to_owned(),
                raters: scores.len(),
                scores: Some(scores.iter().enumerate().map(score).collect()),
                median: below
                    .zip(above)
                    .map(|(below, above)| (below + above) as f64 / 2.0),
            }
        };
        let item = |(claim, words, _): &(&str, &str, &[i64])| Item {
            key: (*claim).to_owned(),
            label: (*words).to_owned(),
        };
        Round {
            collection: CollectionId::from_random([at_ms as u8; 16]),
            at_ms,
            claims: asked
                .iter()
                .map(|(claim, ..)| ((*claim).to_owned(), of(claim)))
                .collect(),
            items: asked.iter().map(item).collect(),
            rated: asked.iter().map(rated).collect(),
        }
    }

    fn view(claims_of: Vec<Claim>, rounds: &[Round]) -> ModelClaims {
        let written = Written {
            claims: claims_of,
            ..Written::default()
        };
        claims([(&model(), &written)], rounds, true).models.remove(0)
    }

    fn counts(view: &ModelClaims) -> [usize; 5] {
        Class::ALL.map(|class| {
            let count = view.classes.iter().find(|count| count.class == class);
            count.map_or(0, |count| count.claims)
        })
    }

    #[test]
    fn r25_the_median_of_the_readers_decides_what_a_claim_is() {
        let all = [
            ("a", "Ledelsen vil det", [0, 0, 1].as_slice()),
            ("b", "Risikoen senkes", &[1, 1, 2]),
            ("c", "Én ildsjel", &[2, 2, 0]),
            ("d", "Delt mellom to", &[0, 1, 1, 0]),
            ("e", "Delt den andre veien", &[1, 2]),
        ];
        let of = all.map(|(id, text, _)| claim(id, text, ClaimPlace::Model));
        let found = view(of.to_vec(), &[round(1, &all)]);
        let classes: Vec<Option<Class>> = found.claims.iter().map(ClaimBalance::class).collect();
        assert_eq!(
            classes,
            [
                Class::SelfEvident,
                Class::Distinctive,
                Class::TooLocal,
                Class::TypicalButShared,
                Class::Variant,
            ]
            .map(Some)
        );
        assert_eq!((counts(&found), found.unclassed), ([1, 1, 1, 1, 1], 0));
        let said = found.claims[2].said.as_ref().unwrap();
        let reach = said.reach.as_ref().unwrap();
        assert_eq!((reach.counts, reach.median), ([1, 0, 2], 2.0));
        assert!(reach.agreement.unwrap().consensus < 0.5, "they do not agree");
    }

    #[test]
    fn r25_a_claim_that_has_other_words_now_or_that_nobody_was_asked_about_is_of_no_class() {
        let rounds = [round(1, &[("a", "Ledelsen vil det", &[0, 0, 0])])];
        let of = vec![
            claim("a", "Ledelsen vil det og betaler", ClaimPlace::Model),
            claim("new", "Kom til siden", ClaimPlace::Model),
        ];
        let found = view(of, &rounds);
        let said = found.claims[0].said.as_ref().unwrap();
        assert_eq!(said.of_other_words.as_deref(), Some("Ledelsen vil det"));
        assert_eq!(said.reach.as_ref().unwrap().class, Class::SelfEvident);
        assert_eq!(found.claims[1].said, None);
        assert_eq!((counts(&found), found.unclassed), ([0; 5], 2));
        let spaced = view(
            vec![claim("a", " Ledelsen vil det\n", ClaimPlace::Model)],
            &rounds,
        );
        assert_eq!(spaced.unclassed, 0, "space around the words is no other wording");
    }

    #[test]
    fn r25_the_newest_round_that_was_answered_holds_and_what_has_left_the_model_is_not_in_the_bar() {
        let rounds = [
            round(3, &[("a", "Ledelsen vil det", &[])]),
            round(2, &[("a", "Ledelsen vil det", &[2, 2, 2])]),
            round(1, &[("a", "Ledelsen vil det", &[0, 0, 0])]),
        ];
        let here = view(vec![claim("a", "Ledelsen vil det", ClaimPlace::Model)], &rounds);
        assert_eq!(here.claims[0].said.as_ref().unwrap().at_ms, 2);
        let mut few = round(4, &[("a", "Ledelsen vil det", &[0])]);
        few.rated[0].scores = None;
        few.rated[0].median = None;
        let of_few = [vec![few], rounds.to_vec()].concat();
        let still = view(vec![claim("a", "Ledelsen vil det", ClaimPlace::Model)], &of_few);
        assert_eq!(
            still.claims[0].class(),
            Some(Class::TooLocal),
            "too few are nobody's median"
        );
        assert_eq!(here.claims[0].class(), Some(Class::TooLocal));
        let moved = view(vec![claim("a", "Ledelsen vil det", ClaimPlace::Local)], &rounds);
        assert_eq!((counts(&moved), moved.unclassed), ([0; 5], 0));
        assert_eq!(
            moved.claims[0].class(),
            Some(Class::TooLocal),
            "what was said is still told"
        );
    }

    #[test]
    fn r25_beside_a_claim_stands_why_readers_say_that_it_holds_only_here() {
        let mut asked = round(1, &[("a", "Én ildsjel", &[2, 2, 1])]);
        let scores = asked.rated[0].scores.as_mut().unwrap();
        scores[0].reason = "gjelder bare kommuner med eget havnevesen".into();
        scores[2].reason = "vi har sett det før".into();
        let found = view(vec![claim("a", "Én ildsjel", ClaimPlace::Local)], &[asked]);
        let said = found.claims[0].said.as_ref().unwrap();
        let reasons: Vec<&str> = said.only_here.iter().map(|one| one.reason.as_str()).collect();
        assert_eq!(reasons, ["gjelder bare kommuner med eget havnevesen"]);
    }

    #[test]
    fn r25_p3_of_too_few_readers_without_names_nothing_is_told() {
        let mut few = round(1, &[("a", "Ledelsen vil det", &[2])]);
        few.rated[0].scores.as_mut().unwrap()[0].reason = "bare i Bodø".into();
        few.rated[0].scores = None;
        few.rated[0].median = None;
        let found = view(vec![claim("a", "Ledelsen vil det", ClaimPlace::Model)], &[few]);
        let said = found.claims[0].said.as_ref().unwrap();
        assert_eq!((said.readers, &said.reach), (1, &None));
        assert_eq!(said.only_here, []);
        assert_eq!(found.unclassed, 1);
    }
}
