//! [T6, T8, A1] The drill: a backup while people type, the server lost, another one started from the backup.

use crate::PATIENCE;
use crate::full_disk::SmallDisk;
use crate::judge::{Promise, lost};
use crate::process::{Process, run};
use crate::writer::Writer;
use samverk_shared::ids::DocumentId;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::net::SocketAddr;
use std::path::Path;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinSet;
use tokio::time::timeout;

const DOCUMENTS: u8 = 3;
const WRITERS_PER_DOCUMENT: u8 = 2;
/// Acknowledgements in each document before the backup, and after it.
const EDITS: usize = 40;
/// One in so many edits is large: logs become snapshots while the backup is taken.
const LARGE_ONE_IN: u64 = 8;

/// People who type in one document until the server is gone.
struct Typing {
    document: DocumentId,
    writers: JoinSet<Writer>,
    told: UnboundedReceiver<String>,
    acknowledged: BTreeSet<String>,
}

impl Typing {
    fn start(writers: Vec<Writer>, addr: SocketAddr) -> Typing {
        let (tell, told) = unbounded_channel();
        let document = writers[0].document;
        let mut typing = JoinSet::new();
        for mut writer in writers {
            let tell = tell.clone();
            typing.spawn(async move {
                writer.type_on(addr, &tell).await;
                writer
            });
        }
        Typing {
            document,
            writers: typing,
            told,
            acknowledged: BTreeSet::new(),
        }
    }

    async fn next(&mut self) {
        let told = timeout(PATIENCE, self.told.recv()).await;
        self.acknowledged
            .insert(told.expect("in time").expect("they type"));
    }

    async fn hear(&mut self, edits: usize) {
        for _ in 0..edits {
            self.next().await;
        }
    }

    /// Hears something from each of them.
    async fn hear_all(&mut self, names: &[String]) {
        let heard = |all: &BTreeSet<String>, name: &String| all.iter().any(|edit| edit.starts_with(name));
        while !names.iter().all(|name| heard(&self.acknowledged, name)) {
            self.next().await;
        }
    }

    /// What they have been told up to now.
    fn owed(&mut self) -> BTreeSet<String> {
        while let Ok(edit) = self.told.try_recv() {
            self.acknowledged.insert(edit);
        }
        self.acknowledged.clone()
    }

    async fn end(self) -> Vec<Writer> {
        let ended = timeout(PATIENCE, self.writers.join_all()).await;
        ended.expect("they notice that the server is gone")
    }
}

fn writers(document: u8) -> Vec<Writer> {
    let id = DocumentId::from_random([document; 16]);
    let numbers = (0..WRITERS_PER_DOCUMENT).map(|writer| document * WRITERS_PER_DOCUMENT + writer);
    numbers
        .map(|number| Writer::new(number, id, u64::from(document), LARGE_ONE_IN))
        .collect()
}

/// Runs a command about files; it must succeed. Gives what it says.
async fn samverk(arguments: &[&OsStr]) -> String {
    let output = run(arguments).await;
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).expect("it is text")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t6_t8_a1_a_backup_taken_while_people_type_has_all_that_was_acknowledged_and_they_bring_the_rest() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let [data, new, backup] = ["data", "new", "backup"].map(|name| folder.path().join(name));
    let server = Process::start(&data).await;
    let mut typing: Vec<_> = (0..DOCUMENTS)
        .map(|document| Typing::start(writers(document), server.addr))
        .collect();
    for document in &mut typing {
        document.hear(EDITS).await;
    }
    let owed: Vec<_> = typing.iter_mut().map(Typing::owed).collect();
    let [to, at]: [&OsStr; 2] = ["backup", "--data"].map(OsStr::new);
    let said = samverk(&[to, backup.as_os_str(), at, data.as_os_str()]).await;
    assert!(said.contains(&format!("{DOCUMENTS} documents")), "{said}");
    for document in &mut typing {
        document.hear(EDITS).await;
    }
    server.kill();
    let mut writers = Vec::new();
    for document in typing {
        writers.push(document.end().await);
    }
    std::fs::remove_dir_all(&data).expect("the old folder is lost");

    samverk(&["verify".as_ref(), "--backup".as_ref(), backup.as_os_str()]).await;
    samverk(&["restore".as_ref(), backup.as_os_str(), at, new.as_os_str()]).await;
    let server = Process::start(&new).await;
    for (writers, owed) in writers.iter().zip(&owed) {
        let document = writers[0].document;
        assert_eq!(lost(server.addr, document, owed).await, BTreeSet::new());
        let all = Promise::Acknowledged.of(writers);
        assert!(
            !lost(server.addr, document, &all).await.is_empty(),
            "what came after the backup is not in it"
        );
    }
    for writers in writers {
        let all = Promise::Acknowledged.of(&writers);
        let names: Vec<_> = writers.iter().map(|writer| writer.name.clone()).collect();
        let mut typing = Typing::start(writers, server.addr);
        typing.hear_all(&names).await;
        assert_eq!(lost(server.addr, typing.document, &all).await, BTreeSet::new());
    }
    server.kill();
    samverk(&["verify".as_ref(), at, new.as_os_str()]).await;
}

/// The names in a folder.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t6_on_a_full_disk_no_half_backup_is_left_and_the_server_goes_on() {
    let (folder, disk) = (tempfile::tempdir().expect("a temporary folder"), SmallDisk::new());
    let (data, backup) = (folder.path().join("data"), disk.path().join("backup"));
    let server = Process::start(&data).await;
    let mut typing = Typing::start(writers(0), server.addr);
    typing.hear(EDITS).await;
    disk.fill();
    let arguments: [&OsStr; 4] = [
        "backup".as_ref(),
        backup.as_os_str(),
        "--data".as_ref(),
        data.as_os_str(),
    ];
    let output = run(arguments).await;
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        !output.status.success() && said.contains("was not made"),
        "{said}"
    );
    assert_eq!(names(disk.path()), BTreeSet::from(["filler".to_owned()]));
    typing.owed();
    typing.hear(EDITS).await;
    disk.make_room();
    samverk(&arguments).await;
    samverk(&["verify".as_ref(), "--backup".as_ref(), backup.as_os_str()]).await;
    server.kill();
    typing.end().await;
}
