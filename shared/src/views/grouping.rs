//! Which cases are alike, for the screen «Grupper»: the most alike pairs, groups with what sets them apart, a map, and
//! what it is all worth (R3, R37).

use super::groups::{Dividing, GroupView, HingeView, SEED, divides, groups, hinged};
use super::{About, Basis, Cases, LikePair, pairs, rounded};
use crate::analysis::distance::{Distances, Gower};
use crate::analysis::grouping::Grouping;
use crate::analysis::linkage::{Dendrogram, average_linkage};
use crate::analysis::map::{CaseMap, case_map};
use crate::analysis::medoids::k_medoids;
use crate::analysis::silhouette::{Fit, GROUPS_TRIED, Method, Reading, curve, mean, silhouettes, suggested};
use crate::characteristic::Characteristics;
use crate::ids::SubjectId;
use crate::limits::{GROUPS_TRIED_CASES_MAX, HINGES_CASES_MAX};
use crate::register::RegisterRow;
use serde::Serialize;

/// Groups that are made unless somebody asks for another number; fewer of few cases.
pub const GROUPS: usize = 8;
/// Pairs that are named.
const CLOSEST: usize = 10;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// Of which cases.
    pub cases: Cases,
    /// How groups are made.
    pub method: Method,
    /// How many; `GROUPS` or, of few cases, one for two cases, where nothing is said.
    pub groups: Option<usize>,
}

/// The whole view. Where cases are so many that it would take long, `curve`, `hinges` and `stability` are none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupingView {
    /// What must be said beside it.
    pub about: About,
    /// Which cases are grouped.
    pub cases: Cases,
    /// How.
    pub method: Method,
    /// Largest first.
    pub groups: Vec<GroupView>,
    /// Every case that is in a group.
    pub placed: Vec<PlacedCase>,
    /// Cases that share no coding with any other, and are in no group.
    pub not_compared: Vec<SubjectId>,
    /// The most alike pairs, closest first.
    pub closest: Vec<LikePair>,
    /// How clearly the groups stand apart, -1 to 1.
    pub mean_silhouette: Option<f64>,
    /// What that says.
    pub reading: Option<Reading>,
    /// The same for each number of groups that is tried.
    pub curve: Option<Vec<Tried>>,
    /// The number of groups that stand apart most clearly.
    pub suggested: Option<usize>,
    /// How the groups were joined; of average linkage alone.
    pub tree: Option<Vec<Joined>>,
    /// How truly the tree tells the distances, 1 at best.
    pub cophenetic_correlation: Option<f64>,
    /// What the groups are about, most telling first.
    pub divides: Vec<Dividing>,
    /// Single codings that keep a case in its group.
    pub hinges: Option<Vec<HingeView>>,
    /// How untrue the map is to the distances it draws, 0 at best; above 0.2 poor.
    pub stress: Option<f64>,
    /// What resamples follow from.
    pub seed: u64,
}

/// A case in its group and on the map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlacedCase {
    /// Which.
    pub subject: SubjectId,
    /// Place in `groups`.
    pub group: usize,
    /// How it sits there, -1 to 1.
    pub silhouette: f64,
    /// The other group that is nearest.
    pub neighbour: Option<usize>,
    /// It would sit better there.
    pub borderline: bool,
    /// Across, in the map's own unit. Groups are drawn apart, so that they can be told from each other.
    pub x: f64,
    /// Up.
    pub y: f64,
}

/// A number of groups that was tried.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Tried {
    pub groups: usize,
    pub mean_silhouette: f64,
    pub reading: Reading,
    /// Cases in each, largest first.
    pub sizes: Vec<usize>,
}

/// Two clusters joined to one, which goes on under the name of the first; places in `placed`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Joined {
    pub first: usize,
    pub second: usize,
    /// Their mean distance.
    pub height: Option<f64>,
}

/// The view of these rows.
pub fn grouping<'a>(
    rows: impl IntoIterator<Item = &'a RegisterRow>,
    set: &Characteristics,
    question: Question,
) -> GroupingView {
    let all = Basis::of(rows, set, question.cases);
    let distances = Gower::new(&all.matrix).distances();
    let comparable = distances.comparable();
    let others: Vec<usize> = (0..all.rows.len())
        .filter(|case| comparable.binary_search(case).is_err())
        .collect();
    let not_compared = all.subjects(&others);
    let (basis, distances) = (all.subset(&comparable), distances.subset(&comparable));
    let tree = average_linkage(distances.clone());
    let count = question.groups.unwrap_or((distances.len() / 2).min(GROUPS));
    let made = match question.method {
        Method::AverageLinkage => tree.cut(count),
        Method::KMedoids => k_medoids(&distances, count).grouping(),
    };
    let made = made.largest_first();
    let fits = silhouettes(&distances, &made);
    let clear = mean(&fits);
    let curve = tried(&distances, &tree, question.method);
    let linked = question.method == Method::AverageLinkage;
    let map = case_map(&drawn_apart(&distances, &made));
    let cophenetic = tree.cophenetic_correlation(&distances).filter(|_| linked);
    GroupingView {
        cases: question.cases,
        method: question.method,
        groups: groups(&basis, &distances, &made, &fits, question.method),
        placed: placed(&basis, &made, &fits, &map),
        not_compared,
        closest: pairs::closest(&basis, &distances, CLOSEST),
        mean_silhouette: clear.map(rounded),
        reading: clear.map(Reading::of),
        suggested: curve.as_ref().and_then(|(_, best)| *best),
        curve: curve.map(|(points, _)| points),
        tree: linked.then(|| joined(&tree)),
        cophenetic_correlation: cophenetic.map(rounded),
        divides: divides(&basis, &made),
        hinges: (distances.len() <= HINGES_CASES_MAX).then(|| hinged(&basis, &made)),
        stress: map.stress.map(rounded),
        seed: SEED,
        about: all.about,
    }
}

/// In the picture, cases of one group lie nearer each other, and groups farther apart, than their codings say.
fn drawn_apart(distances: &Distances, grouping: &Grouping) -> Distances {
    distances.adjusted(|i, j, distance| {
        if grouping.labels[i] == grouping.labels[j] {
            distance * 0.55
        } else {
            distance * 0.75 + 0.35
        }
    })
}

fn placed(basis: &Basis, made: &Grouping, fits: &[Fit], map: &CaseMap) -> Vec<PlacedCase> {
    let sizes = made.sizes();
    let one = |(case, &(x, y)): (usize, &(f64, f64))| {
        let group = made.labels[case];
        PlacedCase {
            subject: basis.subject(case),
            group,
            silhouette: rounded(fits[case].silhouette),
            neighbour: fits[case].neighbour,
            borderline: sizes[group] > 1 && fits[case].silhouette < 0.0,
            x: rounded(x),
            y: rounded(y),
        }
    };
    map.places.iter().enumerate().map(one).collect()
}

fn tried(distances: &Distances, tree: &Dendrogram, method: Method) -> Option<(Vec<Tried>, Option<usize>)> {
    if distances.len() > GROUPS_TRIED_CASES_MAX {
        return None;
    }
    let points: Vec<_> = curve(distances, tree, method, GROUPS_TRIED).collect();
    let best = suggested(&points);
    let one = |(groups, point): (usize, crate::analysis::silhouette::CurvePoint)| Tried {
        groups,
        mean_silhouette: rounded(point.mean_silhouette),
        reading: Reading::of(point.mean_silhouette),
        sizes: point.grouping.largest_first().sizes(),
    };
    Some((points.into_iter().map(one).collect(), best))
}

fn joined(tree: &Dendrogram) -> Vec<Joined> {
    let one = |merge: &crate::analysis::linkage::Merge| Joined {
        first: merge.first,
        second: merge.second,
        height: merge.height.map(rounded),
    };
    tree.merges.iter().map(one).collect()
}
