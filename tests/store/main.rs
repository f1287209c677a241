//! The store: one contract for all engines, and what a disk may do to the one that is a file.

// A helper that cannot go on is a test that fails.
#![allow(clippy::unwrap_used)]

mod backup;
mod committer;
mod compaction;
mod contract;
mod crash_points;
mod damage;
mod disk;
mod io_failures;
mod killed;
mod model;
mod shrink;
mod space;
mod verify;
mod workload;
