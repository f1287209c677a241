//! Other people's lists: bytes of files to sheets of cells, a table in each, what its columns and words mean, and a plan
//! of the cases they make, beside everything that is open to doubt. Nothing is changed here, and nothing guessed in
//! silence: what no field takes is kept in `extra`, what was left out is named.

mod columns;
mod duplicates;
mod error;
mod formats;
mod joins;
mod layout;
mod records;
mod sheet;
mod values;

pub use duplicates::between;
pub use error::IntakeError;
pub use formats::{ArchiveError, read};
pub use joins::Standing;
pub use sheet::{Merge, Row, Sheet};
pub use values::clean;

use columns::Headings;
use samverk_shared::characteristic::{Characteristics, defaults};
use samverk_shared::import::{Choices, ImportPlan, Known, RefusedFile, SheetPlan, Warning, WarningKind};
use samverk_shared::limits::{IMPORT_FILES_MAX, IMPORT_WARNINGS_MAX};

/// A file as it came.
#[derive(Debug, Clone, Copy)]
pub struct SourceFile<'a> {
    /// Its name; only a word for people, never a path.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// What an import of these files would do where cases are coded by a set. A file that cannot be read is refused, and the
/// others are there all the same. Of cases that are the same nothing is known but their names.
pub fn plan(files: &[SourceFile<'_>], set: &Characteristics, choices: &Choices, known: &Known) -> ImportPlan {
    plan_beside(files, None, choices, known, Standing::of(set))
}

/// The same, beside what stands in the cases of the workshop; with `only_sheet`, of that sheet alone.
pub fn plan_beside(
    files: &[SourceFile<'_>],
    only_sheet: Option<&str>,
    choices: &Choices,
    known: &Known,
    standing: Standing<'_>,
) -> ImportPlan {
    let headings = Headings::of(standing.set);
    let mut sheets = Vec::new();
    let mut refused = Vec::new();
    for (place, file) in files.iter().enumerate() {
        let found = if place < IMPORT_FILES_MAX {
            sheets_of(file, only_sheet, choices, known, &headings)
        } else {
            Err(IntakeError::TooManyFiles)
        };
        match found {
            Ok(found) => sheets.extend(found),
            Err(IntakeError::NoSheet(_)) => {}
            Err(error) => {
                refused.push(RefusedFile {
                    file: file.name.to_owned(),
                    why: error.why(),
                    problem: error.to_string(),
                });
            }
        }
    }
    duplicates::find(&mut sheets, &known.cases);
    joins::settle(&mut sheets, choices, known, standing);
    ImportPlan {
        refused,
        ..ImportPlan::of(sheets)
    }
}

/// What a file would give by the default characteristics, sheet by sheet, or one sheet of it; duplicates are looked for
/// within these sheets.
pub fn understand(
    file_name: &str,
    bytes: &[u8],
    only_sheet: Option<&str>,
) -> Result<Vec<SheetPlan>, IntakeError> {
    let file = SourceFile {
        name: file_name,
        bytes,
    };
    let mut sheets = sheets_of(
        &file,
        only_sheet,
        &Choices::default(),
        &Known::default(),
        &Headings::of(defaults()),
    )?;
    duplicates::find(&mut sheets, &[]);
    Ok(sheets)
}

/// What a file would give: the plan of a dry run, whose records an import makes cases of.
pub fn report(file_name: &str, bytes: &[u8]) -> Result<ImportPlan, IntakeError> {
    understand(file_name, bytes, None).map(ImportPlan::of)
}

fn sheets_of(
    file: &SourceFile<'_>,
    only_sheet: Option<&str>,
    choices: &Choices,
    known: &Known,
    headings: &Headings<'_>,
) -> Result<Vec<SheetPlan>, IntakeError> {
    let mut sheets = read(file.name, file.bytes)?;
    let several = sheets.len() > 1;
    if let Some(wanted) = only_sheet {
        sheets.retain(|s| s.name == wanted);
        if sheets.is_empty() {
            return Err(IntakeError::NoSheet(wanted.to_owned()));
        }
    }
    let choices_of = |sheet: &Sheet| choices.sheet(&sheet.file, &sheet.name);
    sheets.retain(|sheet| choices_of(sheet).is_none_or(|chosen| !chosen.leave_out));
    Ok(sheets
        .into_iter()
        .map(|sheet| records::understand(&sheet, several, choices_of(&sheet), &known.mappings, headings))
        .collect())
}

/// Adds a warning while there is room for more.
fn warn(
    warnings: &mut Vec<Warning>,
    kind: WarningKind,
    row: Option<u32>,
    column: Option<&str>,
    value: String,
) {
    let warning = |kind, row, column: Option<&str>, value| Warning {
        kind,
        row,
        column: column.map(str::to_owned),
        value,
    };
    match warnings.len() {
        IMPORT_WARNINGS_MAX.. => {}
        n if n + 1 == IMPORT_WARNINGS_MAX => {
            warnings.push(warning(WarningKind::More, None, None, String::new()))
        }
        _ => warnings.push(warning(kind, row, column, value)),
    }
}
