//! [T4] Bits of the file flip while nobody looks.

use crate::crash_points::{Contents, contents, histories};
use crate::disk::Disk;
use crate::workload::{append, change_of, document_id, life, put};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use redb::{Database, TableDefinition};
use samverk::store::redb::OpenError;
use samverk::store::{Changes, Conflict, Expect, ReadError, Records, RedbStore, Store, Table, Write};
use std::path::PathBuf;

const SEED: u64 = 20_261_124;
const FLIPS: usize = 200;

/// Stores a life; `stopped` tells whether the process ended cleanly or was killed.
fn stored(commits: u64, stopped: bool) -> (Vec<u8>, Contents) {
    let life = life(commits);
    let disk = Disk::new(Vec::new());
    let store = RedbStore::open_backend(disk.clone()).unwrap();
    life.iter()
        .for_each(|transactions| assert!(store.commit(transactions).unwrap().iter().all(Result::is_ok)));
    let killed = disk.image();
    drop(store);
    let image = if stopped { disk.image() } else { killed };
    (image, histories(&life).pop().unwrap())
}

/// A file with these bytes, and the folder that it lives in.
fn file(image: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    std::fs::write(&path, image).unwrap();
    (folder, path)
}

/// Flips a bit of every copy of these bytes.
fn flip_all(image: &mut [u8], bytes: &[u8]) {
    let found: Vec<_> = (0..image.len() - bytes.len())
        .filter(|at| image[*at..].starts_with(bytes))
        .collect();
    assert!(!found.is_empty());
    found.into_iter().for_each(|at| image[at + 3] ^= 0x10);
}

#[test]
fn t4_a_damaged_document_is_named_and_the_others_are_served() {
    for stopped in [true, false] {
        let (mut image, before) = stored(9, stopped);
        let one = document_id(1);
        flip_all(&mut image, &change_of(4));
        // Change 4 is also in document 11, whose log a snapshot took the place of, and in 10, which was
        // removed.
        let (folder, path) = file(&image);
        let store = RedbStore::open(&path).unwrap();
        let kept = std::fs::read(folder.path().join("store.damaged-1")).unwrap();
        assert!(kept == image, "the damaged file is kept as it was");
        let named = |error| matches!(error, ReadError::Quarantined { document, .. } if document == one);
        assert!(named(store.load(one).unwrap_err()), "stopped: {stopped}");
        assert!(named(store.meta(one).unwrap_err()));
        assert_eq!(store.quarantined().unwrap().len(), 1);
        assert_eq!(store.documents().unwrap(), before.ids());
        for other in before.ids().into_iter().filter(|id| *id != one) {
            assert_eq!(store.load(other).unwrap(), before.stored(other));
        }
        let results = store
            .commit(&[vec![append(one, 1)], vec![append(document_id(2), 9)]])
            .unwrap();
        assert_eq!(results, [Err(Conflict::Quarantined(one)), Ok(())]);
        drop(store);
        let again = RedbStore::open(&path).unwrap();
        assert!(named(again.load(one).unwrap_err()));
        assert!(
            !folder.path().join("store.damaged-2").exists(),
            "the new file is whole"
        );
    }
}

#[test]
fn t4_damage_that_comes_while_the_server_runs_is_found_when_it_is_read() {
    let (image, before) = stored(9, true);
    let disk = Disk::new(image);
    let store = RedbStore::open_backend(disk.clone()).unwrap();
    let mut decayed = disk.image();
    flip_all(&mut decayed, &change_of(4));
    disk.replace(decayed);
    let one = document_id(1);
    assert!(matches!(store.load(one), Err(ReadError::Quarantined { document, .. }) if document == one));
    assert!(store.meta(one).is_err());
    assert_eq!(store.quarantined().unwrap().len(), 1);
    assert_eq!(store.load(document_id(2)).unwrap(), before.stored(document_id(2)));
    let results = store
        .commit(&[vec![append(one, 1)], vec![append(document_id(2), 9)]])
        .unwrap();
    assert_eq!(results, [Err(Conflict::Quarantined(one)), Ok(())]);
    let born_again = [vec![Write::Remove { document: one }], vec![append(one, 1)]];
    assert_eq!(store.commit(&born_again).unwrap(), [Ok(()), Ok(())]);
    assert_eq!(store.load(one).unwrap().unwrap().log, [change_of(1)]);
}

#[test]
fn t4_looking_at_a_damaged_store_names_the_document_and_writes_nothing() {
    let (mut image, before) = stored(9, false);
    let one = document_id(1);
    for damaged in [false, true] {
        let (folder, path) = file(&image);
        let store = RedbStore::inspect(&path).unwrap();
        for id in before.ids() {
            match store.load(id) {
                Err(ReadError::Quarantined { document, .. }) => {
                    assert!(damaged && document == one && id == one)
                }
                found => assert_eq!(found.unwrap(), before.stored(id)),
            }
        }
        assert_eq!(store.load(one).is_err(), damaged);
        assert!(store.commit(&[vec![append(document_id(2), 9)]]).is_err());
        assert!(
            matches!(RedbStore::open(&path), Err(OpenError::InUse)),
            "nobody writes while it is looked at"
        );
        assert!(std::fs::read(&path).unwrap() == image);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        if !damaged {
            flip_all(&mut image, &change_of(4));
        }
    }
}

#[test]
fn t4_no_flipped_bit_anywhere_gives_a_wrong_or_missing_document() {
    println!("seed {SEED}");
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
    let images = [stored(14, true), stored(14, false)];
    let (mut harmless, mut named, mut refused) = (0, 0, 0);
    for turn in 0..FLIPS {
        let (image, before) = &images[turn % images.len()];
        let (at, bit) = (rng.random_range(0..image.len()), rng.random_range(0..8));
        let mut flipped = image.clone();
        flipped[at] ^= 1 << bit;
        let (_folder, path) = file(&flipped);
        let Ok(store) = RedbStore::open(&path) else {
            refused += 1;
            continue;
        };
        match contents(&store) {
            Ok(found) if found == *before => harmless += 1,
            Ok(found) => panic!("byte {at}, bit {bit}: silently wrong: {found:?}"),
            Err(_) => named += 1,
        }
        for id in before.ids() {
            match store.load(id) {
                Ok(found) => assert_eq!(found, before.stored(id), "byte {at}, bit {bit}"),
                Err(ReadError::Quarantined { document, .. }) => assert_eq!(document, id),
                Err(ReadError::Store(error)) => panic!("byte {at}, bit {bit}: {error}"),
            }
        }
    }
    println!("{harmless} harmless, {named} named, {refused} refused to open");
    assert!(
        named > 0 && refused < FLIPS / 20,
        "{named} named, {refused} refused"
    );
}

#[test]
fn t4_a_damaged_record_is_named_and_one_that_can_be_missed_is_left_out() {
    let disk = Disk::new(Vec::new());
    let store = RedbStore::open_backend(disk.clone()).unwrap();
    let writes = |table, value: &str| {
        vec![
            put(table, "one", Expect::Any, "1"),
            put(table, "two", Expect::Any, value),
        ]
    };
    let (session, person) = ("a session that decays", "a person that decays");
    store
        .commit(&[writes(Table::Sessions, session), writes(Table::People, person)])
        .unwrap();
    drop(store);
    let mut image = disk.image();
    flip_all(&mut image, session.as_bytes());
    flip_all(&mut image, person.as_bytes());
    let (_folder, path) = file(&image);
    let store = RedbStore::open(&path).unwrap();
    assert_eq!(store.scan(Table::Sessions, "").unwrap().len(), 1);
    assert!(store.get(Table::People, "one").unwrap().is_some());
    for error in [
        store.get(Table::People, "two").unwrap_err(),
        store.scan(Table::People, "").unwrap_err(),
    ] {
        assert!(
            error.to_string().contains("the record two of People is damaged"),
            "{error}"
        );
    }
    let revised = store
        .commit(&[vec![put(Table::People, "two", Expect::Revision(1), "no")]])
        .unwrap();
    assert!(revised[0].is_err());
    assert_eq!(
        store.commit(&[writes(Table::People, "restored")]).unwrap(),
        [Ok(())]
    );
    assert_eq!(store.scan(Table::People, "").unwrap().len(), 2);
}

#[test]
fn a_store_of_a_newer_program_is_refused_by_its_format() {
    let disk = Disk::new(Vec::new());
    drop(RedbStore::open_backend(disk.clone()).unwrap());
    let database = Database::builder().create_with_backend(disk.clone()).unwrap();
    let transaction = database.begin_write().unwrap();
    let about: TableDefinition<'_, &str, u64> = TableDefinition::new("about");
    transaction
        .open_table(about)
        .unwrap()
        .insert("format", 2)
        .unwrap();
    transaction.commit().unwrap();
    drop(database);
    assert!(matches!(RedbStore::open_backend(disk), Err(OpenError::Newer(2))));
}

#[test]
fn a_store_in_use_and_a_file_that_is_none_are_refused_and_left_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    let store = RedbStore::open(&path).unwrap();
    assert!(matches!(RedbStore::open(&path), Err(OpenError::InUse)));
    drop(store);
    drop(RedbStore::open(&path).unwrap());
    let other = folder.path().join("notes.txt");
    std::fs::write(&other, "not a store, and longer than a magic number").unwrap();
    assert!(matches!(RedbStore::open(&other), Err(OpenError::Foreign)));
    let foreign = folder.path().join("other.redb");
    drop(Database::create(&foreign).unwrap());
    assert!(matches!(RedbStore::open(&foreign), Err(OpenError::Foreign)));
    assert_eq!(
        std::fs::read_to_string(&other).unwrap(),
        "not a store, and longer than a magic number"
    );
}

#[test]
fn a_store_whose_making_was_cut_short_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    std::fs::write(path.with_extension("unfinished"), vec![0; 4096]).unwrap();
    let store = RedbStore::open(&path).unwrap();
    assert_eq!(store.documents().unwrap(), []);
    assert!(!path.with_extension("unfinished").exists());
}

#[cfg(unix)]
#[test]
fn the_file_is_its_owners_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    drop(RedbStore::open(&path).unwrap());
    assert_eq!(
        std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
}
