//! [D1] A real process with a real file is killed while it stores.

use crate::crash_points::{contents, histories};
use crate::workload::life;
use samverk::store::{RedbStore, Store};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

const COMMITS: u64 = 24;
const PATH: &str = "SAMVERK_TEST_KILLED_STORE";
const ACKNOWLEDGED: &str = "acknowledged";

/// What the process does that is killed: this test, started again with a path. Without one it does nothing.
#[test]
fn the_process_that_is_killed() {
    let Some(path) = std::env::var_os(PATH) else {
        return;
    };
    let store = RedbStore::open(path).unwrap();
    for transactions in life(COMMITS) {
        assert!(store.commit(&transactions).unwrap().iter().all(Result::is_ok));
        eprintln!("{ACKNOWLEDGED}");
    }
}

/// Runs it, and kills it after so many acknowledgements; gives how many there were in the end.
fn run_and_kill(path: &Path, after: usize) -> usize {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::the_process_that_is_killed", "--nocapture"])
        .env(PATH, path)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stderr.take().unwrap())
        .lines()
        .map_while(Result::ok);
    let mut acknowledgements = lines.filter(|line| line == ACKNOWLEDGED);
    let before = acknowledgements.by_ref().take(after).count();
    child.kill().unwrap();
    let all = before + acknowledgements.count();
    child.wait().unwrap();
    all
}

#[test]
fn d1_a_killed_process_loses_nothing_that_it_acknowledged() {
    let histories = histories(&life(COMMITS));
    for after in 0..COMMITS as usize {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.redb");
        let acknowledged = run_and_kill(&path, after);
        assert!(acknowledged >= after);
        let found = contents(&RedbStore::open(&path).unwrap()).unwrap();
        let allowed = &histories[acknowledged..histories.len().min(acknowledged + 2)];
        assert!(
            allowed.contains(&found),
            "killed after {acknowledged} acknowledgements"
        );
    }
}
