//! Rows of a sheet to records of cases, with a report of what was understood and what was not.

use super::columns::{self, Target};
use super::values::{self, YearCell};
use super::{Row, Sheet, actors, warn};
use samverk_shared::case::{ActorGroup, CodingState, Level, Origin};
use samverk_shared::characteristic::{Characteristic, Scale};
use samverk_shared::import::{CaseRecord, ColumnReport, Duplicate, DuplicateBy, SheetReport, WarningKind};
use samverk_shared::limits::{IMPORT_HEADER_ROWS_MAX, IMPORT_PARTIES_MAX, TITLE_CHARS_MAX};
use std::collections::BTreeMap;

/// What a sheet holds. `several` says that its file has other sheets, so that provenance names this one.
pub fn understand(sheet: Sheet, several: bool) -> SheetReport {
    let mut report = SheetReport {
        file: sheet.file,
        name: sheet.name,
        encoding: sheet.encoding,
        warnings: sheet.warnings,
        ..SheetReport::default()
    };
    let Some(header_at) = header(&sheet.rows) else {
        warn(
            &mut report.warnings,
            WarningKind::NoCases,
            None,
            None,
            report.name.clone(),
        );
        return report;
    };
    let list = if several {
        format!("{} / {}", report.file, report.name)
    } else {
        report.file.clone()
    };
    let header = &sheet.rows[header_at];
    let columns = understand_columns(header, &sheet.rows[header_at + 1..], &mut report);
    report.header_row = Some(header.number);
    for row in &sheet.rows[header_at + 1..] {
        report.rows += 1;
        match Reading::of(row, &columns, &mut report).record(&list) {
            Some(record) => report.records.push(record),
            None => {
                report.skipped += 1;
                warn(
                    &mut report.warnings,
                    WarningKind::NoName,
                    Some(row.number),
                    None,
                    first_words(row),
                );
            }
        }
    }
    report.duplicates = duplicates(&report.records);
    report
}

/// The row near the top that names cases and has the most headings that are known; the first of equals.
fn header(rows: &[Row]) -> Option<usize> {
    let mut best = None;
    for (place, row) in rows.iter().take(IMPORT_HEADER_ROWS_MAX).enumerate() {
        let names_cases = row
            .cells
            .values()
            .any(|c| columns::target(c) == Some(Target::Words("name")));
        let known = columns::known(row.cells.values().map(String::as_str));
        if names_cases && best.is_none_or(|(_, most)| known > most) {
            best = Some((place, known));
        }
    }
    best.map(|(place, _)| place)
}

/// A column: its heading, made unique, and what it fills.
struct Column {
    heading: String,
    target: Option<Target>,
}

type Columns = BTreeMap<u32, Column>;

/// Columns with a heading, and those without one that have cells all the same.
fn understand_columns(header: &Row, rows: &[Row], report: &mut SheetReport) -> Columns {
    let mut numbers: std::collections::BTreeSet<u32> = header.cells.keys().copied().collect();
    numbers.extend(rows.iter().flat_map(|row| row.cells.keys().copied()));
    let mut columns = Columns::new();
    for number in numbers {
        let written = header.cells.get(&number).cloned().unwrap_or_default();
        let found = columns::target(&written);
        let taken = found.is_some_and(|t| !t.takes_many() && columns.values().any(|c| c.target == Some(t)));
        let target = found.filter(|_| !taken);
        let heading = unique_heading(&written, number, &columns);
        if taken {
            warn(
                &mut report.warnings,
                WarningKind::SameColumn,
                Some(header.number),
                Some(&written),
                String::new(),
            );
        } else if target.is_none() {
            let kind = WarningKind::UnknownColumn;
            warn(
                &mut report.warnings,
                kind,
                Some(header.number),
                Some(&heading),
                String::new(),
            );
        }
        let target_name = target.map(Target::name);
        report.columns.push(ColumnReport {
            column: number,
            header: written,
            target: target_name,
        });
        columns.insert(number, Column { heading, target });
    }
    columns
}

/// The key of a column in `extra`: its heading, cut where that is a whole text.
fn unique_heading(written: &str, number: u32, columns: &Columns) -> String {
    let mut heading: String = written.chars().take(TITLE_CHARS_MAX).collect();
    if heading.is_empty() {
        heading = format!("kolonne {number}");
    }
    if columns.values().any(|c| c.heading == heading) {
        heading = format!("{heading} ({number})");
    }
    heading
}

/// Reads one row, telling the report what is odd about it.
struct Reading<'a> {
    row: &'a Row,
    columns: &'a Columns,
    report: &'a mut SheetReport,
    record: CaseRecord,
    levels: Vec<Level>,
}

impl<'a> Reading<'a> {
    fn of(row: &'a Row, columns: &'a Columns, report: &'a mut SheetReport) -> Self {
        let record = CaseRecord {
            row: row.number,
            ..CaseRecord::default()
        };
        Reading {
            row,
            columns,
            report,
            record,
            levels: Vec::new(),
        }
    }

    /// The record, unless the row names no case.
    fn record(mut self, list: &str) -> Option<CaseRecord> {
        let (row, columns) = (self.row, self.columns);
        let cells = || {
            row.cells
                .iter()
                .filter_map(|(number, cell)| Some((columns.get(number)?, cell.as_str())))
        };
        let name = cells().any(|(column, _)| column.target == Some(Target::Words("name")));
        if !name {
            return None;
        }
        // Levels first: the groups of public bodies are read from them.
        for (column, cell) in cells().filter(|(column, _)| column.target == Some(Target::Level)) {
            self.level(column, cell);
        }
        for (column, cell) in cells() {
            self.cell(column, cell);
        }
        self.origin_from_country();
        self.order_of_years();
        self.record.list = list.to_owned();
        Some(self.record)
    }

    fn cell(&mut self, column: &Column, cell: &str) {
        match column.target {
            None => self.keep(column, cell),
            Some(Target::Code) => self.record.code = cell.to_owned(),
            Some(Target::Words(field)) => self.words(field, cell),
            Some(Target::Year(field)) => self.year(field, column, cell),
            Some(Target::Origin) => {
                self.choice("origin", column, cell, values::origin(cell).map(|o| o.as_str()))
            }
            Some(Target::Status) => {
                self.choice("status", column, cell, values::status(cell).map(|s| s.as_str()))
            }
            Some(Target::Level) => {}
            Some(Target::PublicParties) => {
                let levels = self.levels.clone();
                self.parties(column, cell, |name| actors::public_group(name, &levels));
            }
            Some(Target::Parties(group)) => self.parties(column, cell, |_| group),
            Some(Target::Coding(characteristic)) => self.coding(characteristic, column, cell),
        }
    }

    /// Parties as far as they are taken in; a cell with more is kept whole as well.
    fn parties(&mut self, column: &Column, cell: &str, group: impl Fn(&str) -> ActorGroup) {
        let names = values::list(cell);
        let room = IMPORT_PARTIES_MAX - self.record.parties.len();
        if names.len() > room {
            self.warn(
                WarningKind::Cut,
                column,
                &cell.chars().take(40).collect::<String>(),
            );
            self.keep(column, cell);
        }
        let taken = names.into_iter().take(room);
        self.record
            .parties
            .extend(taken.map(|name| (name.to_owned(), group(name).as_str().to_owned())));
    }

    fn keep(&mut self, column: &Column, cell: &str) {
        self.record.extra.insert(column.heading.clone(), cell.to_owned());
    }

    fn warn(&mut self, kind: WarningKind, column: &Column, value: &str) {
        let row = Some(self.row.number);
        warn(
            &mut self.report.warnings,
            kind,
            row,
            Some(&column.heading),
            value.to_owned(),
        );
    }

    /// Words; a period may have been begun by a year in words.
    fn words(&mut self, field: &str, cell: &str) {
        let words = self.record.fields.entry(field.to_owned()).or_default();
        if !words.is_empty() {
            words.push_str("; ");
        }
        words.push_str(cell);
    }

    fn year(&mut self, field: &'static str, column: &Column, cell: &str) {
        let year = match values::year(cell) {
            YearCell::Year(year) => Some(year),
            YearCell::Within(year) => {
                self.warn(WarningKind::NotAYear, column, cell);
                self.words("period", cell);
                Some(year)
            }
            YearCell::None if values::uncoded(cell).is_some() => None,
            YearCell::None => {
                self.warn(WarningKind::NotAYear, column, cell);
                self.words("period", cell);
                None
            }
        };
        if let Some(year) = year {
            self.record.fields.insert(field.to_owned(), year.to_string());
        }
    }

    fn choice(&mut self, field: &str, column: &Column, cell: &str, word: Option<&'static str>) {
        match word {
            Some(word) => drop(self.record.fields.insert(field.to_owned(), word.to_owned())),
            None => self.unknown(column, cell, cell),
        }
    }

    /// What cannot be placed is kept whole, and the part that was not understood is named.
    fn unknown(&mut self, column: &Column, cell: &str, part: &str) {
        self.warn(WarningKind::UnknownValue, column, part);
        self.keep(column, cell);
    }

    fn level(&mut self, column: &Column, cell: &str) {
        for word in values::known_list(cell, |word| values::level(word).is_some()) {
            match values::level(word) {
                Some(level) if !self.levels.contains(&level) => self.levels.push(level),
                Some(_) => {}
                None => self.unknown(column, cell, word),
            }
        }
        let words = self.levels.iter().map(|l| l.as_str().to_owned()).collect();
        self.record.sets.insert("level".to_owned(), words);
    }

    fn coding(&mut self, characteristic: &Characteristic, column: &Column, cell: &str) {
        let coded = match characteristic.scale {
            Scale::Text => vec![cell.to_owned()],
            Scale::Number => match samverk_shared::case::finite(cell) {
                Some(number) => vec![number.to_string()],
                None => return self.uncoded(characteristic, column, cell, cell),
            },
            Scale::Multi => self.multi(characteristic, column, cell),
            Scale::Nominal | Scale::Ordinal => match characteristic.value(cell) {
                Some(value) => vec![value.key.clone()],
                None if values::list(cell).len() > 1 => {
                    self.warn(WarningKind::ManyValues, column, cell);
                    return self.keep(column, cell);
                }
                None => return self.uncoded(characteristic, column, cell, cell),
            },
        };
        if !coded.is_empty() {
            self.record.codings.insert(characteristic.key.clone(), coded);
        }
    }

    fn multi(&mut self, characteristic: &Characteristic, column: &Column, cell: &str) -> Vec<String> {
        let mut keys = Vec::new();
        for part in values::known_list(cell, |word| characteristic.value(word).is_some()) {
            match characteristic.value(part) {
                Some(value) if !keys.contains(&value.key) => keys.push(value.key.clone()),
                Some(_) => {}
                None => self.uncoded(characteristic, column, cell, part),
            }
        }
        if !keys.is_empty() {
            self.record.states.remove(&characteristic.key);
        }
        keys
    }

    /// Not a value: words for there being none, or something nobody has a value for.
    fn uncoded(&mut self, characteristic: &Characteristic, column: &Column, cell: &str, part: &str) {
        match values::uncoded(part).map(CodingState::as_str) {
            Some(state) => drop(
                self.record
                    .states
                    .insert(characteristic.key.clone(), state.to_owned()),
            ),
            None => self.unknown(column, cell, part),
        }
    }

    /// A list without origins names countries: Norway's are national.
    fn origin_from_country(&mut self) {
        let country = self.record.fields.get("country").cloned().unwrap_or_default();
        if self.record.fields.contains_key("origin") || country.is_empty() {
            return;
        }
        let origin = if values::is_norway(&country) {
            Origin::National
        } else {
            Origin::International
        };
        if origin == Origin::International {
            let row = Some(self.row.number);
            warn(
                &mut self.report.warnings,
                WarningKind::OriginFromCountry,
                row,
                None,
                country,
            );
        }
        self.record
            .fields
            .insert("origin".to_owned(), origin.as_str().to_owned());
    }

    fn order_of_years(&mut self) {
        let year = |field| self.record.fields.get(field).and_then(|y| y.parse::<i64>().ok());
        if let (Some(start), Some(end)) = (year("start_year"), year("end_year"))
            && end < start
        {
            let row = Some(self.row.number);
            let years = format!("{start}–{end}");
            warn(
                &mut self.report.warnings,
                WarningKind::EndsBeforeStart,
                row,
                None,
                years,
            );
        }
    }
}

fn first_words(row: &Row) -> String {
    row.cells
        .values()
        .next()
        .map(|cell| cell.chars().take(40).collect())
        .unwrap_or_default()
}

/// Records with the code or the name of an earlier one.
fn duplicates(records: &[CaseRecord]) -> Vec<Duplicate> {
    let mut first: BTreeMap<(u8, String), u32> = BTreeMap::new();
    let mut found = Vec::new();
    for record in records {
        for (rank, by, value) in [
            (0, DuplicateBy::Code, record.code.as_str()),
            (1, DuplicateBy::Name, record.name()),
        ] {
            if value.is_empty() {
                continue;
            }
            let of_row = *first.entry((rank, values::folded(value))).or_insert(record.row);
            if of_row != record.row {
                found.push(Duplicate {
                    row: record.row,
                    of_row,
                    by,
                    value: value.to_owned(),
                });
            }
        }
    }
    found
}
