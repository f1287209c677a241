//! Files for people to take along: the cases, their codings and sources, the code book, and what the figures are
//! made of. Only what the caller may read goes in, at durable heads (A1); nothing is changed here.

mod cases;
mod csv;
mod figures;
mod in_words;
mod plan;
mod set;
mod sources;
mod table;
mod words;
mod xlsx;

pub use self::csv::csv;
pub use cases::{coding as coding_cell, codings, register};
pub use figures::{coverage, distances, groups, mixes, pairs};
pub use in_words::InWords;
pub use plan::{Names, needs};
pub use set::code_book;
pub use sources::{Source, bibtex, ris, sources};
pub use table::{Cell, Table};
pub use words::{Words, file_name, label, names, states_of_words, value as value_label, without_value};
pub use xlsx::{sheet_name, xlsx};
