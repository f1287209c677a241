//! The figures of likeness and groups.

use super::figures::{Inputs, codes, round, rounded};
use samverk_shared::analysis::distance::{Distances, Gower, Pair};
use samverk_shared::analysis::grouping::Grouping;
use samverk_shared::analysis::linkage::{Dendrogram, average_linkage};
use samverk_shared::analysis::map::case_map;
use samverk_shared::analysis::matrix::{CaseMatrix, Cell};
use samverk_shared::analysis::medoids::k_medoids;
use samverk_shared::analysis::members::{borderline, central};
use samverk_shared::analysis::sensitivity::{Hinge, hinges};
use samverk_shared::analysis::silhouette::{
    CurvePoint, GROUPS_TRIED, Method, Reading, curve, mean, silhouettes, suggested,
};
use samverk_shared::analysis::stability::{RESAMPLES, mean_likeness, resamples};
use samverk_shared::analysis::uncertainty::uncertainty;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

const CLOSEST: usize = 10;
const FARTHEST: usize = 5;
const BORDERLINE: usize = 5;
/// Above this many cases, resamples and "what if" take minutes: they are a job for the server, not for a command.
const LOOKED_INTO_MAX: usize = 1_000;

/// Their keys and values.
pub fn figures(inputs: &Inputs) -> Map<String, Value> {
    let (all, distances) = (inputs.matrix, Gower::new(inputs.matrix).distances());
    let mut figures = Map::new();
    let mut put = |key: &str, value: Value| drop(figures.insert(key.to_owned(), value));
    let summary = distances.summary();
    put("gower_mean", rounded(summary.map(|s| s.mean), 6));
    put("gower_min", rounded(summary.map(|s| s.least), 6));
    put("gower_max", rounded(summary.map(|s| s.greatest), 6));
    let farthest = distances.farthest(FARTHEST);
    put(
        "closest_pairs",
        pairs(all, distances.closest(CLOSEST).iter().map(|p| (p.0, p.1))),
    );
    put(
        "farthest_pairs",
        pairs(all, farthest.iter().rev().map(|p| (p.0, p.1))),
    );
    let asked = inputs.questions.pairs.iter();
    put(
        "check_pairs",
        pairs(all, asked.filter_map(|(a, b)| Some((all.case(a)?, all.case(b)?)))),
    );

    let comparable = distances.comparable();
    let others: Vec<usize> = (0..all.len())
        .filter(|case| comparable.binary_search(case).is_err())
        .collect();
    put("cannot_be_compared", codes(all, &others));
    let (matrix, distances) = (all.subset(&comparable), distances.subset(&comparable));
    let tree = average_linkage(distances.clone());
    put(
        "cophenetic_correlation",
        rounded(tree.cophenetic_correlation(&distances), 6),
    );
    let tried: BTreeSet<usize> = GROUPS_TRIED.chain([inputs.groups]).collect();
    let points: Vec<_> = curve(&distances, &tree, Method::AverageLinkage, tried.iter().copied()).collect();
    put("suggested_groups", json!(suggested(&points)));
    let point = |(k, point): &(usize, CurvePoint)| (k.to_string(), linked(&matrix, point));
    put(
        "average_linkage",
        Value::Object(points.iter().map(point).collect()),
    );
    let possible = tried.iter().filter(|k| **k <= matrix.len());
    let gathered = possible.map(|k| (k.to_string(), gathered(&matrix, &distances, *k)));
    put("k_medoids", Value::Object(gathered.collect()));

    let grouping = tree.cut(inputs.groups);
    put(
        &format!("uncertainty_coefficient_k{}", inputs.groups),
        dividing(&matrix, &grouping),
    );
    put(
        &format!("groups_k{}", inputs.groups),
        groups(inputs.seed, &matrix, &distances, &tree, &grouping),
    );
    put("map", mapped(&matrix, &distances));
    figures
}

fn pairs(matrix: &CaseMatrix, pairs: impl Iterator<Item = (usize, usize)>) -> Value {
    let gower = Gower::new(matrix);
    let figures = |(i, j): (usize, usize)| {
        let Pair { distance, overlap } = gower.pair(i, j);
        let code = |case: usize| matrix.cases[case].code.as_str();
        json!({"a": code(i), "b": code(j), "d": rounded(distance, 6), "overlap": round(overlap, 4)})
    };
    pairs.map(figures).collect()
}

fn clusters(matrix: &CaseMatrix, grouping: &Grouping) -> Value {
    grouping
        .members()
        .iter()
        .map(|members| codes(matrix, members))
        .collect()
}

fn linked(matrix: &CaseMatrix, point: &CurvePoint) -> Value {
    let mut sizes = point.grouping.sizes();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    json!({
        "mean_silhouette": round(point.mean_silhouette, 6),
        "reading": Reading::of(point.mean_silhouette).as_str(),
        "sizes": sizes,
        "clusters": clusters(matrix, &point.grouping),
    })
}

fn gathered(matrix: &CaseMatrix, distances: &Distances, k: usize) -> Value {
    let found = k_medoids(distances, k);
    let grouping = found.grouping();
    let silhouette = mean(&silhouettes(distances, &grouping));
    json!({
        "mean_silhouette": rounded(silhouette, 6),
        "reading": silhouette.map(|mean| Reading::of(mean).as_str()),
        "total_cost": round(found.cost, 6),
        "medoids": codes(matrix, &found.medoids),
        "clusters": clusters(matrix, &grouping),
    })
}

fn dividing(matrix: &CaseMatrix, grouping: &Grouping) -> Value {
    let found = uncertainty(matrix, grouping).into_iter();
    let figures = found.map(|d| (matrix.features[d.feature].key.clone(), round(d.coefficient, 4)));
    Value::Object(figures.collect())
}

/// What is known of each group, and what it hangs on.
fn groups(
    seed: u64,
    matrix: &CaseMatrix,
    distances: &Distances,
    tree: &Dendrogram,
    grouping: &Grouping,
) -> Value {
    let fits = silhouettes(distances, grouping);
    let look = matrix.len() <= LOOKED_INTO_MAX && tree.n > 1;
    let stability = look.then(|| {
        let method = Method::AverageLinkage;
        mean_likeness(resamples(distances, grouping, method, seed).take(RESAMPLES))
    });
    let hinges: Option<Vec<Hinge>> = look.then(|| hinges(matrix, grouping).flatten().collect());
    let borderline: Vec<Value> = borderline(grouping, &fits, BORDERLINE)
        .iter()
        .map(|b| {
            json!({
                "case": matrix.cases[b.case].code,
                "group": b.group + 1,
                "silhouette": round(b.silhouette, 6),
                "nearest_other_group": b.neighbour + 1,
            })
        })
        .collect();
    json!({
        "clusters": clusters(matrix, grouping),
        "central": codes(matrix, &central(distances, grouping)),
        "stability": stability.map(|s| s.into_iter().map(|mean| rounded(mean, 4)).collect::<Vec<_>>()),
        "borderline": borderline,
        "hinges": hinges.map(|hinges| hinges.iter().map(|hinge| hinged(matrix, hinge)).collect::<Vec<_>>()),
    })
}

fn hinged(matrix: &CaseMatrix, hinge: &Hinge) -> Value {
    let feature = &matrix.features[hinge.feature];
    let words = |cell: &Cell| match cell {
        Cell::Missing => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::One(_) | Cell::Set(_) => {
            let keys = cell
                .values()
                .iter()
                .map(|v| feature.values[usize::from(*v)].as_str());
            keys.collect::<Vec<_>>().join(";")
        }
    };
    json!({
        "case": matrix.cases[hinge.case].code,
        "characteristic": feature.key,
        "from": words(matrix.cell(hinge.case, hinge.feature)),
        "to": words(&hinge.to),
        "moves_to_group": hinge.group + 1,
    })
}

fn mapped(matrix: &CaseMatrix, distances: &Distances) -> Value {
    let map = case_map(distances);
    let place = |(case, (x, y)): (usize, &(f64, f64))| {
        (
            matrix.cases[case].code.clone(),
            json!([round(*x, 4), round(*y, 4)]),
        )
    };
    let places: Map<String, Value> = map.places.iter().enumerate().map(place).collect();
    json!({"stress": rounded(map.stress, 4), "places": places})
}
