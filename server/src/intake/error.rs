//! Why a file is no list that can be read; each sentence says what to do.

use super::formats::ArchiveError;
use samverk_shared::import::Refusal;
use samverk_shared::limits::{IMPORT_CELLS_MAX, IMPORT_COLUMNS_MAX, IMPORT_FILES_MAX, IMPORT_ROWS_MAX};
use samverk_shared::limits::{IMPORT_SHEETS_MAX, IMPORT_TEXT_BYTES_MAX, UPLOAD_BYTES_MAX, XML_DEPTH_MAX};

/// Why a file is no list that can be read.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// More bytes than are taken in.
    #[error("the file is larger than {UPLOAD_BYTES_MAX} bytes; split it into several lists")]
    TooLarge,
    /// A file of the old binary kind, or one with a password: both have the same envelope.
    #[error(
        "the file is of an old kind (.xls, .doc) or has a password; open it, and save it as .xlsx or .docx without one"
    )]
    OldWorkbook,
    /// An OpenDocument file with a password.
    #[error("the file has a password; open it, and save it without one")]
    Encrypted,
    /// A binary workbook.
    #[error("the workbook is of the kind .xlsb; open it, and save it as .xlsx")]
    BinaryWorkbook,
    /// A page of the web, whatever it is called.
    #[error("the file is a web page; open it in a spreadsheet program, and save it as .xlsx")]
    WebPage,
    /// Neither a workbook nor text.
    #[error(
        "the file is none of the kinds that are read (.xlsx, .ods, .csv, .tsv, .docx); save it as one of them"
    )]
    NotAList,
    /// The zip archive of the file cannot be opened safely.
    #[error("the file cannot be unpacked: {0}; open it, and save it anew")]
    Archive(#[from] ArchiveError),
    /// The file's parts make no sense.
    #[error("the file cannot be read: {0}; open it, and save it anew")]
    Workbook(String),
    /// Elements within elements without end.
    #[error("the file has more than {XML_DEPTH_MAX} elements within each other")]
    TooDeep,
    /// The file defines words of its own, by which a small file can become a large one.
    #[error("the file has a document type of its own; open it, and save it anew")]
    DocumentType,
    /// More files than are taken in at once.
    #[error("more than {IMPORT_FILES_MAX} files at once; bring them in in several turns")]
    TooManyFiles,
    /// More sheets than are taken in.
    #[error("the workbook has more than {IMPORT_SHEETS_MAX} sheets; split it")]
    TooManySheets,
    /// A cell lies below the last row that is taken in.
    #[error(
        "sheet {sheet} has a cell in row {row}; at most {IMPORT_ROWS_MAX} rows are taken in, so split it"
    )]
    TooManyRows {
        /// Whose.
        sheet: String,
        /// Which row, from 1.
        row: u64,
    },
    /// A cell lies beyond the last column that is taken in.
    #[error("sheet {sheet} has a cell in column {column}; at most {IMPORT_COLUMNS_MAX} columns are taken in")]
    TooManyColumns {
        /// Whose.
        sheet: String,
        /// Which column, from 1.
        column: u64,
    },
    /// More filled cells than are taken in.
    #[error("the file has more than {IMPORT_CELLS_MAX} filled cells; split it")]
    TooManyCells,
    /// More text than is taken in.
    #[error("the cells hold more than {IMPORT_TEXT_BYTES_MAX} bytes of text; split the file")]
    TooMuchText,
    /// The sheet that was asked for is not there.
    #[error("there is no sheet named {0}")]
    NoSheet(String),
}

impl IntakeError {
    /// The word for it, for which each screen has a sentence in the reader's language.
    pub fn why(&self) -> Refusal {
        match self {
            IntakeError::Empty => Refusal::Empty,
            IntakeError::TooLarge => Refusal::TooLarge,
            IntakeError::OldWorkbook => Refusal::OldKind,
            IntakeError::Encrypted => Refusal::Password,
            IntakeError::BinaryWorkbook => Refusal::BinaryWorkbook,
            IntakeError::WebPage => Refusal::WebPage,
            IntakeError::NotAList => Refusal::NotAList,
            IntakeError::Archive(_)
            | IntakeError::Workbook(_)
            | IntakeError::TooDeep
            | IntakeError::DocumentType => Refusal::Broken,
            IntakeError::TooManyFiles => Refusal::TooManyFiles,
            IntakeError::TooManySheets => Refusal::TooManySheets,
            IntakeError::TooManyRows { .. } => Refusal::TooManyRows,
            IntakeError::TooManyColumns { .. } => Refusal::TooManyColumns,
            IntakeError::TooManyCells | IntakeError::TooMuchText => Refusal::TooMuch,
            IntakeError::NoSheet(_) => Refusal::NoSheet,
        }
    }
}
