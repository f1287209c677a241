//! What is to be known of every example that is looked into (R42): the agreed characteristics and the basic
//! information, and which of them are blank.

use crate::case::{Case, CodingState};
use crate::characteristic::{self, Characteristic};

/// Basic information, as paths: what the case is, before anything is judged. Innovation object and scope are the two
/// characteristics by which an example is one of those asked for at all (R15, R17–R19).
pub const BASICS: [&str; 8] = [
    "facts.country",
    "facts.start_year",
    "facts.source",
    "parties",
    "texts.description",
    "texts.benefit",
    "codings.innovation_object",
    "codings.scope",
];

/// The ten characteristics agreed on for every example that is looked into: the twelve of the core without the two that
/// are basic information.
pub fn agreed() -> impl Iterator<Item = &'static Characteristic> {
    let is_basic = |c: &Characteristic| BASICS.contains(&path(&c.key).as_str());
    characteristic::defaults()
        .iter()
        .filter(move |c| c.is_core() && !is_basic(c))
}

/// The path of a coding.
pub fn path(characteristic: &str) -> String {
    format!("codings.{characteristic}")
}

/// The paths of all that is blank in a case: basic information first, each part in its order. What is said to be not
/// applicable is no blank; what is unknown is, for it can be asked about.
pub fn blanks(case: &Case) -> Vec<String> {
    let basics = BASICS.iter().filter(|field| is_blank(case, field));
    let agreed = agreed()
        .map(|c| path(&c.key))
        .filter(|field| is_blank(case, field));
    basics.map(|field| (*field).to_owned()).chain(agreed).collect()
}

/// Whether nothing stands in a field of the template.
pub fn is_blank(case: &Case, field: &str) -> bool {
    if let Some(key) = field.strip_prefix("codings.") {
        let Some(characteristic) = characteristic::defaults().get(key) else {
            return false;
        };
        return case.codings.get(key).is_none_or(|coding| {
            coding.state != CodingState::NotApplicable && !coding.is_coded(characteristic.scale)
        });
    }
    let empty = |text: &str| text.trim().is_empty();
    match field {
        "facts.country" => empty(&case.country),
        "facts.start_year" => case.start_year.is_none() && empty(&case.period),
        "facts.source" => empty(&case.source) && case.sources.is_empty(),
        "parties" => case.parties.is_empty(),
        "texts.description" => empty(&case.description),
        "texts.benefit" => empty(&case.benefit),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::CaseRecord;

    #[test]
    fn r42_ten_characteristics_are_agreed_and_a_value_that_cannot_be_is_no_blank() {
        assert_eq!(agreed().count(), 10);
        let mut record = CaseRecord::named("Skolehage");
        record.codings.insert("driver".into(), vec!["brobyggere".into()]);
        record.states.insert("funding".into(), "not_applicable".into());
        record.states.insert("maturity".into(), "unknown".into());
        let case = Case::from_record(&record, characteristic::defaults());
        let blank = blanks(&case);
        assert_eq!(blank.len(), 8 + 10 - 2);
        assert!(
            blank.contains(&"codings.maturity".to_owned()),
            "it can be asked about"
        );
        assert!(!is_blank(&case, "codings.funding") && !is_blank(&case, "codings.driver"));
    }
}
