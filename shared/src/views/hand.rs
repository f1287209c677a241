//! How clearly groups that people made stand apart, by the same measure as computed ones (R37): beside them, and no verdict.

use super::{Basis, Cases, rounded};
use crate::analysis::distance::Gower;
use crate::analysis::grouping::Grouping;
use crate::analysis::silhouette::{Fit, Reading, mean, silhouettes};
use crate::characteristic::Characteristics;
use crate::ids::SubjectId;
use crate::register::RegisterRow;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A grouping as people made it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HandMade {
    /// Its key in the document.
    pub id: String,
    /// Case → key of the group it is in.
    pub members: BTreeMap<SubjectId, String>,
}

/// How clearly the groups of one grouping stand apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HandFit {
    /// Which grouping.
    pub id: String,
    /// Its cases that count: neither imagined nor archived, and with a coding in common with another.
    pub cases: usize,
    /// How clearly its groups stand apart, -1 to 1; none with fewer than two groups.
    pub mean_silhouette: Option<f64>,
    /// What that says.
    pub reading: Option<Reading>,
    /// Each group that has such a case.
    pub groups: Vec<HandGroupFit>,
}

/// How clearly one group stands apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct HandGroupFit {
    pub id: String,
    pub cases: usize,
    pub mean_silhouette: f64,
}

/// Of each of these groupings.
pub fn fits<'a>(
    rows: impl IntoIterator<Item = &'a RegisterRow>,
    set: &Characteristics,
    made: &[HandMade],
) -> Vec<HandFit> {
    let basis = Basis::of(rows, set, Cases::All);
    let distances = Gower::new(&basis.matrix).distances();
    let comparable = distances.comparable();
    let one = |made: &HandMade| {
        let group_of = |case: &usize| made.members.get(&basis.rows[*case].subject);
        let placed: Vec<usize> = comparable
            .iter()
            .copied()
            .filter(|case| group_of(case).is_some())
            .collect();
        let names: BTreeSet<&String> = placed.iter().filter_map(group_of).collect();
        let names: Vec<&String> = names.into_iter().collect();
        let label = |case: &usize| group_of(case).and_then(|group| names.binary_search(&group).ok());
        let grouping = Grouping {
            labels: placed
                .iter()
                .map(|case| label(case).unwrap_or_default())
                .collect(),
            groups: names.len(),
        };
        let found = silhouettes(&distances.subset(&placed), &grouping);
        let clear = mean(&found).filter(|_| names.len() > 1);
        HandFit {
            id: made.id.clone(),
            cases: placed.len(),
            mean_silhouette: clear.map(rounded),
            reading: clear.map(Reading::of),
            groups: of_groups(&names, &grouping, &found),
        }
    };
    made.iter().map(one).collect()
}

fn of_groups(names: &[&String], grouping: &Grouping, fits: &[Fit]) -> Vec<HandGroupFit> {
    let one = |(group, members): (usize, &Vec<usize>)| {
        let own: Vec<Fit> = members.iter().map(|&case| fits[case]).collect();
        HandGroupFit {
            id: names[group].clone(),
            cases: members.len(),
            mean_silhouette: rounded(mean(&own).unwrap_or_default()),
        }
    };
    grouping.members().iter().enumerate().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::silhouette::Method;
    use crate::case::{Case, Coding, CodingState};
    use crate::characteristic::defaults;
    use crate::ids::DocumentId;
    use crate::register::row;
    use crate::views::grouping::{Question, grouping};

    /// Six cases in two kinds, coded on two characteristics.
    fn rows() -> Vec<RegisterRow> {
        let kinds = [("avgrenset", "forbedring"), ("kompleks", "radikal")];
        let coded = |value: &str| Coding {
            state: CodingState::Coded,
            value: Some(value.into()),
            ..Coding::default()
        };
        let one = |n: u8| {
            let (challenge, novelty) = kinds[usize::from(n / 3)];
            let case = Case {
                code: format!("N{n:02}"),
                codings: [
                    ("challenge_type".to_owned(), coded(challenge)),
                    (
                        "novelty".to_owned(),
                        coded(if n == 2 { "vesentlig_ny" } else { novelty }),
                    ),
                ]
                .into(),
                ..Case::default()
            };
            let ids = (SubjectId::from_random([n; 16]), DocumentId::from_random([n; 16]));
            row(ids.0, ids.1, crate::access::State::Open, &case, &[], defaults())
        };
        (0..6).map(one).collect()
    }

    #[test]
    fn r37_groups_made_by_hand_have_the_silhouette_that_the_same_groups_have_when_computed() {
        let rows = rows();
        let question = Question {
            cases: Cases::All,
            method: Method::AverageLinkage,
            groups: Some(2),
        };
        let computed = grouping(&rows, defaults(), question);
        let placed = computed.placed.iter();
        let made = HandMade {
            id: "a".into(),
            members: placed
                .map(|one| (one.subject.clone(), format!("g{}", one.group)))
                .collect(),
        };
        let fits = fits(&rows, defaults(), std::slice::from_ref(&made));
        assert_eq!(fits[0].mean_silhouette, computed.mean_silhouette);
        assert_eq!(fits[0].reading, computed.reading);
        let by_group: Vec<f64> = fits[0].groups.iter().map(|group| group.mean_silhouette).collect();
        let of_computed: Vec<f64> = computed
            .groups
            .iter()
            .map(|group| group.mean_silhouette)
            .collect();
        assert_eq!(by_group, of_computed);
    }

    #[test]
    fn r37_one_group_and_none_stand_apart_from_nothing() {
        let rows = rows();
        let all = rows.iter().map(|row| (row.subject.clone(), "g".to_owned()));
        let made = [
            HandMade {
                id: "one".into(),
                members: all.collect(),
            },
            HandMade::default(),
        ];
        let fits = fits(&rows, defaults(), &made);
        assert_eq!((fits[0].cases, fits[0].mean_silhouette), (6, None));
        assert_eq!((fits[1].cases, fits[1].groups.len()), (0, 0));
    }
}
