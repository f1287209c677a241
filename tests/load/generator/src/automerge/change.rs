//! Changes made by hand: the load must cost less than what it measures.

use automerge::{Change, ChangeHash, ExpandedChange};
use sha2::{Digest, Sha256};

/// One character, put into a text after another one, as a change of its own.
pub struct Insertion<'a> {
    /// The text object, made by another actor.
    pub text: &'a str,
    pub actor: &'a str,
    pub seq: u64,
    pub start_op: u64,
    /// After which element: `_head`, or `COUNTER@ACTOR`.
    pub after: &'a str,
    pub letter: char,
    pub time_s: i64,
    pub deps: &'a [ChangeHash],
}

/// A change by the crate's own encoder.
pub fn craft(insertion: &Insertion<'_>) -> Change {
    let Insertion {
        text,
        actor,
        seq,
        start_op,
        after,
        letter,
        time_s,
        ..
    } = insertion;
    let mut deps: Vec<String> = insertion.deps.iter().map(|hash| format!("\"{hash}\"")).collect();
    deps.sort();
    let json = format!(
        r#"{{"ops":[{{"action":"set","obj":"{text}","elemId":"{after}","insert":true,"value":"{letter}","pred":[]}}],"actor":"{actor}","seq":{seq},"startOp":{start_op},"time":{time_s},"message":null,"deps":[{}]}}"#,
        deps.join(",")
    );
    let expanded: ExpandedChange = serde_json::from_str(&json).expect("a change in the crate's own notation");
    Change::from(expanded)
}

/// Writes the changes of one actor who types on and on: the same bytes as [`craft`], at a tenth of its cost.
pub struct Typewriter {
    /// Counter and actor of the text object.
    text_counter: u64,
    text_actor: Vec<u8>,
    actor: Vec<u8>,
}

const KIND_CHANGE: u8 = 1;
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

impl Typewriter {
    /// For a text object `COUNTER@ACTOR` of another actor.
    pub fn new(text: &str, actor: [u8; 16]) -> Self {
        let (counter, text_actor) = text.split_once('@').expect("an object id");
        Typewriter {
            text_counter: counter.parse().expect("a counter"),
            text_actor: bytes_of(text_actor),
            actor: actor.to_vec(),
        }
    }

    /// The change's bytes and hash; `after` is the counter of an own element, none for the beginning of the text.
    pub fn insertion(
        &self,
        seq: u64,
        start_op: u64,
        after: Option<u64>,
        letter: char,
        time_s: i64,
        deps: &mut [ChangeHash],
    ) -> (Vec<u8>, ChangeHash) {
        deps.sort_unstable();
        let mut body = Vec::with_capacity(160 + deps.len() * 32);
        unsigned(&mut body, deps.len() as u64);
        deps.iter().for_each(|hash| body.extend_from_slice(&hash.0));
        counted(&mut body, &self.actor);
        unsigned(&mut body, seq);
        unsigned(&mut body, start_op);
        signed(&mut body, time_s);
        counted(&mut body, b"");
        unsigned(&mut body, 1);
        counted(&mut body, &self.text_actor);
        self.columns(&mut body, after, letter);
        seal(&body)
    }

    fn columns(&self, body: &mut Vec<u8>, after: Option<u64>, letter: char) {
        let mut value = [0; 4];
        let value = letter.encode_utf8(&mut value).as_bytes();
        let mut columns: Vec<(u64, Vec<u8>)> = vec![
            (OBJECT_ACTOR, one(|out| unsigned(out, 1))),
            (OBJECT_COUNTER, one(|out| unsigned(out, self.text_counter))),
        ];
        if after.is_some() {
            columns.push((KEY_ACTOR, one(|out| unsigned(out, 0))));
        }
        columns.push((KEY_COUNTER, one(|out| signed(out, after.unwrap_or(0) as i64))));
        columns.push((INSERT, vec![0, 1]));
        columns.push((ACTION, one(|out| unsigned(out, SET))));
        columns.push((
            VALUE_KIND,
            one(|out| unsigned(out, (value.len() as u64) << 4 | STRING)),
        ));
        columns.push((VALUE, value.to_vec()));
        columns.push((PREDECESSORS, one(|out| unsigned(out, 0))));
        unsigned(body, columns.len() as u64);
        for (kind, bytes) in &columns {
            unsigned(body, *kind);
            unsigned(body, bytes.len() as u64);
        }
        columns
            .iter()
            .for_each(|(_, bytes)| body.extend_from_slice(bytes));
    }
}

const OBJECT_ACTOR: u64 = 0x01;
const OBJECT_COUNTER: u64 = 0x02;
const KEY_ACTOR: u64 = 0x11;
const KEY_COUNTER: u64 = 0x13;
const INSERT: u64 = 0x34;
const ACTION: u64 = 0x42;
const VALUE_KIND: u64 = 0x56;
const VALUE: u64 = 0x57;
const PREDECESSORS: u64 = 0x70;
const SET: u64 = 1;
const STRING: u64 = 6;

/// A column of one value: a literal run of length one.
fn one(write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut column = vec![0x7f];
    write(&mut column);
    column
}

/// Puts the header before a change.
fn seal(body: &[u8]) -> (Vec<u8>, ChangeHash) {
    let mut counted_body = vec![KIND_CHANGE];
    unsigned(&mut counted_body, body.len() as u64);
    counted_body.extend_from_slice(body);
    let hash: [u8; 32] = Sha256::digest(&counted_body).into();
    let mut chunk = Vec::with_capacity(8 + counted_body.len());
    chunk.extend_from_slice(&MAGIC);
    chunk.extend_from_slice(&hash[..4]);
    chunk.extend_from_slice(&counted_body);
    (chunk, ChangeHash(hash))
}

fn counted(out: &mut Vec<u8>, bytes: &[u8]) {
    unsigned(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// LEB128.
pub fn unsigned(out: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        out.push(0x80 | (number & 0x7f) as u8);
        number >>= 7;
    }
    out.push(number as u8);
}

fn signed(out: &mut Vec<u8>, mut number: i64) {
    while !(-0x40..0x40).contains(&number) {
        out.push(0x80 | (number & 0x7f) as u8);
        number >>= 7;
    }
    out.push((number & 0x7f) as u8);
}

fn bytes_of(hex: &str) -> Vec<u8> {
    (0..hex.len() / 2)
        .map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).expect("hex"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_typewriter_writes_what_the_crate_would() {
        let text = format!("70@{}", "ab".repeat(16));
        let actor = "05".repeat(16);
        let typewriter = Typewriter::new(&text, [5; 16]);
        let after_own = format!("900@{actor}");
        let mut deps = [ChangeHash([9; 32]), ChangeHash([3; 32])];
        for (after, counter) in [("_head", None), (after_own.as_str(), Some(900))] {
            let made = craft(&Insertion {
                text: &text,
                actor: &actor,
                seq: 200,
                start_op: 901,
                after,
                letter: 'e',
                time_s: 1_760_000_000,
                deps: &deps,
            });
            let (bytes, hash) = typewriter.insertion(200, 901, counter, 'e', 1_760_000_000, &mut deps);
            assert_eq!(bytes, made.raw_bytes());
            assert_eq!(hash, made.hash());
        }
    }
}
