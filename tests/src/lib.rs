//! Harness shared by the suites.

pub mod chunks;
pub mod frames;
pub mod memory;
pub mod mutate;
pub mod node;
pub mod sentences;
pub mod server;
pub mod sim;
