//! The rules of `docs/protocol.md` as the hub keeps them, one by one: its inputs are given by hand, its outputs read.

mod authorship;
mod bench;
mod budget;
mod collections;
mod commands;
mod decisions;
mod double_coding;
mod guessing;
mod hostile;
mod locks;
mod memory;
mod merges;
mod models;
mod notices;
mod presence;
mod refusal;
mod shape;
mod storm;
mod sync;
mod tab;
mod talk;
mod typing;
