//! Other people's lists: what comes in, what is said of it, and what no file can do to the server.

#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod bundled;
mod command;
mod hostile;
mod messy;

use samverk_shared::case::Case;
use samverk_shared::characteristic;
use samverk_shared::import::{CaseRecord, ImportReport, WarningKind};

const CASES_CSV: &[u8] = include_bytes!("../../server/demo/cases.csv");
const CASES_XLSX: &[u8] = include_bytes!("../../server/demo/cases.xlsx");

/// The report of a list given as text.
fn report(text: &str) -> ImportReport {
    samverk::intake::report("liste.csv", text.as_bytes()).unwrap()
}

fn case(record: &CaseRecord) -> Case {
    Case::from_record(record, characteristic::defaults())
}

fn warned(report: &ImportReport, kind: WarningKind) -> Vec<(Option<u32>, &str)> {
    let all = report.sheets.iter().flat_map(|s| &s.warnings);
    all.filter(|w| w.kind == kind)
        .map(|w| (w.row, w.value.as_str()))
        .collect()
}
