//! A collection: what several people answer apart from each other until it is revealed (P3) – notes, votes, ratings,
//! codings.
//!
//! What a person answers is their own document, which they may fill with anything. What counts of it is decided here.

use crate::double_coding::{self, ByCase, Coded};
use crate::ids::{ParticipantId, SubjectId};
use crate::limits::{
    CODED_CASES_MAX, CODED_CELLS_MAX, CODERS_MAX, COLLECTION_ITEMS_MAX, COLLECTION_VOTES_MAX, NOTE_CHARS_MAX,
    NOTES_MAX, PROMPT_CHARS_MAX, RATERS_MIN, TITLE_CHARS_MAX,
};
use crate::model::{ClaimKind, FIT_MAX, is_challenge};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Between these lies any scale.
const SCORES: std::ops::RangeInclusive<i64> = -10..=10;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// A few words.
    pub title: String,
    /// The task, as people read it.
    #[serde(default)]
    pub prompt: String,
    /// What it is about, where that is a model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// What an answer consists of.
    #[serde(flatten)]
    pub ask: Ask,
}

/// The models a question is about, and what is asked of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "purpose", rename_all = "kebab-case")]
pub enum About {
    /// How good a model is, by some criteria (R45).
    #[allow(missing_docs)]
    Assessment { model: SubjectId },
    /// How well a model suits each challenge, from 0 to 3 (R48).
    #[allow(missing_docs)]
    Challenges { model: SubjectId },
    /// How far each claim of some models reaches, from 0, nearly all, to 2, only here (R25).
    Balance {
        /// Whose claims; nobody is told before it is revealed.
        models: Vec<SubjectId>,
        /// The claim each item was, in the words of the item.
        #[serde(default)]
        claims: BTreeMap<String, AskedClaim>,
    },
}

/// A claim that readers are asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedClaim {
    /// What it is to its model.
    pub kind: ClaimKind,
    /// Where it stands; nobody is told before it is revealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<ClaimOf>,
}

/// A claim of a model.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ClaimOf {
    pub model: SubjectId,
    pub claim: String,
}

/// How far a claim reaches goes from 0, nearly every collaboration, over 1, those of this kind, to this, only here.
pub const REACH_MAX: i64 = 2;

/// What an answer consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Ask {
    /// Short texts, as many as one has (stille idéskriving).
    Notes,
    /// Votes spread over items (prikkstemming).
    Votes {
        /// What is voted on.
        items: Vec<Item>,
        /// Votes a person has.
        budget: u32,
        /// Votes a person may give one item.
        each_max: u32,
    },
    /// A score and a reason for each item (vindtunnel, egnethet).
    Ratings {
        /// What is rated.
        items: Vec<Item>,
        /// The lowest score.
        low: i64,
        /// The highest score.
        high: i64,
    },
    /// The codings of some cases, by people of the team (blind double coding); always with names.
    Codings {
        /// Which cases.
        cases: Vec<SubjectId>,
        /// Keys of the characteristics; the ten agreed ones where none are named.
        #[serde(default)]
        characteristics: Vec<String>,
        /// Who is asked; all of the team where nobody is named.
        #[serde(default)]
        coders: Vec<ParticipantId>,
    },
}

/// Something that is voted on or rated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its key in answers.
    pub key: String,
    /// As people read it.
    pub label: String,
}

impl Question {
    /// Whether people can be asked this.
    pub fn is_sound(&self) -> bool {
        let text = |text: &str, max| !text.trim().is_empty() && text.chars().count() <= max;
        let sound_ask = match &self.ask {
            Ask::Notes => true,
            Ask::Votes { budget, each_max, .. } => {
                (1..=COLLECTION_VOTES_MAX).contains(budget) && (1..=*budget).contains(each_max)
            }
            Ask::Ratings { low, high, .. } => low < high && SCORES.contains(low) && SCORES.contains(high),
            Ask::Codings {
                cases,
                characteristics,
                coders,
            } => sound_codings(cases, characteristics, coders),
        };
        let items = self.ask.items();
        let keys: BTreeSet<&str> = items.iter().map(|item| item.key.as_str()).collect();
        let label_max = match &self.about {
            Some(About::Balance { .. }) => NOTE_CHARS_MAX,
            _ => TITLE_CHARS_MAX,
        };
        let sound_items = items
            .iter()
            .all(|item| text(&item.key, TITLE_CHARS_MAX) && text(&item.label, label_max));
        let some = !items.is_empty() || matches!(self.ask, Ask::Notes | Ask::Codings { .. });
        sound_ask
            && sound_items
            && some
            && items.len() <= COLLECTION_ITEMS_MAX
            && keys.len() == items.len()
            && text(&self.title, TITLE_CHARS_MAX)
            && self.prompt.chars().count() <= PROMPT_CHARS_MAX
            && self.about.as_ref().is_none_or(|about| about.takes(&self.ask))
    }
}

impl About {
    /// The models it is about.
    pub fn models(&self) -> &[SubjectId] {
        match self {
            About::Assessment { model } | About::Challenges { model } => std::slice::from_ref(model),
            About::Balance { models, .. } => models,
        }
    }

    /// As it is told before it is revealed: a reader of a claim does not know whose it is.
    pub fn veiled(self) -> About {
        let About::Balance { claims, .. } = self else {
            return self;
        };
        let unnamed = |(item, claim): (String, AskedClaim)| (item, AskedClaim { of: None, ..claim });
        About::Balance {
            models: Vec::new(),
            claims: claims.into_iter().map(unnamed).collect(),
        }
    }

    /// Whether this is how one asks for it: a model is rated, challenges and claims on a scale of their own.
    fn takes(&self, ask: &Ask) -> bool {
        let Ask::Ratings { items, low, high } = ask else {
            return false;
        };
        match self {
            About::Assessment { .. } => true,
            About::Challenges { .. } => {
                (*low, *high) == (0, i64::from(FIT_MAX)) && items.iter().all(|item| is_challenge(&item.key))
            }
            About::Balance { claims, .. } => {
                (*low, *high) == (0, REACH_MAX)
                    && claims.len() == items.len()
                    && items.iter().all(|item| claims.contains_key(&item.key))
            }
        }
    }
}

fn sound_codings(cases: &[SubjectId], characteristics: &[String], coders: &[ParticipantId]) -> bool {
    let cells = cases.len().saturating_mul(characteristics.len());
    (1..=CODED_CASES_MAX).contains(&cases.len())
        && (1..=CODED_CELLS_MAX).contains(&cells)
        && coders.len() <= CODERS_MAX
        && cases.iter().collect::<BTreeSet<_>>().len() == cases.len()
        && characteristics.iter().collect::<BTreeSet<_>>().len() == characteristics.len()
        && coders.iter().collect::<BTreeSet<_>>().len() == coders.len()
}

impl Ask {
    /// What is voted on or rated; nothing for notes and codings.
    pub fn items(&self) -> &[Item] {
        match self {
            Ask::Notes | Ask::Codings { .. } => &[],
            Ask::Votes { items, .. } | Ask::Ratings { items, .. } => items,
        }
    }

    /// Its word.
    pub fn kind(&self) -> &'static str {
        match self {
            Ask::Notes => "notes",
            Ask::Votes { .. } => "votes",
            Ask::Ratings { .. } => "ratings",
            Ask::Codings { .. } => "codings",
        }
    }
}

/// What stands in one person's document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    /// In their order.
    pub notes: Vec<String>,
    /// By item.
    pub votes: BTreeMap<String, i64>,
    /// By item.
    pub ratings: BTreeMap<String, Rating>,
    /// By case and characteristic.
    pub codings: ByCase,
}

/// A score and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// The score.
    pub score: i64,
    /// Why, or empty.
    pub reason: String,
}

impl Answers {
    /// What counts of it as an answer to this: votes beyond the budget fall away from the last item on, scores
    /// outside the scale and what belongs to no item do not count.
    pub fn counted(mut self, ask: &Ask) -> Answers {
        let items = ask.items();
        match ask {
            Ask::Notes => Answers {
                notes: notes(self.notes),
                ..Answers::default()
            },
            Ask::Votes { budget, each_max, .. } => {
                let mut left = i64::from(*budget);
                let mut votes = BTreeMap::new();
                for item in items {
                    let given = self.votes.remove(&item.key).unwrap_or(0);
                    let counts = given.clamp(0, i64::from(*each_max)).min(left);
                    left -= counts;
                    if counts > 0 {
                        votes.insert(item.key.clone(), counts);
                    }
                }
                Answers {
                    votes,
                    ..Answers::default()
                }
            }
            Ask::Ratings { low, high, .. } => {
                let rated = items
                    .iter()
                    .filter_map(|item| self.ratings.remove_entry(&item.key));
                let ratings = rated.filter(|(_, rating)| (*low..=*high).contains(&rating.score));
                Answers {
                    ratings: ratings.map(|(key, rating)| (key, rating.bounded())).collect(),
                    ..Answers::default()
                }
            }
            Ask::Codings {
                cases,
                characteristics,
                ..
            } => Answers {
                codings: double_coding::counted(self.codings, cases, characteristics),
                ..Answers::default()
            },
        }
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty() && self.votes.is_empty() && self.ratings.is_empty() && self.codings.is_empty()
    }
}

impl Rating {
    fn bounded(self) -> Rating {
        Rating {
            reason: bounded(&self.reason),
            ..self
        }
    }
}

fn notes(notes: Vec<String>) -> Vec<String> {
    let written = notes
        .iter()
        .map(|note| bounded(note))
        .filter(|note| !note.is_empty());
    written.take(NOTES_MAX).collect()
}

/// As much of a text as counts, and as is asked about.
pub fn bounded(text: &str) -> String {
    text.trim().chars().take(NOTE_CHARS_MAX).collect()
}

/// One person's answers, as they are taken from their document.
#[derive(Debug, Clone, PartialEq)]
pub struct Sealed {
    /// Whose.
    pub participant: ParticipantId,
    /// Their actor group.
    pub group: String,
    /// What counts.
    pub answers: Answers,
}

/// What a collection came to, once it is revealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// How many answered anything.
    pub answered: usize,
    /// What they answered.
    #[serde(flatten)]
    pub content: Content,
}

/// What people answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Content {
    /// The notes lie on a board.
    Notes {
        /// Which; `None` where nobody wrote any.
        board: Option<SubjectId>,
        /// How many.
        notes: usize,
    },
    /// Votes of each item, in the order of the items.
    Votes {
        /// The counts.
        tally: Vec<Tally>,
    },
    /// Scores of each item, in the order of the items.
    Ratings {
        /// The scores.
        rated: Vec<Rated>,
    },
    /// What each coder said.
    Codings {
        /// Coder by coder.
        coders: Vec<Coded>,
    },
}

/// The votes of one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Which.
    pub item: String,
    /// How many votes.
    pub votes: i64,
    /// From how many people.
    pub voters: usize,
}

/// The scores of one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rated {
    /// Which.
    pub item: String,
    /// How many rated it.
    pub raters: usize,
    /// Their scores; `None` where so few rated without their names that the scores would show whose they are.
    pub scores: Option<Vec<Score>>,
    /// The score in the middle, or between the two in the middle; `None` where the scores are not shown.
    pub median: Option<f64>,
}

/// One person's score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Whose.
    pub by: By,
    /// Their actor group, where it does not show who they are.
    pub group: Option<String>,
    /// The score.
    pub score: i64,
    /// Why, or empty.
    pub reason: String,
}

/// Whose an answer is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// It was said before that names would be shown.
    Participant(ParticipantId),
    /// A number that is the same throughout this collection, and another in the next.
    Pseudonym(usize),
}

/// A note, and whose it is where names are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The words.
    pub text: String,
    /// Whose.
    pub by: Option<ParticipantId>,
}

/// All notes, person by person. The caller mixes them.
pub fn notes_of(sealed: &[Sealed], names: bool) -> Vec<Note> {
    let of = |one: &Sealed| {
        let by = names.then(|| one.participant.clone());
        let notes = one.answers.notes.clone();
        notes.into_iter().map(move |text| Note { text, by: by.clone() })
    };
    sealed.iter().flat_map(of).collect()
}

/// What each coded.
pub fn codings_of(sealed: Vec<Sealed>) -> Vec<Coded> {
    let of = |one: Sealed| Coded {
        by: one.participant,
        codings: one.answers.codings,
    };
    sealed.into_iter().map(of).collect()
}

/// Votes by item.
pub fn tally(items: &[Item], sealed: &[Sealed]) -> Vec<Tally> {
    let of = |item: &Item| {
        let given = sealed.iter().filter_map(|one| one.answers.votes.get(&item.key));
        Tally {
            item: item.key.clone(),
            votes: given.clone().sum(),
            voters: given.count(),
        }
    };
    items.iter().map(of).collect()
}

/// Scores by item. Without names a person is the number of their place in `sealed`, whose order the caller has drawn.
pub fn rated(items: &[Item], sealed: &[Sealed], names: bool) -> Vec<Rated> {
    let groups = if names {
        sealed.iter().map(|one| one.group.as_str()).collect()
    } else {
        groups_that_hide(sealed)
    };
    let score = |(place, one): (usize, &Sealed), key: &str| {
        let rating = one.answers.ratings.get(key)?;
        Some(Score {
            by: if names {
                By::Participant(one.participant.clone())
            } else {
                By::Pseudonym(place + 1)
            },
            group: Some(one.group.clone()).filter(|group| groups.contains(group.as_str())),
            score: rating.score,
            reason: rating.reason.clone(),
        })
    };
    let of = |item: &Item| {
        let scores: Vec<Score> = sealed
            .iter()
            .enumerate()
            .filter_map(|one| score(one, &item.key))
            .collect();
        let raters = scores.len();
        let scores = Some(scores).filter(|scores| names || scores.len() >= RATERS_MIN);
        Rated {
            item: item.key.clone(),
            raters,
            median: scores.as_deref().and_then(median),
            scores,
        }
    };
    items.iter().map(of).collect()
}

fn median(scores: &[Score]) -> Option<f64> {
    let mut sorted: Vec<i64> = scores.iter().map(|score| score.score).collect();
    sorted.sort_unstable();
    let (below, above) = (
        sorted.get((sorted.len().checked_sub(1)?) / 2)?,
        sorted.get(sorted.len() / 2)?,
    );
    Some((below + above) as f64 / 2.0)
}

/// The actor groups that may be told without showing who somebody is: those with enough people, and not so that the
/// few others are known by being left over.
fn groups_that_hide(sealed: &[Sealed]) -> BTreeSet<&str> {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for one in sealed {
        *sizes.entry(&one.group).or_default() += 1;
    }
    let left_over: usize = sizes.values().filter(|size| **size < RATERS_MIN).sum();
    let mut told: BTreeMap<&str, usize> = sizes
        .into_iter()
        .filter(|(_, size)| *size >= RATERS_MIN)
        .collect();
    if (1..RATERS_MIN).contains(&left_over)
        && let Some(smallest) = told
            .iter()
            .min_by_key(|(_, size)| **size)
            .map(|(group, _)| *group)
    {
        told.remove(smallest);
    }
    told.into_keys().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(keys: &[&str]) -> Vec<Item> {
        let item = |key: &&str| Item {
            key: (*key).to_owned(),
            label: format!("Modell {key}"),
        };
        keys.iter().map(item).collect()
    }

    fn person(n: u8, group: &str, answers: Answers) -> Sealed {
        Sealed {
            participant: ParticipantId::from_random([n; 16]),
            group: group.to_owned(),
            answers,
        }
    }

    fn votes(given: &[(&str, i64)]) -> Answers {
        Answers {
            votes: given.iter().map(|(key, n)| ((*key).to_owned(), *n)).collect(),
            ..Answers::default()
        }
    }

    fn ratings(given: &[(&str, i64)]) -> Answers {
        let rating = |score| Rating {
            score,
            reason: " fordi ".into(),
        };
        Answers {
            ratings: given
                .iter()
                .map(|(key, n)| ((*key).to_owned(), rating(*n)))
                .collect(),
            ..Answers::default()
        }
    }

    #[test]
    fn p3_votes_beyond_the_budget_and_for_nothing_do_not_count() {
        let ask = Ask::Votes {
            items: items(&["a", "b", "c"]),
            budget: 5,
            each_max: 2,
        };
        let counted = votes(&[("a", 9), ("b", -3), ("c", 2), ("x", 4)]).counted(&ask);
        assert_eq!(counted, votes(&[("a", 2), ("c", 2)]));
        let greedy = votes(&[("a", 2), ("b", 2), ("c", 2)]).counted(&ask);
        assert_eq!(
            greedy,
            votes(&[("a", 2), ("b", 2), ("c", 1)]),
            "the last gives way"
        );
        let sealed = [person(1, "stat", counted), person(2, "kommune", greedy)];
        let sums: Vec<_> = tally(ask.items(), &sealed)
            .iter()
            .map(|t| (t.votes, t.voters))
            .collect();
        assert_eq!(sums, [(4, 2), (2, 1), (3, 2)]);
    }

    #[test]
    fn p3_notes_are_trimmed_and_empty_ones_are_none() {
        let notes = [" Data på tvers ", "", "  "].map(str::to_owned).to_vec();
        let answers = Answers {
            notes,
            ..votes(&[("a", 1)])
        };
        let counted = answers.counted(&Ask::Notes);
        assert_eq!(counted.notes, ["Data på tvers"]);
        assert!(counted.votes.is_empty());
        let sealed = [person(1, "stat", counted)];
        assert_eq!(notes_of(&sealed, false)[0].by, None);
        assert_eq!(notes_of(&sealed, true)[0].by, Some(sealed[0].participant.clone()));
    }

    #[test]
    fn p3_without_names_a_person_has_one_number_and_few_raters_are_not_shown() {
        let ask = Ask::Ratings {
            items: items(&["m1", "m2"]),
            low: 1,
            high: 5,
        };
        let all = [("stat", 4), ("stat", 2), ("stat", 5), ("kommune", 9)];
        let sealed: Vec<Sealed> = all
            .iter()
            .enumerate()
            .map(|(n, (group, score))| {
                let given = ratings(&[("m1", *score), ("m2", if n == 0 { 3 } else { 0 })]);
                person(n as u8, group, given.counted(&ask))
            })
            .collect();
        let rated = rated(ask.items(), &sealed, false);
        let m1 = rated[0]
            .scores
            .as_ref()
            .map(|s| s.iter().map(|s| (s.by.clone(), s.score)).collect::<Vec<_>>());
        let one = |n, score| (By::Pseudonym(n), score);
        assert_eq!(
            m1,
            Some(vec![one(1, 4), one(2, 2), one(3, 5)]),
            "9 is not on the scale"
        );
        assert_eq!((rated[0].median, rated[1].median), (Some(4.0), None));
        assert_eq!((rated[1].raters, &rated[1].scores), (1, &None));
        assert_eq!(
            super::rated(ask.items(), &sealed, true)[1]
                .scores
                .as_ref()
                .map(Vec::len),
            Some(1)
        );
    }

    #[test]
    fn p3_a_group_is_told_only_where_neither_it_nor_what_is_left_over_shows_a_person() {
        let people = |groups: &[(&str, u8)]| -> Vec<Sealed> {
            let of = |(group, n): &(&str, u8)| {
                (0..*n)
                    .map(|one| person(one, group, Answers::default()))
                    .collect::<Vec<_>>()
            };
            groups.iter().flat_map(of).collect()
        };
        let told = |groups: &[(&str, u8)]| groups_that_hide(&people(groups)).len();
        assert_eq!(told(&[("stat", 3), ("kommune", 4)]), 2);
        assert_eq!(
            told(&[("stat", 3), ("kommune", 4), ("forskning", 1)]),
            1,
            "the one left over would be known"
        );
        assert_eq!(
            told(&[("stat", 3), ("kommune", 4), ("forskning", 1), ("oppstart", 2)]),
            2
        );
        assert_eq!(told(&[("stat", 2)]), 0);
    }

    #[test]
    fn p3_a_question_is_sound_or_is_not_asked() {
        let question = |ask| Question {
            title: "Behov".into(),
            prompt: String::new(),
            about: None,
            ask,
        };
        let votes = |keys: &[&str], budget, each_max| {
            question(Ask::Votes {
                items: items(keys),
                budget,
                each_max,
            })
        };
        assert!(question(Ask::Notes).is_sound());
        assert!(votes(&["a", "b"], 5, 2).is_sound());
        for bad in [
            votes(&[], 5, 2),
            votes(&["a", "a"], 5, 2),
            votes(&["a"], 0, 0),
            votes(&["a"], 2, 3),
        ] {
            assert!(!bad.is_sound(), "{bad:?}");
        }
        let scale = |low, high| {
            question(Ask::Ratings {
                items: items(&["a"]),
                low,
                high,
            })
        };
        assert!(scale(1, 5).is_sound());
        assert!(!scale(5, 5).is_sound() && !scale(0, i64::MAX).is_sound() && !scale(i64::MIN, 1).is_sound());
        let model = SubjectId::from_random([1; 16]);
        let about = |about, ask| Question {
            about: Some(about),
            ..question(ask)
        };
        let assessment = About::Assessment { model: model.clone() };
        assert!(!about(assessment, Ask::Notes).is_sound(), "a model is rated");
        let rating = |key: &str, high| Ask::Ratings {
            items: items(&[key]),
            low: 0,
            high,
        };
        let fit = |key: &str, high| {
            let model = model.clone();
            about(About::Challenges { model }, rating(key, high)).is_sound()
        };
        assert!(fit("no-trust", 3) && !fit("no-trust", 5) && !fit("weather", 3));
        let reach = |key: &str, high| about(balance(&model, "c1"), rating(key, high)).is_sound();
        assert!(reach("c1", 2) && !reach("c1", 3) && !reach("c2", 2));
        let nameless = Question {
            title: " ".into(),
            ..question(Ask::Notes)
        };
        assert!(!nameless.is_sound());
    }

    fn balance(model: &SubjectId, item: &str) -> About {
        let claim = AskedClaim {
            kind: ClaimKind::Weakness,
            of: Some(ClaimOf {
                model: model.clone(),
                claim: "tungt".into(),
            }),
        };
        About::Balance {
            models: vec![model.clone()],
            claims: BTreeMap::from([(item.to_owned(), claim)]),
        }
    }

    #[test]
    fn r25_p3_what_is_told_of_a_claim_before_it_is_revealed_does_not_say_whose_it_is() {
        let model = SubjectId::from_random([7; 16]);
        let told = serde_json::to_string(&balance(&model, "c1").veiled()).unwrap();
        assert_eq!(
            told,
            r#"{"purpose":"balance","models":[],"claims":{"c1":{"kind":"weakness"}}}"#
        );
        let challenges = About::Challenges { model };
        assert_eq!(challenges.clone().veiled(), challenges);
    }
}
