//! [T6, T7] A backup holds what the store held at one moment; of a damaged one nothing is restored.

use crate::crash_points::{Contents, contents, histories};
use crate::disk::Disk;
use crate::workload::{append, change_of, document_id, life, put};
use automerge::{ActorId, Automerge, ROOT, transaction::Transactable};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use samverk::store::redb::backup::{
    BackupError, Checked, DamagedBackup, Manifest, RestoreError, Watch, check, restore,
};
use samverk::store::{Changes, Expect, ReadError, Records, RedbStore, Store, Table, Write};
use samverk_shared::limits::BACKUP_MS_MAX;
use std::cell::Cell;
use std::io::Write as _;

const SEED: u64 = 20_261_124;
const FLIPS: usize = 400;

/// Time stands still, and nobody waits.
pub fn nobody() -> Watch<'static> {
    Watch {
        now_ms: &|| 0,
        tell: &|_| (),
    }
}

fn backup(store: &RedbStore) -> (Vec<u8>, Manifest) {
    let mut out = Vec::new();
    let (manifest, bytes) = store.backup(&mut out, 7, &nobody()).unwrap();
    assert_eq!(bytes, out.len() as u64);
    (out, manifest)
}

/// A restored store with all that it holds, and what was found in the backup.
fn restored(backup: &[u8], comes_back: &dyn Fn(Table, &str) -> bool) -> (RedbStore, Checked) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    let checked = restore(backup, &path, comes_back, &nobody()).unwrap();
    (RedbStore::open(&path).unwrap(), checked)
}

fn everything(_: Table, _: &str) -> bool {
    true
}

fn lived(commits: u64) -> (RedbStore, Contents) {
    let life = life(commits);
    let store = RedbStore::open_backend(Disk::new(Vec::new())).unwrap();
    life.iter()
        .for_each(|transactions| assert!(store.commit(transactions).unwrap().iter().all(Result::is_ok)));
    (store, histories(&life).pop().unwrap())
}

/// A store of small documents that automerge knows.
fn real(documents: u8) -> RedbStore {
    let store = RedbStore::open_backend(Disk::new(Vec::new())).unwrap();
    for number in 0..documents {
        let mut automerge = Automerge::new().with_actor(ActorId::from([number; 16]));
        automerge
            .transact(|tx| tx.put(ROOT, "number", i64::from(number)))
            .unwrap();
        let write = Write::Append {
            document: document_id(number),
            bytes: automerge.save_after(&[]).into(),
            heads: automerge.get_heads(),
        };
        let record = put(Table::People, &number.to_string(), Expect::Absent, "a person");
        assert_eq!(store.commit(&[vec![write, record]]).unwrap(), [Ok(())]);
    }
    store
}

#[test]
fn t6_a_restored_store_holds_what_the_store_held() {
    let (store, before) = lived(14);
    let (bytes, manifest) = backup(&store);
    let (again, checked) = restored(&bytes, &everything);
    assert_eq!(contents(&again).unwrap(), before);
    assert_eq!(checked.manifest, manifest);
    let ids: Vec<_> = manifest.documents.iter().map(|entry| entry.document).collect();
    assert_eq!(ids, before.ids());
    assert_eq!(manifest.records["Server"], 3);
    for entry in &manifest.documents {
        let meta = before.stored(entry.document).unwrap().meta;
        assert_eq!(
            (entry.log_bytes, entry.snapshot_bytes),
            (meta.log_bytes, meta.snapshot_bytes)
        );
        assert_eq!(
            entry.heads,
            meta.heads.iter().map(ToString::to_string).collect::<Vec<_>>()
        );
    }
    let next = again.commit(&[vec![append(document_id(0), 99)]]).unwrap();
    assert_eq!(next, [Ok(())], "and it takes changes");
}

#[test]
fn t6_an_empty_store_comes_back_empty() {
    let (bytes, _) = backup(&RedbStore::open_backend(Disk::new(Vec::new())).unwrap());
    let (again, _) = restored(&bytes, &everything);
    assert_eq!(again.documents().unwrap(), []);
}

/// Takes a backup, while between any two of its writes somebody else commits.
struct Busy<'a> {
    store: &'a RedbStore,
    commits: u64,
    out: Vec<u8>,
}

impl std::io::Write for Busy<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = (40 + self.commits).to_string();
        let together = vec![
            append(document_id(1), self.commits),
            append(document_id(9), self.commits),
            put(Table::Server, "count", Expect::Any, &count),
            put(Table::Server, &format!("new {count}"), Expect::Absent, "x"),
        ];
        let removed = vec![Write::Remove {
            document: document_id(5),
        }];
        assert_eq!(self.store.commit(&[together, removed]).unwrap(), [Ok(()), Ok(())]);
        self.commits += 1;
        self.out.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn t6_a_backup_is_of_one_moment_while_others_write() {
    let (store, _) = lived(14);
    for number in 0..40 {
        let count = (number + 1).to_string();
        let writes = vec![
            append(document_id(1), number),
            append(document_id(5), number),
            put(Table::Server, "count", Expect::Any, &count),
        ];
        assert_eq!(store.commit(&[writes]).unwrap(), [Ok(())]);
    }
    let before = contents(&store).unwrap();
    let mut busy = Busy {
        store: &store,
        commits: 0,
        out: Vec::new(),
    };
    store.backup(&mut busy, 7, &nobody()).unwrap();
    let Busy { commits, out, .. } = busy;
    assert!(commits > 20, "they wrote {commits} times meanwhile");
    let (again, _) = restored(&out, &everything);
    assert_eq!(contents(&again).unwrap(), before);
}

#[test]
fn t6_records_that_are_not_to_come_back_do_not() {
    let (store, _) = lived(9);
    let writes = vec![
        put(Table::Sessions, "one", Expect::Absent, "session"),
        put(Table::Sessions, "two", Expect::Absent, "session"),
        put(Table::Devices, "one", Expect::Absent, "device"),
    ];
    store.commit(&[writes]).unwrap();
    let (bytes, _) = backup(&store);
    let (again, checked) = restored(&bytes, &|table, _| table != Table::Sessions);
    assert_eq!(checked.manifest.records["Sessions"], 2, "they are in the backup");
    assert_eq!(again.scan(Table::Sessions, "").unwrap(), []);
    assert_eq!(again.scan(Table::Devices, "").unwrap().len(), 1);
    assert_eq!(
        again.scan(Table::Server, "").unwrap(),
        store.scan(Table::Server, "").unwrap()
    );
}

#[test]
fn t7_no_flipped_bit_and_no_cut_gives_a_backup_that_is_whole() {
    println!("seed {SEED}");
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
    let (whole, _) = backup(&real(6));
    check(whole.as_slice()).unwrap();
    for _ in 0..FLIPS {
        let bit = rng.random_range(0..whole.len() * 8);
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        check(flipped.as_slice()).expect_err(&format!("bit {bit}"));
    }
    for cut in 0..whole.len() {
        check(&whole[..cut]).expect_err(&format!("cut at {cut}"));
    }
    let longer = [whole.as_slice(), b"x"].concat();
    check(longer.as_slice()).unwrap_err();
}

#[test]
fn t7_frames_left_out_or_moved_are_noticed() {
    let (whole, _) = backup(&real(6));
    let later = real(6);
    later.commit(&[vec![append(document_id(0), 1)]]).unwrap();
    let (other, _) = backup(&later);
    // Whole frames of one backup in another: each checksum fits, and only the place is wrong.
    let begins = |bytes: &[u8], number: u8| {
        let name = document_id(number).to_string();
        let at = bytes
            .windows(name.len())
            .position(|window| window == name.as_bytes());
        at.unwrap() - br#"{"document":""#.len() - 9
    };
    let (third, fourth, fifth) = (begins(&whole, 3), begins(&whole, 4), begins(&whole, 5));
    let left_out = [&whole[..third], &whole[fourth..]].concat();
    let moved = [
        &whole[..third],
        &whole[fourth..fifth],
        &whole[third..fourth],
        &whole[fifth..],
    ]
    .concat();
    let joined = [&whole[..fourth], &other[begins(&other, 4)..]].concat();
    for changed in [left_out, moved, joined] {
        check(changed.as_slice()).unwrap_err();
    }
}

#[test]
fn t7_damage_is_told_by_the_name_of_what_it_hit() {
    let (whole, _) = backup(&real(6));
    let place = |bytes: &[u8], of: &[u8]| bytes.windows(of.len()).position(|window| window == of).unwrap();
    let document = document_id(4);
    let mut flipped = whole.clone();
    // Its first row's key, in the frame after its name.
    let at = place(&whole, &document.0);
    flipped[at] ^= 1;
    let DamagedBackup { place: named, .. } = check(flipped.as_slice()).unwrap_err();
    assert_eq!(named, format!("document {document}"));
    let mut flipped = whole.clone();
    flipped[place(&whole, b"a person")] ^= 1;
    let error = check(flipped.as_slice()).unwrap_err();
    assert_eq!(error.place, "the records of People");
    let folder = tempfile::tempdir().unwrap();
    let refused = restore(
        flipped.as_slice(),
        &folder.path().join("s"),
        &everything,
        &nobody(),
    );
    assert!(matches!(refused, Err(RestoreError::Damaged(again)) if again == error));
}

#[test]
fn t7_what_is_no_backup_is_said_to_be_none() {
    for foreign in [&b""[..], b"redb", b"samverk backup 2\n and more"] {
        let error = check(foreign).unwrap_err();
        assert_eq!(error.place, "its beginning", "{error}");
    }
}

#[test]
fn t7_t4_a_document_that_is_set_aside_is_in_the_backup_as_it_is() {
    let (store, before) = lived(9);
    let (aside, unborn) = (document_id(2), document_id(77));
    let quarantine = |document| Write::Quarantine {
        document,
        reason: "somebody said so".to_owned(),
    };
    store
        .commit(&[vec![quarantine(aside), quarantine(unborn)]])
        .unwrap();
    let (bytes, manifest) = backup(&store);
    let named: Vec<_> = manifest.set_aside().collect();
    assert_eq!(named, [(aside, "somebody said so"), (unborn, "somebody said so")]);
    let (again, _) = restored(&bytes, &everything);
    assert_eq!(again.quarantined().unwrap(), store.quarantined().unwrap());
    let log = before.stored(aside).unwrap().log;
    let found = |change: &[u8]| bytes.windows(change.len()).any(|window| window == change);
    assert!(log.iter().all(|change| found(change)), "its bytes are kept");
}

#[test]
fn t7_t4_a_document_that_is_damaged_is_named_and_the_rest_is_kept() {
    let (store, before) = lived(9);
    let mut image = {
        let disk = Disk::new(Vec::new());
        let store = RedbStore::open_backend(disk.clone()).unwrap();
        life(9)
            .iter()
            .for_each(|transactions| drop(store.commit(transactions).unwrap()));
        disk.image()
    };
    drop(store);
    let disk = Disk::new(image.clone());
    let store = RedbStore::open_backend(disk.clone()).unwrap();
    let change = change_of(4);
    let places: Vec<_> = (0..image.len() - change.len())
        .filter(|at| image[*at..].starts_with(&change))
        .collect();
    places.into_iter().for_each(|at| image[at + 3] ^= 0x10);
    disk.replace(image);
    let (bytes, manifest) = backup(&store);
    let one = document_id(1);
    assert_eq!(
        manifest
            .set_aside()
            .map(|(document, _)| document)
            .collect::<Vec<_>>(),
        [one]
    );
    let (again, _) = restored(&bytes, &everything);
    assert!(matches!(again.load(one), Err(ReadError::Quarantined { document, .. }) if document == one));
    for other in before.ids().into_iter().filter(|id| *id != one) {
        assert_eq!(again.load(other).unwrap(), before.stored(other));
    }
}

#[test]
fn t7_a_document_that_does_not_load_is_named_and_restored_as_it_was() {
    let (bytes, _) = backup(&lived(5).0);
    let (_, checked) = restored(&bytes, &everything);
    let named: Vec<_> = checked.unloadable.iter().map(|(document, _)| *document).collect();
    let all: Vec<_> = checked
        .manifest
        .documents
        .iter()
        .map(|entry| entry.document)
        .collect();
    assert_eq!(named, all, "none of them is a document of automerge");
    assert_eq!(check(backup(&real(3)).0.as_slice()).unwrap().unloadable, []);
}

/// Takes so many bytes and no more, as a full disk.
struct Full(usize);

impl std::io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        match taken {
            0 => Err(std::io::ErrorKind::StorageFull.into()),
            taken => Ok(taken),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn t6_a_backup_that_cannot_be_written_is_none_and_the_store_goes_on() {
    let store = real(6);
    let whole = backup(&store).0.len();
    for room in (0..whole).step_by(97).chain([whole - 1]) {
        let error = store.backup(Full(room), 7, &nobody()).unwrap_err();
        assert!(matches!(error, BackupError::Write(_)), "{error}");
    }
    store.backup(Full(whole), 7, &nobody()).unwrap();
    assert_eq!(
        store.commit(&[vec![append(document_id(0), 1)]]).unwrap(),
        [Ok(())]
    );
}

#[test]
fn t6_a_backup_that_takes_too_long_is_given_up_and_who_waits_is_told_how_far_it_is() {
    let store = real(6);
    let (now_ms, told) = (Cell::new(0), Cell::new(0));
    let run = |step_ms: u64| {
        now_ms.set(0);
        let clock = || now_ms.replace(now_ms.get() + step_ms);
        let tell = |progress: String| {
            assert!(progress.contains(" of 6 documents"), "{progress}");
            told.set(told.get() + 1);
        };
        let watch = Watch {
            now_ms: &clock,
            tell: &tell,
        };
        store.backup(std::io::sink().by_ref(), 7, &watch)
    };
    run(10).unwrap();
    assert_eq!(told.get(), 0, "nobody is told of what is done at once");
    assert!(matches!(run(BACKUP_MS_MAX / 5), Err(BackupError::TooSlow)));
    assert!(told.get() > 0);
}
