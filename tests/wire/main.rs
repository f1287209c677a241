//! Frames and sync messages: as the stock client writes them, as hostile peers write them, and as the stock
//! client reads ours.

#![allow(clippy::unwrap_used)]

mod bombs;
mod cbor;
mod golden;
mod hostile;
mod messages;
mod mutants;
mod read_back;
mod shapes;
