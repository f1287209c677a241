//! Prints what a document per case costs beside one document of all cases, and what many actors cost.
//!
//! `cargo run -p samverk-tests --example documents`. Ratios matter, not milliseconds.

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc};
use samverk_shared::document::{TEXT_ENCODING, create};
use samverk_shared::import::CaseRecord;
use std::time::Duration;

fn main() {
    println!(
        "| cases | one document: bytes, load ms, one edit elsewhere ms | a document per case: bytes each, load ms each |"
    );
    println!("|---|---|---|");
    for cases in [48, 500, 5_000] {
        one_or_many(cases);
    }
    println!();
    println!("| actors, each with 2 changes | bytes | load ms | apply one change ms | save ms |");
    println!("|---|---|---|---|---|");
    for actors in [10, 100, 1_000, 5_000] {
        many_actors(actors);
    }
}

fn one_or_many(cases: usize) {
    let many = case(0).save();
    let (_, each) = timed(|| Automerge::load(&many).expect("it was just saved"));

    let mut all = Automerge::new_with_encoding(TEXT_ENCODING);
    all.transact(|tx| {
        for number in 0..cases {
            let map = tx.put_object(ROOT, format!("case{number}"), ObjType::Map)?;
            let text = tx.put_object(&map, "description", ObjType::Text)?;
            tx.splice_text(&text, 0, 0, &description(number))?;
            for key in 0..24 {
                tx.put(&map, format!("K{key:02}"), "vare")?;
            }
        }
        Ok::<(), automerge::AutomergeError>(())
    })
    .expect("a map takes values");
    let saved = all.save();
    let (mut loaded, load) = timed(|| Automerge::load(&saved).expect("it was just saved"));
    let mut other = loaded.fork().with_actor(ActorId::from([7; 16]));
    edit(&mut other, "case1");
    let changes = other.get_changes(&loaded.get_heads());
    let ((), apply) = timed(|| loaded.apply_changes(changes.clone()).expect("it applies"));
    println!(
        "| {cases} | {}, {:.1}, {:.2} | {}, {:.2} |",
        saved.len(),
        ms(load),
        ms(apply),
        many.len(),
        ms(each)
    );
}

fn many_actors(actors: u32) {
    let mut document = case(0);
    for actor in 0..actors {
        let mut id = [1; 16];
        id[..4].copy_from_slice(&actor.to_le_bytes());
        document.set_actor(ActorId::from(id));
        edit(&mut document, "texts");
        edit(&mut document, "texts");
    }
    let (saved, save) = timed(|| document.save());
    let (mut loaded, load) = timed(|| Automerge::load(&saved).expect("it was just saved"));
    let mut other = loaded.fork().with_actor(ActorId::from([9; 16]));
    edit(&mut other, "texts");
    let changes = other.get_changes(&loaded.get_heads());
    let ((), apply) = timed(|| loaded.apply_changes(changes.clone()).expect("it applies"));
    println!(
        "| {actors} | {} | {:.1} | {:.2} | {:.1} |",
        saved.len(),
        ms(load),
        ms(apply),
        ms(save)
    );
}

fn edit(document: &mut Automerge, container: &str) {
    let written = document.transact(|tx| {
        let Some((_, map)) = tx.get(ROOT, container)? else {
            return Ok(());
        };
        let Some((_, text)) = tx.get(&map, "description")? else {
            return Ok(());
        };
        let end = tx.length(&text);
        tx.splice_text(&text, end, 0, "å")
    });
    written.expect("the text takes a letter");
}

fn case(number: usize) -> Automerge {
    let mut record = CaseRecord::named("Med hjerte for Arendal");
    record.fields.insert("description".into(), description(number));
    let mut ids = (0..).map(|id| format!("{id:016}"));
    let mut fresh = || ids.next().unwrap_or_default();
    create::case(
        &record,
        samverk_shared::characteristic::defaults(),
        ActorId::from([3; 16]),
        &mut fresh,
        0,
    )
    .expect("a record makes a document")
}

fn description(number: usize) -> String {
    format!("{number}: pilot fra 2013 til 2016 for en modell for medborgerskap og velferd. ").repeat(5)
}

#[allow(clippy::disallowed_methods)]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = std::time::Instant::now();
    let result = work();
    (result, started.elapsed())
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
