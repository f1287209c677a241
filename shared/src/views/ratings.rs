//! What several people's ratings say together (R45, R48): the middle, how much they agree, and the two reasons that are
//! farthest apart.

use super::rounded;
use crate::analysis::consensus::{Label, consensus};
use crate::collection::{Rated, Score};
use serde::Serialize;

/// Two scores are far apart from so many steps on.
pub const APART_MIN: i64 = 2;

/// The ratings of one item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RatedView {
    /// What was counted when it was revealed.
    #[serde(flatten)]
    pub rated: Rated,
    /// None where the scores are not shown.
    pub agreement: Option<Agreement>,
    /// The lowest and the highest score that have a reason, where they are far apart.
    pub apart: Option<[Score; 2]>,
}

/// How much raters agree; figures as in `analysis::consensus`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Agreement {
    /// From 0, split between the ends, to 1, all alike.
    pub consensus: f64,
    /// What that is called.
    pub label: Label,
    /// The middle half of the scores lies between these.
    pub quartiles: (f64, f64),
}

/// These ratings on a scale from `low` to `high`.
pub fn ratings(rated: Vec<Rated>, low: i64, high: i64) -> Vec<RatedView> {
    let view = |rated: Rated| RatedView {
        agreement: rated
            .scores
            .as_deref()
            .and_then(|scores| agreement(scores, low, high)),
        apart: rated.scores.as_deref().and_then(apart),
        rated,
    };
    rated.into_iter().map(view).collect()
}

pub(super) fn agreement(scores: &[Score], low: i64, high: i64) -> Option<Agreement> {
    let step = |score: i64| u8::try_from(score - low).ok();
    let steps: Vec<u8> = scores.iter().filter_map(|one| step(one.score)).collect();
    let found = consensus(&steps, 0, step(high)?)?;
    let (lower, upper) = found.quartiles;
    Some(Agreement {
        consensus: rounded(found.consensus),
        label: found.label(),
        quartiles: (lower + low as f64, upper + low as f64),
    })
}

fn apart(scores: &[Score]) -> Option<[Score; 2]> {
    let reasoned = || scores.iter().filter(|one| !one.reason.is_empty());
    let lowest = reasoned().min_by_key(|one| one.score)?;
    let highest = reasoned().max_by_key(|one| one.score)?;
    (highest.score - lowest.score >= APART_MIN).then(|| [lowest.clone(), highest.clone()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::By;

    fn rated(scores: &[(i64, &str)]) -> Rated {
        let score = |(place, (score, reason)): (usize, &(i64, &str))| Score {
            by: By::Pseudonym(place + 1),
            group: None,
            score: *score,
            reason: (*reason).to_owned(),
        };
        Rated {
            item: "i1".into(),
            raters: scores.len(),
            scores: Some(scores.iter().enumerate().map(score).collect()),
            median: Some(4.0),
        }
    }

    fn view(scores: &[(i64, &str)]) -> RatedView {
        ratings(vec![rated(scores)], 1, 5).remove(0)
    }

    #[test]
    fn r45_five_raters_have_an_agreement_and_the_two_farthest_reasons_stand_side_by_side() {
        let split = view(&[(2, "tungt"), (2, ""), (5, ""), (5, "virker"), (4, "greit")]);
        let [low, high] = split.apart.unwrap();
        assert_eq!((low.reason.as_str(), high.reason.as_str()), ("tungt", "virker"));
        let alike = view(&[(4, "a"), (4, "b"), (4, ""), (4, ""), (4, "")]);
        let agreement = alike.agreement.unwrap();
        assert_eq!(
            (agreement.consensus, agreement.label, agreement.quartiles),
            (1.0, Label::Agree, (4.0, 4.0))
        );
        assert_eq!(alike.apart, None, "one step apart is not far");
        assert!(split.agreement.unwrap().consensus < 0.6);
    }

    #[test]
    fn r45_p3_where_scores_are_not_shown_nothing_is_said_of_them() {
        let hidden = Rated {
            scores: None,
            median: None,
            ..rated(&[(1, "x"), (5, "y")])
        };
        let view = ratings(vec![hidden], 1, 5).remove(0);
        assert_eq!((view.agreement, view.apart), (None, None));
    }
}
