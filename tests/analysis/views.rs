//! What the screens show, of any register: what counts, what is left out, and what many or few cases change.

use samverk_shared::access::State;
use samverk_shared::analysis::silhouette::Method;
use samverk_shared::case::{Case, Decision, Origin};
use samverk_shared::characteristic::defaults;
use samverk_shared::ids::{DocumentId, SubjectId};
use samverk_shared::import::CaseRecord;
use samverk_shared::register::{RegisterRow, row, unreadable};
use samverk_shared::views::grouping::{GroupingView, Question, grouping};
use samverk_shared::views::variation::{Variation, variation};
use samverk_shared::views::{Cases, LikePair};

const SCOPES: [&str; 3] = ["enkeltprosjekt", "rammesamarbeid", "okosystem"];
const CHALLENGES: [&str; 4] = ["avgrenset", "sammensatt", "kompleks", "gjenstridig"];

fn ids(number: usize) -> (SubjectId, DocumentId) {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&(number as u64).to_le_bytes());
    (SubjectId::from_random(bytes), DocumentId::from_random(bytes))
}

/// A Norwegian case with these codings.
fn coded(number: usize, codings: &[(&str, &str)]) -> RegisterRow {
    let mut record = CaseRecord::named("Et samarbeid");
    record.code = format!("N{number}");
    for (key, value) in codings {
        record.codings.insert((*key).into(), vec![(*value).into()]);
    }
    let case = Case {
        origin: Origin::National,
        ..Case::from_record(&record, defaults())
    };
    let (subject, document) = ids(number);
    row(subject, document, State::Open, &case, &[], defaults())
}

fn many(count: usize) -> Vec<RegisterRow> {
    let of = |n: usize| {
        coded(
            n,
            &[
                ("scope", SCOPES[n % 3]),
                ("challenge_type", CHALLENGES[(n / 3) % 4]),
            ],
        )
    };
    (0..count).map(of).collect()
}

fn varied(rows: &[RegisterRow]) -> Variation {
    variation(rows, defaults())
}

fn grouped(rows: &[RegisterRow], cases: Cases, groups: Option<usize>) -> GroupingView {
    let question = Question {
        cases,
        method: Method::AverageLinkage,
        groups,
    };
    grouping(rows, defaults(), question)
}

#[test]
fn r36_r37_nothing_and_one_case_say_nothing_that_is_not_so() {
    for rows in [many(0), many(1)] {
        let (variation, grouping) = (varied(&rows), grouped(&rows, Cases::All, None));
        assert_eq!(variation.about.cases, rows.len());
        assert_eq!(grouping.placed.len(), rows.len());
        assert_eq!(grouping.closest, Vec::<LikePair>::new());
        assert_eq!(grouping.suggested, None);
        assert!(serde_json::to_string(&(variation, grouping)).is_ok());
    }
}

#[test]
fn r31_r36_imagined_archived_and_unreadable_cases_count_in_nothing_and_are_counted() {
    let mut rows = many(6);
    let before = (varied(&rows), grouped(&rows, Cases::All, Some(3)));
    let mut imagined = coded(90, &[("scope", "okosystem"), ("maturity", "planlagt")]);
    imagined.origin = Origin::Future;
    let (subject, document) = ids(91);
    let mut archived = coded(92, &[("scope", "okosystem"), ("driver", "forskning")]);
    archived.state = State::Archived;
    rows.extend([
        imagined,
        archived,
        unreadable(subject, document, State::Open, defaults()),
    ]);
    let mut after = (varied(&rows), grouped(&rows, Cases::All, Some(3)));
    for about in [&mut after.0.about, &mut after.1.about] {
        assert_eq!((about.imagined, about.archived, about.unreadable), (1, 1, 1));
        (about.imagined, about.archived, about.unreadable) = (0, 0, 0);
    }
    assert_eq!(after, before);
}

#[test]
fn r33_core_characteristics_nobody_is_coded_on_are_named() {
    let about = varied(&many(3)).about;
    assert_eq!(about.characteristics, ["challenge_type", "scope"]);
    assert_eq!(about.uncoded.len(), 10);
    assert!(!about.uncoded.contains(&"scope".to_owned()));
    assert_eq!((about.codings, about.blanks), (6, 0));
}

#[test]
fn r36_all_cases_and_the_chosen_ones_are_measured_on_the_same_values() {
    let mut rows = many(12);
    for row in &mut rows[..2] {
        row.decision = Decision::In;
    }
    rows[11] = coded(11, &[("driver", "forskning")]);
    let found = varied(&rows);
    let chosen = found.chosen.as_ref().expect("two are chosen");
    assert_eq!(chosen.values_possible, found.all.values_possible);
    assert_eq!(chosen.pairs_possible, found.all.pairs_possible);
    assert_eq!(
        (chosen.values_seen, chosen.pairs_seen),
        (3, 2),
        "two scopes, one challenge"
    );
    let driver = found.characteristics.iter().find(|c| c.key == "driver").unwrap();
    assert_eq!((driver.coded.cases, driver.coded.chosen), (1, 0));
    let alone = grouped(&rows, Cases::Chosen, None);
    assert_eq!(alone.placed.len(), 2);
    assert_eq!(alone.about.characteristics, found.about.characteristics);
}

#[test]
fn r37_of_very_many_cases_only_the_groups_asked_for_are_made_and_that_is_said() {
    let found = grouped(&many(1_001), Cases::All, Some(12));
    assert_eq!((found.placed.len(), found.groups.len()), (1_001, 12));
    assert_eq!((found.curve, found.suggested, found.hinges), (None, None, None));
    assert!(found.groups.iter().all(|group| group.stability.is_none()));
    let fewer = grouped(&many(301), Cases::All, Some(12));
    assert_eq!(fewer.curve.map(|curve| curve.len()), Some(14));
    assert_eq!(fewer.hinges, None);
}

#[test]
fn r37_every_case_is_in_one_group_or_listed_and_what_sets_a_group_apart_is_its_own() {
    let mut rows = many(9);
    rows.push(coded(50, &[]));
    let found = grouped(&rows, Cases::All, Some(3));
    assert_eq!(found.not_compared, [ids(50).0]);
    let mut members: Vec<_> = found.groups.iter().flat_map(|group| &group.members).collect();
    members.sort();
    members.dedup();
    assert_eq!(members.len(), 9);
    for (place, group) in found.groups.iter().enumerate() {
        assert!(group.members.contains(&group.central));
        for one in &group.traits {
            assert!(one.cases <= one.coded && one.coded <= group.members.len());
            assert!(one.cases * one.others_coded > one.others * one.coded, "{one:?}");
        }
        let placed = found.placed.iter().filter(|one| one.group == place);
        assert_eq!(placed.count(), group.members.len());
    }
}
