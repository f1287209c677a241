//! Files as programs write them, made in memory: workbooks, OpenDocument sheets, Word documents.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A zip archive of these parts.
pub fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn column(number: usize) -> String {
    let letter = |n: usize| char::from(b'A' + n as u8).to_string();
    if number < 26 {
        letter(number)
    } else {
        letter(number / 26 - 1) + &letter(number % 26)
    }
}

/// A workbook of sheets: name, rows with tabs between cells (`#` before a number cell, `#date` before a date's number,
/// `=` before a formula with its stored value), merged ranges.
pub fn xlsx(sheets: &[(&str, &str, &[&str])]) -> Vec<u8> {
    let names: String = (1..)
        .zip(sheets)
        .map(|(n, (name, ..))| format!(r#"<sheet name="{}" sheetId="{n}" r:id="s{n}"/>"#, escaped(name)))
        .collect();
    let relation = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
    };
    let mut relations: String = (1..=sheets.len())
        .map(|n| relation(&format!("s{n}"), "worksheet", &format!("worksheets/sheet{n}.xml")))
        .collect();
    relations += &relation("styles", "styles", "styles.xml");
    let package = |all: &str| format!(r#"<Relationships xmlns="{PACKAGE}">{all}</Relationships>"#);
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
        (
            "_rels/.rels".to_owned(),
            package(&relation("r", "officeDocument", "xl/workbook.xml")),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>"#),
        ),
        ("xl/_rels/workbook.xml.rels".to_owned(), package(&relations)),
        (
            "xl/styles.xml".to_owned(),
            format!(
                r#"<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
            ),
        ),
    ];
    for (n, (_, rows, merges)) in (1..).zip(sheets) {
        parts.push((format!("xl/worksheets/sheet{n}.xml"), worksheet(rows, merges)));
    }
    let parts: Vec<(&str, String)> = parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.clone()))
        .collect();
    archive(&parts)
}

fn worksheet(rows: &str, merges: &[&str]) -> String {
    let rows: String = (1..)
        .zip(rows.split('\n'))
        .map(|(r, row)| {
            let cells = row.split('\t').enumerate().filter(|(_, text)| !text.is_empty());
            let cells: String = cells
                .map(|(c, text)| cell(&format!("{}{r}", column(c)), text))
                .collect();
            format!(r#"<row r="{r}">{cells}</row>"#)
        })
        .collect();
    let merged: String = merges
        .iter()
        .map(|range| format!(r#"<mergeCell ref="{range}"/>"#))
        .collect();
    let merged = if merged.is_empty() {
        merged
    } else {
        format!("<mergeCells>{merged}</mergeCells>")
    };
    format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{merged}</worksheet>"#)
}

fn cell(at: &str, text: &str) -> String {
    if let Some(day) = text.strip_prefix("#date ") {
        format!(r#"<c r="{at}" s="1"><v>{day}</v></c>"#)
    } else if let Some(number) = text.strip_prefix('#') {
        format!(r#"<c r="{at}"><v>{number}</v></c>"#)
    } else if let Some(stored) = text.strip_prefix('=') {
        format!(
            r#"<c r="{at}" t="str"><f>A1&amp;B1</f><v>{}</v></c>"#,
            escaped(stored)
        )
    } else {
        let text = escaped(&text.replace("\\n", "\n"));
        format!(r#"<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#)
    }
}

/// An OpenDocument workbook of one sheet; what stands in `table` is its XML.
pub fn ods(table: &str) -> Vec<u8> {
    let spaces = r#"xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:calcext="c""#;
    archive(&[
        (
            "mimetype",
            "application/vnd.oasis.opendocument.spreadsheet".to_owned(),
        ),
        (
            "content.xml",
            format!(
                r#"<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="Ark1">{table}</table:table></office:spreadsheet></office:body></office:document-content>"#
            ),
        ),
    ])
}

/// Rows of an OpenDocument sheet, with tabs between cells.
pub fn ods_rows(rows: &str) -> String {
    let cell = |text: &str| match text.strip_prefix("#date ") {
        Some(date) => format!(
            r#"<table:table-cell office:value-type="date" office:date-value="{date}"><text:p>x</text:p></table:table-cell>"#
        ),
        None => format!(
            "<table:table-cell><text:p>{}</text:p></table:table-cell>",
            escaped(text)
        ),
    };
    let row = |row: &str| {
        format!(
            "<table:table-row>{}</table:table-row>",
            row.split('\t').map(cell).collect::<String>()
        )
    };
    rows.split('\n').map(row).collect()
}

/// A Word document: `# ` begins a heading, `|` a row of a table, anything else is a paragraph.
pub fn docx(text: &str) -> Vec<u8> {
    let run = |text: &str| format!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, escaped(text));
    let mut body = String::new();
    let mut in_table = false;
    for line in text.lines() {
        let is_row = line.starts_with('|');
        if is_row != in_table {
            body += if is_row { "<w:tbl>" } else { "</w:tbl>" };
            in_table = is_row;
        }
        if is_row {
            let cells = line
                .trim_matches('|')
                .split('|')
                .map(|c| format!("<w:tc><w:p>{}</w:p></w:tc>", run(c.trim())));
            body += &format!("<w:tr>{}</w:tr>", cells.collect::<String>());
        } else if let Some(heading) = line.strip_prefix("# ") {
            body += &format!(
                r#"<w:p><w:pPr><w:pStyle w:val="Overskrift1"/></w:pPr>{}</w:p>"#,
                run(heading)
            );
        } else {
            body += &format!("<w:p>{}</w:p>", run(line));
        }
    }
    if in_table {
        body += "</w:tbl>";
    }
    archive(&[
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "word/document.xml",
            format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#),
        ),
    ])
}
