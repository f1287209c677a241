//! Reads .ods, cell by cell: a file says of a cell or a row how often it is repeated, and a million blank rows must
//! stay one element.

use super::super::sheet::{Budget, Sheet};
use super::super::{IntakeError, warn};
use super::archive;
use super::xml::{Element, Node, Xml};
use samverk_shared::import::WarningKind;
use samverk_shared::limits::IMPORT_CELL_CHARS_MAX;

/// The sheets of a workbook whose archive was checked.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, IntakeError> {
    let manifest = archive::part(bytes, "META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(IntakeError::Encrypted);
    }
    let text = archive::part(bytes, "content.xml")?.unwrap_or_default();
    let mut reading = Reading {
        file: file_name,
        ..Reading::default()
    };
    let mut xml = Xml::new(&text);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(element) => reading.open(&element)?,
            Node::Words(words) => reading.words(&words),
            Node::Close(name) => reading.close(&name)?,
        }
    }
    Ok(reading.sheets)
}

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    kind: String,
    /// What the file says the value is; shown words may be rounded or shortened.
    value: String,
    shown: String,
    paragraphs: u32,
    repeated: u64,
    spans: (u64, u64),
    is_error: bool,
}

#[derive(Default)]
struct Reading<'a> {
    file: &'a str,
    sheets: Vec<Sheet>,
    budget: Budget,
    /// Rows and columns passed.
    row: u64,
    column: u64,
    row_repeated: u64,
    /// Cells of the row: column and text.
    cells: Vec<(u64, String)>,
    cell: Option<Cell>,
    /// Within a note to a cell, which is no part of it.
    in_note: u32,
}

impl Reading<'_> {
    fn open(&mut self, element: &Element) -> Result<(), IntakeError> {
        match element.name.as_str() {
            "table" if self.cell.is_none() => {
                self.budget.sheet()?;
                let name = element.get("table:name").unwrap_or_default().to_owned();
                self.sheets.push(Sheet::named(self.file, name));
                self.row = 0;
            }
            "table-row" if self.cell.is_none() => {
                self.row_repeated = element.count("table:number-rows-repeated");
                self.column = 0;
                self.cells.clear();
            }
            "table-cell" | "covered-table-cell" if self.cell.is_none() => self.cell = Some(cell(element)),
            "annotation" => self.in_note += 1,
            name => self.within_cell(name, element),
        }
        Ok(())
    }

    fn within_cell(&mut self, name: &str, element: &Element) {
        let Some(cell) = self.cell.as_mut().filter(|_| self.in_note == 0) else {
            return;
        };
        match name {
            "p" | "h" => {
                if cell.paragraphs > 0 {
                    cell.shown.push('\n');
                }
                cell.paragraphs += 1;
            }
            "s" => {
                let spaces = element.count("text:c").min(IMPORT_CELL_CHARS_MAX as u64);
                cell.shown.extend(std::iter::repeat_n(' ', spaces as usize));
            }
            "tab" => cell.shown.push('\t'),
            "line-break" => cell.shown.push('\n'),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(cell) = self
            .cell
            .as_mut()
            .filter(|cell| self.in_note == 0 && cell.paragraphs > 0)
        {
            cell.shown.push_str(words);
        }
    }

    fn close(&mut self, name: &str) -> Result<(), IntakeError> {
        match name {
            "annotation" => self.in_note = self.in_note.saturating_sub(1),
            "table-cell" | "covered-table-cell" => {
                if let Some(cell) = self.cell.take() {
                    self.end_cell(cell)?;
                }
            }
            "table-row" => self.end_row()?,
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self, cell: Cell) -> Result<(), IntakeError> {
        let first = self.column.saturating_add(1);
        self.column = self.column.saturating_add(cell.repeated);
        let Some(sheet) = self.sheets.last_mut() else {
            return Ok(());
        };
        let row = self.row.saturating_add(1);
        if cell.is_error {
            let row = u32::try_from(row).ok();
            warn(&mut sheet.warnings, WarningKind::CellError, row, None, cell.shown);
            return Ok(());
        }
        let text = cell.text();
        if text.trim().is_empty() {
            return Ok(());
        }
        // The budget refuses a row that is filled beyond the last column; no need to write it out first.
        for column in first
            ..=self
                .column
                .min(first.saturating_add(samverk_shared::limits::IMPORT_COLUMNS_MAX as u64))
        {
            self.cells.push((column, text.clone()));
        }
        if cell.spans != (1, 1) {
            let end =
                |from: u64, count: u64| u32::try_from(from.saturating_add(count - 1)).unwrap_or(u32::MAX);
            let rows = (end(row, 1), end(row, cell.spans.0));
            sheet.merge(rows, (end(first, 1), end(first, cell.spans.1)));
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), IntakeError> {
        let first = self.row.saturating_add(1);
        self.row = self.row.saturating_add(self.row_repeated);
        let (Some(sheet), false) = (self.sheets.last_mut(), self.cells.is_empty()) else {
            return Ok(());
        };
        for row in first..=self.row {
            for (column, text) in &self.cells {
                self.budget.take(sheet, row, *column, text)?;
            }
        }
        self.cells.clear();
        Ok(())
    }
}

fn cell(element: &Element) -> Cell {
    let attribute = |name: &str| element.get(name).unwrap_or_default().to_owned();
    let kind = attribute("office:value-type");
    let value = match kind.as_str() {
        "date" => attribute("office:date-value"),
        "boolean" => attribute("office:boolean-value"),
        _ => attribute("office:value"),
    };
    Cell {
        kind,
        value,
        repeated: element.count("table:number-columns-repeated"),
        spans: (
            element.count("table:number-rows-spanned"),
            element.count("table:number-columns-spanned"),
        ),
        is_error: element.get("calcext:value-type") == Some("error"),
        ..Cell::default()
    }
}

impl Cell {
    /// As a person would type it.
    fn text(&self) -> String {
        match self.kind.as_str() {
            "date" => self.value.chars().take("2017-05-01".len()).collect(),
            "boolean" => if self.value == "true" { "ja" } else { "nei" }.to_owned(),
            "float" | "currency" if !self.value.is_empty() => self.value.clone(),
            _ => self.shown.clone(),
        }
    }
}
