//! Which field a column fills: by its heading, by what stands in it, by what somebody chose, by what the list was
//! last time. What no field takes goes to `extra`.

mod choices;
mod headings;
mod kinds;
mod propose;
mod target;

pub use kinds::{Special, special};
pub use propose::{Column, Columns, fingerprint, propose};
pub use target::Target;

use super::values::folded;
use headings::{CODINGS, HEADINGS, PERSONAL};
use samverk_shared::characteristic::{Characteristics, defaults};
use samverk_shared::import::{ColumnReason, Confidence};
use samverk_shared::limits::TITLE_CHARS_MAX;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What a heading proposes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proposal<'s> {
    /// What the column fills.
    pub target: Target<'s>,
    /// How sure that is.
    pub confidence: Confidence,
    /// Why.
    pub reason: ColumnReason,
}

/// What headings propose, each asked for once: the search for a header looks at the same cells again and again.
#[derive(Default)]
pub struct Memo(RefCell<BTreeMap<String, Option<Proposal<'static>>>>);

impl Memo {
    /// As [`target`].
    pub fn target(&self, heading: &str) -> Option<Proposal<'static>> {
        if let Some(found) = self.0.borrow().get(heading) {
            return *found;
        }
        let found = target(heading);
        self.0.borrow_mut().insert(heading.to_owned(), found);
        found
    }
}

/// What a column with this heading fills, where the workshop is not asked: by it a header is found, whatever the
/// workshop calls its characteristics.
pub fn target(heading: &str) -> Option<Proposal<'static>> {
    Headings::of_defaults().target(heading)
}

fn proposal(target: Target<'_>, confidence: Confidence, reason: ColumnReason) -> Proposal<'_> {
    Proposal {
        target,
        confidence,
        reason,
    }
}

/// Whether these words are the label of a field.
pub fn names_field(words: &str) -> bool {
    target(words).is_some_and(|p| p.confidence == Confidence::Certain || p.reason != ColumnReason::Spelling)
}

/// Whether these words are the label of a case's name.
pub fn is_name(words: &str) -> bool {
    target(words).is_some_and(|p| p.target.is_name())
}

/// A heading as it is compared: folded, without a footnote's mark, a number before it, or what ends it.
fn plain(heading: &str) -> String {
    let folded = folded(heading);
    let marked = folded.trim_end_matches([':', '*', '?', '.', ' ', '¹', '²', '³', '†']);
    let numbered = marked.trim_start_matches(|c: char| c.is_ascii_digit());
    match numbered.strip_prefix(['.', ')']) {
        Some(rest) if numbered.len() < marked.len() && !rest.trim().is_empty() => rest.trim().to_owned(),
        _ if marked.is_empty() => folded,
        _ => marked.to_owned(),
    }
}

/// Without what stands in brackets, unless that is the language of the column: «navn (nb)» is a label of a code list.
fn without_remarks(heading: &str) -> String {
    match heading.split_once('(') {
        Some((before, rest))
            if !matches!(
                rest.trim_end_matches(')').trim(),
                "nb" | "nn" | "en" | "no" | "engelsk"
            ) =>
        {
            before.trim().to_owned()
        }
        _ => heading.to_owned(),
    }
}

fn is_personal(heading: &str) -> bool {
    let words: Vec<&str> = words(heading);
    PERSONAL
        .iter()
        .any(|phrase| holds(&words, &phrase.split(' ').collect::<Vec<_>>()))
}

/// The headings that are known where cases are coded by a set.
pub struct Headings<'s> {
    /// The set.
    pub set: &'s Characteristics,
    exact: BTreeMap<String, Target<'s>>,
    /// Phrases that may stand within a heading, the longest first.
    phrases: Vec<(Vec<String>, Target<'s>)>,
}

impl Headings<'static> {
    fn of_defaults() -> &'static Headings<'static> {
        static HEADINGS: OnceLock<Headings<'static>> = OnceLock::new();
        HEADINGS.get_or_init(|| Headings::of(defaults()))
    }
}

impl<'s> Headings<'s> {
    /// A word of our own comes before a characteristic's label.
    pub fn of(set: &'s Characteristics) -> Self {
        let mut all: Vec<(String, Target<'s>)> = Vec::new();
        for c in set.iter() {
            all.extend([&c.key, &c.label_nb, &c.label_en].map(|name| (folded(name), Target::Coding(c))));
            all.push((format!("={}", folded(&c.code)), Target::Coding(c)));
        }
        for (key, names) in CODINGS {
            if let Some(c) = set.get(key).filter(|c| c.active) {
                all.extend(names.iter().map(|name| ((*name).to_owned(), Target::Coding(c))));
            }
        }
        for (target, names) in HEADINGS {
            all.extend(names.iter().map(|name| ((*name).to_owned(), *target)));
        }
        // Of equal keys the last stays.
        let exact = all
            .iter()
            .map(|(name, target)| (name.trim_start_matches('=').to_owned(), *target))
            .collect();
        let mut phrases: Vec<_> = all
            .into_iter()
            .filter(|(name, _)| !name.starts_with('='))
            .collect();
        phrases.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
        let words = |phrase: String| phrase.split_whitespace().map(str::to_owned).collect();
        let phrases = phrases
            .into_iter()
            .map(|(phrase, target)| (words(phrase), target))
            .collect();
        Headings { set, exact, phrases }
    }

    /// What a column with this heading fills.
    pub fn target(&self, heading: &str) -> Option<Proposal<'s>> {
        if heading.chars().count() > TITLE_CHARS_MAX {
            return None;
        }
        let heading = plain(heading);
        if heading.is_empty() {
            return None;
        }
        if let Some(found) = self.exact(&heading) {
            return Some(proposal(found, Confidence::Certain, ColumnReason::Heading));
        }
        if is_personal(&heading) {
            return Some(proposal(
                Target::Ignore,
                Confidence::Likely,
                ColumnReason::Personal,
            ));
        }
        let stripped = without_remarks(&heading);
        if let Some(found) = self.exact(&stripped) {
            return Some(proposal(found, Confidence::Certain, ColumnReason::Heading));
        }
        if let Some(found) = self.within(&stripped).or_else(|| self.within(&heading)) {
            return Some(proposal(found, Confidence::Likely, ColumnReason::Wording));
        }
        let found = self.misspelt(&stripped)?;
        Some(proposal(found, Confidence::Likely, ColumnReason::Spelling))
    }

    fn exact(&self, heading: &str) -> Option<Target<'s>> {
        self.exact.get(heading).copied()
    }

    /// The longest phrase that stands within the heading.
    fn within(&self, heading: &str) -> Option<Target<'s>> {
        let words = words(heading);
        let begins = |phrase: &[String]| {
            words
                .iter()
                .any(|w| w.as_bytes().first() == phrase.first().and_then(|first| first.as_bytes().first()))
        };
        let found = self
            .phrases
            .iter()
            .find(|(phrase, _)| begins(phrase) && holds(&words, phrase));
        found.map(|(_, target)| *target)
    }

    /// The one heading that is this but for a letter.
    fn misspelt(&self, heading: &str) -> Option<Target<'s>> {
        let length = heading.chars().count();
        if !(5..=40).contains(&length) {
            return None;
        }
        let ends = |text: &str| (text.chars().next(), text.chars().next_back());
        let (first, last) = ends(heading);
        let near = self.exact.iter().filter(|(name, _)| {
            // Cheap, and sorts out nearly all.
            if name.len().abs_diff(heading.len()) > 2 {
                return false;
            }
            let other = name.chars().count();
            let is_near =
                other >= 5 && other.abs_diff(length) <= 1 && (ends(name).0 == first || ends(name).1 == last);
            is_near && strsim::osa_distance(name, heading) == 1
        });
        let mut targets: Vec<Target<'s>> = near.map(|(_, target)| *target).collect();
        targets.dedup();
        match targets.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '?' | '!' | '«' | '»' | '"' | '(' | ')')
    })
    .filter(|word| !word.is_empty())
    .collect()
}

/// Whether a phrase stands in these words. A long word may have an ending: «beskrivelsen», «startåret».
fn holds(words: &[&str], phrase: &[impl AsRef<str>]) -> bool {
    let same = |word: &str, part: &str| {
        word == part || (part.len() >= 5 && word.starts_with(part) && word.len() - part.len() <= 3)
    };
    words.windows(phrase.len()).any(|run| {
        run.iter()
            .zip(phrase)
            .all(|(word, part)| same(word, part.as_ref()))
    })
}

/// How many of these cells are headings beyond doubt.
pub fn known<'a>(cells: impl Iterator<Item = &'a str>) -> usize {
    cells
        .filter(|cell| {
            cell.len() <= TITLE_CHARS_MAX
                && Headings::of_defaults()
                    .exact(&without_remarks(&plain(cell)))
                    .is_some()
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(heading: &str) -> Option<String> {
        target(heading).map(|p| p.target.name())
    }

    #[test]
    fn r32_headings_are_known_by_key_label_and_everyday_word() {
        for (heading, expected) in [
            ("id", "code"),
            (" Navn: ", "name"),
            ("Namn*", "name"),
            ("Navn på eksempelet", "name"),
            ("1. Hva heter samarbeidet?", "name"),
            ("Navn (på prosjektet)", "name"),
            ("actors_public", "parties.public"),
            ("Offentlege aktørar", "parties.public"),
            ("Hvem deltar i samarbeidet?", "parties"),
            ("Startår¹", "start_year"),
            ("Når startet samarbeidet?", "start_year"),
            ("Beskivelse", "description"),
            ("Kort beskrivelse av samarbeidet", "description"),
            ("K10", "codings.scope"),
            ("OMFANG", "codings.scope"),
            ("Samarbeidsform", "codings.scope"),
            ("Governance mode", "codings.governance_mode"),
            ("Navn på kontaktperson", "ignore"),
            ("E-postadresse", "ignore"),
        ] {
            assert_eq!(name(heading).as_deref(), Some(expected), "{heading}");
        }
        for unknown in [
            "Saksbehandlers favorittfarge",
            "  ",
            "navn (nb)",
            "verdinøkkel",
            "farge",
        ] {
            assert_eq!(name(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn no_heading_stands_for_two_fields() {
        let all: Vec<&str> = HEADINGS
            .iter()
            .flat_map(|(_, names)| names.iter().copied())
            .collect();
        let bare = |name: &&str| name.trim_start_matches('=').to_owned();
        let distinct: std::collections::BTreeSet<String> = all.iter().map(bare).collect();
        assert_eq!(all.len(), distinct.len());
        assert!(all.iter().all(|name| bare(name) == folded(&bare(name))));
    }
}
