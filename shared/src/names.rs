//! Names of cases and of organisations as they are compared.

use crate::import::DuplicateBy;
use std::collections::BTreeSet;

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

/// A name, or another name of the same.
#[derive(Debug, Clone)]
pub struct Name {
    /// Without capitals, Norwegian letters, punctuation, brackets and legal forms.
    words: Vec<String>,
    /// The words without spaces.
    compact: String,
    /// What stands in brackets, or before a subtitle.
    is_alias: bool,
    /// What stood there had a point at the end of a word, or is written in capitals.
    shortened: bool,
}

const LEGAL_FORMS: [&str; 12] = [
    "as", "asa", "sa", "ba", "hf", "rhf", "iks", "kf", "ltd", "inc", "gmbh", "ans",
];
/// Words that tell nothing of which case it is.
const SMALL_WORDS: [&str; 16] = [
    "og", "and", "i", "for", "the", "of", "av", "på", "pa", "til", "med", "en", "et", "ei", "in", "de",
];

/// The name, and the other names it holds: in brackets, or before a colon or a dash.
pub fn of(name: &str) -> Vec<Name> {
    let (outside, inside) = brackets(name);
    let mut names = vec![one(&outside, false)];
    names.extend(inside.iter().map(|text| one(text, true)));
    for between in [": ", " – ", " - ", " — "] {
        if let Some((title, _)) = outside.split_once(between) {
            names.push(one(title, true));
        }
    }
    // An alias of one or two letters, or a year, is none.
    names.retain(|n| n.compact.chars().count() >= if n.is_alias { 3 } else { 1 });
    names.retain(|n| !n.is_alias || n.compact.chars().any(char::is_alphabetic));
    names
}

/// Words before a name in brackets that say only when it was the name.
const FORMER: [&str; 6] = ["tidligere", "tidlegare", "tidl", "formerly", "na", "now"];

fn one(text: &str, is_alias: bool) -> Name {
    let shortened = text.split_whitespace().any(|word| word.ends_with('.'))
        || text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let mut words: Vec<String> = bare(text)
        .split(' ')
        .map(str::to_owned)
        .filter(|w| !w.is_empty())
        .collect();
    while words.len() > 1 && words.last().is_some_and(|w| LEGAL_FORMS.contains(&w.as_str())) {
        words.pop();
    }
    if is_alias && words.len() > 1 && FORMER.contains(&words[0].as_str()) {
        words.remove(0);
    }
    let compact = words.concat();
    Name {
        words,
        compact,
        is_alias,
        shortened,
    }
}

fn brackets(name: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside, mut depth) = (String::new(), Vec::new(), 0_usize);
    for c in name.chars() {
        match c {
            '(' | '[' => {
                depth += 1;
                inside.push(String::new());
            }
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => outside.push(c),
            c => {
                if let Some(text) = inside.last_mut() {
                    text.push(c);
                }
            }
        }
    }
    if outside.trim().is_empty() {
        (name.replace(['(', ')', '[', ']'], " "), Vec::new())
    } else {
        (outside, inside)
    }
}

impl Name {
    /// Keys of which two names that are alike share at least one.
    pub fn keys(&self) -> Vec<String> {
        /// Beyond this a name is known by its words.
        const LETTERS_MAX: usize = 40;
        let mut keys = vec![self.compact.clone(), format!("words {}", self.sorted().join(" "))];
        let letters: Vec<char> = self.compact.chars().collect();
        if letters.len() <= LETTERS_MAX && letters.len() > 4 {
            // Two names that differ in a letter are the same without it.
            for left_out in 0..letters.len() {
                let rest = letters
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| *at != left_out)
                    .map(|(_, c)| *c);
                keys.push(rest.collect());
            }
        }
        let telling = self
            .words
            .iter()
            .filter(|w| w.chars().count() >= 4 && !SMALL_WORDS.contains(&w.as_str()));
        keys.extend(telling.map(|w| format!("word {w}")));
        keys.extend(self.initials().map(|initials| format!("initials {initials}")));
        keys.push(format!("initials {}", self.compact));
        keys
    }

    fn sorted(&self) -> Vec<&str> {
        let telling = self
            .words
            .iter()
            .map(String::as_str)
            .filter(|w| !SMALL_WORDS.contains(w));
        telling.collect::<BTreeSet<&str>>().into_iter().collect()
    }

    /// «nscc» of «Norwegian Smart Care Cluster».
    fn initials(&self) -> Option<String> {
        let telling: Vec<&String> = self
            .words
            .iter()
            .filter(|w| !SMALL_WORDS.contains(&w.as_str()))
            .collect();
        (telling.len() >= 3).then(|| telling.iter().filter_map(|w| w.chars().next()).collect())
    }

    fn numbers(&self) -> Vec<&str> {
        self.words
            .iter()
            .filter(|w| w.chars().any(|c| c.is_ascii_digit()))
            .map(String::as_str)
            .collect()
    }
}

/// What two names have in common, and how alike they are, in hundredths.
pub fn alike(a: &Name, b: &Name) -> Option<(DuplicateBy, u32)> {
    if a.compact == b.compact {
        return Some(match (a.is_alias, b.is_alias) {
            (false, false) => (DuplicateBy::Name, 100),
            (true, true) => (DuplicateBy::Alias, 75),
            _ => (DuplicateBy::Alias, 90),
        });
    }
    let is_initials = |short: &Name, long: &Name| {
        short.words.len() == 1 && short.shortened && long.initials().is_some_and(|i| i == short.compact)
    };
    if is_initials(a, b) || is_initials(b, a) {
        return Some((DuplicateBy::Abbreviation, 80));
    }
    // «Pilot 1» and «Pilot 2» are two, however alike; and titles before a subtitle are often shared.
    if a.is_alias || b.is_alias || a.numbers() != b.numbers() {
        return None;
    }
    if a.words.len() > 1 && a.sorted() == b.sorted() {
        return Some((DuplicateBy::WordOrder, 95));
    }
    if a.shortened != b.shortened && shortened(a, b) {
        return Some((DuplicateBy::Abbreviation, 85));
    }
    let length = a.compact.chars().count().max(b.compact.chars().count());
    let errors_max = if length < 5 { 0 } else { (length / 8).clamp(1, 4) };
    if length.abs_diff(a.compact.chars().count().min(b.compact.chars().count())) > errors_max {
        return None;
    }
    let errors = strsim::osa_distance(&a.compact, &b.compact);
    (errors <= errors_max).then(|| (DuplicateBy::Spelling, 100 - (errors * 100 / length) as u32))
}

/// Word by word the same, or the beginning of it: «Med hjerte f. Arendal».
fn shortened(a: &Name, b: &Name) -> bool {
    a.words.len() == b.words.len()
        && a.words.len() > 1
        && a.words
            .iter()
            .zip(&b.words)
            .all(|(x, y)| x.starts_with(y.as_str()) || y.starts_with(x.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(a: &str, b: &str) -> Option<DuplicateBy> {
        let (a, b) = (of(a), of(b));
        let keys: BTreeSet<String> = a.iter().flat_map(Name::keys).collect();
        let found = a
            .iter()
            .flat_map(|x| b.iter().filter_map(|y| alike(x, y)))
            .max_by_key(|(_, score)| *score);
        if found.is_some() {
            assert!(
                b.iter().flat_map(Name::keys).any(|key| keys.contains(&key)),
                "alike, and never compared"
            );
        }
        found.map(|(by, _)| by)
    }

    #[test]
    fn r35_names_are_compared_without_norwegian_letters_and_punctuation() {
        assert_eq!(bare("Åpne  Øyer–Æra"), bare("aapne oeyer aera"));
        assert_eq!(bare("I drift"), bare("i-drift"));
    }

    #[test]
    fn r35_names_are_alike_by_what_people_write_differently() {
        for (a, b, expected) in [
            ("Skolehagen", "SKOLE-HAGEN", DuplicateBy::Name),
            ("Blåskjell på Øya", "Blaaskjell paa Oeya", DuplicateBy::Name),
            ("Nyby", "Nyby AS", DuplicateBy::Name),
            ("Leverandørutviklingsprogrammet (LUP)", "LUP", DuplicateBy::Alias),
            ("DFØ (tidligere Difi)", "Difi", DuplicateBy::Alias),
            (
                "Innovasjonspartnerskap Stavanger: økt selvstendighet",
                "Innovasjonspartnerskap Stavanger",
                DuplicateBy::Alias,
            ),
            ("Norwegian Smart Care Cluster", "NSCC", DuplicateBy::Abbreviation),
            (
                "Med hjerte f. Arendal",
                "Med hjerte for Arendal",
                DuplicateBy::Abbreviation,
            ),
            ("Arendal med hjerte", "Med hjerte Arendal", DuplicateBy::WordOrder),
            ("StimuLab", "Stimulabb", DuplicateBy::Spelling),
            (
                "Klimapartnere Agder",
                "Klimapartnare Agder",
                DuplicateBy::Spelling,
            ),
        ] {
            assert_eq!(by(a, b), Some(expected), "{a} / {b}");
            assert_eq!(by(b, a), Some(expected), "{b} / {a}");
        }
    }

    #[test]
    fn r35_names_that_only_look_alike_are_two() {
        for (a, b) in [
            ("Pilot 1", "Pilot 2"),
            ("Hav", "Sav"),
            (
                "Innovasjonspartnerskap Stavanger",
                "Innovasjonspartnerskap Tromsø",
            ),
            ("Smart by", "Ny by"),
        ] {
            assert_eq!(by(a, b), None, "{a} / {b}");
        }
    }
}
