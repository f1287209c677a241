//! The worked examples of the formulas, computed anew each time: who doubts a figure can check one by hand.

use super::figures::round;
use samverk_shared::analysis::consensus::consensus;
use samverk_shared::analysis::distance::Gower;
use samverk_shared::analysis::matrix::{CaseFacts, CaseMatrix, Cell, Feature};
use samverk_shared::characteristic::Scale;
use serde_json::{Map, Value, json};

const RATINGS: [&[u8]; 6] = [
    &[4, 4, 4, 4, 4],
    &[1, 5, 1, 5, 1, 5],
    &[1, 2, 3, 4, 5],
    &[4, 4, 5, 4, 3, 4],
    &[2, 2, 5, 5, 5, 2, 4],
    &[3, 4, 4, 5, 5, 5, 4, 2],
];

/// Agreement of some ratings from 1 to 5.
pub fn of_consensus() -> Value {
    let example = |ratings: &&[u8]| {
        let found = consensus(ratings, 1, 5)?;
        Some(json!({
            "ratings": ratings,
            "mean": round(found.mean, 4),
            "median": found.median,
            "consensus": round(found.consensus, 6),
            "rwg": found.within_group.map(|r| round(r, 6)),
        }))
    };
    RATINGS.iter().filter_map(example).collect()
}

/// Four cases on one characteristic of each scale.
pub fn of_distance() -> Value {
    let feature = |key: &str, scale, values: &[&str]| Feature {
        key: key.to_owned(),
        scale,
        values: values.iter().map(|v| (*v).to_owned()).collect(),
        weight: 1.0,
        range: None,
        log: false,
    };
    let features = vec![
        feature(
            "scope",
            Scale::Nominal,
            &["enkeltprosjekt", "rammesamarbeid", "okosystem"],
        ),
        feature("challenge", Scale::Ordinal, &["0", "1", "2", "3"]),
        feature("object", Scale::Multi, &["vare", "tjeneste", "prosess"]),
        feature("actors", Scale::Number, &[]),
    ];
    let case = |code: &str, cells: [Cell; 4]| {
        let facts = CaseFacts {
            code: code.to_owned(),
            ..CaseFacts::default()
        };
        (facts, cells.to_vec())
    };
    let (one, set) = (Cell::One, |values: &[u16]| Cell::Set(values.to_vec()));
    let matrix = CaseMatrix::new(
        features,
        [
            case("A", [one(0), one(2), set(&[0, 1]), Cell::Number(4.0)]),
            case("B", [one(0), one(2), set(&[1, 2]), Cell::Number(6.0)]),
            case("C", [one(2), one(3), set(&[1]), Cell::Number(20.0)]),
            case("D", [one(1), Cell::Missing, set(&[1, 2]), Cell::Number(8.0)]),
        ],
    );
    let distances = Gower::new(&matrix).distances();
    let named = |(i, j, d): (usize, usize, f64)| {
        let name = format!("{}{}", matrix.cases[i].code, matrix.cases[j].code);
        (name, json!(round(d, 6)))
    };
    Value::Object(distances.pairs().map(named).collect::<Map<_, _>>())
}
