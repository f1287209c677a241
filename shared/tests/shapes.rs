//! Documents of every earlier shape become those of the newest: each container is made once, whoever makes it and when.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ObjId, ObjType, ROOT, ReadDoc, Value};
use samverk_shared::access::Kind;
use samverk_shared::characteristic::{Characteristics, defaults};
use samverk_shared::document::read::{read_case, read_model, read_organisations};
use samverk_shared::document::{TEXT_ENCODING, create, model, needs, shape};
use samverk_shared::import::CaseRecord;
use samverk_shared::model::Draft;
use samverk_shared::need::Need;

const TIME_S: i64 = 1_790_000_000;

fn actor(byte: u8) -> ActorId {
    ActorId::from([byte; 16])
}

fn fresh() -> impl FnMut() -> String {
    let mut number = 0;
    move || {
        number += 1;
        format!("id{number:04}")
    }
}

fn case() -> Automerge {
    let record = CaseRecord::named("Skolehage");
    create::case(&record, defaults(), actor(1), &mut fresh(), TIME_S).unwrap()
}

fn draft() -> Automerge {
    model::create(
        "Skolehage",
        "M1",
        &Draft::default(),
        actor(1),
        &mut fresh(),
        TIME_S,
    )
    .unwrap()
}

/// What earlier versions made documents without, one after the other, the last version first.
fn earlier() -> Vec<(Kind, Automerge, Vec<&'static [&'static str]>)> {
    vec![
        (
            Kind::Case,
            case(),
            vec![
                &["eligibility"],
                &["needs", "sources", "references"],
                &["codings/driver", "codings/scope"],
            ],
        ),
        (
            Kind::Model,
            draft(),
            vec![
                &["questions", "steps", "variants", "triggers", "loops"],
                &["tasks", "challenges", "roles", "phases", "transitions"],
                &["texts/kept", "texts/adapted", "texts/local", "texts/story"],
            ],
        ),
        (
            Kind::Register,
            create::register(actor(1), TIME_S).unwrap(),
            vec![&["organisations"], &["groupings"]],
        ),
        (
            Kind::Team,
            create::team(actor(1), TIME_S).unwrap(),
            vec![&["deliveries"]],
        ),
        (
            Kind::Frame,
            create::frame("A", "B", actor(1), TIME_S).unwrap(),
            vec![&["problem"]],
        ),
    ]
}

/// A copy of a document, born without what stands at some paths.
fn without(document: &Automerge, paths: &[&str]) -> Automerge {
    let mut old = Automerge::new_with_encoding(TEXT_ENCODING).with_actor(actor(2));
    let mut tx = old.transaction();
    let mut waiting = vec![(ROOT, ROOT, String::new())];
    while let Some((from, to, path)) = waiting.pop() {
        for key in document.keys(&from) {
            let at = format!("{path}{key}");
            if paths.contains(&at.as_str()) {
                continue;
            }
            match document.get(&from, key.as_str()).unwrap().unwrap() {
                (Value::Object(kind), inner) => {
                    let made = tx.put_object(&to, key.as_str(), kind).unwrap();
                    if kind == ObjType::Text {
                        tx.splice_text(&made, 0, 0, &document.text(&inner).unwrap())
                            .unwrap();
                    } else {
                        waiting.push((inner, made, format!("{at}/")));
                    }
                }
                (Value::Scalar(scalar), _) => tx.put(&to, key.as_str(), scalar.into_owned()).unwrap(),
            }
        }
    }
    tx.commit_with(CommitOptions::default().with_time(TIME_S));
    old
}

/// Gives a document the newest shape.
fn complete(document: &mut Automerge, kind: Kind, set: &Characteristics) -> usize {
    let changes = shape::completed(document, kind, set).unwrap();
    let made = changes.len();
    document.apply_changes(changes).unwrap();
    made
}

fn at(document: &Automerge, path: &str) -> Option<ObjId> {
    path.split('/').try_fold(ROOT, |parent, key| {
        let (value, found) = document.get(&parent, key).unwrap()?;
        value.is_object().then_some(found)
    })
}

#[test]
fn r9_r22_r43_a_document_of_each_earlier_shape_gets_just_what_it_lacks_and_once() {
    for (kind, newest, lacks) in earlier() {
        assert_eq!(
            complete(&mut newest.fork(), kind, defaults()),
            0,
            "{kind:?} is born whole"
        );
        let mut all = Vec::new();
        for one in lacks {
            all.extend_from_slice(one);
            let mut old = without(&newest, &all);
            assert!(all.iter().all(|path| at(&old, path).is_none()));
            assert_eq!(
                complete(&mut old, kind, defaults()),
                all.len(),
                "{kind:?} {all:?}"
            );
            assert_eq!(complete(&mut old, kind, defaults()), 0);
            let seen = serde_json::to_value(automerge::AutoSerde::from(&old)).unwrap();
            let wanted = serde_json::to_value(automerge::AutoSerde::from(&newest)).unwrap();
            assert_eq!(seen, wanted, "{kind:?} {all:?}");
        }
    }
}

#[test]
fn r9_r22_r43_two_who_complete_a_document_at_once_and_from_different_versions_make_each_container_once() {
    for (kind, newest, lacks) in earlier() {
        let all: Vec<&str> = lacks.concat();
        let mut one = without(&newest, &all);
        let mut other = one.fork().with_actor(actor(4));
        // Somebody has written meanwhile, and another server knows fewer of the containers.
        let mut tx = other.transaction();
        tx.put(ROOT, "code", "X1").unwrap();
        tx.commit();
        let some = shape::completed(&other, kind, defaults())
            .unwrap()
            .into_iter()
            .skip(1);
        other.apply_changes(some).unwrap();
        complete(&mut one, kind, defaults());
        one.merge(&mut other).unwrap();
        assert_eq!(complete(&mut one, kind, defaults()), 0);
        for path in all {
            let (parent, key) = path.rsplit_once('/').unwrap_or(("", path));
            let parent = if parent.is_empty() {
                ROOT
            } else {
                at(&one, parent).unwrap()
            };
            assert_eq!(one.get_all(&parent, key).unwrap().len(), 1, "{kind:?} {path}");
        }
    }
}

#[test]
fn r23_a_case_gets_a_place_for_each_coding_of_the_workshops_own_and_its_mark_says_that_it_is_older() {
    let mut set = defaults().clone();
    let mut own = set.characteristics[0].clone();
    own.key = "eget".into();
    set.characteristics.push(own);
    let mut old = case();
    assert_eq!(complete(&mut old, Kind::Case, &set), 1);
    let (read, problems) = read_case(&old, &set);
    assert_eq!(problems, []);
    assert!(read.codings.contains_key("eget"));
    for kind in Kind::ALL {
        let differs = shape::mark(kind, &set) != shape::mark(kind, defaults());
        assert_eq!(differs, kind == Kind::Case, "{kind:?}");
        assert_ne!(
            shape::mark(kind, &set),
            0,
            "no mark is that of a row from before there were marks"
        );
    }
}

#[test]
fn r9_r37_each_grouping_by_hand_gets_a_place_for_its_description() {
    let mut register = create::register(actor(1), TIME_S).unwrap();
    let groupings = at(&register, "groupings").unwrap();
    let mut tx = register.transaction();
    let item = tx.put_object(&groupings, "g1", ObjType::Map).unwrap();
    tx.put_object(&item, "name", ObjType::Text).unwrap();
    tx.put(&groupings, "g2", "no grouping").unwrap();
    tx.commit();
    assert_eq!(complete(&mut register, Kind::Register, defaults()), 1);
    assert!(at(&register, "groupings/g1/description").is_some());
    assert_eq!(complete(&mut register, Kind::Register, defaults()), 0);
    let (said, problems) = read_organisations(&register);
    assert_eq!((said.all().count(), problems), (0, Vec::new()));
}

#[test]
fn r43_needs_come_to_a_completed_case_after_one_another_and_it_reads_without_a_problem() {
    let mut old = without(&case(), &["eligibility", "needs", "sources", "references"]);
    let (read, problems) = read_case(&old, defaults());
    assert_eq!((read.needs.len(), problems), (0, Vec::new()));
    complete(&mut old, Kind::Case, defaults());
    let first = Need {
        id: "n1".into(),
        about: "codings.user_role".into(),
        question: "Hvem?".into(),
        due: "2026-12-24".into(),
        ..Need::default()
    };
    let second = Need {
        id: "n0".into(),
        ..first.clone()
    };
    for need in [&first, &second] {
        let change = needs::change(&old, std::slice::from_ref(need), actor(3), TIME_S).unwrap();
        old.apply_changes(change).unwrap();
    }
    let (read, problems) = read_case(&old, defaults());
    assert_eq!((read.needs, problems), (vec![first, second], Vec::new()));
    assert!(needs::change(&old, &[], actor(3), TIME_S).unwrap().is_none());
}

#[test]
fn r22_a_model_from_before_the_full_model_reads_and_is_written_like_a_new_one() {
    let mut old = without(
        &draft(),
        &["tasks", "challenges", "roles", "phases", "transitions", "loops"],
    );
    complete(&mut old, Kind::Model, defaults());
    let why = at(&old, "tasks/understand/why").unwrap();
    let mut tx = old.transaction();
    tx.splice_text(&why, 0, 0, "Det begynner med at noen spør.")
        .unwrap();
    tx.commit();
    assert_eq!(read_model(&old).name, "Skolehage");
    assert_eq!(old.text(&why).unwrap(), "Det begynner med at noen spør.");
}

#[test]
fn heads_that_many_containers_make_are_tied_to_one_and_only_once() {
    let mut old = without(&case(), &["eligibility", "needs", "sources", "references"]);
    assert!(shape::tied(&old).is_none());
    complete(&mut old, Kind::Case, defaults());
    assert_eq!(old.get_heads().len(), 5);
    let tie = shape::tied(&old).unwrap();
    assert_eq!(tie, shape::tied(&old.fork()).unwrap());
    assert!(shape::is_maker(tie.actor_id().to_bytes()));
    old.apply_changes([tie]).unwrap();
    assert_eq!(old.get_heads().len(), 1);
    assert!(shape::tied(&old).is_none());
}
