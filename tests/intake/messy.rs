//! Lists as people send them: other separators, encodings, headings and words.

use super::{case, doubted, report, warned};
use samverk::intake;
use samverk_shared::case::{ActorGroup, CodingState, Origin};
use samverk_shared::import::{DoubtKind, DuplicateBy, WarningKind};

#[test]
fn r32_windows_1252_with_semicolons_and_quoted_line_breaks() {
    let text = "id;navn;land;beskrivelse;sektor\r\n\
                A1;Trygg på øya;Norge;\"Første linje\r\nandre linje; med semikolon\r\n«pris» 5 €\";helse\r\n\
                \r\n\
                A2;Blåskjell æøå ÆØÅ;Norge;\"Han sa \"\"ja\"\"\";klima\r\n\
                A3;Til slutt;Norge;;skole";
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(text);
    assert!(!unmappable);
    let report = intake::report("liste.csv", &bytes).unwrap();
    let sheet = &report.sheets[0];
    assert_eq!(
        (sheet.encoding.as_str(), sheet.header_row),
        ("windows-1252", Some(1))
    );
    assert_eq!((report.rows, report.cases, report.skipped), (3, 3, 0));
    assert_eq!(sheet.warnings, []);
    let first = &sheet.records[0];
    assert_eq!(
        first.fields["description"],
        "Første linje\nandre linje; med semikolon\n«pris» 5 €"
    );
    assert_eq!(sheet.records[1].name(), "Blåskjell æøå ÆØÅ");
    assert_eq!(sheet.records[1].fields["description"], "Han sa \"ja\"");
    // As a spreadsheet program numbers them, the blank line counted.
    assert_eq!(sheet.records.iter().map(|r| r.row).collect::<Vec<_>>(), [2, 4, 5]);
}

#[test]
fn r32_every_separator_and_byte_order_mark_is_read() {
    for separator in [",", ";", "\t", "|"] {
        let text =
            ["navn", "land", "omfang"].join(separator) + "\n" + &["Ø", "Norge", "Økosystem"].join(separator);
        for bom in ["", "\u{feff}"] {
            let report = report(&format!("{bom}{text}\n"));
            assert_eq!(
                report.sheets[0].records[0].codings["scope"],
                ["okosystem"],
                "{separator:?}"
            );
        }
        let utf16: Vec<u8> = format!("\u{feff}{text}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(
            intake::report("liste.csv", &utf16).unwrap().sheets[0].records[0].name(),
            "Ø"
        );
    }
    assert_eq!(
        report("sep=;\nnavn;land\nA, B og C;Norge\n").sheets[0].records[0].name(),
        "A, B og C"
    );
    assert_eq!(report("navn;land\rEn;Norge\rTo;Norge\r").cases, 2);
}

#[test]
fn r32_the_header_is_found_below_a_title_and_columns_by_label_in_any_order() {
    let report = report(
        "Bruttoliste fra Testby;;;\n;;;\nOmfang;Navn;Finansiering;Saksbehandler\n\
         Økosystem;Havnelaben;EU;Kari\n",
    );
    let sheet = &report.sheets[0];
    assert_eq!(sheet.header_row, Some(3));
    let targets: Vec<Option<&str>> = sheet.columns.iter().map(|c| c.target.as_deref()).collect();
    assert_eq!(
        targets,
        [Some("codings.scope"), Some("name"), Some("codings.funding"), None]
    );
    assert_eq!(sheet.records[0].extra["Saksbehandler"], "Kari");
    assert_eq!(warned(&report, WarningKind::UnknownColumn).len(), 1);
}

#[test]
fn r32_an_unknown_value_is_kept_and_named_and_never_guessed() {
    let report = report(
        "navn;omfang;finansiering;nivå;rettigheter og åpenhet\n\
         En;Stort;EU;statlig;ukjent\n\
         To;okosystem;EU;interstellar;Ikke relevant\n\
         Tre;enkeltprosjekt\n",
    );
    let records: Vec<_> = report.records().collect();
    assert_eq!(records[0].extra["omfang"], "Stort");
    assert!(!records[0].codings.contains_key("scope"));
    assert_eq!(case(records[0]).codings["scope"].state, CodingState::NotCoded);
    assert_eq!(
        doubted(&report, DoubtKind::UnknownValue),
        [(2, "Stort", ""), (3, "interstellar", "")]
    );
    assert_eq!(records[1].extra["nivå"], "interstellar");
}

#[test]
fn r32_unknown_and_not_relevant_in_words_are_states() {
    let report = report("navn;K21;K10;K19\nEn;ukjent;ikke relevant;vet ikke\nTo;Ikke relevant;?;EU;\n");
    let cases: Vec<_> = report.records().map(case).collect();
    assert_eq!(cases[0].codings["rights"].state, CodingState::Unknown);
    assert_eq!(cases[0].codings["scope"].state, CodingState::NotApplicable);
    assert_eq!(cases[0].codings["funding"].state, CodingState::Unknown);
    assert_eq!(
        cases[1].codings["rights"].value.as_deref(),
        Some("ikke_relevant"),
        "a value of its own"
    );
    assert_eq!(cases[1].codings["scope"].state, CodingState::Unknown);
}

#[test]
fn r32_several_values_where_one_is_allowed_are_kept_as_they_stand() {
    let report = report("navn,omfang\nEn,okosystem;enkeltprosjekt\n");
    assert_eq!(
        doubted(&report, DoubtKind::ManyValues),
        [(2, "okosystem;enkeltprosjekt", "okosystem; enkeltprosjekt")]
    );
    assert_eq!(
        report.records().next().unwrap().extra["omfang"],
        "okosystem;enkeltprosjekt"
    );
}

#[test]
fn r32_years_in_words_are_kept_beside_the_number() {
    let report = report("navn;startår;sluttår\nEn;høsten 2017;2015\nTo;2015–2018;\nTre;ukjent;2020\n");
    let cases: Vec<_> = report.records().map(case).collect();
    assert_eq!(
        (cases[0].start_year, cases[0].period.as_str()),
        (Some(2017), "høsten 2017")
    );
    assert_eq!(
        (cases[1].start_year, cases[1].end_year, cases[1].period.as_str()),
        (Some(2015), Some(2018), "2015–2018")
    );
    assert_eq!((cases[2].start_year, cases[2].end_year), (None, Some(2020)));
    assert_eq!(
        warned(&report, WarningKind::EndsBeforeStart),
        [(Some(2), "2017–2015")]
    );
    assert_eq!(
        doubted(&report, DoubtKind::YearInWords),
        [(2, "høsten 2017", "2017")]
    );
    assert_eq!(
        doubted(&report, DoubtKind::YearRange),
        [(3, "2015–2018", "2015–2018")]
    );
}

#[test]
fn r29_origin_is_read_from_the_country_where_the_list_has_none() {
    let report = report("navn;land\nEn;Noreg\nTo;Danmark\nTre;\n");
    let origins: Vec<Origin> = report.records().map(|r| case(r).origin).collect();
    assert_eq!(
        origins,
        [Origin::National, Origin::International, Origin::National]
    );
    assert_eq!(
        doubted(&report, DoubtKind::OriginFromCountry),
        [(3, "Danmark", "international")]
    );
}

#[test]
fn r9_public_bodies_get_the_group_of_their_name_or_level() {
    let report = report(
        "navn;nivå;offentlige aktører;finansiører\n\
         En;statlig;Bø kommune;Kavlifondet\n\
         To;statlig, kommunal;KS\n",
    );
    let parties: Vec<Vec<ActorGroup>> = report
        .records()
        .map(|r| case(r).parties.iter().map(|p| p.group).collect())
        .collect();
    assert_eq!(parties[0], [ActorGroup::Kommune, ActorGroup::Finansior]);
    assert_eq!(parties[1], [ActorGroup::Offentlig]);
    assert_eq!(
        report.records().nth(1).unwrap().sets["level"],
        ["statlig", "kommunal"]
    );
}

#[test]
fn r32_rows_without_a_name_and_likely_duplicates_are_named() {
    let report = report("id;navn;land\n1;Sky;Norge\n2; SKY ;Norge\n1;Hav;Norge\n;;Norge\n");
    let found: Vec<_> = report.sheets[0]
        .duplicates
        .iter()
        .map(|d| (d.row, d.of.row, d.by))
        .collect();
    assert_eq!(found, [(3, 2, DuplicateBy::Name), (4, 2, DuplicateBy::Code)]);
    assert_eq!((report.rows, report.cases, report.skipped), (4, 3, 1));
    assert_eq!(warned(&report, WarningKind::NoName), [(Some(5), "Norge")]);
}

#[test]
fn r32_two_columns_alike_are_both_kept() {
    let report = report("navn;sektor;sektor;;\nEn;helse;skole;løst;\n");
    let record = report.records().next().unwrap();
    assert_eq!(record.fields["sector"], "helse");
    assert_eq!(
        (
            record.extra["sektor (3)"].as_str(),
            record.extra["kolonne 4"].as_str()
        ),
        ("skole", "løst")
    );
    assert_eq!(warned(&report, WarningKind::SameColumn).len(), 1);
}

#[test]
fn r32_a_quotation_mark_that_is_never_closed_is_named() {
    let report = report("navn;land;beskrivelse\nEn;Norge;\"åpen\nTo;Norge;tekst\n");
    assert_eq!(warned(&report, WarningKind::OpenQuote), [(Some(2), "")]);
}

#[test]
fn r32_a_list_without_names_gives_no_cases_and_says_so() {
    let report = report("farge;form\nrød;rund\n");
    assert_eq!((report.cases, report.sheets[0].header_row), (0, None));
    assert_eq!(warned(&report, WarningKind::NoCases).len(), 1);
}

#[test]
fn r32_rows_pasted_from_a_spreadsheet_keep_their_commas_quotes_and_lines() {
    let read = |text: &str| {
        let plan = report(text);
        plan.records()
            .map(|record| (record.fields["name"].clone(), record.extra.clone()))
            .collect::<Vec<_>>()
    };
    let extra = |cell: &str| [("Greie".to_owned(), cell.to_owned())].into();
    assert_eq!(
        read("Navn\tGreie\r\nA, B\t\"to\nlinjer\"\r\n"),
        [("A, B".to_owned(), extra("to\nlinjer"))]
    );
    assert_eq!(
        read("Navn\tGreie\nA\t\"sa \"\"hei\"\"\"\n"),
        [("A".to_owned(), extra("sa \"hei\""))]
    );
    assert_eq!(read("Navn;Greie\nA;B\n"), [("A".to_owned(), extra("B"))]);
}
