//! Writes a form: a row for each case, a list to choose from in each cell, and what the values mean on a sheet beside.

use super::{FIXED, LAYOUT, MARK, SUBJECT, Said};
use crate::exports::{Cell, coding_cell, label, sheet_name, value_label, without_value};
use crate::language::Language;
use crate::views::Content;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, Formula, Workbook, Worksheet,
    XlsxError,
};
use samverk_shared::characteristic::{Characteristic, Characteristics, Scale};
use samverk_shared::ids::WorkshopId;

const CODING: [&str; 3] = ["Koding", "Koding", "Coding"];
const MEANING: [&str; 3] = ["Forklaring", "Forklaring", "Explanation"];
const LISTS: &str = "Verdier";
/// Rows of a form below its headings that have lists, at least: some add no case, but paste.
const FIRST_CASE: u32 = 2;

/// The form of these cases.
pub fn write(
    workshop: &WorkshopId,
    cases: &[Content],
    set: &Characteristics,
    language: Language,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let last = FIRST_CASE + u32::try_from(cases.len().saturating_sub(1)).unwrap_or_default();
    let sheet = workbook.add_worksheet();
    sheet.set_name(language.of(CODING))?;
    grid(sheet, cases, set, language)?;
    for (column, c) in (FIXED..).zip(set.iter()) {
        if let Some(list) = list(c, column, language)? {
            sheet.add_data_validation(FIRST_CASE, column, last, column, &list)?;
        }
    }
    explain(workbook.add_worksheet(), set, language)?;
    lists(workbook.add_worksheet(), set, language)?;
    base(workbook.add_worksheet(), workshop, cases, set)?;
    workbook.save_to_buffer()
}

/// The sheet that is filled in.
fn grid(
    sheet: &mut Worksheet,
    cases: &[Content],
    set: &Characteristics,
    language: Language,
) -> Result<(), XlsxError> {
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(Color::RGB(0x00E6_EEF5));
    let fixed = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let open = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let names = [SUBJECT, "code", "name"];
    let shown = ["", "ID", language.of(["Navn", "Namn", "Name"])];
    for ((column, key), name) in (0..).zip(names).zip(shown) {
        sheet.write_string(0, column, key)?;
        sheet.write_string_with_format(1, column, name, &heading)?;
    }
    for (column, c) in (FIXED..).zip(set.iter()) {
        sheet.write_string(0, column, &c.key)?;
        let name = format!("{} {}", c.code, label(c, language));
        sheet.write_string_with_format(1, column, name, &heading)?;
        sheet.set_column_width(column, if c.scale == Scale::Text { 40.0 } else { 24.0 })?;
    }
    for (row, Content { subject, case, .. }) in (FIRST_CASE..).zip(cases) {
        sheet.write_string(row, 0, subject.as_str())?;
        sheet.write_string_with_format(row, 1, &case.code, &fixed)?;
        sheet.write_string_with_format(row, 2, &case.name, &fixed)?;
        for (column, c) in (FIXED..).zip(set.iter()) {
            match coding_cell(case.codings.get(&c.key), c, language) {
                Cell::Blank => sheet.write_blank(row, column, &open)?,
                Cell::Text(text) => sheet.write_string_with_format(row, column, text, &open)?,
                Cell::Number(number) => sheet.write_number_with_format(row, column, number, &open)?,
            };
        }
    }
    sheet.set_column_width(1, 8)?.set_column_width(2, 32)?;
    sheet.set_row_hidden(0)?.set_column_hidden(0)?;
    sheet.set_freeze_panes(FIRST_CASE, FIXED)?;
    Ok(())
}

/// The list a cell is chosen from. Where several may be chosen, others may be typed beside.
fn list(c: &Characteristic, column: u16, language: Language) -> Result<Option<DataValidation>, XlsxError> {
    if !c.scale.has_values() {
        return Ok(None);
    }
    let letter = rust_xlsxwriter::utility::column_number_to_name(column);
    let rows = c.values.len() + without_value(language).len();
    let cells = format!("={LISTS}!${letter}$1:${letter}${rows}");
    let several = c.scale == Scale::Multi;
    let how = if several {
        language.of([
            "Velg en verdi, eller skriv flere med semikolon mellom. Tomt endrer ingenting.",
            "Vel ein verdi, eller skriv fleire med semikolon mellom. Tomt endrar ingenting.",
            "Choose a value, or write several with semicolons between. A blank changes nothing.",
        ])
    } else {
        language.of([
            "Velg fra listen. Tomt endrer ingenting.",
            "Vel frå lista. Tomt endrar ingenting.",
            "Choose from the list. A blank changes nothing.",
        ])
    };
    let title: String = label(c, language).chars().take(32).collect();
    let list = DataValidation::new()
        .allow_list_formula(Formula::new(cells))
        .set_input_title(title)?
        .set_input_message(how)?
        .set_error_style(DataValidationErrorStyle::Stop);
    Ok(Some(if several {
        list.show_error_message(false)
    } else {
        list
    }))
}

/// What the characteristics ask and the values are.
fn explain(sheet: &mut Worksheet, set: &Characteristics, language: Language) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(sheet_name(language.of(MEANING)))?;
    sheet
        .set_column_width(0, 8)?
        .set_column_width(1, 34)?
        .set_column_width(2, 80)?;
    let lead = language.of([
        "Fyll ut arket «Koding», og send filen tilbake. Det dere lar stå tomt, endrer ingenting. En kollega ser over hver endring før den gjelder.",
        "Fyll ut arket «Koding», og send fila tilbake. Det de lèt stå tomt, endrar ingenting. Ein kollega ser over kvar endring før ho gjeld.",
        "Fill in the sheet “Coding” and send the file back. What is left blank changes nothing. A colleague looks at each change before it counts.",
    ]);
    sheet.write_string(0, 0, lead)?;
    let mut row = 2;
    for c in set.iter() {
        sheet.write_string_with_format(row, 0, &c.code, &bold)?;
        sheet.write_string_with_format(row, 1, label(c, language), &bold)?;
        sheet.write_string_with_format(row, 2, help(c, language), &wrapped)?;
        for value in &c.values {
            row += 1;
            sheet.write_string_with_format(row, 1, value_label(value, language), &wrapped)?;
            sheet.write_string_with_format(row, 2, &value.definition, &wrapped)?;
        }
        row += 2;
    }
    Ok(())
}

fn help(c: &Characteristic, language: Language) -> &str {
    if language == Language::En && !c.help_en.is_empty() {
        &c.help_en
    } else {
        &c.help_nb
    }
}

/// The words of the lists, a column for each characteristic, where its column is in the form.
fn lists(sheet: &mut Worksheet, set: &Characteristics, language: Language) -> Result<(), XlsxError> {
    sheet.set_name(LISTS)?.set_hidden(true);
    for (column, c) in (FIXED..).zip(set.iter()).filter(|(_, c)| c.scale.has_values()) {
        let labels = c.values.iter().map(|value| value_label(value, language));
        for (row, word) in (0..).zip(labels.chain(without_value(language))) {
            sheet.write_string(row, column, word)?;
        }
    }
    Ok(())
}

/// What the form was filled from: by it what somebody changed in it is told from what was there.
fn base(
    sheet: &mut Worksheet,
    workshop: &WorkshopId,
    cases: &[Content],
    set: &Characteristics,
) -> Result<(), XlsxError> {
    sheet.set_name("samverk")?.set_very_hidden(true);
    let version = set.version.to_string();
    for (column, word) in (0..).zip([MARK, LAYOUT, workshop.as_str(), &version]) {
        sheet.write_string(0, column, word)?;
    }
    for (column, c) in (1..).zip(set.iter()) {
        sheet.write_string(1, column, &c.key)?;
    }
    for (row, Content { subject, case, .. }) in (2..).zip(cases) {
        sheet.write_string(row, 0, subject.as_str())?;
        for (column, c) in (1..).zip(set.iter()) {
            sheet.write_string(row, column, Said::of(case, c).as_base())?;
        }
    }
    Ok(())
}
