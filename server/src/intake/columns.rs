//! Which field a column fills, by its heading: the keys of the case list, the labels and codes of the
//! characteristics, and a small table of what else people write. What is not in it goes to `extra`.

use super::values::folded;
use samverk_shared::case::ActorGroup;
use samverk_shared::characteristic::{self, Characteristic};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What a column fills.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// The list's own id of the case.
    Code,
    /// A field in words.
    Words(&'static str),
    /// A field that is a year.
    Year(&'static str),
    Origin,
    Status,
    Level,
    /// Public bodies, whose level has to be read from elsewhere.
    PublicParties,
    Parties(ActorGroup),
    Coding(&'static Characteristic),
}

impl Target {
    /// The name the report gives it.
    pub fn name(self) -> String {
        match self {
            Target::Code => "code".into(),
            Target::Words(field) | Target::Year(field) => field.into(),
            Target::Origin => "origin".into(),
            Target::Status => "status".into(),
            Target::Level => "level".into(),
            Target::PublicParties => "parties.public".into(),
            Target::Parties(group) => format!("parties.{}", group.as_str()),
            Target::Coding(characteristic) => format!("codings.{}", characteristic.key),
        }
    }

    /// Whether several columns may fill it together.
    pub fn takes_many(self) -> bool {
        matches!(self, Target::PublicParties | Target::Parties(_))
    }
}

/// Headings, lower case with single spaces, and what they fill.
const HEADINGS: &[(Target, &[&str])] = &[
    (
        Target::Code,
        &["id", "nr", "nr.", "kode", "code", "nummer", "saksnr", "no", "no."],
    ),
    (
        Target::Words("name"),
        &[
            "name",
            "navn",
            "namn",
            "eksempel",
            "navn på eksempel",
            "tittel",
            "title",
            "case",
        ],
    ),
    (Target::Words("country"), &["country", "land"]),
    (
        Target::Origin,
        &["origin", "opphav", "opprinnelse", "nasjonal/internasjonal"],
    ),
    (Target::Status, &["status"]),
    (
        Target::Year("start_year"),
        &[
            "start year",
            "startår",
            "start",
            "oppstart",
            "oppstartsår",
            "fra",
            "fra år",
            "from",
        ],
    ),
    (
        Target::Year("end_year"),
        &[
            "end year",
            "sluttår",
            "slutt",
            "avsluttet",
            "til",
            "til år",
            "to",
            "end",
        ],
    ),
    (
        Target::Words("period"),
        &["period", "periode", "tidsrom", "tidsperiode"],
    ),
    (Target::Level, &["level", "nivå", "forvaltningsnivå"]),
    (Target::Words("sector"), &["sector", "sektor"]),
    (
        Target::Words("description"),
        &[
            "description",
            "beskrivelse",
            "beskriving",
            "omtale",
            "kort beskrivelse",
        ],
    ),
    (
        Target::Words("benefit"),
        &["benefit", "nytte", "samfunnsnytte", "gevinst", "gevinster"],
    ),
    (
        Target::Words("notes"),
        &["notes", "notater", "notat", "merknad", "merknader", "kommentar"],
    ),
    (
        Target::Words("source"),
        &["source", "sources", "kilde", "kilder", "kjelde"],
    ),
    (
        Target::PublicParties,
        &[
            "actors public",
            "public actors",
            "public",
            "offentlig",
            "offentlige",
            "offentlige aktører",
            "offentlige parter",
        ],
    ),
    (
        Target::Parties(ActorGroup::Forskning),
        &[
            "actors research",
            "research actors",
            "research",
            "forskning",
            "forskningsaktører",
            "forskningsinstitusjoner",
        ],
    ),
    (
        Target::Parties(ActorGroup::Naeringsliv),
        &[
            "actors business",
            "business actors",
            "business",
            "næringsliv",
            "bedrifter",
            "næringslivsaktører",
        ],
    ),
    (
        Target::Parties(ActorGroup::Oppstart),
        &["actors startup", "startups", "start-ups", "oppstartsbedrifter"],
    ),
    (
        Target::Parties(ActorGroup::Frivillig),
        &[
            "actors voluntary",
            "voluntary actors",
            "voluntary",
            "frivillig",
            "frivillige",
            "frivillige aktører",
            "frivillige organisasjoner",
        ],
    ),
    (
        Target::Parties(ActorGroup::Innbyggere),
        &["actors citizens", "citizens", "innbyggere", "brukere"],
    ),
    (
        Target::Parties(ActorGroup::Finansior),
        &["actors funders", "funders", "finansiører"],
    ),
];

/// What a column with this heading fills.
pub fn target(heading: &str) -> Option<Target> {
    let heading = folded(heading);
    let heading = heading.trim_end_matches([':', '*', ' ']);
    if heading.is_empty() {
        return None;
    }
    index().get(heading).copied()
}

/// All headings that are known; a word of our own comes before a characteristic's label.
fn index() -> &'static BTreeMap<String, Target> {
    static INDEX: OnceLock<BTreeMap<String, Target>> = OnceLock::new();
    INDEX.get_or_init(|| {
        let ours = HEADINGS
            .iter()
            .flat_map(|(target, names)| names.iter().map(|n| (folded(n), *target)));
        let codings = characteristic::defaults().iter().flat_map(|c| {
            [&c.key, &c.code, &c.label_nb, &c.label_en].map(|name| (folded(name), Target::Coding(c)))
        });
        // Of equal keys the last stays.
        codings.chain(ours).collect()
    })
}

/// How many of these cells are headings that are known.
pub fn known<'a>(cells: impl Iterator<Item = &'a str>) -> usize {
    cells.filter(|cell| target(cell).is_some()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r32_headings_are_known_by_key_label_and_everyday_word() {
        for (heading, name) in [
            ("id", "code"),
            (" Navn: ", "name"),
            ("actors_public", "parties.public"),
            ("Offentlige aktører", "parties.public"),
            ("Startår", "start_year"),
            ("K10", "codings.scope"),
            ("OMFANG", "codings.scope"),
            ("Governance mode", "codings.governance_mode"),
        ] {
            assert_eq!(
                target(heading).map(Target::name).as_deref(),
                Some(name),
                "{heading}"
            );
        }
        assert_eq!(target("Saksbehandlers favorittfarge"), None);
        assert_eq!(target("  "), None);
    }

    #[test]
    fn no_heading_stands_for_two_fields() {
        let all: Vec<&str> = HEADINGS
            .iter()
            .flat_map(|(_, names)| names.iter().copied())
            .collect();
        let distinct: std::collections::BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(all.len(), distinct.len());
        assert!(all.iter().all(|name| *name == folded(name)));
    }
}
