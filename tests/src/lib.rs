//! Harness shared by the suites.

pub mod frames;
pub mod node;
pub mod server;
pub mod sim;
