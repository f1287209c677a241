//! The real program as a process: killed at any moment, or with a full disk. Judged by what its clients were told.
//!
//! Needs the program itself (`cargo build -p samverk`), and for the full disk the right to mount a tmpfs.

mod client;
mod drill;
mod full_disk;
mod judge;
mod kills;
mod process;
mod writer;

use std::time::Duration;

/// A patience that no working server needs.
const PATIENCE: Duration = Duration::from_secs(30);
