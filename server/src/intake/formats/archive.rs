//! Whether the zip archive of a workbook or a document is safe to unpack: every part is inflated once and counted, for what
//! an archive says of its own sizes proves nothing.

use samverk_shared::limits::{WORKBOOK_INFLATED_BYTES_MAX, WORKBOOK_PARTS_MAX};
use samverk_shared::limits::{WORKBOOK_RATIO_FREE_BYTES, WORKBOOK_RATIO_MAX};
use std::io::{Cursor, Read};

/// Why an archive is not unpacked.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// Not a zip archive, cut off, or with a bad checksum.
    #[error("it is damaged ({0})")]
    Damaged(String),
    /// More parts than a workbook needs.
    #[error("it has more than {WORKBOOK_PARTS_MAX} parts")]
    Parts,
    /// More bytes than a workbook needs.
    #[error("it would fill more than {WORKBOOK_INFLATED_BYTES_MAX} bytes")]
    Inflated,
    /// One part inflates more than text does.
    #[error("the part {0} inflates more than {WORKBOOK_RATIO_MAX} times")]
    Ratio(String),
}

/// The names of the parts, after each was inflated once; none is kept.
pub fn check(bytes: &[u8]) -> Result<Vec<String>, ArchiveError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > WORKBOOK_PARTS_MAX {
        return Err(ArchiveError::Parts);
    }
    let mut left = WORKBOOK_INFLATED_BYTES_MAX;
    let mut names = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(damaged)?;
        let (name, packed) = (part.name().map_err(damaged)?.into_owned(), part.compressed_size());
        let ratio_bytes_max = packed
            .saturating_mul(WORKBOOK_RATIO_MAX)
            .max(WORKBOOK_RATIO_FREE_BYTES);
        let bytes_max = left.min(ratio_bytes_max);
        let inflated = count(part.take(bytes_max + 1)).map_err(damaged)?;
        if inflated > left {
            return Err(ArchiveError::Inflated);
        }
        if inflated > bytes_max {
            return Err(ArchiveError::Ratio(name));
        }
        left -= inflated;
        names.push(name);
    }
    Ok(names)
}

/// A part of an archive that was checked, or nothing where it is missing.
pub fn part(bytes: &[u8], name: &str) -> Result<Option<String>, ArchiveError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let found = match archive.by_name(name) {
        Ok(part) => part,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(damaged(error)),
    };
    let mut text = Vec::new();
    found
        .take(WORKBOOK_INFLATED_BYTES_MAX)
        .read_to_end(&mut text)
        .map_err(damaged)?;
    Ok(Some(String::from_utf8_lossy(&text).into_owned()))
}

fn count(mut part: impl Read) -> std::io::Result<u64> {
    std::io::copy(&mut part, &mut std::io::sink())
}

fn damaged(error: impl std::fmt::Display) -> ArchiveError {
    ArchiveError::Damaged(error.to_string())
}
