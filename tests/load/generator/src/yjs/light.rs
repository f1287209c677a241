//! The light client of the Yjs family.

use super::wire::{
    AUTH, AWARENESS, ECHO, NO_UPDATE, Reader, STEP_ANSWER, STEP_ASK, STEP_UPDATE, SYNC, SYNC_REPLY,
    SYNC_STATUS, auth, counted, each_range, envelope, sync,
};
use crate::automerge::{letter, unsigned};
use crate::client::{Outgoing, Protocol};
use crate::target::Dialect;
use crate::world::{Edit, EditIndex, Received, World, now_us};
use anyhow::{Context, Result, bail};
use rand::RngExt;
use std::collections::VecDeque;

/// A sentence of which the server has still to say that it took it.
enum Waiting {
    /// Edits sent in one message.
    Edits(usize),
    /// An answer to the server's question; it brings nothing.
    Answer,
}

pub struct Light {
    dialect: Dialect,
    me: u32,
    document: String,
    document_number: u32,
    /// The Yjs client id.
    client: u64,
    clock: u64,
    /// What it has, as a state vector.
    state: Vec<u8>,
    ready: bool,
    /// Own edits in order, and how many of them are acknowledged.
    mine: Vec<EditIndex>,
    acknowledged: usize,
    waiting: VecDeque<Waiting>,
    shows: u64,
}

impl Light {
    pub fn new(dialect: Dialect, me: u32, document: &str, document_number: u32, state: Vec<u8>) -> Self {
        Light {
            dialect,
            me,
            document: document.into(),
            document_number,
            client: 1000 + u64::from(rand::rng().random::<u32>()) / 2,
            clock: 0,
            state,
            ready: false,
            mine: vec![],
            acknowledged: 0,
            waiting: VecDeque::new(),
            shows: 0,
        }
    }

    fn say(&self, body: &[u8], out: &mut Outgoing) {
        out.push(envelope(self.dialect, &self.document, body));
    }

    /// One item that appends a string after the last own one.
    fn update(&self, text: &str) -> Vec<u8> {
        const STRING: u8 = 4;
        const AFTER: u8 = 0x80;
        let mut update = vec![1, 1];
        unsigned(&mut update, self.client);
        unsigned(&mut update, self.clock);
        if self.clock == 0 {
            update.extend([STRING, 1]);
            counted(&mut update, b"text");
        } else {
            update.push(STRING | AFTER);
            unsigned(&mut update, self.client);
            unsigned(&mut update, self.clock - 1);
        }
        counted(&mut update, text.as_bytes());
        update.push(0);
        update
    }

    fn read_sync(
        &mut self,
        world: &World,
        reader: &mut Reader<'_>,
        now_us: u64,
        received: &mut Received,
        out: &mut Outgoing,
    ) -> Result<()> {
        let step = reader.number()?;
        let data = reader.bytes()?;
        if step == STEP_ASK {
            if self.dialect == Dialect::Hocuspocus {
                self.waiting.push_back(Waiting::Answer);
            }
            self.say(&sync(STEP_ANSWER, &NO_UPDATE), out);
            return Ok(());
        }
        self.ready |= step == STEP_ANSWER;
        let edits = world.edits.borrow();
        each_range(data, |client, clock, length| {
            let made = edits.by_client.get(&client).map_or(&[][..], Vec::as_slice);
            let (from, to) = (clock as usize, (clock + length) as usize);
            for edit in made.iter().take(to).skip(from) {
                received.deliver(world, &edits, *edit, now_us);
            }
        })
    }

    fn acknowledge(&mut self, world: &World, edits: usize, now_us: u64, received: &mut Received) {
        let table = world.edits.borrow();
        for edit in self.mine.iter().skip(self.acknowledged).take(edits) {
            received.acknowledge(world, &table, *edit, now_us);
        }
        self.acknowledged += edits;
    }

    fn read_awareness(&self, world: &World, data: &[u8], now_us: u64) -> Result<()> {
        let mut reader = Reader(data);
        for _ in 0..reader.number()? {
            let client = reader.number()?;
            reader.number()?;
            let state: serde_json::Value = serde_json::from_slice(reader.bytes()?)?;
            if let Some(shown) = state["shown"].as_u64().filter(|_| client != self.client) {
                world.see(u32::try_from(shown)?, now_us);
            }
        }
        Ok(())
    }
}

impl Protocol for Light {
    fn hello(&mut self, out: &mut Outgoing) {
        if self.dialect == Dialect::Hocuspocus {
            self.say(&auth(), out);
        }
        self.say(&sync(STEP_ASK, &self.state), out);
    }

    fn edit(&mut self, world: &World, edits: usize, received: &mut Received, out: &mut Outgoing) {
        let text: String = (0..edits as u64).map(|at| letter(self.clock + at)).collect();
        let update = self.update(&text);
        {
            let mut table = world.edits.borrow_mut();
            for _ in 0..edits {
                let index = table.add(Edit {
                    writer: self.me,
                    document: self.document_number,
                    made_us: now_us(),
                    max_op: 0,
                    after: vec![],
                    hash: [0; 32],
                });
                table.by_client.entry(self.client).or_default().push(index);
                received.mark(index);
                self.mine.push(index);
            }
        }
        self.clock += edits as u64;
        self.say(&sync(STEP_UPDATE, &update), out);
        match self.dialect {
            Dialect::Hocuspocus => self.waiting.push_back(Waiting::Edits(edits)),
            Dialect::Ysweet => {
                // It echoes what it gets, after what came before.
                let mut echo = vec![];
                unsigned(&mut echo, ECHO);
                counted(&mut echo, &(self.mine.len() as u32).to_le_bytes());
                out.push(echo);
            }
            _ => {}
        }
    }

    fn show(&mut self, world: &World, out: &mut Outgoing) {
        self.shows += 1;
        let state = format!("{{\"shown\":{}}}", world.show());
        let mut update = vec![1];
        unsigned(&mut update, self.client);
        unsigned(&mut update, self.shows);
        counted(&mut update, state.as_bytes());
        let mut body = vec![AWARENESS as u8];
        counted(&mut body, &update);
        self.say(&body, out);
    }

    fn read(
        &mut self,
        world: &World,
        message: &[u8],
        now_us: u64,
        received: &mut Received,
        out: &mut Outgoing,
    ) -> Result<()> {
        let mut reader = Reader(message);
        if self.dialect == Dialect::Hocuspocus {
            reader.bytes()?;
        }
        // y-sweet may put several messages into one frame.
        while !reader.is_empty() {
            match reader.number()? {
                SYNC | SYNC_REPLY => self.read_sync(world, &mut reader, now_us, received, out)?,
                AWARENESS => self.read_awareness(world, reader.bytes()?, now_us)?,
                SYNC_STATUS => {
                    let taken = reader.number()? == 1;
                    if let Some(Waiting::Edits(edits)) = self.waiting.pop_front()
                        && taken
                    {
                        self.acknowledge(world, edits, now_us, received);
                    }
                }
                ECHO => {
                    let upto =
                        u32::from_le_bytes(*reader.bytes()?.first_chunk().context("a bad echo")?) as usize;
                    self.acknowledge(world, upto.saturating_sub(self.acknowledged), now_us, received);
                }
                AUTH if self.dialect == Dialect::Hocuspocus => {
                    if reader.number()? == 1 {
                        bail!("permission denied");
                    }
                    reader.bytes()?;
                }
                _ => return Ok(()),
            }
        }
        Ok(())
    }

    fn ready(&self) -> bool {
        self.ready
    }

    fn hung_up(&mut self) {
        self.waiting.clear();
    }
}
