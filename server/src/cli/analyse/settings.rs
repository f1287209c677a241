//! What an analysis is asked besides the cases: the characteristics of the saturation, models, pairs to look at, the
//! field with its judgements, and a truth table. The bundled ones belong to the example list (`server/demo`).

use crate::demo::demo_records;
use samverk_shared::analysis::matrix::CaseMatrix;
use samverk_shared::analysis::pairwise::{FeatureValue, ValuePair, pair};
use samverk_shared::case::Case;
use serde::{Deserialize, Serialize};

/// See the file; fields that are missing read as empty.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Questions {
    /// Keys of the characteristics whose combinations are counted.
    pub saturation: Vec<String>,
    /// Codes of the cases of each model.
    pub models: Vec<Vec<String>>,
    /// Codes of two cases each.
    pub pairs: Vec<(String, String)>,
    /// The morphological field.
    pub field: FieldQuestion,
    /// Conditions and outcome.
    pub truth_table: TruthQuestion,
}

/// The characteristics of the field, and how pairs of their values are judged.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct FieldQuestion {
    pub parameters: Vec<String>,
    pub cross_consistency_exclusions: Vec<Judgement>,
    pub conditional: Vec<Judgement>,
}

/// Two values, `characteristic=value` each, and why they do not go together.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct Judgement {
    pub a: String,
    pub b: String,
    pub reason: String,
}

/// `characteristic=value,value`: in where a case has any of these.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct TruthQuestion {
    pub outcome: String,
    pub conditions: Vec<String>,
}

impl Questions {
    /// The bundled ones. Models and pairs count where all their cases are those of the bundled list, by code and name:
    /// another list's N03 is another case.
    pub fn bundled(cases: &[Case]) -> Self {
        let file = include_str!("../../../demo/analysis.json");
        // The file is part of the program, and a test reads it.
        let mut questions: Questions = serde_json::from_str(file).unwrap_or_default();
        let bundled = demo_records().unwrap_or_default();
        let same = |code: &String| {
            let case = cases.iter().find(|case| case.code == *code);
            let record = bundled.iter().find(|record| record.code == *code);
            matches!((case, record), (Some(case), Some(record)) if case.name == record.name())
        };
        questions.models.retain(|model| model.iter().all(same));
        questions.pairs.retain(|(a, b)| same(a) && same(b));
        questions
    }
}

/// The columns these keys name; those the list has not are left out.
pub fn columns(matrix: &CaseMatrix, keys: &[String]) -> Vec<usize> {
    keys.iter().filter_map(|key| matrix.feature(key)).collect()
}

/// The pairs these judgements are about; one on a characteristic or value the list has not is left out.
pub fn judged(matrix: &CaseMatrix, judgements: &[Judgement]) -> Vec<ValuePair> {
    let of = |judgement: &Judgement| {
        let one = |text: &str| {
            let (column, values) = values(matrix, text)?;
            Some((column, *values.first()?))
        };
        pair(one(&judgement.a)?, one(&judgement.b)?)
    };
    judgements.iter().filter_map(of).collect()
}

/// `characteristic=value,value` as column and places in its list.
pub fn values(matrix: &CaseMatrix, text: &str) -> Option<(usize, Vec<u16>)> {
    let (key, values) = text.split_once('=')?;
    let column = matrix.feature(key)?;
    let known = &matrix.features[column].values;
    let places = values
        .split(',')
        .filter_map(|value| known.iter().position(|v| v == value));
    Some((column, places.map(|place| place as u16).collect()))
}

/// `characteristic=value`.
pub fn named(matrix: &CaseMatrix, (column, value): FeatureValue) -> String {
    let feature = &matrix.features[column];
    format!("{}={}", feature.key, feature.values[usize::from(value)])
}
