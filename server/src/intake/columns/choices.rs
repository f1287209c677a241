//! Columns that stand for one choice of a question: «Hvilke nivåer? - Kommune», ticked or not.

use super::{Headings, Target};
use crate::intake::values::{codes, words};
use samverk_shared::case::Level;
use samverk_shared::characteristic::{Characteristic, Characteristics};

/// What stands between a question and its choice.
const BETWEEN: [&str; 9] = [" - ", " – ", " — ", " / ", " | ", ": ", "? ", "\n", " ["];

/// The question and the choice in a heading.
pub fn split_question(heading: &str) -> Option<(&str, &str)> {
    let found = BETWEEN
        .iter()
        .filter_map(|between| Some((heading.rfind(between)?, between.len())));
    let (at, length) = found.max_by_key(|(at, _)| *at)?;
    let (question, choice) = (
        heading[..at].trim(),
        heading[at + length..].trim().trim_end_matches(']'),
    );
    (!question.is_empty() && !choice.is_empty()).then_some((question, choice))
}

/// The value a choice of a question stands for, where the question names a field.
pub fn choice<'s>(headings: &Headings<'s>, question: &str, option: &str) -> Option<Target<'s>> {
    match headings.target(question)?.target {
        Target::Coding(c) => of(c, option),
        Target::Level => words::level(option).map(Target::LevelChoice),
        Target::AnyParties => of(headings.set.get("actor_groups")?, option),
        _ => None,
    }
}

/// The value of a characteristic that these words mean without doubt, or nearly.
pub fn of<'s>(characteristic: &'s Characteristic, option: &str) -> Option<Target<'s>> {
    if !characteristic.scale.has_values() {
        return None;
    }
    let found = codes::find(characteristic, option).filter(codes::Match::is_used)?;
    Target::choice(characteristic, &found.key)
}

/// The field that all choices of a question belong to, where the question itself says nothing: at least two, each a
/// value of the same characteristic.
pub fn field_of(options: &[&str]) -> Option<fn(&str) -> Option<Target<'static>>> {
    if options.len() >= 2 && options.iter().all(|o| words::level(o).is_some()) {
        return Some(level_choice);
    }
    None
}

fn level_choice(option: &str) -> Option<Target<'static>> {
    words::level(option).map(|level: Level| Target::LevelChoice(level))
}

/// The one characteristic all these choices are values of.
pub fn characteristic_of<'s>(set: &'s Characteristics, options: &[&str]) -> Option<&'s Characteristic> {
    let fits = |c: &&Characteristic| options.iter().all(|option| of_ref(c, option));
    let mut all = set.iter().filter(|c| c.scale.has_values()).filter(fits);
    match (all.next(), all.next()) {
        (Some(one), None) if options.len() >= 2 => Some(one),
        _ => None,
    }
}

fn of_ref(characteristic: &Characteristic, option: &str) -> bool {
    codes::find(characteristic, option).is_some_and(|found| found.is_used())
}
