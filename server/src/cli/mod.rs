//! cli

pub mod import;
