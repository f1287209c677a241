//! The Samverk server: a workshop server that hosts automerge documents.

pub mod cli;
pub mod clock;
pub mod code_form;
pub mod config;
pub mod connection;
mod core;
pub mod demo;
pub mod exports;
mod files;
pub mod firewall;
mod folder;
pub mod http;
pub mod hub;
pub mod imports;
pub mod intake;
pub mod language;
pub mod people;
mod running;
pub mod runtime;
pub mod store;
pub mod telemetry;
pub mod views;
pub mod web;
pub mod wire;

pub use crate::core::{Core, StartError};
pub use config::Config;
pub use running::{RunningServer, start};
