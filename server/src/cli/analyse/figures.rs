//! The figures as JSON. Keys and digits are a promise to other programs: `tests/analysis/reference.json` holds them.

use super::settings::{Questions, columns, judged, named, values};
use super::{examples, groups};
use samverk_shared::analysis::actor_mix::{MixRow, actor_mix};
use samverk_shared::analysis::balance::{self, BalanceRow, Class, Thresholds, balance};
use samverk_shared::analysis::breadth::breadth;
use samverk_shared::analysis::completeness::completeness;
use samverk_shared::analysis::coverage::{ValueCoverage, value_coverage};
use samverk_shared::analysis::field::{self, Field, Idea, occupied, unexplored};
use samverk_shared::analysis::matrix::CaseMatrix;
use samverk_shared::analysis::pairwise::pairwise_coverage;
use samverk_shared::analysis::saturation::saturation;
use samverk_shared::analysis::selection::{keep_variety, random_selections};
use samverk_shared::analysis::truth_table::{Condition, RowClass, truth_table};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Cases of a selection that is suggested.
const SELECTED: usize = 20;
/// Random selections, or models, that it is held against.
const DRAWN: usize = 2_000;
/// Unexplored configurations that are named.
const IDEAS: usize = 5;

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

fn mean(counts: &[usize]) -> f64 {
    counts.iter().sum::<usize>() as f64 / counts.len().max(1) as f64
}

fn models(inputs: &Inputs) -> (Value, Value) {
    let matrix = inputs.matrix;
    let (mut balances, mut breadths) = (Map::new(), Map::new());
    for (number, model) in inputs.questions.models.iter().enumerate() {
        let cases: Vec<usize> = model.iter().filter_map(|code| matrix.case(code)).collect();
        let name = format!("M{}", number + 1);
        balances.insert(name.clone(), balanced(inputs, &cases));
        let found = breadth(matrix, &cases);
        let figures = json!({
            "sector": rounded(found.sector, 6),
            "country": rounded(found.country, 6),
            "level": rounded(found.level, 6),
        });
        breadths.insert(name, figures);
    }
    (Value::Object(balances), Value::Object(breadths))
}

fn balanced(inputs: &Inputs, cases: &[usize]) -> Value {
    let (matrix, thresholds) = (inputs.matrix, Thresholds::default());
    let rows = balance(matrix, cases, &thresholds);
    let distinctive = balance::distinctive(&rows);
    let by_lot = balance::distinctive_by_chance(matrix, cases.len(), &thresholds, inputs.seed);
    let by_lot: Vec<usize> = by_lot.take(DRAWN).collect();
    let as_many = by_lot.iter().filter(|n| **n >= distinctive).count();
    let shares = Class::ALL.iter().zip(balance::shares(&rows));
    let shares: Map<String, Value> = shares
        .map(|(class, share)| (class.as_str().to_owned(), round(share, 4)))
        .collect();
    json!({
        "cases": codes(matrix, cases),
        "rows": rows.iter().map(|row| balance_row(matrix, row)).collect::<Vec<_>>(),
        "shares": shares,
        "distinctive": distinctive,
        "distinctive_by_chance": round(mean(&by_lot), 4),
        "share_of_draws_with_as_many": round(as_many as f64 / DRAWN as f64, 4),
    })
}

fn balance_row(matrix: &CaseMatrix, row: &BalanceRow) -> Value {
    let feature = &matrix.features[row.feature];
    let counts = row.counts;
    json!({
        "characteristic": feature.key,
        "value": feature.values[usize::from(row.value)],
        "a": counts.a,
        "n_in": counts.n_in,
        "b": counts.b,
        "n_out": counts.n_out,
        "p_in": round(counts.p_in(), 4),
        "p_all": round(counts.p_all(), 4),
        "lift": round(counts.lift(), 4),
        "cls": row.class.as_str(),
    })
}

fn morphology(matrix: &CaseMatrix, questions: &Questions) -> Value {
    let question = &questions.field;
    let columns = columns(matrix, &question.parameters);
    if columns.is_empty() {
        return Value::Null;
    }
    let field = Field::new(
        matrix,
        &columns,
        &judged(matrix, &question.cross_consistency_exclusions),
    );
    let there = occupied(matrix, &field);
    let (consistent, counted_all) = field.consistent();
    let occupied_consistent = there
        .configurations
        .keys()
        .filter(|c| field.is_consistent(c))
        .count();
    let fully: usize = there.configurations.values().map(Vec::len).sum();
    let ideas = unexplored(&field, &there);
    let break_matrix = |(case, pairs): &(usize, Vec<_>)| {
        let name = |(place, value): (usize, u16)| named(matrix, (columns[place], value));
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(a, b)| format!("{} x {}", name(*a), name(*b)))
            .collect();
        json!({"id": matrix.cases[*case].code, "pairs": pairs})
    };
    json!({
        "parameters": columns.iter().map(|&k| matrix.features[k].key.as_str()).collect::<Vec<_>>(),
        "sizes": field.sizes,
        "total": u64::try_from(field.total()).ok(),
        "judgements": field.judgements(),
        "cross_consistency_exclusions": question.cross_consistency_exclusions,
        "conditional": question.conditional,
        "consistent": consistent,
        "counted_all": counted_all,
        "fully_coded_cases": fully,
        "partly_coded_cases": codes(matrix, &there.partly),
        "occupied_distinct": there.configurations.len(),
        "occupied_consistent": occupied_consistent,
        "cases_violating_matrix": there.breaking.iter().map(break_matrix).collect::<Vec<_>>(),
        "unexplored_consistent": consistent - occupied_consistent as u64,
        "unexplored_all_pairs_observed": ideas.as_ref().map(|ideas| ideas.iter().filter(|i| near(i)).count()),
        "unexplored_by_min_hamming": ideas.as_ref().map(|ideas| by_novelty(ideas)),
        "example_near_seeds": ideas.map(|ideas| seeds(matrix, &field, ideas)),
        "list_limit": field::LISTED_MAX,
    })
}

fn near(idea: &Idea) -> bool {
    idea.support >= 1.0
}

fn by_novelty(ideas: &[Idea]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for novelty in ideas.iter().filter_map(|idea| idea.novelty) {
        *counts.entry(novelty.to_string()).or_default() += 1;
    }
    counts
}

/// The first near ones by the alphabet of their keys.
fn seeds(matrix: &CaseMatrix, field: &Field, ideas: Vec<Idea>) -> Vec<Value> {
    let key = |place: usize, value: u16| &matrix.features[field.features[place]].values[usize::from(value)];
    let keys = |idea: Idea| -> Vec<&String> {
        idea.configuration
            .iter()
            .enumerate()
            .map(|(place, value)| key(place, *value))
            .collect()
    };
    let mut seeds: Vec<_> = ideas.into_iter().filter(near).map(keys).collect();
    seeds.sort();
    let parameter = |place: usize| matrix.features[field.features[place]].key.clone();
    let seed = |keys: Vec<&String>| -> Value {
        let values = keys
            .into_iter()
            .enumerate()
            .map(|(place, key)| (parameter(place), json!(key)));
        Value::Object(values.collect())
    };
    seeds.into_iter().take(IDEAS).map(seed).collect()
}

fn truth(matrix: &CaseMatrix, questions: &Questions) -> Value {
    let condition = |text: &String| {
        let (column, places) = values(matrix, text)?;
        Some(Condition::any_of(matrix, text, column, &places))
    };
    let conditions: Vec<Condition> = questions
        .truth_table
        .conditions
        .iter()
        .filter_map(condition)
        .collect();
    let Some(outcome) = condition(&questions.truth_table.outcome).filter(|_| !conditions.is_empty()) else {
        return Value::Null;
    };
    let row = |row: samverk_shared::analysis::truth_table::TruthRow| {
        let holds: Vec<bool> = (0..conditions.len()).map(|c| row.holds & (1 << c) != 0).collect();
        json!({
            "conditions": holds,
            "n": row.cases.len(),
            "cases": codes(matrix, &row.cases),
            "consistency": rounded(row.consistency, 6),
            "coverage": rounded(row.coverage, 6),
            "class": match row.class {
                RowClass::Sufficient => "sufficient",
                RowClass::Contradictory => "contradictory",
                RowClass::Insufficient => "insufficient",
                RowClass::Remainder => "remainder",
            },
        })
    };
    let rows: Vec<Value> = truth_table(&conditions, &outcome).into_iter().map(row).collect();
    json!({
        "outcome": outcome.name,
        "conditions": conditions.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(),
        "rows": rows,
    })
}
