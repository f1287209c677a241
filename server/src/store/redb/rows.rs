//! How rows are written in the file: keys, digests, metas and records.
//!
//! A row's value is preceded by a digest over its table, key and value, so that a value that was changed,
//! or that turned up under another key, is noticed when it is read (rule T4). The digest is BLAKE3 cut to 16
//! bytes: it guards against decay, not against somebody who can write the file.

use crate::store::{Meta, Record, Table};
use automerge::ChangeHash;
use bytes::{Buf, BufMut, Bytes};
use samverk_shared::ids::DocumentId;

/// Bytes of a digest.
pub const DIGEST_BYTES: usize = 16;
/// Bytes of a snapshot in one row. A value of exactly 256 KiB would take pages for 512 KiB, as a page run
/// has a header and a power-of-two length.
pub const PART_BYTES: usize = 256 * 1024 - 256;
/// Bytes of the key of a chunk or part: document, then number.
pub const NUMBERED_BYTES: usize = 24;

/// The tables of the file. Their order is their number in backups, and never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    Metas,
    Log,
    Snapshots,
    Quarantine,
    Records,
}

impl Rows {
    const ALL: [Rows; 5] = [
        Rows::Metas,
        Rows::Log,
        Rows::Snapshots,
        Rows::Quarantine,
        Rows::Records,
    ];

    /// How backups name it.
    pub fn tag(self) -> u8 {
        self as u8
    }

    /// The table with this tag.
    pub fn of(tag: u8) -> Option<Rows> {
        Rows::ALL.into_iter().find(|rows| rows.tag() == tag)
    }

    /// The table's name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Rows::Metas => "metas",
            Rows::Log => "log",
            Rows::Snapshots => "snapshots",
            Rows::Quarantine => "quarantine",
            Rows::Records => "records",
        }
    }
}

/// A row as it stands in the file, its digest before its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub table: Rows,
    pub key: Vec<u8>,
    pub value: Vec<u8>,
}

impl Row {
    /// A row.
    pub fn new(table: Rows, key: &[u8], sealed: &[u8]) -> Row {
        Row {
            table,
            key: key.to_vec(),
            value: sealed.to_vec(),
        }
    }

    /// Whether it is a row of this document's own tables.
    pub fn is_of(&self, document: DocumentId) -> bool {
        let bytes = match self.table {
            Rows::Metas | Rows::Quarantine => document.0.len(),
            Rows::Log | Rows::Snapshots => NUMBERED_BYTES,
            Rows::Records => return false,
        };
        self.key.len() == bytes && self.key.starts_with(&document.0)
    }
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Damaged {
    /// It is not what was written.
    #[error("a stored value does not match its digest")]
    Digest,
    /// It is what was written, and makes no sense.
    #[error("a stored value cannot be read")]
    Form,
    /// Rows are missing or too many.
    #[error("parts of the document are missing or do not belong together")]
    Parts,
    /// The file itself is damaged where it is.
    #[error("the pages of the store file cannot be read")]
    Pages,
}

/// A value with its digest before it.
pub fn seal(rows: Rows, key: &[u8], value: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(DIGEST_BYTES + value.len());
    sealed.extend_from_slice(&digest(rows, key, value));
    sealed.extend_from_slice(value);
    sealed
}

/// The value, if it is what was written under this key.
pub fn unseal<'a>(rows: Rows, key: &[u8], sealed: &'a [u8]) -> Result<&'a [u8], Damaged> {
    let (found, value) = sealed.split_at_checked(DIGEST_BYTES).ok_or(Damaged::Form)?;
    if found == digest(rows, key, value) {
        Ok(value)
    } else {
        Err(Damaged::Digest)
    }
}

fn digest(rows: Rows, key: &[u8], value: &[u8]) -> [u8; DIGEST_BYTES] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(rows.name().as_bytes()).update(&[0]);
    hasher
        .update(&(key.len() as u64).to_le_bytes())
        .update(key)
        .update(value);
    let mut cut = [0; DIGEST_BYTES];
    cut.copy_from_slice(&hasher.finalize().as_bytes()[..DIGEST_BYTES]);
    cut
}

/// The key of a chunk or part; sorts by document, then number.
pub fn numbered(document: DocumentId, number: u64) -> [u8; NUMBERED_BYTES] {
    let mut key = [0; NUMBERED_BYTES];
    key[..16].copy_from_slice(&document.0);
    key[16..].copy_from_slice(&number.to_be_bytes());
    key
}

/// The document and number of such a key.
pub fn of_numbered(key: &[u8; NUMBERED_BYTES]) -> (DocumentId, u64) {
    let (mut id, mut number) = ([0; 16], [0; 8]);
    id.copy_from_slice(&key[..16]);
    number.copy_from_slice(&key[16..]);
    (DocumentId(id), u64::from_be_bytes(number))
}

/// The key of a record: the table's tag, then the text. Tags stand in files and never change.
pub fn record_key(table: Table, key: &str) -> Vec<u8> {
    let tag = match table {
        Table::Server => 0,
        Table::Workshops => 1,
        Table::Catalogue => 2,
        Table::Documents => 3,
        Table::Participants => 4,
        Table::Links => 5,
        Table::LinkSecrets => 6,
        Table::People => 7,
        Table::Sessions => 8,
        Table::Devices => 9,
        Table::Actors => 10,
        Table::Authorship => 11,
        Table::Idempotency => 12,
        Table::Audit => 13,
        Table::Collections => 14,
        Table::Outcomes => 15,
        Table::Stages => 16,
        Table::Accounts => 17,
        Table::SignInNames => 18,
        Table::Imports => 19,
        Table::Tokens => 20,
        Table::Characteristics => 21,
        Table::CharacteristicVersions => 22,
        Table::Settled => 23,
        Table::Told => 24,
        Table::Joined => 25,
    };
    let mut bytes = Vec::with_capacity(1 + key.len());
    bytes.push(tag);
    bytes.extend_from_slice(key.as_bytes());
    bytes
}

/// The table and the text of a record's key.
pub fn of_record(key: &[u8]) -> Result<(Table, &str), Damaged> {
    let (tag, text) = key.split_first().ok_or(Damaged::Form)?;
    let table = Table::ALL
        .into_iter()
        .find(|table| record_key(*table, "").first() == Some(tag));
    Ok((
        table.ok_or(Damaged::Form)?,
        std::str::from_utf8(text).map_err(|_| Damaged::Form)?,
    ))
}

/// The reason of a quarantine. One that is damaged itself still sets its document aside.
pub fn read_reason(document: DocumentId, sealed: &[u8]) -> String {
    match unseal(Rows::Quarantine, &document.0, sealed) {
        Ok(reason) => String::from_utf8_lossy(reason).into_owned(),
        Err(_) => "the stored reason is damaged too".to_owned(),
    }
}

/// A record's revision and value as they are stored.
pub fn write_record(revision: u64, value: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(8 + value.len());
    bytes.put_u64_le(revision);
    bytes.put_slice(value);
    bytes
}

/// Reads what `write_record` wrote.
pub fn read_record(mut bytes: &[u8]) -> Result<Record, Damaged> {
    let revision = bytes.try_get_u64_le().map_err(|_| Damaged::Form)?;
    Ok(Record {
        revision,
        value: Bytes::copy_from_slice(bytes),
    })
}

/// A meta as it is stored.
pub fn write_meta(meta: &Meta) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(32 + meta.heads.len() * 32);
    bytes.put_u64_le(meta.next_chunk);
    bytes.put_u64_le(meta.log_bytes);
    bytes.put_u64_le(meta.log_chunks);
    bytes.put_u64_le(meta.snapshot_bytes);
    meta.heads.iter().for_each(|head| bytes.put_slice(&head.0));
    bytes
}

/// Reads what `write_meta` wrote.
pub fn read_meta(mut bytes: &[u8]) -> Result<Meta, Damaged> {
    let mut number = || bytes.try_get_u64_le().map_err(|_| Damaged::Form);
    let (next_chunk, log_bytes, log_chunks, snapshot_bytes) = (number()?, number()?, number()?, number()?);
    let (heads, rest) = bytes.as_chunks::<32>();
    if !rest.is_empty() || log_chunks > next_chunk {
        return Err(Damaged::Form);
    }
    let heads = heads.iter().map(|head| ChangeHash(*head)).collect();
    Ok(Meta {
        heads,
        next_chunk,
        log_bytes,
        log_chunks,
        snapshot_bytes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t4_a_value_is_known_again_only_under_its_own_table_and_key() {
        let sealed = seal(Rows::Log, b"key", b"value");
        assert_eq!(unseal(Rows::Log, b"key", &sealed), Ok(&b"value"[..]));
        assert_eq!(unseal(Rows::Log, b"kez", &sealed), Err(Damaged::Digest));
        assert_eq!(unseal(Rows::Metas, b"key", &sealed), Err(Damaged::Digest));
        assert_eq!(unseal(Rows::Log, b"key", &sealed[..7]), Err(Damaged::Form));
    }

    #[test]
    fn t4_every_single_flipped_bit_of_a_row_is_noticed() {
        let sealed = seal(Rows::Log, b"key", b"some value");
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(
                unseal(Rows::Log, b"key", &flipped),
                Err(Damaged::Digest),
                "bit {bit}"
            );
        }
    }

    #[test]
    fn a_meta_reads_back_what_it_writes() {
        let heads = vec![ChangeHash([1; 32]), ChangeHash([2; 32])];
        let meta = Meta {
            heads,
            next_chunk: 9,
            log_bytes: 3,
            log_chunks: 2,
            snapshot_bytes: 70,
        };
        assert_eq!(read_meta(&write_meta(&meta)), Ok(meta.clone()));
        assert_eq!(read_meta(&write_meta(&meta)[..40]), Err(Damaged::Form));
    }

    #[test]
    fn every_table_has_its_own_tag() {
        let mut keys: Vec<_> = Table::ALL.iter().map(|table| record_key(*table, "")).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), Table::ALL.len());
    }
}
