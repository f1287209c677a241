//! The edge: HTTP, people, and the opening and closing of sockets, through a real server.

// A test that cannot go on ends where it is.
#![allow(clippy::unwrap_used)]

mod accounts;
mod admin;
mod authenticator;
mod backup;
mod browser;
mod commands;
mod joining;
mod places;
mod refusals;
mod sockets;
mod web;
