//! automerge-repo over WebSocket.

mod change;
mod frame;
mod history;
mod lately;
mod light;
mod real;

pub use change::{Typewriter, unsigned};
pub use frame::{document_frame, ephemeral, join, parse};
pub use history::{letter, make_document};
pub use lately::Lately;
pub use light::{Base, Light};
pub use real::{Opened, sync_document};

use rand::RngExt;

/// A document id as automerge-repo makes it: a version 4 UUID, base58check.
pub fn new_document_id() -> String {
    let mut bytes: [u8; 16] = rand::rng().random();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    bs58::encode(bytes).with_check().into_string()
}

pub fn random_hex(bytes: usize) -> String {
    (0..bytes)
        .map(|_| format!("{:02x}", rand::rng().random::<u8>()))
        .collect()
}
