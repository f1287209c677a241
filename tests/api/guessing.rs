//! Ten thousand guessed document ids: one that is hidden answers like one that is nowhere (Y8).

use crate::browser::Site;
use crate::joining::link;
use crate::peer::Line;
use crate::world::{change_by, filled, row};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha12Rng;
use samverk::wire;
use samverk_shared::access::{Audience, Facts, Kind, State};
use samverk_shared::ids::{DocumentId, ParticipantId, WorkshopId};
use samverk_shared::limits::OPEN_DOCUMENTS_MAX;
use serde_json::json;

/// Ids that are guessed, half of them right.
const GUESSES: usize = 10_000;
/// Guesses of one connection: it may not ask for more documents than `OPEN_DOCUMENTS_MAX`.
const BY_ONE: usize = 2_500;
const _: () = assert!(BY_ONE < OPEN_DOCUMENTS_MAX && GUESSES.is_multiple_of(BY_ONE));

/// What a reviewer knows nothing of: sealed documents of others, and what the team keeps to itself.
fn hidden(number: usize) -> Facts {
    let (kind, audience) = match number % 4 {
        0 => (Kind::Sealed, Audience::Owner),
        1 => (Kind::Team, Audience::Members),
        2 => (Kind::Case, Audience::Team),
        _ => (Kind::Board, Audience::Group),
    };
    Facts {
        kind,
        audience,
        state: State::Open,
    }
}

/// Open to every member of its workshop.
const OPEN: Facts = Facts {
    kind: Kind::Case,
    audience: Audience::Members,
    state: State::Open,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn y8_of_ten_thousand_guessed_ids_none_answers_differently_whether_it_is_hidden_or_nowhere() {
    let mut rng = ChaCha12Rng::seed_from_u64(15);
    let mut fresh = || {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        DocumentId::from_random(bytes)
    };
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let other = owner
        .post("/api/v1/workshops", json!({ "title": "Skred", "purpose": "" }))
        .await;
    let other: WorkshopId = other.json()["workshop"].as_str().unwrap().parse().unwrap();
    let (_, secret) = link(&mut owner, &workshop, "reviewer").await;
    let mut guesser = site.browser();
    let me = guesser.join(&secret, "Gjetter").await.json();
    let me: ParticipantId = me["participant"].as_str().unwrap().parse().unwrap();
    let workshop: WorkshopId = workshop.parse().unwrap();

    let real: Vec<DocumentId> = (0..GUESSES / 2).map(|_| fresh()).collect();
    let (mut here, mut there) = (Vec::new(), Vec::new());
    for (number, document) in real.iter().enumerate() {
        match number % 2 {
            0 => here.push(row(*document, number as u64, hidden(number / 2))),
            _ => there.push(row(*document, number as u64, OPEN)),
        }
    }
    let visible = fresh();
    here.push(row(visible, GUESSES as u64, OPEN));
    let site = filled(site, &[(&workshop, &here), (&other, &there)]).await;
    guesser.addr = site.server.addr;

    // Right and wrong guesses take turns, and all are asked in one order.
    let guesses: Vec<DocumentId> = real.into_iter().flat_map(|real| [real, fresh()]).collect();
    let mut first = Line::join(&guesser, workshop.as_str(), format!("{me}.first")).await;
    let server = server_id(&mut first).await;
    let change = change_by(7, &me);
    // A connection that ends is told to the others, so all stay until the end.
    let mut lines = vec![first];
    for (number, guesses) in guesses.chunks(BY_ONE).enumerate() {
        let mut line = Line::join(&guesser, workshop.as_str(), format!("{me}.{number}")).await;
        line.until_probed().await;
        for guess in guesses {
            line.ask(*guess).await;
            line.bring(*guess, &change).await;
            line.show(*guess, b"here").await;
            line.claim(*guess, &change.actor_id().to_hex_string()).await;
            let expected = wire::doc_unavailable(&server, &line.peer, &guess.to_string());
            for asked in ["a question", "a change"] {
                assert_eq!(
                    line.next_bytes().await,
                    expected,
                    "{guess} as an answer to {asked}"
                );
            }
        }
        assert_eq!(
            line.until_probed().await.len(),
            0,
            "presence and claims are answered by nobody"
        );
        lines.push(line);
    }
    let mut line = Line::join(&guesser, workshop.as_str(), format!("{me}.last")).await;
    line.ask(visible).await;
    while line.next().await.kind != "sync" {}
}

/// The name under which the server sends.
async fn server_id(line: &mut Line) -> String {
    let nowhere = DocumentId([1; 16]);
    line.ask(nowhere).await;
    loop {
        let frame = line.next().await;
        if frame.kind == "doc-unavailable" {
            return frame.sender_id;
        }
    }
}
