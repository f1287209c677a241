//! The form of a backup: a line that says what it is, then frames, each with its checksum, at last the checksum
//! of all.
//!
//! A frame is its kind (1 byte), the length of its payload (8 bytes, least first), the payload, and a BLAKE3 digest
//! over its number, kind, length and payload: a frame that was changed, left out or moved is noticed.

use super::Damage;
use samverk_shared::limits::BACKUP_FRAME_BYTES_MAX;
use std::io::{Error, Read, Result, Write};

/// What every backup begins with, whatever its version.
const NAME: &str = "samverk backup ";
/// The first line.
const FIRST_LINE: &str = "samverk backup 1\n";
const HEAD_BYTES: usize = 9;
const DIGEST_BYTES: usize = 32;

/// What a frame holds. Their order is their number in files, and never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// When it was made, and by what; the first frame.
    About,
    /// Which document or table the rows that follow belong to.
    Part,
    /// Rows as they stand in the store.
    Rows,
    /// What the backup holds; after all rows.
    Manifest,
    /// The digest of everything before it; the last frame.
    End,
}

impl Kind {
    const ALL: [Kind; 5] = [Kind::About, Kind::Part, Kind::Rows, Kind::Manifest, Kind::End];

    fn tag(self) -> u8 {
        self as u8
    }

    fn of(tag: u8) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.tag() == tag)
    }
}

/// Writes frames.
pub struct FrameWriter<W> {
    out: W,
    all: blake3::Hasher,
    number: u64,
    /// Bytes written so far.
    pub bytes: u64,
}

impl<W: Write> FrameWriter<W> {
    /// Writes the first line.
    pub fn new(out: W) -> Result<Self> {
        let mut writer = Self {
            out,
            all: blake3::Hasher::new(),
            number: 0,
            bytes: 0,
        };
        writer.put(FIRST_LINE.as_bytes())?;
        Ok(writer)
    }

    /// Writes a frame.
    pub fn frame(&mut self, kind: Kind, payload: &[u8]) -> Result<()> {
        if payload.len() > BACKUP_FRAME_BYTES_MAX {
            return Err(Error::other("a value is too large for a backup"));
        }
        let head = head(kind, payload.len());
        let digest = digest(self.number, &head, payload);
        self.number += 1;
        self.put(&head)?;
        self.put(payload)?;
        self.put(&digest)
    }

    /// Writes the last frame; gives the bytes of all.
    pub fn end(mut self) -> Result<u64> {
        let all = *self.all.finalize().as_bytes();
        self.frame(Kind::End, &all)?;
        self.out.flush()?;
        Ok(self.bytes)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.all.update(bytes);
        self.bytes += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

/// Reads frames, and gives none whose checksum does not fit.
pub struct FrameReader<R> {
    input: R,
    all: blake3::Hasher,
    number: u64,
    /// Bytes read so far.
    at: u64,
}

impl<R: Read> FrameReader<R> {
    /// Reads the first line.
    pub fn new(input: R) -> std::result::Result<Self, Damage> {
        let mut reader = Self {
            input,
            all: blake3::Hasher::new(),
            number: 0,
            at: 0,
        };
        let mut line = [0; FIRST_LINE.len()];
        reader.read(&mut line).map_err(|_| Damage::Foreign)?;
        match line.as_slice() {
            line if line == FIRST_LINE.as_bytes() => Ok(reader),
            line if line.starts_with(NAME.as_bytes()) => Err(Damage::Newer),
            _ => Err(Damage::Foreign),
        }
    }

    /// The next frame. After the last it must have been asked for `end`.
    pub fn next(&mut self) -> std::result::Result<(Kind, Vec<u8>), Damage> {
        let from = self.at;
        let before = self.all.finalize();
        let mut head = [0; HEAD_BYTES];
        self.read(&mut head).map_err(|error| broken(from, error))?;
        let (tag, length) = split(&head);
        let kind = Kind::of(tag).ok_or(Damage::Frame(from))?;
        if length > BACKUP_FRAME_BYTES_MAX as u64 {
            return Err(Damage::Frame(from));
        }
        let mut payload = Vec::new();
        // Not by its length at once: that may be damaged, and the memory be missing.
        let read = (&mut self.input).take(length).read_to_end(&mut payload);
        read.map_err(|error| Damage::Io(error.to_string()))?;
        if payload.len() as u64 != length {
            return Err(Damage::Short(from));
        }
        self.all.update(&payload);
        self.at += length;
        let mut found = [0; DIGEST_BYTES];
        self.read(&mut found).map_err(|error| broken(from, error))?;
        if found != digest(self.number, &head, &payload) {
            return Err(Damage::Frame(from));
        }
        if kind == Kind::End && payload != before.as_bytes() {
            return Err(Damage::Whole);
        }
        self.number += 1;
        Ok((kind, payload))
    }

    /// Whether nothing follows the last frame.
    pub fn end(mut self) -> std::result::Result<(), Damage> {
        let at = self.at;
        match self.read(&mut [0]) {
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(()),
            Err(error) => Err(Damage::Io(error.to_string())),
            Ok(()) => Err(Damage::Frame(at)),
        }
    }

    fn read(&mut self, out: &mut [u8]) -> Result<()> {
        self.input.read_exact(out)?;
        self.all.update(out);
        self.at += out.len() as u64;
        Ok(())
    }
}

fn broken(at: u64, error: Error) -> Damage {
    match error.kind() {
        std::io::ErrorKind::UnexpectedEof => Damage::Short(at),
        _ => Damage::Io(error.to_string()),
    }
}

fn head(kind: Kind, length: usize) -> [u8; HEAD_BYTES] {
    let mut head = [0; HEAD_BYTES];
    head[0] = kind.tag();
    head[1..].copy_from_slice(&(length as u64).to_le_bytes());
    head
}

fn split(head: &[u8; HEAD_BYTES]) -> (u8, u64) {
    let mut length = [0; 8];
    length.copy_from_slice(&head[1..]);
    (head[0], u64::from_le_bytes(length))
}

fn digest(number: u64, head: &[u8], payload: &[u8]) -> [u8; DIGEST_BYTES] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&number.to_le_bytes()).update(head).update(payload);
    *hasher.finalize().as_bytes()
}
