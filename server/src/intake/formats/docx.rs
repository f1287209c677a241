//! Reads .docx: tables become sheets of their own, and what is filled in by label (two columns, «Land: Norge», or a
//! heading with text below) becomes one sheet with a row for each form.

use super::super::sheet::{Budget, Sheet, first_chars};
use super::super::{IntakeError, columns, warn};
use super::archive;
use super::xml::{Element, Node, Xml};
use samverk_shared::import::{Layout, WarningKind};
use samverk_shared::limits::TITLE_CHARS_MAX;

/// The sheets of a document whose archive was checked.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, IntakeError> {
    let text = archive::part(bytes, "word/document.xml")?.unwrap_or_default();
    let blocks = blocks(&text)?;
    let mut budget = Budget::default();
    let mut sheets = Vec::new();
    let mut forms = Forms::default();
    for block in &blocks {
        match block {
            Block::Table(rows) if is_form(rows) => forms.table(rows),
            Block::Table(rows) => {
                budget.sheet()?;
                let mut sheet = Sheet::named(file_name, format!("tabell {}", sheets.len() + 1));
                for (row, cells) in rows.iter().enumerate() {
                    for (column, cell) in cells.iter().enumerate() {
                        budget.take(&mut sheet, row as u64 + 1, column as u64 + 1, cell)?;
                    }
                }
                sheets.push(sheet);
            }
            Block::Paragraph { heading, text } => forms.paragraph(*heading, text),
        }
    }
    let forms = forms.sheet(file_name, &mut budget)?;
    if !forms.rows.is_empty() || !forms.warnings.is_empty() || sheets.is_empty() {
        sheets.insert(0, forms);
    }
    Ok(sheets)
}

enum Block {
    Paragraph { heading: bool, text: String },
    Table(Vec<Vec<String>>),
}

/// The paragraphs and tables in order; a table within a cell is part of its text.
fn blocks(text: &str) -> Result<Vec<Block>, IntakeError> {
    let mut reading = Reading::default();
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(element) => reading.open(&element),
            Node::Words(words) if reading.in_text => reading.text.push_str(&words),
            Node::Words(_) => {}
            Node::Close(name) => reading.close(&name),
        }
    }
    Ok(reading.blocks)
}

#[derive(Default)]
struct Reading {
    blocks: Vec<Block>,
    tables: usize,
    rows: Vec<Vec<String>>,
    in_text: bool,
    heading: bool,
    /// Every run of the paragraph so far is bold.
    bold: bool,
    text: String,
}

impl Reading {
    fn open(&mut self, element: &Element) {
        match element.name.as_str() {
            "tbl" => self.tables += 1,
            "tr" if self.tables == 1 => self.rows.push(Vec::new()),
            "tc" if self.tables == 1 => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                }
            }
            "p" => {
                (self.heading, self.bold) = (false, false);
                self.text.clear();
            }
            "pStyle" => self.heading = element.get("w:val").is_some_and(is_heading),
            "b" => self.bold |= !matches!(element.get("w:val"), Some("0" | "false")),
            "t" => self.in_text = true,
            "tab" if !self.text.is_empty() => self.text.push('\t'),
            "br" | "cr" => self.text.push('\n'),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" => self.end_paragraph(),
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    self.blocks.push(Block::Table(std::mem::take(&mut self.rows)));
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.text).trim().to_owned();
        if text.is_empty() {
            return;
        }
        if self.tables == 0 {
            // Many write a heading as a short line in bold.
            let looks_like_one = self.bold && text.chars().count() < 80 && label(&text).is_some();
            return self.blocks.push(Block::Paragraph {
                heading: self.heading || looks_like_one,
                text,
            });
        }
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            if !cell.is_empty() {
                cell.push('\n');
            }
            cell.push_str(&text);
        }
    }
}

fn is_heading(style: &str) -> bool {
    let style = style.to_lowercase();
    ["heading", "overskrift", "title", "tittel"]
        .iter()
        .any(|name| style.starts_with(name))
}

/// The label in these words, when it names a field.
fn label(words: &str) -> Option<&str> {
    let words = words.trim().trim_end_matches(':').trim();
    (words.chars().count() <= TITLE_CHARS_MAX && columns::names_field(words)).then_some(words)
}

/// Whether a table holds labels and values rather than rows below a header.
fn is_form(rows: &[Vec<String>]) -> bool {
    let filled: Vec<&Vec<String>> = rows
        .iter()
        .filter(|row| row.iter().any(|cell| !cell.is_empty()))
        .collect();
    let labels = filled
        .iter()
        .filter(|row| row.len() >= 2 && label(&row[0]).is_some())
        .count();
    let in_header = filled
        .first()
        .map_or(0, |row| row.iter().filter(|cell| label(cell).is_some()).count());
    let is_pairs = filled.iter().all(|row| row.len() <= 2 || row.len() == 4);
    is_pairs && labels >= 2 && labels * 2 >= filled.len() && (labels > in_header || in_header < 2)
}

/// Forms as they are gathered: what stands beside or below each label.
#[derive(Default)]
struct Forms {
    forms: Vec<Vec<(String, String)>>,
    /// A heading that is no label: the name of the form that may follow.
    title: Option<String>,
    /// Whether paragraphs go to the last label.
    below_label: bool,
    loose: Vec<String>,
}

impl Forms {
    fn table(&mut self, rows: &[Vec<String>]) {
        for row in rows {
            for pair in row.chunks(2) {
                match pair {
                    [name, value] if !name.is_empty() => self.pair(name.trim_end_matches(':').trim(), value),
                    [only] | [only, _] => self.loose.extend((!only.is_empty()).then(|| only.clone())),
                    _ => {}
                }
            }
        }
        self.below_label = false;
    }

    fn paragraph(&mut self, heading: bool, text: &str) {
        let inline = text
            .split_once(':')
            .and_then(|(name, value)| Some((label(name)?, value.trim())));
        match (heading, label(text), inline) {
            (true, Some(name), _) => {
                self.pair(name, "");
                self.below_label = true;
            }
            (_, _, Some((name, value))) => {
                self.pair(name, value);
                self.below_label = true;
            }
            (true, None, None) => {
                self.drop_title();
                self.title = Some(text.to_owned());
                self.below_label = false;
            }
            (false, ..) => match self.last_value().filter(|_| true) {
                Some(value) => {
                    if !value.is_empty() {
                        value.push('\n');
                    }
                    value.push_str(text);
                }
                None => self.loose.push(text.to_owned()),
            },
        }
    }

    fn last_value(&mut self) -> Option<&mut String> {
        let below = self.below_label;
        self.forms
            .last_mut()
            .and_then(|form| form.last_mut())
            .map(|(_, value)| value)
            .filter(|_| below)
    }

    /// A heading no form came of is text like any other.
    fn drop_title(&mut self) {
        self.loose.extend(self.title.take());
    }

    fn pair(&mut self, name: &str, value: &str) {
        if let Some(title) = self.title.take() {
            if columns::is_name(name) {
                self.loose.push(title);
                self.forms.push(Vec::new());
            } else {
                self.forms.push(vec![("Navn".to_owned(), title)]);
            }
        } else if self.forms.is_empty() || (columns::is_name(name) && self.has_name()) {
            self.forms.push(Vec::new());
        }
        if let Some(form) = self.forms.last_mut() {
            form.push((name.to_owned(), value.to_owned()));
        }
    }

    fn has_name(&self) -> bool {
        self.forms
            .last()
            .is_some_and(|form| form.iter().any(|(name, _)| columns::is_name(name)))
    }

    /// One row a form, with a column for each label, in the order in which they are met.
    fn sheet(mut self, file_name: &str, budget: &mut Budget) -> Result<Sheet, IntakeError> {
        self.drop_title();
        budget.sheet()?;
        let mut sheet = Sheet {
            layout: Layout::Forms,
            ..Sheet::named(file_name, file_name.to_owned())
        };
        let mut labels: Vec<&str> = Vec::new();
        for (name, _) in self.forms.iter().flatten() {
            if !labels.contains(&name.as_str()) {
                labels.push(name);
            }
        }
        for (column, name) in labels.iter().enumerate() {
            budget.take(&mut sheet, 1, column as u64 + 1, name)?;
        }
        for (number, form) in self.forms.iter().enumerate() {
            for (column, name) in labels.iter().enumerate() {
                let values: Vec<&str> = form
                    .iter()
                    .filter(|(n, _)| n == name)
                    .map(|(_, v)| v.trim())
                    .collect();
                budget.take(
                    &mut sheet,
                    number as u64 + 2,
                    column as u64 + 1,
                    values.join("\n").trim(),
                )?;
            }
        }
        for text in &self.loose {
            warn(
                &mut sheet.warnings,
                WarningKind::LooseText,
                None,
                None,
                loose_words(text),
            );
        }
        Ok(sheet)
    }
}

/// A long text is named by its first words.
fn loose_words(text: &str) -> String {
    if text.chars().count() <= 1_000 {
        text.to_owned()
    } else {
        format!("{}…", first_chars(text))
    }
}
