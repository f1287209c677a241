//! `samverk analyse`: all measures on case lists, as JSON for programs or as a summary for people.

mod examples;
mod figures;
mod groups;
mod models;
mod settings;
mod summary;
mod untried;

use super::import::{ImportError, read_files};
use clap::Args;
use figures::{Inputs, figures};
use samverk_shared::analysis::matrix::CaseMatrix;
use samverk_shared::case::Case;
use samverk_shared::characteristic::{Characteristic, Characteristics, Scale, defaults};
use samverk_shared::import::{CaseRecord, ImportPlan, assign_codes};
use serde::de::DeserializeOwned;
use settings::Questions;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What to analyse, and how.
#[derive(Debug, Clone, Args)]
pub struct AnalyseArgs {
    /// Case lists: workbooks (.xlsx) or text with separators (.csv)
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Prints JSON
    #[arg(long)]
    pub json: bool,
    /// Another set of characteristics, as JSON
    #[arg(long, value_name = "FILE")]
    pub characteristics: Option<PathBuf>,
    /// How many groups to look into; 2 to 15 are tried in any case
    #[arg(long, value_name = "K", default_value_t = 8, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    pub groups: usize,
    /// Codes of the cases of a model; may be given several times
    #[arg(long = "model", value_name = "ID,ID,…")]
    pub models: Vec<String>,
    /// The morphological field and its judgements, as JSON, instead of the example's
    #[arg(long, value_name = "FILE")]
    pub field: Option<PathBuf>,
    /// What draws by lot follow from
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,
}

/// Why nothing was analysed.
#[derive(Debug, thiserror::Error)]
pub enum AnalyseError {
    /// A list cannot be read.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// A file of settings cannot be read, or is not what it should be.
    #[error("{path}: {reason}", path = path.display())]
    Settings {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A model names a case that no list has.
    #[error("no list has a case {0}; imagined cases count in no model")]
    NoCase(String),
    /// The figures cannot be written.
    #[error("the figures cannot be written: {0}")]
    Write(#[from] io::Error),
}

/// Reads the lists and prints the figures.
pub fn analyse(arguments: &AnalyseArgs, out: &mut dyn Write) -> Result<(), AnalyseError> {
    let set = match &arguments.characteristics {
        Some(path) => read_settings(path)?,
        None => defaults().clone(),
    };
    let plan = read_files(&arguments.files, None)?;
    if !plan.refused.is_empty() {
        return Err(ImportError::Refused(plan.refused).into());
    }
    let cases = cases(&plan, &set);
    let matrix = CaseMatrix::of(&cases, used(&plan, &set));
    let mut questions = Questions::bundled(&cases);
    if let Some(path) = &arguments.field {
        questions.field = read_settings(path)?;
    }
    if !arguments.models.is_empty() {
        questions.models = models(&arguments.models, &matrix)?;
    }
    let figures = figures(&Inputs {
        matrix: &matrix,
        questions: &questions,
        groups: arguments.groups,
        seed: arguments.seed,
        version: set.version,
        own_field: arguments.field.is_some(),
    });
    if arguments.json {
        serde_json::to_writer_pretty(&mut *out, &figures).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        summary::print(&figures, out)?;
    }
    Ok(out.flush()?)
}

fn read_settings<T: DeserializeOwned>(path: &Path) -> Result<T, AnalyseError> {
    let failed = |reason: String| AnalyseError::Settings {
        path: path.to_owned(),
        reason,
    };
    let text = std::fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| failed(error.to_string()))
}

fn models(given: &[String], matrix: &CaseMatrix) -> Result<Vec<Vec<String>>, AnalyseError> {
    let known = |code: &str| match matrix.case(code) {
        Some(_) => Ok(code.to_owned()),
        None => Err(AnalyseError::NoCase(code.to_owned())),
    };
    let model = |codes: &String| {
        codes
            .split(',')
            .map(str::trim)
            .filter(|c| !c.is_empty())
            .map(known)
            .collect()
    };
    given.iter().map(model).collect()
}

/// The cases of the lists, each with a code of its own, coded by this set.
fn cases(plan: &ImportPlan, set: &Characteristics) -> Vec<Case> {
    let mut records: Vec<CaseRecord> = plan.records().map(|record| recoded(record, set)).collect();
    let codes = assign_codes([], &records);
    for (record, code) in records.iter_mut().zip(codes) {
        record.code = code;
    }
    records
        .iter()
        .map(|record| Case::from_record(record, set))
        .collect()
}

/// A list is read by the default characteristics: what only another set knows was kept beside them.
fn recoded(record: &CaseRecord, set: &Characteristics) -> CaseRecord {
    let mut recoded = record.clone();
    for (heading, cell) in &record.extra {
        if let Some(characteristic) = set.find(heading) {
            let values = values(characteristic, cell);
            if !values.is_empty() {
                recoded.codings.insert(characteristic.key.clone(), values);
            }
        }
    }
    recoded
}

fn values(characteristic: &Characteristic, cell: &str) -> Vec<String> {
    match characteristic.scale {
        Scale::Number | Scale::Text => vec![cell.to_owned()],
        _ => {
            let known = cell
                .split(';')
                .filter_map(|word| characteristic.value(word.trim()));
            known.map(|value| value.key.clone()).collect()
        }
    }
}

/// The characteristics the lists have a column for, in the order of the columns.
fn used<'a>(plan: &ImportPlan, set: &'a Characteristics) -> Vec<&'a Characteristic> {
    let mut order: BTreeMap<usize, &Characteristic> = BTreeMap::new();
    let columns = plan
        .sheets
        .iter()
        .filter(|s| !s.records.is_empty())
        .flat_map(|s| &s.columns);
    for column in columns {
        let found = match column.target.as_deref() {
            Some(target) => target.strip_prefix("codings.").and_then(|key| set.get(key)),
            None => set.find(&column.header),
        };
        if let Some(found) = found.filter(|found| !order.values().any(|held| held.key == found.key)) {
            order.insert(order.len(), found);
        }
    }
    order.into_values().collect()
}
