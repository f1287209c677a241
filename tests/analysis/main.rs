//! The analysis: its figures on the example list to the last digit, and what must hold on any list.

mod command;
mod known;
mod properties;
mod reference;
mod selections;
mod views;

use samverk::cli::analyse::{AnalyseArgs, AnalyseError, analyse};
use serde_json::Value;
use std::path::PathBuf;

const CASES_CSV: &str = include_str!("../../server/demo/cases.csv");

/// The arguments of `samverk analyse FILE… --json`.
fn arguments(files: &[PathBuf]) -> AnalyseArgs {
    AnalyseArgs {
        files: files.to_vec(),
        json: true,
        characteristics: None,
        groups: 8,
        models: Vec::new(),
        field: None,
        seed: 1,
    }
}

fn printed(arguments: &AnalyseArgs) -> Result<String, AnalyseError> {
    let mut out = Vec::new();
    analyse(arguments, &mut out)?;
    Ok(String::from_utf8(out).expect("it prints text"))
}

fn figures(arguments: &AnalyseArgs) -> Value {
    let text = printed(arguments).expect("it is analysed");
    serde_json::from_str(&text).expect("it prints JSON")
}

/// A list in a folder that lives as long as the first of the two.
fn list(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("liste.csv");
    std::fs::write(&path, text).expect("the list is written");
    (folder, path)
}
