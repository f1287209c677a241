//! Other people's lists: what comes in, what is said of it, and what no file can do to the server.

#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod bundled;
mod command;
mod files;
mod hostile;
mod library;
mod messy;
mod organisations;
mod properties;

use samverk_shared::case::Case;
use samverk_shared::characteristic;
use samverk_shared::import::{CaseRecord, DoubtKind, ImportPlan, WarningKind};

const CASES_CSV: &[u8] = include_bytes!("../../server/demo/cases.csv");
const CASES_XLSX: &[u8] = include_bytes!("../../server/demo/cases.xlsx");

/// The report of a list given as text.
fn report(text: &str) -> ImportPlan {
    samverk::intake::report("liste.csv", text.as_bytes()).unwrap()
}

fn case(record: &CaseRecord) -> Case {
    Case::from_record(record, characteristic::defaults())
}

/// Row, what stands there and what it was read as, of each doubt of a kind.
fn doubted(plan: &ImportPlan, kind: DoubtKind) -> Vec<(u32, &str, &str)> {
    let all = plan.sheets.iter().flat_map(|s| &s.doubts);
    all.filter(|d| d.why == kind)
        .map(|d| (d.row, d.original.as_str(), d.read_as.as_str()))
        .collect()
}

fn warned(report: &ImportPlan, kind: WarningKind) -> Vec<(Option<u32>, &str)> {
    let all = report.sheets.iter().flat_map(|s| &s.warnings);
    all.filter(|w| w.kind == kind)
        .map(|w| (w.row, w.value.as_str()))
        .collect()
}
