//! The figures of the analysis: those of the reference, for who may list the cases, as the cases are now.

use crate::browser::{Browser, Site};
use crate::joining::link;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const CASES_CSV: &str = include_str!("../../server/demo/cases.csv");
const REFERENCE: &str = include_str!("../analysis/reference.json");

async fn import(who: &mut Browser, workshop: &str, list: &str) {
    let path = format!("/api/v1/workshops/{workshop}/imports");
    let done = who
        .upload(&path, &[], &[("liste.csv", list.as_bytes())], None)
        .await;
    assert_eq!(done.status, 200, "{done:?}");
}

/// Somebody's view of a workshop.
struct Views<'a> {
    who: &'a mut Browser,
    workshop: &'a str,
}

impl Views<'_> {
    fn at(&self, path: &str) -> String {
        format!("/api/v1/workshops/{}/{path}", self.workshop)
    }

    async fn get(&mut self, path: &str) -> Value {
        let answer = self.who.get(&self.at(path)).await;
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        answer.json()
    }

    /// Subject → code.
    async fn codes(&mut self) -> BTreeMap<String, String> {
        let register = self.get("register").await;
        let rows = register["rows"].as_array().unwrap().iter();
        rows.map(|row| (text(&row["subject"]), text(&row["code"])))
            .collect()
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn near(got: &Value, wanted: &Value) {
    let (got, wanted) = (got.as_f64().unwrap(), wanted.as_f64().unwrap());
    assert!((got - wanted).abs() < 1e-6, "{got} is not {wanted}");
}

#[tokio::test]
async fn r33_r36_the_variation_served_is_that_of_the_reference() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    import(&mut owner, &workshop, CASES_CSV).await;
    let reference: Value = serde_json::from_str(REFERENCE).unwrap();
    let mut views = Views {
        who: &mut owner,
        workshop: &workshop,
    };
    let got = views.get("views/variation").await;
    let pairs = &reference["pairwise_coverage"];
    assert_eq!(got["all"]["pairs_seen"], pairs["observed"]);
    assert_eq!(got["all"]["pairs_possible"], pairs["possible"]);
    assert_eq!(
        (&got["all"]["pairs_seen"], &got["all"]["pairs_possible"]),
        (&json!(1131), &json!(1857))
    );
    near(
        &got["all"]["saturation"]["sample_coverage"],
        &reference["saturation"]["sample_coverage"],
    );
    near(
        &got["all"]["saturation"]["expected"],
        &reference["saturation"]["chao1"],
    );
    let coverage = reference["coverage"].as_object().unwrap();
    let characteristics = got["characteristics"].as_array().unwrap();
    assert_eq!(characteristics.len(), coverage.len());
    for one in characteristics {
        let wanted = &coverage[one["key"].as_str().unwrap()];
        assert_eq!(one["coded"]["cases"], wanted["n_coded"]);
        near(&one["evenness"], &wanted["evenness"]);
        for value in one["values"].as_array().unwrap() {
            let counted = &wanted["counts"][value["key"].as_str().unwrap()];
            assert_eq!(value["cases"], *counted, "{value}");
        }
    }
    let evenness = |key: &str| characteristics.iter().find(|c| c["key"] == key).unwrap()["evenness"].clone();
    near(&evenness("governance_mode"), &json!(0.879_216));
    let counted = |path: &str| got.pointer(path).unwrap().clone();
    assert_eq!(counted("/national/cases"), 35);
    assert_eq!(counted("/research/cases"), 18);
    assert_eq!(counted("/business/cases"), 32);
    assert_eq!(counted("/voluntary/cases"), 19);
    assert_eq!(counted("/mixes").as_array().unwrap().len(), 8);
    assert_eq!(counted("/only_public").as_array().unwrap().len(), 3);
    assert_eq!(got["chosen"], Value::Null);
}

#[tokio::test]
async fn r30_values_found_only_abroad_are_marked() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    import(&mut owner, &workshop, CASES_CSV).await;
    let mut views = Views {
        who: &mut owner,
        workshop: &workshop,
    };
    let got = views.get("views/variation").await;
    let mut abroad = Vec::new();
    for one in got["characteristics"].as_array().unwrap() {
        for value in one["values"].as_array().unwrap() {
            if value["only_abroad"] == true {
                abroad.push(format!("{}={}", text(&one["key"]), text(&value["key"])));
            }
        }
    }
    assert_eq!(abroad, ["driver=konkurranse_premie", "funding=resultatbasert"]);
}

#[tokio::test]
async fn r37_the_groups_served_are_those_of_the_reference() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    import(&mut owner, &workshop, CASES_CSV).await;
    let reference: Value = serde_json::from_str(REFERENCE).unwrap();
    let mut views = Views {
        who: &mut owner,
        workshop: &workshop,
    };
    let codes = views.codes().await;
    let code = |subject: &Value| codes[subject.as_str().unwrap()].clone();
    for (method, key) in [("average", "average_linkage"), ("medoids", "k_medoids")] {
        for groups in [2, 8, 15] {
            let got = views
                .get(&format!("views/grouping?groups={groups}&method={method}"))
                .await;
            let wanted = &reference[key][groups.to_string()];
            near(&got["mean_silhouette"], &wanted["mean_silhouette"]);
            let mut clusters: Vec<Vec<String>> = Vec::new();
            for group in got["groups"].as_array().unwrap() {
                clusters.push(group["members"].as_array().unwrap().iter().map(code).collect());
            }
            let sizes: Vec<usize> = clusters.iter().map(Vec::len).collect();
            assert!(sizes.is_sorted_by(|a, b| a >= b), "the largest first: {sizes:?}");
            let mut wanted: Vec<Vec<String>> = serde_json::from_value(wanted["clusters"].clone()).unwrap();
            clusters.sort();
            wanted.sort();
            assert_eq!(clusters, wanted, "{method} {groups}");
        }
    }
    let got = views.get("views/grouping").await;
    let sizes: Vec<usize> = got["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| group["members"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [10, 10, 9, 7, 4, 4, 3, 1]);
    assert!((got["mean_silhouette"].as_f64().unwrap() - 0.2426).abs() < 5e-5);
    assert_eq!(got["reading"], "no-substantial-structure");
    let closest = got["closest"].as_array().unwrap();
    for (got, wanted) in closest.iter().zip(reference["closest_pairs"].as_array().unwrap()) {
        assert_eq!(
            (code(&got["a"]), code(&got["b"])),
            (text(&wanted["a"]), text(&wanted["b"]))
        );
        near(&got["distance"], &wanted["d"]);
    }
    assert_eq!(closest[0]["different"], json!(["innovation_object"]));
    assert_eq!(closest[0]["same"].as_array().unwrap().len(), 10);
    for (dividing, wanted) in got["divides"]
        .as_array()
        .unwrap()
        .iter()
        .zip([("driver", 0.6421), ("agreement_form", 0.5967)])
    {
        assert_eq!(dividing["characteristic"], wanted.0);
        assert!((dividing["coefficient"].as_f64().unwrap() - wanted.1).abs() < 1e-4);
    }
}

#[tokio::test]
async fn r31_imagined_cases_change_no_figure_that_is_served_and_are_counted_as_left_out() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    import(&mut owner, &workshop, CASES_CSV).await;
    let mut views = Views {
        who: &mut owner,
        workshop: &workshop,
    };
    let before = [
        views.get("views/variation").await,
        views.get("views/grouping").await,
    ];
    let imagined = "id,name,country,origin,scope,challenge_type,maturity\n\
                    F01,Innbyggerbanken,Norge,future,okosystem,avgrenset,planlagt\n";
    import(views.who, &workshop, imagined).await;
    let mut after = [
        views.get("views/variation").await,
        views.get("views/grouping").await,
    ];
    for (before, after) in before.iter().zip(&mut after) {
        assert_eq!(after["about"]["imagined"], 1);
        after["about"]["imagined"] = json!(0);
        assert_eq!(before, after);
    }
}

#[tokio::test]
async fn p1_figures_are_made_of_what_the_reader_may_list() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    import(
        &mut owner,
        &workshop,
        "Navn;Land;Omfang\nEn;Norge;okosystem\nTo;Norge;okosystem\n",
    )
    .await;
    let (_, secret) = link(&mut owner, &workshop, "viewer").await;
    let mut viewer = site.browser();
    viewer.join(&secret, "Leser").await;
    let (_, secret) = link(&mut owner, &workshop, "client").await;
    let mut client = site.browser();
    client.join(&secret, "Oppdragsgiver").await;
    let at = |path: &str| format!("/api/v1/workshops/{workshop}/{path}");
    let rows = owner.get(&at("register")).await.json();
    let subject = text(&rows["rows"][0]["subject"]);
    let hide = at(&format!("subjects/{subject}/audience"));
    assert_eq!(owner.put(&hide, json!({"audience": "team"})).await.status, 204);
    for path in ["views/variation", "views/grouping", "views/selection"] {
        let mut seen = Vec::new();
        let mut tags = Vec::new();
        for who in [&owner, &viewer, &client] {
            let answer = who.clone().get(&at(path)).await;
            tags.push(answer.header("etag").unwrap().to_owned());
            seen.push(answer.json()["about"]["cases"].clone());
            assert_eq!(
                String::from_utf8_lossy(&answer.body).contains(&subject),
                path.ends_with("grouping") && seen.len() == 1,
                "{path}"
            );
        }
        assert_eq!(seen, [json!(2), json!(1), json!(0)], "{path}");
        assert!(tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2]);
        let again = owner
            .send("GET", &at(path), &[("if-none-match", &tags[0])], None)
            .await;
        assert_eq!(again.status, 304);
    }
    for asked in [
        "groups=1",
        "groups=16",
        "groups=x",
        "method=ward",
        "cases=some",
        "groups=2&more=1",
    ] {
        let answer = owner.get(&at(&format!("views/grouping?{asked}"))).await;
        assert_eq!(answer.status, 400, "{asked}");
        assert_eq!(answer.json()["type"], "/problems/bad-request", "{asked}");
    }
}

#[tokio::test]
async fn r36_an_archived_case_counts_for_nobody_and_comes_back_when_it_is_opened_again() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    import(
        &mut owner,
        &workshop,
        "Navn;Land;Omfang\nEn;Norge;okosystem\nTo;Norge;okosystem\n",
    )
    .await;
    let at = |path: &str| format!("/api/v1/workshops/{workshop}/{path}");
    let rows = owner.get(&at("register")).await.json();
    let state = at(&format!("subjects/{}/state", text(&rows["rows"][0]["subject"])));
    let counted = json!([2, 0]);
    let mut seen = Vec::new();
    for to in ["open", "archived", "open"] {
        assert_eq!(owner.put(&state, json!({ "state": to })).await.status, 204);
        let about = owner.get(&at("views/variation")).await.json()["about"].clone();
        seen.push(json!([about["cases"], about["archived"]]));
    }
    assert_eq!(seen, [counted.clone(), json!([1, 1]), counted]);
}

#[tokio::test]
async fn r38_the_suggestions_served_are_those_of_the_reference_and_beat_chance() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    import(&mut owner, &workshop, CASES_CSV).await;
    let reference: Value = serde_json::from_str(REFERENCE).unwrap();
    let mut views = Views {
        who: &mut owner,
        workshop: &workshop,
    };
    let codes = views.codes().await;
    let got = views.get("views/selection").await;
    let of = |suggestion: &Value| -> Vec<String> {
        let cases = suggestion["cases"].as_array().unwrap().iter();
        cases
            .map(|one| codes[one["subject"].as_str().unwrap()].clone())
            .collect()
    };
    let wanted = &reference["selection_greedy_20"];
    assert_eq!(json!(of(&got["variety"])), wanted["order"]);
    assert_eq!(got["variety"]["pairs"], wanted["pairs_covered"]);
    assert_eq!(
        (&got["variety"]["pairs"], &got["pairs"]),
        (&json!(945), &json!(1131))
    );
    let by_lot = got["variety"]["by_lot"].as_f64().unwrap();
    assert!(
        (by_lot - wanted["random_20_mean"].as_f64().unwrap()).abs() < 2.0,
        "{by_lot}"
    );
    let funnel = &got["funnel"];
    assert_eq!((&funnel["gross"], &funnel["eligible"]), (&json!(48), &json!(45)));
    assert_eq!(funnel["undecided"], 48);
    assert_eq!(got["chosen"], Value::Null);
    // Of eight groups one is alone.
    let typical = of(&got["typical"]);
    assert_eq!(typical.len(), 20);
    assert!(
        typical.iter().filter(|code| code.starts_with('N')).count() >= 15,
        "{typical:?}"
    );
    for code in ["N21", "I01", "I13"] {
        assert!(
            !typical.contains(&code.to_owned()),
            "{code} has public parties only"
        );
    }
    let fewer = views.get("views/selection?size=8").await;
    assert_eq!(fewer["variety"]["cases"].as_array().unwrap().len(), 8);
    for asked in ["size=0", "size=501", "size=x", "keep=perhaps", "groups=8"] {
        let answer = owner
            .get(&format!("/api/v1/workshops/{workshop}/views/selection?{asked}"))
            .await;
        assert_eq!(answer.status, 400, "{asked}");
    }
}

#[tokio::test]
async fn r38_p1_the_history_is_for_members_and_of_what_they_may_list() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    import(&mut owner, &workshop, "Navn;Land\nEn;Norge\n").await;
    let at = format!("/api/v1/workshops/{workshop}/views/decisions");
    let answer = owner.get(&at).await;
    assert_eq!(answer.json(), json!({"decisions": []}), "nobody has decided");
    let tag = answer.header("etag").unwrap().to_owned();
    assert_eq!(
        owner
            .send("GET", &at, &[("if-none-match", &tag)], None)
            .await
            .status,
        304
    );
    assert_eq!(owner.get(&format!("{at}?subject=x")).await.status, 400);
    let unknown = "0".repeat(16);
    assert_eq!(
        owner.get(&format!("{at}?subject={unknown}")).await.json(),
        json!({"decisions": []})
    );
    assert_eq!(site.browser().get(&at).await.status, 401);
}

/// The view of the truth table of the reference, asked with these words more.
async fn truth_table(views: &mut Views<'_>, more: &str) -> Value {
    let conditions = [
        "user_role=medskaper,medprodusent,eier",
        "governance_mode=lederorganisasjon,nettverkssekretariat",
        "agreement_form=partnerskapsavtale,medlem_sertifisering,anskaffelse,tilskudd_konsortium,egen_enhet,lov_forskrift",
        "driver=innkjopsmakt",
    ]
    .join("%3B");
    let asked = format!("outcome=maturity=skalert,institusjonalisert&conditions={conditions}{more}");
    views.get(&format!("views/models/truth-table?{asked}")).await
}

#[tokio::test]
async fn r48_the_truth_table_served_has_the_cases_behind_each_row_and_one_case_says_nothing() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    import(&mut owner, &workshop, CASES_CSV).await;
    let mut views = Views {
        who: &mut owner,
        workshop: &workshop,
    };
    let codes = views.codes().await;
    let got = truth_table(&mut views, "").await;
    let count = |part: &Value| part.as_array().unwrap().len();
    let rows = got["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 16);
    for row in rows {
        let (with, without) = (count(&row["with_outcome"]), count(&row["without"]));
        let says = match (with + without, with as f64 / (with + without) as f64) {
            (0, _) => "nothing",
            (1, _) => "single",
            (_, share) if share >= 0.8 => "together",
            (_, share) if share >= 0.2 => "mixed",
            _ => "seldom",
        };
        assert_eq!(row["says"], says, "{row}");
    }
    let named = |holds: Value| {
        let row = rows.iter().find(|row| row["holds"] == holds).unwrap();
        let all = ["with_outcome", "without"].map(|part| row[part].as_array().unwrap().clone());
        let mut cases: Vec<&str> = all
            .iter()
            .flatten()
            .map(|subject| codes[subject.as_str().unwrap()].as_str())
            .collect();
        cases.sort_unstable();
        (cases.join(" "), row["consistency"].clone(), text(&row["says"]))
    };
    // The same row as the command's.
    assert_eq!(
        named(json!([false, true, true, false])),
        (
            "I07 N07 N09 N17 N30".to_owned(),
            json!(0.8),
            "together".to_owned()
        )
    );
    assert!(
        rows.iter()
            .any(|row| row["says"] == "single" && row["consistency"] == json!(1.0)),
        "one case that has the outcome says nothing all the same"
    );
    assert_eq!(got["formula"], Value::Null, "nobody asked for it");
    let terms = |got: &Value| got["formula"]["terms"].as_array().unwrap().len();
    let shown = truth_table(&mut views, "&formula=left-out").await;
    assert!(terms(&shown) > 0);
    let shortened = truth_table(&mut views, "&formula=used").await;
    assert!(terms(&shortened) <= terms(&shown));
}

#[tokio::test]
async fn r48_a_truth_table_is_asked_with_one_outcome_six_conditions_and_each_characteristic_once() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let conditions = |n: usize| (0..n).map(|i| format!("k{i}=x")).collect::<Vec<_>>().join("%3B");
    let many = |n| format!("outcome=maturity=pilot&conditions={}", conditions(n));
    let asked = [
        (400, String::new()),
        (400, "outcome=maturity=pilot&challenge=rules".into()),
        (400, "outcome=maturity".into()),
        (400, "outcome=maturity=pilot&conditions=maturity=skalert".into()),
        (400, many(7)),
        (200, many(6)),
        (200, "challenge=rules".into()),
    ];
    for (status, query) in asked {
        let path = format!("/api/v1/workshops/{workshop}/views/models/truth-table?{query}");
        assert_eq!(owner.get(&path).await.status, status, "{query}");
    }
}
