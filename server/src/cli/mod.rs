//! cli

pub mod import;
pub mod verify;
