//! A server in a process of its own, that can be killed and started again on the same folder and port.
//!
//! The process is the running test binary itself, so it is never older than the code under test. Each
//! binary that uses it has one test that only calls `serve_if_asked`, and names it to `TestServer::start`.

use samverk::{Config, RunningServer};
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const FOLDER: &str = "SAMVERK_TEST_SERVER_FOLDER";
const PORT: &str = "SAMVERK_TEST_SERVER_PORT";
const OPEN_SYNC: &str = "SAMVERK_TEST_SERVER_OPEN_SYNC";
const LISTENS: &str = "samverk-test-server ";

/// Who may come in by `/sync`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sync {
    /// Everybody: a plain sync server.
    Open,
    /// Who has a session.
    Members,
}

/// A running server and its data folder.
pub struct TestServer {
    test: &'static str,
    sync: Sync,
    folder: TempDir,
    child: Child,
    addr: SocketAddr,
    owner_secret: Option<String>,
}

impl TestServer {
    /// Starts a server with an empty folder on a free port. `test` is the full name of the test that serves.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start(test: &'static str, sync: Sync) -> TestServer {
        let folder = tempfile::tempdir().expect("a folder");
        let (child, addr, owner_secret) = spawn(test, sync, &folder, 0);
        TestServer {
            test,
            sync,
            folder,
            child,
            addr,
            owner_secret,
        }
    }

    /// The address of `/sync`.
    pub fn url(&self) -> String {
        format!("ws://{}/sync", self.addr)
    }

    /// The address of everything else.
    pub fn http(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// The secret of the link to become the owner, made when the folder was empty.
    pub fn owner_secret(&self) -> Option<&str> {
        self.owner_secret.as_deref()
    }

    /// The most memory the process has ever held.
    ///
    /// # Panics
    /// When the system does not say.
    pub fn memory_bytes_max(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("a running process");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        kilobytes.expect("Linux says so") * 1024
    }

    /// The processor time the process has used.
    ///
    /// # Panics
    /// When the system does not say.
    pub fn cpu_ms(&self) -> u64 {
        /// Linux counts in hundredths of a second, whatever the machine.
        const MS_IN_TICK: u64 = 10;
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()));
        let stat = stat.expect("a running process");
        // The name of the program stands in parentheses and may hold anything.
        let fields = stat.rsplit(')').next().unwrap_or_default();
        let ticks = fields.split_whitespace().skip(11).take(2);
        ticks.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * MS_IN_TICK
    }

    /// Ends the process without a chance to write anything more (`kill -9`).
    ///
    /// # Panics
    /// When it cannot be killed.
    pub fn kill(&mut self) {
        self.child.kill().expect("the server can be killed");
        self.child.wait().expect("the server ends");
    }

    /// Starts it again on its folder and port, after `kill`.
    ///
    /// # Panics
    /// When it does not start.
    pub fn restart(&mut self) {
        (self.child, self.addr, _) = spawn(self.test, self.sync, &self.folder, self.addr.port());
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        // It may have been killed before.
        self.child.kill().and_then(|()| self.child.wait()).ok();
    }
}

fn spawn(test: &str, sync: Sync, folder: &TempDir, port: u16) -> (Child, SocketAddr, Option<String>) {
    let mut child = Command::new(std::env::current_exe().expect("this program has a path"))
        .args(["--exact", test, "--nocapture"])
        .env(FOLDER, folder.path())
        .env(PORT, port.to_string())
        .env(OPEN_SYNC, if sync == Sync::Open { "yes" } else { "" })
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("this program can be started again");
    let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut said = String::new();
    let start =
        said_by(&mut stderr, &mut said).unwrap_or_else(|| panic!("{test} did not start a server: {said}"));
    // Nobody reads what it says later; the pipe must not fill.
    std::thread::spawn(move || std::io::copy(&mut stderr, &mut std::io::sink()));
    let mut words = start.split(' ').map(str::to_owned);
    let addr = words
        .next()
        .and_then(|addr| addr.parse().ok())
        .expect("an address");
    (child, addr, words.next().filter(|secret| !secret.is_empty()))
}

/// What follows `LISTENS`; everything before it goes into `said`.
fn said_by(stderr: &mut impl BufRead, said: &mut String) -> Option<String> {
    loop {
        let from = said.len();
        if stderr.read_line(said).ok()? == 0 {
            return None;
        }
        if let Some(start) = said[from..].trim_end().strip_prefix(LISTENS) {
            return Some(start.to_owned());
        }
    }
}

/// Runs a server until the process is killed or its standard input ends, when `TestServer` asked for one.
/// Does nothing in an ordinary run of the tests.
///
/// # Panics
/// When it does not start.
pub fn serve_if_asked() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let port = std::env::var(PORT)
        .ok()
        .and_then(|port| port.parse().ok())
        .unwrap_or_default();
    let mut config = Config::new(SocketAddr::from(([127, 0, 0, 1], port)), folder.into());
    config.open_sync = std::env::var(OPEN_SYNC).is_ok_and(|open| !open.is_empty());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let server: RunningServer = runtime
        .block_on(samverk::start(config))
        .expect("the server starts");
    let secret = server
        .owner_secret
        .as_ref()
        .map(|secret| secret.reveal())
        .unwrap_or_default();
    eprintln!("{LISTENS}{} {secret}", server.addr);
    // The pipe ends when the test that started this is gone, however it went.
    std::io::stdin().read_to_end(&mut Vec::new()).ok();
    runtime.block_on(server.stop());
}
