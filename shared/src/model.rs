//! Collaboration models: what their parts are called, and what a draft begins with (domain model 1.3).

pub mod written;

use crate::case::words;
use crate::ids::{SubjectId, is_id};
use crate::register::RegisterRow;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

words! {
    /// What a model rests on (R5).
    ModelKind {
        /// Collaboration that has been seen to work like this.
        #[default]
        Empirical = "empirical",
        /// Put together from cases that each have a part of it.
        Derived = "derived",
        /// Thought out; no case is needed.
        Exploratory = "exploratory",
    }
}

words! {
    /// How far a model has come. Whether it is in the report is the server's to say.
    ModelStatus {
        /// A name, perhaps a sentence.
        #[default]
        Idea = "idea",
        /// Being written.
        Draft = "draft",
        /// Others are asked what they think.
        Review = "review",
        /// Somebody checks it.
        Quality = "quality",
        /// Done.
        Approved = "approved",
        /// Given up; kept.
        Discarded = "discarded",
    }
}

words! {
    /// From one phase to another.
    TransitionKind {
        /// On to the next.
        #[default]
        Forward = "forward",
        /// Back to an earlier one.
        Feedback = "feedback",
        /// The same once more.
        Repeat = "repeat",
        /// One of several ways, or an end.
        Branch = "branch",
        /// To a new place.
        Scale = "scale",
    }
}

words! {
    /// What a claim is about.
    ClaimKind {
        /// What it is good at.
        #[default]
        Strength = "strength",
        /// What it is bad at.
        Weakness = "weakness",
        /// What must be there first.
        Precondition = "precondition",
    }
}

words! {
    /// What sets a collaboration off.
    TriggerKind {
        /// Something happened.
        #[default]
        Event = "event",
        /// Somebody cannot go on as before.
        Need = "need",
        /// There is money for it.
        Money = "money",
        /// A rule asks for it, or allows it.
        Rule = "rule",
        /// Somebody wants it.
        Person = "person",
    }
}

words! {
    /// What has to be done, for which one process suits better than another (R22).
    Task {
        /// Find out what it is about.
        #[default]
        Understand = "understand",
        /// Get people to take part.
        Mobilise = "mobilise",
        /// Make something that was not there.
        Develop = "develop",
        /// See whether it works.
        TryOut = "try-out",
        /// Make it the way one works.
        Introduce = "introduce",
        /// Have it used in other places.
        Spread = "spread",
    }
}

words! {
    /// How well a model suits a task.
    TaskFit {
        /// It does what is needed.
        #[default]
        Well = "well",
        /// It does some of it.
        Partly = "partly",
        /// Take another.
        Not = "not",
    }
}

words! {
    /// Whether a model works without a role or a precondition.
    Need {
        /// It does not.
        #[default]
        Necessary = "necessary",
        /// It does, with more trouble.
        Helpful = "helpful",
    }
}

words! {
    /// How long it takes to bring about a precondition.
    Takes {
        /// Less than a year.
        #[default]
        Months = "months",
        /// A year or more.
        Years = "years",
        /// It is there or it is not.
        Never = "never",
    }
}

words! {
    /// Whether a model works in other places (R24).
    Transfer {
        /// Only much like where it came from.
        #[default]
        Low = "low",
        /// Where what must be kept can be kept.
        Conditional = "conditional",
        /// In most places.
        High = "high",
    }
}

words! {
    /// How one thing in a loop acts on the next.
    Sign {
        /// More of it gives more of the next.
        #[default]
        More = "more",
        /// More of it gives less of the next.
        Less = "less",
    }
}

words! {
    /// What a public body may be up against (domain model 1.3, the ten that every workshop begins with).
    Challenge {
        /// The solution is not in the market.
        #[default]
        NoSolution = "no-solution",
        /// Services are split between agencies.
        SplitServices = "split-services",
        /// Too little is known of cause and effect.
        UnknownCauses = "unknown-causes",
        /// Good solutions do not spread.
        NoSpread = "no-spread",
        /// Rules are unclear or in the way.
        Rules = "rules",
        /// What people can do themselves is not used.
        UnusedResources = "unused-resources",
        /// Data and infrastructure are not shared.
        UnsharedData = "unshared-data",
        /// The system has to be laid out anew.
        SystemShift = "system-shift",
        /// Prevention pays off for somebody else than who pays for it.
        SplitGain = "split-gain",
        /// The parties do not trust each other.
        NoTrust = "no-trust",
    }
}

/// Whether this is the key of a challenge: of one of the ten, or of one a workshop has added.
pub fn is_challenge(key: &str) -> bool {
    Challenge::parse(key).is_some() || is_id(key)
}

/// The highest fit of a model to a challenge; the lowest is 0.
pub const FIT_MAX: u8 = 3;

words! {
    /// What evidence says of a statement (R44).
    EvidenceRelation {
        /// It holds.
        #[default]
        Supports = "supports",
        /// It does not.
        Contradicts = "contradicts",
        /// It holds in part.
        Nuances = "nuances",
    }
}

words! {
    /// How much a piece of evidence carries. An imagined case is never more than an anecdote.
    Strength {
        /// Somebody says so.
        #[default]
        Anecdote = "anecdote",
        /// It is written down somewhere one can read it.
        Documented = "documented",
        /// Somebody has looked into it who did not do it.
        Evaluated = "evaluated",
    }
}

words! {
    /// What a characteristic is to a model, once somebody has said so.
    TraitClass {
        /// A value the cases share that nobody has looked at yet (R4).
        #[default]
        Proposed = "proposed",
        /// Without it, it is another model.
        Core = "core",
        /// One of several that work.
        Choice = "choice",
        /// Has to be there first.
        Precondition = "precondition",
        /// Holds of nearly every collaboration: said once, for all models (R25).
        Common = "common",
        /// Holds where it was seen, and is a note of the model's and no more (R25).
        Local = "local",
        /// Looked at, and not said of this model.
        Declined = "declined",
    }
}

words! {
    /// Where a claim is said (R25).
    ClaimPlace {
        /// In the model.
        #[default]
        Model = "",
        /// Among what all models take for granted.
        Common = "common",
        /// In a note beside the model.
        Local = "local",
    }
}

/// What a new model begins with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The cases it is made from.
    pub cases: Vec<SubjectId>,
    /// Characteristic and value, as keys: what all of them have.
    pub shared: Vec<(String, String)>,
}

/// What all these cases have in common: characteristic and value, in the order of the characteristics' keys. One that is
/// not coded on a characteristic shares nothing of it; of no case nothing is shared.
pub fn shared_values<'a>(rows: impl IntoIterator<Item = &'a RegisterRow>) -> Vec<(String, String)> {
    let of = |row: &RegisterRow| -> BTreeSet<(String, String)> {
        let each = row.codings.iter();
        each.flat_map(|(key, values)| values.iter().map(|value| (key.clone(), value.clone())))
            .collect()
    };
    let mut rows = rows.into_iter().map(of);
    let Some(first) = rows.next() else {
        return Vec::new();
    };
    let common = rows.fold(first, |common, next| {
        common.intersection(&next).cloned().collect()
    });
    common.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::State;
    use crate::case::Case;
    use crate::characteristic::defaults;
    use crate::ids::DocumentId;
    use crate::register::{RegisterRow, row};

    fn coded(n: u8, codings: &[(&str, &[&str])]) -> RegisterRow {
        let (subject, document) = (SubjectId::from_random([n; 16]), DocumentId::from_random([n; 16]));
        let mut row = row(subject, document, State::Open, &Case::default(), &[], defaults());
        for (key, values) in codings {
            let values = values.iter().map(|value| (*value).to_owned()).collect();
            row.codings.insert((*key).to_owned(), values);
        }
        row
    }

    fn shared(rows: &[RegisterRow]) -> Vec<(String, String)> {
        shared_values(rows)
    }

    #[test]
    fn r3_r4_what_cases_share_is_what_each_is_coded_with() {
        let rows = [
            coded(
                1,
                &[
                    ("driver", &["kjopekraft"]),
                    ("innovation_object", &["vare", "tjeneste"]),
                ],
            ),
            coded(
                2,
                &[
                    ("driver", &["kjopekraft"]),
                    ("innovation_object", &["tjeneste"]),
                    ("scope", &["x"]),
                ],
            ),
        ];
        let [driver, object] = [("driver", "kjopekraft"), ("innovation_object", "tjeneste")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(shared(&rows), [driver, object]);
        let backwards: Vec<RegisterRow> = rows.iter().rev().cloned().collect();
        assert_eq!(shared(&backwards), shared(&rows));
    }

    #[test]
    fn r4_an_uncoded_case_shares_nothing_and_no_case_has_nothing_in_common() {
        assert_eq!(shared(&[]), []);
        assert_eq!(shared(&[coded(1, &[("scope", &["x"])]), coded(2, &[])]), []);
    }
}
