//! Documents, changes and writes as the suites use them.

use automerge::ChangeHash;
use bytes::Bytes;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use samverk::store::{Expect, Meta, Table, Transaction, Write};
use samverk_shared::ids::DocumentId;

/// The document with this number.
pub fn document_id(number: u8) -> DocumentId {
    DocumentId::from_random([number; 16])
}

/// Bytes that stand for a change; those of one number are found nowhere in those of another.
pub fn change_of(number: u64) -> Bytes {
    let mut bytes = vec![0; 20 + (number as usize * 37) % 400];
    ChaCha8Rng::seed_from_u64(number).fill(&mut bytes[..]);
    bytes.into()
}

/// The heads after that change.
pub fn heads_of(number: u64) -> Vec<ChangeHash> {
    let mut hash = [0xab; 32];
    hash[..8].copy_from_slice(&number.to_le_bytes());
    vec![ChangeHash(hash)]
}

pub fn append(document: DocumentId, number: u64) -> Write {
    Write::Append {
        document,
        bytes: change_of(number),
        heads: heads_of(number),
    }
}

pub fn put(table: Table, key: &str, expect: Expect, value: &str) -> Write {
    Write::Put {
        table,
        key: key.to_owned(),
        expect,
        value: Bytes::copy_from_slice(value.as_bytes()),
    }
}

pub fn delete(table: Table, key: &str) -> Write {
    Write::Delete {
        table,
        key: key.to_owned(),
    }
}

/// Commits of a short life of a store: appends to several documents with records beside them, compactions
/// with snapshots of more than one part, a removal. `commits` of them; each is several transactions.
pub fn life(commits: u64) -> Vec<Vec<Transaction>> {
    (0..commits).map(moment).collect()
}

fn moment(number: u64) -> Vec<Transaction> {
    let document = document_id((number % 3) as u8);
    let count = (number / 3 + 1).to_string();
    let mut transactions = vec![
        vec![
            append(document, number),
            put(Table::Server, &document.to_string(), Expect::Any, &count),
        ],
        vec![
            append(document_id(10), number),
            append(document_id(11), number),
            put(
                Table::Authorship,
                &format!("{}/a/{number:04}", document_id(10)),
                Expect::Absent,
                "run",
            ),
        ],
    ];
    if number % 4 == 3 {
        let snapshot: Bytes = (0..300_000 + number * 1000)
            .map(|i| (i % 253) as u8 ^ number as u8)
            .collect();
        // Of the commit before: the chunk of this one stays.
        let first = number.saturating_sub(4);
        let covers = Meta {
            heads: heads_of(number - 1),
            next_chunk: number,
            log_bytes: (first..number).map(|chunk| change_of(chunk).len() as u64).sum(),
            log_chunks: number - first,
            snapshot_bytes: if first == 0 { 0 } else { 300_000 + first * 1000 },
        };
        transactions.push(vec![Write::Compact {
            document: document_id(11),
            covers,
            snapshot,
        }]);
    }
    if number % 5 == 4 {
        transactions.push(vec![Write::Remove {
            document: document_id(10),
        }]);
    }
    transactions
}
