//! The store: one contract for all engines, and what a disk may do to the one that is a file.

mod committer;
mod compaction;
mod contract;
mod crash_points;
mod damage;
mod disk;
mod io_failures;
mod model;
mod verify;
mod workload;
