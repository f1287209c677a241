//! What holds on any list: bounds, order, blanks, and that the quick ways give what the definitions say.

use super::known::{feature, matrix};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use samverk_shared::analysis::agreement::{Judgement, agreement};
use samverk_shared::analysis::balance::{Thresholds, balance};
use samverk_shared::analysis::breadth::{Over, spread};
use samverk_shared::analysis::coverage::value_coverage;
use samverk_shared::analysis::distance::{Distances, Gower};
use samverk_shared::analysis::field::{Field, occupied, unexplored};
use samverk_shared::analysis::linkage::average_linkage;
use samverk_shared::analysis::map::case_map;
use samverk_shared::analysis::matrix::{CaseMatrix, Cell, Feature};
use samverk_shared::analysis::medoids::k_medoids;
use samverk_shared::analysis::members::{borderline, central};
use samverk_shared::analysis::pairwise::pairwise_coverage;
use samverk_shared::analysis::saturation::saturation;
use samverk_shared::analysis::selection::{keep_variety, random_selections};
use samverk_shared::analysis::sensitivity::hinges;
use samverk_shared::analysis::silhouette::{GROUPS_TRIED, Method, curve, silhouettes, suggested};
use samverk_shared::analysis::stability::{mean_likeness, resamples};
use samverk_shared::analysis::uncertainty::uncertainty;
use samverk_shared::characteristic::Scale::{Multi, Nominal, Number, Ordinal};

const COLUMNS: usize = 5;

fn features() -> Vec<Feature> {
    vec![
        feature("a", Nominal, 3),
        feature("b", Ordinal, 4),
        feature("c", Multi, 3),
        feature("d", Number, 0),
        feature("e", Nominal, 2),
    ]
}

fn cell(column: usize, code: Option<u16>) -> Cell {
    match (column, code) {
        (_, None) => Cell::Missing,
        (2, Some(bits)) => Cell::Set((0..3).filter(|v| (bits % 7 + 1) & (1 << v) != 0).collect()),
        (3, Some(number)) => Cell::Number(f64::from(number)),
        (0, Some(value)) => Cell::One(value % 3),
        (1, Some(value)) => Cell::One(value % 4),
        (_, Some(value)) => Cell::One(value % 2),
    }
}

type Codes = Vec<Vec<Option<u16>>>;

fn of_codes(codes: &Codes) -> CaseMatrix {
    let row = |codes: &Vec<Option<u16>>| codes.iter().enumerate().map(|(k, code)| cell(k, *code)).collect();
    matrix(features(), codes.iter().map(row).collect())
}

/// Few values and many blanks, so that cases tie, are alike, and cannot be compared.
fn codes(most: usize) -> impl Strategy<Value = Codes> {
    vec(vec(option::weighted(0.7, 0_u16..8), COLUMNS), 0..most)
}

/// Codes, and the same in another order: `order[new] = old`.
fn shuffled() -> impl Strategy<Value = (Codes, Vec<usize>)> {
    codes(12).prop_flat_map(|codes| {
        let order: Vec<usize> = (0..codes.len()).collect();
        (Just(codes), Just(order).prop_shuffle())
    })
}

/// What some coders say of some cases on the column of this number.
fn coders() -> impl Strategy<Value = (usize, Vec<Vec<Judgement>>)> {
    (0..COLUMNS, 0..4_usize, 0..8_usize).prop_flat_map(|(column, coders, cases)| {
        let one = (0..10_u8, 0_u16..8).prop_map(move |(kind, code)| match kind {
            0 | 1 => Judgement::Nothing,
            2 => Judgement::Unknown,
            3 => Judgement::NotApplicable,
            _ => Judgement::Value(cell(column, Some(code))),
        });
        (Just(column), vec(vec(one, cases), coders))
    })
}

/// The definition, word for word: mean distances of clusters named by their smallest member; ties to the first.
fn joined_by_definition(distances: &Distances) -> Vec<(usize, usize)> {
    let n = distances.len();
    let mut table: Vec<Vec<Option<f64>>> = (0..n)
        .map(|i| (0..n).map(|j| distances.get(i, j)).collect())
        .collect();
    let (mut alive, mut sizes): (Vec<usize>, Vec<f64>) = ((0..n).collect(), vec![1.0; n]);
    let mut joined = Vec::new();
    while alive.len() > 1 {
        let mut best = (alive[0], alive[1], f64::INFINITY);
        for (place, &i) in alive.iter().enumerate() {
            for &j in &alive[place + 1..] {
                if let Some(d) = table[i][j].filter(|d| *d < best.2 - 1e-9) {
                    best = (i, j, d);
                }
            }
        }
        let (a, b, _) = best;
        for &c in alive.iter().filter(|c| **c != a && **c != b) {
            let mean = match (table[a][c], table[b][c]) {
                (Some(x), Some(y)) => Some((sizes[a] * x + sizes[b] * y) / (sizes[a] + sizes[b])),
                (x, y) => x.or(y),
            };
            (table[a][c], table[c][a]) = (mean, mean);
        }
        sizes[a] += sizes[b];
        alive.retain(|c| *c != b);
        joined.push((a, b));
    }
    joined
}

fn cost(distances: &Distances, medoids: &[usize]) -> f64 {
    let nearest = |case: usize| {
        medoids
            .iter()
            .map(|m| distances.or_unlike(case, *m))
            .fold(f64::INFINITY, f64::min)
    };
    (0..distances.len()).map(nearest).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn r3_agreement_lies_between_none_and_full_and_kappa_never_above((column, coders) in coders()) {
        let found = agreement(&features()[column], &coders);
        for share in [found.share, found.likeness].into_iter().flatten() {
            prop_assert!((0.0..=1.0).contains(&share));
        }
        if let (Some(share), Some(likeness)) = (found.share, found.likeness) {
            prop_assert!(likeness >= share - 1e-12, "nearly the same counts at least as much");
        }
        prop_assert!(found.kappa.is_none_or(|kappa| (-1.0 - 1e-9..=1.0 + 1e-9).contains(&kappa)));
        prop_assert_eq!(found.share.is_some(), found.pairs > 0);
        prop_assert_eq!(found.cases > 0, found.pairs > 0);
        let cases = coders.first().map_or(0, Vec::len);
        prop_assert!(found.cases + found.one_alone <= cases);
    }

    #[test]
    fn r3_agreement_is_the_same_in_any_order_of_coders_and_of_cases(
        (column, coders) in coders(),
        turn in 0..8_usize,
    ) {
        let feature = &features()[column];
        let mut turned = coders.clone();
        turned.reverse();
        for coder in &mut turned {
            let at = turn % coder.len().max(1);
            coder.rotate_left(at);
        }
        let (here, there) = (agreement(feature, &coders), agreement(feature, &turned));
        prop_assert_eq!((here.cases, here.one_alone, here.pairs), (there.cases, there.one_alone, there.pairs));
        let pairs = [(here.share, there.share), (here.likeness, there.likeness), (here.kappa, there.kappa)];
        for (here, there) in pairs {
            prop_assert_eq!(here.is_some(), there.is_some());
            prop_assert!((here.unwrap_or(0.0) - there.unwrap_or(0.0)).abs() < 1e-9);
        }
    }

    #[test]
    fn r3_who_says_the_same_agrees_fully_and_one_alone_with_nobody((column, coders) in coders()) {
        let feature = &features()[column];
        for coder in &coders {
            let says_something = coder.iter().any(Judgement::is_something);
            let twice = agreement(feature, &[coder.clone(), coder.clone()]);
            prop_assert_eq!(twice.share, says_something.then_some(1.0));
            prop_assert_eq!(twice.likeness, says_something.then_some(1.0));
            prop_assert!(twice.kappa.is_none_or(|kappa| (kappa - 1.0).abs() < 1e-9));
            let alone = agreement(feature, std::slice::from_ref(coder));
            prop_assert_eq!((alone.share, alone.pairs, alone.cases), (None, 0, 0));
        }
        prop_assert_eq!(agreement(feature, &[]), Default::default());
    }

    #[test]
    fn r37_a_distance_lies_between_0_and_1_and_is_the_same_both_ways(codes in codes(10)) {
        let cases = of_codes(&codes);
        let gower = Gower::new(&cases);
        let distances = gower.distances();
        for i in 0..cases.len() {
            for j in 0..cases.len() {
                let pair = gower.pair(i, j);
                prop_assert_eq!(pair, gower.pair(j, i));
                prop_assert!((0.0..=1.0).contains(&pair.overlap));
                prop_assert!(pair.distance.is_none_or(|d| (0.0..=1.0).contains(&d)));
                prop_assert_eq!(pair.distance.is_none(), pair.overlap == 0.0);
                if i != j {
                    prop_assert_eq!(pair.distance, distances.get(i, j));
                } else if let Some(distance) = pair.distance {
                    prop_assert_eq!(distance, 0.0);
                }
            }
        }
    }

    #[test]
    fn r37_without_blanks_the_triangle_inequality_holds(codes in vec(vec((0_u16..8).prop_map(Some), COLUMNS), 3..8)) {
        let distances = Gower::new(&of_codes(&codes)).distances();
        for i in 0..codes.len() {
            for j in 0..codes.len() {
                for k in 0..codes.len() {
                    let [ij, ik, kj] = [(i, j), (i, k), (k, j)].map(|(a, b)| distances.or_unlike(a, b));
                    prop_assert!(ij <= ik + kj + 1e-9);
                }
            }
        }
    }

    #[test]
    fn r36_r37_the_order_of_the_list_changes_no_measure_but_ties((codes, order) in shuffled()) {
        let cases = of_codes(&codes);
        let again = cases.subset(&order);
        prop_assert_eq!(value_coverage(&cases), value_coverage(&again));
        prop_assert_eq!(pairwise_coverage(&cases, &[]), pairwise_coverage(&again, &[]));
        prop_assert_eq!(saturation(&cases, &[0, 1, 4]), saturation(&again, &[0, 1, 4]));
        let (distances, distances_again) = (Gower::new(&cases).distances(), Gower::new(&again).distances());
        for (i, &old_i) in order.iter().enumerate() {
            for (j, &old_j) in order.iter().enumerate() {
                prop_assert_eq!(distances.get(old_i, old_j), distances_again.get(i, j));
            }
        }

        let model: Vec<usize> = (0..cases.len()).filter(|case| case % 3 == 0).collect();
        let model_again: Vec<usize> = (0..order.len()).filter(|place| order[*place] % 3 == 0).collect();
        let thresholds = Thresholds::default();
        prop_assert_eq!(balance(&cases, &model, &thresholds), balance(&again, &model_again, &thresholds));

        let grouping = average_linkage(distances.clone()).cut(3);
        let labels: Vec<usize> = order.iter().map(|&case| grouping.labels[case]).collect();
        let grouping_again = samverk_shared::analysis::grouping::Grouping::from_labels(&labels);
        let fits = silhouettes(&distances, &grouping);
        for (place, fit) in silhouettes(&distances_again, &grouping_again).iter().enumerate() {
            prop_assert!((fit.silhouette - fits[order[place]].silhouette).abs() < 1e-9);
        }
        for (a, b) in uncertainty(&cases, &grouping).iter().zip(uncertainty(&again, &grouping_again)) {
            prop_assert!((a.coefficient - b.coefficient).abs() < 1e-9);
        }
    }

    #[test]
    fn r37_average_linkage_joins_as_its_definition_says(codes in codes(14)) {
        let distances = Gower::new(&of_codes(&codes)).distances();
        let tree = average_linkage(distances.clone());
        let joined: Vec<(usize, usize)> = tree.merges.iter().map(|m| (m.first, m.second)).collect();
        prop_assert_eq!(joined, joined_by_definition(&distances));
        for groups in 1..=codes.len() {
            prop_assert_eq!(tree.cut(groups).groups, groups);
        }
        if let Some(correlation) = tree.cophenetic_correlation(&distances) {
            prop_assert!((-1.0 - 1e-9..=1.0 + 1e-9).contains(&correlation));
        }
    }

    #[test]
    fn r37_no_single_exchange_of_a_medoid_lowers_the_cost(codes in codes(12), k in 1_usize..5) {
        let distances = Gower::new(&of_codes(&codes)).distances();
        let found = k_medoids(&distances, k);
        prop_assert_eq!(found.medoids.len(), k.min(codes.len()));
        prop_assert!((found.cost - cost(&distances, &found.medoids)).abs() < 1e-9);
        for place in 0..found.medoids.len() {
            prop_assert_eq!(found.nearest[found.medoids[place]], place);
            for case in 0..codes.len() {
                let mut other = found.medoids.clone();
                other[place] = case;
                prop_assert!(cost(&distances, &other) >= found.cost - 1e-6);
            }
        }
    }

    #[test]
    fn r36_r37_a_case_without_codings_changes_nothing_and_is_listed(codes in codes(10)) {
        let cases = of_codes(&codes);
        let mut more = codes.clone();
        more.push(vec![None; COLUMNS]);
        let with = of_codes(&more);
        prop_assert_eq!(value_coverage(&cases), value_coverage(&with));
        prop_assert_eq!(pairwise_coverage(&cases, &[]), pairwise_coverage(&with, &[]));
        prop_assert_eq!(saturation(&cases, &[0, 1]), saturation(&with, &[0, 1]));
        let distances = Gower::new(&with).distances();
        prop_assert!(codes.is_empty() || !distances.comparable().contains(&codes.len()));
        prop_assert_eq!(Gower::new(&cases).distances().summary(), distances.summary());
    }

    #[test]
    fn r37_a_characteristic_of_no_weight_is_as_good_as_blank(codes in codes(10)) {
        let mut cases = of_codes(&codes);
        cases.features[1].weight = 0.0;
        let blank: Codes = codes.iter().map(|row| {
            let mut row = row.clone();
            row[1] = None;
            row
        }).collect();
        prop_assert_eq!(Gower::new(&cases).distances().summary(), Gower::new(&of_codes(&blank)).distances().summary());
    }

    #[test]
    fn r38_each_chosen_case_adds_most_and_chance_never_shows_more_than_all(codes in codes(12), size in 0_usize..8) {
        let cases = of_codes(&codes);
        let all: Vec<usize> = (0..cases.len()).collect();
        let chosen = keep_variety(&cases, &all, &[], size);
        prop_assert_eq!(chosen.order.len(), size.min(cases.len()));
        let gains: Vec<usize> =
            chosen.covered.iter().scan(0, |before, now| Some(now - std::mem::replace(before, *now))).collect();
        prop_assert!(gains.is_sorted_by(|a, b| a >= b), "{:?}", gains);
        prop_assert_eq!(chosen.pairs(), pairwise_coverage(&cases.subset(&chosen.order), &[]).observed);
        let everything = pairwise_coverage(&cases, &[]).observed;
        let by_lot: Vec<usize> = random_selections(&cases, &all, size, 9).take(20).collect();
        prop_assert!(by_lot.iter().all(|pairs| *pairs <= everything));
        prop_assert_eq!(by_lot, random_selections(&cases, &all, size, 9).take(20).collect::<Vec<_>>());
    }

    #[test]
    fn r37_a_coding_that_is_said_to_move_a_case_does(codes in codes(10)) {
        let cases = of_codes(&codes);
        let comparable = Gower::new(&cases).distances().comparable();
        let cases = cases.subset(&comparable);
        let grouping = average_linkage(Gower::new(&cases).distances()).cut(3);
        for hinge in hinges(&cases, &grouping).flatten() {
            // Numbers are compared by the range there was: the change keeps within it.
            let mut changed = cases.clone();
            changed.features[3].range = range(&cases);
            changed.set(hinge.case, hinge.feature, hinge.to.clone());
            let distances = Gower::new(&changed).distances();
            let mean = |group: usize| {
                let others = (0..cases.len()).filter(|o| *o != hinge.case && grouping.labels[*o] == group);
                let known: Vec<f64> = others.filter_map(|o| distances.get(hinge.case, o)).collect();
                (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
            };
            let own = grouping.labels[hinge.case];
            prop_assert_ne!(hinge.group, own);
            prop_assert!(mean(hinge.group) < mean(own));
        }
    }

    #[test]
    fn r31_a_configuration_is_listed_when_it_is_consistent_and_no_case_has_it(codes in codes(8)) {
        let cases = of_codes(&codes);
        let excluded = [((0, 0), (1, 1)), ((1, 2), (4, 0)), ((0, 2), (4, 1))];
        let field = Field::new(&cases, &[0, 1, 4], &excluded);
        let there = occupied(&cases, &field);
        let ideas = unexplored(&field, &there).unwrap();
        let mut expected = 0;
        for a in 0..3 {
            for b in 0..4 {
                for e in 0..2 {
                    let consistent = ![(a == 0 && b == 1), (b == 2 && e == 0), (a == 2 && e == 1)].contains(&true);
                    let configuration = vec![a, b, e];
                    prop_assert_eq!(field.is_consistent(&configuration), consistent);
                    let open = consistent && !there.configurations.contains_key(&configuration);
                    prop_assert_eq!(open, ideas.iter().any(|idea| idea.configuration == configuration));
                    expected += u64::from(consistent);
                }
            }
        }
        prop_assert_eq!(field.consistent(), (expected, true));
        prop_assert!(ideas.iter().all(|idea| idea.novelty.is_none_or(|h| h > 0) && idea.support <= 1.0));
    }

    #[test]
    fn r37_any_list_can_be_grouped_mapped_and_looked_into(codes in codes(7)) {
        let cases = of_codes(&codes);
        let distances = Gower::new(&cases).distances();
        let tree = average_linkage(distances.clone());
        for method in [Method::AverageLinkage, Method::KMedoids] {
            let points: Vec<_> = curve(&distances, &tree, method, GROUPS_TRIED).collect();
            prop_assert_eq!(suggested(&points).is_some(), cases.len() >= 2);
            prop_assert!(points.iter().all(|(_, point)| (-1.0..=1.0).contains(&point.mean_silhouette)));
            let grouping = tree.cut(2);
            let stable = mean_likeness(resamples(&distances, &grouping, method, 1).take(5));
            prop_assert!(stable.iter().flatten().all(|likeness| (0.0..=1.0).contains(likeness)));
        }
        let grouping = tree.cut(2);
        let fits = silhouettes(&distances, &grouping);
        prop_assert_eq!(central(&distances, &grouping).len(), grouping.groups);
        prop_assert!(borderline(&grouping, &fits, 3).len() <= 3);
        let map = case_map(&distances);
        prop_assert!(map.places.iter().all(|place| place.0.is_finite() && place.1.is_finite()));
        let everybody: Vec<usize> = (0..cases.len()).collect();
        prop_assert_eq!(spread(&cases, &everybody, Over::Sector).breadth, None);
    }
}

fn range(cases: &CaseMatrix) -> Option<(f64, f64)> {
    let numbers = cases.column(3).filter_map(|cell| match cell {
        Cell::Number(number) => Some((*number, *number)),
        _ => None,
    });
    numbers.reduce(|(low, high), (n, _)| (low.min(n), high.max(n)))
}
