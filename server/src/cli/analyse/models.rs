//! The figures of models: what their values say, and how broadly they are founded.

use super::figures::{DRAWN, Inputs, codes, mean, round, rounded};
use samverk_shared::analysis::balance::{self, BalanceRow, Class, Thresholds, balance};
use samverk_shared::analysis::breadth::{Over, spread};
use samverk_shared::analysis::matrix::CaseMatrix;
use serde_json::{Map, Value, json};

/// Balance and breadth of each model.
pub fn models(inputs: &Inputs) -> (Value, Value) {
    let matrix = inputs.matrix;
    let (mut balances, mut breadths) = (Map::new(), Map::new());
    for (number, model) in inputs.questions.models.iter().enumerate() {
        let cases: Vec<usize> = model.iter().filter_map(|code| matrix.case(code)).collect();
        let name = format!("M{}", number + 1);
        balances.insert(name.clone(), balanced(inputs, &cases));
        let over = |over| rounded(spread(matrix, &cases, over).breadth, 6);
        let figures = json!({
            "sector": over(Over::Sector),
            "country": over(Over::Country),
            "level": over(Over::Level),
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
