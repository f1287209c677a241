//! The figures as JSON. Keys and digits are a promise to other programs: `tests/analysis/reference.json` holds them.

use super::models::models;
use super::settings::{Questions, columns};
use super::untried::{morphology, truth};
use super::{examples, groups};
use samverk_shared::analysis::actor_mix::{MixRow, actor_mix};
use samverk_shared::analysis::completeness::completeness;
use samverk_shared::analysis::coverage::{ValueCoverage, value_coverage};
use samverk_shared::analysis::matrix::CaseMatrix;
use samverk_shared::analysis::pairwise::pairwise_coverage;
use samverk_shared::analysis::saturation::saturation;
use samverk_shared::analysis::selection::{keep_variety, random_selections};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Cases of a selection that is suggested.
const SELECTED: usize = 20;
/// Random selections, or models, that it is held against.
pub const DRAWN: usize = 2_000;

/// What the figures are made of.
pub struct Inputs<'a> {
    /// The cases.
    pub matrix: &'a CaseMatrix,
    /// What is asked of them.
    pub questions: &'a Questions,
    /// Groups to look into.
    pub groups: usize,
    /// What draws follow from.
    pub seed: u64,
    /// Of the set of characteristics.
    pub version: u32,
    /// Whether the field is somebody's own, and not the example's.
    pub own_field: bool,
}

/// All of them.
pub fn figures(inputs: &Inputs) -> Value {
    let Inputs {
        matrix, questions, ..
    } = *inputs;
    let mut all = Map::new();
    let mut put = |key: &str, value: Value| drop(all.insert(key.to_owned(), value));
    put("about", about(inputs));
    put("n", json!(matrix.len()));
    put(
        "features",
        matrix.features.iter().map(|f| f.key.as_str()).collect(),
    );
    put("weights", json!("equal"));
    put("missing", json!("pairwise deletion"));
    put("coverage", coverage(matrix));
    put("pairwise_coverage", pairs_covered(matrix));
    put("actor_mix", actor_mixes(matrix));
    put("saturation", saturated(matrix, &questions.saturation));
    put(
        &format!("selection_greedy_{SELECTED}"),
        selection(matrix, inputs.seed),
    );
    put("morphology", morphology(matrix, questions));
    put("truth_table", truth(matrix, questions));
    let (balances, breadths) = models(inputs);
    put("balance", balances);
    put("breadth", breadths);
    put("consensus_examples", examples::of_consensus());
    put("mini_example", examples::of_distance());
    all.extend(groups::figures(inputs));
    Value::Object(all)
}

/// A number with so many digits; what is no number is null.
pub fn round(number: f64, digits: i32) -> Value {
    let scale = 10_f64.powi(digits);
    // Adding 0 turns -0 into 0.
    json!((number * scale).round() / scale + 0.0)
}

/// As `round`, null where there is none.
pub fn rounded(number: Option<f64>, digits: i32) -> Value {
    number.map_or(Value::Null, |number| round(number, digits))
}

/// The codes of these cases.
pub fn codes(matrix: &CaseMatrix, cases: &[usize]) -> Value {
    cases
        .iter()
        .map(|&case| matrix.cases[case].code.as_str())
        .collect()
}

/// What must be said beside every figure.
fn about(inputs: &Inputs) -> Value {
    let done = completeness(inputs.matrix);
    json!({
        "cases": inputs.matrix.len(),
        "imagined_left_out": inputs.matrix.left_out,
        "codings": done.by_case.iter().sum::<usize>(),
        "blanks": done.blanks(),
        "characteristics_version": inputs.version,
        "groups": inputs.groups,
        "seed": inputs.seed,
        "field": if inputs.own_field { "own" } else { "example" },
        "note": "coding is judgement; who coded is not in the lists",
    })
}

fn coverage(matrix: &CaseMatrix) -> Value {
    let of_feature = |c: &ValueCoverage| {
        let feature = &matrix.features[c.feature];
        let value = |place: usize| feature.values[place].as_str();
        let counts: BTreeMap<&str, usize> =
            c.counts.iter().enumerate().map(|(p, n)| (value(p), *n)).collect();
        let figures = json!({
            "n_coded": c.coded,
            "counts": counts,
            "value_coverage": rounded(c.share(1), 6),
            "value_coverage_robust": rounded(c.share(2), 6),
            "evenness": rounded(c.evenness(), 6),
            "effective_values": rounded(c.effective_values(), 4),
            "missing_values": c.uncovered().map(value).collect::<Vec<_>>(),
        });
        (feature.key.clone(), figures)
    };
    Value::Object(value_coverage(matrix).iter().map(of_feature).collect())
}

fn pairs_covered(matrix: &CaseMatrix) -> Value {
    let covered = pairwise_coverage(matrix, &[]);
    json!({
        "observed": covered.observed,
        "possible": covered.possible,
        "share": rounded(covered.share(), 6),
    })
}

fn actor_mixes(matrix: &CaseMatrix) -> Value {
    let row = |row: MixRow| {
        let parts = [
            (row.mix.public, "off"),
            (row.mix.research, "forskning"),
            (row.mix.business, "naering"),
            (row.mix.voluntary, "frivillig"),
        ];
        let there: Vec<&str> = parts
            .iter()
            .filter(|(there, _)| *there)
            .map(|(_, word)| *word)
            .collect();
        let name = if there.is_empty() {
            "ingen".to_owned()
        } else {
            there.join("+")
        };
        let [state, regional, municipal] = row.by_level;
        let figures = json!({
            "n": row.cases.len(),
            "ids": codes(matrix, &row.cases),
            "by_level": {"statlig": state, "regional": regional, "kommunal": municipal, "none": row.no_level},
        });
        (name, figures)
    };
    Value::Object(actor_mix(matrix).into_iter().map(row).collect())
}

fn saturated(matrix: &CaseMatrix, parameters: &[String]) -> Value {
    let columns = columns(matrix, parameters);
    if columns.is_empty() {
        return Value::Null;
    }
    let found = saturation(matrix, &columns);
    json!({
        "parameters": columns.iter().map(|&k| matrix.features[k].key.as_str()).collect::<Vec<_>>(),
        "n": found.cases,
        "s_obs": found.seen,
        "f1": found.once,
        "f2": found.twice,
        "sample_coverage": rounded(found.sample_coverage(), 6),
        "chao1": round(found.expected(), 6),
        "possible": found.possible as u64,
    })
}

fn selection(matrix: &CaseMatrix, seed: u64) -> Value {
    let eligible: Vec<usize> = (0..matrix.len())
        .filter(|&i| matrix.cases[i].mix.is_eligible())
        .collect();
    let chosen = keep_variety(matrix, &eligible, &[], SELECTED);
    let by_lot: Vec<usize> = random_selections(matrix, &eligible, SELECTED, seed)
        .take(DRAWN)
        .collect();
    json!({
        "rule": "repeatedly add the eligible case with most new value pairs; ties by file order",
        "eligible": eligible.len(),
        "order": codes(matrix, &chosen.order),
        "pairs_covered": chosen.pairs(),
        format!("pairs_in_all_{}", matrix.len()): pairwise_coverage(matrix, &[]).observed,
        format!("random_{SELECTED}_mean"): round(mean(&by_lot), 1),
        format!("random_{SELECTED}_max_of_{DRAWN}"): by_lot.iter().max(),
    })
}

/// The mean of counts; 0 of none.
pub fn mean(counts: &[usize]) -> f64 {
    counts.iter().sum::<usize>() as f64 / counts.len().max(1) as f64
}
