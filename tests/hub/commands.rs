//! Invariant G1: what the server decides in order, once, in one transaction.

use crate::bench::{Bench, join};
use samverk::hub::rows;
use samverk::hub::rows::LinkRow;
use samverk::hub::{Answer, Caller, Command, CommandError, LinkTerms, Refused, close};
use samverk::store::{Changes, Records, Table};
use samverk_shared::access::{Audience, Grant, Grants, State};
use samverk_shared::ids::{LinkId, ParticipantId};
use samverk_shared::limits::LOBBY_PEOPLE_MAX;
use std::collections::BTreeSet;

fn by(participant: &ParticipantId) -> Caller {
    Caller::Participant(participant.clone())
}

fn new_case() -> Command {
    Command::CreateCase {
        name: "Nabohjelp".into(),
    }
}

fn grants(participant: &ParticipantId, grants: impl Into<Grants>) -> Command {
    Command::SetRights {
        participant: participant.clone(),
        rights: grants.into().into(),
    }
}

fn refused(refused: Refused) -> Result<Answer, CommandError> {
    Err(CommandError::Refused(refused))
}

fn documents(bench: &Bench) -> usize {
    bench.store.documents().expect("memory does not fail").len()
}

fn link_row(bench: &Bench, link: &LinkId) -> LinkRow {
    let key = rows::key(&[bench.workshop.as_str(), link.as_str()]);
    let record = bench
        .store
        .get(Table::Links, &key)
        .expect("memory does not fail")
        .expect("a row");
    rows::read(&key, &record).expect("the hub's own row")
}

#[test]
fn g1_h4_the_same_key_twice_while_the_first_waits_gives_one_case_and_two_equal_answers() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let before = documents(&bench);
    let first = bench.command(by(&kari), new_case(), Some("kari/1"));
    let second = bench.command(by(&kari), new_case(), Some("kari/1"));
    assert_eq!(bench.commits.len(), 1);
    bench.commit();
    let (first, second) = (bench.answer(first), bench.answer(second));
    assert!(matches!(first, Some(Ok(Answer::Case { .. }))));
    assert_eq!(first, second);
    assert_eq!(documents(&bench), before + 2, "the case and its talk");
}

#[test]
fn g1_h4_the_same_key_later_gives_the_first_answer_again_also_after_a_restart() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let first = bench.command(by(&kari), new_case(), Some("kari/1"));
    bench.rest();
    let first = bench.answer(first);
    let before = documents(&bench);
    for _ in 0..2 {
        let again = bench.command(by(&kari), new_case(), Some("kari/1"));
        bench.rest();
        assert_eq!(bench.answer(again), first);
        bench.restart(bench.store.restarted());
    }
    assert_eq!(documents(&bench), before);
    let other = bench.command(by(&kari), new_case(), Some("kari/2"));
    bench.rest();
    assert_ne!(bench.answer(other), first, "another key is another case");
}

#[test]
fn g1_a_case_is_born_whole_in_one_transaction_and_told_of_when_it_is_durable() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let tab = bench.tab(&kari);
    bench.sent(&tab);
    let id = bench.command(by(&kari), new_case(), Some("kari/1"));
    assert_eq!(bench.commits.len(), 1);
    assert_eq!(bench.answer(id), None);
    assert_eq!(bench.sent(&tab).len(), 0);
    bench.commit();
    let answer = bench.answer(id).expect("an answer").expect("not refused");
    let Answer::Case { document, .. } = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(bench.sent_of(&tab, "catalogue").len(), 1);
    bench.case = document;
    bench.stored();
}

#[test]
fn g1_two_facilitators_at_once_get_two_cases_with_two_codes() {
    let mut bench = Bench::new();
    let people = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Facilitator));
    let waiting = people
        .each_ref()
        .map(|person| bench.command(by(person), new_case(), None));
    bench.commit();
    let codes: BTreeSet<String> = waiting
        .map(|id| match bench.answer(id) {
            Some(Ok(Answer::Case { code, .. })) => code,
            other => panic!("{other:?}"),
        })
        .into();
    assert_eq!(codes.len(), 2);
}

#[test]
fn g1_p1_of_two_facilitators_who_put_each_other_out_the_first_is_obeyed() {
    let mut bench = Bench::new();
    let people = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Facilitator));
    let first = bench.command(by(&people[0]), grants(&people[1], Grants::NONE), None);
    let second = bench.command(by(&people[1]), grants(&people[0], Grants::NONE), None);
    assert_eq!(bench.answer(second), Some(refused(Refused::NotAllowed)));
    bench.commit();
    assert_eq!(bench.answer(first), Some(Ok(Answer::Done)));
    assert!(bench.participant_row(&people[0]).grants.has(Grant::Facilitator));
    assert!(bench.participant_row(&people[1]).grants.is_empty());
}

#[test]
fn g1_the_last_facilitator_stays() {
    let mut bench = Bench::new();
    let link = bench.new_link(Grant::Facilitator);
    let kari = bench.person_by(&link, "Kari");
    for left in [Grants::NONE, Grant::Editor.into()] {
        let answer = bench.decided(by(&kari), grants(&kari, left));
        assert_eq!(answer, refused(Refused::LastFacilitator));
    }
    let revoke = || Command::RevokeLink { link: link.clone() };
    assert_eq!(
        bench.decided(by(&kari), revoke()),
        refused(Refused::LastFacilitator)
    );
    assert!(!link_row(&bench, &link).revoked);

    let ola = bench.person("Ola", Grant::Facilitator);
    assert_eq!(bench.decided(by(&ola), revoke()), Ok(Answer::Done));
    assert!(bench.participant_row(&kari).grants.is_empty());
    assert_eq!(
        bench.decided(by(&ola), grants(&ola, Grants::NONE)),
        refused(Refused::LastFacilitator)
    );
}

#[test]
fn g1_h3_w10_a_revoked_link_takes_the_grants_of_who_came_by_it_and_ends_their_connections() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Facilitator);
    let link = bench.new_link(Grant::Editor);
    let guests = ["Ola", "Per"].map(|name| bench.person_by(&link, name));
    let [tab, ola, per] = bench.open_tabs([&kari, &guests[0], &guests[1]]);
    bench.command(by(&kari), Command::RevokeLink { link: link.clone() }, None);
    for guest in [&ola, &per] {
        assert_eq!(
            bench.closed.get(&guest.connection),
            Some(&close::NOT_A_MEMBER),
            "at once, not when stored"
        );
    }
    bench.rest();
    assert_eq!(bench.closed.get(&tab.connection), None);
    for guest in &guests {
        assert!(bench.participant_row(guest).grants.is_empty());
        let again = bench.tab(guest);
        assert_eq!(bench.closed.get(&again.connection), Some(&close::NOT_A_MEMBER));
    }
    let late = bench.decided(Caller::Server, join(&link, "Lise"));
    assert_eq!(late, refused(Refused::LinkRevoked));
}

#[test]
fn g1_who_comes_by_a_second_link_stays_the_same_and_keeps_the_better_grants() {
    let mut bench = Bench::new();
    let (viewer, editor) = (bench.new_link(Grant::Viewer), bench.new_link(Grant::Editor));
    let ola = bench.person_by(&viewer, "Ola");
    assert_eq!(bench.person_by(&editor, "Ola"), ola);
    assert_eq!(bench.person_by(&viewer, "Ola"), ola);
    let row = bench.participant_row(&ola);
    assert!(row.grants.has(Grant::Editor) && row.grants.has(Grant::Viewer));
    assert_eq!(row.link, Some(editor));
    assert_eq!(link_row(&bench, &viewer).used, 2);
}

#[test]
fn g1_p1_each_command_is_for_those_who_may_and_for_nobody_else() {
    let mut bench = Bench::new();
    bench.person("Leder", Grant::Facilitator);
    let link = bench.new_link(Grant::Viewer);
    let subject = bench.subject.clone();
    let someone = bench.person("Noen", Grant::Viewer);
    let import = || Command::ImportCases {
        list: "liste.csv".into(),
        records: Vec::new(),
        joins: Vec::new(),
        editions: Default::default(),
        cases_seen: None,
        mappings: Vec::new(),
    };
    let create_link = || Command::CreateLink {
        rights: Grant::Viewer.into(),
        label: String::new(),
        secret_digests: vec!["d".into()],
        terms: LinkTerms::default(),
    };
    let close = || Command::SetState {
        subject: subject.clone(),
        state: State::Open,
    };
    let open_to = |audience| Command::SetAudience {
        subject: subject.clone(),
        audience,
    };
    let revoke = || Command::RevokeLink { link: link.clone() };
    let set = || grants(&someone, Grant::Viewer);
    for grant in Grant::ALL {
        let person = bench.person(grant.as_str(), grant);
        let team = matches!(grant, Grant::Facilitator | Grant::Editor);
        let leads = grant == Grant::Facilitator;
        let table = [
            (new_case(), team),
            (import(), team),
            (create_link(), leads),
            (close(), leads),
            (open_to(Audience::Client), leads),
            (set(), leads),
            (revoke(), leads),
            (join(&link, "Snik"), false),
        ];
        for (command, allowed) in table {
            let name = format!("{grant:?}: {command:?}");
            let answer = bench.decided(by(&person), command);
            let denied = answer == refused(Refused::NotAllowed);
            assert!(
                if allowed {
                    answer.is_ok()
                } else {
                    denied || leads && answer.is_err()
                },
                "{name}: {answer:?}"
            );
        }
    }
}

#[test]
fn g1_a_document_is_replaced_after_the_batch_that_waits_and_loses_nothing_of_it() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Facilitator);
    let [mut tab] = bench.open_tabs([&kari]);
    tab.write("varme");
    bench.push(&mut tab);
    bench.run();
    let subject = bench.subject.clone();
    let id = bench.command(by(&kari), Command::Replace { subject }, Some("kari/1"));
    let again = bench.command(
        by(&kari),
        Command::Replace {
            subject: bench.subject.clone(),
        },
        Some("kari/1"),
    );
    assert_eq!(bench.commits.len(), 1, "it waits for the batch");
    bench.rest();
    bench.pull(&mut tab);
    assert!(tab.is_saved(), "the edit was acknowledged in the old document");
    let answer = bench.answer(id);
    let Some(Ok(Answer::Document { document })) = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(bench.answer(again), answer);
    let old = std::mem::replace(&mut bench.case, document);
    assert!(bench.stores("varme"));
    assert_eq!(bench.store.load(old).expect("memory does not fail"), None);
}

#[test]
fn g1_t5_a_document_that_is_replaced_twice_at_once_is_not_taken_for_lost() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Facilitator);
    let [mut tab] = bench.open_tabs([&kari]);
    tab.write("varme");
    bench.sync(&mut tab);
    let twice = [(); 2].map(|()| {
        let subject = bench.subject.clone();
        bench.command(Caller::Server, Command::Replace { subject }, None)
    });
    // The store is asked while what the first one makes is on its way to the disk.
    bench.run();
    bench.open();
    bench.rest();
    let [first, second] = twice.map(|id| match bench.answer(id) {
        Some(Ok(Answer::Document { document })) => document,
        other => panic!("{other:?}"),
    });
    assert_ne!(first, second);
    bench.case = second;
    assert!(bench.stores("varme"));
}

#[test]
fn g1_a2_a_command_that_waits_for_a_document_is_answered_when_the_store_fails() {
    let mut bench = Bench::new();
    let subject = bench.subject.clone();
    let waiting = bench.command(Caller::Server, Command::Replace { subject }, None);
    assert_eq!(bench.opens.len(), 2, "the case and its talk");
    bench.command(Caller::Server, new_case(), None);
    bench.commit_fails();
    assert!(matches!(
        bench.answer(waiting),
        Some(Err(CommandError::NotStored(_)))
    ));
}

#[test]
fn g1_texts_are_checked_and_what_is_refused_stores_nothing() {
    use samverk_shared::limits::TITLE_CHARS_MAX;
    let mut bench = Bench::new();
    let commits = bench.store.commits();
    let bad = [
        String::new(),
        "  ".into(),
        "to\nlinjer".into(),
        "x".repeat(TITLE_CHARS_MAX + 1),
    ];
    for name in bad {
        let answer = bench.decided(Caller::Server, Command::CreateCase { name });
        assert_eq!(answer, refused(Refused::BadText));
    }
    assert_eq!(bench.store.commits(), commits);
    let name = "å".repeat(TITLE_CHARS_MAX);
    assert!(
        bench
            .decided(Caller::Server, Command::CreateCase { name })
            .is_ok()
    );
}

fn participant_row(bench: &Bench, participant: &ParticipantId) -> rows::ParticipantRow {
    let key = rows::key(&[bench.workshop.as_str(), participant.as_str()]);
    let record = bench
        .store
        .get(Table::Participants, &key)
        .expect("memory does not fail");
    rows::read(&key, &record.expect("a row")).expect("the hub's own row")
}

fn in_the_lobby(bench: &Bench, participant: &ParticipantId) -> bool {
    let row = participant_row(bench, participant);
    row.grants.is_empty() && row.waits.is_some()
}

#[test]
fn h7_who_comes_by_a_lobby_waits_without_a_right_until_a_facilitator_lets_them_in() {
    let mut bench = Bench::new();
    let leader = bench.person("Leder", Grant::Facilitator);
    let terms = LinkTerms {
        lobby: true,
        ..LinkTerms::default()
    };
    let link = bench.new_link_with(Grant::Editor, terms);
    let [kari, ola] = ["Kari", "Ola"].map(|name| bench.person_by(&link, name));
    assert!(in_the_lobby(&bench, &kari) && in_the_lobby(&bench, &ola));
    let refusal = refused(Refused::NotAllowed);
    assert_eq!(bench.decided(by(&kari), new_case()), refusal);
    let admit = |participant: &ParticipantId, admit| Command::Admit {
        participant: participant.clone(),
        admit,
    };
    assert_eq!(
        bench.decided(by(&kari), admit(&kari, true)),
        refusal,
        "nobody lets themselves in"
    );
    assert_eq!(bench.decided(by(&leader), admit(&kari, true)), Ok(Answer::Done));
    assert_eq!(bench.decided(by(&leader), admit(&ola, false)), Ok(Answer::Done));
    assert!(matches!(
        bench.decided(by(&kari), new_case()),
        Ok(Answer::Case { .. })
    ));
    assert_eq!(bench.decided(by(&ola), new_case()), refusal);
    assert!(!in_the_lobby(&bench, &ola), "who was sent away waits no longer");
    // Another facilitator answers what was answered.
    assert_eq!(bench.decided(by(&leader), admit(&ola, true)), Ok(Answer::Done));
    assert_eq!(bench.decided(by(&ola), new_case()), refusal);
}

#[test]
fn h3_h7_who_waits_for_more_keeps_what_they_came_with_and_each_link_takes_back_only_its_own() {
    let mut bench = Bench::new();
    let leader = bench.person("Leder", Grant::Facilitator);
    let reads = bench.new_link(Grant::Viewer);
    let terms = LinkTerms {
        lobby: true,
        ..LinkTerms::default()
    };
    let doors = [(); 2].map(|()| bench.new_link_with(Grant::Editor, terms));
    let revoke = |link: &LinkId| Command::RevokeLink { link: link.clone() };
    let kari = bench.person_by(&reads, "Kari");
    assert_eq!(bench.person_by(&doors[0], "Kari"), kari);
    assert_eq!(bench.decided(by(&leader), revoke(&doors[0])), Ok(Answer::Done));
    let admit = Command::Admit {
        participant: kari.clone(),
        admit: true,
    };
    assert_eq!(
        bench.decided(by(&leader), admit),
        Ok(Answer::Done),
        "there is nothing left to give"
    );
    assert_eq!(bench.decided(by(&kari), new_case()), refused(Refused::NotAllowed));
    assert_eq!(
        participant_row(&bench, &kari).grants,
        Grants::from(Grant::Viewer),
        "what she had is hers"
    );
    bench.person_by(&doors[1], "Kari");
    assert_eq!(bench.decided(by(&leader), revoke(&reads)), Ok(Answer::Done));
    assert_eq!(
        participant_row(&bench, &kari).grants,
        Grants::NONE,
        "she came by the link that was taken back"
    );
}

#[test]
fn h7_a_lobby_holds_so_many_and_has_room_again_when_somebody_was_answered() {
    let mut bench = Bench::new();
    let terms = LinkTerms {
        lobby: true,
        ..LinkTerms::default()
    };
    let link = bench.new_link_with(Grant::Viewer, terms);
    let first = bench.person_by(&link, "Kari");
    (1..LOBBY_PEOPLE_MAX).for_each(|n| drop(bench.person_by(&link, &format!("{n} er gjest"))));
    assert_eq!(
        bench.decided(Caller::Server, join(&link, "Ola")),
        refused(Refused::LobbyFull)
    );
    bench.done(Command::Admit {
        participant: first,
        admit: false,
    });
    bench.person_by(&link, "Ola");
}

#[test]
fn h7_a_link_ends_by_its_time_and_its_uses_and_is_closed_without_anybody_losing_anything() {
    let mut bench = Bench::new();
    let leader = bench.person("Leder", Grant::Facilitator);
    let terms = LinkTerms {
        hours: Some(4),
        uses_max: Some(2),
        lobby: false,
    };
    let few = bench.new_link_with(Grant::Editor, terms);
    let kari = bench.person_by(&few, "Kari");
    let set_closed = |link: &LinkId, closed| Command::SetClosed {
        link: link.clone(),
        closed,
    };
    assert_eq!(
        bench.decided(by(&kari), set_closed(&few, true)),
        refused(Refused::NotAllowed)
    );
    assert_eq!(
        bench.decided(by(&leader), set_closed(&few, true)),
        Ok(Answer::Done)
    );
    assert_eq!(
        bench.decided(Caller::Server, join(&few, "Ola")),
        refused(Refused::LinkClosed)
    );
    assert!(
        matches!(bench.decided(by(&kari), new_case()), Ok(Answer::Case { .. })),
        "who is in stays in"
    );
    bench.done(set_closed(&few, false));
    bench.person_by(&few, "Ola");
    assert_eq!(
        bench.decided(Caller::Server, join(&few, "Per")),
        refused(Refused::LinkUsedUp)
    );
    let long = bench.new_link_with(
        Grant::Editor,
        LinkTerms {
            uses_max: None,
            ..terms
        },
    );
    bench.now += 4 * 3_600_000 - 1;
    bench.person_by(&long, "Siri");
    bench.now += 1;
    assert_eq!(
        bench.decided(Caller::Server, join(&long, "Turid")),
        refused(Refused::LinkOver)
    );
    for terms in [
        LinkTerms {
            hours: Some(0),
            ..terms
        },
        LinkTerms {
            uses_max: Some(0),
            ..terms
        },
    ] {
        let command = Command::CreateLink {
            rights: Grant::Viewer.into(),
            label: String::new(),
            secret_digests: vec!["d".into()],
            terms,
        };
        assert_eq!(bench.decided(by(&leader), command), refused(Refused::BadText));
    }
}
