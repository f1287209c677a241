//! The messages of the storm: what clients send, what they should not, and what nobody understands.

use automerge::legacy::{Key, ObjectId, Op, OpType, SortedVec};
use automerge::sync::{BloomFilter, Have, Message, MessageVersion};
use automerge::{ActorId, Change, ChangeHash, ExpandedChange, ScalarValue};
use std::num::NonZeroU64;

/// A change by an actor of its own that sets one of a few keys.
pub fn change(number: u64, deps: Vec<ChangeHash>, start_op: u64) -> Change {
    let mut actor = [0x5a; 16];
    actor[..8].copy_from_slice(&number.to_le_bytes());
    let put = Op {
        action: OpType::Put(ScalarValue::Uint(number)),
        obj: ObjectId::Root,
        key: Key::Map(format!("key {}", number % 5).into()),
        pred: SortedVec::new(),
        insert: false,
    };
    Change::from(ExpandedChange {
        operations: vec![put],
        actor_id: ActorId::from(actor),
        hash: None,
        seq: 1,
        start_op: NonZeroU64::new(start_op).expect("above nought"),
        time: 0,
        message: None,
        deps,
        extra_bytes: Vec::new(),
        author: None,
    })
}

/// A sync message of somebody with these heads, who needs these changes and brings those.
pub fn message(heads: &[ChangeHash], need: Vec<ChangeHash>, changes: &[&Change]) -> Vec<u8> {
    let blobs: Vec<Vec<u8>> = changes.iter().map(|change| change.raw_bytes().to_vec()).collect();
    let have = Have {
        last_sync: heads.to_vec(),
        bloom: BloomFilter::default(),
    };
    let message = Message {
        heads: heads.to_vec(),
        need,
        have: vec![have],
        changes: blobs.into(),
        flags: None,
        version: MessageVersion::V1,
    };
    message.encode()
}
