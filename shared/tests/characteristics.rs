//! The set of characteristics changes, and every coding still says something somebody chose (R23).
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use automerge::transaction::Transactable;
use automerge::{ActorId, ROOT, ReadDoc};
use proptest::prelude::*;
use samverk_shared::case::CodingState;
use samverk_shared::characteristic::{
    Change, Characteristic, Characteristics, Form, FormValue, Refusal, Scale, What, defaults, difference,
};
use samverk_shared::document::create;
use samverk_shared::document::read::{ProblemKind, read_case};
use samverk_shared::import::CaseRecord;
use std::collections::BTreeMap;

fn form(c: &Characteristic) -> Form {
    let value = |v: &samverk_shared::characteristic::Value| FormValue {
        key: Some(v.key.clone()),
        label_nb: v.label_nb.clone(),
        label_en: v.label_en.clone(),
        definition: v.definition.clone(),
    };
    Form {
        label_nb: c.label_nb.clone(),
        label_en: c.label_en.clone(),
        scale: c.scale,
        group: c.group.clone(),
        help_nb: c.help_nb.clone(),
        help_en: c.help_en.clone(),
        unit: c.unit.clone(),
        dynamic: c.dynamic,
        active: c.active,
        core: c.core,
        values: c.values.iter().map(value).collect(),
    }
}

fn edited(set: &Characteristics, key: &str, edit: impl FnOnce(&mut Form)) -> Change {
    let mut form = form(set.get(key).unwrap());
    edit(&mut form);
    Change::Edit {
        key: key.into(),
        form,
    }
}

fn retire(key: &str, value: &str, into: Option<&str>) -> Change {
    let (key, value, into) = (key.into(), value.into(), into.map(str::to_owned));
    Change::Retire { key, value, into }
}

fn what(before: &Characteristics, after: &Characteristics) -> Vec<What> {
    difference(before, after)
        .iter()
        .map(|changed| changed.what)
        .collect()
}

#[test]
fn r23_a_value_is_renamed_and_keeps_its_key_and_the_history_says_so() {
    let before = defaults();
    let change = edited(before, "scope", |form| {
        form.values[0].label_nb = "Én aktør alene".into()
    });
    let after = before.changed(&change, true).unwrap();
    assert_eq!((before.version, after.version), (1, 2));
    let (old, new) = (
        &before.get("scope").unwrap().values[0],
        &after.get("scope").unwrap().values[0],
    );
    assert_eq!((&old.key, new.label_nb.as_str()), (&new.key, "Én aktør alene"));
    let told = &difference(before, &after)[0];
    assert_eq!(
        (told.what, told.from.as_str(), told.to.as_str()),
        (What::ValueRenamed, old.label_nb.as_str(), "Én aktør alene")
    );
    assert!(after.reads_as(before), "no row has to be read again");
}

#[test]
fn r23_a_used_value_is_deleted_only_with_a_target_and_a_merge_follows_a_merge() {
    let set = defaults();
    let [a, b, c] = [0, 1, 2].map(|i| set.get("scope").unwrap().values[i].key.as_str());
    assert_eq!(set.changed(&retire("scope", a, None), true), Err(Refusal::InUse));
    assert_eq!(
        set.changed(&retire("scope", a, Some(a)), true),
        Err(Refusal::Unknown)
    );
    let once = set.changed(&retire("scope", a, Some(b)), true).unwrap();
    let twice = once.changed(&retire("scope", b, Some(c)), true).unwrap();
    let scope = twice.get("scope").unwrap();
    assert_eq!(scope.living(a).map(|v| v.key.as_str()), Some(c));
    assert_eq!(what(set, &once), [What::ValueMerged]);
    let label = &set.get("scope").unwrap().values[0].label_nb;
    assert_eq!(
        scope.value(label).map(|v| v.key.as_str()),
        Some(c),
        "a list may still say the old word"
    );
    let back = Change::Restore {
        key: "scope".into(),
        value: a.into(),
    };
    let back = twice.changed(&back, false).unwrap();
    assert_eq!(
        back.get("scope").unwrap().living(a).map(|v| v.key.as_str()),
        Some(a)
    );
    assert_eq!(what(&twice, &back), [What::ValueRestored]);
}

#[test]
fn r23_what_is_coded_by_a_characteristic_that_was_deleted_meanwhile_keeps_its_meaning_and_counts_once_it_is_back()
 {
    let form = Form {
        label_nb: "Språk".into(),
        group: "Egne".into(),
        scale: Scale::Text,
        active: true,
        ..Form::default()
    };
    let set = defaults()
        .changed(&Change::Add { form: form.clone() }, false)
        .unwrap();
    let key = set.characteristics.last().unwrap().key.clone();
    let record = CaseRecord::named("Ny");
    let mut case = create::case(&record, &set, ActorId::from([1; 16]), &mut || "id".into(), 0).unwrap();
    let gone = set.changed(&Change::Delete { key: key.clone() }, false).unwrap();
    assert_eq!(read_case(&case, &gone).1, [], "nobody has said anything by it");

    let (_, codings) = case.get(ROOT, "codings").unwrap().unwrap();
    let (_, item) = case.get(&codings, key.as_str()).unwrap().unwrap();
    let (_, text) = case.get(&item, "text").unwrap().unwrap();
    let mut tx = case.transaction();
    tx.put(&item, "state", "coded").unwrap();
    tx.splice_text(&text, 0, 0, "Nordsamisk").unwrap();
    tx.commit();
    let (read, problems) = read_case(&case, &gone);
    assert_eq!(read.codings[&key].text, "Nordsamisk");
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].path, format!("codings.{key}.state"));
    assert_eq!(gone.deleted(&key).unwrap().label_nb, "Språk");

    let back = gone
        .changed(&Change::TakeBack { key: key.clone() }, false)
        .unwrap();
    assert_eq!(what(&gone, &back), [What::TakenBack]);
    assert_eq!((read_case(&case, &back).1, back.deleted.len()), (Vec::new(), 0));
    let other = gone.changed(&Change::Add { form }, false).unwrap();
    let taken = other.changed(&Change::TakeBack { key: key.clone() }, false);
    assert_eq!(taken, Err(Refusal::Taken), "another is called so by now");
    assert_eq!(
        set.changed(&Change::TakeBack { key }, false),
        Err(Refusal::Unknown)
    );
}

#[test]
fn r23_a_characteristic_is_added_moved_put_out_of_use_and_deleted_and_no_key_comes_again() {
    let set = defaults();
    let new = Form {
        label_nb: "Språk".into(),
        group: "Egne".into(),
        scale: Scale::Nominal,
        active: true,
        values: ["Norsk", "Samisk"]
            .map(|label| FormValue {
                label_nb: label.into(),
                ..FormValue::default()
            })
            .into(),
        ..Form::default()
    };
    let added = set.changed(&Change::Add { form: new.clone() }, false).unwrap();
    let own = added.characteristics.last().unwrap().clone();
    assert_eq!(
        (own.code.as_str(), own.label_en.as_str(), own.values.len()),
        ("K25", "Språk", 2)
    );
    assert_eq!(
        added.changed(&Change::Add { form: new.clone() }, false),
        Err(Refusal::Taken)
    );
    let moved = added
        .changed(
            &Change::Move {
                key: own.key.clone(),
                place: 0,
            },
            false,
        )
        .unwrap();
    assert_eq!(
        (moved.characteristics[0].key.as_str(), what(&added, &moved)),
        (own.key.as_str(), vec![What::Moved])
    );
    let off = moved
        .changed(&edited(&moved, &own.key, |form| form.active = false), true)
        .unwrap();
    assert_eq!(
        (off.iter().count(), what(&moved, &off)),
        (24, vec![What::Deactivated])
    );
    let delete = Change::Delete { key: own.key.clone() };
    assert_eq!(off.changed(&delete, true), Err(Refusal::InUse));
    let gone = off.changed(&delete, false).unwrap();
    let again = gone.changed(&Change::Add { form: new }, false).unwrap();
    let new = again.characteristics.last().unwrap();
    assert_ne!((&new.key, new.code.as_str()), (&own.key, "K25"));
    // Where it was before, a case has a place for it only once the server has made one.
    let bare = create::case(
        &CaseRecord::named("Ny"),
        set,
        ActorId::from([1; 16]),
        &mut || "id".into(),
        0,
    )
    .unwrap();
    assert_eq!(read_case(&bare, &again).1, []);
}

#[test]
fn r23_a_form_cannot_drop_a_value_nor_call_two_the_same_nor_change_where_codings_stand() {
    let set = defaults();
    let refused = |edit: &dyn Fn(&mut Form)| set.changed(&edited(set, "scope", edit), false).unwrap_err();
    assert_eq!(refused(&|form| drop(form.values.pop())), Refusal::Unknown);
    assert_eq!(
        refused(&|form| form.values[1].label_nb = form.values[0].label_nb.to_uppercase()),
        Refusal::Taken
    );
    assert_eq!(refused(&|form| form.scale = Scale::Multi), Refusal::BadWords);
    assert_eq!(refused(&|form| form.label_nb = "  ".into()), Refusal::BadWords);
    assert_eq!(refused(&|form| form.values.clear()), Refusal::LastValue);
}

/// Something somebody does, by numbers that become choices of what there is.
fn acted(set: &Characteristics, (act, which, one, other): (u8, usize, usize, usize)) -> Option<Change> {
    let listed: Vec<&Characteristic> = set
        .characteristics
        .iter()
        .filter(|c| c.scale.has_values())
        .collect();
    let c = listed[which % listed.len()];
    let key = c.key.clone();
    let value = c.values[one % c.values.len()].key.clone();
    Some(match act % 6 {
        0 => Change::Retire {
            key,
            value,
            into: Some(c.values[other % c.values.len()].key.clone()),
        },
        1 => Change::Retire {
            key,
            value,
            into: None,
        },
        2 => Change::Restore {
            key,
            value: c.retired.get(one % c.retired.len().max(1))?.key.clone(),
        },
        3 => edited(set, &key, |form| {
            let place = one % form.values.len();
            form.values[place].label_nb = format!("Nytt {other}")
        }),
        4 => edited(set, &key, |form| {
            form.values.push(FormValue {
                label_nb: format!("Enda en {other}"),
                ..FormValue::default()
            });
        }),
        _ => edited(set, &key, |form| form.values.reverse()),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever is done to the set, and whichever set a case was coded by, also an earlier one: each coding reads as a
    /// value in use, or as none, with a problem that says so.
    #[test]
    fn r23_after_any_changes_every_coding_is_a_value_in_use_or_stated_to_be_none(
        acts in proptest::collection::vec((any::<u8>(), any::<usize>(), any::<usize>(), any::<usize>()), 1..40),
        coded_after in 0_usize..40,
        choice in any::<usize>(),
    ) {
        let mut set = defaults().clone();
        let mut by = set.clone();
        for (place, act) in acts.into_iter().enumerate() {
            if place == coded_after {
                by = set.clone();
            }
            if let Some(change) = acted(&set, act)
                && let Ok(next) = set.changed(&change, false)
            {
                prop_assert_eq!(next.version, set.version + 1);
                set = next;
            }
        }
        let mut record = CaseRecord::named("Skolehage");
        for c in by.characteristics.iter().filter(|c| c.scale.has_values()) {
            record.codings.insert(c.key.clone(), vec![c.values[choice % c.values.len()].key.clone()]);
        }
        let document = create::case(&record, &by, ActorId::from([1; 16]), &mut || "id".into(), 0).unwrap();
        let (case, problems) = read_case(&document, &set);
        let problems: BTreeMap<&str, ProblemKind> = problems.iter().map(|p| (p.path.as_str(), p.kind)).collect();
        for c in set.characteristics.iter().filter(|c| c.scale.has_values()) {
            let coding = &case.codings[&c.key];
            prop_assert_eq!(coding.state, CodingState::Coded);
            for key in coding.value.iter().chain(&coding.values) {
                prop_assert!(c.values.iter().any(|v| v.key == *key), "{} {key}", c.key);
            }
            if !coding.has_value(c.scale) {
                let field = if c.scale == Scale::Multi { "values" } else { "value" };
                let path = format!("codings.{}.{field}", c.key);
                prop_assert_eq!(problems.get(path.as_str()), Some(&ProblemKind::UnknownWord));
            }
            let names_living = |into: &String| c.values.iter().any(|living| living.key == *into);
            let sound = c.retired.iter().all(|v| v.merged_into.as_ref().is_none_or(names_living));
            prop_assert!(sound, "a retired value reads as one in use");
        }
    }
}
