//! Cells as people type them: text, lists, years, the words for a value and for none.

pub mod actors;
pub mod codes;
pub mod lists;
mod synonyms;
mod vocabulary;
pub mod words;
pub mod years;

pub use vocabulary::{Field, Vocabulary};

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

/// Lower case, with single spaces for whitespace and underscores: how headings and words are compared.
pub fn folded(text: &str) -> String {
    text.replace('_', " ")
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Folded, without Norwegian letters and punctuation: how values and names are compared.
pub fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in folded(text).chars() {
        match c {
            'æ' | 'ä' => out.push_str("ae"),
            'ø' | 'ö' => out.push('o'),
            'å' => out.push('a'),
            'é' | 'è' | 'ê' => out.push('e'),
            'ü' => out.push('u'),
            c if c.is_alphanumeric() => out.push(c),
            _ => out.push(' '),
        }
    }
    out.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace("oe", "o")
        .replace("aa", "a")
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

    #[test]
    fn r35_names_are_compared_without_norwegian_letters_and_punctuation() {
        assert_eq!(bare("Åpne  Øyer–Æra"), bare("aapne oeyer aera"));
        assert_eq!(bare("I drift"), bare("i-drift"));
    }
}
