//! [T1, A2] The file gives back what it does not need, and whatever happens meanwhile, nothing is lost.

use crate::backup::nobody;
use crate::crash_points::{Contents, contents, histories, judge, live, new_disk};
use crate::disk::{Disk, Trouble};
use crate::workload::{append, document_id, life};
use samverk::store::{RedbStore, Store, Transaction, Write};
use std::sync::mpsc::channel;

const COMMITS: u64 = 20;
const IMAGES: u64 = 40;
/// Of one document that is removed.
const LOG_ENTRIES: u64 = 4_000;

/// What a disk holds whose store has much that is free: a long log was removed.
fn loose_image(life: &[Vec<Transaction>]) -> Vec<u8> {
    let disk = new_disk();
    let store = RedbStore::open_backend(disk.clone()).unwrap();
    let document = document_id(50);
    let log: Vec<Transaction> = (0..LOG_ENTRIES)
        .map(|number| vec![append(document, number)])
        .collect();
    for part in log.chunks(100) {
        store.commit(part).unwrap();
    }
    assert_eq!(live(&store, life), life.len());
    store.commit(&[vec![Write::Remove { document }]]).unwrap();
    // redb trims a file that is closed, as little as it can: this is what a killed server leaves.
    let image = disk.image();
    drop(store);
    image
}

fn open(image: &[u8]) -> (Disk, RedbStore) {
    let disk = Disk::new(image.to_vec());
    let store = RedbStore::open_backend(disk.clone()).unwrap();
    disk.set(Trouble::None);
    (disk, store)
}

fn lived() -> (Vec<Vec<Transaction>>, Vec<Contents>) {
    let life = life(COMMITS);
    let histories = histories(&life);
    (life, histories)
}

#[test]
fn a_file_that_holds_little_becomes_small_and_holds_the_same() {
    let small: Vec<Vec<Transaction>> = (0..COMMITS)
        .map(|number| vec![vec![append(document_id(number as u8), number)]])
        .collect();
    let (disk, store) = open(&loose_image(&small));
    let (before, held) = (disk.image().len(), contents(&store).unwrap());
    store.shrink().unwrap();
    let (after, empty) = (disk.image().len(), new_disk().image().len());
    println!("{before} bytes before, {after} after; an empty store has {empty}");
    assert!(
        after < 2 * empty && 10 * after < before,
        "{before} bytes before, {after} after; an empty store has {empty}"
    );
    assert_eq!(contents(&store).unwrap(), held);
    assert_eq!(
        store.commit(&[vec![append(document_id(99), 1)]]).unwrap(),
        [Ok(())]
    );
}

#[test]
fn t1_the_power_may_go_in_every_sync_while_the_file_shrinks() {
    let (life, histories) = lived();
    let image = loose_image(&life);
    let (disk, store) = open(&image);
    store.shrink().unwrap();
    let syncs = disk.syncs();
    assert!(syncs > 4, "{syncs} syncs");
    for sync in 1..=syncs {
        let (disk, store) = open(&image);
        disk.set(Trouble::PowerOffInSync(sync));
        assert!(store.shrink().is_err(), "the power goes in sync {sync}");
        assert!(
            store.commit(&[]).is_err(),
            "[A2] a store that failed took another commit"
        );
        drop(store);
        for choice in 0..IMAGES {
            let verdict = judge(disk.image_after_power_failure(choice), life.len(), &histories);
            assert_eq!(verdict, Ok(()), "sync {sync}, image {choice}");
        }
        assert_eq!(
            judge(disk.image(), life.len(), &histories),
            Ok(()),
            "killed in sync {sync}"
        );
    }
    println!("{} images of {syncs} power failures judged", syncs * IMAGES);
}

#[test]
fn a2_any_call_to_the_disk_may_fail_while_the_file_shrinks() {
    let (life, histories) = lived();
    let image = loose_image(&life);
    let (disk, store) = open(&image);
    store.shrink().unwrap();
    let calls = disk.calls();
    for call in (1..=calls).step_by(3) {
        for trouble in [Trouble::FailCall(call), Trouble::FailFrom(call)] {
            let (disk, store) = open(&image);
            disk.set(trouble);
            let shrunk = store.shrink();
            drop(store);
            for choice in 0..3 {
                let verdict = judge(disk.image_after_power_failure(choice), life.len(), &histories);
                assert_eq!(verdict, Ok(()), "{trouble:?}, image {choice}, {shrunk:?}");
            }
        }
    }
}

#[test]
fn a_reader_keeps_the_file_as_long_as_it_is_and_the_next_try_shrinks_it() {
    let image = loose_image(&life(COMMITS));
    let (disk, store) = open(&image);
    let before = disk.image().len();
    let store = &store;
    std::thread::scope(|scope| {
        let (begun, begins) = channel();
        let (end, ends) = channel::<()>();
        scope.spawn(move || {
            // A backup reads at one moment, for as long as it takes.
            let mut first = true;
            let slow = Slow(|| {
                if std::mem::take(&mut first) {
                    begun.send(()).unwrap();
                    ends.recv().unwrap();
                }
            });
            store.backup(slow, 0, &nobody()).unwrap();
        });
        begins.recv().unwrap();
        store.shrink().unwrap();
        assert_eq!(disk.image().len(), before);
        end.send(()).unwrap();
    });
    store.shrink().unwrap();
    assert!(disk.image().len() < before);
}

/// Takes what is written, and does something first.
struct Slow<F>(F);

impl<F: FnMut()> std::io::Write for Slow<F> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        (self.0)();
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
