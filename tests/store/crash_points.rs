//! [T1] The power goes in every sync of a short life, and what is left on the disk is opened again.

use crate::disk::{Disk, Trouble};
use crate::workload::{append, document_id, life};
use samverk::store::{
    Conflict, MemoryStore, Record, RedbStore, Store, StoreError, Stored, Table, Transaction,
};
use samverk_shared::ids::DocumentId;
use std::collections::BTreeMap;
use std::sync::Mutex;

const COMMITS: u64 = 20;
const IMAGES: u64 = 40;

/// All that a store holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    documents: BTreeMap<DocumentId, Stored>,
    records: BTreeMap<(Table, String), Record>,
    quarantined: Vec<(DocumentId, String)>,
}

impl Contents {
    pub fn ids(&self) -> Vec<DocumentId> {
        self.documents.keys().copied().collect()
    }

    pub fn stored(&self, document: DocumentId) -> Option<Stored> {
        self.documents.get(&document).cloned()
    }
}

pub fn contents(store: &dyn Store) -> Result<Contents, String> {
    let mut documents = BTreeMap::new();
    for id in store.documents().map_err(|error| error.to_string())? {
        let stored = store.load(id).map_err(|error| error.to_string())?;
        documents.insert(id, stored.ok_or(format!("{id} is listed and not there"))?);
    }
    let mut records = BTreeMap::new();
    for table in Table::ALL {
        let found = store.scan(table, "").map_err(|error| error.to_string())?;
        records.extend(found.into_iter().map(|(key, record)| ((table, key), record)));
    }
    let quarantined = store.quarantined().map_err(|error| error.to_string())?;
    Ok(Contents {
        documents,
        records,
        quarantined,
    })
}

/// What a store holds after each number of commits of a life.
pub fn histories(life: &[Vec<Transaction>]) -> Vec<Contents> {
    let store = MemoryStore::new();
    let mut all = vec![contents(&store).unwrap()];
    for transactions in life {
        assert!(store.commit(transactions).unwrap().iter().all(Result::is_ok));
        all.push(contents(&store).unwrap());
    }
    all
}

/// A disk with an empty store.
pub fn new_disk() -> Disk {
    let disk = Disk::new(Vec::new());
    drop(RedbStore::open_backend(disk.clone()).unwrap());
    disk
}

/// Lives until the first error; gives how many commits were acknowledged.
pub fn live(store: &dyn Store, life: &[Vec<Transaction>]) -> usize {
    for (number, transactions) in life.iter().enumerate() {
        if store.commit(transactions).is_err() {
            assert!(
                store.commit(&[]).is_err(),
                "[A2] a store that failed took another commit"
            );
            return number;
        }
    }
    life.len()
}

/// Judges what an image holds when this many commits were acknowledged: those, or one more.
pub fn judge(image: Vec<u8>, acknowledged: usize, histories: &[Contents]) -> Result<(), String> {
    let store =
        RedbStore::open_backend(Disk::new(image)).map_err(|error| format!("does not open: {error}"))?;
    let found = contents(&store)?;
    let allowed = &histories[acknowledged..histories.len().min(acknowledged + 2)];
    if !allowed.contains(&found) {
        let which = histories.iter().position(|history| *history == found);
        return Err(format!(
            "{acknowledged} commits were acknowledged; it holds those up to {which:?}"
        ));
    }
    let next = store
        .commit(&[vec![append(document_id(99), 1)]])
        .map_err(|error| error.to_string())?;
    if next == [Ok(())] {
        Ok(())
    } else {
        Err(format!("it takes no commits: {next:?}"))
    }
}

/// Runs the life on a store of this kind up to the power failure, and judges every image.
fn crash(
    trouble: Trouble,
    life: &[Vec<Transaction>],
    histories: &[Contents],
    kind: fn(RedbStore) -> Box<dyn Store>,
) -> Vec<String> {
    let disk = new_disk();
    let store = kind(RedbStore::open_backend(disk.clone()).unwrap());
    disk.set(trouble);
    let acknowledged = live(&*store, life);
    drop(store);
    let killed = ("process killed".to_owned(), disk.image());
    let powerless =
        (0..IMAGES).map(|choice| (format!("image {choice}"), disk.image_after_power_failure(choice)));
    let judged = powerless.chain([killed]).filter_map(|(name, image)| {
        let verdict = judge(image, acknowledged, histories);
        Some(format!("{trouble:?}, {name}: {}", verdict.err()?))
    });
    judged.collect()
}

/// How many syncs a life needs.
fn syncs_of(life: &[Vec<Transaction>]) -> u64 {
    let disk = new_disk();
    let store = RedbStore::open_backend(disk.clone()).unwrap();
    disk.set(Trouble::None);
    assert_eq!(live(&store, life), life.len());
    disk.syncs()
}

#[test]
fn t1_nothing_acknowledged_is_lost_and_nothing_is_half_there_at_any_sync() {
    let life = life(COMMITS);
    let histories = histories(&life);
    let syncs = syncs_of(&life);
    assert!(syncs >= 2 * COMMITS, "two-phase commit syncs twice");
    for sync in 1..=syncs {
        let wrong = crash(Trouble::PowerOffInSync(sync), &life, &histories, |store| {
            Box::new(store)
        });
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
    println!("{} images of {syncs} power failures judged", syncs * IMAGES);
}

#[test]
fn t1_a_second_power_failure_while_the_store_is_opened_loses_nothing() {
    let life = life(COMMITS);
    let histories = histories(&life);
    for (first, second) in (1..=syncs_of(&life))
        .step_by(5)
        .flat_map(|first| (1..=4).map(move |s| (first, s)))
    {
        let disk = new_disk();
        let store = RedbStore::open_backend(disk.clone()).unwrap();
        disk.set(Trouble::PowerOffInSync(first));
        let acknowledged = live(&store, &life);
        drop(store);
        let again = Disk::new(disk.image_after_power_failure(first + 2));
        again.set(Trouble::PowerOffInSync(second));
        drop(RedbStore::open_backend(again.clone()));
        for choice in 0..4 {
            let verdict = judge(again.image_after_power_failure(choice), acknowledged, &histories);
            assert_eq!(
                verdict,
                Ok(()),
                "power failures in syncs {first} and {second}, image {choice}"
            );
        }
    }
}

/// Acknowledges a commit when it stores the one before.
struct Liar {
    store: RedbStore,
    held: Mutex<Vec<Transaction>>,
}

reads_through!(Liar);

impl Store for Liar {
    fn commit(&self, transactions: &[Transaction]) -> Result<Vec<Result<(), Conflict>>, StoreError> {
        let before = std::mem::replace(&mut *self.held.lock().unwrap(), transactions.to_vec());
        self.store.commit(&before)?;
        Ok(transactions.iter().map(|_| Ok(())).collect())
    }
    fn shrink(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

#[test]
fn canary_a_store_that_acknowledges_too_early_is_caught() {
    let life = life(COMMITS);
    let histories = histories(&life);
    let liar = |store| {
        Box::new(Liar {
            store,
            held: Mutex::default(),
        }) as Box<dyn Store>
    };
    let wrong = crash(Trouble::PowerOffInSync(COMMITS), &life, &histories, liar);
    assert!(!wrong.is_empty());
}

#[test]
fn canary_a_disk_that_does_not_sync_is_caught() {
    let life = life(COMMITS);
    let histories = histories(&life);
    let wrong = crash(Trouble::LiesUntilSync(COMMITS), &life, &histories, |store| {
        Box::new(store)
    });
    assert!(!wrong.is_empty());
}
