//! [R25] How far the claims of models reach, over HTTP: readers get each claim without its model, each reader in an order
//! of their own (P3), and what they said decides what it is.

use crate::browser::Browser;
use crate::collections::Room;
use crate::joining::link;
use crate::peer::Line;
use automerge::transaction::Transactable;
use automerge::{Automerge, AutomergeError, ObjType, ROOT, ReadDoc};
use samverk_shared::ids::DocumentId;
use samverk_shared::limits::NOTE_CHARS_MAX;
use serde_json::{Value, json};

/// Somebody with a browser and a connection.
struct Writer {
    browser: Browser,
    participant: String,
    line: Line,
    actor: u8,
}

impl Writer {
    async fn new(room: &mut Room, grant: &str, actor: u8) -> Writer {
        let (_, secret) = link(&mut room.owner, &room.workshop, grant).await;
        let mut browser = room.site.browser();
        let me = browser.join(&secret, &format!("{grant} {actor}")).await.json();
        let participant = me["participant"].as_str().unwrap().to_owned();
        let line = Line::join(&browser, &room.workshop, format!("{participant}.1")).await;
        Writer {
            browser,
            participant,
            line,
            actor,
        }
    }

    async fn write(
        &mut self,
        document: &Value,
        write: impl FnOnce(&mut automerge::transaction::Transaction<'_>) -> Result<(), AutomergeError>,
    ) {
        let document: DocumentId = document.as_str().unwrap().parse().unwrap();
        // Each writing is an actor of its own, as it begins from what the server has.
        self.actor += 10;
        let actor = [self.actor; 16];
        let written = |held: &mut Automerge| {
            let done = held.transact::<_, (), AutomergeError>(write);
            done.unwrap();
        };
        self.line.write(document, actor, written).await;
    }
}

/// A model with these claims, under the keys k0, k1 and so on: its subject and its document.
async fn model(kari: &mut Writer, room: &Room, name: &str, claims: &[&str]) -> (String, Value) {
    let made = kari
        .browser
        .post(&room.at("models"), json!({ "name": name }))
        .await
        .json();
    kari.write(&made["document"], |tx| {
        let (_, list) = tx.get(ROOT, "claims")?.unwrap();
        for (place, text) in claims.iter().enumerate() {
            let claim = tx.put_object(&list, format!("k{place}"), ObjType::Map)?;
            tx.put(&claim, "kind", "strength")?;
            tx.put(&claim, "order", format!("{place:04}"))?;
            let words = tx.put_object(&claim, "text", ObjType::Text)?;
            tx.splice_text(&words, 0, 0, text)?;
        }
        Ok(())
    })
    .await;
    (
        made["subject"].as_str().unwrap().to_owned(),
        made["document"].clone(),
    )
}

fn about(models: &[&str]) -> Value {
    json!({
        "title": "Hvor langt rekker utsagnene?", "kind": "ratings", "items": [], "low": 0, "high": 2,
        "about": { "purpose": "balance", "models": models },
    })
}

/// The claims as somebody is shown them, each with its key.
async fn shown(who: &mut Browser, room: &Room) -> Vec<(String, String)> {
    let listed = who.get(&room.at("collections")).await.json();
    let items = listed["collections"][0]["items"].as_array().unwrap();
    let word = |item: &Value, key: &str| item[key].as_str().unwrap().to_owned();
    items
        .iter()
        .map(|item| (word(item, "key"), word(item, "label")))
        .collect()
}

/// Says how far each claim reaches, by the words it has.
async fn say(reader: &mut Writer, room: &Room, id: &str, reach: impl Fn(&str) -> i64) {
    let claims = shown(&mut reader.browser, room).await;
    let part = room.at(&format!("collections/{id}/part"));
    let part = reader.browser.post(&part, json!({})).await.json();
    reader
        .write(&part["document"], |tx| {
            let (_, ratings) = tx.get(ROOT, "ratings")?.unwrap();
            for (key, words) in claims {
                let (_, item) = tx.get(&ratings, key)?.unwrap();
                tx.put(&item, "score", reach(&words))?;
            }
            Ok(())
        })
        .await;
}

/// Says why of a claim, by its words; the claim has been placed.
async fn say_why(reader: &mut Writer, room: &Room, id: &str, claim: &str, why: &str) {
    let claims = shown(&mut reader.browser, room).await;
    let (key, _) = claims.into_iter().find(|(_, words)| words == claim).unwrap();
    let part = room.at(&format!("collections/{id}/part"));
    let part = reader.browser.post(&part, json!({})).await.json();
    reader
        .write(&part["document"], |tx| {
            let (_, ratings) = tx.get(ROOT, "ratings")?.unwrap();
            let (_, item) = tx.get(&ratings, key)?.unwrap();
            let (_, reason) = tx.get(&item, "reason")?.unwrap();
            tx.splice_text(&reason, 0, 0, why)
        })
        .await;
}

async fn reveal(room: &mut Room, id: &str) {
    let closed = room.at(&format!("collections/{id}/closed"));
    assert_eq!(
        room.owner.put(&closed, json!({ "closed": true })).await.status,
        204
    );
    let revealed = room.at(&format!("collections/{id}/reveal"));
    assert_eq!(
        room.owner.post(&revealed, json!({ "named": false })).await.status,
        204
    );
}

const BUY: [&str; 7] = [
    "Ledelsen vil det",
    "Risikoen senkes",
    "Bare i Bodø",
    "Behovet stilles åpent",
    "Trang inngang",
    "Noen vil kjøpe",
    "Flere har samme behov",
];

/// All say that leadership holds for nearly all and that one thing is only in Bodø; the rest sets the model apart.
fn reach(words: &str) -> i64 {
    match words {
        "Ledelsen vil det" => 0,
        "Bare i Bodø" => 2,
        _ => 1,
    }
}

#[tokio::test]
async fn r25_p3_readers_get_claims_without_their_model_and_in_an_order_of_their_own_until_it_is_revealed() {
    let mut room = Room::new().await;
    let mut kari = Writer::new(&mut room, "editor", 1).await;
    let (buy, _) = model(&mut kari, &room, "Bestille det som ikke finnes", &BUY).await;
    let (near, _) = model(&mut kari, &room, "Nabolaget", &["Naboer hjelper"]).await;
    let id = room.open(about(&[&buy, &near])).await;
    let mut readers = Vec::new();
    for actor in 2..5 {
        readers.push(Writer::new(&mut room, "reviewer", actor).await);
    }

    let mut orders = Vec::new();
    for reader in &mut readers {
        let list = reader.browser.get(&room.at("collections")).await;
        let text = String::from_utf8_lossy(&list.body).into_owned();
        for hidden in [&buy, &near, "Bestille", "\"k0\""] {
            assert!(!text.contains(hidden), "{hidden} in {text}");
        }
        assert_eq!(list.json()["collections"][0]["answered"], Value::Null);
        let about = &list.json()["collections"][0]["about"];
        assert_eq!(
            (&about["models"], &about["claims"]["c1"]),
            (&json!([]), &json!({ "kind": "strength" }))
        );
        let order = shown(&mut reader.browser, &room).await;
        assert_eq!(
            order,
            shown(&mut reader.browser, &room).await,
            "it stays as it is"
        );
        orders.push(order);
    }
    assert!(
        orders.iter().any(|order| *order != orders[0]),
        "three readers, eight claims, one order"
    );
    for order in &mut orders {
        order.sort();
    }
    assert!(
        orders.iter().all(|order| order.len() == 8 && *order == orders[0]),
        "all get the same claims"
    );

    for reader in &mut readers {
        say(reader, &room, &id, reach).await;
    }
    let claims = room.at(&format!("views/models/claims?model={buy}"));
    let before = kari.browser.get(&claims).await.json();
    assert_eq!(before["models"][0]["unclassed"], 7, "nothing is told before");
    reveal(&mut room, &id).await;
    let listed = kari.browser.get(&room.at("collections")).await.json();
    assert_eq!(
        listed["collections"][0]["about"]["models"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(
        listed["collections"][0]["answered"],
        json!({ "people": 3, "groups": 1 }),
        "numbers, and no names"
    );
    let outcome = kari
        .browser
        .get(&room.at(&format!("collections/{id}/outcome")))
        .await;
    let reaches = outcome.json()["reach"].clone();
    assert_eq!(reaches.as_array().unwrap().len(), 8);
    assert!(
        reaches
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["median"].is_number())
    );
}

#[tokio::test]
async fn r25_p3_why_a_claim_holds_only_here_is_told_once_it_is_revealed_without_who_said_it_and_no_longer_than_counts()
 {
    let mut room = Room::new().await;
    let mut kari = Writer::new(&mut room, "editor", 1).await;
    let (buy, _) = model(&mut kari, &room, "Bestille det som ikke finnes", &BUY).await;
    let id = room.open(about(&[&buy])).await;
    let long = format!("gjelder bare havner {}", "x".repeat(2 * NOTE_CHARS_MAX));
    let mut people = Vec::new();
    for (actor, claim, why) in [
        (2, "Bare i Bodø", "gjelder bare kommuner med eget havnevesen"),
        (3, "Bare i Bodø", long.as_str()),
        (4, "Risikoen senkes", "vi har sett det før"),
    ] {
        let mut reader = Writer::new(&mut room, "reviewer", actor).await;
        say(&mut reader, &room, &id, reach).await;
        say_why(&mut reader, &room, &id, claim, why).await;
        people.push(reader.participant);
    }
    let claims = room.at(&format!("views/models/claims?model={buy}"));
    let outcome = room.at(&format!("collections/{id}/outcome"));
    for path in [&claims, &outcome, &room.at("collections")] {
        let told = kari.browser.get(path).await;
        let text = String::from_utf8_lossy(&told.body).into_owned();
        assert!(!text.contains("havne"), "{path}: {text}");
    }
    reveal(&mut room, &id).await;

    let told = kari.browser.get(&claims).await;
    let text = String::from_utf8_lossy(&told.body).into_owned();
    assert!(people.iter().all(|who| !text.contains(who)), "{text}");
    let view = told.json();
    let of = |key: &str| {
        let all = view["models"][0]["claims"].as_array().unwrap();
        all.iter().find(|one| one["claim"] == key).unwrap()["said"]["only_here"].clone()
    };
    let reasons = of("k2");
    let mut lengths: Vec<usize> = reasons
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["reason"].as_str().unwrap().chars().count())
        .collect();
    lengths.sort_unstable();
    assert_eq!(lengths, [41, NOTE_CHARS_MAX]);
    assert_eq!(
        of("k1"),
        json!([]),
        "who says that it is of this kind gives no such reason"
    );
}

#[tokio::test]
async fn r25_the_median_makes_the_bar_of_each_model_and_other_words_are_told_from_those_that_were_read() {
    let mut room = Room::new().await;
    let mut kari = Writer::new(&mut room, "editor", 1).await;
    let (buy, document) = model(&mut kari, &room, "Bestille det som ikke finnes", &BUY).await;
    let (near, _) = model(&mut kari, &room, "Nabolaget", &["Naboer hjelper"]).await;
    let id = room.open(about(&[&buy, &near])).await;
    for actor in 2..5 {
        let mut reader = Writer::new(&mut room, "reviewer", actor).await;
        say(&mut reader, &room, &id, reach).await;
    }
    reveal(&mut room, &id).await;
    let claims = room.at(&format!("views/models/claims?model={buy}"));
    let of = |view: &Value, class: &str| {
        let classes = view["models"][0]["classes"].as_array().unwrap().clone();
        classes.iter().find(|one| one["class"] == class).unwrap()["claims"].clone()
    };
    let view = kari.browser.get(&claims).await.json();
    assert_eq!(
        ["self-evident", "distinctive", "too-local"].map(|class| of(&view, class)),
        [1, 5, 1].map(Value::from)
    );
    let first = &view["models"][0]["claims"][0];
    assert_eq!(
        (&first["claim"], &first["said"]["readers"]),
        (&json!("k0"), &json!(3))
    );
    assert_eq!(first["said"]["reach"]["counts"], json!([3, 0, 0]));
    let all = kari.browser.get(&room.at("views/models/claims")).await.json();
    assert_eq!(all["models"].as_array().unwrap().len(), 2);
    assert_eq!(
        all["models"][0]["claims"],
        json!([]),
        "all models are counted only"
    );

    kari.write(&document, |tx| {
        let (_, list) = tx.get(ROOT, "claims")?.unwrap();
        let (_, claim) = tx.get(&list, "k0")?.unwrap();
        let (_, words) = tx.get(&claim, "text")?.unwrap();
        tx.splice_text(&words, 0, 0, "Nesten alltid: ")?;
        let (_, moved) = tx.get(&list, "k2")?.unwrap();
        tx.put(&moved, "place", "local")
    })
    .await;
    let view = kari.browser.get(&claims).await.json();
    let model = &view["models"][0];
    assert_eq!(model["claims"][0]["said"]["of_other_words"], "Ledelsen vil det");
    assert_eq!(
        (
            &model["unclassed"],
            of(&view, "self-evident"),
            of(&view, "too-local")
        ),
        (&json!(1), json!(0), json!(0)),
        "its readers read other words, and what is a note is no part of the bar"
    );
    let again = room
        .owner
        .post(&room.at("collections"), json!({ "earlier": id }))
        .await;
    assert_eq!(again.status, 201);
    let asked = shown(&mut kari.browser, &room).await;
    assert_eq!(asked.len(), 7, "the note is not asked about");
    assert!(
        asked
            .iter()
            .any(|(_, words)| words == "Nesten alltid: Ledelsen vil det"),
        "the words of now"
    );
}

#[tokio::test]
async fn r25_p1_claims_of_a_model_for_the_team_are_asked_of_the_team_and_a_model_without_claims_asks_nothing()
{
    let mut room = Room::new().await;
    let mut kari = Writer::new(&mut room, "editor", 1).await;
    let (buy, _) = model(&mut kari, &room, "Bestille", &BUY).await;
    let (empty, _) = model(&mut kari, &room, "Tom", &[]).await;
    let mut reviewer = room.person("reviewer").await;
    let list = room.at("collections");
    for (models, status, problem) in [
        (vec![empty.as_str()], 409, "claim-count"),
        (vec![], 409, "claim-count"),
        (vec!["0123456789abcdef"], 404, "not-found"),
    ] {
        let refused = room.owner.post(&list, about(&models)).await;
        assert_eq!(
            (refused.status, refused.problem().as_str()),
            (status, problem),
            "{models:?}"
        );
    }
    let denied = kari.browser.post(&list, about(&[&buy])).await;
    assert_eq!(denied.status, 403, "who leads asks");
    let audience = room.at(&format!("subjects/{buy}/audience"));
    let team = room.owner.put(&audience, json!({ "audience": "team" })).await;
    assert_eq!(team.status, 204);
    room.open(about(&[&buy])).await;
    assert_eq!(reviewer.get(&list).await.json()["collections"], json!([]));
    assert_eq!(
        kari.browser.get(&list).await.json()["collections"][0]["team"],
        true
    );
    let claims = room.at(&format!("views/models/claims?model={buy}"));
    assert_eq!(reviewer.get(&claims).await.status, 404);
    assert_eq!(kari.browser.get(&claims).await.status, 200);
}
