//! [A2] On a full disk nothing is acknowledged, the server says that it is not ready and ends; what it had
//! acknowledged is there when there is room again.

use crate::PATIENCE;
use crate::client::Gone;
use crate::judge::{Promise, lost};
use crate::process::Process;
use crate::writer::Writer;
use samverk::hub::close::STORE_FAILED;
use samverk_shared::ids::DocumentId;
use std::fs::File;
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc::unbounded_channel;
use tokio::time::timeout;

/// A disk of its own; unmounted when it is dropped.
pub struct SmallDisk(TempDir);

impl SmallDisk {
    pub fn new() -> SmallDisk {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=12m", "tmpfs"])
            .arg(folder.path())
            .status();
        let mounted = mounted.is_ok_and(|status| status.success());
        assert!(
            mounted,
            "no tmpfs can be mounted: run this test as root, with the right to mount"
        );
        SmallDisk(folder)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Takes all the room that is left.
    pub fn fill(&self) {
        let mut file = File::create(self.path().join("filler")).expect("a file");
        while file.write_all(&[0; 4096]).is_ok() {}
    }

    pub fn make_room(&self) {
        std::fs::remove_file(self.path().join("filler")).expect("the filler is there");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("--lazy").arg(self.path()).status();
        if !unmounted.is_ok_and(|status| status.success()) {
            eprintln!("{} stays mounted", self.path().display());
        }
    }
}

/// The status of `GET /readyz`; `None` when nobody answers any more.
async fn ready(addr: SocketAddr) -> Option<u16> {
    let mut answer = String::new();
    let ask = async {
        let mut stream = TcpStream::connect(addr).await.ok()?;
        let request = format!("GET /readyz HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.ok()?;
        stream.read_to_string(&mut answer).await.ok()?;
        answer.split(' ').nth(1)?.parse().ok()
    };
    timeout(PATIENCE, ask).await.expect("an answer or none, in time")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a2_a1_on_a_full_disk_nothing_is_acknowledged_and_nothing_acknowledged_is_lost() {
    let disk = SmallDisk::new();
    let data = disk.path().join("data");
    let document = DocumentId::from_random([5; 16]);
    let mut writer = Writer::new(1, document, 1, 1);
    let server = Process::start(&data).await;
    assert_eq!(ready(server.addr).await, Some(200));

    let (tell, mut told) = unbounded_channel();
    let addr = server.addr;
    let typing = tokio::spawn(async move {
        let gone = writer.type_on(addr, &tell).await;
        (writer, gone)
    });
    for _ in 0..5 {
        timeout(PATIENCE, told.recv())
            .await
            .expect("in time")
            .expect("an acknowledgement");
    }
    // Once it is not ready it never is again, until nobody answers any more.
    let watching = tokio::spawn(async move {
        let mut seen = Vec::new();
        while let Some(status) = ready(addr).await {
            seen.push(status);
        }
        seen
    });
    disk.fill();
    let typing = timeout(PATIENCE, typing).await;
    let (writer, gone) = typing.expect("the disk is full in time").expect("it types");
    assert!(
        writer.sent.len() > writer.acknowledged.len(),
        "the last edit was not acknowledged"
    );
    assert_eq!(gone, Gone(Some(STORE_FAILED)), "clients are told");
    assert!(
        matches!(ready(addr).await, Some(503) | None),
        "it is not ready, or gone"
    );
    let seen = timeout(PATIENCE, watching)
        .await
        .expect("it ends")
        .expect("it asks");
    let unready = seen.iter().skip_while(|status| **status == 200);
    assert!(unready.clone().all(|status| *status == 503), "{seen:?}");
    let (status, log) = server.ended().await;
    assert!(!status.success(), "it ends with an error: {log}");
    assert!(log.contains("the store failed"), "and says why: {log}");

    disk.make_room();
    let server = Process::start(&data).await;
    assert_eq!(ready(server.addr).await, Some(200));
    let writers = [writer];
    let lost = lost(server.addr, document, &Promise::Acknowledged.of(&writers)).await;
    assert_eq!(lost, [].into());
    let [mut writer] = writers;
    let (tell, mut told) = unbounded_channel();
    let addr = server.addr;
    let typing = tokio::spawn(async move { writer.type_on(addr, &tell).await });
    timeout(PATIENCE, told.recv())
        .await
        .expect("in time")
        .expect("it takes edits again");
    server.kill();
    timeout(PATIENCE, typing)
        .await
        .expect("in time")
        .expect("it notices");
}
