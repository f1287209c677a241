//! Documents: how they are born (`create`), what shape they have (`shape`), how they are read (`read`), coded by the server
//! (`recode`) and made anew without their history (`rebuild`).
//! What is in them is `docs/documents.md`.

pub mod create;
pub mod decisions;
pub mod fields;
pub mod join;
pub mod ledger;
pub mod model;
pub mod needs;
pub mod order;
pub mod read;
pub mod rebuild;
pub mod recode;
pub mod same;
pub mod shape;

use automerge::TextEncoding;

/// How positions in a Text are counted, as in the browser.
pub const TEXT_ENCODING: TextEncoding = TextEncoding::Utf16CodeUnit;
