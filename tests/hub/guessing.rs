//! A guessed document id costs the server the same whether it is hidden or nowhere (Y8): counted, not timed.

use crate::bench::Bench;
use crate::tab::{Tab, bring};
use samverk::hub::{Command, Counters, Input};
use samverk::wire;
use samverk_shared::access::{Audience, Grant};
use samverk_shared::ids::DocumentId;

/// What a guess made the hub do.
#[derive(Debug, PartialEq, Eq)]
struct Work {
    /// By how much each counter rose.
    counted: Counters,
    /// How many documents came into memory, and how many of them were loaded.
    memory: (usize, usize),
    /// What it wanted read, loaded or stored.
    asked: (usize, usize, usize),
    /// What it sent, without the id.
    sent: Vec<String>,
}

fn guess(bench: &mut Bench, tab: &Tab, document: DocumentId) -> Work {
    let (before, memory) = (bench.hub.counters().clone(), bench.hub.documents_in_memory());
    let change = tab.clone().write("guessed");
    let nothing = bring(&[], &[]);
    for frame in [
        wire::request(&tab.peer, "server", document, &nothing),
        wire::sync(
            &tab.peer,
            "server",
            document,
            &bring(&[change.hash()], &[&change]),
        ),
        wire::ephemeral(&tab.peer, "server", document, "session", 1, b"here"),
    ] {
        bench.frame(tab.connection, &frame);
        bench.give(Input::Run);
    }
    let after = bench.hub.counters();
    let rose = |name: &'static str| after[name] - before.get(name).copied().unwrap_or_default();
    let counted = after
        .keys()
        .map(|name| (*name, rose(name)))
        .filter(|(_, by)| *by > 0);
    let now = bench.hub.documents_in_memory();
    let id = document.to_string();
    let work = Work {
        counted: counted.collect(),
        memory: (now.0 - memory.0, now.1 - memory.1),
        asked: (bench.opens.len(), bench.loads.len(), bench.commits.len()),
        sent: Vec::new(),
    };
    let sent = bench.sent(tab).into_iter();
    let sent = sent.map(|sent| format!("{:?}", sent.frame).replace(&id, "ID"));
    Work {
        sent: sent.collect(),
        ..work
    }
}

#[test]
fn y8_a_guess_at_a_hidden_document_is_the_same_work_as_a_guess_at_nothing() {
    let mut bench = Bench::new();
    let guesser = bench.person("Per", Grant::Viewer);
    // One hidden document is in memory and edited, one has not been touched since it was made.
    let editor = bench.person("Kari", Grant::Editor);
    let [mut busy] = bench.open_tabs([&editor]);
    let (untouched, quiet) = bench.new_case("Stille");
    for subject in [bench.subject.clone(), untouched] {
        let audience = Audience::Team;
        bench.done(Command::SetAudience { subject, audience });
    }
    busy.write("busy");
    bench.sync(&mut busy);
    let elsewhere = in_another_workshop(&mut bench);
    let tab = bench.tab(&guesser);
    bench.rest();
    bench.sent(&tab);

    let nothing = guess(&mut bench, &tab, DocumentId::from_random([77; 16]));
    assert_eq!(nothing.asked, (0, 0, 0), "nothing is read or stored for a guess");
    assert_eq!(nothing.sent.len(), 2);
    for (hidden, in_memory) in [(bench.case, 0), (quiet, 1), (elsewhere, 1)] {
        let mut work = guess(&mut bench, &tab, hidden);
        // Somebody else's use of a document is not the guesser's work.
        assert_eq!(work.memory, (in_memory, 0));
        work.memory = nothing.memory;
        assert_eq!(work, nothing);
    }
}

fn in_another_workshop(bench: &mut Bench) -> DocumentId {
    let here = bench.workshop.clone();
    bench.workshop = samverk_shared::ids::WorkshopId::from_random([2; 16]);
    bench.done(Command::CreateWorkshop {
        title: "Et annet".into(),
        purpose: String::new(),
        facilitator: None,
    });
    let (_, document) = bench.new_case("Der");
    bench.workshop = here;
    document
}
