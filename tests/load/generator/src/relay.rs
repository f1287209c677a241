//! The bare relay: whatever one client sends, the others get.

use crate::client::{Outgoing, Protocol};
use crate::world::{Edit, Received, World, now_us};
use anyhow::{Context, Result};

/// Set in the number of a presence.
const PRESENCE: u32 = 1 << 31;

pub struct Light {
    me: u32,
    document: u32,
    bytes: usize,
}

impl Light {
    pub fn new(me: u32, document: u32, bytes: usize) -> Self {
        Light {
            me,
            document,
            bytes: bytes.max(4),
        }
    }

    fn message(&self, number: u32) -> Vec<u8> {
        let mut message = vec![0; self.bytes];
        message[..4].copy_from_slice(&number.to_le_bytes());
        message
    }
}

impl Protocol for Light {
    fn hello(&mut self, _: &mut Outgoing) {}

    fn edit(&mut self, world: &World, edits: usize, received: &mut Received, out: &mut Outgoing) {
        for _ in 0..edits {
            let index = world.edits.borrow_mut().add(Edit {
                writer: self.me,
                document: self.document,
                made_us: now_us(),
                max_op: 0,
                after: vec![],
                hash: [0; 32],
            });
            received.mark(index);
            out.push(self.message(index));
        }
    }

    fn show(&mut self, world: &World, out: &mut Outgoing) {
        out.push(self.message(world.show() | PRESENCE));
    }

    fn read(
        &mut self,
        world: &World,
        message: &[u8],
        now_us: u64,
        received: &mut Received,
        _: &mut Outgoing,
    ) -> Result<()> {
        let number = u32::from_le_bytes(*message.first_chunk().context("a short message")?);
        if number & PRESENCE != 0 {
            world.see(number & !PRESENCE, now_us);
        } else {
            received.deliver(world, &world.edits.borrow(), number, now_us);
        }
        Ok(())
    }

    fn ready(&self) -> bool {
        true
    }

    fn hung_up(&mut self) {}
}
