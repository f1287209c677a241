//! A table on its way to a file.

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Blank,
    /// Words; never a formula, whatever they begin with.
    Text(String),
    /// A number.
    Number(f64),
}

/// Rows below a heading.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// What it is called.
    pub name: String,
    /// A heading for each column.
    pub head: Vec<String>,
    /// As many cells as there are headings.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table with nothing below its headings.
    pub fn new<Heading: Into<String>>(name: &str, head: impl IntoIterator<Item = Heading>) -> Self {
        Table {
            name: name.to_owned(),
            head: head.into_iter().map(Into::into).collect(),
            rows: Vec::new(),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            Cell::Blank
        } else {
            Cell::Text(text.to_owned())
        }
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        Cell::Number(count as f64)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Cell::Number(number)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(cell: Option<T>) -> Self {
        cell.map_or(Cell::Blank, Into::into)
    }
}
