//! `samverk backup`: a copy of everything a server keeps, in one file. And `samverk verify --backup`: its check.

use crate::clock;
use crate::files::Unfinished;
use crate::folder::{BackupNote, Folder};
use crate::people::{NoRandomness, random_id};
use crate::store::redb::backup::{BackupError, Checked, DamagedBackup, Manifest, Watch, check};
use actix_web::http::header::HttpDate;
use samverk_shared::ids::{DocumentId, id_from_random};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

const BUFFER_BYTES: usize = 1024 * 1024;

/// What a backup holds, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Where it is.
    pub file: PathBuf,
    /// Its length.
    pub bytes: u64,
    /// When it was made, in Unix seconds.
    pub made_s: u64,
    /// Documents in it.
    pub documents: usize,
    /// Their bytes.
    pub document_bytes: u64,
    /// Table → its number of records.
    pub records: BTreeMap<String, u64>,
    /// What is in it as it is, and is not sound.
    pub problems: Vec<Problem>,
}

/// Something that was not sound in the store already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Which document, where it is one.
    pub document: Option<DocumentId>,
    /// What, in words.
    pub problem: String,
}

/// Why there is no backup, or none that can be used.
#[derive(Debug, thiserror::Error)]
pub enum BackupFailed {
    /// Nothing is overwritten.
    #[error("there is a file {0} already: choose another name, or remove it first")]
    Exists(PathBuf),
    /// It could not be made.
    #[error("the backup {0} was not made: {1}")]
    NotMade(PathBuf, #[source] BackupError),
    /// It cannot be opened.
    #[error("the backup {0} cannot be read: {1}")]
    Unread(PathBuf, #[source] io::Error),
    /// It is damaged.
    #[error("{0}: {1}; use another backup")]
    Damaged(PathBuf, #[source] DamagedBackup),
    /// It needs a name of its own while it is written.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

/// Makes a backup of an open folder. The file has its name when all of it is on the disk.
pub fn backup(folder: &Folder, out: &Path, tell: &dyn Fn(String)) -> Result<Summary, BackupFailed> {
    let failed = |error: io::Error| match error.kind() {
        ErrorKind::AlreadyExists => BackupFailed::Exists(out.to_owned()),
        _ => BackupFailed::NotMade(out.to_owned(), error.into()),
    };
    let mark = id_from_random(random_id()?);
    let (unfinished, file) = Unfinished::new(out, &mark).map_err(failed)?;
    let watch = Watch {
        now_ms: &clock::now_ms,
        tell,
    };
    let buffered = BufWriter::with_capacity(BUFFER_BYTES, &file);
    let made = folder.backup(buffered, clock::now_s(), &watch);
    let (manifest, bytes) = made.map_err(|error| BackupFailed::NotMade(out.to_owned(), error))?;
    unfinished.finish(&file).map_err(failed)?;
    Ok(Summary::of(out, bytes, &manifest, &[]))
}

/// Checks a backup: every checksum, and that every document loads as the manifest says.
pub fn verify_backup(path: &Path) -> Result<Summary, BackupFailed> {
    let (file, bytes) = open(path)?;
    let checked = check(file).map_err(|damage| BackupFailed::Damaged(path.to_owned(), damage))?;
    Ok(Summary::of_checked(path, bytes, &checked))
}

/// A backup to be read, and its length.
pub fn open(path: &Path) -> Result<(BufReader<File>, u64), BackupFailed> {
    let unread = |error| BackupFailed::Unread(path.to_owned(), error);
    let file = File::open(path).map_err(unread)?;
    let bytes = file.metadata().map_err(unread)?.len();
    Ok((BufReader::with_capacity(BUFFER_BYTES, file), bytes))
}

impl Summary {
    /// Of a backup that was checked.
    pub fn of_checked(file: &Path, bytes: u64, checked: &Checked) -> Summary {
        Summary::of(file, bytes, &checked.manifest, &checked.unloadable)
    }

    fn of(file: &Path, bytes: u64, manifest: &Manifest, unloadable: &[(DocumentId, String)]) -> Summary {
        let set_aside = manifest.set_aside().map(|(document, reason)| Problem {
            document: Some(document),
            problem: format!("it is set aside: {reason}"),
        });
        let unloadable = unloadable.iter().map(|(document, reason)| Problem {
            document: Some(*document),
            problem: reason.clone(),
        });
        let records = manifest.damaged_records.iter().map(|record| Problem {
            document: None,
            problem: format!("the record {record} is damaged"),
        });
        Summary {
            file: file.to_owned(),
            bytes,
            made_s: manifest.made_s,
            documents: manifest.documents.len(),
            document_bytes: manifest.document_bytes(),
            records: manifest.records.clone(),
            problems: set_aside.chain(unloadable).chain(records).collect(),
        }
    }

    /// What is noted of it.
    pub fn note(&self) -> BackupNote {
        BackupNote {
            made_s: self.made_s,
            bytes: self.bytes,
        }
    }

    /// When it was made, for people.
    pub fn made(&self) -> String {
        HttpDate::from(UNIX_EPOCH + Duration::from_secs(self.made_s)).to_string()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Problem { document, problem } in &self.problems {
            match document {
                Some(document) => writeln!(f, "document {document}: {problem}")?,
                None => writeln!(f, "{problem}")?,
            }
        }
        let records: u64 = self.records.values().sum();
        writeln!(
            f,
            "{}: {} documents ({} bytes) and {records} records of {}, {} bytes",
            self.file.display(),
            self.documents,
            self.document_bytes,
            self.made(),
            self.bytes
        )
    }
}
