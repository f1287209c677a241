//! Files made to break the server: each ends as an error that says what is wrong, in bounded time and memory.

use super::{CASES_CSV, CASES_XLSX};
use samverk::intake::{self, ArchiveError, IntakeError};
use samverk_shared::import::{DoubtKind, WarningKind};
use samverk_shared::limits::{IMPORT_COLUMNS_MAX, IMPORT_PARTIES_MAX, IMPORT_ROWS_MAX};
use samverk_shared::limits::{UPLOAD_BYTES_MAX, WORKBOOK_PARTS_MAX};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

fn relationships(targets: &[(&str, &str)]) -> String {
    let one = |(n, (kind, target)): (usize, &(&str, &str))| {
        format!(r#"<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
    };
    let all: String = targets.iter().enumerate().map(one).collect();
    format!(r#"<Relationships xmlns="{PACKAGE}">{all}</Relationships>"#)
}

fn archive(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of one sheet with these rows and one shared string.
fn workbook(rows: &str, shared: &str) -> Vec<u8> {
    let sheets = r#"<sheets><sheet name="Ark" sheetId="1" r:id="r0"/></sheets>"#;
    let book_parts = [
        ("worksheet", "worksheets/sheet1.xml"),
        ("sharedStrings", "sharedStrings.xml"),
    ];
    let parts = [
        ("[Content_Types].xml", TYPES.to_owned()),
        (
            "_rels/.rels",
            relationships(&[("officeDocument", "xl/workbook.xml")]),
        ),
        (
            "xl/workbook.xml",
            format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{sheets}</workbook>"#),
        ),
        ("xl/_rels/workbook.xml.rels", relationships(&book_parts)),
        (
            "xl/sharedStrings.xml",
            format!(r#"<sst xmlns="{MAIN}"><si><t>{shared}</t></si></sst>"#),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#),
        ),
    ];
    archive(&parts.map(|(name, content)| (name.to_owned(), content.into_bytes())))
}

fn text_cell(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn refused(bytes: &[u8]) -> IntakeError {
    intake::report("liste", bytes).unwrap_err()
}

#[test]
fn the_smallest_workbook_is_read() {
    let rows = format!(
        r#"<row r="1">{}{}</row><row r="2">{}<c r="B2"><v>2016</v></c></row>"#,
        text_cell("A1", "Navn"),
        text_cell("B1", "Startår"),
        text_cell("A2", "Skolehagen"),
    );
    let report = intake::report("liste.xlsx", &workbook(&rows, "")).unwrap();
    let record = report.records().next().unwrap();
    assert_eq!(
        (record.name(), record.fields["start_year"].as_str()),
        ("Skolehagen", "2016")
    );
}

#[test]
fn f1_two_cells_in_opposite_corners_are_no_rectangle() {
    let rows = format!(
        r#"<row r="1">{}</row><row r="1048576">{}</row>"#,
        text_cell("A1", "Navn"),
        text_cell("XFD1048576", "langt borte")
    );
    assert!(matches!(
        refused(&workbook(&rows, "")),
        IntakeError::TooManyRows { row: 1_048_576, .. }
    ));
    let wide = format!(
        r#"<row r="1">{}{}</row>"#,
        text_cell("A1", "Navn"),
        text_cell("XFD1", "x")
    );
    assert!(matches!(
        refused(&workbook(&wide, "")),
        IntakeError::TooManyColumns { column: 16_384, .. }
    ));
}

#[test]
fn f1_one_long_text_in_every_cell_is_counted_each_time() {
    let long = "x".repeat(30_000);
    let cells = r#"<c t="s"><v>0</v></c>"#.repeat(100);
    let rows: String = (1..=100)
        .map(|row| format!(r#"<row r="{row}">{cells}</row>"#))
        .collect();
    assert!(matches!(
        refused(&workbook(&rows, &long)),
        IntakeError::TooMuchText
    ));
}

#[test]
fn f1_a_part_that_inflates_without_end_is_refused() {
    let zeros = |bytes: usize| vec![b' '; bytes];
    let one = archive(&[("xl/workbook.xml".into(), zeros(20 * 1024 * 1024))]);
    assert!(matches!(
        refused(&one),
        IntakeError::Archive(ArchiveError::Ratio(_))
    ));
    let many: Vec<_> = (0..120)
        .map(|n| (format!("part{n}"), zeros(1024 * 1024 - 1)))
        .collect();
    assert!(matches!(
        refused(&archive(&many)),
        IntakeError::Archive(ArchiveError::Inflated)
    ));
    let parts: Vec<_> = (0..=WORKBOOK_PARTS_MAX)
        .map(|n| (format!("part{n}"), Vec::new()))
        .collect();
    assert!(matches!(
        refused(&archive(&parts)),
        IntakeError::Archive(ArchiveError::Parts)
    ));
}

#[test]
fn f1_a_size_the_archive_lies_about_does_not_help_it() {
    let mut bytes = archive(&[("xl/workbook.xml".into(), vec![b' '; 20 * 1024 * 1024])]);
    let said = (20 * 1024 * 1024_u32).to_le_bytes();
    for at in 0..bytes.len() - 4 {
        if bytes[at..at + 4] == said {
            bytes[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
        }
    }
    assert!(matches!(refused(&bytes), IntakeError::Archive(_)));
}

#[test]
fn f1_a_workbook_cut_off_or_damaged_anywhere_ends_in_an_error_or_a_report() {
    for at in (0..CASES_XLSX.len()).step_by(977) {
        assert!(intake::report("liste.xlsx", &CASES_XLSX[..at]).is_err());
        let mut damaged = CASES_XLSX.to_vec();
        damaged[at] ^= 0x5a;
        // Whether it can still be read depends on where the damage is; what must not happen is a panic.
        drop(intake::report("liste.xlsx", &damaged));
    }
}

#[test]
fn f1_what_is_no_list_is_named() {
    assert!(matches!(refused(b""), IntakeError::Empty));
    assert!(matches!(refused(b" \n\t \r\n"), IntakeError::Empty));
    assert!(matches!(
        refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"),
        IntakeError::OldWorkbook
    ));
    assert!(matches!(refused(b"%PDF-1.7\n\0\0\0\xff"), IntakeError::NotAList));
    assert!(matches!(
        refused(b"PK\x03\x04not really"),
        IntakeError::Archive(ArchiveError::Damaged(_))
    ));
    assert!(matches!(
        refused(&archive(&[("notes.txt".into(), b"hei".to_vec())])),
        IntakeError::NotAList
    ));
    assert!(matches!(
        refused(&vec![b'a'; UPLOAD_BYTES_MAX + 1]),
        IntakeError::TooLarge
    ));
}

#[test]
fn f1_rows_and_columns_are_taken_in_up_to_the_limit_and_not_one_more() {
    let rows = |count: usize| "navn;land\n".to_owned() + &"En;Norge\n".repeat(count - 1);
    let report = intake::report("liste.csv", rows(IMPORT_ROWS_MAX).as_bytes()).unwrap();
    assert_eq!(report.cases as usize, IMPORT_ROWS_MAX - 1);
    assert!(matches!(
        refused(rows(IMPORT_ROWS_MAX + 1).as_bytes()),
        IntakeError::TooManyRows { .. }
    ));
    let columns = |count: usize| "navn;".to_owned() + &vec!["x"; count - 1].join(";") + "\nEn\n";
    assert!(intake::report("liste.csv", columns(IMPORT_COLUMNS_MAX).as_bytes()).is_ok());
    assert!(matches!(
        refused(columns(IMPORT_COLUMNS_MAX + 1).as_bytes()),
        IntakeError::TooManyColumns { .. }
    ));
}

#[test]
fn f1_any_bytes_end_in_an_error_or_a_report() {
    let mut seed = 0x5eed_u64;
    println!("seed {seed}");
    for length in 0..150 {
        let mut next = || {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 56) as u8
        };
        let noise: Vec<u8> = (0..length).map(|_| next()).collect();
        drop(intake::report("liste", &noise));
        if length % 10 != 0 {
            continue;
        }
        let mut damaged = CASES_CSV.to_vec();
        let at = usize::from(next()) * 97 % damaged.len();
        damaged[at] = next();
        drop(intake::report("liste", &damaged));
    }
}

#[test]
fn f1_a_cell_of_thousands_of_parties_makes_no_document_of_thousands() {
    let text = format!("navn,frivillige\nEn,{}\n", "lag;".repeat(8_000));
    let report = intake::report("liste.csv", text.as_bytes()).unwrap();
    let record = report.records().next().unwrap();
    assert_eq!(record.parties.len(), IMPORT_PARTIES_MAX);
    assert_eq!(super::doubted(&report, DoubtKind::Cut).len(), 1);
    assert!(
        record.extra["frivillige"].len() > 8_000,
        "what was not taken in is kept"
    );
}

#[test]
fn r32_a_cell_error_is_named_and_read_as_blank() {
    let rows = format!(
        r##"<row r="1">{}{}</row><row r="2">{}<c r="B2" t="e"><v>#REF!</v></c></row>"##,
        text_cell("A1", "Navn"),
        text_cell("B1", "Land"),
        text_cell("A2", "En"),
    );
    let report = intake::report("liste.xlsx", &workbook(&rows, "")).unwrap();
    assert_eq!(
        super::warned(&report, WarningKind::CellError),
        [(Some(2), "#REF!")]
    );
    assert_eq!(report.cases, 1);
}

fn document(xml: &str) -> Vec<u8> {
    super::files::archive(&[("word/document.xml", xml.to_owned())])
}

#[test]
fn f1_documents_with_a_type_of_their_own_or_without_a_bottom_are_refused() {
    let entities = r#"<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d><p><t>&a;</t></p></d>"#;
    assert!(matches!(refused(&document(entities)), IntakeError::DocumentType));
    let deep = "<tbl>".repeat(100_000);
    assert!(matches!(refused(&document(&deep)), IntakeError::TooDeep));
    let unknown = intake::report("liste", &document("<d><p><t>Navn &lol; x</t></p></d>")).unwrap();
    assert_eq!(unknown.cases, 0);
}

#[test]
fn f1_an_open_document_that_repeats_cells_without_end_is_refused_and_blank_ones_cost_nothing() {
    let repeated = |count: &str, text: &str| {
        format!(
            r#"<table:table-row table:number-rows-repeated="{count}"><table:table-cell table:number-columns-repeated="{count}"><text:p>{text}</text:p></table:table-cell></table:table-row>"#
        )
    };
    let many = super::files::ods(&repeated("1048576", "x"));
    assert!(matches!(refused(&many), IntakeError::TooManyColumns { .. }));
    let rows = super::files::ods(&repeated("400", "x").repeat(60));
    assert!(matches!(
        refused(&rows),
        IntakeError::TooManyRows { .. } | IntakeError::TooManyCells
    ));
    let blank = super::files::ods(&repeated("18446744073709551615", "").repeat(3));
    assert_eq!(intake::report("liste.ods", &blank).unwrap().cases, 0);
}

#[test]
fn f1_what_has_a_password_or_is_binary_says_what_to_do() {
    let parts = |name: &str| {
        super::files::archive(&[
            ("mimetype", String::new()),
            ("content.xml", "x".into()),
            ("META-INF/manifest.xml", "<manifest:encryption-data/>".into()),
            (name, String::new()),
        ])
    };
    assert!(matches!(refused(&parts("x")), IntakeError::Encrypted));
    assert!(matches!(
        refused(&parts("xl/workbook.bin")),
        IntakeError::BinaryWorkbook
    ));
    assert!(matches!(
        refused(b"<html><table><tr><td>Navn</td></tr></table></html>"),
        IntakeError::WebPage
    ));
    for error in [
        IntakeError::Encrypted,
        IntakeError::BinaryWorkbook,
        IntakeError::WebPage,
        IntakeError::OldWorkbook,
    ] {
        assert!(error.to_string().contains("save it"), "{error}");
    }
}

#[test]
fn f1_merged_cells_over_the_whole_sheet_fill_only_rows_that_are_there() {
    let sheet = "Navn\tLand\nA\tNorge\nB\t";
    let plan = intake::report(
        "liste.xlsx",
        &super::files::xlsx(&[("Ark1", sheet, &["B2:XFD1048576", "A1:XFD1"])]),
    )
    .unwrap();
    assert_eq!(
        plan.records()
            .map(|r| r.fields["country"].as_str())
            .collect::<Vec<_>>(),
        ["Norge", "Norge"]
    );
}

#[test]
fn f1_thousands_of_cases_with_the_same_words_are_compared_in_bounded_time() {
    let rows: String = (0..1_000)
        .map(|n| format!("Innovasjonspartnerskap kommune nummer {n} i Norge\n"))
        .collect();
    let plan = intake::report("liste.csv", ("Navn\n".to_owned() + &rows).as_bytes()).unwrap();
    assert_eq!((plan.cases, plan.sheets[0].duplicates.len()), (1_000, 0));
}
