//! `samverk analyse`: what one may ask, and what it refuses.

use super::{CASES_CSV, arguments, figures, list, printed};
use samverk::cli::analyse::AnalyseError;
use serde_json::{Value, json};

/// The example list and one imagined case, coded in a way no other is.
fn with_an_imagined_case() -> String {
    let mut row = vec![""; 26];
    let cells = [
        (0, "F01"),
        (1, "Innbyggerbanken"),
        (3, "future"),
        (6, "Staten"),
        (8, "Et selskap"),
        (12, "vare"),
        (13, "okosystem"),
        (16, "avgrenset"),
        (20, "egen_enhet"),
        (25, "planlagt"),
    ];
    for (column, cell) in cells {
        row[column] = cell;
    }
    format!("{}\n{}\n", CASES_CSV.trim_end(), row.join(","))
}

#[test]
fn r31_an_imagined_case_changes_no_figure_and_is_named() {
    let (_plain, without) = list(CASES_CSV);
    let (_more, with) = list(&with_an_imagined_case());
    let mut figures_with = figures(&arguments(&[with]));
    let mut figures_without = figures(&arguments(&[without]));
    assert_eq!(figures_with["about"]["imagined_left_out"], json!(["F01"]));
    for figures in [&mut figures_with, &mut figures_without] {
        figures["about"] = Value::Null;
    }
    assert_eq!(figures_with, figures_without);
}

#[test]
fn r25_models_are_chosen_by_the_codes_of_their_cases() {
    let (_folder, path) = list(CASES_CSV);
    let mut asked = arguments(&[path]);
    asked.models = vec!["N18, N23,N24,N31,I11".into()];
    let found = figures(&asked);
    assert_eq!(found["balance"].as_object().unwrap().len(), 1);
    let rows = found["balance"]["M1"]["rows"].as_array().unwrap();
    let row = |value: &str| rows.iter().find(|row| row["value"] == value).unwrap();
    assert_eq!(row("mobilisering")["cls"], "saerpreget");
    assert_eq!(row("eier")["cls"], "for_lokal");
    assert_eq!(row("tjeneste")["cls"], "selvfolgelig");
    asked.models = vec!["N18,N99".into()];
    assert!(matches!(printed(&asked), Err(AnalyseError::NoCase(code)) if code == "N99"));
}

#[test]
fn r25_what_chance_would_give_stands_beside_a_model_and_follows_the_seed() {
    let (_folder, path) = list(CASES_CSV);
    let mut asked = arguments(&[path]);
    let first = figures(&asked);
    let model = &first["balance"]["M1"];
    assert_eq!(model["distinctive"], 10);
    let by_chance = model["distinctive_by_chance"].as_f64().unwrap();
    assert!(
        (4.0..8.0).contains(&by_chance),
        "three cases look distinctive anyway: {by_chance}"
    );
    assert_eq!(figures(&asked), first);
    asked.seed = 2;
    assert_ne!(
        figures(&asked)["balance"]["M1"]["distinctive_by_chance"],
        model["distinctive_by_chance"]
    );
}

#[test]
fn r37_the_groups_looked_into_are_those_asked_for() {
    let (_folder, path) = list(CASES_CSV);
    let mut asked = arguments(&[path]);
    asked.groups = 17;
    let found = figures(&asked);
    assert_eq!(
        found["average_linkage"]["17"]["sizes"].as_array().unwrap().len(),
        17
    );
    let groups = &found["groups_k17"];
    for key in ["clusters", "central", "stability"] {
        assert_eq!(groups[key].as_array().unwrap().len(), 17, "{key}");
    }
    assert!(found["uncertainty_coefficient_k17"]["driver"].as_f64().unwrap() > 0.4);
}

#[test]
fn r37_the_codings_a_group_hangs_on_are_named() {
    let (_folder, path) = list(CASES_CSV);
    let found = figures(&arguments(&[path]));
    let hinges = found["groups_k8"]["hinges"].as_array().unwrap();
    let first = &hinges[0];
    assert_eq!(
        (&first["case"], &first["characteristic"]),
        (&json!("N01"), &json!("innovation_object"))
    );
    let worst = &found["groups_k8"]["borderline"][0];
    assert_eq!(
        (&worst["case"], &worst["nearest_other_group"]),
        (&json!("N16"), &json!(4))
    );
    assert!(
        hinges.iter().all(|h| h["case"] != "N16"),
        "who is on the border already is not listed"
    );
}

#[test]
fn r48_a_truth_table_shows_the_cases_behind_each_row() {
    let (_folder, path) = list(CASES_CSV);
    let table = &figures(&arguments(&[path]))["truth_table"];
    let rows = table["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 16);
    let row = rows
        .iter()
        .find(|row| row["conditions"] == json!([false, true, true, false]))
        .unwrap();
    assert_eq!(row["cases"], json!(["N07", "N09", "N17", "N30", "I07"]));
    assert_eq!(
        (&row["class"], &row["consistency"]),
        (&json!("sufficient"), &json!(0.8))
    );
}

#[test]
fn r36_a_list_by_characteristics_of_its_own_is_measured() {
    let (folder, path) = list("Kode;Navn;Farge;Størrelse\nA;En;rød;3\nB;To;blå;5\nC;Tre;rød;\n");
    let set = folder.path().join("kjennetegn.json");
    let values = json!([
        {"key": "rod", "label_nb": "Rød", "label_en": "Red"},
        {"key": "bla", "label_nb": "Blå", "label_en": "Blue"},
        {"key": "gul", "label_nb": "Gul", "label_en": "Yellow"},
    ]);
    let text = json!({"version": 7, "characteristics": [
        {"code": "F1", "key": "farge", "label_nb": "Farge", "scale": "nominal", "values": values},
        {"code": "F2", "key": "storrelse", "label_nb": "Størrelse", "scale": "number"},
    ]});
    std::fs::write(&set, text.to_string()).unwrap();
    let mut asked = arguments(&[path]);
    asked.characteristics = Some(set);
    let found = figures(&asked);
    assert_eq!(found["features"], json!(["farge", "storrelse"]));
    assert_eq!(
        found["coverage"]["farge"]["counts"],
        json!({"rod": 2, "bla": 1, "gul": 0})
    );
    assert_eq!(
        (
            &found["about"]["characteristics_version"],
            &found["about"]["blanks"]
        ),
        (&json!(7), &json!(1))
    );
    assert_eq!(
        (&found["gower_min"], &found["gower_max"]),
        (&json!(0.0), &json!(1.0))
    );
    assert_eq!(
        found["balance"],
        json!({}),
        "the example's models are of the example's list alone"
    );
}

#[test]
fn r31_a_field_of_ones_own_takes_the_place_of_the_examples() {
    let (folder, path) = list(CASES_CSV);
    let field = folder.path().join("felt.json");
    let text = json!({
        "parameters": ["scope", "governance_mode"],
        "cross_consistency_exclusions": [{"a": "scope=okosystem", "b": "governance_mode=delt"}],
    });
    std::fs::write(&field, text.to_string()).unwrap();
    let mut asked = arguments(&[path]);
    asked.field = Some(field.clone());
    let found = &figures(&asked)["morphology"];
    assert_eq!((&found["total"], &found["consistent"]), (&json!(9), &json!(8)));
    std::fs::write(&field, "no JSON").unwrap();
    assert!(matches!(printed(&asked), Err(AnalyseError::Settings { .. })));
}

#[test]
fn lists_without_a_case_with_one_and_without_codings_are_measured_too() {
    for text in [
        "id;name;scope\n",
        "id;name;scope\nA;En;okosystem\n",
        "id;name;scope\nA;En;\nB;To;\nC;Tre;\n",
        "id;name\nA;En\nB;To\n",
    ] {
        let (_folder, path) = list(text);
        let mut asked = arguments(&[path]);
        let found = figures(&asked);
        assert_eq!(found["gower_mean"], Value::Null, "{text}");
        asked.json = false;
        assert!(printed(&asked).unwrap().contains("Coding is judgement"), "{text}");
    }
    let (_folder, path) = list("id;name;scope\nA;En;\nB;To;okosystem\nC;Tre;okosystem\n");
    assert_eq!(figures(&arguments(&[path]))["cannot_be_compared"], json!(["A"]));
}

#[test]
fn r36_r37_the_summary_says_how_many_how_blank_and_how_sure() {
    let (_folder, path) = list(&with_an_imagined_case());
    let mut asked = arguments(&[path]);
    asked.json = false;
    let text = printed(&asked).unwrap();
    for said in [
        "48 cases by 12 characteristics (set version 1): 541 codings, 35 blanks, equal weights, seed 1",
        "Imagined, and left out of everything: F01",
        "no case has: avgrenset",
        "Pairs of values seen together: 1131 of 1857 (0.609)",
        "8 groups: mean silhouette 0.243 (no substantial structure)",
        "N16 sits in group 5 and might as well be in 4",
        "driver 0.64",
        "M1 (N03, N04, N05): 10 distinctive values",
        "I02 breaks the judgement",
        "Coding is judgement",
    ] {
        assert!(text.contains(said), "{said} is not in\n{text}");
    }
}
