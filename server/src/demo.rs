//! The example workshop: 48 cases of collaboration, from a list that goes through the import like any other.

use crate::intake::{self, IntakeError};
use samverk_shared::import::CaseRecord;

/// The title of the example workshop.
pub const TITLE: &str = "Samarbeidsmodeller";
/// What it works on.
pub const PURPOSE: &str = "Hva slags samarbeid får gjenstridige floker til å flytte seg, og varer etter at \
                           prosjektet er slutt?";
/// The name of the bundled list.
pub const LIST: &str = "cases.csv";

/// The bundled cases, as the import reads them.
pub fn demo_records() -> Result<Vec<CaseRecord>, IntakeError> {
    let report = intake::report(LIST, include_bytes!("../demo/cases.csv"))?;
    Ok(report
        .sheets
        .into_iter()
        .flat_map(|sheet| sheet.records)
        .collect())
}
