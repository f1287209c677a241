//! Reads one row: each cell by what its column fills, then what only the whole row tells.

use super::super::columns::{Column, Target};
use super::super::values::{Field, words, years};
use super::super::{Row, warn};
use super::{Rows, blank};
use samverk_shared::case::{Level, Origin};
use samverk_shared::import::{CaseRecord, ColumnReason, DoubtKind, WarningKind};
use samverk_shared::limits::TITLE_CHARS_MAX;

/// One row on its way to a record.
pub struct Reading<'a, 'b> {
    pub row: &'a Row,
    pub rows: &'a mut Rows<'b>,
    pub record: CaseRecord,
    pub levels: Vec<Level>,
}

impl<'a, 'b> Reading<'a, 'b> {
    pub fn of(row: &'a Row, rows: &'a mut Rows<'b>) -> Self {
        let record = blank(row, &rows.list);
        Reading {
            row,
            rows,
            record,
            levels: Vec::new(),
        }
    }

    /// The record, unless the row names no case.
    pub fn record(mut self) -> Option<CaseRecord> {
        let (row, columns) = (self.row, self.rows.columns);
        let cells = || {
            row.cells
                .iter()
                .filter_map(|(number, cell)| Some((columns.get(number)?, cell.as_str())))
        };
        let (name, _) = cells().find(|(column, _)| column.target.is_some_and(Target::is_name))?;
        // Levels first: the groups of public bodies are read from them.
        let is_level =
            |column: &Column<'_>| matches!(column.target, Some(Target::Level | Target::LevelChoice(_)));
        for (column, cell) in cells().filter(|(column, _)| is_level(column)) {
            self.cell(column, cell);
        }
        for (column, cell) in cells().filter(|(column, _)| !is_level(column)) {
            self.cell(column, cell);
        }
        for (column, cell) in cells().filter(|(column, _)| column.target == Some(Target::Words("period"))) {
            self.period(column, cell);
        }
        if row.cells.len() == 1 && columns.values().filter(|c| c.target.is_some()).count() > 2 {
            let words = self.record.name().to_owned();
            self.doubt(name, &words, words.clone(), DoubtKind::OnlyAName);
        }
        self.origin_from_country();
        self.order_of_years();
        Some(self.record)
    }

    fn cell(&mut self, column: &Column<'_>, cell: &str) {
        match column.target {
            None => self.keep(column, cell),
            Some(Target::Ignore) => {}
            Some(Target::Code) => self.record.code = cell.to_owned(),
            Some(Target::Words("name")) => self.name(column, cell),
            Some(Target::Words(field)) => self.words(field, cell),
            Some(Target::Year(field)) => self.year(field, column, cell),
            Some(Target::Origin) => self.choice(Field::Origin, column, cell),
            Some(Target::Status) => self.choice(Field::Status, column, cell),
            Some(Target::Level) => self.level(column, cell),
            Some(Target::LevelChoice(level)) => self.level_choice(level, column, cell),
            Some(Target::AnyParties) => self.any_parties(column, cell),
            Some(Target::PublicParties) => self.public_parties(column, cell),
            Some(Target::Parties(group)) => self.parties(column, cell, |_| group),
            Some(Target::Coding(c)) => self.coding(c, column, cell),
            Some(Target::Choice(c, place)) => self.value_choice(c, place, column, cell),
        }
    }

    /// Kept whole beside the fields.
    pub fn keep(&mut self, column: &Column<'_>, cell: &str) {
        self.record.extra.insert(column.heading.clone(), cell.to_owned());
    }

    pub fn doubt(&mut self, column: &Column<'_>, original: &str, read_as: String, why: DoubtKind) {
        self.rows
            .doubt(self.row.number, &column.heading, original, read_as, why);
    }

    /// A name without a footnote's mark, on one line; of a long text the first words.
    fn name(&mut self, column: &Column<'_>, cell: &str) {
        let unmarked = cell.trim_end_matches(['*', '¹', '²', '³', '†', '‡']).trim_end();
        let lines: Vec<&str> = unmarked
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        let one_line = lines.join(" ");
        let is_note = column.reason == ColumnReason::Board && lines.len() > 1;
        let name = match lines.first() {
            Some(first) if is_note && first.chars().count() <= TITLE_CHARS_MAX => (*first).to_owned(),
            _ if one_line.chars().count() > TITLE_CHARS_MAX => beginning(&one_line),
            _ if one_line.is_empty() => cell.to_owned(),
            _ => one_line.clone(),
        };
        if name.chars().count() < one_line.chars().count() {
            self.doubt(column, cell, name.clone(), DoubtKind::LongName);
            self.words("description", cell);
        } else if unmarked != cell && !unmarked.is_empty() {
            self.doubt(column, cell, name.clone(), DoubtKind::FootnoteMark);
        }
        self.record.fields.insert("name".to_owned(), name);
    }

    /// Words; a field may have been begun by another column.
    pub fn words(&mut self, field: &str, cell: &str) {
        let words = self.record.fields.entry(field.to_owned()).or_default();
        if words.lines().any(|line| line == cell) || words == cell {
            return;
        }
        if !words.is_empty() {
            words.push_str("; ");
        }
        words.push_str(cell);
    }

    fn year(&mut self, field: &'static str, column: &Column<'_>, cell: &str) {
        let Some(time) = years::time(cell) else {
            if words::uncoded(cell).is_none() {
                self.doubt(column, cell, String::new(), DoubtKind::NotAYear);
                self.words("period", cell);
            }
            return;
        };
        // In a column of ends a single year is an end, unless the words say that it began.
        let alone = time.end.is_none() && time.status.is_none();
        let (start, end) = if field == "end_year" && alone {
            (None, time.start)
        } else {
            (time.start, time.end)
        };
        self.set_year("start_year", start, field == "start_year");
        self.set_year("end_year", end, field == "end_year");
        if let Some(status) = time.status {
            self.record
                .fields
                .entry("status".to_owned())
                .or_insert_with(|| status.as_str().to_owned());
        }
        if let Some(why) = time.doubt {
            self.doubt(
                column,
                cell,
                read_as(start, end, time.status.map(|s| s.as_str())),
                why,
            );
        }
        if time.says_more && (start.is_some() || end.is_some()) {
            self.words("period", cell);
        }
    }

    /// A column of periods fills the years that have no column of their own.
    fn period(&mut self, column: &Column<'_>, cell: &str) {
        let Some(time) = years::time(cell) else { return };
        let before = (
            self.record.fields.contains_key("start_year"),
            self.record.fields.contains_key("end_year"),
        );
        self.set_year("start_year", time.start, false);
        self.set_year("end_year", time.end, false);
        if let Some(status) = time.status {
            self.record
                .fields
                .entry("status".to_owned())
                .or_insert_with(|| status.as_str().to_owned());
        }
        if let Some(why) = time.doubt.filter(|_| before == (false, false)) {
            self.doubt(
                column,
                cell,
                read_as(time.start, time.end, time.status.map(|s| s.as_str())),
                why,
            );
        }
    }

    /// The column of the field itself comes before what another says of it.
    fn set_year(&mut self, field: &str, year: Option<i64>, is_own: bool) {
        if let Some(year) = year
            && (is_own || !self.record.fields.contains_key(field))
        {
            self.record.fields.insert(field.to_owned(), year.to_string());
        }
    }

    /// A list without origins names countries: Norway's are national.
    fn origin_from_country(&mut self) {
        let country = self.record.fields.get("country").cloned().unwrap_or_default();
        if self.record.fields.contains_key("origin") || country.is_empty() {
            return;
        }
        let norway = country
            .split([',', ';', '/', '\n'])
            .map(str::trim)
            .any(words::is_norway);
        let origin = if norway {
            Origin::National
        } else {
            Origin::International
        };
        if !words::is_norway(&country) {
            let columns = self.rows.columns;
            if let Some(column) = columns
                .values()
                .find(|c| c.target == Some(Target::Words("country")))
            {
                self.doubt(
                    column,
                    &country,
                    origin.as_str().to_owned(),
                    DoubtKind::OriginFromCountry,
                );
            }
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
            let (row, years) = (Some(self.row.number), format!("{start}–{end}"));
            warn(
                &mut self.rows.plan.warnings,
                WarningKind::EndsBeforeStart,
                row,
                None,
                years,
            );
        }
    }
}

/// The beginning of a long text, to the end of a sentence or a word.
fn beginning(text: &str) -> String {
    let start: String = text.chars().take(TITLE_CHARS_MAX).collect();
    let end = start
        .find(". ")
        .or_else(|| start.rfind(' '))
        .unwrap_or(start.len());
    start[..end].to_owned()
}

fn read_as(start: Option<i64>, end: Option<i64>, status: Option<&str>) -> String {
    let year = |y: Option<i64>| y.map_or(String::new(), |y| y.to_string());
    let years = match (start, end) {
        (None, None) => String::new(),
        (start, None) => year(start),
        (start, end) => format!("{}–{}", year(start), year(end)),
    };
    let parts: Vec<&str> = [years.as_str(), status.unwrap_or_default()]
        .into_iter()
        .filter(|p| !p.is_empty())
        .collect();
    parts.join(", ")
}
