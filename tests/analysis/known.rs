//! Small lists whose figures can be worked out by hand, and one of 5,000 cases.

use samverk_shared::analysis::agreement::{Judgement, agreement};
use samverk_shared::analysis::distance::Gower;
use samverk_shared::analysis::draw::Draws;
use samverk_shared::analysis::linkage::average_linkage;
use samverk_shared::analysis::map::case_map;
use samverk_shared::analysis::matrix::{CaseFacts, CaseMatrix, Cell, Feature};
use samverk_shared::analysis::medoids::k_medoids;
use samverk_shared::analysis::members::{borderline, central};
use samverk_shared::analysis::pairwise::pairwise_coverage;
use samverk_shared::analysis::selection::keep_variety;
use samverk_shared::analysis::silhouette::{mean, silhouettes};
use samverk_shared::analysis::stability::{STABLE, mean_likeness, resamples};
use samverk_shared::analysis::{coverage::value_coverage, silhouette::Method};
use samverk_shared::characteristic::Scale::{self, Multi, Nominal, Number, Ordinal};

pub fn feature(key: &str, scale: Scale, values: usize) -> Feature {
    Feature {
        key: key.into(),
        scale,
        values: (0..values).map(|v| format!("{key}{v}")).collect(),
        weight: 1.0,
        range: None,
        log: false,
    }
}

pub fn matrix(features: Vec<Feature>, rows: Vec<Vec<Cell>>) -> CaseMatrix {
    let named = rows.into_iter().enumerate().map(|(number, cells)| {
        let facts = CaseFacts {
            code: format!("X{number}"),
            ..CaseFacts::default()
        };
        (facts, cells)
    });
    CaseMatrix::new(features, named.collect::<Vec<_>>())
}

fn four() -> CaseMatrix {
    let (one, set, number) = (Cell::One, |v: &[u16]| Cell::Set(v.to_vec()), Cell::Number);
    matrix(
        vec![
            feature("scope", Nominal, 3),
            feature("challenge", Ordinal, 4),
            feature("object", Multi, 3),
            feature("actors", Number, 0),
        ],
        vec![
            vec![one(0), one(2), set(&[0, 1]), number(4.0)],
            vec![one(0), one(2), set(&[1, 2]), number(6.0)],
            vec![one(2), one(3), set(&[1]), number(20.0)],
            vec![one(1), Cell::Missing, set(&[1, 2]), number(8.0)],
        ],
    )
}

#[track_caller]
fn near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 5e-7, "{found} is not {wanted}");
}

#[test]
fn r37_the_four_cases_join_as_worked_by_hand() {
    let cases = four();
    let distances = Gower::new(&cases).distances();
    let tree = average_linkage(distances.clone());
    let joined: Vec<(usize, usize)> = tree.merges.iter().map(|m| (m.first, m.second)).collect();
    assert_eq!(joined, [(0, 1), (0, 3), (0, 2)]);
    let wanted = [0.197917, 0.506944, 0.711806];
    for (merge, wanted) in tree.merges.iter().zip(wanted) {
        near(merge.height.unwrap(), wanted);
    }
    let grouping = tree.cut(2);
    assert_eq!(grouping.labels, [0, 0, 1, 0]);
    let fits = silhouettes(&distances, &grouping);
    for (fit, wanted) in fits.iter().zip([0.409314, 0.576923, 0.0, 0.324074]) {
        near(fit.silhouette, wanted);
    }
    near(mean(&fits).unwrap(), 0.327578);
    assert_eq!(central(&distances, &grouping), [1, 2]);
    let border = borderline(&grouping, &fits, 1);
    assert_eq!((border[0].case, border[0].neighbour), (3, 1));
    near(Gower::new(&cases).pair(0, 3).overlap, 0.75);
}

#[test]
fn r37_weights_ranges_and_logarithms_are_settings() {
    let mut cases = four();
    cases.features[0].weight = 0.0;
    cases.features[1].weight = f64::NAN;
    cases.features[2].weight = -1.0;
    near(Gower::new(&cases).pair(0, 2).distance.unwrap(), 1.0);
    cases.features[3].range = Some((0.0, 160.0));
    near(Gower::new(&cases).pair(0, 2).distance.unwrap(), 0.1);
    cases.features[3].range = None;
    cases.features[3].log = true;
    near(
        Gower::new(&cases).pair(0, 3).distance.unwrap(),
        2_f64.ln() / 5_f64.ln(),
    );
}

#[test]
fn r37_cases_on_a_line_lie_on_a_line() {
    let places = [0.0, 3.0, 4.0, 10.0, 7.0];
    let rows = places.iter().map(|p| vec![Cell::Number(*p)]).collect();
    let distances = Gower::new(&matrix(vec![feature("x", Number, 0)], rows)).distances();
    let map = case_map(&distances);
    assert!(map.stress.unwrap() < 1e-6);
    near((map.places[0].0 - map.places[3].0).abs(), 1.0);
    assert!(map.places.iter().all(|place| place.1.abs() < 1e-6));
}

#[test]
fn r37_a_group_that_stands_apart_is_stable_and_one_cut_by_chance_is_not() {
    let stability = |places: &[f64], groups: usize| {
        let rows = places.iter().map(|p| vec![Cell::Number(*p)]).collect();
        let distances = Gower::new(&matrix(vec![feature("x", Number, 0)], rows)).distances();
        let grouping = average_linkage(distances.clone()).cut(groups);
        let found: Vec<_> = resamples(&distances, &grouping, Method::AverageLinkage, 3)
            .take(50)
            .collect();
        let again: Vec<_> = resamples(&distances, &grouping, Method::AverageLinkage, 3)
            .take(50)
            .collect();
        assert_eq!(found, again, "the seed decides");
        mean_likeness(found)
    };
    // Where one of the groups is not drawn at all, the other is cut in two.
    let apart = stability(&[0.0, 1.0, 2.0, 3.0, 20.0, 21.0, 22.0, 23.0], 2);
    assert!(apart.iter().flatten().all(|likeness| *likeness > 0.95));
    // A row of evenly spaced cases is cut somewhere, and other cases would be cut elsewhere: the groups between the
    // ends do not come back. In two groups this would hardly show, for one of two always matches half.
    let in_a_row: Vec<f64> = (0..20).map(f64::from).collect();
    let by_chance = stability(&in_a_row, 5);
    assert!(
        by_chance[1..4]
            .iter()
            .flatten()
            .all(|likeness| *likeness < STABLE),
        "{by_chance:?}"
    );
}

fn ones(values: &[u16]) -> Vec<Judgement> {
    values
        .iter()
        .map(|value| Judgement::Value(Cell::One(*value)))
        .collect()
}

#[test]
fn r3_agreement_is_that_of_the_worked_examples() {
    let nominal = agreement(
        &feature("a", Nominal, 2),
        &[ones(&[0, 0, 1, 1]), ones(&[0, 1, 1, 1])],
    );
    assert_eq!((nominal.cases, nominal.pairs), (4, 1));
    assert_eq!((nominal.share, nominal.likeness), (Some(0.75), Some(0.75)));
    near(nominal.kappa.unwrap(), 0.5);
    let ordinal = agreement(
        &feature("b", Ordinal, 3),
        &[ones(&[0, 1, 2, 2]), ones(&[0, 2, 2, 0])],
    );
    assert_eq!((ordinal.share, ordinal.likeness), (Some(0.5), Some(0.625)));
    near(ordinal.kappa.unwrap(), 0.25);
    let sets = |sets: &[&[u16]]| -> Vec<Judgement> {
        sets.iter()
            .map(|set| Judgement::Value(Cell::Set(set.to_vec())))
            .collect()
    };
    let multi = agreement(
        &feature("c", Multi, 3),
        &[sets(&[&[0, 1], &[0]]), sets(&[&[0], &[0]])],
    );
    assert_eq!(
        (multi.share, multi.likeness, multi.kappa),
        (Some(0.5), Some(0.75), None)
    );
    let numbers = |all: &[f64]| -> Vec<Judgement> {
        all.iter()
            .map(|number| Judgement::Value(Cell::Number(*number)))
            .collect()
    };
    let given = [numbers(&[2.0, 4.0, 10.0]), numbers(&[2.0, 8.0, 10.0])];
    let number = agreement(&feature("d", Number, 0), &given);
    near(number.share.unwrap(), 2.0 / 3.0);
    near(number.likeness.unwrap(), 2.5 / 3.0);
}

#[test]
fn r3_kinds_of_no_value_agree_with_themselves_alone_and_nothing_is_left_out() {
    use Judgement::{NotApplicable, Nothing, Unknown, Value};
    let value = || Value(Cell::One(1));
    let first = vec![Unknown, Unknown, NotApplicable, value(), value(), Nothing];
    let second = vec![Unknown, value(), Unknown, Nothing, value(), Nothing];
    let found = agreement(&feature("b", Ordinal, 3), &[first.clone(), second]);
    assert_eq!((found.cases, found.one_alone), (4, 1));
    assert_eq!((found.share, found.likeness), (Some(0.5), Some(0.5)));
    // Of three coders the pairs are weighed alike: 2 of 4, 3 of 3, 1 of 3.
    let third = first[..3].to_vec();
    let second = vec![Unknown, value(), Unknown, Nothing, value(), Nothing];
    let three = agreement(&feature("b", Ordinal, 3), &[first, second, third]);
    assert_eq!((three.pairs, three.cases, three.one_alone), (3, 4, 1));
    near(three.share.unwrap(), (2.0 / 4.0 + 3.0 / 3.0 + 1.0 / 3.0) / 3.0);
    let words = vec![Judgement::Words("om natta".into())];
    let in_words = agreement(&feature("t", Scale::Text, 0), &[words.clone(), words]);
    assert_eq!(
        (in_words.cases, in_words.share, in_words.likeness),
        (1, None, None)
    );
}

#[test]
fn r38_cases_locked_by_hand_come_first_and_count() {
    let rows = [(0, 0), (0, 1), (1, 0), (0, 0)].map(|(a, b)| vec![Cell::One(a), Cell::One(b)]);
    let cases = matrix(
        vec![feature("a", Nominal, 2), feature("b", Nominal, 2)],
        rows.to_vec(),
    );
    let chosen = keep_variety(&cases, &[0, 1, 2], &[3], 3);
    assert_eq!((chosen.order, chosen.covered), (vec![3, 1, 2], vec![1, 2, 3]));
    assert_eq!(keep_variety(&cases, &[], &[], 3).order, Vec::<usize>::new());
    assert_eq!(keep_variety(&cases, &[0, 1], &[2, 3], 1).order, [2]);
}

/// 5,000 cases around twelve patterns, a tenth of the codings blank.
fn many() -> CaseMatrix {
    let features: Vec<Feature> = (0..10).map(|k| feature(&format!("k{k}"), Nominal, 6)).collect();
    let mut draws = Draws::new(5);
    let row = |n: usize| {
        let cell = |k: usize| match draws.below(10) {
            0 => Cell::Missing,
            1..=3 => Cell::One(draws.below(6) as u16),
            _ => Cell::One(((n % 12) * (k + 1) % 6) as u16),
        };
        (0..10).map(cell).collect()
    };
    matrix(features, (0..5_000).map(row).collect())
}

#[test]
fn r36_r37_five_thousand_cases_are_measured() {
    let cases = many();
    assert!(value_coverage(&cases).iter().all(|c| c.share(1) == Some(1.0)));
    assert!(pairwise_coverage(&cases, &[]).share().unwrap() > 0.99);
    let distances = Gower::new(&cases).distances();
    assert_eq!(distances.comparable().len(), 5_000);
    let tree = average_linkage(distances.clone());
    assert_eq!(tree.merges.len(), 4_999);
    let heights: Vec<f64> = tree.merges.iter().filter_map(|m| m.height).collect();
    assert!(
        heights.is_sorted_by(|a, b| *a <= b + 1e-9),
        "average linkage never turns back"
    );
    let grouping = tree.cut(12);
    let sizes: Vec<usize> = grouping.sizes();
    assert_eq!((sizes.len(), sizes.iter().sum::<usize>()), (12, 5_000));
    let around = k_medoids(&distances, 6);
    // One of each of the patterns the cases were made of.
    let nearest = |case: usize| (0..6).map(|m| distances.or_unlike(case, m)).fold(1.0, f64::min);
    assert!(around.cost < (0..5_000).map(nearest).sum());
    assert!(mean(&silhouettes(&distances, &around.grouping())).unwrap() > 0.1);
}
