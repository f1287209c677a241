//! The actor group of a public body that a list does not give a level to.
//!
//! The rule is short enough to explain on the screen: what the name says, else the case's level where it has
//! exactly one, else `offentlig`, which somebody has to settle.

use crate::case::{ActorGroup, Level};
use crate::names::folded;

/// The group of a public body of this name in a case on these levels.
pub fn public_group(name: &str, levels: &[Level]) -> ActorGroup {
    let name = name.to_lowercase();
    if name.contains("fylkeskommune") {
        return ActorGroup::Region;
    }
    if name.contains("kommune") {
        return ActorGroup::Kommune;
    }
    match levels {
        [level] => level.group(),
        _ => ActorGroup::Offentlig,
    }
}

/// Words of names that tell the actor group, the surest first; one that ends in `*` may begin a longer word, one that
/// begins with it may end one.
const GROUPS: &[(ActorGroup, &[&str])] = &[
    (
        ActorGroup::Region,
        &[
            "fylkeskommune",
            "*fylkeskommune",
            "fylkesting",
            "helseforetak",
            "hf",
            "rhf",
            "*sykehus",
            "*sjukehus",
            "sykehuset",
            "universitetssykehus",
            "universitetssykehuset",
            "county",
            "region",
        ],
    ),
    (
        ActorGroup::Kommune,
        &[
            "kommune",
            "kommuner",
            "kommunar",
            "*kommune",
            "bydel",
            "municipality",
            "kf",
        ],
    ),
    (
        ActorGroup::Forskning,
        &[
            "universitet*",
            "*universitet",
            "universitetet",
            "høgskole*",
            "høgskule*",
            "høyskole*",
            "*høyskole",
            "forskning*",
            "*forskning",
            "forsking*",
            "forskningsinstitutt",
            "institutt",
            "ntnu",
            "sintef",
            "norce",
            "uio",
            "uib",
            "uit",
            "nmbu",
            "oslomet",
            "nibio",
            "nifu",
            "nilu",
            "niva",
            "ife",
            "fafo",
            "usn",
            "university",
            "nord universitet",
            "research",
            "simula",
            "nupi",
            "prio",
            "ssb",
        ],
    ),
    (
        ActorGroup::Stat,
        &[
            "*direktoratet",
            "*direktorat",
            "direktoratet",
            "direktorat",
            "*departementet",
            "*departement",
            "departementet",
            "*tilsynet",
            "*tilsyn",
            "*etaten",
            "statens",
            "statsforvalteren",
            "fylkesmannen",
            "nav",
            "digdir",
            "difi",
            "dfø",
            "imdi",
            "bufdir",
            "helsedirektoratet",
            "innovasjon norge",
            "forskningsrådet",
            "forskingsrådet",
            "norges forskningsråd",
            "siva",
            "enova",
            "*verket",
            "politiet",
            "skatteetaten",
            "kartverket",
            "brønnøysundregistrene",
            "husbanken",
            "doga",
            "folkehelseinstituttet",
            "fhi",
            "udi",
            "udir",
            "*ombudet",
            "tolletaten",
        ],
    ),
    (
        ActorGroup::Frivillig,
        &[
            "frivillig*",
            "røde kors",
            "kirkens bymisjon",
            "*foreningen",
            "*forening",
            "forening",
            "*forbundet",
            "*forbund",
            "forbund",
            "stiftelsen",
            "*stiftelsen",
            "idrettslag",
            "*laget",
            "lag",
            "redd barna",
            "blå kors",
            "sanitetsforening*",
            "velforening",
            "norsk folkehjelp",
            "*misjonen",
            "frelsesarmeen",
            "4h",
            "speider*",
            "mental helse",
            "ideell",
            "ideelle",
        ],
    ),
    (
        ActorGroup::Naeringsliv,
        &[
            "as",
            "asa",
            "a/s",
            "sa",
            "ans",
            "da",
            "ltd",
            "inc",
            "gmbh",
            "ab",
            "aps",
            "nho",
            "virke",
            "bedrift*",
            "leverandør*",
            "næringsliv*",
            "næringsforening*",
            "cluster",
            "*selskap",
            "telenor",
            "equinor",
            "dnb",
            "abelia",
            "konsulent*",
        ],
    ),
    (ActorGroup::Oppstart, &["startup*", "oppstart*", "gründer*"]),
    (
        ActorGroup::Innbyggere,
        &[
            "innbyggere",
            "innbyggarar",
            "brukere",
            "pårørende",
            "beboere",
            "borgere",
        ],
    ),
    (ActorGroup::Finansior, &["fond", "*fondet", "*stiftelse", "legat"]),
];

/// The group an organisation's name tells, if one.
pub fn group(name: &str) -> Option<ActorGroup> {
    let folded = folded(name);
    let words: Vec<&str> = folded
        .split(|c: char| !(c.is_alphanumeric() || c == '/'))
        .filter(|w| !w.is_empty())
        .collect();
    let fits = |pattern: &&str| match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(end), _) => words
            .iter()
            .any(|word| word.ends_with(end) && word.len() > end.len()),
        (_, Some(start)) => words.iter().any(|word| word.starts_with(start)),
        _ if pattern.contains(' ') => folded.contains(*pattern),
        _ => words.contains(pattern),
    };
    GROUPS
        .iter()
        .find(|(_, patterns)| patterns.iter().any(&fits))
        .map(|(group, _)| *group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r32_a_name_tells_the_group_or_nothing() {
        use ActorGroup::*;
        for (name, expected) in [
            ("Arendal kommune", Some(Kommune)),
            ("Viken fylkeskommune", Some(Region)),
            ("NTNU", Some(Forskning)),
            ("Universitetet i Agder", Some(Forskning)),
            ("Arbeids- og velferdsdirektoratet", Some(Stat)),
            ("Kirkens Bymisjon", Some(Frivillig)),
            ("Nyby AS", Some(Naeringsliv)),
            ("Gate 21", None),
        ] {
            assert_eq!(group(name), expected, "{name}");
        }
    }

    #[test]
    fn r9_a_public_body_has_the_level_of_its_name_or_of_its_case_or_none() {
        use Level::*;
        assert_eq!(
            public_group("Viken fylkeskommune", &[Statlig]),
            ActorGroup::Region
        );
        assert_eq!(
            public_group("Deltakende kommuner", &[Statlig]),
            ActorGroup::Kommune
        );
        assert_eq!(public_group("Digdir", &[Statlig]), ActorGroup::Stat);
        assert_eq!(public_group("Sunnaas sykehus", &[Regional]), ActorGroup::Region);
        assert_eq!(public_group("KS", &[Statlig, Kommunal]), ActorGroup::Offentlig);
        assert_eq!(public_group("KS", &[]), ActorGroup::Offentlig);
    }
}
