//! The server as a process, and what can be read from its log.

use crate::PATIENCE;
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, ExitStatus, Output, Stdio};
use std::thread::JoinHandle;
use tokio::sync::watch;
use tokio::time::timeout;

/// What the log has said so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct Heard {
    pub addr: Option<SocketAddr>,
    pub compactions_begun: u32,
    /// However they ended.
    pub compactions_ended: u32,
    /// Those that put a snapshot in place of a log.
    pub compacted: u32,
}

/// A running server. It is killed when it is dropped.
pub struct Process {
    child: Child,
    pub addr: SocketAddr,
    pub heard: watch::Receiver<Heard>,
    log: Option<JoinHandle<String>>,
}

impl Process {
    /// Starts a server in open mode on a data folder, and returns when it listens.
    pub async fn start(data: &Path) -> Process {
        let mut child = Command::new(program())
            .args(["serve", "--open-sync", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .env("SAMVERK_LOG", "info,samverk::runtime::workers=debug")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let stderr = child.stderr.take().expect("its log is piped");
        let (tell, mut heard) = watch::channel(Heard::default());
        let log = std::thread::spawn(move || listen(stderr, &tell));
        let listening = timeout(PATIENCE, heard.wait_for(|heard| heard.addr.is_some())).await;
        let addr = match listening.expect("it starts in time") {
            Ok(heard) => heard.addr.expect("it was waited for"),
            Err(_) => panic!(
                "the server did not start: {}",
                log.join().expect("its log is text")
            ),
        };
        Process {
            child,
            addr,
            heard,
            log: Some(log),
        }
    }

    /// Kills it as a power cut would, and tells what the log had said.
    pub fn kill(mut self) -> Heard {
        self.end();
        *self.heard.borrow()
    }

    fn end(&mut self) {
        // It may have ended by itself; then there is nothing to kill.
        self.child.kill().ok();
        self.child.wait().expect("it ends");
        if let Some(log) = self.log.take() {
            log.join().expect("its log is text");
        }
    }

    /// How it ends by itself, and its log.
    pub async fn ended(mut self) -> (ExitStatus, String) {
        let log = self.log.take().expect("it is taken once");
        let log = timeout(PATIENCE, tokio::task::spawn_blocking(move || log.join()));
        let log = log
            .await
            .expect("it ends in time")
            .expect("the thread of the log ends");
        let status = self.child.wait().expect("it has ended");
        (status, log.expect("its log is text"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

/// Reads the log until the process ends; gives all of it.
fn listen(stderr: ChildStderr, tell: &watch::Sender<Heard>) -> String {
    let mut all = String::new();
    for line in BufReader::new(stderr).lines().map_while(Result::ok) {
        let addr = line
            .split("addr=")
            .nth(1)
            .and_then(|rest| rest.split(' ').next()?.parse().ok());
        tell.send_modify(|heard| {
            heard.addr = heard.addr.or(addr);
            heard.compactions_begun += u32::from(line.contains("compaction begins"));
            let ended = line.contains("compaction ends") || line.contains("a log was not compacted");
            heard.compactions_ended += u32::from(ended);
            heard.compacted += u32::from(line.contains("compaction ends"));
        });
        all.push_str(&line);
        all.push('\n');
    }
    all
}

/// Runs a command of the program to its end.
pub async fn run<S: Into<OsString>>(arguments: impl IntoIterator<Item = S>) -> Output {
    let mut command = Command::new(program());
    command.args(arguments.into_iter().map(Into::into));
    let ended = tokio::task::spawn_blocking(move || command.output());
    let output = timeout(PATIENCE, ended).await.expect("it ends in time");
    output.expect("it can be waited for").expect("the program starts")
}

/// The program stands beside the folder of the test binaries.
fn program() -> PathBuf {
    let tests = std::env::current_exe().expect("the test has a path");
    let program = tests
        .ancestors()
        .nth(2)
        .expect("it is in target/PROFILE/deps")
        .join("samverk");
    assert!(
        program.exists(),
        "there is no {}: these tests run the program itself; build it with `cargo build -p samverk`",
        program.display()
    );
    program
}
