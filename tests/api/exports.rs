//! [R32] Files to take along: the register that comes back as it was, codings, code book, matrices and sources, with
//! what the reader may read and nothing that a spreadsheet program would run.

use crate::browser::{Answer, Browser, Site};
use crate::joining::link;
use samverk_shared::limits::UPLOAD_BYTES_MAX;
use serde_json::{Value, json};

const CASES_CSV: &str = include_str!("../../server/demo/cases.csv");
/// Names that begin a formula, hold separators, or are words of lists.
const HARD: &str = "id,name,country,origin,scope,actors_public,actors_business,actors_voluntary,description,funding,source\n\
    X1,\"=HYPERLINK(\"\"http://ond.no\"\";1)\",Norge,national,okosystem,\"Barne-, ungdoms- og familiedirektoratet\",\"Hansen, Berg og sønn\",@laget,+47 er et tall,ukjent,-kilden\n\
    X2,«Hjem; ute»,Norge,future,ikke relevant,Voss kommune;Vestland fylkeskommune,,,\"a\n=b\",eu;egne_midler,@b\n";

async fn import(who: &mut Browser, workshop: &str, name: &str, list: &[u8]) -> Value {
    let path = format!("/api/v1/workshops/{workshop}/imports");
    let done = who.upload(&path, &[], &[(name, list)], None).await;
    assert_eq!(done.status, 200, "{done:?}");
    done.json()
}

async fn file(who: &mut Browser, workshop: &str, name: &str) -> Answer {
    let path = format!("/api/v1/workshops/{workshop}/exports/{name}");
    let answer = who.get(&path).await;
    assert_eq!(answer.status, 200, "{name}: {answer:?}");
    answer
}

async fn text(who: &mut Browser, workshop: &str, name: &str) -> String {
    String::from_utf8(file(who, workshop, name).await.body).unwrap()
}

/// The rows of the register, without what only this workshop has.
async fn rows(who: &mut Browser, workshop: &str) -> Vec<Value> {
    let register = who.get(&format!("/api/v1/workshops/{workshop}/register")).await;
    let mut rows = register.json()["rows"].as_array().unwrap().clone();
    for row in &mut rows {
        let row = row.as_object_mut().unwrap();
        row.remove("subject");
        row.remove("document");
        // Brought by another list: the file that was exported.
        row.remove("lists");
        // A search has its words in no order, and parties are sorted by their group.
        let mut words: Vec<&str> = row["search"].as_str().unwrap().split_whitespace().collect();
        words.sort_unstable();
        row["search"] = words.join(" ").into();
    }
    rows
}

async fn another(owner: &mut Browser) -> String {
    let new = json!({ "title": "Tilbake", "purpose": "" });
    let made = owner.post("/api/v1/workshops", new).await;
    made.json()["workshop"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn r32_the_register_that_is_exported_comes_in_again_as_it_was() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    import(&mut owner, &workshop, "a.csv", CASES_CSV.as_bytes()).await;
    import(&mut owner, &workshop, "b.csv", HARD.as_bytes()).await;
    let before = rows(&mut owner, &workshop).await;
    assert_eq!(before.len(), 50);
    for name in [
        "register.csv?language=nb",
        "register.csv?language=nn",
        "register.csv?language=en",
        "register.xlsx?language=nb",
        "register.xlsx?language=en",
    ] {
        let bytes = file(&mut owner, &workshop, name).await.body;
        let back = another(&mut owner).await;
        let as_file = name.split('?').next().unwrap();
        import(&mut owner, &back, as_file, &bytes).await;
        let after = rows(&mut owner, &back).await;
        assert_eq!(before.len(), after.len(), "{name}");
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(before, after, "{name}");
        }
    }
}

#[tokio::test]
async fn r32_csv_has_a_mark_and_semicolons_and_begins_no_formula() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    import(&mut owner, &workshop, "b.csv", HARD.as_bytes()).await;
    let answer = file(&mut owner, &workshop, "register.csv?language=nb").await;
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
    let disposition = answer.header("content-disposition");
    assert_eq!(
        disposition,
        Some("attachment; filename=\"samverk-eksempler.csv\"")
    );
    let text = String::from_utf8(answer.body).unwrap();
    assert!(text.starts_with("\u{feff}ID;Navn;Land;Opphav;"), "{text}");
    for safe in ["\"'=HYPERLINK", "'@laget", "'+47 er et tall", "'-kilden"] {
        assert!(text.contains(safe), "{safe}: {text}");
    }
}

#[tokio::test]
async fn r36_the_matrices_that_are_exported_are_those_of_the_figures() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    import(&mut owner, &workshop, "a.csv", CASES_CSV.as_bytes()).await;
    let pairs = text(&mut owner, &workshop, "pairs.csv?language=nb").await;
    let counts: Vec<&str> = pairs
        .lines()
        .skip(1)
        .map(|line| line.rsplit(';').next().unwrap())
        .collect();
    assert_eq!(counts.len(), 1857);
    assert_eq!(counts.iter().filter(|count| **count != "0").count(), 1131);
    let coverage = text(&mut owner, &workshop, "coverage.csv?language=en").await;
    assert!(
        coverage.contains("K01;Challenge type;Complex (many actors, unclear causes);20;0;"),
        "{coverage}"
    );
    let variation = owner
        .get(&format!("/api/v1/workshops/{workshop}/views/variation"))
        .await
        .json();
    let values = variation["all"]["values_possible"].as_u64().unwrap() as usize;
    assert_eq!(coverage.lines().count(), values + 1);
    let mixes = text(&mut owner, &workshop, "mixes.csv").await;
    assert_eq!(mixes.lines().count(), 9);
    let distances = text(&mut owner, &workshop, "distances.csv?language=nb").await;
    let square: Vec<Vec<&str>> = distances.lines().map(|line| line.split(';').collect()).collect();
    // 48 cases and their headings.
    assert_eq!((square.len(), square[0].len()), (49, 49));
    for (i, row) in square.iter().enumerate().skip(1) {
        assert_eq!(row[i], "0");
        assert!(
            (1..square.len()).all(|j| row[j] == square[j][i]),
            "the same both ways"
        );
    }
    let groups = text(&mut owner, &workshop, "groups.csv?groups=8").await;
    assert_eq!(groups.lines().count(), 49);
    assert_eq!(groups.lines().filter(|line| line.starts_with("1;")).count(), 10);
    let codings = text(&mut owner, &workshop, "codings.csv").await;
    assert_eq!(codings.lines().count(), 48 * 24 + 1);
    let book = text(&mut owner, &workshop, "code-book.csv").await;
    assert!(book.contains("K10;scope;Omfang;"), "{book}");
    let workbook = file(&mut owner, &workshop, "distances.xlsx").await.body;
    assert!(workbook.starts_with(b"PK") && workbook.len() < UPLOAD_BYTES_MAX);
}

#[tokio::test]
async fn r32_sources_go_to_reference_managers() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    import(&mut owner, &workshop, "a.csv", CASES_CSV.as_bytes()).await;
    let ris = text(&mut owner, &workshop, "sources.ris").await;
    assert!(ris.contains("TI  - DOGA: Dette er StimuLab (programside)\r\nKW  - N01\r\nER  - \r\n"));
    assert_eq!(ris.matches("TY  - ").count(), ris.matches("ER  - ").count());
    let bibtex = text(&mut owner, &workshop, "sources.bib").await;
    assert_eq!(bibtex.matches("@misc{").count(), ris.matches("TY  - ").count());
}

#[tokio::test]
async fn p1_a_file_holds_what_its_reader_may_read() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    import(
        &mut owner,
        &workshop,
        "a.csv",
        "Navn;Land;Kilde\nEn;Norge;Rapporten\n".as_bytes(),
    )
    .await;
    let (_, secret) = link(&mut owner, &workshop, "client").await;
    let mut client = site.browser();
    client.join(&secret, "Oppdragsgiver").await;
    for name in ["register.csv", "codings.csv", "sources.ris", "distances.csv"] {
        let theirs = text(&mut client, &workshop, name).await;
        assert!(
            !theirs.contains("En;") && !theirs.contains("Rapporten"),
            "{name}: {theirs}"
        );
    }
    assert!(
        text(&mut owner, &workshop, "register.csv")
            .await
            .contains(";En;Norge;")
    );
    let at = |name: &str| format!("/api/v1/workshops/{workshop}/exports/{name}");
    let mut stranger = site.browser();
    assert_eq!(stranger.get(&at("register.csv")).await.status, 401);
    for (name, status) in [
        ("register.exe", 404),
        ("register", 404),
        ("register.ris", 404),
        ("sources.csv", 404),
        ("passwords.csv", 404),
        ("register.csv?language=tlh", 400),
        ("groups.csv?groups=99", 400),
    ] {
        assert_eq!(owner.get(&at(name)).await.status, status, "{name}");
    }
}
