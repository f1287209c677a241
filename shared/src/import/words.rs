//! The closed sets of words in an import plan; the sentences for them are the client's.

use serde::{Deserialize, Serialize};

/// An enum whose variants are words in kebab-case, with all of them in order.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
        }

        impl $name {
            /// All, in order.
            pub const ALL: &[$name] = &[$($name::$variant,)+];
        }
    };
}

words! {
    /// How sure a reading is. What is less than likely is proposed and not used.
    #[derive(Default)]
    Confidence {
        /// It is written so, or somebody said so.
        Certain,
        /// Used, and each cell is shown as a doubt.
        Likely,
        /// Proposed only.
        Unsure,
        /// There is nothing to propose.
        #[default]
        None,
    }
}

words! {
    /// Why a file is no list that can be read.
    #[derive(Default)]
    Refusal {
        /// There is nothing in it.
        Empty,
        /// It has more bytes than are taken in.
        TooLarge,
        /// It is of an old kind (.xls, .doc), or has a password: both look alike.
        OldKind,
        /// It has a password.
        Password,
        /// It is a binary workbook (.xlsb).
        BinaryWorkbook,
        /// It is a page of the web.
        WebPage,
        /// It is neither a workbook nor text.
        #[default]
        NotAList,
        /// Its inside makes no sense, or is not safe to open.
        Broken,
        /// It came with too many others.
        TooManyFiles,
        /// It has too many sheets.
        TooManySheets,
        /// It has too many rows.
        TooManyRows,
        /// It has too many columns.
        TooManyColumns,
        /// It has too many cells, or too much text in them.
        TooMuch,
        /// It has no sheet of the name that was asked for.
        NoSheet,
    }
}

words! {
    /// How the cases of a sheet lie.
    #[derive(Default)]
    Layout {
        /// One row a case, below a header.
        #[default]
        Rows,
        /// One column a case, beside their labels: rows and columns have changed places.
        Columns,
        /// Forms of a document: row 2 is the first form.
        Forms,
    }
}

words! {
    /// Why a column fills what it fills.
    #[derive(Default)]
    ColumnReason {
        /// The person who imports chose it.
        Given,
        /// This list looked so last time.
        Remembered,
        /// The heading is a word for the field.
        Heading,
        /// The heading holds a word for the field.
        Wording,
        /// The heading is a word for the field but for a letter.
        Spelling,
        /// Most of its cells are values of the field.
        Values,
        /// It stands for one value of the field, ticked or not.
        Choice,
        /// It is what a survey tool adds to each answer.
        Survey,
        /// It is what a board says of each note.
        Board,
        /// It tells of persons, and personal data stays out.
        Personal,
        /// No heading says which column names the cases; this is the first one with texts of their own.
        Position,
        /// Another column fills the field already.
        Taken,
        /// No field takes it.
        #[default]
        Unknown,
    }
}

words! {
    /// Why a word of a list means a value.
    #[derive(Default)]
    ValueReason {
        /// The person who imports chose it.
        Given,
        /// It meant so last time.
        Remembered,
        /// It is the value's key or label.
        Label,
        /// It is another word for the value.
        Synonym,
        /// Its parts all mean the value: «kommune / kommunal».
        Parts,
        /// It is one word of the label, or holds the label.
        Word,
        /// It is the label but for a letter.
        Spelling,
        /// It says that there is no value: «ukjent».
        State,
        /// Nothing is like it.
        #[default]
        Unknown,
    }
}

words! {
    /// What is doubtful about the reading of a cell.
    DoubtKind {
        /// A year within words or a date.
        YearInWords,
        /// A span of years in one cell.
        YearRange,
        /// A spreadsheet's number of a day.
        DateSerial,
        /// A year of two digits.
        TwoDigitYear,
        /// Not a year; kept as words in `period`.
        NotAYear,
        /// Words that say how far the case has come.
        StatusFromYear,
        /// No value is like it; kept in `extra`.
        UnknownValue,
        /// It may be the value that is proposed, which is not used; kept in `extra`.
        UnsureValue,
        /// Read as a value that is likely meant.
        LikelyValue,
        /// More than one value where one is allowed; the cell is kept in `extra`.
        ManyValues,
        /// Not a number; the cell is kept in `extra`.
        NotANumber,
        /// Cut into several at a comma, a stroke or an «og».
        SplitList,
        /// The actor group is read from the party's name.
        GroupFromName,
        /// Nothing says which actor group the party is of; the cell is kept in `extra`.
        GroupUnknown,
        /// Origin is blank; it was read from the country.
        OriginFromCountry,
        /// A footnote's mark was taken away.
        FootnoteMark,
        /// The first words of a longer text became the name.
        LongName,
        /// The row holds a name and nothing else.
        OnlyAName,
        /// Too long, or too many; it was cut.
        Cut,
    }
}

words! {
    /// What a warning is about: a row, a column or a whole sheet.
    WarningKind {
        /// The sheet has no column for the name of a case: nothing was taken from it.
        NoCases,
        /// The row has no name: no case was made of it.
        NoName,
        /// No heading says which column names the cases.
        NameGuessed,
        /// It ends before it begins.
        EndsBeforeStart,
        /// No field takes this column; kept in `extra`.
        UnknownColumn,
        /// Two columns are headed alike or fill the same; both are kept.
        SameColumn,
        /// The column tells of persons and is left out.
        PersonalColumn,
        /// The row stands above the header.
        AboveHeader,
        /// The row sums up; no case was made of it.
        TotalRow,
        /// The row is a footnote or a source; no case was made of it.
        NoteRow,
        /// The row is a heading within the list; no case was made of it.
        SectionRow,
        /// The header again.
        RepeatedHeader,
        /// Merged cells say that these rows are one case; their cells were joined.
        JoinedRow,
        /// Cases stand in columns; rows and columns have changed places.
        ColumnsTurned,
        /// Letters that do not exist in the encoding were replaced.
        Encoding,
        /// Letters had been read in a wrong encoding once before; they were set right.
        Repaired,
        /// A cell shows an error of the workbook; read as blank.
        CellError,
        /// A text was longer than a cell may be; it was cut.
        Cut,
        /// A quotation mark is never closed: this last row may hold what were rows of their own.
        OpenQuote,
        /// Text of a document that is in no form.
        LooseText,
        /// There are more doubts or warnings than are kept.
        More,
    }
}

words! {
    /// What two cases that may be the same have in common.
    #[derive(Default)]
    DuplicateBy {
        /// The same list told of it before.
        Edition,
        /// The code of the list.
        Code,
        /// The name, but for capitals, punctuation, æøå and legal forms.
        #[default]
        Name,
        /// What stands in brackets, or a title before its subtitle.
        Alias,
        /// Initials or shortened words.
        Abbreviation,
        /// The same words in another order.
        WordOrder,
        /// A few letters.
        Spelling,
    }
}

words! {
    /// Whether two cases are the same one.
    #[derive(Default)]
    TwinAnswer {
        /// They are one.
        Same,
        /// They are two.
        Different,
        /// Nobody has said.
        #[default]
        Later,
    }
}

words! {
    /// What a list says of a field, beside what stands in the case.
    #[derive(Default)]
    CellKind {
        /// Both say the same.
        #[default]
        Same,
        /// The case says nothing.
        Fill,
        /// The list has changed it, and nobody in the case.
        Update,
        /// They differ, and somebody has to say which it is.
        Differs,
    }
}
