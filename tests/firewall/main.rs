//! Invariant F1: no bytes from a peer can stop the server, another workshop or another person.

#![allow(clippy::unwrap_used)]

mod bytes;
mod rules;
