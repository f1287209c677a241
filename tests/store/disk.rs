//! A disk in memory that can lose power at a sync, and fail any call.
//!
//! What was written since the last sync may be on it or not, in any mixture of sectors of 512 bytes.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use redb::StorageBackend;
use std::collections::BTreeMap;
use std::io::{Error, ErrorKind, Result};
use std::sync::{Arc, Mutex, MutexGuard};

const SECTOR_BYTES: usize = 512;

/// What goes wrong, counted from when it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    None,
    /// The power goes in this sync: it and every later call fail.
    PowerOffInSync(u64),
    /// This call fails, and no other.
    FailCall(u64),
    /// This call and every later one fails.
    FailFrom(u64),
    /// Syncs succeed and do nothing: a disk that lies. The power goes in this one.
    LiesUntilSync(u64),
}

/// Clones are handles to the same disk.
#[derive(Debug, Clone)]
pub struct Disk(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    live: Vec<u8>,
    durable: Vec<u8>,
    /// Of each sector written since the last sync: what it held after each write.
    unsynced: BTreeMap<usize, Vec<Vec<u8>>>,
    trouble: Trouble,
    syncs: u64,
    calls: u64,
}

impl Disk {
    pub fn new(image: Vec<u8>) -> Self {
        let (live, durable, unsynced) = (image.clone(), image, BTreeMap::new());
        Self(Arc::new(Mutex::new(State {
            live,
            durable,
            unsynced,
            trouble: Trouble::None,
            syncs: 0,
            calls: 0,
        })))
    }

    /// Sets what goes wrong, and begins to count.
    pub fn set(&self, trouble: Trouble) {
        let mut state = self.state();
        (state.trouble, state.syncs, state.calls) = (trouble, 0, 0);
    }

    pub fn syncs(&self) -> u64 {
        self.state().syncs
    }

    pub fn calls(&self) -> u64 {
        self.state().calls
    }

    /// What a process finds that starts after another one was killed: the page cache is whole.
    pub fn image(&self) -> Vec<u8> {
        self.state().live.clone()
    }

    /// Changes what the disk holds behind the back of whoever has it open.
    pub fn replace(&self, image: Vec<u8>) {
        let mut state = self.state();
        state.live.clone_from(&image);
        state.durable = image;
    }

    /// What a power failure may leave; the first two are "nothing" and "everything" since the last sync.
    pub fn image_after_power_failure(&self, choice: u64) -> Vec<u8> {
        let state = self.state();
        let mut rng = ChaCha8Rng::seed_from_u64(choice);
        let keep = match choice {
            0 => 0.0,
            1 => 1.0,
            _ => [0.1, 0.5, 0.9, 0.98][rng.random_range(0..4)],
        };
        let mut image = state.durable.clone();
        if rng.random_bool(keep) {
            image.resize(state.live.len(), 0);
        }
        for (sector, versions) in &state.unsynced {
            let start = sector * SECTOR_BYTES;
            if !rng.random_bool(keep) || start >= image.len() {
                continue;
            }
            let newest = versions.len() - 1;
            let version = if rng.random_bool(keep) {
                newest
            } else {
                rng.random_range(0..=newest)
            };
            let end = image.len().min(start + SECTOR_BYTES);
            image[start..end].copy_from_slice(&versions[version][..end - start]);
        }
        image
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }
}

impl State {
    fn call(&mut self) -> Result<()> {
        self.calls += 1;
        let off = match self.trouble {
            Trouble::None => false,
            Trouble::PowerOffInSync(sync) | Trouble::LiesUntilSync(sync) => self.syncs >= sync,
            Trouble::FailCall(call) => self.calls == call,
            Trouble::FailFrom(call) => self.calls >= call,
        };
        if off {
            Err(Error::other("the disk fails"))
        } else {
            Ok(())
        }
    }

    fn write(&mut self, offset: usize, data: &[u8]) {
        let end = offset + data.len();
        if end > self.live.len() {
            self.live.resize(end, 0);
        }
        self.live[offset..end].copy_from_slice(data);
        for sector in offset / SECTOR_BYTES..end.div_ceil(SECTOR_BYTES) {
            let start = sector * SECTOR_BYTES;
            let mut now = self.live[start..self.live.len().min(start + SECTOR_BYTES)].to_vec();
            now.resize(SECTOR_BYTES, 0);
            self.unsynced.entry(sector).or_default().push(now);
        }
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> Result<u64> {
        let mut state = self.state();
        state.call()?;
        Ok(state.live.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<()> {
        let mut state = self.state();
        state.call()?;
        let offset = offset as usize;
        let found = state
            .live
            .get(offset..offset + out.len())
            .ok_or(ErrorKind::UnexpectedEof)?;
        out.copy_from_slice(found);
        Ok(())
    }

    fn set_len(&self, len: u64) -> Result<()> {
        let mut state = self.state();
        state.call()?;
        state.live.resize(len as usize, 0);
        Ok(())
    }

    fn sync_data(&self) -> Result<()> {
        let mut state = self.state();
        state.call()?;
        state.syncs += 1;
        match state.trouble {
            Trouble::PowerOffInSync(sync) | Trouble::LiesUntilSync(sync) if state.syncs == sync => {
                Err(Error::other("the power is gone"))
            }
            Trouble::LiesUntilSync(_) => Ok(()),
            _ => {
                state.durable = state.live.clone();
                state.unsynced.clear();
                Ok(())
            }
        }
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<()> {
        let mut state = self.state();
        state.call()?;
        state.write(offset as usize, data);
        Ok(())
    }
}
