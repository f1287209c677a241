//! Invariant F1: no bytes from a peer can stop the server, another workshop or another person.

#![allow(clippy::unwrap_used)]

mod attacks;
mod bytes;
mod corpus;
mod mutants;
mod peer;
mod rules;
