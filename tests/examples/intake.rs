//! How long 5,000 rows take to be understood: `cargo run -p samverk-tests --example intake`.

#![allow(clippy::unwrap_used, reason = "an example ends where something is missing")]
#![allow(clippy::disallowed_methods, reason = "it measures time")]

use samverk::intake;
use std::time::Instant;

const ROWS: usize = 5_000;

fn main() {
    let (places, kinds) = (
        ["Bodø", "Arendal", "Tromsø", "Bø", "Luster"],
        ["Økosystem", "prosjekt", "nettverk / klynge", ""],
    );
    let row = |n: usize| {
        let (place, kind) = (places[n % places.len()], kinds[n % kinds.len()]);
        format!(
            "{n};Samarbeid {} i {place} om sak {};høsten {};{place} kommune, NAV og NTNU;{kind};EU, egne midler;Tekst om saken, rad {n}\n",
            n * 7_919 % 5_000,
            n % 811,
            1990 + n % 35,
        )
    };
    let rows: String = (0..ROWS).map(row).collect();
    let text = "Id;Navn;Oppstart;Hvem er med;Omfang;Finansiering;Beskrivelse\n".to_owned() + &rows;
    let began = Instant::now();
    let plan = intake::report("liste.csv", text.as_bytes()).unwrap();
    let sheet = &plan.sheets[0];
    println!(
        "{} cases of {} rows in {:.2} s; {} doubts, {} duplicates, {} values",
        plan.cases,
        plan.rows,
        began.elapsed().as_secs_f64(),
        sheet.doubts.len(),
        sheet.duplicates.len(),
        sheet.values.len()
    );
}
