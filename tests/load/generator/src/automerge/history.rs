//! Made documents: a text with a history.

use super::change::{Insertion, craft};
use super::random_hex;
use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, Change, ChangeHash, ObjType, ROOT};
use rand::RngExt;

/// Characters typed in one go.
const BURST: usize = 20;
const YEAR_2025_S: i64 = 1_760_000_000;

/// About as compressible as prose, one letter at a time.
pub fn letter(n: u64) -> char {
    const LETTERS: &[u8] = b"eeeeeeeettttttaaaaaooooiiiinnnnsssshhhhrrrrdddllluuccmmwwffggyyppbvk";
    if n % 6 == 5 {
        ' '
    } else {
        LETTERS[rand::rng().random_range(0..LETTERS.len())] as char
    }
}

/// A text of `edits` single characters by `actors`, typing in bursts; every other burst two type at the same time.
pub fn make_document(edits: usize, actors: usize) -> Automerge {
    let actor = ActorId::from(rand::rng().random::<[u8; 16]>().to_vec());
    let mut document = Automerge::new().with_actor(actor);
    let mut transaction = document.transaction();
    let text = transaction
        .put_object(ROOT, "text", ObjType::Text)
        .expect("an empty document takes a text");
    transaction.commit();
    let mut history = History::new(&document, &text.to_string(), actors);
    let bursts = burst_lengths(edits);
    let mut all = Vec::with_capacity(edits);
    let mut burst = 0;
    let mut lengths = bursts.into_iter().peekable();
    while lengths.peek().is_some() {
        let at_once = if burst % 2 == 1 && actors > 1 { 2 } else { 1 };
        all.extend(history.bursts(&lengths.by_ref().take(at_once).collect::<Vec<_>>()));
        burst += 1;
    }
    document.apply_changes(all).expect("made changes apply");
    assert_eq!(
        document.get_changes(&[]).len(),
        edits + 1,
        "all made changes apply"
    );
    document
}

fn burst_lengths(edits: usize) -> Vec<usize> {
    let mut lengths = vec![BURST; edits / BURST];
    lengths.extend(Some(edits % BURST).filter(|rest| *rest > 0));
    lengths
}

/// A text that several actors type in.
struct History {
    text: String,
    actors: Vec<(String, u64)>,
    next_actor: usize,
    heads: Vec<ChangeHash>,
    max_op: u64,
    elements: Vec<String>,
    made: u64,
}

impl History {
    fn new(document: &Automerge, text: &str, actors: usize) -> Self {
        History {
            text: text.into(),
            actors: (0..actors).map(|_| (random_hex(16), 0)).collect(),
            next_actor: 0,
            heads: document.get_heads(),
            max_op: document
                .get_changes(&[])
                .iter()
                .map(Change::max_op)
                .max()
                .unwrap_or(0),
            elements: vec!["_head".into()],
            made: 0,
        }
    }

    /// Bursts typed at the same time, each by another actor.
    fn bursts(&mut self, lengths: &[usize]) -> Vec<Change> {
        let (heads, max_op) = (self.heads.clone(), self.max_op);
        let mut changes = vec![];
        let mut new_heads = vec![];
        // Who types at the same time does not see what the other types.
        let mut seen = std::mem::take(&mut self.elements);
        for length in lengths {
            let mut burst = self.burst(*length, &heads, max_op, &seen);
            new_heads.extend(burst.last().map(Change::hash));
            changes.append(&mut burst);
        }
        self.heads = new_heads;
        seen.append(&mut self.elements);
        self.elements = seen;
        changes
    }

    fn burst(&mut self, length: usize, heads: &[ChangeHash], max_op: u64, seen: &[String]) -> Vec<Change> {
        let at = self.next_actor % self.actors.len();
        self.next_actor += 1;
        let mut deps = heads.to_vec();
        let mut after = seen[rand::rng().random_range(0..seen.len())].clone();
        let mut changes = Vec::with_capacity(length);
        for start_op in max_op + 1..=max_op + length as u64 {
            let (actor, seq) = &mut self.actors[at];
            *seq += 1;
            let change = craft(&Insertion {
                text: &self.text,
                actor,
                seq: *seq,
                start_op,
                after: &after,
                letter: letter(self.made),
                time_s: YEAR_2025_S + self.made as i64 / 4,
                deps: &deps,
            });
            after = format!("{start_op}@{actor}");
            self.made += 1;
            deps = vec![change.hash()];
            changes.push(change);
            self.elements.push(after.clone());
        }
        self.max_op = self.max_op.max(max_op + length as u64);
        changes
    }
}
