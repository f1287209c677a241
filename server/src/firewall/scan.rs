//! Counts a change's operations and bounds its size from its bytes, before automerge unfolds them.
//!
//! Columns are run-length encoded: a hundred bytes can stand for a thousand million operations, and a small
//! compressed chunk for gigabytes. Adding up the runs costs no more than reading the bytes. The layout is that of
//! automerge's binary format, "change chunks" and "columns".

use super::Malformed;
use super::message::Input;
use automerge::ChangeHash;
use flate2::read::DeflateDecoder;
use samverk_shared::limits::{CHANGE_OPS_MAX, INFLATED_BYTES_MAX};
use sha2::{Digest, Sha256};
use std::io::Read;

const CHANGE: u8 = 1;

/// Checks a chunk of a change, given as its type and its body.
pub(super) fn change(compressed: bool, body: &[u8]) -> Result<(), Malformed> {
    let inflated;
    let body = if compressed {
        inflated = inflate(body)?;
        inflated.as_slice()
    } else {
        body
    };
    if operations(body)? > CHANGE_OPS_MAX {
        Err(Malformed::TooLarge(hash(body)))
    } else {
        Ok(())
    }
}

fn inflate(body: &[u8]) -> Result<Vec<u8>, Malformed> {
    let mut inflated = Vec::new();
    let mut bounded = DeflateDecoder::new(body).take(INFLATED_BYTES_MAX as u64 + 1);
    let read = bounded.read_to_end(&mut inflated);
    match read {
        Ok(bytes) if bytes <= INFLATED_BYTES_MAX => Ok(inflated),
        Ok(_) => Err(Malformed::Change("it inflates to more than a change may be")),
        Err(_) => Err(Malformed::Change("it cannot be inflated")),
    }
}

/// The change's hash, by which its refusal names it.
fn hash(body: &[u8]) -> ChangeHash {
    let mut sha = Sha256::new();
    sha.update([CHANGE]);
    let mut length = body.len();
    while length > 0x7f {
        sha.update([length as u8 | 0x80]);
        length >>= 7;
    }
    sha.update([length as u8]);
    sha.update(body);
    ChangeHash(sha.finalize().into())
}

/// The longest column of a change, in rows; one row is one operation, or one of its predecessors.
fn operations(body: &[u8]) -> Result<u64, Malformed> {
    let mut input = Input(body);
    let dependencies = input.leb()?;
    input.take(dependencies.saturating_mul(32))?;
    skip_prefixed(&mut input)?; // actor
    (0..3).try_for_each(|_| input.leb_any().map(drop))?; // sequence number, first operation, time
    skip_prefixed(&mut input)?; // message
    for _ in 0..input.leb()? {
        skip_prefixed(&mut input)?; // another actor
    }
    let mut columns = Vec::new();
    for _ in 0..input.leb()? {
        columns.push((input.leb()?, input.leb()?));
    }
    let mut most = 0;
    for (specification, length) in columns {
        most = most.max(rows(specification, input.take(length)?)?);
    }
    Ok(most)
}

fn skip_prefixed(input: &mut Input<'_>) -> Result<(), Malformed> {
    let length = input.leb()?;
    input.take(length).map(drop)
}

/// The rows of a column, by its type: the last three bits of its specification.
fn rows(specification: u64, bytes: &[u8]) -> Result<u64, Malformed> {
    const DEFLATED: u64 = 0x08;
    if specification & DEFLATED != 0 {
        return Err(Malformed::Change(
            "a compressed column, which changes do not have",
        ));
    }
    match specification & 0x07 {
        4 => boolean_rows(bytes),
        5 => run_length_rows(bytes, skip_prefixed),
        7 => Ok(0), // raw values, as long as their bytes
        _ => run_length_rows(bytes, |input| input.leb_any().map(drop)),
    }
}

fn boolean_rows(bytes: &[u8]) -> Result<u64, Malformed> {
    let (mut input, mut rows) = (Input(bytes), 0u64);
    while !input.0.is_empty() {
        rows = rows.saturating_add(input.leb()?);
    }
    Ok(rows)
}

fn run_length_rows(
    bytes: &[u8],
    skip_value: impl Fn(&mut Input<'_>) -> Result<(), Malformed>,
) -> Result<u64, Malformed> {
    let (mut input, mut rows) = (Input(bytes), 0u64);
    while !input.0.is_empty() {
        let count = input.signed_leb()?;
        let run = count.unsigned_abs();
        match count {
            0 => rows = rows.saturating_add(input.leb()?),
            1.. => skip_value(&mut input)?,
            _ if run > input.0.len() as u64 => return Err(Malformed::Change("more values than bytes")),
            _ => (0..run).try_for_each(|_| skip_value(&mut input))?,
        }
        rows = rows.saturating_add(run);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use automerge::transaction::Transactable;
    use automerge::{Automerge, ObjType, ROOT, ScalarValue};

    /// A chunk's body: magic, checksum and type are nine bytes, then its length.
    fn body(chunk: &[u8]) -> &[u8] {
        let mut input = Input(&chunk[9..]);
        input.leb().expect("a length");
        input.0
    }

    #[test]
    fn f1_operations_are_counted_and_the_hash_is_the_changes_own() {
        let mut document = Automerge::new();
        let written = document.transact(|tx| {
            let text = tx.put_object(ROOT, "text", ObjType::Text)?;
            tx.splice_text(&text, 0, 0, &"å🌱".repeat(500))?;
            tx.put(ROOT, "flag", ScalarValue::Boolean(true))
        });
        written.expect("a text takes letters");
        let change = &document.get_changes(&[])[0];
        assert_eq!(operations(body(change.raw_bytes())), Ok(change.len() as u64));
        assert_eq!(hash(body(change.raw_bytes())), change.hash());
    }

    #[test]
    fn f1_a_few_bytes_that_stand_for_a_thousand_million_rows_are_counted_at_once() {
        // A run of 10^9 times the value 1.
        let run = [0x80, 0x94, 0xeb, 0xdc, 0x03, 1];
        assert_eq!(rows(0x42, &run), Ok(1_000_000_000));
        assert_eq!(rows(0x34, &[0x80, 0x94, 0xeb, 0xdc, 0x03]), Ok(1_000_000_000));
    }

    #[test]
    fn f1_a_chunk_that_inflates_to_more_than_a_change_may_be_is_refused() {
        use flate2::{Compression, write::DeflateEncoder};
        use std::io::Write;
        let mut bomb = DeflateEncoder::new(Vec::new(), Compression::best());
        bomb.write_all(&vec![0; INFLATED_BYTES_MAX + 1])
            .expect("memory does not fail");
        let bomb = bomb.finish().expect("memory does not fail");
        assert!(bomb.len() < 100_000);
        assert_eq!(
            change(true, &bomb),
            Err(Malformed::Change("it inflates to more than a change may be"))
        );
    }
}
