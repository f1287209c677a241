//! Cells as people type them: text, lists, years, the words for a value and for none.

pub mod codes;
pub mod lists;
mod synonyms;
mod vocabulary;
pub mod words;
pub mod years;

pub use vocabulary::{Field, Vocabulary};

pub use samverk_shared::actors;
pub use samverk_shared::names::{bare, folded};

use samverk_shared::limits::IMPORT_CELL_CHARS_MAX;

/// The text of a cell without what is around it and without control characters, and whether it was cut.
pub fn clean(text: &str) -> (String, bool) {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unified
        .chars()
        .filter(|c| c.is_ascii_graphic() || *c == ' ' || is_kept(*c))
        .collect();
    let trimmed = kept.trim();
    match trimmed.char_indices().nth(IMPORT_CELL_CHARS_MAX) {
        Some((end, _)) => (trimmed[..end].trim_end().to_owned(), true),
        None => (trimmed.to_owned(), false),
    }
}

/// Everything but control characters and what cannot be seen.
fn is_kept(c: char) -> bool {
    matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{ad}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r32_a_cell_is_trimmed_of_hard_spaces_and_cut_at_its_limit() {
        assert_eq!(clean("\u{a0} æ\r\nø\u{7} "), ("æ\nø".to_owned(), false));
        let (text, cut) = clean(&"å".repeat(IMPORT_CELL_CHARS_MAX + 1));
        assert_eq!((text.chars().count(), cut), (IMPORT_CELL_CHARS_MAX, true));
    }
}
