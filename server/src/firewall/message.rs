//! automerge's sync message, read within limits. Its layout is described at `automerge::sync::Message`.

use super::Malformed;
use automerge::ChangeHash;
use automerge::sync::{BloomFilter, MessageFlags};
use samverk_shared::limits::{
    BLOOM_ENTRIES_MAX, SYNC_CHUNKS_MAX, SYNC_HAVE_MAX, SYNC_HEADS_MAX, SYNC_NEED_MAX,
};

/// A peer's sync message; `chunks` point into the frame it came in.
#[derive(Debug, Clone, PartialEq)]
pub struct SyncMessage<'a> {
    /// The sender's heads.
    pub heads: Vec<ChangeHash>,
    /// What the sender asks for by hash, each once.
    pub need: Vec<ChangeHash>,
    /// Heads the sender believes both have.
    pub last_sync: Vec<ChangeHash>,
    /// The changes it has since `last_sync`, as filters.
    pub blooms: Vec<BloomFilter>,
    /// Blobs of changes.
    pub chunks: Vec<&'a [u8]>,
    /// The sender takes no changes from us back: it is read-only.
    pub read_only: bool,
}

const V1: u8 = 0x42;
const V2: u8 = 0x43;
const HASH_BYTES: usize = 32;
/// The parameters every client uses; others cost more than they help.
const BLOOM_BITS_PER_ENTRY: u64 = 10;
const BLOOM_PROBES: u64 = 7;

impl<'a> SyncMessage<'a> {
    /// Reads a message.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut input = Input(bytes);
        if !matches!(input.byte()?, V1 | V2) {
            return Err(Malformed::Message("unknown version"));
        }
        let heads = input.hashes(SYNC_HEADS_MAX)?;
        let mut need = input.hashes(SYNC_NEED_MAX)?;
        need.sort_unstable();
        need.dedup();
        let (mut last_sync, mut blooms) = (Vec::new(), Vec::new());
        for _ in 0..input.count(SYNC_HAVE_MAX)? {
            last_sync.extend(input.hashes(SYNC_HEADS_MAX)?);
            blooms.push(bloom(input.prefixed()?)?);
        }
        let chunks = (0..input.count(SYNC_CHUNKS_MAX)?)
            .map(|_| input.prefixed())
            .collect::<Result<_, _>>()?;
        let flags = if input.0.is_empty() {
            &[][..]
        } else {
            input.prefixed()?
        };
        let read_only = flags
            .iter()
            .any(|b| b & 0x80 != 0 && b & MessageFlags::READ_ONLY != 0);
        Ok(SyncMessage {
            heads,
            need,
            last_sync,
            blooms,
            chunks,
            read_only,
        })
    }
}

/// The heads a message names when it does nothing else: it brings, asks for and has lost nothing.
pub fn acknowledged(data: &[u8]) -> Option<Vec<ChangeHash>> {
    /// Such a message names a few heads twice.
    const BYTES_MAX: usize = 1024;
    if data.len() > BYTES_MAX {
        return None;
    }
    let message = SyncMessage::parse(data).ok()?;
    let silent = message.chunks.is_empty() && message.need.is_empty() && !message.read_only;
    (silent && !message.last_sync.is_empty()).then_some(message.heads)
}

fn bloom(bytes: &[u8]) -> Result<BloomFilter, Malformed> {
    if bytes.is_empty() {
        return Ok(BloomFilter::default());
    }
    let mut input = Input(bytes);
    let (entries, bits, probes) = (input.leb()?, input.leb()?, input.leb()?);
    if bits != BLOOM_BITS_PER_ENTRY || probes != BLOOM_PROBES {
        return Err(Malformed::Message("a filter with other parameters"));
    }
    if entries == 0 || entries > BLOOM_ENTRIES_MAX {
        return Err(Malformed::Message("a filter of no or too many entries"));
    }
    if (entries * bits).div_ceil(8) != input.0.len() as u64 {
        return Err(Malformed::Message("a filter of another size than it says"));
    }
    BloomFilter::try_from(bytes).map_err(|_| Malformed::Message("a filter that cannot be read"))
}

/// What is left to read.
pub(super) struct Input<'a>(pub(super) &'a [u8]);

impl<'a> Input<'a> {
    pub(super) fn byte(&mut self) -> Result<u8, Malformed> {
        let (first, rest) = self.0.split_first().ok_or(Malformed::Message("cut short"))?;
        self.0 = rest;
        Ok(*first)
    }

    /// An unsigned LEB128 number of at most 63 bits.
    pub(super) fn leb(&mut self) -> Result<u64, Malformed> {
        let mut value = 0u64;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Malformed::Message("a number too long"))
    }

    pub(super) fn take(&mut self, length: u64) -> Result<&'a [u8], Malformed> {
        if length > self.0.len() as u64 {
            return Err(Malformed::Message("a length beyond the message"));
        }
        let (taken, rest) = self.0.split_at(length as usize);
        self.0 = rest;
        Ok(taken)
    }

    fn prefixed(&mut self) -> Result<&'a [u8], Malformed> {
        let length = self.leb()?;
        self.take(length)
    }

    fn count(&mut self, max: usize) -> Result<usize, Malformed> {
        let count = self.leb()?;
        if count > max as u64 {
            Err(Malformed::Message("too many parts"))
        } else {
            Ok(count as usize)
        }
    }

    fn hashes(&mut self, max: usize) -> Result<Vec<ChangeHash>, Malformed> {
        let count = self.count(max)?;
        let bytes = self.take((count * HASH_BYTES) as u64)?;
        Ok(bytes
            .chunks_exact(HASH_BYTES)
            .filter_map(|hash| ChangeHash::try_from(hash).ok())
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use automerge::sync::{Have, Message, MessageVersion};

    fn message() -> Message {
        Message {
            heads: vec![ChangeHash([1; 32])],
            need: vec![ChangeHash([2; 32]), ChangeHash([2; 32])],
            have: vec![Have {
                last_sync: vec![ChangeHash([3; 32])],
                bloom: BloomFilter::from_hashes([ChangeHash([4; 32])].iter()),
            }],
            changes: vec![vec![1, 2, 3]].into(),
            flags: Some({
                let mut flags = MessageFlags::new();
                flags.set(MessageFlags::READ_ONLY);
                flags
            }),
            version: MessageVersion::V1,
        }
    }

    #[test]
    fn a_message_reads_as_the_crate_wrote_it_and_a_hash_asked_for_twice_counts_once() {
        let bytes = message().encode();
        let read = SyncMessage::parse(&bytes).expect("a message of the crate's own");
        assert_eq!(read.heads, [ChangeHash([1; 32])]);
        assert_eq!(read.need, [ChangeHash([2; 32])]);
        assert_eq!(read.last_sync, [ChangeHash([3; 32])]);
        assert!(read.blooms[0].contains_hash(&ChangeHash([4; 32])));
        assert_eq!(read.chunks, [&[1, 2, 3][..]]);
        assert!(read.read_only);
    }

    #[test]
    fn a_message_cut_short_anywhere_is_refused_or_loses_only_its_flags() {
        let bytes = message().encode();
        let without_flags = bytes.len() - 3;
        for length in (0..bytes.len()).filter(|l| *l != without_flags) {
            assert!(SyncMessage::parse(&bytes[..length]).is_err(), "cut at {length}");
        }
    }

    #[test]
    fn a_filter_with_parameters_no_client_uses_is_refused() {
        for (bits, probes) in [(0u8, 7u8), (10, 0), (10, 200)] {
            let mut bytes = vec![V1, 0, 0, 1, 0, 4, 1, bits, probes, 0];
            bytes.extend([0]);
            assert!(SyncMessage::parse(&bytes).is_err());
        }
    }
}
