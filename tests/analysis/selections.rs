//! The two selections that the screen suggests, of any register (R38, R42).

use proptest::prelude::*;
use samverk_shared::case::{ActorMix, Decision, Origin};
use samverk_shared::characteristic::defaults;
use samverk_shared::ids::{DocumentId, SubjectId};
use samverk_shared::register::RegisterRow;
use samverk_shared::views::selection::{Question, SelectionView, Suggestion, selection};
use std::collections::{BTreeMap, BTreeSet};

const SCOPES: [&str; 3] = ["enkeltprosjekt", "rammesamarbeid", "okosystem"];
const CHALLENGES: [&str; 4] = ["avgrenset", "sammensatt", "kompleks", "gjenstridig"];
const WITH_RESEARCH: ActorMix = ActorMix {
    public: true,
    research: true,
    business: false,
    voluntary: false,
};

/// A Norwegian, eligible case; a value beyond its list is none.
fn case(number: usize, scope: usize, challenge: usize) -> RegisterRow {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&(number as u64).to_le_bytes());
    let (subject, document) = (SubjectId::from_random(bytes), DocumentId::from_random(bytes));
    let state = samverk_shared::access::State::Open;
    let mut row = samverk_shared::register::unreadable(subject, document, state, defaults());
    row.problems.clear();
    row.code = format!("N{number}");
    row.origin = Origin::National;
    (row.mix, row.eligible) = (WITH_RESEARCH, true);
    let given = [
        ("scope", SCOPES.get(scope)),
        ("challenge_type", CHALLENGES.get(challenge)),
    ];
    for (key, value) in given {
        if let Some(value) = value {
            row.codings.insert(key.to_owned(), vec![(*value).to_owned()]);
        }
    }
    row
}

fn view(rows: &[RegisterRow], question: Question) -> SelectionView {
    selection(rows, defaults(), question)
}

fn asked(size: usize) -> Question {
    Question { size, keep: false }
}

fn of(suggestion: &Suggestion) -> BTreeSet<SubjectId> {
    suggestion.cases.iter().map(|one| one.subject.clone()).collect()
}

/// Registers of up to thirty cases, with gaps, foreign, ineligible and decided ones.
fn registers() -> impl Strategy<Value = Vec<RegisterRow>> {
    let one = (0..5usize, 0..6usize, 0..4u8, 0..6u8, prop::bool::weighted(0.8));
    prop::collection::vec(one, 0..30).prop_map(|all| {
        let row = |(number, (scope, challenge, origin, decided, eligible))| {
            let mut row = case(number, scope, challenge);
            if origin == 0 {
                row.origin = Origin::International;
            }
            row.eligible = eligible;
            row.decision = match decided {
                0 => Decision::In,
                1 => Decision::Out,
                2 => Decision::Reserve,
                _ => Decision::Undecided,
            };
            row
        };
        all.into_iter().enumerate().map(row).collect()
    })
}

#[test]
fn r38_without_cases_and_with_one_nothing_is_said_that_is_not_so() {
    let none = view(&[], Question::default());
    assert_eq!((none.funnel.gross, none.pairs), (0, 0));
    assert!(none.typical.cases.is_empty() && none.variety.cases.is_empty() && none.outliers.is_empty());
    let one = view(&[case(1, 0, 0)], Question::default());
    assert_eq!(
        (one.funnel.gross, one.funnel.eligible, one.funnel.undecided),
        (1, 1, 1)
    );
    assert_eq!(of(&one.variety).len(), 1);
    assert_eq!(of(&one.typical).len(), 1);
    assert!(one.outliers.is_empty(), "it is unlike nobody");
    assert!(serde_json::to_string(&(none, one)).is_ok());
}

#[test]
fn r38_the_funnel_counts_every_case_once_and_says_who_is_chosen_without_being_eligible() {
    let mut rows: Vec<_> = (0..6).map(|n| case(n, n % 3, n % 4)).collect();
    for (row, decision) in rows
        .iter_mut()
        .zip([Decision::In, Decision::Out, Decision::Reserve])
    {
        row.decision = decision;
    }
    rows[0].eligible = false;
    let funnel = view(&rows, Question::default()).funnel;
    assert_eq!((funnel.gross, funnel.eligible), (6, 5));
    assert_eq!(
        (funnel.chosen, funnel.out, funnel.reserve, funnel.undecided),
        (1, 1, 1, 3)
    );
    assert_eq!(funnel.chosen_not_eligible, 1);
}

#[test]
fn r38_what_a_suggestion_loses_and_changes_is_said() {
    let mut rows = vec![case(0, 0, 0), case(1, 0, 0), case(2, 1, 1), case(3, 2, 2)];
    rows[1].decision = Decision::In;
    let found = view(&rows, asked(2));
    assert_eq!(found.variety.shown.pairs, 2);
    let lost: Vec<_> = found
        .variety
        .shown
        .lost
        .iter()
        .map(|one| one.value.as_str())
        .collect();
    assert_eq!(lost, ["kompleks", "okosystem"]);
    assert_eq!(
        found.variety.added,
        [rows[0].subject.clone(), rows[2].subject.clone()]
    );
    assert_eq!(found.variety.dropped, [rows[1].subject.clone()]);
    let chosen = found.chosen.expect("one is");
    assert_eq!((chosen.cases, chosen.pairs, chosen.lost.len()), (1, 1, 4));
    let kept = view(&rows, Question { size: 2, keep: true });
    assert!(kept.variety.dropped.is_empty() && kept.typical.dropped.is_empty());
}

#[test]
fn r42_typical_ones_are_the_nearest_of_their_group_and_norwegian_before_foreign() {
    // Two groups, of three and of two.
    let mut rows: Vec<_> = (0..5).map(|n| case(n, n / 3 * 2, n / 3 * 3)).collect();
    rows[0].origin = Origin::International;
    let all_but = |left: usize| {
        let others = rows.iter().enumerate().filter(|(place, _)| *place != left);
        others
            .map(|(_, row)| row.subject.clone())
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(
        of(&view(&rows, asked(4)).typical),
        all_but(0),
        "the foreign one waits"
    );
    assert_eq!(
        view(&rows, asked(1)).typical.cases.len(),
        4,
        "two of each in any case"
    );
    assert_eq!(view(&rows, asked(5)).typical.cases.len(), 5);
    let mut fewer = rows.clone();
    fewer[3].eligible = false;
    assert_eq!(
        of(&view(&fewer, asked(9)).typical),
        all_but(3),
        "who is not eligible is no candidate"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn r38_suggested_are_eligible_not_deselected_and_each_once(rows in registers(), size in 1..25usize) {
        let found = view(&rows, asked(size));
        let may = |row: &&RegisterRow| row.eligible && row.decision != Decision::Out;
        let candidates: BTreeSet<SubjectId> = rows.iter().filter(may).map(|row| row.subject.clone()).collect();
        for suggestion in [&found.typical, &found.variety] {
            prop_assert_eq!(of(suggestion).len(), suggestion.cases.len());
            prop_assert!(of(suggestion).is_subset(&candidates));
            let adds: usize = suggestion.cases.iter().map(|one| one.adds).sum();
            prop_assert_eq!(adds, suggestion.shown.pairs);
            prop_assert!(suggestion.shown.pairs <= found.pairs);
        }
        prop_assert_eq!(found.variety.cases.len(), size.min(candidates.len()));
        prop_assert!(found.variety.shown.pairs as f64 >= found.variety.shown.by_lot);
    }

    #[test]
    fn r42_each_group_gives_two_or_all_it_has(rows in registers(), size in 1..25usize) {
        let found = view(&rows, asked(size));
        let groups = samverk_shared::views::grouping::grouping(&rows, defaults(), samverk_shared::views::grouping::Question {
            cases: samverk_shared::views::Cases::All,
            method: samverk_shared::analysis::silhouette::Method::AverageLinkage,
            groups: None,
        });
        let may = |subject: &&SubjectId| rows.iter().any(|row| {
            row.subject == **subject && row.eligible && row.decision != Decision::Out
        });
        let mut taken = BTreeMap::new();
        for one in &found.typical.cases {
            *taken.entry(one.group.expect("nothing stays")).or_insert(0) += 1;
        }
        for (place, group) in groups.groups.iter().enumerate() {
            let candidates = group.members.iter().filter(may).count();
            let of_group = taken.get(&place).copied().unwrap_or(0);
            prop_assert!(of_group >= candidates.min(2) && of_group <= candidates);
        }
    }

    #[test]
    fn r38_the_order_of_the_rows_changes_nothing(rows in registers().prop_shuffle(), size in 1..25usize, keep in any::<bool>()) {
        let mut sorted = rows.clone();
        sorted.sort_by(samverk_shared::register::by_code);
        let question = Question { size, keep };
        prop_assert_eq!(view(&rows, question), view(&sorted, question));
    }

    #[test]
    fn r38_what_is_to_stay_stays(rows in registers(), size in 1..25usize) {
        let found = view(&rows, Question { size, keep: true });
        prop_assert!(found.variety.dropped.is_empty());
        prop_assert!(found.typical.dropped.is_empty());
    }
}
