//! The edge: HTTP, people, and the opening and closing of sockets, through a real server.

// A test that cannot go on ends where it is.
#![allow(clippy::unwrap_used)]

mod access;
mod accounts;
mod admin;
mod authenticator;
mod backup;
mod browser;
mod characteristics;
mod claims;
mod code_forms;
mod collections;
mod commands;
mod decisions;
mod exports;
mod guessing;
mod imports;
mod joining;
mod lines;
mod merges;
mod needs;
mod openapi;
mod peer;
mod places;
mod refusals;
mod roles;
mod sockets;
mod standing;
mod tokens;
mod views;
mod web;
mod world;
