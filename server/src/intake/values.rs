//! Cells as people type them: lists, years, and the words for what has no value.

use samverk_shared::case::{CodingState, Level, Origin, Status, YEARS};
use samverk_shared::limits::IMPORT_CELL_CHARS_MAX;

/// The text of a cell without what is around it and without control characters, and whether it was cut.
pub fn clean(text: &str) -> (String, bool) {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unified
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    let trimmed = kept.trim();
    match trimmed.char_indices().nth(IMPORT_CELL_CHARS_MAX) {
        Some((end, _)) => (trimmed[..end].trim_end().to_owned(), true),
        None => (trimmed.to_owned(), false),
    }
}

/// Lower case, with single spaces for whitespace and underscores: how headings and words are compared.
pub fn folded(text: &str) -> String {
    text.replace('_', " ")
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The items of a list: separated by semicolons or line breaks.
pub fn list(cell: &str) -> Vec<&str> {
    cell.split([';', '\n'])
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .collect()
}

/// The items of a list of words that are known; a comma separates them too, where each of them is known.
pub fn known_list(cell: &str, is_known: impl Fn(&str) -> bool) -> Vec<&str> {
    let by_comma = |item| {
        let words: Vec<&str> = str::split(item, ',').map(str::trim).collect();
        if is_known(item) || !words.iter().all(|word| is_known(word)) {
            vec![item]
        } else {
            words
        }
    };
    list(cell).into_iter().flat_map(by_comma).collect()
}

/// What a cell says of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearCell {
    /// It is a year.
    Year(i64),
    /// It is a date, or words with one year in them.
    Within(i64),
    /// It says no year, or several.
    None,
}

/// The year of a cell: «2017», «2017-05-01», «høsten 2017».
pub fn year(cell: &str) -> YearCell {
    if let Some(year) = samverk_shared::case::year(cell) {
        return YearCell::Year(year);
    }
    let runs = cell
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() == 4);
    let years: Vec<i64> = runs
        .filter_map(|run| run.parse().ok())
        .filter(|y| YEARS.contains(y))
        .collect();
    match years.as_slice() {
        [year] => YearCell::Within(*year),
        _ => YearCell::None,
    }
}

/// Why there is no value, where a cell says so in words.
pub fn uncoded(cell: &str) -> Option<CodingState> {
    match folded(cell).as_str() {
        "ukjent" | "unknown" | "vet ikke" | "?" => Some(CodingState::Unknown),
        "ikke relevant" | "ikkje relevant" | "not applicable" | "n/a" => Some(CodingState::NotApplicable),
        _ => None,
    }
}

/// A level of government.
pub fn level(word: &str) -> Option<Level> {
    match folded(word).as_str() {
        "statlig" | "statleg" | "stat" | "state" => Some(Level::Statlig),
        "regional" | "regionalt" | "fylkeskommunal" | "fylke" => Some(Level::Regional),
        "kommunal" | "kommunalt" | "kommune" | "municipal" => Some(Level::Kommunal),
        _ => None,
    }
}

/// Where a case comes from.
pub fn origin(word: &str) -> Option<Origin> {
    match folded(word).as_str() {
        "national" | "nasjonal" | "nasjonalt" => Some(Origin::National),
        "international" | "internasjonal" | "internasjonalt" | "utland" => Some(Origin::International),
        "future" | "framtidig" | "fremtidig" => Some(Origin::Future),
        _ => None,
    }
}

/// Whether a country is Norway.
pub fn is_norway(country: &str) -> bool {
    matches!(folded(country).as_str(), "norge" | "noreg" | "norway" | "no")
}

/// How far a case has come.
pub fn status(word: &str) -> Option<Status> {
    match folded(word).as_str() {
        "planned" | "planlagt" => Some(Status::Planned),
        "ongoing" | "pågår" | "pågående" => Some(Status::Ongoing),
        "ended" | "avsluttet" | "avslutta" => Some(Status::Ended),
        "unknown" | "ukjent" => Some(Status::Unknown),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r32_a_year_in_words_is_found_and_several_are_not_chosen_from() {
        assert_eq!(year("2017"), YearCell::Year(2017));
        assert_eq!(year("høsten 2017"), YearCell::Within(2017));
        assert_eq!(year("2017-05-01"), YearCell::Within(2017));
        assert_eq!(year("2015–2018"), YearCell::None);
        assert_eq!(year("tidlig på 2000-tallet, ca. 12345"), YearCell::Within(2000));
        assert_eq!(year("snart"), YearCell::None);
    }

    #[test]
    fn r32_a_cell_is_trimmed_of_hard_spaces_and_cut_at_its_limit() {
        assert_eq!(clean("\u{a0} æ\r\nø\u{7} "), ("æ\nø".to_owned(), false));
        let (text, cut) = clean(&"å".repeat(IMPORT_CELL_CHARS_MAX + 1));
        assert_eq!((text.chars().count(), cut), (IMPORT_CELL_CHARS_MAX, true));
    }
}
