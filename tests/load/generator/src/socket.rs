//! A WebSocket client that costs little: one read and one write for as many messages as there are.

use anyhow::{Context, Result, bail};
use std::io::{self, ErrorKind};
use std::ops::Range;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, Interest};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

const CONNECT_MAX: Duration = Duration::from_secs(60);
const ANSWER_BYTES_MAX: usize = 16 * 1024;
const READ_BYTES: usize = 16 * 1024;
const NARROW_BYTES: u32 = 4 * 1024;
const LOOK_MAX: Duration = Duration::from_millis(5);

const CONTINUATION: u8 = 0;
const BINARY: u8 = 2;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;

/// An open WebSocket.
pub struct Socket {
    stream: TcpStream,
    inbox: Vec<u8>,
    /// How much of the inbox has been taken out.
    taken: usize,
    /// The beginning of a message that comes in several frames.
    begun: Vec<u8>,
    outbox: Vec<u8>,
    /// How much of the outbox has left.
    left: usize,
}

/// What was in the inbox.
pub enum Taken {
    /// A message, to be read with [`Socket::message`].
    Message(Range<usize>),
    /// The server ended the connection, with this code.
    Closed(u16),
    /// Nothing whole any more.
    Nothing,
}

impl Socket {
    /// Connects to `ws://HOST:PORT/PATH`.
    pub async fn connect(url: &str) -> Result<Socket> {
        let address = url.strip_prefix("ws://").context("only ws:// addresses")?;
        let (host, path) = address.split_once('/').unwrap_or((address, ""));
        timeout(CONNECT_MAX, open(host, path))
            .await
            .context("no answer to the upgrade")?
    }

    /// Connects with a receive buffer as small as it goes: what is not read stays with the server.
    pub async fn connect_narrow(url: &str) -> Result<Socket> {
        let address = url.strip_prefix("ws://").context("only ws:// addresses")?;
        let (host, path) = address.split_once('/').unwrap_or((address, ""));
        let narrow = TcpSocket::new_v4()?;
        narrow.set_recv_buffer_size(NARROW_BYTES)?;
        let stream = narrow
            .connect(host.parse().context("an address in numbers")?)
            .await?;
        timeout(CONNECT_MAX, upgrade(stream, host, path))
            .await
            .context("no answer to the upgrade")?
    }

    /// Whether the server has ended the connection, without reading what it sent.
    pub async fn hung_up(&self) -> bool {
        let look = timeout(LOOK_MAX, self.stream.ready(Interest::READABLE));
        matches!(look.await, Ok(Ok(ready)) if ready.is_read_closed())
    }

    /// Puts a message into the outbox; it leaves with [`Socket::flush`] or while waiting for something to read.
    pub fn send(&mut self, message: &[u8]) {
        self.frame(BINARY, message);
    }

    /// Puts bytes into the outbox as they are.
    pub fn send_raw(&mut self, bytes: &[u8]) {
        self.outbox.extend_from_slice(bytes);
    }

    pub fn outbox_bytes(&self) -> usize {
        self.outbox.len() - self.left
    }

    /// Sends as much as goes without waiting.
    pub fn flush(&mut self) -> io::Result<()> {
        while self.outbox_bytes() > 0 {
            match self.stream.try_write(&self.outbox[self.left..]) {
                Ok(sent) => self.left += sent,
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        // Moved to the front only when that is worth it: a server that takes little at a time would cost the square.
        if self.left * 2 >= self.outbox.len() {
            self.outbox.drain(..self.left);
            self.left = 0;
        }
        Ok(())
    }

    /// Waits until something has come; sends what is left in the outbox meanwhile.
    pub async fn receive(&mut self) -> io::Result<()> {
        self.inbox.drain(..self.taken);
        self.taken = 0;
        loop {
            let waits_for = if self.outbox_bytes() == 0 {
                Interest::READABLE
            } else {
                Interest::READABLE | Interest::WRITABLE
            };
            let ready = self.stream.ready(waits_for).await?;
            if ready.is_writable() {
                self.flush()?;
            }
            if !ready.is_readable() {
                continue;
            }
            self.inbox.reserve(READ_BYTES);
            match self.stream.try_read_buf(&mut self.inbox) {
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(_) => return Ok(()),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Takes the next whole message out of the inbox; pings are answered.
    pub fn take(&mut self) -> Taken {
        while let Some((last, kind, payload)) = self.next_frame() {
            self.taken = payload.end;
            match kind {
                BINARY if last => return Taken::Message(payload),
                BINARY | CONTINUATION => {
                    self.begun.extend_from_slice(&self.inbox[payload]);
                    if last {
                        return self.put_together();
                    }
                }
                CLOSE => {
                    let code = self.inbox[payload]
                        .first_chunk()
                        .map_or(1005, |code| u16::from_be_bytes(*code));
                    return Taken::Closed(code);
                }
                PING => {
                    let payload = self.inbox[payload].to_vec();
                    self.frame(PONG, &payload);
                }
                _ => {}
            }
        }
        Taken::Nothing
    }

    pub fn message(&self, range: Range<usize>) -> &[u8] {
        &self.inbox[range]
    }

    /// Puts a message of several frames in front of what is left in the inbox.
    fn put_together(&mut self) -> Taken {
        let mut inbox = std::mem::take(&mut self.begun);
        let message = 0..inbox.len();
        inbox.extend_from_slice(&self.inbox[self.taken..]);
        self.inbox = inbox;
        self.taken = message.end;
        Taken::Message(message)
    }

    /// Whether it is a message's last frame, its kind, and where its payload lies.
    fn next_frame(&self) -> Option<(bool, u8, Range<usize>)> {
        let bytes = &self.inbox[self.taken..];
        let (first, second) = (*bytes.first()?, *bytes.get(1)?);
        let (length, header) = match second & 0x7f {
            126 => (u16::from_be_bytes(*bytes.get(2..)?.first_chunk()?) as usize, 4),
            127 => (u64::from_be_bytes(*bytes.get(2..)?.first_chunk()?) as usize, 10),
            short => (usize::from(short), 2),
        };
        let start = self.taken + header;
        let end = start.checked_add(length)?;
        (end <= self.inbox.len()).then_some((first & 0x80 != 0, first & 15, start..end))
    }

    /// A client must mask what it sends; a mask of zeros is one.
    fn frame(&mut self, kind: u8, payload: &[u8]) {
        self.outbox.push(0x80 | kind);
        match payload.len() {
            short @ 0..126 => self.outbox.push(0x80 | short as u8),
            medium @ 126..0x1_0000 => {
                self.outbox.push(0x80 | 126);
                self.outbox.extend((medium as u16).to_be_bytes());
            }
            long => {
                self.outbox.push(0x80 | 127);
                self.outbox.extend((long as u64).to_be_bytes());
            }
        }
        self.outbox.extend([0; 4]);
        self.outbox.extend_from_slice(payload);
    }
}

async fn open(host: &str, path: &str) -> Result<Socket> {
    let stream = TcpStream::connect(host).await.with_context(|| host.to_string())?;
    upgrade(stream, host, path).await
}

async fn upgrade(mut stream: TcpStream, host: &str, path: &str) -> Result<Socket> {
    stream.set_nodelay(true)?;
    let request = format!(
        "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: bG9hZCBvZiBhIHRlc3QuLg==\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut inbox = Vec::with_capacity(READ_BYTES);
    let end = loop {
        if stream.read_buf(&mut inbox).await? == 0 || inbox.len() > ANSWER_BYTES_MAX {
            bail!("{host}/{path}: no upgrade: {}", String::from_utf8_lossy(&inbox));
        }
        if let Some(at) = inbox.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
    };
    if !inbox.starts_with(b"HTTP/1.1 101") {
        bail!(
            "{host}/{path}: no upgrade: {}",
            String::from_utf8_lossy(&inbox[..end])
        );
    }
    Ok(Socket {
        stream,
        inbox,
        taken: end,
        begun: vec![],
        outbox: vec![],
        left: 0,
    })
}
