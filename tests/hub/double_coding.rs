//! Blind double coding (R3): sealed until it is revealed (P3), settled by the server on behalf of who decides (G1, P2).

// A test that cannot go on ends where it is.
#![allow(clippy::unwrap_used)]

use crate::bench::Bench;
use crate::collections::{by, close, read, refused, reveal, take_part};
use crate::tab::Tab;
use automerge::transaction::Transactable;
use automerge::{ROOT, ReadDoc};
use samverk::hub::rows::{self, How, RunRow, SettledRow};
use samverk::hub::{Answer, Caller, Choice, Command, Refused, Settling};
use samverk::store::{Records, Table};
use samverk_shared::access::{Grant, State};
use samverk_shared::case::{Coding, CodingState, Confidence};
use samverk_shared::characteristic::defaults;
use samverk_shared::collection::{Ask, Content, Outcome, Question};
use samverk_shared::document::read::read_case;
use samverk_shared::ids::{CollectionId, ParticipantId, SubjectId};

const SECRET: &str = "bare jeg tror dette";
const KEYS: [&str; 2] = ["scope", "innovation_object"];

fn question(bench: &Bench, coders: &[&ParticipantId]) -> Question {
    Question {
        title: "Koder vi likt?".into(),
        prompt: String::new(),
        about: None,
        ask: Ask::Codings {
            cases: vec![bench.subject.clone()],
            characteristics: KEYS.map(str::to_owned).to_vec(),
            coders: coders.iter().map(|who| (*who).clone()).collect(),
        },
    }
}

struct Asked {
    cases: Vec<SubjectId>,
    characteristics: Vec<String>,
    coders: Vec<ParticipantId>,
}

fn open(question: Question) -> Command {
    Command::OpenCollection {
        question,
        team: false,
        named: false,
        earlier: None,
    }
}

fn opened(bench: &mut Bench, coders: &[&ParticipantId]) -> CollectionId {
    match bench.done(open(question(bench, coders))) {
        Answer::Collection { collection } => collection,
        other => panic!("{other:?}"),
    }
}

/// The tab codes a case as one of several values, with a note.
fn code(bench: &mut Bench, tab: &mut Tab, case: &SubjectId, key: &str, value: &str, note: &str) {
    let at = |doc: &automerge::Automerge, parent: &automerge::ObjId, key: &str| {
        doc.get(parent, key).unwrap().unwrap().1
    };
    let codings = at(&tab.doc, &ROOT, "codings");
    let item = at(&tab.doc, &at(&tab.doc, &codings, case.as_str()), key);
    let (words, values) = (at(&tab.doc, &item, "note"), at(&tab.doc, &item, "values"));
    let mut tx = tab.doc.transaction();
    tx.put(&item, "state", "coded").unwrap();
    if key == "innovation_object" {
        tx.put(&values, value, true).unwrap();
    } else {
        tx.put(&item, "value", value).unwrap();
    }
    tx.update_text(&words, note).unwrap();
    tx.commit();
    bench.sync(tab);
}

/// Kari and Ola agree on the scope and differ on the object.
fn revealed(bench: &mut Bench) -> (CollectionId, [ParticipantId; 2]) {
    let coders = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Editor));
    let collection = opened(bench, &[&coders[0], &coders[1]]);
    let case = bench.subject.clone();
    for (who, object) in coders.iter().zip(["vare", "tjeneste"]) {
        let mut tab = take_part(bench, &collection, who);
        code(bench, &mut tab, &case, "scope", "okosystem", "mange parter");
        code(bench, &mut tab, &case, "innovation_object", object, SECRET);
    }
    bench.done(close(&collection, true));
    bench.done(reveal(&collection, true));
    (collection, coders)
}

fn settle(bench: &Bench, collection: &CollectionId, key: &str, choice: Choice, seen: Coding) -> Command {
    Command::Settle {
        collection: collection.clone(),
        settling: Box::new(Settling {
            case: bench.subject.clone(),
            characteristic: key.into(),
            choice,
            seen,
        }),
    }
}

fn coding(bench: &Bench, key: &str) -> Coding {
    read_case(&bench.stored(), defaults()).0.codings[key].clone()
}

fn coded(value: &str) -> Coding {
    Coding {
        state: CodingState::Coded,
        value: Some(value.into()),
        ..Coding::default()
    }
}

fn settled(bench: &Bench, collection: &CollectionId) -> Vec<SettledRow> {
    let prefix = format!("{}/{collection}/", bench.workshop);
    let found = bench.store.scan(Table::Settled, &prefix).unwrap();
    found
        .iter()
        .map(|(key, record)| rows::read(key, record).unwrap())
        .collect()
}

#[test]
fn r3_p3_a_sealed_coding_reaches_nobody_else_and_only_who_leads_hears_that_somebody_codes() {
    let mut bench = Bench::new();
    let liv = bench.person("Liv", Grant::Facilitator);
    let [kari, ola, per] = ["Kari", "Ola", "Per"].map(|name| bench.person(name, Grant::Editor));
    let collection = opened(&mut bench, &[&kari, &ola]);
    let others = [&liv, &ola, &per].map(|who| bench.tab(who));
    let mut tab = take_part(&mut bench, &collection, &kari);
    bench.tick(2_000);
    for other in &others {
        let mut spy = other.clone();
        spy.document = tab.document;
        bench.push(&mut spy);
        bench.rest();
        let answers = bench.sent_of(other, "doc-unavailable");
        assert_eq!(answers.len(), 1, "as for one that is not there");
    }
    let case = bench.subject.clone();
    code(&mut bench, &mut tab, &case, "scope", "okosystem", SECRET);
    bench.tick(2_000);
    let heard = others.each_ref().map(|other| bench.sent(other));
    for sent in heard.iter().flatten() {
        let bytes = String::from_utf8_lossy(&sent.bytes);
        for hidden in [SECRET, "okosystem", kari.as_str()] {
            assert!(!bytes.contains(hidden), "{:?}", sent.frame);
        }
    }
    assert!(
        heard[0].iter().any(|sent| sent.frame.kind == "view"),
        "who leads hears that it goes on"
    );
    assert!(
        heard[1].is_empty() && heard[2].is_empty(),
        "the others hear nothing at all"
    );
    let all = bench.store.scan(Table::Outcomes, "").unwrap();
    assert_eq!(all, [], "there is no outcome before it is revealed");
    assert_eq!(
        coding(&bench, "scope").state,
        CodingState::NotCoded,
        "nor is the case coded"
    );
}

#[test]
fn r3_p3_codings_have_names_and_what_comes_after_closing_stays_with_its_author() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let collection = opened(&mut bench, &[&kari]);
    let case = bench.subject.clone();
    let mut tab = take_part(&mut bench, &collection, &kari);
    code(&mut bench, &mut tab, &case, "scope", "okosystem", "i tide");
    bench.done(close(&collection, true));
    code(
        &mut bench,
        &mut tab,
        &case,
        "innovation_object",
        "tjeneste",
        "for sent",
    );
    assert_eq!(tab.refused.len(), 1);
    let nameless = bench.decided(Caller::Server, reveal(&collection, false));
    assert_eq!(
        nameless,
        refused(Refused::NotAllowed),
        "a coding without its coder is none"
    );
    bench.done(reveal(&collection, true));
    let outcome: Outcome = read(&bench, Table::Outcomes, &collection);
    let Content::Codings { coders } = outcome.content else {
        panic!("codings")
    };
    assert_eq!((outcome.answered, coders.len()), (1, 1));
    assert_eq!(coders[0].by, kari);
    assert_eq!(coders[0].codings[&case]["scope"].note, "i tide");
    assert!(!coders[0].codings[&case].contains_key("innovation_object"));
    let runs = format!("{}/", tab.document);
    let runs = bench.store.scan(Table::Authorship, &runs).unwrap();
    assert!(!runs.is_empty(), "who wrote it stays known");
}

#[test]
fn r3_who_is_asked_to_code_and_what_can_be_asked() {
    let mut bench = Bench::new();
    let [kari, ola] = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Editor));
    let per = bench.person("Per", Grant::Reviewer);
    let chosen = opened(&mut bench, &[&kari]);
    let all = opened(&mut bench, &[]);
    let take = |collection: &CollectionId| Command::TakePart {
        collection: collection.clone(),
    };
    for (who, may) in [
        (&kari, [true, true]),
        (&ola, [false, true]),
        (&per, [false, false]),
    ] {
        let taken = [&chosen, &all].map(|collection| bench.decided(by(who), take(collection)).is_ok());
        assert_eq!(taken, may);
    }
    let asked = |change: fn(&mut Asked)| {
        let mut question = question(&bench, &[]);
        let Ask::Codings {
            cases,
            characteristics,
            coders,
        } = question.ask
        else {
            panic!("codings")
        };
        let mut asked = Asked {
            cases,
            characteristics,
            coders,
        };
        change(&mut asked);
        question.ask = Ask::Codings {
            cases: asked.cases,
            characteristics: asked.characteristics,
            coders: asked.coders,
        };
        open(question)
    };
    let mut with_a_reviewer = question(&bench, &[&per]);
    with_a_reviewer.title = "Hvem som helst?".into();
    let commands = [
        (asked(|asked| asked.cases.clear()), Refused::BadText),
        (
            asked(|asked| asked.cases.push(asked.cases[0].clone())),
            Refused::BadText,
        ),
        (
            asked(|asked| asked.cases.push(SubjectId::from_random([77; 16]))),
            Refused::Unknown,
        ),
        (
            asked(|asked| asked.characteristics.push("galakse".into())),
            Refused::Unknown,
        ),
        (open(with_a_reviewer), Refused::Unknown),
    ];
    let default = asked(|asked| asked.characteristics.clear());
    for (command, why) in commands {
        assert_eq!(bench.decided(Caller::Server, command), refused(why));
    }
    let Answer::Collection { collection } = bench.done(default) else {
        panic!("a collection")
    };
    let row: rows::CollectionRow = read(&bench, Table::Collections, &collection);
    let Ask::Codings { characteristics, .. } = row.question.ask else {
        panic!("codings")
    };
    assert_eq!((characteristics.len(), row.team, row.named), (10, true, true));
}

#[test]
fn r3_g1_what_all_agree_on_is_taken_over_at_once_and_another_coding_is_left_alone() {
    let mut bench = Bench::new();
    let per = bench.person("Per", Grant::Editor);
    let viewer = bench.person("Vi", Grant::Viewer);
    let (collection, _) = revealed(&mut bench);
    let agreed = || Command::SettleAgreed {
        collection: collection.clone(),
    };
    assert_eq!(bench.decided(by(&viewer), agreed()), refused(Refused::NotAllowed));
    bench.set_state(State::Closed);
    let closed = bench.decided(by(&per), agreed()).unwrap();
    assert_eq!(closed, Answer::Settled { settled: 0, left: 1 });
    bench.set_state(State::Open);
    let done = bench.decided(by(&per), agreed()).unwrap();
    assert_eq!(done, Answer::Settled { settled: 1, left: 0 });
    let scope = coding(&bench, "scope");
    assert_eq!(
        (scope.state, scope.value.as_deref()),
        (CodingState::Coded, Some("okosystem"))
    );
    assert_eq!(
        (scope.coder.as_str(), scope.note.as_str()),
        (per.as_str(), "mange parter")
    );
    assert_eq!(
        coding(&bench, "innovation_object").state,
        CodingState::NotCoded,
        "there they differ"
    );
    let rows = settled(&bench, &collection);
    assert_eq!(rows.len(), 1);
    assert_eq!((&rows[0].by, &rows[0].how), (&Some(per.clone()), &How::Agreed));
    let runs = bench
        .store
        .scan(Table::Authorship, &format!("{}/", bench.case))
        .unwrap();
    let runs = runs
        .iter()
        .map(|(key, record)| rows::read::<RunRow>(key, record).unwrap());
    assert!(
        runs.into_iter().any(|run| run.on_behalf_of == Some(per.clone())),
        "the server wrote it on behalf of who decided"
    );
    let store = std::mem::take(&mut bench.store);
    bench.restart(store);
    let again = bench.decided(by(&viewer), agreed());
    assert_eq!(again, refused(Refused::NotAllowed));
    let again = bench.done(agreed());
    assert_eq!(
        again,
        Answer::Settled { settled: 0, left: 0 },
        "also after a restart it is settled once"
    );
    assert_eq!(settled(&bench, &collection)[0].by, Some(per));
}

#[test]
fn r3_g1_another_coding_of_the_case_is_never_overwritten_unseen() {
    let mut bench = Bench::new();
    let per = bench.person("Per", Grant::Editor);
    let (collection, [kari, _]) = revealed(&mut bench);
    // Somebody codes the case by itself meanwhile.
    let own = Choice::Own(coded("enkeltprosjekt"));
    let other = settle(&bench, &collection, "scope", own, Coding::default());
    bench.decided(by(&per), other).unwrap();
    let (next, _) = revealed(&mut bench);
    let taken = bench.done(Command::SettleAgreed {
        collection: next.clone(),
    });
    assert_eq!(taken, Answer::Settled { settled: 0, left: 1 });
    assert_eq!(coding(&bench, "scope").value.as_deref(), Some("enkeltprosjekt"));
    let of_kari = Choice::Of(kari.clone());
    let unseen = settle(&bench, &collection, "scope", of_kari.clone(), Coding::default());
    assert_eq!(bench.decided(by(&per), unseen), refused(Refused::CodingChanged));
    let seen = coding(&bench, "scope");
    let looked_at = settle(&bench, &collection, "scope", of_kari, seen);
    assert_eq!(
        bench.decided(by(&per), looked_at),
        Ok(Answer::Settled { settled: 1, left: 0 })
    );
    assert_eq!(coding(&bench, "scope").value.as_deref(), Some("okosystem"));
    assert_eq!(coding(&bench, "scope").note, "mange parter");
    let rows = settled(&bench, &collection);
    assert_eq!(rows.len(), 1, "it is remembered once, as it was settled last");
    assert_eq!(rows[0].how, How::Of(kari));
}

#[test]
fn r3_a_difference_is_settled_by_one_of_the_codings_or_by_another_that_can_be() {
    let mut bench = Bench::new();
    let per = bench.person("Per", Grant::Editor);
    let (collection, [_, ola]) = revealed(&mut bench);
    let choose =
        |bench: &Bench, choice| settle(bench, &collection, "innovation_object", choice, Coding::default());
    let nobody = choose(&bench, Choice::Of(per.clone()));
    assert_eq!(bench.decided(by(&per), nobody), refused(Refused::Unknown));
    let nonsense = choose(
        &bench,
        Choice::Own(Coding {
            state: CodingState::Coded,
            values: ["romvesener".to_owned()].into(),
            ..Coding::default()
        }),
    );
    assert_eq!(bench.decided(by(&per), nonsense), refused(Refused::BadText));
    let elsewhere = settle(
        &bench,
        &collection,
        "maturity",
        Choice::Of(ola.clone()),
        Coding::default(),
    );
    assert_eq!(bench.decided(by(&per), elsewhere), refused(Refused::Unknown));
    let of_ola = choose(&bench, Choice::Of(ola));
    bench.decided(by(&per), of_ola).unwrap();
    let object = coding(&bench, "innovation_object");
    assert_eq!(
        (object.values.first().map(String::as_str), object.note.as_str()),
        (Some("tjeneste"), SECRET)
    );
    let unsure = Coding {
        state: CodingState::Unknown,
        confidence: Confidence::Usikker,
        ..Coding::default()
    };
    let third = settle(
        &bench,
        &collection,
        "innovation_object",
        Choice::Own(unsure),
        object,
    );
    bench.decided(by(&per), third).unwrap();
    let object = coding(&bench, "innovation_object");
    assert_eq!(
        (
            object.state,
            object.values.len(),
            object.note.as_str(),
            object.confidence
        ),
        (CodingState::Unknown, 0, "", Confidence::Usikker)
    );
}

#[test]
fn r3_nothing_is_settled_before_it_is_revealed_and_a_further_round_asks_the_same() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let collection = opened(&mut bench, &[&kari]);
    let agreed = Command::SettleAgreed {
        collection: collection.clone(),
    };
    assert_eq!(
        bench.decided(Caller::Server, agreed),
        refused(Refused::CollectionOpen)
    );
    let mut first = take_part(&mut bench, &collection, &kari);
    let case = bench.subject.clone();
    code(&mut bench, &mut first, &case, "scope", "okosystem", "");
    bench.done(close(&collection, true));
    bench.done(reveal(&collection, true));
    let again = Command::OpenCollection {
        question: Question {
            title: String::new(),
            prompt: String::new(),
            about: None,
            ask: Ask::Notes,
        },
        team: false,
        named: true,
        earlier: Some(collection.clone()),
    };
    let Answer::Collection { collection: next } = bench.done(again) else {
        panic!("a collection")
    };
    let row: rows::CollectionRow = read(&bench, Table::Collections, &next);
    assert_eq!((row.round, row.question), (2, question(&bench, &[&kari])));
    let second = take_part(&mut bench, &next, &kari);
    assert_ne!(second.document, first.document, "with a fresh document");
}
