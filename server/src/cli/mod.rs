//! cli
pub mod verify;
