//! Tries damaged changes, documents and messages on the firewall, and says what became of them:
//! `cargo run --release -p samverk-tests --example mutate -- INPUTS [FIRST_SEED]`.

use samverk_tests::memory::resident_bytes_max;
use samverk_tests::mutate::{Tally, grounds, run};
use std::time::Instant;

/// Inputs between two lines of the report.
const REPORT_EVERY: u64 = 250_000;

#[allow(clippy::disallowed_methods)]
fn main() {
    let mut numbers = std::env::args()
        .skip(1)
        .map(|text| text.parse::<u64>().expect("a number"));
    let inputs = numbers.next().expect("how many inputs?");
    let first = numbers.next().unwrap_or(0);
    // A contained panic is counted; its text would fill the screen.
    std::panic::set_hook(Box::new(|_| {}));
    let (grounds, from, before) = (grounds(), Instant::now(), resident_bytes_max());
    let mut all = Tally::default();
    while all.inputs() + (all.broken.len() as u64) < inputs {
        let done = all.inputs() + all.broken.len() as u64;
        let next = first + done..first + inputs.min(done + REPORT_EVERY);
        all.add(run(next, &grounds, |_| {}));
        let rate = all.inputs() as f64 / from.elapsed().as_secs_f64();
        println!("{} inputs, {rate:.0} a second, {:?}", all.inputs(), all.fates);
        println!("  slowest: {:?}; broken: {:?}", all.slowest, all.broken);
        let grown = resident_bytes_max().saturating_sub(before) / 1024;
        println!("  {:?}; the most memory held grew by {grown} kB", from.elapsed());
    }
    if !all.broken.is_empty() {
        std::process::exit(1);
    }
}
