//! Plain typing is stored before automerge applies it, so what counts as such must be what automerge takes (F1).

use crate::bench::Bench;
use crate::tab::Tab;
use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, Change, ExpandedChange, ObjType, ROOT, ReadDoc, ScalarValue};
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use samverk::firewall::{Footprint, History, Texts, Verdict, contain, vet};
use samverk_shared::access::Grant;
use std::num::NonZeroU64;

const SEEDS: u64 = 40;
const STRANGE_CHANGES: u64 = 150;

/// A document with two texts, a list and a map, by three actors; and all that its changes have told of it.
struct Place {
    document: Automerge,
    history: History,
    texts: Texts,
    objects: Vec<OpId>,
    /// With the object each is in.
    elements: Vec<(OpId, OpId)>,
}

impl Place {
    fn new() -> Place {
        let mut document = Automerge::new().with_actor(ActorId::from([1; 16]));
        let mut tx = document.transaction();
        for name in ["text", "other"] {
            let text = tx.put_object(ROOT, name, ObjType::Text).expect("a text");
            tx.splice_text(&text, 0, 0, "Nabohjelp").expect("words");
        }
        let list = tx.put_object(ROOT, "list", ObjType::List).expect("a list");
        tx.insert(&list, 0, "first").expect("an element");
        tx.put_object(ROOT, "map", ObjType::Map).expect("a map");
        tx.commit();
        let mut place = Place {
            document: Automerge::new(),
            history: History::default(),
            texts: Texts::default(),
            objects: Vec::new(),
            elements: Vec::new(),
        };
        document.get_changes(&[]).iter().for_each(|change| {
            place.history.accept(change, Footprint::default());
            place.apply(change);
        });
        place
    }

    fn apply(&mut self, change: &Change) {
        self.document
            .apply_changes([change.clone()])
            .expect("it was accepted");
        self.history.applied([change.hash()].into_iter());
        self.history.settle();
        self.texts.learn(&self.document, change);
        let expanded = change.decode();
        for (number, op) in (expanded.start_op.get()..).zip(&expanded.operations) {
            let id = OpId::new(number, &expanded.actor_id);
            match (&op.action, &op.obj) {
                (OpType::Make(_), _) => self.objects.push(id),
                (_, ObjectId::Id(object)) if op.insert => self.elements.push((object.clone(), id)),
                _ => {}
            }
        }
    }

    /// A change of one to four operations that are now and then what a client would write.
    fn strange(&self, random: &mut ChaCha8Rng) -> Change {
        let actor = ActorId::from([random.random_range(2..5); 16]);
        let newest = self
            .document
            .get_changes(&[])
            .iter()
            .filter(|c| *c.actor_id() == actor)
            .count();
        let last = self.document.get_changes(&[]).iter().map(Change::max_op).max();
        let start = last.unwrap_or(0) + random.random_range(1..3);
        let mut own = Vec::new();
        let operations = (0..random.random_range(1..=4)).map(|n| {
            own.push(OpId::new(start + n, &actor));
            self.operation(random, &own)
        });
        let operations: Vec<Op> = operations.collect();
        let mut expanded = ExpandedChange {
            operations,
            actor_id: actor,
            hash: None,
            seq: newest as u64 + 1,
            start_op: NonZeroU64::new(start).expect("above nought"),
            time: 0,
            message: None,
            deps: self.document.get_heads(),
            extra_bytes: Vec::new(),
            author: None,
        };
        match random.random_range(0..30) {
            0 => expanded.extra_bytes = vec![7],
            1 => expanded.message = Some("what for".to_owned()),
            _ => {}
        }
        Change::from(expanded)
    }

    fn operation(&self, random: &mut ChaCha8Rng, own: &[OpId]) -> Op {
        let (object, element) = self.elements.choose(random).expect("elements").clone();
        let object = match random.random_range(0..40) {
            0 => ObjectId::Root,
            1 => ObjectId::Id(OpId::new(77, &ActorId::from([1; 16]))),
            2..5 => ObjectId::Id(self.objects.choose(random).expect("objects").clone()),
            _ => ObjectId::Id(object),
        };
        let element = match random.random_range(0..20) {
            0 => OpId::new(
                random.random_range(1..99),
                &ActorId::from([random.random_range(1..9); 16]),
            ),
            1..4 => own.choose(random).expect("its own").clone(),
            _ => element,
        };
        let insert = random.random_bool(0.6);
        let action = match random.random_range(0..40) {
            0 => OpType::Put(ScalarValue::Int(4)),
            1 => OpType::Put(ScalarValue::Str("".into())),
            2 => OpType::Increment(1),
            3 => OpType::Make(ObjType::Text),
            _ if insert => OpType::Put(ScalarValue::Str("å".into())),
            _ => OpType::Delete,
        };
        let key = match random.random_range(0..20) {
            0 => Key::Map("key".into()),
            1 => Key::head(),
            _ => Key::Seq(ElementId::Id(element.clone())),
        };
        let pred = match random.random_range(0..20) {
            0 => vec![own[0].clone()],
            1 => vec![element, own[0].clone()],
            _ if insert => Vec::new(),
            _ => vec![element],
        };
        Op {
            action,
            obj: object,
            key,
            pred: pred.into(),
            insert,
        }
    }
}

/// Panics unless automerge takes the change, gives it back, and loads what it saves then.
fn automerge_takes(document: &Automerge, change: &Change, story: &str) {
    let mut fork = document.fork();
    let applied = contain(|| fork.apply_changes([change.clone()]).map_err(|e| e.to_string()));
    assert_eq!(applied, Ok(Ok(())), "{story}");
    let back = fork.get_change_by_hash(&change.hash());
    assert_eq!(
        back.as_ref().map(Change::raw_bytes),
        Some(change.raw_bytes()),
        "{story}"
    );
    let loaded = Automerge::load(&fork.save()).unwrap_or_else(|e| panic!("{story}: {e}"));
    assert_eq!(loaded.get_heads(), fork.get_heads(), "{story}");
}

#[test]
fn f1_what_counts_as_plain_typing_automerge_applies_and_gives_back() {
    let (mut taken, mut made) = (0, 0);
    for seed in 0..SEEDS {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut place = Place::new();
        for _ in 0..STRANGE_CHANGES {
            let change = place.strange(&mut random);
            made += 1;
            let Verdict::Accept { change, footprint } = vet(&place.document, &place.history, change) else {
                continue;
            };
            place.history.accept(&change, footprint);
            if !place.history.is_doubtful() && place.texts.take(&change) {
                taken += 1;
                let story = format!("seed {seed}: {:?}", change.decode());
                automerge_takes(&place.document, &change, &story);
                place.apply(&change);
            }
            place.history.take_back(0);
            place.history.settle();
        }
    }
    assert!(
        taken * 10 > made,
        "{taken} of {made} were typing: too few to say anything"
    );
}

/// Somebody types, change by change, and takes a character back now and then.
fn type_words(tab: &mut Tab, words: &str) {
    let (_, text) = tab.doc.get(ROOT, "facts").expect("a map").expect("the facts");
    let (_, text) = tab.doc.get(&text, "name").expect("a map").expect("the name");
    for word in words.split_inclusive(' ') {
        let end = tab.doc.length(&text);
        let mut tx = tab.doc.transaction();
        tx.splice_text(&text, end, 0, word).expect("words");
        tx.splice_text(&text, end, 1, "").expect("a character less");
        tx.commit();
    }
}

#[test]
fn f1_a1_typing_is_stored_before_automerge_applies_it_and_is_there_for_who_comes_later() {
    let mut bench = Bench::new();
    let people = ["Kari", "Ola", "Per"].map(|name| bench.person(name, Grant::Editor));
    let [mut kari, mut ola] = bench.open_tabs([&people[0], &people[1]]);
    for round in 0..5 {
        for tab in [&mut kari, &mut ola] {
            type_words(tab, &format!("runde {round} går bra "));
        }
        bench.sync_all(&mut [&mut kari, &mut ola]);
    }
    assert!(bench.counter("batches_put_off") >= 4);
    assert_eq!(kari.doc.get_heads(), ola.doc.get_heads());
    assert_eq!(bench.stored().get_heads(), kari.doc.get_heads());

    type_words(&mut kari, "mens Per kommer ");
    let [mut per] = bench.open_tabs([&people[2]]);
    bench.sync_all(&mut [&mut kari, &mut ola, &mut per]);
    assert_eq!(per.doc.get_heads(), kari.doc.get_heads());
    assert!(kari.is_saved() && ola.is_saved());
}
