//! The columns of automerge's binary format, read without trusting them. Rows that are alike stand as one run, so
//! whatever is the same for a run is looked at once.

use super::message::Input;

const HASH_BYTES: u64 = 32;

/// The bytes are not columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unreadable;

impl From<super::Malformed> for Unreadable {
    fn from(_: super::Malformed) -> Self {
        Unreadable
    }
}

/// Where a column stands: what it holds, and how long it is.
pub(super) struct Column {
    pub specification: u64,
    pub length: u64,
}

impl Column {
    const DEFLATED: u64 = 0b1000;

    /// What kind of values it holds.
    pub fn kind(&self) -> u64 {
        self.specification & 0b111
    }

    pub fn is_deflated(&self) -> bool {
        self.specification & Self::DEFLATED != 0
    }
}

/// Reads the table of columns that stands before their data.
pub(super) fn table(input: &mut Input<'_>) -> Result<Vec<Column>, Unreadable> {
    /// The format has sixteen; newer ones may have more.
    const COLUMNS_MAX: u64 = 64;
    let count = input.leb()?;
    if count > COLUMNS_MAX {
        return Err(Unreadable);
    }
    let mut columns = Vec::new();
    for _ in 0..count {
        columns.push(Column {
            specification: input.leb()?,
            length: input.leb()?,
        });
    }
    Ok(columns)
}

/// The columns of a change's body; their data is what is left.
pub(super) fn of_change<'a>(body: &'a [u8]) -> Result<(Vec<Column>, Input<'a>), Unreadable> {
    let mut input = Input(body);
    let dependencies = input.leb()?;
    input.take(dependencies.saturating_mul(HASH_BYTES))?;
    skip_prefixed(&mut input)?;
    // Sequence number, first operation and time.
    for _ in 0..3 {
        AnyNumber::read(&mut input)?;
    }
    skip_prefixed(&mut input)?;
    for _ in 0..input.leb()? {
        skip_prefixed(&mut input)?;
    }
    let columns = table(&mut input)?;
    Ok((columns, input))
}

/// The columns of changes and of operations of a document saved whole; their data is what is left.
pub(super) fn of_document<'a>(body: &'a [u8]) -> Result<(Vec<Column>, Vec<Column>, Input<'a>), Unreadable> {
    let mut input = Input(body);
    for _ in 0..input.leb()? {
        skip_prefixed(&mut input)?;
    }
    let heads = input.leb()?;
    input.take(heads.saturating_mul(HASH_BYTES))?;
    let (changes, operations) = (table(&mut input)?, table(&mut input)?);
    Ok((changes, operations, input))
}

fn skip_prefixed(input: &mut Input<'_>) -> Result<(), Unreadable> {
    <&[u8]>::read(input).map(drop)
}

/// What a run repeats.
pub(super) trait Cell<'a>: Copy {
    /// Reads one.
    fn read(input: &mut Input<'a>) -> Result<Self, Unreadable>;
}

impl<'a> Cell<'a> for u64 {
    fn read(input: &mut Input<'a>) -> Result<u64, Unreadable> {
        Ok(input.leb()?)
    }
}

/// A number, signed or not, that is only passed over.
#[derive(Clone, Copy)]
pub(super) struct AnyNumber;

impl<'a> Cell<'a> for AnyNumber {
    fn read(input: &mut Input<'a>) -> Result<AnyNumber, Unreadable> {
        while input.byte()? & 0x80 != 0 {}
        Ok(AnyNumber)
    }
}

impl<'a> Cell<'a> for &'a [u8] {
    fn read(input: &mut Input<'a>) -> Result<&'a [u8], Unreadable> {
        let length = input.leb()?;
        Ok(input.take(length)?)
    }
}

/// The runs of a column: so many rows of this value, or of none.
pub(super) struct Runs<'a, T> {
    input: Input<'a>,
    /// Values that follow one by one, each a run of its own.
    different: u64,
    cell: std::marker::PhantomData<T>,
}

impl<'a, T: Cell<'a>> Runs<'a, T> {
    pub fn of(data: &'a [u8]) -> Self {
        Runs {
            input: Input(data),
            different: 0,
            cell: std::marker::PhantomData,
        }
    }

    fn read(&mut self) -> Result<(u64, Option<T>), Unreadable> {
        if self.different == 0 {
            match signed_leb(&mut self.input)? {
                0 => return Ok((self.input.leb()?, None)),
                count @ 1.. => return Ok((count.unsigned_abs(), Some(T::read(&mut self.input)?))),
                // Each takes a byte at least, so this ends with the column.
                count => self.different = count.unsigned_abs(),
            }
        }
        self.different -= 1;
        Ok((1, Some(T::read(&mut self.input)?)))
    }
}

impl<'a, T: Cell<'a>> Iterator for Runs<'a, T> {
    type Item = Result<(u64, Option<T>), Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.input.0.is_empty() && self.different == 0 {
            return None;
        }
        let run = self.read();
        if run.is_err() {
            self.input = Input(&[]);
            self.different = 0;
        }
        Some(run)
    }
}

/// The rows of a column, one by one.
pub(super) struct Rows<'a, T> {
    runs: Runs<'a, T>,
    left: u64,
    value: Option<T>,
}

impl<'a, T: Cell<'a>> Rows<'a, T> {
    pub fn of(data: &'a [u8]) -> Self {
        Rows {
            runs: Runs::of(data),
            left: 0,
            value: None,
        }
    }

    /// The next row, or `None` when the column is at its end.
    pub fn row(&mut self) -> Result<Option<Option<T>>, Unreadable> {
        while self.left == 0 {
            match self.runs.next() {
                None => return Ok(None),
                Some(run) => (self.left, self.value) = run?,
            }
        }
        self.left -= 1;
        Ok(Some(self.value))
    }
}

fn signed_leb(input: &mut Input<'_>) -> Result<i64, Unreadable> {
    let mut value = 0i64;
    for shift in (0..63).step_by(7) {
        let byte = input.byte()?;
        value |= i64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            let negative = byte & 0x40 != 0;
            return Ok(if negative {
                value | -1 << (shift + 7)
            } else {
                value
            });
        }
    }
    Err(Unreadable)
}
