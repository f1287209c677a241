//! What is known of each group, what all of them are about, and what they hang on (3.7).

use super::characterise::traits;
use super::{Basis, Trait, rounded};
use crate::analysis::distance::Distances;
use crate::analysis::grouping::Grouping;
use crate::analysis::members::central;
use crate::analysis::sensitivity::{Hinge, hinges};
use crate::analysis::silhouette::{Fit, Method, mean};
use crate::analysis::stability::{RESAMPLES, mean_likeness, resamples};
use crate::analysis::uncertainty::uncertainty;
use crate::ids::SubjectId;
use crate::limits::HINGES_CASES_MAX;
use serde::Serialize;

/// What resamples follow from.
pub const SEED: u64 = 1;

/// One group.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct GroupView {
    pub members: Vec<SubjectId>,
    /// The typical one.
    pub central: SubjectId,
    pub mean_silhouette: f64,
    /// Likeness to what other cases of the same kind would give, 0 to 1; above 0.75 stable, below 0.6 not.
    pub stability: Option<f64>,
    pub traits: Vec<Trait>,
}

/// How much of the group is known once the value of a characteristic is, 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Dividing {
    pub characteristic: String,
    pub coefficient: f64,
    pub cases: usize,
}

/// Were this coding another, the case would be in this group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct HingeView {
    pub subject: SubjectId,
    pub characteristic: String,
    pub group: usize,
}

/// Each group.
pub fn groups(
    basis: &Basis,
    distances: &Distances,
    made: &Grouping,
    fits: &[Fit],
    method: Method,
) -> Vec<GroupView> {
    let look = (2..=HINGES_CASES_MAX).contains(&distances.len());
    let stability = look.then(|| mean_likeness(resamples(distances, made, method, SEED).take(RESAMPLES)));
    let centrals = central(distances, made);
    let one = |(group, members): (usize, &Vec<usize>)| {
        let own: Vec<Fit> = members.iter().map(|&case| fits[case]).collect();
        GroupView {
            members: basis.subjects(members),
            central: basis.subject(centrals[group]),
            mean_silhouette: rounded(mean(&own).unwrap_or_default()),
            stability: stability.as_ref().and_then(|all| all[group]).map(rounded),
            traits: traits(&basis.matrix, members),
        }
    };
    made.members().iter().enumerate().map(one).collect()
}

/// The characteristics the groups are about.
pub fn divides(basis: &Basis, made: &Grouping) -> Vec<Dividing> {
    let found = uncertainty(&basis.matrix, made).into_iter();
    found
        .map(|one| Dividing {
            characteristic: basis.matrix.features[one.feature].key.clone(),
            coefficient: rounded(one.coefficient),
            cases: one.cases,
        })
        .collect()
}

/// The codings a case hangs on; every way in which one may change to the same end is one.
pub fn hinged(basis: &Basis, made: &Grouping) -> Vec<HingeView> {
    let view = |hinge: Hinge| HingeView {
        subject: basis.subject(hinge.case),
        characteristic: basis.matrix.features[hinge.feature].key.clone(),
        group: hinge.group,
    };
    let mut found: Vec<HingeView> = hinges(&basis.matrix, made).flatten().map(view).collect();
    found.dedup();
    found
}
