//! Information needs (R43): what somebody is to find out about a case, how, by when, and what came of it.

use crate::blanks::blanks;
use crate::case::{Case, words};
use crate::characteristic::Characteristics;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One thing to find out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Need {
    /// Its key in the document.
    pub id: String,
    /// The field it is about, as a path: `codings.user_role`, `texts.benefit`.
    pub about: String,
    /// In words.
    pub question: String,
    /// How it is to be found out.
    pub way: Way,
    /// The participant who sees to it, or nobody.
    pub responsible: String,
    /// The day it is due, `2026-12-24`, or empty.
    pub due: String,
    /// How far it has come.
    pub status: NeedStatus,
    /// What was found out.
    pub answer: String,
    /// The id of the source that says so, or empty.
    pub source: String,
}

words! {
    /// How something is to be found out.
    Way { #[default] Document = "document", Interview = "interview", Form = "form", Workshop = "workshop", }
}

words! {
    /// How far a need has come.
    NeedStatus { #[default] Open = "open", Asked = "asked", Received = "received", GivenUp = "given_up", }
}

impl NeedStatus {
    /// Whether somebody still waits for an answer.
    pub fn waits(self) -> bool {
        matches!(self, NeedStatus::Open | NeedStatus::Asked)
    }
}

/// Who is to find something out, how and by when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub struct Errand {
    pub way: Way,
    pub responsible: String,
    pub due: String,
}

/// A need for each blank of a case that no need waits for; with `about` for that field alone.
pub fn of_blanks(case: &Case, about: Option<&str>, errand: &Errand, set: &Characteristics) -> Vec<Need> {
    let waiting: BTreeSet<&str> = case
        .needs
        .iter()
        .filter(|need| need.status.waits())
        .map(|need| need.about.as_str())
        .collect();
    let asked =
        |field: &String| about.is_none_or(|about| about == field) && !waiting.contains(field.as_str());
    let of = |field: String| Need {
        question: question(&field, set),
        about: field,
        way: errand.way,
        responsible: errand.responsible.clone(),
        due: errand.due.clone(),
        ..Need::default()
    };
    blanks(case, set).into_iter().filter(asked).map(of).collect()
}

/// What to ask, in bokmål; people change it as they like.
fn question(field: &str, set: &Characteristics) -> String {
    let key = field.strip_prefix("codings.").unwrap_or_default();
    if let Some(characteristic) = set.get(key) {
        return characteristic.help_nb.clone();
    }
    let basic = match field {
        "facts.country" => "Hvilket land er eksempelet fra?",
        "facts.start_year" => "Når begynte samarbeidet?",
        "facts.source" => "Hvor kan vi lese om eksempelet?",
        "parties" => "Hvem er med i samarbeidet?",
        "texts.description" => "Hva går samarbeidet ut på?",
        "texts.benefit" => "Hvem har nytte av det, og hvilken nytte er sett så langt?",
        _ => "",
    };
    basic.to_owned()
}

/// Whether a text is a day of the calendar, as `2026-12-24`.
pub fn is_day(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut number = |digits: usize| {
        let part = parts.next().filter(|part| part.len() == digits)?;
        part.bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| part.parse::<u32>().ok())?
    };
    let (Some(year), Some(month), Some(day)) = (number(4), number(2), number(2)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    parts.next().is_none() && (1..=12).contains(&month) && (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::characteristic::defaults;
    use crate::import::CaseRecord;

    #[test]
    fn r43_each_blank_is_asked_about_once_and_again_only_when_nobody_waits() {
        let mut case = Case::from_record(&CaseRecord::named("Skolehage"), defaults());
        let errand = Errand {
            way: Way::Interview,
            responsible: "kari".into(),
            due: "2026-12-24".into(),
        };
        let all = of_blanks(&case, None, &errand, defaults());
        assert_eq!(all.len(), blanks(&case, defaults()).len());
        assert!(
            all.iter()
                .all(|need| !need.question.is_empty() && need.responsible == "kari")
        );
        let one = of_blanks(&case, Some("codings.user_role"), &errand, defaults());
        assert_eq!(one.len(), 1);
        case.needs = one;
        assert_eq!(of_blanks(&case, None, &errand, defaults()).len(), all.len() - 1);
        case.needs[0].status = NeedStatus::GivenUp;
        assert_eq!(of_blanks(&case, None, &errand, defaults()).len(), all.len());
        assert_eq!(of_blanks(&case, Some("facts.name"), &errand, defaults()), []);
    }

    #[test]
    fn r43_a_due_day_is_one_of_the_calendar() {
        for day in ["2026-12-24", "2028-02-29", "2000-02-29"] {
            assert!(is_day(day), "{day}");
        }
        for none in [
            "",
            "2026-13-01",
            "2026-02-29",
            "1900-02-29",
            "2026-1-1",
            "24.12.2026",
            "2026-12-24-1",
        ] {
            assert!(!is_day(none), "{none}");
        }
    }
}
