//! Whole workshops with faults, thousands of them, each from one seed (S2).

use samverk_tests::sim::{Lie, Plan, Role, World};
use std::collections::BTreeSet;

/// Seeds per run of the suite; `SAMVERK_SEEDS` asks for more.
const SEEDS: u64 = 2_000;
const STEPS: u32 = 350;

fn seeds() -> u64 {
    std::env::var("SAMVERK_SEEDS")
        .ok()
        .and_then(|seeds| seeds.parse().ok())
        .unwrap_or(SEEDS)
}

fn run(seed: u64, lie: Lie) -> World {
    let mut world = World::new(seed, Plan { steps: STEPS, lie });
    world.run();
    world
}

/// Everything that is promised, as sentences about what was broken.
fn broken(world: &World) -> Vec<String> {
    let mut broken = world.broken.clone();
    let stored = world.stored();
    if world.quarantined() > 0 {
        broken.push("a document was set aside".to_owned());
    }
    let words: BTreeSet<String> = stored.values().flat_map(automerge_keys).collect();
    for client in &world.clients {
        let role = client.role;
        let lost: Vec<&String> = client.acknowledged.difference(&words).collect();
        if !lost.is_empty() {
            broken.push(format!("{role:?}: acknowledged and lost: {lost:?}"));
        }
        let safe: BTreeSet<String> = words.union(&client.holds()).cloned().collect();
        let gone: Vec<&String> = client.made.difference(&safe).collect();
        if !gone.is_empty() {
            broken.push(format!("{role:?}: edits nobody has any more: {gone:?}"));
        }
        if matches!(role, Role::Viewer | Role::StockViewer)
            && client.made.intersection(&words).next().is_some()
        {
            broken.push(format!("{role:?}: wrote without the right to"));
        }
        let follows = !matches!(role, Role::StockViewer | Role::Hostile);
        for (document, ours) in stored.iter().filter(|_| follows) {
            let theirs = client.document(*document).map(automerge::Automerge::get_heads);
            if theirs != Some(ours.get_heads()) {
                broken.push(format!("{role:?}: has not converged on {document}"));
            }
        }
    }
    broken
}

fn automerge_keys(document: &automerge::Automerge) -> Vec<String> {
    use automerge::ReadDoc;
    document.keys(automerge::ROOT).collect()
}

#[test]
fn a1_a4_p1_s2_no_acknowledged_edit_is_lost_and_every_refusal_is_recovered() {
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let all: Vec<(u64, Vec<String>)> = std::thread::scope(|scope| {
        let parts: Vec<_> = (0..threads)
            .map(|part| {
                scope.spawn(move || {
                    let mine = (0..seeds()).filter(|seed| seed % threads == part);
                    mine.map(|seed| (seed, broken(&run(seed, Lie::None))))
                        .filter(|(_, b)| !b.is_empty())
                        .collect()
                })
            })
            .collect();
        let found: Vec<Vec<_>> = parts
            .into_iter()
            .map(|part| part.join().expect("no run panics"))
            .collect();
        found.into_iter().flatten().collect()
    });
    let first: Vec<_> = all.iter().take(5).collect();
    assert!(all.is_empty(), "{} of {} seeds: {first:#?}", all.len(), seeds());
}

#[test]
fn s2_the_same_seed_gives_the_same_bytes() {
    for seed in [3, 77] {
        let digest = |world: World| world.trace.finalize();
        assert_eq!(
            digest(run(seed, Lie::None)),
            digest(run(seed, Lie::None)),
            "seed {seed}"
        );
    }
}

#[test]
fn canary_a_server_that_acknowledges_before_it_stores_is_caught() {
    let caught = (0..20)
        .filter(|seed| !broken(&run(*seed, Lie::AcknowledgeEarly)).is_empty())
        .count();
    assert!(caught > 10, "only {caught} of 20 runs noticed");
}

#[test]
fn canary_a_server_that_lets_everybody_write_is_caught() {
    let caught = (0..10)
        .filter(|seed| !broken(&run(*seed, Lie::EverybodyWrites)).is_empty())
        .count();
    assert!(caught > 5, "only {caught} of 10 runs noticed");
}

#[test]
fn the_runs_are_wild_enough() {
    let worlds: Vec<World> = (0..20).map(|seed| run(seed, Lie::None)).collect();
    let acknowledged: usize = worlds
        .iter()
        .flat_map(|w| &w.clients)
        .map(|c| c.acknowledged.len())
        .sum();
    let kept: usize = worlds.iter().flat_map(|w| &w.clients).map(|c| c.kept.len()).sum();
    let restarts: u32 = worlds.iter().map(|w| w.restarts).sum();
    assert!(
        acknowledged > 400 && kept > 50 && restarts > 40,
        "{acknowledged} {kept} {restarts}"
    );
}
