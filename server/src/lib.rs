//! The Samverk server: a workshop server that hosts automerge documents.

pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod firewall;
pub mod http;
pub mod hub;
pub mod intake;
pub mod people;
pub mod runtime;
pub mod socket;
pub mod store;
pub mod telemetry;
pub mod views;
pub mod web;
pub mod wire;
