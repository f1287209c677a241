//! Bytes of a file to sheets of cells, by what the first bytes and the parts of an archive say it is.

mod archive;
mod docx;
mod letters;
mod ods;
mod separated;
mod workbook;
mod xml;

pub use archive::ArchiveError;

use super::{IntakeError, Sheet};
use samverk_shared::limits::UPLOAD_BYTES_MAX;

const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The sheets of a file.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, IntakeError> {
    if bytes.len() > UPLOAD_BYTES_MAX {
        return Err(IntakeError::TooLarge);
    }
    if bytes.starts_with(OLE) {
        return Err(IntakeError::OldWorkbook);
    }
    if !bytes.starts_with(ZIP) {
        return separated::read(file_name, bytes).map(|sheet| vec![sheet]);
    }
    let parts = archive::check(bytes)?;
    let has = |name: &str| parts.iter().any(|part| part == name);
    if has("xl/workbook.bin") {
        Err(IntakeError::BinaryWorkbook)
    } else if has("word/document.xml") {
        docx::read(file_name, bytes)
    } else if has("mimetype") && has("content.xml") {
        ods::read(file_name, bytes)
    } else if parts
        .iter()
        .any(|part| part.to_ascii_lowercase().starts_with("xl/"))
    {
        workbook::read(file_name, bytes)
    } else {
        Err(IntakeError::NotAList)
    }
}
