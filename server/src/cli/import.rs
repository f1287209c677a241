//! `samverk import`: reads gross lists, and in a dry run says what would come of them.

use crate::imports::File;
use crate::intake::{self, SourceFile, Standing};
use samverk_shared::characteristic::defaults;
use samverk_shared::import::{
    CellKind, Choices, ImportPlan, Join, Known, Refusal, RefusedFile, SheetPlan, Twin, Warning,
};
use samverk_shared::limits::UPLOAD_BYTES_MAX;
use serde::Serialize;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Why nothing, or not everything, was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Some files could not be read; the plan of the others was printed.
    #[error("{}", refused_in_words(.0))]
    Refused(Vec<RefusedFile>),
    /// None of the files has the sheet that was asked for.
    #[error("no file has a sheet named {0}")]
    NoSheet(String),
    /// The plan cannot be written.
    #[error("the plan cannot be written: {0}")]
    Write(#[from] io::Error),
}

fn refused_in_words(refused: &[RefusedFile]) -> String {
    let lines: Vec<String> = refused
        .iter()
        .map(|file| format!("{}: {}", file.file, file.problem))
        .collect();
    lines.join("\n")
}

/// What the files would give; with `sheet`, of each workbook that one alone. A file that cannot be read is among those
/// that are refused.
pub fn read_files(files: &[PathBuf], sheet: Option<&str>) -> Result<ImportPlan, ImportError> {
    let (sent, unread) = open_files(files);
    let sources: Vec<SourceFile<'_>> = sent
        .iter()
        .map(|file| SourceFile {
            name: &file.name,
            bytes: &file.bytes,
        })
        .collect();
    let (choices, known) = (Choices::default(), Known::default());
    let plan = intake::plan_beside(&sources, sheet, &choices, &known, Standing::of(defaults()));
    with_unread(plan, unread, sheet)
}

/// The files as they are sent to a server, and those that cannot be opened.
pub fn open_files(files: &[PathBuf]) -> (Vec<File>, Vec<RefusedFile>) {
    let (mut sent, mut unread) = (Vec::new(), Vec::new());
    for path in files {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        match read_file(path) {
            Ok(bytes) => sent.push(File {
                name: name.into_owned(),
                bytes,
            }),
            Err(error) => unread.push(RefusedFile {
                file: path.display().to_string(),
                why: Refusal::Broken,
                problem: error.to_string(),
            }),
        }
    }
    (sent, unread)
}

/// The plan of all files, also of those that could not be opened.
pub fn with_unread(
    mut plan: ImportPlan,
    unread: Vec<RefusedFile>,
    sheet: Option<&str>,
) -> Result<ImportPlan, ImportError> {
    plan.refused.extend(unread);
    match sheet {
        Some(wanted) if plan.sheets.is_empty() && plan.refused.is_empty() => {
            Err(ImportError::NoSheet(wanted.to_owned()))
        }
        _ => Ok(plan),
    }
}

/// Prints what the files would give, for people or as JSON. Files that cannot be read are an error after the others
/// were shown.
pub fn print(plan: ImportPlan, json: bool, out: &mut dyn Write) -> Result<(), ImportError> {
    if json {
        serde_json::to_writer_pretty(&mut *out, &plan).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        plan.sheets.iter().try_for_each(|sheet| print_sheet(sheet, out))?;
        writeln!(
            out,
            "{} cases of {} rows; {} skipped; {} in the workshop get something",
            plan.cases, plan.rows, plan.skipped, plan.updated
        )?;
    }
    out.flush()?;
    if plan.refused.is_empty() {
        Ok(())
    } else {
        Err(ImportError::Refused(plan.refused))
    }
}

/// A file's bytes, as far as they may be taken in and one more, by which it is known to be too large.
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?
        .take(UPLOAD_BYTES_MAX as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn print_sheet(sheet: &SheetPlan, out: &mut dyn Write) -> io::Result<()> {
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
        let why = format!("{}, {}", word(column.confidence), word(column.reason));
        writeln!(
            out,
            "  column {:>3}  {:<24} -> {target} ({why})",
            column.column,
            one_line(&column.header)
        )?;
    }
    for value in sheet
        .values
        .iter()
        .filter(|v| !v.used || word(v.confidence) != "certain")
    {
        let key = value.key.as_deref().unwrap_or("nothing");
        let used = if value.used { "" } else { ", not used" };
        let (field, cells, original) = (&value.field, value.cells, one_line(&value.original));
        writeln!(
            out,
            "  value \"{original}\" of {field} in {cells} cells -> {key} ({}{used})",
            word(value.reason)
        )?;
    }
    for doubt in &sheet.doubts {
        let (original, read_as) = (one_line(&doubt.original), one_line(&doubt.read_as));
        let why = word(doubt.why);
        writeln!(
            out,
            "  doubt, row {} column {}: \"{original}\" read as \"{read_as}\" ({why})",
            doubt.row, doubt.column
        )?;
    }
    for same in &sheet.duplicates {
        let (name, why) = (one_line(&same.name), word(same.by));
        writeln!(
            out,
            "  row {} \"{name}\" may be {} ({why}, {} %)",
            same.row,
            twin_in_words(&same.of),
            same.score
        )?;
    }
    sheet.joins.iter().try_for_each(|join| print_join(join, out))?;
    sheet
        .warnings
        .iter()
        .try_for_each(|warning| print_warning(warning, out))
}

/// A row that is a case that is there, and what it brings to it.
fn print_join(join: &Join, out: &mut dyn Write) -> io::Result<()> {
    let (of, answer) = (twin_in_words(&join.of), word(join.answer));
    writeln!(out, "  row {} and {of}: {answer}", join.row)?;
    for cell in join.cells.iter().filter(|cell| cell.kind != CellKind::Same) {
        let said = |said: &[String]| one_line(&said.join(", "));
        let (before, listed, here) = (said(&cell.before), said(&cell.listed), said(&cell.here));
        let (kind, take) = (word(cell.kind), if cell.take { "taken" } else { "not taken" });
        writeln!(
            out,
            "    {}: list \"{before}\" -> \"{listed}\", here \"{here}\" ({kind}, {take})",
            cell.field
        )?;
    }
    Ok(())
}

fn twin_in_words(twin: &Twin) -> String {
    let place = match (twin.case.is_empty(), twin.list.is_empty()) {
        (false, _) => format!("case {}", twin.case),
        (true, true) => format!("row {}", twin.row),
        (true, false) => format!("row {} of {}", twin.row, twin.list),
    };
    format!("{place} \"{}\"", one_line(&twin.name))
}

fn print_warning(warning: &Warning, out: &mut dyn Write) -> io::Result<()> {
    let row = warning.row.map_or(String::new(), |row| format!(" row {row}"));
    let column = warning
        .column
        .as_deref()
        .map_or(String::new(), |name| format!(" column {name}"));
    writeln!(
        out,
        "  {}:{row}{column} {}",
        word(warning.kind),
        one_line(&warning.value)
    )
}

/// The word of a closed set, as JSON has it.
fn word(value: impl Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// A terminal shows a cell on one line, and not all of a long one.
fn one_line(text: &str) -> String {
    const CHARS_MAX: usize = 80;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(CHARS_MAX) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
