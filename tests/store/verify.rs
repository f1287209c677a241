//! `samverk verify` names what is damaged.

use crate::disk::Disk;
use crate::workload::{document_id, put};
use automerge::{Automerge, ROOT, transaction::Transactable};
use samverk::cli::verify::verify;
use samverk::store::{Expect, RedbStore, Store, Table, Write};
use samverk_shared::ids::DocumentId;

/// A document that says who it is.
fn real(document: DocumentId) -> Write {
    let mut automerge = Automerge::new();
    automerge
        .transact(|tx| tx.put(ROOT, "name", document.to_string()))
        .unwrap();
    Write::Append {
        document,
        bytes: automerge.save_after(&[]).into(),
        heads: automerge.get_heads(),
    }
}

fn disk() -> Disk {
    let disk = Disk::new(Vec::new());
    let store = RedbStore::open_backend(disk.clone()).unwrap();
    for number in 0..5 {
        let document = document_id(number);
        let row = format!("{{\"document\":\"{document}\",\"kind\":\"case\"}}");
        let writes = vec![
            real(document),
            put(Table::Catalogue, &format!("w/{number}"), Expect::Absent, &row),
            put(
                Table::Authorship,
                &format!("{document}/a/1"),
                Expect::Absent,
                "{}",
            ),
        ];
        assert_eq!(store.commit(&[writes]).unwrap(), [Ok(())]);
    }
    drop(store);
    disk
}

#[test]
fn t4_a_store_without_fault_is_whole() {
    let report = verify(&RedbStore::open_backend(disk()).unwrap()).unwrap();
    assert!(report.ok && report.exit_code() == 0, "{report}");
    assert!(
        report
            .documents
            .iter()
            .all(|one| one.runs == 1 && one.bytes > 0 && one.heads.len() == 1)
    );
    assert!(report.to_string().contains("5 of 5 documents are whole"));
}

#[test]
fn t4_a_flipped_bit_is_reported_with_the_name_of_its_document() {
    let (mut image, name) = (disk().image(), document_id(3).to_string());
    // The name stands in the catalogue too, there with a quote before it.
    let places =
        (1..image.len()).filter(|at| image[*at..].starts_with(name.as_bytes()) && image[at - 1] != b'"');
    let places: Vec<_> = places
        .filter(|at| !image[at + name.len()..].starts_with(b"/a/1"))
        .collect();
    assert!(!places.is_empty());
    places.into_iter().for_each(|at| image[at] ^= 1);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    std::fs::write(&path, image).unwrap();
    let report = verify(&RedbStore::open(&path).unwrap()).unwrap();
    assert_eq!(report.exit_code(), 1);
    let bad: Vec<_> = report
        .documents
        .iter()
        .filter(|one| one.problem.is_some())
        .collect();
    assert_eq!(
        bad.iter().map(|one| one.document).collect::<Vec<_>>(),
        [document_id(3)]
    );
    assert!(
        report
            .to_string()
            .contains(&format!("document {name}: it is set aside")),
        "{report}"
    );
    let json: serde_json::Value = serde_json::from_str(&report.json().unwrap()).unwrap();
    assert_eq!(
        (&json["ok"], &json["documents"][3]["document"]),
        (&false.into(), &name.into())
    );
    assert!(json["documents"][3]["problem"].is_string() && json["documents"][2]["problem"].is_null());
}

#[test]
fn a_document_that_is_not_what_its_meta_says_is_reported() {
    let store = RedbStore::open_backend(disk()).unwrap();
    let Write::Append { bytes, .. } = real(document_id(9)) else {
        unreachable!()
    };
    let wrong_heads = Write::Append {
        document: document_id(9),
        bytes,
        heads: vec![],
    };
    let nonsense = Write::Append {
        document: document_id(8),
        bytes: b"nonsense".as_slice().into(),
        heads: vec![],
    };
    store.commit(&[vec![wrong_heads, nonsense]]).unwrap();
    let report = verify(&store).unwrap();
    let bad = report
        .documents
        .iter()
        .filter(|one| one.problem.is_some())
        .map(|one| one.document);
    assert_eq!(bad.collect::<Vec<_>>(), [document_id(8), document_id(9)]);
}

#[test]
fn a_row_of_the_catalogue_without_its_document_is_reported() {
    let store = RedbStore::open_backend(disk()).unwrap();
    let nonsense = put(Table::Catalogue, "w/x", Expect::Absent, "nonsense");
    store
        .commit(&[vec![
            Write::Remove {
                document: document_id(2),
            },
            nonsense,
        ]])
        .unwrap();
    let report = verify(&store).unwrap();
    assert!(!report.ok);
    let missing: Vec<_> = report
        .missing
        .iter()
        .map(|one| (one.row.as_str(), one.document))
        .collect();
    assert_eq!(missing, [("w/2", Some(document_id(2))), ("w/x", None)]);
    assert!(
        report
            .to_string()
            .contains(&format!("its document {} is missing", document_id(2)))
    );
}
