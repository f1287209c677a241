//! `samverk import --dry-run`.

use super::{CASES_CSV, CASES_XLSX};
use samverk::cli::import::{ImportError, print, read_files};
use std::path::PathBuf;

fn run(files: &[PathBuf], sheet: Option<&str>, json: bool) -> Result<String, ImportError> {
    let mut out = Vec::new();
    print(read_files(files, sheet)?, json, &mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn r32_a_dry_run_prints_what_each_sheet_would_give() {
    let folder = tempfile::tempdir().unwrap();
    let [csv, xlsx, bad] = ["cases.csv", "cases.xlsx", "bilde.png"].map(|name| folder.path().join(name));
    std::fs::write(&csv, CASES_CSV).unwrap();
    std::fs::write(&xlsx, CASES_XLSX).unwrap();
    std::fs::write(&bad, b"\x89PNG\r\n\x1a\n\0\0").unwrap();
    let files = [csv.clone(), xlsx];

    let printed: serde_json::Value = serde_json::from_str(&run(&files, None, true).unwrap()).unwrap();
    let sheets = printed["sheets"].as_array().unwrap();
    let counts: Vec<usize> = sheets
        .iter()
        .map(|s| s["records"].as_array().unwrap().len())
        .collect();
    assert_eq!((counts, &printed["cases"]), (vec![48, 48, 0], &96.into()));
    for key in [
        "file",
        "name",
        "header_row",
        "columns",
        "records",
        "duplicates",
        "warnings",
    ] {
        assert!(sheets[0].get(key).is_some(), "{key}");
    }

    let one = run(&files, Some("Eksempler"), false).unwrap();
    assert!(
        one.starts_with("cases.xlsx / Eksempler: 48 cases, header in row 1\n"),
        "{one}"
    );
    assert!(one.ends_with("48 cases of 48 rows; 0 skipped; 0 in the workshop get something\n"));

    assert!(matches!(
        run(&files, Some("Ark9"), false),
        Err(ImportError::NoSheet(_))
    ));
    let not_a_list = run(&[csv, bad], None, false);
    let Err(ImportError::Refused(refused)) = not_a_list else {
        panic!("{not_a_list:?}")
    };
    assert!(
        refused[0].problem.contains("save it as one of them"),
        "{refused:?}"
    );
    let missing = run(&["/nowhere/at/all.csv".into()], None, false);
    assert!(matches!(missing, Err(ImportError::Refused(files)) if files[0].file == "/nowhere/at/all.csv"));
}
