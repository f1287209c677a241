//! What is to be known of every example that is looked into (R42): the agreed characteristics and the basic
//! information, and which of them are blank.

use crate::case::{Case, CodingState};
use crate::characteristic::{Characteristic, Characteristics};

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

/// The characteristics agreed on for every example that is looked into: the core without what is basic information; ten
/// of the defaults.
pub fn agreed(set: &Characteristics) -> impl Iterator<Item = &Characteristic> {
    let is_basic = |c: &Characteristic| BASICS.contains(&path(&c.key).as_str());
    set.iter().filter(move |c| c.core && !is_basic(c))
}

/// The path of a coding.
pub fn path(characteristic: &str) -> String {
    format!("codings.{characteristic}")
}

/// The paths of all that is blank in a case: basic information first, each part in its order. What is said to be not
/// applicable is no blank; what is unknown is, for it can be asked about.
pub fn blanks(case: &Case, set: &Characteristics) -> Vec<String> {
    let basics = BASICS.iter().filter(|field| is_blank(case, field, set));
    let agreed = agreed(set)
        .map(|c| path(&c.key))
        .filter(|field| is_blank(case, field, set));
    basics.map(|field| (*field).to_owned()).chain(agreed).collect()
}

/// Whether nothing stands in a field of the template.
pub fn is_blank(case: &Case, field: &str, set: &Characteristics) -> bool {
    if let Some(key) = field.strip_prefix("codings.") {
        let Some(characteristic) = set.get(key).filter(|c| c.active) else {
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
    use crate::characteristic::defaults;
    use crate::import::CaseRecord;

    #[test]
    fn r42_ten_characteristics_are_agreed_and_a_value_that_cannot_be_is_no_blank() {
        assert_eq!(agreed(defaults()).count(), 10);
        let mut record = CaseRecord::named("Skolehage");
        record.codings.insert("driver".into(), vec!["forskning".into()]);
        record.states.insert("funding".into(), "not_applicable".into());
        record.states.insert("maturity".into(), "unknown".into());
        let case = Case::from_record(&record, defaults());
        let blank = blanks(&case, defaults());
        assert_eq!(blank.len(), 8 + 10 - 2);
        assert!(
            blank.contains(&"codings.maturity".to_owned()),
            "it can be asked about"
        );
        assert!(
            !is_blank(&case, "codings.funding", defaults()) && !is_blank(&case, "codings.driver", defaults())
        );
    }
}
