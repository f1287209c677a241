//! Messages of all kinds, a million with `tests/run`, from people whose rights change all the time: nothing that is
//! stored or sent may be what the sentences deny (P1, X1).

mod messages;
mod model;
mod setup;
mod world;

use std::collections::BTreeMap;
use world::{Lie, Storm};

/// Messages in a run of this suite alone; `tests/run` asks for the million with `SAMVERK_STORM`. Two cores take some
/// 16,000 a second.
const MESSAGES: u64 = 200_000;
/// Messages of one world; the next begins with other people, documents and rights.
const BY_ONE: u64 = 5_000;

fn worlds() -> u64 {
    let asked = std::env::var("SAMVERK_STORM")
        .ok()
        .and_then(|messages| messages.parse().ok());
    asked.unwrap_or(MESSAGES) / BY_ONE
}

fn run(seed: u64, lie: Lie) -> Storm {
    let mut storm = Storm::new(seed, lie);
    storm.blow(BY_ONE);
    storm
}

#[test]
fn p1_x1_of_a_million_messages_none_stores_or_shows_what_is_denied() {
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let found: Vec<(Vec<String>, BTreeMap<String, u64>)> = std::thread::scope(|scope| {
        let part = |first: u64| {
            move || {
                let (mut broken, mut seen) = (Vec::new(), BTreeMap::new());
                for seed in (first..worlds()).step_by(threads as usize) {
                    let storm = run(seed, Lie::None);
                    broken.extend(
                        storm
                            .model
                            .broken
                            .iter()
                            .map(|what| format!("seed {seed}: {what}")),
                    );
                    for (what, times) in storm.model.seen {
                        *seen.entry(what).or_default() += times;
                    }
                }
                (broken, seen)
            }
        };
        let parts: Vec<_> = (0..threads).map(|first| scope.spawn(part(first))).collect();
        parts
            .into_iter()
            .map(|part| part.join().expect("no world panics"))
            .collect()
    });
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    for (broken, counts) in found {
        assert!(
            broken.is_empty(),
            "{} times: {:#?}",
            broken.len(),
            &broken[..broken.len().min(5)]
        );
        counts
            .into_iter()
            .for_each(|(what, times)| *seen.entry(what).or_default() += times);
    }
    // A storm in which something never happens proves nothing of it.
    for what in [
        "stored",
        "content",
        "answers",
        "news",
        "presence",
        "goodbyes",
        "doc-unavailable",
        "refused read-only",
        "refused closed",
        "refused replaced",
        "forbidden commands",
        "notices",
    ] {
        let times = seen.get(what).copied().unwrap_or_default();
        assert!(times >= worlds(), "{what} happened {times} times only: {seen:?}");
    }
}

#[test]
fn canary_a_hub_that_believes_in_rights_nobody_gave_is_caught() {
    let caught = (0..5)
        .filter(|seed| !run(*seed, Lie::OneMoreFacilitator).model.broken.is_empty())
        .count();
    assert_eq!(caught, 5);
}
