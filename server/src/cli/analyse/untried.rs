//! The figures of combinations: which are tried and which are not, and which conditions go with an outcome.

use super::figures::{codes, rounded};
use super::settings::{Questions, columns, judged, named, values};
use samverk_shared::analysis::field::{self, Field, Idea, occupied, unexplored};
use samverk_shared::analysis::matrix::CaseMatrix;
use samverk_shared::analysis::truth_table::{Condition, RowClass, TruthRow, truth_table};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Unexplored configurations that are named.
const IDEAS: usize = 5;

/// The morphological field; null where the lists have none of its characteristics.
pub fn morphology(matrix: &CaseMatrix, questions: &Questions) -> Value {
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

/// The truth table; null where the lists have not what it asks about.
pub fn truth(matrix: &CaseMatrix, questions: &Questions) -> Value {
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
    let row = |row: TruthRow| {
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
