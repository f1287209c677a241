//! Harness shared by the suites.

pub mod frames;
pub mod sim;
