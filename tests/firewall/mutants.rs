//! A million damaged inputs: whatever they are, the call that meets them comes back, and what was taken loads again.

use samverk_tests::memory::resident_bytes_max;
use samverk_tests::mutate::{Fate, Ground, Tally, grounds, run};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

/// In a run that names no other number (`SAMVERK_MUTANTS`), from the first or another seed (`SAMVERK_MUTANTS_FROM`).
const INPUTS: u64 = 1_000_000;
const THREADS: u64 = 2;
/// Inputs a thread tries between two signs of life.
const BATCH: u64 = 1_000;
/// How long a batch may take on a machine that does other things too: none of its inputs takes a tenth of a second.
const SILENCE_MAX: Duration = Duration::from_secs(120);
/// The documents at hand, and what one input may need.
const GROWTH_BYTES_MAX: u64 = 256 * 1024 * 1024;

#[test]
fn f1_a_million_damaged_inputs_leave_every_document_whole() {
    let inputs = asked_for("SAMVERK_MUTANTS").unwrap_or(INPUTS);
    let seeds = asked_for("SAMVERK_MUTANTS_FROM").unwrap_or(0);
    // Thousands of contained panics are not worth their backtraces.
    std::panic::set_hook(Box::new(|_| {}));
    let before = resident_bytes_max();
    let mut tally = Tally::default();
    let (sender, batches) = channel();
    let current: Vec<Arc<AtomicU64>> = (0..THREADS).map(|_| Arc::default()).collect();
    for (first, current) in (0..THREADS).zip(&current) {
        let (sender, current) = (sender.clone(), current.clone());
        std::thread::spawn(move || {
            let grounds = grounds();
            for from in (first * BATCH..inputs).step_by((THREADS * BATCH) as usize) {
                sender
                    .send(batch(seeds + from, &grounds, &current))
                    .expect("somebody counts");
            }
        });
    }
    drop(sender);
    while tally.inputs() + (tally.broken.len() as u64) < inputs {
        let batch = batches.recv_timeout(SILENCE_MAX);
        let batch = batch.unwrap_or_else(|_| panic!("one of these inputs does not come back: {current:?}"));
        tally.add(batch);
    }
    let grown = resident_bytes_max() - before;
    println!(
        "{:?}\nslowest: {:?}\nmemory grew by {} kB",
        tally.fates,
        tally.slowest,
        grown / 1024
    );
    assert_eq!(tally.broken, [], "the seeds of inputs that did harm");
    assert!(grown < GROWTH_BYTES_MAX, "memory grew by {grown} bytes");
    // The canary: damage of every kind was done.
    let fates = [
        Fate::Frame,
        Fate::Unread,
        Fate::Refused,
        Fate::Reverted,
        Fate::Panicked,
        Fate::Taken,
        Fate::Typed,
    ];
    assert!(
        fates
            .iter()
            .all(|fate| tally.fates.get(fate) > Some(&(inputs / 1_000))),
        "{:?}",
        tally.fates
    );
}

fn asked_for(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn batch(from: u64, grounds: &[Ground], current: &AtomicU64) -> Tally {
    run(from..from + BATCH, grounds, |seed| {
        current.store(seed, Ordering::Relaxed)
    })
}
