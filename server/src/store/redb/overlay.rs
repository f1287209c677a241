//! A file that is only read: what redb writes to it stays in memory.

use ::redb::StorageBackend;
use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Read, Result, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A file beneath, and what was written above.
#[derive(Debug)]
pub struct Overlay(Mutex<Layers>);

#[derive(Debug)]
struct Layers {
    file: File,
    /// How much of the file is still seen.
    file_bytes: u64,
    bytes: u64,
    /// What was written, oldest first.
    written: Vec<(u64, Vec<u8>)>,
}

impl Overlay {
    /// Opens the file, unless a server has it: `None` then. Servers are kept out while it is open.
    pub fn open(path: &Path) -> Result<Option<Self>> {
        let file = File::open(path)?;
        match file.try_lock_shared() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        let bytes = file.metadata()?.len();
        Ok(Some(Self(Mutex::new(Layers {
            file,
            file_bytes: bytes,
            bytes,
            written: Vec::new(),
        }))))
    }

    fn layers(&self) -> MutexGuard<'_, Layers> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Layers {
    fn read(&mut self, offset: u64, out: &mut [u8]) -> Result<()> {
        let end = offset + out.len() as u64;
        if end > self.bytes {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        out.fill(0);
        let in_file = self.file_bytes.saturating_sub(offset).min(out.len() as u64) as usize;
        self.file.seek(SeekFrom::Start(offset))?;
        self.file.read_exact(&mut out[..in_file])?;
        for (start, data) in &self.written {
            let (from, to) = ((*start).max(offset), (start + data.len() as u64).min(end));
            if from < to {
                let new = &data[(from - start) as usize..(to - start) as usize];
                out[(from - offset) as usize..(to - offset) as usize].copy_from_slice(new);
            }
        }
        Ok(())
    }

    fn set_len(&mut self, len: u64) {
        self.bytes = len;
        self.file_bytes = self.file_bytes.min(len);
        for (start, data) in &mut self.written {
            data.truncate(len.saturating_sub(*start).min(data.len() as u64) as usize);
        }
    }
}

impl StorageBackend for Overlay {
    fn len(&self) -> Result<u64> {
        Ok(self.layers().bytes)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<()> {
        self.layers().read(offset, out)
    }

    fn set_len(&self, len: u64) -> Result<()> {
        self.layers().set_len(len);
        Ok(())
    }

    fn sync_data(&self) -> Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<()> {
        let mut layers = self.layers();
        layers.bytes = layers.bytes.max(offset + data.len() as u64);
        layers.written.push((offset, data.to_vec()));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_seen_and_the_file_stays_as_it_was() {
        let path = std::env::temp_dir().join(format!("samverk-overlay-{}", std::process::id()));
        std::fs::write(&path, b"0123456789").unwrap();
        let overlay = Overlay::open(&path).unwrap().unwrap();
        let read = |offset, len| {
            let mut out = vec![0xff; len];
            overlay.read(offset, &mut out).map(|()| out)
        };
        overlay.write(8, b"abcd").unwrap();
        overlay.write(1, b"x").unwrap();
        overlay.write(9, b"B").unwrap();
        assert_eq!(read(0, 12).unwrap(), b"0x234567aBcd");
        overlay.set_len(9).unwrap();
        overlay.set_len(11).unwrap();
        assert_eq!(read(7, 4).unwrap(), b"7a\0\0");
        assert!(read(8, 4).is_err());
        drop(overlay);
        assert_eq!(std::fs::read(&path).unwrap(), b"0123456789");
        std::fs::remove_file(&path).unwrap();
    }
}
