//! `samverk import`: reads gross lists, and in a dry run says what would come of them.

use crate::intake::{self, IntakeError};
use samverk_shared::import::{ImportReport, SheetReport};
use samverk_shared::limits::UPLOAD_BYTES_MAX;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be opened or read.
    #[error("{path}: {error}", path = path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A file is no list.
    #[error("{path}: {error}", path = path.display())]
    Intake {
        /// Which.
        path: PathBuf,
        /// Why.
        error: IntakeError,
    },
    /// None of the files has the sheet that was asked for.
    #[error("no file has a sheet named {0}")]
    NoSheet(String),
    /// The report cannot be written.
    #[error("the report cannot be written: {0}")]
    Write(#[from] io::Error),
}

/// What the files would give; with `sheet`, of each workbook that one alone.
pub fn read_files(files: &[PathBuf], sheet: Option<&str>) -> Result<ImportReport, ImportError> {
    let mut sheets = Vec::new();
    for path in files {
        let bytes = read_file(path)?;
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        match intake::understand(&name, &bytes, sheet) {
            Ok(found) => sheets.extend(found),
            Err(IntakeError::NoSheet(_)) => {}
            Err(error) => {
                return Err(ImportError::Intake {
                    path: path.clone(),
                    error,
                });
            }
        }
    }
    match sheet {
        Some(wanted) if sheets.is_empty() => Err(ImportError::NoSheet(wanted.to_owned())),
        _ => Ok(ImportReport::of(sheets)),
    }
}

/// Prints what the files would give, for people or as JSON, and changes nothing.
pub fn dry_run(
    files: &[PathBuf],
    sheet: Option<&str>,
    json: bool,
    out: &mut dyn Write,
) -> Result<(), ImportError> {
    let report = read_files(files, sheet)?;
    if json {
        serde_json::to_writer_pretty(&mut *out, &report).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        report
            .sheets
            .iter()
            .try_for_each(|sheet| print_sheet(sheet, out))?;
        writeln!(
            out,
            "{} cases of {} rows; {} skipped",
            report.cases, report.rows, report.skipped
        )?;
    }
    Ok(out.flush()?)
}

/// A file's bytes, as far as they may be taken in and one more, by which it is known to be too large.
fn read_file(path: &Path) -> Result<Vec<u8>, ImportError> {
    let failed = |error| ImportError::Read {
        path: path.to_owned(),
        error,
    };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(UPLOAD_BYTES_MAX as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Ok(bytes)
}

fn print_sheet(sheet: &SheetReport, out: &mut dyn Write) -> io::Result<()> {
    let header = sheet
        .header_row
        .map_or("no header found".to_owned(), |row| format!("header in row {row}"));
    writeln!(
        out,
        "{} / {}: {} cases, {header}",
        sheet.file,
        sheet.name,
        sheet.records.len()
    )?;
    for column in &sheet.columns {
        let target = column.target.as_deref().unwrap_or("extra");
        writeln!(
            out,
            "  column {:>3}  {:<24} -> {target}",
            column.column, column.header
        )?;
    }
    for duplicate in &sheet.duplicates {
        writeln!(
            out,
            "  row {} may be row {} again: {}",
            duplicate.row, duplicate.of_row, duplicate.value
        )?;
    }
    for warning in &sheet.warnings {
        let kind = serde_json::to_value(warning.kind).unwrap_or_default();
        let row = warning.row.map_or(String::new(), |row| format!(" row {row}"));
        let column = warning
            .column
            .as_deref()
            .map_or(String::new(), |name| format!(" column {name}"));
        writeln!(
            out,
            "  {}:{row}{column} {}",
            kind.as_str().unwrap_or_default(),
            warning.value
        )?;
    }
    Ok(())
}
