//! The workshop as a domain: pure, no IO, no clock, no randomness (invariant S1).

pub mod access;
pub mod access_page;
pub mod actors;
pub mod analysis;
pub mod blanks;
pub mod case;
pub mod characteristic;
pub mod collection;
pub mod document;
pub mod double_coding;
pub mod ids;
pub mod import;
pub mod limits;
pub mod merge;
pub mod model;
pub mod names;
pub mod need;
pub mod organisation;
pub mod register;
pub mod role;
pub mod source;
pub mod stage;
pub mod talk;
pub mod typescript;
pub mod uses;
pub mod views;
