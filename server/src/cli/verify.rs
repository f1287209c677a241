//! `samverk verify`: checks every document of a stopped server's store, and changes nothing.

use crate::store::{ReadError, Store, StoreError, Table, compact};
use samverk_shared::ids::DocumentId;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerifyReport {
    /// Whether nothing is wrong.
    pub ok: bool,
    /// Every document, in order of their ids.
    pub documents: Vec<CheckedDocument>,
    /// Rows of the catalogue whose document is not in the store.
    pub missing: Vec<MissingDocument>,
    /// Families of records that cannot be read, with the reason.
    pub records: Vec<String>,
}

/// One document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedDocument {
    /// Which.
    pub document: DocumentId,
    /// Stored bytes; 0 when they cannot be read.
    pub bytes: u64,
    /// Its newest changes, in hexadecimal.
    pub heads: Vec<String>,
    /// Runs of authorship stored of it.
    pub runs: usize,
    /// What is wrong, or nothing.
    pub problem: Option<String>,
}

/// A row of the catalogue that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingDocument {
    /// `workshop/subject`.
    pub row: String,
    /// The document it names, or nothing when the row itself makes no sense.
    pub document: Option<DocumentId>,
}

/// Checks a store. Each document's bytes are read against their digests, loaded, and compared with their
/// heads.
pub fn verify(store: &dyn Store) -> Result<VerifyReport, StoreError> {
    let ids = store.documents()?;
    let known: BTreeSet<_> = ids.iter().copied().collect();
    let documents: Vec<_> = ids.into_iter().map(|id| check(store, id)).collect();
    let mut records = Vec::new();
    for table in Table::ALL {
        if let Err(error) = store.scan(table, "") {
            records.push(format!("{table:?}: {error}"));
        }
    }
    let missing = missing(store, &known);
    let ok = records.is_empty() && missing.is_empty() && documents.iter().all(|one| one.problem.is_none());
    Ok(VerifyReport {
        ok,
        documents,
        missing,
        records,
    })
}

impl VerifyReport {
    /// What the command exits with.
    pub fn exit_code(&self) -> u8 {
        u8::from(!self.ok)
    }

    /// The report for programs.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }
}

impl fmt::Display for VerifyReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bad = self
            .documents
            .iter()
            .filter_map(|one| Some((one, one.problem.as_ref()?)));
        for (one, problem) in bad.clone() {
            writeln!(f, "document {}: {problem}", one.document)?;
        }
        for one in &self.missing {
            match one.document {
                Some(document) => writeln!(f, "catalogue {}: its document {document} is missing", one.row)?,
                None => writeln!(f, "catalogue {}: the row names no document", one.row)?,
            }
        }
        for problem in &self.records {
            writeln!(f, "records {problem}")?;
        }
        let bytes: u64 = self.documents.iter().map(|one| one.bytes).sum();
        let (count, wrong) = (self.documents.len(), bad.count());
        writeln!(
            f,
            "{} of {count} documents are whole ({bytes} bytes)",
            count - wrong
        )?;
        match self.ok {
            true => Ok(()),
            false => writeln!(f, "Restore what is named above from a backup."),
        }
    }
}

fn check(store: &dyn Store, document: DocumentId) -> CheckedDocument {
    let mut checked = CheckedDocument {
        document,
        bytes: 0,
        heads: Vec::new(),
        runs: 0,
        problem: None,
    };
    match store.scan(Table::Authorship, &format!("{document}/")) {
        Ok(runs) => checked.runs = runs.len(),
        Err(error) => checked.problem = Some(format!("its authorship cannot be read: {error}")),
    }
    match store.load(document) {
        Ok(Some(stored)) => {
            checked.bytes = stored.meta.snapshot_bytes + stored.meta.log_bytes;
            checked.heads = stored.meta.heads.iter().map(ToString::to_string).collect();
            if let Err(error) = compact::open(&stored) {
                checked.problem = Some(error.to_string());
            }
        }
        Ok(None) => checked.problem = Some("it is listed and not there".to_owned()),
        Err(ReadError::Quarantined { reason, .. }) => {
            checked.problem = Some(format!("it is set aside: {reason}"))
        }
        Err(ReadError::Store(error)) => checked.problem = Some(error.to_string()),
    }
    checked
}

/// Rows of the catalogue are JSON with the document's id under `document`.
fn missing(store: &dyn Store, known: &BTreeSet<DocumentId>) -> Vec<MissingDocument> {
    #[derive(serde::Deserialize)]
    struct Row {
        document: DocumentId,
    }
    // That the catalogue cannot be read is reported among the records.
    let rows = store.scan(Table::Catalogue, "").unwrap_or_default();
    let named = rows.into_iter().map(|(row, record)| {
        let document = serde_json::from_slice::<Row>(&record.value)
            .ok()
            .map(|row| row.document);
        MissingDocument { row, document }
    });
    named
        .filter(|one| one.document.is_none_or(|document| !known.contains(&document)))
        .collect()
}
